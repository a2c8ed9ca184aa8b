//! A run: every unit through the standard, exactly, with all that explains it.

use std::collections::BTreeMap;

use formula::{Interval, Number, Unit, Value, evaluate};
use jiff::civil::Date;

use crate::data::UnitData;
use crate::note::Note;
use crate::outcome::{NodeResult, Points, UnitResult};
use crate::standard::{Standard, Written};
use crate::world::{Population, RowWorld};

/// What a run is told beside the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// 报告日: nothing published later is used. Without it everything is known.
    pub at: Option<Date>,
}

/// Runs a standard over its units.
pub fn run(standard: &Standard, units: &[UnitData], settings: Settings) -> Vec<UnitResult> {
    if let Some(weighed) = crate::weighing::weighed(standard, units, settings) {
        return run(&weighed, units, settings);
    }
    if let Some(index) = &standard.index {
        return crate::index::run(standard, index, units, settings);
    }
    let population = Population::new(standard, units, settings.at);
    let mut results = judged_all(&population);
    rank(&mut results);
    results
}

pub(crate) fn judged_all(population: &Population<'_>) -> Vec<UnitResult> {
    (0..population.rows.len()).map(|row| judged(population, row)).collect()
}

/// The total and the grade, with what hangs on them.
pub(crate) fn judged(population: &Population<'_>, row: usize) -> UnitResult {
    let standard = population.standard;
    let (id, period) = population
        .rows
        .get(row)
        .map(|row| (row.data.id.clone(), row.data.period))
        .unwrap_or_default();
    let scored = standard.has_total();
    let top: Vec<usize> = standard.top().collect();
    let points: Option<Points> = scored.then(|| population.joined(row, None, &top));
    let mut total = points.as_ref().and_then(Points::number).cloned();
    let coverage = scored.then(|| coverage(population, row, &top));
    if let Some(covered) = &coverage {
        population.set_result(row, "coverage", Value::pure(covered.clone()));
    }
    if let Some(points) = total.take() {
        population.set_result(row, "total", Value::pure(points.clone()));
        let adjusted = adjust(population, row, points);
        total = Some(population.clamped(adjusted));
    }
    let rounded = total
        .as_ref()
        .map(|total| round(standard.rounding.total.as_ref(), total));
    let grade = match (&total, &rounded) {
        (Some(total), Some(rounded)) => grade(population, row, total, rounded, coverage.as_ref()),
        _ => None,
    };
    let weights = effective_weights(population, row, &top, scored);
    let nodes = (0..standard.nodes.len())
        .map(|node| {
            let leaf = standard.nodes.get(node).is_some_and(|rule| rule.children.is_empty());
            let computed = if leaf {
                (*population.value(row, node)).clone()
            } else {
                crate::outcome::Computed::absent(Value::missing("", ""))
            };
            NodeResult {
                computed,
                points: scored.then(|| (*population.points(row, node)).clone()),
                weight: weights.get(&node).cloned(),
            }
        })
        .collect();
    let notes = population.rows.get(row).map(|row| row.notes.borrow().clone());
    UnitResult {
        id,
        period,
        nodes,
        total,
        rounded,
        coverage,
        grade,
        rank: None,
        notes: notes.unwrap_or_default(),
    }
}

pub(crate) fn round(interval: Option<&Interval>, value: &Number) -> Number {
    interval.map_or_else(|| value.clone(), |interval| interval.round(value))
}

/// The share of the nominal weight whose indicators have a verified value of their own.
fn coverage(population: &Population<'_>, row: usize, parts: &[usize]) -> Number {
    let mut covered = Number::zero();
    let mut all = Number::zero();
    for part in parts {
        let weight = population.weight(row, *part);
        let children = population
            .standard
            .nodes
            .get(*part)
            .map(|rule| rule.children.as_slice());
        let share = match children {
            Some(children) if !children.is_empty() => coverage(population, row, children),
            _ => match population.value(row, *part).value {
                Value::Absent(_) => Number::zero(),
                _ => Number::one(),
            },
        };
        let step = || covered.plus(&weight.times(&share)?);
        covered = step().unwrap_or(covered);
        all = all.plus(&weight).unwrap_or(all);
    }
    covered.over(&all).unwrap_or_else(|_| Number::zero())
}

