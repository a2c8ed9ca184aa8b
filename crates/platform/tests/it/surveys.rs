//! Statistics surveys: opened with all their marks, reported to by units alone, kept from everybody else, published after
//! suppression, spliced where the definition changed.

use crate::opened::{self, Opened, somebody};
use jiff::civil::{Date, date};
use ledger::{AsOf, Position};
use platform::{
    bilingual::Bilingual,
    context::{Context, PersonId, Reader},
    refusal::{Error, Refusal},
    rights::Role,
    survey::{
        MARKS, SECRECY,
        command::{self, NewSurvey, NewUnit, TypedMarks},
        definition::Typed as TypedDefinition,
        event::Wanted,
        keeping, publishing, query, reporting,
        series::series,
    },
};
use std::collections::BTreeMap;

/// Bodies of the shipped catalogue that are units here.
const UNITS: [(&str, &str, &str); 10] = [
    ("nanjing-commerce", "批发", "40.5"),
    ("nanjing-market", "批发", "50"),
    ("chengdu-commerce", "批发", "60"),
    ("chengdu-market", "批发", "45"),
    ("chongqing-commerce", "零售", "30"),
    ("chongqing-market", "零售", "20"),
    ("beijing-commerce", "零售", "25"),
    ("beijing-market", "零售", "35"),
    ("miit", "物流", "7719.25"),
    ("samr", "物流", "80"),
];
/// What stands nowhere but in a row, or in the name of a unit.
const SECRETS: [&str; 3] = ["7719.25", "Zqremark7719", "Zqunit7719"];

fn statistician(person: &str) -> Context {
    somebody(person, Role::Statistician, "mofcom", None, &[])
}

fn reporter(organization: &str) -> Context {
    somebody(
        &format!("p-of-{organization}"),
        Role::OrganizationRepresentative,
        organization,
        None,
        &[],
    )
}

fn on(context: &Context, day: Date) -> Context {
    Context {
        today: day,
        ..context.clone()
    }
}

fn new() -> NewSurvey {
    NewSurvey {
        title: Bilingual::new("服务业企业调查", "Survey of service enterprises"),
        marks: TypedMarks {
            form_number: "SW01".to_owned(),
            maker: "商务部".to_owned(),
            approval: "filed".to_owned(),
            approval_number: "国统备〔2026〕1号".to_owned(),
            valid_from: Some(date(2026, 1, 1)),
            valid_until: Some(date(2027, 12, 31)),
        },
        purpose: String::new(),
        organization: "mofcom".to_owned(),
    }
}

fn definition(from: &str) -> TypedDefinition {
    TypedDefinition {
        frequency: "year".to_owned(),
        from: from.to_owned(),
        measures: "revenue | 营业收入 | 万元 | Revenue".to_owned(),
        classes: "branch | 行业 | 批发; 零售; 物流 | Industry".to_owned(),
        ..TypedDefinition::default()
    }
}

fn unit(organization: &str, branch: &str) -> NewUnit {
    NewUnit {
        name: if organization == "miit" {
            "Zqunit7719".to_owned()
        } else {
            String::new()
        },
        organization: organization.to_owned(),
        classes: BTreeMap::from([("branch".to_owned(), branch.to_owned())]),
    }
}

fn row(period: &str, value: &str) -> reporting::Typed {
    reporting::Typed {
        period: period.to_owned(),
        definition: None,
        values: BTreeMap::from([("revenue".to_owned(), value.to_owned())]),
        note: if value == "7719.25" {
            "Zqremark7719".to_owned()
        } else {
            String::new()
        },
    }
}

