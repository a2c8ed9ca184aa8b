//! Statements: how values are bound, and how many statements a task has run.

use crate::value::{Row, Value};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

tokio::task_local! {
    static COUNT: Arc<AtomicU64>;
}

/// Runs a future and counts the statements that it sends to the database: a page that runs one for each row shows here.
pub async fn counted<F: Future>(future: F) -> (F::Output, u64) {
    let count = Arc::new(AtomicU64::new(0));
    let output = COUNT.scope(count.clone(), future).await;
    (output, count.load(Ordering::Relaxed))
}

/// The counter of the present task, to be carried into a task that it starts.
pub(crate) fn counter() -> Option<Arc<AtomicU64>> {
    COUNT.try_with(Clone::clone).ok()
}

/// Runs a future under a counter taken from another task.
pub(crate) async fn counting<F: Future>(counter: Option<Arc<AtomicU64>>, future: F) -> F::Output {
    match counter {
        Some(counter) => COUNT.scope(counter, future).await,
        None => future.await,
    }
}

fn bound(value: Value) -> sea_orm::Value {
    match value {
        Value::Text(v) => sea_orm::Value::String(v),
        Value::Integer(v) => sea_orm::Value::BigInt(v),
        Value::Bytes(v) => sea_orm::Value::Bytes(v),
    }
}

fn prepare<C: ConnectionTrait>(connection: &C, sql: impl Into<String>, values: Vec<Value>) -> Statement {
    let _ = COUNT.try_with(|count| count.fetch_add(1, Ordering::Relaxed));
    let backend = connection.get_database_backend();
    let sql = sql.into();
    let sql = match backend {
        DbBackend::Sqlite if values.len() > FEW && sql.contains('$') => unnamed(&sql, values.len()).unwrap_or(sql),
        _ => sql,
    };
    Statement::from_sql_and_values(backend, sql, values.into_iter().map(bound))
}

/// So many named places cost SQLite nothing.
const FEW: usize = 16;

/// The statement with `?` for `$1`, `$2` …, where each stands once, in order and outside quotes. SQLite seeks a named
/// place among all the others, so that a statement of many rows takes the square of their number.
fn unnamed(sql: &str, count: usize) -> Option<String> {
    let mut text = String::with_capacity(sql.len());
    let mut next = 1;
    let mut quote = None;
    let mut rest = sql;
    while let Some(at) = rest.find(['$', '\'', '"']) {
        let (before, mark) = rest.split_at(at);
        let (mark, after) = mark.split_at(1);
        text.push_str(before);
        rest = after;
        match quote {
            Some(open) => quote = (open != mark).then_some(open),
            None if mark == "$" => {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let (number, after) = after.split_at(digits);
                if number.parse() != Ok(next) {
                    return None;
                }
                next += 1;
                text.push('?');
                rest = after;
                continue;
            }
            None => quote = Some(mark),
        }
        text.push_str(mark);
    }
    text.push_str(rest);
    (next == count + 1).then_some(text)
}

/// All rows of a query.
pub(crate) async fn rows<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Vec<Row>, DbErr> {
    let statement = prepare(connection, sql, values);
    Ok(connection
        .query_all_raw(statement)
        .await?
        .into_iter()
        .map(Row)
        .collect())
}

/// The first row of a query, if there is one.
pub(crate) async fn one<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Option<Row>, DbErr> {
    let statement = prepare(connection, sql, values);
    Ok(connection.query_one_raw(statement).await?.map(Row))
}

/// Runs a statement; the number of rows that it touched.
pub(crate) async fn execute<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<u64, DbErr> {
    let statement = prepare(connection, sql, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// How a statement of many rows marks the places of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// `$1, $2 …`
    Numbered,
    /// `?, ? …`, which SQLite finds without looking for them.
    Bare,
}

impl Places {
    /// As the database of a connection likes them.
    pub(crate) fn of<C: ConnectionTrait>(connection: &C) -> Self {
        match connection.get_database_backend() {
            DbBackend::Sqlite => Self::Bare,
            _ => Self::Numbered,
        }
    }

    /// `(…), (…)` for so many rows of so many values each.
    pub(crate) fn tuples(self, rows: usize, values: usize) -> String {
        let tuples: Vec<String> = match self {
            Self::Numbered => (0..rows)
                .map(|row| format!("({})", placeholders(row * values + 1, values)))
                .collect(),
            Self::Bare => vec![format!("({})", vec!["?"; values].join(", ")); rows],
        };
        tuples.join(", ")
    }
}

/// `$first, $first+1 …`, `count` of them.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    let mut text = String::new();
    for index in first..first + count {
        if index > first {
            text.push_str(", ");
        }
        text.push('$');
        text.push_str(&index.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::unnamed;

    #[test]
    fn places_in_order_lose_their_names() {
        assert_eq!(
            unnamed("INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)", 4).as_deref(),
            Some("INSERT INTO t (a, b) VALUES (?, ?), (?, ?)")
        );
    }

    #[test]
    fn places_out_of_order_or_used_twice_keep_their_names() {
        assert_eq!(unnamed("SELECT $2, $1", 2), None);
        assert_eq!(unnamed("SELECT $1, $1", 1), None);
        assert_eq!(unnamed("SELECT $1", 2), None, "a value too many");
        assert_eq!(unnamed("SELECT $name", 1), None);
    }

    #[test]
    fn what_is_quoted_is_no_place() {
        assert_eq!(
            unnamed("SELECT '$9 it''s' AS \"$8\", $1", 1).as_deref(),
            Some("SELECT '$9 it''s' AS \"$8\", ?")
        );
    }
}
