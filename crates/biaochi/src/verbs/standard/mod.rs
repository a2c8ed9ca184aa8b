//! Executable standards over their units (`run`, `explain`, `sensitivity`, `analyse`, `import-index`), and product systems
//! (`footprint`, `import-openlca`, `export-openlca`).

mod against;
pub mod analyse;
pub mod certificate;
mod data;
pub mod explain;
pub mod footprint;
pub mod import_index;
pub mod openlca;
mod picture;
pub mod run;
pub mod sensitivity;
mod wide;
mod workbook;

use crate::{
    cli::Over,
    config::Config,
    failure::{Failure, Result},
};
use indicator::{Finding, Period, Settings, Severity, Standard, UnitData, UnitResult};
use jiff::civil::Date;
use language::t;
use std::path::Path;

/// What is to be run: a standard without errors, and its units.
struct Read {
    standard: Standard,
    units: Vec<UnitData>,
    /// The period that was asked for; rows of others are there to be looked back upon.
    period: Option<Period>,
    at: Date,
    /// Whether something was found that the caller must look at.
    noted: bool,
}

/// A run as far as all verbs need it.
struct Ran {
    standard: Standard,
    units: Vec<UnitData>,
    results: Vec<UnitResult>,
    at: Date,
    /// Whether something was found that the caller must look at.
    noted: bool,
}

/// Reads the standard and the data.
fn reading(config: &Config, file: &Path, over: &Over) -> Result<Read> {
    let text = text_of(config, file)?;
    let reading = indicator::read(&indicator::blocks(&text));
    let mut found = reading.findings;
    found.extend(indicator::structure(&reading.standard));
    refuse_errors(config, file, &found)?;
    let standard = reading.standard;

    let period = match &over.period {
        None => None,
        Some(text) => Some(
            Period::read(text)
                .ok_or_else(|| Failure::Input(t!(config.lang, "cli-no-such-period", period = text.as_str())))?,
        ),
    };
    let mut rows = data::rows(config, &over.data)?;
    for row in &mut rows {
        if row.period.is_none() {
            row.period = period.map(|period| period.to_string());
        }
    }
    let (units, about_data) = indicator::understand(&standard, &rows);
    refuse_errors(config, &over.data, &about_data)?;
    for finding in &about_data {
        crate::output::say(line(config, &over.data, finding));
    }
    Ok(Read {
        standard,
        units,
        period,
        at: over.at.unwrap_or_else(|| ledger::clock::today(jiff::Timestamp::now())),
        noted: !about_data.is_empty(),
    })
}

/// Reads the standard and the data, and runs exactly.
fn ran(config: &Config, file: &Path, over: &Over) -> Result<Ran> {
    Ok(exactly(reading(config, file, over)?))
}

/// Runs exactly; of the units those of the period that was asked for stay.
fn exactly(read: Read) -> Ran {
    let Read {
        standard,
        mut units,
        period,
        at,
        noted,
    } = read;
    let mut results = indicator::run(&standard, &units, Settings { at: Some(at) });
    if let Some(period) = period {
        let wanted: Vec<bool> = units.iter().map(|unit| unit.period == Some(period)).collect();
        let mut keep = wanted.iter();
        units.retain(|_| keep.next().copied().unwrap_or(true));
        let mut keep = wanted.iter();
        results.retain(|_| keep.next().copied().unwrap_or(true));
    }
    Ran {
        standard,
        units,
        results,
        at,
        noted,
    }
}

fn text_of(config: &Config, file: &Path) -> Result<String> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|reason| {
        Failure::Input(t!(
            config.lang,
            "cli-unreadable",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    })?;
    let text = String::from_utf8(bytes).map_err(|fault| {
        let before = fault.as_bytes().iter().take(fault.utf8_error().valid_up_to());
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        Failure::Input(t!(
            config.lang,
            "cli-not-utf8",
            file = name.as_str(),
            line = line.to_string()
        ))
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Errors end the call; each is said with its place and how to mend it.
fn refuse_errors(config: &Config, file: &Path, found: &[Finding]) -> Result<()> {
    let errors: Vec<&Finding> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(refused(config, file, &errors))
}

/// What is wrong, as the reason why nothing was done.
fn refused(config: &Config, file: &Path, errors: &[&Finding]) -> Failure {
    let count = t!(config.lang, "cli-errors-found", count = errors.len());
    let lines: Vec<String> = errors.iter().map(|finding| line(config, file, finding)).collect();
    Failure::Input(format!("{count}\n{}", lines.join("\n")))
}

/// `FILE:LINE:COLUMN: RULE (clause): MESSAGE → MEND`; what stands nowhere has no line.
fn line(config: &Config, file: &Path, finding: &Finding) -> String {
    let place = &finding.place;
    let clause = if place.clause.is_empty() {
        String::new()
    } else {
        format!(" ({})", place.clause)
    };
    let at = if place.line == 0 {
        String::new()
    } else {
        format!("{}:{}:", place.line, place.column)
    };
    format!(
        "{}:{at} {}{clause}: {} → {}",
        file.display(),
        finding.rule,
        finding.message(config.lang),
        finding.mend(config.lang)
    )
}
