//! Backup: a consistent copy of everything while the server runs, in one file, and the way back.
//!
//! A backup is a ZIP archive that any archive program opens and any program reads:
//! - `events.jsonl`: the log, one event a line, with its hashes;
//! - `state/<table>.jsonl`: what is kept beside the log, one row a line; bytes in Base64;
//! - `erasures.jsonl`: the rows of the table `erasure`, where there is one;
//! - `files/<digest>`: the files;
//! - `manifest.json`: where the log stood, and of every other part how many rows and bytes and which SHA-256.
//!
//! Log and state are read in one transaction, so that they fit each other. What is derived is left out: [`restore`] makes
//! it again, on either kind of database, and compares the head.
//!
//! An archive holds what people wrote, sealed, and the wrapped keys to it: keep it as you keep the database.

mod archive;
mod dump;
mod erasures;
mod load;
mod log;
mod manifest;
mod rows;

pub use dump::{Backup, backup};
pub use erasures::read_erasures;
pub use load::{Opening, Restored, restore};
pub use manifest::{ColumnContent, FilesPart, HeadMark, Manifest, Part, StateColumn, StatePart, read_manifest};

use crate::error::LedgerError;

/// The table whose rows are also the list of erasures.
const ERASURE: &str = "erasure";
/// Its name in the archive.
const ERASURES_PART: &str = "erasures.jsonl";

/// Why a backup or a restoration was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file of this name.
    #[error("{path} is there already: name another file, or move it away")]
    Exists {
        /// The file.
        path: String,
    },
    /// The database to restore into holds something.
    #[error("the database is not empty ({what}): restore into a new one")]
    NotEmpty {
        /// What it holds.
        what: String,
    },
    /// A table that was to be left out is not there.
    #[error("there is no table {table} to leave out")]
    NoTable {
        /// Its name.
        table: String,
    },
    /// The file is no backup at all.
    #[error("{path} is no backup of a ledger: {reason}")]
    NotABackup {
        /// The file.
        path: String,
        /// What was wrong.
        reason: String,
    },
    /// The archive is of a form that this program does not know.
    #[error(
        "the backup has format {found}, this program reads format {known}: use the release that wrote it, or a later one"
    )]
    Format {
        /// Format of the archive.
        found: u32,
        /// Format of this program.
        known: u32,
    },
    /// The archive is not as it was written.
    #[error("the backup is damaged at {part}: {reason}; nothing was restored, use another copy")]
    Damaged {
        /// Which part.
        part: String,
        /// What was wrong.
        reason: String,
    },
    /// The backup comes from a later release.
    #[error(
        "the backup has had the migration {migration}, which this program does not know: use the release that wrote it"
    )]
    Newer {
        /// The migration.
        migration: String,
    },
    /// The database to restore into is empty, but further than the backup.
    #[error("the database has had the migration {migration}, which the backup has not: restore into a new database")]
    Further {
        /// The migration.
        migration: String,
    },
    /// A file or folder could not be used.
    #[error("{what}: {reason}")]
    Environment {
        /// What was tried.
        what: String,
        /// What the system said.
        reason: String,
    },
    /// Database or file store failed, or the log does not hold.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(source: sea_orm::DbErr) -> Self {
        Self::Ledger(source.into())
    }
}

fn environment(what: impl Into<String>, source: &impl std::fmt::Display) -> BackupError {
    BackupError::Environment {
        what: what.into(),
        reason: source.to_string(),
    }
}

fn damaged(part: &str, reason: impl std::fmt::Display) -> BackupError {
    BackupError::Damaged {
        part: part.to_owned(),
        reason: reason.to_string(),
    }
}
