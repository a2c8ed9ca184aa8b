//! `biaochi bench`: the project's own figures, each beside its budget, and beside a peer of the same run where there is
//! one. Everything runs on data of its own in a temporary folder; PostgreSQL is measured on an empty database that the
//! caller names.

mod document;
mod engine;
mod figure;
mod ledger;
mod list;
mod load;
mod pages;
mod scale;
mod server;
mod world;

use crate::{
    cli::BenchName,
    config::Config,
    failure::{Outcome, Result},
    output,
    waiting::{Waiting, is_shown},
};
use ::ledger::progress::Progress;
use figure::Figure;
use std::io::IsTerminal as _;

/// What is printed: for people as it comes, for programs at the end.
struct Report {
    json: bool,
    figures: Vec<Figure>,
    /// Whether somebody looks who would wait.
    shown: bool,
    /// What is being measured, and the wheel that turns meanwhile.
    of: String,
    waiting: Option<Waiting>,
}

impl Report {
    fn heading(&mut self, of: &str) {
        of.clone_into(&mut self.of);
        self.aside(|| output::say(format!("— {of}")));
    }

    fn skipped(&mut self, what: &str) {
        self.aside(|| output::say(what));
    }

    /// Prints something where the wheel turns, and lets it turn on below.
    fn aside<T>(&mut self, print: impl FnOnce() -> T) -> T {
        self.waiting = None;
        let printed = print();
        self.waiting = Some(Waiting::with(self.shown, self.of.clone(), Progress::default()));
        printed
    }

    fn add(&mut self, figure: Figure) -> Result<()> {
        if !self.json {
            self.aside(|| output::line(figure.line()))?;
        }
        self.figures.push(figure);
        Ok(())
    }

    fn all(&mut self, figures: impl IntoIterator<Item = Figure>) -> Result<()> {
        figures.into_iter().try_for_each(|figure| self.add(figure))
    }
}

/// Runs one bench, or list, ledger and document. A figure that misses its budget is a finding.
pub async fn run(config: &Config, name: Option<BenchName>, long: bool, json: bool) -> Result<Outcome> {
    let json = json || config.is_json();
    let mut report = Report {
        json,
        figures: Vec::new(),
        shown: is_shown(std::io::stderr().is_terminal(), json),
        of: String::new(),
        waiting: None,
    };
    let wanted = |one| name.is_none_or(|name| name == one);
    if wanted(BenchName::List) {
        list::measure(config, &mut report).await?;
    }
    if wanted(BenchName::Ledger) {
        ledger::measure(config, long, &mut report).await?;
    }
    if wanted(BenchName::Document) {
        document::measure(config, &mut report)?;
    }
    if name == Some(BenchName::Engine) {
        engine::measure(&mut report)?;
    }
    if name == Some(BenchName::Scale) {
        scale::measure(config, &mut report).await?;
    }
    report.waiting = None;
    if report.json {
        output::json(&report.figures)?;
    }
    Ok(Outcome::of(!report.figures.iter().any(Figure::misses)))
}
