//! Whether the log is what was recorded.

use crate::{
    aside::aside,
    chain,
    checkpoint::{self, Checkpoint},
    error::LedgerError,
    event::{Position, Recorded},
    ledger::{Inner, Ledger},
    read,
    redact::{self, Redacted, Redactions},
    statement::rows,
    value::Row,
};
use sea_orm::ConnectionTrait;
use serde::{Serialize, Serializer};
use std::{collections::BTreeMap, fmt};

/// Events read at once.
const PART: i64 = 5_000;
/// A log in ruins is not listed to the last event.
const MOST_PROBLEMS: usize = 1_000;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Whether the log holds.
    pub ok: bool,
    /// Events read.
    pub events: i64,
    /// Position of the last event.
    pub head: Position,
    /// What does not hold, by position.
    pub problems: Vec<Problem>,
    /// Entries whose content was removed by an event that says so; all else of them holds.
    pub redacted: Vec<Redacted>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where.
    pub position: Position,
    /// What.
    pub what: Fault,
}

/// What may be wrong at a position. Serialised as its English sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// From here up to `until` there are no events, although there must have been.
    Missing {
        /// The last missing position.
        until: Position,
    },
    /// An event stands before the first position.
    Misplaced,
    /// A column holds what no event can hold.
    Unreadable {
        /// Which, and why.
        reason: String,
    },
    /// The columns do not give the hash.
    Hash,
    /// The hash before is not that of the event before.
    Chain,
    /// The event was recorded before the one before it.
    Time,
    /// The versions of the stream have a gap or a repetition; the position is the stream's last.
    Versions {
        /// The stream.
        stream: String,
    },
    /// The table of streams says otherwise than the log; the position is the stream's last, or 0.
    StreamTable {
        /// The stream.
        stream: String,
    },
    /// The head row says otherwise than the last event.
    Head,
    /// A checkpoint bears a signature that is not the installation's.
    Signature,
    /// A signed checkpoint has another hash: the log was hashed afresh, here or before.
    Checkpoint,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { until } => write!(f, "events are missing from here to {until}"),
            Self::Misplaced => f.write_str("an event stands before the first position"),
            Self::Unreadable { reason } => write!(f, "the event cannot be read: {reason}"),
            Self::Hash => f.write_str("the columns do not give the hash"),
            Self::Chain => f.write_str("the previous hash is not that of the event before"),
            Self::Time => f.write_str("recorded before the event before it"),
            Self::Versions { stream } => write!(f, "the versions of {stream} have a gap"),
            Self::StreamTable { stream } => write!(f, "the table of streams disagrees about {stream}"),
            Self::Head => f.write_str("the head row disagrees with the last event"),
            Self::Signature => f.write_str("a checkpoint is not signed by this installation"),
            Self::Checkpoint => f.write_str("a signed checkpoint has another hash: the log was hashed afresh"),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Ledger {
    /// Reads the whole log and compares it with itself, with the head, and with the checkpoints in the database and
    /// outside it. Commits may go on meanwhile.
    pub async fn verify(&self) -> Result<Verification, LedgerError> {
        let (verification, ()) = self.verify_folding((), |(), _| ()).await?;
        Ok(verification)
    }

    /// The same, and folds every event that holds into a state: the log is read once for both.
    pub async fn verify_folding<S: Send + 'static>(
        &self,
        state: S,
        fold: fn(&mut S, Recorded),
    ) -> Result<(Verification, S), LedgerError> {
        // Read before the log, so that none of them is newer than what is read of it.
        let outside = match &self.inner.sink {
            Some(sink) => sink.all().await?,
            None => Vec::new(),
        };
        let snapshot = self.inner.database.snapshot().await?;
        let result = verify(&self.inner, &snapshot, outside, (state, fold)).await;
        snapshot.rollback().await?;
        result
    }
}

/// What is known of the event before.
struct Before {
    position: i64,
    hash: Vec<u8>,
    at: i64,
}

struct Walk {
    problems: Vec<Problem>,
    redactions: Redactions,
    redacted: Vec<Redacted>,
    checkpoints: BTreeMap<Position, Vec<String>>,
    before: Before,
    events: i64,
}

