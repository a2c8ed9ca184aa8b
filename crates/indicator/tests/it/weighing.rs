//! Weights from data and judgements, and goalposts kept for later years, as standards declare them.

use crate::support::{findings, row, standard};
use indicator::{RawUnit, Settings, index::frozen, run, understand};

fn cities() -> Vec<RawUnit> {
    [
        ("甲", "10", "80", "3"),
        ("乙", "40", "60", "2"),
        ("丙", "70", "20", "9"),
        ("丁", "55", "50", "5"),
    ]
    .map(|(id, a, b, c)| row(id, Some("2024"), &[("A1", a), ("A2", b), ("A3", c)]))
    .to_vec()
}

fn index(rules: &str) -> String {
    format!(
        "```规则\n[标准]\n模式 = \"指数\"\n{rules}\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | |\n| A1 | 1 | 正向 |\n| A2 | 1 | 正向 |\n| A3 | 2 | 逆向 |\n```\n"
    )
}

fn weights(text: &str) -> Vec<f64> {
    let standard = standard(text);
    let (units, _) = understand(&standard, &cities());
    let results = run(&standard, &units, Settings::default());
    results[0].nodes[1..]
        .iter()
        .map(|node| node.weight.as_ref().unwrap().to_f64())
        .collect()
}

#[test]
fn data_give_weights_where_the_rules_say_so() {
    assert_eq!(weights(&index("[标准化]")), [0.25, 0.25, 0.5]);
    for method in [
        "熵权",
        "CRITIC",
        "主成分",
        "标准差",
        "变异系数",
        "MEREC",
        "基尼",
        "LOPCOW",
        "CILOS",
        "IDOCRIW",
        "夹角",
    ] {
        let found = weights(&index(&format!(
            "[标准化]\n范围 = [1, 100]\n[赋权]\n方法 = \"{method}\""
        )));
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{method} {found:?}");
        assert!(
            found.iter().all(|weight| *weight > 0.0 && (weight - 0.25).abs() > 1e-6),
            "{method} {found:?}"
        );
    }
    let unknown = index("[赋权]\n方法 = \"随缘\"");
    assert!(
        findings(&unknown)
            .iter()
            .any(|finding| finding.rule == "indicator-unknown-choice")
    );
}

/// Scores that give no weights are an error with the place of the rule, not the table's weights in silence.
#[test]
fn data_that_give_no_weights_are_refused() {
    let faults = |text: &str, rows: &[RawUnit]| {
        let (_, findings) = understand(&standard(text), rows);
        findings
            .into_iter()
            .filter(|finding| finding.rule == "indicator-weights-beyond")
            .collect::<Vec<_>>()
    };
    let by = |method: &str, low: u8| index(&format!("[标准化]\n范围 = [{low}, 100]\n[赋权]\n方法 = \"{method}\""));
    let found = faults(&by("MEREC", 0), &cities());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.line, 7);
    for lang in [language::Lang::Zh, language::Lang::En] {
        assert!(found[0].message(lang).contains("MEREC") && found[0].message(lang).contains("A"));
        assert!(found[0].mend(lang).contains("[1, 100]"));
    }
    assert_eq!(faults(&by("MEREC", 1), &cities()), []);
    let best = [("甲", "10", "80", "3"), ("乙", "40", "90", "2")]
        .map(|(id, a, b, c)| row(id, None, &[("A1", a), ("A2", b), ("A3", c)]));
    assert_eq!(faults(&by("CILOS", 1), &best).len(), 1);
    assert_eq!(faults(&by("熵权", 1), &best), []);
}

#[test]
fn weights_by_period_hold_for_what_the_data_do_not_weigh() {
    let text = index("[赋权]\n方法 = \"熵权\"\n[权重.\"2023\"]\nA = 0.9\nB = 0.1\nA1 = 1")
        .replace("| A3 | 2 | 逆向 |", "| A3 | 2 | 逆向 |\n| B | 1 | |\n| B1 | 1 | 正向 |");
    let standard = standard(&text);
    let rows: Vec<RawUnit> = cities()
        .into_iter()
        .map(|mut row| {
            row.inputs
                .push(("B1".to_owned(), row.inputs[0].1.clone(), row.inputs[0].2.clone()));
            row
        })
        .collect();
    let (units, _) = understand(&standard, &rows);
    let results = run(&standard, &units, Settings::default());
    let weight = |code: &str| {
        let node = standard.node(code).unwrap();
        results[0].nodes[node].weight.as_ref().unwrap().to_f64()
    };
    assert!((weight("A") - 0.9).abs() < 1e-12 && (weight("B") - 0.1).abs() < 1e-12);
    assert!(weight("A1") < 0.5);
}

