//! What stands behind a ranking: which indicators go together, how much each decides, where units are going.

use crate::support::{row, standard};
use indicator::{Settings, Standard, WideSettings, analysis::analysis, run, understand};

const INDEX: &str = r#"
```规则
[标准]
模式 = "指数"
[标准化]
方法 = "极差"
[汇总]
方法 = "算术"
```
```指标
| 代号 | 名称 | 权重 | 方向 |
|--|--|--|--|
| P | 经济 | 1 | |
| P1 | 产出 | 1 | 正向 |
| P2 | 收入 | 1 | 正向 |
| Q | 环境 | 1 | |
| Q1 | 能耗 | 1 | 逆向 |
"#;

fn analysed(standard: &Standard, rows: &[indicator::RawUnit]) -> indicator::analysis::Analysis {
    let (units, _) = understand(standard, rows);
    let results = run(standard, &units, Settings::default());
    analysis(standard, &units, &results, WideSettings::default())
}

fn close(found: Option<f64>, wanted: f64) {
    assert!(
        found.is_some_and(|found| (found - wanted).abs() < 1e-9),
        "{found:?} {wanted}"
    );
}

#[test]
fn what_repeats_pulls_against_and_decides_is_told() {
    let standard = standard(&format!("{INDEX}```\n"));
    // P2 is P1 turned into other units; energy falls where output rises.
    let rows: Vec<_> = [
        ("a", "0", "10", "0"),
        ("b", "1", "12", "1"),
        ("c", "2", "14", "2"),
        ("d", "4", "18", "4"),
    ]
    .iter()
    .map(|(id, p1, p2, q1)| row(id, Some("2024"), &[("P1", p1), ("P2", p2), ("Q1", q1)]))
    .collect();
    let found = analysed(&standard, &rows);
    assert_eq!((found.period.as_deref(), found.units), (Some("2024"), 4));
    let pair = |a: &str, b: &str| found.pairs.iter().find(|pair| pair.a == a && pair.b == b).unwrap();
    close(pair("P1", "P2").r, 1.0);
    assert!(pair("P1", "P2").repeats && !pair("P1", "P2").against);
    close(pair("P", "Q").r, -1.0);
    assert!(pair("P", "Q").against);
    // P1 and P2 say one thing: alpha one, one eigenvalue of two; P and Q cancel, so that nothing is left to compare.
    let group = |code: &str| found.groups.iter().find(|group| group.code == code).unwrap();
    close(group("P").alpha, 1.0);
    close(group("P").eigenvalues.first().copied(), 2.0);
    assert_eq!((group("总分").alpha, group("总分").units), (None, 4));
    let of = |code: &str| found.indicators.iter().find(|one| one.code == code).unwrap();
    close(of("P1").above, 1.0);
    // All totals are fifty: without environment the order is that of output, and the other way round.
    let removed = of("Q").removed.clone().unwrap();
    assert_eq!(
        (removed.mean_shift, removed.max_shift, removed.unit.as_str()),
        (1.5, 3, "a")
    );
    assert_eq!(of("Q1").removed, None, "nothing would be left of Q");
    assert_eq!(of("P1").removed.as_ref().map(|removed| removed.max_shift), Some(0));
}

#[test]
fn correlations_are_those_of_the_book_and_gaps_are_left_out() {
    let text = INDEX.replace("| Q | 环境 | 1 | |\n| Q1 | 能耗 | 1 | 逆向 |\n", "");
    let standard = standard(&format!("{text}```\n"));
    // Anscombe's first set (1973): r = 0.81642…; a unit without one of them does not count.
    let x = ["10", "8", "13", "9", "11", "14", "6", "4", "12", "7", "5", "3"];
    let y = [
        "8.04", "6.95", "7.58", "8.81", "8.33", "9.96", "7.24", "4.26", "10.84", "4.82", "5.68", "",
    ];
    let rows: Vec<_> = x
        .iter()
        .zip(y)
        .enumerate()
        .map(|(at, (x, y))| {
            let inputs = [("P1", *x), ("P2", y)];
            let given = if y.is_empty() { &inputs[..1] } else { &inputs[..] };
            row(&at.to_string(), Some("2024"), given)
        })
        .collect();
    let found = analysed(&standard, &rows);
    let r = found.pairs.iter().find(|pair| pair.a == "P1").and_then(|pair| pair.r);
    assert!(r.is_some_and(|r| (r - 0.816_420_516_344_84).abs() < 1e-12), "{r:?}");
    let group = found.groups.iter().find(|group| group.code == "P").unwrap();
    assert_eq!(group.units, 11);
    let sum: f64 = group.eigenvalues.iter().sum();
    assert!((sum - 2.0).abs() < 1e-12 && (group.eigenvalues[0] - 1.816_420_516_344_84).abs() < 1e-12);
}

#[test]
fn where_units_are_going_is_told_over_the_years() {
    let text = INDEX.replace(
        "方法 = \"极差\"",
        "方法 = \"目标柱\"\n[目标值]\nP1 = [0, 100]\nP2 = [0, 100]\nQ1 = [0, 100]",
    );
    let standard = standard(&format!("{text}```\n"));
    let year = |id: &str, year: &str, value: &str| row(id, Some(year), &[("P1", value), ("P2", value), ("Q1", "50")]);
    let rows = [
        year("a", "2022", "10"),
        year("b", "2022", "20"),
        year("a", "2024", "40"),
        year("b", "2024", "20"),
        year("c", "2024", "30"),
    ];
    let found = analysed(&standard, &rows);
    // a: (10 + 50)/2 = 30, then 45: 1.5 in two years; c has one year only.
    assert_eq!(found.trends.len(), 2);
    let a = &found.trends[0];
    assert_eq!(
        (a.id.as_str(), a.from.as_str(), a.to.as_str(), a.places),
        ("a", "2022", "2024", Some(1))
    );
    assert!((a.change - 15.0).abs() < 1e-12);
    close(a.rate, 1.5_f64.sqrt() - 1.0);
    assert_eq!((found.trends[1].places, found.trends[1].change), (Some(-2), 0.0));
}
