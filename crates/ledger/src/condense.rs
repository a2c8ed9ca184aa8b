//! Fewer changes with the same outcome: what happens to a row that is yet to be inserted happens before it is inserted.
//!
//! A row of which there is one at most is not sought among those that are there once it was found among those to come.
//!
//! For the changes of one table. Updates and deletes go first, in their order, and inserts last, as they have become in
//! the meantime: neighbours of one kind then fit into one statement. An insert that meets a row with its key fails later
//! than it would have, and fails all the same, unless that row was deleted meanwhile.

use crate::{change::Change, value::Value};
use std::collections::HashMap;

type Values = Vec<(&'static str, Value)>;

/// The same changes, condensed; changes of claims, files and upserts stay where they are.
pub(crate) fn condense(changes: Vec<Change>) -> Vec<Change> {
    let mut done = Vec::with_capacity(changes.len());
    let mut pending = Pending::default();
    for change in changes {
        match change {
            Change::Insert { table, values } => {
                if pending.table.is_some_and(|pending| pending != table) {
                    pending.flush(&mut done);
                }
                pending.insert(table, values);
            }
            Change::Update { table, values, whose } if pending.table.is_none_or(|pending| pending == table) => {
                pending.update(&values, &whose);
                done.push(Change::Update { table, values, whose });
            }
            Change::UpdateOne { table, values, whose } if pending.table.is_none_or(|pending| pending == table) => {
                if !pending.update(&values, &whose) {
                    done.push(Change::UpdateOne { table, values, whose });
                }
            }
            Change::Delete { table, whose } if pending.table.is_none_or(|pending| pending == table) => {
                pending.delete(&whose);
                done.push(Change::Delete { table, whose });
            }
            other => {
                pending.flush(&mut done);
                done.push(other);
            }
        }
    }
    pending.flush(&mut done);
    done
}

/// Rows that are yet to be inserted, found by the value of their first column.
#[derive(Default)]
struct Pending {
    table: Option<&'static str>,
    rows: Vec<Option<Values>>,
    /// The first column of all rows; none of use where they differ.
    first: Option<&'static str>,
    mixed: bool,
    by_first: HashMap<Value, Vec<usize>>,
}

impl Pending {
    fn insert(&mut self, table: &'static str, values: Values) {
        self.table = Some(table);
        if let Some((column, value)) = values.first() {
            self.mixed |= self.first.is_some_and(|first| first != *column);
            self.first = Some(column);
            self.by_first.entry(value.clone()).or_default().push(self.rows.len());
        }
        self.rows.push(Some(values));
    }

    /// Rows that agree with `whose`, by their index.
    fn agreeing(&self, whose: &[(&'static str, Value)]) -> Vec<usize> {
        let asked = whose
            .iter()
            .find(|(column, _)| !self.mixed && Some(*column) == self.first);
        let candidates = match asked {
            Some((_, value)) => self.by_first.get(value).cloned().unwrap_or_default(),
            None => (0..self.rows.len()).collect(),
        };
        candidates
            .into_iter()
            .filter(|index| {
                self.rows.get(*index).and_then(Option::as_ref).is_some_and(|row| {
                    whose
                        .iter()
                        .all(|(column, value)| match row.iter().find(|(c, _)| c == column) {
                            Some((_, found)) => found == value,
                            None => is_null(value),
                        })
                })
            })
            .collect()
    }

    /// Whether a row took it.
    fn update(&mut self, values: &[(&'static str, Value)], whose: &[(&'static str, Value)]) -> bool {
        let agreeing = self.agreeing(whose);
        let taken = !agreeing.is_empty();
        for index in agreeing {
            let Some(Some(row)) = self.rows.get_mut(index) else {
                continue;
            };
            let before = row.first().map(|(_, value)| value.clone());
            for (column, value) in values {
                match row.iter_mut().find(|(c, _)| c == column) {
                    Some((_, old)) => *old = value.clone(),
                    None => row.push((column, value.clone())),
                }
            }
            let after = row.first().map(|(_, value)| value.clone());
            if before != after
                && let (Some(before), Some(after)) = (before, after)
            {
                if let Some(indexes) = self.by_first.get_mut(&before) {
                    indexes.retain(|i| *i != index);
                }
                self.by_first.entry(after).or_default().push(index);
            }
        }
        taken
    }

    fn delete(&mut self, whose: &[(&'static str, Value)]) {
        for index in self.agreeing(whose) {
            if let Some(row) = self.rows.get_mut(index) {
                *row = None;
            }
        }
    }

    fn flush(&mut self, done: &mut Vec<Change>) {
        if let Some(table) = self.table.take() {
            done.extend(
                self.rows
                    .drain(..)
                    .flatten()
                    .map(|values| Change::Insert { table, values }),
            );
        }
        self.by_first.clear();
        self.first = None;
        self.mixed = false;
    }
}

fn is_null(value: &Value) -> bool {
    matches!(value, Value::Text(None) | Value::Integer(None) | Value::Bytes(None))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
mod tests {
    use super::condense;
    use crate::{change::Change, value::Value};
    use proptest::prelude::*;

    type Row = (i64, i64, i64);

    fn number(values: &[(&'static str, Value)], column: &str) -> Option<i64> {
        values.iter().find(|(c, _)| *c == column).map(|(_, value)| match value {
            Value::Integer(Some(n)) => *n,
            other => panic!("{other:?}"),
        })
    }

    fn agrees(row: &Row, whose: &[(&'static str, Value)]) -> bool {
        [("id", row.0), ("from", row.1), ("to", row.2)]
            .iter()
            .all(|(column, value)| number(whose, column).is_none_or(|wanted| wanted == *value))
    }

    /// A table as a list of rows.
    fn carried_out(mut rows: Vec<Row>, changes: Vec<Change>) -> Vec<Row> {
        for change in changes {
            match change {
                Change::Insert { values, .. } => rows.push((
                    number(&values, "id").unwrap(),
                    number(&values, "from").unwrap(),
                    number(&values, "to").unwrap(),
                )),
                Change::Update { values, whose, .. } => {
                    for row in rows.iter_mut().filter(|row| agrees(row, &whose)) {
                        row.0 = number(&values, "id").unwrap_or(row.0);
                        row.1 = number(&values, "from").unwrap_or(row.1);
                        row.2 = number(&values, "to").unwrap_or(row.2);
                    }
                }
                Change::Delete { whose, .. } => rows.retain(|row| !agrees(row, &whose)),
                other => panic!("{other:?}"),
            }
        }
        rows.sort_unstable();
        rows
    }

    fn some_of(values: Vec<(&'static str, i64)>) -> impl Strategy<Value = Vec<(&'static str, Value)>> {
        let many = values.len();
        prop::sample::subsequence(values, 1..=many)
            .prop_map(|some| some.into_iter().map(|(column, n)| (column, Value::from(n))).collect())
    }

    fn columns() -> impl Strategy<Value = Vec<(&'static str, i64)>> {
        (0..3_i64, 0..3_i64, 0..3_i64).prop_map(|(id, from, to)| vec![("id", id), ("from", from), ("to", to)])
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            columns().prop_map(|row| Change::Insert {
                table: "t",
                values: row.into_iter().map(|(c, n)| (c, Value::from(n))).collect(),
            }),
            (columns().prop_flat_map(some_of), columns().prop_flat_map(some_of)).prop_map(|(values, whose)| {
                Change::Update {
                    table: "t",
                    values,
                    whose,
                }
            }),
            columns()
                .prop_flat_map(some_of)
                .prop_map(|whose| Change::Delete { table: "t", whose }),
        ]
    }

    #[test]
    fn a_row_that_is_closed_before_it_is_inserted_is_inserted_closed() {
        let row = |id: i64, to: i64| vec![("id", Value::from(id)), ("from", 0.into()), ("to", to.into())];
        let close = |id: i64| Change::UpdateOne {
            table: "t",
            values: vec![("to", 7.into())],
            whose: vec![("id", id.into()), ("to", 9.into())],
        };
        let insert = |values| Change::Insert { table: "t", values };
        // The row 2 was inserted earlier: its change stays.
        let condensed = condense(vec![insert(row(1, 9)), close(1), close(2), insert(row(1, 9))]);
        assert_eq!(condensed, [close(2), insert(row(1, 7)), insert(row(1, 9))]);
    }

    proptest! {
        #[test]
        fn condensed_changes_leave_the_same_rows(
            before in prop::collection::vec((0..3_i64, 0..3_i64, 0..3_i64), 0..5),
            changes in prop::collection::vec(change(), 0..12),
        ) {
            let condensed = condense(changes.clone());
            let inserts = condensed.iter().skip_while(|c| !matches!(c, Change::Insert { .. }));
            prop_assert!(inserts.clone().all(|c| matches!(c, Change::Insert { .. })), "inserts come last");
            prop_assert_eq!(carried_out(before.clone(), changes), carried_out(before, condensed));
        }
    }
}