impl Walk {
    fn report(&mut self, position: i64, what: Fault) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem {
                position: Position(position),
                what,
            });
        }
    }

    fn over(mut self, rows: &[Row], mut holds: impl FnMut(Recorded)) -> Result<Self, LedgerError> {
        for row in rows {
            if let Some(event) = self.step(row)? {
                holds(event);
            }
        }
        Ok(self)
    }

    /// Looks at an event; gives it where it is what was recorded.
    fn step(&mut self, row: &Row) -> Result<Option<Recorded>, LedgerError> {
        let position = row.integer("position")?;
        self.events += 1;
        let expected = self.before.position + 1;
        if position < 1 {
            self.report(position, Fault::Misplaced);
            return Ok(None);
        }
        if position > expected {
            self.report(
                expected,
                Fault::Missing {
                    until: Position(position - 1),
                },
            );
        }
        let mut held = None;
        let (hash, at) = match read::recorded(row) {
            Ok(event) => {
                let holds = chain::hash(&event) == event.hash;
                if !holds {
                    match self.redactions.of(&event) {
                        Some(redacted) => self.redacted.push(redacted),
                        None => self.report(position, Fault::Hash),
                    }
                }
                if event.previous_hash != self.before.hash {
                    self.report(position, Fault::Chain);
                }
                if event.at.as_microsecond() < self.before.at {
                    self.report(position, Fault::Time);
                }
                let known = (event.hash.clone(), event.at.as_microsecond());
                held = holds.then_some(event);
                known
            }
            Err(failure) => {
                self.report(
                    position,
                    Fault::Unreadable {
                        reason: failure.to_string(),
                    },
                );
                (row.bytes("hash").unwrap_or_default(), self.before.at)
            }
        };
        if let Some(signed) = self.checkpoints.remove(&Position(position)) {
            let found = chain::hexadecimal(&hash);
            if signed.iter().any(|hash| *hash != found) {
                self.report(position, Fault::Checkpoint);
            }
        }
        self.before = Before { position, hash, at };
        Ok(held)
    }
}

async fn verify<C: ConnectionTrait, S: Send + 'static>(
    inner: &Inner,
    connection: &C,
    outside: Vec<Checkpoint>,
    (mut state, fold): (S, fn(&mut S, Recorded)),
) -> Result<(Verification, S), LedgerError> {
    let mut walk = Walk {
        problems: Vec::new(),
        redactions: redact::all(connection).await?,
        redacted: Vec::new(),
        checkpoints: BTreeMap::new(),
        before: Before {
            position: 0,
            hash: chain::genesis(),
            at: i64::MIN,
        },
        events: 0,
    };
    for checkpoint in checkpoint::kept(connection).await?.into_iter().chain(outside) {
        if inner
            .signer
            .as_ref()
            .is_some_and(|signer| !checkpoint.holds(signer.as_ref()))
        {
            walk.report(checkpoint.position.0, Fault::Signature);
        } else {
            walk.checkpoints
                .entry(checkpoint.position)
                .or_default()
                .push(checkpoint.hash);
        }
    }
    inner.progress.begin_log(read::head_of(connection).await?.0);
    let mut part = read::log_after(connection, Position(i64::MIN), PART).await?;
    while let Some(last) = part.last() {
        let last = Position(last.integer("position")?);
        // The next part is read while this one is looked at.
        let (next, walked) = tokio::try_join!(
            read::log_after(connection, last, PART),
            aside(move || {
                let walked = walk.over(&part, |event| fold(&mut state, event));
                (walked, state)
            })
        )?;
        part = next;
        state = walked.1;
        walk = walked.0?;
        inner.progress.reach_log(last.0);
    }
    let last = walk.before.position;
    let (head, hash) = read::head_of(connection).await?;
    let signed = walk.checkpoints.last_key_value().map_or(0, |(position, _)| position.0);
    let known = head.0.max(signed);
    if known > last {
        walk.report(last + 1, Fault::Missing { until: Position(known) });
    }
    if head.0 != last || hash != walk.before.hash {
        walk.report(last, Fault::Head);
    }
    streams(connection, &mut walk).await?;
    walk.problems.sort_by_key(|problem| problem.position);
    let verification = Verification {
        ok: walk.problems.is_empty(),
        events: walk.events,
        head: Position(last),
        problems: walk.problems,
        redacted: walk.redacted,
    };
    Ok((verification, state))
}

/// Versions of each stream are 1, 2, 3 …, and the table of streams agrees.
async fn streams<C: ConnectionTrait>(connection: &C, walk: &mut Walk) -> Result<(), LedgerError> {
    let gap = "e.events <> e.version OR e.first_version <> 1";
    let other = "s.version IS NULL OR s.version <> e.version";
    let streams = format!(
        "SELECT e.stream, e.position, CASE WHEN {gap} THEN 1 ELSE 0 END AS gap, CASE WHEN {other} THEN 1 ELSE 0 END AS other \
         FROM (SELECT stream, max(version) AS version, min(version) AS first_version, count(*) AS events, \
         max(position) AS position FROM events GROUP BY stream) e \
         LEFT JOIN stream s ON s.name = e.stream WHERE {gap} OR {other}"
    );
    for row in rows(connection, streams, vec![]).await? {
        let (position, stream) = (row.integer("position")?, row.text("stream")?);
        if row.truth("gap")? {
            let stream = stream.clone();
            walk.report(position, Fault::Versions { stream });
        }
        if row.truth("other")? {
            walk.report(position, Fault::StreamTable { stream });
        }
    }
    let without = "SELECT s.name AS stream FROM stream s \
                   WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = s.name)";
    for row in rows(connection, without, vec![]).await? {
        let stream = row.text("stream")?;
        walk.report(0, Fault::StreamTable { stream });
    }
    Ok(())
}
