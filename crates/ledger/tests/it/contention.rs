//! Many writers at once: nothing is lost, nothing is written twice, and who lost is told so.

use crate::testkit::{Place, each, event, officer, on_postgres, request, stream};
use ledger::{Commit, CommitError, DatabaseUrl, Ledger, Position, Version};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, TransactionTrait};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

const STREAMS: usize = 50;
const WRITERS: usize = 20;

/// Reads a counter, adds one, writes; tried afresh where somebody else was first.
async fn add_one(ledger: &Ledger, name: &str, writer: usize) -> Result<Position, CommitError> {
    let name = stream(name);
    let (committed, ()) = ledger
        .commit_with(|| async {
            let events = ledger.stream(&name).await?;
            let n = match events.last() {
                None => 0,
                Some(event) => event.read::<serde_json::Value>()?["n"].as_i64().unwrap(),
            };
            let commit = Commit::new(officer(), request(&format!("writer-{writer}"))).write(
                name.clone(),
                Version(events.len() as i64),
                vec![event("counter.raised", json!({ "n": n + 1 }))],
            );
            Ok::<_, CommitError>((commit, ()))
        })
        .await?;
    Ok(committed.first)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_success_is_in_the_log_once_and_every_conflict_is_told() {
    each(async |place: &Place| {
        let first = place.open().await;
        let second = if matches!(place.url, DatabaseUrl::Postgres(_)) {
            place.open().await
        } else {
            first.clone()
        };
        let mut tasks = Vec::new();
        for writer in 0..WRITERS {
            let ledger = if writer % 2 == 0 { first.clone() } else { second.clone() };
            tasks.push(tokio::spawn(async move {
                let (mut won, mut lost) = (Vec::new(), 0);
                for step in 0..STREAMS {
                    // Every writer visits every stream; neighbours meet in the same ones.
                    let name = format!("counter/{}", (step + writer / 4) % STREAMS);
                    match add_one(&ledger, &name, writer).await {
                        Ok(position) => won.push(position),
                        Err(CommitError::Stale { .. }) => lost += 1,
                        Err(other) => panic!("{other}"),
                    }
                }
                (won, lost)
            }));
        }
        let (mut won, mut lost) = (Vec::new(), 0);
        for task in tasks {
            let (w, l) = task.await.unwrap();
            won.extend(w);
            lost += l;
        }
        assert_eq!(won.len() + lost, STREAMS * WRITERS);
        won.sort();
        let log = first.events(Position::START, 10_000).await.unwrap();
        assert_eq!(won, log.iter().map(|event| event.position).collect::<Vec<_>>());
        let mut counters: HashMap<String, i64> = HashMap::new();
        for event in &log {
            let counter = counters.entry(event.stream.to_string()).or_default();
            *counter += 1;
            assert_eq!(event.version.0, *counter);
            assert_eq!(
                event.read::<serde_json::Value>().unwrap()["n"],
                *counter,
                "an update was lost"
            );
        }
        let verification = second.verify().await.unwrap();
        assert!(verification.ok, "{:?}", verification.problems);
    })
    .await;
}

/// Two transactions that wait for one another: PostgreSQL ends the one whose patience ends first, here the ledger's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_gave_way_to_another_is_tried_again() {
    on_postgres(async |place| {
        let DatabaseUrl::Postgres(url) = &place.url else { return };
        let ledger = place.open().await;
        let moved = |n: i64| ["a", "b"].map(|name| ledger.cursor_moved(name, Position(n))).to_vec();
        ledger.state(moved(0)).await.unwrap();

        let mut options = ConnectOptions::new(url);
        options.max_connections(2);
        let other = Database::connect(options).await.unwrap();
        let transaction = other.begin().await.unwrap();
        transaction.execute_unprepared("SET LOCAL deadlock_timeout = '20s'").await.unwrap();
        transaction.execute_unprepared("UPDATE cursor SET position = 5 WHERE name = 'b'").await.unwrap();
        let (changes, writer) = (moved(9), ledger.clone());
        let waiting = tokio::spawn(async move { writer.state(changes).await });
        let waits = "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while ledger.count(waits, vec![]).await.unwrap() == 0 {
            tokio::task::yield_now().await;
        }
        transaction.execute_unprepared("UPDATE cursor SET position = 5 WHERE name = 'a'").await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(waiting.await.unwrap().unwrap(), [1, 1]);
        assert_eq!(ledger.cursor("a").await.unwrap(), Position(9));
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_caller_is_told_after_five_conflicts() {
    each(async |place| {
        let ledger = place.open().await;
        let tries = std::cell::Cell::new(0);
        let refused = ledger
            .commit_with(|| {
                tries.set(tries.get() + 1);
                let commit = Commit::new(officer(), request("r")).write(
                    stream("counter/a"),
                    Version(9),
                    vec![event("counter.raised", json!({ "n": 1 }))],
                );
                async move { Ok::<_, CommitError>((commit, ())) }
            })
            .await
            .unwrap_err();
        assert!(matches!(refused, CommitError::Stale { .. }));
        assert_eq!(tries.get(), 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_leaves_no_transaction_open() {
    each(async |place| {
        let ledger = place.open().await;
        for n in 0..40_usize {
            let started = Arc::new(AtomicBool::new(false));
            let (ledger, flag) = (ledger.clone(), started.clone());
            let task = tokio::spawn(async move {
                flag.store(true, Ordering::Release);
                add_one(&ledger, &format!("counter/{}", n % 3), n).await
            });
            for _ in 0..n {
                tokio::task::yield_now().await;
            }
            task.abort();
            let _ = task.await;
        }
        // Writers still write, and what is there is whole.
        add_one(&ledger, "counter/last", 99).await.unwrap();
        assert!(ledger.verify().await.unwrap().ok);
        assert!(ledger.rebuild_check().await.unwrap().is_empty());
    })
    .await;
}
