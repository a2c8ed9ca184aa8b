//! What holds for every text and every designation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::cmp::Ordering;

use designation::{Designation, Known, Report, find, normalise, parse, parse_list};
use proptest::prelude::*;

fn year() -> impl Strategy<Value = String> {
    (1900u16..3000).prop_map(|year| year.to_string())
}

fn number() -> impl Strategy<Value = String> {
    "(0{0,2}[1-9][0-9]{0,3})(\\.[0-9]{1,3}){0,2}"
}

/// Prefix, number, dash, year of any Chinese form, canonical.
fn chinese() -> impl Strategy<Value = (String, String, String)> {
    let prefix = prop_oneof![
        prop::sample::select(vec!["GB", "GB/T", "GB/Z"]).prop_map(str::to_owned),
        (
            prop::sample::select(vec!["SB", "HJ", "JR", "DB", "LS", "TB"]),
            prop::sample::select(vec!["", "/T", "/Z"])
        )
            .prop_map(|(code, nature)| format!("{code}{nature}")),
        (
            prop::sample::select(vec!["11", "31", "50", "3201", "5101"]),
            prop::sample::select(vec!["/", "/T", "/Z"])
        )
            .prop_map(|(region, nature)| format!("DB{region}{nature}")),
        prop::sample::select(vec!["DBS50/", "DBJ51/T", "CJJ", "T/CAS", "T/31SCTA", "Q/ABC", "Q/0HW"])
            .prop_map(str::to_owned),
    ];
    (prefix, number(), year())
}

fn international() -> impl Strategy<Value = String> {
    let body = prop::sample::select(vec![
        "ISO",
        "IEC",
        "ISO/IEC",
        "ISO/TS",
        "ISO/IEC TR",
        "ISO/IEC/IEEE",
        "ISO Guide",
        "IEC TS",
    ]);
    let part = prop::option::of(1u16..200);
    (body, 1u32..100_000, part, prop::option::of(year())).prop_map(|(body, number, part, year)| {
        let part = part.map(|part| format!("-{part}")).unwrap_or_default();
        let year = year.map(|year| format!(":{year}")).unwrap_or_default();
        format!("{body} {number}{part}{year}")
    })
}

fn canonical() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => chinese().prop_map(|(prefix, number, year)| format!("{prefix} {number}—{year}")),
        1 => international(),
        1 => (chinese(), international()).prop_map(|((_, number, year), adopted)| format!("GB/T {number}—{year}/{adopted}")),
        1 => (number(), year(), 1u8..99, year()).prop_map(|(n, y, a, b)| format!("GB {n}—{y}/XG{a}—{b}")),
        1 => (year(), 0u16..10_000, "[QTZ]", 0u16..1000).prop_map(|(y, n, k, d)| format!("{y}{n:04}-{k}-{d:03}")),
        1 => prop::sample::select(vec!["GB/T XXXX—2026", "DB3201/T XXXX.1—XXXX", "T/CAS XXXX—2026", "Q/ABC XXXX—XXXX", "编号待补"])
            .prop_map(str::to_owned),
    ]
}

/// Texts made of what designations are made of.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "GB",
        "/",
        "T",
        "Z",
        "DB",
        "11",
        "3201",
        "DBS",
        "DBJ",
        "Q",
        "ISO",
        "IEC",
        "ITU",
        "-",
        "—",
        "一",
        ":",
        ".",
        " ",
        "　",
        "1",
        "2020",
        "88",
        "XXXX",
        "…",
        "编号待补",
        "XG1",
        "Amd",
        "ＧＢ",
        "／",
        "０",
        "\u{200b}",
        "\n",
        "SB",
        "TS",
        "Guide",
        "GSB",
        "、",
        "(",
        ")",
        "20240512",
        "469",
        "CAS",
        "é",
        "S",
        "x",
        "gb",
        "t",
        "²",
    ]);
    prop::collection::vec(scrap, 0..14).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn canonical_forms_print_back(text in canonical()) {
        let parsed = parse(&text, &Known::default()).unwrap();
        prop_assert_eq!(parsed.designation.to_string(), text.clone());
        prop_assert!(parsed.is_valid(), "{:?}", parsed.findings);
        prop_assert_eq!(Designation::from_slug(&parsed.designation.slug()), Some(parsed.designation));
    }

    #[test]
    fn damage_does_not_change_the_meaning(
        (prefix, number, year) in chinese(),
        dash in prop::sample::select("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{fe58}\u{fe63}\u{ff0d}\u{4e00}".chars().collect::<Vec<_>>()),
        blank in prop::sample::select(vec!["", " ", "  ", "\u{3000}", "\u{a0}"]),
        around in prop::sample::select(vec!["", " "]),
        wide in any::<bool>(), small in any::<bool>(),
    ) {
        // Without its blank, an earthquake standard's number may read as a place (DB12).
        let blank = if prefix == "DB" && blank.is_empty() { " " } else { blank };
        let mut text = format!("{prefix}{blank}{number}{around}{dash}{around}{year}");
        if small {
            text = text.to_lowercase();
        }
        if wide {
            text = text.chars().map(|c| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap(),
                c => c,
            }).collect();
        }
        let parsed = parse(&text, &Known::default()).unwrap();
        prop_assert_eq!(parsed.designation.to_string(), format!("{prefix} {number}—{year}"), "{}", text);
        prop_assert!(parsed.is_valid());
    }

    #[test]
    fn no_text_makes_reading_panic(text in prop_oneof![any::<String>(), scraps()]) {
        let known = Known::default();
        let length = text.chars().count();
        for report in Report::of(&text, &known) {
            for finding in report.findings {
                prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= length);
            }
        }
        let mut end = 0;
        for found in find(&text, &known) {
            prop_assert!(end <= found.span.start && found.span.start < found.span.end && found.span.end <= length);
            end = found.span.end;
        }
        let _ = (parse(&text, &known), Designation::from_slug(&text));
    }

    #[test]
    fn whatever_is_read_prints_to_itself(text in scraps()) {
        for parsed in parse_list(&text, &Known::default()).unwrap_or_default() {
            let canonical = parsed.designation.to_string();
            let again = parse(&canonical, &Known::default()).unwrap();
            prop_assert_eq!(&again.designation, &parsed.designation, "{} {}", text, canonical);
        }
        for found in find(&text, &Known::default()) {
            let again: Designation = found.designation.to_string().parse().unwrap();
            prop_assert_eq!(&again, &found.designation, "{}", text);
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in prop_oneof![scraps(), prop::collection::vec(canonical(), 1..4).prop_map(|all| all.join("、"))]) {
        if let Ok(once) = normalise(&text, &Known::default()) {
            prop_assert_eq!(normalise(&once, &Known::default()).unwrap(), once);
        }
    }

    #[test]
    fn the_order_is_total(a in canonical(), b in canonical(), c in canonical()) {
        let [a, b, c] = [a, b, c].map(|text| text.parse::<Designation>().unwrap());
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }

    #[test]
    fn a_designation_is_found_between_chinese_words(text in canonical().prop_filter("words alone are not sought", |t| t != "编号待补")) {
        let line = format!("现发布{text}《规范》");
        let found = find(&line, &Known::default());
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].designation.to_string(), text);
    }
}
