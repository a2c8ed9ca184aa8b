//! `biaochi bench`: the project's own figures, each beside its budget, and beside a peer of the same run where there is
//! one. Everything runs on data of its own in a temporary folder; PostgreSQL is measured on an empty database that the
//! caller names.

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
};
use figure::Figure;

/// What is printed: for people as it comes, for programs at the end.
struct Report {
    json: bool,
    figures: Vec<Figure>,
}

impl Report {
    fn heading(&self, of: &str) {
        output::say(format!("— {of}"));
    }

    fn skipped(&self, what: &str) {
        output::say(what);
    }

    fn add(&mut self, figure: Figure) -> Result<()> {
        if !self.json {
            output::line(figure.line())?;
        }
        self.figures.push(figure);
        Ok(())
    }

    fn all(&mut self, figures: impl IntoIterator<Item = Figure>) -> Result<()> {
        figures.into_iter().try_for_each(|figure| self.add(figure))
    }
}

/// Runs one bench, or list and ledger. A figure that misses its budget is a finding.
pub async fn run(config: &Config, name: Option<BenchName>, long: bool, json: bool) -> Result<Outcome> {
    let mut report = Report {
        json: json || config.is_json(),
        figures: Vec::new(),
    };
    let wanted = |one| name.is_none_or(|name| name == one);
    if wanted(BenchName::List) {
        list::measure(config, &mut report).await?;
    }
    if wanted(BenchName::Ledger) {
        ledger::measure(config, long, &mut report).await?;
    }
    if name == Some(BenchName::Scale) {
        scale::measure(config, &mut report).await?;
    }
    if report.json {
        output::json(&report.figures)?;
    }
    Ok(Outcome::of(!report.figures.iter().any(Figure::misses)))
}