#[test]
fn judgements_give_weights_and_contradictions_are_refused() {
    let sound = index("[层次分析.A]\n矩阵 = [[1, 3, 6], [\"1/3\", 1, 2], [\"1/6\", \"1/2\", 1]]");
    for (found, wanted) in weights(&sound).iter().zip([2.0 / 3.0, 2.0 / 9.0, 1.0 / 9.0]) {
        assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
    }
    let turned = index(
        "[层次分析.A]\n顺序 = [\"A3\", \"A2\", \"A1\"]\n矩阵 = [[1, 3, 6], [\"1/3\", 1, 2], [\"1/6\", \"1/2\", 1]]",
    );
    assert!((weights(&turned)[2] - 2.0 / 3.0).abs() < 1e-9);
    let best = index("[最优最劣.A]\n最优比其他 = [1, 2, 8]\n其他比最劣 = [8, 4, 1]");
    for (found, wanted) in weights(&best).iter().zip([8.0 / 13.0, 4.0 / 13.0, 1.0 / 13.0]) {
        assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
    }
    for (rules, rule) in [
        (
            "[层次分析.A]\n矩阵 = [[1, 9, \"1/9\"], [\"1/9\", 1, 9], [9, \"1/9\", 1]]",
            "indicator-inconsistent",
        ),
        ("[层次分析.A]\n矩阵 = [[1, 3], [\"1/3\", 1]]", "indicator-judgements"),
        ("[层次分析.Z]\n矩阵 = [[1]]", "indicator-unknown-code"),
        ("[层次分析.A]\n", "indicator-key-missing"),
        (
            "[最优最劣.A]\n最优比其他 = [1, 2, 8]\n其他比最劣 = [0, 4, 1]",
            "indicator-judgements",
        ),
    ] {
        let found = findings(&index(rules));
        assert!(found.iter().any(|finding| finding.rule == rule), "{rules}: {found:?}");
    }
}

#[test]
fn judged_weights_of_an_assessment_sum_to_one_exactly() {
    let assessed = |rules: &str| {
        format!(
            "```规则\n{rules}\n```\n```指标\n| 代号 | 单位 | 缺失 |\n|--|--|--|\n| A | 分 | 失败 |\n| B | 分 | 失败 |\n| C | 分 | 失败 |\n```\n```例\n```\n"
        )
    };
    for rules in [
        "[层次分析.总分]\n矩阵 = [[1, 3, 5], [\"1/3\", 1, 3], [\"1/5\", \"1/3\", 1]]",
        "[层次分析.总分]\n矩阵 = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]",
        "[最优最劣.总分]\n最优比其他 = [1, 2, 8]\n其他比最劣 = [8, 5, 1]",
    ] {
        let text = assessed(rules);
        let found = findings(&text);
        assert!(
            !found.iter().any(|finding| finding.rule == "indicator-weight-sum"),
            "{found:?}"
        );
        let standard = standard(&text);
        let sum = standard.nodes.iter().fold(formula::Number::zero(), |sum, node| {
            let weight = node.weight.as_ref().unwrap();
            assert!(weight.is_exact());
            sum.plus(weight).unwrap()
        });
        assert_eq!(sum, formula::Number::one(), "{rules}");
    }
}

#[test]
fn a_sum_that_is_not_one_is_told_in_digits_that_show_it() {
    use language::Lang;
    let third = "0.3333333333333";
    let text = format!(
        "```指标\n| 代号 | 权重 | 单位 | 缺失 |\n|--|--|--|--|\n| A | {third} | 分 | 失败 |\n| B | {third} | 分 | 失败 |\n| C | {third} | 分 | 失败 |\n```\n```例\n```\n"
    );
    let found = findings(&text);
    let finding = found
        .iter()
        .find(|finding| finding.rule == "indicator-weight-sum")
        .unwrap();
    for lang in [Lang::Zh, Lang::En] {
        assert!(
            finding.message(lang).contains("0.9999999999999"),
            "{}",
            finding.message(lang)
        );
    }
}

