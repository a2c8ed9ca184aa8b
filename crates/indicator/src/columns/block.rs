//! The indicators of a standard over one block of units: values, points, totals, grades, all in floats.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use formula::{
    ColumnSubject, ColumnWorld, Dimension, Formula, LaneKind, Lanes, Number, ROUNDOFF, State, Value, columns,
};
use jiff::civil::Date;

use super::frame::Frame;
use super::join::{PointLanes, join};
use crate::day::Period;
use crate::method::Method;
use crate::standard::{Aggregation, Aspect, Missing, NodeRule, Standard, TableContent, split_aspect};

/// What a block is computed with: the standard as it is, or with something of it varied.
pub(crate) struct Terms<'a> {
    pub(crate) standard: &'a Standard,
    pub(crate) at: Option<Date>,
    pub(crate) period: Option<Period>,
    /// By indicator.
    pub(crate) weights: Vec<f64>,
    pub(crate) aggregation: &'a Aggregation,
    /// Factors of parameters and inputs by name.
    pub(crate) factors: BTreeMap<String, f64>,
    /// Whether lanes too close to a limit are left to the exact way.
    pub(crate) guarded: bool,
}

impl<'a> Terms<'a> {
    pub(crate) fn nominal(standard: &'a Standard, at: Option<Date>, period: Option<Period>) -> Self {
        let weight = |node| standard.weight_of(node, period).to_f64();
        Self {
            standard,
            at,
            period,
            weights: (0..standard.nodes.len()).map(weight).collect(),
            aggregation: &standard.aggregation,
            factors: BTreeMap::new(),
            guarded: true,
        }
    }
}

/// Values and points by indicator that were computed elsewhere.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    pub(crate) values: &'a [Option<Lanes>],
    pub(crate) points: &'a [Option<PointLanes>],
}

/// A block of units.
pub(crate) struct Block<'a> {
    pub(crate) terms: &'a Terms<'a>,
    frame: &'a Frame<'a>,
    rows: &'a [u32],
    values: Vec<OnceCell<Rc<Lanes>>>,
    points: Vec<OnceCell<PointLanes>>,
    known: Known<'a>,
    under_way: RefCell<Vec<usize>>,
    /// The indicator that is being computed.
    node: Cell<Option<usize>>,
    /// Whether values are taken as the standard rounds them: limits are judged by 修约值比较法.
    pub(crate) judging: Cell<bool>,
    pub(crate) total: RefCell<Option<Rc<Lanes>>>,
    pub(crate) coverage: RefCell<Option<Rc<Lanes>>>,
}

impl<'a> Block<'a> {
    pub(crate) fn new(terms: &'a Terms<'a>, frame: &'a Frame<'a>, rows: &'a [u32]) -> Self {
        let nodes = terms.standard.nodes.len();
        Self {
            terms,
            frame,
            rows,
            values: std::iter::repeat_with(OnceCell::new).take(nodes).collect(),
            points: std::iter::repeat_with(OnceCell::new).take(nodes).collect(),
            known: Known::default(),
            under_way: RefCell::default(),
            node: Cell::default(),
            judging: Cell::default(),
            total: RefCell::default(),
            coverage: RefCell::default(),
        }
    }

    /// With what is known beforehand.
    pub(crate) const fn knowing(mut self, known: Known<'a>) -> Self {
        self.known = known;
        self
    }

    pub(crate) fn roundoff(&self) -> f64 {
        if self.terms.guarded { ROUNDOFF } else { 0.0 }
    }

    /// Whether an indicator's points are known beforehand.
    pub(crate) fn is_known(&self, node: usize) -> bool {
        matches!(self.known.points.get(node), Some(Some(_)))
    }

    /// Whether every unit has a value of an indicator, known beforehand.
    pub(crate) fn is_whole(&self, node: usize) -> bool {
        matches!(self.known.values.get(node), Some(Some(lanes)) if lanes.states.is_none())
    }

    /// Points that were computed elsewhere.
    pub(crate) fn preset_points(&self, node: usize, points: PointLanes) {
        if let Some(cell) = self.points.get(node) {
            let _ = cell.set(points);
        }
    }

    /// Rows so many periods earlier.
    fn rows_back(&self, back: u8) -> Vec<Option<u32>> {
        let earlier = |row: &u32| (0..back).try_fold(*row, |row, _| self.frame.before(row));
        self.rows.iter().map(earlier).collect()
    }

