//! The verbs of standards' texts: build, check, fmt, fix, import, diff, form.

mod build;
mod check;
mod diff;
mod examine;
mod files;
mod fix;
mod fmt;
mod form;
mod import;
mod pages;
mod watch;

pub use build::run as build;
pub use check::run as check;
pub use diff::run as diff;
pub use fix::run as fix;
pub use fmt::run as fmt;
pub use form::run as form;
pub use import::run as import;
pub use pages::find as find_faces;

use crate::{
    cli::Weight,
    failure::{Failure, Outcome, Result},
    output,
};
use document::finding::{Finding, Severity};
use files::Text;
use language::{Lang, t};
use std::{collections::BTreeMap, path::PathBuf};

/// Findings of the source's form, of what is computed from it and of its pictures, in the order of their places.
fn all_findings(text: &Text) -> Vec<Finding> {
    let mut findings = text.findings.clone();
    findings.extend(document::resolve::resolve(&text.document).findings);
    findings.extend(text.unshown_pictures());
    document::finding::sort(&mut findings);
    findings
}

/// `file:line:column: error SRC-07 message`.
fn told(file: &str, finding: &Finding, lang: Lang) -> String {
    let report = finding.report(file, lang);
    let weight = match report.severity {
        Severity::Error => t!(lang, "cli-weight-error"),
        Severity::Warning => t!(lang, "cli-weight-warning"),
        Severity::Info => t!(lang, "cli-weight-info"),
    };
    format!(
        "{file}:{}:{}: {weight} {} {}",
        report.line, report.column, report.rule, report.message
    )
}

/// How often each rule was told or mended, the most frequent first.
fn totals<'a>(rules: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in rules {
        *counts.entry(rule).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The same as a line of text.
fn told_totals(totals: &[(&str, usize)]) -> String {
    let each: Vec<String> = totals.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    each.join(", ")
}

fn is_grave(finding: &Finding, level: Weight) -> bool {
    match level {
        Weight::Error => finding.severity == Severity::Error,
        Weight::Warning => finding.severity >= Severity::Warning,
    }
}

/// Does something with each file; one bad file does not stop the others. What could not be read ends the whole as
/// wrong input.
fn for_each(files: &[PathBuf], lang: Lang, mut each: impl FnMut(Text) -> Result<Outcome>) -> Result<Outcome> {
    let mut clean = true;
    let mut wrong: Option<Failure> = None;
    for file in files {
        match Text::read(file, lang).and_then(&mut each) {
            Ok(outcome) => clean &= outcome == Outcome::Clean,
            Err(failure @ Failure::Input(_)) => {
                // The last one is said when the verb ends.
                if let Some(Failure::Input(before)) = wrong.replace(failure) {
                    output::say(before);
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    match wrong {
        Some(failure) => Err(failure),
        None => Ok(Outcome::of(clean)),
    }
}