#[test]
fn kept_goalposts_make_a_later_year_comparable() {
    let first = standard(&index("[标准化]\n方法 = \"极差\""));
    let (units, _) = understand(&first, &cities());
    let kept = frozen(&first, &units, Settings::default()).unwrap();
    assert_eq!(
        kept,
        "[目标值] # 2024\n\"A1\" = [10, 70]\n\"A2\" = [20, 80]\n\"A3\" = [2, 9]\n"
    );
    let later = standard(&index(&format!("[标准化]\n方法 = \"目标柱\"\n{kept}")));
    let totals = |standard: &indicator::Standard, rows: &[RawUnit]| -> Vec<f64> {
        let (units, _) = understand(standard, rows);
        let results = run(standard, &units, Settings::default());
        results
            .iter()
            .map(|result| result.total.as_ref().unwrap().to_f64())
            .collect()
    };
    // The same year gives the same; a city alone in a later year stands where it would have stood.
    assert_eq!(totals(&first, &cities()), totals(&later, &cities()));
    let alone = [row("甲", Some("2025"), &[("A1", "40"), ("A2", "80"), ("A3", "9")])];
    assert!((totals(&later, &alone)[0] - (50.0 + 100.0) / 4.0).abs() < 1e-9);
}

fn six() -> Vec<RawUnit> {
    [
        ("甲", "10", "80", "3"),
        ("乙", "40", "60", "2"),
        ("丙", "70", "20", "9"),
        ("丁", "55", "50", "5"),
        ("戊", "90", "95", "1"),
        ("己", "25", "70", "8"),
    ]
    .map(|(id, a, b, c)| row(id, Some("2024"), &[("A1", a), ("A2", b), ("A3", c)]))
    .to_vec()
}

/// Pearson's, by its definition.
fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mx, my) = (mean(x), mean(y));
    let about = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
    about(&|a, b| a * b) / (about(&|a, _| a * a) * about(&|_, b| b * b)).sqrt()
}

/// How far the correlations of siblings with the total are from the proportion of `shares`, from the results of a run.
fn off(results: &[indicator::UnitResult], family: &[usize], shares: &[f64]) -> f64 {
    let totals: Vec<f64> = results
        .iter()
        .map(|result| result.total.as_ref().unwrap().to_f64())
        .collect();
    let of = |node: &usize| {
        let points =
            |result: &indicator::UnitResult| result.nodes[*node].points.as_ref().unwrap().number().unwrap().to_f64();
        correlation(&results.iter().map(points).collect::<Vec<f64>>(), &totals)
    };
    let correlations: Vec<f64> = family.iter().map(of).collect();
    let (whole, all): (f64, f64) = (correlations.iter().sum(), shares.iter().sum());
    let pairs = correlations.iter().zip(shares);
    pairs
        .map(|(own, share)| (own / whole - share / all).abs())
        .fold(0.0, f64::max)
}

#[test]
fn balanced_weights_bring_correlations_into_proportion() {
    let text = index("[标准化]\n[赋权]\n方法 = \"均衡\"").replace("| A3 | 2 |", "| A3 | 1 |");
    let standard = standard(&text);
    let (units, findings) = understand(&standard, &six());
    assert_eq!(findings, []);
    let results = run(&standard, &units, Settings::default());
    // Of one level the weights have a closed form, R⁻¹t beside the deviations; from numpy.
    for (node, wanted) in [0.475_600_163_334, 0.467_643_841_09, 0.056_755_995_575]
        .iter()
        .enumerate()
    {
        let found = results[0].nodes[node + 1].weight.as_ref().unwrap().to_f64();
        assert!((found - wanted).abs() < 1e-7, "{found} {wanted}");
    }
    assert!(off(&results, &[1, 2, 3], &[1.0, 1.0, 1.0]) < 2e-9);
    // Without them they are far from it.
    let plain = run(
        &crate::support::standard(&text.replace("[赋权]\n方法 = \"均衡\"", "")),
        &units,
        Settings::default(),
    );
    assert!(off(&plain, &[1, 2, 3], &[1.0, 1.0, 1.0]) > 0.1);
}

