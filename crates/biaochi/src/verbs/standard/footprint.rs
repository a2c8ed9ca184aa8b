//! `biaochi footprint`: what products cause along their whole supply.

use super::{data::table, refused};
use crate::{
    cli,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use indicator::{
    Finding,
    footprint::{Contribution, Footprint, Lines, ProductSystem, of_all, of_demands},
};
use language::t;
use serde::Serialize;
use sheet::PlainTable;
use std::path::Path;

/// Contributions that people are shown.
const SHOWN: usize = 10;

#[derive(Debug, Serialize)]
struct Report {
    results: Vec<Footprint>,
    notes: Vec<String>,
}

/// Reads the tables and solves; a system that has no footprint is refused with the reason.
pub fn run(config: &Config, call: &cli::Footprint) -> Result<Outcome> {
    let files = [&call.technosphere, &call.biosphere, &call.factors];
    let [technosphere, biosphere, factors] = [
        table(config, files[0])?,
        table(config, files[1])?,
        table(config, files[2])?,
    ];
    let refuse = |file: &Path, findings: &[Finding]| refused(config, file, &findings.iter().collect::<Vec<_>>());
    let system = ProductSystem::read(&lines(&technosphere), &lines(&biosphere), &lines(&factors))
        .map_err(|(which, findings)| refuse(files[which.min(2)], &findings))?;
    let results = match &call.demand {
        Some(file) => {
            let demand = table(config, file)?;
            let demands = system.demands(&lines(&demand)).map_err(|found| refuse(file, &found))?;
            of_demands(&system, &demands)
        }
        None => of_all(&system),
    };
    let results = results.map_err(|found| refuse(&call.technosphere, &found))?;
    let mut notes = Vec::new();
    if !system.unweighed().is_empty() {
        let flows = system.unweighed();
        let first: Vec<&str> = flows.iter().take(SHOWN).map(String::as_str).collect();
        notes.push(t!(
            config.lang,
            "cli-footprint-unweighed",
            count = flows.len(),
            flows = first.join(", ")
        ));
    }
    if config.is_json() {
        output::json(&Report { results, notes })?;
    } else {
        results.iter().try_for_each(|result| told(config, result))?;
        notes.iter().for_each(output::say);
    }
    Ok(Outcome::Clean)
}

fn lines(table: &PlainTable) -> Lines<'_> {
    Lines {
        head: &table.head,
        rows: &table.rows,
    }
}

fn told(config: &Config, result: &Footprint) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-footprint-result",
        product = result.product.as_str(),
        amount = figure(result.amount),
        score = figure(result.score),
        residual = format!("{:.0e}", result.residual),
        solver = result.solver
    ))?;
    let part = |part: &Contribution| {
        let share = part
            .share
            .map_or_else(String::new, |share| format!("{:.1}", share * 100.0));
        output::line(t!(
            lang,
            "cli-footprint-part",
            share = share,
            of = part.of.as_str(),
            amount = figure(part.amount),
            score = figure(part.score)
        ))
    };
    result.contributions.iter().take(SHOWN).try_for_each(part)?;
    let further = result.contributions.iter().skip(SHOWN).map(|part| part.score);
    let rest: f64 = further.sum::<f64>() + result.rest;
    if result.contributions.len() > SHOWN {
        output::line(t!(lang, "cli-footprint-rest", score = figure(rest)))?;
    }
    Ok(())
}

/// Six digits, which is more than such tables hold.
fn figure(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let places = 5 - value.abs().log10().floor() as i32;
    if !(0..=12).contains(&places) {
        return format!("{value:.5e}");
    }
    let text = format!("{value:.*}", places as usize);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
