//! How designations sort, and when two mean the same standard.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use designation::Designation;

fn read(text: &str) -> Designation {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn sorting_goes_by_tier_issuer_number_part_year() {
    let sorted = [
        "GB/T 9—2020",
        "GB/T 10—1999",
        "GB/T 10.2—2020",
        "GB/T 10.10—2008",
        "GB/T 10.10—2020",
        "GB/T XXXX—2026",
        "HJ 2.2—2018",
        "SB/T 11238—2023",
        "DB11/T 1000—2021",
        "DB50/T 7—2025",
        "DB3201/T 284—2017",
        "T/CAS 290—2017",
        "Q/ABC 001—2024",
        "IEC 60068-2-1:2007",
        "ISO 9001:2015",
        "编号待补",
    ];
    let mut shuffled: Vec<Designation> = sorted.iter().rev().map(|text| read(text)).collect();
    shuffled.sort();
    let texts: Vec<String> = shuffled.iter().map(ToString::to_string).collect();
    assert_eq!(texts, sorted);
}

#[test]
fn the_same_standard_whatever_its_edition() {
    let same = [
        ("GB/T 1.1—2009", "GB/T 1.1—2020"),
        ("GB 20300—2018", "GB 20300—2018/XG1—2020"),
        ("GB/T 19001—2008", "GB/T 19001—2016/ISO 9001:2015"),
        ("DB11/T 065—1998", "DB11/T 65—2020"),
        ("GB/T 19001", "GB/T 19001—2016"),
        ("ISO 9001:2008", "ISO 9001:2015"),
    ];
    for (a, b) in same {
        assert!(read(a).same_standard_as(&read(b)), "{a} {b}");
    }
    let different = [
        ("GB/T 1.1—2020", "GB/T 1.2—2020"),
        ("GB/T 1.1—2020", "GB/T 1—2020"),
        ("GB/T 1.1—2020", "GB 1.1—2020"),
        ("DB11/T 1—2020", "DB/T 1—2020"),
        ("DB50/T 1—2020", "DB51/T 1—2020"),
        ("DB50/T XXXX—2026", "DB50/T XXXX—2026"),
        ("20240512-T-469", "20230512-T-469"),
        ("ISO 9001:2015", "ISO/TS 9001:2015"),
    ];
    for (a, b) in different {
        assert!(!read(a).same_standard_as(&read(b)), "{a} {b}");
    }
}
