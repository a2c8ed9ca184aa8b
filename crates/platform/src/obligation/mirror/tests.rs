#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;

fn tasks() -> Vec<TaskTitle> {
    let task = |number: u32, titles: &[&str], places: &[&str]| TaskTitle {
        id: format!("first-{number}"),
        number,
        titles: titles.iter().map(|t| (*t).to_owned()).collect(),
        places: places.iter().map(|p| (*p).to_owned()).collect(),
    };
    vec![
        task(15, &["山地旅游服务规范"], &["500000"]),
        task(
            20,
            &["养老机构康复服务规范", "Rehabilitation services in homes for the aged"],
            &["320100"],
        ),
        task(26, &["服务贸易统计监测指南"], &["320100"]),
        task(28, &["5G+智慧工厂建设指南"], &["500000"]),
        task(84, &["碳中和实施指南"], &["120000"]),
        task(94, &["碳中和评价指南"], &["110000"]),
    ]
}

fn places() -> Vec<PlaceName> {
    let place = |code: &str, names: &[&str], prefix: &str| PlaceName {
        code: code.to_owned(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        prefix: Some(prefix.to_owned()),
    };
    vec![
        place("320000", &["江苏省", "江苏", "Jiangsu"], "DB32"),
        place("320100", &["南京市", "南京", "Nanjing"], "DB3201"),
        place("500000", &["重庆市", "重庆", "Chongqing"], "DB50"),
        place("110000", &["北京市", "北京", "Beijing"], "DB11"),
        place("120000", &["天津市", "天津", "Tianjin"], "DB12"),
    ]
}

pub(super) fn of(line: &str) -> Proposal {
    read(line, &tasks(), &places())
}

/// Line; kind; stage; designation; title; published; in force; place; the first task.
type Case = (
    &'static str,
    Kind,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
);

const CASES: &[Case] = &[
    (
        "DB3201/T 1234—2026《养老机构康复服务规范》2026年3月1日发布",
        Kind::Evidence,
        "60.60",
        "DB3201/T 1234—2026",
        "养老机构康复服务规范",
        "2026-03-01",
        "",
        "320100",
        20,
    ),
    (
        "市市场监管局发布南京市地方标准《养老机构康复服务规范》（DB3201/T 1234—2026），自2026-04-01起实施",
        Kind::Evidence,
        "60.60",
        "DB3201/T 1234—2026",
        "养老机构康复服务规范",
        "",
        "2026-04-01",
        "320100",
        20,
    ),
    (
        "ＤＢ３２０１/Ｔ　1234-2026　养老机构康复服务规范，2026年3月1日发布，2026年4月1日实施",
        Kind::Evidence,
        "60.60",
        "DB3201/T 1234—2026",
        "养老机构康复服务规范",
        "2026-03-01",
        "2026-04-01",
        "320100",
        20,
    ),
    (
        "DB50/T 1800—2026 《5G+智慧工厂建设指南》 发布日期：2026-02-10 实施日期：2026-05-10",
        Kind::Evidence,
        "60.60",
        "DB50/T 1800—2026",
        "5G+智慧工厂建设指南",
        "2026-02-10",
        "2026-05-10",
        "500000",
        28,
    ),
    (
        "重庆市市场监督管理局批准发布《山地旅游服务规范》等3项地方标准（2026年6月18日）",
        Kind::Evidence,
        "60.60",
        "",
        "山地旅游服务规范",
        "2026-06-18",
        "",
        "500000",
        15,
    ),
    (
        "关于公开征求《养老机构康复服务规范（征求意见稿）》意见的公告，请于2026年12月31日前反馈，南京市市场监管局 2026年11月20日",
        Kind::Stage,
        "30.20",
        "",
        "养老机构康复服务规范",
        "2026-11-20",
        "",
        "320100",
        20,
    ),
    (
        "《服务贸易统计监测指南》列入2026年度南京市地方标准制修订项目计划",
        Kind::Stage,
        "10.99",
        "",
        "服务贸易统计监测指南",
        "",
        "",
        "320100",
        26,
    ),
    (
        "南京市市场监督管理局下达2026年地方标准项目计划：《服务贸易统计监测指南》（2026.05.06）",
        Kind::Stage,
        "10.99",
        "",
        "服务贸易统计监测指南",
        "2026-05-06",
        "",
        "320100",
        26,
    ),
    (
        "《碳中和评价指南》立项申报公示，北京，2026年7月2日",
        Kind::Stage,
        "10.20",
        "",
        "碳中和评价指南",
        "2026-07-02",
        "",
        "110000",
        94,
    ),
    (
        "《碳中和实施指南》（报批稿）已于2026/8/9报送天津市市场监管委",
        Kind::Stage,
        "",
        "",
        "碳中和实施指南",
        "2026-08-09",
        "",
        "120000",
        84,
    ),
    (
        "天津市《碳中和实施指南》通过技术审查 2026-08-01",
        Kind::Stage,
        "40.99",
        "",
        "碳中和实施指南",
        "2026-08-01",
        "",
        "120000",
        84,
    ),
    (
        "DB12/T 900—2026《碳中和实施指南》已完成备案，2026年9月1日",
        Kind::Evidence,
        "60.99",
        "DB12/T 900—2026",
        "碳中和实施指南",
        "2026-09-01",
        "",
        "120000",
        84,
    ),
    (
        "DB12/T 900—2026《碳中和实施指南》复审结论：继续有效（2031年9月1日）",
        Kind::Stage,
        "90.93",
        "DB12/T 900—2026",
        "碳中和实施指南",
        "2031-09-01",
        "",
        "120000",
        84,
    ),
    (
        "自2026年10月1日起废止DB50/T 1800—2020《5G+智慧工厂建设指南》",
        Kind::Stage,
        "95.60",
        "DB50/T 1800—2020",
        "5G+智慧工厂建设指南",
        "2026-10-01",
        "",
        "500000",
        28,
    ),
    (
        "DB3201/T …—2026《养老机构康复服务规范》2026年3月1日发布",
        Kind::Evidence,
        "60.60",
        "",
        "养老机构康复服务规范",
        "2026-03-01",
        "",
        "320100",
        20,
    ),
    (
        "DB3201/T XXXX—2026《养老机构康复服务规范》（送审稿）审查会定于2026年3月5日召开",
        Kind::Stage,
        "40.20",
        "",
        "养老机构康复服务规范",
        "2026-03-05",
        "",
        "320100",
        20,
    ),
    (
        "DB3201/T 1234—2026 “Rehabilitation services in homes for the aged” published on 1 March 2026 and effective from 1 April 2026",
        Kind::Evidence,
        "60.60",
        "DB3201/T 1234—2026",
        "Rehabilitation services in homes for the aged",
        "2026-03-01",
        "2026-04-01",
        "320100",
        20,
    ),
    (
        "Nanjing opens public comment on \"Rehabilitation services in homes for the aged\" until December 31, 2026",
        Kind::Stage,
        "30.20",
        "",
        "Rehabilitation services in homes for the aged",
        "",
        "",
        "320100",
        20,
    ),
    (
        "江苏省南京市地方标准《养老机构康复服务规范》启动编制，2026年1月15日",
        Kind::Stage,
        "20.20",
        "",
        "养老机构康复服务规范",
        "2026-01-15",
        "",
        "320000",
        20,
    ),
    (
        "落实清单第28项任务，重庆市发布《智慧工厂评价规范》，2026年3月3日",
        Kind::Evidence,
        "60.60",
        "",
        "智慧工厂评价规范",
        "2026-03-03",
        "",
        "500000",
        28,
    ),
    (
        "DB3201/T 1234—2026 养老机构康复服务规范",
        Kind::Evidence,
        "60.60",
        "DB3201/T 1234—2026",
        "养老机构康复服务规范",
        "",
        "",
        "320100",
        20,
    ),
    (
        "《养老机构…服务规范》2026年3月1日发布，南京",
        Kind::Evidence,
        "60.60",
        "",
        "养老机构…服务规范",
        "2026-03-01",
        "",
        "320100",
        20,
    ),
];

#[test]
fn lines_of_announcements_and_plans() {
    let mut wrong = Vec::new();
    for (line, kind, stage, designation, title, published, in_force, place, task) in CASES {
        let read = of(line);
        let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        let found = (
            read.kind,
            if stage.is_empty() {
                String::new()
            } else {
                read.stage.clone().unwrap_or_default()
            },
            read.designation.clone().unwrap_or_default(),
            read.title.clone(),
            day(read.published),
            day(read.in_force),
            read.place.clone().unwrap_or_default(),
            read.tasks.first().map_or(0, |t| t.number),
        );
        let expected = (
            *kind,
            (*stage).to_owned(),
            (*designation).to_owned(),
            (*title).to_owned(),
            (*published).to_owned(),
            (*in_force).to_owned(),
            (*place).to_owned(),
            *task,
        );
        if found != expected {
            wrong.push(format!(
                "{line}\n  found    {found:?}\n  expected {expected:?}\n  doubts {:?}",
                read.doubts
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_missing_or_twofold_is_a_doubt() {
    let doubts = |line: &str| of(line).doubts;
    assert!(doubts("南京市发布《养老机构康复服务规范》，2026年3月1日").contains(&Doubt::NoDesignation));
    assert!(matches!(
        doubts("DB3201/T …—2026《养老机构康复服务规范》2026年3月1日发布")[..],
        [Doubt::OpenNumber(_)]
    ));
    assert!(doubts("DB3201/T 1234—2026《养老机构康复服务规范》发布").contains(&Doubt::NoDate));
    assert!(doubts("南京《养老机构康复服务规范》2026年3月发布").contains(&Doubt::NoDayOfMonth("2026年3月".to_owned())));
    assert!(
        doubts("南京《养老机构康复服务规范》2026年2月30日发布")
            .iter()
            .any(|d| matches!(d, Doubt::NoSuchDate(_)))
    );
    assert!(
        doubts("重庆市发布DB3201/T 1234—2026《养老机构康复服务规范》2026年3月1日")
            .iter()
            .any(|d| matches!(d, Doubt::PlacesDiffer { .. }))
    );
    assert!(
        doubts("DB3201/T 1234—2025《养老机构康复服务规范》2026年3月1日发布")
            .iter()
            .any(|d| matches!(d, Doubt::YearsDiffer { .. }))
    );
    assert!(
        doubts("DB3201/T 1《养老机构康复服务规范》2026年3月1日实施，2026年4月1日发布").contains(&Doubt::InForceFirst)
    );
    assert!(doubts("南京市发布《某项与清单无关的标准》 2026年3月1日").contains(&Doubt::NoTask));
    assert!(
        doubts("《养老机构康复服务规范》《山地旅游服务规范》发布")
            .iter()
            .any(|d| matches!(d, Doubt::SeveralTitles(t) if t.len() == 2))
    );
    assert!(doubts("《碳中和指南》2026年3月1日发布").contains(&Doubt::SeveralTasks));
    assert_eq!(doubts("  "), [Doubt::Length]);
    assert_eq!(doubts(&"名".repeat(10_000)), [Doubt::Length]);
}

#[test]
fn a_plain_line_carries_no_doubt() {
    assert_eq!(of(CASES[0].0).doubts, []);
    assert_eq!(of(CASES[0].0).tasks[0].reasons, [Reason::SameTitle, Reason::PlaceHolds]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(line in "[《》“”\"（）\\PC…×]{0,80}") {
        let read = of(&line);
        proptest::prop_assert!(read.tasks.iter().all(|t| (0.0..=1.0).contains(&t.score)));
        proptest::prop_assert!(read.tasks.windows(2).all(|w| w[0].score >= w[1].score));
    }

    #[test]
    fn a_day_in_any_writing_is_the_same_day(year in 2025i16..2035, month in 1i8..=12, day in 1i8..=28) {
        let writings = [
            format!("{year}年{month}月{day}日"), format!("{year}-{month:02}-{day:02}"), format!("{year}/{month}/{day}"), format!("{year}.{month:02}.{day:02}"),
        ];
        let expected = Date::new(year, month, day).unwrap();
        for writing in writings {
            let read = of(&format!("南京市发布《养老机构康复服务规范》，{writing}"));
            proptest::prop_assert_eq!(read.published, Some(expected));
        }
    }
}
