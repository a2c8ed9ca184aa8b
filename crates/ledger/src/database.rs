//! The database: one writer and many readers on SQLite, a pool on PostgreSQL; and the settings without which an
//! accepted write could be lost.

use crate::{
    error::LedgerError,
    statement::{execute, one},
};
use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Rows that SQLite's thread reads ahead of whoever takes them: with few, the two wait for each other at each.
const ROWS_AHEAD: usize = 1_000;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// An SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, `postgres://user@host/name`.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `postgres://…`, `postgresql://…`, `sqlite:FILE` or the path of a file.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
            .unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err(LedgerError::Environment {
                what: format!("reading the database URL `{}`", scheme(text)),
                reason: "write postgres://user@host/name, or sqlite:FILE".to_owned(),
            });
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }

    /// Which kind of database it is.
    pub const fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }
}

/// A URL may hold a password: only its scheme is quoted.
fn scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(scheme, _)| scheme)
}

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Embedded.
    Sqlite,
    /// Shared by several nodes.
    Postgres,
}

/// Whether a ledger may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; on SQLite one process at a time.
    Write,
    /// Reads only; allowed beside a writer.
    Read,
}

/// The open connections.
pub(crate) struct Database {
    pub(crate) backend: Backend,
    pub(crate) access: Access,
    url: DatabaseUrl,
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    /// Held as long as the ledger writes to an SQLite file; the system frees it when the process ends.
    lock: Option<File>,
}

impl Database {
    pub(crate) async fn connect(
        url: &DatabaseUrl,
        access: Access,
        readers: u32,
        unsafe_durability: bool,
    ) -> Result<Self, LedgerError> {
        match url {
            DatabaseUrl::Sqlite(path) => Self::sqlite(path, access, readers, unsafe_durability).await,
            DatabaseUrl::Postgres(url) => Self::postgres(url, access, readers, unsafe_durability).await,
        }
    }

    async fn sqlite(path: &Path, access: Access, readers: u32, unsafe_durability: bool) -> Result<Self, LedgerError> {
        let lock = match access {
            Access::Write => Some(lock(path)?),
            Access::Read => None,
        };
        let file = path.to_owned();
        let synchronous = if unsafe_durability {
            SqliteSynchronous::Off
        } else {
            SqliteSynchronous::Full
        };
        let writer = if access == Access::Write {
            let mut options = ConnectOptions::new("sqlite::memory:");
            options.max_connections(1).min_connections(1).sqlx_logging(false);
            options
                .idle_timeout(None::<Duration>)
                .max_lifetime(None::<Duration>)
                .acquire_timeout(Duration::from_mins(1));
            let file = file.clone();
            options.map_sqlx_sqlite_opts(move |_| {
                quiet(SqliteConnectOptions::new())
                    .filename(&file)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(synchronous)
                    .foreign_keys(true)
                    // What is erased is overwritten, not left in free pages: sealed records and the keys to them.
                    .pragma("secure_delete", "ON")
                    .busy_timeout(Duration::from_secs(30))
            });
            Some(sea_orm::Database::connect(options).await?)
        } else {
            None
        };
        let mut options = ConnectOptions::new("sqlite::memory:");
        options
            .max_connections(readers.max(1))
            .sqlx_logging(false)
            .acquire_timeout(Duration::from_mins(1));
        options.map_sqlx_sqlite_opts(move |_| {
            quiet(SqliteConnectOptions::new())
                .filename(&file)
                .create_if_missing(false)
                .busy_timeout(Duration::from_secs(30))
                .row_buffer_size(ROWS_AHEAD)
                .pragma("query_only", "ON")
        });
        let readers = sea_orm::Database::connect(options).await?;
        let writer = writer.unwrap_or_else(|| readers.clone());
        let database = Self {
            backend: Backend::Sqlite,
            access,
            url: DatabaseUrl::Sqlite(path.to_owned()),
            writer,
            readers,
            lock,
        };
        if access == Access::Write && !unsafe_durability {
            database.sqlite_durability().await?;
        }
        Ok(database)
    }

    async fn sqlite_durability(&self) -> Result<(), LedgerError> {
        let mode = one(&self.writer, "PRAGMA journal_mode", vec![]).await?;
        let found = mode.map_or_else(|| Ok(String::new()), |row| row.text("journal_mode"))?;
        if found != "wal" {
            return Err(LedgerError::Durability {
                setting: "journal_mode",
                found,
                wanted: "wal",
            });
        }
        let synchronous = one(&self.writer, "PRAGMA synchronous", vec![]).await?;
        let found = synchronous.map_or_else(|| Ok(-1), |row| row.integer("synchronous"))?;
        if found < 2 {
            return Err(LedgerError::Durability {
                setting: "synchronous",
                found: found.to_string(),
                wanted: "2 (FULL)",
            });
        }
        Ok(())
    }

