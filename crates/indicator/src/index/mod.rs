//! Index mode: indicators made comparable over a population, then joined level by level.
//!
//! The steps, in this order: divide by the denominator, fill gaps, treat what is skewed, normalise, join. The first
//! four work on whole columns in floats, as the programs do that publish such indices; joining, gates and grades are
//! those of every other standard.

mod impute;
mod normalise;
mod rules;
mod treat;

use std::collections::BTreeMap;

use formula::{Absence, Number, Quantity, Undefined, Value, Why, World};

use crate::data::UnitData;
use crate::day::Period;
use crate::outcome::{Points, UnitResult};
use crate::run::Settings;
use crate::standard::{Missing, NodeRule, Standard};
use crate::world::Population;

pub use rules::{Impute, IndexRules, Normalise};

/// One indicator over the rows of a period; a gap is `None`.
pub(crate) type Column = Vec<Option<f64>>;

pub(crate) fn run(standard: &Standard, rules: &IndexRules, units: &[UnitData], settings: Settings) -> Vec<UnitResult> {
    let population = Population::new(standard, units, settings.at);
    let mut periods: BTreeMap<Option<Period>, Vec<usize>> = BTreeMap::new();
    for (row, unit) in units.iter().enumerate() {
        periods.entry(unit.period).or_default().push(row);
    }
    for (node, rule) in standard.nodes.iter().enumerate() {
        if !rule.children.is_empty() {
            continue;
        }
        let prepared: BTreeMap<Option<Period>, Column> = periods
            .iter()
            .map(|(period, rows)| (*period, prepare(&population, rules, rule, node, rows)))
            .collect();
        // Frozen at the base year, where there is one: scores stay comparable over the years.
        let base = rules.base.and_then(|base| prepared.get(&Some(base)));
        for (period, rows) in &periods {
            let Some(column) = prepared.get(period) else { continue };
            let scored = normalise::column(column, base.unwrap_or(column), rules, rule);
            for (row, score) in rows.iter().zip(scored) {
                let points = points_of(&population, *row, node, rule, score);
                population.preset(*row, node, points);
            }
        }
    }
    let mut results = crate::run::judged_all(&population);
    crate::run::rank(&mut results);
    results
}

/// Values of an indicator over rows: denominated, filled, treated.
fn prepare(population: &Population<'_>, rules: &IndexRules, rule: &NodeRule, node: usize, rows: &[usize]) -> Column {
    let mut column: Column = rows
        .iter()
        .map(|row| {
            let computed = population.value(*row, node);
            let own = computed.value.in_unit(&rule.unit)?.to_f64();
            match &rule.denominator {
                None => Some(own),
                Some(name) => match population.world(*row).value(name, 0) {
                    Value::Quantity(Quantity { number, .. }) if !number.is_zero() => Some(own / number.to_f64()),
                    _ => None,
                },
            }
        })
        .collect();
    let groups: Option<Vec<Option<String>>> = match &rules.impute {
        Impute::Group(name) => {
            let group = |row: &usize| match population.world(*row).value(name, 0) {
                Value::Word(word) => Some(word),
                Value::Quantity(quantity) => Some(quantity.number.exact_text()),
                _ => None,
            };
            Some(rows.iter().map(group).collect())
        }
        _ => None,
    };
    impute::fill(&mut column, &rules.impute, groups.as_deref());
    if rules.treat {
        treat::skewed(&mut column);
    }
    column
}

fn points_of(population: &Population<'_>, row: usize, node: usize, rule: &NodeRule, score: Option<f64>) -> Points {
    let undefined = |undefined| Absence {
        why: Why::Undefined(undefined),
        of: None,
    };
    if let Some(score) = score {
        return match Number::approximate(score) {
            Some(points) => Points::of(population.clamped(points)),
            // All units have the same value: nothing to compare.
            None => population.without(row, rule, undefined(Undefined::DivisionByZero), Missing::Fail),
        };
    }
    let divisor = rule
        .denominator
        .as_ref()
        .map(|name| population.world(row).value(name, 0));
    let absence = match (&population.value(row, node).value, divisor) {
        (Value::Absent(absence), _) => absence.clone(),
        (_, Some(Value::Absent(absence))) => absence,
        (_, Some(_)) => undefined(Undefined::DivisionByZero),
        (_, None) => undefined(Undefined::WrongKind),
    };
    let policy = match &absence.why {
        Why::Undefined(_) => Missing::Fail,
        // An index leaves a gap out unless it says otherwise.
        _ if !rule.missing_stated => Missing::Drop,
        _ => rule.missing,
    };
    population.without(row, rule, absence, policy)
}
