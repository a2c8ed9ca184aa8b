//! Statements that make tables, for either database.
//!
//! SQLite takes any value in any column, so its tables carry checks of what PostgreSQL knows by type. Constraints and
//! indexes have names, since errors quote them.

use crate::{
    database::Backend,
    table::{Column, ColumnKind, Table},
};

/// A name as it stands in a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Several names, with commas.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// The definition of a column.
pub(crate) fn column(backend: Backend, table: &str, column: &Column) -> String {
    let (kind, null) = match column.kind {
        ColumnKind::Text => ("text", false),
        ColumnKind::TextOrNull => ("text", true),
        ColumnKind::Integer => ("integer", false),
        ColumnKind::IntegerOrNull => ("integer", true),
        ColumnKind::Bytes => ("blob", false),
    };
    let name = quoted(column.name);
    let sql = match (backend, kind) {
        (_, "text") => "TEXT",
        (_, "integer") => "BIGINT",
        (Backend::Sqlite, _) => "BLOB",
        (Backend::Postgres, _) => "BYTEA",
    };
    let not_null = if null { "" } else { " NOT NULL" };
    match backend {
        Backend::Postgres => format!("{name} {sql}{not_null}"),
        Backend::Sqlite => {
            let or_null = if null { ", 'null'" } else { "" };
            let check = constraint("ck", table, column.name);
            format!("{name} {sql}{not_null} CONSTRAINT {check} CHECK (typeof({name}) IN ('{kind}'{or_null}))")
        }
    }
}

/// The table with its primary key, without its other indexes.
pub(crate) fn create_table(backend: Backend, table: &Table) -> String {
    format!("CREATE TABLE {}", definition(backend, table))
}

/// The same table, for this connection alone: it hides the one of the same name.
pub(crate) fn create_side_table(backend: Backend, table: &Table) -> String {
    format!("CREATE TEMP TABLE {}", definition(backend, table))
}

fn definition(backend: Backend, table: &Table) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(|c| column(backend, table.name, c)).collect();
    if !table.key.is_empty() {
        parts.push(format!(
            "CONSTRAINT {} PRIMARY KEY ({})",
            constraint("pk", table.name, ""),
            list(table.key.iter().copied())
        ));
    }
    format!("{} ({})", quoted(table.name), parts.join(", "))
}

/// The indexes of a table that no two rows may share; an upsert may name them.
pub(crate) fn create_unique_indexes(table: &Table) -> Vec<String> {
    table
        .indexes
        .iter()
        .filter(|i| i.starts_with("unique:"))
        .map(|i| create_index(table.name, i))
        .collect()
}

/// The other indexes of a table, which are cheaper made once it is full.
pub(crate) fn create_other_indexes(table: &Table) -> Vec<String> {
    table
        .indexes
        .iter()
        .filter(|i| !i.starts_with("unique:"))
        .map(|i| create_index(table.name, i))
        .collect()
}

/// One index: `"place, task"`, or `"unique:place"`.
pub(crate) fn create_index(table: &str, index: &str) -> String {
    let (unique, columns) = match index.strip_prefix("unique:") {
        Some(columns) => (true, columns),
        None => (false, index),
    };
    let columns: Vec<&str> = columns.split(',').map(str::trim).collect();
    format!(
        "CREATE {}INDEX {} ON {} ({})",
        if unique { "UNIQUE " } else { "" },
        constraint(if unique { "uq" } else { "ix" }, table, &columns.join("_")),
        quoted(table),
        list(columns)
    )
}

/// A column that an existing table gets; what is never NULL starts empty or as 0.
pub(crate) fn add_column(backend: Backend, table: &str, added: &Column) -> String {
    let start = match (added.kind, backend) {
        (ColumnKind::TextOrNull | ColumnKind::IntegerOrNull, _) => "",
        (ColumnKind::Text, _) => " DEFAULT ''",
        (ColumnKind::Integer, _) => " DEFAULT 0",
        (ColumnKind::Bytes, Backend::Sqlite) => " DEFAULT x''",
        (ColumnKind::Bytes, Backend::Postgres) => " DEFAULT ''::bytea",
    };
    format!(
        "ALTER TABLE {} ADD COLUMN {}{start}",
        quoted(table),
        column(backend, table, added)
    )
}

/// The name of a constraint; PostgreSQL cuts names at 63 bytes, so that a long one ends in a digest instead.
pub(crate) fn constraint(prefix: &str, table: &str, columns: &str) -> String {
    let name = if columns.is_empty() {
        format!("{prefix}_{table}")
    } else {
        format!("{prefix}_{table}_{columns}")
    };
    if name.len() <= 60 {
        return quoted(&name);
    }
    use sha2::Digest;
    let digest = crate::chain::hexadecimal(&sha2::Sha256::digest(name.as_bytes())[..4]);
    quoted(&format!("{}_{digest}", &name[..50]))
}
