//! Events of `proposal/…`. Added to, never changed.

use super::change::ListChange;
use crate::{bilingual::Bilingual, rights::words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// What a body thinks of a proposal.
    Position {
        /// 同意.
        Agree = "agree",
        /// 修改后同意.
        AgreeWithChanges = "agree_with_changes",
        /// 不同意.
        Object = "object",
    }
}

words! {
    /// A ministry whose approval a change of the list needs; the id is that of the body.
    Approver {
        /// 商务部.
        Mofcom = "mofcom",
        /// 市场监管总局.
        Samr = "samr",
    }
}

/// Events of `proposal/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ProposalEvent {
    /// Somebody proposes to change the list. A draft: all but its shell is for participants.
    #[serde(rename = "proposal.opened")]
    Opened {
        /// The list.
        list: String,
        /// Number among the proposals of the list, from 1.
        number: u32,
        /// The version that it changes.
        base_version: u32,
        /// Why.
        reason: Bilingual,
        /// What.
        changes: Vec<ListChange>,
        /// The body that proposes it.
        by: String,
        /// Code of the place for which that body acts, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// It is worded anew. Opinions on the earlier wording stay in the history, and have to be asked again.
    #[serde(rename = "proposal.changed")]
    Changed {
        /// The version that it changes now.
        base_version: u32,
        /// Why.
        reason: Bilingual,
        /// What.
        changes: Vec<ListChange>,
    },
    /// Everybody may read it whole.
    #[serde(rename = "proposal.published")]
    Published {},
    /// Those affected are asked.
    #[serde(rename = "proposal.opinion_asked")]
    OpinionAsked {
        /// Bodies, by id.
        organizations: Vec<String>,
        /// Last day, its end.
        until: Date,
    },
    /// A body answers.
    #[serde(rename = "proposal.opinion_given")]
    OpinionGiven {
        /// The body.
        organization: String,
        /// In words.
        text: String,
        /// What it thinks.
        position: Position,
    },
    /// The time for opinions is over.
    #[serde(rename = "proposal.opinions_closed")]
    OpinionsClosed {
        /// Bodies that were asked and did not answer: silence, neither agreement nor objection.
        silent: Vec<String>,
    },
    /// A ministry approved it.
    #[serde(rename = "proposal.approval_recorded")]
    ApprovalRecorded {
        /// Which.
        organization: Approver,
        /// Number of its document.
        number: String,
        /// Date of its document.
        date: Date,
    },
    /// It became a version of the list.
    #[serde(rename = "proposal.put_into_effect")]
    PutIntoEffect {
        /// The version.
        version: u32,
    },
    /// It is given up.
    #[serde(rename = "proposal.withdrawn")]
    Withdrawn {
        /// Why.
        reason: String,
    },
}
