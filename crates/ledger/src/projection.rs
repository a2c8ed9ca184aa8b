//! Projections: how rows are derived from events. Pure, so that a rebuild gives what the commits gave.

use crate::{change::Change, event::Recorded, table::Table};

/// Rows derived from the events of some streams.
///
/// The ledger calls [`project`](Self::project) once for each new event, in the transaction that records it, and again
/// for every event of the log when rows are rebuilt. It may look at nothing but the events it is given.
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
}
