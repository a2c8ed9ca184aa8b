//! The process that is killed: two hundred writers on fifty obligations, who tell of every request and every answer.

use crate::{
    database::{Opened, open},
    work::{Attempt, Random, WRITERS, obligations},
};
use ledger::DatabaseUrl;
use platform::{Platform, obligation::command::stream, refusal::Error};
use std::{io::Write as _, sync::Arc};

/// The environment variable that names the database.
pub const DATABASE: &str = "FAULTS_TEST_DATABASE";
/// The environment variable that names the round and its seed.
pub const ROUND: &str = "FAULTS_TEST_ROUND";
/// What a line begins with: a request goes out.
pub const ASKS: &str = "asks ";
/// It was accepted, at a position.
pub const DONE: &str = "done ";
/// Somebody else was faster.
pub const CONFLICT: &str = "conflict ";
/// Anything else.
pub const FAILED: &str = "failed ";

/// A line on its way in one piece, so that a kill cannot cut it.
fn tell(kind: &str, rest: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{kind}{rest}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

async fn write(platform: &Platform, obligations: &[String], round: &str, writer: usize, mut random: Random) {
    for number in 0_usize.. {
        let obligation = obligations[random.below(obligations.len())].clone();
        let seen = if random.below(3) == 0 {
            Some(
                platform
                    .ledger()
                    .version(&stream(&obligation).unwrap())
                    .await
                    .unwrap()
                    .0,
            )
        } else {
            None
        };
        let attempt = Attempt {
            key: format!("{round}-w{writer}-{number}"),
            obligation,
            seen,
        };
        tell(ASKS, &attempt.line());
        match attempt.send(platform).await {
            Ok(committed) => {
                assert_eq!(committed.repeated, None, "a fresh key is no repetition");
                tell(DONE, &format!("{} {}", attempt.key, committed.last));
            }
            Err(Error::Refused(refusal)) if refusal.rule == "any/stale" => tell(CONFLICT, &attempt.key),
            Err(other) => tell(FAILED, &format!("{} {other}", attempt.key)),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the process that the test in `killed` starts and kills"]
async fn writers() {
    let url = DatabaseUrl::parse(&std::env::var(DATABASE).unwrap()).unwrap();
    let round = std::env::var(ROUND).unwrap();
    let (round, seed) = round.split_once(' ').unwrap();
    let platform = open(&url, Opened::Durable).await;
    let obligations = Arc::new(obligations(&platform).await);
    println!();
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (platform, obligations, round) = (platform.clone(), obligations.clone(), round.to_owned());
            let random = Random(seed.parse::<u64>().unwrap() ^ (writer as u64) << 32);
            tokio::spawn(async move { write(&platform, &obligations, &round, writer, random).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}
