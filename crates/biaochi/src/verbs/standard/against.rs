//! `run --against`: what another edition of the standard makes of the same units.

use super::{Ran, exactly, reading};
use crate::{
    cli::Run,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use indicator::{Because, Both, Editions, Rule, RuleChange, UnitMove, editions};
use language::{Lang, t};
use std::path::Path;

/// So many indicators are named for a unit.
const NAMED: usize = 5;

/// Runs both; status 1 where anybody moves, since that is to be looked at.
pub(super) fn run(config: &Config, call: &Run, older: &Path, ran: &Ran) -> Result<Outcome> {
    let before = exactly(reading(config, older, &call.over)?);
    let found = editions((&before.standard, &before.results), (&ran.standard, &ran.results));
    let moved = found.units.iter().any(UnitMove::moved);
    match &call.output {
        Some(file) => output::json_into(super::run::created(file)?, &found)?,
        None if config.is_json() => output::json(&found)?,
        None => told(config, &found)?,
    }
    Ok(Outcome::of(!moved && !ran.noted && !before.noted))
}

fn told(config: &Config, found: &Editions) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-against-head",
        before = found.before.as_str(),
        after = found.after.as_str(),
        rules = found.rules.len(),
        units = found.units.len(),
        moved = found.units.iter().filter(|unit| unit.moved()).count()
    ))?;
    found.rules.iter().try_for_each(|rule| of_rule(lang, rule))?;
    let moved = found.units.iter().filter(|unit| unit.moved());
    moved.into_iter().try_for_each(|unit| of_unit(lang, unit))
}

fn of_rule(lang: Lang, rule: &RuleChange) -> Result<()> {
    let what = match rule.what {
        Rule::Indicator => t!(lang, "cli-against-indicator", of = rule.of.as_str()),
        Rule::Weight => t!(lang, "cli-against-weight", of = rule.of.as_str()),
        Rule::Unit => t!(lang, "cli-against-unit", of = rule.of.as_str()),
        Rule::Formula => t!(lang, "cli-against-formula", of = rule.of.as_str()),
        Rule::Scoring => t!(lang, "cli-against-scoring", of = rule.of.as_str()),
        Rule::Missing => t!(lang, "cli-against-missing", of = rule.of.as_str()),
        Rule::Method => t!(lang, "cli-against-method", of = rule.of.as_str()),
        Rule::Gate => t!(lang, "cli-against-gate"),
        Rule::Grade => t!(lang, "cli-against-grade", of = rule.of.as_str()),
        Rule::Parameter => t!(lang, "cli-against-parameter", of = rule.of.as_str()),
    };
    let nothing = t!(lang, "cli-against-nothing");
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| nothing.clone());
    output::line(format!("  {what}: {} → {}", said(&rule.before), said(&rule.after)))
}

fn of_unit(lang: Lang, unit: &UnitMove) -> Result<()> {
    let nothing = t!(lang, "cli-against-nothing");
    let said = |both: &Both<String>| {
        let one = |text: &Option<String>| text.clone().unwrap_or_else(|| nothing.clone());
        format!("{} → {}", one(&both.before), one(&both.after))
    };
    let texts = |both: &Both<f64>| Both {
        before: both.before.map(figure),
        after: both.after.map(figure),
    };
    let ranks = Both {
        before: unit.rank.before.map(|rank| rank.to_string()),
        after: unit.rank.after.map(|rank| rank.to_string()),
    };
    let name = match &unit.period {
        Some(period) => format!("{} {period}", unit.id),
        None => unit.id.clone(),
    };
    output::line(t!(
        lang,
        "cli-against-unit-moves",
        unit = name,
        total = said(&texts(&unit.total)),
        grade = said(&unit.grade),
        rank = said(&ranks)
    ))?;
    let part = |part: &Because| {
        output::line(t!(
            lang,
            "cli-against-because",
            code = part.code.as_str(),
            name = part.name.as_str(),
            adds = signed(part.adds),
            weight = said(&texts(&part.weight)),
            points = said(&texts(&part.points))
        ))
    };
    unit.because.iter().take(NAMED).try_for_each(part)?;
    let further: f64 = unit.because.iter().skip(NAMED).map(|part| part.adds).sum::<f64>() + unit.rest;
    if further.abs() > 1e-9 {
        output::line(t!(lang, "cli-against-rest", adds = signed(further)))?;
    }
    Ok(())
}

/// Four places, which is more than such points are read to.
fn figure(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn signed(value: f64) -> String {
    let text = figure(value.abs());
    if value < 0.0 {
        format!("−{text}")
    } else {
        format!("+{text}")
    }
}