#[test]
fn each_level_is_brought_into_proportion_however_it_is_joined() {
    // Weights beside the last of each family that scipy's root finding gives for the same tables.
    let cases = [
        (
            "方法 = \"算术\"",
            [0.491_237_51, 0.987_527_24, 0.510_950_35, 2.723_094_68],
        ),
        (
            "方法 = \"几何\"\n一级 = \"算术\"",
            [0.485_013_55, 1.057_742_2, 0.649_010_26, 2.796_839_52],
        ),
        (
            "方法 = \"算术\"\n一级 = \"TOPSIS\"",
            [0.466_477_97, 0.938_740_46, 0.529_970_42, 1.955_120_02],
        ),
    ];
    for (methods, wanted) in cases {
        let text = format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n范围 = [1, 100]\n[汇总]\n{methods}\n[赋权]\n方法 = \"balance\"\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 6 | |\n| A1 | 4 | 正向 |\n| A2 | 5 | 正向 |\n| A3 | 4 | 逆向 |\n| B | 5 | |\n| B1 | 1 | 正向 |\n| B2 | 1 | 正向 |\n```\n"
        );
        let standard = standard(&text);
        let rows: Vec<RawUnit> = (0..40_u32)
            .map(|at| {
                // What a unit is, and what each indicator shows beside it.
                let own = (at * 17) % 40;
                let noise = |salt: u32| (at * 7919 + salt * 104_729) % 31;
                let values = [
                    3 * own + 3 * noise(1),
                    own + 2 * noise(2),
                    200 - own - 2 * noise(3),
                    2 * own + 2 * noise(4),
                    own + 3 * noise(5),
                ]
                .map(|value| value.to_string());
                let inputs: Vec<(&str, &str)> = ["A1", "A2", "A3", "B1", "B2"]
                    .into_iter()
                    .zip(values.iter().map(String::as_str))
                    .collect();
                row(&format!("u{at}"), None, &inputs)
            })
            .collect();
        let (units, findings) = understand(&standard, &rows);
        assert_eq!(findings, [], "{methods}");
        let results = run(&standard, &units, Settings::default());
        for (family, shares) in [
            (&[0, 4][..], &[6.0, 5.0][..]),
            (&[1, 2, 3], &[4.0, 5.0, 4.0]),
            (&[5, 6], &[1.0, 1.0]),
        ] {
            let off = off(&results, family, shares);
            assert!(off < 3e-9, "{methods} {family:?} {off}");
        }
        let weight = |node: usize| results[0].nodes[node].weight.as_ref().unwrap().to_f64();
        for ((node, last), wanted) in [(1, 3), (2, 3), (5, 6), (0, 4)].into_iter().zip(wanted) {
            let found = weight(node) / weight(last);
            assert!((found - wanted).abs() < 1e-6, "{methods} {node} {found} {wanted}");
        }
    }
}

#[test]
fn proportions_that_no_weights_reach_are_refused() {
    // For them A2 would have to count against the total (R⁻¹t is negative there, from numpy), whatever the others weigh.
    let text = index("[标准化]\n[赋权]\n方法 = \"均衡\"");
    let (units, findings) = understand(&standard(&text), &six());
    let [fault] = findings.as_slice() else {
        panic!("{findings:?}")
    };
    assert_eq!((fault.rule, fault.place.line), ("indicator-balance-beyond", 6));
    for lang in [language::Lang::Zh, language::Lang::En] {
        assert!(fault.message(lang).contains('A') && fault.mend(lang).contains("analyse"));
    }
    // Who runs all the same has the weights of the table.
    let results = run(&standard(&text), &units, Settings::default());
    assert_eq!(results[0].nodes[3].weight.as_ref().unwrap().to_f64(), 0.5);
}

#[test]
fn one_level_alone_is_brought_into_proportion() {
    let text = |level: &str| {
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n[赋权]\n方法 = \"均衡\"\n级 = {level}\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | |\n| A1 | 1 | 正向 |\n| A2 | 1 | 正向 |\n| B | 1 | |\n| A3 | 1 | 逆向 |\n```\n"
        )
        .replace("| A3 | 1 | 逆向 |", "| B1 | 1 | 逆向 |\n| B2 | 3 | 逆向 |")
    };
    let first = standard(&text("1"));
    let rows: Vec<RawUnit> = six()
        .into_iter()
        .map(|mut row| {
            row.inputs[2].0 = "B1".to_owned();
            let mut second = row.inputs[2].clone();
            second.0 = "B2".to_owned();
            row.inputs.push(second);
            row
        })
        .collect();
    let (units, findings) = understand(&first, &rows);
    assert_eq!(findings, []);
    let results = run(&first, &units, Settings::default());
    assert!(off(&results, &[0, 3], &[1.0, 1.0]) < 2e-9);
    // Below it the weights of the table hold.
    let share = |node: usize, above: usize| {
        let weight = |node: usize| results[0].nodes[node].weight.as_ref().unwrap().to_f64();
        weight(node) / weight(above)
    };
    assert!((share(1, 0) - 0.5).abs() < 1e-12 && (share(5, 3) - 0.75).abs() < 1e-12);
    let rules = |level: &str| findings_of(&text(level));
    assert!(rules("3").contains(&"indicator-idle-level") && rules("\"x\"").contains(&"indicator-wrong-kind"));
    assert!(!rules("2").contains(&"indicator-idle-level"));
}

fn findings_of(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|finding| finding.rule).collect()
}
