//! The manifest: what is in an archive.

use super::{BackupError, archive, damaged};
use crate::{
    event::Position,
    files::{Digest, Stored},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the first line of every manifest says.
pub(super) const FORMAT: &str = "biaochi-backup";
/// The form of archive that this program writes and reads.
pub(super) const FORMAT_VERSION: u32 = 1;
/// Name of the manifest in the archive.
pub(super) const MANIFEST: &str = "manifest.json";
/// Name of the log in the archive.
pub(super) const EVENTS_PART: &str = "events.jsonl";
/// What the names of files in the archive start with.
pub(super) const FILES_FOLDER: &str = "files/";

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `biaochi-backup`.
    pub format: String,
    /// Form of the archive.
    pub version: u32,
    /// When the copy was made, by the ledger's clock.
    pub created_at: Timestamp,
    /// Release that wrote it.
    pub release: String,
    /// Kind of database it was read from: `sqlite` or `postgres`. Any kind takes it back.
    pub database: String,
    /// Where the log stood.
    pub head: HeadMark,
    /// Migrations that the database had had.
    pub migrations: Vec<String>,
    /// The log.
    pub events: Part,
    /// What is kept beside the log, table by table.
    pub state: Vec<StatePart>,
    /// Tables that were left out on purpose.
    pub left_out: Vec<String>,
    /// The files.
    pub files: FilesPart,
}

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadMark {
    /// Position of the last event, 0 where there is none.
    pub position: Position,
    /// Its hash, hexadecimal; zeros where there is none.
    pub hash: String,
}

/// One part of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the archive.
    pub name: String,
    /// Lines.
    pub rows: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
}

impl Part {
    /// What its bytes must be.
    pub(super) const fn stored(&self) -> Stored {
        Stored {
            digest: self.sha256,
            size: self.bytes,
        }
    }
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatePart {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<StateColumn>,
    /// Its rows.
    #[serde(flatten)]
    pub part: Part,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateColumn {
    /// Name.
    pub name: String,
    /// What it holds.
    pub content: ColumnContent,
}

/// What a column holds, NULL apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnContent {
    /// Text.
    Text,
    /// A 64-bit integer.
    Integer,
    /// Bytes, in Base64.
    Bytes,
}

/// The files of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesPart {
    /// How many.
    pub count: u64,
    /// Bytes of all, unpacked.
    pub bytes: u64,
    /// Files that the database knows and the store did not have, or had damaged: not in the archive.
    pub missing: Vec<Digest>,
}

/// Reads the manifest of an archive, and nothing else: which backup is this?
pub fn read_manifest(path: &Path) -> Result<Manifest, BackupError> {
    let (_, manifest) = archive::open(path)?;
    Ok(manifest)
}

/// A manifest from its bytes.
pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Manifest, BackupError> {
    #[derive(Deserialize)]
    struct Heading {
        format: String,
        version: u32,
    }
    let foreign = |reason: String| BackupError::NotABackup {
        path: path.display().to_string(),
        reason,
    };
    let heading: Heading = serde_json::from_slice(bytes).map_err(|source| foreign(format!("{MANIFEST}: {source}")))?;
    if heading.format != FORMAT {
        return Err(foreign(format!("its format is {}", heading.format)));
    }
    if heading.version != FORMAT_VERSION {
        return Err(BackupError::Format {
            found: heading.version,
            known: FORMAT_VERSION,
        });
    }
    serde_json::from_slice(bytes).map_err(|source| damaged(MANIFEST, source))
}
