//! Opening: one writer, refused settings, rows brought up to date.

use crate::testkit::{Place, Tasks, each, event, on_postgres, one, projections, stream};
use ledger::{
    Access, Change, CommitError, Config, DatabaseUrl, Ledger, LedgerError, MigrationStep, Opening, Position,
    StateMigration, Table,
    table::{integer, text},
};
use serde_json::json;
use std::sync::Arc;

fn entered(number: i64) -> ledger::NewEvent {
    event(
        "task.entered",
        json!({ "number": number, "title": format!("t{number}") }),
    )
}

#[tokio::test]
async fn one_process_writes_to_an_sqlite_file_and_others_read() {
    each(async |place| {
        let DatabaseUrl::Sqlite(path) = &place.url else { return };
        let ledger = place.open().await;
        let second = Ledger::open(place.config(), projections(), vec![], place.clock.clone()).await.unwrap_err();
        assert!(
            matches!(&second, LedgerError::Locked { path: lock, holder } if lock.ends_with("biaochi.db.lock") && holder.contains(&std::process::id().to_string())),
            "{second}"
        );
        ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
        let reading = Config { access: Access::Read, ..place.config() };
        let reader = Ledger::open(reading, projections(), vec![], place.clock.clone()).await.unwrap();
        assert_eq!(reader.head().await.unwrap().0, Position(1));
        ledger.commit(one("task/b", 0, entered(2))).await.unwrap();
        assert_eq!(reader.stream(&stream("task/b")).await.unwrap().len(), 1);
        assert!(reader.verify().await.unwrap().ok);
        let refused = reader.commit(one("task/c", 0, entered(3))).await.unwrap_err();
        assert!(matches!(refused, CommitError::Ledger(LedgerError::ReadOnly)), "{refused}");
        let sly = reader.fetch("DELETE FROM cursor RETURNING name", vec![]).await;
        assert!(sly.is_err(), "a reader's connection must not write");
        // Closed, the file is whole in itself and free for the next.
        ledger.close().await.unwrap();
        drop((ledger, reader));
        assert!(path.exists());
        assert_eq!(place.open().await.head().await.unwrap().0, Position(2));
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_is_told_what_is_being_done() {
    each(async |place| {
        let (told, mut progress) = tokio::sync::watch::channel(Opening::default());
        let seen = tokio::spawn(async move {
            let mut seen = Vec::new();
            while progress.changed().await.is_ok() {
                seen.push(progress.borrow_and_update().clone());
            }
            seen
        });
        let config = Config {
            opening: Some(told),
            ..place.config()
        };
        Ledger::open(config, projections(), vec![], place.clock.clone())
            .await
            .unwrap();
        let seen = seen.await.unwrap();
        // What is over sooner than somebody looks is not seen, but the end always is.
        assert_eq!(seen.last(), Some(&Opening::Open));
        let known = |p: &Opening| match p {
            Opening::Rebuilding(names) => !names.is_empty(),
            _ => true,
        };
        assert!(seen.iter().all(known), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn durable_settings_are_read_back() {
    each(async |place| {
        let strict = Config {
            allow_unsafe_durability: false,
            ..place.config()
        };
        let open = || Ledger::open(strict.clone(), projections(), vec![], place.clock.clone());
        match &place.url {
            DatabaseUrl::Sqlite(_) => {
                let ledger = open().await.unwrap();
                ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
                let row = ledger.fetch_one("PRAGMA journal_mode", vec![]).await.unwrap().unwrap();
                assert_eq!(row.text("journal_mode").unwrap(), "wal");
            }
            DatabaseUrl::Postgres(url) => {
                open().await.unwrap();
                let name = url.split('?').next().unwrap().rsplit('/').next().unwrap();
                place
                    .tamper(&format!("ALTER DATABASE {name} SET synchronous_commit = off"))
                    .await;
                let refused = open().await.unwrap_err();
                assert!(
                    matches!(
                        refused,
                        LedgerError::Durability {
                            setting: "synchronous_commit",
                            ..
                        }
                    ),
                    "{refused}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_a_database_that_is_not_up_to_date_is_told_so() {
    each(async |place| {
        drop(place.open_with(vec![]).await);
        let reading = Config {
            access: Access::Read,
            ..place.config()
        };
        let refused = Ledger::open(reading, projections(), vec![], place.clock.clone())
            .await
            .unwrap_err();
        assert!(
            matches!(&refused, LedgerError::Outdated { missing } if missing.contains("toy-tasks")),
            "{refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_version_of_a_projection_is_rebuilt_at_the_next_start() {
    each(async |place| {
        let ledger = place.open().await;
        ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
        ledger
            .commit(one("task/a", 1, event("task.renamed", json!({"title": "renamed"}))))
            .await
            .unwrap();
        drop(ledger);
        place.tamper("UPDATE toy_task SET title = 'wrong'").await;
        let title = async |ledger: &Ledger| {
            ledger
                .fetch_one("SELECT title FROM toy_task", vec![])
                .await
                .unwrap()
                .unwrap()
                .text("title")
                .unwrap()
        };
        let same = place.open().await;
        assert_eq!(title(&same).await, "wrong");
        drop(same);
        let raised = place.open_with(vec![Arc::new(Tasks { version: 2 })]).await;
        assert_eq!(title(&raised).await, "renamed");
        drop(raised);
        // Whoever opens without a projection leaves its rows behind the log: they are made again for whoever has it.
        let bare = place.open_with(vec![]).await;
        bare.commit(one("task/a", 2, event("task.renamed", json!({"title": "again"}))))
            .await
            .unwrap();
        drop(bare);
        assert_eq!(
            title(&place.open_with(vec![Arc::new(Tasks { version: 2 })]).await).await,
            "again"
        );
    })
    .await;
}

const NOTE: Table = Table {
    name: "toy_note",
    columns: &[text("id"), text("words")],
    key: &["id"],
    indexes: &["words"],
};

#[tokio::test]
async fn state_migrations_run_once_and_are_added_to() {
    each(async |place| {
        const FIRST: StateMigration = StateMigration {
            name: "toy-0001",
            steps: &[MigrationStep::CreateTable(&NOTE)],
        };
        const SECOND: StateMigration = StateMigration {
            name: "toy-0002",
            steps: &[
                MigrationStep::AddColumn {
                    table: "toy_note",
                    column: integer("weight"),
                },
                MigrationStep::AddIndex {
                    table: "toy_note",
                    index: "weight",
                },
                MigrationStep::Statement {
                    sqlite: "UPDATE toy_note SET weight = 7",
                    postgres: "UPDATE toy_note SET weight = 7",
                },
            ],
        };
        let open = |state| Ledger::open(place.config(), vec![], state, place.clock.clone());
        let note = |id: &str| Change::Insert {
            table: "toy_note",
            values: vec![("id", id.into()), ("words", "w".into())],
        };
        let ledger = open(vec![FIRST]).await.unwrap();
        ledger.state(vec![note("a")]).await.unwrap();
        let again = ledger.state(vec![note("a")]).await.unwrap_err();
        assert!(
            matches!(again, CommitError::Ledger(LedgerError::Unique { .. })),
            "{again}"
        );
        drop(ledger);
        drop(open(vec![FIRST, SECOND]).await.unwrap());
        let ledger = open(vec![FIRST, SECOND]).await.unwrap();
        ledger.state(vec![note("b")]).await.unwrap();
        let rows = ledger
            .fetch("SELECT id, weight FROM toy_note ORDER BY id", vec![])
            .await
            .unwrap();
        let weights: Vec<i64> = rows.iter().map(|row| row.integer("weight").unwrap()).collect();
        assert_eq!(weights, [7, 0]);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_on_one_postgresql_see_each_other() {
    on_postgres(async |place: &Place| {
        let (one_node, other_node) = tokio::join!(Box::pin(place.open()), Box::pin(place.open()));
        one_node.commit(one("task/a", 0, entered(1))).await.unwrap();
        other_node
            .commit(one("task/a", 1, event("task.renamed", json!({"title": "x"}))))
            .await
            .unwrap();
        assert_eq!(one_node.stream(&stream("task/a")).await.unwrap().len(), 2);
        let stale = one_node
            .commit(one("task/a", 1, event("task.renamed", json!({"title": "y"}))))
            .await
            .unwrap_err();
        assert!(matches!(stale, CommitError::Stale { .. }), "{stale}");
        assert!(one_node.verify().await.unwrap().ok);
    })
    .await;
}
