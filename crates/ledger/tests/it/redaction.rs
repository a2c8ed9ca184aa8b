//! An entry whose content was removed: the chain holds, the log says so, and nothing else may be changed with it.

use crate::testkit::{Place, each, event, officer, one, projections, request};
use ledger::{Commit, Fault, Ledger, NewEvent, Position, Redaction, chain};
use serde_json::json;

const STAYS: &str = r#"{"redacted":{"on":"2026-03-02","rule":"rule"}}"#;

async fn three(place: &Place) -> Ledger {
    let ledger = place.open().await;
    for n in 0..3 {
        let raised = event("counter.raised", json!({ "n": n, "words": format!("13800000000 {n}") }));
        ledger.commit(one("counter/a", n, raised)).await.unwrap();
    }
    ledger
}

/// The redaction of the second entry, committed and not yet carried out.
async fn decided(ledger: &Ledger) -> Position {
    let entry = ledger.event(Position(2)).await.unwrap().unwrap();
    let redaction = Redaction {
        entry: entry.position,
        seal: chain::hexadecimal(&chain::seal(&entry)),
        stays: STAYS.to_owned(),
        reason: "a telephone number".to_owned(),
        rule: "rule".to_owned(),
        asked_by: None,
    };
    let commit = redaction.written(Commit::new(officer(), request("redact"))).unwrap();
    ledger.commit(commit).await.unwrap().last
}

fn faults(verification: &ledger::Verification) -> Vec<(i64, Fault)> {
    let problems = verification.problems.iter();
    problems.map(|p| (p.position.0, p.what.clone())).collect()
}

#[tokio::test]
async fn the_content_goes_the_chain_holds_and_the_log_says_so() {
    each(async |place| {
        let ledger = three(place).await;
        let before = ledger.event(Position(2)).await.unwrap().unwrap();
        let by = decided(&ledger).await;
        assert!(
            ledger.verify().await.unwrap().redacted.is_empty(),
            "not yet carried out"
        );
        assert_eq!(ledger.carry_out_redactions().await.unwrap(), [Position(2)]);
        assert!(ledger.carry_out_redactions().await.unwrap().is_empty(), "once");
        let after = ledger.event(Position(2)).await.unwrap().unwrap();
        assert_eq!(after.body, STAYS);
        assert_eq!(
            (&after.hash, &after.kind, after.at),
            (&before.hash, &before.kind, before.at)
        );
        let verification = ledger.verify().await.unwrap();
        assert!(verification.ok, "{:?}", verification.problems);
        let told: Vec<_> = verification
            .redacted
            .iter()
            .map(|r| (r.position, r.by, r.rule.as_str()))
            .collect();
        assert_eq!(told, [(Position(2), by, "rule")]);
        assert!(ledger.rebuild_check().await.unwrap().is_empty());
        // The second time it is refused, and the log goes on.
        let again = Redaction {
            entry: Position(2),
            seal: String::new(),
            stays: STAYS.to_owned(),
            reason: "again".to_owned(),
            rule: "rule".to_owned(),
            asked_by: None,
        };
        let commit = again.written(Commit::new(officer(), request("again"))).unwrap();
        assert!(ledger.commit(commit).await.is_err());
        let next = NewEvent::new("counter.raised", 1, &json!({ "n": 3 })).unwrap();
        ledger.commit(one("counter/a", 3, next)).await.unwrap();
        assert!(ledger.verify().await.unwrap().ok);
        ledger.close().await.unwrap();
        // The database refuses to change an event as it did before.
        let refused = std::panic::AssertUnwindSafe(place.tamper("UPDATE events SET body = '{}' WHERE position = 1"));
        assert!(futures_util::FutureExt::catch_unwind(refused).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_before_a_crash_is_carried_out_at_the_next_start() {
    each(async |place| {
        let ledger = three(place).await;
        decided(&ledger).await;
        ledger.close().await.unwrap();
        drop(ledger);
        let ledger = Ledger::open(place.config(), projections(), vec![], place.clock.clone())
            .await
            .unwrap();
        assert_eq!(ledger.event(Position(2)).await.unwrap().unwrap().body, STAYS);
        assert!(ledger.verify().await.unwrap().ok);
    })
    .await;
}

#[tokio::test]
async fn under_its_cover_nothing_else_is_changed() {
    each(async |place| {
        let ledger = three(place).await;
        decided(&ledger).await;
        ledger.carry_out_redactions().await.unwrap();
        ledger.close().await.unwrap();
        drop(ledger);
        let lift = match &place.url {
            ledger::DatabaseUrl::Sqlite(_) => "DROP TRIGGER events_kept_update",
            ledger::DatabaseUrl::Postgres(_) => "DROP TRIGGER events_kept_row ON events",
        };
        place.tamper(lift).await;
        for (change, back) in [
            ("kind = 'counter.lowered'", "kind = 'counter.raised'"),
            ("actor = 'somebody-else'", "actor = 'officer'"),
            (
                "body = '{\"redacted\":{\"on\":\"2026-03-02\",\"rule\":\"another\"}}'",
                "body = '{\"redacted\":{\"on\":\"2026-03-02\",\"rule\":\"rule\"}}'",
            ),
        ] {
            let actor = if back.starts_with("actor") {
                format!("actor = '{}'", officer().0)
            } else {
                back.to_owned()
            };
            place
                .tamper(&format!("UPDATE events SET {change} WHERE position = 2"))
                .await;
            let ledger = place.open().await;
            assert_eq!(faults(&ledger.verify().await.unwrap()), [(2, Fault::Hash)], "{change}");
            ledger.close().await.unwrap();
            drop(ledger);
            place
                .tamper(&format!("UPDATE events SET {actor} WHERE position = 2"))
                .await;
        }
        // Another entry is not covered by it.
        place
            .tamper(&format!("UPDATE events SET body = '{STAYS}' WHERE position = 1"))
            .await;
        let ledger = place.open().await;
        assert_eq!(faults(&ledger.verify().await.unwrap()), [(1, Fault::Hash)]);
    })
    .await;
}
