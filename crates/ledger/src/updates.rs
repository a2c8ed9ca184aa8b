//! Updates of the same shape as one statement.

use crate::{
    rows::{MOST_ROWS, MOST_VALUES, alike},
    schema::quoted,
    statement::placeholders,
    value::Value,
};
use std::collections::HashSet;

type Values = Vec<(&'static str, Value)>;

/// Updates of one table that set the same columns of rows named by the same columns.
pub(crate) struct Updates {
    updates: Vec<(Values, Values)>,
    /// What each update names its rows by.
    named: HashSet<Vec<Value>>,
}

impl Updates {
    pub(crate) fn of(values: Values, whose: Values) -> Self {
        let mut updates = Self {
            updates: Vec::new(),
            named: HashSet::new(),
        };
        updates.add(values, whose);
        updates
    }

    /// Whether one more may be carried out together with these, although they were meant one after the other: it names
    /// other rows, also after the ones before it.
    pub(crate) fn takes(&self, values: &[(&'static str, Value)], whose: &[(&'static str, Value)]) -> bool {
        let Some((first_values, first_whose)) = self.updates.first() else {
            return true;
        };
        let each = values.len() + whose.len();
        self.updates.len() < MOST_ROWS
            && (self.updates.len() + 1) * each <= MOST_VALUES
            && !whose.is_empty()
            && alike(first_values, values)
            && alike(first_whose, whose)
            && !whose.iter().chain(first_whose).any(|(_, value)| is_null(value))
            && !self.named.contains(&only_values(whose))
            // A column that is both set and named by would make the outcome depend on the order, were a row to become
            // what another update names.
            && whose.iter().all(|(column, value)| {
                self.updates
                    .iter()
                    .take(if first_values.iter().any(|(set, _)| set == column) { usize::MAX } else { 0 })
                    .all(|(set, _)| set.iter().all(|(c, new)| c != column || new != value))
            })
    }

    pub(crate) fn add(&mut self, values: Values, whose: Values) {
        self.named.insert(only_values(&whose));
        self.updates.push((values, whose));
    }

    /// One statement for all of them.
    pub(crate) fn statement(mut self, table: &str) -> (String, Vec<Value>) {
        let mut bound = Vec::new();
        if self.updates.len() == 1
            && let Some((values, whose)) = self.updates.pop()
        {
            let set = values
                .into_iter()
                .map(|(column, value)| {
                    bound.push(value);
                    format!("{} = ${}", quoted(column), bound.len())
                })
                .collect::<Vec<_>>()
                .join(", ");
            let condition = condition(whose, &mut bound);
            return (format!("UPDATE {} SET {set}{condition}", quoted(table)), bound);
        }
        let (mut set, mut named) = (Vec::new(), Vec::new());
        if let Some((values, whose)) = self.updates.first() {
            // Both databases call the columns of VALUES column1, column2 …
            set.extend(
                values
                    .iter()
                    .zip(1..)
                    .map(|((c, _), n)| format!("{} = v.column{n}", quoted(c))),
            );
            let from = values.len() + 1;
            named.extend(
                whose
                    .iter()
                    .zip(from..)
                    .map(|((c, _), n)| format!("{}.{} = v.column{n}", quoted(table), quoted(c))),
            );
        }
        let mut tuples = Vec::with_capacity(self.updates.len());
        for (values, whose) in self.updates {
            tuples.push(format!(
                "({})",
                placeholders(bound.len() + 1, values.len() + whose.len())
            ));
            bound.extend(values.into_iter().chain(whose).map(|(_, value)| value));
        }
        let sql = format!(
            "UPDATE {} SET {} FROM (VALUES {}) AS v WHERE {}",
            quoted(table),
            set.join(", "),
            tuples.join(", "),
            named.join(" AND ")
        );
        (sql, bound)
    }
}

fn only_values(whose: &[(&'static str, Value)]) -> Vec<Value> {
    whose.iter().map(|(_, value)| value.clone()).collect()
}

fn is_null(value: &Value) -> bool {
    matches!(value, Value::Text(None) | Value::Integer(None) | Value::Bytes(None))
}

/// ` WHERE …`, or nothing.
pub(crate) fn condition(whose: Values, bound: &mut Vec<Value>) -> String {
    if whose.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = whose
        .into_iter()
        .map(|(column, value)| {
            if is_null(&value) {
                return format!("{} IS NULL", quoted(column));
            }
            bound.push(value);
            format!("{} = ${}", quoted(column), bound.len())
        })
        .collect();
    format!(" WHERE {}", parts.join(" AND "))
}
