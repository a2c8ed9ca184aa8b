//! A small ledger with everything in it that a backup must carry.

use crate::testkit::{Place, event, officer, one, projections, request, stream};
use bytes::Bytes;
use ledger::{
    ActorId, Change, Commit, Idempotency, Ledger, MigrationStep, StateMigration, Table, Value, Version,
    backup::{Backup, BackupError, Opening, Restored, backup, restore},
    files::{Digest, FileStore, FilesUrl, Limits},
    table::{Column, ColumnKind, bytes, integer, text, text_or_null},
};
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const AMPLE: Limits = Limits { max_bytes: 64 << 20 };

/// Sealed records with every kind of column; a table whose key has two columns.
pub const SEALED: Table = Table {
    name: "toy_sealed",
    columns: &[
        text("person"),
        integer("number"),
        bytes("sealed"),
        text_or_null("remark"),
        Column {
            name: "until",
            kind: ColumnKind::IntegerOrNull,
        },
    ],
    key: &["person", "number"],
    indexes: &[],
};
pub const SESSION: Table = Table {
    name: "toy_session",
    columns: &[text("id")],
    key: &["id"],
    indexes: &[],
};
pub const ERASURE: Table = Table {
    name: "erasure",
    columns: &[text("person"), integer("at")],
    key: &["person"],
    indexes: &[],
};
/// A table without a key.
pub const NOTE: Table = Table {
    name: "toy_note",
    columns: &[text("word")],
    key: &[],
    indexes: &[],
};

pub const FIRST: StateMigration = StateMigration {
    name: "toy-0001-state",
    steps: &[
        MigrationStep::CreateTable(&SEALED),
        MigrationStep::CreateTable(&SESSION),
        MigrationStep::CreateTable(&ERASURE),
        MigrationStep::CreateTable(&NOTE),
    ],
};
/// What a later release adds.
pub const SECOND: StateMigration = StateMigration {
    name: "toy-0002-colour",
    steps: &[MigrationStep::AddColumn {
        table: "toy_sealed",
        column: text("colour"),
    }],
};
/// A migration that also enters a row.
pub const SEEDED: StateMigration = StateMigration {
    name: "toy-0003-seed",
    steps: &[MigrationStep::Statement {
        sqlite: "INSERT INTO erasure (person, at) VALUES ('nobody', 1)",
        postgres: "INSERT INTO erasure (person, at) VALUES ('nobody', 1)",
    }],
};

pub fn opening(place: &Place, state: Vec<StateMigration>) -> Opening {
    Opening {
        config: place.config(),
        projections: projections(),
        state,
        clock: place.clock.clone(),
    }
}

pub async fn open(place: &Place) -> Ledger {
    open_with(place, vec![FIRST]).await
}

pub async fn open_with(place: &Place, state: Vec<StateMigration>) -> Ledger {
    Ledger::open(place.config(), projections(), state, place.clock.clone())
        .await
        .unwrap()
}

/// A folder for archives and a file store.
pub struct Shelf {
    pub folder: TempDir,
    pub store: FileStore,
}

impl Shelf {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&FilesUrl::Folder(folder.path().join("files")))
            .await
            .unwrap();
        Self { folder, store }
    }

    pub fn archive(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where a file lies on the disk.
    pub fn file(&self, digest: &Digest) -> PathBuf {
        let digest = digest.to_string();
        self.folder.path().join("files/sha256").join(&digest[..2]).join(digest)
    }

    pub async fn backup(&self, ledger: &Ledger, name: &str) -> Result<Backup, BackupError> {
        backup(ledger, &self.store, &["toy_session"], &self.archive(name)).await
    }
}

pub async fn restore_into(place: &Place, shelf: &Shelf, archive: &Path) -> Result<Restored, BackupError> {
    restore(archive, &shelf.store, opening(place, vec![FIRST])).await
}

/// Puts a file into the store and enters it, referred to or not.
pub async fn attach(ledger: &Ledger, store: &FileStore, content: Bytes, referred: bool) -> Digest {
    let stored = store.put_bytes(content, AMPLE).await.unwrap();
    ledger
        .state(vec![Change::Insert {
            table: "file",
            values: vec![
                ("digest", stored.digest.to_string().into()),
                ("size", (stored.size as i64).into()),
                ("media", "application/pdf".into()),
                ("name", Value::Text(None)),
                ("uploaded_at", 1.into()),
                ("uploaded_by", "officer-1".into()),
                ("referred", referred.into()),
            ],
        }])
        .await
        .unwrap();
    stored.digest
}

pub fn sealed(person: &str, number: i64, content: Vec<u8>, remark: Option<&str>, until: Option<i64>) -> Change {
    Change::Insert {
        table: "toy_sealed",
        values: vec![
            ("person", person.into()),
            ("number", number.into()),
            ("sealed", content.into()),
            ("remark", remark.into()),
            ("until", until.into()),
        ],
    }
}

/// Fills a ledger: `tasks` tasks with a change each, obligations, and one of everything else.
pub async fn fill(ledger: &Ledger, store: &FileStore, tasks: i64) -> Vec<Digest> {
    for number in 1..=tasks {
        let name = format!("task/t-{number}");
        let title = format!("任务{number} “南沙”\n\t\\ \u{1F4C5} é");
        let entered = event("task.entered", json!({ "number": number, "title": title }));
        let renamed = event("task.renamed", json!({ "title": format!("{title}（修订）") }));
        let commit = Commit::new(officer(), request(&format!("r-{number}"))).write(
            stream(&name),
            Version(0),
            vec![entered, renamed],
        );
        ledger.commit(commit).await.unwrap();
    }
    let mut repeated = one(
        "obligation/a",
        0,
        event("obligation.held", json!({ "holder": "desk-1" })),
    );
    repeated.actor = ActorId("officer-2".to_owned());
    repeated.idempotency = Some(Idempotency {
        key: "k-1".to_owned(),
        request: "digest".to_owned(),
        answer: "{\"ok\":true}".to_owned(),
    });
    ledger.commit(repeated).await.unwrap();
    let every_byte: Vec<u8> = (0..=255).collect();
    let mut changes = vec![
        sealed("p-1", i64::MIN, every_byte, None, Some(i64::MAX)),
        sealed("p-1", 2, Vec::new(), Some(""), None),
        sealed("p-2", 1, vec![0], Some("回执\"'\\\u{2028}"), Some(-1)),
        Change::Insert {
            table: "toy_session",
            values: vec![("id", "s-1".into())],
        },
        Change::Insert {
            table: "erasure",
            values: vec![("person", "p-9".into()), ("at", 5.into())],
        },
        Change::Claim {
            kind: "login",
            value: "li".to_owned(),
            holder: "person/1".to_owned(),
        },
        ledger.cursor_moved("index", ledger.head().await.unwrap().0),
    ];
    for word in ["甲", "乙", "甲"] {
        changes.push(Change::Insert {
            table: "toy_note",
            values: vec![("word", word.into())],
        });
    }
    ledger.state(changes).await.unwrap();
    let large: Bytes = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    vec![
        attach(ledger, store, "%PDF-1.7 方案".into(), true).await,
        attach(ledger, store, large, true).await,
        attach(ledger, store, "not yet referred to".into(), false).await,
    ]
}
