//! Events of `system/…`. Added to, never changed.

use crate::{bilingual::Bilingual, text::event::Owner, upload::Attachment};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An edition as it was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, from 1.
    pub edition: u32,
    /// Id of the version of the text.
    pub text: String,
    /// To what the text belongs.
    pub owner: Owner,
    /// Code of the place; empty where a ministry undertook it.
    #[serde(default)]
    pub place: String,
    /// Id of the body that answers for it.
    #[serde(default)]
    pub organization: String,
    /// Id of the task; empty where it is none.
    #[serde(default)]
    pub task: String,
    /// Its title.
    pub title: Bilingual,
    /// The source that runs.
    pub source: Attachment,
    /// 编号, as the standard gives it.
    #[serde(default)]
    pub number: String,
    /// 评估单元: what is assessed.
    #[serde(default)]
    pub unit_of: String,
    /// 期间: what span the data of a unit describe.
    #[serde(default)]
    pub period_of: String,
    /// 模式, by id: `assessment`, `index`, `accounting`.
    pub mode: String,
    /// 有效期: for how many months a result holds, where the standard says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<u16>,
    /// The day from which it is in force.
    pub in_force: Date,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// Events of `system/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum SystemEvent {
    /// An edition was offered.
    #[serde(rename = "system.offered")]
    Offered(Box<Edition>),
    /// The system was withdrawn: no edition is in force until another is offered.
    #[serde(rename = "system.withdrawn")]
    Withdrawn {
        /// Why.
        reason: String,
        /// The last edition that was withdrawn with it.
        edition: u32,
    },
}
