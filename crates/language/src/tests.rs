#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use jiff::civil;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::catalogue::SOURCES;
use crate::message::ids_of;
use crate::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Each message of a file with its text, continuation lines included and comments left out.
fn messages(source: &str) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::<String, String>::new();
    let mut current = None;
    for line in source.lines() {
        if let Some(id) = ids_of(line).next() {
            let value = line.split_once('=').unwrap().1;
            assert!(
                messages.insert(id.to_owned(), value.trim().to_owned()).is_none(),
                "{id} stands twice"
            );
            current = Some(id.to_owned());
        } else if line.starts_with(' ') || line.starts_with('}') {
            if let Some(id) = &current {
                let text = messages.get_mut(id).unwrap();
                text.push('\n');
                text.push_str(line);
            }
        } else {
            current = None;
        }
    }
    messages
}

fn variables(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                .collect()
        })
        .collect()
}

#[test]
fn every_file_of_both_folders_is_carried() {
    let listed: Vec<String> = SOURCES.iter().map(|source| format!("{}.ftl", source.name)).collect();
    assert!(
        listed.is_sorted(),
        "catalogue.rs lists files in alphabetical order: {listed:?}"
    );
    for lang in Lang::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../locales")
            .join(lang.code());
        let mut found: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "ftl"))
            .collect();
        found.sort();
        assert_eq!(found, listed, "locales/{lang} and catalogue.rs differ");
    }
}

