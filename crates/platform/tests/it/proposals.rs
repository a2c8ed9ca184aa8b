//! The list changes: proposal, opinions, approvals, version 2.

use crate::{
    opened::{self, Opened},
    signed_in::{actor, analyst, officer, on, reader},
};
use language::Lang;
use ledger::AsOf;
use platform::{
    bilingual::Bilingual,
    context::Actor,
    list::difference,
    proposal::{
        change::{ListChange, NewWords, Places},
        command::{self, Target},
        decide::{Draft, SENTENCE},
        event::{Approver, Position},
        prefill::{self, Intent},
        query,
        state::Stand,
    },
    refusal::{Error, Refusal, Result},
    rights::Role,
};

const TODAY: &str = "2026-11-23";
const NEW_PILOTS: [&str; 9] = [
    "210200", "330200", "350200", "370200", "440300", "340100", "350100", "610100", "320500",
];

fn refused<T: std::fmt::Debug>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn draft(reason: &str, changes: Vec<ListChange>) -> Draft {
    Draft {
        list: "first".to_owned(),
        base_version: 1,
        reason: Bilingual::zh(reason),
        changes,
    }
}

fn target(id: &str) -> Target<'_> {
    Target { id, seen: None }
}

fn widening() -> ListChange {
    ListChange::Widen {
        places: NEW_PILOTS.map(str::to_owned).to_vec(),
    }
}

async fn firm_on(opened: &Opened, day: &str) -> i64 {
    let (condition, values) = AsOf::day(day.parse().unwrap()).condition("o", 1);
    let sql = format!("SELECT count(*) AS n FROM obligation o WHERE o.firm = 1 AND {condition}");
    opened.platform.ledger().count(sql, values.to_vec()).await.unwrap()
}

fn said(refusal: &Refusal, lang: Lang) -> String {
    let args: Vec<_> = refusal
        .with
        .iter()
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    language::format(lang, &refusal.message_id(), &args)
}

/// Asks every affected place, lets one answer, and closes the time after the last day.
async fn consulted(opened: &Opened, id: &str, answers: &str) {
    let platform = &opened.platform;
    let affected = query::affected(platform, &reader(TODAY, Some(&analyst())), id)
        .await
        .unwrap();
    let mut bodies = Vec::new();
    for place in affected {
        let (time, at) = AsOf::day(TODAY.parse().unwrap()).condition("o", 2);
        let sql = format!("SELECT id FROM organization o WHERE kind = 'commerce' AND place = $1 AND {time}");
        let mut values = vec![place.place.as_str().into()];
        values.extend(at);
        bodies.push(
            platform
                .ledger()
                .fetch_one(sql, values)
                .await
                .unwrap()
                .unwrap()
                .text("id")
                .unwrap(),
        );
    }
    let until = "2026-12-03".parse().unwrap();
    command::ask(platform, &on(TODAY, &analyst()), target(id), bodies, until)
        .await
        .unwrap();
    let body = actor(Role::CommerceOfficer, answers, &[]);
    command::opine(
        platform,
        &on("2026-12-03", &body),
        target(id),
        answers,
        Position::Agree,
        "",
    )
    .await
    .unwrap();
    command::close_opinions(platform, &on("2026-12-04", &analyst()), target(id))
        .await
        .unwrap();
}