    async fn postgres(url: &str, access: Access, readers: u32, unsafe_durability: bool) -> Result<Self, LedgerError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(readers.max(1) + 2)
            .sqlx_logging(false)
            .acquire_timeout(Duration::from_mins(1));
        options.set_application_name("biaochi");
        let pool = sea_orm::Database::connect(options)
            .await
            .map_err(|source| LedgerError::Environment {
                what: "connecting to PostgreSQL".to_owned(),
                reason: source.to_string(),
            })?;
        let url = DatabaseUrl::Postgres(url.to_owned());
        let database = Self {
            backend: Backend::Postgres,
            access,
            url,
            writer: pool.clone(),
            readers: pool,
            lock: None,
        };
        database.postgres_collation().await?;
        if !unsafe_durability {
            database.postgres_durability().await?;
        }
        Ok(database)
    }

    async fn postgres_durability(&self) -> Result<(), LedgerError> {
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            let row = one(
                &self.writer,
                "SELECT current_setting($1) AS found",
                vec![setting.into()],
            )
            .await?;
            let found = row.map_or_else(|| Ok(String::new()), |row| row.text("found"))?;
            let holds = found == "on" || (setting == "synchronous_commit" && found == "remote_apply");
            if !holds {
                return Err(LedgerError::Durability {
                    setting,
                    found,
                    wanted: "on",
                });
            }
        }
        Ok(())
    }

    /// Text must sort by bytes, and be stored as UTF-8, as on SQLite.
    async fn postgres_collation(&self) -> Result<(), LedgerError> {
        let row = one(
            &self.writer,
            "SELECT datcollate AS collation, pg_encoding_to_char(encoding) AS encoding, \
             coalesce(to_jsonb(d)->>'datlocprovider', 'c') AS provider \
             FROM pg_database d WHERE datname = current_database()",
            vec![],
        )
        .await?;
        let Some(row) = row else {
            return Err(LedgerError::Database("the database does not list itself".to_owned()));
        };
        let collation = row.text("collation")?;
        let bytewise = matches!(collation.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8");
        if !bytewise || row.text("provider")? == "i" {
            return Err(LedgerError::Durability {
                setting: "collation",
                found: collation,
                wanted: "C (CREATE DATABASE … TEMPLATE template0 LC_COLLATE 'C' ENCODING 'UTF8')",
            });
        }
        let encoding = row.text("encoding")?;
        if encoding != "UTF8" {
            return Err(LedgerError::Durability {
                setting: "encoding",
                found: encoding,
                wanted: "UTF8",
            });
        }
        Ok(())
    }

    /// For reading.
    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Begins a transaction that writes: `IMMEDIATE` on SQLite, READ COMMITTED on PostgreSQL. Dropped, it rolls back.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction, LedgerError> {
        if self.access == Access::Read {
            return Err(LedgerError::ReadOnly);
        }
        Ok(self
            .writer
            .begin_with_options(TransactionOptions {
                isolation_level: (self.backend == Backend::Postgres).then_some(IsolationLevel::ReadCommitted),
                access_mode: None,
                sqlite_transaction_mode: (self.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            })
            .await?)
    }

    /// Begins a transaction whose reads all see the same state.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let transaction = self
            .readers
            .begin_with_options(TransactionOptions {
                isolation_level: (self.backend == Backend::Postgres).then_some(IsolationLevel::RepeatableRead),
                access_mode: None,
                sqlite_transaction_mode: (self.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Deferred),
            })
            .await?;
        Ok(transaction)
    }

    /// Begins a transaction that sees one state and may fill tables of its own connection, without keeping writers
    /// waiting.
    pub(crate) async fn beside(&self) -> Result<DatabaseTransaction, LedgerError> {
        let DatabaseUrl::Sqlite(path) = &self.url else {
            return Ok(self.snapshot().await?);
        };
        let file = path.clone();
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(move |_| {
            quiet(SqliteConnectOptions::new())
                .filename(&file)
                .create_if_missing(false)
                .busy_timeout(Duration::from_secs(30))
        });
        let connection = sea_orm::Database::connect(options).await?;
        Ok(connection
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: None,
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
            })
            .await?)
    }

    /// Waits until nothing runs, writes the WAL back into the SQLite file, and closes.
    pub(crate) async fn close(&self) -> Result<(), LedgerError> {
        if self.backend == Backend::Sqlite && self.access == Access::Write {
            execute(&self.writer, "PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await?;
        }
        self.readers.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        if let Some(lock) = &self.lock {
            lock.unlock().map_err(|source| LedgerError::Environment {
                what: "giving up the lock of the database".to_owned(),
                reason: source.to_string(),
            })?;
        }
        Ok(())
    }
}

fn quiet(options: SqliteConnectOptions) -> SqliteConnectOptions {
    use sea_orm::sqlx::ConnectOptions as _;
    options.disable_statement_logging()
}

/// Takes the lock file beside an SQLite database, so that one process writes.
fn lock(database: &Path) -> Result<File, LedgerError> {
    let failed = |what: &str, source: &std::io::Error| LedgerError::Environment {
        what: format!("{what} {}", database.display()),
        reason: source.to_string(),
    };
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|source| failed("making the folder of", &source))?;
    }
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|source| failed("opening the lock of", &source))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            return Err(LedgerError::Locked {
                path: path.display().to_string(),
                holder: holder.trim().to_owned(),
            });
        }
        Err(TryLockError::Error(source)) => return Err(failed("locking", &source)),
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "process {}", std::process::id()))
        .and_then(|()| file.flush())
        .map_err(|source| failed("writing the lock of", &source))?;
    Ok(file)
}
