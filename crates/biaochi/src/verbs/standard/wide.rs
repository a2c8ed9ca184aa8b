//! Many units: run by columns, told one by one, so that no more than one result stands in memory in words.

use super::{
    Read,
    picture::is_picture,
    run::{created, head_of_all, is_workbook, of_unit},
};
use crate::{
    cli::Run,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use indicator::{Settings, Told, UnitReport, WideSettings, system, tells, told};
use serde::{Serialize, Serializer};
use std::path::Path;

/// Fewer units are run exactly, each figure with its decimals.
const MANY: usize = 4_096;

/// Whether columns may run it: many units of a standard that they tell as the exact way does.
pub fn fits(read: &Read, call: &Run) -> bool {
    let of_its_own = |file: &Path| is_workbook(file) || is_picture(file);
    let whole = call.output.as_deref().is_some_and(of_its_own);
    read.units.len() > MANY
        && !call.exact
        && call.freeze.is_none()
        && call.certificate.is_none()
        && !whole
        && tells(&read.standard)
}

#[derive(Serialize)]
struct Report<'a> {
    system: String,
    at: Option<String>,
    units: Rows<'a>,
}

/// The rows that are wanted, made when they are written.
struct Rows<'a> {
    told: &'a Told<'a>,
    wanted: Vec<usize>,
}

impl Rows<'_> {
    fn each(&self) -> impl Iterator<Item = UnitReport> {
        self.wanted.iter().filter_map(|row| self.told.unit(*row))
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.each())
    }
}

/// Runs by columns; findings are those of every run.
pub fn run(config: &Config, call: &Run, read: Read, examples: bool) -> Result<Outcome> {
    let settings = WideSettings {
        run: Settings { at: Some(read.at) },
        ..WideSettings::default()
    };
    let told = told(&read.standard, &read.units, settings, config.lang);
    let wanted = (0..told.count()).filter(|row| read.period.is_none() || told.period(*row) == read.period);
    let mut wanted: Vec<usize> = wanted.collect();
    if call.by_rank {
        wanted.sort_by_key(|row| (told.period(*row), told.rank(*row).unwrap_or(usize::MAX)));
    }
    let report = Report {
        system: system(&read.standard),
        at: Some(read.at.to_string()),
        units: Rows { told: &told, wanted },
    };
    match &call.output {
        Some(file) => output::json_into(created(file)?, &report)?,
        None if config.is_json() => output::json(&report)?,
        None => {
            head_of_all(config, &read.standard, read.at, report.units.wanted.len())?;
            report
                .units
                .each()
                .try_for_each(|unit| of_unit(config, &read.standard, &unit))?;
        }
    }
    let without = report.units.wanted.iter().any(|row| told.is_without(*row));
    Ok(Outcome::of(examples && !read.noted && !without))
}
