//! `biaochi analyse`: what stands behind a ranking.

use super::ran;
use crate::{
    cli,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use indicator::{
    Settings, WideSettings,
    analysis::{Analysis, Group, Influence, Pair, Trend, analysis},
};
use language::{Lang, t};

/// So many units are named by where they are going.
const NAMED: usize = 10;

/// Analyses the results; an indicator that works against what it is joined into is a finding.
pub fn run(config: &Config, call: &cli::Analyse) -> Result<Outcome> {
    let ran = ran(config, &call.standard, &call.over)?;
    let settings = WideSettings {
        run: Settings { at: Some(ran.at) },
        ..WideSettings::default()
    };
    let found = analysis(&ran.standard, &ran.units, &ran.results, settings);
    match &call.output {
        Some(file) => output::json_into(super::run::created(file)?, &found)?,
        None if config.is_json() => output::json(&found)?,
        None => told(config, &found)?,
    }
    let against = found.indicators.iter().any(|one| one.against);
    Ok(Outcome::of(!against && !ran.noted))
}

fn told(config: &Config, found: &Analysis) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-analyse-head",
        period = found.period.as_deref().unwrap_or("—"),
        units = found.units
    ))?;
    let mut groups = found.groups.iter().filter(|group| group.eigenvalues.len() > 1);
    groups.try_for_each(|group| output::line(of_group(lang, group)))?;
    let mut pairs = found.pairs.iter().filter(|pair| pair.repeats || pair.against);
    pairs.try_for_each(|pair| output::line(of_pair(lang, pair)))?;
    found
        .indicators
        .iter()
        .try_for_each(|one| output::line(of_indicator(lang, one)))?;
    let mut trends: Vec<&Trend> = found.trends.iter().collect();
    trends.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    trends
        .into_iter()
        .take(NAMED)
        .try_for_each(|trend| output::line(of_trend(lang, trend)))
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| format!("{value:.3}"))
}

fn of_group(lang: Lang, group: &Group) -> String {
    let first = group.eigenvalues.first().copied().unwrap_or_default();
    let line = t!(
        lang,
        "cli-analyse-group",
        code = group.code.as_str(),
        count = group.eigenvalues.len(),
        units = group.units,
        alpha = figure(group.alpha),
        share = format!("{:.1}", 100.0 * first / group.eigenvalues.len() as f64)
    );
    let remark = group.loose.then(|| t!(lang, "cli-analyse-loose"));
    with(line, remark)
}

fn of_pair(lang: Lang, pair: &Pair) -> String {
    let line = t!(
        lang,
        "cli-analyse-pair",
        one = pair.a.as_str(),
        other = pair.b.as_str(),
        r = figure(pair.r)
    );
    let remark = if pair.repeats {
        t!(lang, "cli-analyse-repeats")
    } else {
        t!(lang, "cli-analyse-pair-against")
    };
    with(line, Some(remark))
}

fn of_indicator(lang: Lang, one: &Influence) -> String {
    let line = t!(
        lang,
        "cli-analyse-indicator",
        code = one.code.as_str(),
        name = one.name.as_str(),
        above = figure(one.above),
        total = figure(one.total)
    );
    let removed = one.removed.as_ref().map(|removed| {
        if removed.max_shift == 0 {
            return t!(lang, "cli-analyse-not-moved");
        }
        t!(
            lang,
            "cli-analyse-removed",
            mean = format!("{:.2}", removed.mean_shift),
            most = removed.max_shift,
            unit = removed.unit.as_str()
        )
    });
    let remark = if one.against {
        Some(t!(lang, "cli-analyse-against"))
    } else {
        one.weak.then(|| t!(lang, "cli-analyse-weak"))
    };
    with(with(line, removed), remark)
}

fn of_trend(lang: Lang, trend: &Trend) -> String {
    t!(
        lang,
        "cli-analyse-trend",
        unit = trend.id.as_str(),
        from = trend.from.as_str(),
        to = trend.to.as_str(),
        change = format!("{:+.2}", trend.change),
        rate = trend
            .rate
            .map_or_else(|| "—".to_owned(), |rate| format!("{:+.1} %", 100.0 * rate)),
        places = trend
            .places
            .map_or_else(|| "—".to_owned(), |places| format!("{places:+}"))
    )
}

fn with(line: String, more: Option<String>) -> String {
    match more {
        Some(more) => format!("{line}{more}"),
        None => line,
    }
}
