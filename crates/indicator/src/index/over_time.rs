//! Filling a gap from what the same unit gives in other periods of the data: the latest value before it (沿用), or on the
//! straight line from the value before to the value after (线性). Only values that were given are taken, never filled ones,
//! and nothing beyond the first and the last of them is made up but by 沿用.

use std::collections::BTreeMap;

use super::{Impute, Measured};
use crate::day::Period;
use crate::world::Population;

/// Where each unit stands in each period.
pub(super) struct History {
    /// Of each unit the periods that it has, in their order: its place among the periods, and within the period.
    units: Vec<Vec<(usize, usize)>>,
    periods: Vec<Period>,
}

impl History {
    /// Of rows by period; rows without a period have no other.
    pub(super) fn of(population: &Population<'_>, periods: &BTreeMap<Option<Period>, Vec<usize>>) -> Self {
        let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        let mut own = Vec::new();
        for (at, (period, rows)) in periods.iter().enumerate() {
            let Some(period) = period else {
                // Rows without a period come first; the places of the others must count them.
                own.extend(Period::read("1900"));
                continue;
            };
            own.push(*period);
            for (lane, row) in rows.iter().enumerate() {
                if let Some(row) = population.rows.get(*row) {
                    places.entry(&row.data.id).or_default().push((at, lane));
                }
            }
        }
        Self {
            units: places.into_values().collect(),
            periods: own,
        }
    }

    /// Fills the gaps of an indicator, given by period.
    pub(super) fn fill(&self, columns: &mut [Measured], how: &Impute) {
        for places in &self.units {
            let given: Vec<(Period, f64)> = places
                .iter()
                .filter_map(|(at, lane)| Some((*self.periods.get(*at)?, (*columns.get(*at)?.column.get(*lane)?)?)))
                .collect();
            for (at, lane) in places {
                if let (Some(period), Some(measured)) = (self.periods.get(*at), columns.get_mut(*at))
                    && measured.gaps.get(*lane) == Some(&true)
                    && let Some(value) = measured.column.get_mut(*lane)
                {
                    *value = filled(&given, *period, how);
                }
            }
        }
    }
}

/// What a period without a value takes from those that have one, in their order.
fn filled(given: &[(Period, f64)], own: Period, how: &Impute) -> Option<f64> {
    let before = given.iter().rfind(|(period, _)| period.last() < own.first());
    match how {
        Impute::Latest => before.map(|(_, value)| *value),
        Impute::Linear => {
            let (from, low) = before?;
            let (to, high) = given.iter().find(|(period, _)| period.first() > own.last())?;
            let share = apart(*from, own) / apart(*from, *to);
            Some(low + (high - low) * share)
        }
        _ => None,
    }
}

/// From the end of one period to that of another: years and months by months, which are all the same, days by days.
fn apart(from: Period, to: Period) -> f64 {
    let is_day = |period: Period| period.first() == period.last();
    if is_day(from) && is_day(to) {
        from.last().duration_until(to.last()).as_secs_f64()
    } else {
        from.years_to(to)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn of(periods: &[(&str, f64)], own: &str, how: &Impute) -> Option<f64> {
        let given: Vec<(Period, f64)> = periods
            .iter()
            .map(|(period, value)| (Period::read(period).unwrap(), *value))
            .collect();
        filled(&given, Period::read(own).unwrap(), how)
    }

    #[test]
    fn years_lie_evenly_and_days_by_their_number() {
        let years = [("2020", 10.0), ("2024", 30.0)];
        assert_eq!(of(&years, "2021", &Impute::Linear), Some(15.0));
        assert_eq!(of(&years, "2023", &Impute::Linear), Some(25.0));
        let months = [("2023-11", 0.0), ("2024-02", 3.0)];
        assert!((of(&months, "2024-01", &Impute::Linear).unwrap() - 2.0).abs() < 1e-12);
        let days = [("2024-02-28", 0.0), ("2024-03-02", 3.0)];
        assert_eq!(of(&days, "2024-02-29", &Impute::Linear), Some(1.0));
    }

    #[test]
    fn nothing_is_drawn_beyond_what_is_known() {
        let years = [("2020", 10.0), ("2024", 30.0)];
        for (period, latest) in [("2019", None), ("2025", Some(30.0)), ("2022", Some(10.0))] {
            assert_eq!(of(&years, period, &Impute::Latest), latest, "{period}");
        }
        assert_eq!(of(&years, "2019", &Impute::Linear), None);
        assert_eq!(of(&years, "2025", &Impute::Linear), None);
        assert_eq!(of(&[], "2025", &Impute::Latest), None);
    }
}
