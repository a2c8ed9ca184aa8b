//! What is wrong with a standard before it runs.

mod families;
mod formulas;
mod ladders;
mod ranges;
mod reach;

use crate::finding::{Finding, Severity};
use crate::standard::{Mode, Standard};

/// Everything that is found in a standard as read, its examples run. `read` has its own findings.
pub fn check(standard: &Standard) -> Vec<Finding> {
    let mut findings = structure(standard);
    if !findings.iter().any(|finding| finding.severity == Severity::Error) {
        findings.extend(crate::example::check(standard));
    }
    if standard.examples.is_empty() {
        findings.push(Finding::warning("indicator-no-example", &crate::Place::default(), &[]));
    }
    findings
}

/// What is found without running anything: an error here means that the standard does not run.
pub fn structure(standard: &Standard) -> Vec<Finding> {
    let mut findings = Vec::new();
    families::check(standard, &mut findings);
    formulas::check(standard, &mut findings);
    ladders::check(standard, &mut findings);
    reach::check(standard, &mut findings);
    parameters(standard, &mut findings);
    evidence(standard, &mut findings);
    findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
    findings.dedup();
    findings
}

fn parameters(standard: &Standard, findings: &mut Vec<Finding>) {
    for parameter in &standard.parameters {
        for (at, value) in parameter.values.iter().enumerate() {
            let before = parameter.values.iter().take(at);
            let twice = before
                .filter(|known| known.period == value.period && known.published == value.published)
                .count();
            if twice > 0 {
                let period = value.period.map(|period| period.to_string()).unwrap_or_default();
                findings.push(Finding::error(
                    "indicator-parameter-twice",
                    &value.place,
                    &[("name", &parameter.name), ("period", &period)],
                ));
            }
            if value.period.is_some() && value.published.is_none() {
                findings.push(Finding::warning(
                    "indicator-parameter-unpublished",
                    &value.place,
                    &[("name", &parameter.name)],
                ));
            }
        }
        for example in &standard.examples {
            if parameter.values.is_empty() || parameter.take(example.period, example.at).is_err() {
                let shown = example
                    .period
                    .map(|period| period.to_string())
                    .or(example.at.map(|at| at.to_string()))
                    .unwrap_or_default();
                findings.push(Finding::warning(
                    "indicator-parameter-no-value",
                    &parameter.place,
                    &[
                        ("name", &parameter.name),
                        ("period", &shown),
                        ("example", &example.name),
                    ],
                ));
            }
        }
    }
}

fn evidence(standard: &Standard, findings: &mut Vec<Finding>) {
    for node in &standard.nodes {
        if let Some(evidence) = node.evidence.as_ref().filter(|evidence| !evidence.dated) {
            findings.push(Finding::new(
                Severity::Info,
                "indicator-evidence-undated",
                &node.place,
                &[("code", &node.code), ("evidence", &evidence.text)],
            ));
        }
        let asks_policy = standard.mode == Mode::Assessment && node.children.is_empty() && !node.missing_stated;
        if asks_policy {
            findings.push(Finding::warning(
                "indicator-missing-unstated",
                &node.place,
                &[("code", &node.code)],
            ));
        }
    }
}
