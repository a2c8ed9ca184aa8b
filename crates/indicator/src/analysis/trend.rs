//! Where units are going, over the periods of the data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::day::Period;
use crate::outcome::UnitResult;

/// A unit over several periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// Its id.
    pub id: String,
    /// The first period with a total.
    pub from: String,
    /// The last.
    pub to: String,
    /// The difference of the totals before rounding.
    pub change: f64,
    /// The compound rate by which it changed each year; none where the first total is not positive.
    pub rate: Option<f64>,
    /// By how many places its rank rose.
    pub places: Option<i64>,
}

pub(super) fn of_units(results: &[UnitResult]) -> Vec<Trend> {
    let mut by_unit: BTreeMap<&str, BTreeMap<Period, &UnitResult>> = BTreeMap::new();
    for result in results {
        if let (Some(period), true) = (result.period, result.total.is_some()) {
            by_unit.entry(&result.id).or_default().insert(period, result);
        }
    }
    by_unit
        .into_iter()
        .filter_map(|(id, periods)| {
            let ((from, first), (to, last)) = (periods.first_key_value()?, periods.last_key_value()?);
            let total = |result: &UnitResult| result.total.as_ref().map(formula::Number::to_f64);
            let (was, now) = (total(first)?, total(last)?);
            let years = from.years_to(*to);
            if from == to {
                return None;
            }
            let place = |result: &UnitResult| result.rank.and_then(|rank| i64::try_from(rank).ok());
            Some(Trend {
                id: id.to_owned(),
                from: from.to_string(),
                to: to.to_string(),
                change: now - was,
                rate: (was > 0.0 && now >= 0.0 && years > 0.0).then(|| (now / was).powf(1.0 / years) - 1.0),
                places: place(first).zip(place(last)).map(|(was, now)| was - now),
            })
        })
        .collect()
}
