//! Every form of number, as written canonically and as people write it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use designation::{Designation, FindingKind, Kind, Known, Seq, Tier, parse};

/// Canonical text, kind, tier, issuer, number, part, year.
type Row = (
    &'static str,
    Kind,
    Tier,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<u16>,
);

const CANONICAL: &[Row] = &[
    (
        "GB 18030—2022",
        Kind::National,
        Tier::National,
        "GB",
        "18030",
        None,
        Some(2022),
    ),
    (
        "GB/T 1.1—2020",
        Kind::National,
        Tier::National,
        "GB",
        "1",
        Some("1"),
        Some(2020),
    ),
    (
        "GB/Z 40954.1—2021",
        Kind::National,
        Tier::National,
        "GB",
        "40954",
        Some("1"),
        Some(2021),
    ),
    (
        "GB/T 19001—2016/ISO 9001:2015",
        Kind::National,
        Tier::National,
        "GB",
        "19001",
        None,
        Some(2016),
    ),
    (
        "GB/T 16264.8—2005/ISO/IEC 9594-8:2001",
        Kind::National,
        Tier::National,
        "GB",
        "16264",
        Some("8"),
        Some(2005),
    ),
    (
        "GB 20300—2018/XG1—2020",
        Kind::National,
        Tier::National,
        "GB",
        "20300",
        None,
        Some(2018),
    ),
    (
        "GB 9706.1—88",
        Kind::National,
        Tier::National,
        "GB",
        "9706",
        Some("1"),
        Some(1988),
    ),
    (
        "20240512-T-469",
        Kind::NationalPlan,
        Tier::National,
        "469",
        "0512",
        None,
        Some(2024),
    ),
    (
        "SB/T 11238—2023",
        Kind::Industry,
        Tier::Industry,
        "SB",
        "11238",
        None,
        Some(2023),
    ),
    (
        "HJ 2.2—2018",
        Kind::Industry,
        Tier::Industry,
        "HJ",
        "2",
        Some("2"),
        Some(2018),
    ),
    (
        "LS/T 1301—2022",
        Kind::Industry,
        Tier::Industry,
        "LS",
        "1301",
        None,
        Some(2022),
    ),
    (
        "DB/T 100—2024",
        Kind::Industry,
        Tier::Industry,
        "DB",
        "100",
        None,
        Some(2024),
    ),
    (
        "DB 100—2024",
        Kind::Industry,
        Tier::Industry,
        "DB",
        "100",
        None,
        Some(2024),
    ),
    (
        "YY/T 0287—2017/ISO 13485:2016",
        Kind::Industry,
        Tier::Industry,
        "YY",
        "0287",
        None,
        Some(2017),
    ),
    (
        "DB11/T 1000.2—2021",
        Kind::Local,
        Tier::Local,
        "DB11",
        "1000",
        Some("2"),
        Some(2021),
    ),
    (
        "DB3201/T 284—2017",
        Kind::Local,
        Tier::Local,
        "DB3201",
        "284",
        None,
        Some(2017),
    ),
    (
        "DB6523/T 337—2022",
        Kind::Local,
        Tier::Local,
        "DB6523",
        "337",
        None,
        Some(2022),
    ),
    (
        "DB31/ 310005—2021",
        Kind::Local,
        Tier::Local,
        "DB31",
        "310005",
        None,
        Some(2021),
    ),
    (
        "DB50/T 12.3.4—2025",
        Kind::Local,
        Tier::Local,
        "DB50",
        "12",
        Some("3.4"),
        Some(2025),
    ),
    (
        "DBS50/ 028—2022",
        Kind::LocalFood,
        Tier::Local,
        "DBS50",
        "028",
        None,
        Some(2022),
    ),
    (
        "DBJ51/T 195—2022",
        Kind::Legacy,
        Tier::Local,
        "DBJ51/T",
        "195",
        None,
        Some(2022),
    ),
    (
        "DG/TJ 08-2068—2017",
        Kind::Legacy,
        Tier::Local,
        "DG/TJ",
        "08-2068",
        None,
        Some(2017),
    ),
    (
        "CJJ/T 34—2022",
        Kind::Legacy,
        Tier::Industry,
        "CJJ/T",
        "34",
        None,
        Some(2022),
    ),
    (
        "GBZ/T 300.1—2017",
        Kind::Legacy,
        Tier::National,
        "GBZ/T",
        "300",
        Some("1"),
        Some(2017),
    ),
    (
        "T/CAS 290—2017/XG1—2020",
        Kind::Group,
        Tier::Group,
        "CAS",
        "290",
        None,
        Some(2017),
    ),
    (
        "T/CAS 290—2017",
        Kind::Group,
        Tier::Group,
        "CAS",
        "290",
        None,
        Some(2017),
    ),
    (
        "T/CCPITCSC 117—2022",
        Kind::Group,
        Tier::Group,
        "CCPITCSC",
        "117",
        None,
        Some(2022),
    ),
    (
        "T/31SCTA 001—2018",
        Kind::Group,
        Tier::Group,
        "31SCTA",
        "001",
        None,
        Some(2018),
    ),
    (
        "Q/ABC 001—2024",
        Kind::Enterprise,
        Tier::Enterprise,
        "ABC",
        "001",
        None,
        Some(2024),
    ),
    (
        "Q/HW 0001S—2023",
        Kind::Enterprise,
        Tier::Enterprise,
        "HW",
        "0001S",
        None,
        Some(2023),
    ),
    (
        "GSB 16-2062-2007",
        Kind::ReferenceMaterial,
        Tier::National,
        "GSB",
        "16-2062",
        None,
        Some(2007),
    ),
    (
        "ISO 9001:2015",
        Kind::International,
        Tier::International,
        "ISO",
        "9001",
        None,
        Some(2015),
    ),
    (
        "ISO/IEC TS 27110:2021",
        Kind::International,
        Tier::International,
        "ISO/IEC",
        "27110",
        None,
        Some(2021),
    ),
    (
        "ISO/TS 15066:2016",
        Kind::International,
        Tier::International,
        "ISO",
        "15066",
        None,
        Some(2016),
    ),
    (
        "ISO/IEC Guide 51:2014",
        Kind::International,
        Tier::International,
        "ISO/IEC",
        "51",
        None,
        Some(2014),
    ),
    (
        "IEC 60068-2-1:2007",
        Kind::International,
        Tier::International,
        "IEC",
        "60068",
        Some("2-1"),
        Some(2007),
    ),
    (
        "ISO 9001:2015/Amd 1:2024",
        Kind::International,
        Tier::International,
        "ISO",
        "9001",
        None,
        Some(2015),
    ),
    (
        "ITU-T X.509:2019-10",
        Kind::International,
        Tier::International,
        "ITU-T",
        "X.509",
        None,
        Some(2019),
    ),
    (
        "ISO 9001",
        Kind::International,
        Tier::International,
        "ISO",
        "9001",
        None,
        None,
    ),
];

