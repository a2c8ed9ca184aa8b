//! The state of one proposal.

use super::{
    change::{ChangeKind, ListChange},
    event::{Approver, Position, ProposalEvent},
};
use crate::{
    bilingual::Bilingual,
    event::{read, standing},
    list::event::Approval,
    rights::words,
};
use jiff::civil::Date;
use ledger::{Recorded, Version};
use std::collections::BTreeMap;

words! {
    /// Where a proposal stands.
    Stand {
        /// Being written.
        Draft = "draft",
        /// Public, opinions not asked.
        Published = "published",
        /// Those affected are asked.
        Opinions = "opinions",
        /// Opinions are in; approvals are missing.
        AwaitingApproval = "awaiting_approval",
        /// Both approvals are entered.
        Approved = "approved",
        /// It became a version of the list.
        InEffect = "in_effect",
        /// It was given up.
        Withdrawn = "withdrawn",
    }
}

/// What came of asking one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// When it was asked.
    pub asked: Date,
    /// Last day.
    pub until: Date,
    /// The answer: day, position, words.
    pub given: Option<(Date, Position, String)>,
    /// Whether the time passed without an answer.
    pub silent: bool,
}

/// The state of one proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Version of its stream; 0 where it does not exist.
    pub version: Version,
    /// The list.
    pub list: String,
    /// Number among the proposals of the list.
    pub number: u32,
    /// The version of the list that it changes.
    pub base_version: u32,
    /// Why.
    pub reason: Bilingual,
    /// What.
    pub changes: Vec<ListChange>,
    /// The body that proposes it.
    pub by: String,
    /// The place of that body.
    pub place: Option<String>,
    /// Whether it is illustrative.
    pub demo: bool,
    /// Day on which it was opened.
    pub opened: Option<Date>,
    /// How often it was worded anew.
    pub revision: u32,
    /// Day on which it was published.
    pub published: Option<Date>,
    /// Bodies that were asked about the present wording.
    pub opinions: BTreeMap<String, Opinion>,
    /// Whether the time for opinions is over.
    pub opinions_closed: bool,
    /// Numbers and dates of approvals.
    pub approvals: BTreeMap<Approver, (String, Date)>,
    /// The version that it became.
    pub effect: Option<u32>,
    /// Why it was given up.
    pub withdrawn: Option<String>,
}

impl Proposal {
    /// The state after these events, corrections applied.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(event);
        }
        state.version = events.last().map_or(Version::NONE, |e| e.version);
        state
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        let Some(event) = read::<ProposalEvent>(recorded) else {
            return;
        };
        self.version = recorded.version;
        self.take(event, recorded.effective);
    }

    /// Takes one event in that holds from a day.
    pub fn take(&mut self, event: ProposalEvent, day: Date) {
        match event {
            ProposalEvent::Opened {
                list,
                number,
                base_version,
                reason,
                changes,
                by,
                place,
                demo,
            } => {
                *self = Self {
                    version: self.version,
                    list,
                    number,
                    base_version,
                    reason,
                    changes,
                    by,
                    place,
                    demo,
                    opened: Some(day),
                    ..Self::default()
                };
            }
            ProposalEvent::Changed {
                base_version,
                reason,
                changes,
            } => {
                self.base_version = base_version;
                self.reason = reason;
                self.changes = changes;
                self.revision += 1;
                self.opinions.clear();
                self.opinions_closed = false;
            }
            ProposalEvent::Published {} => self.published = Some(day),
            ProposalEvent::OpinionAsked { organizations, until } => {
                self.opinions_closed = false;
                for organization in organizations {
                    let opinion = self.opinions.entry(organization).or_insert(Opinion {
                        asked: day,
                        until,
                        given: None,
                        silent: false,
                    });
                    opinion.until = until;
                    opinion.silent = false;
                }
            }
            ProposalEvent::OpinionGiven {
                organization,
                text,
                position,
            } => {
                if let Some(opinion) = self.opinions.get_mut(&organization) {
                    opinion.given = Some((day, position, text));
                }
            }
            ProposalEvent::OpinionsClosed { silent } => {
                self.opinions_closed = true;
                for (organization, opinion) in &mut self.opinions {
                    opinion.silent = silent.contains(organization);
                }
            }
            ProposalEvent::ApprovalRecorded {
                organization,
                number,
                date,
            } => {
                self.approvals.insert(organization, (number, date));
            }
            ProposalEvent::PutIntoEffect { version } => self.effect = Some(version),
            ProposalEvent::Withdrawn { reason } => self.withdrawn = Some(reason),
        }
    }

    /// Whether there is such a proposal.
    pub fn exists(&self) -> bool {
        self.opened.is_some()
    }

    /// Where it stands.
    pub fn stand(&self) -> Stand {
        if self.withdrawn.is_some() {
            Stand::Withdrawn
        } else if self.effect.is_some() {
            Stand::InEffect
        } else if self.missing().is_empty() && self.opinions_closed {
            Stand::Approved
        } else if self.opinions_closed {
            Stand::AwaitingApproval
        } else if !self.opinions.is_empty() {
            Stand::Opinions
        } else if self.published.is_some() {
            Stand::Published
        } else {
            Stand::Draft
        }
    }

    /// Ministries whose approval is not entered.
    pub fn missing(&self) -> Vec<Approver> {
        Approver::ALL
            .iter()
            .copied()
            .filter(|a| !self.approvals.contains_key(a))
            .collect()
    }

    /// Kinds of its changes, each once, in a fixed order.
    pub fn kinds(&self) -> Vec<ChangeKind> {
        ChangeKind::ALL
            .iter()
            .copied()
            .filter(|kind| self.changes.iter().any(|c| c.kind() == *kind))
            .collect()
    }

    /// The tasks that its changes are about, each once.
    pub fn tasks(&self) -> Vec<&str> {
        let mut tasks: Vec<&str> = self.changes.iter().flat_map(ListChange::tasks).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    /// Bodies that were asked and have not answered.
    pub fn unanswered(&self) -> Vec<String> {
        self.opinions
            .iter()
            .filter(|(_, o)| o.given.is_none())
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// The last day for opinions.
    pub fn until(&self) -> Option<Date> {
        self.opinions.values().map(|o| o.until).max()
    }

    /// The approvals as a version of the list carries them.
    pub fn approvals_of_version(&self) -> Vec<Approval> {
        self.approvals
            .iter()
            .map(|(approver, (number, date))| Approval {
                organization: approver.id().to_owned(),
                number: number.clone(),
                date: *date,
            })
            .collect()
    }
}
