//! What was recorded stays: the database refuses to change it, and whoever gets round that is found.

use crate::testkit::{Drawer, Place, Seal, each, event, officer, one, projections, request, stream};
use ledger::{
    Backend, Checkpoint, Commit, Config, Fault, Ledger, Position, Recorded, Value, Verification, Version, chain,
    checkpoint,
};
use serde_json::json;
use std::sync::Arc;

async fn open(place: &Place, drawer: &Arc<Drawer>) -> Ledger {
    let config = Config {
        signer: Some(Arc::new(Seal)),
        sink: Some(drawer.clone()),
        ..place.config()
    };
    Ledger::open(config, projections(), vec![], place.clock.clone())
        .await
        .unwrap()
}

/// Ten events over three streams; checkpoints after the fourth, the seventh and the tenth.
async fn ten_events(ledger: &Ledger) -> Vec<Recorded> {
    let mut versions = [0; 3];
    for n in 0..10 {
        let which = n % 3;
        let raised = event("counter.raised", json!({ "n": n, "words": "标准" }));
        ledger
            .commit(one(&format!("counter/{which}"), versions[which], raised))
            .await
            .unwrap();
        versions[which] += 1;
        if [3, 6, 9].contains(&n) {
            assert!(ledger.checkpoint_now().await.unwrap().is_some());
        }
    }
    ledger.events(Position::START, 100).await.unwrap()
}

async fn without_guards(place: &Place, ledger: &Ledger) {
    let refused = match ledger.backend() {
        Backend::Sqlite => ["DROP TRIGGER events_kept_update", "DROP TRIGGER events_kept_delete"].as_slice(),
        Backend::Postgres => ["DROP TRIGGER events_kept_row ON events"].as_slice(),
    };
    for sql in refused {
        place.tamper(sql).await;
    }
}

fn literal(backend: Backend, value: &Value) -> String {
    match (value, backend) {
        (Value::Text(Some(text)), _) => format!("'{}'", text.replace('\'', "''")),
        (Value::Integer(Some(number)), _) => number.to_string(),
        (Value::Bytes(Some(bytes)), Backend::Sqlite) => format!("x'{}'", chain::hexadecimal(bytes)),
        (Value::Bytes(Some(bytes)), Backend::Postgres) => format!("'\\x{}'::bytea", chain::hexadecimal(bytes)),
        other => panic!("{other:?}"),
    }
}

fn columns(event: &Recorded) -> Vec<(&'static str, Value)> {
    vec![
        ("position", event.position.into()),
        ("stream", event.stream.as_str().into()),
        ("version", event.version.0.into()),
        ("kind", event.kind.as_str().into()),
        ("schema", event.schema.into()),
        ("at", event.at.into()),
        ("effective", event.effective.into()),
        ("actor", event.actor.0.as_str().into()),
        ("cause", event.cause.as_str().into()),
        ("body", event.body.as_str().into()),
        ("previous_hash", event.previous_hash.clone().into()),
        ("hash", event.hash.clone().into()),
    ]
}

/// The same value with one byte changed.
fn forged(value: &Value) -> Value {
    match value {
        Value::Text(Some(text)) => {
            let mut bytes = text.clone().into_bytes();
            let last = bytes.len() - 1;
            bytes[last] = if bytes[last] == b'7' { b'8' } else { b'7' };
            String::from_utf8(bytes).unwrap().into()
        }
        Value::Integer(Some(number)) => (number + 256).into(),
        Value::Bytes(Some(bytes)) => {
            let mut bytes = bytes.clone();
            bytes[20] ^= 1;
            bytes.into()
        }
        other => panic!("{other:?}"),
    }
}

