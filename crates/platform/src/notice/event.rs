//! Events of `follow/<person>`. Added to, never changed.

use serde::{Deserialize, Serialize};

/// What is followed: absent fields ask nothing; at least one is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// One object: `obligation/first-28-500000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Everything of the place of this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Everything of the task of this id, its obligations included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Everything of the measure of this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Objects of this kind: `proposal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_kind: Option<String>,
}

impl Target {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Of how much a follower is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Of every entry.
    All,
    /// Of what the catalogue calls significant.
    Significant,
}

impl Strength {
    /// The id that stands in rows and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Significant => "significant",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        [Self::All, Self::Significant].into_iter().find(|s| s.id() == id)
    }
}

/// Events of `follow/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum FollowEvent {
    /// The person follows something from now on.
    #[serde(rename = "follow.started")]
    Started {
        /// Id among the person's follows.
        follow: String,
        /// What.
        target: Target,
        /// Of how much to be told.
        strength: Strength,
    },
    /// The person no longer does.
    #[serde(rename = "follow.stopped")]
    Stopped {
        /// Id among the person's follows.
        follow: String,
    },
}
