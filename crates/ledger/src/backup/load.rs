//! Out of an archive, into an empty database of either kind.

use super::{
    BackupError, archive, damaged, environment,
    log::{self, Follower},
    manifest::{EVENTS_PART, FILES_FOLDER, Manifest, StatePart},
    rows::{self, Shape},
};
use crate::{
    chain,
    clock::Clock,
    database::{Access, Backend, Database},
    error::LedgerError,
    event::Recorded,
    files::{Digest, FileStore, Limits},
    ledger::{Config, Ledger},
    migration::{self, StateMigration},
    progress::Progress,
    projection::Projection,
    schema::quoted,
    statement::{execute, one, rows as ask},
    tables,
    value::Value,
    verify::Verification,
};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::{path::Path, sync::Arc};
use tokio::sync::mpsc;

/// Migrations that the ledger makes of itself.
const OWN: &str = "ledger-";

/// How the restored ledger is opened; as for [`Ledger::open`].
pub struct Opening {
    /// The database to restore into: empty, of either kind.
    pub config: Config,
    /// What derives the rows.
    pub projections: Vec<Arc<dyn Projection>>,
    /// What makes the tables of state.
    pub state: Vec<StateMigration>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opening").finish_non_exhaustive()
    }
}

/// A ledger that was restored.
#[derive(Debug)]
pub struct Restored {
    /// The open ledger, its rows made again.
    pub ledger: Ledger,
    /// What the archive said of itself.
    pub manifest: Manifest,
    /// Files that the backup lacked and the store does not have either.
    pub missing: Vec<Digest>,
    /// What a verification of the restored log found. A checkpoint kept outside that is later than the backup shows here:
    /// what was recorded after the backup is lost.
    pub verification: Verification,
}

/// Restores a backup into an empty database and a file store, and opens the ledger.
///
/// The whole archive is read and compared with its manifest before anything is written; files go into the store first,
/// then log and state go into the database in one transaction, so that it stays empty where that fails. What is older than
/// this program is brought up to date as by [`Ledger::open`].
pub async fn restore(path: &Path, store: &FileStore, opening: Opening) -> Result<Restored, BackupError> {
    let from = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || {
        let (mut archive, manifest) = archive::open(&from)?;
        let files = archive::check(&mut archive, &manifest)?;
        Ok::<_, BackupError>((archive, manifest, files))
    });
    let (archive, manifest, files) = opened
        .await
        .map_err(|source| environment("reading the archive", &source))??;
    let past = migrations_had(&manifest, &opening.state)?;

    let config = &opening.config;
    let database = Database::connect(
        &config.database,
        Access::Write,
        config.readers,
        config.allow_unsafe_durability,
    )
    .await?;
    refuse_unless_empty(&database, &manifest).await?;

    let file_names = files.iter().map(|digest| format!("{FILES_FOLDER}{digest}"));
    let state_names = manifest.state.iter().map(|state| state.part.name.clone());
    let names = file_names.chain([EVENTS_PART.to_owned()]).chain(state_names).collect();
    let mut parts = archive::send(archive, names);
    for digest in &files {
        put_file(store, &mut parts, digest).await?;
    }
    migration::migrate(&database, &past, opening.clock.now()).await?;
    let had = migration::had(&database).await?;
    if let Some(newer) = manifest.migrations.iter().find(|name| !had.contains(name)) {
        return Err(BackupError::Newer {
            migration: newer.clone(),
        });
    }
    let transaction = database.write().await?;
    migration::alone(&transaction, database.backend).await?;
    refuse_rows(&transaction, tables::EVENTS.name).await?;
    load(&transaction, database.backend, &manifest, &mut parts, &config.progress).await?;
    transaction.commit().await?;
    database.close().await?;
    drop(database);

    let ledger = Ledger::open(opening.config, opening.projections, opening.state, opening.clock).await?;
    let (position, hash) = ledger.head().await?;
    if (position, chain::hexadecimal(&hash)) != (manifest.head.position, manifest.head.hash.clone()) {
        let what = "the restored log has another head than the backup".to_owned();
        return Err(LedgerError::Broken { position, what }.into());
    }
    let verification = ledger.verify().await?;
    let mut missing = Vec::new();
    for digest in &manifest.files.missing {
        if !store.exists(digest).await? {
            missing.push(*digest);
        }
    }
    Ok(Restored {
        ledger,
        manifest,
        missing,
        verification,
    })
}

