//! `biaochi fmt`: the canonical source.

use super::{for_each, told};
use crate::{
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{finding::Severity, source::print};
use language::t;
use std::{fs, path::PathBuf};

/// Writes the canonical source of each text, or with `check` only says whose differs. A text whose form has errors is
/// left as it is: printing it would lose what could not be read.
pub fn run(config: &Config, files: &[PathBuf], check: bool) -> Result<Outcome> {
    for_each(files, config.lang, |text| {
        let errors: Vec<String> = text
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| told(&text.name(), finding, config.lang))
            .collect();
        if !errors.is_empty() {
            return Err(Failure::Input(format!(
                "{}\n{}",
                t!(config.lang, "cli-fmt-errors", file = text.name()),
                errors.join("\n")
            )));
        }
        let canonical = print(&text.document);
        let same = canonical == text.source;
        if check {
            if !same {
                output::line(t!(config.lang, "cli-fmt-differs", file = text.name()))?;
            }
            return Ok(Outcome::of(same));
        }
        if !same {
            fs::write(&text.path, canonical).map_err(|fault| Failure::environment(text.path.display(), fault))?;
            output::line(t!(config.lang, "cli-fmt-written", file = text.name()))?;
        }
        Ok(Outcome::Clean)
    })
}
