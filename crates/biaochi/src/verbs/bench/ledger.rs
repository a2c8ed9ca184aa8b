//! The log: commits, verification, rows made again.

use super::{Durations, Figure, folder, rounded};
use crate::failure::{Failure, Result};
use ledger::{
    ActorId, Cause, Commit, CommitError, Config, DatabaseUrl, Ledger, NewEvent, StreamName, SystemClock, Version,
};
use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Commits one after the other.
const COMMITS: usize = 500;
/// Writers at once, and commits of each.
const WRITERS: usize = 16;
const EACH: usize = 50;
/// Events in one commit, and how many such commits fill the log to be read.
const MANY: usize = 1_000;
const FILLS: usize = 20;

/// Measures a log on SQLite; on the settings that the server itself insists on.
pub async fn measure() -> Result<Vec<Figure>> {
    let folder = folder()?;
    let fsyncs = fsyncs(folder.path()).map_err(|fault| Failure::environment(folder.path().display(), fault))?;
    let durability = "SQLite, WAL, synchronous=FULL";
    let url = DatabaseUrl::Sqlite(folder.path().join("biaochi.db"));
    let clock = Arc::new(SystemClock);
    let ledger = Ledger::open(
        Config::new(url),
        platform::projections::all(),
        platform::projections::state(),
        clock,
    )
    .await?;

    let mut durations = Durations::default();
    for n in 0..COMMITS {
        let commit = commit(&format!("bench/one-{n}"), 1)?;
        let from = Instant::now();
        committed(&ledger, commit).await?;
        durations.push_since(from);
    }
    let peer = format!("4 KiB written and fsynced on this disk, {} /s", rounded(fsyncs).round());
    let mut figures = vec![
        Figure::new(format!("commits, one writer ({durability})"), durations.rate(), "/s")
            .budget(50.0)
            .beside(&peer, fsyncs),
        Figure::new(
            format!("commit, one writer, p95 ({durability})"),
            durations.percentile(0.95),
            "ms",
        )
        .budget(300.0),
    ];

    let from = Instant::now();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let ledger = ledger.clone();
        writers.spawn(async move {
            for n in 0..EACH {
                committed(&ledger, commit(&format!("bench/many-{writer}-{n}"), 1)?).await?;
            }
            Ok::<_, Failure>(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done.map_err(|fault| Failure::environment("bench", fault))??;
    }
    let rate = per_second(WRITERS * EACH, from.elapsed());
    figures.push(
        Figure::new(format!("commits, {WRITERS} writers ({durability})"), rate, "/s")
            .budget(200.0)
            .beside(peer, fsyncs),
    );

    let from = Instant::now();
    for n in 0..FILLS {
        committed(&ledger, commit(&format!("bench/fill-{n}"), MANY)?).await?;
    }
    let rate = per_second(FILLS * MANY, from.elapsed());
    figures.push(Figure::new(
        format!("events, {MANY} in a commit ({durability})"),
        rate,
        "/s",
    ));

    let from = Instant::now();
    let verified = ledger.verify().await?;
    if !verified.ok {
        return Err(Failure::environment(
            "verify",
            format!("{:?}", verified.problems.first()),
        ));
    }
    // Ten million events in two minutes.
    let budget = 10_000_000.0 / 120.0;
    let rate = per_second(usize::try_from(verified.events).unwrap_or(0), from.elapsed());
    figures.push(Figure::new("events verified", rate, "/s").budget(rounded(budget)));
    let from = Instant::now();
    ledger.rebuild(&[]).await?;
    let rate = per_second(usize::try_from(verified.events).unwrap_or(0), from.elapsed());
    figures.push(Figure::new("events passed while rows are made again", rate, "/s").budget(30_000.0));
    ledger.close().await?;
    Ok(figures)
}

fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(1e-9)
}

fn commit(stream: &str, events: usize) -> Result<Commit> {
    let body = serde_json::json!({ "title": "养老机构康复服务规范", "place": "320100", "tier": "local" });
    let events = (0..events)
        .map(|_| NewEvent::new("bench.noted", 1, &body))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(
        Commit::new(ActorId::system(), Cause::Request("bench".to_owned())).write(
            StreamName::parse(stream)?,
            Version::NONE,
            events,
        ),
    )
}

async fn committed(ledger: &Ledger, commit: Commit) -> Result<()> {
    match ledger.commit(commit).await {
        Ok(_) => Ok(()),
        Err(CommitError::Ledger(fault)) => Err(fault.into()),
        Err(other) => Err(Failure::environment("commit", other)),
    }
}

/// What the disk itself gives: small writes, each synced.
fn fsyncs(folder: &Path) -> std::io::Result<f64> {
    let mut file = File::create(folder.join("fsync"))?;
    let block = [0x42_u8; 4096];
    let mut durations = Durations::default();
    for _ in 0..200 {
        let from = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        durations.push_since(from);
    }
    Ok(durations.rate())
}
