//! Damaged designations: read or refused, never a panic; and what was read is what is printed.
#![allow(clippy::unwrap_used, reason = "tests")]

use designation::{Designation, Known, Report, find, normalise, parse, parse_list};
use fuzz::Fuzz;

const CORPUS: &[&str] = &[
    "GB/T 1.1—2020",
    "GB 18030—2022",
    "GB/Z 45261-2025",
    "DB3201/T 1234—2026",
    "DB50/T 12－2025",
    "DBS50/ 022—2021",
    "T/ABC 1—2026",
    "T/31SCTA 005—2024",
    "Q/0HW 12.3—2025",
    "SB/T 10382—2012",
    "GB/T 19001—2016/ISO 9001:2015",
    "ISO/IEC 27001:2022",
    "ISO/IEC/IEEE 15288:2023",
    "GB/T 1.1—2020《标准化工作导则 第1部分：标准化文件的结构和起草规则》",
    "GB/T 7714—2015、GB/T 15834—2011和DB11/T 2000—2022",
    "DB3201/T XXXX—2026",
    "GB/T 20000.1-XXXX",
    "GB/T 5750.4—2023/XG1—2025",
    // These were read as one number and printed as another.
    "Q/0HW ....2026..'",
    "Q/ABC 1.2020.",
];
const WORDS: &[&str] = &[
    "GB",
    "GB/T",
    "DB",
    "DB32",
    "/T",
    "T/",
    "Q/",
    "ISO",
    "IEC",
    "ISO/IEC ",
    "—",
    "-",
    "－",
    "–",
    " ",
    "/",
    ".",
    ":",
    "2026",
    "99",
    "0",
    "00000000000000000000",
    "65536",
    "XXXX",
    "××××",
    "XG1",
    "第1部分",
    "、",
    "和",
    "《",
    "》",
];

#[test]
fn whatever_is_read_is_printed_and_read_again() {
    let known = Known::default();
    Fuzz::new("designation").rounds(6_000).text(CORPUS, WORDS, |text| {
        if let Ok(read) = parse(text, &known) {
            let printed = read.designation.to_string();
            let again: Designation = printed.parse().unwrap();
            assert_eq!(again, read.designation, "{printed}");
            assert_eq!(
                Designation::from_slug(&read.designation.slug()).unwrap(),
                read.designation
            );
            let canonical = parse(&printed, &known).unwrap();
            assert_eq!(canonical.designation, read.designation, "{printed}");
        }
        if let Ok(normal) = normalise(text, &known) {
            assert_eq!(normalise(&normal, &known).unwrap(), normal);
        }
        let _ = Designation::from_slug(text);
    });
}

#[test]
fn spans_lie_within_the_text() {
    let known = Known::default();
    Fuzz::new("designation spans")
        .rounds(4_000)
        .text(CORPUS, WORDS, |text| {
            let characters = text.chars().count();
            let listed = parse_list(text, &known).unwrap_or_default();
            for found in find(text, &known).iter().chain(&listed) {
                assert!(
                    found.span.start <= found.span.end && found.span.end <= characters,
                    "{found:?}"
                );
                for finding in &found.findings {
                    assert!(
                        finding.span.start <= finding.span.end && finding.span.end <= characters,
                        "{finding:?}"
                    );
                }
            }
            let _ = Report::of(text, &known);
        });
}
