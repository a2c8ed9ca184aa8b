//! Out of a running ledger, into an archive.

use super::{
    BackupError, ERASURE, ERASURES_PART,
    archive::Writer,
    log::{self, Follower},
    manifest::{EVENTS_PART, FILES_FOLDER, FORMAT, FORMAT_VERSION, FilesPart, MANIFEST, Manifest, Part, StatePart},
    rows::{self, After, Shape},
};
use crate::{
    chain,
    database::Backend,
    error::LedgerError,
    event::Position,
    files::{Digest, FileStore},
    ledger::Ledger,
    progress::Progress,
    read, statement, tables,
};
use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::{collections::HashSet, path::Path};

/// Rows read at once.
const CHUNK: i64 = 1_000;
/// Bytes handed on at once.
const PIECE: usize = 128 * 1024;

/// Tables that are made again from the log, or are written by opening a ledger.
const DERIVED: [&str; 5] = [
    tables::EVENTS.name,
    tables::HEAD.name,
    tables::STREAM.name,
    tables::PROJECTION.name,
    tables::MIGRATION.name,
];

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// What is in it. Where `files.missing` is not empty, somebody must look after the file store.
    pub manifest: Manifest,
    /// Size of the archive in bytes.
    pub size: u64,
}

/// Writes a backup of a ledger and its files to `path`, where there must be no file yet. The ledger goes on meanwhile:
/// what is committed after the call is not in it.
///
/// `left_out` names state that must not come back, such as sessions. A file that the store has lost does not stop the
/// backup; it is named in the manifest. A log whose hashes do not hold does stop it. Where it fails, no file is left.
pub async fn backup(ledger: &Ledger, store: &FileStore, left_out: &[&str], path: &Path) -> Result<Backup, BackupError> {
    ledger.checkpoint_now().await?;
    let mut archive = Writer::create(path)?;
    match fill(&mut archive, ledger, store, left_out).await {
        Ok(manifest) => Ok(Backup {
            manifest,
            size: archive.finish().await?,
        }),
        Err(error) => {
            archive.give_up().await;
            Err(error)
        }
    }
}

async fn fill(
    archive: &mut Writer,
    ledger: &Ledger,
    store: &FileStore,
    left_out: &[&str],
) -> Result<Manifest, BackupError> {
    let created_at = ledger.clock().now();
    let transaction = ledger.inner.database.snapshot().await?;
    if ledger.backend() == Backend::Postgres {
        transaction.execute_unprepared("SET TRANSACTION READ ONLY").await?;
    }
    let snapshot = Snapshot {
        transaction,
        backend: ledger.backend(),
    };
    // The first question fixes what all others see.
    let (position, hash) = read::head_of(&snapshot.transaction).await?;
    ledger.inner.progress.begin_log(position);
    let migrations = snapshot.names("SELECT name FROM migration ORDER BY name").await?;
    let (events, follower) = snapshot.events(&ledger.inner.progress, archive).await?;
    if (follower.position(), follower.hash()) != (position, hash.as_slice()) {
        let what = format!(
            "the head is {} but the log ends in {}",
            chain::hexadecimal(&hash),
            follower.mark().hash
        );
        return Err(LedgerError::Broken { position, what }.into());
    }
    let mut state = Vec::new();
    for table in snapshot.state_tables(left_out).await? {
        state.push(snapshot.state(&table, archive).await?);
    }
    let referred = snapshot.files().await?;
    // Files never change: the database need not be held while they are copied.
    snapshot.transaction.rollback().await?;
    let files = copy_files(store, referred, archive).await?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: FORMAT_VERSION,
        created_at,
        release: env!("CARGO_PKG_VERSION").to_owned(),
        database: match ledger.backend() {
            Backend::Sqlite => "sqlite".to_owned(),
            Backend::Postgres => "postgres".to_owned(),
        },
        head: follower.mark(),
        migrations,
        events,
        state,
        left_out: left_out.iter().map(|table| (*table).to_owned()).collect(),
        files,
    };
    archive.begin(MANIFEST, true).await?;
    let bytes =
        serde_json::to_vec_pretty(&manifest).map_err(|source| super::environment("writing the manifest", &source))?;
    archive.bytes(bytes.into()).await?;
    Ok(manifest)
}

/// The database as it stood at one moment.
struct Snapshot {
    transaction: DatabaseTransaction,
    backend: Backend,
}

/// Lines on their way into the archive.
struct Lines<'a> {
    archive: &'a mut Writer,
    gathered: Vec<u8>,
    rows: u64,
}

impl<'a> Lines<'a> {
    async fn begin(archive: &'a mut Writer, name: &str) -> Result<Self, BackupError> {
        archive.begin(name, true).await?;
        Ok(Self {
            archive,
            gathered: Vec::with_capacity(2 * PIECE),
            rows: 0,
        })
    }

