//! `biaochi explain`: the derivation of one unit's result.

use super::ran;
use crate::{
    cli::Explain,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use indicator::{Explanation, explain, outline};
use language::t;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Explained {
    system: String,
    at: String,
    unit: String,
    period: Option<String>,
    total: Option<f64>,
    exact: Option<String>,
    grade: Option<String>,
    notes: Vec<String>,
    explanations: Vec<Explanation>,
}

/// Explains a unit's total, or one indicator of it.
pub fn run(config: &Config, call: &Explain) -> Result<Outcome> {
    let ran = ran(config, &call.standard, &call.over)?;
    // Of a unit with several periods the latest.
    let found = ran
        .units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.id == call.unit)
        .max_by_key(|(_, unit)| unit.period);
    let Some((at, unit)) = found else {
        let known: Vec<&str> = ran.units.iter().take(10).map(|unit| unit.id.as_str()).collect();
        return Err(Failure::Input(t!(
            config.lang,
            "cli-no-such-unit",
            unit = call.unit.as_str(),
            known = known.join(", ")
        )));
    };
    let node = match &call.node {
        None => None,
        Some(code) => Some(
            ran.standard
                .node(code)
                .ok_or_else(|| Failure::Input(t!(config.lang, "cli-no-such-node", node = code.as_str())))?,
        ),
    };
    let Some(result) = ran.results.get(at) else {
        return Ok(Outcome::Clean);
    };
    let explanations = explain(&ran.standard, unit, result, node, config.lang);
    if !config.is_json() {
        output::line(outline(&explanations).trim_end())?;
        return Ok(Outcome::Clean);
    }
    let report = indicator::report(&ran.standard, std::slice::from_ref(result), Some(ran.at), config.lang);
    let Some(first) = report.units.into_iter().next() else {
        return Ok(Outcome::Clean);
    };
    output::json(&Explained {
        system: report.system,
        at: ran.at.to_string(),
        unit: first.id,
        period: first.period,
        total: first.total,
        exact: first.exact,
        grade: first.grade,
        notes: first.notes,
        explanations,
    })?;
    Ok(Outcome::Clean)
}
