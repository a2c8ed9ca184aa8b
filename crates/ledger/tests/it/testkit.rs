//! A fresh database for each test, on SQLite and, where `BIAOCHI_TEST_POSTGRES` holds the URL of a server on which
//! databases can be created, on PostgreSQL.

use async_trait::async_trait;
use jiff::Timestamp;
use ledger::{
    ActorId, Cause, Change, Checkpoint, CheckpointSink, Commit, Config, DatabaseUrl, Ledger, LedgerError, NewEvent,
    Projection, Recorded, Segment, SetClock, Signer, StreamName, Table, Timeline, Value, Version,
    table::{integer, text},
    timeline::{self, HISTORY_COLUMNS},
};
use sea_orm::{ConnectionTrait, Database};
use sha2::Digest;
use std::{
    io::Write as _,
    sync::{Arc, Mutex},
};

/// A database that goes with the test.
pub struct Place {
    pub url: DatabaseUrl,
    pub clock: Arc<SetClock>,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn config(&self) -> Config {
        Config {
            allow_unsafe_durability: true,
            readers: 4,
            ..Config::new(self.url.clone())
        }
    }

    pub async fn open(&self) -> Ledger {
        self.open_with(projections()).await
    }

    pub async fn open_with(&self, projections: Vec<Arc<dyn Projection>>) -> Ledger {
        Ledger::open(self.config(), projections, vec![], self.clock.clone())
            .await
            .unwrap()
    }

    /// Runs a statement past the ledger.
    pub async fn tamper(&self, sql: &str) {
        let url = match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let connection = Database::connect(url).await.unwrap();
        connection
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        connection.close().await.unwrap();
    }
}

/// The URL with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    format!("{}/{name}{query}", &base[..end])
}

pub fn noon() -> Timestamp {
    "2026-03-02T04:00:00Z".parse().unwrap()
}

/// Runs a test on a fresh database of each kind.
pub async fn each(test: impl AsyncFn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("biaochi.db"));
    test(&Place {
        url,
        clock: Arc::new(SetClock::at(noon())),
        _folder: folder,
    })
    .await;
    on_postgres(test).await;
}

/// Runs a test on a fresh PostgreSQL database, where there is a server.
pub async fn on_postgres(test: impl AsyncFn(&Place)) {
    let Ok(server) = std::env::var("BIAOCHI_TEST_POSTGRES") else {
        // Past the capture of the test runner, and once.
        static SAID: std::sync::Once = std::sync::Once::new();
        SAID.call_once(|| {
            let _ = std::io::stderr().write_all(
                b"SKIPPED on PostgreSQL: set BIAOCHI_TEST_POSTGRES to the URL of a server where databases can be made\n",
            );
        });
        return;
    };
    let name = format!("ledger_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin
        .execute_unprepared(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
        ))
        .await
        .unwrap();
    let url = DatabaseUrl::Postgres(with_database(&server, &name));
    let folder = tempfile::tempdir().unwrap();
    test(&Place {
        url,
        clock: Arc::new(SetClock::at(noon())),
        _folder: folder,
    })
    .await;
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
}

pub fn stream(name: &str) -> StreamName {
    StreamName::parse(name).unwrap()
}

pub fn officer() -> ActorId {
    ActorId("officer-1".to_owned())
}

pub fn request(id: &str) -> Cause {
    Cause::Request(id.to_owned())
}

pub fn event(kind: &str, body: serde_json::Value) -> NewEvent {
    NewEvent::new(kind, 1, &body).unwrap()
}

/// A commit of one event to one stream.
pub fn one(name: &str, expected: i64, event: NewEvent) -> Commit {
    Commit::new(officer(), request("r-1")).write(stream(name), Version(expected), vec![event])
}

pub fn projections() -> Vec<Arc<dyn Projection>> {
    vec![Arc::new(Tasks { version: 1 }), Arc::new(Holders)]
}

/// Rows of tasks: number and title; the number belongs to one task alone.
pub struct Tasks {
    pub version: u32,
}

pub const TASK_TABLES: &[Table] = &[Table {
    name: "toy_task",
    columns: &[text("id"), integer("number"), text("title"), integer("changes")],
    key: &["id"],
    indexes: &["unique:number"],
}];

impl Projection for Tasks {
    fn name(&self) -> &'static str {
        "toy-tasks"
    }
    fn version(&self) -> u32 {
        self.version
    }
    fn tables(&self) -> &'static [Table] {
        TASK_TABLES
    }
    fn follows(&self, kind: &str) -> bool {
        kind == "task"
    }
    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let last = events.last().unwrap();
        let body: serde_json::Value = last.read().unwrap();
        let id = last.stream.id();
        match last.kind.as_str() {
            "task.entered" => {
                let number = body["number"].as_i64().unwrap();
                vec![
                    Change::Claim {
                        kind: "task-number",
                        value: number.to_string(),
                        holder: last.stream.to_string(),
                    },
                    Change::Insert {
                        table: "toy_task",
                        values: vec![
                            ("id", id.into()),
                            ("number", number.into()),
                            ("title", body["title"].as_str().unwrap_or_default().into()),
                            ("changes", 0.into()),
                        ],
                    },
                ]
            }
            "task.proved" => vec![Change::Refer {
                digest: body["digest"].as_str().unwrap().to_owned(),
            }],
            _ => vec![Change::Update {
                table: "toy_task",
                values: vec![
                    ("title", body["title"].as_str().unwrap_or_default().into()),
                    ("changes", Value::from(events.len() as i64 - 1)),
                ],
                whose: vec![("id", id.into())],
            }],
        }
    }
}

/// Who holds an obligation, with its history.
pub struct Holders;

const HOLDER_TABLES: &[Table] = &[Table {
    name: "toy_holder",
    columns: &[
        text("id"),
        HISTORY_COLUMNS[0],
        HISTORY_COLUMNS[1],
        HISTORY_COLUMNS[2],
        HISTORY_COLUMNS[3],
        text("holder"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["holder, valid_from"],
}];

impl Timeline for Holders {
    const TABLE: &'static str = "toy_holder";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return vec![] };
        timeline::fold(
            first.stream.id(),
            events,
            |state: &mut Option<String>, event| {
                let body: serde_json::Value = event.read().unwrap();
                *state = body["holder"].as_str().map(str::to_owned);
            },
            |state| state.as_ref().map(|holder| vec![("holder", holder.into())]),
        )
    }
}

impl Projection for Holders {
    fn name(&self) -> &'static str {
        "toy-holders"
    }
    fn version(&self) -> u32 {
        1
    }
    fn tables(&self) -> &'static [Table] {
        HOLDER_TABLES
    }
    fn follows(&self, kind: &str) -> bool {
        kind == "obligation"
    }
    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        timeline::project::<Self>(events)
    }
}

/// Signs by a digest with a secret: enough to know one's own signatures again.
pub struct Seal;

impl Signer for Seal {
    fn sign(&self, message: &[u8]) -> String {
        let digest = sha2::Sha256::digest([b"secret", message].concat());
        ledger::chain::hexadecimal(&digest)
    }
    fn verify(&self, message: &[u8], signature: &str) -> bool {
        self.sign(message) == signature
    }
}

/// Keeps checkpoints in memory.
#[derive(Default)]
pub struct Drawer(pub Mutex<Vec<Checkpoint>>);

#[async_trait]
impl CheckpointSink for Drawer {
    async fn put(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        self.0.lock().unwrap().push(checkpoint.clone());
        Ok(())
    }
    async fn all(&self) -> Result<Vec<Checkpoint>, LedgerError> {
        Ok(self.0.lock().unwrap().clone())
    }
}
