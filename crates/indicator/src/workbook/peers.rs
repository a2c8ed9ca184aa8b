//! What a total comes to that is joined over all units of a period: a sheet has no formula for it, and takes the value.

use std::collections::BTreeMap;

use formula::Number;

use super::layout::Layout;
use crate::day::Period;
use crate::outcome::Points;

/// Before bonuses and deductions, unit by unit; nothing where the total is joined unit by unit.
pub(super) fn totals(layout: &Layout<'_>) -> Vec<Option<Number>> {
    let standard = layout.standard;
    let Some(how) = standard.aggregation.method_of(1, None).peers() else {
        return Vec::new();
    };
    let top: Vec<usize> = standard.top().collect();
    let mut totals = vec![None; layout.results.len()];
    let mut periods: BTreeMap<Option<Period>, Vec<usize>> = BTreeMap::new();
    for (row, result) in layout.results.iter().enumerate() {
        let points = || top.iter().filter_map(|part| result.nodes.get(*part)?.points.as_ref());
        let failed = points().any(|points| matches!(points, Points::Failed(_)));
        if !failed && points().any(|points| points.number().is_some()) {
            periods.entry(result.period).or_default().push(row);
        }
    }
    let (low, high) = crate::peers::scale(standard);
    for (period, rows) in periods {
        let column = |part: &usize| {
            let points = |row: &usize| {
                let points = layout.results.get(*row)?.nodes.get(*part)?.points.as_ref()?;
                Some(points.number()?.to_f64())
            };
            rows.iter().map(|row| points(row).unwrap_or(f64::NAN)).collect()
        };
        let columns: Vec<Vec<f64>> = top.iter().map(column).collect();
        let weighted: Vec<(f64, &[f64])> = top
            .iter()
            .zip(&columns)
            .map(|(part, column)| (standard.weight_of(*part, period).to_f64(), column.as_slice()))
            .collect();
        for (row, share) in rows.iter().zip(how.join(&weighted)) {
            if let Some(total) = totals.get_mut(*row) {
                *total = Number::approximate(low + (high - low) * share);
            }
        }
    }
    totals
}
