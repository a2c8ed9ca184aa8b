//! Every fault that a formula can have: a formula that has it, and one mended that has it not. A fault without either
//! fails this test.

use std::collections::BTreeSet;

use crate::support::Names;
use formula::{Kind, Scope, Unit, check, fits, parse};

/// The names of the other tests, and one table.
struct World(Names);

impl Scope for World {
    fn kind(&self, name: &str) -> Option<Kind> {
        self.0.kind(name)
    }

    fn table(&self, name: &str) -> Option<Kind> {
        (name == "系数").then_some(Kind::Any)
    }
}

/// The faults of a formula whose result is to be in a unit.
fn faults(text: &str, unit: &str) -> Vec<&'static str> {
    let world = World(Names::to_check());
    match parse(text) {
        Err(fault) => vec![fault.kind.id()],
        Ok(formula) => {
            let checked = check(&formula, &world, None);
            let unit = (!unit.is_empty()).then(|| Unit::parse(unit).unwrap());
            let wrong = unit.and_then(|unit| fits(&checked.kind, &unit, formula.body.span));
            checked
                .faults
                .iter()
                .chain(&wrong)
                .map(|fault| fault.kind.id())
                .collect()
        }
    }
}

/// Fault, a formula that has it, one that has it not.
const CASES: [(&str, &str, &str); 36] = [
    ("formula-strange-character", "产值 $ 2", "产值 × 2"),
    ("formula-unclosed-text", "级别 = \"甲", "级别 = \"甲\""),
    ("formula-bad-number", "1e999", "1e9"),
    ("formula-unknown-unit", "3 斗", "3 t"),
    ("formula-expected-operand", "产值 +", "产值 + 1 元"),
    ("formula-expected-close-parenthesis", "(产值", "(产值)"),
    (
        "formula-expected-close-bracket",
        "阶梯(产量 ÷ 1 t, [0, 1, 2)→1)",
        "阶梯(产量 ÷ 1 t, [0, 1)→1)",
    ),
    ("formula-expected-close-brace", "计数({甲, 丙)", "计数({甲, 丙})"),
    ("formula-expected-then", "若 合格 产值", "若 合格 则 产值 否则 产值"),
    ("formula-expected-else", "若 合格 则 1", "若 合格 则 1 否则 0"),
    (
        "formula-expected-arrow",
        "阶梯(产量 ÷ 1 t, 0→1, 2)",
        "阶梯(产量 ÷ 1 t, 0→1, 2→3)",
    ),
    ("formula-expected-name", "a; 3 = 2", "a; a = 2"),
    ("formula-expected-equals", "a; a", "a; a = 1"),
    ("formula-expected-period", "产值@", "产值@2022"),
    ("formula-expected-end", "产值 人数", "产值"),
    ("formula-chained-comparison", "1 < 2 < 3", "1 < 2 且 2 < 3"),
    ("formula-unknown-function", "合计总数(产值)", "合计(产值)"),
    ("formula-argument-count", "abs(1, 2)", "abs(1)"),
    ("formula-no-rungs", "线性(产量)", "线性(产量, 0→0, 5 t→100)"),
    ("formula-unknown-name", "产植 + 5 万元", "产值 + 5 万元"),
    ("formula-unit-mismatch", "产值 + 产量", "产值 + 5 万元"),
    ("formula-wrong-unit", "产值 [t]", "产值 [元]"),
    ("formula-not-a-truth", "产值 且 合格", "合格 且 合格"),
    ("formula-not-a-quantity", "合格 + 1", "人数 + 1 人"),
    ("formula-not-a-list", "计数(产值)", "计数(清单)"),
    (
        "formula-mixed-kinds",
        "若 合格 则 产值 否则 级别",
        "若 合格 则 产值 否则 产值",
    ),
    ("formula-unknown-word", "合格 = \"或许\"", "合格 = 是"),
    ("formula-unclear-power", "sqrt(产量)", "sqrt(产量 × 产量)"),
    ("formula-unit-in-function", "ln(产量)", "ln(产量 ÷ 1 t)"),
    (
        "formula-rung-order",
        "线性(产量 ÷ 1 t, 0→0, 5→50, 3→100)",
        "线性(产量 ÷ 1 t, 0→0, 3→50, 5→100)",
    ),
    (
        "formula-rung-twice",
        "等级(级别, {甲:1, 甲:2})",
        "等级(级别, {甲:1, 乙:2})",
    ),
    ("formula-rung-kind", "线性(0→0)", "线性(产量 ÷ 1 t, 0→0, 1→1)"),
    ("formula-no-subject", "阶梯(1→2)", "阶梯(产量 ÷ 1 t, 1→2)"),
    ("formula-unknown-table", "查(表, 级别)", "查(系数, 级别)"),
    ("formula-ring", "a; a = b; b = a", "a; a = b; b = 1"),
    ("formula-defined-twice", "a; a = 1; a = 2", "a; a = 1"),
];

#[test]
fn every_fault_has_a_formula_that_has_it_and_one_that_has_it_not() {
    let long = format!("产值{}", " ".repeat(20_001));
    let deep = format!("{}产值{}", "(".repeat(60), ")".repeat(60));
    let more = [
        ("formula-too-long", long.as_str(), "产值"),
        ("formula-too-deep", deep.as_str(), "((产值))"),
    ];
    let mut shown = BTreeSet::new();
    for (id, wrong, right) in CASES.into_iter().chain(more) {
        let found = faults(wrong, "");
        assert!(found.contains(&id), "{id} not among {found:?} of {wrong}");
        // What is mended has no fault at all.
        assert_eq!(faults(right, ""), [""; 0], "{id}: {right}");
        shown.insert(id.to_owned());
    }
    // The unit that a whole formula should have, beside that of brackets.
    assert_eq!(faults("产值 ÷ 人数", "元"), ["formula-wrong-unit"]);
    assert_eq!(faults("产值 ÷ 人数", "元/人"), [""; 0]);
    let source = include_str!("../../src/fault.rs");
    let named: BTreeSet<String> = source
        .split('"')
        .filter(|word| word.starts_with("formula-"))
        .map(str::to_owned)
        .collect();
    assert!(named.len() >= 38, "{named:?}");
    assert_eq!(named.difference(&shown).collect::<Vec<_>>(), [""; 0], "without a case");
    assert_eq!(shown.difference(&named).collect::<Vec<_>>(), [""; 0], "of no fault");
}
