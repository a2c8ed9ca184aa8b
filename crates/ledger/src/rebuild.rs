//! Rows made again from the log, and compared with what the commits made.

use crate::{
    database::Backend,
    error::{CommitError, LedgerError},
    ledger::{Inner, Ledger},
    migration,
    projection::Projection,
    replay::replay,
    schema,
    statement::{execute, one, placeholders, rows},
    tables,
    value::Value,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;
use std::{collections::HashMap, sync::Arc};

impl Ledger {
    /// Drops the rows of the named projections and makes them again; of all where `names` is empty. Commits wait.
    pub async fn rebuild(&self, names: &[&str]) -> Result<(), LedgerError> {
        let all: Vec<&str> = self.inner.projections.iter().map(|p| p.name()).collect();
        if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
            return Err(LedgerError::Change {
                table: (*unknown).to_owned(),
                reason: "there is no such projection".to_owned(),
            });
        }
        rebuild(&self.inner, if names.is_empty() { &all } else { names }, Choice::Named).await
    }

    /// Makes all rows again beside those that the commits made, and says where they differ. Nothing is changed, and
    /// commits may go on meanwhile.
    pub async fn rebuild_check(&self) -> Result<Vec<Difference>, LedgerError> {
        let inner = &self.inner;
        let transaction = inner.database.beside().await?;
        let result = compare(inner, &transaction).await;
        transaction.rollback().await?;
        result
    }
}

/// A table whose rows are not what the log gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The projection that fills it.
    pub projection: String,
    /// The table.
    pub table: String,
    /// Rows that the log gives and the table lacks.
    pub missing: i64,
    /// Rows that the table has and the log does not give.
    pub surplus: i64,
}

/// Makes the rows in tables of this connection alone, which hide those of the same name, and compares them.
async fn compare(inner: &Inner, transaction: &DatabaseTransaction) -> Result<Vec<Difference>, LedgerError> {
    let backend = inner.database.backend;
    let (kept, made) = match backend {
        Backend::Sqlite => ("main".to_owned(), "temp"),
        Backend::Postgres => {
            let row = one(transaction, "SELECT current_schema()::text AS name", vec![]).await?;
            (
                row.map_or_else(|| Ok("public".to_owned()), |row| row.text("name"))?,
                "pg_temp",
            )
        }
    };
    let all = &inner.projections;
    let shared = [&tables::CLAIM, &tables::FILE];
    for table in all.iter().flat_map(|p| p.tables()).chain(shared) {
        transaction
            .execute_unprepared(&schema::create_side_table(backend, table))
            .await?;
        for index in schema::create_unique_indexes(table) {
            transaction.execute_unprepared(&index).await?;
        }
    }
    replay(inner, transaction, transaction, all).await.map_err(replayed)?;
    let mut differences = Vec::new();
    for projection in all {
        for table in projection.tables().iter().chain([&tables::CLAIM]) {
            let columns = schema::list(table.columns.iter().map(|column| column.name));
            let name = schema::quoted(table.name);
            let (whose, values) = if table.name == tables::CLAIM.name {
                (" WHERE source = $1", vec![projection.name().into()])
            } else {
                ("", vec![])
            };
            // Rows that stand several times are counted, so that "except" does not take two for one.
            let side = |schema: &str| {
                format!("SELECT {columns}, count(*) AS times FROM {schema}.{name}{whose} GROUP BY {columns}")
            };
            let (kept, made) = (side(&schema::quoted(&kept)), side(made));
            let mut counts = [0, 0];
            for (count, (more, less)) in counts.iter_mut().zip([(&made, &kept), (&kept, &made)]) {
                let sql = format!("SELECT count(*) AS n FROM ({more} EXCEPT {less}) AS d");
                *count = one(transaction, sql, values.clone())
                    .await?
                    .map_or(Ok(0), |row| row.integer("n"))?;
            }
            let [missing, surplus] = counts;
            if missing + surplus > 0 {
                differences.push(Difference {
                    projection: projection.name().to_owned(),
                    table: table.name.to_owned(),
                    missing,
                    surplus,
                });
            }
        }
    }
    Ok(differences)
}

/// Which of the named projections are made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// All of them.
    Named,
    /// Those that no other node has brought up to date meanwhile.
    StillStale,
}

