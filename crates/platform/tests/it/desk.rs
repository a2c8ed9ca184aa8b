//! The desk of an officer, the demonstration's progress, outputs, and what the platform does by itself.

use crate::opened::{self, Opened};
use platform::{
    bilingual::Bilingual,
    context::{Actor, Context, PersonId, Reader},
    desk::{
        Group, Why,
        query::{desk, groups},
    },
    list::event::Tier,
    obligation::{
        self,
        command::{Command, Hands, Since, run},
        event::Source,
        state::Obligation,
    },
    output::{
        command::{Completion, complete_output, record_output},
        event::Output,
    },
    people,
    reactions::react,
    refusal::Error,
    rights::{Grant, Role},
};

async fn demonstration() -> (Opened, usize) {
    let opened = opened::with_list().await;
    let context = Context::system(opened::now(), "demo");
    people::demo::enter(
        &opened.platform,
        &context,
        platform::catalogue::DEMO,
        people::demo::password_of,
    )
    .await
    .unwrap();
    let entered = obligation::demo::enter(&opened.platform).await.unwrap();
    (opened, entered)
}

async fn reader(opened: &Opened, login: &str) -> Reader {
    let person = people::operator::find(&opened.platform, login).await.unwrap();
    let memberships = people::facts::memberships_on(&opened.platform, &person, opened.platform.today())
        .await
        .unwrap();
    let grants = memberships
        .into_iter()
        .map(|m| Grant {
            role: m.role,
            organization: m.organization,
            desk: m.desk,
            places: m.places,
            membership: "m".to_owned(),
            standing_in_for: None,
        })
        .collect();
    let actor = Actor {
        person,
        grants,
        second_factor: true,
        scopes: None,
    };
    Reader {
        actor: Some(actor),
        ..Reader::public(opened.platform.today())
    }
}

fn as_context(reader: &Reader) -> Context {
    Context {
        actor: reader.actor.clone(),
        ..Context::system(opened::now(), "r")
    }
}

#[tokio::test]
async fn nanjing_finds_five_rows_on_its_desk_each_with_its_reason() {
    let (opened, entered) = demonstration().await;
    assert!(entered > 40, "{entered}");
    assert_eq!(
        obligation::demo::enter(&opened.platform).await.unwrap(),
        0,
        "a second time brings nothing"
    );
    let nanjing = reader(&opened, "nanjing").await;
    let found = desk(&opened.platform, &nanjing).await.unwrap();
    let numbers: Vec<u32> = found.in_hand.iter().map(|r| r.obligation.number).collect();
    assert_eq!(numbers, [44, 9, 10, 26, 50], "the most urgent first");
    assert!(found.in_hand.iter().all(|r| r.why
        == Why::AtDesk {
            desk: "demo-nanjing-commerce".to_owned()
        }));
    assert!(
        found
            .in_hand
            .iter()
            .all(|r| r.obligation.demo && r.obligation.holder.since.is_some())
    );
    let overdue = &groups(&found.in_hand)[&Group::Overdue];
    assert_eq!((overdue.len(), overdue[0].left.unwrap().calendar), (1, -4));
    assert_eq!(
        overdue[0].due.as_ref().unwrap().1,
        "南京市商务局（演示）",
        "a late row says who set the day"
    );
    assert!(found.to_assign_total > 10 && found.to_assign.iter().all(|r| matches!(r.why, Why::OfPlace { .. })));
    assert!(
        !found.to_assign.iter().any(|r| r.obligation.state == "delivered"),
        "what is delivered waits for nobody"
    );
}

#[tokio::test]
async fn who_may_not_know_who_is_late_is_not_told() {
    let (opened, _) = demonstration().await;
    let person = PersonId("p-committee".to_owned());
    let grant = Grant {
        role: Role::CommitteeSecretary,
        organization: "nanjing-commerce".to_owned(),
        desk: Some("demo-nanjing-commerce".to_owned()),
        places: Vec::new(),
        membership: "m".to_owned(),
        standing_in_for: Some("p-other".to_owned()),
    };
    let actor = Actor {
        person,
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    };
    let secretary = Reader {
        actor: Some(actor),
        ..Reader::public(opened.platform.today())
    };
    let found = desk(&opened.platform, &secretary).await.unwrap();
    assert_eq!(found.in_hand.len(), 5);
    assert!(!groups(&found.in_hand).contains_key(&Group::Overdue));
    assert!(
        found
            .in_hand
            .iter()
            .all(|r| matches!(r.why, Why::StandingIn { .. }) && r.left.is_none_or(|l| l.calendar >= 0))
    );
    let nobody = desk(&opened.platform, &Reader::public(opened.platform.today())).await;
    assert!(matches!(nobody, Err(Error::Refused(r)) if r.rule == "rights/sign_in"));
}

#[tokio::test]
async fn the_demonstration_is_marked_wherever_it_shows() {
    let (opened, _) = demonstration().await;
    let ledger = opened.platform.ledger();
    let count = async |sql: &str| ledger.count(sql, vec![]).await.unwrap();
    let unmarked = count("SELECT count(*) AS n FROM obligation WHERE to_position = 9223372036854775807 AND changed_on IS NOT NULL AND demo = 0").await;
    assert_eq!(
        unmarked, 2,
        "only the two that were reported in public are no demonstration"
    );
    let marked = count("SELECT count(*) AS n FROM entry WHERE stream_kind = 'obligation' AND demo = 1").await;
    let done =
        count("SELECT count(*) AS n FROM entry WHERE stream_kind = 'obligation' AND kind <> 'obligation.created'")
            .await;
    assert_eq!(marked + 2, done);
    let differences = ledger.rebuild_check().await.unwrap();
    assert!(differences.is_empty(), "a rebuild gives the same rows: {differences:?}");
}

