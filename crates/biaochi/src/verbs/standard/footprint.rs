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
    footprint::{Contribution, Footprint, Lines, ProductSystem, Sampled, Sampling, of_all, of_demands, sampled},
};
use language::t;
use serde::Serialize;
use sheet::PlainTable;
use std::path::Path;

/// Contributions that people are shown.
const SHOWN: usize = 10;

#[derive(Debug, Serialize)]
struct Report<'a> {
    results: Vec<Told<'a>>,
    notes: Vec<String>,
}

/// A footprint, and how sure it is where that was asked.
#[derive(Debug, Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    footprint: Footprint<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty: Option<Sampled>,
}

/// Reads the tables and solves; a system that has no footprint is refused with the reason.
pub fn run(config: &Config, call: &cli::Footprint) -> Result<Outcome> {
    let refuse = |file: &Path, findings: &[Finding]| refused(config, file, &findings.iter().collect::<Vec<_>>());
    let system = system_of(config, &call.technosphere, &call.biosphere, &call.factors)?;
    let refuse_system = |found: Vec<Finding>| refuse(&call.technosphere, &found);
    let (results, mut uncertainties) = match &call.demand {
        Some(file) => {
            let demand = table(config, file)?;
            let demands = system.demands(&lines(&demand)).map_err(|found| refuse(file, &found))?;
            let sampled = match call.samples {
                None => Vec::new(),
                Some(draws) => sampled(&system, &demands, sampling(call, draws)).map_err(refuse_system)?,
            };
            (of_demands(&system, &demands).map_err(refuse_system)?, sampled)
        }
        None => (of_all(&system).map_err(refuse_system)?, Vec::new()),
    };
    let unsure = uncertainties.iter().any(|one| {
        let wanted = call.until.unwrap_or(f64::INFINITY);
        one.failed > 0 || one.mean_ci > wanted * one.mean.abs()
    });
    let mut uncertainties = uncertainties.drain(..);
    let results: Vec<Told<'_>> = results
        .into_iter()
        .map(|footprint| Told {
            footprint,
            uncertainty: uncertainties.next(),
        })
        .collect();
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
        for result in &results {
            told(config, &result.footprint)?;
            result.uncertainty.iter().try_for_each(|found| spread(config, found))?;
        }
        notes.iter().for_each(output::say);
    }
    Ok(Outcome::of(!unsure))
}

/// Reads a product system from its three tables.
pub(super) fn system_of(
    config: &Config,
    technosphere: &Path,
    biosphere: &Path,
    factors: &Path,
) -> Result<ProductSystem> {
    let files = [technosphere, biosphere, factors];
    let [technosphere, biosphere, factors] = [
        table(config, files[0])?,
        table(config, files[1])?,
        table(config, files[2])?,
    ];
    ProductSystem::read(&lines(&technosphere), &lines(&biosphere), &lines(&factors)).map_err(|(which, findings)| {
        let file = files.get(which).copied().unwrap_or(files[0]);
        refused(config, file, &findings.iter().collect::<Vec<_>>())
    })
}

fn lines(table: &PlainTable) -> Lines<'_> {
    Lines {
        head: &table.head,
        rows: &table.rows,
    }
}

fn told(config: &Config, result: &Footprint<'_>) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-footprint-result",
        product = result.product,
        amount = figure(result.amount),
        score = figure(result.score),
        residual = format!("{:.0e}", result.residual),
        solver = result.solver
    ))?;
    let part = |part: &Contribution<'_>| {
        let share = part
            .share
            .map_or_else(String::new, |share| format!("{:.1}", share * 100.0));
        output::line(t!(
            lang,
            "cli-footprint-part",
            share = share,
            of = part.of,
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

fn sampling(call: &cli::Footprint, draws: u32) -> Sampling {
    Sampling {
        draws,
        until: call.until,
        seed: call.seed,
        threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    }
}

fn spread(config: &Config, found: &Sampled) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-footprint-spread",
        mean = figure(found.mean),
        ci = figure(found.mean_ci),
        low = figure(found.p5),
        middle = figure(found.p50),
        high = figure(found.p95),
        draws = found.draws
    ))?;
    if found.failed > 0 {
        output::line(t!(lang, "cli-footprint-failed", count = found.failed))?;
    }
    found.from.iter().take(SHOWN).try_for_each(|source| {
        let share = format!("{:.1}", source.share * 100.0);
        let of = match &source.process {
            Some(process) => format!("{} · {process}", source.of),
            None => source.of.clone(),
        };
        output::line(t!(lang, "cli-footprint-source", share = share, of = of))
    })
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
