//! The shipped files as values. A field that no code reads is not named here.

use crate::refusal::Error;
use serde::{Deserialize, de::DeserializeOwned};

/// Reads one shipped file; the error names the file, line and field.
pub fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| Error::Data {
        what: format!("catalog/{name}"),
        reason: e.to_string(),
    })
}

/// `places.toml`.
#[derive(Debug, Deserialize)]
pub struct Places {
    /// The places.
    pub place: Vec<Place>,
}

/// A place.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Place {
    pub code: String,
    pub zh: String,
    pub short: String,
    pub en: String,
    pub kind: String,
    pub level: String,
    pub prefix: Option<String>,
    pub parent: Option<String>,
    #[serde(default)]
    pub chain: Vec<String>,
    pub tile: Option<(u32, u32)>,
    #[serde(default)]
    pub first_list: bool,
    pub pilot_since: Option<jiff::civil::Date>,
    pub pilot_source: Option<String>,
}

/// `organizations.toml`.
#[derive(Debug, Deserialize)]
pub struct Organizations {
    /// The bodies.
    pub organization: Vec<Organization>,
}

/// A body.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Organization {
    pub id: String,
    pub zh: String,
    pub short: String,
    pub en: String,
    pub en_origin: crate::catalogue::words::OriginWord,
    pub kind: String,
    #[serde(default)]
    pub addressed: bool,
    #[serde(default)]
    pub codes: Vec<String>,
    pub place: Option<String>,
}

/// `tasks.toml`.
#[derive(Debug, Deserialize)]
pub struct Tasks {
    /// The tasks.
    pub task: Vec<Task>,
}

/// What the catalogue adds to a task of the text.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Task {
    pub number: u32,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub topics: Vec<Pair>,
    #[serde(default)]
    pub counterparts: Vec<String>,
    #[serde(default)]
    pub near: Vec<u32>,
    #[serde(default)]
    pub suggested_measures: Vec<String>,
    #[serde(default)]
    pub note: Vec<TaskNote>,
}

/// A text in Chinese and English.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Pair {
    pub zh: String,
    pub en: String,
}

/// A warning on a task.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct TaskNote {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub source_zh: String,
    pub source_en: String,
    #[serde(default)]
    pub verified: bool,
}

/// `measures.toml`.
#[derive(Debug, Deserialize)]
pub struct Measures {
    /// The measures.
    pub measure: Vec<Measure>,
}

/// What the catalogue adds to a measure of the text.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Measure {
    pub id: String,
    pub zh: String,
    pub en: String,
}

/// `actions.toml`.
#[derive(Debug, Deserialize)]
pub struct Actions {
    /// The sentences.
    pub action: Vec<Action>,
}

/// What the catalogue adds to a sentence of the text.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Action {
    pub measure: String,
    pub ordinal: u32,
    pub zh: String,
    pub en: String,
}

/// `parts.toml`.
#[derive(Debug, Deserialize)]
pub struct Parts {
    /// Parts of the list.
    pub list_part: Vec<ListPart>,
}

/// A part of the list.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct ListPart {
    pub marker: String,
    pub zh: String,
    pub en: String,
    pub tier: crate::list::event::Tier,
    #[serde(default)]
    pub section: Vec<Section>,
}

/// A section of a part.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Section {
    pub zh: String,
    pub en: String,
}

/// `outputs.toml`.
#[derive(Debug, Deserialize)]
pub struct Outputs {
    /// Where they were reported.
    pub source: Pair,
    /// The outputs.
    pub output: Vec<Output>,
}

/// A publicly reported output.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "each field is described at the head of the file")]
pub struct Output {
    pub id: String,
    pub place: String,
    pub pilot: Option<String>,
    pub task: Option<u32>,
    pub tier: crate::list::event::Tier,
    pub zh: String,
    pub en: String,
    pub reported: jiff::civil::Date,
    #[serde(default)]
    pub suggested_measures: Vec<String>,
}