fn wanted(definition: u32, period: &str) -> Wanted {
    Wanted {
        definition,
        period: period.to_owned(),
        measure: "revenue".to_owned(),
        rows: Some("branch".to_owned()),
        columns: None,
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

/// A survey with its units, each of which has reported for 2025.
async fn surveyed(opened: &Opened) -> String {
    let keeper = statistician("p-keeper");
    let id = command::open(&opened.platform, &keeper, &new()).await.unwrap().id;
    command::define(&opened.platform, &keeper, &id, &definition("2025"))
        .await
        .unwrap();
    for (organization, branch, value) in UNITS {
        command::enter_unit(&opened.platform, &keeper, &id, &unit(organization, branch))
            .await
            .unwrap();
        reporting::report(&opened.platform, &reporter(organization), &id, &row("2025", value))
            .await
            .unwrap();
    }
    id
}

#[tokio::test]
async fn without_its_marks_a_survey_is_not_opened_and_outside_its_validity_nothing_is_taken() {
    let opened = opened::with_list().await;
    let keeper = statistician("p-keeper");
    let mut unmarked = new();
    unmarked.marks.approval_number = String::new();
    let refusal = refused(command::open(&opened.platform, &keeper, &unmarked).await);
    assert_eq!((refusal.rule, refusal.source), ("survey/marks", MARKS));
    let analyst = somebody("p-analyst", Role::MinistryAnalyst, "mofcom", None, &[]);
    assert_eq!(
        refused(command::open(&opened.platform, &analyst, &new()).await).rule,
        "rights/missing"
    );

    let id = surveyed(&opened).await;
    let unit = reporter("samr");
    for day in [date(2025, 12, 31), date(2028, 1, 1)] {
        let refusal = refused(reporting::report(&opened.platform, &on(&unit, day), &id, &row("2025", "1")).await);
        assert_eq!((refusal.rule, refusal.source), ("survey/validity", MARKS));
    }
    let marks = TypedMarks {
        valid_until: Some(date(2029, 12, 31)),
        ..new().marks
    };
    command::renew(&opened.platform, &keeper, &id, &marks).await.unwrap();
    let later = on(&unit, date(2028, 1, 1));
    reporting::report(&opened.platform, &later, &id, &row("2025", "81"))
        .await
        .unwrap();
    command::close(&opened.platform, &keeper, &id, "调查完成")
        .await
        .unwrap();
    let refusal = refused(reporting::report(&opened.platform, &later, &id, &row("2025", "82")).await);
    assert_eq!(refusal.rule, "survey/closed");
}

#[tokio::test]
async fn rows_are_read_by_the_surveys_own_statisticians_and_a_unit_reads_its_own() {
    let opened = opened::with_list().await;
    let id = surveyed(&opened).await;
    let platform = &opened.platform;
    let keeper = statistician("p-keeper");
    let kept = keeping::rows(platform, &keeper, &id, "2025").await.unwrap();
    assert_eq!((kept.rows.len(), kept.units.len(), kept.reporting), (10, 10, 10));
    let (own, rows) = reporting::own_rows(platform, reporter("miit").actor.as_ref(), &id)
        .await
        .unwrap();
    assert_eq!((own.name.as_str(), rows.len()), ("Zqunit7719", 1));
    assert_eq!(rows[0].reported.values["revenue"], "7719.25");

    for other in Role::ALL {
        for body in ["mofcom", "nanjing-commerce"] {
            let stranger = somebody("p-stranger", *other, body, None, &["320100"]);
            assert_eq!(
                refused(keeping::rows(platform, &stranger, &id, "2025").await).rule,
                "any/unseen"
            );
            assert_eq!(
                refused(keeping::units(platform, &stranger, &id).await).rule,
                "any/unseen"
            );
            assert_eq!(
                refused(publishing::draft(platform, &stranger, &id, &wanted(1, "2025")).await).rule,
                "any/unseen"
            );
        }
    }
    // Not even the representative of another unit, nor a statistician who is not named, nor one who keeps another survey.
    let foreign = reporter("shanghai-commerce");
    assert_eq!(
        refused(reporting::own_rows(platform, foreign.actor.as_ref(), &id).await).rule,
        "any/unseen"
    );
    let second = statistician("p-second");
    command::open(platform, &second, &new()).await.unwrap();
    assert_eq!(
        refused(keeping::rows(platform, &second, &id, "2025").await).rule,
        "any/unseen"
    );
    // Whoever stands in for somebody does not stand in here.
    let mut substitute = keeper.clone();
    substitute.actor.as_mut().unwrap().grants[0].standing_in_for = Some("p-other".to_owned());
    assert_eq!(
        refused(keeping::rows(platform, &substitute, &id, "2025").await).rule,
        "any/unseen"
    );
    assert_eq!(
        refused(command::name(platform, &keeper, &id, &PersonId("p-nobody".to_owned())).await).rule,
        "survey/not_statistician"
    );
}

#[tokio::test]
async fn the_log_and_the_disk_hold_no_word_of_a_row() {
    let opened = opened::with_list().await;
    let id = surveyed(&opened).await;
    let keeper = statistician("p-keeper");
    publishing::publish(&opened.platform, &keeper, &id, &wanted(1, "2025"), "", None)
        .await
        .unwrap();
    let ledger = opened.platform.ledger();
    let (head, _) = ledger.head().await.unwrap();
    let mut log = String::new();
    let mut from = Position(0);
    loop {
        let events = ledger.events(from, 1_000).await.unwrap();
        let Some(last) = events.last() else { break };
        from = last.position;
        for event in &events {
            log.push_str(&format!("{} {} {}\n", event.stream, event.kind, event.body));
        }
    }
    assert_eq!(from, head);
    assert!(log.contains("return.row_taken") && log.contains("survey.table_published"));
    let disk = opened.bytes_on_disk();
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret} is in the log");
        let found = disk.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} lies on the disk");
    }
    let history = ledger
        .fetch("SELECT stream FROM entry WHERE stream_kind = 'return'", vec![])
        .await
        .unwrap();
    assert!(history.is_empty(), "returns have no entries");
}

