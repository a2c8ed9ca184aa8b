//! The one door for writes: a commit appends its events, and what hangs on them, in one transaction.
//!
//! Commits that wait together share a transaction (`group.rs`). The order is that of the house: ① the head row moves by
//! as many positions as there are events, and is the lock under which everything else happens; ② repetition, versions,
//! reads and reaction are checked; ③ events, rows and state are written; ④ the transaction commits. A failed check leaves
//! nothing behind.

use crate::{
    chain,
    change::Change,
    checkpoint,
    clock::today,
    commit::{Cause, Commit, Committed},
    error::{CommitError, LedgerError},
    event::{ActorId, Position, Recorded, StreamName, Version},
    group,
    ledger::{Inner, Ledger},
    read,
    registry::Writer,
    replay::projected,
    rows::{by_table, carry_out},
    statement::{execute, one, placeholders, rows},
    value::Value,
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    future::Future,
    sync::Arc,
};

/// How long a repetition of a request is answered as the first time.
pub(crate) const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
const KEPT: i64 = ANSWERS_KEPT.as_secs() * 1_000_000;
/// How often a decision is taken afresh before the caller is told of the conflict.
pub(crate) const ATTEMPTS: usize = 5;

impl Ledger {
    /// Records a decision: all of it, durably, or nothing.
    ///
    /// A caller that goes away does not stop it: a commit is made or rolled back whole.
    pub async fn commit(&self, mut commit: Commit) -> Result<Committed, CommitError> {
        if let Some(mark) = self.inner.mark {
            for write in &mut commit.writes {
                let events = std::mem::take(&mut write.events);
                write.events = events
                    .into_iter()
                    .map(|event| mark(&commit.actor, event))
                    .collect::<Result<_, _>>()?;
            }
        }
        validate(&self.inner, &commit)?;
        let commit = Arc::new(commit);
        let mut attempt = 1;
        loop {
            match group::commit(&self.inner, &commit).await {
                Err(CommitError::Ledger(LedgerError::Busy(_))) if attempt < ATTEMPTS => attempt += 1,
                result => return result,
            }
        }
    }

    /// What a request under this key was answered, where it has been made before: asked before anything is decided, so
    /// that a repetition is not refused for what its first time has changed. [`Ledger::commit`] asks again.
    pub async fn answered(&self, actor: &ActorId, key: &str, request: &str) -> Result<Option<Committed>, CommitError> {
        let now = self.inner.clock.now().as_microsecond();
        answered(self.inner.database.reader(), actor, key, request, now).await
    }

    /// Loads, decides and commits; where somebody else was first, loads and decides afresh, five times in all.
    ///
    /// `decide` gives the commit and whatever else the caller wants to know of the decision that held.
    pub async fn commit_with<T, E, F, D>(&self, decide: F) -> Result<(Committed, T), E>
    where
        F: Fn() -> D,
        D: Future<Output = Result<(Commit, T), E>>,
        E: From<CommitError>,
    {
        let mut attempt = 1;
        loop {
            let (commit, answer) = decide().await?;
            match self.commit(commit).await {
                Ok(committed) => return Ok((committed, answer)),
                Err(CommitError::Stale { .. }) if attempt < ATTEMPTS => attempt += 1,
                Err(refused) => return Err(refused.into()),
            }
        }
    }
}

/// What became of a commit inside its transaction.
pub(crate) enum Outcome {
    Made(Committed, Option<checkpoint::Checkpoint>),
    Repeated(Committed),
}

fn validate(inner: &Inner, commit: &Commit) -> Result<(), CommitError> {
    if commit.writes.iter().all(|write| write.events.is_empty()) && commit.state.is_empty() {
        return Err(CommitError::Empty);
    }
    for event in commit.writes.iter().flat_map(|write| &write.events) {
        let refuse = |reason: String| LedgerError::Body {
            kind: event.kind.clone(),
            reason,
        };
        let value: serde_json::Value =
            serde_json::from_str(&event.body).map_err(|source| refuse(source.to_string()))?;
        let canonical = serde_json_canonicalizer::to_string(&value).map_err(|source| refuse(source.to_string()))?;
        if canonical != event.body {
            return Err(refuse("it is not canonical JSON (RFC 8785): make events by NewEvent::new".to_owned()).into());
        }
    }
    for change in &commit.state {
        inner.registry.check(change, Writer::State)?;
    }
    Ok(())
}

