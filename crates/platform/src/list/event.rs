//! Events of lists, tasks, measures and actions. Added to, never changed.

use crate::bilingual::Bilingual;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of standard a part of the list asks for.
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
    /// 企业标准.
    Enterprise,
    /// 配合开展的其他工作: no standard of its own.
    Support,
}

impl Tier {
    /// Every tier, in the order of the list's parts.
    pub const ALL: [Self; 6] = [
        Self::National,
        Self::Industry,
        Self::Local,
        Self::Group,
        Self::Enterprise,
        Self::Support,
    ];

    /// The id that stands in rows, addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Industry => "industry",
            Self::Local => "local",
            Self::Group => "group",
            Self::Enterprise => "enterprise",
            Self::Support => "support",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.id() == id)
    }
}

/// How a task names its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// By name.
    Named,
    /// 各试点示范省市.
    All,
    /// 有意愿的: opt-in.
    Willing,
    /// 有关: to be determined.
    Relevant,
}

impl ClaimKind {
    /// The id that stands in rows, addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::All => "all",
            Self::Willing => "willing",
            Self::Relevant => "relevant",
        }
    }
}

/// A claim of a task on places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How they are named.
    pub claim: ClaimKind,
    /// Codes of the places, where they are named.
    #[serde(default)]
    pub places: Vec<String>,
}

/// A legal or editorial warning that stands on a task, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which warning of the catalogue it is (`province_only`); empty where it is none of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What to know.
    pub text: Bilingual,
    /// Where it is written, as one would cite it.
    pub source: Bilingual,
    /// Whether it was read in its primary text; an inference otherwise. A warning either way, never a bar.
    #[serde(default)]
    pub verified: bool,
}

/// The wording of a task in a version of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Number in the list.
    pub number: u32,
    /// Part of the list, as published.
    pub part: Bilingual,
    /// Section of the part, as published; absent where the part has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Bilingual>,
    /// Kind of standard asked for.
    pub tier: Tier,
    /// Title.
    pub title: Bilingual,
    /// Who is to do it.
    pub claims: Vec<Claim>,
    /// The places as the document writes them.
    pub places_as_written: String,
    /// The original lines, as published.
    pub original: String,
    /// First and last line in the published text; zeros where it does not stand there.
    pub line: (u32, u32),
    /// Role of whoever undertakes it: `take_part_or_undertake`, `make_first`, `coordinate`, `support`.
    pub role: String,
    /// The topics that the task bundles; empty where it is one thing.
    #[serde(default)]
    pub topics: Vec<Bilingual>,
    /// Codes of places beyond those that hold it with which it asks to align.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counterparts: Vec<String>,
    /// Numbers of tasks that are nearly the same.
    #[serde(default)]
    pub near: Vec<u32>,
}

/// An approval of a change of the list: who, number, date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Id of the ministry.
    pub organization: String,
    /// Number of the approving document.
    pub number: String,
    /// Its date.
    pub date: Date,
}

/// Events of `list/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ListEvent {
    /// A list was taken in from its published text.
    #[serde(rename = "list.entered")]
    Entered {
        /// Title of the list.
        title: Bilingual,
        /// Number of the document.
        document: String,
        /// SHA-256 of the text that was read, hexadecimal.
        text: String,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// A version was issued; in force from the event's effective date.
    #[serde(rename = "list.version_issued")]
    VersionIssued {
        /// 1, 2, 3 …
        version: u32,
        /// The proposal that led to it; absent for the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<String>,
        /// Approvals of both ministries; the first version carries its document.
        approvals: Vec<Approval>,
        /// Codes of the places for which 各试点示范省市 stands.
        places: Vec<String>,
    },
}

/// Events of `task/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum TaskEvent {
    /// The task came with a version of the list.
    #[serde(rename = "task.entered")]
    Entered {
        /// List.
        list: String,
        /// Version it came with.
        version: u32,
        /// Its wording.
        wording: Wording,
        /// Warnings that stand on it.
        #[serde(default)]
        notes: Vec<Note>,
    },
    /// A version of the list words it anew.
    #[serde(rename = "task.changed")]
    Changed {
        /// Version.
        version: u32,
        /// Its new wording.
        wording: Wording,
    },
    /// A version of the list merges it into another task.
    #[serde(rename = "task.merged")]
    Merged {
        /// Version.
        version: u32,
        /// Id of the other task.
        into: String,
    },
    /// A version of the list closes it.
    #[serde(rename = "task.closed")]
    Closed {
        /// Version.
        version: u32,
        /// Why.
        reason: String,
    },
    /// A ministry guides it.
    #[serde(rename = "task.guiding_assigned")]
    GuidingAssigned {
        /// Id of the ministry.
        organization: String,
        /// Where that is written, or who said so.
        source: String,
    },
    /// It has a time limit.
    #[serde(rename = "task.time_limit_set")]
    TimeLimitSet {
        /// Last day.
        due: Date,
        /// Who set it, as one would cite it.
        set_by: String,
    },
    /// It has no time limit any more.
    #[serde(rename = "task.time_limit_cleared")]
    TimeLimitCleared {
        /// Why.
        reason: String,
    },
    /// It has a milestone for all who undertake it.
    #[serde(rename = "task.milestone_set")]
    MilestoneSet {
        /// What is to be reached.
        name: Bilingual,
        /// Last day.
        due: Date,
        /// Who set it.
        set_by: String,
    },
    /// It was said to serve a measure.
    #[serde(rename = "task.link_proposed")]
    LinkProposed {
        /// Number of the measure.
        measure: String,
        /// Shipped with the catalogue, and by nobody's judgement yet.
        #[serde(default)]
        shipped: bool,
    },
    /// An analyst confirmed that it serves a measure.
    #[serde(rename = "task.link_confirmed")]
    LinkConfirmed {
        /// Number of the measure.
        measure: String,
    },
    /// It does not serve a measure.
    #[serde(rename = "task.link_removed")]
    LinkRemoved {
        /// Number of the measure.
        measure: String,
    },
}

/// Events of `measure/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum MeasureEvent {
    /// The measure stands in the published text.
    #[serde(rename = "measure.entered")]
    Entered {
        /// List.
        list: String,
        /// `1` … `17`, `overall`, `safeguard`.
        number: String,
        /// Place among its fellows.
        ordinal: u32,
        /// Part of the opinions, as published.
        part: String,
        /// Title.
        title: Bilingual,
        /// Text as published, wraps joined.
        text: String,
        /// First and last line.
        line: (u32, u32),
    },
}

/// How strongly a sentence binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 应, or plainly imperative.
    Must,
    /// 支持: taken up or not, never late.
    Support,
    /// 鼓励: taken up or not, never late.
    Encourage,
    /// 探索: taken up or not, never late.
    Explore,
}

impl Strength {
    /// The id that stands in rows, addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Support => "support",
            Self::Encourage => "encourage",
            Self::Explore => "explore",
        }
    }
}

/// Events of `action/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ActionEvent {
    /// The sentence stands in a measure.
    #[serde(rename = "action.entered")]
    Entered {
        /// List.
        list: String,
        /// Number of the measure.
        measure: String,
        /// Which sentence of the measure, from 1.
        ordinal: u32,
        /// The sentence, with its English.
        sentence: Bilingual,
        /// Its verb.
        verb: String,
        /// Its object.
        object: String,
        /// Who is to act, as ids of kinds of actors or of bodies.
        who: Vec<String>,
        /// How strongly it binds.
        strength: Strength,
        /// First and last line.
        line: (u32, u32),
    },
}
