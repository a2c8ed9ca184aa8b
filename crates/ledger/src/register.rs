//! The register of files: which files the store holds, who brought them, and whether an event refers to them. A file to
//! which no event refers may be swept after a while; one that is referred to is kept.
//!
//! Sweeping has three steps, since register and store are not one: the file is marked ([`Ledger::mark_file_going`]), so that
//! no event can refer to it any more; then the store drops it; then it leaves the register. What a crash left marked is
//! taken up by the next sweep.

use crate::{
    change::Change,
    error::LedgerError,
    event::ActorId,
    files::{Digest, FileStore},
    ledger::Ledger,
    value::{Row, Value},
};
use jiff::Timestamp;

/// A file of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredFile {
    /// SHA-256 of its content, hexadecimal.
    pub digest: String,
    /// Its length in bytes.
    pub size: i64,
    /// Its media type.
    pub media: String,
    /// The name under which it was sent, if it had one.
    pub name: Option<String>,
    /// When it was sent first.
    pub uploaded_at: Timestamp,
    /// Who sent it first.
    pub uploaded_by: ActorId,
    /// Whether an event refers to it.
    pub referred: bool,
}

impl RegisteredFile {
    /// The change that enters it: in the commit whose event refers to it, or before. A file that is known stays as it is.
    pub fn entered(&self) -> Change {
        Change::InsertAbsent {
            table: "file",
            key: &["digest"],
            values: vec![
                ("digest", Value::from(&self.digest)),
                ("size", self.size.into()),
                ("media", Value::from(&self.media)),
                ("name", self.name.clone().into()),
                ("uploaded_at", self.uploaded_at.into()),
                ("uploaded_by", Value::from(&self.uploaded_by.0)),
                ("referred", self.referred.into()),
            ],
        }
    }

    fn read(row: &Row) -> Result<Self, LedgerError> {
        Ok(Self {
            digest: row.text("digest")?,
            size: row.integer("size")?,
            media: row.text("media")?,
            name: row.text_or_null("name")?,
            uploaded_at: row.instant("uploaded_at")?,
            uploaded_by: ActorId(row.text("uploaded_by")?),
            referred: row.integer("referred")? == 1,
        })
    }
}

/// In the column `referred`: the file is being removed.
const GOING: i64 = -1;

const COLUMNS: &str = "digest, size, media, name, uploaded_at, uploaded_by, referred";

impl Ledger {
    /// A file of the register; one that is being removed is not there.
    pub async fn file(&self, digest: &str) -> Result<Option<RegisteredFile>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM file WHERE digest = $1 AND referred >= 0");
        self.fetch_one(sql, vec![digest.into()])
            .await?
            .as_ref()
            .map(RegisteredFile::read)
            .transpose()
    }

    /// Files sent before an instant to which no event refers, the oldest first.
    pub async fn unreferred_files(&self, before: Timestamp, limit: u32) -> Result<Vec<RegisteredFile>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM file WHERE referred <= 0 AND uploaded_at < $1 ORDER BY uploaded_at, digest LIMIT $2"
        );
        self.fetch(sql, vec![before.into(), limit.into()])
            .await?
            .iter()
            .map(RegisteredFile::read)
            .collect()
    }

    /// Marks a file as being removed; `false` where an event refers to it by now, or somebody sent it again since it was
    /// read.
    pub async fn mark_file_going(&self, file: &RegisteredFile) -> Result<bool, crate::CommitError> {
        let mark = |from: i64| Change::Update {
            table: "file",
            values: vec![("referred", GOING.into())],
            whose: vec![
                ("digest", (&file.digest).into()),
                ("uploaded_at", file.uploaded_at.into()),
                ("referred", from.into()),
            ],
        };
        Ok(self.state_if(mark(0), vec![]).await? || self.state_if(mark(GOING), vec![]).await?)
    }

    /// Removes files sent before an instant to which no event refers, at most `limit`, from the store and from the
    /// register; how many.
    pub async fn sweep_files(
        &self,
        store: &FileStore,
        before: Timestamp,
        limit: u32,
    ) -> Result<usize, crate::CommitError> {
        let mut gone = 0;
        for file in self.unreferred_files(before, limit).await? {
            gone += usize::from(self.remove_file(store, &file).await?);
        }
        Ok(gone)
    }

    /// Removes one file to which no event refers, from the store and from the register; `false` where one does by now, or
    /// somebody sent it again since it was read.
    pub async fn remove_file(&self, store: &FileStore, file: &RegisteredFile) -> Result<bool, crate::CommitError> {
        if !self.mark_file_going(file).await? {
            return Ok(false);
        }
        store.remove(&Digest::parse(&file.digest)?).await?;
        self.forget_file(&file.digest).await?;
        Ok(true)
    }

    /// Takes a file out of the register that was marked, once the store has dropped it.
    pub async fn forget_file(&self, digest: &str) -> Result<bool, crate::CommitError> {
        let whose = vec![("digest", digest.into()), ("referred", GOING.into())];
        self.state_if(Change::Delete { table: "file", whose }, vec![]).await
    }
}
