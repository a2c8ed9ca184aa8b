//! Gaps that a unit's own values in other periods fill.

use crate::support::{row, standard};
use indicator::{
    Note, RawUnit, SensitivitySettings, Settings, UnitResult, index::frozen, run, sensitivity, understand,
};
use language::Lang;

fn text(rules: &str) -> String {
    format!(
        "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"目标柱\"\n{rules}\n```\n```指标\n| 代号 | 权重 | 方向 | 下柱 | 上柱 |\n|--|--|--|--|--|\n| A | 0.5 | 正向 | 0 | 100 |\n| B | 0.5 | 正向 | 0 | 100 |\n```\n"
    )
}

fn results(text: &str, rows: &[RawUnit]) -> Vec<UnitResult> {
    let standard = standard(text);
    let (units, findings) = understand(&standard, rows);
    assert_eq!(findings, []);
    run(&standard, &units, Settings::default())
}

/// 甲 lacks the middle and the end, 乙 the beginning, 丙 has one year alone, 丁 none.
fn panel() -> Vec<RawUnit> {
    let mut rows = Vec::new();
    for (id, a) in [
        ("甲", ["20", "", "", "50", ""]),
        ("乙", ["", "10", "30", "", "90"]),
        ("丙", ["", "40", "", "", ""]),
        ("丁", ["", "", "", "", ""]),
    ] {
        for (year, a) in ["2020", "2021", "2022", "2023", "2024"].into_iter().zip(a) {
            let inputs = [("A", a), ("B", "60")];
            rows.push(row(id, Some(year), if a.is_empty() { &inputs[1..] } else { &inputs }));
        }
    }
    rows
}

/// Points of A, by unit over the years.
fn points(results: &[UnitResult]) -> Vec<Option<f64>> {
    results
        .iter()
        .map(|result| {
            result.nodes[0]
                .points
                .as_ref()
                .unwrap()
                .number()
                .map(formula::Number::to_f64)
        })
        .collect()
}

#[test]
fn the_latest_earlier_value_is_carried_and_nothing_is_carried_back() {
    let found = results(&text("[插补]\n方法 = \"沿用\""), &panel());
    let wanted = [
        [Some(20.0), Some(20.0), Some(20.0), Some(50.0), Some(50.0)],
        [None, Some(10.0), Some(30.0), Some(30.0), Some(90.0)],
        // One observed value is carried on, and is no fault.
        [None, Some(40.0), Some(40.0), Some(40.0), Some(40.0)],
        [None; 5],
    ];
    assert_eq!(points(&found), wanted.concat());
}

#[test]
fn a_line_is_drawn_between_two_values_and_not_beyond() {
    let found = results(&text("[插补]\n方法 = \"linear\""), &panel());
    let wanted = [
        [Some(20.0), Some(30.0), Some(40.0), Some(50.0), None],
        [None, Some(10.0), Some(30.0), Some(60.0), Some(90.0)],
        [None, Some(40.0), None, None, None],
        [None; 5],
    ];
    for (found, wanted) in points(&found).into_iter().zip(wanted.concat()) {
        let same = match (found, wanted) {
            (Some(found), Some(wanted)) => (found - wanted).abs() < 1e-9,
            (found, wanted) => found == wanted,
        };
        assert!(same, "{found:?} {wanted:?}");
    }
}

#[test]
fn what_is_filled_does_not_count_as_covered_and_is_said() {
    for method in ["沿用", "线性", "均值"] {
        let found = results(&text(&format!("[插补]\n方法 = \"{method}\"")), &panel());
        let (given, filled) = (&found[0], &found[1]);
        assert_eq!(given.coverage.as_ref().unwrap().exact_text(), "1");
        assert_eq!(filled.coverage.as_ref().unwrap().exact_text(), "0.5");
        assert_eq!(given.notes, []);
        let [note @ Note::Filled { code, .. }] = filled.notes.as_slice() else {
            panic!("{:?}", filled.notes)
        };
        assert_eq!(code, "A");
        assert!(note.said(Lang::Zh).contains(method) && note.said(Lang::En).contains("covered"));
    }
    // Without a value to carry the gap stays one, and is left out.
    let found = results(&text("[插补]\n方法 = \"沿用\""), &panel());
    assert!(matches!(found[5].notes.as_slice(), [Note::Dropped { .. }]));
}

