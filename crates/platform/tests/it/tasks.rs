//! What people do with a task of the list.

use crate::{
    opened,
    signed_in::{actor, analyst, officer, on, reader},
};
use platform::{
    bilingual::Bilingual,
    context::{Context, Reader},
    correcting::correct,
    desk::{Group, Why, query::desk},
    history::query as history,
    list::{
        command::{TaskCommand, run},
        query,
    },
    obligation::{
        self,
        command::{Command, Since},
        event::{Audience, BlockKind},
        query as obligations,
    },
    people,
    question::Window,
    refusal::Error,
    rights::Role,
};

const TODAY: &str = "2026-11-23";

#[tokio::test]
async fn an_analyst_assigns_and_confirms_an_officer_proposes() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let (analyst, nanjing) = (on(TODAY, &analyst()), on(TODAY, &officer("nanjing-commerce", "320100")));
    let source = "演示数据".to_owned();
    let guiding = TaskCommand::AssignGuiding {
        organization: "miit".to_owned(),
        source: source.clone(),
    };
    let limit = TaskCommand::SetTimeLimit {
        due: "2027-06-30".parse().unwrap(),
        set_by: source.clone(),
    };
    let name = Bilingual::new("征求意见稿", "Text for consultation");
    let milestone = TaskCommand::SetMilestone {
        name,
        due: "2027-02-01".parse().unwrap(),
        set_by: source,
    };
    let rule = async |context, command| match run(platform, context, "first-1", None, &command).await {
        Ok(_) => "done",
        Err(Error::Refused(refusal)) => refusal.rule,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(rule(&nanjing, guiding.clone()).await, "rights/missing");
    assert_eq!(rule(&analyst, guiding).await, "done");
    assert_eq!(rule(&analyst, limit).await, "done");
    assert_eq!(rule(&analyst, milestone).await, "done");
    let link = |measure: &str| TaskCommand::ProposeLink {
        measure: measure.to_owned(),
    };
    let confirm = TaskCommand::ConfirmLink {
        measure: "17".to_owned(),
    };
    assert_eq!(
        rule(&nanjing, link("18")).await,
        "list/measure_unknown",
        "there is no (十八)"
    );
    assert_eq!(rule(&nanjing, link("17")).await, "done");
    assert_eq!(rule(&nanjing, link("17")).await, "list/link_stands");
    assert_eq!(rule(&nanjing, confirm.clone()).await, "rights/missing");
    assert_eq!(rule(&analyst, confirm).await, "done");
    let task = query::task(platform, &reader(TODAY, None), "first-1").await.unwrap();
    assert_eq!(task.guiding, "miit");
    assert_eq!(task.time_limit.unwrap().0.to_string(), "2027-06-30");
    assert!(task.measures.contains(&"17".to_owned()));
    // The milestone stands with each of the 11 places that hold the task.
    let sql = "SELECT count(*) AS n FROM milestone WHERE obligation LIKE 'first-1-%' AND due = '2027-02-01'";
    assert_eq!(platform.ledger().count(sql, Vec::new()).await.unwrap(), 11);
}

async fn act(platform: &platform::running::Platform, context: &Context, id: &str, command: TaskCommand) {
    run(platform, context, id, None, &command).await.unwrap();
}