#[tokio::test]
async fn a_table_is_published_without_what_would_identify_a_unit_and_as_it_was_looked_at() {
    let opened = opened::with_list().await;
    let id = surveyed(&opened).await;
    let platform = &opened.platform;
    let keeper = statistician("p-keeper");
    let reasons = async || -> Vec<_> {
        let draft = publishing::draft(platform, &keeper, &id, &wanted(1, "2025"))
            .await
            .unwrap();
        draft.cells.iter().map(|drafted| drafted.why()).collect()
    };
    assert_eq!(reasons().await, [None, None, Some("few"), Some("dominated")]);
    // Once the largest has mended its row the total is safe, and with it one branch more must go.
    reporting::report(platform, &reporter("miit"), &id, &row("2025", "70"))
        .await
        .unwrap();
    assert_eq!(reasons().await, [Some("secondary"), None, Some("few"), None]);
    let draft = publishing::draft(platform, &keeper, &id, &wanted(1, "2025"))
        .await
        .unwrap();
    let seen = publishing::mark(&draft);
    // One of them mends its row after the preview: what was looked at is no longer what would be published.
    reporting::report(platform, &reporter("chengdu-market"), &id, &row("2025", "46"))
        .await
        .unwrap();
    let refusal = refused(publishing::publish(platform, &keeper, &id, &wanted(1, "2025"), "", Some(&seen)).await);
    assert_eq!(refusal.rule, "survey/changed_since");
    let draft = publishing::draft(platform, &keeper, &id, &wanted(1, "2025"))
        .await
        .unwrap();
    let seen = publishing::mark(&draft);
    let done = publishing::publish(platform, &keeper, &id, &wanted(1, "2025"), "表注", Some(&seen))
        .await
        .unwrap();
    let reader = Reader {
        actor: None,
        as_of: AsOf::day(keeper.today),
        today: keeper.today,
    };
    let table = query::table(platform, &reader, &id, done.table).await.unwrap().content;
    assert!(table.cells[2].suppressed && table.cells[2].value.is_none() && table.cells[2].units.is_none());
    let shown: Vec<_> = table
        .cells
        .iter()
        .map(|cell| (cell.value.as_deref(), cell.units))
        .collect();
    assert_eq!(
        shown,
        [
            (None, None),
            (Some("110"), Some(4)),
            (None, None),
            (Some("456.5"), Some(10))
        ]
    );
}

