//! Bad data: each cell named, never a silent zero.

use crate::support::{row, standard};
use indicator::{Given, understand};

const TEXT: &str = "```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 |\n|--|--|--|--|--|--|\n| A | 0.5 | kWh | 填报 | 线性(0→0, 100→100) | 失败 |\n| B | 0.5 | 级 | 填报 | 等级({高:100, 低:0}) | 失败 |\n```\n```规则\n[输入]\n合格 = \"是否\"\n样本 = { 类型 = \"清单\", 单位 = \"ms\" }\n```\n";

fn rules(inputs: &[(&str, &str)]) -> Vec<&'static str> {
    let standard = standard(TEXT);
    let (_, findings) = understand(&standard, &[row("u", None, inputs)]);
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn sound_cells_pass() {
    let inputs = [
        ("A", "0.5 MWh"),
        ("B", "高"),
        ("合格", "是"),
        ("样本", "3；4 ms；0.1 s"),
    ];
    assert_eq!(rules(&inputs), [""; 0]);
}

#[test]
fn each_unsound_cell_is_named() {
    assert_eq!(rules(&[("A", "5 t")]), ["indicator-cell-wrong-unit"]);
    assert_eq!(rules(&[("A", "约5")]), ["indicator-cell-not-a-number"]);
    assert_eq!(rules(&[("A", "NaN")]), ["indicator-cell-not-a-number"]);
    assert_eq!(rules(&[("A", "#N/A")]), ["indicator-cell-not-a-number"]);
    assert_eq!(rules(&[("A", "1,234")]), ["indicator-cell-unreadable"]);
    assert_eq!(rules(&[("A", "1e9999")]), ["indicator-cell-unreadable"]);
    assert_eq!(rules(&[("A", "5 斗")]), ["indicator-cell-unreadable"]);
    assert_eq!(rules(&[("B", "中")]), ["indicator-cell-unknown-word"]);
    assert_eq!(rules(&[("B", "3")]), ["indicator-cell-not-a-word"]);
    assert_eq!(rules(&[("合格", "也许")]), ["indicator-cell-not-a-truth"]);
    assert_eq!(rules(&[("样本", "3；快")]), ["indicator-cell-not-a-number"]);
    assert_eq!(rules(&[("丙", "3")]), ["indicator-unused-column"]);
}

#[test]
fn rows_must_be_units_of_a_period_once() {
    let standard = standard(TEXT);
    let rows = [
        row("u", Some("2024"), &[]),
        row("u", Some("2024年"), &[]),
        row("", None, &[]),
        row("v", Some("去年"), &[]),
    ];
    let (_, findings) = understand(&standard, &rows);
    let rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        ["indicator-unit-twice", "indicator-unit-without-id", "indicator-period"]
    );
}

#[test]
fn large_and_small_numbers_keep_their_digits() {
    let standard = standard(TEXT);
    let (units, findings) = understand(&standard, &[row("u", None, &[("A", "1e308")])]);
    assert_eq!(findings, []);
    let kwh = formula::Unit::parse("kWh").unwrap();
    let back = units[0].values["A"].in_unit(&kwh).unwrap();
    assert_eq!(back, formula::Number::parse("1e308").unwrap());
}

#[test]
fn json_gives_numbers_words_lists_and_reasons() {
    let given = |text: &str| Given::of_json(&serde_json::from_str(text).unwrap());
    assert_eq!(given("0.1"), Some(Given::Text("0.1".into())));
    assert_eq!(given("true"), Some(Given::Text("是".into())));
    assert!(
        matches!(given(r#"{"missing":"未统计"}"#), Some(Given::Absent(formula::Why::Missing(why))) if why == "未统计")
    );
    assert!(matches!(given("null"), Some(Given::Absent(_))));
    assert!(matches!(given("[1, 2]"), Some(Given::List(list)) if list.len() == 2));
    assert_eq!(given(r#"{"value":3}"#), None);
}
