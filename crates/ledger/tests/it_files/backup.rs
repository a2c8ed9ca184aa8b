//! What is backed up comes back, on either kind of database, while others write.

use crate::{
    backup_world::{AMPLE, FIRST, SECOND, SEEDED, Shelf, attach, fill, open, open_with, opening, restore_into, sealed},
    s3_server::S3Server,
    testkit::{Drawer, Place, Seal, each, event, officer, one, request, stream},
};
use ledger::{
    Access, Change, CheckpointSink, Commit, CommitError, Config, DatabaseUrl, Idempotency, Ledger, Position, Version,
    backup::{BackupError, Manifest, backup, read_manifest, restore},
    files::{Condition, FileStore},
};
use serde_json::json;
use std::{
    fs::File,
    io::Read,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// What a backup says of the ledger's content, without what two backups may differ in.
fn content(mut manifest: Manifest) -> Manifest {
    manifest.created_at = jiff::Timestamp::UNIX_EPOCH;
    manifest.database.clear();
    manifest
}

fn part(archive: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_ledger_comes_back_whole_on_either_database() {
    each(async |source: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(source).await;
        fill(&ledger, &shelf.store, 30).await;
        let made = shelf.backup(&ledger, "one.zip").await.unwrap();
        assert_eq!(made.manifest.head.position, Position(61));
        assert_eq!(made.size, std::fs::metadata(shelf.archive("one.zip")).unwrap().len());
        let rows = ledger
            .fetch("SELECT id, number, title, changes FROM toy_task ORDER BY id", vec![])
            .await
            .unwrap();
        let titles: Vec<String> = rows.iter().map(|row| row.text("title").unwrap()).collect();
        ledger.close().await.unwrap();

        each(async |target: &Place| {
            let there = Shelf::new().await;
            let restored = restore_into(target, &there, &shelf.archive("one.zip")).await.unwrap();
            assert!(restored.verification.ok, "{:?}", restored.verification);
            assert_eq!(restored.missing, []);
            let ledger = restored.ledger;

            // The same again, to the last byte of log, state and files.
            let again = there.backup(&ledger, "two.zip").await.unwrap();
            assert_eq!(content(again.manifest), content(made.manifest.clone()));
            // Rows are derived anew, sessions are gone.
            let rows = ledger
                .fetch("SELECT title FROM toy_task ORDER BY id", vec![])
                .await
                .unwrap();
            assert_eq!(
                rows.iter().map(|row| row.text("title").unwrap()).collect::<Vec<_>>(),
                titles
            );
            assert_eq!(
                ledger
                    .count("SELECT count(*) AS n FROM toy_session", vec![])
                    .await
                    .unwrap(),
                0
            );
            assert_eq!(
                ledger
                    .count("SELECT count(*) AS n FROM toy_note", vec![])
                    .await
                    .unwrap(),
                3
            );
            // It goes on where it stood: positions, versions, claims of rows and of state, answers to repetitions.
            let taken = ledger
                .commit(one("task/new", 0, event("task.entered", json!({ "number": 7 }))))
                .await
                .unwrap_err();
            assert!(matches!(taken, CommitError::Taken { .. }), "{taken}");
            let taken = Change::Claim {
                kind: "login",
                value: "li".to_owned(),
                holder: "person/2".to_owned(),
            };
            assert!(matches!(
                ledger.state(vec![taken]).await.unwrap_err(),
                CommitError::Taken { .. }
            ));
            let stale = ledger
                .commit(one("task/t-1", 1, event("task.renamed", json!({ "title": "x" }))))
                .await
                .unwrap_err();
            assert!(
                matches!(stale, CommitError::Stale { actual: Version(2), .. }),
                "{stale}"
            );
            let mut repeated = one(
                "obligation/a",
                1,
                event("obligation.held", json!({ "holder": "desk-2" })),
            );
            repeated.actor = ledger::ActorId("officer-2".to_owned());
            repeated.idempotency = Some(Idempotency {
                key: "k-1".to_owned(),
                request: "digest".to_owned(),
                answer: String::new(),
            });
            assert_eq!(
                ledger.commit(repeated).await.unwrap().repeated.as_deref(),
                Some("{\"ok\":true}")
            );
            let next = ledger
                .commit(one("task/t-1", 2, event("task.renamed", json!({ "title": "x" }))))
                .await
                .unwrap();
            assert_eq!(next.first, Position(62));
            assert!(ledger.verify().await.unwrap().ok);
            assert_eq!(ledger.cursor("index").await.unwrap(), Position(61));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_archive_can_be_read_without_this_program() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        let files = fill(&ledger, &shelf.store, 2).await;
        let manifest = shelf.backup(&ledger, "a.zip").await.unwrap().manifest;
        let archive = shelf.archive("a.zip");
        assert_eq!(read_manifest(&archive).unwrap(), manifest);

        let events: Vec<serde_json::Value> = part(&archive, "events.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let recorded = ledger.events(Position::START, 100).await.unwrap();
        assert_eq!(events.len(), recorded.len());
        for (line, event) in events.iter().zip(&recorded) {
            assert_eq!(line["position"], event.position.0);
            assert_eq!(line["stream"], event.stream.as_str());
            assert_eq!(line["at"], event.at.as_microsecond());
            assert_eq!(line["effective"], event.effective.to_string());
            assert_eq!(line["body"], event.body.as_str());
            assert_eq!(line["hash"], ledger::chain::hexadecimal(&event.hash));
        }
        let sealed: Vec<serde_json::Value> = part(&archive, "state/toy_sealed.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(
            sealed[2],
            json!({ "person": "p-2", "number": 1, "sealed": "AA==", "remark": "回执\"'\\\u{2028}", "until": -1 })
        );
        assert_eq!(part(&archive, "erasures.jsonl"), "{\"at\":5,\"person\":\"p-9\"}\n");
        assert_eq!(part(&archive, &format!("files/{}", files[0])), "%PDF-1.7 方案");
        let manifest: serde_json::Value = serde_json::from_str(&part(&archive, "manifest.json")).unwrap();
        assert_eq!(manifest["format"], "biaochi-backup");
        assert_eq!(manifest["version"], 1);
        assert_eq!(manifest["head"]["position"], 5);
        assert_eq!(manifest["left_out"], json!(["toy_session"]));
        let parts: Vec<String> = zip::ZipArchive::new(File::open(&archive).unwrap())
            .unwrap()
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        for derived in [
            "state/toy_task.jsonl",
            "state/toy_holder.jsonl",
            "state/head.jsonl",
            "state/toy_session.jsonl",
        ] {
            assert!(!parts.iter().any(|part| part == derived), "{derived} is in the archive");
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_ledger_comes_back_empty() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = Ledger::open(place.config(), vec![], vec![], place.clock.clone())
            .await
            .unwrap();
        backup(&ledger, &shelf.store, &[], &shelf.archive("a.zip"))
            .await
            .unwrap();
        each(async |target: &Place| {
            let restored = restore(&shelf.archive("a.zip"), &shelf.store, opening(target, vec![FIRST]))
                .await
                .unwrap();
            assert_eq!(restored.ledger.head().await.unwrap(), ledger.head().await.unwrap());
            let first = one("task/a", 0, event("task.entered", json!({ "number": 1 })));
            assert_eq!(restored.ledger.commit(first).await.unwrap().first, Position(1));
        })
        .await;
    })
    .await;
}

/// One event and one row of state in one transaction, so that a torn copy has more of one than of the other.
fn paired(writer: usize, number: i64) -> Commit {
    let name = format!("obligation/w{writer}-{number}");
    let mut commit = Commit::new(officer(), request(&name)).write(
        stream(&name),
        Version(0),
        vec![event("obligation.held", json!({ "holder": format!("desk-{writer}") }))],
    );
    commit
        .state
        .push(sealed(&format!("w{writer}"), number, vec![1, 2, 3], None, None));
    commit
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_beside_writers_is_of_one_moment() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        for number in 0..20 {
            let mut commit = Commit::new(officer(), request("fill"));
            for index in 0..100 {
                let one = paired(9, number * 100 + index);
                commit.writes.extend(one.writes);
                commit.state.extend(one.state);
            }
            ledger.commit(commit).await.unwrap();
        }
        attach(&ledger, &shelf.store, vec![7; 3 << 20].into(), true).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (ledger, stop) = (ledger.clone(), stop.clone());
                tokio::spawn(async move {
                    let mut number = 0;
                    while !stop.load(Ordering::Relaxed) {
                        ledger.commit(paired(writer, number)).await.unwrap();
                        number += 1;
                    }
                })
            })
            .collect();
        let mut heads = Vec::new();
        for name in ["a.zip", "b.zip"] {
            let before = ledger.head().await.unwrap().0;
            let manifest = shelf.backup(&ledger, name).await.unwrap().manifest;
            let head = manifest.head.position;
            assert!(before <= head && head <= ledger.head().await.unwrap().0);
            // The writers have gone on beyond what is in the backup.
            ledger.follow().wait_for(|position| *position > head).await.unwrap();
            heads.push(head);
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(heads[0] < heads[1]);

        let target = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(target.path().join("back.db"));
        let mut into = opening(place, vec![FIRST]);
        into.config = Config {
            allow_unsafe_durability: true,
            ..Config::new(url)
        };
        let restored = restore(&shelf.archive("b.zip"), &shelf.store, into).await.unwrap();
        assert!(restored.verification.ok, "{:?}", restored.verification);
        let rows = restored
            .ledger
            .count("SELECT count(*) AS n FROM toy_sealed", vec![])
            .await
            .unwrap();
        let derived = restored
            .ledger
            .count("SELECT count(*) AS n FROM toy_holder", vec![])
            .await
            .unwrap();
        assert_eq!((Position(rows), Position(derived)), (heads[1], heads[1]));
        assert_eq!(
            restored.ledger.event(heads[1]).await.unwrap(),
            ledger.event(heads[1]).await.unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn a_reader_beside_the_server_can_back_up() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let server = open(place).await;
        fill(&server, &shelf.store, 3).await;
        let config = Config {
            access: Access::Read,
            ..place.config()
        };
        let reader = Ledger::open(config, crate::testkit::projections(), vec![FIRST], place.clock.clone())
            .await
            .unwrap();
        let manifest = shelf.backup(&reader, "a.zip").await.unwrap().manifest;
        assert_eq!(manifest.head.position, server.head().await.unwrap().0);
    })
    .await;
}

#[tokio::test]
async fn what_an_older_release_wrote_is_brought_up_to_date() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        fill(&ledger, &shelf.store, 2).await;
        shelf.backup(&ledger, "old.zip").await.unwrap();
        each(async |target: &Place| {
            let later = opening(target, vec![FIRST, SECOND]);
            let ledger = restore(&shelf.archive("old.zip"), &shelf.store, later)
                .await
                .unwrap()
                .ledger;
            assert_eq!(
                ledger
                    .count("SELECT count(*) AS n FROM toy_sealed WHERE colour = ''", vec![])
                    .await
                    .unwrap(),
                3
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn what_a_migration_enters_comes_back_as_it_became() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open_with(place, vec![FIRST, SEEDED]).await;
        let changed = Change::Update {
            table: "erasure",
            values: vec![("at", 2.into())],
            whose: vec![("person", "nobody".into())],
        };
        ledger.state(vec![changed]).await.unwrap();
        shelf.backup(&ledger, "a.zip").await.unwrap();
        each(async |target: &Place| {
            let restored = restore(
                &shelf.archive("a.zip"),
                &shelf.store,
                opening(target, vec![FIRST, SEEDED]),
            )
            .await
            .unwrap();
            let rows = restored.ledger.fetch("SELECT at FROM erasure", vec![]).await.unwrap();
            assert_eq!(
                rows.iter().map(|row| row.integer("at").unwrap()).collect::<Vec<_>>(),
                [2]
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn files_come_back_into_a_bucket() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        let files = fill(&ledger, &shelf.store, 1).await;
        shelf.backup(&ledger, "a.zip").await.unwrap();
        let server = S3Server::start().await;
        let bucket = FileStore::open_bucket(&server.address("back"), &S3Server::credentials(), None)
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut into = opening(place, vec![FIRST]);
        into.config = Config {
            allow_unsafe_durability: true,
            ..Config::new(DatabaseUrl::Sqlite(folder.path().join("back.db")))
        };
        let restored = restore(&shelf.archive("a.zip"), &bucket, into).await.unwrap();
        for digest in &files {
            assert!(
                matches!(bucket.check(digest).await.unwrap(), Condition::Sound(_)),
                "{digest}"
            );
        }
        // And out of the bucket again.
        let again = backup(&restored.ledger, &bucket, &["toy_session"], &shelf.archive("b.zip"))
            .await
            .unwrap();
        assert_eq!((again.manifest.files.count, again.manifest.files.missing), (3, vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_a_later_release_wrote_is_refused() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open_with(place, vec![FIRST, SECOND]).await;
        shelf.backup(&ledger, "new.zip").await.unwrap();
        each(async |target: &Place| {
            let refused = restore_into(target, &shelf, &shelf.archive("new.zip"))
                .await
                .unwrap_err();
            assert!(
                matches!(&refused, BackupError::Newer { migration } if migration == "toy-0002-colour"),
                "{refused}"
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn only_an_empty_database_is_restored_into() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        fill(&ledger, &shelf.store, 2).await;
        shelf.backup(&ledger, "a.zip").await.unwrap();
        let archive = shelf.archive("a.zip");
        each(async |target: &Place| {
            // Opened before, but never written to: empty. Then it has a log: not empty, and left as it was.
            open(target).await.close().await.unwrap();
            let restored = restore_into(target, &shelf, &archive).await.unwrap();
            restored.ledger.close().await.unwrap();
            drop(restored);
            let refused = restore_into(target, &shelf, &archive).await.unwrap_err();
            assert!(
                matches!(&refused, BackupError::NotEmpty { what } if what.contains("events")),
                "{refused}"
            );
            assert_eq!(open(target).await.head().await.unwrap(), ledger.head().await.unwrap());
        })
        .await;
        each(async |target: &Place| {
            // State without a log is not nothing.
            let other = open(target).await;
            other.state(vec![sealed("p-1", 1, vec![9], None, None)]).await.unwrap();
            other.close().await.unwrap();
            drop(other);
            let refused = restore_into(target, &shelf, &archive).await.unwrap_err();
            assert!(
                matches!(&refused, BackupError::NotEmpty { what } if what.contains("toy_sealed")),
                "{refused}"
            );
        })
        .await;
        each(async |target: &Place| {
            if let DatabaseUrl::Sqlite(path) = &target.url {
                File::create_new(path).unwrap();
            }
            target.tamper("CREATE TABLE of_somebody_else (id INTEGER)").await;
            let refused = restore_into(target, &shelf, &archive).await.unwrap_err();
            assert!(
                matches!(&refused, BackupError::NotEmpty { what } if what.contains("of_somebody_else")),
                "{refused}"
            );
        })
        .await;
        each(async |target: &Place| {
            open_with(target, vec![FIRST, SECOND]).await.close().await.unwrap();
            let refused = restore_into(target, &shelf, &archive).await.unwrap_err();
            assert!(
                matches!(&refused, BackupError::Further { migration } if migration == "toy-0002-colour"),
                "{refused}"
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn lost_and_damaged_files_are_named_and_do_not_stop_the_backup() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        let files = fill(&ledger, &shelf.store, 1).await;
        let lost = attach(&ledger, &shelf.store, "to be lost".into(), true).await;
        let swept = attach(&ledger, &shelf.store, "to be swept".into(), false).await;
        shelf.store.remove(&lost).await.unwrap();
        shelf.store.remove(&swept).await.unwrap();
        let mut harmed = std::fs::read(shelf.file(&files[1])).unwrap();
        let middle = harmed.len() / 2;
        harmed[middle] ^= 0x10;
        std::fs::write(shelf.file(&files[1]), harmed).unwrap();

        let manifest = shelf.backup(&ledger, "a.zip").await.unwrap().manifest;
        let mut missing = manifest.files.missing.clone();
        missing.sort();
        let mut wanted = vec![lost, files[1]];
        wanted.sort();
        assert_eq!(missing, wanted);
        assert_eq!(manifest.files.count, 2);

        let there = Shelf::new().await;
        there.store.put_bytes("to be lost".into(), AMPLE).await.unwrap();
        let target = tempfile::tempdir().unwrap();
        let mut into = opening(place, vec![FIRST]);
        into.config = Config {
            allow_unsafe_durability: true,
            ..Config::new(DatabaseUrl::Sqlite(target.path().join("back.db")))
        };
        let restored = restore(&shelf.archive("a.zip"), &there.store, into).await.unwrap();
        assert_eq!(restored.missing, [files[1]]);
        assert_eq!(there.store.read(&files[0], AMPLE).await.unwrap(), "%PDF-1.7 方案");
        assert!(!there.store.exists(&files[1]).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_after_the_backup_is_missed_by_a_checkpoint_outside() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let sink: Arc<dyn CheckpointSink> = Arc::new(shelf.store.clone());
        let signed = |place: &Place| {
            let mut opening = opening(place, vec![FIRST]);
            opening.config.signer = Some(Arc::new(Seal));
            opening.config.sink = Some(sink.clone());
            opening
        };
        let from = signed(place);
        let ledger = Ledger::open(from.config, from.projections, from.state, from.clock)
            .await
            .unwrap();
        fill(&ledger, &shelf.store, 2).await;
        shelf.backup(&ledger, "a.zip").await.unwrap();
        // The backup was signed where it stood.
        assert_eq!(
            shelf.store.list_named("checkpoints").await.unwrap(),
            ["checkpoints/000000000005.json"]
        );
        ledger
            .commit(one("task/later", 0, event("task.entered", json!({ "number": 99 }))))
            .await
            .unwrap();
        ledger.close().await.unwrap();

        each(async |target: &Place| {
            let restored = restore(&shelf.archive("a.zip"), &shelf.store, signed(target))
                .await
                .unwrap();
            assert!(!restored.verification.ok, "the lost event was not missed");
            assert_eq!(restored.verification.problems[0].position, Position(6));
        })
        .await;
        let mut elsewhere = signed(place);
        let target = tempfile::tempdir().unwrap();
        elsewhere.config.database = DatabaseUrl::Sqlite(target.path().join("back.db"));
        elsewhere.config.sink = Some(Arc::new(Drawer::default()));
        let restored = restore(&shelf.archive("a.zip"), &shelf.store, elsewhere).await.unwrap();
        assert!(restored.verification.ok, "{:?}", restored.verification);
    })
    .await;
}

#[tokio::test]
async fn checkpoints_in_the_file_store_are_kept_for_good() {
    let shelf = Shelf::new().await;
    let sink: &dyn CheckpointSink = &shelf.store;
    let checkpoint = |position: i64, hash: &str| ledger::Checkpoint {
        position: Position(position),
        hash: hash.to_owned(),
        at: crate::testkit::noon(),
        signature: "s".to_owned(),
    };
    sink.put(&checkpoint(2000, "b")).await.unwrap();
    sink.put(&checkpoint(1000, "a")).await.unwrap();
    sink.put(&checkpoint(1000, "forged")).await.unwrap();
    assert_eq!(
        sink.all().await.unwrap(),
        [checkpoint(1000, "a"), checkpoint(2000, "b")]
    );
    assert_eq!(sink.after(Position(1000)).await.unwrap(), [checkpoint(2000, "b")]);
}
