//! Events of `obligation/…`. Added to, never changed.

use crate::{
    bilingual::Bilingual,
    list::event::{ClaimKind, Strength, Tier},
    upload::Attachment,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who may see a fact: the desk alone, the participants, everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The body at whose desk it is.
    Desk,
    /// Officers of the place, guiding ministry and analysts.
    Participants,
    /// Everybody.
    Public,
}

impl Audience {
    /// The id that stands in rows.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Participants => "participants",
            Self::Public => "public",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        [Self::Desk, Self::Participants, Self::Public]
            .into_iter()
            .find(|a| a.id() == id)
    }
}

/// Of what it is an obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A task, by id.
    Task(String),
    /// An action, by id.
    Action(String),
}

/// What whoever undertakes it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 参与或承办, not chosen yet.
    TakePartOrUndertake,
    /// 参与: closes on a seat, comments or data.
    TakePart,
    /// 承办: closes on the standard.
    Undertake,
    /// 先行制定: closes on the standard.
    MakeFirst,
    /// 协调制定: closes on the standard.
    Coordinate,
    /// 配合: closes on activities, studies or agreements.
    Support,
}

impl Part {
    /// Every one of them.
    pub const ALL: [Self; 6] = [
        Self::TakePartOrUndertake,
        Self::TakePart,
        Self::Undertake,
        Self::MakeFirst,
        Self::Coordinate,
        Self::Support,
    ];

    /// The id that stands in rows, addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::TakePartOrUndertake => "take_part_or_undertake",
            Self::TakePart => "take_part",
            Self::Undertake => "undertake",
            Self::MakeFirst => "make_first",
            Self::Coordinate => "coordinate",
            Self::Support => "support",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.id() == id)
    }

    /// Whether evidence of this kind closes an obligation of this part.
    pub const fn closes_on(self, evidence: EvidenceKind) -> bool {
        use EvidenceKind as E;
        match self {
            Self::TakePart => matches!(evidence, E::Seat | E::Comments | E::Data | E::Draft | E::Standard),
            Self::TakePartOrUndertake | Self::Undertake | Self::MakeFirst | Self::Coordinate => {
                matches!(evidence, E::Standard)
            }
            Self::Support => matches!(evidence, E::Activity | E::Study | E::Agreement | E::Standard),
        }
    }
}

/// What an entry of evidence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A seat in a drafting group or committee.
    Seat,
    /// Comments sent.
    Comments,
    /// Data or tests contributed.
    Data,
    /// A draft.
    Draft,
    /// A standard that came out.
    Standard,
    /// Training, promotion, inspection.
    Activity,
    /// A study report.
    Study,
    /// An agreement or recognition.
    Agreement,
    /// Anything else.
    Other,
}

impl EvidenceKind {
    /// Every one of them.
    pub const ALL: [Self; 9] = [
        Self::Seat,
        Self::Comments,
        Self::Data,
        Self::Draft,
        Self::Standard,
        Self::Activity,
        Self::Study,
        Self::Agreement,
        Self::Other,
    ];

    /// The id that stands in rows, addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Comments => "comments",
            Self::Data => "data",
            Self::Draft => "draft",
            Self::Standard => "standard",
            Self::Activity => "activity",
            Self::Study => "study",
            Self::Agreement => "agreement",
            Self::Other => "other",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.id() == id)
    }
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// As one would cite it: 《人民日报》2025-07-09.
    pub citation: String,
    /// Its address on the public network, where it has one. Never fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The line that was pasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
}

/// An entry of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it shows.
    pub kind: EvidenceKind,
    /// Title.
    pub title: Bilingual,
    /// Designation of the standard, canonical; absent where unknown or none (编号待补 where the kind is `standard`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<String>,
    /// Day of publication, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Day on which it was publicly reported, where that is all that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Date>,
    /// Where it is written.
    pub source: Source,
    /// Its files. A command names them by digest; what else stands in the event is what they were sent as.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// Who may see it.
    pub audience: Audience,
}

/// Why it does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A law, regulation or competence stands against it.
    Law,
    /// Another body must act first.
    OtherBody,
    /// No staff or money.
    Means,
    /// No agreement on the content.
    Content,
    /// Anything else.
    Other,
}

impl BlockKind {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Law, Self::OtherBody, Self::Means, Self::Content, Self::Other];

    /// The id that stands in rows and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::OtherBody => "other_body",
            Self::Means => "means",
            Self::Content => "content",
            Self::Other => "other",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.id() == id)
    }
}

impl ObligationEvent {
    /// Whether it says something of the measures that it serves, and nothing of how far it has come.
    pub const fn is_link(&self) -> bool {
        matches!(
            self,
            Self::LinkProposed { .. } | Self::LinkConfirmed { .. } | Self::LinkRemoved { .. }
        )
    }
}