async fn approved(opened: &Opened, id: &str) {
    for (approver, number) in [
        (Approver::Mofcom, "演示商资〔2026〕1号"),
        (Approver::Samr, "演示市监〔2026〕1号"),
    ] {
        let date = "2026-12-05".parse().unwrap();
        let context = on("2026-12-06", &analyst());
        command::approve(&opened.platform, &context, target(id), approver, number, date)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_whole_way_to_version_2() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let analyst = analyst();
    let done = command::open(
        platform,
        &on(TODAY, &analyst),
        draft("扩至20地（演示）", vec![widening()]),
        None,
    )
    .await
    .unwrap();
    let id = done.id.as_str();
    command::publish(platform, &on(TODAY, &analyst), target(id))
        .await
        .unwrap();
    // Opinions first: one answers, eight are silent, and silence is no agreement.
    consulted(&opened, id, "dalian-commerce").await;
    let opinions = query::opinions(platform, &reader(TODAY, None), id).await.unwrap();
    assert_eq!(opinions.len(), 9);
    assert_eq!(opinions.iter().filter(|o| o.silent && o.position.is_none()).count(), 8);
    assert_eq!(
        opinions.iter().filter(|o| o.position == Some(Position::Agree)).count(),
        1
    );
    // One approval is not enough, and the refusal says whose is missing.
    let date = "2026-12-05".parse().unwrap();
    let context = on("2026-12-06", &analyst);
    command::approve(
        platform,
        &context,
        target(id),
        Approver::Mofcom,
        "演示商资〔2026〕1号",
        date,
    )
    .await
    .unwrap();
    let day = "2027-01-01".parse().unwrap();
    let refusal = refused(command::put_into_effect(platform, &context, target(id), day).await);
    assert_eq!(refusal.rule, "list/approval_missing");
    assert_eq!(
        refusal.with[..2],
        [("mofcom", "entered".to_owned()), ("samr", "missing".to_owned())]
    );
    assert!(said(&refusal, Lang::Zh).contains("缺少市场监管总局的批准文号，应由市场监管总局给出"));
    assert_eq!(firm_on(&opened, "2027-01-01").await, 239, "nothing changes before");
    approved(&opened, id).await;
    // Not before the approvals themselves.
    let early = command::put_into_effect(platform, &context, target(id), "2026-12-04".parse().unwrap()).await;
    assert_eq!(refused(early).rule, "list/effect_too_early");
    command::put_into_effect(platform, &context, target(id), day)
        .await
        .unwrap();
    assert_eq!(firm_on(&opened, "2026-12-31").await, 239);
    assert_eq!(firm_on(&opened, "2027-01-01").await, 356);
    let difference = difference::difference(platform, "first", 1, 2).await.unwrap();
    assert_eq!(
        (difference.obligations.before, difference.obligations.after),
        (239, 356)
    );
    assert_eq!(difference.places_added, NEW_PILOTS);
    let shell = query::proposal(platform, &reader("2027-01-02", None), id)
        .await
        .unwrap();
    assert_eq!((shell.state, shell.effect), (Stand::InEffect, Some(2)));
    // It is over: nothing more can be done with it.
    let again = command::put_into_effect(platform, &context, target(id), day).await;
    assert_eq!(refused(again).rule, "list/proposal_in_effect");
    // Whoever starts a demonstration on a list that has changed is not stopped by a proposal for the first version.
    let context = platform::context::Context::system(opened::now(), "test");
    let entered = platform::proposal::demo::enter(platform, &context, TODAY.parse().unwrap()).await;
    assert_eq!(entered.unwrap(), None);
}

#[tokio::test]
async fn the_demo_proposal_shows_356_and_has_no_approval() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let context = platform::context::Context::system(opened::now(), "test");
    let id = platform::proposal::demo::enter(platform, &context, TODAY.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        platform::proposal::demo::enter(platform, &context, TODAY.parse().unwrap())
            .await
            .unwrap(),
        None
    );
    let public = reader(TODAY, None);
    let shell = query::proposal(platform, &public, &id).await.unwrap();
    assert!(shell.demo);
    assert!(shell.whole.unwrap().approvals.is_empty());
    let preview = query::preview(platform, &public, &id).await.unwrap();
    assert_eq!((preview.obligations.before, preview.obligations.after), (239, 356));
    let mut tasks: Vec<u32> = preview.obligations.begun.iter().map(|h| h.number).collect();
    tasks.dedup();
    assert_eq!(
        tasks,
        [1, 3, 4, 5, 6, 7, 73, 74, 75, 76, 77, 97, 98],
        "the 13 tasks for all pilots"
    );
    assert_eq!(preview.to_in_force, None, "a preview is in force on no day");
}

#[tokio::test]
async fn chengdu_proposes_task_32_for_sichuan_and_is_told_what_is_missing() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chengdu = officer("chengdu-commerce", "510100");
    let draft = prefill::prefill(platform, "first-32", "510100", None).await.unwrap();
    assert!(
        draft.reason.zh.contains("污染物排放标准由省级人民政府制定"),
        "{}",
        draft.reason.zh
    );
    let done = command::open(platform, &on(TODAY, &chengdu), draft, None)
        .await
        .unwrap();
    let officer_may_not =
        command::put_into_effect(platform, &on(TODAY, &chengdu), target(&done.id), TODAY.parse().unwrap()).await;
    assert_eq!(refused(officer_may_not).rule, "rights/missing");
    let ways = command::standing_in_the_way(platform, &reader(TODAY, Some(&chengdu)), &done.id)
        .await
        .unwrap();
    assert_eq!(ways[0].rule, "list/approval_missing");
    assert_eq!(ways[0].source, "商资发〔2024〕314号 六、组织保障");
    let zh = said(&ways[0], Lang::Zh);
    assert!(
        zh.contains("缺少商务部和市场监管总局的批准文号") && zh.contains(SENTENCE),
        "{zh}"
    );
    assert!(said(&ways[0], Lang::En).contains("Ministry of Commerce"));
    assert_eq!(ways[1].rule, "list/opinions_not_asked");
    let preview = query::preview(platform, &reader(TODAY, Some(&chengdu)), &done.id)
        .await
        .unwrap();
    assert_eq!(preview.changed[0].fields[0].before, "成都");
    assert_eq!(preview.changed[0].fields[0].after, "四川");
    assert_eq!((preview.obligations.before, preview.obligations.after), (239, 239));
    let ask_merge = prefill::prefill(platform, "first-84", "510100", Some(Intent::Merge))
        .await
        .unwrap();
    assert_eq!(
        ask_merge.changes,
        [ListChange::MergeTasks {
            from: vec!["first-94".to_owned()],
            into: "first-84".to_owned()
        }]
    );
}

