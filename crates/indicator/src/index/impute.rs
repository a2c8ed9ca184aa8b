//! Filling gaps. What is filled was not measured: coverage still counts it as absent.

use std::collections::BTreeMap;

use super::{Column, Impute};

pub(super) fn fill(column: &mut Column, how: &Impute, groups: Option<&[Option<String>]>) {
    match how {
        // Other periods have filled what they can.
        Impute::None | Impute::Latest | Impute::Linear => {}
        Impute::Mean => with(column, mean(&known(column))),
        Impute::Median => with(column, median(known(column))),
        Impute::Group(_) => {
            let Some(groups) = groups else { return };
            let mut members: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
            for (value, group) in column.iter().zip(groups) {
                if let (Some(value), Some(group)) = (value, group) {
                    members.entry(group).or_default().push(*value);
                }
            }
            for (value, group) in column.iter_mut().zip(groups) {
                if let (None, Some(group)) = (&value, group) {
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

fn with(column: &mut Column, value: Option<f64>) {
    for gap in column.iter_mut().filter(|value| value.is_none()) {
        *gap = value;
    }
}