#[tokio::test]
async fn what_a_person_held_falls_to_the_desk_when_they_leave_and_once() {
    let (opened, _) = demonstration().await;
    let nanjing = reader(&opened, "nanjing").await;
    let person = nanjing.actor.as_ref().unwrap().person.clone();
    let id = "first-9-320100";
    let hands = Hands {
        organization: "nanjing-commerce".to_owned(),
        desk: "demo-nanjing-commerce".to_owned(),
        person: Some(person.0.clone()),
    };
    let take = Command::AssignHolder {
        hands,
        since: Since::default(),
    };
    run(&opened.platform, &as_context(&nanjing), id, None, &take)
        .await
        .unwrap();
    assert_eq!(
        desk(&opened.platform, &nanjing)
            .await
            .unwrap()
            .in_hand
            .iter()
            .find(|r| r.obligation.number == 9)
            .unwrap()
            .why,
        Why::InPerson
    );
    assert_eq!(react(&opened.platform).await.unwrap(), 0);
    let ledger = opened.platform.ledger();
    let stream = ledger::StreamName::parse(&format!("person/{}", person.0)).unwrap();
    let version = ledger.version(&stream).await.unwrap();
    let left = platform::event::record(&people::event::PersonEvent::Left {}).unwrap();
    let commit = ledger::Commit::new(ledger::ActorId::system(), ledger::Cause::Request("x".to_owned())).write(
        stream,
        version,
        vec![left],
    );
    ledger.commit(commit).await.unwrap();
    assert_eq!(react(&opened.platform).await.unwrap(), 1);
    // A follower that lost its place looks again, and nothing happens twice.
    ledger
        .state(vec![ledger.cursor_moved("reactions", ledger::Position::START)])
        .await
        .unwrap();
    assert_eq!(react(&opened.platform).await.unwrap(), 0);
    let state = Obligation::fold(&ledger.stream(&obligation::command::stream(id).unwrap()).await.unwrap());
    let holder = state.holder.unwrap();
    assert_eq!(
        (holder.desk.as_deref(), holder.person),
        (Some("demo-nanjing-commerce"), None)
    );
}

fn output(tasks: &[&str], measures: &[&str]) -> Output {
    Output {
        title: Bilingual::zh("服务贸易某某规范"),
        place: "320100".to_owned(),
        counts_to: None,
        tier: Tier::Local,
        designation: None,
        published: None,
        reported: Some("2026-10-01".parse().unwrap()),
        source: Source {
            citation: "南京日报 2026-10-01".to_owned(),
            link: None,
            line: None,
        },
        tasks: tasks.iter().map(|t| (*t).to_owned()).collect(),
        measures: measures.iter().map(|m| (*m).to_owned()).collect(),
        demo: false,
    }
}

#[tokio::test]
async fn an_output_of_the_list_is_evidence_in_the_same_commit_and_is_completed_later() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let nanjing = opened::nanjing();
    let committed = record_output(p, &nanjing, "o1", &output(&["first-26"], &[]))
        .await
        .unwrap();
    assert_eq!(committed.last.0 - committed.first.0, 1, "one commit, two events");
    let row = async || {
        let today = Reader::public(p.today());
        obligation::query::obligation(p, &today, "first-26-320100")
            .await
            .unwrap()
    };
    let before = row().await;
    assert_eq!((before.state.as_str(), before.evidence), ("delivered", 1));
    assert_eq!(before.delivered.unwrap().designation, None);
    let completion = Completion {
        designation: Some("DB3201/T1234-2026".to_owned()),
        published: Some("2026-09-28".parse().unwrap()),
        source: None,
    };
    complete_output(p, &nanjing, "o1", &completion).await.unwrap();
    let after = row().await;
    assert_eq!(
        (after.state.as_str(), after.evidence),
        ("delivered", 1),
        "one standard is counted once"
    );
    assert_eq!(
        after.delivered.unwrap().designation.as_deref(),
        Some("DB3201/T 1234—2026")
    );
    let rule = |result: Result<ledger::Committed, Error>| match result {
        Err(Error::Refused(refusal)) => refusal.rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        rule(complete_output(p, &nanjing, "o1", &completion).await),
        "output/nothing_new"
    );
    assert_eq!(
        rule(record_output(p, &nanjing, "o1", &output(&["first-26"], &[])).await),
        "output/exists"
    );
    assert_eq!(
        rule(record_output(p, &nanjing, "o2", &output(&["first-28"], &[])).await),
        "output/no_obligation"
    );
    assert_eq!(
        rule(record_output(p, &nanjing, "o2", &output(&[], &[])).await),
        "output/serves_nothing"
    );
    assert_eq!(
        rule(record_output(p, &nanjing, "o2", &output(&[], &["99"])).await),
        "output/no_such_measure"
    );
    let foreign = Output {
        place: "500000".to_owned(),
        ..output(&[], &["2"])
    };
    assert_eq!(rule(record_output(p, &nanjing, "o2", &foreign).await), "rights/missing");
    let ahead = Output {
        published: Some("2026-12-01".parse().unwrap()),
        reported: None,
        ..output(&[], &["2"])
    };
    assert_eq!(
        rule(record_output(p, &nanjing, "o2", &ahead).await),
        "obligation/date_in_future"
    );
    record_output(p, &nanjing, "o2", &output(&[], &["2"])).await.unwrap();
}
