//! Reading and printing.

use formula::{Expectation, FaultKind, Style, parse};

fn both(text: &str) -> (String, String) {
    let formula = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    (formula.print(Style::Chinese), formula.print(Style::Ascii))
}

fn fault(text: &str) -> (FaultKind, usize, usize) {
    let fault = parse(text).expect_err(text);
    let (line, column) = fault.span.position(text);
    (fault.kind, line, column)
}

#[test]
fn both_spellings_of_every_operator_are_one_formula() {
    for (chinese, ascii) in [
        ("a × b ÷ c − d + e ^ 2", "a * b / c - d + e ^ 2"),
        ("a ≥ 1 且 b ≤ 2 或 非 c ≠ 3", "a >= 1 && b <= 2 || !c != 3"),
        ("若 a = 1 则 b 否则 c", "if a == 1 then b else c"),
        ("线性(x, 0→0, 80 %→100)", "linear(x, 0->0, 80 %->100)"),
        ("合计(a, b) ∩ c ∪ d", "sum(a, b) & c | d"),
        ("D1.1 = 是", "D1.1 = yes"),
        ("填报", "reported"),
    ] {
        assert_eq!(parse(chinese).unwrap(), parse(ascii).unwrap(), "{chinese}");
    }
    assert_eq!(both("a>=1 and b<2 or not c").0, "a ≥ 1 且 b < 2 或 非 c");
    assert_eq!(
        both("若 产值≥100 万元 则 1 否则 0").1,
        "if 产值 >= 100 万元 then 1 else 0"
    );
}

#[test]
fn the_forms_of_the_specification_are_read() {
    for text in [
        "覆盖面积 ÷ 生产区域面积",
        "线性(60 %→0, 95 %→100)",
        "等级({公网共享:30, 混合专网:70, 独立专网:100})",
        r#"设备数[联网="5G"] ÷ 设备数"#,
        "线性(100 ms→0, 20 ms→100)",
        "分位(时延样本, 0.95)",
        "计数({MES,ERP,PLM,SCADA,WMS} 已集成)",
        "计数(场景清单 ∩ 附录A)",
        "1 − 能耗强度 ÷ 上期(能耗强度); 能耗强度 = 综合能耗 ÷ 产值",
        "等级({是:100, 否:0})",
        "阶梯(0→100, 1→60, ≥2→0)",
        "柴油量 × 42.652 GJ/t × 20.20 tC/TJ × 98 % × 44/12",
        "气量 × 389.31 GJ/10^4Nm3 × 15.30 tC/TJ × 99 % × 44/12",
        "(总用电 − 光伏自用) × EF_电",
        "柴油 + 天然气 + 外购电 [tCO2]",
        "排放 ÷ 货物吞吐量 [kgCO2/t]",
        "总分 ≥ 85 且 C1.1.值 ≥ 6",
        "EF_电@2022",
        "EF_电@2022-07 + EF_电@上期",
        "查(折标系数, 能源品种, 系数)",
        "完全禁止 = 是",
        "同比(劳动生产率) + 占比(a, b) + 排名(得分)",
    ] {
        let formula = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        for style in [Style::Chinese, Style::Ascii] {
            assert_eq!(parse(&formula.print(style)).unwrap(), formula, "{text}");
        }
    }
}

#[test]
fn brackets_are_printed_only_where_they_are_needed() {
    assert_eq!(both("(a + b) × c").0, "(a + b) × c");
    assert_eq!(both("a + (b × c)").0, "a + b × c");
    assert_eq!(both("a − (b − c)").0, "a − (b − c)");
    assert_eq!(both("(a ^ b) ^ c").0, "(a ^ b) ^ c");
    assert_eq!(both("−(a + b)").0, "−(a + b)");
    assert_eq!(both("(若 a 则 b 否则 c) + 1").0, "(若 a 则 b 否则 c) + 1");
    assert_eq!(both("(a < b) = (c < d)").0, "(a < b) = (c < d)");
}

#[test]
fn a_name_that_would_not_read_back_stands_in_backticks() {
    assert_eq!(both("`5G联网设备` ÷ `设备 总数`").0, "`5G联网设备` ÷ `设备 总数`");
    assert_eq!(both("`否` + 1").0, "`否` + 1");
}

#[test]
fn a_fault_names_its_place() {
    assert_eq!(fault("a + 3 斗"), (FaultKind::UnknownUnit("斗".to_owned()), 1, 7));
    assert_eq!(fault("a < b < c").0, FaultKind::ChainedComparison);
    assert_eq!(
        fault("a +\n  b $ c"),
        (FaultKind::StrangeCharacter("$".to_owned()), 2, 5)
    );
    assert_eq!(fault("\"开").0, FaultKind::UnclosedText);
    assert_eq!(fault("1e999").0, FaultKind::BadNumber("1e999".to_owned()));
    assert_eq!(
        fault("合计总数(a)").0,
        FaultKind::UnknownFunction {
            name: "合计总数".to_owned(),
            near: None
        }
    );
    assert_eq!(
        fault("sqr(a)").0,
        FaultKind::UnknownFunction {
            name: "sqr".to_owned(),
            near: Some("sqrt".to_owned())
        }
    );
    assert!(matches!(
        fault("abs(a, b)").0,
        FaultKind::ArgumentCount { found: 2, .. }
    ));
    assert_eq!(fault("线性(0→0)").0, FaultKind::RungKind);
    assert_eq!(fault("线性(x)").0, FaultKind::NoRungs);
    assert_eq!(fault("阶梯(0→1, 2)").0, expected(Expectation::Arrow, ")"));
    assert_eq!(fault("a; b = 1; b = 2").0, FaultKind::DefinedTwice("b".to_owned()));
}

fn expected(what: Expectation, found: &str) -> FaultKind {
    FaultKind::Expected {
        what,
        found: found.to_owned(),
    }
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(fault("a +").0, expected(Expectation::Operand, ""));
    assert_eq!(fault("(a").0, expected(Expectation::CloseParenthesis, ""));
    assert_eq!(fault("若 a 则 b").0, expected(Expectation::Else, ""));
    assert_eq!(fault("若 a b").0, expected(Expectation::Then, "b"));
    assert_eq!(fault("a b").0, expected(Expectation::End, "b"));
    assert_eq!(fault("{a, b").0, expected(Expectation::CloseBrace, ""));
    assert_eq!(fault("a@").0, expected(Expectation::Period, ""));
    assert_eq!(fault("a; b").0, expected(Expectation::Equals, ""));
}

#[test]
fn what_is_too_large_is_refused_before_it_hurts() {
    assert_eq!(fault(&"(".repeat(5_000)).0, FaultKind::TooDeep);
    assert_eq!(fault(&format!("{}a", "−".repeat(3_000))).0, FaultKind::TooDeep);
    assert_eq!(fault(&vec!["a"; 3_000].join(" + ")).0, FaultKind::TooDeep);
    assert_eq!(fault(&"a".repeat(30_000)).0, FaultKind::TooLong);
}
