//! A place as its events leave it.

use super::event::{Facts, PlaceEvent};
use crate::event::{read, standing};
use jiff::civil::Date;
use ledger::{Recorded, Version};

/// A place, folded from the events that still count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// What is known of it; nothing before it was entered.
    pub facts: Option<Facts>,
    /// Pilot since, with the document that says so.
    pub pilot: Option<(Date, String)>,
    /// Version of its stream.
    pub version: Version,
}

impl Place {
    /// All events of one stream.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut place = Self {
            version: events.last().map_or(Version::NONE, |e| e.version),
            ..Self::default()
        };
        for recorded in standing(events) {
            place.apply(recorded);
        }
        place
    }

    /// One more event.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read::<PlaceEvent>(recorded) {
            Some(PlaceEvent::Entered { facts } | PlaceEvent::Changed { facts }) => self.facts = Some(facts),
            Some(PlaceEvent::BecamePilot { source }) => self.pilot = Some((recorded.effective, source)),
            None => {}
        }
    }
}