/// Projections whose rows are missing or of another version.
pub(crate) async fn stale<C: ConnectionTrait>(inner: &Inner, connection: &C) -> Result<Vec<&'static str>, LedgerError> {
    let answer = rows(connection, "SELECT name, version FROM projection", vec![]).await?;
    let mut known = HashMap::new();
    for row in answer {
        known.insert(row.text("name")?, row.integer("version")?);
    }
    Ok(inner
        .projections
        .iter()
        .filter(|p| known.get(p.name()) != Some(&i64::from(p.version())))
        .map(|p| p.name())
        .collect())
}

/// Makes the rows of these projections again, in one transaction under the lock of the head.
pub(crate) async fn rebuild(inner: &Inner, names: &[&str], choice: Choice) -> Result<(), LedgerError> {
    let transaction = inner.database.write().await?;
    migration::alone(&transaction, inner.database.backend).await?;
    execute(&transaction, "UPDATE head SET position = position WHERE id = 1", vec![]).await?;
    let stale = stale(inner, &transaction).await?;
    let chosen: Vec<Arc<dyn Projection>> = inner
        .projections
        .iter()
        .filter(|p| names.contains(&p.name()) && (choice == Choice::Named || stale.contains(&p.name())))
        .cloned()
        .collect();
    for projection in &chosen {
        clear(inner, &transaction, projection).await?;
        for table in projection.tables() {
            transaction
                .execute_unprepared(&schema::create_table(inner.database.backend, table))
                .await?;
            for index in schema::create_unique_indexes(table) {
                transaction.execute_unprepared(&index).await?;
            }
        }
    }
    // The head is locked: nothing is added to the log meanwhile, and it may be read beside the writing.
    let last = replay(inner, inner.database.reader(), &transaction, &chosen)
        .await
        .map_err(replayed)?;
    for projection in &chosen {
        for table in projection.tables() {
            for index in schema::create_other_indexes(table) {
                transaction.execute_unprepared(&index).await?;
            }
        }
        let tables: Vec<&str> = projection.tables().iter().map(|table| table.name).collect();
        execute(
            &transaction,
            "INSERT INTO projection (name, version, position, tables) VALUES ($1, $2, $3, $4)",
            vec![
                projection.name().into(),
                projection.version().into(),
                last.into(),
                tables.join(",").into(),
            ],
        )
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Marks projections that this program does not have: they miss the events to come, so whoever has them again makes
/// their rows again.
pub(crate) async fn disown(inner: &Inner) -> Result<(), LedgerError> {
    let transaction = inner.database.write().await?;
    let names: Vec<Value> = inner.projections.iter().map(|p| p.name().into()).collect();
    let sql = if names.is_empty() {
        "UPDATE projection SET version = 0".to_owned()
    } else {
        format!(
            "UPDATE projection SET version = 0 WHERE name NOT IN ({})",
            placeholders(1, names.len())
        )
    };
    execute(&transaction, sql, names).await?;
    transaction.commit().await?;
    Ok(())
}

/// Drops the tables of a projection, those of an earlier version among them, and its claims.
async fn clear(
    inner: &Inner,
    transaction: &DatabaseTransaction,
    projection: &Arc<dyn Projection>,
) -> Result<(), LedgerError> {
    let row = one(
        transaction,
        "SELECT tables FROM projection WHERE name = $1",
        vec![projection.name().into()],
    )
    .await?;
    let mut tables: Vec<String> = projection.tables().iter().map(|table| table.name.to_owned()).collect();
    if let Some(row) = row {
        tables.extend(
            row.text("tables")?
                .split(',')
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
        );
    }
    for table in tables {
        if inner.registry.may(&table, projection.name()) {
            transaction
                .execute_unprepared(&format!("DROP TABLE IF EXISTS {}", schema::quoted(&table)))
                .await?;
        }
    }
    execute(
        transaction,
        "DELETE FROM claim WHERE source = $1",
        vec![projection.name().into()],
    )
    .await?;
    execute(
        transaction,
        "DELETE FROM projection WHERE name = $1",
        vec![projection.name().into()],
    )
    .await?;
    Ok(())
}

fn replayed(refused: CommitError) -> LedgerError {
    match refused {
        CommitError::Ledger(failure) => failure,
        other => LedgerError::Database(format!("rows cannot be made again: {other}")),
    }
}
