//! Two editions of a standard over the same data: who moves, and why.

use crate::support::{row, standard};
use indicator::{Rule, Settings, Standard, editions, run, understand};

const BEFORE: &str = r#"
```规则
[标准]
编号 = "DB50/T 1"
版本 = "2024-01-01"
[等级]
甲 = "总分 ≥ 80"
乙 = "其余"
```
```指标
| 代号 | 名称 | 权重 | 计分 | 缺失 |
|--|--|--|--|--|
| A | 覆盖 | 0.6 | 线性(0→0, 100→100) | 失败 |
| B | 服务 | 0.4 | 线性(0→0, 100→100) | 失败 |
```
"#;

fn after() -> String {
    BEFORE
        .replace("2024-01-01", "2025-01-01")
        .replace("0.6", "0.5")
        .replace(
            "0.4 | 线性(0→0, 100→100) | 失败 |",
            "0.3 | 线性(0→0, 50→100) | 失败 |\n| C | 安全 | 0.2 | 线性(0→0, 10→100) | 计零 |",
        )
        .replace("总分 ≥ 80", "总分 ≥ 85")
}

fn results(standard: &Standard, units: &[(&str, &[(&str, &str)])]) -> Vec<indicator::UnitResult> {
    let rows: Vec<_> = units.iter().map(|(id, inputs)| row(id, None, inputs)).collect();
    let (units, _) = understand(standard, &rows);
    run(standard, &units, Settings::default())
}

#[test]
fn who_moves_is_told_with_what_moved_them() {
    let (before, after) = (standard(BEFORE), standard(&after()));
    let rows: [(&str, &[(&str, &str)]); 2] = [
        ("x", &[("A", "90"), ("B", "70"), ("C", "5")]),
        ("y", &[("A", "60"), ("B", "40"), ("C", "10")]),
    ];
    let (was, now) = (results(&before, &rows), results(&after, &rows));
    let found = editions((&before, &was), (&after, &now));
    assert_eq!(
        (found.before.as_str(), found.after.as_str()),
        ("DB50/T 1 (2024-01-01)", "DB50/T 1 (2025-01-01)")
    );
    let rules: Vec<(Rule, &str, Option<&str>, Option<&str>)> = found
        .rules
        .iter()
        .map(|rule| {
            (
                rule.what,
                rule.of.as_str(),
                rule.before.as_deref(),
                rule.after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rules,
        [
            (Rule::Weight, "A", Some("0.6"), Some("0.5")),
            (Rule::Weight, "B", Some("0.4"), Some("0.3")),
            (
                Rule::Scoring,
                "B",
                Some("线性(0→0, 100→100)"),
                Some("线性(0→0, 50→100)")
            ),
            (Rule::Indicator, "C", None, Some("安全")),
            (Rule::Grade, "甲", Some("总分 ≥ 80"), Some("总分 ≥ 85")),
        ]
    );
    // 0.6·90 + 0.4·70 = 82; 0.5·90 + 0.3·100 + 0.2·50 = 85.
    let x = &found.units[0];
    assert_eq!((x.total.before, x.total.after), (Some(82.0), Some(85.0)));
    assert!(!x.moved());
    let adds: Vec<(&str, i64)> = x
        .because
        .iter()
        .map(|part| (part.code.as_str(), (part.adds * 1000.0).round() as i64))
        .collect();
    assert_eq!(adds, [("C", 10_000), ("A", -9_000), ("B", 2_000)]);
    assert!(x.rest.abs() < 1e-12);
    assert_eq!(
        (x.because[0].weight.before, x.because[0].points.after),
        (None, Some(50.0))
    );
    assert_eq!(
        (found.units[1].total.before, found.units[1].total.after),
        (Some(52.0), Some(74.0))
    );
    // Backwards: the indicator is gone.
    let back = editions((&after, &now), (&before, &was));
    assert!(
        back.rules
            .iter()
            .any(|rule| rule.what == Rule::Indicator && rule.of == "C" && rule.after.is_none())
    );
}

#[test]
fn a_grade_that_falls_is_a_move_and_nothing_moves_against_oneself() {
    let (before, stricter) = (standard(BEFORE), standard(&BEFORE.replace("总分 ≥ 80", "总分 ≥ 85")));
    let rows: [(&str, &[(&str, &str)]); 1] = [("x", &[("A", "90"), ("B", "70")])];
    let (was, now) = (results(&before, &rows), results(&stricter, &rows));
    let found = editions((&before, &was), (&stricter, &now));
    assert!(found.units[0].moved() && found.units[0].because.is_empty());
    assert_eq!(
        (
            found.units[0].grade.before.as_deref(),
            found.units[0].grade.after.as_deref()
        ),
        (Some("甲"), Some("乙"))
    );
    let same = editions((&before, &was), (&before, &was));
    assert!(same.rules.is_empty() && !same.units[0].moved());
}
