//! Rows of any table as lines, by what the database itself says of its tables.

use super::{
    BackupError, damaged,
    manifest::{ColumnContent, StateColumn},
};
use crate::{
    database::Backend,
    error::LedgerError,
    schema::{list, quoted},
    statement::{execute, placeholders, rows},
    value::{Row, Value},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::Map;

/// The tables of the database.
pub(super) async fn tables<C: ConnectionTrait>(connection: &C, backend: Backend) -> Result<Vec<String>, BackupError> {
    let sql = match backend {
        Backend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        }
        Backend::Postgres => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    rows(connection, sql, vec![])
        .await?
        .iter()
        .map(|row| Ok(row.text("name")?))
        .collect()
}

/// A table as it stands in the database.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) table: String,
    pub(super) columns: Vec<StateColumn>,
    /// Columns of the primary key, in order.
    key: Vec<String>,
}

impl Shape {
    /// Asks the database.
    pub(super) async fn of<C: ConnectionTrait>(
        connection: &C,
        backend: Backend,
        table: &str,
    ) -> Result<Self, BackupError> {
        let (columns, key) = match backend {
            Backend::Sqlite => (
                "SELECT name, lower(type) AS type FROM pragma_table_info($1) ORDER BY cid",
                "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
            ),
            Backend::Postgres => (
                "SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
                "SELECT a.attname::text AS name FROM pg_index i \
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) \
                 WHERE i.indrelid = to_regclass(quote_ident($1)) AND i.indisprimary \
                 ORDER BY array_position(i.indkey::int2[], a.attnum)",
            ),
        };
        let mut shape = Self {
            table: table.to_owned(),
            columns: Vec::new(),
            key: Vec::new(),
        };
        for row in rows(connection, columns, vec![table.into()]).await? {
            let name = row.text("name")?;
            let content = match row.text("type")?.as_str() {
                "text" => ColumnContent::Text,
                "bigint" | "integer" => ColumnContent::Integer,
                "blob" | "bytea" => ColumnContent::Bytes,
                other => {
                    let reason = format!("a backup cannot hold columns of type {other}");
                    return Err(LedgerError::Column {
                        column: format!("{table}.{name}"),
                        reason,
                    }
                    .into());
                }
            };
            shape.columns.push(StateColumn { name, content });
        }
        for row in rows(connection, key, vec![table.into()]).await? {
            shape.key.push(row.text("name")?);
        }
        Ok(shape)
    }

    /// Columns by which rows are put in order: the key, or all.
    fn order(&self) -> Vec<&StateColumn> {
        if self.key.is_empty() {
            return self.columns.iter().collect();
        }
        self.key
            .iter()
            .filter_map(|key| self.columns.iter().find(|column| column.name == *key))
            .collect()
    }

    /// The statement for the next rows, and its values: after a row where the table has a key, else by number.
    pub(super) fn next(&self, condition: &str, after: &After, limit: i64) -> (String, Vec<Value>) {
        let order = self.order();
        let names = list(order.iter().map(|column| column.name.as_str()));
        let mut conditions = Vec::new();
        if !condition.is_empty() {
            conditions.push(condition.to_owned());
        }
        let mut values = vec![limit.into()];
        let mut offset = "";
        match after {
            After::Start => {}
            After::Key(key) => {
                conditions.push(format!("({names}) > ({})", placeholders(2, key.len())));
                values.extend(key.iter().cloned());
            }
            After::Number(number) => {
                offset = " OFFSET $2";
                values.push((*number).into());
            }
        }
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        let all = list(self.columns.iter().map(|column| column.name.as_str()));
        let table = quoted(&self.table);
        (
            format!("SELECT {all} FROM {table}{filter} ORDER BY {names} LIMIT $1{offset}"),
            values,
        )
    }

    /// Where to go on after a row, the `number`th.
    pub(super) fn after(&self, row: &Row, number: i64) -> Result<After, BackupError> {
        if self.key.is_empty() {
            return Ok(After::Number(number));
        }
        Ok(After::Key(
            self.order()
                .into_iter()
                .map(|column| value(row, column))
                .collect::<Result<_, _>>()?,
        ))
    }
}

