//! A process that is killed while it writes: every receipt that it handed out is found, and the log holds.

use crate::testkit::{Place, each, event, one, projections};
use ledger::{DatabaseUrl, Ledger, Position, SystemClock};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::Arc,
};

const DATABASE: &str = "LEDGER_TEST_DATABASE";
const RECEIPT: &str = "receipt ";

#[tokio::test]
#[ignore = "the process that the test below kills"]
async fn writer() {
    let url = DatabaseUrl::parse(&std::env::var(DATABASE).unwrap()).unwrap();
    let ledger = Ledger::open(ledger::Config::new(url), projections(), vec![], Arc::new(SystemClock))
        .await
        .unwrap();
    let (mut number, _) = ledger.head().await.unwrap();
    loop {
        number.0 += 1;
        let entered = event("task.entered", json!({ "number": number, "title": "标准" }));
        let committed = ledger.commit(one(&format!("task/{number}"), 0, entered)).await.unwrap();
        println!("\n{RECEIPT}{}", committed.last);
        std::io::stdout().flush().unwrap();
    }
}

#[tokio::test]
async fn every_receipt_is_found_after_a_kill() {
    each(async |place: &Place| {
        drop(place.open().await);
        let url = match &place.url {
            DatabaseUrl::Sqlite(path) => path.display().to_string(),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let mut receipts: Vec<i64> = Vec::new();
        for kill_after in [1, 7, 20, 33] {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "killed::writer", "--ignored", "--nocapture"])
                .env(DATABASE, &url)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut seen = 0;
            let mut take = |line: String| {
                if let Some(position) = line.strip_prefix(RECEIPT) {
                    receipts.push(position.parse().unwrap());
                    seen += 1;
                }
                seen
            };
            for line in lines.by_ref() {
                if take(line.unwrap()) == kill_after {
                    break;
                }
            }
            child.kill().unwrap();
            // What it had written to the pipe before it died was handed out, too.
            for line in lines {
                take(line.unwrap());
            }
            child.wait().unwrap();
            assert!(seen >= kill_after, "the writer stopped by itself after {seen} receipts");

            let ledger = place.open().await;
            let verification = ledger.verify().await.unwrap();
            assert!(verification.ok, "{:?}", verification.problems);
            assert_eq!(ledger.rebuild_check().await.unwrap(), []);
            let positions: Vec<i64> = ledger
                .events(Position::START, 100_000)
                .await
                .unwrap()
                .iter()
                .map(|e| e.position.0)
                .collect();
            assert!(receipts.iter().all(|receipt| positions.contains(receipt)));
            ledger.close().await.unwrap();
        }
    })
    .await;
}
