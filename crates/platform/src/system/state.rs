//! The state of one system: what its events, taken together, say.

use super::event::{Edition, SystemEvent};
use crate::event::{is_demo, read, standing};
use jiff::civil::Date;
use ledger::{Position, Recorded};
use std::collections::BTreeMap;

/// An edition that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// As it was offered.
    pub edition: Edition,
    /// Where that stands in the log.
    pub position: Position,
    /// Since when it is withdrawn, and why.
    pub withdrawn: Option<(Date, String)>,
}

/// The state of one system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Its editions, by number; those that were taken back left out.
    pub editions: BTreeMap<u32, Standing>,
}

impl State {
    /// The state after these events, corrections applied.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(event);
        }
        state
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read(recorded) {
            Some(SystemEvent::Offered(edition)) => {
                let mut edition = *edition;
                edition.demo |= is_demo(recorded);
                let standing = Standing {
                    position: recorded.position,
                    withdrawn: None,
                    edition,
                };
                self.editions.insert(standing.edition.edition, standing);
            }
            Some(SystemEvent::Withdrawn { reason, edition }) => {
                let since = recorded.effective;
                for standing in self.editions.range_mut(..=edition).map(|(_, standing)| standing) {
                    standing.withdrawn.get_or_insert_with(|| (since, reason.clone()));
                }
            }
            None => {}
        }
    }

    /// The newest edition that stands.
    pub fn latest(&self) -> Option<&Standing> {
        self.editions.values().next_back()
    }

    /// The newest edition, unless it is withdrawn.
    pub fn offered(&self) -> Option<&Standing> {
        self.latest().filter(|standing| standing.withdrawn.is_none())
    }
}