/// Where the log stood when the lock was taken.
struct Before {
    position: i64,
    hash: Vec<u8>,
    at: i64,
}

/// Does what a commit says, in a transaction that others may share; whoever calls it keeps it or rolls it back.
pub(crate) async fn inside(
    inner: &Inner,
    transaction: &DatabaseTransaction,
    commit: &Commit,
) -> Result<Outcome, CommitError> {
    let count: usize = commit.writes.iter().map(|write| write.events.len()).sum();
    let now = inner.clock.now().as_microsecond();
    let alone = count > 0 || !commit.reads.is_empty() || commit.idempotency.is_some();
    let before = if alone {
        Some(advance(transaction, count as i64).await?)
    } else {
        None
    };
    if let Some(repeated) = repetition(transaction, commit, now).await? {
        return Ok(Outcome::Repeated(repeated));
    }
    let versions = check_versions(transaction, commit).await?;
    if let Cause::Reaction(..) = commit.cause {
        let cause = commit.cause.text();
        let sql = "INSERT INTO reaction (cause, at) VALUES ($1, $2) ON CONFLICT (cause) DO NOTHING";
        if execute(transaction, sql, vec![cause.as_str().into(), now.into()]).await? == 0 {
            return Err(CommitError::AlreadyReacted { cause });
        }
    }
    // State comes before the rows, so that an event may refer to a file that is entered with it.
    carry_out(transaction, commit.state.clone(), "").await?;
    let mut committed = Committed {
        first: Position::START,
        last: Position::START,
        at: instant(now)?,
        repeated: None,
    };
    let mut checkpoint = None;
    if let (Some(before), true) = (before, count > 0) {
        let at = now.max(before.at);
        let events = chained(commit, &versions, &before, instant(at)?);
        committed.at = instant(at)?;
        committed.first = Position(before.position + 1);
        committed.last = Position(before.position + count as i64);
        insert_events(transaction, &events).await?;
        move_streams(transaction, &events).await?;
        project(inner, transaction, &versions, &events).await?;
        if let Some(last) = events.last() {
            let sql = "UPDATE head SET hash = $1, at = $2 WHERE id = 1";
            execute(transaction, sql, vec![last.hash.clone().into(), at.into()]).await?;
            if checkpoint::due(before.position, last.position.0) {
                checkpoint = checkpoint::sign(inner, transaction, last.position, &last.hash, last.at).await?;
            }
        }
    }
    if let Some(idempotency) = &commit.idempotency {
        execute(
            transaction,
            "INSERT INTO idempotency (actor, key, request, answer, first_position, last_position, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            vec![
                Value::from(&commit.actor.0),
                Value::from(&idempotency.key),
                Value::from(&idempotency.request),
                Value::from(&idempotency.answer),
                committed.first.into(),
                committed.last.into(),
                committed.at.into(),
            ],
        )
        .await?;
    }
    Ok(Outcome::Made(committed, checkpoint))
}

fn instant(microseconds: i64) -> Result<Timestamp, LedgerError> {
    Timestamp::from_microsecond(microseconds).map_err(|source| LedgerError::Column {
        column: "at".to_owned(),
        reason: source.to_string(),
    })
}

/// ① Moves the head: the row's lock is held until the transaction ends.
async fn advance(transaction: &DatabaseTransaction, count: i64) -> Result<Before, LedgerError> {
    let sql = "UPDATE head SET position = position + $1 WHERE id = 1 RETURNING position, hash, at";
    let Some(row) = one(transaction, sql, vec![count.into()]).await? else {
        return Err(LedgerError::Broken {
            position: Position::START,
            what: "the head row is missing".to_owned(),
        });
    };
    Ok(Before {
        position: row.integer("position")? - count,
        hash: row.bytes("hash")?,
        at: row.integer("at")?,
    })
}

/// The first answer, where this request has been made before.
async fn repetition(
    transaction: &DatabaseTransaction,
    commit: &Commit,
    now: i64,
) -> Result<Option<Committed>, CommitError> {
    let Some(idempotency) = &commit.idempotency else {
        return Ok(None);
    };
    let sql = "DELETE FROM idempotency WHERE actor = $1 AND key = $2 AND at <= $3";
    let old = vec![
        Value::from(&commit.actor.0),
        Value::from(&idempotency.key),
        (now - KEPT).into(),
    ];
    execute(transaction, sql, old).await?;
    answered(transaction, &commit.actor, &idempotency.key, &idempotency.request, now).await
}

