//! What a writer hands over, and what comes back.

use crate::{
    change::Change,
    event::{ActorId, NewEvent, Position, StreamName, Version},
};
use jiff::Timestamp;

/// Why an event was recorded: a request, or a reaction to an earlier event (unique, so that it happens once).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The id of a request or command.
    Request(String),
    /// A reaction, by name, to the event at a position.
    Reaction(Position, &'static str),
}

impl Cause {
    /// As it stands in the log.
    pub fn text(&self) -> String {
        match self {
            Self::Request(id) => id.clone(),
            Self::Reaction(position, name) => format!("{position}/{name}"),
        }
    }
}

/// Events for one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The stream.
    pub stream: StreamName,
    /// The version on which the decision rests.
    pub expected: Version,
    /// The events, in order; never empty.
    pub events: Vec<NewEvent>,
}

impl Write {
    /// Events for a stream that stood at `expected` when they were decided.
    pub fn new(stream: StreamName, expected: Version, events: Vec<NewEvent>) -> Self {
        Self {
            stream,
            expected,
            events,
        }
    }
}

/// A key under which a caller may repeat a request without doing it twice (contract: `Idempotency-Key`, kept 7 days).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The caller's key, scoped to the actor.
    pub key: String,
    /// Digest of the request, so that the same key for another request is refused.
    pub request: String,
    /// The answer that a repetition gets, as the caller serialised it.
    pub answer: String,
}

/// Everything that one decision changes, in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// Who did it.
    pub actor: ActorId,
    /// Why.
    pub cause: Cause,
    /// Events, by stream.
    pub writes: Vec<Write>,
    /// Other streams that the decision relied on, and where they stood.
    pub reads: Vec<(StreamName, Version)>,
    /// Changes of state beside the log (sessions, sealed records, outbox, jobs).
    pub state: Vec<Change>,
    /// Repetition guard.
    pub idempotency: Option<Idempotency>,
}

impl Commit {
    /// A commit by `actor` because of `cause`, empty so far.
    pub fn new(actor: ActorId, cause: Cause) -> Self {
        Self {
            actor,
            cause,
            writes: Vec::new(),
            reads: Vec::new(),
            state: Vec::new(),
            idempotency: None,
        }
    }

    /// With events for one more stream.
    pub fn write(mut self, stream: StreamName, expected: Version, events: Vec<NewEvent>) -> Self {
        if !events.is_empty() {
            self.writes.push(Write::new(stream, expected, events));
        }
        self
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Position of the first event.
    pub first: Position,
    /// Position of the last event.
    pub last: Position,
    /// Instant of recording.
    pub at: Timestamp,
    /// Whether this was a repetition: nothing was recorded, and this is the first answer.
    pub repeated: Option<String>,
}
