//! Commits that wait at the same time go to the disk together, and each is judged alone.

use crate::testkit::{Place, each, event, officer, one, request, stream};
use futures_util::FutureExt;
use ledger::{Commit, CommitError, Idempotency, LedgerError, Position, Version};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, TransactionTrait};
use serde_json::json;

/// Another process holds the lock, so that whoever commits meanwhile waits.
async fn held(place: &Place) -> (DatabaseConnection, DatabaseTransaction) {
    let url = match &place.url {
        ledger::DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        ledger::DatabaseUrl::Postgres(url) => url.clone(),
    };
    let connection = Database::connect(url).await.unwrap();
    let transaction = connection.begin().await.unwrap();
    transaction
        .execute_unprepared("UPDATE head SET position = position WHERE id = 1")
        .await
        .unwrap();
    (connection, transaction)
}

fn noted(name: &str, expected: i64, n: usize) -> Commit {
    one(name, expected, event("task.noted", json!({ "n": n })))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_refused_leaves_the_others_untouched() {
    each(async |place: &Place| {
        let ledger = place.open().await;
        ledger.commit(noted("task/first-0", 0, 0)).await.unwrap();
        let (_connection, lock) = held(place).await;
        let mut waiting = Vec::new();
        for n in 1..=30_usize {
            let commit = match n % 3 {
                // A decision on a state that is gone.
                0 => noted("task/first-0", 7, n),
                // One that the tables refuse: a column that is never empty stays empty.
                1 => {
                    let mut commit = noted(&format!("task/first-{n}"), 0, n);
                    commit.state = vec![ledger::Change::Insert {
                        table: "cursor",
                        values: vec![("name", "x".into())],
                    }];
                    commit
                }
                _ => noted(&format!("task/first-{n}"), 0, n),
            };
            let ledger = ledger.clone();
            waiting.push((n, tokio::spawn(async move { ledger.commit(commit).await })));
        }
        tokio::task::yield_now().await;
        lock.rollback().await.unwrap();
        let mut won = vec![Position(1)];
        for (n, task) in waiting {
            match (n % 3, task.await.unwrap()) {
                (0, Err(CommitError::Stale { actual, .. })) => assert_eq!(actual, Version(1)),
                (1, Err(CommitError::Ledger(LedgerError::Database(_)))) => {}
                (2, Ok(committed)) => {
                    let found = ledger.stream(&stream(&format!("task/first-{n}"))).await.unwrap();
                    assert_eq!(found.iter().map(|e| e.position).collect::<Vec<_>>(), [committed.first]);
                    won.push(committed.first);
                }
                (_, other) => panic!("{n}: {other:?}"),
            }
        }
        won.sort();
        assert_eq!(won, (1..=11).map(Position).collect::<Vec<_>>());
        assert!(ledger.verify().await.unwrap().ok);
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_waits_twice_is_done_once() {
    each(async |place: &Place| {
        let ledger = place.open().await;
        let (_connection, lock) = held(place).await;
        let mut waiting = Vec::new();
        for n in 0..6 {
            // Each writes to a stream of its own, so that nothing but the key holds it back.
            let mut commit = Commit::new(officer(), request("r")).write(
                stream(&format!("task/first-{n}")),
                Version::NONE,
                vec![event("task.noted", json!({}))],
            );
            commit.idempotency = Some(Idempotency {
                key: "k".to_owned(),
                request: "digest".to_owned(),
                answer: "done".to_owned(),
            });
            let ledger = ledger.clone();
            waiting.push(tokio::spawn(async move { ledger.commit(commit).await.unwrap() }));
        }
        tokio::task::yield_now().await;
        lock.rollback().await.unwrap();
        let mut first_times = 0;
        for task in waiting {
            let committed = task.await.unwrap();
            assert_eq!(committed.first, Position(1));
            first_times += usize::from(committed.repeated.is_none());
        }
        assert_eq!(first_times, 1);
        assert_eq!(ledger.head().await.unwrap().0, Position(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_while_it_waits_does_not_stop_the_commit() {
    each(async |place: &Place| {
        let ledger = place.open().await;
        let (_connection, lock) = held(place).await;
        for n in 0..8 {
            let ledger = ledger.clone();
            let mut commit = Box::pin(async move { ledger.commit(noted(&format!("task/first-{n}"), 0, n)).await });
            // Asked once, so that it stands in the queue, and dropped.
            assert!((&mut commit).now_or_never().is_none());
        }
        lock.rollback().await.unwrap();
        // Whoever comes after them finds them done.
        let last = ledger.commit(noted("task/first-last", 0, 9)).await.unwrap();
        assert_eq!(last.first, Position(9));
    })
    .await;
}
