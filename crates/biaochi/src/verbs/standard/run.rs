//! `biaochi run`: the results of every unit.

use super::{against, certificate, exactly, line, picture, reading, wide};
use crate::{
    cli::Run,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use indicator::{Standard, Tried, UnitReport, report, try_example};
use language::t;
use std::path::Path;

/// Runs a standard; findings are failing examples, columns that were not used, units without a result.
pub fn run(config: &Config, call: &Run) -> Result<Outcome> {
    let read = reading(config, &call.standard, &call.over)?;
    let examples = hold(config, call, &read.standard);
    if call.against.is_none() && wide::fits(&read, call) {
        return wide::run(config, call, read, examples);
    }
    let ran = exactly(read);
    if let Some(older) = &call.against {
        return against::run(config, call, older, &ran);
    }
    if let Some(file) = &call.freeze {
        let settings = indicator::Settings { at: Some(ran.at) };
        let kept = indicator::index::frozen(&ran.standard, &ran.units, settings).map_err(|findings| {
            let errors: Vec<_> = findings.iter().collect();
            super::refused(config, &call.standard, &errors)
        })?;
        std::fs::write(file, kept).map_err(|fault| Failure::environment(file.display(), fault))?;
    }
    let mut report = report(&ran.standard, &ran.results, Some(ran.at), config.lang);
    if let Some(file) = &call.certificate {
        certificate::write(config, file, (&call.standard, &call.over.data), &ran, &report)?;
    }
    if call.by_rank {
        report
            .units
            .sort_by_key(|unit| (unit.period.clone(), unit.rank.unwrap_or(usize::MAX)));
    }
    match &call.output {
        Some(file) if picture::is_picture(file) => picture::totals(config, file, &ran.standard, &report)?,
        Some(file) if is_workbook(file) => super::workbook::write(config, file, &ran)?,
        Some(file) => output::json_into(created(file)?, &report)?,
        None if config.is_json() => output::json(&report)?,
        None => {
            head_of_all(config, &ran.standard, ran.at, report.units.len())?;
            for note in once(&mut report) {
                output::line(t!(config.lang, "cli-run-every-unit", note = note.as_str()))?;
            }
            report
                .units
                .iter()
                .try_for_each(|unit| of_unit(config, &ran.standard, unit))?;
        }
    }
    let without = ran
        .results
        .iter()
        .filter(|result| ran.standard.has_total() && result.total.is_none())
        .count();
    Ok(Outcome::of(examples && !ran.noted && without == 0))
}

/// Whether every worked example of the standard holds; what does not is said.
fn hold(config: &Config, call: &Run, standard: &Standard) -> bool {
    let tried: Vec<Tried> = standard
        .examples
        .iter()
        .flat_map(|example| try_example(standard, example))
        .collect();
    let failing: Vec<_> = tried.iter().flat_map(|tried| &tried.findings).collect();
    for finding in &failing {
        output::say(line(config, &call.standard, finding));
    }
    failing.is_empty()
}

/// Takes out what is noted of every one of several units, to be said once.
fn once(report: &mut indicator::Report) -> Vec<String> {
    let [first, _, ..] = report.units.as_slice() else {
        return Vec::new();
    };
    let mut notes = first.notes.clone();
    notes.retain(|note| report.units.iter().all(|unit| unit.notes.contains(note)));
    for unit in &mut report.units {
        unit.notes.retain(|note| !notes.contains(note));
    }
    notes
}

/// Whether a file is to be a workbook.
pub(super) fn is_workbook(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xlsx"))
}

pub(super) fn created(file: &Path) -> Result<std::fs::File> {
    std::fs::File::create(file).map_err(|fault| Failure::environment(file.display(), fault))
}

pub(super) fn head_of_all(config: &Config, standard: &Standard, at: jiff::civil::Date, count: usize) -> Result<()> {
    output::line(t!(
        config.lang,
        "cli-run-head",
        system = named(standard),
        at = at.to_string(),
        count = count
    ))
}

/// Number and title; a standard without a number by its title alone.
pub(super) fn named(standard: &Standard) -> String {
    format!("{} {}", standard.number, standard.title).trim().to_owned()
}

pub(super) fn of_unit(config: &Config, standard: &Standard, unit: &UnitReport) -> Result<()> {
    output::line(head(config, standard, unit))?;
    if !standard.has_total() {
        for node in &standard.nodes {
            if let Some(result) = unit.nodes.get(&node.code) {
                let value = if result.value.is_null() {
                    result.missing.clone().unwrap_or_default()
                } else {
                    format!("{} {}", shown(&result.value), result.unit)
                };
                output::line(format!("  {} {}", node.code, value.trim_end()))?;
            }
        }
    }
    unit.notes
        .iter()
        .try_for_each(|note| output::line(format!("  - {note}")))
}

fn shown(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn head(config: &Config, standard: &Standard, unit: &UnitReport) -> String {
    let id = match &unit.period {
        Some(period) => format!("{} {period}", unit.id),
        None => unit.id.clone(),
    };
    if !standard.has_total() {
        return id;
    }
    let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    let total = match (&standard.rounding.total, unit.total) {
        // With all the places that the rounding gives: 85.0.
        (Some(interval), Some(total)) => format!("{total:.*}", interval.places()),
        (_, total) => number(total),
    };
    let grade = unit.grade.clone().unwrap_or_else(|| "—".to_owned());
    let rank = unit.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    t!(
        config.lang,
        "cli-run-unit",
        id = id,
        total = total,
        grade = grade,
        coverage = number(unit.coverage),
        rank = rank
    )
}
