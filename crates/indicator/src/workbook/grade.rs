//! The grade as a formula: coverage, gates, then the first grade whose condition holds.

use formula::LimitRule;

use super::expression::{Total, Writer, bracketed};
use super::layout::{Holds, Layout, TotalPlaces};
use super::quoted;
use crate::run::UNGRADED;
use crate::standard::Written;

/// `None` where a condition has no form in a sheet.
pub(super) fn formula(layout: &Layout<'_>, row: usize, places: &TotalPlaces) -> Option<String> {
    let standard = layout.standard;
    if !standard.judges() {
        return None;
    }
    let writer = Writer {
        layout,
        row,
        node: None,
        total: if standard.rounding.limit == LimitRule::RoundedValue {
            Total::Rounded
        } else {
            Total::Full
        },
    };
    // What cannot be told does not hold.
    let holds = |condition: &Written| {
        let made = writer.formula(&condition.formula, None)?;
        (made.holds == Holds::Truth).then(|| format!("IFERROR({},FALSE)", made.text))
    };
    let ungraded = quoted(UNGRADED[0]);
    let mut closing = Vec::new();
    let mut limiting = Vec::new();
    for gate in &standard.gates {
        let condition = holds(&gate.condition)?;
        match standard.grades.iter().position(|grade| grade.name == gate.otherwise) {
            Some(best) => limiting.push((best, condition)),
            None => closing.push(condition),
        }
    }
    let mut text = quoted("—");
    for (at, grade) in standard.grades.iter().enumerate().rev() {
        let mut all: Vec<String> = grade
            .condition
            .as_ref()
            .map(&holds)
            .into_iter()
            .collect::<Option<_>>()?;
        let gates = limiting.iter().filter(|(best, _)| *best > at);
        all.extend(gates.map(|(_, condition)| condition.clone()));
        let name = quoted(&grade.name);
        text = if all.is_empty() {
            name
        } else {
            format!("IF(AND({}),{name},{text})", all.join(","))
        };
    }
    if !closing.is_empty() {
        text = format!("IF(AND({}),{text},{ungraded})", closing.join(","));
    }
    if let Some(least) = &standard.aggregation.least_coverage {
        let covered = layout.result(places.coverage, row);
        text = format!("IF({covered}<{}-1E-12,{ungraded},{text})", bracketed(least));
    }
    let total = layout.result(places.total, row);
    let text = format!("IF(ISNUMBER({total}),{text},\"—\")");
    (text.len() <= 8_000).then_some(text)
}