/// Each indicator's weight in the total: what was dropped gave its share to its siblings.
fn effective_weights(population: &Population<'_>, row: usize, top: &[usize], scored: bool) -> BTreeMap<usize, Number> {
    let mut weights = BTreeMap::new();
    if !scored {
        return weights;
    }
    let mut families = vec![(Number::one(), top.to_vec())];
    while let Some((whole, parts)) = families.pop() {
        let kept: Vec<(usize, Number)> = parts
            .iter()
            .map(|part| match &*population.points(row, *part) {
                Points::Dropped(_) => (*part, Number::zero()),
                _ => (*part, population.weight(row, *part)),
            })
            .collect();
        let sum = kept
            .iter()
            .try_fold(Number::zero(), |sum, (_, weight)| sum.plus(weight))
            .unwrap_or_else(|_| Number::one());
        for (part, weight) in kept {
            let share = weight
                .over(&sum)
                .and_then(|share| share.times(&whole))
                .unwrap_or_else(|_| Number::zero());
            if let Some(rule) = population.standard.nodes.get(part)
                && !rule.children.is_empty()
            {
                families.push((share.clone(), rule.children.clone()));
            }
            weights.insert(part, share);
        }
    }
    weights
}

/// Bonuses and deductions, each within its limit.
fn adjust(population: &Population<'_>, row: usize, total: Number) -> Number {
    let standard = population.standard;
    let (mut bonus, mut deduction) = (Number::zero(), Number::zero());
    for adjustment in &standard.adjustments {
        let holds = adjustment
            .condition
            .as_ref()
            .is_none_or(|condition| holds(population, row, condition, &population.world(row)) == Some(true));
        if !holds {
            continue;
        }
        let value = evaluate(&adjustment.points.formula, &population.world(row), None).value;
        match (value.in_unit(&Unit::none()), value) {
            (Some(points), _) => {
                let sum = if adjustment.deducts { &mut deduction } else { &mut bonus };
                *sum = sum.plus(&points).unwrap_or_else(|_| sum.clone());
                let signed = if adjustment.deducts { points.negated() } else { points };
                let note = Note::Adjusted {
                    name: adjustment.name.clone(),
                    points: signed,
                    clause: adjustment.clause.clone(),
                };
                population.note(row, note);
            }
            (None, Value::Absent(absence)) => {
                let condition = adjustment.points.text.clone();
                population.note(row, Note::Unjudged { condition, absence });
            }
            _ => {}
        }
    }
    let (most_bonus, most_deduction) = &standard.adjustment_limits;
    let held = |points: Number, most: &Option<Number>| match most {
        Some(most) => points.min(most.clone()),
        None => points,
    };
    total
        .plus(&held(bonus, most_bonus))
        .and_then(|total| total.minus(&held(deduction, most_deduction)))
        .unwrap_or(total)
}

/// Whether a condition holds; `None`, with a note, where it cannot be told.
fn holds(population: &Population<'_>, row: usize, condition: &Written, world: &RowWorld<'_, '_>) -> Option<bool> {
    match evaluate(&condition.formula, world, None).value {
        Value::Truth(truth) => Some(truth),
        Value::Absent(absence) => {
            let condition = condition.text.clone();
            population.note(row, Note::Unjudged { condition, absence });
            None
        }
        _ => None,
    }
}

pub(crate) const UNGRADED: [&str; 2] = ["不予评级", "ungraded"];

