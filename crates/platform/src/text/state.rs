//! The state of one text: what its events, taken together, say.

use super::event::{PUT, TextEvent, Version};
use crate::event::{is_demo, read, standing};
use jiff::civil::Date;
use ledger::{Position, Recorded};
use std::collections::BTreeMap;

/// A version that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// As it was put up.
    pub version: Version,
    /// When.
    pub put: Date,
    /// Where that stands in the log.
    pub position: Position,
    /// Since when everybody may read it.
    pub published: Option<Date>,
}

/// The state of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Its versions, by number; those that were taken back left out.
    pub versions: BTreeMap<u32, Standing>,
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
            Some(TextEvent::VersionPut(version)) => {
                let mut version = *version;
                version.demo |= is_demo(recorded);
                let standing = Standing {
                    put: recorded.effective,
                    position: recorded.position,
                    published: None,
                    version,
                };
                self.versions.insert(standing.version.version, standing);
            }
            Some(TextEvent::VersionPublished { version }) => {
                if let Some(standing) = self.versions.get_mut(&version) {
                    standing.published = Some(recorded.effective);
                }
            }
            None => {}
        }
    }

    /// The newest version that stands.
    pub fn latest(&self) -> Option<&Standing> {
        self.versions.values().next_back()
    }
}

/// The number of the next version: one that was taken back, or whose content was removed, is not given again.
pub fn next_number(events: &[Recorded]) -> u32 {
    let put = events.iter().filter(|event| event.kind == PUT).count();
    u32::try_from(put).unwrap_or(u32::MAX).saturating_add(1)
}
