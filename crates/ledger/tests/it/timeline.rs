//! The laws of rows with two times, on values alone.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use ledger::{
    ActorId, Change, Position, Recorded, Segment, StreamName, Timeline, Value, Version,
    timeline::{self, OPEN_DATE, OPEN_POSITION},
};
use proptest::prelude::*;

struct Toy;

impl Timeline for Toy {
    const TABLE: &'static str = "toy";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        timeline::fold(
            "x",
            events,
            |state: &mut Option<String>, event| *state = (!event.body.is_empty()).then(|| event.body.clone()),
            |state| state.as_ref().map(|value| vec![("value", value.into())]),
        )
    }
}

fn day(n: i64) -> Date {
    date(2026, 1, 1).checked_add(n.days()).unwrap()
}

/// Facts as (day from which it holds, value; empty: it does not exist), in the order of recording; positions 10, 20 …
fn log(facts: &[(i64, &str)]) -> Vec<Recorded> {
    facts
        .iter()
        .zip(1..)
        .map(|((from, value), n)| Recorded {
            position: Position(n * 10),
            stream: StreamName::parse("toy/x").unwrap(),
            version: Version(n),
            kind: "toy.set".to_owned(),
            schema: 1,
            at: Timestamp::UNIX_EPOCH,
            effective: day(*from),
            actor: ActorId::system(),
            cause: "r".to_owned(),
            body: (*value).to_owned(),
            previous_hash: vec![],
            hash: vec![],
        })
        .collect()
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    valid_from: Value,
    valid_to: Value,
    from_position: i64,
    to_position: i64,
    value: Value,
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Integer(Some(n)) => *n,
        other => panic!("{other:?}"),
    }
}

/// Carries out what each event of the log brings, as the database would.
fn rows(log: &[Recorded]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for n in 1..=log.len() {
        for change in timeline::project::<Toy>(&log[..n]) {
            match change {
                Change::UpdateOne {
                    table: "toy",
                    values,
                    whose,
                } => {
                    let [("id", _), ("valid_from", from), ("to_position", open)] = &whose[..] else {
                        panic!("{whose:?}")
                    };
                    let [("to_position", position)] = &values[..] else {
                        panic!("{values:?}")
                    };
                    let mut touched = 0;
                    for row in rows
                        .iter_mut()
                        .filter(|r| r.valid_from == *from && r.to_position == number(open))
                    {
                        row.to_position = number(position);
                        touched += 1;
                    }
                    assert_eq!(touched, 1, "each closing closes one row");
                }
                Change::Insert { table: "toy", values } => {
                    let get = |name| values.iter().find(|(column, _)| *column == name).unwrap().1.clone();
                    rows.push(Row {
                        valid_from: get("valid_from"),
                        valid_to: get("valid_to"),
                        from_position: number(&get("from_position")),
                        to_position: number(&get("to_position")),
                        value: get("value"),
                    });
                }
                other => panic!("{other:?}"),
            }
        }
    }
    rows
}

/// Values at the end of a day as known at a position: the predicate of `AsOf::condition` on values.
fn as_of(rows: &[Row], at: Date, known: i64) -> Vec<Value> {
    let at = Value::from(at);
    rows.iter()
        .filter(|r| r.valid_from <= at && r.valid_to > at && r.from_position <= known && r.to_position > known)
        .map(|r| r.value.clone())
        .collect()
}

#[test]
fn a_fact_holds_from_its_day_until_the_next() {
    let rows = rows(&log(&[(0, "a"), (5, "b")]));
    assert_eq!(as_of(&rows, day(-1), 20), []);
    assert_eq!(as_of(&rows, day(4), 20), ["a".into()]);
    assert_eq!(as_of(&rows, day(5), 20), ["b".into()]);
    assert_eq!(
        as_of(&rows, day(5), 10),
        ["a".into()],
        "as known before the second was recorded"
    );
    assert_eq!(
        rows.iter()
            .filter(|r| r.to_position == OPEN_POSITION && r.valid_to == Value::from(OPEN_DATE))
            .count(),
        1
    );
}

#[test]
fn a_fact_entered_afterwards_changes_the_past_as_known_now_and_not_as_known_then() {
    let rows = rows(&log(&[(0, "a"), (10, "c"), (5, "b")]));
    assert_eq!(as_of(&rows, day(7), 20), ["a".into()]);
    assert_eq!(as_of(&rows, day(7), 30), ["b".into()]);
    assert_eq!(as_of(&rows, day(10), 30), ["c".into()], "what came later still holds");
}

#[test]
fn a_correction_for_the_same_day_replaces_and_an_end_ends() {
    let rows = rows(&log(&[(0, "a"), (0, "b"), (3, "")]));
    assert_eq!(as_of(&rows, day(0), 10), ["a".into()]);
    assert_eq!(as_of(&rows, day(0), 20), ["b".into()]);
    assert_eq!(as_of(&rows, day(3), 20), ["b".into()]);
    assert_eq!(as_of(&rows, day(3), 30), []);
    assert_eq!(as_of(&rows, day(2), 30), ["b".into()]);
}

#[test]
fn saying_the_same_again_changes_nothing() {
    let log = log(&[(0, "a"), (4, "a")]);
    assert_eq!(timeline::project::<Toy>(&log), []);
    assert_eq!(timeline::project::<Toy>(&[]), []);
}

proptest! {
    #[test]
    fn whatever_the_order_of_recording_the_rows_tell_what_the_facts_tell(
        facts in prop::collection::vec((0..8_i64, prop_oneof![Just(""), Just("a"), Just("b"), Just("c")]), 1..10),
        at in -1..9_i64,
        known in 0..100_i64,
    ) {
        let log = log(&facts);
        let rows = rows(&log);
        let mut relevant: Vec<&Recorded> =
            log.iter().filter(|e| e.effective <= day(at) && e.position.0 <= known).collect();
        relevant.sort_by_key(|e| (e.effective, e.position));
        let told: Vec<Value> =
            relevant.last().filter(|e| !e.body.is_empty()).map(|e| Value::from(&e.body)).into_iter().collect();
        prop_assert_eq!(as_of(&rows, day(at), known), told);
    }

    #[test]
    fn segments_follow_one_another_and_neighbours_differ(
        facts in prop::collection::vec((0..8_i64, prop_oneof![Just(""), Just("a"), Just("b")]), 1..12),
    ) {
        let segments = Toy::segments(&log(&facts));
        for pair in segments.windows(2) {
            let end = pair[0].to.unwrap();
            prop_assert!(pair[0].from < end && end <= pair[1].from);
            prop_assert!(end < pair[1].from || pair[0].values != pair[1].values);
        }
        prop_assert!(segments.iter().all(|s| s.to.is_none_or(|to| s.from < to)));
    }
}