#[test]
fn every_file_is_sound_fluent() {
    for source in SOURCES {
        for (lang, text) in [("zh", source.zh), ("en", source.en)] {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("locales/{lang}/{}.ftl: {errors:?}", source.name);
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    for source in SOURCES {
        let (zh, en) = (messages(source.zh), messages(source.en));
        let (zh_ids, en_ids): (BTreeSet<_>, BTreeSet<_>) = (zh.keys().collect(), en.keys().collect());
        let apart: Vec<_> = zh_ids.symmetric_difference(&en_ids).collect();
        assert!(apart.is_empty(), "{}.ftl: in one language only: {apart:?}", source.name);
        for (id, text) in &zh {
            assert_eq!(
                variables(text),
                variables(&en[id]),
                "{}.ftl: variables of {id}",
                source.name
            );
        }
    }
}

#[test]
fn no_id_stands_in_two_files() {
    let all: Vec<&str> = SOURCES.iter().flat_map(|source| ids_of(source.zh)).collect();
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = all.iter().filter(|id| !seen.insert(**id)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(
        ids().len(),
        known::count(),
        "the compiler and the program see the same messages"
    );
}

#[test]
fn every_message_gives_text_in_both_languages() {
    for source in SOURCES {
        for (id, written) in messages(source.zh) {
            let given: Vec<(String, Arg<'_>)> = variables(&written)
                .into_iter()
                .map(|name| (name, Arg::from(7)))
                .collect();
            let args: Vec<(&str, Arg<'_>)> = given.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
            for lang in Lang::ALL {
                let text = format(lang, &id, &args);
                assert!(!text.trim().is_empty(), "{lang}/{id} is empty");
                assert!(text != id, "{lang}/{id} has no text");
                // The words at the foot of a printed sheet keep braces for the spreadsheet to fill; others are typed by
                // drafters and programs.
                let typed = ["lint-ref-05-mentioned", "refusal-system-units-next"];
                let braces = id.ends_with("-table-page") || typed.contains(&id.as_str());
                assert!(
                    braces || !text.contains(['{', '}', '\u{2068}', '\u{2069}']),
                    "{lang}/{id}: {text}"
                );
            }
        }
    }
}

#[test]
fn english_holds_no_chinese_but_the_name_of_the_other_language_and_what_is_typed_into_a_source() {
    let allowed = [
        "frame-language",
        "frame-language-label",
        // Words and marks that a drafter types as they stand here.
        "indicator-uncertain-none-mend",
        "indicator-needs-index-mend",
        "indicator-idle-in-accounts-mend",
        "indicator-idle-posts-mend",
        "indicator-freeze-no-index-mend",
        "indicator-join-ratio-mend",
        "indicator-validity-mend",
        "indicator-weights-beyond-mend",
        "lint-cov-05-draft",
        "lint-fwd-05-place",
        "lint-not-01",
        "lint-ref-02-entry",
        "lint-ref-03-name",
        "lint-ref-05-mentioned",
        "lint-str-01-combined",
        "lint-str-10-class",
        "refusal-system-nothing-runs-next",
        "system-full-value",
    ];
    for source in SOURCES {
        for (id, text) in messages(source.en) {
            let chinese = text
                .chars()
                .any(|c| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c));
            assert!(!chinese || allowed.contains(&id.as_str()), "en/{id}: {text}");
        }
    }
}

#[test]
fn what_is_missing_comes_back_as_its_id_and_is_counted() {
    let before = missing_count();
    assert_eq!(text(Lang::En, "no-such-message"), "no-such-message");
    assert_eq!(format(Lang::Zh, "days-past", &[]), "已过 {$count} 天");
    assert!(missing_count() >= before + 2);
    let missing = missing();
    assert!(missing.contains(&"en/no-such-message".to_owned()), "{missing:?}");
    assert!(missing.contains(&"zh/days-past".to_owned()), "{missing:?}");
}

#[test]
fn numbers_in_messages_are_grouped_and_exact() {
    assert_eq!(t!(Lang::Zh, "count-rows", count = 1_020_000), "1,020,000 行");
    assert_eq!(t!(Lang::En, "count-rows", count = decimal("0.10")), "0.10 rows");
    let long = decimal("12345678901234567890.5");
    assert_eq!(
        t!(Lang::Zh, "count-rows", count = long),
        "12,345,678,901,234,567,890.5 行"
    );
    assert_eq!(t!(Lang::En, "frame-version", version = "2025"), "List, version 2025");
}

#[test]
fn text_given_to_a_message_is_not_read_as_fluent() {
    assert_eq!(
        t!(Lang::Zh, "frame-as-of-past", date = "{ $x }"),
        "您看到的是 { $x } 的状态"
    );
}

/// The worked examples of GB/T 8170—2008, 3.2.
#[test]
fn rounding_follows_the_examples_of_the_standard() {
    for (value, places, rounded) in [
        ("12.1498", 1, "12.1"),
        ("12.1498", 0, "12"),
        ("1268", -2, "1300"),
        ("10.5002", 0, "11"),
        ("1.050", 1, "1.0"),
        ("0.35", 1, "0.4"),
        ("2500", -3, "2000"),
        ("3500", -3, "4000"),
        ("-355", -1, "-360"),
        ("-325", -1, "-320"),
        ("-365", -1, "-360"),
        ("-0.0365", 3, "-0.036"),
        // 3.3: in one step and not 15.4546 → 15.455 → 15.46 → 15.5 → 16.
        ("97.46", 0, "97"),
        ("15.4546", 0, "15"),
    ] {
        assert_eq!(
            round_gbt8170(decimal(value), places),
            decimal(rounded),
            "{value} to {places} places"
        );
    }
}

/// The tables of GB/T 8170—2008, 3.4.1 (half units) and 3.4.2 (fifths of a hundred).
#[test]
fn rounding_to_half_and_fifth_units_follows_the_tables_of_the_standard() {
    for (value, rounded) in [
        ("60.25", "60.0"),
        ("60.38", "60.5"),
        ("60.28", "60.5"),
        ("-60.75", "-61.0"),
    ] {
        assert_eq!(
            round_gbt8170_to_step(decimal(value), decimal("0.5")),
            decimal(rounded),
            "{value}"
        );
    }
    for (value, rounded) in [("830", "840"), ("842", "840"), ("832", "840"), ("-930", "-920")] {
        assert_eq!(
            round_gbt8170_to_step(decimal(value), decimal("20")),
            decimal(rounded),
            "{value}"
        );
    }
    assert_eq!(round_gbt8170_to_step(decimal("7.3"), Decimal::ZERO), decimal("7.3"));
    assert_eq!(round_gbt8170(decimal("7.3"), -40), Decimal::ZERO);
}

#[test]
fn sizes_change_their_unit_before_1024() {
    assert_eq!(file_size(Lang::En, 1), "1 byte");
    assert_eq!(file_size(Lang::En, 1_048_524), "1,023.9 KB");
    assert_eq!(file_size(Lang::En, 1_048_525), "1.0 MB");
    assert_eq!(file_size(Lang::Zh, 50 << 40), "51,200 GB");
}

#[test]
fn a_year_end_is_dated_by_beijing() {
    let at = "2025-12-31T16:00:00Z".parse().unwrap();
    assert_eq!(instant(Lang::Zh, at), "2026年1月1日 00:00（北京时间）");
}

#[test]
fn a_share_of_nothing_has_no_minus() {
    assert_eq!(percent(decimal("-0.0001"), 1), "0.0%");
    assert_eq!(with_places(decimal("1234.005"), 2), "1,234.00");
}

#[test]
fn content_is_written_as_the_contract_says() {
    let text = Bilingual::new("标准", "Standard", Origin::Machine);
    let json = serde_json::to_string(&text).unwrap();
    assert_eq!(json, r#"{"zh":"标准","en":"Standard","en_origin":"machine"}"#);
    assert_eq!(serde_json::from_str::<Bilingual>(&json).unwrap(), text);
    let bare: Bilingual = serde_json::from_str(r#"{"zh":"标准","en":" ","en_origin":"person"}"#).unwrap();
    assert_eq!(
        (bare.in_lang(Lang::En), bare.origin()),
        (("标准", Mark::Absent), Origin::None)
    );
    assert_eq!(text.in_lang(Lang::En), ("Standard", Mark::Machine));
    assert_eq!(text.in_lang(Lang::Zh), ("标准", Mark::Original));
    for mark in [Mark::Unofficial, Mark::Machine, Mark::Absent] {
        assert!(ids().contains(mark.message_id().unwrap()));
    }
}

proptest! {
    #[test]
    fn rounding_never_moves_further_than_half_a_step(mantissa in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..6, places in -4_i32..5) {
        let value = Decimal::new(mantissa, scale);
        let step = if places >= 0 { Decimal::new(1, places.unsigned_abs()) } else { Decimal::from(10_i64.pow(places.unsigned_abs())) };
        let rounded = round_gbt8170(value, places);
        prop_assert!((rounded - value).abs() * Decimal::TWO <= step);
        prop_assert!((rounded % step).is_zero());
        prop_assert_eq!(round_gbt8170(rounded, places), rounded);
        prop_assert_eq!(round_gbt8170(-value, places), -rounded);
        prop_assert_eq!(round_gbt8170_to_step(value, step), rounded);
    }

    #[test]
    fn grouping_adds_commas_and_nothing_else(value: i64) {
        prop_assert_eq!(number(value).replace(',', ""), value.to_string());
        prop_assert!(number(value).trim_start_matches('-').split(',').skip(1).all(|part| part.len() == 3));
    }

    #[test]
    fn an_address_keeps_its_path_in_either_language(path in "/[a-z]{0,8}(/[a-z0-9-]{1,8}){0,3}") {
        prop_assume!(Lang::of_path(&path).0 == Lang::Zh);
        for lang in Lang::ALL {
            let address = lang.path(&path);
            prop_assert_eq!(Lang::of_path(&address), (lang, path.as_str()));
        }
    }

    #[test]
    fn headers_of_any_shape_are_read(header in "\\PC{0,60}") {
        let _ = Lang::of_accept_language(&header);
    }

    #[test]
    fn every_day_has_a_date_with_its_year(days in 0_i32..60_000) {
        let on = civil::date(1949, 10, 1) + jiff::Span::new().days(days);
        for lang in Lang::ALL {
            prop_assert!(date_weekday(lang, on).contains(&on.year().to_string()));
        }
    }
}
