//! The ways to run a standard say the same: exactly, unit by unit; wide, in floats and blocks; sampled.

use std::fmt::Write as _;

use crate::support::standard;
use indicator::{
    Frame, Given, Place, RawUnit, Settings, Standard, UnitData, WideGrade, WideSettings, report, run, run_wide,
    sampled_nominal, told, understand,
};
use language::Lang;
use proptest::{prelude::any, test_runner::TestRunner};

/// Choices from a seed: the same system for the same seed.
pub struct Choices(pub u64);

impl Choices {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    pub fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len() as u64) as usize]
    }

    /// Coarse enough that totals meet limits and each other.
    pub fn number(&mut self) -> String {
        match self.below(4) {
            0 => (self.below(11) * 10).to_string(),
            1 => self.below(101).to_string(),
            2 => format!("{}.{}", self.below(100), self.below(10)),
            _ => format!("{}.{:03}", self.below(100), self.below(1000)),
        }
    }
}

const METHODS: [&str; 6] = ["加权算术", "几何", "调和", "最小", "广义(2)", "广义(0.5)"];

/// A standard of two levels, its ladders, formulas, policies, gates and grades chosen freely.
pub fn assessment(c: &mut Choices) -> (String, Vec<String>) {
    let mut table = String::from("| 代号 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 |\n|--|--|--|--|--|--|\n");
    let mut leaves = Vec::new();
    let families = 1 + c.below(3);
    for family in 0..families {
        let above = ['A', 'B', 'C'][family as usize];
        let _ = writeln!(table, "| {above} | {} | | | | |", weight(family, families));
        let count = 1 + c.below(3);
        for leaf in 0..count {
            let code = format!("{above}{}", leaf + 1);
            let unit = c.of(&["%", "分", "ms", "万元"]);
            let formula = match c.below(8) {
                0 => "产值 ÷ 人数 ÷ 1 万元",
                1 => "若 产值 > 人数 × 1 万元 则 产值 ÷ 2 万元 × 1 分 否则 填报",
                2 => "max(填报, 缺省(另报, 填报)) − 填报 ÷ 4",
                3 => "sqrt(人数) × 填报 ÷ sqrt(人数 + 1) ",
                _ => "",
            };
            // What is computed from money and heads is a pure number.
            let unit = if formula.starts_with("产值") || formula.starts_with("若") {
                "分"
            } else {
                unit
            };
            let formula = if formula.contains("另报") && unit != "分" {
                ""
            } else {
                formula
            };
            let scoring = match c.below(5) {
                0 => format!("线性(0→0, {}→100)", 10 + c.below(90)),
                1 => "线性(10→100, 40→60, 90→0)".to_owned(),
                2 => "阶梯(0→0, 20→30, 50→60.5, ≥80→100)".to_owned(),
                3 => "阶梯([0, 30)→10, [30, 60)→50, ≥60→100)".to_owned(),
                _ => "线性(0→20, 100→100)".to_owned(),
            };
            let missing = c.of(&["失败", "计零", "剔除重分", "剔除重分"]);
            let _ = writeln!(
                table,
                "| {code} | {} | {unit} | {formula} | {scoring} | {missing} |",
                weight(leaf, count)
            );
            leaves.push(code);
        }
    }
    let method = c.of(&METHODS);
    let top = c.of(&METHODS);
    let limit = c.of(&["全数值比较法", "修约值比较法"]);
    let interval = c.of(&["0.1", "1", "0.5", "0.01", "0.2"]);
    let first = &leaves[0];
    let mut rules = format!(
        "[输入]\n产值 = \"万元\"\n人数 = \"\"\n另报 = \"分\"\n[汇总]\n方法 = \"{method}\"\n一级 = \"{top}\"\n截断 = [0, 100]\n覆盖率下限 = {}\n[修约]\n总分 = {interval}\n极限值判定 = \"{limit}\"\n",
        c.of(&["0.5", "0", "1", "0.75"])
    );
    if c.one_in(2) {
        let _ = writeln!(
            rules,
            "[[门槛]]\n条件 = \"{first}.得分 ≥ {}\"\n否则 = \"{}\"",
            1 + c.below(40),
            c.of(&["不予评级", "合格"])
        );
    }
    if c.one_in(3) {
        let _ = writeln!(
            rules,
            "[[加分]]\n名称 = \"奖\"\n条件 = \"人数 ≥ 50\"\n分 = \"人数 ÷ 30\"\n[[扣分]]\n分 = \"若 有值(另报) 则 1.5 否则 0\"\n[加减分]\n加分上限 = 3"
        );
    }
    let _ = writeln!(
        rules,
        "[等级]\n优 = \"总分 ≥ 85 且 {first}.得分 > 50\"\n良 = \"总分 ≥ 60\"\n合格 = \"总分 ≥ 30 或 覆盖率 = 1\"\n差 = \"其余\""
    );
    (
        format!("```规则\n[标准]\n模式 = \"评估\"\n{rules}```\n```指标\n{table}```\n"),
        leaves,
    )
}

