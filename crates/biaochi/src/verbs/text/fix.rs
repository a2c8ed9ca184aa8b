//! `biaochi fix`: applies the automatic fixes.

use super::{all_findings, files::Text, for_each, is_grave, told};
use crate::{
    cli::Weight,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{finding::apply, source::parse};
use language::t;
use std::{fs, path::PathBuf};

/// A fix may uncover another; more rounds than these mean that two undo one another.
const ROUNDS: usize = 12;

/// Mends each text and says what is left; status 1 if something is.
pub fn run(config: &Config, files: &[PathBuf]) -> Result<Outcome> {
    for_each(files, config.lang, |text| {
        let mut count = 0;
        let mut text = text;
        let before = text.source.clone();
        for _ in 0..ROUNDS {
            let findings = all_findings(&text);
            let (mended, applied) = apply(&text.source, findings.iter().filter_map(|finding| finding.fix.as_ref()));
            if applied == 0 || mended == text.source {
                break;
            }
            count += applied;
            let parsed = parse(&mended);
            text = Text {
                source: mended,
                document: parsed.document,
                findings: parsed.findings,
                ..text
            };
        }
        if text.source != before {
            fs::write(&text.path, &text.source).map_err(|fault| Failure::environment(text.path.display(), fault))?;
        }
        output::line(t!(config.lang, "cli-fix-done", file = text.name(), count = count))?;
        let left = all_findings(&text);
        for finding in &left {
            output::line(told(&text.name(), finding, config.lang))?;
        }
        Ok(Outcome::of(
            !left.iter().any(|finding| is_grave(finding, Weight::Warning)),
        ))
    })
}
