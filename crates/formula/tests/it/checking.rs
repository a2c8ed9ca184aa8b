//! What is found before a formula runs.

use crate::support::Names;
use formula::{Dimension, FaultKind, Kind, Unit, check, fits, parse};

fn found(text: &str) -> Vec<FaultKind> {
    let formula = parse(text).unwrap();
    let checked = check(&formula, &Names::to_check(), None);
    checked.faults.into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn sound_formulas_have_no_fault() {
    for text in [
        "产值 ÷ 人数",
        "产值 − 5 万元 + 0",
        "若 合格 = 是 且 产值 > 0 则 产量 否则 2 t",
        "计数(清单 ∩ {甲, 丙})",
        "产量 ^ 2 ÷ 产量",
        "sqrt(产量 × 产量)",
        "min(产量, 3 kg)",
        "级别 = \"甲\"",
        "a ÷ b; a = 产值; b = 产量",
        "线性(产量, 0→0, 5 t→100)",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn unsound_ones_are_named() {
    let mismatch = |text: &str| matches!(found(text).as_slice(), [FaultKind::UnitMismatch { .. }]);
    assert!(mismatch("产值 + 产量"));
    assert!(mismatch("产值 > 5 t"));
    assert!(mismatch("min(产值, 产量)"));
    assert!(mismatch("若 合格 则 产值 否则 产量"));
    assert!(mismatch("线性(产量, 0→0, 5→100)"));
    assert_eq!(found("合格 + 1"), [FaultKind::NotAQuantity]);
    assert_eq!(found("若 合格 则 产值 否则 级别"), [FaultKind::MixedKinds]);
    assert_eq!(found("产值 且 合格"), [FaultKind::NotATruth]);
    assert_eq!(found("计数(产值)"), [FaultKind::NotAList]);
    assert_eq!(found("产量 ^ 人数").len(), 2);
    assert!(matches!(
        found("ln(产量)").as_slice(),
        [FaultKind::UnitInFunction { .. }]
    ));
    assert_eq!(found("sqrt(产量)"), [FaultKind::UnclearPower]);
    assert_eq!(found("线性(产量 ÷ 1 t, 0→0, 5→50, 3→100)"), [FaultKind::RungOrder]);
    assert_eq!(
        found("等级(级别, {甲:1, 甲:2})"),
        [FaultKind::RungTwice("甲".to_owned())]
    );
    assert_eq!(found("阶梯(1→2)"), [FaultKind::NoSubject]);
    assert_eq!(found("查(表, 产值)"), [FaultKind::UnknownTable("表".to_owned())]);
    assert_eq!(found("a; a = b; b = a").len(), 1);
    assert_eq!(
        found("产植 + 5 万元"),
        [FaultKind::UnknownName {
            name: "产植".into(),
            near: Some("产值".into())
        }]
    );
    assert!(matches!(found("产值 [t]").as_slice(), [FaultKind::WrongUnit { .. }]));
}

#[test]
fn the_declared_unit_is_held_against_what_comes_out() {
    let formula = parse("产值 ÷ 人数").unwrap();
    let kind = check(&formula, &Names::to_check(), None).kind;
    assert_eq!(fits(&kind, &Unit::parse("元/人").unwrap(), formula.body.span), None);
    assert!(fits(&kind, &Unit::parse("元").unwrap(), formula.body.span).is_some());
    assert_ne!(kind, Kind::Quantity(Some(Dimension::NONE)));
}

#[test]
fn a_scoring_ladder_is_checked_against_what_it_scores() {
    let unit = Unit::parse("ms").unwrap();
    let kind = Kind::Quantity(Some(unit.dimension()));
    let faults = |text: &str| {
        check(&parse(text).unwrap(), &Names::to_check(), Some((&kind, &unit)))
            .faults
            .len()
    };
    assert_eq!(faults("线性(100 ms→0, 20 ms→100)"), 0);
    assert_eq!(faults("线性(100→0, 20→100)"), 0);
    assert_eq!(faults("线性(100 %→0, 20 %→100)"), 2);
    assert_eq!(faults("线性(100 ms→0, 20 s→50, 30 ms→100)"), 1);
}
