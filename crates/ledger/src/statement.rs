//! Statements: how values are bound, and how many statements a task has run.

use crate::value::{Row, Value};
use sea_orm::{ConnectionTrait, DbErr, Statement};
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
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values.into_iter().map(bound))
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