async fn answered<C: ConnectionTrait>(
    connection: &C,
    actor: &ActorId,
    key: &str,
    request: &str,
    now: i64,
) -> Result<Option<Committed>, CommitError> {
    let sql = "SELECT request, answer, first_position, last_position, at FROM idempotency \
               WHERE actor = $1 AND key = $2 AND at > $3";
    let values = vec![Value::from(&actor.0), key.into(), (now - KEPT).into()];
    let Some(row) = one(connection, sql, values).await? else {
        return Ok(None);
    };
    if row.text("request")? != request {
        return Err(CommitError::KeyReused { key: key.to_owned() });
    }
    Ok(Some(Committed {
        first: Position(row.integer("first_position")?),
        last: Position(row.integer("last_position")?),
        at: row.instant("at")?,
        repeated: Some(row.text("answer")?),
    }))
}

/// ② Where the streams of the commit stand; refuses a decision that rests on another state.
async fn check_versions(
    transaction: &DatabaseTransaction,
    commit: &Commit,
) -> Result<HashMap<StreamName, i64>, CommitError> {
    let mut names: Vec<&StreamName> = commit
        .writes
        .iter()
        .map(|w| &w.stream)
        .chain(commit.reads.iter().map(|(s, _)| s))
        .collect();
    names.sort();
    names.dedup();
    let mut versions: HashMap<StreamName, i64> = names.iter().map(|name| ((*name).clone(), 0)).collect();
    for some in names.chunks(500) {
        let sql = format!(
            "SELECT name, version FROM stream WHERE name IN ({})",
            placeholders(1, some.len())
        );
        let values = some.iter().map(|name| name.as_str().into()).collect();
        for row in rows(transaction, sql, values).await? {
            versions.insert(StreamName::parse(&row.text("name")?)?, row.integer("version")?);
        }
    }
    let stale = |stream: &StreamName, expected: Version, actual: i64| CommitError::Stale {
        stream: stream.clone(),
        expected,
        actual: Version(actual),
    };
    for (stream, expected) in &commit.reads {
        let actual = versions.get(stream).copied().unwrap_or_default();
        if actual != expected.0 {
            return Err(stale(stream, *expected, actual));
        }
    }
    let mut standing = versions.clone();
    for write in &commit.writes {
        let actual = standing.entry(write.stream.clone()).or_default();
        if *actual != write.expected.0 {
            return Err(stale(&write.stream, write.expected, *actual));
        }
        *actual += write.events.len() as i64;
    }
    Ok(versions)
}

/// The events as they will stand in the log.
fn chained(commit: &Commit, versions: &HashMap<StreamName, i64>, before: &Before, at: Timestamp) -> Vec<Recorded> {
    let cause = commit.cause.text();
    let day = today(at);
    let mut versions = versions.clone();
    let mut events: Vec<Recorded> = Vec::new();
    for write in &commit.writes {
        for event in &write.events {
            let version = versions.entry(write.stream.clone()).or_default();
            *version += 1;
            let mut recorded = Recorded {
                position: Position(before.position + 1 + events.len() as i64),
                stream: write.stream.clone(),
                version: Version(*version),
                kind: event.kind.clone(),
                schema: event.schema,
                at,
                effective: event.effective.unwrap_or(day),
                actor: commit.actor.clone(),
                cause: cause.clone(),
                body: event.body.clone(),
                previous_hash: events
                    .last()
                    .map_or_else(|| before.hash.clone(), |last| last.hash.clone()),
                hash: Vec::new(),
            };
            recorded.hash = chain::hash(&recorded);
            events.push(recorded);
        }
    }
    events
}

/// ③ Writes the events.
async fn insert_events(transaction: &DatabaseTransaction, events: &[Recorded]) -> Result<(), LedgerError> {
    for some in events.chunks(500) {
        let mut bound: Vec<Value> = Vec::with_capacity(some.len() * 12);
        let mut tuples = Vec::with_capacity(some.len());
        for event in some {
            tuples.push(format!("({})", placeholders(bound.len() + 1, 12)));
            bound.extend([
                event.position.into(),
                event.stream.as_str().into(),
                event.version.0.into(),
                Value::from(&event.kind),
                event.schema.into(),
                event.at.into(),
                event.effective.into(),
                Value::from(&event.actor.0),
                Value::from(&event.cause),
                Value::from(&event.body),
                event.previous_hash.clone().into(),
                event.hash.clone().into(),
            ]);
        }
        let sql = format!(
            "INSERT INTO events ({}) VALUES {}",
            read::EVENT_COLUMNS,
            tuples.join(", ")
        );
        execute(transaction, sql, bound).await?;
    }
    Ok(())
}