/// Damaged writing and what it means.
const DAMAGED: &[(&str, &str)] = &[
    ("ＧＢ／Ｔ　１．１－２０２０", "GB/T 1.1—2020"),
    ("GB/T1.1-2020", "GB/T 1.1—2020"),
    ("GBT 1.1-2020", "GB/T 1.1—2020"),
    ("GB T 1.1-2020", "GB/T 1.1—2020"),
    ("gb/t 1.1–2020", "GB/T 1.1—2020"),
    ("GB / T  1.1 — 2020", "GB/T 1.1—2020"),
    ("GB\\T 1.1——2020", "GB/T 1.1—2020"),
    ("GB/T 1.1一2020", "GB/T 1.1—2020"),
    ("GB/T\u{a0}1.1\u{2011}2020", "GB/T 1.1—2020"),
    ("GB/T 1.\u{200b}1—2020", "GB/T 1.1—2020"),
    ("GB/T 19001-2016 / ISO9001：2015", "GB/T 19001—2016/ISO 9001:2015"),
    ("GB 20300-2018/xg1-2020", "GB 20300—2018/XG1—2020"),
    ("GBZ 40954.1-2021", "GB/Z 40954.1—2021"),
    ("GBZ 188-2014", "GBZ 188—2014"),
    ("GBZ/T1234-2020", "GBZ/T 1234—2020"),
    ("20240512－T－469", "20240512-T-469"),
    ("20240512—t—469", "20240512-T-469"),
    ("SBT11238-2023", "SB/T 11238—2023"),
    ("JT/T18-2020", "JT/T 18—2020"),
    ("JTT 18-2020", "JT/T 18—2020"),
    ("DB 43/T 1-2020", "DB43/T 1—2020"),
    ("DB11T1000.2-2021", "DB11/T 1000.2—2021"),
    ("DB11 939-2012", "DB11/ 939—2012"),
    ("DB31/310005-2021", "DB31/ 310005—2021"),
    ("DB11/T 1000.2021", "DB11/T 1000—2021"),
    ("DB1234—2020", "DB 1234—2020"),
    ("DBS 50/028-2022", "DBS50/ 028—2022"),
    ("DBJ50/T-125-2011", "DBJ50/T 125—2011"),
    ("DG/TJ08-2068-2017", "DG/TJ 08-2068—2017"),
    ("DBJ 13-118-2014", "DBJ 13-118—2014"),
    ("T／CAS290-2017", "T/CAS 290—2017"),
    ("T/CAS290-2017/xg1-2020", "T/CAS 290—2017/XG1—2020"),
    ("t/cas 290-2017", "T/CAS 290—2017"),
    ("T/31SCTA001-2018", "T/31SCTA 001—2018"),
    ("Q/HW0001S-2023", "Q/HW 0001S—2023"),
    ("Q/ABC 001.2024", "Q/ABC 001—2024"),
    ("GSB16—2062—2007", "GSB 16-2062-2007"),
    ("ISO9001-2015", "ISO 9001:2015"),
    ("ISO 9001—2015", "ISO 9001:2015"),
    ("ISO/IEC/TR 20547–1:2020", "ISO/IEC TR 20547-1:2020"),
    ("ISO TS 15066:2016", "ISO/TS 15066:2016"),
    ("iso/iec guide 51:2014", "ISO/IEC Guide 51:2014"),
    ("ISO 9001:2015/AMD1:2024", "ISO 9001:2015/Amd 1:2024"),
    ("ITU-T X.509 (10/2019)", "ITU-T X.509:2019-10"),
];

