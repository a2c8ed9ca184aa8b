//! What reading tells: errors, pending numbers, lists, running text, the report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use designation::{
    AmendmentForm, Designation, FindingKind, IndustryCode, Issuer, Kind, Known, Nature, Region, Report, Severity, find,
    normalise, parse, parse_list,
};

fn read(text: &str) -> designation::Parsed {
    parse(text, &Known::default()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let wrong = [
        ("XX/T 12—2020", FindingKind::UnknownIndustryCode, 0, 2),
        ("DB99/T 12—2020", FindingKind::UnknownRegion, 2, 4),
        ("DB81/T 12—2020", FindingKind::UnknownRegion, 2, 4),
        ("DB3100/T 12—2020", FindingKind::UnknownRegion, 2, 6),
        ("DBS99/ 12—2020", FindingKind::UnknownRegion, 3, 5),
        ("GB/T 1.1", FindingKind::MissingYear, 8, 8),
        ("GB/T 1.1—202", FindingKind::BadYear, 9, 12),
        ("GB/T 1.1—20201", FindingKind::BadYear, 9, 14),
        ("GB/T 0—2020", FindingKind::BadNumber, 5, 6),
        ("GB/T 1234567—2020", FindingKind::BadNumber, 5, 12),
        ("GB/ 1.1—2020", FindingKind::StraySlash, 2, 3),
        ("DB11/T 65—98", FindingKind::TwoDigitYear, 10, 12),
        ("GB/T 1.1—2020 等", FindingKind::TrailingText, 14, 15),
        ("DBS50/T 028—2022", FindingKind::UnexpectedNature, 6, 7),
        ("GB 20300—2018/XG1", FindingKind::MissingYear, 17, 17),
    ];
    for (text, kind, start, end) in wrong {
        let parsed = read(text);
        let told = parsed.findings.iter().find(|f| f.severity == Severity::Wrong);
        let told = told.unwrap_or_else(|| panic!("{text}: {:?}", parsed.findings));
        assert_eq!(
            (told.kind, told.span.start, told.span.end),
            (kind, start, end),
            "{text}: {:?}",
            parsed.findings
        );
        assert!(!parsed.is_valid());
    }
}

#[test]
fn texts_that_are_no_designation_are_refused() {
    for text in [
        "",
        "   ",
        "标准",
        "…",
        "××××",
        "GB",
        "GB/T",
        "GB/T —2020",
        "T/123 1—2020",
        "T/ 1—2020",
        "Q/ABC",
        "ABC 12—2020",
        "2024-T-469",
        "20240512-X-469",
        "00000512-T-469",
        "DB123/T 1—2020",
        "ISO",
        "ISO/IEC",
        "ITU-X 1",
        "/T 1—2020",
        "GSB 16",
        "GBZ-3201",
    ] {
        let refused = parse(text, &Known::default()).expect_err(text);
        assert_eq!(refused.input, text);
        let report = Report::of(text, &Known::default());
        assert_eq!(report.len(), 1);
        assert!(!report[0].valid && report[0].canonical.is_none(), "{text}");
    }
}

#[test]
fn the_year_may_lie_ahead_and_old_ones_have_two_digits() {
    assert!(read("GB/T 1.1—2099").findings.is_empty());
    let old = read("GB 1234-88");
    assert_eq!(old.designation.to_string(), "GB 1234—88");
    assert_eq!(old.designation.year().unwrap().value(), 1988);
    let told = old
        .findings
        .iter()
        .find(|f| f.kind == FindingKind::TwoDigitYear)
        .unwrap();
    assert_eq!((told.severity, told.mend.as_deref()), (Severity::Noted, Some("1988")));
}

#[test]
fn pending_numbers_are_designations() {
    for text in [
        "DB3201/T …—2026",
        "DB3201/T ……-2026",
        "DB3201/T XXXX—2026",
        "DB3201/T ××××—2026",
        "DB3201/TXXXX-2026",
        "DB3201/T 编号待补—2026",
        "DB3201/T（编号待补）—2026",
        "DB3201/T □□□-2026",
        "DB3201/T ...-2026",
    ] {
        let parsed = read(text);
        assert_eq!(parsed.designation.to_string(), "DB3201/T XXXX—2026", "{text}");
        assert!(
            parsed.designation.is_pending() && parsed.is_valid(),
            "{text}: {:?}",
            parsed.findings
        );
        assert!(
            parsed.findings.iter().any(|f| f.kind == FindingKind::NumberPending),
            "{text}"
        );
    }
    for (text, canonical) in [
        ("GB/T XXXXX—XXXX", "GB/T XXXX—XXXX"),
        ("GB/T XXXXX.2—XXXX", "GB/T XXXX.2—XXXX"),
        ("SB/T XXXX—2026", "SB/T XXXX—2026"),
        ("T/CAS XXX—2026", "T/CAS XXXX—2026"),
        ("Q/ABC …—2026", "Q/ABC XXXX—2026"),
        ("DBS50/ XXX—2026", "DBS50/ XXXX—2026"),
        ("DB50/T 编号待补", "DB50/T XXXX—XXXX"),
        ("编号待补", "编号待补"),
        ("（编号待补）", "编号待补"),
    ] {
        let parsed = read(text);
        assert_eq!(parsed.designation.to_string(), canonical, "{text}");
        assert!(
            parsed.designation.is_pending() && parsed.is_valid(),
            "{text}: {:?}",
            parsed.findings
        );
        assert_eq!(
            Designation::from_slug(&parsed.designation.slug()),
            Some(parsed.designation)
        );
    }
    let wholly = read("编号待补").designation;
    assert_eq!(
        (wholly.kind(), wholly.tier(), wholly.issuer()),
        (Kind::Pending, None, &Issuer::Unknown)
    );
}

#[test]
fn a_pending_number_is_given_out() {
    let draft = read("DB3201/T XXXX—2026").designation;
    assert_eq!(
        draft.numbered("1234.1", 2027).unwrap().to_string(),
        "DB3201/T 1234.1—2027"
    );
    assert!(draft.numbered("", 2026).is_err());
    assert!(draft.numbered("XXXX", 2026).is_err());
    assert!(draft.numbered("12/13", 2026).is_err());
    assert!(read("编号待补").designation.numbered("12", 2026).is_err());
}

#[test]
fn codes_that_the_caller_knows_count() {
    let mut known = Known::default();
    assert_eq!((known.industry.len(), known.regions.len()), (76, 31));
    assert!(!parse("DT/T 1—2026", &known).unwrap().is_valid());
    known.industry.insert(IndustryCode::new("DT").unwrap());
    known.regions.insert(Region::new("71").unwrap());
    assert!(parse("DT/T 1—2026", &known).unwrap().findings.is_empty());
    assert!(parse("DB7101/T 1—2026", &known).unwrap().findings.is_empty());
    known.industry.remove(&IndustryCode::new("SB").unwrap());
    assert!(!parse("SB/T 1—2026", &known).unwrap().is_valid());
    assert!(IndustryCode::new("GB").is_err() && IndustryCode::new("sb").is_err() && Region::new("320").is_err());
    assert_eq!(IndustryCode::new("SB").unwrap().field(), Some("国内贸易"));
    let nanjing = Region::new("3201").unwrap();
    assert_eq!(
        (nanjing.place_code().as_str(), nanjing.province_name()),
        ("320100", Some("江苏"))
    );
    for (digits, name) in [
        ("50", "重庆市"),
        ("45", "广西壮族自治区"),
        ("65", "新疆维吾尔自治区"),
        ("3201", "江苏省"),
    ] {
        assert_eq!(
            Region::new(digits).unwrap().province_full_name(),
            Some(name),
            "{digits}"
        );
    }
    assert_eq!(Region::new("71").unwrap().province_full_name(), None);
}

#[test]
fn several_numbers_make_a_list() {
    let two = ["LS/T 1301—2022", "GC/T 1801—2022"];
    for between in [" ", "/", "、", "，", "；", " / ", "和", "\n", "　"] {
        let list = parse_list(&two.join(between), &Known::default()).unwrap();
        let texts: Vec<String> = list.iter().map(|p| p.designation.to_string()).collect();
        assert_eq!(texts, two, "{between:?}");
        assert!(list.iter().all(designation::Parsed::is_valid), "{between:?}");
    }
    let joint = parse_list(
        "DB11/T 3000-2021、DB12/T 3000-2021、DB13/T 3000-2021",
        &Known::default(),
    )
    .unwrap();
    assert_eq!(joint.len(), 3);
    let one = parse("LS/T 1301—2022 GC/T 1801—2022", &Known::default()).unwrap();
    assert_eq!(one.findings[0].kind, FindingKind::SeveralNumbers);
    assert_eq!(
        normalise("LS/T1301-2022/T/CAS290-2017", &Known::default()).unwrap(),
        "LS/T 1301—2022 T/CAS 290—2017"
    );
    let double = parse_list("GB/T 19001—2016/ISO 9001:2015", &Known::default()).unwrap();
    assert_eq!(double.len(), 1);
    assert_eq!(double[0].designation.adopted()[0].to_string(), "ISO 9001:2015");
}

#[test]
fn parts_of_the_value_are_told() {
    let amended = read("GB 20300—2018/XG1—2020").designation;
    let amendment = amended.amendment().unwrap();
    assert_eq!(
        (amendment.form, amendment.number, amendment.year.unwrap().value()),
        (AmendmentForm::Xg, 1, 2020)
    );
    for text in [
        "T/CAS 290—2017/XG2—2026",
        "DB50/T 1—2020/XG2—2026",
        "DBS50/ 028—2022/XG2—2026",
    ] {
        let amendment = read(text).designation.amendment().unwrap();
        assert_eq!(
            (amendment.form, amendment.number, amendment.year.unwrap().value()),
            (AmendmentForm::Xg, 2, 2026),
            "{text}"
        );
    }
    assert_eq!(read("20240512-Q-469").designation.nature(), Nature::Unmarked);
    assert_eq!(read("20240512-Z-469").designation.nature(), Nature::Guidance);
    assert_eq!(
        read("DB3201/T 1—2020").designation.region().map(Region::as_str),
        Some("3201")
    );
    assert_eq!(
        read("DB/T 1—2020").designation.industry().map(IndustryCode::as_str),
        Some("DB")
    );
}

#[test]
fn running_text_gives_its_designations_with_their_places() {
    let known = Known::default();
    let cases: [(&str, &[&str]); 12] = [
        (
            "南京发布DB3201/T 1234—2026《养老机构康复服务规范》",
            &["DB3201/T 1234—2026"],
        ),
        (
            "按照GB/T 1.1-2020、GB/T19001-2016/ISO 9001:2015和T/CAS 290—2017执行。",
            &["GB/T 1.1—2020", "GB/T 19001—2016/ISO 9001:2015", "T/CAS 290—2017"],
        ),
        (
            "代替SB/T 10409—2007（见GB/T 19001），2024年第3号公告",
            &["SB/T 10409—2007", "GB/T 19001"],
        ),
        ("计划号20240512-T-469，电话025-83630000", &["20240512-T-469"]),
        (
            "联合发布 DB11/T 3000-2021/DB12/T 3000-2021",
            &["DB11/T 3000—2021", "DB12/T 3000—2021"],
        ),
        ("DB50/T XXXX—2026《……》尚未编号", &["DB50/T XXXX—2026"]),
        (
            "依据 iso 14067:2018 与 GB/T 24067—2024①。",
            &["ISO 14067:2018", "GB/T 24067—2024"],
        ),
        (
            "COVID 19-2020, RGB 255, in 12-2020, AB 12-2020, 5 kg/T 30, 商资发〔2024〕314号",
            &[],
        ),
        ("sl 300-2010 km/h, ok 3—2020, USB 3.0, JT 5", &[]),
        ("SL 300—2010；HJ 2.2-2018", &["SL 300—2010", "HJ 2.2—2018"]),
        ("编号待补", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let found = find(text, &known);
        let texts: Vec<String> = found.iter().map(|f| f.designation.to_string()).collect();
        assert_eq!(texts, expected, "{text}");
        for hit in &found {
            let there: String = text
                .chars()
                .skip(hit.span.start)
                .take(hit.span.end - hit.span.start)
                .collect();
            assert_eq!(
                parse(&there, &known).unwrap().designation,
                hit.designation,
                "{text}: {there}"
            );
        }
    }
    let wide = find("见ＧＢ／Ｔ　１．１－２０２０。", &known);
    assert_eq!((wide[0].span.start, wide[0].span.end), (1, 14));
}

#[test]
fn the_report_has_the_shape_that_programs_read() {
    let report = Report::of("DB3201/T1234.2-2026", &Known::default());
    insta::assert_json_snapshot!(report, @r#"
    [
      {
        "input": "DB3201/T1234.2-2026",
        "canonical": "DB3201/T 1234.2—2026",
        "tier": "local",
        "issuer": "DB3201",
        "number": "1234",
        "part": "2",
        "year": 2026,
        "valid": true,
        "findings": [
          {
            "code": "missing_blank",
            "severity": "mended",
            "at": [
              8,
              8
            ],
            "what": "",
            "mend": " "
          },
          {
            "code": "wrong_dash",
            "severity": "mended",
            "at": [
              14,
              15
            ],
            "what": "-",
            "mend": "—"
          }
        ]
      }
    ]
    "#);
    let nothing = serde_json::to_value(Report::of("标准", &Known::default())).unwrap();
    assert_eq!(
        nothing,
        serde_json::json!([{
            "input": "标准", "canonical": null, "tier": null, "issuer": null, "number": null, "part": null, "year": null,
            "valid": false,
            "findings": [{"code": "unreadable", "severity": "wrong", "at": [0, 2], "what": "标准", "mend": null}],
        }])
    );
    let pair = Report::of("LS/T 1301—2022 GC/T 1801—2022", &Known::default());
    let issuers: Vec<_> = pair.iter().filter_map(|report| report.issuer.as_deref()).collect();
    assert_eq!(issuers, ["LS", "GC"]);
}
