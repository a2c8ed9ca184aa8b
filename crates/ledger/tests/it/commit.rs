//! One door for writes: what a commit records, refuses and repeats.

use crate::testkit::{each, event, noon, officer, one, request, stream};
use jiff::{SignedDuration, civil::date};
use ledger::{
    Cause, Change, Commit, CommitError, Idempotency, LedgerError, NewEvent, Position, RegisteredFile, Version, chain,
    counted,
};
use serde_json::json;

fn entered(number: i64) -> NewEvent {
    event(
        "task.entered",
        json!({ "number": number, "title": format!("任务{number}") }),
    )
}

#[tokio::test]
async fn a_commit_records_events_and_their_rows() {
    each(async |place| {
        let ledger = place.open().await;
        assert_eq!(ledger.head().await.unwrap(), (Position::START, chain::genesis()));
        let commit = one("task/first-28", 0, entered(28)).write(
            stream("obligation/a"),
            Version(0),
            vec![event("obligation.held", json!({ "holder": "desk" })).effective(date(2026, 1, 5))],
        );
        let committed = ledger.commit(commit).await.unwrap();
        assert_eq!((committed.first, committed.last), (Position(1), Position(2)));
        assert_eq!(committed.at, noon());
        assert_eq!(committed.repeated, None);

        let events = ledger.events(Position::START, 10).await.unwrap();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].effective, date(2026, 3, 2));
        assert_eq!(events[1].effective, date(2026, 1, 5));
        assert_eq!(events[0].previous_hash, vec![0; 64]);
        assert_eq!(events[1].previous_hash, events[0].hash);
        assert_eq!(events[1].hash, chain::hash(&events[1]));
        assert_eq!(ledger.head().await.unwrap(), (Position(2), events[1].hash.clone()));
        assert_eq!(ledger.stream(&stream("task/first-28")).await.unwrap(), events[..1]);
        assert_eq!(ledger.event(Position(2)).await.unwrap().as_ref(), Some(&events[1]));
        assert_eq!(ledger.version(&stream("task/first-28")).await.unwrap(), Version(1));

        let row = ledger
            .fetch_one(
                "SELECT number, title FROM toy_task WHERE id = $1",
                vec!["first-28".into()],
            )
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.integer("number").unwrap(), row.text("title").unwrap()),
            (28, "任务28".to_owned())
        );
        assert_eq!(
            ledger
                .count("SELECT count(*) AS n FROM toy_holder", vec![])
                .await
                .unwrap(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_an_old_state_is_refused_and_leaves_nothing() {
    each(async |place| {
        let ledger = place.open().await;
        ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
        let stale = ledger.commit(one("task/a", 0, entered(2))).await.unwrap_err();
        assert!(
            matches!(stale, CommitError::Stale { actual: Version(1), .. }),
            "{stale}"
        );
        // What was read elsewhere must still stand, too.
        let mut relying = one("task/b", 0, entered(2));
        relying.reads.push((stream("task/a"), Version(0)));
        assert!(matches!(
            ledger.commit(relying).await.unwrap_err(),
            CommitError::Stale { .. }
        ));
        assert_eq!(ledger.head().await.unwrap().0, Position(1));
        assert_eq!(
            ledger
                .count("SELECT count(*) AS n FROM toy_task", vec![])
                .await
                .unwrap(),
            1
        );
        // The next position is the next one: the refused ones took none.
        assert_eq!(
            ledger.commit(one("task/b", 0, entered(2))).await.unwrap().first,
            Position(2)
        );
    })
    .await;
}

#[tokio::test]
async fn a_claimed_value_belongs_to_one_stream() {
    each(async |place| {
        let ledger = place.open().await;
        ledger.commit(one("task/a", 0, entered(28))).await.unwrap();
        let taken = ledger.commit(one("task/b", 0, entered(28))).await.unwrap_err();
        assert!(
            matches!(&taken, CommitError::Taken { kind, holder, .. } if kind == "task-number" && holder == "task/a"),
            "{taken}"
        );
        let claim = |holder: &str| Change::Claim {
            kind: "login",
            value: "li".to_owned(),
            holder: holder.to_owned(),
        };
        ledger.state(vec![claim("person/1")]).await.unwrap();
        ledger.state(vec![claim("person/1")]).await.unwrap();
        assert!(matches!(
            ledger.state(vec![claim("person/2")]).await.unwrap_err(),
            CommitError::Taken { .. }
        ));
        ledger
            .state(vec![
                Change::Release {
                    kind: "login",
                    value: "li".to_owned(),
                },
                claim("person/2"),
            ])
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    each(async |place| {
        let ledger = place.open().await;
        let ask = |key: &str, request: &str, number: i64| {
            let mut commit = one(&format!("task/n{number}"), 0, entered(number));
            commit.idempotency = Some(Idempotency {
                key: key.to_owned(),
                request: request.to_owned(),
                answer: format!("answer {number}"),
            });
            commit
        };
        let first = ledger.commit(ask("k", "digest", 1)).await.unwrap();
        let again = ledger.commit(ask("k", "digest", 1)).await.unwrap();
        assert_eq!(again.repeated.as_deref(), Some("answer 1"));
        assert_eq!((again.first, again.last, again.at), (first.first, first.last, first.at));
        assert_eq!(ledger.head().await.unwrap().0, Position(1));
        assert!(matches!(
            ledger.commit(ask("k", "other", 2)).await.unwrap_err(),
            CommitError::KeyReused { .. }
        ));
        let answered = |key: &'static str, request: &'static str| {
            let ledger = ledger.clone();
            async move { ledger.answered(&officer(), key, request).await }
        };
        assert_eq!(answered("k", "digest").await.unwrap(), Some(again));
        assert_eq!(answered("new", "digest").await.unwrap(), None);
        assert!(matches!(
            answered("k", "other").await.unwrap_err(),
            CommitError::KeyReused { .. }
        ));
        // Another person may use the same key.
        let mut other = ask("k", "other", 2);
        other.actor = ledger::ActorId("officer-2".to_owned());
        assert_eq!(ledger.commit(other).await.unwrap().repeated, None);
        // After seven days the key is free again.
        place.clock.set(noon() + SignedDuration::from_hours(24 * 7));
        assert_eq!(ledger.commit(ask("k", "later", 3)).await.unwrap().repeated, None);
    })
    .await;
}

#[tokio::test]
async fn a_reaction_happens_once() {
    each(async |place| {
        let ledger = place.open().await;
        ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
        let react = |name: &str| {
            Commit::new(officer(), Cause::Reaction(Position(1), "wake")).write(
                stream(name),
                Version(0),
                vec![event("obligation.held", json!({"holder": "x"}))],
            )
        };
        ledger.commit(react("obligation/a")).await.unwrap();
        let twice = ledger.commit(react("obligation/b")).await.unwrap_err();
        assert!(
            matches!(&twice, CommitError::AlreadyReacted { cause } if cause == "1/wake"),
            "{twice}"
        );
        assert_eq!(ledger.event(Position(2)).await.unwrap().unwrap().cause, "1/wake");
        assert_eq!(ledger.head().await.unwrap().0, Position(2));
    })
    .await;
}

#[tokio::test]
async fn state_alone_takes_no_position() {
    each(async |place| {
        let ledger = place.open().await;
        let mut commit = Commit::new(officer(), request("r"));
        assert!(matches!(
            ledger.commit(commit.clone()).await.unwrap_err(),
            CommitError::Empty
        ));
        commit.state.push(ledger.cursor_moved("index", Position(7)));
        let committed = ledger.commit(commit).await.unwrap();
        assert_eq!(committed.last, Position::START);
        assert_eq!(ledger.cursor("index").await.unwrap(), Position(7));
        assert_eq!(ledger.head().await.unwrap().0, Position::START);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_back_does_not_take_the_log_with_it() {
    each(async |place| {
        let ledger = place.open().await;
        ledger.commit(one("task/a", 0, entered(1))).await.unwrap();
        place.clock.set(noon() - SignedDuration::from_hours(48));
        let second = ledger.commit(one("task/b", 0, entered(2))).await.unwrap();
        assert_eq!(second.at, noon());
        let later = noon() + SignedDuration::from_secs(1);
        place.clock.set(later);
        ledger.commit(one("task/c", 0, entered(3))).await.unwrap();
        assert_eq!(ledger.position_at(noon()).await.unwrap(), Position(2));
        assert_eq!(ledger.position_at(later).await.unwrap(), Position(3));
        assert_eq!(
            ledger.position_at(noon() - SignedDuration::from_secs(1)).await.unwrap(),
            Position::START
        );
    })
    .await;
}

#[tokio::test]
async fn changes_that_fit_no_table_are_refused() {
    each(async |place| {
        let ledger = place.open().await;
        let wrong = [
            Change::Insert {
                table: "nowhere",
                values: vec![("id", "a".into())],
            },
            Change::Insert {
                table: "cursor",
                values: vec![("nmae", "a".into())],
            },
            Change::Delete {
                table: "events",
                whose: vec![],
            },
            Change::Delete {
                table: "toy_task",
                whose: vec![],
            },
        ];
        for change in wrong {
            let refused = ledger.state(vec![change.clone()]).await.unwrap_err();
            assert!(
                matches!(refused, CommitError::Ledger(LedgerError::Change { .. })),
                "{change:?}: {refused}"
            );
        }
        let mut loose = entered(1);
        loose.body = "{ \"number\" : 1 }".to_owned();
        let refused = ledger.commit(one("task/a", 0, loose)).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Ledger(LedgerError::Body { .. })),
            "{refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_guard_that_no_longer_holds_stops_what_hangs_on_it() {
    each(async |place| {
        let ledger = place.open().await;
        ledger
            .state(vec![ledger.cursor_moved("index", Position(1))])
            .await
            .unwrap();
        let take = |seen: i64, new: i64| Change::Update {
            table: "cursor",
            values: vec![("position", new.into())],
            whose: vec![("name", "index".into()), ("position", seen.into())],
        };
        assert!(
            ledger
                .state_if(take(1, 2), vec![ledger.cursor_moved("other", Position(5))])
                .await
                .unwrap()
        );
        assert!(
            !ledger
                .state_if(take(1, 3), vec![ledger.cursor_moved("other", Position(9))])
                .await
                .unwrap()
        );
        assert_eq!(ledger.cursor("index").await.unwrap(), Position(2));
        assert_eq!(ledger.cursor("other").await.unwrap(), Position(5));
    })
    .await;
}

#[tokio::test]
async fn statements_of_a_task_are_counted() {
    each(async |place| {
        let ledger = place.open().await;
        let ((), n) = counted(async {
            ledger.head().await.unwrap();
            ledger.events(Position::START, 5).await.unwrap();
        })
        .await;
        assert_eq!(n, 2);
        let (_, writing) = counted(ledger.commit(one("task/a", 0, entered(1)))).await;
        assert!((5..=12).contains(&writing), "{writing} statements for one commit");
    })
    .await;
}

#[tokio::test]
async fn a_commit_of_many_events_takes_few_statements() {
    each(async |place| {
        let ledger = place.open().await;
        let mut enter = Commit::new(officer(), request("import"));
        let mut hold = Commit::new(officer(), request("hold"));
        let mut pass_on = Commit::new(officer(), request("pass on"));
        for n in 0..300 {
            let held = |holder: &str| vec![event("obligation.held", json!({ "holder": holder }))];
            enter = enter.write(stream(&format!("task/{n}")), Version(0), vec![entered(n)]);
            hold = hold.write(stream(&format!("obligation/{n}")), Version(0), held("a"));
            pass_on = pass_on.write(stream(&format!("obligation/{n}")), Version(1), held("b"));
        }
        for commit in [enter, hold, pass_on] {
            let (made, n) = counted(ledger.commit(commit)).await;
            made.unwrap();
            assert!(n <= 14, "{n} statements for 300 events");
        }
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_an_event_refers_to_is_kept() {
    each(async |place| {
        let ledger = place.open().await;
        let file = |digest: &str| RegisteredFile {
            digest: digest.to_owned(),
            size: 12,
            media: "application/pdf".to_owned(),
            name: Some("批复.pdf".to_owned()),
            uploaded_at: noon(),
            uploaded_by: officer(),
            referred: false,
        };
        let proved = |name: &str, digest: &str| one(name, 0, event("task.proved", json!({ "digest": digest })));
        let unknown = ledger.commit(proved("task/a", "aa")).await.unwrap_err();
        assert!(
            matches!(unknown, CommitError::Ledger(LedgerError::Change { .. })),
            "{unknown}"
        );
        let mut commit = proved("task/a", "aa");
        commit.state.push(file("aa").entered());
        ledger.commit(commit).await.unwrap();
        ledger.state(vec![file("bb").entered()]).await.unwrap();
        assert_eq!(
            ledger.file("aa").await.unwrap(),
            Some(RegisteredFile {
                referred: true,
                ..file("aa")
            })
        );
        let later = noon() + SignedDuration::from_secs(1);
        assert_eq!(ledger.unreferred_files(later, 10).await.unwrap(), [file("bb")]);
        assert!(!ledger.mark_file_going(&file("aa")).await.unwrap());
        assert!(!ledger.forget_file("bb").await.unwrap(), "it was not marked");
        assert!(ledger.mark_file_going(&file("bb")).await.unwrap());
        assert_eq!(ledger.file("bb").await.unwrap(), None);
        // From now on no event can refer to it, and what a crash left marked is found again.
        let late = ledger.commit(proved("task/b", "bb")).await.unwrap_err();
        assert!(
            matches!(late, CommitError::Ledger(LedgerError::Change { .. })),
            "{late}"
        );
        assert_eq!(ledger.unreferred_files(later, 10).await.unwrap(), [file("bb")]);
        assert!(ledger.mark_file_going(&file("bb")).await.unwrap());
        assert!(ledger.forget_file("bb").await.unwrap());
        assert_eq!(ledger.rebuild_check().await.unwrap(), []);
    })
    .await;
}