#[test]
fn rows_without_a_period_have_no_other() {
    let rows = [
        row("甲", None, &[("A", "10"), ("B", "1")]),
        row("乙", None, &[("B", "2")]),
    ];
    let found = results(&text("[插补]\n方法 = \"沿用\""), &rows);
    assert_eq!(points(&found), [Some(10.0), None]);
}

#[test]
fn sampling_varies_how_gaps_are_filled() {
    // By B alone 乙 is ahead; with what A was a year before, 甲.
    let told = {
        let text = text("[不确定性]\nN = 1024\n改变 = { 插补 = [\"沿用\", \"剔除\"] }");
        let standard = standard(&text);
        let rows = [
            row("甲", Some("2023"), &[("A", "90"), ("B", "0")]),
            row("乙", Some("2023"), &[("A", "0"), ("B", "0")]),
            row("甲", Some("2024"), &[("B", "40")]),
            row("乙", Some("2024"), &[("B", "60")]),
        ];
        let (units, _) = understand(&standard, &rows);
        let nominal = run(&standard, &units, Settings::default());
        sensitivity(&standard, &units, &nominal, SensitivitySettings::default(), &mut |_| {}).unwrap()
    };
    let rank = told.units[0].rank.unwrap();
    assert_eq!((rank.nominal, rank.p5, rank.p95), (2.0, 1.0, 2.0), "{told:?}");
}

#[test]
fn kept_goalposts_are_those_of_the_filled_year() {
    let text = text("[插补]\n方法 = \"沿用\"")
        .replace("目标柱", "极差")
        .replace("| 0 | 100 |", "| | |");
    let standard = standard(&text);
    let (units, _) = understand(&standard, &panel());
    let kept = frozen(&standard, &units, Settings::default()).unwrap();
    assert!(kept.contains("\"A\" = [40, 90]"), "{kept}");
}

/// What does not apply is left out, and what cannot be computed leaves no result: neither is a gap to be filled.
#[test]
fn only_what_lacks_is_filled() {
    use indicator::{Frame, WideSettings, run_wide};
    for method in ["沿用", "均值", "中位数"] {
        let text = text(&format!("[插补]\n方法 = \"{method}\""))
            .replace("上柱 |\n|--|--|--|--|--|", "上柱 | 分母 |\n|--|--|--|--|--|--|")
            .replace("| A | 0.5 | 正向 | 0 | 100 |", "| A | 0.5 | 正向 | 0 | 100 | 人口 |")
            .replace("| B | 0.5 | 正向 | 0 | 100 |", "| B | 0.5 | 正向 | 0 | 100 | |");
        let standard = standard(&text);
        let of =
            |id: &str, year: &str, people: &str| row(id, Some(year), &[("A", "40"), ("B", "60"), ("人口", people)]);
        let mut rows = vec![
            of("甲", "2023", "1"),
            of("乙", "2023", "1"),
            of("丙", "2023", "1"),
            of("丁", "2023", "1"),
        ];
        rows.extend([
            of("甲", "2024", "1"),
            of("乙", "2024", "1"),
            of("丙", "2024", "0"),
            of("丁", "2024", "1"),
        ]);
        rows[5].inputs[0].1 = indicator::Given::Absent(formula::Why::NotApplicable(String::new()));
        rows[7].inputs.remove(0);
        let (units, _) = understand(&standard, &rows);
        let results = run(&standard, &units, Settings::default());
        let total = |row: usize| results[row].total.as_ref().map(formula::Number::to_f64);
        assert_eq!(
            [total(5), total(6), total(7)],
            [Some(60.0), None, Some(50.0)],
            "{method}"
        );
        let wide = run_wide(&standard, &Frame::of_units(&units), WideSettings::default());
        assert!(
            wide.total[6].is_nan() && (wide.total[5], wide.total[7]) == (60.0, 50.0),
            "{method}"
        );
    }
}
