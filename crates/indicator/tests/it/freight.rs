//! Greenhouse gases of a road freight enterprise: scopes, factors of seven grids, what is not known, and how sure the
//! total is.

use crate::support::{row, standard};
use indicator::{RawUnit, SensitivitySettings, Settings, run, sensitivity, try_example, understand};
use jiff::civil::date;

const FREIGHT: &str = include_str!("../../../../examples/road-freight-emissions.md");

const INPUTS: [(&str, &str); 13] = [
    ("柴油量", "1250"),
    ("气量", "86.5"),
    ("泄漏_R134a", "42"),
    ("泄漏_R32", "15"),
    ("用电量", "2680000"),
    ("电网", "华东"),
    ("外包周转量", "52000000"),
    ("外包运费", "16500000"),
    ("自有周转量", "31000000"),
    ("质量_柴油", "2"),
    ("质量_气", "1"),
    ("质量_制冷剂", "3"),
    ("质量_电", "1"),
];

fn unit(change: &[(&str, Option<&str>)]) -> RawUnit {
    let given = INPUTS.into_iter().filter_map(|(name, text)| {
        let changed = change.iter().find(|(other, _)| *other == name);
        let text = changed.map_or(Some(text), |(_, text)| *text)?;
        Some((name, text))
    });
    row("甲", Some("2023"), &given.collect::<Vec<_>>())
}

#[test]
fn every_worked_example_holds() {
    let standard = standard(FREIGHT);
    for example in &standard.examples {
        for tried in try_example(&standard, example) {
            assert_eq!(tried.findings, [], "{}", tried.name);
        }
    }
}

#[test]
fn a_missing_activity_without_an_estimate_leaves_no_total_and_is_never_zero() {
    let standard = standard(FREIGHT);
    let value = |change: &[(&str, Option<&str>)], code: &str| {
        let (units, findings) = understand(&standard, &[unit(change)]);
        assert_eq!(findings, []);
        let settings = Settings {
            at: Some(date(2025, 3, 1)),
        };
        let results = run(&standard, &units, settings);
        let node = standard.node(code).unwrap();
        let value = results[0].nodes[node].computed.value.clone();
        value.in_unit(&standard.nodes[node].unit).map(|number| number.brief(8))
    };
    assert_eq!(value(&[], "排放").as_deref(), Some("11210.291"));
    assert_eq!(value(&[("柴油量", None)], "排放"), None);
    assert_eq!(value(&[("柴油量", None)], "范围二").as_deref(), Some("1505.356"));
    // What is hired has an estimate, and says by its score that it is one.
    assert_eq!(value(&[("外包周转量", None)], "质量_外包").as_deref(), Some("5"));
    assert_eq!(value(&[("外包周转量", None), ("外包运费", None)], "排放"), None);
    // The grid decides the factor; none is taken for another.
    assert_eq!(value(&[("电网", Some("西南"))], "范围二").as_deref(), Some("607.824"));
    assert_eq!(value(&[("电网", None)], "范围二"), None);
}

#[test]
fn what_is_least_sure_decides_how_sure_the_total_is() {
    let standard = standard(FREIGHT);
    let (units, _) = understand(&standard, &[unit(&[])]);
    let settings = SensitivitySettings {
        run: Settings {
            at: Some(date(2025, 3, 1)),
        },
        ..SensitivitySettings::default()
    };
    let nominal = run(&standard, &units, settings.run);
    let told = sensitivity(&standard, &units, &nominal, settings, &mut |_| {}).unwrap();
    assert!(told.converged);
    let share = |factor: &str| told.sobol.iter().find(|index| index.factor == factor).unwrap().st;
    assert!(share("EF_外包") > 0.9, "{}", share("EF_外包"));
    // 95 % lie within 10.5 % by the formula of the text; 90 % therefore within 8.8 %.
    let value = told.units[0].value.unwrap();
    let half = (value.p95 - value.p5) / 2.0 / value.nominal;
    assert!((half - 0.088).abs() < 0.004, "{half}");
}