#[tokio::test]
async fn the_time_limit_of_a_task_makes_late_what_is_not_done_everywhere_until_it_is_taken_away() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chief = on(TODAY, &analyst());
    let chengdu = reader(TODAY, Some(&officer("chengdu-commerce", "510100")));
    let limit = TaskCommand::SetTimeLimit {
        due: "2026-01-31".parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    act(platform, &chief, "first-32", limit).await;
    let late = obligations::Filter {
        late: Some(true),
        ..obligations::Filter::default()
    };
    let of = async |reader: &Reader| {
        let page = obligations::obligations(platform, reader, &late, &Window::of(200))
            .await
            .unwrap();
        assert_eq!(
            obligations::count(platform, reader, &late).await.unwrap(),
            i64::try_from(page.items.len()).unwrap()
        );
        page.items
    };
    let own = of(&chengdu).await;
    let ids: Vec<&str> = own.iter().map(|o| o.id.as_str()).collect();
    assert_eq!(ids, ["first-32-510100"]);
    let next = own[0].next.clone().unwrap();
    assert_eq!(
        (next.due.to_string().as_str(), next.set_by.as_str(), next.is_limit),
        ("2026-01-31", "商务部办公厅", true)
    );
    let desk = desk(platform, &chengdu).await.unwrap();
    let row = desk.to_assign.iter().find(|r| r.obligation.number == 32).unwrap();
    assert_eq!(row.due.clone().unwrap().0, next.due, "desk and list name one day");
    assert_eq!(row.group, Group::Overdue);
    // An earlier milestone comes first, a later one does not.
    let milestone = |due: &str| TaskCommand::SetMilestone {
        name: Bilingual::zh("送审稿"),
        due: due.parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    act(platform, &chief, "first-32", milestone("2026-12-31")).await;
    assert_eq!(of(&chengdu).await[0].next.clone().unwrap(), next);
    act(platform, &chief, "first-32", milestone("2025-12-31")).await;
    assert_eq!(of(&chengdu).await[0].next.clone().unwrap().name.zh, "送审稿");
    let analyst = reader(TODAY, Some(&analyst()));
    let counts = obligations::counts(platform, &analyst, &late, obligations::By::Subject, false)
        .await
        .unwrap();
    assert_eq!(counts.keys().collect::<Vec<_>>(), ["first-32"]);
}

#[tokio::test]
async fn a_time_limit_can_be_taken_away_with_a_reason() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chief = on(TODAY, &analyst());
    let clear = |reason: &str| TaskCommand::ClearTimeLimit {
        reason: reason.to_owned(),
    };
    let refused = async |command| match run(platform, &chief, "first-32", None, &command).await {
        Err(Error::Refused(refusal)) => refusal.rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(clear("无")).await, "any/nothing_to_do");
    let limit = TaskCommand::SetTimeLimit {
        due: "2026-01-31".parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    act(platform, &chief, "first-32", limit).await;
    assert_eq!(refused(clear("")).await, "obligation/text");
    act(platform, &chief, "first-32", clear("任务调整")).await;
    let chengdu = reader(TODAY, Some(&officer("chengdu-commerce", "510100")));
    let row = obligations::obligation(platform, &chengdu, "first-32-510100")
        .await
        .unwrap();
    assert_eq!((row.next, row.late), (None, Some(false)));
}

#[tokio::test]
async fn the_guiding_ministry_is_a_participant_of_what_it_guides_and_of_nothing_else() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chief = on(TODAY, &analyst());
    let chengdu = on(TODAY, &officer("chengdu-commerce", "510100"));
    let miit = reader(TODAY, Some(&actor(Role::GuidingOfficer, "miit", &[])));
    let other = reader(TODAY, Some(&actor(Role::GuidingOfficer, "mot", &[])));
    let guiding = |organization: &str| TaskCommand::AssignGuiding {
        organization: organization.to_owned(),
        source: "演示数据".to_owned(),
    };
    let limit = TaskCommand::SetTimeLimit {
        due: "2026-01-31".parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    act(platform, &chief, "first-32", limit).await;
    let block = Command::Block {
        kind: BlockKind::Law,
        text: "地方标准由省级制定".to_owned(),
        waits_for: None,
        audience: Audience::Participants,
        since: Since::default(),
    };
    obligation::command::run(platform, &chengdu, "first-32-510100", None, &block)
        .await
        .unwrap();
    let seen = async |reader: &Reader| {
        let o = obligations::obligation(platform, reader, "first-32-510100")
            .await
            .unwrap();
        (o.state, o.late, o.block.is_some(), o.participant)
    };
    let inside = ("blocked".to_owned(), Some(true), true, true);
    let before = seen(&miit).await;
    assert_eq!((before.1, before.2, before.3), (None, false, false));
    act(platform, &chief, "first-32", guiding("miit")).await;
    assert_eq!(seen(&miit).await, inside);
    assert_eq!(seen(&other).await, before);
    let found = desk(platform, &miit).await.unwrap();
    assert_eq!(found.guided_total, Some(1), "chengdu alone holds task 32");
    assert_eq!(
        (&found.guided[0].why, found.guided[0].group),
        (&Why::Guided, Group::Overdue)
    );
    let late = obligations::Filter {
        late: Some(true),
        ..obligations::Filter::default()
    };
    assert_eq!(obligations::count(platform, &miit, &late).await.unwrap(), 1);
    assert_eq!(obligations::count(platform, &other, &late).await.unwrap(), 0);
    // Who no longer guides it sees no more than others.
    act(platform, &chief, "first-32", guiding("mot")).await;
    assert_eq!(seen(&miit).await, before);
    assert_eq!(seen(&other).await, inside);
}

#[tokio::test]
async fn a_wrong_entry_of_a_task_is_taken_back_by_an_event_that_names_it() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chief = on(TODAY, &analyst());
    let nanjing = on(TODAY, &officer("nanjing-commerce", "320100"));
    let limit = TaskCommand::SetTimeLimit {
        due: "2026-01-31".parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    let wrong = run(platform, &chief, "first-32", None, &limit).await.unwrap().last;
    let rule =
        async |context: &Context, position, reason: &str| match correct(platform, context, position, reason).await {
            Ok(_) => "done",
            Err(Error::Refused(refusal)) => refusal.rule,
            Err(other) => panic!("{other}"),
        };
    assert_eq!(rule(&nanjing, wrong, "看错").await, "rights/missing");
    assert_eq!(rule(&chief, wrong, " ").await, "obligation/text");
    assert_eq!(rule(&chief, wrong, "看错一行").await, "done");
    assert_eq!(rule(&chief, wrong, "再来").await, "obligation/already_corrected");
    let task = query::task(platform, &reader(TODAY, None), "first-32").await.unwrap();
    assert_eq!(task.time_limit, None);
    // The mistake stays visible, with the reason.
    let entry = history::entry(platform, &reader(TODAY, None), wrong)
        .await
        .unwrap()
        .entry;
    assert_eq!(entry.corrected_by.unwrap().reason, "看错一行");
    // A shared milestone goes from each obligation with the entry that set it.
    let milestone = TaskCommand::SetMilestone {
        name: Bilingual::zh("送审稿"),
        due: "2027-01-31".parse().unwrap(),
        set_by: "商务部办公厅".to_owned(),
    };
    let set = run(platform, &chief, "first-1", None, &milestone).await.unwrap().first;
    let sql =
        "SELECT count(*) AS n FROM milestone WHERE obligation LIKE 'first-1-%' AND to_position = 9223372036854775807";
    assert_eq!(platform.ledger().count(sql, Vec::new()).await.unwrap(), 11);
    assert_eq!(rule(&chief, set, "写错任务").await, "done");
    assert_eq!(platform.ledger().count(sql, Vec::new()).await.unwrap(), 0);
    // What the list brought changes with the list.
    let entered = platform
        .ledger()
        .stream(&ledger::StreamName::parse("task/first-1").unwrap())
        .await
        .unwrap()[0]
        .position;
    assert_eq!(rule(&chief, entered, "不对").await, "correction/not_this");
}

#[tokio::test]
async fn a_wrong_name_of_a_body_is_taken_back_by_whoever_manages_bodies() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let system = on(TODAY, &actor(Role::SystemAdministrator, "operator", &[]));
    let body = people::facts::body(platform, "miit").await.unwrap().body.unwrap();
    let renamed = people::event::Body {
        name: Bilingual::zh("错误名称"),
        ..body.clone()
    };
    let command = people::organization::Command::Change(renamed);
    let wrong = people::organization::manage(platform, &system, "miit", command, None, None)
        .await
        .unwrap()
        .position;
    let chief = on(TODAY, &analyst());
    assert!(correct(platform, &chief, wrong, "不是其职责").await.is_err());
    correct(platform, &system, wrong, "录错").await.unwrap();
    let known = people::query::organization(platform, "miit", reader(TODAY, None).as_of)
        .await
        .unwrap();
    assert_eq!(known.unwrap().name, body.name);
    let differences = platform.ledger().rebuild_check().await.unwrap();
    assert!(differences.is_empty(), "{differences:?}");
}
