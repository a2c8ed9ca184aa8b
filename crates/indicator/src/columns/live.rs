//! A run that is kept, so that an edited cell or weight computes anew only what depends on it. What it then says is what a
//! whole run over the edited data would say, digit for digit.

use std::collections::BTreeMap;

use formula::{LANES, Lanes, Number, Value};

use super::block::{Block, Known, Terms};
use super::{Exactly, Frame, PointLanes, Scores, Wide, WideSettings, decided, rank, settle, take};
use crate::data::UnitData;
use crate::day::Period;
use crate::dependants::{Dependants, Edit, Reach};
use crate::outcome::UnitResult;
use crate::standard::Standard;

/// A run with its values and points by block.
pub struct LiveRun {
    /// As it was given, and with the weights that its data give.
    source: Standard,
    standard: Standard,
    frame: Frame<'static>,
    settings: WideSettings,
    groups: Vec<Group>,
    scores: Option<Scores>,
    bounds: Vec<f64>,
    doubtful: Vec<bool>,
    /// Rows that were decided exactly.
    known: BTreeMap<u32, UnitResult>,
    wide: Wide,
}

/// The rows of a period.
struct Group {
    period: Option<Period>,
    rows: Vec<u32>,
    weights: Vec<f64>,
    blocks: Vec<Kept>,
}

/// Values and points of a block by indicator.
struct Kept {
    rows: Vec<u32>,
    values: Vec<Option<Lanes>>,
    points: Vec<Option<PointLanes>>,
}

/// Which blocks an edit reaches.
#[derive(Clone, Copy)]
enum Blocks {
    All,
    Group(usize),
    Row(usize, u32),
}

impl Blocks {
    fn group(self, at: usize) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) | Self::Row(group, _) => group == at,
        }
    }

    fn block(self, rows: &[u32]) -> bool {
        match self {
            Self::All | Self::Group(_) => true,
            Self::Row(_, row) => rows.binary_search(&row).is_ok(),
        }
    }
}

impl LiveRun {
    /// Runs a standard over units and keeps what was computed.
    pub fn new(standard: &Standard, units: Vec<UnitData>, settings: WideSettings) -> Self {
        Self::over(standard, Frame::owning(units), settings)
    }

    /// The same over a frame.
    pub fn over(standard: &Standard, frame: Frame<'static>, settings: WideSettings) -> Self {
        let rows = frame.rows();
        let mut run = Self {
            source: standard.clone(),
            standard: standard.clone(),
            settings,
            groups: Vec::new(),
            scores: None,
            bounds: vec![0.0; rows],
            doubtful: vec![false; rows],
            known: BTreeMap::new(),
            wide: Wide::default(),
            frame,
        };
        run.all_again();
        run
    }

    /// The results, as [`super::run_wide`] gives them.
    pub const fn results(&self) -> &Wide {
        &self.wide
    }

    /// Gives a row another value of a name, or none; tells what depends on it.
    pub fn give(&mut self, row: usize, name: &str, value: Option<Value>) -> Dependants {
        let dependants = Dependants::of(&self.source, &Edit::Given(name));
        self.frame.give(row, name, value);
        if self.by_data() {
            self.all_again();
            return dependants;
        }
        let Some(group) = self
            .groups
            .iter()
            .position(|group| group.rows.binary_search(&(row as u32)).is_ok())
        else {
            return dependants;
        };
        if let (Some(scores), Some(rules)) = (&mut self.scores, &self.standard.index) {
            let leaf = |node: &usize| {
                self.standard
                    .nodes
                    .get(*node)
                    .is_some_and(|rule| rule.children.is_empty())
            };
            let leaves = dependants.points.iter().copied().filter(leaf).collect();
            scores.take(&self.standard, rules, &self.frame, self.settings, leaves);
        }
        let reach = match dependants.reach {
            Reach::Run => Blocks::All,
            Reach::Period => Blocks::Group(group),
            Reach::Unit => Blocks::Row(group, row as u32),
        };
        self.again(&dependants, reach);
        dependants
    }

    /// Gives an indicator another weight in the table; weights by period stay as they are.
    pub fn weigh(&mut self, node: usize, weight: &Number) -> Dependants {
        let dependants = Dependants::of(&self.source, &Edit::Weight(node));
        for standard in [&mut self.source, &mut self.standard] {
            if let Some(rule) = standard.nodes.get_mut(node) {
                rule.weight = Some(weight.clone());
            }
        }
        if self.by_data() {
            self.all_again();
            return dependants;
        }
        for group in &mut self.groups {
            if let Some(place) = group.weights.get_mut(node) {
                *place = self.standard.weight_of(node, group.period).to_f64();
            }
        }
        self.again(&dependants, Blocks::All);
        dependants
    }

    /// Whether weights come from the data, so that no cell is edited without all of them.
    fn by_data(&self) -> bool {
        self.source.index.as_ref().is_some_and(|rules| rules.weighing.is_some())
    }