/// An index of one level over two periods or three.
pub fn index(c: &mut Choices) -> (String, Vec<String>) {
    let count = 2 + c.below(3);
    let mut table = String::from("| 代号 | 权重 | 方向 | 下柱 | 上柱 | 分母 | 缺失 |\n|--|--|--|--|--|--|--|\n");
    let mut leaves = Vec::new();
    for leaf in 0..count {
        let code = format!("A{}", leaf + 1);
        let _ = writeln!(
            table,
            "| {code} | {} | {} | 0 | 120 | {} | {} |",
            1 + c.below(4),
            c.of(&["正向", "逆向"]),
            c.of(&["", "", "人数"]),
            c.of(&["", "失败", "计零"])
        );
        leaves.push(code);
    }
    let methods = ["熵权", "MEREC", "基尼", "LOPCOW", "CILOS", "IDOCRIW", "夹角", "均衡"];
    let weighing = if c.one_in(3) {
        format!("[赋权]\n方法 = \"{}\"\n", c.of(&methods))
    } else {
        String::new()
    };
    let rules = format!(
        "[标准化]\n方法 = \"{}\"\n范围 = [{}, 100]\n截断 = {}\n极端值 = \"{}\"\n{}[插补]\n方法 = \"{}\"\n[汇总]\n方法 = \"{}\"\n[修约]\n总分 = 0.1\n[输入]\n人数 = \"\"\n产值 = \"万元\"\n另报 = \"分\"\n{}{}",
        c.of(&["极差", "z分", "目标柱", "名次", "向量"]),
        c.of(&["0", "1"]),
        c.of(&["true", "false"]),
        c.of(&["无", "偏度2且峰度3.5"]),
        c.of(&["", "基年 = 2024\n"]),
        c.of(&["无", "均值", "中位数", "沿用", "线性"]),
        c.of(&[
            "加权算术",
            "几何",
            "调和",
            "最小",
            "广义(2)",
            "广义(0.5)",
            "TOPSIS",
            "Copeland",
            "VIKOR",
            "PROMETHEE",
            "PROMETHEE(25)",
            "COPRAS",
            "MABAC",
            "EDAS",
            "ARAS",
            "WASPAS",
            "MARCOS",
            "灰色关联"
        ]),
        c.of(&["", "[等级]\n高 = \"总分 ≥ 50\"\n低 = \"其余\"\n"]),
        weighing,
    );
    (
        format!("```规则\n[标准]\n模式 = \"指数\"\n{rules}```\n```指标\n{table}```\n"),
        leaves,
    )
}

fn weight(at: u64, count: u64) -> &'static str {
    match (count, at) {
        (1, _) => "1",
        (2, 0) => "0.35",
        (2, _) => "0.65",
        (_, 0) => "0.2",
        (_, 1) => "0.5",
        _ => "0.3",
    }
}

