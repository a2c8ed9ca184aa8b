//! Which value of a parameter a run takes: the latest for the period that was published by the day of the report.

use formula::{Undefined, Value, Why};
use jiff::civil::Date;

use crate::day::Period;
use crate::standard::{Dated, Parameter};

/// A value that was taken, and a later one that was not yet published.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken<'a> {
    /// The one taken.
    pub value: &'a Dated,
    /// One that describes a later period within reach, but was published after the day of the report.
    pub too_late: Option<&'a Dated>,
}

impl Parameter {
    /// Takes a value for a period, as known on a day; without a period the latest, without a day all are known.
    pub fn take(&self, period: Option<Period>, at: Option<Date>) -> Result<Taken<'_>, Value> {
        let mut fitting: Vec<&Dated> = self.values.iter().filter(|value| reaches(value, period)).collect();
        fitting.sort_by_key(|value| (value.period.map(Period::first), value.published));
        let known = |value: &&&Dated| match (value.published, at) {
            (Some(published), Some(at)) => published <= at,
            _ => true,
        };
        let taken = fitting.iter().rev().find(known).copied();
        match taken {
            Some(value) => {
                let later = fitting.iter().rev().find(|other| !known(other)).copied();
                let too_late = later.filter(|later| later.period.map(Period::first) >= value.period.map(Period::first));
                Ok(Taken { value, too_late })
            }
            None => {
                let shown = period.map(|period| period.to_string()).or(at.map(|at| at.to_string()));
                let why = Why::Undefined(Undefined::NoPeriod(shown.unwrap_or_default()));
                Err(Value::absent(&self.name, why))
            }
        }
    }

    /// The value for a period that is named: `EF_电@2022`.
    pub fn take_for(&self, period: Period, at: Option<Date>) -> Result<Taken<'_>, Value> {
        let exact = self
            .values
            .iter()
            .any(|value| value.period == Some(period) && !value.onward);
        if !exact {
            return self.take(Some(period), at);
        }
        let of_period = Self {
            values: self
                .values
                .iter()
                .filter(|value| value.period == Some(period))
                .cloned()
                .collect(),
            ..self.clone()
        };
        let position = of_period.take(Some(period), at).map(|taken| taken.value.clone())?;
        let value = self.values.iter().find(|value| **value == position);
        match value {
            Some(value) => Ok(Taken { value, too_late: None }),
            None => Err(Value::absent(
                &self.name,
                Why::Undefined(Undefined::NoPeriod(period.to_string())),
            )),
        }
    }
}

/// Whether a value can hold for a period: it does not begin after it.
fn reaches(value: &Dated, period: Option<Period>) -> bool {
    match (value.period, period) {
        (Some(own), Some(period)) => own.first() <= period.last(),
        _ => true,
    }
}