    /// A formula of the standard for this block.
    pub(crate) fn formula(&self, formula: &Formula, subject: Option<ColumnSubject<'_>>) -> Rc<Lanes> {
        columns(formula, self, subject)
    }

    /// What was given, and where it was not; `None` for the latter where everything was.
    fn given(&self, name: &str, back: u8) -> Option<(Lanes, Option<Vec<bool>>)> {
        let (mut lanes, blank) = if back == 0 {
            self.frame.own_lanes(name, self.rows)?
        } else {
            let (lanes, blank) = self.frame.lanes(name, &self.rows_back(back))?;
            (lanes, blank.contains(&true).then_some(blank))
        };
        if !self.terms.guarded {
            lanes.relative = 0.0;
        }
        self.scale(name, &mut lanes);
        Some((lanes, blank))
    }

    fn scale(&self, name: &str, lanes: &mut Lanes) {
        if let (Some(factor), Some(_)) = (self.terms.factors.get(name), lanes.dimension()) {
            lanes.values.iter_mut().for_each(|value| *value *= factor);
        }
    }

    /// The values of an indicator: given, or by its formula.
    pub(crate) fn node_value(&self, node: usize) -> Rc<Lanes> {
        let (Some(cell), Some(rule)) = (self.values.get(node), self.terms.standard.nodes.get(node)) else {
            return Rc::new(Lanes::doubtful());
        };
        if let Some(known) = cell.get() {
            return Rc::clone(known);
        }
        if let Some(Some(known)) = self.known.values.get(node) {
            return Rc::new(known.clone());
        }
        if self.under_way.borrow().contains(&node) {
            return Rc::new(Lanes::absent(State::Undefined));
        }
        self.under_way.borrow_mut().push(node);
        let outer = self.node.replace(Some(node));
        let computed = self.computed(rule);
        self.node.set(outer);
        self.under_way.borrow_mut().pop();
        let _ = cell.set(Rc::clone(&computed));
        computed
    }

    fn computed(&self, rule: &NodeRule) -> Rc<Lanes> {
        let given = self.given(&rule.code, 0);
        let Some(written) = &rule.formula else {
            let lanes = given.map_or_else(|| Lanes::absent(State::Missing), |(lanes, _)| lanes);
            return Rc::new(lanes);
        };
        if let Some((lanes, None)) = given {
            return Rc::new(lanes);
        }
        let mut by_formula = (*self.formula(&written.formula, None)).clone();
        self.scale(&rule.code, &mut by_formula);
        let fits = rule.unit.is_none() || by_formula.dimension().is_none_or(|own| own == rule.unit.dimension());
        if !fits {
            let count = by_formula.states.as_ref().map_or(1, Vec::len);
            let refused = |lane| match by_formula.state(lane) {
                State::Present => State::Undefined,
                other => other,
            };
            by_formula.states = Some((0..count).map(refused).collect());
        }
        let Some((lanes, Some(blank))) = given else {
            return Rc::new(by_formula);
        };
        // What is given for an indicator goes before its formula, lane by lane.
        let same = lanes.kind == by_formula.kind;
        let pick = |(lane, blank): (usize, &bool)| match (blank, same) {
            (false, _) => (lanes.value(lane), lanes.state(lane)),
            (true, true) => (by_formula.value(lane), by_formula.state(lane)),
            (true, false) => match by_formula.state(lane) {
                State::Present => (0.0, State::Doubtful),
                other => (0.0, other),
            },
        };
        let (values, states) = blank.iter().enumerate().map(pick).unzip();
        Rc::new(Lanes {
            kind: lanes.kind,
            values,
            states: Some(states),
            absolute: lanes.absolute.max(by_formula.absolute),
            relative: lanes.relative.max(by_formula.relative),
        })
    }

    /// The points of an indicator: by its ladder, or joined from those below it.
    pub(crate) fn node_points(&self, node: usize) -> Option<&PointLanes> {
        if let Some(Some(known)) = self.known.points.get(node) {
            return Some(known);
        }
        let cell = self.points.get(node)?;
        if cell.get().is_none() {
            let rule = self.terms.standard.nodes.get(node)?;
            let points = if rule.children.is_empty() {
                self.leaf_points(node, rule)
            } else {
                self.joined(Some(node), &rule.children)
            };
            let _ = cell.set(points);
        }
        cell.get()
    }