pub fn rows(c: &mut Choices, leaves: &[String]) -> Vec<RawUnit> {
    let count = 2 + c.below(12);
    let years = 2 + c.below(2);
    (0..count)
        .map(|at| {
            let mut inputs = Vec::new();
            for name in leaves.iter().map(String::as_str).chain(["产值", "人数", "另报"]) {
                let given = match c.below(14) {
                    0 => continue,
                    1 => Given::Absent(formula::Why::NotApplicable(String::new())),
                    2 => Given::Absent(formula::Why::Unverified(String::new())),
                    _ => Given::Text(c.number()),
                };
                inputs.push((name.to_owned(), given, Place::default()));
            }
            RawUnit {
                id: format!("u{}", at / years),
                period: Some((2024 + at % years).to_string()),
                inputs,
                place: Place::default(),
            }
        })
        .collect()
}

fn agree(standard: &Standard, units: &[UnitData], seed: u64, text: &str) {
    let exact = run(standard, units, Settings::default());
    let frame = Frame::of_units(units);
    let wide = run_wide(
        standard,
        &frame,
        WideSettings {
            threads: 2,
            ..WideSettings::default()
        },
    );
    // The third way, with nothing varied, over the latest period.
    let latest = units.iter().map(|unit| unit.period).max().flatten();
    let sampled = sampled_nominal(standard, units, &exact);
    let of_latest = exact.iter().filter(|result| result.period == latest);
    for (result, sampled) in of_latest.zip(sampled) {
        match result.total.as_ref().map(formula::Number::to_f64) {
            Some(total) => assert!(
                (total - sampled).abs() <= 1e-9 * (1.0 + total.abs()),
                "{seed} {total} {sampled}"
            ),
            None => assert!(sampled.is_nan(), "{seed} {sampled}"),
        }
    }
    for (row, result) in exact.iter().enumerate() {
        let here = || format!("seed {seed}, row {row}\n{text}\n{:?}", units[row].written);
        let total = result.total.as_ref().map(formula::Number::to_f64);
        let found = wide.total[row];
        match total {
            Some(total) => assert!(
                (total - found).abs() <= 1e-9 * (1.0 + total.abs()),
                "{total} {found} {}",
                here()
            ),
            None => assert!(found.is_nan(), "none {found} {}", here()),
        }
        let rounded = result.rounded.as_ref().map(formula::Number::to_f64);
        assert_eq!(
            rounded,
            Some(wide.rounded[row]).filter(|rounded| !rounded.is_nan()),
            "{}",
            here()
        );
        let grade = wide.grade[row].map(|grade| match grade {
            WideGrade::Ungraded => "不予评级".to_owned(),
            WideGrade::Grade(at) => standard.grades[usize::from(at)].name.clone(),
        });
        assert_eq!(result.grade, grade, "{}", here());
        assert_eq!(result.rank.unwrap_or(0), wide.rank[row] as usize, "{}", here());
        let coverage = result.coverage.as_ref().map_or(f64::NAN, formula::Number::to_f64);
        assert!(
            (coverage - wide.coverage[row]).abs() < 1e-12,
            "{coverage} {} {}",
            wide.coverage[row],
            here()
        );
    }
}

/// What columns tell of each unit is what the exact way tells, but for exact figures.
fn tell_alike(standard: &Standard, units: &[UnitData], seed: u64, text: &str) {
    let exact = report(standard, &run(standard, units, Settings::default()), None, Lang::Zh);
    let settings = WideSettings {
        threads: 2,
        ..WideSettings::default()
    };
    let wide = told(standard, units, settings, Lang::Zh);
    let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        (a, b) => a == b,
    };
    for (row, exact) in exact.units.iter().enumerate() {
        let here = || format!("seed {seed}, row {row}\n{text}\n{:?}", units[row].written);
        let found = wide.unit(row).unwrap();
        assert_eq!(found.notes, exact.notes, "{}", here());
        assert_eq!(
            (&found.id, &found.period, &found.grade, found.rank, found.total),
            (&exact.id, &exact.period, &exact.grade, exact.rank, exact.total),
            "{}",
            here()
        );
        assert!(close(found.coverage, exact.coverage), "{}", here());
        for (code, exact) in &exact.nodes {
            let found = &found.nodes[code];
            let same = close(found.value.as_f64(), exact.value.as_f64())
                && found.value.is_string() == exact.value.is_string()
                && close(found.score, exact.score)
                && close(found.weight, exact.weight)
                && (&found.unit, &found.missing) == (&exact.unit, &exact.missing);
            assert!(same, "{code}: {found:?}\n{exact:?}\n{}", here());
        }
    }
}