fn found_at(verification: &Verification, position: i64) -> bool {
    !verification.ok
        && verification
            .problems
            .iter()
            .any(|problem| problem.position.0 == position)
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_an_event() {
    each(async |place| {
        let ledger = place.open().await;
        ten_events_without_checkpoints(&ledger).await;
        let url = match &place.url {
            ledger::DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            ledger::DatabaseUrl::Postgres(url) => url.clone(),
        };
        let connection = sea_orm::Database::connect(url).await.unwrap();
        let mut attempts = vec![
            "UPDATE events SET actor = 'x' WHERE position = 1",
            "DELETE FROM events WHERE position = 2",
        ];
        if ledger.backend() == Backend::Postgres {
            attempts.push("TRUNCATE events");
        }
        for sql in attempts {
            let refused = sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
                .await
                .unwrap_err();
            assert!(
                refused.to_string().contains("events are never changed"),
                "{sql}: {refused}"
            );
        }
        connection.close().await.unwrap();
    })
    .await;
}

async fn ten_events_without_checkpoints(ledger: &Ledger) {
    for n in 0..10 {
        ledger
            .commit(one("counter/a", n, event("counter.raised", json!({ "n": n }))))
            .await
            .unwrap();
    }
    let verification = ledger.verify().await.unwrap();
    assert_eq!(
        (verification.ok, verification.events, verification.head),
        (true, 10, Position(10))
    );
}

#[tokio::test]
async fn a_changed_byte_is_found_in_every_column_at_its_position() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        let events = ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        let backend = ledger.backend();
        for index in [0, 4, 9] {
            let event = &events[index];
            let position = event.position.0;
            for (column, value) in columns(event) {
                let (forged, place_now) = match (column, forged(&value)) {
                    ("position", Value::Integer(Some(new))) => (Value::from(new), new),
                    (_, forged) => (forged, position),
                };
                let set = |value: &Value, at: i64| {
                    format!(
                        "UPDATE events SET {column} = {} WHERE position = {at}",
                        literal(backend, value)
                    )
                };
                place.tamper(&set(&forged, position)).await;
                let verification = ledger.verify().await.unwrap();
                assert!(
                    found_at(&verification, position),
                    "{column} of event {position}: {:?}",
                    verification.problems
                );
                place.tamper(&set(&value, place_now)).await;
                assert!(
                    ledger.verify().await.unwrap().ok,
                    "{column} of event {position} was put back"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_reported_and_the_rest_is_read() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        for sql in [
            "UPDATE events SET effective = 'yesterday' WHERE position = 2",
            "UPDATE events SET effective = '20260302' WHERE position = 3",
            "UPDATE events SET stream = 'nonsense' WHERE position = 5",
            "UPDATE events SET at = 9000000000000000000 WHERE position = 8",
        ] {
            place.tamper(sql).await;
        }
        let verification = ledger.verify().await.unwrap();
        let unreadable: Vec<i64> = verification
            .problems
            .iter()
            .filter(|p| matches!(p.what, Fault::Unreadable { .. }))
            .map(|p| p.position.0)
            .collect();
        assert_eq!((verification.events, unreadable), (10, vec![2, 3, 5, 8]));
    })
    .await;
}

fn insert(backend: Backend, event: &Recorded) -> String {
    let (names, values): (Vec<_>, Vec<_>) = columns(event)
        .into_iter()
        .map(|(name, value)| (name, literal(backend, &value)))
        .unzip();
    format!(
        "INSERT INTO events ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    )
}

#[tokio::test]
async fn a_removed_event_is_found_at_its_position() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        let events = ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        for index in [0, 4, 9] {
            let position = events[index].position;
            place
                .tamper(&format!("DELETE FROM events WHERE position = {position}"))
                .await;
            let verification = ledger.verify().await.unwrap();
            assert!(
                verification
                    .problems
                    .iter()
                    .any(|p| p.position == position && p.what == Fault::Missing { until: position }),
                "{:?}",
                verification.problems
            );
            place.tamper(&insert(ledger.backend(), &events[index])).await;
            assert!(ledger.verify().await.unwrap().ok);
        }
    })
    .await;
}

#[tokio::test]
async fn two_swapped_events_are_found() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        let events = ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        for (a, b) in [(1, 2), (4, 8), (9, 10)] {
            for sql in [
                format!("UPDATE events SET position = 99 WHERE position = {a}"),
                format!("UPDATE events SET position = {a} WHERE position = {b}"),
                format!("UPDATE events SET position = {b} WHERE position = 99"),
            ] {
                place.tamper(&sql).await;
            }
            let verification = ledger.verify().await.unwrap();
            assert!(
                found_at(&verification, a) && found_at(&verification, b),
                "{:?}",
                verification.problems
            );
            place
                .tamper(&format!("DELETE FROM events WHERE position IN ({a}, {b})"))
                .await;
            for position in [a, b] {
                place
                    .tamper(&insert(ledger.backend(), &events[position as usize - 1]))
                    .await;
            }
            assert!(ledger.verify().await.unwrap().ok);
        }
    })
    .await;
}