/// The migrations of state that the backup has had. One that is not known comes from a later release.
fn migrations_had(manifest: &Manifest, state: &[StateMigration]) -> Result<Vec<StateMigration>, BackupError> {
    let own = |name: &str| name.starts_with(OWN);
    if let Some(newer) = manifest
        .migrations
        .iter()
        .find(|name| !own(name) && !state.iter().any(|known| known.name == **name))
    {
        return Err(BackupError::Newer {
            migration: newer.clone(),
        });
    }
    Ok(state
        .iter()
        .filter(|known| manifest.migrations.iter().any(|name| name == known.name))
        .copied()
        .collect())
}

/// A database is empty that has no tables, or those of a ledger no further than the backup, without anything in them.
async fn refuse_unless_empty(database: &Database, manifest: &Manifest) -> Result<(), BackupError> {
    let there = rows::tables(database.reader(), database.backend).await?;
    if there.is_empty() {
        return Ok(());
    }
    if !there.iter().any(|table| table == tables::MIGRATION.name) {
        return Err(BackupError::NotEmpty {
            what: format!("table {}", there.join(", ")),
        });
    }
    let had = migration::had(database).await?;
    if let Some(further) = had.into_iter().find(|name| !manifest.migrations.contains(name)) {
        return Err(BackupError::Further { migration: further });
    }
    let opened = [tables::HEAD.name, tables::PROJECTION.name, tables::MIGRATION.name];
    let others = there
        .iter()
        .map(String::as_str)
        .filter(|table| !opened.contains(table) && *table != tables::EVENTS.name);
    for table in [tables::EVENTS.name].into_iter().chain(others) {
        refuse_rows(database.reader(), table).await?;
    }
    Ok(())
}

async fn refuse_rows<C: ConnectionTrait>(connection: &C, table: &str) -> Result<(), BackupError> {
    let sql = format!(
        "SELECT count(*) AS n FROM (SELECT 1 FROM {} LIMIT 1) AS found",
        quoted(table)
    );
    if one(connection, sql, vec![])
        .await?
        .map_or(Ok(0), |row| row.integer("n"))?
        > 0
    {
        return Err(BackupError::NotEmpty {
            what: format!("table {table} has rows"),
        });
    }
    Ok(())
}

/// The next piece of a part; `None` at its end.
async fn next(parts: &mut mpsc::Receiver<Result<Bytes, BackupError>>) -> Result<Option<Bytes>, BackupError> {
    match parts.recv().await {
        Some(Ok(bytes)) => Ok(Some(bytes).filter(|bytes| !bytes.is_empty())),
        Some(Err(error)) => Err(error),
        None => Err(environment("reading the archive", &"it ended early")),
    }
}

async fn put_file(
    store: &FileStore,
    parts: &mut mpsc::Receiver<Result<Bytes, BackupError>>,
    digest: &Digest,
) -> Result<(), BackupError> {
    let content = stream::try_unfold(parts, |parts| async move {
        Ok::<_, BackupError>(next(parts).await?.map(|bytes| (bytes, parts)))
    });
    let stored = store.put(content, Limits { max_bytes: u64::MAX }).await?;
    if stored.digest != *digest {
        return Err(damaged(
            &format!("{FILES_FOLDER}{digest}"),
            "it changed while it was read",
        ));
    }
    Ok(())
}

/// Lines of a part, cut from its pieces.
struct Lines<'a> {
    parts: &'a mut mpsc::Receiver<Result<Bytes, BackupError>>,
    rest: BytesMut,
    read: u64,
}

impl<'a> Lines<'a> {
    fn new(parts: &'a mut mpsc::Receiver<Result<Bytes, BackupError>>) -> Self {
        Self {
            parts,
            rest: BytesMut::new(),
            read: 0,
        }
    }

    async fn next(&mut self, part: &str) -> Result<Option<BytesMut>, BackupError> {
        let mut looked = 0;
        loop {
            if let Some(end) = self.rest[looked..].iter().position(|byte| *byte == b'\n') {
                let mut line = self.rest.split_to(looked + end + 1);
                line.truncate(looked + end);
                self.read += 1;
                return Ok(Some(line));
            }
            looked = self.rest.len();
            match next(self.parts).await? {
                Some(bytes) => self.rest.extend_from_slice(&bytes),
                None if self.rest.is_empty() => return Ok(None),
                None => return Err(damaged(part, "its last line has no end")),
            }
        }
    }

    /// Refuses another number of lines than the manifest says.
    fn counted(&self, part: &str, wanted: u64) -> Result<(), BackupError> {
        if self.read == wanted {
            Ok(())
        } else {
            Err(damaged(part, format!("{} lines, not {wanted}", self.read)))
        }
    }
}

