//! `biaochi fix`: applies the automatic fixes.

use super::{examine::Examiner, files::Text, for_each, is_grave, told};
use crate::{
    cli,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{
    finding::{Report, apply},
    source::parse,
};
use language::t;
use serde::Serialize;
use std::fs;

/// A fix may uncover another; more rounds than these mean that two undo one another.
const ROUNDS: usize = 12;

/// What became of a text, as programs read it.
#[derive(Serialize)]
struct Mended {
    file: String,
    applied: usize,
    left: Vec<Report>,
}

/// Mends each text and says what is left; status 1 if something as grave as the level is.
pub fn run(config: &Config, check: &cli::Check) -> Result<Outcome> {
    let examiner = Examiner::new(config, check)?;
    let mut mended = Vec::new();
    let outcome = for_each(&check.file, config.lang, |text| {
        let before = text.source.clone();
        let (text, applied) = mend(&examiner, text);
        if text.source != before {
            fs::write(&text.path, &text.source).map_err(|fault| Failure::environment(text.path.display(), fault))?;
        }
        let file = text.name();
        let left = examiner.findings(&text);
        if config.is_json() {
            mended.push(Mended {
                left: left.iter().map(|finding| finding.report(&file, config.lang)).collect(),
                file,
                applied,
            });
        } else {
            output::line(t!(config.lang, "cli-fix-done", file = file.clone(), count = applied))?;
            for finding in &left {
                output::line(told(&file, finding, config.lang))?;
            }
        }
        Ok(Outcome::of(
            !left.iter().any(|finding| is_grave(finding, check.fail_level)),
        ))
    });
    if config.is_json() {
        output::json(&mended)?;
    }
    outcome
}

/// Applies what may be applied until nothing is left to apply; how many fixes that were.
fn mend(examiner: &Examiner, mut text: Text) -> (Text, usize) {
    let mut count = 0;
    for _ in 0..ROUNDS {
        let findings = examiner.findings(&text);
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
    (text, count)
}