#[tokio::test]
async fn an_obligation_that_moves_or_ends_keeps_its_history() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let analyst = analyst();
    let nanjing = ListChange::CloseTask {
        task: "first-20".to_owned(),
        reason: "已完成（演示）".to_owned(),
    };
    let sichuan = prefill::prefill(platform, "first-32", "510100", None)
        .await
        .unwrap()
        .changes;
    let changes = [sichuan, vec![nanjing]].concat();
    let done = command::open(platform, &on(TODAY, &analyst), draft("演示", changes), None)
        .await
        .unwrap();
    command::publish(platform, &on(TODAY, &analyst), target(&done.id))
        .await
        .unwrap();
    consulted(&opened, &done.id, "nanjing-commerce").await;
    approved(&opened, &done.id).await;
    let context = on("2026-12-06", &analyst);
    command::put_into_effect(platform, &context, target(&done.id), "2026-12-06".parse().unwrap())
        .await
        .unwrap();
    for (id, before, after) in [
        ("first-20-320100", 1, 0),
        ("first-32-510100", 1, 0),
        ("first-32-510000", 0, 1),
        ("first-9-320100", 1, 1),
    ] {
        for (day, count) in [("2026-12-05", before), ("2026-12-06", after)] {
            let (condition, at) = AsOf::day(day.parse().unwrap()).condition("o", 2);
            let sql = format!("SELECT count(*) AS n FROM obligation o WHERE o.id = $1 AND {condition}");
            let mut values = vec![id.into()];
            values.extend(at);
            assert_eq!(
                platform.ledger().count(sql, values).await.unwrap(),
                count,
                "{id} on {day}"
            );
        }
    }
    // What was reported of task 20 stands in its history, and version 1 says what it said.
    let stream = ledger::StreamName::parse("obligation/first-20-320100").unwrap();
    let kinds: Vec<String> = platform
        .ledger()
        .stream(&stream)
        .await
        .unwrap()
        .into_iter()
        .map(|e| e.kind)
        .collect();
    assert_eq!(
        kinds,
        ["obligation.created", "obligation.evidence_recorded", "obligation.ended"]
    );
    let difference = difference::difference(platform, "first", 1, 2).await.unwrap();
    assert_eq!(difference.closed[0].task.number, 20);
    assert_eq!(difference.tasks, (104, 103));
    let back = difference::difference(platform, "first", 1, 1).await.unwrap();
    assert!(back.is_empty());
}

#[tokio::test]
async fn a_proposal_on_an_old_version_is_refused() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let analyst = analyst();
    let close = |task: &str| {
        vec![ListChange::CloseTask {
            task: task.to_owned(),
            reason: "演示".to_owned(),
        }]
    };
    let first = command::open(platform, &on(TODAY, &analyst), draft("甲", close("first-20")), None)
        .await
        .unwrap();
    let second = command::open(platform, &on(TODAY, &analyst), draft("乙", close("first-9")), None)
        .await
        .unwrap();
    consulted(&opened, &first.id, "nanjing-commerce").await;
    approved(&opened, &first.id).await;
    let context = on("2026-12-06", &analyst);
    command::put_into_effect(platform, &context, target(&first.id), "2026-12-06".parse().unwrap())
        .await
        .unwrap();
    let publish = command::publish(platform, &context, target(&second.id)).await;
    let refusal = refused(publish);
    assert_eq!(refusal.rule, "list/base_moved");
    assert_eq!(refusal.with, [("base", "1".to_owned()), ("current", "2".to_owned())]);
    let stale = command::open(platform, &context, draft("丙", close("first-9")), None).await;
    assert_eq!(refused(stale).rule, "list/base_moved");
    // On the current version it can be worded anew; what ended in version 2 cannot be changed any more.
    let anew = Draft {
        base_version: 2,
        ..draft("乙", close("first-9"))
    };
    command::change(platform, &context, target(&second.id), anew)
        .await
        .unwrap();
    let gone = Draft {
        base_version: 2,
        ..draft("丁", close("first-20"))
    };
    let refusal = refused(command::open(platform, &context, gone, None).await);
    assert_eq!(
        (refusal.rule, refusal.faults[0].fault),
        ("list/changes_unfit", "fault-task-ended")
    );
    // Two who look at the same version: the second is told.
    let seen = Target {
        id: &second.id,
        seen: Some(ledger::Version(1)),
    };
    assert_eq!(
        refused(command::withdraw(platform, &context, seen, "算了").await).rule,
        "any/stale"
    );
}

