//! `biaochi run`: the results of every unit.

use super::{line, ran};
use crate::{
    cli::Run,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use indicator::{Report, Tried, UnitReport, report, try_example};
use language::t;

/// Runs a standard; findings are failing examples, columns that were not used, units without a result.
pub fn run(config: &Config, call: &Run) -> Result<Outcome> {
    let ran = ran(config, &call.standard, &call.over)?;
    let tried: Vec<Tried> = ran
        .standard
        .examples
        .iter()
        .flat_map(|example| try_example(&ran.standard, example))
        .collect();
    let failing: Vec<_> = tried.iter().flat_map(|tried| &tried.findings).collect();
    for finding in &failing {
        output::say(line(config, &call.standard, finding));
    }
    if let Some(file) = &call.freeze {
        let settings = indicator::Settings { at: Some(ran.at) };
        let kept = indicator::index::frozen(&ran.standard, &ran.units, settings).map_err(|findings| {
            let errors: Vec<_> = findings.iter().collect();
            super::refused(config, &call.standard, &errors)
        })?;
        std::fs::write(file, kept).map_err(|fault| Failure::environment(file.display(), fault))?;
    }
    let report = report(&ran.standard, &ran.results, Some(ran.at), config.lang);
    match &call.output {
        Some(file) if file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xlsx")) => {
            super::workbook::write(config, file, &ran)?;
        }
        Some(file) => {
            let text = serde_json::to_string_pretty(&report).map_err(|fault| Failure::environment("JSON", fault))?;
            std::fs::write(file, text + "\n").map_err(|fault| Failure::environment(file.display(), fault))?;
        }
        None if config.is_json() => output::json(&report)?,
        None => print(config, &ran.standard, &report)?,
    }
    let without = ran
        .results
        .iter()
        .filter(|result| ran.standard.has_total() && result.total.is_none())
        .count();
    Ok(Outcome::of(failing.is_empty() && !ran.noted && without == 0))
}

fn print(config: &Config, standard: &indicator::Standard, report: &Report) -> Result<()> {
    let at = report.at.clone().unwrap_or_default();
    output::line(t!(
        config.lang,
        "cli-run-head",
        system = report.system.as_str(),
        title = standard.title.as_str(),
        at = at,
        count = report.units.len()
    ))?;
    for unit in &report.units {
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
        for note in &unit.notes {
            output::line(format!("  - {note}"))?;
        }
    }
    Ok(())
}

fn shown(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn head(config: &Config, standard: &indicator::Standard, unit: &UnitReport) -> String {
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
