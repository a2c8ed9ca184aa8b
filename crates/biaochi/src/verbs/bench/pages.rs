//! Pages through the whole server without a network, and their statements counted.

use super::figure::{Durations, Figure};
use crate::failure::{Failure, Result};
use ledger::counted;
use platform::Platform;
use std::time::{Duration, Instant};
use web::{InProcess, Web};

/// Each page is asked for so often in one round, and the best round is told: the machine may be busy with others.
const TIMES: usize = 100;
const ROUNDS: usize = 5;
/// A round of a page that takes long ends after this time, but not before some answers.
const LASTING: Duration = Duration::from_secs(2);
const FEWEST: usize = 5;

/// Pages, with what each may take at p95 in milliseconds, and how many a second there must be.
pub const PAGES: &[(&str, &str, f64)] = &[
    ("list page", "/list", 20.0),
    (
        "list page filtered by kind and place",
        "/list?tier=group&place=320100",
        20.0,
    ),
    (
        "list page filtered by state and words",
        "/list?state=delivered&q=%E8%A7%84%E8%8C%83",
        20.0,
    ),
    ("obligations page", "/obligations", 20.0),
    ("home page", "/", 20.0),
    ("places page", "/places", 20.0),
    ("place page", "/places/320100", 20.0),
    ("measures page", "/measures", 20.0),
    ("task page", "/tasks/first-28", 20.0),
];

/// What is held against budgets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Time and statements: at the size that the list has.
    TimeAndStatements,
    /// Statements alone: a list fifty times as long may take longer, but must ask no more often.
    Statements,
}

/// Measures these pages for a size of the list.
pub async fn measure(platform: &Platform, size: &str, held: Held) -> Result<Vec<Figure>> {
    let pages = InProcess::new(Web::new(platform.clone(), env!("CARGO_PKG_VERSION")));
    let mut figures = Vec::new();
    for (name, address, budget) in PAGES {
        let budget = (held == Held::TimeAndStatements).then_some(*budget);
        figures.extend(page(&pages, &format!("{name}, {size}"), address, budget).await?);
    }
    Ok(figures)
}

async fn page(pages: &InProcess, name: &str, address: &str, budget: Option<f64>) -> Result<Vec<Figure>> {
    let failed = |reason: String| Failure::environment(address, reason);
    let (answer, queries) = counted(pages.get(address)).await;
    let (status, body) = answer.map_err(|fault| failed(fault.to_string()))?;
    if status != 200 {
        return Err(failed(format!("status {status}")));
    }
    let mut best = Durations::default();
    for round in 0..ROUNDS {
        let mut durations = Durations::default();
        let begun = Instant::now();
        while durations.count() < TIMES && (durations.count() < FEWEST || begun.elapsed() < LASTING) {
            let from = Instant::now();
            pages.get(address).await.map_err(|fault| failed(fault.to_string()))?;
            durations.push_since(from);
        }
        if round == 0 || durations.percentile(0.95) < best.percentile(0.95) {
            best = durations;
        }
    }
    let size = body.len() / 1024;
    let mut time = Figure::new(
        format!("{name} ({size} KiB): server time, p95"),
        best.percentile(0.95),
        "ms",
    );
    let mut rate = Figure::new(format!("{name}: one after the other"), best.rate(), "/s");
    if let Some(budget) = budget {
        time = time.budget(budget);
        rate = rate.budget(100.0);
    }
    Ok(vec![
        time,
        rate,
        Figure::new(format!("{name}: statements"), queries as f64, "").budget(8.0),
    ])
}
