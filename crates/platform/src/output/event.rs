//! Events of `output/…`. Added to, never changed.

use crate::{bilingual::Bilingual, list::event::Tier, obligation::event::Source};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is known of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Title; an ellipsis is part of the citation and stands for words that the source does not give.
    pub title: Bilingual,
    /// Code of the place that made it.
    pub place: String,
    /// Code of the place of the list to which it counts, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_to: Option<String>,
    /// Kind of standard.
    pub tier: Tier,
    /// Canonical designation; absent where unknown (编号待补).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<String>,
    /// Day of publication, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Day on which it was publicly reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Date>,
    /// Where it is written.
    pub source: Source,
    /// Ids of the tasks it comes from; none where it is outside the list.
    #[serde(default)]
    pub tasks: Vec<String>,
    /// Numbers of the measures it is said to serve, where it is outside the list.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// Events of `output/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum OutputEvent {
    /// It came out; the fact holds from the day it was published or reported.
    #[serde(rename = "output.recorded")]
    Recorded {
        /// What is known of it.
        output: Output,
    },
    /// More is known of it: its number, its date.
    #[serde(rename = "output.completed")]
    Completed {
        /// What is known of it now.
        output: Output,
    },
    /// An analyst confirmed that it serves a measure.
    #[serde(rename = "output.measure_confirmed")]
    MeasureConfirmed {
        /// Number of the measure.
        measure: String,
    },
    /// It does not serve a measure.
    #[serde(rename = "output.measure_removed")]
    MeasureRemoved {
        /// Number of the measure.
        measure: String,
    },
}
