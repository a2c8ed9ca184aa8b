//! The ledger: what is open, and the way it is opened.

use crate::{
    checkpoint::{CheckpointSink, Signer},
    clock::Clock,
    database::{Access, Backend, Database, DatabaseUrl},
    error::LedgerError,
    event::{ActorId, NewEvent, Position},
    group::Group,
    migration::{self, StateMigration},
    progress::Progress,
    projection::Projection,
    rebuild,
    registry::Registry,
};
use std::sync::Arc;
use tokio::sync::watch;

/// How a ledger is opened.
#[derive(Clone)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// Whether it may write.
    pub access: Access,
    /// How many connections read at once.
    pub readers: u32,
    /// Runs on settings under which a power cut loses accepted writes. For tests alone.
    pub allow_unsafe_durability: bool,
    /// Marks the events of every commit before they are recorded; absent where nothing is to be marked.
    pub mark: Option<Mark>,
    /// Signs checkpoints; without it none are written.
    pub signer: Option<Arc<dyn Signer>>,
    /// Where checkpoints go beside the database.
    pub sink: Option<Arc<dyn CheckpointSink>>,
    /// Where one sees how far a verification, a rebuilding, a backup or a restoring has come.
    pub progress: Progress,
    /// Who is told what is being done while it is opened.
    pub opening: Option<watch::Sender<Opening>>,
}

impl Config {
    /// A ledger that writes to this database and reads over eight connections.
    pub fn new(database: DatabaseUrl) -> Self {
        Self {
            database,
            access: Access::Write,
            readers: 8,
            allow_unsafe_durability: false,
            mark: None,
            signer: None,
            sink: None,
            progress: Progress::default(),
            opening: None,
        }
    }

    fn tell(&self, opening: Opening) {
        if let Some(told) = &self.opening {
            told.send_replace(opening);
        }
    }
}

/// What is being done while a ledger is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Opening {
    /// The database is reached, and its settings are read back.
    #[default]
    Connecting,
    /// The tables are brought up to date, or another node does so.
    Migrating,
    /// The rows of these projections are made again from the log.
    Rebuilding(Vec<&'static str>),
    /// It is open.
    Open,
}

/// Gives an event that this actor records the mark that it must carry.
pub type Mark = fn(&ActorId, NewEvent) -> Result<NewEvent, LedgerError>;

/// The open ledger. Cheap to clone; all clones are the same ledger.
#[derive(Clone)]
pub struct Ledger {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) database: Database,
    pub(crate) projections: Vec<Arc<dyn Projection>>,
    pub(crate) registry: Registry,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) mark: Option<Mark>,
    pub(crate) signer: Option<Arc<dyn Signer>>,
    pub(crate) sink: Option<Arc<dyn CheckpointSink>>,
    pub(crate) progress: Progress,
    pub(crate) news: watch::Sender<Position>,
    pub(crate) group: Group,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger")
            .field("backend", &self.inner.database.backend)
            .finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens a ledger: connects, refuses settings under which writes could be lost, brings the tables up to date, and
    /// makes the rows again of projections that are new or whose version has changed.
    ///
    /// For [`Access::Read`] nothing is changed, and a database that is not up to date is refused.
    pub async fn open(
        config: Config,
        projections: Vec<Arc<dyn Projection>>,
        state: Vec<StateMigration>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, LedgerError> {
        let registry = Registry::new(&projections, &state)?;
        let database = Database::connect(
            &config.database,
            config.access,
            config.readers,
            config.allow_unsafe_durability,
        )
        .await?;
        match config.access {
            Access::Write => {
                config.tell(Opening::Migrating);
                migration::migrate(&database, &state, clock.now()).await?;
            }
            Access::Read => {
                if !migration::exists(database.reader(), database.backend, "migration").await? {
                    return Err(LedgerError::Outdated {
                        missing: "the ledger's tables".to_owned(),
                    });
                }
                let had = migration::had(&database).await?;
                if let Some(lacking) = state.iter().find(|m| !had.iter().any(|name| name == m.name)) {
                    return Err(LedgerError::Outdated {
                        missing: lacking.name.to_owned(),
                    });
                }
            }
        }
        let ledger = Self {
            inner: Arc::new(Inner {
                database,
                projections,
                registry,
                clock,
                mark: config.mark,
                signer: config.signer.clone(),
                sink: config.sink.clone(),
                progress: config.progress.clone(),
                news: watch::Sender::new(Position::START),
                group: Group::default(),
            }),
        };
        let stale = rebuild::stale(&ledger.inner, ledger.inner.database.reader()).await?;
        if !stale.is_empty() {
            if config.access == Access::Read {
                return Err(LedgerError::Outdated {
                    missing: format!("rows of {}", stale.join(", ")),
                });
            }
            config.tell(Opening::Rebuilding(stale.clone()));
            rebuild::rebuild(&ledger.inner, &stale, rebuild::Choice::StillStale).await?;
        }
        if config.access == Access::Write {
            rebuild::disown(&ledger.inner).await?;
        }
        let (head, _) = ledger.head().await?;
        ledger.inner.news.send_replace(head);
        if config.access == Access::Write {
            ledger.carry_out_redactions().await?;
        }
        config.tell(Opening::Open);
        Ok(ledger)
    }

    /// Where one sees how far its long pieces of work have come.
    pub fn progress(&self) -> Progress {
        self.inner.progress.clone()
    }

    /// Which kind of database holds it.
    pub fn backend(&self) -> Backend {
        self.inner.database.backend
    }

    /// The clock that it was opened with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// The head as this process last moved it: followers wait on it. Other nodes' events are found by polling
    /// [`Ledger::events`].
    pub fn follow(&self) -> watch::Receiver<Position> {
        self.inner.news.subscribe()
    }

    /// Writes a last checkpoint, waits for what runs, and closes. Clones of this ledger are of no use afterwards.
    pub async fn close(&self) -> Result<(), LedgerError> {
        if self.inner.database.access == Access::Write {
            self.checkpoint_now().await?;
        }
        self.inner.database.close().await
    }
}
