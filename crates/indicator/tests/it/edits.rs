//! What an edit changes: exactly what depends on it; and a run that is kept says what a whole run would.

use std::collections::BTreeSet;

use crate::support::standard;
use crate::ways::{Choices, assessment, index, rows};
use formula::{Number, Unit, Value, Why};
use indicator::{
    Dependants, Edit, Frame, LiveRun, Reach, Settings, Standard, UnitData, UnitResult, WideSettings, blocks, read, run,
    run_wide, understand,
};
use proptest::prelude::*;

fn generated(choices: &mut Choices) -> (Standard, Vec<String>, Vec<UnitData>, String) {
    let (text, leaves) = if choices.one_in(3) {
        index(choices)
    } else {
        assessment(choices)
    };
    let standard = read(&blocks(&text)).standard;
    let rows = rows(choices, &leaves);
    let (units, _) = understand(&standard, &rows);
    (standard, leaves, units, text)
}

/// Another value for a name: as it is read from a cell, a reason for its absence, or nothing.
fn another(choices: &mut Choices, standard: &Standard, name: &str) -> Option<Value> {
    let unit = standard.node(name).map_or_else(
        || standard.input(name).map_or_else(Unit::none, |input| input.unit.clone()),
        |node| standard.nodes[node].unit.clone(),
    );
    match choices.below(8) {
        0 => None,
        1 => Some(Value::absent("", Why::Unverified(String::new()))),
        _ => Some(Value::read(&choices.number(), &unit).unwrap()),
    }
}

fn with(units: &[UnitData], row: usize, name: &str, value: Option<&Value>) -> Vec<UnitData> {
    let mut units = units.to_vec();
    units[row].written.remove(name);
    match value {
        Some(value) => units[row].values.insert(name.to_owned(), value.clone()),
        None => units[row].values.remove(name),
    };
    units
}

fn name_of(choices: &mut Choices, leaves: &[String]) -> String {
    let names: Vec<&str> = leaves
        .iter()
        .map(String::as_str)
        .chain(["产值", "人数", "另报"])
        .collect();
    choices.of(&names).to_owned()
}

/// The indicators of a unit whose value, points or reason differ.
fn changed(before: &UnitResult, after: &UnitResult) -> BTreeSet<usize> {
    let nodes = before.nodes.iter().zip(&after.nodes).enumerate();
    nodes
        .filter(|(_, (before, after))| before.computed.value != after.computed.value || before.points != after.points)
        .map(|(node, _)| node)
        .collect()
}

/// An assessment whose ladders and joins let every change through: there, what depends on a cell is what changes.
fn sensitive_assessment(choices: &mut Choices) -> (String, Vec<String>) {
    use std::fmt::Write as _;
    let mut table = String::from("| 代号 | 权重 | 单位 | 取数或公式 | 计分 |\n|--|--|--|--|--|\n");
    let (mut leaves, mut inputs) = (Vec::new(), Vec::new());
    for family in 0..1 + choices.below(3) {
        let _ = writeln!(table, "| F{family} | 1 | | | |");
        for leaf in 0..1 + choices.below(3) {
            let input = format!("数{}", choices.below(5));
            let formula = match choices.below(4) {
                0 => format!("{input} + 1"),
                1 => format!("2 × {input}"),
                2 if !leaves.is_empty() => {
                    let other: &String = &leaves[choices.below(leaves.len() as u64) as usize];
                    format!("{other} + {input}")
                }
                _ => String::new(),
            };
            let code = format!("F{family}.{leaf}");
            inputs.push(if formula.is_empty() { code.clone() } else { input });
            let _ = writeln!(table, "| {code} | 1 | 分 | {formula} | 线性(0→0, 100000→100) |");
            leaves.push(code);
        }
    }
    inputs.sort();
    inputs.dedup();
    (format!("```指标\n{table}```\n"), inputs)
}