fn grade(
    population: &Population<'_>,
    row: usize,
    total: &Number,
    rounded: &Number,
    coverage: Option<&Number>,
) -> Option<String> {
    let standard = population.standard;
    if !standard.judges() {
        return None;
    }
    let by_rounded = standard.rounding.limit == formula::LimitRule::RoundedValue;
    let judged = if by_rounded { rounded } else { total };
    population.set_result(row, "total", Value::pure(judged.clone()));
    let world = population.judging_world(row);
    let ungraded = Some(UNGRADED[0].to_owned());
    if let (Some(least), Some(covered)) = (&standard.aggregation.least_coverage, coverage)
        && covered < least
    {
        let note = Note::Coverage {
            coverage: covered.clone(),
            least: least.clone(),
        };
        population.note(row, note);
        return ungraded;
    }
    // The best grade that the gates leave.
    let mut best = 0;
    for gate in &standard.gates {
        if holds(population, row, &gate.condition, &world) == Some(true) {
            continue;
        }
        let note = Note::Gate {
            condition: gate.condition.text.clone(),
            otherwise: gate.otherwise.clone(),
            clause: gate.clause.clone(),
        };
        population.note(row, note);
        match standard.grades.iter().position(|grade| grade.name == gate.otherwise) {
            Some(at) => best = best.max(at),
            None => return ungraded,
        }
    }
    let mut found = None;
    for (at, grade) in standard.grades.iter().enumerate().skip(best) {
        let Some(condition) = &grade.condition else {
            found = Some(at);
            break;
        };
        match holds(population, row, condition, &world) {
            Some(true) => {
                found = Some(at);
                break;
            }
            Some(false) if !by_rounded => rounded_would(population, row, (grade, condition), total, rounded),
            _ => {}
        }
    }
    if found.is_none() && !standard.grades.is_empty() {
        population.note(row, Note::NoGrade);
    }
    found
        .and_then(|at| standard.grades.get(at))
        .map(|grade| grade.name.clone())
}

/// Says where the rounded total would have reached a grade that the full one does not.
fn rounded_would(
    population: &Population<'_>,
    row: usize,
    (grade, condition): (&crate::standard::Grade, &Written),
    total: &Number,
    rounded: &Number,
) {
    population.set_result(row, "total", Value::pure(rounded.clone()));
    let would = evaluate(&condition.formula, &population.world(row), None).value == Value::Truth(true);
    population.set_result(row, "total", Value::pure(total.clone()));
    if would {
        let places = population.standard.rounding.total.as_ref().map_or(0, Interval::places);
        let note = Note::FullValueDecides {
            grade: grade.name.clone(),
            total: total.brief(9),
            rounded: rounded.with_places(places),
            condition: condition.text.clone(),
            clause: grade.place.clause.clone(),
        };
        population.note(row, note);
    }
}

/// Ranks by the exact total among the units of each period; the first of those that share a rank is what others are held
/// against.
pub(crate) fn rank(results: &mut [UnitResult]) {
    let mut order: Vec<usize> = (0..results.len())
        .filter(|at| results.get(*at).is_some_and(|result| result.total.is_some()))
        .collect();
    order.sort_by(|a, b| {
        let key = |at: &usize| results.get(*at).map(|result| (result.period, result.total.clone()));
        let (a, b) = (key(a), key(b));
        let period = a.as_ref().map(|key| key.0).cmp(&b.as_ref().map(|key| key.0));
        period.then_with(|| b.map(|key| key.1).cmp(&a.map(|key| key.1)))
    });
    let mut last: Option<(Option<crate::Period>, Number, usize)> = None;
    let mut place = 0;
    for at in order {
        let Some(result) = results.get_mut(at) else { continue };
        let Some(total) = result.total.clone() else { continue };
        let rank = match &last {
            Some((period, _, _)) if *period != result.period => {
                place = 1;
                1
            }
            Some((_, before, rank)) if is_level(before, &total) => {
                place += 1;
                result.rank = Some(*rank);
                continue;
            }
            _ => {
                place += 1;
                place
            }
        };
        result.rank = Some(rank);
        last = Some((result.period, total, rank));
    }
}

/// Totals that came through floats and differ by less than this are one.
pub(crate) const NOISE: f64 = 1e-9;

/// Whether two totals share a rank: exact ones where they are equal, others where only the noise of floats parts them.
pub(crate) fn is_level(one: &Number, other: &Number) -> bool {
    one == other || (!(one.is_exact() && other.is_exact()) && (one.to_f64() - other.to_f64()).abs() <= NOISE)
}

impl Population<'_> {
    fn set_result(&self, row: usize, name: &'static str, value: Value) {
        if let Some(row) = self.rows.get(row) {
            row.results.borrow_mut().insert(name, value);
        }
    }
}
