//! What a run gives: values, points, totals, grades.

use formula::{Absence, Number, Undefined, Used, Value, Why};

use crate::day::Period;
use crate::note::Note;

/// The value of an indicator, and what it was computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The value.
    pub value: Value,
    /// Whether it was given rather than computed.
    pub given: bool,
    /// What its formula used.
    pub used: Vec<Used>,
}

impl Computed {
    pub(crate) const fn absent(value: Value) -> Self {
        Self {
            value,
            given: false,
            used: Vec::new(),
        }
    }
}

/// The points of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub enum Points {
    /// Points; with the absence for which they are zero (计零).
    Given {
        /// The points.
        points: Number,
        /// Why they are zero although nothing was given.
        zeroed: Option<Absence>,
    },
    /// Left out, its weight given to its siblings.
    Dropped(Absence),
    /// No result.
    Failed(Absence),
}

impl Points {
    pub(crate) const fn of(points: Number) -> Self {
        Self::Given { points, zeroed: None }
    }

    pub(crate) fn zeroed(absence: Absence) -> Self {
        Self::Given {
            points: Number::zero(),
            zeroed: Some(absence),
        }
    }

    pub(crate) const fn dropped(absence: Absence) -> Self {
        Self::Dropped(absence)
    }

    pub(crate) const fn failed(absence: Absence) -> Self {
        Self::Failed(absence)
    }

    pub(crate) const fn none() -> Self {
        Self::Failed(Absence {
            why: Why::Undefined(Undefined::EmptyList),
            of: None,
        })
    }

    /// The points as a number, where there are any.
    pub const fn number(&self) -> Option<&Number> {
        match self {
            Self::Given { points, .. } => Some(points),
            _ => None,
        }
    }

    /// Why there are none, or why they are zero.
    pub const fn absence(&self) -> Option<&Absence> {
        match self {
            Self::Given { zeroed, .. } => zeroed.as_ref(),
            Self::Dropped(absence) | Self::Failed(absence) => Some(absence),
        }
    }

    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Given { points, .. } => Value::pure(points.clone()),
            Self::Dropped(absence) | Self::Failed(absence) => Value::Absent(absence.clone()),
        }
    }
}

/// The result of one indicator for one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeResult {
    /// Its value; of one with indicators below it, absent.
    pub computed: Computed,
    /// Its points, where the standard scores.
    pub points: Option<Points>,
    /// Its weight in the total, after dropped ones gave theirs to their siblings.
    pub weight: Option<Number>,
}

/// The result of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitResult {
    /// Its id.
    pub id: String,
    /// Its period.
    pub period: Option<Period>,
    /// Results by indicator, in the standard's order.
    pub nodes: Vec<NodeResult>,
    /// The total before rounding.
    pub total: Option<Number>,
    /// The total as the standard rounds it.
    pub rounded: Option<Number>,
    /// Share of the weight whose indicators have a verified value.
    pub coverage: Option<Number>,
    /// The grade.
    pub grade: Option<String>,
    /// Rank by the total among units of the same period; 1 is the best, equals share.
    pub rank: Option<usize>,
    /// What should be said beside it.
    pub notes: Vec<Note>,
}
