//! Projections: how rows are derived from events. Pure, so that a rebuild gives what the commits gave.

use crate::{change::Change, event::Recorded, table::Table};

/// Rows derived from the events of some streams.
///
/// The ledger asks what each new event brings in the transaction that records it, and again for every event of the log
/// when rows are rebuilt. It may look at nothing but the events it is given.
pub trait Projection: Send + Sync {
    /// Name, unique; part of the key under which the ledger remembers the version of the rows.
    fn name(&self) -> &'static str;

    /// Version of the rows' shape or meaning: raise it, and the rows are rebuilt at the next start.
    fn version(&self) -> u32;

    /// The tables it fills. No other projection writes to them.
    fn tables(&self) -> &'static [Table];

    /// Whether events of streams of this kind (`task`, `obligation`) concern it.
    fn follows(&self, stream_kind: &str) -> bool;

    /// The changes that the last of `events` brings. `events` are all events of one stream up to it, in order, never empty.
    fn project(&self, events: &[Recorded]) -> Vec<Change>;

    /// The changes that each of the last `new` of `events` brings, as [`project`](Self::project) would give them one after
    /// the other: for a projection that can do with reading each event once.
    fn project_each(&self, events: &[Recorded], new: usize) -> Vec<Vec<Change>> {
        let first = events.len().saturating_sub(new) + 1;
        (first..=events.len())
            .filter_map(|end| events.get(..end))
            .map(|up_to| self.project(up_to))
            .collect()
    }
}
