//! Scores of an index as columns of floats: the same floats that the exact run takes.

use formula::{LaneKind, Lanes, State};

use super::block::{Block, Terms};
use super::frame::Frame;
use super::{PointLanes, WideSettings};
use crate::index::{Column, IndexRules, Measured, prepare_exactly, scored_leaf};
use crate::standard::{Missing, Standard};
use crate::world::Population;

/// Scores by leaf and row; a gap is `None`.
pub(crate) struct Scores {
    by_node: Vec<Option<Column>>,
}

impl Scores {
    pub(crate) fn of(standard: &Standard, rules: &IndexRules, frame: &Frame<'_>, settings: WideSettings) -> Self {
        let leaves: Vec<usize> = (0..standard.nodes.len())
            .filter(|node| standard.nodes.get(*node).is_some_and(|rule| rule.children.is_empty()))
            .collect();
        let mut scores = Self {
            by_node: vec![None; standard.nodes.len()],
        };
        scores.take(standard, rules, frame, settings, leaves);
        scores
    }

    /// The scores of some leaves, computed from the frame as it is now.
    pub(crate) fn take(
        &mut self,
        standard: &Standard,
        rules: &IndexRules,
        frame: &Frame<'_>,
        settings: WideSettings,
        leaves: Vec<usize>,
    ) {
        let by_node = &mut self.by_node;
        let found = if frame.units().is_some() {
            None
        } else {
            wide(standard, rules, frame, settings, &leaves)
        };
        match found {
            Some(columns) => {
                for (node, column) in leaves.into_iter().zip(columns) {
                    by_node[node] = Some(column);
                }
            }
            None => {
                let made: Vec<crate::UnitData>;
                let units = match frame.units() {
                    Some(units) => units,
                    None => {
                        made = (0..frame.rows() as u32).map(|row| frame.unit(row)).collect();
                        &made
                    }
                };
                let population = Population::new(standard, units, settings.run.at);
                for (node, column) in crate::index::scores_of(&population, rules, &leaves) {
                    by_node[node] = Some(column);
                }
            }
        }
    }

    /// Scores that were computed elsewhere.
    pub(crate) const fn given(by_node: Vec<Option<Column>>) -> Self {
        Self { by_node }
    }

    pub(crate) fn column(&self, node: usize) -> Option<&Column> {
        self.by_node.get(node).and_then(Option::as_ref)
    }

    /// Gives a block its leaves' points.
    pub(crate) fn preset(&self, block: &Block<'_>, rows: &[u32]) {
        for node in 0..self.by_node.len() {
            if block.is_known(node) {
                continue;
            }
            if let Some(points) = self.points(block, node, rows) {
                block.preset_points(node, points);
            }
        }
    }

    pub(crate) fn points(&self, block: &Block<'_>, node: usize, rows: &[u32]) -> Option<PointLanes> {
        let column = self.column(node)?;
        let rule = block.terms.standard.nodes.get(node)?;
        let mut states = Vec::new();
        let mut values = Vec::with_capacity(rows.len());
        for (lane, row) in rows.iter().enumerate() {
            let score = column.get(*row as usize).copied().flatten();
            let state = match score {
                Some(score) if score.is_finite() => State::Present,
                Some(_) => State::Undefined,
                None => absence(block, node, rule.denominator.as_deref(), lane),
            };
            values.push(score.filter(|score| score.is_finite()).unwrap_or(0.0));
            if !state.is_present() && states.is_empty() {
                states = vec![State::Present; rows.len()];
            }
            if let Some(place) = states.get_mut(lane) {
                *place = state;
            }
        }
        let mut lanes = Lanes::of(
            LaneKind::Number(formula::Dimension::NONE),
            values,
            (!states.is_empty()).then_some(states),
        );
        lanes.relative = block.roundoff();
        // An index leaves a gap out unless it says otherwise.
        let policy = if rule.missing_stated {
            rule.missing
        } else {
            Missing::Drop
        };
        Some(block.settle(policy, block.clamped(lanes)))
    }

