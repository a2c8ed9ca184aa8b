//! Joining over all units: TOPSIS and Copeland as a standard declares them.

use crate::support::{row, rules, standard};
use indicator::{RawUnit, Settings, UnitResult, WideSettings, report, run, told, understand};
use language::Lang;

fn fighters(rules: &str) -> String {
    format!(
        "```规则\n[标准]\n模式 = \"指数\"\n{rules}\n```\n```指标\n| 代号 | 名称 | 权重 | 方向 |\n|--|--|--|--|\n\
         | X1 | 速度 | 0.2 | 正向 |\n| X2 | 航程 | 0.1 | 正向 |\n| X3 | 载荷 | 0.1 | 正向 |\n| X4 | 价格 | 0.1 | 逆向 |\n\
         | X5 | 可靠性 | 0.2 | 正向 |\n| X6 | 机动性 | 0.3 | 正向 |\n```\n"
    )
}

/// C. L. Hwang, K. Yoon: Multiple Attribute Decision Making, Springer 1981, table 3.3.
fn aircraft() -> Vec<RawUnit> {
    [
        ("A1", ["2.0", "1500", "20000", "5.5", "5", "9"]),
        ("A2", ["2.5", "2700", "18000", "6.5", "3", "5"]),
        ("A3", ["1.8", "2000", "21000", "4.5", "7", "7"]),
        ("A4", ["2.2", "1800", "20000", "5.0", "5", "5"]),
    ]
    .map(|(id, values)| {
        let inputs: Vec<(&str, &str)> = ["X1", "X2", "X3", "X4", "X5", "X6"].into_iter().zip(values).collect();
        row(id, None, &inputs)
    })
    .to_vec()
}

fn results(text: &str, rows: &[RawUnit]) -> Vec<UnitResult> {
    let standard = standard(text);
    let (units, _) = understand(&standard, rows);
    run(&standard, &units, Settings::default())
}

fn totals(results: &[UnitResult]) -> Vec<Option<f64>> {
    let total = |result: &UnitResult| result.total.as_ref().map(formula::Number::to_f64);
    results.iter().map(total).collect()
}

const TOPSIS: &str = "[标准化]\n方法 = \"向量\"\n范围 = [0, 1]\n[汇总]\n方法 = \"TOPSIS\"";

#[test]
fn topsis_ranks_the_fighter_aircraft_of_the_book() {
    // Relative closeness of 3.8, step 5: 0.643, 0.268, 0.613, 0.312.
    let results = results(&fighters(TOPSIS), &aircraft());
    for (found, wanted) in totals(&results).into_iter().zip([0.643, 0.268, 0.613, 0.312]) {
        assert!((found.unwrap() - wanted).abs() < 0.001, "{found:?} {wanted}");
    }
    let ranks: Vec<_> = results.iter().map(|result| result.rank).collect();
    assert_eq!(ranks, [Some(1), Some(4), Some(2), Some(3)]);
}

#[test]
fn a_scale_stretches_nearness_and_a_gap_leaves_its_part_out() {
    let hundred = fighters(&TOPSIS.replace("[0, 1]", "[0, 100]"));
    let one = totals(&results(&fighters(TOPSIS), &aircraft()));
    for (one, hundred) in one.iter().zip(totals(&results(&hundred, &aircraft()))) {
        assert!((one.unwrap() * 100.0 - hundred.unwrap()).abs() < 1e-9);
    }
    let mut rows = aircraft();
    rows[1].inputs.retain(|(name, _, _)| name != "X1");
    let with_gap = results(&fighters(TOPSIS), &rows);
    // Without its best part it is further from the best.
    assert!(totals(&with_gap)[1] < one[1]);
    assert_eq!(with_gap[1].coverage.as_ref().unwrap().exact_text(), "0.8");
    // A unit alone has nobody to be compared with, and says so.
    let alone = results(&fighters(TOPSIS), &aircraft()[..1]);
    assert_eq!(totals(&alone), [None]);
    assert!(!alone[0].notes.is_empty());
}

#[test]
fn copeland_wins_by_the_majority_of_the_weights() {
    let text = fighters("[标准化]\n方法 = \"极差\"\n[汇总]\n方法 = \"Copeland\"");
    // By hand: A1 wins over A2 (0.7 : 0.3), A3 over A2 (0.7 : 0.3) and A4 (0.8 : 0.2), A4 over A1 (0.4 : 0.3) and
    // A2 (0.4 : 0.3); A1 and A3 are even (0.5 : 0.5).
    let found = totals(&results(&text, &aircraft()));
    let share = |balance: f64| f64::midpoint(balance / 3.0, 1.0) * 100.0;
    let wanted = [share(0.0), share(-3.0), share(2.0), share(1.0)];
    for (found, wanted) in found.into_iter().zip(wanted) {
        assert!((found.unwrap() - wanted).abs() < 1e-9, "{found:?} {wanted}");
    }
}

#[test]
fn only_an_index_has_all_its_units() {
    let assessment = "```规则\n[标准]\n模式 = \"评估\"\n[汇总]\n方法 = \"TOPSIS\"\n```\n```指标\n| 代号 | 权重 | 缺失 |\n|--|--|--|\n| A | 1 | 失败 |\n```\n```例\n```\n";
    assert!(rules(assessment).contains(&"indicator-needs-index"));
    assert!(!rules(&assessment.replace("TOPSIS", "几何")).contains(&"indicator-needs-index"));
    let uncertain = assessment.replace("TOPSIS", "几何").replace(
        "\n```\n```指标",
        "\n[不确定性]\n改变 = { 汇总 = [\"几何\", \"Copeland\"] }\n```\n```指标",
    );
    assert!(rules(&uncertain).contains(&"indicator-needs-index"));
}

#[test]
fn many_units_by_columns_are_joined_as_exactly() {
    for method in [
        "TOPSIS",
        "Copeland",
        "VIKOR",
        "PROMETHEE(0.01)",
        "COPRAS",
        "MABAC",
        "EDAS",
        "ARAS",
        "WASPAS",
        "MARCOS",
        "灰色关联",
    ] {
        let text = fighters(&TOPSIS.replace("TOPSIS", method));
        let standard = standard(&text);
        // More than one block of lanes.
        let rows: Vec<RawUnit> = (0..1_500_u32)
            .map(|at| {
                let value = |salt: u32| ((at * 7919 + salt * 104_729) % 9973).to_string();
                let values: Vec<(String, String)> = (1..=6).map(|x| (format!("X{x}"), value(x))).collect();
                let inputs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (&**name, &**value)).collect();
                row(&format!("u{at}"), None, &inputs)
            })
            .collect();
        let rows = if method == "TOPSIS" { &rows } else { &rows[..60] };
        let (units, _) = understand(&standard, rows);
        let exact = report(&standard, &run(&standard, &units, Settings::default()), None, Lang::Zh);
        let wide = told(&standard, &units, WideSettings::default(), Lang::Zh);
        for (row, exact) in exact.units.iter().enumerate() {
            let found = wide.unit(row).unwrap();
            assert!(
                (found.total.unwrap() - exact.total.unwrap()).abs() < 1e-9,
                "{method} {row}"
            );
            assert_eq!(found.rank, exact.rank, "{method} {row}");
        }
    }
}
