//! Events of `place/…`. Added to, never changed.

use crate::bilingual::Bilingual;
use serde::{Deserialize, Serialize};

/// What is known of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Full name.
    pub name: Bilingual,
    /// Name in everyday use, 南京.
    pub short: String,
    /// province, municipality, sar, city, park, …: a word of the vocabulary.
    pub kind: String,
    /// Level at which its local standards are issued: province or city.
    pub level: String,
    /// Prefix of its local standards (DB3201); absent where it issues none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Code of the place above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Authorities from the place upwards, as one would call them.
    #[serde(default)]
    pub chain: Vec<String>,
    /// Row and column in the tile grid, of province-level units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tile: Option<(u32, u32)>,
}

/// Events of `place/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum PlaceEvent {
    /// The place is known from now on.
    #[serde(rename = "place.entered")]
    Entered {
        /// What is known of it.
        facts: Facts,
    },
    /// Something about it changed: a new name, a new prefix.
    #[serde(rename = "place.changed")]
    Changed {
        /// What is known of it now.
        facts: Facts,
    },
    /// It joined the pilots, from the effective date.
    #[serde(rename = "place.became_pilot")]
    BecamePilot {
        /// The document that says so.
        source: String,
    },
}
