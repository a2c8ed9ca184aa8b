//! How much each indicator decides: by what it has in common with what it is joined into, and by what becomes of ranks
//! without it.

use formula::Number;
use serde::Serialize;

use super::{Columns, Over, WEAK, structure::correlation};
use crate::columns::{LiveRun, WideSettings};
use crate::standard::Standard;

/// What an indicator decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Correlation with the one into which it is joined.
    pub above: Option<f64>,
    /// Correlation with the total.
    pub total: Option<f64>,
    /// Whether it hardly decides what it is joined into (correlation within ±0.3).
    pub weak: bool,
    /// Whether it works against what it is joined into (−0.3 and less).
    pub against: bool,
    /// Ranks without it; none where nothing would be left to rank by.
    pub removed: Option<Removed>,
}

/// What becomes of ranks without an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Removed {
    /// By how many places units move in the mean.
    pub mean_shift: f64,
    /// The farthest that one moves.
    pub max_shift: u32,
    /// Which one.
    pub unit: String,
}

pub(super) fn of_each(
    standard: &Standard,
    columns: &Columns,
    (units, period): Over<'_>,
    settings: WideSettings,
) -> Vec<Influence> {
    let rows: Vec<usize> = (0..units.len())
        .filter(|row| units.get(*row).is_some_and(|unit| unit.period == period))
        .collect();
    // Weights as they stand in this period, so that one of them can be taken out.
    let mut standard = crate::weighing::weighed(standard, units, settings.run).unwrap_or_else(|| standard.clone());
    for node in 0..standard.nodes.len() {
        let weight = standard.is_weighted(node).then(|| standard.weight_of(node, period));
        if let Some(rule) = standard.nodes.get_mut(node) {
            rule.weight = weight;
        }
    }
    standard.weights.clear();
    if let Some(rules) = &mut standard.index {
        rules.weighing = None;
    }
    let standard = &standard;
    let mut run = (!standard.nodes.is_empty()).then(|| LiveRun::new(standard, units.to_vec(), settings));
    let nominal: Vec<u32> = run.as_ref().map(|run| run.results().rank.clone()).unwrap_or_default();
    let mut of_node = |node: usize| {
        let rule = standard.nodes.get(node)?;
        let above = correlation(columns.node(node), columns.above(rule.parent));
        let removed = run.as_mut().and_then(|run| {
            let alone = siblings(standard, rule.parent).len() < 2;
            let weight = rule.weight.clone().filter(|weight| !weight.is_zero() && !alone)?;
            run.weigh(node, &Number::zero());
            let shifts = rows.iter().filter_map(|row| {
                let (was, now) = (*nominal.get(*row)?, *run.results().rank.get(*row)?);
                (was > 0 && now > 0).then(|| (was.abs_diff(now), *row))
            });
            let shifts: Vec<(u32, usize)> = shifts.collect();
            run.weigh(node, &weight);
            // The first of those that move as far.
            let (max_shift, row) = shifts.iter().rev().copied().max_by_key(|(shift, _)| *shift)?;
            let sum: u32 = shifts.iter().map(|(shift, _)| shift).sum();
            Some(Removed {
                mean_shift: f64::from(sum) / shifts.len() as f64,
                max_shift,
                unit: units.get(row).map(|unit| unit.id.clone()).unwrap_or_default(),
            })
        });
        Some(Influence {
            code: rule.code.clone(),
            name: rule.name.clone(),
            above,
            total: correlation(columns.node(node), columns.above(None)),
            weak: above.is_some_and(|r| r.abs() < WEAK),
            against: above.is_some_and(|r| r <= -WEAK),
            removed,
        })
    };
    (0..standard.nodes.len()).filter_map(&mut of_node).collect()
}

fn siblings(standard: &Standard, parent: Option<usize>) -> Vec<usize> {
    match parent.and_then(|parent| standard.nodes.get(parent)) {
        Some(rule) => rule.children.clone(),
        None => standard.top().collect(),
    }
}
