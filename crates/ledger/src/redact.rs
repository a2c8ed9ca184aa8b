//! Removing the content of an entry that should never have been recorded, while the chain still verifies.
//!
//! A later event, `entry.redacted`, says so: it names the entry, holds a seal over everything of it but the body, its hash
//! among it, and the words that stand in the body's place from then on. The entry's hash stays, so the events after it and
//! the signed checkpoints hold as before; what can no longer be computed from the body is held by the seal, which is part of
//! the chain itself. An entry whose body was changed and that no such event names is still a fault.
//!
//! The event is committed first, like any other; then its removal is carried out ([`Ledger::carry_out_redactions`]), which
//! is idempotent, and done again at each start: a copy that was taken before is restored with its content, and loses it as
//! soon as the log says that it has to.

use crate::{
    chain,
    change::Change,
    commit::Commit,
    database::Backend,
    error::{CommitError, LedgerError},
    event::{NewEvent, Position, Recorded, StreamName, Version},
    ledger::{Inner, Ledger},
    migration, read, rebuild,
    register::RegisteredFile,
    statement::{execute, rows},
    tables,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kind of the event by which the content of an entry is removed.
pub const REDACTION: &str = "entry.redacted";
/// Kind of the streams that hold such events, one for each entry.
const STREAM: &str = "redaction";

/// Body of a [`REDACTION`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The entry whose content goes.
    pub entry: Position,
    /// [`chain::seal`] of it, hexadecimal.
    pub seal: String,
    /// The body that stands there from now on: canonical JSON, an object with the member `redacted`.
    pub stays: String,
    /// Why, in the words of whoever decided it.
    pub reason: String,
    /// By which rule.
    pub rule: String,
    /// Who asked for it, where another approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
}

/// An entry whose content was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redacted {
    /// The entry.
    pub position: Position,
    /// The event that says so.
    pub by: Position,
    /// By which rule.
    pub rule: String,
}

/// The stream of the redaction of an entry.
pub fn stream(entry: Position) -> Result<StreamName, LedgerError> {
    StreamName::parse(&format!("{STREAM}/{entry}"))
}

impl Redaction {
    /// Adds it to a commit. That it is the first of its entry the version of its stream says.
    pub fn written(&self, commit: Commit) -> Result<Commit, LedgerError> {
        let event = NewEvent::new(REDACTION, 1, self)?;
        Ok(commit.write(stream(self.entry)?, Version::NONE, vec![event]))
    }

    /// Whether this is what an entry became by it.
    fn fits(&self, entry: &Recorded) -> bool {
        entry.body == self.stays && self.seal == chain::hexadecimal(&chain::seal(entry))
    }
}

/// The redactions of the log, by the entry.
pub(crate) async fn all<C: ConnectionTrait>(connection: &C) -> Result<Redactions, LedgerError> {
    // `0` comes after `/`: the streams of this kind, by the index of the table.
    let sql = format!(
        "SELECT {} FROM events WHERE stream > '{STREAM}/' AND stream < '{STREAM}0' AND version = 1 ORDER BY position",
        read::EVENT_COLUMNS
    );
    let mut redactions = BTreeMap::new();
    for row in rows(connection, sql, vec![]).await? {
        let Ok(event) = read::recorded(&row) else { continue };
        if let (REDACTION, Ok(redaction)) = (event.kind.as_str(), event.read::<Redaction>()) {
            redactions.insert(redaction.entry, (event.position, redaction));
        }
    }
    Ok(Redactions(redactions))
}

/// The redactions of a log.
#[derive(Debug, Default)]
pub(crate) struct Redactions(BTreeMap<Position, (Position, Redaction)>);

impl Redactions {
    /// By which event an entry lost its content, where it did and is what that event says.
    pub(crate) fn of(&self, entry: &Recorded) -> Option<Redacted> {
        let (by, redaction) = self.0.get(&entry.position)?;
        redaction.fits(entry).then(|| Redacted {
            position: entry.position,
            by: *by,
            rule: redaction.rule.clone(),
        })
    }
}

