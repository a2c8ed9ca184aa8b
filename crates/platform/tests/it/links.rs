//! Which measures an obligation serves by itself: proposed by officers, confirmed by analysts, counted and told.

use crate::{
    opened,
    signed_in::{actor, analyst, officer, on, reader},
};
use ledger::Version;
use platform::{
    context::Context,
    history::{fields::Shown, query as history},
    obligation::{
        command::{Command, run, stream},
        coverage,
        query::{By, Filter, SubjectKind, count, counts, measures, obligation},
    },
    question::Window,
    refusal::Error,
    rights::Role,
    running::Platform,
};

const TODAY: &str = "2026-11-23";
/// 南京 of task 20, which is said to serve measure 2.
const ID: &str = "first-20-320100";

fn propose(measure: &str) -> Command {
    Command::ProposeLink {
        measure: measure.to_owned(),
    }
}

fn confirm(measure: &str) -> Command {
    Command::ConfirmLink {
        measure: measure.to_owned(),
    }
}

fn remove(measure: &str) -> Command {
    Command::RemoveLink {
        measure: measure.to_owned(),
    }
}

/// The rule by which a command is refused; nothing where it is done.
async fn rule(platform: &Platform, context: &Context, id: &str, command: Command) -> &'static str {
    match run(platform, context, id, None, &command).await {
        Ok(_) => "done",
        Err(Error::Refused(refusal)) => refusal.rule,
        Err(other) => panic!("{other}"),
    }
}

/// How many obligations of 南京 serve a measure.
async fn in_cell(platform: &Platform, measure: &str) -> i64 {
    let counted = counts(platform, &reader(TODAY, None), &Filter::default(), By::Measure, true)
        .await
        .unwrap();
    counted
        .get(measure)
        .and_then(|places| places.get("320100"))
        .map_or(0, |states| states.values().sum())
}

#[tokio::test]
async fn officers_propose_and_analysts_confirm_what_one_obligation_serves() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let nanjing = on(TODAY, &officer("nanjing-commerce", "320100"));
    let citizen = on(TODAY, &actor(Role::Citizen, "mofcom", &[]));
    let chief = on(TODAY, &analyst());
    assert_eq!(rule(p, &citizen, ID, propose("10")).await, "rights/missing");
    assert_eq!(rule(p, &nanjing, ID, propose("18")).await, "list/measure_unknown");
    assert_eq!(rule(p, &nanjing, ID, propose("2")).await, "obligation/link_of_subject");
    assert_eq!(rule(p, &nanjing, ID, propose("10")).await, "done");
    assert_eq!(rule(p, &nanjing, ID, propose("10")).await, "list/link_stands");
    assert_eq!(rule(p, &nanjing, ID, confirm("10")).await, "rights/missing");
    let served = async || -> Vec<(String, String, bool)> {
        let all = measures(p, &reader(TODAY, None), ID).await.unwrap();
        all.into_iter().map(|m| (m.measure, m.link, m.own)).collect()
    };
    let row = |measure: &str, link: &str, own| (measure.to_owned(), link.to_owned(), own);
    assert_eq!(
        served().await,
        [row("2", "shipped", false), row("10", "proposed", true)]
    );
    assert_eq!(rule(p, &chief, ID, confirm("10")).await, "done");
    assert_eq!(
        served().await,
        [row("2", "shipped", false), row("10", "confirmed", true)]
    );
    assert_eq!(rule(p, &chief, ID, remove("10")).await, "done");
    assert_eq!(rule(p, &chief, ID, remove("10")).await, "list/link_absent");
    assert_eq!(served().await, [row("2", "shipped", false)]);
    // A sentence stands in its measure, and may serve another.
    let sentence = "first-m8.4-320100";
    if let Ok(o) = obligation(p, &reader(TODAY, None), sentence).await {
        assert_eq!(o.subject_kind, "action");
        assert_eq!(
            rule(p, &nanjing, sentence, propose("8")).await,
            "obligation/link_of_subject"
        );
        assert_eq!(rule(p, &nanjing, sentence, propose("9")).await, "done");
    }
    assert!(p.ledger().rebuild_check().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_link_counts_in_the_coverage_of_its_measure_and_is_no_progress() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let (nanjing, chief) = (on(TODAY, &officer("nanjing-commerce", "320100")), on(TODAY, &analyst()));
    let task = "first-26-320100";
    let before = in_cell(p, "10").await;
    let silent = Filter {
        place: Some("320100".to_owned()),
        measure: Some("10".to_owned()),
        subject_kind: Some(SubjectKind::Task),
        ..Filter::default()
    };
    let public = reader(TODAY, None);
    let filtered = count(p, &public, &silent).await.unwrap();
    assert_eq!(rule(p, &nanjing, task, propose("10")).await, "done");
    assert_eq!(in_cell(p, "10").await, before + 1);
    assert_eq!(count(p, &public, &silent).await.unwrap(), filtered + 1);
    // Nothing was reported by it: the state and the day of the last fact stay.
    let o = obligation(p, &public, task).await.unwrap();
    assert_eq!((o.state.as_str(), o.changed_on), ("unreported", None));
    let cell = ("10".to_owned(), "320100".to_owned());
    let last = coverage::last_facts(p, &reader(TODAY, Some(&analyst())), "first")
        .await
        .unwrap();
    assert!(last.contains_key(&cell), "the cell is judged");
    // What its task comes to serve too is counted once.
    let of_task = platform::list::command::TaskCommand::ConfirmLink {
        measure: "10".to_owned(),
    };
    platform::list::command::run(p, &chief, "first-26", None, &of_task)
        .await
        .unwrap();
    assert_eq!(in_cell(p, "10").await, before + 1);
    // As of the day before, and as known before it was recorded, there was no such link.
    let past = reader("2026-11-22", None);
    assert!(measures(p, &past, task).await.unwrap().iter().all(|m| !m.own));
}

#[tokio::test]
async fn the_history_tells_who_linked_what_and_a_wrong_link_is_taken_back() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let nanjing = on(TODAY, &officer("nanjing-commerce", "320100"));
    let done = run(
        p,
        &nanjing,
        ID,
        Some(Version(p.ledger().version(&stream(ID).unwrap()).await.unwrap().0)),
        &propose("16"),
    )
    .await
    .unwrap();
    let of_measure = history::Filter {
        measure: Some("16".to_owned()),
        kind: Some("obligation.link_proposed".to_owned()),
        ..history::Filter::default()
    };
    let told = history::entries(p, &reader(TODAY, None), &of_measure, &Window::default())
        .await
        .unwrap();
    assert_eq!(told.total, 1, "everybody reads it, and finds it under the measure");
    let detail = history::entry(p, &reader(TODAY, None), done.first).await.unwrap();
    let change = &detail.changes[0];
    assert_eq!((change.field, &change.before), ("measure", &Shown::Nothing));
    let wrong = Command::Correct {
        position: done.first,
        reason: "选错了措施".to_owned(),
        replacement: Some(Box::new(propose("17"))),
    };
    let actor = officer("nanjing-commerce", "320100");
    run(p, &on(TODAY, &actor), ID, None, &wrong).await.unwrap();
    let own: Vec<String> = measures(p, &reader(TODAY, None), ID)
        .await
        .unwrap()
        .into_iter()
        .filter(|m| m.own)
        .map(|m| m.measure)
        .collect();
    assert_eq!(own, ["17"]);
    assert!(p.ledger().rebuild_check().await.unwrap().is_empty());
}