fn read(text: &str) -> designation::Parsed {
    parse(text, &Known::default()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn canonical_texts_read_without_mending_and_print_back() {
    for &(text, kind, tier, issuer, number, part, year) in CANONICAL {
        let parsed = read(text);
        let d = &parsed.designation;
        assert_eq!(d.to_string(), text);
        assert_eq!((d.kind(), d.tier()), (kind, Some(tier)), "{text}");
        assert_eq!(d.issuer_text(), issuer, "{text}");
        assert_eq!(d.number(), &Seq::Known(number.to_owned()), "{text}");
        assert_eq!(d.part().map(designation::Part::as_str), part, "{text}");
        assert_eq!(d.year().map(designation::Year::value), year, "{text}");
        assert!(parsed.is_valid(), "{text}: {:?}", parsed.findings);
        let mended: Vec<_> = parsed
            .findings
            .iter()
            .filter(|f| f.kind != FindingKind::TwoDigitYear)
            .collect();
        assert!(mended.is_empty(), "{text}: {mended:?}");
        assert_eq!(parsed.span.end, text.chars().count(), "{text}");
        assert!(d.slug().is_ascii(), "{text}: {}", d.slug());
        assert_eq!(
            Designation::from_slug(&d.slug()).as_ref(),
            Some(d),
            "{text}: {}",
            d.slug()
        );
        assert_eq!(
            serde_json::from_value::<Designation>(serde_json::to_value(d).unwrap()).unwrap(),
            *d
        );
    }
}

#[test]
fn damaged_texts_give_the_canonical_one_and_say_what_was_mended() {
    for &(text, canonical) in DAMAGED {
        let parsed = read(text);
        assert_eq!(
            parsed.designation.to_string(),
            canonical,
            "{text}: {:?}",
            parsed.findings
        );
        assert!(parsed.is_valid(), "{text}: {:?}", parsed.findings);
        assert_eq!(text == canonical, parsed.findings.is_empty(), "{text}");
        for finding in &parsed.findings {
            let there: String = text
                .chars()
                .skip(finding.span.start)
                .take(finding.span.end - finding.span.start)
                .collect();
            assert_eq!(there, finding.what, "{text}: {finding:?}");
            assert!(finding.mend.is_some(), "{text}: {finding:?}");
        }
    }
}

#[test]
fn every_dash_before_a_year_is_mended() {
    let dashes = "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2015}\u{2212}\u{fe58}\u{fe63}\u{ff0d}\u{4e00}";
    for stem in [
        "GB/T 1.1",
        "SB/T 11238",
        "DB3201/T 284",
        "T/CAS 290",
        "Q/ABC 001",
        "DBS50/ 028",
    ] {
        for dash in dashes.chars() {
            let parsed = read(&format!("{stem}{dash}2020"));
            assert_eq!(parsed.designation.to_string(), format!("{stem}—2020"));
            let told: Vec<_> = parsed.findings.iter().map(|f| f.kind).collect();
            assert_eq!(told, [FindingKind::WrongDash], "{stem} {dash:?}");
        }
    }
}
