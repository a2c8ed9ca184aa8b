//! Results as pictures (SVG): totals in their order, and what ranks hang on.

use super::run::created;
use crate::{
    config::Config,
    failure::{Failure, Result},
};
use chart::{AxisMark, Bar, Gantt, Span, Tone, bars, gantt};
use indicator::{Report, Sensitivity, Standard, UnitReport};
use language::t;
use std::{io::Write, path::Path};

/// Whether a file is to be a picture.
pub fn is_picture(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("svg"))
}

fn write(file: &Path, svg: &str) -> Result<()> {
    created(file)?
        .write_all(svg.as_bytes())
        .map_err(|fault| Failure::environment(file.display(), fault))
}

/// The totals of units as bars, the best first.
pub fn totals(config: &Config, file: &Path, standard: &Standard, report: &Report) -> Result<()> {
    let mut units: Vec<&UnitReport> = report.units.iter().filter(|unit| unit.total.is_some()).collect();
    units.sort_by_key(|unit| (unit.period.clone(), unit.rank));
    let places = standard.rounding.total.as_ref().map_or(1, |interval| interval.places());
    let several = units
        .iter()
        .any(|unit| Some(&unit.period) != units.first().map(|unit| &unit.period));
    let rows: Vec<(String, f64, String)> = units
        .iter()
        .map(|unit| {
            let total = unit.total.unwrap_or_default();
            let label = match &unit.period {
                Some(period) if several => format!("{} {period}", unit.id),
                _ => unit.id.clone(),
            };
            let grade = unit
                .grade
                .as_ref()
                .map_or_else(String::new, |grade| format!(" {grade}"));
            (label, total, format!("{total:.places$}{grade}"))
        })
        .collect();
    let drawn: Vec<Bar<'_>> = rows
        .iter()
        .map(|(label, total, shown)| Bar {
            label,
            value: *total,
            shown,
            tone: Tone::Plain,
            href: None,
        })
        .collect();
    let title = t!(
        config.lang,
        "cli-picture-totals",
        title = standard.title.as_str(),
        count = rows.len()
    );
    let without = report.units.len() - rows.len();
    let desc = t!(config.lang, "cli-picture-totals-desc", without = without);
    write(file, &bars(&title, &desc, &drawn))
}

/// The ranks of units: 90 % of replications as a span, the nominal rank as a mark on it.
pub fn intervals(config: &Config, file: &Path, standard: &Standard, told: &Sensitivity) -> Result<()> {
    let mut units: Vec<_> = told
        .units
        .iter()
        .filter_map(|unit| Some((unit.id.as_str(), unit.rank?)))
        .collect();
    units.sort_by(|a, b| a.1.nominal.total_cmp(&b.1.nominal));
    let last = units
        .iter()
        .map(|(_, rank)| rank.p95.max(rank.nominal))
        .fold(1.0, f64::max);
    let rows: Vec<(String, [f64; 1])> = units
        .iter()
        .map(|(id, rank)| {
            let name = t!(
                config.lang,
                "cli-sensitivity-rank",
                id = *id,
                nominal = format!("{:.0}", rank.nominal),
                p5 = format!("{:.0}", rank.p5),
                p50 = format!("{:.0}", rank.p50),
                p95 = format!("{:.0}", rank.p95)
            );
            (name, [rank.nominal - 1.0])
        })
        .collect();
    let spans: Vec<Span<'_>> = units
        .iter()
        .zip(&rows)
        .map(|((id, rank), (name, mark))| Span {
            label: id,
            from: rank.p5 - 1.0,
            to: rank.p95 - 1.0,
            done: None,
            milestones: mark,
            name,
            tone: Tone::Light,
            href: None,
        })
        .collect();
    let step = if last > 20.0 { 5.0 } else { 1.0 };
    let ranks: Vec<(f64, String)> = std::iter::successors(Some(1.0), |rank: &f64| {
        Some(if *rank < step { step } else { *rank + step })
    })
    .take_while(|rank| *rank <= last)
    .map(|rank| (rank - 1.0, format!("{rank:.0}")))
    .collect();
    let axis: Vec<AxisMark<'_>> = ranks.iter().map(|(at, label)| AxisMark { at: *at, label }).collect();
    let title = t!(config.lang, "cli-picture-ranks", title = standard.title.as_str());
    let desc = t!(
        config.lang,
        "cli-picture-ranks-desc",
        replications = told.replications.to_string()
    );
    let picture = Gantt {
        title: &title,
        desc: &desc,
        days: (last - 1.0).max(1.0),
        axis: &axis,
        today: None,
        spans: &spans,
    };
    write(file, &gantt(&picture))
}
