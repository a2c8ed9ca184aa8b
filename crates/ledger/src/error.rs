//! What can go wrong, and how to mend it.

use crate::event::{Position, StreamName, Version};

/// A failure of the ledger itself.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The name of a stream is malformed.
    #[error("`{text}` is no stream name: write kind/id in ASCII letters, digits, '-', '_', '.'")]
    StreamName {
        /// What was given.
        text: String,
    },
    /// A body could not be written as canonical JSON.
    #[error("the body of a {kind} event cannot be written: {reason}")]
    Body {
        /// Kind of the event.
        kind: String,
        /// What the serialiser said.
        reason: String,
    },
    /// A body could not be read.
    #[error("event {position} ({kind}, schema {schema}) cannot be read: {reason}")]
    Unreadable {
        /// Where it stands.
        position: Position,
        /// Kind of the event.
        kind: String,
        /// Version of its body's shape.
        schema: u32,
        /// What the parser said.
        reason: String,
    },
    /// A column was not what the query expected.
    #[error("column {column}: {reason}")]
    Column {
        /// Name of the column.
        column: String,
        /// What the driver said.
        reason: String,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(String),
    /// Two transactions waited for one another, and this one gave way. Nothing was done; it may be tried again.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// Two rows would agree where no two may.
    #[error("a row like this is there already: {constraint}")]
    Unique {
        /// What the database says of the constraint.
        constraint: String,
    },
    /// A change does not fit the tables.
    #[error("change of {table}: {reason}")]
    Change {
        /// The table.
        table: String,
        /// Why it does not fit.
        reason: String,
    },
    /// The ledger was opened for reading.
    #[error("the ledger is open for reading only: write through the running server, or stop it first")]
    ReadOnly,
    /// The database has another shape than this program knows.
    #[error("the database lacks {missing}: open it once with writing, so that it is brought up to date")]
    Outdated {
        /// What it lacks.
        missing: String,
    },
    /// The database is set up in a way that would lose data.
    #[error("database setting {setting} is {found}, must be {wanted}: nothing may be lost")]
    Durability {
        /// The setting.
        setting: &'static str,
        /// As found.
        found: String,
        /// As it must be.
        wanted: &'static str,
    },
    /// Another process writes to the same SQLite file.
    #[error("{path} is open in another process ({holder}): stop it, or use PostgreSQL for several nodes")]
    Locked {
        /// The lock file.
        path: String,
        /// What the lock file says of its holder.
        holder: String,
    },
    /// The file store failed.
    #[error("file store: {0}")]
    Files(String),
    /// A file is larger than the limit.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The log, a checkpoint or a backup does not hold.
    #[error("{what} at position {position}")]
    Broken {
        /// Where.
        position: Position,
        /// What was found.
        what: String,
    },
    /// The disk or another part of the environment failed.
    #[error("{what}: {reason}")]
    Environment {
        /// What was tried.
        what: String,
        /// What the system said.
        reason: String,
    },
}

impl From<sea_orm::DbErr> for LedgerError {
    fn from(source: sea_orm::DbErr) -> Self {
        if let Some(sea_orm::SqlErr::UniqueConstraintViolation(constraint)) = source.sql_err() {
            return Self::Unique { constraint };
        }
        if gave_way(&source) {
            Self::Busy(source.to_string())
        } else {
            Self::Database(source.to_string())
        }
    }
}

/// Whether the database ended a transaction for the sake of another: PostgreSQL's deadlock and serialisation failures,
/// SQLite's lock that did not come.
fn gave_way(source: &sea_orm::DbErr) -> bool {
    use sea_orm::{DbErr, RuntimeErr, sqlx};
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = source else {
        return false;
    };
    let sqlx::Error::Database(error) = &**error else {
        return false;
    };
    error
        .code()
        .is_some_and(|code| matches!(code.as_ref(), "40P01" | "40001" | "5" | "261" | "517"))
}

/// Why a commit was not made. Nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else wrote to a stream first.
    #[error("{stream} stands at {actual}, not at {expected}: decide afresh")]
    Stale {
        /// The stream.
        stream: StreamName,
        /// Where the decision saw it.
        expected: Version,
        /// Where it stands.
        actual: Version,
    },
    /// A value that must be unique is taken.
    #[error("{kind} `{value}` is taken by {holder}")]
    Taken {
        /// Kind of value.
        kind: String,
        /// The value.
        value: String,
        /// The stream that holds it.
        holder: String,
    },
    /// The same key came with another request.
    #[error("the idempotency key `{key}` was used for another request")]
    KeyReused {
        /// The key.
        key: String,
    },
    /// The reaction has already happened.
    #[error("the reaction {cause} has already happened")]
    AlreadyReacted {
        /// Its cause.
        cause: String,
    },
    /// There is nothing to record.
    #[error("a commit needs at least one event or change of state")]
    Empty,
    /// The ledger itself failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<sea_orm::DbErr> for CommitError {
    fn from(source: sea_orm::DbErr) -> Self {
        Self::Ledger(source.into())
    }
}
