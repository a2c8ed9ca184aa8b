//! The queue: work that is due at an instant, leased to a worker, repeated when it fails, and never lost.
//!
//! A job is `waiting`, then `running` under a lease, then `done` or `dead`. A lease that runs out puts the job back: its
//! worker is taken for dead. Work must therefore bear being begun twice; what must happen once is guarded by
//! [`crate::Cause::Reaction`] or by a claim.

use crate::{
    append::ANSWERS_KEPT,
    change::Change,
    error::LedgerError,
    ledger::Ledger,
    statement::placeholders,
    value::{Row, Value},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Which other jobs a job excludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uniqueness {
    /// None.
    Free,
    /// No second job with this key while one waits: "make the index afresh" need not be asked for twice.
    WhileWaiting(String),
    /// No second job with this key, ever (until [`Ledger::forget_done`]): a deadline.
    Once(String),
}

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What kind of work; workers claim by kind.
    pub kind: String,
    /// Which other jobs it excludes.
    pub uniqueness: Uniqueness,
    /// Not before this instant.
    pub due: Timestamp,
    /// What the worker needs to know, as JSON.
    pub body: String,
    /// How often it is tried before it is dead.
    pub attempts: u32,
}

impl NewJob {
    /// A job of a kind, due at an instant, tried eight times.
    pub fn new(kind: &str, due: Timestamp, body: String) -> Self {
        Self {
            kind: kind.to_owned(),
            uniqueness: Uniqueness::Free,
            due,
            body,
            attempts: 8,
        }
    }
}

/// A job in the hands of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What kind of work.
    pub kind: String,
    /// What the worker needs to know.
    pub body: String,
    /// When it was due.
    pub due: Timestamp,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// Attempts in all.
    pub attempts: i64,
    /// The lease under which it is held.
    pub lease: String,
    /// What went wrong last time; empty at first.
    pub failure: String,
}

impl Job {
    fn read(row: &Row) -> Result<Self, LedgerError> {
        Ok(Self {
            id: row.text("id")?,
            kind: row.text("kind")?,
            body: row.text("body")?,
            due: row.instant("due")?,
            attempt: row.integer("attempts")?,
            attempts: row.integer("limit_of_attempts")?,
            lease: row.text("lease")?,
            failure: row.text("failure")?,
        })
    }
}

/// How long after the given failed attempt (from 1) the next one is due: 10 s, doubled each time, at most an hour.
pub fn pause(attempt: i64) -> SignedDuration {
    let doubled = 10_i64 << attempt.clamp(1, 10).saturating_sub(1);
    SignedDuration::from_secs(doubled.min(3600))
}

const COLUMNS: &str = "id, kind, body, due, attempts, limit_of_attempts, lease, failure";

/// Statements of a lease: which row, and that it is still ours.
fn held(job: &Job) -> Vec<(&'static str, Value)> {
    vec![
        ("id", Value::from(&job.id)),
        ("lease", Value::from(&job.lease)),
        ("state", "running".into()),
    ]
}

impl Ledger {
    /// The change that puts a job into the queue, to be handed over with the commit that wants it. Where its key is
    /// taken, nothing happens.
    pub fn enqueued(&self, job: NewJob) -> Change {
        let (key, kept) = match job.uniqueness {
            Uniqueness::Free => (None, false),
            Uniqueness::WhileWaiting(key) => (Some(key), false),
            Uniqueness::Once(key) => (Some(key), true),
        };
        let named = key.is_some();
        let values = vec![
            ("id", Value::from(Uuid::now_v7().to_string())),
            ("kind", job.kind.into()),
            ("unique_key", key.into()),
            ("keeps_key", kept.into()),
            ("body", job.body.into()),
            ("state", "waiting".into()),
            ("due", job.due.into()),
            ("attempts", 0.into()),
            ("limit_of_attempts", job.attempts.max(1).into()),
            ("lease", "".into()),
            ("leased_until", 0.into()),
            ("failure", "".into()),
            ("created_at", self.inner.clock.now().into()),
            ("ended_at", 0.into()),
        ];
        if named {
            Change::InsertAbsent {
                table: "job",
                key: &["unique_key"],
                values,
            }
        } else {
            Change::Insert { table: "job", values }
        }
    }