#[tokio::test]
async fn an_unpublished_proposal_is_seen_by_its_audience_alone() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let nanjing = officer("nanjing-commerce", "320100");
    let words = NewWords {
        title: Some(Bilingual::zh("麒麟甲乙规范")),
        ..NewWords::default()
    };
    let changes = vec![ListChange::ChangeTask {
        task: "first-9".to_owned(),
        words,
    }];
    let done = command::open(platform, &on(TODAY, &nanjing), draft("独角麒麟", changes), None)
        .await
        .unwrap();
    let chengdu = officer("chengdu-commerce", "510100");
    let same_place = actor(Role::MarketRegulationOfficer, "nanjing-market", &["320100"]);
    let auditor = actor(Role::Auditor, "audit", &[]);
    let firm = actor(Role::OrganizationRepresentative, "firm", &[]);
    let seen = async |who: Option<&Actor>| {
        let reader = reader(TODAY, who);
        let list = query::proposals(platform, &reader, "first").await.unwrap();
        let one = query::proposal(platform, &reader, &done.id).await.unwrap();
        let rest = (
            query::opinions(platform, &reader, &done.id).await,
            query::preview(platform, &reader, &done.id).await,
            query::affected(platform, &reader, &done.id).await,
            command::standing_in_the_way(platform, &reader, &done.id).await,
        );
        assert_eq!(
            (list[0].number, list[0].state),
            (1, Stand::Draft),
            "everybody sees the shell"
        );
        format!("{list:?}{one:?}{rest:?}").contains("麒麟")
    };
    for who in [None, Some(&chengdu), Some(&firm)] {
        assert!(!seen(who).await, "{who:?}");
    }
    for who in [&nanjing, &same_place, &auditor, &analyst()] {
        assert!(seen(Some(who)).await, "{who:?}");
    }
    // Nor does a refusal tell of it: for others there is nothing to act on.
    let stranger = command::withdraw(platform, &on(TODAY, &chengdu), target(&done.id), "删").await;
    assert_eq!(refused(stranger).rule, "any/unseen");
    // Who is asked may read what it is asked about; others still may not.
    let bodies = vec!["chengdu-commerce".to_owned()];
    command::ask(
        platform,
        &on(TODAY, &analyst()),
        target(&done.id),
        bodies,
        "2026-12-03".parse().unwrap(),
    )
    .await
    .unwrap();
    assert!(seen_state(platform, &done.id, Some(&chengdu)).await);
    assert!(!seen_state(platform, &done.id, Some(&firm)).await);
    command::publish(platform, &on(TODAY, &analyst()), target(&done.id))
        .await
        .unwrap();
    assert!(seen_state(platform, &done.id, None).await);
}

async fn seen_state(platform: &platform::Platform, id: &str, who: Option<&Actor>) -> bool {
    query::proposal(platform, &reader(TODAY, who), id)
        .await
        .unwrap()
        .whole
        .is_some()
}

#[tokio::test]
async fn every_fault_of_the_changes_is_named_at_once() {
    let opened = opened::with_list().await;
    let places = Places {
        claims: Vec::new(),
        as_written: String::new(),
    };
    let words = NewWords {
        places: Some(places),
        ..NewWords::default()
    };
    let changes = vec![
        ListChange::CloseTask {
            task: "first-999".to_owned(),
            reason: "演示".to_owned(),
        },
        ListChange::Widen {
            places: vec!["320100".to_owned(), "999999".to_owned()],
        },
        ListChange::ChangeTask {
            task: "first-1".to_owned(),
            words,
        },
        ListChange::MergeTasks {
            from: vec!["first-84".to_owned()],
            into: "first-84".to_owned(),
        },
        ListChange::ChangeTask {
            task: "first-1".to_owned(),
            words: NewWords {
                title: Some(Bilingual::zh(&"长".repeat(10_000))),
                ..NewWords::default()
            },
        },
    ];
    let refusal = refused(command::open(&opened.platform, &on(TODAY, &analyst()), draft("演示", changes), None).await);
    let found: Vec<(&str, &str)> = refusal.faults.iter().map(|f| (f.with[0].1.as_str(), f.fault)).collect();
    assert_eq!(
        found,
        [
            ("1", "fault-task-unknown"),
            ("2", "fault-place-already-in"),
            ("2", "fault-place-unknown"),
            ("3", "fault-no-places"),
            ("4", "fault-merge-with-itself"),
            ("5", "fault-title-too-long"),
        ]
    );
    assert!(
        query::proposals(&opened.platform, &reader(TODAY, Some(&analyst())), "first")
            .await
            .unwrap()
            .is_empty()
    );
}
