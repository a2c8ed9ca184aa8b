//! Pages of the list at the size it has and at the size it may get; requests a second; workbook and report; a cold
//! start.

use super::{
    Report,
    figure::{Figure, per_second},
    load::{self, Pinned, Wire},
    pages::{self, Held},
    server,
    server::Server,
    world::World,
};
use crate::{config::Config, failure::Result, output};
use std::time::{Duration, Instant};

/// How long each load lasts; the best of some is told, since the machine may be busy with others.
const LASTING: Duration = Duration::from_secs(5);
const ROUNDS: usize = 3;
/// Connections of the load generator.
const CONNECTIONS: usize = 16;
/// Reading and writing at once: requests a second.
const READS: f64 = 300.0;
const WRITES: f64 = 50.0;

/// Measures everything around the list.
pub async fn measure(config: &Config, report: &mut Report) -> Result<()> {
    report.heading("104 × 20");
    let world = World::shipped(config).await?;
    let obligations = world.grow(104, 20).await?;
    let size = format!("104 tasks × 20 places, {obligations} obligations");
    report.all(pages::measure(&world.platform, &size, Held::TimeAndStatements).await?)?;
    let folder = world.close().await?;
    report.all(server::cold_start(folder.path()).await?)?;
    requests(folder.path(), report).await?;
    drop(folder);

    report.heading("5,000 × 300");
    let world = World::shipped(config).await?;
    let from = Instant::now();
    let obligations = world.grow(5_000, 300).await?;
    output::say(format!(
        "{obligations} obligations in {:.0} s",
        from.elapsed().as_secs_f64()
    ));
    let size = format!("5,000 tasks × 300 places, {obligations} obligations");
    report.all(pages::measure(&world.platform, &size, Held::Statements).await?)?;
    let folder = world.close().await?;
    let server = Server::start(folder.path(), true).await?;
    documents(&server, &size, report).await?;
    server.stop().await?;
    drop(folder);

    report.heading("10,000 × 20");
    let world = World::shipped(config).await?;
    world.grow(10_000, 20).await?;
    let folder = world.close().await?;
    let server = Server::start(folder.path(), false).await?;
    let (took, bytes) = server.once(&load::get("/list.xlsx", None)).await?;
    let name = format!("the whole list as a workbook, 10,000 rows, {} KiB", bytes / 1024);
    report.add(Figure::new(name, took / 1000.0, "s").budget(5.0))?;
    server.stop().await
}

/// Requests a second over the network: alone, and while obligations are updated.
async fn requests(folder: &std::path::Path, report: &mut Report) -> Result<()> {
    let server = Server::start(folder, true).await?;
    documents(&server, "104 tasks × 20 places", report).await?;
    let tasks: Vec<Wire> = (1..=104)
        .map(|n| load::get(&format!("/tasks/first-{n}"), None))
        .collect();
    let list = vec![load::get("/list", None), load::get("/list?place=320100", None)];
    let pinned = Pinned::to_last_core().await;
    let how = pinned.words();
    for (name, requests, rate, late) in [
        (
            "task pages, none twice in a row, no validator sent",
            &tasks,
            2_000.0,
            50.0,
        ),
        ("list pages, whole and filtered", &list, 100.0, 200.0),
    ] {
        let mut best = load::saturate(&server.address, requests, CONNECTIONS, LASTING).await?;
        for _ in 1..ROUNDS {
            let again = load::saturate(&server.address, requests, CONNECTIONS, LASTING).await?;
            if again.durations.count() > best.durations.count() {
                best = again;
            }
        }
        let rate_came = per_second(best.durations.count() - best.refused, best.took);
        report.add(Figure::new(format!("{name}, {CONNECTIONS} connections ({how})"), rate_came, "/s").budget(rate))?;
        report.add(Figure::new(format!("{name}: p99"), best.durations.percentile(0.99), "ms").budget(late))?;
    }
    mixed(&server, &tasks, how, report).await?;
    pinned.end().await;
    report.all(
        server
            .resident()
            .map(|mb| Figure::new("resident memory after the load", mb, "MB")),
    )?;
    server.stop().await
}

/// Task pages read while obligations are updated through the API, each at a pace of its own.
async fn mixed(server: &Server, tasks: &[Wire], how: &str, report: &mut Report) -> Result<()> {
    let key = server.key("nanjing")?.to_owned();
    let body = serde_json::json!({ "action": "note", "input": { "text": "已召开起草组会议" } });
    let writes: Vec<Wire> = platform_obligations(server)
        .await?
        .iter()
        .map(|id| load::post(&format!("/api/v1/obligations/{id}/actions"), &key, &body))
        .collect();
    let (read, written) = tokio::join!(
        load::paced(&server.address, tasks, READS, CONNECTIONS, LASTING),
        load::paced(&server.address, &writes, WRITES, CONNECTIONS, LASTING),
    );
    let (read, written) = (read?, written?);
    let came = |came: &load::Came| per_second(came.durations.count() - came.refused, LASTING);
    let durability = "SQLite, WAL, synchronous=FULL";
    let beside = format!("while obligations are updated at {WRITES}/s");
    report.add(Figure::new(format!("task pages {beside} ({how})"), came(&read), "/s").budget(READS))?;
    report.add(
        Figure::new(
            format!("task pages {beside}: p99"),
            read.durations.percentile(0.99),
            "ms",
        )
        .budget(50.0),
    )?;
    report.add(Figure::new(format!("updates beside ({durability})"), came(&written), "/s").budget(WRITES))?;
    report.add(
        Figure::new(
            format!("updates beside: p95 ({durability})"),
            written.durations.percentile(0.95),
            "ms",
        )
        .budget(300.0),
    )
}

/// The obligations of the place whose officer the sample account is, by the numbers of the shipped list.
async fn platform_obligations(server: &Server) -> Result<Vec<String>> {
    let request = load::get("/api/v1/obligations?place=320100&subject=task&limit=200", None);
    let body = server.body(&request).await?;
    let listing: serde_json::Value =
        serde_json::from_slice(&body).map_err(|fault| crate::failure::Failure::environment("obligations", fault))?;
    Ok(listing["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| item["id"].as_str().map(str::to_owned))
        .collect())
}

/// The list as a workbook, and the monthly report.
async fn documents(server: &Server, size: &str, report: &mut Report) -> Result<()> {
    let analyst = server.key("analyst")?;
    for (name, address, key, budget) in [
        ("list as a workbook", "/list.xlsx", None, 5.0),
        ("monthly report in Word", "/reports/monthly.docx", Some(analyst), 10.0),
        (
            "monthly report's annex as a workbook",
            "/reports/monthly.xlsx",
            Some(analyst),
            10.0,
        ),
    ] {
        let (took, bytes) = server.once(&load::get(address, key)).await?;
        let name = format!("{name}, {size}, {} KiB", bytes / 1024);
        report.add(Figure::new(name, took / 1000.0, "s").budget(budget))?;
    }
    Ok(())
}
