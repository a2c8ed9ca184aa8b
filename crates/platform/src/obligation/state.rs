//! The state of one obligation: what its events, taken together, say.

use super::event::{Audience, BlockKind, Evidence, ObligationEvent, Part, Subject};
use crate::{
    bilingual::Bilingual,
    event::{is_demo, read, standing},
    list::{
        event::{ClaimKind, Strength, Tier},
        state::Link,
    },
    rights::words,
};
use jiff::civil::Date;
use ledger::{Position, Recorded, Version, timeline::Dated};
use std::collections::BTreeMap;

words! {
    /// Where an obligation stands (contract: `state`).
    Standing {
        /// Nobody has reported anything.
        Unreported = "unreported",
        /// Planned, but in nobody's hands.
        Unassigned = "unassigned",
        /// In hand.
        InProgress = "in_progress",
        /// In hand, but it does not move.
        Blocked = "blocked",
        /// Evidence that closes it is public.
        Delivered = "delivered",
        /// The place says it is done.
        Closed = "closed",
    }
}

/// In whose hands it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The body.
    pub organization: String,
    /// The desk; absent while nobody in the body took it.
    pub desk: Option<String>,
    /// The person, if one took it.
    pub person: Option<String>,
    /// Since when.
    pub since: Date,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be reached.
    pub name: Bilingual,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
    /// When it was reached.
    pub reached: Option<Date>,
}

/// An obstacle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind.
    pub kind: BlockKind,
    /// In words.
    pub text: String,
    /// Who could remove it.
    pub waits_for: Option<String>,
    /// Who may see it.
    pub audience: Audience,
    /// Since when.
    pub since: Date,
}

/// What it was created as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// List.
    pub list: String,
    /// Of what.
    pub subject: Subject,
    /// Code of the place.
    pub place: Option<String>,
    /// Id of the ministry.
    pub organization: Option<String>,
    /// The body to which it falls.
    pub addressee: String,
    /// How the list means it.
    pub claim: ClaimKind,
    /// Whether it holds without opt-in.
    pub firm: bool,
    /// What the list says whoever undertakes it does, before the place chose.
    pub part: Part,
    /// The day from which the list asks for it.
    pub since: Date,
    /// Kind of standard.
    pub tier: Option<Tier>,
    /// How strongly it binds.
    pub strength: Strength,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// The state of one obligation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obligation {
    /// Version of its stream; 0 where it does not exist.
    pub version: Version,
    /// What it was created as.
    pub origin: Option<Origin>,
    /// What whoever undertakes it does.
    pub part: Option<Part>,
    /// Chosen topics.
    pub topics: Vec<String>,
    /// In whose hands.
    pub holder: Option<Holder>,
    /// Milestones, by id.
    pub milestones: BTreeMap<String, Milestone>,
    /// The last stage, and who may see it.
    pub stage: Option<(String, Audience)>,
    /// The last stage that is public.
    pub public_stage: Option<String>,
    /// Evidence, with its place in the log.
    pub evidence: Vec<(Position, Evidence)>,
    /// What stands in the way.
    pub block: Option<Block>,
    /// Measures that it is said to serve beside those of its task or sentence, by number.
    pub links: BTreeMap<String, Link>,
    /// Whether somebody reported anything.
    pub reported: bool,
    /// Whether something public was reported.
    pub reported_publicly: bool,
    /// Whether the place says it is done.
    pub closed: bool,
    /// Whether the list no longer asks for it, or the place opted out.
    pub ended: bool,
    /// Whether any part of it is illustrative (演示).
    pub demo: bool,
    /// Day of the last fact.
    pub changed_on: Option<Date>,
    /// Day of the last fact that everybody may know.
    pub changed_publicly_on: Option<Date>,
}

/// An entry of the log with what it says, read once however often it is folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// As it stands in the log.
    pub recorded: &'a Recorded,
    /// What it says; nothing where it is a correction or no entry of an obligation.
    pub event: Option<ObligationEvent>,
    /// Whether it is illustrative (演示).
    pub demo: bool,
}