/// Events of `obligation/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ObligationEvent {
    /// It came with a version of the list.
    #[serde(rename = "obligation.created")]
    Created {
        /// List.
        list: String,
        /// Version it came with.
        version: u32,
        /// Of what.
        subject: Subject,
        /// Code of the place; absent for a ministry's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Id of the ministry; absent for a place's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organization: Option<String>,
        /// The body to which it falls until somebody assigns it, by id.
        addressee: String,
        /// How the list means it.
        claim: ClaimKind,
        /// Whether it holds without opt-in.
        firm: bool,
        /// What whoever undertakes it does.
        part: Part,
        /// Kind of standard, of a task's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tier: Option<Tier>,
        /// How strongly it binds.
        strength: Strength,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// A version of the list ends it: task closed, merged or place removed.
    #[serde(rename = "obligation.ended")]
    Ended {
        /// Version.
        version: u32,
        /// Why.
        reason: String,
    },
    /// A willing place takes it up.
    #[serde(rename = "obligation.opted_in")]
    OptedIn {},
    /// It no longer does.
    #[serde(rename = "obligation.opted_out")]
    OptedOut {
        /// Why.
        reason: String,
    },
    /// Among 参与 and 承办 the place chose.
    #[serde(rename = "obligation.part_chosen")]
    PartChosen {
        /// What it does.
        part: Part,
    },
    /// Of the topics of its task the place chose.
    #[serde(rename = "obligation.topics_chosen")]
    TopicsChosen {
        /// The chosen ones.
        topics: Vec<String>,
    },
    /// It is in these hands from now on.
    #[serde(rename = "obligation.holder_assigned")]
    HolderAssigned {
        /// The body.
        organization: String,
        /// The desk in it.
        desk: String,
        /// The person at the desk, if one took it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<String>,
        /// Why it was handed over, where it was in other hands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Where it is written, where it was entered afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// The body that owed or held it ended, or its desk was closed with none to go on: a body goes on, at no desk yet.
    #[serde(rename = "obligation.taken_over")]
    TakenOver {
        /// The body that owed or held it.
        from: String,
        /// The body that goes on; the same where a desk was closed.
        by: String,
    },
    /// Something is to be reached by a day.
    #[serde(rename = "obligation.milestone_set")]
    MilestoneSet {
        /// Id among the obligation's milestones.
        milestone: String,
        /// What is to be reached.
        name: Bilingual,
        /// Last day.
        due: Date,
        /// Who set it, as one would cite it.
        set_by: String,
    },
    /// It was reached.
    #[serde(rename = "obligation.milestone_reached")]
    MilestoneReached {
        /// Id among the obligation's milestones.
        milestone: String,
        /// Where it is written, where it was entered afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// A note on how it goes.
    #[serde(rename = "obligation.noted")]
    Noted {
        /// The note.
        text: String,
        /// Who may see it.
        audience: Audience,
    },
    /// A stage was reached, here or elsewhere (harmonised code, 30.20).
    #[serde(rename = "obligation.stage_recorded")]
    StageRecorded {
        /// Harmonised stage code.
        stage: String,
        /// Designation or project number, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        designation: Option<String>,
        /// Where it is written.
        source: Source,
        /// Who may see it.
        audience: Audience,
    },
    /// Evidence was entered.
    #[serde(rename = "obligation.evidence_recorded")]
    EvidenceRecorded {
        /// The evidence.
        evidence: Evidence,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// More is known of an entry of evidence: its number, its date. The entry stands, and reads like this from now on.
    #[serde(rename = "obligation.evidence_completed")]
    EvidenceCompleted {
        /// The entry.
        completes: ledger::Position,
        /// What is known of it now.
        evidence: Evidence,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// It does not move.
    #[serde(rename = "obligation.blocked")]
    Blocked {
        /// What kind of obstacle.
        reason: BlockKind,
        /// In words.
        text: String,
        /// Who could remove it, as one would call them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waits_for: Option<String>,
        /// Who may see it.
        audience: Audience,
        /// Where it is written, where it was entered afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// It moves again.
    #[serde(rename = "obligation.unblocked")]
    Unblocked {
        /// How.
        text: String,
    },
    /// The place says that it is done.
    #[serde(rename = "obligation.closed")]
    Closed {
        /// In words.
        text: String,
    },
    /// It is not done after all.
    #[serde(rename = "obligation.reopened")]
    Reopened {
        /// Why.
        reason: String,
    },
    /// It was said to serve a measure that its task or sentence does not serve everywhere.
    #[serde(rename = "obligation.link_proposed")]
    LinkProposed {
        /// Number of the measure.
        measure: String,
    },
    /// An analyst confirmed that it serves a measure.
    #[serde(rename = "obligation.link_confirmed")]
    LinkConfirmed {
        /// Number of the measure.
        measure: String,
    },
    /// It does not serve a measure.
    #[serde(rename = "obligation.link_removed")]
    LinkRemoved {
        /// Number of the measure.
        measure: String,
    },
}
