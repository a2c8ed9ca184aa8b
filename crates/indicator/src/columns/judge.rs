//! Totals, coverage and grades of a block.

#![allow(clippy::float_cmp, reason = "truths and full coverage are exactly one")]

use std::rc::Rc;

use formula::{Dimension, Interval, LaneKind, Lanes, LimitRule, State};

use super::block::{Block, float};
use crate::standard::Written;

/// No grade is given although the standard has grades.
pub(crate) const UNGRADED: u16 = u16::MAX - 1;
/// There is no grade.
pub(crate) const NO_GRADE: u16 = u16::MAX;

/// What a block comes to.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// Totals before rounding.
    pub(crate) total: Lanes,
    /// As the standard rounds them.
    pub(crate) rounded: Vec<f64>,
    pub(crate) coverage: Vec<f64>,
    /// The number of the grade, [`UNGRADED`] or [`NO_GRADE`].
    pub(crate) grade: Vec<u16>,
    /// Lanes that the exact way must decide.
    pub(crate) doubtful: Vec<bool>,
    /// Lanes of which there is more to say than the figures: a gate that closes, points added or taken, a condition
    /// that cannot be told.
    pub(crate) noted: Vec<bool>,
}

pub(crate) fn judged(block: &Block<'_>, top: &[usize], count: usize) -> Judged {
    let standard = block.terms.standard;
    let joined = block.joined(None, top);
    let coverage = coverage(block, top, count);
    let mut doubtful: Vec<bool> = (0..count)
        .map(|lane| joined.lanes.state(lane) == State::Doubtful || coverage.state(lane) == State::Doubtful)
        .collect();
    *block.coverage.borrow_mut() = Some(Rc::new(coverage.clone()));
    *block.total.borrow_mut() = Some(Rc::new(joined.lanes.clone()));
    let mut noted = vec![false; count];
    let total = block
        .clamped(adjusted(block, joined.lanes, count, (&mut doubtful, &mut noted)))
        .spread(count);
    let rounded = rounded(block, &total, count, &mut doubtful);
    let by_rounded = standard.rounding.limit == LimitRule::RoundedValue;
    let mut judged = total.clone();
    if by_rounded {
        judged.values.clone_from(&rounded);
        (judged.absolute, judged.relative) = (0.0, block.roundoff());
    }
    *block.total.borrow_mut() = Some(Rc::new(judged));
    block
        .judging
        .set(standard.rounding.value_limit == LimitRule::RoundedValue);
    let grade = grades(block, &total, &coverage, count, (&mut doubtful, &mut noted));
    block.judging.set(false);
    Judged {
        noted,
        rounded,
        coverage: (0..count).map(|lane| coverage.value(lane)).collect(),
        grade,
        total,
        doubtful,
    }
}

/// Totals before rounding, where no condition is judged and nothing is added.
pub(crate) fn totals(block: &Block<'_>, top: &[usize]) -> Lanes {
    block.clamped(block.joined(None, top).lanes)
}

/// The share of the nominal weight whose indicators have a verified value.
fn coverage(block: &Block<'_>, parts: &[usize], count: usize) -> Lanes {
    if has_all(block, parts) {
        return Lanes::constant(LaneKind::Number(Dimension::NONE), 1.0).spread(count);
    }
    let mut covered = vec![0.0; count];
    let mut states = vec![State::Present; count];
    let (mut all, mut whole) = (0.0, true);
    for part in parts {
        let weight = block.weight(*part);
        all += weight;
        let rule = block.terms.standard.nodes.get(*part);
        let children = rule.map(|rule| rule.children.as_slice()).unwrap_or_default();
        if !children.is_empty() {
            let inner = coverage(block, children, count);
            whole &= inner.states.is_none() && inner.values.iter().all(|share| *share == 1.0);
            for (lane, (covered, state)) in covered.iter_mut().zip(&mut states).enumerate() {
                *covered += weight * inner.value(lane);
                *state = state.with_doubt(inner.state(lane));
            }
            continue;
        }
        let value = block.node_value(*part);
        whole &= value.states.is_none();
        for (lane, (covered, state)) in covered.iter_mut().zip(&mut states).enumerate() {
            let own = value.state(lane);
            *covered += if own.is_present() { weight } else { 0.0 };
            *state = state.with_doubt(own);
        }
    }
    if whole && all > 0.0 {
        return Lanes::constant(LaneKind::Number(Dimension::NONE), 1.0).spread(count);
    }
    let share = |covered: f64| if all > 0.0 { covered / all } else { 0.0 };
    Lanes {
        kind: LaneKind::Number(Dimension::NONE),
        values: covered.into_iter().map(share).collect(),
        states: states.contains(&State::Doubtful).then_some(states),
        absolute: 0.0,
        relative: block.roundoff() * (4.0 * parts.len() as f64 + 16.0),
    }
}

