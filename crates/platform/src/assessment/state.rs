//! The state of one assessment, and of one certificate.

use super::event::{AssessmentEvent, CertificateEvent, Evidence, Inputs, Issued, Item, Opened, Outcome};
use crate::event::{is_demo, read, standing};
use jiff::civil::Date;
use ledger::{ActorId, Recorded, Version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far an assessment is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The organisation fills it in.
    #[default]
    Filling,
    /// An assessor goes through the items.
    Verifying,
    /// The result is there.
    Decided,
    /// The organisation does not agree.
    Appealed,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Filling, Self::Verifying, Self::Decided, Self::Appealed];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Verifying => "verifying",
            Self::Decided => "decided",
            Self::Appealed => "appealed",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// What the organisation objects, and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Why it does not agree.
    pub reason: String,
    /// Since when.
    pub on: Date,
    /// Whether it was upheld, why, and when; nothing before the answer.
    pub answer: Option<(bool, String, Date)>,
}

/// The state of one assessment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it was opened.
    pub opened: Option<Opened>,
    /// How far it is.
    pub stage: Stage,
    /// What is given.
    pub inputs: Inputs,
    /// What shows it, by number.
    pub evidence: BTreeMap<u32, Evidence>,
    /// What assessors found, by indicator.
    pub items: BTreeMap<String, Item>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// The result, and when.
    pub outcome: Option<(Outcome, Date)>,
    /// Who decided.
    pub decided_by: Option<ActorId>,
    /// The last appeal.
    pub appeal: Option<Appeal>,
    /// Number of the next evidence.
    pub next: u32,
    /// The stream's version.
    pub version: Version,
}

impl State {
    /// The state after these events.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(event);
        }
        state.version = events.last().map_or(Version::NONE, |event| event.version);
        state
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read(recorded) {
            Some(AssessmentEvent::Opened(opened)) => {
                let mut opened = *opened;
                opened.demo |= is_demo(recorded);
                self.opened = Some(opened);
                self.next = 1;
            }
            Some(AssessmentEvent::Filled { inputs }) => self.inputs = inputs,
            Some(AssessmentEvent::EvidenceAttached { number, evidence }) => {
                self.next = self.next.max(number.saturating_add(1));
                self.evidence.insert(number, evidence);
            }
            Some(AssessmentEvent::EvidenceRemoved { number }) => {
                self.evidence.remove(&number);
            }
            Some(AssessmentEvent::Submitted {}) => {
                self.stage = Stage::Verifying;
                self.submitted = Some(recorded.effective);
            }
            Some(AssessmentEvent::Verified { items }) => {
                self.items
                    .extend(items.into_iter().map(|item| (item.node.clone(), item)));
            }
            Some(AssessmentEvent::Decided(outcome)) => {
                self.stage = Stage::Decided;
                self.outcome = Some((*outcome, recorded.effective));
                self.decided_by = Some(recorded.actor.clone());
            }
            Some(AssessmentEvent::Appealed { reason }) => {
                self.stage = Stage::Appealed;
                self.appeal = Some(Appeal {
                    reason,
                    on: recorded.effective,
                    answer: None,
                });
            }
            Some(AssessmentEvent::AppealAnswered { upheld, reason }) => {
                self.stage = if upheld { Stage::Verifying } else { Stage::Decided };
                if let Some(appeal) = &mut self.appeal {
                    appeal.answer = Some((upheld, reason, recorded.effective));
                }
                if upheld {
                    self.outcome = None;
                }
            }
            None => {}
        }
    }
}

/// The state of one certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificate {
    /// As it was issued.
    pub issued: Option<Issued>,
    /// Since when it is revoked, and why.
    pub revoked: Option<(Date, String)>,
}

impl Certificate {
    /// The state after these events.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(event);
        }
        state
    }

    /// Takes one event in. What was revoked and comes out again by the same grounds holds again.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read(recorded) {
            Some(CertificateEvent::Issued(issued)) => {
                let mut issued = *issued;
                issued.demo |= is_demo(recorded);
                self.issued = Some(issued);
                self.revoked = None;
            }
            Some(CertificateEvent::Revoked { reason }) => self.revoked = Some((recorded.effective, reason)),
            None => {}
        }
    }
}
