//! GB/T 8170—2008: the standard's own examples.

use std::cmp::Ordering;

use formula::{Interval, LimitRule, Number};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn rounded(value: &str, interval: &str) -> String {
    Interval::new(&number(interval))
        .unwrap()
        .round(&number(value))
        .exact_text()
}

#[test]
fn the_examples_of_clause_3_2_and_3_3_hold() {
    for (value, interval, wanted) in [
        ("12.1498", "1", "12"),
        ("12.1498", "0.1", "12.1"),
        ("1268", "100", "1300"),
        ("10.5002", "1", "11"),
        ("1.050", "0.1", "1"),
        ("0.35", "0.1", "0.4"),
        ("2500", "1000", "2000"),
        ("3500", "1000", "4000"),
        ("-355", "10", "-360"),
        ("-325", "10", "-320"),
        ("-365", "10", "-360"),
        ("-0.0365", "0.001", "-0.036"),
        // Never in two steps.
        ("97.46", "1", "97"),
        ("15.4546", "1", "15"),
    ] {
        assert_eq!(rounded(value, interval), wanted, "{value} to {interval}");
    }
}

#[test]
fn half_and_fifth_units_round_as_clause_3_4_shows() {
    for (value, interval, wanted) in [
        ("60.25", "0.5", "60"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61"),
        ("830", "20", "840"),
        ("842", "20", "840"),
        ("832", "20", "840"),
        ("-930", "20", "-920"),
    ] {
        assert_eq!(rounded(value, interval), wanted, "{value} to {interval}");
    }
}

#[test]
fn limits_are_judged_as_clause_4_3_shows() {
    let sides = |value: &str, limit: &str, interval: &str| {
        let interval = Interval::new(&number(interval)).unwrap();
        let compare = |rule: LimitRule| rule.compare(&number(value), &number(limit), Some(&interval));
        (compare(LimitRule::FullValue), compare(LimitRule::RoundedValue))
    };
    // NaOH content ≥ 97.0 %.
    assert_eq!(sides("97.01", "97.0", "0.1"), (Ordering::Greater, Ordering::Equal));
    assert_eq!(sides("97.00", "97.0", "0.1"), (Ordering::Equal, Ordering::Equal));
    assert_eq!(sides("96.96", "97.0", "0.1"), (Ordering::Less, Ordering::Equal));
    assert_eq!(sides("96.94", "97.0", "0.1"), (Ordering::Less, Ordering::Less));
    // Silicon content of steel ≤ 0.05 %.
    assert_eq!(sides("0.054", "0.05", "0.01"), (Ordering::Greater, Ordering::Equal));
    assert_eq!(sides("0.055", "0.05", "0.01"), (Ordering::Greater, Ordering::Greater));
    assert_eq!(sides("0.046", "0.05", "0.01"), (Ordering::Less, Ordering::Equal));
    // Tensile strength ≥ 14 × 100 MPa.
    assert_eq!(sides("1349", "1400", "100"), (Ordering::Less, Ordering::Less));
    assert_eq!(sides("1351", "1400", "100"), (Ordering::Less, Ordering::Equal));
}

#[test]
fn only_one_two_five_times_a_power_of_ten_is_an_interval() {
    for sound in ["0.1", "0.02", "5", "20", "1000", "0.5"] {
        assert!(Interval::new(&number(sound)).is_some(), "{sound}");
    }
    for unsound in ["0", "3", "0.25", "-1", "11"] {
        assert!(Interval::new(&number(unsound)).is_none(), "{unsound}");
    }
    assert!(Interval::new(&Number::fraction(1, 3).unwrap()).is_none());
}

#[test]
fn numbers_are_shown_with_their_places() {
    assert_eq!(number("2").with_places(2), "2.00");
    assert_eq!(Number::fraction(-1, 300).unwrap().with_places(2), "0.00");
    assert_eq!(Number::fraction(2, 3).unwrap().brief(6), "0.666667");
    assert_eq!(number("123456789.5").brief(6), "123456790");
    // Larger than any float, and smaller.
    let large = number("1.5e300").times(&number("1e300")).unwrap();
    assert_eq!(large.brief(6).len(), 601);
    assert_eq!(Number::one().over(&large).unwrap().brief(6), "0");
}
