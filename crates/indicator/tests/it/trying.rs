//! A worked example with something changed: what differs, what could, and why the grade is another.

use crate::factory::FACTORY;
use crate::support::standard;
use indicator::{Given, Inputs, Place, Standard, Trial, Wants, fields, raw_units, trial};
use std::collections::BTreeSet;

/// The inputs of the first example, with others in the place of some.
fn inputs(standard: &Standard, others: &[(&str, &str)]) -> Inputs {
    let mut inputs = standard.examples[0].inputs.clone();
    for (name, text) in others {
        let given = Given::Text((*text).to_owned());
        match inputs.iter_mut().find(|(known, _, _)| known == name) {
            Some((_, own, _)) => *own = given,
            None => inputs.push(((*name).to_owned(), given, Place::default())),
        }
    }
    inputs
}

fn tried(standard: &Standard, others: &[(&str, &str)]) -> Trial {
    trial(standard, &standard.examples[0], &inputs(standard, others)).unwrap()
}

fn codes(standard: &Standard, nodes: &BTreeSet<usize>) -> Vec<String> {
    nodes.iter().map(|node| standard.nodes[*node].code.clone()).collect()
}

#[test]
fn a_little_less_coverage_takes_the_grade_away_before_rounding_and_says_so() {
    let standard = standard(FACTORY);
    let tried = tried(&standard, &[("A1.1", "90.8 %")]);
    let rounded = |ran: &indicator::Ran| ran.result.rounded.as_ref().unwrap().with_places(1);
    assert_eq!(
        (rounded(&tried.before), rounded(&tried.after)),
        ("85.1".to_owned(), "85.0".to_owned())
    );
    assert_eq!(tried.before.result.grade.as_deref(), Some("标杆"));
    assert_eq!(tried.after.result.grade.as_deref(), Some("特色"));
    assert_eq!(tried.edited, ["A1.1"]);
    assert_eq!(codes(&standard, &tried.changed), ["A", "A1", "A1.1"]);
    assert_eq!(tried.changed, tried.reach);
    let lost = tried
        .after
        .verdicts
        .iter()
        .find(|verdict| verdict.grade == "标杆")
        .unwrap();
    assert!(!lost.holds() && !lost.gate);
    assert_eq!(lost.clause, "7.1");
    let said: Vec<_> = lost
        .demands
        .iter()
        .map(|demand| (&*demand.condition, &*demand.said, demand.holds))
        .collect();
    assert_eq!(
        said,
        [
            ("总分 ≥ 85", "84.969 < 85", Some(false)),
            ("C1.1.值 ≥ 6", "7 个 ≥ 6", Some(true))
        ]
    );
    let won = tried
        .before
        .verdicts
        .iter()
        .find(|verdict| verdict.grade == "标杆")
        .unwrap();
    assert!(won.holds());
    assert_eq!(won.demands[0].said, "85.14 ≥ 85");
    let gate = &tried.after.verdicts[0];
    assert!(gate.gate && gate.holds());
    assert_eq!((&*gate.clause, &*gate.demands[0].said), ("7.3", "是 = 是"));
}

#[test]
fn a_total_that_misses_a_limit_by_a_hair_is_told_with_as_many_places_as_it_takes() {
    let hair = FACTORY.replace("总分 ≥ 85 且", "总分 ≥ 84.9690626 且");
    let standard = standard(&hair);
    let tried = tried(&standard, &[("A1.1", "90.8 %")]);
    let lost = tried
        .after
        .verdicts
        .iter()
        .find(|verdict| verdict.grade == "标杆")
        .unwrap();
    assert_eq!(lost.demands[0].said, "84.969 < 84.9690626");
    let exact = hair.replace("84.9690626", "84.969");
    let standard = crate::support::standard(&exact);
    let tried = self::tried(&standard, &[("A1.1", "90.8 %")]);
    let held = tried
        .after
        .verdicts
        .iter()
        .find(|verdict| verdict.grade == "标杆")
        .unwrap();
    assert_eq!(held.demands[0].said, "84.9691 ≥ 84.969");
}

#[test]
fn whatever_is_edited_changes_only_what_depends_on_it() {
    let standard = standard(FACTORY);
    for (name, text) in [
        ("A1.1", "70 %"),
        ("A2.1", "独立专网"),
        ("设备数", "700"),
        ("设备数[联网=5G]", "500"),
        ("B1.2", "90 ms"),
        ("C1.1", "2"),
        ("C2.1", "9 %"),
        ("C2.2", "3 %"),
        ("D1.1", "否"),
        ("D1.2", "2 次/a"),
    ] {
        let tried = tried(&standard, &[(name, text)]);
        assert_eq!(tried.edited, [name]);
        assert!(!tried.changed.is_empty(), "{name}");
        assert!(tried.changed.is_subset(&tried.reach), "{name}");
        assert!(tried.reach.len() < standard.nodes.len(), "{name}");
    }
    // What was left out comes in, and takes its weight from the one beside it.
    let tried = tried(&standard, &[("C2.1", "9 %")]);
    assert_eq!(codes(&standard, &tried.reweighted), ["C2.1", "C2.2"]);
}

#[test]
fn a_cell_that_cannot_be_right_is_told_and_nothing_runs() {
    let standard = standard(FACTORY);
    let wrong = inputs(&standard, &[("B1.2", "34 kg")]);
    let findings = trial(&standard, &standard.examples[0], &wrong).unwrap_err();
    assert_eq!(findings[0].rule, "indicator-cell-wrong-unit");
}

#[test]
fn a_form_asks_as_the_example_gives() {
    let standard = standard(FACTORY);
    let asked = fields(&standard, standard.examples.first());
    let names: Vec<_> = asked.iter().map(|field| &*field.name).collect();
    assert_eq!(
        names,
        [
            "A1.1",
            "A2.1",
            "设备数[联网=5G]",
            "设备数",
            "B1.2",
            "B2.1",
            "C1.1",
            "C2.1",
            "C2.2",
            "D1.1",
            "D1.2"
        ]
    );
    assert_eq!(asked[0].unit, "%");
    assert_eq!(asked[0].wants, Wants::Number);
    let words = ["公网共享", "混合专网", "独立专网"].map(str::to_owned).to_vec();
    assert_eq!(asked[1].wants, Wants::Word(words));
    let freely = fields(&standard, None);
    assert!(freely.iter().any(|field| field.name == "生产区域面积"));
}

#[test]
fn what_is_no_list_of_units_is_named_by_its_number() {
    assert_eq!(raw_units(&serde_json::json!({})).unwrap_err(), 0);
    assert_eq!(
        raw_units(&serde_json::json!([{ "id": "甲", "inputs": [] }])).unwrap_err(),
        1
    );
    let units = raw_units(&serde_json::json!([{ "id": 7, "period": 2024, "inputs": { "A": { "missing": "停产" } } }]));
    let units = units.unwrap();
    assert_eq!((&*units[0].id, units[0].period.as_deref()), ("7", Some("2024")));
}
