//! Units as standards write them.

use crate::support::{Names, exact};
use formula::{Dimension, Unit};

fn factor(unit: &str) -> String {
    Unit::parse(unit)
        .unwrap_or_else(|| panic!("{unit}"))
        .factor()
        .exact_text()
}

#[test]
fn units_of_the_field_have_their_factors() {
    for (unit, wanted) in [
        ("%", "0.01"),
        ("ms", "0.001"),
        ("万元", "10000"),
        ("亿元", "100000000"),
        ("万Nm³", "10000"),
        ("10^4Nm3", "10000"),
        ("tce", "1000"),
        ("kgce", "1"),
        ("吨标准煤", "1000"),
        ("标准箱", "1"),
        ("万标准箱", "10000"),
        ("万人次", "10000"),
        ("元/分", "1"),
        ("kWh", "3600000"),
        ("万kWh", "36000000000"),
        ("MWh", "3600000000"),
        ("GJ/t", "1000000"),
        ("kgCO2/kWh", "1/3600000"),
        ("tCO₂e", "1000"),
        ("km²", "1000000"),
        ("m3", "1"),
        ("万m3", "10000"),
        ("km/h", "5/18"),
        ("kg/(t·km)", "0.000001"),
        ("亩", "2000/3"),
        ("Mbps", "1000000"),
        ("GB", "8000000000"),
        ("次/a", "1/31536000"),
        ("ha", "10000"),
    ] {
        assert_eq!(factor(unit), wanted, "{unit}");
    }
}

#[test]
fn what_is_no_unit_is_none() {
    for text in ["斗", "kgx", "mt", "米米", "/t", "t/", "GJ//t", "公斤公斤", "e", "产值"] {
        assert!(Unit::parse(text).is_none(), "{text}");
    }
}

#[test]
fn what_does_not_add_has_different_dimensions() {
    let dimension = |unit: &str| Unit::parse(unit).map(|unit| unit.dimension());
    assert_ne!(dimension("m³"), dimension("Nm³"));
    assert_ne!(dimension("元"), dimension("美元"));
    assert_ne!(dimension("tce"), dimension("t"));
    assert_ne!(dimension("标准箱"), dimension("人次"));
    assert_eq!(dimension("tCO2"), dimension("kg"));
    assert_eq!(dimension("个"), Some(Dimension::NONE));
    assert_eq!(dimension("kWh"), dimension("GJ"));
}

#[test]
fn the_logistics_park_adds_up_exactly() {
    let park = Names::of(&[
        ("柴油量", "36.2 t"),
        ("气量", "12.4 万Nm3"),
        ("电量", "5862000 kWh"),
        ("货物吞吐量", "1000000 t"),
    ]);
    let rounded = |text: &str, unit: &str| {
        let unit = Unit::parse(unit).unwrap();
        let value = crate::support::run(text, &park);
        value.in_unit(&unit).unwrap().with_places(2)
    };
    assert_eq!(
        rounded("柴油量 × 42.652 GJ/t × 20.20 tC/TJ × 98 % × 44/12", "tCO2"),
        "112.07"
    );
    assert_eq!(
        rounded("气量 × 389.31 GJ/10^4Nm3 × 15.30 tC/TJ × 99 % × 44/12", "tCO2"),
        "268.11"
    );
    assert_eq!(rounded("电量 × 0.5306 kgCO2/kWh", "tCO2"), "3110.38");
    assert_eq!(rounded("电量 × 0.5366 kgCO2/kWh", "tCO2"), "3145.55");
    assert_eq!(
        exact("电量 × 0.5306 kgCO2/kWh ÷ 货物吞吐量", &park, "kgCO2/t"),
        "3.1103772"
    );
}
