//! `biaochi number`: what designations say.

use crate::{
    config::Config,
    failure::{Outcome, Result},
    output,
};
use designation::{Known, Report};
use language::t;

/// Reads each text; findings are what is wrong, not what was mended.
pub fn run(config: &Config, texts: &[String]) -> Result<Outcome> {
    let known = Known::default();
    let reports: Vec<Report> = texts.iter().flat_map(|text| Report::of(text, &known)).collect();
    if config.is_json() {
        output::json(&reports)?;
    } else {
        for report in &reports {
            let valid = if report.valid {
                t!(config.lang, "cli-valid")
            } else {
                t!(config.lang, "cli-not-valid")
            };
            let canonical = report.canonical.clone().unwrap_or_else(|| report.input.clone());
            output::line(format!("{canonical}\t{valid}"))?;
            for finding in &report.findings {
                let mend = finding
                    .mend
                    .as_deref()
                    .map(|mend| format!(" → {mend}"))
                    .unwrap_or_default();
                let code = serde_json::to_value(finding.kind).ok();
                let code = code.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
                output::line(format!("  {}: {code} {}{mend}", finding.span.start + 1, finding.what))?;
            }
        }
    }
    Ok(Outcome::of(reports.iter().all(|report| report.valid)))
}
