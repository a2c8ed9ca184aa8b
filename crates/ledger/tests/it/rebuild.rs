//! Rows made again from the log are the rows that the commits made; and two times mean what they say.

use crate::testkit::{each, event, officer, one, request, stream};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use ledger::{AsOf, Commit, Ledger, NewEvent, Position, Version};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::json;

/// An event of one of four obligations: who holds it from which day (nobody: it is given back).
#[derive(Debug, Clone)]
struct Fact {
    obligation: usize,
    day: i16,
    holder: Option<&'static str>,
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (
        0..4_usize,
        0..12_i16,
        prop_oneof![Just(None), Just(Some("甲")), Just(Some("乙")), Just(Some("丙"))],
    )
        .prop_map(|(obligation, day, holder)| Fact {
            obligation,
            day,
            holder,
        });
    prop::collection::vec(fact, 1..20)
}

fn day(n: i16) -> Date {
    date(2026, 1, 1).checked_add(i64::from(n).days()).unwrap()
}

/// The holder at the end of a day, as known at a position, told straight from the facts.
fn told(facts: &[(Position, Fact)], obligation: usize, at: Date, known: Position) -> Option<&'static str> {
    let mut relevant: Vec<&(Position, Fact)> = facts
        .iter()
        .filter(|(p, f)| f.obligation == obligation && *p <= known && day(f.day) <= at)
        .collect();
    relevant.sort_by_key(|(p, f)| (f.day, *p));
    relevant.last().and_then(|(_, f)| f.holder)
}

async fn dump(ledger: &Ledger) -> Vec<String> {
    let sql = "SELECT id, valid_from, valid_to, from_position, to_position, holder FROM toy_holder \
               ORDER BY id, valid_from, from_position";
    let rows = ledger.fetch(sql, vec![]).await.unwrap();
    rows.iter()
        .map(|r| {
            let text = |c| r.text(c).unwrap();
            let number = |c| r.integer(c).unwrap();
            format!(
                "{} {}..{} {}..{} {}",
                text("id"),
                text("valid_from"),
                text("valid_to"),
                number("from_position"),
                number("to_position"),
                text("holder")
            )
        })
        .collect()
}

#[tokio::test]
async fn rows_made_again_are_the_rows_of_the_commits_and_tell_both_times() {
    each(async |place| {
        let ledger = place.open().await;
        let mut runner = TestRunner::deterministic();
        for case in 0..12 {
            let facts = facts().new_tree(&mut runner).unwrap().current();
            let mut recorded = Vec::new();
            let mut versions = [0_i64; 4];
            // Several facts in one commit now and then.
            for pair in facts.chunks(1 + case % 3) {
                let mut commit = Commit::new(officer(), request("r"));
                for fact in pair {
                    let name = stream(&format!("obligation/{case}-{}", fact.obligation));
                    let held = event("obligation.held", json!({ "holder": fact.holder })).effective(day(fact.day));
                    commit = commit.write(name, Version(versions[fact.obligation]), vec![held]);
                    versions[fact.obligation] += 1;
                }
                let committed = ledger.commit(commit).await.unwrap();
                recorded.extend(
                    pair.iter()
                        .enumerate()
                        .map(|(i, f)| (Position(committed.first.0 + i as i64), f.clone())),
                );
            }
            let last = recorded.last().unwrap().0;
            let first = recorded[0].0;
            for obligation in 0..4 {
                let id = format!("{case}-{obligation}");
                for (at, known) in [
                    (0, last.0),
                    (3, last.0),
                    (5, i64::midpoint(first.0, last.0)),
                    (11, last.0),
                    (11, first.0),
                    (7, first.0 - 1),
                ] {
                    let time = AsOf {
                        date: day(at),
                        known: Position(known),
                    };
                    let (condition, values) = time.condition("h", 2);
                    let mut bound = vec![id.as_str().into()];
                    bound.extend(values);
                    let sql = format!("SELECT holder FROM toy_holder h WHERE h.id = $1 AND {condition}");
                    let rows = ledger.fetch(sql, bound).await.unwrap();
                    assert!(rows.len() <= 1, "two holders at once: {facts:?}");
                    let found = rows.first().map(|row| row.text("holder").unwrap());
                    assert_eq!(
                        found.as_deref(),
                        told(&recorded, obligation, day(at), Position(known)),
                        "{at} {known} {facts:?}"
                    );
                }
            }
        }
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
        let before = dump(&ledger).await;
        assert!(before.len() > 50);
        ledger.rebuild(&[]).await.unwrap();
        assert_eq!(dump(&ledger).await, before);
    })
    .await;
}

fn entered(number: i64) -> NewEvent {
    event(
        "task.entered",
        json!({ "number": number, "title": format!("t{number}") }),
    )
}

#[tokio::test]
async fn a_check_finds_rows_that_the_log_does_not_give() {
    each(async |place| {
        let ledger = place.open().await;
        for n in 0..5 {
            ledger.commit(one(&format!("task/{n}"), 0, entered(n))).await.unwrap();
        }
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
        place
            .tamper("UPDATE toy_task SET title = 'forged' WHERE number = 2")
            .await;
        place.tamper("DELETE FROM toy_task WHERE number = 3").await;
        place.tamper("DELETE FROM claim WHERE value = '4'").await;
        let found = ledger.rebuild_check().await.unwrap();
        let found: Vec<_> = found.iter().map(|d| (d.table.as_str(), d.missing, d.surplus)).collect();
        assert_eq!(found, [("toy_task", 2, 1), ("claim", 1, 0)]);
        // The check changed nothing, and a rebuild mends it.
        assert_eq!(
            ledger
                .count("SELECT count(*) AS n FROM toy_task", vec![])
                .await
                .unwrap(),
            4
        );
        ledger.rebuild(&["toy-tasks"]).await.unwrap();
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
        // Rows go on from there, and claims hold.
        ledger
            .commit(one("task/2", 1, event("task.renamed", json!({ "title": "new" }))))
            .await
            .unwrap();
        assert!(ledger.commit(one("task/9", 0, entered(4))).await.is_err());
        assert!(ledger.rebuild(&["no-such"]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_log_longer_than_one_chunk_is_made_again() {
    each(async |place| {
        let ledger = place.open().await;
        let mut commit = Commit::new(officer(), request("import"));
        for n in 0..2_600 {
            commit = commit.write(stream(&format!("task/{n}")), Version(0), vec![entered(n)]);
        }
        ledger.commit(commit).await.unwrap();
        for round in 0..2_i64 {
            let mut commit = Commit::new(officer(), request("rename"));
            for n in 0..2_600 {
                let renamed = event("task.renamed", json!({ "title": format!("r{round}-{n}") }));
                commit = commit.write(stream(&format!("task/{n}")), Version(1 + round), vec![renamed]);
            }
            ledger.commit(commit).await.unwrap();
        }
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
        let changed = ledger
            .count("SELECT count(*) AS n FROM toy_task WHERE changes = 2", vec![])
            .await
            .unwrap();
        assert_eq!(changed, 2_600);
        let verification = ledger.verify().await.unwrap();
        assert_eq!((verification.ok, verification.events), (true, 7_800));
    })
    .await;
}
