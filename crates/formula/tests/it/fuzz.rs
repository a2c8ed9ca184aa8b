//! Damaged formulas: read or refused with a place, never a panic; and what was read is what is printed.

use ::fuzz::Fuzz;
use formula::{Style, parse};

const CORPUS: &[&str] = &[
    "1 − 能耗强度 ÷ 上期(能耗强度); 能耗强度 = 综合能耗 ÷ 产值",
    "若 产值 ≥ 100 万元 且 非 停产 = 是 则 线性(时延, 100 ms→0, 20 ms→100) 否则 0",
    "if D1.1 == yes && x != 3 then linear(x, 0->0, 80 %->100) else reported",
    "等级({公网共享:30, 混合专网:70, 独立专网:100})",
    r#"设备数[联网="5G"] ÷ 设备数"#,
    "阶梯(0→100, 1→60, ≥2→0)",
    "气量 × 389.31 GJ/10^4Nm3 × 15.30 tC/TJ × 99 % × 44/12",
    "排放 ÷ 货物吞吐量 [kgCO2/t]",
    "EF_电@2022-07 + EF_电@上期",
    "查(折标系数, 能源品种, 系数)",
    "计数({MES,ERP,PLM,SCADA,WMS} 已集成) + 计数(场景清单 ∩ 附录A)",
    "−(a + b) ^ 2 ÷ (c − (d − e))",
];
const WORDS: &[&str] = &[
    "若",
    "则",
    "否则",
    "且",
    "或",
    "非",
    "if ",
    "then ",
    "else ",
    "&&",
    "||",
    "!",
    "=",
    "==",
    "≥",
    "<=",
    "≠",
    "×",
    "÷",
    "−",
    "-",
    "^",
    "→",
    "->",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ";",
    ":",
    "\"",
    "“",
    "”",
    "%",
    "@",
    "∩",
    "∪",
    ".值",
    "上期(",
    "查(",
    "线性(",
    "合计(",
    "1e999",
    "0.",
    "1/0",
    "44/12",
    "GJ/10^4Nm3",
    "kgCO2/t",
    "2022-02-30",
    "99999999999999999999",
    "填报",
];

#[test]
fn whatever_is_read_is_printed_and_read_again() {
    Fuzz::new("formula")
        .rounds(6_000)
        .text(CORPUS, WORDS, |text| match parse(text) {
            Ok(formula) => {
                for style in [Style::Chinese, Style::Ascii] {
                    let printed = formula.print(style);
                    assert_eq!(parse(&printed).as_ref(), Ok(&formula), "{printed}");
                }
            }
            Err(fault) => {
                let (line, column) = fault.span.position(text);
                assert!(line >= 1 && column >= 1, "{fault}");
                assert!(!fault.to_string().is_empty());
            }
        });
}

/// Brackets, signs and conditions over and over: refused, or read, before the stack ends, and in time that grows with
/// their length alone: a row of `[` once took its square.
#[test]
fn what_nests_is_read_or_refused() {
    for piece in [
        "(",
        "{",
        "[",
        "−",
        "非 ",
        "!",
        "若 ",
        "a + (",
        "上期(",
        "a^",
        "线性(x, ",
        "若 a 则 ",
        "a[b=",
        "a;b=",
    ] {
        Fuzz::new("nesting").rounds(0).text(
            &[&piece.repeat(20_000), &piece.repeat(19_999 / piece.len())],
            &[],
            |text| {
                let _ = parse(text);
            },
        );
        let _ = parse(&format!("{}1{}", piece.repeat(500), ")".repeat(500)));
    }
}