#[tokio::test]
async fn a_unit_that_comes_later_is_not_told_by_the_difference_of_two_publications() {
    let opened = opened::with_list().await;
    let id = surveyed(&opened).await;
    let platform = &opened.platform;
    let keeper = statistician("p-keeper");
    let total = Wanted {
        rows: None,
        ..wanted(1, "2025")
    };
    // The one that dominates is mended first, so that the total itself is safe.
    reporting::report(platform, &reporter("miit"), &id, &row("2025", "70"))
        .await
        .unwrap();
    publishing::publish(platform, &keeper, &id, &total, "", None)
        .await
        .unwrap();
    command::enter_unit(platform, &keeper, &id, &unit("shanghai-commerce", "零售"))
        .await
        .unwrap();
    reporting::report(platform, &reporter("shanghai-commerce"), &id, &row("2025", "33"))
        .await
        .unwrap();
    let refusal = refused(publishing::publish(platform, &keeper, &id, &total, "", None).await);
    assert_eq!((refusal.rule, refusal.source), ("survey/nothing_to_show", SECRECY));
    // Two more, and nobody stands alone in the difference.
    for (organization, value) in [("shanghai-market", "29"), ("guangzhou-commerce", "37")] {
        command::enter_unit(platform, &keeper, &id, &unit(organization, "零售"))
            .await
            .unwrap();
        reporting::report(platform, &reporter(organization), &id, &row("2025", value))
            .await
            .unwrap();
    }
    let done = publishing::publish(platform, &keeper, &id, &total, "", None)
        .await
        .unwrap();
    assert_eq!(done.table, 2);
}

#[tokio::test]
async fn a_changed_definition_starts_anew_and_is_spliced_by_the_period_of_both() {
    let opened = opened::with_list().await;
    let id = surveyed(&opened).await;
    let platform = &opened.platform;
    let keeper = statistician("p-keeper");
    reporting::report(platform, &reporter("miit"), &id, &row("2025", "70"))
        .await
        .unwrap();
    command::define(platform, &keeper, &id, &definition("2026"))
        .await
        .unwrap();
    for (organization, _, _) in UNITS {
        for (version, value) in [(1, "100"), (2, "150")] {
            let typed = reporting::Typed {
                definition: Some(version),
                ..row("2026", value)
            };
            reporting::report(platform, &reporter(organization), &id, &typed)
                .await
                .unwrap();
        }
    }
    let past = reporting::Typed {
        definition: Some(2),
        ..row("2025", "1")
    };
    let refusal = refused(reporting::report(platform, &reporter("samr"), &id, &past).await);
    assert_eq!(refusal.rule, "survey/period");
    for (version, period) in [(1, "2025"), (1, "2026"), (2, "2026")] {
        let total = Wanted {
            rows: None,
            ..wanted(version, period)
        };
        publishing::publish(platform, &keeper, &id, &total, "", None)
            .await
            .unwrap();
    }
    let reader = Reader {
        actor: None,
        as_of: AsOf::day(keeper.today),
        today: keeper.today,
    };
    let survey = query::survey(platform, &reader, &id).await.unwrap();
    let tables = query::tables(platform, &reader, &id).await.unwrap();
    let told = series(&survey.definitions, tables.iter().rev().map(|t| &t.content), "revenue").unwrap();
    let points: Vec<_> = told
        .points
        .iter()
        .map(|p| (p.period.as_str(), p.definition, p.value.as_str(), p.spliced.as_deref()))
        .collect();
    assert_eq!(
        points,
        [
            ("2025", 1, "455.5", Some("683.2")),
            ("2026", 1, "1000", Some("1500")),
            ("2026", 2, "1500", None)
        ]
    );
    assert_eq!(told.changes[0].splice, Some(("1000".to_owned(), "1500".to_owned())));
}
