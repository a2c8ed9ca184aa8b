//! The state of a survey, and of a unit's returns: what their events, taken together, say.

use super::{
    definition::Definition,
    event::{Opened, Published, ReturnEvent, SurveyEvent},
};
use crate::{
    context::PersonId,
    event::{is_demo, read, standing},
};
use jiff::civil::Date;
use ledger::{Position, Recorded, Version};
use std::collections::{BTreeMap, BTreeSet};

/// The state of a survey.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// As it was opened, with the marks in force.
    pub opened: Option<Opened>,
    /// Since when.
    pub since: Option<Date>,
    /// Its definitions by number.
    pub definitions: BTreeMap<u32, Definition>,
    /// Its statisticians.
    pub statisticians: BTreeSet<PersonId>,
    /// Its tables by number, with the day and the position of their publication.
    pub tables: BTreeMap<u32, (Published, Date, Position)>,
    /// Why it takes nothing in any more.
    pub closed: Option<String>,
    /// On which version of the stream this rests.
    pub version: Version,
}

impl Survey {
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
            Some(SurveyEvent::Opened(opened)) => {
                let mut opened = *opened;
                opened.demo |= is_demo(recorded);
                self.statisticians.insert(opened.statistician.clone());
                self.since = Some(recorded.effective);
                self.opened = Some(opened);
            }
            Some(SurveyEvent::Renewed { marks }) => {
                if let Some(opened) = &mut self.opened {
                    opened.marks = marks;
                }
            }
            Some(SurveyEvent::DefinitionSet { version, definition }) => {
                self.definitions.insert(version, *definition);
            }
            Some(SurveyEvent::StatisticianNamed { person }) => {
                self.statisticians.insert(person);
            }
            Some(SurveyEvent::StatisticianReleased { person }) => {
                self.statisticians.remove(&person);
            }
            Some(SurveyEvent::TablePublished(published)) => {
                let mut published = *published;
                published.demo |= is_demo(recorded);
                self.tables
                    .insert(published.table, (published, recorded.effective, recorded.position));
            }
            Some(SurveyEvent::Closed { reason }) => self.closed = Some(reason),
            None => {}
        }
    }

    /// The newest definition with its number.
    pub fn definition(&self) -> Option<(u32, &Definition)> {
        self.definitions
            .iter()
            .next_back()
            .map(|(number, definition)| (*number, definition))
    }

    /// Whether a period is reported under a definition: from its first period on, and until the first period of the next,
    /// which is reported under both so that the series can be spliced.
    pub fn asks(&self, number: u32, period: &str) -> bool {
        let Some(definition) = self.definitions.get(&number) else {
            return false;
        };
        let next = self.definitions.get(&(number + 1));
        definition.from.as_str() <= period && next.is_none_or(|next| period <= next.from.as_str())
    }
}

/// What a unit has reported, by digests alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returns {
    /// Whether the unit belongs to the survey.
    pub entered: bool,
    /// How many rows it has sent.
    pub rows: u32,
    /// On which version of the stream this rests.
    pub version: Version,
}

impl Returns {
    /// The state after these events.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in events {
            match read(event) {
                Some(ReturnEvent::UnitEntered { .. }) => state.entered = true,
                Some(ReturnEvent::RowTaken { row, .. }) => state.rows = state.rows.max(row),
                None => {}
            }
        }
        state.version = events.last().map_or(Version::NONE, |event| event.version);
        state
    }
}
