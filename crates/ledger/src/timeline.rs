//! Rows with two times: when a fact held (`valid_from`, `valid_to`) and between which positions it was known
//! (`from_position`, `to_position`).
//!
//! A [`Timeline`] folds a stream's events, sorted by the day from which they hold, into segments. What an event brings is
//! the difference between the segments before and after it, so a fact entered afterwards, or corrected, changes the past
//! as known now and leaves the past as known then.

use crate::{
    change::Change,
    event::{Position, Recorded},
    table::{Column, integer, text},
    value::Value,
};
use jiff::civil::Date;

/// The day after which nothing is planned: an open end.
pub const OPEN_DATE: &str = "9999-12-31";
/// The position that no log reaches: known until further notice.
pub const OPEN_POSITION: i64 = i64::MAX;

/// The four columns that every table with a history carries, beside `id`.
pub const HISTORY_COLUMNS: [Column; 4] = [
    text("valid_from"),
    text("valid_to"),
    integer("from_position"),
    integer("to_position"),
];

/// One row of a history: the values that hold from a day until the next segment of the same id begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which object of the stream; most streams have one.
    pub id: String,
    /// First day on which it holds.
    pub from: Date,
    /// First day on which it no longer holds; open where absent.
    pub to: Option<Date>,
    /// The other columns.
    pub values: Vec<(&'static str, Value)>,
}

/// A history table: how a stream's events become segments.
pub trait Timeline {
    /// The table, whose columns are `id`, the [`HISTORY_COLUMNS`] and the segment's values.
    const TABLE: &'static str;

    /// The whole history of the stream as these events tell it, whatever their order of recording. Pure.
    fn segments(events: &[Recorded]) -> Vec<Segment>;
}

/// The changes that the last event brings to the history table of `T`.
pub fn project<T: Timeline>(events: &[Recorded]) -> Vec<Change> {
    let Some((last, before)) = events.split_last() else {
        return Vec::new();
    };
    let old = if before.is_empty() {
        Vec::new()
    } else {
        T::segments(before)
    };
    let new = T::segments(events);
    difference(T::TABLE, last.position, &old, &new)
}

/// Closes what is no longer so told and opens what is newly told, at `position`.
pub fn difference(table: &'static str, position: Position, old: &[Segment], new: &[Segment]) -> Vec<Change> {
    let mut changes = Vec::new();
    for gone in old.iter().filter(|s| !new.contains(s)) {
        changes.push(Change::UpdateOne {
            table,
            values: vec![("to_position", position.into())],
            whose: vec![
                ("id", gone.id.as_str().into()),
                ("valid_from", gone.from.into()),
                ("to_position", OPEN_POSITION.into()),
            ],
        });
    }
    for come in new.iter().filter(|s| !old.contains(s)) {
        let mut values = vec![
            ("id", Value::from(come.id.as_str())),
            ("valid_from", come.from.into()),
            ("valid_to", come.to.map_or_else(|| OPEN_DATE.into(), Value::from)),
            ("from_position", position.into()),
            ("to_position", OPEN_POSITION.into()),
        ];
        values.extend(come.values.iter().cloned());
        changes.push(Change::Insert { table, values });
    }
    changes
}

/// Something recorded: an event, or one that was read further.
pub trait Dated {
    /// The day from which it holds.
    fn effective(&self) -> Date;
    /// Where it stands in the log.
    fn position(&self) -> Position;
}

impl Dated for Recorded {
    fn effective(&self) -> Date {
        self.effective
    }

    fn position(&self) -> Position {
        self.position
    }
}

/// Folds events by the day from which they hold (then by position) into the segments of one id: `apply` changes the
/// state, `show` gives the columns, or nothing while the object does not exist. Neighbours that show the same are one.
pub fn fold<S: Default, E: Dated>(
    id: &str,
    events: &[E],
    mut apply: impl FnMut(&mut S, &E),
    show: impl Fn(&S) -> Option<Vec<(&'static str, Value)>>,
) -> Vec<Segment> {
    let mut ordered: Vec<&E> = events.iter().collect();
    ordered.sort_by_key(|e| (e.effective(), e.position()));
    let mut state = S::default();
    let mut segments: Vec<Segment> = Vec::new();
    let mut open: Option<(Date, Vec<(&'static str, Value)>)> = None;
    let mut index = 0;
    while index < ordered.len() {
        let day = ordered[index].effective();
        while index < ordered.len() && ordered[index].effective() == day {
            apply(&mut state, ordered[index]);
            index += 1;
        }
        let shown = show(&state);
        if open.as_ref().map(|(_, values)| values) == shown.as_ref() {
            continue;
        }
        if let Some((from, values)) = open.take() {
            segments.push(Segment {
                id: id.to_owned(),
                from,
                to: Some(day),
                values,
            });
        }
        open = shown.map(|values| (day, values));
    }
    if let Some((from, values)) = open {
        segments.push(Segment {
            id: id.to_owned(),
            from,
            to: None,
            values,
        });
    }
    segments
}

/// The time a reader asks about: the end of a civil day, as known at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The state at the end of this day …
    pub date: Date,
    /// … as known when the log stood here; `OPEN_POSITION - 1` is now.
    pub known: Position,
}

impl AsOf {
    /// The end of a day, as known now.
    pub const fn day(date: Date) -> Self {
        Self {
            date,
            known: Position(OPEN_POSITION - 1),
        }
    }

    /// The condition on a history table under an alias (`o.valid_from <= $3 …`), with its two values, whose
    /// placeholders start at `$first`.
    pub fn condition(&self, alias: &str, first: usize) -> (String, [Value; 2]) {
        let (d, p) = (first, first + 1);
        (
            format!(
                "{alias}.valid_from <= ${d} AND {alias}.valid_to > ${d} AND {alias}.from_position <= ${p} AND {alias}.to_position > ${p}"
            ),
            [self.date.into(), self.known.into()],
        )
    }
}