    /// Computes everything.
    fn all_again(&mut self) {
        if self.by_data() {
            let units: Vec<UnitData> = (0..self.frame.rows() as u32).map(|row| self.frame.unit(row)).collect();
            let weighed = crate::weighing::weighed(&self.source, &units, self.settings.run);
            self.standard = weighed.unwrap_or_else(|| self.source.clone());
        }
        let standard = &self.standard;
        let nodes = standard.nodes.len();
        self.scores = standard
            .index
            .as_ref()
            .map(|rules| Scores::of(standard, rules, &self.frame, self.settings));
        let group = |(period, rows): &(Option<Period>, Vec<u32>)| {
            let lanes = if standard.aggregation.looks_at_peers() {
                rows.len().max(1)
            } else {
                LANES
            };
            let kept = |rows: &[u32]| Kept {
                rows: rows.to_vec(),
                values: vec![None; nodes],
                points: vec![None; nodes],
            };
            Group {
                period: *period,
                rows: rows.clone(),
                weights: Terms::nominal(standard, self.settings.run.at, *period).weights,
                blocks: rows.chunks(lanes).map(kept).collect(),
            }
        };
        self.groups = self.frame.groups.iter().map(group).collect();
        self.known.clear();
        self.wide = Wide::nothing(standard, self.frame.rows());
        let all = Dependants {
            values: (0..nodes).collect(),
            points: (0..nodes).collect(),
            reach: Reach::Run,
        };
        self.again(&all, Blocks::All);
    }

    /// Computes what depends on an edit, in the blocks that it reaches.
    fn again(&mut self, dependants: &Dependants, reach: Blocks) {
        let standard = &self.standard;
        let mut edited: Vec<u32> = Vec::new();
        for (at, group) in self.groups.iter_mut().enumerate() {
            if !reach.group(at) {
                continue;
            }
            let terms = Terms {
                standard,
                at: self.settings.run.at,
                period: group.period,
                weights: group.weights.clone(),
                aggregation: &standard.aggregation,
                factors: BTreeMap::new(),
                guarded: true,
            };
            for block in group.blocks.iter_mut().filter(|block| reach.block(&block.rows)) {
                block.forget(dependants);
                for row in block.rows.iter().map(|row| *row as usize) {
                    self.bounds[row] = 0.0;
                    self.wide.total[row] = f64::NAN;
                    self.wide.rounded[row] = f64::NAN;
                    self.wide.grade[row] = None;
                }
                let part = block.decide(&terms, &self.frame, self.scores.as_ref(), dependants);
                let into = (&mut self.wide, &mut self.bounds, &mut self.doubtful);
                take(into.0, into.1, into.2, (&block.rows, part), standard);
                edited.extend(&block.rows);
            }
        }
        self.wide.exact = (0..)
            .zip(&self.doubtful)
            .filter(|(_, doubtful)| **doubtful)
            .map(|(row, _)| row)
            .collect();
        let mut exactly = Exactly::new(standard, &self.frame, self.settings.run, self.scores.as_ref());
        exactly.known = std::mem::take(&mut self.known);
        for row in &edited {
            exactly.known.remove(row);
        }
        let open: Vec<u32> = edited.into_iter().filter(|row| self.doubtful[*row as usize]).collect();
        for (row, result) in exactly.results(&open) {
            settle(&mut self.wide, &mut self.bounds, row as usize, result, standard);
        }
        if self.settings.ranked && standard.has_total() {
            for (_, group) in self.groups.iter().enumerate().filter(|(at, _)| reach.group(*at)) {
                for row in &group.rows {
                    self.wide.rank[*row as usize] = 0;
                }
                rank(&mut self.wide, &self.bounds, &group.rows, &mut exactly);
            }
        }
        self.known = exactly.known;
    }
}

impl Kept {
    fn forget(&mut self, dependants: &Dependants) {
        for node in &dependants.values {
            if let Some(place) = self.values.get_mut(*node) {
                *place = None;
            }
        }
        for node in &dependants.points {
            if let Some(place) = self.points.get_mut(*node) {
                *place = None;
            }
        }
    }

    /// What the block comes to; what was computed for it is kept.
    fn decide(
        &mut self,
        terms: &Terms<'_>,
        frame: &Frame<'_>,
        scores: Option<&Scores>,
        dependants: &Dependants,
    ) -> super::Part {
        let known = Known {
            values: &self.values,
            points: &self.points,
        };
        let block = Block::new(terms, frame, &self.rows).knowing(known);
        if let Some(scores) = scores {
            scores.preset(&block, &self.rows);
        }
        let part = decided(&block, &self.rows);
        let values: Vec<(usize, Lanes)> = dependants
            .values
            .iter()
            .map(|node| (*node, (*block.node_value(*node)).clone()))
            .collect();
        let points: Vec<(usize, Option<PointLanes>)> = dependants
            .points
            .iter()
            .map(|node| (*node, block.node_points(*node).cloned()))
            .collect();
        for (node, lanes) in values {
            if let Some(place) = self.values.get_mut(node) {
                *place = Some(lanes);
            }
        }
        for (node, lanes) in points {
            if let Some(place) = self.points.get_mut(node) {
                *place = lanes;
            }
        }
        part
    }
}
