//! Weights as the data of a run give them, family by family: from the scores of the base year, else of the latest period.

use std::collections::BTreeMap;

use formula::Number;

use super::balance::balanced;
use super::{
    Weighing, WeighingMethod, angle, cilos, critic, deviation, entropy, gini, idocriw, lopcow, merec, principal,
    variation,
};
use crate::data::UnitData;
use crate::day::Period;
use crate::finding::Finding;
use crate::index::{Column, IndexRules};
use crate::run::Settings;
use crate::standard::{NodeRule, Standard};
use crate::world::Population;

/// The standard with the weights that its data give; `None` where it does not ask for them. A family whose units all
/// agree keeps the weights of the table.
pub fn weighed(standard: &Standard, units: &[UnitData], settings: Settings) -> Option<Standard> {
    let rules = standard.index.as_ref()?;
    rules.weighing.as_ref()?;
    let population = Population::new(standard, units, settings.at);
    let scores = crate::index::scores(&population, rules);
    let mut own = standard.clone();
    for (node, weight) in weights_by_scores(standard, rules, units, &scores) {
        if let Some(rule) = own.nodes.get_mut(node) {
            rule.weight = Number::approximate(weight);
            for (_, dated) in &mut own.weights {
                dated.retain(|(name, _)| !rule.is_called(name));
            }
        }
    }
    if let Some(rules) = &mut own.index {
        rules.weighing = None;
    }
    Some(own)
}

/// Families to which the data cannot give weights by the method that the rules name.
pub(crate) fn faults(standard: &Standard, units: &[UnitData], settings: Settings) -> Vec<Finding> {
    let Some(rules) = &standard.index else {
        return Vec::new();
    };
    let may_fail = |weighing: &super::Weighing| weighing.by.asks_more_than_difference();
    // Without units there is nothing to be taken from, and nothing to be weighed.
    if !rules.weighing.as_ref().is_some_and(may_fail) || units.is_empty() {
        return Vec::new();
    }
    let population = Population::new(standard, units, settings.at);
    let scores = crate::index::scores(&population, rules);
    by_scores(standard, rules, units, &scores).1
}

impl WeighingMethod {
    /// Whether there are data whose units differ and to which it still gives no weights.
    const fn asks_more_than_difference(self) -> bool {
        matches!(
            self,
            Self::Merec | Self::Gini | Self::Cilos | Self::Idocriw | Self::Angle | Self::Balance
        )
    }

    /// Weights of columns of scores without gaps, the greater the better.
    fn of(self, columns: &[Vec<f64>]) -> Option<Vec<f64>> {
        match self {
            Self::Entropy => entropy(&from_zero(columns)),
            Self::Critic => critic(columns),
            Self::Principal => principal(columns),
            Self::Deviation => deviation(columns),
            Self::Variation => variation(columns),
            Self::Merec => merec(columns),
            Self::Gini => gini(columns),
            Self::Lopcow => lopcow(columns),
            Self::Cilos => cilos(columns),
            Self::Idocriw => idocriw(columns),
            Self::Angle => angle(columns),
            // All families at once, elsewhere.
            Self::Balance => None,
        }
    }
}

/// The weights that the scores of units give, by indicator, where the rules ask for them.
pub(crate) fn weights_by_scores(
    standard: &Standard,
    rules: &IndexRules,
    units: &[UnitData],
    scores: &[(usize, Column)],
) -> Vec<(usize, f64)> {
    by_scores(standard, rules, units, scores).0
}

/// The same, with the families to which they give none although units differ.
fn by_scores(
    standard: &Standard,
    rules: &IndexRules,
    units: &[UnitData],
    scores: &[(usize, Column)],
) -> (Vec<(usize, f64)>, Vec<Finding>) {
    let Some(weighing) = &rules.weighing else {
        return Default::default();
    };
    let scores: BTreeMap<usize, &Column> = scores.iter().map(|(node, column)| (*node, column)).collect();
    let latest = units.iter().map(|unit| unit.period).max().flatten();
    let period = rules.base.or(latest);
    let rows: Vec<usize> = (0..units.len())
        .filter(|row| units.get(*row).is_some_and(|unit| unit.period == period))
        .collect();
    if weighing.by == WeighingMethod::Balance {
        return in_balance(standard, weighing, period, &scores, &rows);
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let below = |rule: &NodeRule| (rule.code.clone(), rule.children.clone());
    let top = std::iter::once(("总分".to_owned(), standard.top().collect()));
    for (above, family) in top.chain(standard.nodes.iter().map(below)) {
        let columns: Option<Vec<&Column>> = family.iter().map(|node| scores.get(node).copied()).collect();
        let Some(columns) = columns.filter(|columns| columns.len() > 1) else {
            continue;
        };
        let columns = whole(&columns, &rows);
        let weights = weighing.by.of(&columns);
        if weights.is_none() && differ(&columns) {
            faults.push(Finding::error(
                "indicator-weights-beyond",
                &weighing.place,
                &[("method", &weighing.by.name()), ("above", &above)],
            ));
        }
        found.extend(family.into_iter().zip(weights.unwrap_or_default()));
    }
    (found, faults)
}

/// The weights of all families together.
fn in_balance(
    standard: &Standard,
    weighing: &Weighing,
    period: Option<Period>,
    scores: &BTreeMap<usize, &Column>,
    rows: &[usize],
) -> (Vec<(usize, f64)>, Vec<Finding>) {
    let columns: Vec<&Column> = scores.values().copied().collect();
    let mut columns = whole(&columns, rows);
    if let Some((low, high)) = &standard.aggregation.clamp {
        let (low, high) = (low.to_f64(), high.to_f64());
        columns
            .iter_mut()
            .flatten()
            .for_each(|score| *score = score.max(low).min(high));
    }
    if !differ(&columns) {
        return Default::default();
    }
    match balanced(
        standard,
        weighing.level,
        period,
        &scores.keys().copied().zip(columns).collect(),
    ) {
        Ok(found) => (found, Vec::new()),
        Err(beyond) => {
            let above = beyond.above.and_then(|above| standard.nodes.get(above));
            let above = above.map_or("总分", |rule| &rule.code);
            let off = format!("{:.3}", beyond.off);
            let arguments: [(&'static str, &dyn ToString); 2] = [("above", &above), ("off", &off)];
            let fault = Finding::error("indicator-balance-beyond", &weighing.place, &arguments);
            (Vec::new(), vec![fault])
        }
    }
}

/// The columns over the rows that have a score in each.
fn whole(columns: &[&Column], rows: &[usize]) -> Vec<Vec<f64>> {
    let value = |column: &Column, row: usize| column.get(row).copied().flatten().filter(|v| v.is_finite());
    let whole: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|row| columns.iter().all(|column| value(column, *row).is_some()))
        .collect();
    columns
        .iter()
        .map(|column| whole.iter().filter_map(|row| value(column, *row)).collect())
        .collect()
}

/// Whether there is an indicator on which units differ.
fn differ(columns: &[Vec<f64>]) -> bool {
    columns.iter().any(|column| {
        let (least, greatest) = crate::sums::ends(column);
        least < greatest
    })
}

/// Shares want values that are not negative: from the least to the greatest of each column.
fn from_zero(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let scaled = |column: &Vec<f64>| {
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let share = |value: &f64| if high > low { (value - low) / (high - low) } else { 1.0 };
        column.iter().map(share).collect()
    };
    columns.iter().map(scaled).collect()
}