/// Log and state into their tables.
async fn load(
    transaction: &DatabaseTransaction,
    backend: Backend,
    manifest: &Manifest,
    parts: &mut mpsc::Receiver<Result<Bytes, BackupError>>,
    progress: &Progress,
) -> Result<(), BackupError> {
    progress.begin(manifest.events.rows);
    let follower = load_events(transaction, manifest, parts, progress).await?;
    if follower.mark() != manifest.head {
        return Err(damaged(
            EVENTS_PART,
            format!("it ends at {}, not at {}", follower.position(), manifest.head.position),
        ));
    }
    if let Some(at) = follower.at() {
        let sql = "UPDATE head SET position = $1, hash = $2, at = $3 WHERE id = 1";
        let values = vec![follower.position().into(), follower.hash().to_vec().into(), at.into()];
        execute(transaction, sql, values).await?;
    }
    let kind = match backend {
        Backend::Sqlite => "substr(stream, 1, instr(stream, '/') - 1)",
        Backend::Postgres => "split_part(stream, '/', 1)",
    };
    let sql = format!(
        "INSERT INTO stream (name, kind, version) SELECT stream, {kind}, max(version) FROM events GROUP BY stream"
    );
    execute(transaction, sql, vec![]).await?;
    let holes = "SELECT stream AS name FROM events GROUP BY stream HAVING max(version) <> count(*) OR min(version) <> 1 LIMIT 1";
    if let Some(row) = ask(transaction, holes, vec![]).await?.first() {
        return Err(damaged(
            EVENTS_PART,
            format!("the versions of {} are not 1, 2, 3 …", row.text("name")?),
        ));
    }
    for state in &manifest.state {
        load_state(transaction, backend, state, parts).await?;
    }
    Ok(())
}

async fn load_events(
    transaction: &DatabaseTransaction,
    manifest: &Manifest,
    parts: &mut mpsc::Receiver<Result<Bytes, BackupError>>,
    progress: &Progress,
) -> Result<Follower, BackupError> {
    let columns: Vec<&str> = tables::EVENTS.columns.iter().map(|column| column.name).collect();
    let full = rows::batch(columns.len()) * columns.len();
    let mut follower = Follower::new();
    let mut lines = Lines::new(parts);
    let mut values = Vec::with_capacity(full);
    while let Some(line) = lines.next(EVENTS_PART).await? {
        let event = log::read(&line)?;
        follower.follow(&event).map_err(|source| damaged(EVENTS_PART, source))?;
        progress.reach_log(event.position.0);
        values.extend(event_values(event));
        if values.len() >= full {
            rows::insert(transaction, tables::EVENTS.name, &columns, std::mem::take(&mut values)).await?;
        }
    }
    rows::insert(transaction, tables::EVENTS.name, &columns, values).await?;
    lines.counted(EVENTS_PART, manifest.events.rows)?;
    Ok(follower)
}

/// The columns of an event, in the order of the table.
fn event_values(event: Recorded) -> [Value; 12] {
    [
        event.position.into(),
        event.stream.as_str().into(),
        event.version.0.into(),
        event.kind.into(),
        event.schema.into(),
        event.at.into(),
        event.effective.into(),
        event.actor.0.into(),
        event.cause.into(),
        event.body.into(),
        event.previous_hash.into(),
        event.hash.into(),
    ]
}

async fn load_state(
    transaction: &DatabaseTransaction,
    backend: Backend,
    state: &StatePart,
    parts: &mut mpsc::Receiver<Result<Bytes, BackupError>>,
) -> Result<(), BackupError> {
    let part = state.part.name.as_str();
    let shape = Shape::of(transaction, backend, &state.table).await?;
    // What a migration put there is in the backup, as it became.
    execute(transaction, format!("DELETE FROM {}", quoted(&state.table)), vec![]).await?;
    if let Some(lacking) = state.columns.iter().find(|column| !shape.columns.contains(column)) {
        let (table, name, content) = (&state.table, &lacking.name, lacking.content);
        return Err(damaged(
            part,
            format!("the database has no column {table}.{name} of kind {content:?}"),
        ));
    }
    let columns: Vec<&str> = state.columns.iter().map(|column| column.name.as_str()).collect();
    let full = rows::batch(columns.len()) * columns.len();
    let mut lines = Lines::new(parts);
    let mut values = Vec::new();
    while let Some(line) = lines.next(part).await? {
        values.extend(rows::read(part, &state.columns, &line)?);
        if values.len() >= full {
            rows::insert(transaction, &state.table, &columns, std::mem::take(&mut values)).await?;
        }
    }
    rows::insert(transaction, &state.table, &columns, values).await?;
    lines.counted(part, state.part.rows)
}
