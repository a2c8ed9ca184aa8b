//! `biaochi fix`: applies the automatic fixes.

use super::{examine::Examiner, files::Text, for_each, is_grave, told, told_totals, totals};
use crate::{
    cli,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{
    finding::{Fix, Report, apply_each, changed_lines},
    source::parse,
};
use language::t;
use serde::Serialize;
use std::{collections::BTreeMap, fs};

/// A fix may uncover another; more rounds than these mean that two undo one another.
const ROUNDS: usize = 12;

/// What became of a text, as programs read it.
#[derive(Serialize)]
struct Mended {
    file: String,
    applied: usize,
    rules: BTreeMap<String, usize>,
    left: Vec<Report>,
}

/// Mends each text and says what was mended and what is left; status 1 if something as grave as the level is. With
/// `--dry-run` the files stay, and what would change is shown.
pub fn run(config: &Config, fix: &cli::Fix) -> Result<Outcome> {
    let check = &fix.check;
    let examiner = Examiner::new(config, check)?;
    let mut mended = Vec::new();
    let outcome = for_each(&check.file, config.lang, |text| {
        let before = text.source.clone();
        let (text, rules) = mend(&examiner, fix, text);
        if text.source != before && !fix.dry_run {
            fs::write(&text.path, &text.source).map_err(|fault| Failure::environment(text.path.display(), fault))?;
        }
        let file = text.name();
        let left = examiner.findings(&text);
        let by_rule = totals(rules.iter().copied());
        if config.is_json() {
            mended.push(Mended {
                left: left.iter().map(|finding| finding.report(&file, config.lang)).collect(),
                file,
                applied: rules.len(),
                rules: by_rule
                    .iter()
                    .map(|(rule, count)| ((*rule).to_owned(), *count))
                    .collect(),
            });
        } else if fix.dry_run {
            output::line(t!(config.lang, "cli-fix-would", file = file, count = rules.len()))?;
            tell_rules(config, &by_rule)?;
            output::bytes(changed_lines(&before, &text.source).as_bytes())?;
        } else {
            output::line(t!(
                config.lang,
                "cli-fix-done",
                file = file.clone(),
                count = rules.len()
            ))?;
            tell_rules(config, &by_rule)?;
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

fn tell_rules(config: &Config, by_rule: &[(&str, usize)]) -> Result<()> {
    if by_rule.is_empty() {
        return Ok(());
    }
    output::line(t!(config.lang, "cli-fix-rules", rules = told_totals(by_rule)))
}

/// Applies what may be applied until nothing is left to apply; the rule of each fix.
fn mend(examiner: &Examiner, fix: &cli::Fix, mut text: Text) -> (Text, Vec<&'static str>) {
    let mut rules = Vec::new();
    let wanted = |rule: &str| {
        let named = |list: &[String]| list.iter().any(|name| name.eq_ignore_ascii_case(rule));
        (fix.only.is_empty() || named(&fix.only)) && !named(&fix.skip)
    };
    for _ in 0..ROUNDS {
        let findings = examiner.findings(&text);
        let fixes: Vec<(&'static str, &Fix)> = findings
            .iter()
            .filter(|finding| wanted(finding.rule))
            .filter_map(|finding| Some((finding.rule, finding.fix.as_ref()?)))
            .collect();
        let (mended, applied) = apply_each(&text.source, fixes.iter().map(|(_, fix)| *fix));
        if mended == text.source {
            break;
        }
        let done = fixes.iter().zip(applied).filter(|(_, applied)| *applied);
        rules.extend(done.map(|((rule, _), _)| *rule));
        let parsed = parse(&mended);
        text = Text {
            source: mended,
            document: parsed.document,
            findings: parsed.findings,
            ..text
        };
    }
    (text, rules)
}
