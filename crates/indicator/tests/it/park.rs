//! The logistics park: activity × factor, with the factor that was known on the day of the report.

use crate::support::{row, standard};
use formula::Unit;
use indicator::{Note, Settings, run, try_example, understand};
use jiff::civil::date;

const PARK: &str = include_str!("../../../../examples/low-carbon-park.md");

#[test]
fn both_worked_examples_hold_to_the_figures_of_the_text() {
    let standard = standard(PARK);
    for example in &standard.examples {
        for tried in try_example(&standard, example) {
            assert_eq!(tried.findings, [], "{}", tried.name);
        }
    }
}

#[test]
fn a_factor_that_was_not_yet_published_is_not_used_and_that_is_said() {
    let standard = standard(PARK);
    let inputs = [
        ("柴油量", "0"),
        ("气量", "0"),
        ("总用电", "1000"),
        ("光伏自用", "0"),
        ("货物吞吐量", "10"),
    ];
    let (units, _) = understand(&standard, &[row("园", Some("2023"), &inputs)]);
    let factor = |at| {
        let results = run(&standard, &units, Settings { at: Some(at) });
        let node = standard.node("外购电").unwrap();
        let kg = results[0].nodes[node]
            .computed
            .value
            .in_unit(&Unit::parse("kgCO2").unwrap());
        let late = results[0]
            .notes
            .iter()
            .any(|note| matches!(note, Note::NotYetPublished { period, .. } if period == "2023"));
        (kg.map(|kg| kg.exact_text()), late)
    };
    assert_eq!(factor(date(2025, 3, 1)), (Some("536.6".into()), true));
    assert_eq!(factor(date(2026, 1, 30)), (Some("536.6".into()), true));
    assert_eq!(factor(date(2026, 1, 31)), (Some("530.6".into()), false));
    // Before anything was published there is nothing, and no zero.
    assert_eq!(factor(date(2024, 4, 11)), (None, false));
}

#[test]
fn a_period_takes_no_factor_of_a_later_one() {
    let standard = standard(PARK);
    let parameter = standard.parameter("EF_电").unwrap();
    let year = |year: &str| indicator::Period::read(year);
    let taken = |period: &str| {
        let taken = parameter.take(year(period), None).ok();
        taken.and_then(|taken| taken.value.period.map(|period| period.to_string()))
    };
    assert_eq!(taken("2022").as_deref(), Some("2022"));
    assert_eq!(taken("2022-03").as_deref(), Some("2022"));
    assert_eq!(taken("2025").as_deref(), Some("2023"));
    assert_eq!(taken("2020"), None);
}
