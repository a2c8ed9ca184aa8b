//! Events of `text/…`. Added to, never changed.

use crate::{bilingual::Bilingual, obligation::event::Audience, upload::Attachment};
use serde::{Deserialize, Serialize};

/// To what a text belongs. A project will be another variant, and an event that hands a text over to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// An obligation, by id.
    Obligation(String),
}

/// A picture that a text shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The path by which the source names it.
    pub path: String,
    /// Where it lies.
    pub file: Attachment,
}

/// How many findings of each weight a version had when it was put up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Breaches of a rule.
    pub errors: u32,
    /// What somebody should look at.
    pub warnings: u32,
    /// What is good to know.
    pub infos: u32,
}

/// A version as it was put up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub version: u32,
    /// To what the text belongs.
    pub owner: Owner,
    /// Code of the place; empty where a ministry undertook it.
    #[serde(default)]
    pub place: String,
    /// Id of the body in whose hands it is: its desk.
    #[serde(default)]
    pub organization: String,
    /// Id of the task; empty where it is none.
    #[serde(default)]
    pub task: String,
    /// The title that the source gives.
    pub title: Bilingual,
    /// The source.
    pub source: Attachment,
    /// The Word file from which it was read, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Attachment>,
    /// Its pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// How many findings it had.
    pub found: Found,
    /// What is new in it, in the words of whoever put it up; may be empty.
    #[serde(default)]
    pub note: String,
    /// Who may see it until it is published.
    pub audience: Audience,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// Kind of the event by which a version is put up.
pub const PUT: &str = "text.version_put";

/// Events of `text/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum TextEvent {
    /// A version was put up.
    #[serde(rename = "text.version_put")]
    VersionPut(Box<Version>),
    /// Everybody may read a version.
    #[serde(rename = "text.version_published")]
    VersionPublished {
        /// Its number.
        version: u32,
    },
}
