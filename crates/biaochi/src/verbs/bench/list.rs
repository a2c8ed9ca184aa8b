//! Pages of the list, through the whole server without a network; a workbook; a cold start.

use super::{Durations, Figure, cold_start, folder};
use crate::{
    config::Config,
    failure::{Failure, Result, of_platform},
    installation::{self, Installation},
};
use jiff::civil::date;
use ledger::{Access, counted};
use platform::{context::Context, list::entering};
use sheet::{Cell, Column, Kind, TableLayout};
use std::time::Instant;
use web::{InProcess, Web};

/// Each page is asked for so often.
const TIMES: usize = 200;
/// Rows of the workbook.
const ROWS: usize = 10_000;

/// Pages of the list, with what each may take: milliseconds at p95.
const PAGES: &[(&str, &str, f64)] = &[
    ("list page, 104 tasks", "/list", 20.0),
    ("list page, filtered", "/list?tier=group&place=320100", 20.0),
    ("home page", "/", 50.0),
    ("task page", "/tasks/28", 50.0),
];

/// Measures pages, workbook, and start.
pub async fn measure(config: &Config) -> Result<Vec<Figure>> {
    let folder = folder()?;
    let config = Config {
        data: folder.path().to_owned(),
        database: folder.path().join("biaochi.db").display().to_string(),
        files: folder.path().join("files").display().to_string(),
        key_file: folder.path().join("biaochi.key"),
        ..config.clone()
    };
    let installation = Installation::open_or_make(&config).await?;
    let settings = installation::settings(&config, "http://127.0.0.1", false);
    let platform = installation.platform(&config, Access::Write, settings).await?;
    let from = Instant::now();
    let context = Context::system(platform.now(), "bench");
    entering::enter(&platform, &context)
        .await
        .map_err(|fault| of_platform(config.lang, fault))?;
    let mut figures = vec![Figure::new(
        "the first list entered, one commit",
        from.elapsed().as_secs_f64(),
        "s",
    )];

    let pages = InProcess::new(Web::new(platform.clone(), env!("CARGO_PKG_VERSION")));
    for (name, address, budget) in PAGES {
        figures.extend(page(&pages, name, address, *budget).await?);
    }
    platform.ledger().close().await?;
    figures.push(workbook()?);
    figures.push(cold_start::measure(folder.path()).await?);
    Ok(figures)
}

async fn page(pages: &InProcess, name: &str, address: &str, budget: f64) -> Result<Vec<Figure>> {
    let failed = |reason: String| Failure::environment(address, reason);
    let (answer, queries) = counted(pages.get(address)).await;
    let (status, body) = answer.map_err(|fault| failed(fault.to_string()))?;
    if status != 200 {
        return Err(failed(format!("status {status}")));
    }
    let mut durations = Durations::default();
    for _ in 0..TIMES {
        let from = Instant::now();
        pages.get(address).await.map_err(|fault| failed(fault.to_string()))?;
        durations.push_since(from);
    }
    Ok(vec![
        Figure::new(format!("{name}, p95"), durations.percentile(0.95), "ms").budget(budget),
        Figure::new(format!("{name}, one client"), durations.rate(), "/s"),
        Figure::new(format!("{name}, statements"), queries as f64, "").budget(8.0),
        Figure::new(format!("{name}, size"), body.len() as f64 / 1024.0, "KiB"),
    ])
}

/// A workbook of as many rows as the largest list that is planned for.
fn workbook() -> Result<Figure> {
    let columns = ["task", "place", "state", "holder", "since", "next", "due", "source"];
    let columns = columns.iter().map(|id| Column::new(id, id, Kind::Text)).collect();
    let layout = TableLayout::new("obligations", "obligations", date(2026, 3, 2), columns);
    let row = |n: usize| {
        (0..8)
            .map(|column| Cell::Text(format!("{n}-{column} 服务业扩大开放")))
            .collect()
    };
    let rows: Vec<Vec<Cell>> = (0..ROWS).map(row).collect();
    let from = Instant::now();
    let bytes = sheet::write(&layout, &rows).map_err(|fault| Failure::environment("xlsx", fault))?;
    let name = format!("workbook, {ROWS} rows × 8, {} KiB", bytes.len() / 1024);
    Ok(Figure::new(name, from.elapsed().as_secs_f64(), "s").budget(5.0))
}