/// Whether it is known beforehand that every unit has every value, and that the weights count.
fn has_all(block: &Block<'_>, parts: &[usize]) -> bool {
    let below = |part: &usize| {
        let rule = block.terms.standard.nodes.get(*part);
        match rule.map(|rule| rule.children.as_slice()) {
            Some([]) | None => block.is_whole(*part),
            Some(children) => has_all(block, children),
        }
    };
    parts.iter().map(|part| block.weight(*part)).sum::<f64>() > 0.0 && parts.iter().all(below)
}

/// A state of which only the doubt matters.
trait WithDoubt {
    fn with_doubt(self, other: State) -> State;
}

impl WithDoubt for State {
    fn with_doubt(self, other: State) -> State {
        if other == State::Doubtful { other } else { self }
    }
}

/// Bonuses and deductions, each within its limit.
fn adjusted(block: &Block<'_>, total: Lanes, count: usize, (doubtful, noted): (&mut [bool], &mut [bool])) -> Lanes {
    let standard = block.terms.standard;
    if standard.adjustments.is_empty() {
        return total;
    }
    let mut total = total.spread(count);
    let (mut bonus, mut deduction) = (vec![0.0; count], vec![0.0; count]);
    let mut error = 0.0;
    for adjustment in &standard.adjustments {
        let condition = adjustment
            .condition
            .as_ref()
            .map(|condition| truths(block, condition, noted));
        let points = block.formula(&adjustment.points.formula, None);
        let pure = points.dimension() == Some(Dimension::NONE);
        let sums = if adjustment.deducts { &mut deduction } else { &mut bonus };
        for (lane, sum) in sums.iter_mut().enumerate() {
            let holds = condition
                .as_ref()
                .map_or(Some(true), |of| of.get(lane).copied().flatten());
            noted[lane] |= holds != Some(false);
            match (holds, points.state(lane)) {
                (None, _) | (Some(true), State::Doubtful) => doubtful[lane] = true,
                (Some(true), State::Present) if pure => *sum += points.value(lane),
                _ => {}
            }
        }
        error += points.absolute
            + points.relative * (0..count).fold(0.0, |most: f64, lane| most.max(points.value(lane).abs()));
    }
    let (most_bonus, most_deduction) = &standard.adjustment_limits;
    let most = |limit: &Option<formula::Number>| float(limit.as_ref()).unwrap_or(f64::INFINITY);
    let (most_bonus, most_deduction) = (most(most_bonus), most(most_deduction));
    let mut size = 0.0_f64;
    for (lane, value) in total.values.iter_mut().enumerate() {
        let (bonus, deduction) = (bonus[lane].min(most_bonus), deduction[lane].min(most_deduction));
        size = size.max(value.abs() + bonus.abs() + deduction.abs());
        *value += bonus - deduction;
    }
    total.absolute +=
        error + total.relative * size + size * block.roundoff() * (8.0 + standard.adjustments.len() as f64);
    total
}

/// Marks the lanes that would have a better grade by the rounded total, and those where that cannot be told.
pub(crate) fn rounded_would(block: &Block<'_>, judged: &Judged, noted: &mut [bool]) {
    let standard = block.terms.standard;
    if standard.rounding.limit == LimitRule::RoundedValue || standard.rounding.total.is_none() {
        return;
    }
    let mut by_rounded = judged.total.clone();
    by_rounded.values.clone_from(&judged.rounded);
    (by_rounded.absolute, by_rounded.relative) = (0.0, block.roundoff());
    let full = block.total.replace(Some(Rc::new(by_rounded)));
    for (at, rule) in standard.grades.iter().enumerate() {
        let Some(condition) = &rule.condition else { continue };
        for (lane, holds) in truths(block, condition, noted).into_iter().enumerate() {
            noted[lane] |= holds != Some(false) && judged.grade[lane] > at as u16;
        }
    }
    *block.total.borrow_mut() = full;
}

/// Whether a condition holds, lane by lane: what cannot be told does not, and is noted; `None` where the exact way
/// decides.
fn truths(block: &Block<'_>, condition: &Written, noted: &mut [bool]) -> Vec<Option<bool>> {
    let lanes = block.formula(&condition.formula, None);
    let truth = lanes.kind == LaneKind::Truth;
    let count = formula::ColumnWorld::lanes(block);
    if lanes.states.is_some() {
        for (lane, noted) in noted.iter_mut().enumerate() {
            *noted |= !lanes.state(lane).is_present();
        }
    }
    let of = |lane| match lanes.state(lane) {
        State::Doubtful => None,
        State::Present => Some(truth && lanes.value(lane) == 1.0),
        _ => Some(false),
    };
    (0..count).map(of).collect()
}