impl<'a> Entry<'a> {
    /// Reads an entry.
    pub fn read(recorded: &'a Recorded) -> Self {
        Self {
            recorded,
            event: read(recorded),
            demo: is_demo(recorded),
        }
    }
}

impl Dated for &Entry<'_> {
    fn effective(&self) -> Date {
        self.recorded.effective
    }

    fn position(&self) -> Position {
        self.recorded.position
    }
}

impl Obligation {
    /// The state after these events, in order of recording, corrections applied.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(&Entry::read(event));
        }
        state.version = events.last().map_or(Version::NONE, |e| e.version);
        state
    }

    /// Takes one entry in.
    pub fn apply(&mut self, entry: &Entry<'_>) {
        let Some(event) = entry.event.clone() else {
            return;
        };
        let recorded = entry.recorded;
        let day = recorded.effective;
        self.demo |= entry.demo;
        self.version = recorded.version;
        if !matches!(event, ObligationEvent::Created { .. }) && !event.is_link() {
            self.changed_on = Some(day);
            if self.audience_of(&event) == Audience::Public {
                self.changed_publicly_on = Some(day);
            }
        }
        match event {
            ObligationEvent::Created {
                list,
                subject,
                place,
                organization,
                addressee,
                claim,
                firm,
                part,
                tier,
                strength,
                demo,
                ..
            } => {
                self.holder = Some(Holder {
                    organization: addressee.clone(),
                    desk: None,
                    person: None,
                    since: day,
                });
                self.part = Some(part);
                self.ended = false;
                self.origin = Some(Origin {
                    list,
                    subject,
                    place,
                    organization,
                    addressee,
                    claim,
                    firm,
                    part,
                    since: day,
                    tier,
                    strength,
                    demo,
                });
            }
            ObligationEvent::Ended { .. } | ObligationEvent::OptedOut { .. } => self.ended = true,
            ObligationEvent::OptedIn {} => self.ended = false,
            ObligationEvent::PartChosen { part } => {
                self.part = Some(part);
                self.report(Audience::Public);
            }
            ObligationEvent::TopicsChosen { topics } => {
                self.topics = topics;
                self.report(Audience::Public);
            }
            ObligationEvent::HolderAssigned {
                organization,
                desk,
                person,
                ..
            } => {
                self.holder = Some(Holder {
                    organization,
                    desk: Some(desk),
                    person,
                    since: day,
                });
            }
            ObligationEvent::TakenOver { from, by } => {
                if self.holder.as_ref().is_some_and(|h| h.organization == from) {
                    self.holder = Some(Holder {
                        organization: by.clone(),
                        desk: None,
                        person: None,
                        since: day,
                    });
                }
                if let Some(origin) = &mut self.origin {
                    for body in [Some(&mut origin.addressee), origin.organization.as_mut()] {
                        if let Some(body) = body.filter(|body| **body == from) {
                            body.clone_from(&by);
                        }
                    }
                }
            }
            ObligationEvent::MilestoneSet {
                milestone,
                name,
                due,
                set_by,
            } => {
                self.milestones.insert(
                    milestone,
                    Milestone {
                        name,
                        due,
                        set_by,
                        reached: None,
                    },
                );
            }
            ObligationEvent::MilestoneReached { milestone, .. } => {
                if let Some(milestone) = self.milestones.get_mut(&milestone) {
                    milestone.reached = Some(day);
                }
                self.report(Audience::Public);
            }
            ObligationEvent::Noted { audience, .. } => self.report(audience),
            ObligationEvent::StageRecorded { stage, audience, .. } => {
                if audience == Audience::Public {
                    self.public_stage = Some(stage.clone());
                }
                self.stage = Some((stage, audience));
                self.report(audience);
            }
            ObligationEvent::EvidenceRecorded { evidence, .. } => {
                self.report(evidence.audience);
                self.evidence.push((recorded.position, evidence));
            }
            ObligationEvent::EvidenceCompleted {
                completes, evidence, ..
            } => {
                self.report(evidence.audience);
                if let Some(entry) = self.evidence.iter_mut().find(|(p, _)| *p == completes) {
                    *entry = (recorded.position, evidence);
                }
            }
            ObligationEvent::Blocked {
                reason,
                text,
                waits_for,
                audience,
                ..
            } => {
                self.report(audience);
                self.block = Some(Block {
                    kind: reason,
                    text,
                    waits_for,
                    audience,
                    since: day,
                });
            }
            ObligationEvent::Unblocked { .. } => self.block = None,
            ObligationEvent::Closed { .. } => {
                self.closed = true;
                self.report(Audience::Public);
            }
            ObligationEvent::Reopened { .. } => self.closed = false,
            ObligationEvent::LinkProposed { measure } => {
                self.links.entry(measure).or_insert(Link::Proposed);
            }
            ObligationEvent::LinkConfirmed { measure } => {
                self.links.insert(measure, Link::Confirmed);
            }
            ObligationEvent::LinkRemoved { measure } => {
                self.links.remove(&measure);
            }
        }
    }

    /// Who may know of an event that is about to be taken in; whoever knew what stood in the way learns that it is gone.
    fn audience_of(&self, event: &ObligationEvent) -> Audience {
        match event {
            ObligationEvent::Noted { audience, .. }
            | ObligationEvent::StageRecorded { audience, .. }
            | ObligationEvent::Blocked { audience, .. } => *audience,
            ObligationEvent::EvidenceRecorded { evidence, .. }
            | ObligationEvent::EvidenceCompleted { evidence, .. } => evidence.audience,
            ObligationEvent::Unblocked { .. } => self.block.as_ref().map_or(Audience::Public, |b| b.audience),
            _ => Audience::Public,
        }
    }

    fn report(&mut self, audience: Audience) {
        self.reported = true;
        self.reported_publicly |= audience == Audience::Public;
    }

    /// Whether the list asks for it now.
    pub fn exists(&self) -> bool {
        self.origin.is_some() && !self.ended
    }

    /// Where it stands, for participants.
    pub fn standing(&self) -> Standing {
        self.standing_with(|_| true, self.reported)
    }

    /// Where it stands, for everybody.
    pub fn public_standing(&self) -> Standing {
        self.standing_with(|audience| audience == Audience::Public, self.reported_publicly)
    }

    fn standing_with(&self, seen: impl Fn(Audience) -> bool, reported: bool) -> Standing {
        let part = self.part.unwrap_or(Part::Undertake);
        let in_hand = self.holder.as_ref().is_some_and(|h| h.desk.is_some());
        if self.closed {
            Standing::Closed
        } else if self
            .evidence
            .iter()
            .any(|(_, e)| e.audience == Audience::Public && part.closes_on(e.kind))
        {
            Standing::Delivered
        } else if self.block.as_ref().is_some_and(|b| seen(b.audience)) {
            Standing::Blocked
        } else if reported {
            Standing::InProgress
        } else if in_hand || self.milestones.is_empty() {
            // That somebody was named to do it is no report: who holds it says so.
            Standing::Unreported
        } else {
            Standing::Unassigned
        }
    }

    /// The next milestone that is not reached, by its day.
    pub fn next(&self) -> Option<&Milestone> {
        self.milestones
            .values()
            .filter(|m| m.reached.is_none())
            .min_by_key(|m| m.due)
    }

    /// The public evidence that closes it, newest last.
    pub fn deliverable(&self) -> Option<&Evidence> {
        let part = self.part.unwrap_or(Part::Undertake);
        self.evidence
            .iter()
            .map(|(_, e)| e)
            .rfind(|e| e.audience == Audience::Public && part.closes_on(e.kind))
    }
}
