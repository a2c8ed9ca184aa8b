//! Events of `survey/…` and `return/…`. Added to, never changed. What a unit is or reports stands in neither: digests do.

use super::definition::Definition;
use crate::{bilingual::Bilingual, context::PersonId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// By what a form was let through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "number", rename_all = "snake_case")]
pub enum Approval {
    /// 批准: the number of the approval.
    Approved(String),
    /// 备案: the number of the filing.
    Filed(String),
}

impl Approval {
    /// The id that stands in rows and messages.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Approved(_) => "approved",
            Self::Filed(_) => "filed",
        }
    }

    /// The number.
    pub fn number(&self) -> &str {
        match self {
            Self::Approved(number) | Self::Filed(number) => number,
        }
    }
}

/// The marks of a form (统计法 2024 article 17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// 表号.
    pub form_number: String,
    /// 制定机关.
    pub maker: String,
    /// 批准或者备案文号.
    pub approval: Approval,
    /// 有效期限: the first day.
    pub valid_from: Date,
    /// The last day.
    pub valid_until: Date,
}

impl Marks {
    /// Whether the form is valid on a day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_until
    }
}

/// A survey as it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its title.
    pub title: Bilingual,
    /// Its marks.
    pub marks: Marks,
    /// Id of the body that keeps it.
    pub organization: String,
    /// What it is for, and how units are chosen.
    #[serde(default)]
    pub purpose: String,
    /// The first of its statisticians.
    pub statistician: PersonId,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// A total of a table, or the place of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Value of the classification down the side; nothing for all of them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Value of the classification across; nothing for all of them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The total, a decimal; nothing where it is suppressed, or no unit stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How many units it sums; nothing where it is suppressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Whether it is suppressed (统计法 2024 article 28). By which rule is not said: that would tell how many there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suppressed: bool,
}

/// What is tabulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Number of the definition.
    pub definition: u32,
    /// The period.
    pub period: String,
    /// Code of the measure.
    pub measure: String,
    /// Code of the classification down the side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// Code of the classification across.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<String>,
}

/// A table as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number, from 1.
    pub table: u32,
    /// What it tells.
    pub wanted: Wanted,
    /// Its totals.
    pub cells: Vec<Cell>,
    /// Salted digest of its basis.
    pub basis: String,
    /// What one should know who reads it.
    #[serde(default)]
    pub note: String,
    /// Whether it is illustrative.
    #[serde(default)]
    pub demo: bool,
}

/// Events of `survey/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum SurveyEvent {
    /// It was opened.
    #[serde(rename = "survey.opened")]
    Opened(Box<Opened>),
    /// Its marks were renewed: approved or filed again.
    #[serde(rename = "survey.renewed")]
    Renewed {
        /// The new marks.
        marks: Marks,
    },
    /// It asks something else from a period on.
    #[serde(rename = "survey.definition_set")]
    DefinitionSet {
        /// Number of the definition, from 1.
        version: u32,
        /// The definition.
        definition: Box<Definition>,
    },
    /// Somebody is one of its statisticians.
    #[serde(rename = "survey.statistician_named")]
    StatisticianNamed {
        /// Who.
        person: PersonId,
    },
    /// Somebody no longer is.
    #[serde(rename = "survey.statistician_released")]
    StatisticianReleased {
        /// Who.
        person: PersonId,
    },
    /// A table was published.
    #[serde(rename = "survey.table_published")]
    TablePublished(Box<Published>),
    /// It takes nothing in any more.
    #[serde(rename = "survey.closed")]
    Closed {
        /// Why.
        reason: String,
    },
}

/// Events of `return/…`, one stream for each unit of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ReturnEvent {
    /// The unit belongs to the survey, or is known otherwise than before.
    #[serde(rename = "return.unit_entered")]
    UnitEntered {
        /// Salted digest of what it is.
        digest: String,
    },
    /// The unit reported.
    #[serde(rename = "return.row_taken")]
    RowTaken {
        /// Number of the row among those of the unit, from 1.
        row: u32,
        /// The period.
        period: String,
        /// Number of the definition.
        definition: u32,
        /// Salted digest of what it reported.
        digest: String,
    },
}
