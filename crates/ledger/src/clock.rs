//! The time of day, which comes in from the edge.

use jiff::{Timestamp, civil::Date, tz::Offset};
use std::sync::{Mutex, PoisonError};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The instant it is now.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands until it is set: for tests, demonstrations and replays.
#[derive(Debug)]
pub struct SetClock(Mutex<Timestamp>);

impl SetClock {
    /// A clock that stands at `instant`.
    pub fn at(instant: Timestamp) -> Self {
        Self(Mutex::new(instant))
    }

    /// Sets it, forwards or back.
    pub fn set(&self, instant: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The civil date in Asia/Shanghai (UTC+8 all year since 1991) at an instant.
///
/// ```
/// let late: jiff::Timestamp = "2025-12-31T16:00:00Z".parse()?;
/// assert_eq!(ledger::clock::today(late), jiff::civil::date(2026, 1, 1));
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn today(now: Timestamp) -> Date {
    Offset::constant(8).to_datetime(now).date()
}
