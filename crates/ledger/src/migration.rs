//! Migrations of what is not derived: the ledger's own tables and the state tables of other rooms. The list of a room
//! only grows; each migration runs once, in a transaction of its own.

use crate::{
    chain,
    database::{Backend, Database},
    error::LedgerError,
    schema,
    statement::{execute, one, rows},
    table::{Column, Table},
    tables,
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// A change of the tables that hold state.
#[derive(Debug, Clone, Copy)]
pub struct StateMigration {
    /// Name, unique for good: `people-0001-session`.
    pub name: &'static str,
    /// What it does, in order.
    pub steps: &'static [MigrationStep],
}

/// One step of a migration.
#[derive(Debug, Clone, Copy)]
pub enum MigrationStep {
    /// A new table with its indexes.
    CreateTable(&'static Table),
    /// A new column; a text that is never NULL starts empty, an integer as 0.
    AddColumn {
        /// Table.
        table: &'static str,
        /// Column.
        column: Column,
    },
    /// A new index, as in [`Table::indexes`].
    AddIndex {
        /// Table.
        table: &'static str,
        /// Columns.
        index: &'static str,
    },
    /// Any statement, in the words of either database.
    Statement {
        /// For SQLite.
        sqlite: &'static str,
        /// For PostgreSQL.
        postgres: &'static str,
    },
}

/// Runs what has not run yet.
pub(crate) async fn migrate(database: &Database, state: &[StateMigration], now: Timestamp) -> Result<(), LedgerError> {
    let transaction = database.write().await?;
    alone(&transaction, database.backend).await?;
    let known = exists(&transaction, database.backend, tables::MIGRATION.name).await?;
    if !known {
        for table in tables::ALL {
            create(&transaction, database.backend, table).await?;
        }
        for guard in tables::guards(database.backend) {
            transaction.execute_unprepared(&guard).await?;
        }
        execute(
            &transaction,
            "INSERT INTO head (id, position, hash, at) VALUES (1, 0, $1, $2)",
            vec![chain::genesis().into(), i64::MIN.into()],
        )
        .await?;
        done(&transaction, "ledger-0001-log", now).await?;
    }
    transaction.commit().await?;
    for migration in state {
        let transaction = database.write().await?;
        alone(&transaction, database.backend).await?;
        let ran = one(
            &transaction,
            "SELECT name FROM migration WHERE name = $1",
            vec![migration.name.into()],
        )
        .await?;
        if ran.is_none() {
            for step in migration.steps {
                run(&transaction, database.backend, step).await?;
            }
            done(&transaction, migration.name, now).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

async fn done(transaction: &DatabaseTransaction, name: &str, now: Timestamp) -> Result<(), LedgerError> {
    execute(
        transaction,
        "INSERT INTO migration (name, at) VALUES ($1, $2)",
        vec![name.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// The migrations that a database has had, in the order of their names.
pub(crate) async fn had(database: &Database) -> Result<Vec<String>, LedgerError> {
    let answer = rows(database.reader(), "SELECT name FROM migration ORDER BY name", vec![]).await?;
    answer.iter().map(|row| row.text("name")).collect()
}

/// Waits until no other node migrates or rebuilds, up to the end of the transaction.
pub(crate) async fn alone(transaction: &DatabaseTransaction, backend: Backend) -> Result<(), LedgerError> {
    if backend == Backend::Postgres {
        one(
            transaction,
            "SELECT pg_advisory_xact_lock(2024314)::text AS held",
            vec![],
        )
        .await?;
    }
    Ok(())
}

/// Whether a table is there.
pub(crate) async fn exists<C: ConnectionTrait>(
    connection: &C,
    backend: Backend,
    table: &str,
) -> Result<bool, LedgerError> {
    let sql = match backend {
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1",
        Backend::Postgres => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
        }
    };
    Ok(one(connection, sql, vec![table.into()]).await?.is_some())
}

/// Makes a table with its indexes.
pub(crate) async fn create(
    transaction: &DatabaseTransaction,
    backend: Backend,
    table: &Table,
) -> Result<(), LedgerError> {
    transaction
        .execute_unprepared(&schema::create_table(backend, table))
        .await?;
    for index in schema::create_unique_indexes(table)
        .into_iter()
        .chain(schema::create_other_indexes(table))
    {
        transaction.execute_unprepared(&index).await?;
    }
    Ok(())
}

async fn run(transaction: &DatabaseTransaction, backend: Backend, step: &MigrationStep) -> Result<(), LedgerError> {
    match step {
        MigrationStep::CreateTable(table) => create(transaction, backend, table).await?,
        MigrationStep::AddColumn { table, column } => {
            let sql = schema::add_column(backend, table, column);
            transaction.execute_unprepared(&sql).await?;
        }
        MigrationStep::AddIndex { table, index } => {
            transaction
                .execute_unprepared(&schema::create_index(table, index))
                .await?;
        }
        MigrationStep::Statement { sqlite, postgres } => {
            let sql = if backend == Backend::Sqlite { sqlite } else { postgres };
            transaction.execute_unprepared(sql).await?;
        }
    }
    Ok(())
}