#[tokio::test]
async fn a_removed_tail_is_found_even_with_head_streams_and_checkpoints_made_to_fit() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        let events = ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        place.tamper("DELETE FROM events WHERE position > 7").await;
        let clumsy = ledger.verify().await.unwrap();
        assert!(found_at(&clumsy, 8), "{:?}", clumsy.problems);
        let hash = literal(ledger.backend(), &events[6].hash.clone().into());
        place
            .tamper(&format!("UPDATE head SET position = 7, hash = {hash}"))
            .await;
        place
            .tamper("UPDATE stream SET version = (SELECT max(version) FROM events e WHERE e.stream = stream.name)")
            .await;
        place.tamper("DELETE FROM checkpoint WHERE position > 7").await;
        let thorough = ledger.verify().await.unwrap();
        assert_eq!(thorough.problems.len(), 1, "{:?}", thorough.problems);
        assert_eq!(
            (thorough.problems[0].position, &thorough.problems[0].what),
            (Position(8), &Fault::Missing { until: Position(10) })
        );
    })
    .await;
}

#[tokio::test]
async fn a_log_hashed_afresh_is_found_at_the_next_checkpoint() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        let mut events = ten_events(&ledger).await;
        without_guards(place, &ledger).await;
        let backend = ledger.backend();
        events[4].body = events[4].body.replace("标准", "假的");
        for index in 4..10 {
            events[index].previous_hash = events[index - 1].hash.clone();
            events[index].hash = chain::hash(&events[index]);
            let event = &events[index];
            place
                .tamper(&format!(
                    "UPDATE events SET body = {}, previous_hash = {}, hash = {} WHERE position = {}",
                    literal(backend, &event.body.as_str().into()),
                    literal(backend, &event.previous_hash.clone().into()),
                    literal(backend, &event.hash.clone().into()),
                    event.position
                ))
                .await;
        }
        place
            .tamper(&format!(
                "UPDATE head SET hash = {}",
                literal(backend, &events[9].hash.clone().into())
            ))
            .await;
        let what = |v: &Verification| {
            v.problems
                .iter()
                .map(|p| (p.position.0, p.what.clone()))
                .collect::<Vec<_>>()
        };
        let found = ledger.verify().await.unwrap();
        assert_eq!(what(&found), [(7, Fault::Checkpoint), (10, Fault::Checkpoint)]);
        // Whoever forges the checkpoints of the database, too, lacks the key, and does not reach those outside.
        for position in [7, 10] {
            let hash = literal(backend, &events[position - 1].hash.clone().into());
            place
                .tamper(&format!(
                    "UPDATE checkpoint SET hash = {hash} WHERE position = {position}"
                ))
                .await;
        }
        let found = ledger.verify().await.unwrap();
        assert_eq!(
            what(&found),
            [
                (7, Fault::Signature),
                (7, Fault::Checkpoint),
                (10, Fault::Signature),
                (10, Fault::Checkpoint)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn checkpoints_are_written_every_thousand_events_and_at_stop() {
    each(async |place| {
        let drawer = Arc::new(Drawer::default());
        let ledger = open(place, &drawer).await;
        for (n, many) in [(0, 600), (1, 600), (2, 10)] {
            let events = (0..many).map(|m| event("counter.raised", json!({ "n": m }))).collect();
            let commit =
                Commit::new(officer(), request("r")).write(stream(&format!("counter/{n}")), Version(0), events);
            ledger.commit(commit).await.unwrap();
        }
        let positions = |drawer: &Drawer| {
            drawer
                .0
                .lock()
                .unwrap()
                .iter()
                .map(|c| c.position.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(positions(&drawer), [1_200]);
        assert_eq!(ledger.checkpoints().await.unwrap().len(), 1);
        // What the drawer lost is brought again.
        drawer.0.lock().unwrap().clear();
        ledger.close().await.unwrap();
        assert_eq!(positions(&drawer), [1_200, 1_210]);
        let kept = drawer.0.lock().unwrap().clone();
        assert!(kept.iter().all(|c: &Checkpoint| c.holds(&Seal)));
        assert_eq!(checkpoint::EVERY, 1_000);
    })
    .await;
}

#[test]
fn a_verification_is_printed_as_the_contract_says() {
    let verification = Verification {
        ok: false,
        events: 9,
        head: Position(9),
        problems: vec![ledger::Problem {
            position: Position(3),
            what: Fault::Hash,
        }],
        redacted: vec![ledger::Redacted {
            position: Position(5),
            by: Position(9),
            rule: "rule".to_owned(),
        }],
    };
    assert_eq!(
        serde_json::to_value(&verification).unwrap(),
        json!({
            "ok": false, "events": 9, "head": 9,
            "problems": [{ "position": 3, "what": "the columns do not give the hash" }],
            "redacted": [{ "position": 5, "by": 9, "rule": "rule" }],
        })
    );
}