fn rounded(block: &Block<'_>, total: &Lanes, count: usize, doubtful: &mut [bool]) -> Vec<f64> {
    let Some(interval) = &block.terms.standard.rounding.total else {
        return (0..count).map(|lane| total.value(lane)).collect();
    };
    let round = |lane| {
        let (rounded, near) = round_lane(interval, (total.value(lane), total.bound(lane)), block.roundoff());
        if near && total.state(lane).is_present() {
            doubtful[lane] = true;
        }
        rounded
    };
    (0..count).map(round).collect()
}

/// A float rounded to an interval, and whether it is too near a half to tell.
fn round_lane(interval: &Interval, (value, bound): (f64, f64), roundoff: f64) -> (f64, bool) {
    let size = interval.value().to_f64();
    // Of a decimal interval: whole numbers over a power of ten come out as the float nearest to the decimal.
    let scale = 10.0_f64.powi(interval.places() as i32);
    let unit = (size * scale).round();
    let quotient = value * scale / unit;
    let bound = bound * scale / unit + quotient.abs() * 4.0 * roundoff;
    let near = (quotient - quotient.floor() - 0.5).abs() <= bound * 1.001 && bound > 0.0;
    (quotient.round_ties_even() * unit / scale, near)
}

/// The values of an indicator as the standard rounds them.
pub(super) fn rounded_value(block: &Block<'_>, node: usize) -> Rc<Lanes> {
    let lanes = block.node_value(node);
    let standard = block.terms.standard;
    let Some(rule) = standard.nodes.get(node) else {
        return lanes;
    };
    let interval = standard.rounding.nodes.get(&rule.code);
    let Some(interval) = interval.filter(|_| lanes.dimension() == Some(rule.unit.dimension())) else {
        return lanes;
    };
    let factor = rule.unit.factor().to_f64();
    let count = formula::ColumnWorld::lanes(block);
    let mut rounded = (*lanes).clone().spread(count);
    let mut states: Vec<State> = (0..count).map(|lane| lanes.state(lane)).collect();
    for (lane, state) in states.iter_mut().enumerate().filter(|(_, state)| state.is_present()) {
        let own = (lanes.value(lane) / factor, lanes.bound(lane) / factor);
        let (value, near) = round_lane(interval, own, block.roundoff());
        rounded.values[lane] = value * factor;
        if near {
            *state = State::Doubtful;
        }
    }
    rounded.states = states.iter().any(|state| !state.is_present()).then_some(states);
    (rounded.absolute, rounded.relative) = (0.0, 4.0 * block.roundoff());
    Rc::new(rounded)
}

fn grades(
    block: &Block<'_>,
    total: &Lanes,
    coverage: &Lanes,
    count: usize,
    (doubtful, noted): (&mut [bool], &mut [bool]),
) -> Vec<u16> {
    let standard = block.terms.standard;
    let mut grade = vec![NO_GRADE; count];
    if !standard.judges() {
        return grade;
    }
    // Whether a grade is still to be found.
    let mut open: Vec<bool> = (0..count).map(|lane| total.state(lane).is_present()).collect();
    if let Some(least) = float(standard.aggregation.least_coverage.as_ref()) {
        for lane in 0..count {
            let covered = coverage.value(lane);
            let bound = coverage.bound(lane) + block.roundoff() * least;
            if open[lane] && (covered - least).abs() <= bound * 1.001 && covered != 1.0 && bound > 0.0 {
                doubtful[lane] = true;
            } else if open[lane] && covered < least {
                noted[lane] = true;
                grade[lane] = UNGRADED;
                open[lane] = false;
            }
        }
    }
    let mut best = vec![0_usize; count];
    for gate in &standard.gates {
        let left = standard.grades.iter().position(|grade| grade.name == gate.otherwise);
        for (lane, holds) in truths(block, &gate.condition, noted).into_iter().enumerate() {
            noted[lane] |= holds != Some(true);
            match (open[lane], holds, left) {
                (false, _, _) | (true, Some(true), _) => {}
                (true, None, _) => doubtful[lane] = true,
                (true, Some(false), Some(left)) => best[lane] = best[lane].max(left),
                (true, Some(false), None) => {
                    grade[lane] = UNGRADED;
                    open[lane] = false;
                }
            }
        }
    }
    for (at, rule) in standard.grades.iter().enumerate() {
        let holds = rule.condition.as_ref().map(|condition| truths(block, condition, noted));
        for lane in 0..count {
            if !open[lane] || at < best[lane] {
                continue;
            }
            match holds.as_ref().map_or(Some(true), |of| of.get(lane).copied().flatten()) {
                None => {
                    doubtful[lane] = true;
                    open[lane] = false;
                }
                Some(true) => {
                    grade[lane] = at as u16;
                    open[lane] = false;
                }
                Some(false) => {}
            }
        }
    }
    grade
}