    /// Hands on what has gathered, after a row.
    async fn row(&mut self) -> Result<(), BackupError> {
        self.rows += 1;
        if self.gathered.len() >= PIECE {
            self.flush().await?;
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), BackupError> {
        let lines = std::mem::replace(&mut self.gathered, Vec::with_capacity(2 * PIECE));
        self.archive.bytes(lines.into()).await
    }

    async fn end(mut self, name: String) -> Result<Part, BackupError> {
        self.flush().await?;
        let stored = self.archive.end();
        Ok(Part {
            name,
            rows: self.rows,
            bytes: stored.size,
            sha256: stored.digest,
        })
    }
}

impl Snapshot {
    async fn names(&self, sql: &str) -> Result<Vec<String>, BackupError> {
        let answer = statement::rows(&self.transaction, sql, vec![]).await?;
        answer.iter().map(|row| Ok(row.text("name")?)).collect()
    }

    /// The log, each event checked against the one before.
    async fn events(&self, progress: &Progress, archive: &mut Writer) -> Result<(Part, Follower), BackupError> {
        let mut follower = Follower::new();
        let mut lines = Lines::begin(archive, EVENTS_PART).await?;
        let mut position = Position::START;
        loop {
            let events = read::events_after(&self.transaction, position, CHUNK).await?;
            let Some(last) = events.last() else { break };
            position = last.position;
            progress.reach_log(position.0);
            for event in &events {
                follower.follow(event)?;
                log::write(event, &mut lines.gathered)?;
                lines.row().await?;
            }
        }
        Ok((lines.end(EVENTS_PART.to_owned()).await?, follower))
    }

    /// Tables that are not derived and not left out.
    async fn state_tables(&self, left_out: &[&str]) -> Result<Vec<String>, BackupError> {
        let all = rows::tables(&self.transaction, self.backend).await?;
        if let Some(missing) = left_out.iter().find(|table| !all.iter().any(|there| there == *table)) {
            return Err(BackupError::NoTable {
                table: (*missing).to_owned(),
            });
        }
        let mut without: HashSet<String> = DERIVED
            .iter()
            .chain(left_out)
            .map(|table| (*table).to_owned())
            .collect();
        for tables in self.names("SELECT tables AS name FROM projection").await? {
            without.extend(tables.split(',').map(str::to_owned));
        }
        Ok(all.into_iter().filter(|table| !without.contains(table)).collect())
    }

    async fn state(&self, table: &str, archive: &mut Writer) -> Result<StatePart, BackupError> {
        let shape = Shape::of(&self.transaction, self.backend, table).await?;
        let name = if table == ERASURE {
            ERASURES_PART.to_owned()
        } else {
            format!("state/{table}.jsonl")
        };
        // Claims that a projection makes come back with its rows.
        let condition = if table == tables::CLAIM.name { "source = ''" } else { "" };
        let mut lines = Lines::begin(archive, &name).await?;
        let mut after = After::Start;
        loop {
            let (sql, values) = shape.next(condition, &after, CHUNK);
            let found = statement::rows(&self.transaction, sql, values).await?;
            let Some(last) = found.last() else { break };
            for row in &found {
                rows::write(&shape, row, &mut lines.gathered)?;
                lines.row().await?;
            }
            after = shape.after(last, lines.rows as i64)?;
        }
        let part = lines.end(name).await?;
        Ok(StatePart {
            table: table.to_owned(),
            columns: shape.columns,
            part,
        })
    }

    /// The files that the database knows, and whether an event refers to each.
    async fn files(&self) -> Result<Vec<(Digest, bool)>, BackupError> {
        let mut files = Vec::new();
        let mut after = String::new();
        loop {
            let sql = "SELECT digest, referred FROM file WHERE digest > $1 ORDER BY digest LIMIT $2";
            let found = statement::rows(&self.transaction, sql, vec![after.as_str().into(), CHUNK.into()]).await?;
            let Some(last) = found.last() else { return Ok(files) };
            after = last.text("digest")?;
            for row in &found {
                files.push((Digest::parse(&row.text("digest")?)?, row.integer("referred")? == 1));
            }
        }
    }
}

/// Copies the files into the archive, each checked on the way.
async fn copy_files(
    store: &FileStore,
    files: Vec<(Digest, bool)>,
    archive: &mut Writer,
) -> Result<FilesPart, BackupError> {
    let mut part = FilesPart {
        count: 0,
        bytes: 0,
        missing: Vec::new(),
    };
    for (digest, referred) in files {
        let Some(mut file) = store.open_unchecked(&digest).await? else {
            // What nothing refers to may have been swept since the snapshot.
            if referred {
                part.missing.push(digest);
            }
            continue;
        };
        archive.begin(&format!("{FILES_FOLDER}{digest}"), false).await?;
        while let Some(bytes) = file.content.try_next().await? {
            archive.bytes(bytes).await?;
        }
        let stored = archive.end();
        if stored.digest == digest {
            part.count += 1;
            part.bytes += stored.size;
        } else {
            archive.abort().await?;
            part.missing.push(digest);
        }
    }
    Ok(part)
}
