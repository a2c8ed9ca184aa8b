//! Indices: the sensitivity of the ASEM index (T1, T2), one build over many units (T3, T4), and a weight that is edited
//! (T14).

use super::{
    peer::Peers,
    timing::{Draws, best, best_alone, threads},
};
use crate::{
    failure::Result,
    verbs::bench::{Report, figure::Figure},
};
use indicator::{
    Frame, Given, ImportOptions, LiveRun, Place, RawUnit, SensitivitySettings, Settings, Standard, UnitData,
    UnitResult, WideSettings, blocks, import_index, read, run, run_wide, sensitivity, understand,
};
use sheet::{Limits, PlainTable, read_plain};
use std::{fmt::Write, path::Path};

/// Where the tables of the ASEM index lie beside the repository.
const ASEM: &str = "../shared/data/asem_index";
/// Factors that the imported index varies.
const FACTORS: u64 = 4;

pub fn measure(peers: &Peers, report: &mut Report) -> Result<()> {
    match asem() {
        Some((text, units)) => sampled(&text, &units, peers, report)?,
        None => report.skipped(&format!("SKIPPED T1, T2: no tables of the ASEM index in {ASEM}")),
    }
    for (name, units, budget) in [("T3", 10_000, 10.0), ("T4", 1_000_000, 300.0)] {
        let times = peers.run(&["build", &units.to_string(), "49"], &mut |said| report.skipped(said));
        let standard = of_size(49, 8);
        let frame = frame(&standard, units);
        let named =
            |what: &str| format!("{name}: index of {units} units × 49 indicators, treatment checked, ranked, {what}");
        let alone = best_alone(3, || run_wide(&standard, &frame, settings(1)));
        report.add(Figure::new(named("1 thread, processor time"), alone, "ms"))?;
        let together = best(3, || run_wide(&standard, &frame, settings(threads())));
        let figure = Figure::new(named("all threads"), together, "ms").budget(budget);
        report.add(times.beside(figure, "build"))?;
    }
    edited(report)
}

fn settings(threads: usize) -> WideSettings {
    WideSettings {
        threads,
        ..WideSettings::default()
    }
}

/// 300 cities over ten years: a run that is kept computes what hangs on an edited weight, beside all run again.
fn edited(report: &mut Report) -> Result<()> {
    let standard = of_size(60, 12);
    let frame = frame(&standard, 3_000);
    let whole = best(5, || run_wide(&standard, &frame, settings(threads())));
    let named = |what: &str| format!("T14: a weight edited, 300 cities × 10 years × 60 indicators, {what}");
    report.add(Figure::new(named("all run again"), whole, "ms"))?;
    let leaf = standard
        .nodes
        .iter()
        .position(|node| node.code == "I7")
        .unwrap_or_default();
    let mut kept = LiveRun::over(&standard, frame, settings(1));
    let mut weights = standard.nodes.iter().filter_map(|node| node.weight.clone()).cycle();
    let took = best_alone(50, || weights.next().map(|weight| kept.weigh(leaf, &weight)));
    report.add(Figure::new(named("ranks refreshed, 1 thread, processor time"), took, "ms").budget(1.0))
}

/// An index of so many indicators in so many families under two branches.
fn of_size(indicators: usize, families: usize) -> Standard {
    let mut text = String::from(
        "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"极差\"\n极端值 = \"偏度2且峰度3.5\"\n[汇总]\n方法 = \"算术\"\n```\n\
         ```指标\n| 代号 | 上级 | 权重 | 方向 |\n|--|--|--|--|\n| L | | 1 | |\n| R | | 1 | |\n",
    );
    for family in 0..families {
        let branch = if family * 2 < families { "L" } else { "R" };
        let _ = writeln!(text, "| F{family} | {branch} | 1 | |");
    }
    for leaf in 0..indicators {
        let _ = writeln!(text, "| I{leaf} | F{} | {} | 正向 |", leaf % families, 1 + leaf % 3);
    }
    text.push_str("```\n");
    read(&blocks(&text)).standard
}

fn frame(standard: &Standard, units: usize) -> Frame<'static> {
    let mut draws = Draws::new(7);
    standard
        .nodes
        .iter()
        .filter(|node| node.children.is_empty())
        .fold(Frame::of_floats(units, None), |frame, node| {
            frame.with_numbers(&node.code, draws.column(units, 5.0, 95.0))
        })
}

/// The imported index and its units.
fn asem() -> Option<(String, Vec<RawUnit>)> {
    let table = |name: &str| -> Option<PlainTable> {
        let bytes = std::fs::read(Path::new(ASEM).join(name)).ok()?;
        read_plain(&bytes, &Limits::default()).ok()
    };
    let (meta, data) = (table("ASEM_iMeta.csv")?, table("ASEM_iData.csv")?);
    let text = import_index(&meta.head, &meta.rows, &data.head, &ImportOptions::default()).ok()?;
    let id = data.head.iter().position(|head| head == "uCode")?;
    let unit = |cells: &Vec<String>| RawUnit {
        id: cells.get(id).cloned().unwrap_or_default(),
        inputs: data
            .head
            .iter()
            .zip(cells)
            .filter(|(head, cell)| *head != "uCode" && !cell.is_empty() && *cell != "NA")
            .map(|(head, cell)| (head.clone(), Given::Text(cell.clone()), Place::default()))
            .collect(),
        ..RawUnit::default()
    };
    let units = data.rows.iter().map(|(_, cells)| unit(cells)).collect();
    Some((text, units))
}

fn sampled(text: &str, rows: &[RawUnit], peers: &Peers, report: &mut Report) -> Result<()> {
    report.skipped("SKIPPED the peer COINr: it needs R");
    for (name, points, key, budget) in [("T1", 100, "one by one", 5.0), ("T2", 16_384, "together", 400.0)] {
        let limited = text.replace("[不确定性]\n", &format!("[不确定性]\nN = {points}\n"));
        let standard = read(&blocks(&limited)).standard;
        let (units, _) = understand(&standard, rows);
        let nominal = run(&standard, &units, Settings::default());
        let replications = replications(&standard, &units, &nominal);
        let of_peer = (points * (FACTORS + 2)).to_string();
        let times = peers.run(&["asem", ASEM, &of_peer], &mut |said| report.skipped(said));
        let work = |threads| sample(&standard, &units, &nominal, threads);
        let named = |what: &str| format!("{name}: sensitivity of the ASEM index, {replications} replications, {what}");
        report.add(Figure::new(named("1 thread"), best(2, || work(1)), "ms"))?;
        let figure = Figure::new(named("all threads"), best(2, || work(threads())), "ms").budget(budget);
        report.add(times.beside(figure, key))?;
    }
    Ok(())
}

fn sample(standard: &Standard, units: &[UnitData], nominal: &[UnitResult], threads: usize) -> u64 {
    // Never as sure as that: all points are drawn.
    let settings = SensitivitySettings {
        until: 1e-12,
        threads,
        ..SensitivitySettings::default()
    };
    sensitivity(standard, units, nominal, settings, &mut |_| {}).map_or(0, |found| found.replications)
}

fn replications(standard: &Standard, units: &[UnitData], nominal: &[UnitResult]) -> u64 {
    sample(standard, units, nominal, threads())
}