    fn leaf_points(&self, node: usize, rule: &NodeRule) -> PointLanes {
        let value = self.node_value(node);
        let scored = match &rule.scoring {
            Some(scoring) => {
                let outer = self.node.replace(Some(node));
                let subject = ColumnSubject {
                    value: Rc::clone(&value),
                    unit: &rule.unit,
                };
                let scored = self.formula(&scoring.formula, Some(subject));
                self.node.set(outer);
                scored
            }
            None => Rc::clone(&value),
        };
        let count = self.rows.len();
        let mut points = (*scored).clone();
        if points.dimension() != Some(Dimension::NONE) {
            let kept = |lane| match scored.state(lane) {
                State::Present => State::Undefined,
                other => other,
            };
            points = Lanes {
                states: Some((0..count).map(kept).collect()),
                ..Lanes::constant(LaneKind::Number(Dimension::NONE), 0.0)
            };
        }
        // What has no value is not scored, whatever its ladder would say.
        if let Some(states) = &value.states {
            let kept = |lane: usize| match (states.get(lane).or(states.first()), points.state(lane)) {
                (Some(State::Present) | None, own) => own,
                (Some(absent), _) => *absent,
            };
            points.states = Some((0..count).map(kept).collect());
        }
        self.settle(rule.missing, self.clamped(points))
    }

    /// What the policy makes of lanes without a value.
    pub(crate) fn settle(&self, policy: Missing, points: Lanes) -> PointLanes {
        if points.states.is_none() {
            return failing(points);
        }
        let mut points = points.spread(self.rows.len());
        let mut dropped = vec![false; self.rows.len()];
        if let Some(states) = &mut points.states {
            for (lane, state) in states.iter_mut().enumerate() {
                let policy = match state {
                    State::Present | State::Doubtful => continue,
                    State::Undefined => Missing::Fail,
                    State::NotApplicable => Missing::Drop,
                    State::Missing | State::Unverified => policy,
                };
                match policy {
                    Missing::Fail => {}
                    Missing::Zero => {
                        *state = State::Present;
                        if let Some(value) = points.values.get_mut(lane) {
                            *value = 0.0;
                        }
                    }
                    Missing::Drop => {
                        if let Some(dropped) = dropped.get_mut(lane) {
                            *dropped = true;
                        }
                    }
                }
            }
        }
        PointLanes {
            lanes: points,
            dropped: dropped.contains(&true).then_some(dropped),
        }
    }

    pub(crate) fn clamped(&self, mut points: Lanes) -> Lanes {
        if let Some((low, high)) = &self.terms.aggregation.clamp {
            let (low, high) = (low.to_f64(), high.to_f64());
            points
                .values
                .iter_mut()
                .for_each(|value| *value = value.max(low).min(high));
            points.absolute += self.roundoff() * low.abs().max(high.abs());
        }
        points
    }

    /// Joins the points of indicators into those of the one above (`None`: into the total).
    pub(crate) fn joined(&self, above: Option<usize>, parts: &[usize]) -> PointLanes {
        let rule = above.and_then(|above| self.terms.standard.nodes.get(above));
        let level = rule.map_or(1, |rule| rule.level + 1);
        let method: Method = self
            .terms
            .aggregation
            .method_of(level, rule.map(|rule| rule.code.as_str()));
        let weighted: Vec<(f64, &PointLanes)> = parts
            .iter()
            .filter_map(|part| Some((self.weight(*part), self.node_points(*part)?)))
            .collect();
        match method.peers() {
            Some(how) => {
                let scale = crate::peers::scale(self.terms.standard);
                super::peers::join(how, scale, &weighted, self.roundoff(), self.rows.len())
            }
            None => join(&method, &weighted, self.roundoff(), self.rows.len()),
        }
    }

    pub(crate) fn weight(&self, node: usize) -> f64 {
        self.terms.weights.get(node).copied().unwrap_or(1.0)
    }

