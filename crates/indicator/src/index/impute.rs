//! Filling gaps. What is filled was not measured: coverage still counts it as absent.

use std::collections::BTreeMap;

use super::{Column, Impute, Measured};

pub(super) fn fill(measured: &mut Measured, how: &Impute, groups: Option<&[Option<String>]>) {
    let Measured { column, gaps } = measured;
    match how {
        // Other periods have filled what they can.
        Impute::None | Impute::Latest | Impute::Linear => {}
        Impute::Mean => {
            let mean = mean(&known(column));
            with(column, gaps, mean);
        }
        Impute::Median => {
            let median = median(known(column));
            with(column, gaps, median);
        }
        Impute::Group(_) => {
            let Some(groups) = groups else { return };
            let mut members: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
            for (value, group) in column.iter().zip(groups) {
                if let (Some(value), Some(group)) = (value, group) {
                    members.entry(group).or_default().push(*value);
                }
            }
            for ((value, is_gap), group) in column.iter_mut().zip(gaps).zip(groups) {
                if let (true, Some(group)) = (*is_gap, group) {
                    *value = members.get(group.as_str()).and_then(|members| mean(members));
                }
            }
        }
    }
}

pub(super) fn known(column: &Column) -> Vec<f64> {
    column.iter().flatten().copied().collect()
}

pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| crate::sums::sum(values, |value| value) / values.len() as f64)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied()?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = values.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(*lower, upper))
}

fn with(column: &mut Column, gaps: &[bool], value: Option<f64>) {
    for (gap, _) in column.iter_mut().zip(gaps).filter(|(_, is_gap)| **is_gap) {
        *gap = value;
    }
}
