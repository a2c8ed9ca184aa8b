//! `biaochi check`: what is wrong with texts.

use super::{examine::Examiner, for_each, is_grave, told, told_totals, totals};
use crate::{
    cli,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use language::t;

/// Prints the findings; status 1 if one is as grave as the level.
pub fn run(config: &Config, check: &cli::Check) -> Result<Outcome> {
    let examiner = Examiner::new(config, check)?;
    let mut reports = Vec::new();
    let mut rules = Vec::new();
    let outcome = for_each(&check.file, config.lang, |text| {
        let findings = examiner.findings(&text);
        let file = text.name();
        for finding in &findings {
            rules.push(finding.rule);
            if config.is_json() {
                reports.push(finding.report(&file, config.lang));
            } else {
                output::line(told(&file, finding, config.lang))?;
            }
        }
        if !config.is_json() && findings.is_empty() {
            output::say(t!(config.lang, "cli-text-clean", file = file));
        }
        let grave = findings.iter().any(|finding| is_grave(finding, check.fail_level));
        Ok(Outcome::of(!grave))
    });
    if config.is_json() {
        output::json(&reports)?;
    } else if !rules.is_empty() {
        let count = rules.len();
        output::say(t!(
            config.lang,
            "cli-check-totals",
            count = count,
            rules = told_totals(&totals(rules))
        ));
    }
    outcome
}