/// How far the rows of a table have been read.
#[derive(Debug)]
pub(super) enum After {
    Start,
    Key(Vec<Value>),
    Number(i64),
}

fn value(row: &Row, column: &StateColumn) -> Result<Value, LedgerError> {
    let name = column.name.as_str();
    let failed = |source: sea_orm::DbErr| LedgerError::Column {
        column: name.to_owned(),
        reason: source.to_string(),
    };
    Ok(match column.content {
        ColumnContent::Text => Value::Text(row.text_or_null(name)?),
        ColumnContent::Integer => Value::Integer(row.integer_or_null(name)?),
        ColumnContent::Bytes => Value::Bytes(row.0.try_get("", name).map_err(failed)?),
    })
}

/// Adds a row to `lines`.
pub(super) fn write(shape: &Shape, row: &Row, lines: &mut Vec<u8>) -> Result<(), BackupError> {
    let mut object = Map::new();
    for column in &shape.columns {
        let json = match value(row, column)? {
            Value::Text(text) => text.into(),
            Value::Integer(integer) => integer.into(),
            Value::Bytes(bytes) => bytes.map(|bytes| STANDARD.encode(bytes)).into(),
        };
        object.insert(column.name.clone(), json);
    }
    serde_json::to_writer(&mut *lines, &object).map_err(|source| LedgerError::Column {
        column: shape.table.clone(),
        reason: source.to_string(),
    })?;
    lines.push(b'\n');
    Ok(())
}

/// Reads a row from its line: the values of `columns`, in their order.
pub(super) fn read(part: &str, columns: &[StateColumn], line: &[u8]) -> Result<Vec<Value>, BackupError> {
    let mut object: Map<String, serde_json::Value> =
        serde_json::from_slice(line).map_err(|source| damaged(part, source))?;
    columns
        .iter()
        .map(|column| {
            let wrong = || damaged(part, format!("column {} is not what the manifest says", column.name));
            let json = object.remove(&column.name).ok_or_else(wrong)?;
            Ok(match (column.content, json) {
                (ColumnContent::Text, serde_json::Value::Null) => Value::Text(None),
                (ColumnContent::Integer, serde_json::Value::Null) => Value::Integer(None),
                (ColumnContent::Bytes, serde_json::Value::Null) => Value::Bytes(None),
                (ColumnContent::Text, serde_json::Value::String(text)) => Value::Text(Some(text)),
                (ColumnContent::Integer, serde_json::Value::Number(number)) => {
                    Value::Integer(Some(number.as_i64().ok_or_else(wrong)?))
                }
                (ColumnContent::Bytes, serde_json::Value::String(text)) => {
                    Value::Bytes(Some(STANDARD.decode(text).map_err(|_| wrong())?))
                }
                _ => return Err(wrong()),
            })
        })
        .collect()
}

/// Most values in one statement that both databases take.
const MOST_VALUES: usize = 30_000;
/// More rows in one statement bring nothing.
const MOST_ROWS: usize = 500;

/// How many rows of so many columns go into one statement.
pub(super) fn batch(columns: usize) -> usize {
    (MOST_VALUES / columns.max(1)).clamp(1, MOST_ROWS)
}

/// Enters rows; `values` holds those of all rows, one after the other.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    table: &str,
    columns: &[&str],
    values: Vec<Value>,
) -> Result<(), BackupError> {
    let width = columns.len();
    let tuples: Vec<String> = (0..values.len() / width.max(1))
        .map(|row| format!("({})", placeholders(row * width + 1, width)))
        .collect();
    if tuples.is_empty() {
        return Ok(());
    }
    let names = list(columns.iter().copied());
    let sql = format!("INSERT INTO {} ({names}) VALUES {}", quoted(table), tuples.join(", "));
    execute(transaction, sql, values).await?;
    Ok(())
}
