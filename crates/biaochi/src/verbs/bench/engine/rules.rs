//! Rules: accounts over a million rows (T11), one case with its whole derivation (T12), an assessment with gates and
//! grades (T13).

use super::{
    peer::Peers,
    timing::{Draws, best, best_alone, threads},
};
use crate::{
    failure::Result,
    verbs::bench::{Report, figure::Figure},
};
use indicator::{Frame, RawUnit, Settings, Standard, WideSettings, blocks, explain, read, run, run_wide, understand};
use language::Lang;
use std::fmt::Write;

const ROWS: usize = 1_000_000;
const ENTERPRISES: usize = 240_000;
const INDICATORS: usize = 60;
/// Every so many times are one case, so that a clock can tell it.
const CASES: usize = 200;

/// Thirty-three operations: what is left of a wage.
const TAX: &str = "```规则\n[标准]\n模式 = \"核算\"\n[输入]\n工资 = \"\"\n扣除 = \"\"\n年龄 = \"\"\n[核算]\n\
应税 = \"max(工资 − 扣除 − 60000, 0)\"\n\
个税 = \"max(应税 × 0.03, 应税 × 0.1 − 2520, 应税 × 0.2 − 16920, 应税 × 0.25 − 31920, 应税 × 0.3 − 52920, 应税 × 0.35 − 85920, 应税 × 0.45 − 181920)\"\n\
社保 = \"clamp(工资, 48000, 360000) × 0.105\"\n\
补贴 = \"若 年龄 < 18 或 年龄 ≥ 60 则 6000 否则 若 工资 < 30000 则 3000 否则 0\"\n\
可支配 = \"工资 − 个税 − 社保 + 补贴\"\n```\n";

const FACTORY: &str = include_str!("../../../../../../examples/5g-factory.md");

pub fn measure(peers: &Peers, report: &mut Report) -> Result<()> {
    accounts(peers, report)?;
    one_case(report)?;
    assessment(peers, report)
}

fn settings(threads: usize) -> WideSettings {
    WideSettings {
        threads,
        ..WideSettings::default()
    }
}

fn accounts(peers: &Peers, report: &mut Report) -> Result<()> {
    let times = peers.run(&["rules", &ROWS.to_string()], &mut |said| report.skipped(said));
    let standard = read(&blocks(TAX)).standard;
    let mut draws = Draws::new(7);
    let frame = Frame::of_floats(ROWS, None)
        .with_numbers("工资", draws.column(ROWS, 0.0, 400_000.0))
        .with_numbers("扣除", draws.column(ROWS, 0.0, 20_000.0))
        .with_numbers("年龄", draws.column(ROWS, 0.0, 90.0));
    let named = |what: &str| format!("T11: rules of 33 operations over {ROWS} rows, {what}");
    let alone = best_alone(3, || run_wide(&standard, &frame, settings(1)));
    report.add(Figure::new(named("1 thread, processor time"), alone, "ms"))?;
    let together = best(3, || run_wide(&standard, &frame, settings(threads())));
    let figure = Figure::new(named("all threads"), together, "ms").budget(10.0);
    report.add(times.beside(figure, "rules"))?;
    report.add(times.beside(Figure::new(named("beside float32"), together, "ms"), "rules float32"))
}

fn one_case(report: &mut Report) -> Result<()> {
    let standard = read(&blocks(FACTORY)).standard;
    let Some(example) = standard.examples.first() else {
        return Ok(());
    };
    let row = RawUnit {
        id: example.name.clone(),
        inputs: example.inputs.clone(),
        ..RawUnit::default()
    };
    let (units, _) = understand(&standard, &[row]);
    let settings = Settings { at: example.at };
    let many = |traced: bool| {
        best_alone(5, || {
            for _ in 0..CASES {
                let results = run(&standard, &units, settings);
                if traced && let (Some(unit), Some(result)) = (units.first(), results.first()) {
                    std::hint::black_box(explain(&standard, unit, result, None, Lang::Zh));
                }
                std::hint::black_box(results);
            }
        }) * 1000.0
            / CASES as f64
    };
    let name = "T12: one factory exactly, with what each figure used";
    report.add(Figure::new(name, many(false), "µs").budget(20.0))?;
    let name = "T12: the same and its derivation in sentences";
    report.add(Figure::new(name, many(true), "µs"))
}

fn assessment(peers: &Peers, report: &mut Report) -> Result<()> {
    let arguments = ["assess", &ENTERPRISES.to_string(), &INDICATORS.to_string()];
    let times = peers.run(&arguments, &mut |said| report.skipped(said));
    let standard = of_enterprises();
    let mut draws = Draws::new(7);
    let frame = (0..INDICATORS).fold(Frame::of_floats(ENTERPRISES, None), |frame, leaf| {
        frame.with_numbers(&format!("I{leaf}"), draws.column(ENTERPRISES, 5.0, 95.0))
    });
    let named =
        |what: &str| format!("T13: {ENTERPRISES} enterprises × {INDICATORS} indicators, gate, grades, ranks, {what}");
    let alone = best_alone(3, || run_wide(&standard, &frame, settings(1)));
    report.add(Figure::new(named("1 thread, processor time"), alone, "ms"))?;
    let together = best(3, || run_wide(&standard, &frame, settings(threads())));
    let figure = Figure::new(named("all threads"), together, "ms").budget(100.0);
    report.add(times.beside(figure, "assess"))
}

/// Sixty indicators in twelve families, a gate, and grades of which the best asks for an indicator.
fn of_enterprises() -> Standard {
    let mut text = String::from(
        "```规则\n[标准]\n模式 = \"评估\"\n[汇总]\n方法 = \"加权算术\"\n截断 = [0, 100]\n[修约]\n总分 = 0.1\n\
         [[门槛]]\n条件 = \"I1.得分 > 5\"\n否则 = \"不予评级\"\n\
         [等级]\n优 = \"总分 ≥ 60 且 I0.得分 > 20\"\n良 = \"总分 ≥ 52\"\n中 = \"总分 ≥ 45\"\n差 = \"其余\"\n```\n\
         ```指标\n| 代号 | 上级 | 权重 | 计分 |\n|--|--|--|--|\n",
    );
    for family in 0..12 {
        // Twelfths are no decimals: four families of 0.085, eight of 0.0825.
        let weight = if family < 4 { "0.085" } else { "0.0825" };
        let _ = writeln!(text, "| F{family} | | {weight} | |");
    }
    for leaf in 0..INDICATORS {
        let _ = writeln!(text, "| I{leaf} | F{} | 0.2 | 线性(10→0, 80→100) |", leaf % 12);
    }
    text.push_str("```\n");
    read(&blocks(&text)).standard
}
