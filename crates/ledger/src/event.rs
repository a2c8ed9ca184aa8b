//! Events: what is recorded, once, for good.

use crate::error::LedgerError;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;

/// The place of an event in the whole log; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Position(pub i64);

impl Position {
    /// Before the first event.
    pub const START: Self = Self(0);
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an event in its stream; the first is 1, and 0 is a stream without events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Version(pub i64);

impl Version {
    /// The version of a stream that has no events yet.
    pub const NONE: Self = Self(0);
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a stream: a kind, a slash, an id (`obligation/first-28-500000`). ASCII letters, digits, `-`, `_`, `.`;
/// at most 120 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct StreamName(String);

impl StreamName {
    /// Reads a name, refusing what could not be a stream.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let legal = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        };
        match text.split_once('/') {
            Some((kind, id)) if text.len() <= 120 && legal(kind) && legal(id) => Ok(Self(text.to_owned())),
            _ => Err(LedgerError::StreamName {
                text: text.chars().take(120).collect(),
            }),
        }
    }

    /// The kind of object, before the slash.
    pub fn kind(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(kind, _)| kind)
    }

    /// The id of the object, after the slash.
    pub fn id(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, id)| id)
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who did it: an opaque id, never a name. The platform itself is [`ActorId::system`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorId(pub String);

impl ActorId {
    /// The platform itself: import of the catalogue, clocks.
    pub fn system() -> Self {
        Self("system".to_owned())
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An event to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// Kind, `object.what_happened`.
    pub kind: String,
    /// Version of the body's shape, from 1; every shape ever released stays readable.
    pub schema: u32,
    /// The civil date from which the fact holds; the date of recording where absent.
    pub effective: Option<Date>,
    /// JSON after RFC 8785: the very bytes that are hashed.
    pub body: String,
}

impl NewEvent {
    /// An event whose fact holds from the day it is recorded.
    pub fn new<T: Serialize>(kind: &str, schema: u32, body: &T) -> Result<Self, LedgerError> {
        let body = serde_json_canonicalizer::to_string(body).map_err(|source| LedgerError::Body {
            kind: kind.to_owned(),
            reason: source.to_string(),
        })?;
        Ok(Self {
            kind: kind.to_owned(),
            schema,
            effective: None,
            body,
        })
    }

    /// The same event with the fact holding from `date`.
    pub fn effective(mut self, date: Date) -> Self {
        self.effective = Some(date);
        self
    }
}

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Place in the log.
    pub position: Position,
    /// Stream it belongs to.
    pub stream: StreamName,
    /// Place in the stream.
    pub version: Version,
    /// Kind, `object.what_happened`.
    pub kind: String,
    /// Version of the body's shape.
    pub schema: u32,
    /// Instant of recording, to the microsecond; never lower than that of the event before.
    pub at: Timestamp,
    /// The civil date from which the fact holds.
    pub effective: Date,
    /// Who did it.
    pub actor: ActorId,
    /// Request id, or `position/reaction`.
    pub cause: String,
    /// JSON after RFC 8785.
    pub body: String,
    /// Hash of the event before; 64 zero bytes for the first.
    pub previous_hash: Vec<u8>,
    /// SM3 ‖ SHA-256 over the length-prefixed other columns.
    pub hash: Vec<u8>,
}

impl Recorded {
    /// The body as a value.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, LedgerError> {
        serde_json::from_str(&self.body).map_err(|source| LedgerError::Unreadable {
            position: self.position,
            kind: self.kind.clone(),
            schema: self.schema,
            reason: source.to_string(),
        })
    }
}
