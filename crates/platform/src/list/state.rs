//! The state of one task.

use super::event::{Note, TaskEvent, Wording};
use crate::event::{read, standing};
use jiff::civil::Date;
use ledger::{Recorded, Version};
use std::collections::BTreeMap;

/// Whether a task serves a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Shipped with the catalogue as a first proposal.
    Shipped,
    /// Proposed by an officer.
    Proposed,
    /// Confirmed by an analyst.
    Confirmed,
}

impl Link {
    /// The id that stands in rows and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
        }
    }
}

/// What became of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fate {
    /// The list asks for it.
    #[default]
    Open,
    /// A version merged it into another.
    Merged(String),
    /// A version closed it.
    Closed(String),
}

/// The state of one task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Task {
    /// Version of its stream; 0 where it does not exist.
    pub version: Version,
    /// List it belongs to.
    pub list: String,
    /// Version of the list that last worded it.
    pub list_version: u32,
    /// Its wording now.
    pub wording: Option<Wording>,
    /// Warnings.
    pub notes: Vec<Note>,
    /// What became of it.
    pub fate: Fate,
    /// Guiding ministry and where that is written.
    pub guiding: Option<(String, String)>,
    /// Time limit and who set it.
    pub time_limit: Option<(Date, String)>,
    /// Measures it is said to serve.
    pub links: BTreeMap<String, Link>,
}

impl Task {
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
        let Some(event) = read::<TaskEvent>(recorded) else {
            return;
        };
        self.version = recorded.version;
        match event {
            TaskEvent::Entered {
                list,
                version,
                wording,
                notes,
            } => {
                self.list = list;
                self.list_version = version;
                self.wording = Some(wording);
                self.notes = notes;
                self.fate = Fate::Open;
            }
            TaskEvent::Changed { version, wording } => {
                self.list_version = version;
                self.wording = Some(wording);
            }
            TaskEvent::Merged { version, into } => {
                self.list_version = version;
                self.fate = Fate::Merged(into);
            }
            TaskEvent::Closed { version, reason } => {
                self.list_version = version;
                self.fate = Fate::Closed(reason);
            }
            TaskEvent::GuidingAssigned { organization, source } => self.guiding = Some((organization, source)),
            TaskEvent::TimeLimitSet { due, set_by } => self.time_limit = Some((due, set_by)),
            TaskEvent::TimeLimitCleared { .. } => self.time_limit = None,
            TaskEvent::MilestoneSet { .. } => {}
            TaskEvent::LinkProposed { measure, shipped } => {
                let link = if shipped { Link::Shipped } else { Link::Proposed };
                self.links.entry(measure).or_insert(link);
            }
            TaskEvent::LinkConfirmed { measure } => {
                self.links.insert(measure, Link::Confirmed);
            }
            TaskEvent::LinkRemoved { measure } => {
                self.links.remove(&measure);
            }
        }
    }
}