proptest! {
    #![proptest_config(crate::cases(60))]

    /// Changing one cell changes nothing that does not depend on it: no indicator of the unit, and no other unit.
    #[test]
    fn a_cell_changes_nothing_but_its_dependants(seed in any::<u64>()) {
        let mut choices = Choices(seed);
        let (standard, leaves, units, text) = generated(&mut choices);
        if units.is_empty() {
            return Ok(());
        }
        let before = run(&standard, &units, Settings::default());
        let row = choices.below(units.len() as u64) as usize;
        let name = name_of(&mut choices, &leaves);
        let value = another(&mut choices, &standard, &name);
        let edited = with(&units, row, &name, value.as_ref());
        let after = run(&standard, &edited, Settings::default());
        let found = Dependants::of(&standard, &Edit::Given(&name));
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            for node in changed(before, after) {
                let depends = found.values.contains(&node) || found.points.contains(&node);
                prop_assert!(depends, "{name} {seed} {}\n{text}", standard.nodes[node].code);
            }
            if at != row && found.reach == Reach::Unit {
                let (mut before, mut after) = (before.clone(), after.clone());
                (before.rank, after.rank) = (None, None);
                prop_assert_eq!(before, after);
            }
        }
    }

    /// Where every change comes through, exactly the dependants change, and no other unit but in its rank.
    #[test]
    fn a_cell_changes_all_of_its_dependants(seed in any::<u64>()) {
        let mut choices = Choices(seed);
        let (text, inputs) = sensitive_assessment(&mut choices);
        let standard = read(&blocks(&text)).standard;
        let units: Vec<UnitData> = ["甲", "乙"].map(|id| UnitData {
            id: id.to_owned(),
            period: None,
            values: inputs
                .iter()
                .map(|name| (name.clone(), Value::pure(Number::from(1 + choices.below(900) as i64))))
                .collect(),
            written: std::collections::BTreeMap::new(),
        }).to_vec();
        let before = run(&standard, &units, Settings::default());
        prop_assert!(before.iter().all(|result| result.total.is_some()), "{text}");
        let name = &inputs[choices.below(inputs.len() as u64) as usize];
        let edited = with(&units, 0, name, Some(&Value::pure(Number::from(1_000 + choices.below(900) as i64))));
        let after = run(&standard, &edited, Settings::default());
        let found = Dependants::of(&standard, &Edit::Given(name));
        let wanted: BTreeSet<usize> = found.values.union(&found.points).copied().collect();
        prop_assert_eq!(changed(&before[0], &after[0]), wanted, "{} {}", name, text);
        prop_assert!(before[0].total != after[0].total && found.reach == Reach::Unit);
        prop_assert_eq!(changed(&before[1], &after[1]), BTreeSet::new());
    }

    /// After every edit a run that is kept says, digit for digit, what a whole run over the edited data says.
    #[test]
    fn a_run_that_is_kept_says_what_a_whole_run_says(seed in any::<u64>()) {
        let mut choices = Choices(seed);
        let (mut standard, leaves, mut units, text) = generated(&mut choices);
        let settings = WideSettings { threads: 1, ..WideSettings::default() };
        let mut kept = LiveRun::new(&standard, units.clone(), settings);
        let whole = |standard: &Standard, units: &[UnitData]| {
            format!("{:?}", run_wide(standard, &Frame::of_units(units), settings))
        };
        prop_assert_eq!(format!("{:?}", kept.results()), whole(&standard, &units));
        for step in 0..4 {
            if units.is_empty() {
                return Ok(());
            }
            if choices.one_in(3) {
                let node = choices.below(standard.nodes.len() as u64) as usize;
                let weight = Number::parse(&format!("0.{}", 1 + choices.below(9))).unwrap();
                standard.nodes[node].weight = Some(weight.clone());
                kept.weigh(node, &weight);
            } else {
                let row = choices.below(units.len() as u64) as usize;
                let name = name_of(&mut choices, &leaves);
                let value = another(&mut choices, &standard, &name);
                units = with(&units, row, &name, value.as_ref());
                kept.give(row, &name, value);
            }
            prop_assert_eq!(
                format!("{:?}", kept.results()),
                whole(&standard, &units),
                "step {} of {}\n{}",
                step,
                seed,
                text
            );
        }
    }
}

#[test]
fn many_units_are_edited_in_their_block_alone() {
    let text = std::fs::read_to_string("../../examples/5g-factory.md").unwrap();
    let standard = standard(&text);
    let example = &standard.examples[0];
    let rows: Vec<indicator::RawUnit> = (0..2_500)
        .map(|at| indicator::RawUnit {
            id: format!("厂{at}"),
            period: None,
            inputs: example.inputs.clone(),
            place: indicator::Place::default(),
        })
        .collect();
    let (units, _) = understand(&standard, &rows);
    let settings = WideSettings::default();
    let mut kept = LiveRun::new(&standard, units.clone(), settings);
    let value = Value::read("70 %", &Unit::parse("%").unwrap()).unwrap();
    let dependants = kept.give(1_700, "A1.1", Some(value.clone()));
    let codes: Vec<&str> = dependants
        .points
        .iter()
        .map(|node| standard.nodes[*node].code.as_str())
        .collect();
    assert_eq!((codes, dependants.reach), (vec!["A", "A1", "A1.1"], Reach::Unit));
    let units = with(&units, 1_700, "A1.1", Some(&value));
    let whole = run_wide(&standard, &Frame::of_units(&units), settings);
    assert_eq!(format!("{:?}", kept.results()), format!("{whole:?}"));
    assert_eq!(kept.results().rank[1_700], 2_500);
}

#[test]
fn weights_that_the_data_give_follow_an_edited_cell() {
    let text = "```规则\n[标准]\n模式 = \"指数\"\n[赋权]\n方法 = \"熵权\"\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | 正向 |\n| B | 1 | 正向 |\n```\n";
    let standard = standard(text);
    let rows = [("x", "1", "5"), ("y", "2", "9"), ("z", "9", "6")]
        .map(|(id, a, b)| crate::support::row(id, None, &[("A", a), ("B", b)]));
    let (units, _) = understand(&standard, &rows);
    let settings = WideSettings::default();
    let mut kept = LiveRun::new(&standard, units.clone(), settings);
    let before = kept.results().total.clone();
    let value = Value::pure(Number::from(8));
    kept.give(1, "A", Some(value.clone()));
    let units = with(&units, 1, "A", Some(&value));
    let whole = run_wide(&standard, &Frame::of_units(&units), settings);
    assert_eq!(format!("{:?}", kept.results()), format!("{whole:?}"));
    assert_ne!(kept.results().total, before);
}