fn one(seed: u64) {
    let mut choices = Choices(seed);
    let (text, leaves) = if choices.one_in(3) {
        index(&mut choices)
    } else {
        assessment(&mut choices)
    };
    let standard = indicator::read(&indicator::blocks(&text)).standard;
    let rows = rows(&mut choices, &leaves);
    let (units, _) = understand(&standard, &rows);
    agree(&standard, &units, seed, &text);
    tell_alike(&standard, &units, seed, &text);
}

/// An index whose denominator is unverified where a gap counts as zero.
#[test]
fn an_absent_denominator_is_noted_by_columns_too() {
    one(7_493_444_462_469_766_115);
    one(4_769_129_298_388_477_428);
}

/// 10,000 systems by `--long`, a hundred else.
#[test]
fn exact_wide_and_sampled_runs_agree() {
    let config = crate::cases(100);
    let cases = config.cases;
    let agreed = TestRunner::new(config).run(&any::<u64>(), |seed| {
        one(seed);
        Ok(())
    });
    if let Err(fault) = agreed {
        panic!("{fault}");
    }
    println!("{cases} generated systems: exact, wide and sampled runs agree");
}

#[test]
fn the_standards_of_the_shelf_are_told_alike_whatever_is_absent() {
    for name in [
        "5g-factory",
        "low-carbon-park",
        "logistics-cost",
        "nursing-home-credit",
        "services-openness",
    ] {
        let text = std::fs::read_to_string(format!("../../examples/{name}.md")).unwrap();
        let standard = standard(&text);
        let mut rows = Vec::new();
        for (at, example) in standard.examples.iter().enumerate() {
            for gone in 0..=example.inputs.len() {
                let mut inputs = example.inputs.clone();
                if gone > 0 {
                    inputs.remove(gone - 1);
                }
                rows.push(RawUnit {
                    id: format!("{at}-{gone}"),
                    period: example.period.map(|period| period.to_string()),
                    inputs,
                    place: Place::default(),
                });
            }
        }
        let (units, _) = understand(&standard, &rows);
        tell_alike(&standard, &units, 0, name);
    }
}

#[test]
fn the_factory_runs_wide_as_it_runs_exactly() {
    let text = std::fs::read_to_string("../../examples/5g-factory.md").unwrap();
    let standard = standard(&text);
    let example = &standard.examples[0];
    let rows: Vec<RawUnit> = (0..3_000)
        .map(|at| {
            let mut inputs = example.inputs.clone();
            for (name, given, _) in &mut inputs {
                if name == "A1.1" {
                    *given = Given::Text(format!("{}.{} %", 60 + at % 35, at % 10));
                }
            }
            RawUnit {
                id: format!("厂{at}"),
                period: None,
                inputs,
                place: Place::default(),
            }
        })
        .collect();
    let (units, findings) = understand(&standard, &rows);
    assert_eq!(findings, []);
    let few = &units[..60];
    agree(&standard, few, 0, &text);
    tell_alike(&standard, few, 0, &text);
    let wide = run_wide(
        &standard,
        &Frame::of_units(&units),
        WideSettings {
            ranked: false,
            ..WideSettings::default()
        },
    );
    // Nearly all are decided by floats alone.
    assert!(wide.exact.len() < 300, "{}", wide.exact.len());
    assert!(wide.total.iter().all(|total| total.is_finite()));
}