/// Whether an event says of itself that its content was removed; that it was by right only the whole log tells.
pub(crate) fn claims_to_be_redacted(event: &Recorded) -> bool {
    event
        .read::<serde_json::Value>()
        .is_ok_and(|body| body.get("redacted").is_some())
}

impl Ledger {
    /// Removes the content of every entry that a committed [`Redaction`] names and that still has it, and makes the rows of
    /// its streams again; says which. An entry that is not what its redaction sealed is left as it is.
    pub async fn carry_out_redactions(&self) -> Result<Vec<Position>, LedgerError> {
        let inner = &self.inner;
        let (done, kinds) = remove(inner).await?;
        let names: Vec<&str> = inner
            .projections
            .iter()
            .filter(|p| kinds.iter().any(|kind| p.follows(kind)))
            .map(|p| p.name())
            .collect();
        if !names.is_empty() {
            rebuild::rebuild(inner, &names, rebuild::Choice::Named).await?;
        }
        Ok(done)
    }
}

impl Ledger {
    /// A file to which no event refers any more, so that it may be removed; nothing where one still does.
    pub async fn release_file(&self, digest: &str) -> Result<Option<RegisteredFile>, CommitError> {
        // Reads every body: what is redacted is rare, and a file that goes wrongly does not come back.
        let held = self
            .count(
                "SELECT COUNT(*) AS n FROM events WHERE body LIKE $1",
                vec![format!("%{digest}%").into()],
            )
            .await?;
        if held > 0 {
            return Ok(None);
        }
        self.state(vec![Change::Update {
            table: "file",
            values: vec![("referred", false.into())],
            whose: vec![("digest", digest.into()), ("referred", true.into())],
        }])
        .await?;
        Ok(self.file(digest).await?)
    }
}

/// Takes the bodies out, in one transaction under the lock of the head; gives the entries and the kinds of their streams.
async fn remove(inner: &Inner) -> Result<(Vec<Position>, Vec<String>), LedgerError> {
    let known = all(inner.database.reader()).await?;
    let (mut due, mut kinds) = (Vec::new(), Vec::new());
    for (position, (_, redaction)) in known.0 {
        let sql = format!("SELECT {} FROM events WHERE position = $1", read::EVENT_COLUMNS);
        for row in rows(inner.database.reader(), sql, vec![position.into()]).await? {
            let entry = read::recorded(&row)?;
            let sealed = redaction.seal == chain::hexadecimal(&chain::seal(&entry));
            if sealed && entry.body != redaction.stays && chain::hash(&entry) == entry.hash {
                kinds.push(entry.stream.kind().to_owned());
                due.push((position, redaction.stays.clone()));
            }
        }
    }
    if due.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let backend = inner.database.backend;
    let transaction = inner.database.write().await?;
    migration::alone(&transaction, backend).await?;
    execute(&transaction, "UPDATE head SET position = position WHERE id = 1", vec![]).await?;
    // The only place that changes an event, and nothing of it but the body.
    let lifted: &[&str] = match backend {
        Backend::Sqlite => &["DROP TRIGGER events_kept_update"],
        Backend::Postgres => &["ALTER TABLE events DISABLE TRIGGER events_kept_row"],
    };
    for statement in lifted {
        transaction.execute_unprepared(statement).await?;
    }
    for (position, stays) in &due {
        execute(
            &transaction,
            "UPDATE events SET body = $1 WHERE position = $2",
            vec![stays.into(), (*position).into()],
        )
        .await?;
    }
    let back: Vec<String> = match backend {
        Backend::Sqlite => tables::guards(backend)
            .into_iter()
            .filter(|guard| guard.contains("events_kept_update"))
            .collect(),
        Backend::Postgres => vec!["ALTER TABLE events ENABLE TRIGGER events_kept_row".to_owned()],
    };
    for statement in &back {
        transaction.execute_unprepared(statement).await?;
    }
    transaction.commit().await?;
    Ok((due.into_iter().map(|(position, _)| position).collect(), kinds))
}
