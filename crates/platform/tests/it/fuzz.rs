//! Damaged lines, periods and tables of the operator: read or refused, never a panic.

use ::fuzz::Fuzz;
use platform::{
    obligation::mirror::{PlaceName, TaskTitle, read},
    report::period::Period,
    rights::{RightsTable, visibility::Visibility},
};

#[test]
fn a_pasted_line_is_read_or_doubted() {
    let tasks = [
        TaskTitle {
            id: "first-20".into(),
            number: 20,
            titles: vec![
                "养老机构康复服务规范".into(),
                "Rehabilitation in homes for the aged".into(),
            ],
            places: vec!["320100".into()],
        },
        TaskTitle {
            id: "first-84".into(),
            number: 84,
            titles: vec!["绿色供应链".into(), "循环经济".into()],
            places: vec!["510100".into(), "320100".into()],
        },
    ];
    let place = |code: &str, names: &[&str], prefix: &str| PlaceName {
        code: code.into(),
        names: names.iter().map(|n| (*n).into()).collect(),
        prefix: Some(prefix.into()),
    };
    let places = [
        place("320100", &["南京市", "南京", "Nanjing"], "DB3201"),
        place("510100", &["成都市", "成都", "Chengdu"], "DB5101"),
    ];
    let corpus = [
        "DB3201/T 1234—2026《养老机构康复服务规范》2026年3月1日发布",
        "南京市市场监督管理局关于《养老机构康复服务规范》等3项地方标准征求意见的通知（2026-05-01至2026-06-01）",
        "2026年第二批地方标准制修订计划：绿色供应链管理规范，起草单位：成都市商务局，2026.4",
        "T/ABC 12—2026 Rehabilitation in homes for the aged, published 2026-03-01, in force 2026-06-01",
        "DB5101/T XXXX—2026 循环经济通则 报批",
    ];
    let words = [
        "《",
        "》",
        "发布",
        "实施",
        "征求意见",
        "立项",
        "报批",
        "2026年",
        "13月",
        "31日",
        "DB3201/T",
        "—",
        "至",
        "等3项",
        "第",
        "0000-00-00",
        "2026-02-30",
        "南京",
        "成都",
        "养老机构",
    ];
    Fuzz::new("pasted line").rounds(1_500).text(&corpus, &words, |line| {
        let proposal = read(line, &tasks, &places);
        assert!(proposal.tasks.iter().all(|c| c.number == 20 || c.number == 84));
        if let Some(designation) = &proposal.designation {
            let canonical = designation::parse(designation, &designation::Known::default()).unwrap();
            assert_eq!(&canonical.designation.to_string(), designation);
        }
        // A place that we know, or the one whose standard it is: a code in either case.
        assert!(
            proposal
                .place
                .iter()
                .all(|p| p.len() == 6 && p.bytes().all(|b| b.is_ascii_digit()))
        );
    });
}

#[test]
fn a_period_is_printed_as_it_was_read() {
    Fuzz::new("period").rounds(4_000).text(
        &["2026-03", "2026-Q1", "2024"],
        &["Q", "-", "13", "00", "9999"],
        |text| {
            if let Ok(period) = text.parse::<Period>() {
                assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
            }
        },
    );
}

#[test]
fn tables_of_the_operator_are_taken_or_refused() {
    let words = [
        "[[row]]",
        "=",
        "\"public\"",
        "\"desk\"",
        "[",
        "]",
        "\n",
        "place",
        "role",
    ];
    Fuzz::new("rights")
        .rounds(60)
        .text(&[platform::catalogue::RIGHTS], &words, |text| {
            let _ = RightsTable::parse(text);
        });
    Fuzz::new("visibility")
        .rounds(60)
        .text(&[platform::catalogue::VISIBILITY], &words, |text| {
            let _ = Visibility::parse(text);
        });
}