async fn move_streams(transaction: &DatabaseTransaction, events: &[Recorded]) -> Result<(), LedgerError> {
    let latest: BTreeMap<&StreamName, i64> = events.iter().map(|event| (&event.stream, event.version.0)).collect();
    let latest: Vec<(&StreamName, i64)> = latest.into_iter().collect();
    for some in latest.chunks(500) {
        let mut bound: Vec<Value> = Vec::with_capacity(some.len() * 3);
        let mut tuples = Vec::with_capacity(some.len());
        for (stream, version) in some {
            tuples.push(format!("({})", placeholders(bound.len() + 1, 3)));
            bound.extend([stream.as_str().into(), stream.kind().into(), (*version).into()]);
        }
        let sql = format!(
            "INSERT INTO stream (name, kind, version) VALUES {} ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            tuples.join(", ")
        );
        execute(transaction, sql, bound).await?;
    }
    Ok(())
}

/// Derives the rows: each projection sees, for each new event, its stream up to that event.
async fn project(
    inner: &Inner,
    transaction: &DatabaseTransaction,
    versions: &HashMap<StreamName, i64>,
    events: &[Recorded],
) -> Result<(), CommitError> {
    let followed = |kind: &str| inner.projections.iter().any(|projection| projection.follows(kind));
    let mut known: Vec<StreamName> = events
        .iter()
        .map(|event| &event.stream)
        .filter(|stream| versions.get(*stream).is_some_and(|version| *version > 0) && followed(stream.kind()))
        .cloned()
        .collect();
    known.sort();
    known.dedup();
    // The new events are in the table already: each stream is taken up to the version before them.
    let mut streams: HashMap<StreamName, Vec<Recorded>> = HashMap::new();
    for event in read::events_of(transaction, &known).await? {
        if versions
            .get(&event.stream)
            .is_some_and(|until| event.version.0 <= *until)
        {
            streams.entry(event.stream.clone()).or_default().push(event);
        }
    }
    let mut counts: HashMap<StreamName, usize> = HashMap::new();
    for event in events.iter().filter(|event| followed(event.stream.kind())) {
        *counts.entry(event.stream.clone()).or_default() += 1;
        streams.entry(event.stream.clone()).or_default().push(event.clone());
    }
    for projection in &inner.projections {
        let followed = counts.iter().filter_map(|(name, new)| {
            let events = streams.get(name).filter(|_| projection.follows(name.kind()))?;
            Some((events.as_slice(), *new))
        });
        let changes = projected(projection.as_ref(), followed);
        for change in &changes {
            inner.registry.check(change, Writer::Projection(projection.name()))?;
        }
        let referred = referred(&changes);
        carry_out(transaction, by_table(changes), projection.name()).await?;
        known_files(transaction, &referred).await?;
    }
    Ok(())
}

fn referred(changes: &[Change]) -> Vec<String> {
    let mut digests: Vec<String> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Refer { digest } => Some(digest.clone()),
            _ => None,
        })
        .collect();
    digests.sort();
    digests.dedup();
    digests
}

/// Refuses a commit that refers to a file which the register does not have, or which is being removed.
async fn known_files(transaction: &DatabaseTransaction, digests: &[String]) -> Result<(), CommitError> {
    for some in digests.chunks(500) {
        let sql = format!(
            "SELECT digest FROM file WHERE referred = 1 AND digest IN ({})",
            placeholders(1, some.len())
        );
        let mut known = HashSet::new();
        for row in rows(transaction, sql, some.iter().map(Value::from).collect()).await? {
            known.insert(row.text("digest")?);
        }
        if let Some(unknown) = some.iter().find(|digest| !known.contains(*digest)) {
            let reason = format!("an event refers to {unknown}, which is not in the register");
            return Err(LedgerError::Change {
                table: "file".to_owned(),
                reason,
            }
            .into());
        }
    }
    Ok(())
}
