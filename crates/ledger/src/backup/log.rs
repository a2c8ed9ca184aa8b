//! Events as lines, and the check that each continues the one before.

use super::{
    BackupError, damaged,
    manifest::{EVENTS_PART, HeadMark},
};
use crate::{
    chain,
    error::LedgerError,
    event::{ActorId, Position, Recorded, StreamName, Version},
    redact::claims_to_be_redacted,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// An event as it stands in `events.jsonl`: the columns of the log in their order, hashes in hexadecimal, `at` in
/// microseconds, `body` as a string, so that its very bytes are kept.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    position: i64,
    stream: String,
    version: i64,
    kind: String,
    schema: u32,
    at: i64,
    effective: Date,
    actor: String,
    cause: String,
    body: String,
    previous_hash: String,
    hash: String,
}

/// Adds an event to `lines`.
pub(super) fn write(event: &Recorded, lines: &mut Vec<u8>) -> Result<(), BackupError> {
    let line = Line {
        position: event.position.0,
        stream: event.stream.to_string(),
        version: event.version.0,
        kind: event.kind.clone(),
        schema: event.schema,
        at: event.at.as_microsecond(),
        effective: event.effective,
        actor: event.actor.0.clone(),
        cause: event.cause.clone(),
        body: event.body.clone(),
        previous_hash: chain::hexadecimal(&event.previous_hash),
        hash: chain::hexadecimal(&event.hash),
    };
    serde_json::to_writer(&mut *lines, &line).map_err(|source| LedgerError::Broken {
        position: event.position,
        what: format!("an event that cannot be written ({source})"),
    })?;
    lines.push(b'\n');
    Ok(())
}

/// Reads an event from its line.
pub(super) fn read(line: &[u8]) -> Result<Recorded, BackupError> {
    let wrong = |reason: &dyn std::fmt::Display| damaged(EVENTS_PART, reason);
    let line: Line = serde_json::from_slice(line).map_err(|source| wrong(&source))?;
    Ok(Recorded {
        position: Position(line.position),
        stream: StreamName::parse(&line.stream).map_err(|source| wrong(&source))?,
        version: Version(line.version),
        kind: line.kind,
        schema: line.schema,
        at: Timestamp::from_microsecond(line.at).map_err(|source| wrong(&source))?,
        effective: line.effective,
        actor: ActorId(line.actor),
        cause: line.cause,
        body: line.body,
        previous_hash: unhexadecimal(&line.previous_hash).ok_or_else(|| wrong(&"previous_hash is not hexadecimal"))?,
        hash: unhexadecimal(&line.hash).ok_or_else(|| wrong(&"hash is not hexadecimal"))?,
    })
}

fn unhexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits
        .chunks_exact(2)
        .map(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8))
        .collect()
}

/// Follows a log from its beginning and refuses what does not continue it.
#[derive(Debug)]
pub(super) struct Follower {
    position: Position,
    hash: Vec<u8>,
    at: Option<Timestamp>,
}

impl Follower {
    pub(super) fn new() -> Self {
        Self {
            position: Position::START,
            hash: chain::genesis(),
            at: None,
        }
    }

    /// Takes the next event.
    pub(super) fn follow(&mut self, event: &Recorded) -> Result<(), LedgerError> {
        let broken = |what: &str| LedgerError::Broken {
            position: event.position,
            what: what.to_owned(),
        };
        if event.position.0 != self.position.0 + 1 {
            return Err(broken(&format!("the event does not follow {}", self.position)));
        }
        if event.previous_hash != self.hash {
            return Err(broken("the event does not name the hash of the one before"));
        }
        if self.at.is_some_and(|before| event.at < before) {
            return Err(broken("the event was recorded before the one before it"));
        }
        // That a content was removed by right is seen once the whole log is there.
        if chain::hash(event) != event.hash && !claims_to_be_redacted(event) {
            return Err(broken("the event is not what its hash says"));
        }
        self.position = event.position;
        self.hash.clone_from(&event.hash);
        self.at = Some(event.at);
        Ok(())
    }

    /// Where it has come.
    pub(super) const fn position(&self) -> Position {
        self.position
    }

    /// The hash there.
    pub(super) fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// When the last event was recorded.
    pub(super) const fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// Where it has come, as a manifest says it.
    pub(super) fn mark(&self) -> HeadMark {
        HeadMark {
            position: self.position,
            hash: chain::hexadecimal(&self.hash),
        }
    }
}
