//! `cargo xtask test`: everything that is tested, one count at the end.

use crate::{
    browser,
    postgres::Server,
    process::{Tally, cargo, counted, root, succeeds},
    setup::{self, Need},
    tidy, ui,
};
use anyhow::{Result, bail};
use std::{collections::BTreeMap, process::Command, time::Instant};

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The same suites with larger figures.
    long: bool,
    no_browser: bool,
    only: Option<String>,
}

impl Options {
    /// Reads the arguments.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--long" => options.long = true,
                "--no-browser" => options.no_browser = true,
                "--only" => match arguments.next() {
                    Some(name) => options.only = Some(name.clone()),
                    None => {
                        bail!("--only takes fmt, tidy, ui, rust, browser or the name of a crate")
                    }
                },
                other => bail!("cargo xtask test does not know {other}; it takes --long, --no-browser, --only NAME"),
            }
        }
        Ok(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }

    /// The one crate asked for.
    fn only_crate(&self) -> Option<&str> {
        self.only
            .as_deref()
            .filter(|only| !["fmt", "tidy", "ui", "rust", "browser"].contains(only))
    }
}

/// Runs the suite; whether all of it passed.
pub fn test(options: &Options) -> Result<bool> {
    if let Some(name) = options.only_crate()
        && name != "xtask"
        && !root().join("crates").join(name).is_dir()
    {
        bail!("--only {name}: there is no such crate; it takes fmt, tidy, ui, rust, browser or the name of a crate");
    }
    let rust = options.wants("rust") || options.only_crate().is_some();
    let browser = options.wants("browser") && !options.no_browser;
    setup::ensure(&needs(options, rust, browser))?;

    let started = Instant::now();
    let mut report = Report::default();
    if options.wants("fmt") {
        let formatted = succeeds(&mut cargo(&["fmt", "--all", "--check", "--", "--files-with-diff"]))?;
        if !formatted {
            println!("these files are not formatted: cargo fmt --all");
        }
        report.add("fmt", Tally::one(formatted));
    }
    if options.wants("tidy") {
        report.add("tidy", tidy::run()?);
    }
    if rust || browser || options.wants("ui") {
        ui::build()?;
    }
    if options.wants("ui") {
        let tally = ui::test(&mut report.skipped)?;
        report.add("ui", tally);
    }
    if rust {
        let server = Server::start()?;
        println!("PostgreSQL: {}", server.url());
        let tally = counted(&mut rust_tests(options, &server, &[]), &mut report.skipped)?;
        report.add("rust", tally);
        if options.only_crate().is_none_or(|name| WORLDS.contains(&name)) {
            let tally = counted(&mut worlds_on_postgres(options, &server), &mut report.skipped)?;
            report.add("rust on PostgreSQL", tally);
        }
    }
    if browser {
        // After the suites the binary is there: the same selection of packages gives the same features, and nothing is built
        // twice. Alone it needs the binary and no tests.
        let selection: &[&str] = if options.wants("rust") {
            &["--workspace", "--bins", "--tests"]
        } else {
            &["--package", "biaochi"]
        };
        let tally = if succeeds(cargo(&["build", "--locked"]).args(selection))? {
            browser::test(options.long, &mut report.skipped)?
        } else {
            Tally::one(false)
        };
        report.add("browser", tally);
    }
    Ok(report.close(started))
}

/// Tests that make their world on SQLite alone unless told otherwise, and of which the usual suite runs these on
/// PostgreSQL, too: one journey of each feature, by module. A long one runs all of them.
const JOURNEYS: [&str; 12] = [
    "admin::",
    "changes::",
    "desk::",
    "history::",
    "letters::",
    "progress::",
    "proposals::",
    "report::",
    "reports::",
    "signing_in::",
    "work::",
    "workbooks::",
];
/// Crates with such tests.
const WORLDS: [&str; 2] = ["platform", "web"];

/// The seed of the properties' cases: the day GB/T 1.1—2020 was published.
const PROPERTIES: &str = "20200331";

/// The suites of all crates, or of one.
fn rust_tests(options: &Options, server: &Server, further: &[&str]) -> Command {
    let mut tests = cargo(&["test", "--locked", "--no-fail-fast"]);
    match options.only_crate() {
        Some(name) => tests.args(["--package", name]),
        None => tests.arg("--workspace"),
    };
    tests
        .args(further)
        .args(["--", "--show-output"])
        .env("BIAOCHI_TEST_POSTGRES", server.url());
    if options.long {
        tests.env("BIAOCHI_LONG", "1");
    } else {
        // Fresh cases are for `--long`: a suite that gates a change says the same of the same code.
        tests.env("PROPTEST_RNG_SEED", PROPERTIES);
    }
    tests
}

/// Those whose worlds can live on either database, once more on PostgreSQL.
fn worlds_on_postgres(options: &Options, server: &Server) -> Command {
    let mut tests = rust_tests(options, server, &["--test", "it"]);
    if !options.long {
        tests.args(JOURNEYS);
    }
    // Damaged input is not the database's business, and was tried at length above.
    tests.env("BIAOCHI_TEST_WORLDS", "postgres").env_remove("BIAOCHI_LONG");
    tests
}

fn needs(options: &Options, rust: bool, browser: bool) -> Vec<Need> {
    let mut needs = Vec::new();
    if rust || browser || options.wants("ui") {
        needs.push(Need::Node);
    }
    if rust {
        needs.extend([Need::Postgres, Need::Fonts, Need::Poppler]);
    }
    if browser {
        needs.extend([Need::Browser, Need::Fonts]);
    }
    needs
}

#[derive(Debug, Default)]
struct Report {
    parts: Vec<(&'static str, Tally)>,
    skipped: BTreeMap<String, u64>,
}

impl Report {
    fn add(&mut self, part: &'static str, tally: Tally) {
        self.parts.push((part, tally));
    }

    /// Prints what came of each part, what was skipped, and the sum as the last line.
    fn close(self, started: Instant) -> bool {
        println!();
        let mut sum = Tally::default();
        for (part, tally) in &self.parts {
            println!("{part:>18}: {} passed, {} failed", tally.passed, tally.failed);
            sum += *tally;
        }
        for (what, times) in &self.skipped {
            println!("{what} ({times}×)");
        }
        println!("took {} s", started.elapsed().as_secs());
        println!("{} passed, {} failed", sum.passed, sum.failed);
        sum.failed == 0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        Options::parse(&arguments.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_part_or_a_crate_can_be_asked_for_alone() {
        let tidy = parse(&["--only", "tidy"]).unwrap();
        assert!(tidy.wants("tidy") && !tidy.wants("rust") && tidy.only_crate().is_none());
        let ledger = parse(&["--long", "--only", "ledger"]).unwrap();
        assert!(ledger.long && !ledger.wants("tidy") && ledger.only_crate() == Some("ledger"));
        assert!(parse(&["--only"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}
