//! A source as the engine understands it, with the places of its clauses in the text. Pure.

use crate::text::{compile::compile, reading::ANCHORS};
use indicator::{Finding, Mode, Standard};
use std::collections::BTreeMap;

/// A source that runs, or the reasons why it does not.
#[derive(Debug, Clone)]
pub struct Executable {
    /// What it says.
    pub standard: Standard,
    /// What the engine finds in it, its examples run.
    pub findings: Vec<Finding>,
    /// The anchor of each clause in the text, by its number.
    pub anchors: BTreeMap<String, String>,
}

impl Executable {
    /// Whether there is anything in it that runs.
    pub fn is_one(&self) -> bool {
        !self.standard.nodes.is_empty()
    }
}

/// Reads a source.
pub fn of_source(source: &str) -> Executable {
    let read = indicator::read(&indicator::blocks(source.trim_start_matches('\u{feff}')));
    let mut findings = read.findings;
    findings.extend(indicator::check(&read.standard));
    Executable {
        standard: read.standard,
        findings,
        anchors: BTreeMap::new(),
    }
}

/// The anchors of the clauses of a source, by number.
pub fn anchors_of(source: &str) -> BTreeMap<String, String> {
    let of_one = |entry: document::resolve::Entry| {
        let number = entry.number.trim_start_matches("附录").trim().to_owned();
        (!number.is_empty()).then(|| (number, format!("{ANCHORS}{}", entry.id.as_str())))
    };
    compile(source)
        .resolved
        .contents
        .into_iter()
        .filter_map(of_one)
        .collect()
}

/// The id of a mode.
pub const fn mode_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Assessment => "assessment",
        Mode::Index => "index",
        Mode::Accounting => "accounting",
    }
}
