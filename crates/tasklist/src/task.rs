//! A row of the list, as read.

use serde::{Deserialize, Serialize};

use crate::doubt::{Doubt, LineRange};
use crate::place::Claim;

/// What kind of result a part of the list asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 国家标准.
    National,
    /// 行业标准.
    Industry,
    /// 地方标准.
    Local,
    /// 团体标准.
    Group,
    /// 其他工作: campaigns, research, alignment of rules; no standard.
    Support,
}

/// What a place does in a task, as its part words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 参与或承办: the place chooses which.
    TakePartOrUndertake,
    /// 先行制定.
    MakeFirst,
    /// 协调当地社会团体制定.
    Coordinate,
    /// 配合相关部门.
    Support,
}

impl Tier {
    /// The tier that a part's heading asks for; the most telling word decides.
    ///
    /// ```
    /// use tasklist::Tier;
    /// assert_eq!(Tier::of_part("五、配合相关部门开展的其他工作"), Some(Tier::Support));
    /// ```
    pub fn of_part(heading: &str) -> Option<Self> {
        [
            ("国家标准", Self::National),
            ("行业标准", Self::Industry),
            ("地方标准", Self::Local),
            ("团体标准", Self::Group),
            ("其他工作", Self::Support),
        ]
        .into_iter()
        .find_map(|(word, tier)| heading.contains(word).then_some(tier))
    }

    /// The role that the published list gives to places in tasks of this tier.
    pub fn role(self) -> Role {
        match self {
            Self::National | Self::Industry => Role::TakePartOrUndertake,
            Self::Local => Role::MakeFirst,
            Self::Group => Role::Coordinate,
            Self::Support => Role::Support,
        }
    }
}

/// One task. Text is blank-free, with full-width marks and half-width digits; `original` keeps it as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its number, from 1; none if neither the row nor its neighbours tell.
    pub number: Option<u32>,
    /// Heading of its part with the mark, such as `五、配合相关部门开展的其他工作`; empty if none was read.
    pub part: String,
    /// Heading of its section with the mark, such as `（一）行业治理`; empty where the part has no sections.
    pub section: String,
    /// What its part asks for.
    pub tier: Option<Tier>,
    /// What a place does in it.
    pub role: Option<Role>,
    /// The title, without number and places.
    pub title: String,
    /// The subjects that the title bundles; empty if it has one.
    pub topics: Vec<String>,
    /// Who holds it.
    pub claims: Vec<Claim>,
    /// The words in the last brackets.
    pub places_as_written: String,
    /// First and last line.
    pub line: LineRange,
    /// Those lines as they stand, joined with line feeds.
    pub original: String,
    /// What to look at before it is taken over.
    pub doubts: Vec<Doubt>,
}