    fn of_node(&self, node: usize, aspect: Aspect) -> Rc<Lanes> {
        let rule = self.terms.standard.nodes.get(node);
        let leaf = rule.is_some_and(|rule| rule.children.is_empty());
        match aspect {
            Aspect::Weight => {
                let mut weight = Lanes::constant(LaneKind::Number(Dimension::NONE), self.weight(node));
                weight.relative = self.roundoff();
                Rc::new(weight)
            }
            Aspect::Natural | Aspect::Value if leaf && self.judging.get() => super::judge::rounded_value(self, node),
            Aspect::Natural | Aspect::Value if leaf => self.node_value(node),
            Aspect::Natural | Aspect::Score => {
                let points = self.node_points(node);
                Rc::new(points.map_or_else(Lanes::doubtful, |points| points.lanes.clone()))
            }
            // One with indicators below it has no value of its own.
            Aspect::Value => self.node_value(node),
        }
    }

    fn parameter(&self, name: &str, period: Option<Period>, named: bool) -> Option<Rc<Lanes>> {
        let parameter = self.terms.standard.parameter(name)?;
        let taken = match period {
            Some(period) if named => parameter.take_for(period, self.terms.at),
            period => parameter.take(period, self.terms.at),
        };
        let value = taken.map_or_else(|absent| absent, |taken| taken.value.value.clone());
        let mut lanes = self.constant(&value);
        self.scale(name, &mut lanes);
        Some(Rc::new(lanes))
    }

    fn constant(&self, value: &Value) -> Lanes {
        let mut lanes = Lanes::of_value(value, &|text| self.frame.word(text));
        lanes.relative = lanes.relative.min(self.roundoff());
        lanes
    }
}

/// Points where nothing is left out.
pub(crate) const fn failing(lanes: Lanes) -> PointLanes {
    PointLanes { lanes, dropped: None }
}

impl ColumnWorld for Block<'_> {
    fn lanes(&self) -> usize {
        self.rows.len()
    }

    fn value(&self, name: &str, back: u8) -> Rc<Lanes> {
        let special = match name {
            "总分" | "total" => Some(&self.total),
            "覆盖率" | "coverage" => Some(&self.coverage),
            _ => None,
        };
        if let Some(special) = special {
            let known = special.borrow().clone();
            return known.unwrap_or_else(|| Rc::new(Lanes::absent(State::Missing)));
        }
        let standard = self.terms.standard;
        let (code, aspect) = split_aspect(name);
        if let Some(node) = standard.node(code) {
            // Results of earlier periods are the exact way's.
            return if back == 0 {
                self.of_node(node, aspect)
            } else {
                Rc::new(Lanes::doubtful())
            };
        }
        if standard.parameter(name).is_some() {
            return if back == 0 {
                self.parameter(name, self.terms.period, false)
                    .unwrap_or_else(|| Rc::new(Lanes::doubtful()))
            } else {
                Rc::new(Lanes::doubtful())
            };
        }
        if matches!(
            standard.table(name).map(|table| &table.content),
            Some(TableContent::Words(_))
        ) {
            return Rc::new(Lanes::doubtful());
        }
        let given = self.given(name, back);
        Rc::new(given.map_or_else(|| Lanes::absent(State::Missing), |(lanes, _)| lanes))
    }

    fn reported(&self, back: u8) -> Rc<Lanes> {
        let rule = self.node.get().and_then(|node| self.terms.standard.nodes.get(node));
        let code = rule.map(|rule| rule.code.as_str()).unwrap_or_default();
        let given = self.given(code, back);
        Rc::new(given.map_or_else(|| Lanes::absent(State::Missing), |(lanes, _)| lanes))
    }

    fn at(&self, name: &str, period: &str) -> Rc<Lanes> {
        let wanted = match period {
            "上期" | "previous" => self.terms.period.and_then(Period::before),
            text => Period::read(text),
        };
        let Some(wanted) = wanted else {
            return Rc::new(Lanes::absent(State::Undefined));
        };
        self.parameter(name, Some(wanted), true)
            .unwrap_or_else(|| Rc::new(Lanes::absent(State::Undefined)))
    }

    fn word(&self, text: &str) -> f64 {
        self.frame.word(text)
    }

    fn words(&self) -> &[String] {
        self.frame.words()
    }

    fn guarded(&self) -> bool {
        self.terms.guarded
    }
}

/// A number as floats take it.
pub(crate) fn float(number: Option<&Number>) -> Option<f64> {
    number.map(Number::to_f64)
}
