//! `biaochi check`: what is wrong with texts.

use super::{all_findings, for_each, is_grave, told};
use crate::{
    cli::Weight,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use language::t;
use std::path::PathBuf;

/// Prints the findings; status 1 if one is as grave as the level.
pub fn run(config: &Config, files: &[PathBuf], level: Weight) -> Result<Outcome> {
    let mut reports = Vec::new();
    let outcome = for_each(files, config.lang, |text| {
        let findings = all_findings(&text);
        let file = text.name();
        for finding in &findings {
            if config.is_json() {
                reports.push(finding.report(&file, config.lang));
            } else {
                output::line(told(&file, finding, config.lang))?;
            }
        }
        if !config.is_json() && findings.is_empty() {
            output::say(t!(config.lang, "cli-text-clean", file = file));
        }
        Ok(Outcome::of(!findings.iter().any(|finding| is_grave(finding, level))))
    });
    if config.is_json() {
        output::json(&reports)?;
    }
    outcome
}