    /// Leases at most `limit` jobs of these kinds that are due, the longest due first, to `worker` for `lease`.
    pub async fn claim_jobs(
        &self,
        kinds: &[&str],
        worker: &str,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Job>, LedgerError> {
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.inner.clock.now();
        let dead = "UPDATE job SET state = 'dead', failure = 'the lease ran out', ended_at = $1 \
                    WHERE state = 'running' AND leased_until <= $1 AND attempts >= limit_of_attempts";
        let skip = self.skip_locked();
        let take = format!(
            "WITH picked AS MATERIALIZED (\
             SELECT id FROM job WHERE (state = 'waiting' OR (state = 'running' AND leased_until <= $3)) AND due <= $3 \
             AND kind IN ({}) ORDER BY due, id LIMIT $4{skip}) \
             UPDATE job SET state = 'running', attempts = attempts + 1, lease = $1, leased_until = $2, \
             unique_key = CASE WHEN keeps_key = 1 THEN unique_key END \
             WHERE id IN (SELECT id FROM picked) RETURNING {COLUMNS}",
            placeholders(5, kinds.len())
        );
        let mut values = vec![
            Value::from(format!("{worker}/{}", Uuid::new_v4())),
            later(now, lease).into(),
            now.into(),
            limit.into(),
        ];
        values.extend(kinds.iter().map(|kind| Value::from(*kind)));
        let taken = self.swept((dead.to_owned(), vec![now.into()]), (take, values)).await?;
        let mut jobs: Vec<Job> = taken.iter().map(Job::read).collect::<Result<_, _>>()?;
        jobs.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
        Ok(jobs)
    }

    /// Marks a job done, and carries out `then` with it; `false`, and nothing done, where the lease was lost.
    pub async fn complete_job(&self, job: &Job, then: Vec<Change>) -> Result<bool, crate::CommitError> {
        let done = Change::Update {
            table: "job",
            values: vec![("state", "done".into()), ("ended_at", self.inner.clock.now().into())],
            whose: held(job),
        };
        self.state_if(done, then).await
    }

    /// Holds a job for longer; `false` where the lease was lost.
    pub async fn extend_job(&self, job: &Job, lease: SignedDuration) -> Result<bool, crate::CommitError> {
        let until = later(self.inner.clock.now(), lease);
        let longer = Change::Update {
            table: "job",
            values: vec![("leased_until", until.into())],
            whose: held(job),
        };
        self.state_if(longer, vec![]).await
    }

    /// Gives a job back after a failure: it is due again after a [`pause`], or dead after its last attempt.
    pub async fn fail_job(&self, job: &Job, failure: &str) -> Result<bool, crate::CommitError> {
        let now = self.inner.clock.now();
        let values = if job.attempt >= job.attempts {
            vec![
                ("state", "dead".into()),
                ("failure", failure.into()),
                ("ended_at", now.into()),
            ]
        } else {
            vec![
                ("state", "waiting".into()),
                ("failure", failure.into()),
                ("due", later(now, pause(job.attempt)).into()),
            ]
        };
        self.state_if(
            Change::Update {
                table: "job",
                values,
                whose: held(job),
            },
            vec![],
        )
        .await
    }

    /// Jobs that failed for good, the latest first: an operator looks at them.
    pub async fn dead_jobs(&self, limit: u32) -> Result<Vec<Job>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM job WHERE state = 'dead' ORDER BY ended_at DESC, id LIMIT $1");
        self.fetch(sql, vec![limit.into()])
            .await?
            .iter()
            .map(Job::read)
            .collect()
    }

    /// Puts a dead job back into the queue, due now, with all its attempts before it.
    pub async fn revive_job(&self, id: &str) -> Result<bool, crate::CommitError> {
        let again = Change::Update {
            table: "job",
            values: vec![
                ("state", "waiting".into()),
                ("attempts", 0.into()),
                ("due", self.inner.clock.now().into()),
                ("ended_at", 0.into()),
            ],
            whose: vec![("id", id.into()), ("state", "dead".into())],
        };
        self.state_if(again, vec![]).await
    }

    /// Forgets what ended before an instant, jobs that are done and messages that were sent, and the answers that are no
    /// longer kept for repetitions. Events are never forgotten. How many rows went.
    pub async fn forget_done(&self, before: Timestamp) -> Result<u64, LedgerError> {
        let answered = later(self.inner.clock.now(), -ANSWERS_KEPT);
        let transaction = self.inner.database.write().await?;
        let mut gone = 0;
        for (sql, before) in [
            ("DELETE FROM job WHERE state = 'done' AND ended_at < $1", before),
            ("DELETE FROM outbox WHERE state = 'sent' AND ended_at < $1", before),
            ("DELETE FROM idempotency WHERE at <= $1", answered),
        ] {
            gone += crate::statement::execute(&transaction, sql, vec![before.into()]).await?;
        }
        transaction.commit().await?;
        Ok(gone)
    }

    /// PostgreSQL's workers pass by what another one is taking; SQLite has one writer at a time anyway.
    pub(crate) fn skip_locked(&self) -> &'static str {
        match self.inner.database.backend {
            crate::Backend::Postgres => " FOR UPDATE SKIP LOCKED",
            crate::Backend::Sqlite => "",
        }
    }

    /// Runs a statement, and then one that returns rows, in one transaction.
    pub(crate) async fn swept(
        &self,
        first: (String, Vec<Value>),
        then: (String, Vec<Value>),
    ) -> Result<Vec<Row>, LedgerError> {
        let transaction = self.inner.database.write().await?;
        crate::statement::execute(&transaction, first.0, first.1).await?;
        let answer = crate::statement::rows(&transaction, then.0, then.1).await?;
        transaction.commit().await?;
        Ok(answer)
    }
}

/// An instant so much later; the end of time where there is none.
pub(crate) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
