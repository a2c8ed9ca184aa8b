//! REF-08: whether what is cited is still in force (9.5.4.4.2), as far as a catalogue tells.

use super::Check;
use crate::data::csv_records;
use crate::finding::message;
use crate::model::{BlockKind, Clause, ElementKind, Position, Span};
use designation::{Designation, Known};
use std::collections::BTreeMap;

/// What is known of other standards. Whoever keeps a list of them hands it in; of what is not in it nothing is told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    entries: BTreeMap<String, Entry>,
}

/// One edition.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    designation: Designation,
    state: State,
    replaced_by: Vec<String>,
}

/// Whether an edition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// 现行, 即将实施, or not said.
    Holds,
    /// 被代替.
    Superseded,
    /// 废止.
    Withdrawn,
}

/// A table without one of the columns that a catalogue needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    /// Its name.
    pub column: &'static str,
}

/// A row whose number is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its line, from 1.
    pub line: u32,
    /// What stands there for a number.
    pub number: String,
}

/// The columns: the name first, then what else is understood.
const NUMBER: &[&str] = &["number", "编号", "标准编号"];
const STATUS: &[&str] = &["status", "state", "状态"];
const REPLACED_BY: &[&str] = &["replaced_by", "被代替"];

impl Catalogue {
    /// Reads comma-separated values with the columns `number`, `status` (现行, 即将实施, 被代替, 废止; in English
    /// current, upcoming, superseded, withdrawn) and perhaps `replaced_by`; and the rows whose number is none.
    pub fn read(text: &str) -> Result<(Self, Vec<Unread>), MissingColumn> {
        let mut records = csv_records(text.trim_start_matches('\u{feff}'), Position::new(1, 1)).into_iter();
        let head: Vec<String> = records
            .next()
            .into_iter()
            .flatten()
            .map(|field| field.text.to_lowercase())
            .collect();
        let column = |names: &[&'static str]| head.iter().position(|title| names.contains(&title.as_str()));
        let number = column(NUMBER).ok_or(MissingColumn { column: "number" })?;
        let status = column(STATUS).ok_or(MissingColumn { column: "status" })?;
        let replaced = column(REPLACED_BY);
        let mut catalogue = Self::default();
        let mut unread = Vec::new();
        for record in records {
            let cell = |index: usize| record.get(index).map_or("", |field| field.text.as_str());
            let written = cell(number);
            let Ok(parsed) = designation::parse(written, &Known::default()) else {
                unread.push(Unread {
                    line: record.first().map_or(0, |field| field.span.start.line),
                    number: written.to_owned(),
                });
                continue;
            };
            let state = match cell(status) {
                "被代替" | "superseded" => State::Superseded,
                "废止" | "withdrawn" => State::Withdrawn,
                _ => State::Holds,
            };
            let replaced_by = replaced.map_or_else(Vec::new, |index| {
                designation::find(cell(index), &Known::default())
                    .into_iter()
                    .map(|found| found.designation.to_string())
                    .collect()
            });
            let designation = parsed.designation;
            catalogue.entries.insert(
                designation.to_string(),
                Entry {
                    designation,
                    state,
                    replaced_by,
                },
            );
        }
        Ok((catalogue, unread))
    }

    /// How many editions it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The edition meant, if it does not hold any more. An undated number means the latest edition: it has ended when
    /// every edition that is known has.
    fn ended(&self, cited: &Designation) -> Option<&Entry> {
        if cited.year().is_some() {
            return self
                .entries
                .get(&cited.to_string())
                .filter(|entry| entry.state != State::Holds);
        }
        let mut latest: Option<&Entry> = None;
        for entry in self.entries.values() {
            if !entry.designation.same_standard_as(cited) {
                continue;
            }
            if entry.state == State::Holds {
                return None;
            }
            if latest.is_none_or(|latest| latest.designation < entry.designation) {
                latest = Some(entry);
            }
        }
        latest
    }
}

/// Each cited document once: at its entry, or where it is first cited.
pub(super) fn check(check: &mut Check<'_>) {
    if check.catalogue.is_empty() {
        return;
    }
    let catalogue = check.catalogue;
    let mut cited: Vec<(Span, Designation)> = Vec::new();
    for kind in [ElementKind::References, ElementKind::Bibliography] {
        if let Some(element) = check.document.element(kind) {
            listed(&element.clause, &mut cited);
        }
    }
    for used in &check.resolved.citations {
        if let Some(designation) = &used.designation {
            cited.push((used.span, designation.clone()));
        }
    }
    let mut told: Vec<String> = Vec::new();
    for (span, designation) in cited {
        let number = designation.to_string();
        if told.contains(&number) {
            continue;
        }
        let Some(entry) = catalogue.ended(&designation) else {
            continue;
        };
        let message = match (entry.state, entry.replaced_by.as_slice()) {
            (State::Withdrawn, []) => message!("lint-ref-08-withdrawn", number = &number),
            (_, []) => message!("lint-ref-08-superseded", number = &number),
            (_, by) => message!("lint-ref-08-replaced", number = &number, by = by.join("、")),
        };
        check.tell("REF-08", span, message);
        told.push(number);
    }
}

fn listed(clause: &Clause, cited: &mut Vec<(Span, Designation)>) {
    for block in &clause.blocks {
        if let BlockKind::References(list) = &block.kind {
            let entries = list.entries.iter();
            cited.extend(entries.filter_map(|entry| Some((entry.span, entry.designation.clone()?))));
        }
    }
    for below in &clause.clauses {
        listed(below, cited);
    }
}