    /// Gives the exact way the same scores; `rows` are those of its population.
    pub(crate) fn preset_exactly(&self, population: &Population<'_>, rows: &[u32]) {
        for (node, column) in self.by_node.iter().enumerate() {
            let Some(column) = column else { continue };
            for (at, row) in rows.iter().enumerate() {
                let score = column.get(*row as usize).copied().flatten();
                prepare_exactly(population, at, node, score);
            }
        }
    }
}

/// Why a leaf has no score: its own reason, else its denominator's.
fn absence(block: &Block<'_>, node: usize, denominator: Option<&str>, lane: usize) -> State {
    let own = block.node_value(node).state(lane);
    match (own, denominator) {
        (State::Present, Some(name)) => match formula::ColumnWorld::value(block, name, 0).state(lane) {
            State::Present => State::Undefined,
            other => other,
        },
        (State::Present, None) => State::Undefined,
        (other, _) => other,
    }
}

/// The scores from columns; `None` where a value is beyond floats.
fn wide(
    standard: &Standard,
    rules: &IndexRules,
    frame: &Frame<'_>,
    settings: WideSettings,
    leaves: &[usize],
) -> Option<Vec<Column>> {
    let raw = |node: usize, period, rows: &[u32]| -> Option<Measured> {
        let rule = standard.nodes.get(node)?;
        let mut terms = Terms::nominal(standard, settings.run.at, period);
        terms.guarded = false;
        let block = Block::new(&terms, frame, rows);
        let own = block.node_value(node);
        let factor = rule.unit.factor().to_f64();
        let fits = own.dimension() == Some(rule.unit.dimension());
        let divisor = rule
            .denominator
            .as_ref()
            .map(|name| formula::ColumnWorld::value(&block, name, 0));
        let divided_in = rule
            .denominator
            .as_ref()
            .map(|name| crate::data::expectation(standard, name).0)
            .filter(|unit| divisor.as_ref().and_then(|divisor| divisor.dimension()) == Some(unit.dimension()));
        let divided_in = divided_in.map_or(1.0, |unit| unit.factor().to_f64());
        let mut measured = Measured::default();
        for lane in 0..rows.len() {
            let states = [
                own.state(lane),
                divisor.as_ref().map_or(State::Present, |divisor| divisor.state(lane)),
            ];
            if states.contains(&State::Doubtful) {
                return None;
            }
            let divided = divisor.as_ref().map_or(1.0, |divisor| divisor.value(lane) / divided_in);
            let sound = fits && states.iter().all(|state| state.is_present()) && divided != 0.0;
            let reason = states.iter().find(|state| !state.is_present());
            let is_gap = matches!(reason, Some(State::Missing | State::Unverified));
            measured.push(sound.then(|| own.value(lane) / factor / divided), is_gap);
        }
        Some(measured)
    };
    // Groups are words, and other periods other rows, neither of which a block of floats holds.
    if matches!(rules.impute, crate::index::Impute::Group(_)) || rules.impute.looks_over_time() {
        return None;
    }
    let one = |node: &usize| -> Option<Column> {
        let rule = standard.nodes.get(*node)?;
        let columns = frame
            .groups
            .iter()
            .map(|(period, rows)| Some((*period, raw(*node, *period, rows)?, None)))
            .collect::<Option<Vec<_>>>()?;
        let mut scores = vec![None; frame.rows()];
        for ((_, rows), scored) in frame.groups.iter().zip(scored_leaf(rules, rule, columns)) {
            for (row, score) in rows.iter().zip(scored) {
                if let Some(place) = scores.get_mut(*row as usize) {
                    *place = score;
                }
            }
        }
        Some(scores)
    };
    let threads = settings.threads.clamp(1, leaves.len().max(1));
    if threads == 1 || frame.rows() < 2_000 {
        return leaves.iter().map(one).collect();
    }
    let each = leaves.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let one = &one;
        let running: Vec<_> = leaves
            .chunks(each)
            .map(|leaves| scope.spawn(move || leaves.iter().map(one).collect::<Option<Vec<_>>>()))
            .collect();
        let mut columns = Vec::with_capacity(leaves.len());
        for thread in running {
            match thread.join() {
                Ok(done) => columns.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Some(columns)
    })
}
