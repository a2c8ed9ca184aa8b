//! How far a long piece of work has come: counters at which anybody may look while it runs.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// How far a piece of work has come. Clones look at the same.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// Begins a piece of work of so many steps; 0 where nobody knows how many.
    pub fn begin(&self, of: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
    }

    /// So many steps are done.
    pub fn reach(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// How many steps are done, and of how many; 0 where nobody knows.
    pub fn seen(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.of.load(Ordering::Relaxed))
    }

    pub(crate) fn begin_log(&self, head: crate::Position) {
        self.begin(u64::try_from(head.0).unwrap_or_default());
    }

    pub(crate) fn reach_log(&self, position: i64) {
        self.reach(u64::try_from(position).unwrap_or_default());
    }
}
