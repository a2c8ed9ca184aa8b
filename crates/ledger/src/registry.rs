//! Which tables there are and who may write to them, so that a change that names no such table or column is refused
//! before it reaches the database.

use crate::{
    change::Change,
    error::LedgerError,
    migration::{MigrationStep, StateMigration},
    projection::Projection,
    table::Table,
    tables,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Who writes to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// The projection of this name.
    Projection(&'static str),
    /// Commits and changes of state.
    State,
    /// The ledger alone.
    Ledger,
}

struct Known {
    columns: HashSet<&'static str>,
    writer: Writer,
}

/// All tables by name.
pub(crate) struct Registry(HashMap<&'static str, Known>);

impl Registry {
    pub(crate) fn new(projections: &[Arc<dyn Projection>], state: &[StateMigration]) -> Result<Self, LedgerError> {
        let mut registry = Self(HashMap::new());
        for table in tables::ALL {
            let writer = if tables::CLOSED.contains(&table.name) {
                Writer::Ledger
            } else {
                Writer::State
            };
            registry.add(table, writer)?;
        }
        for step in state.iter().flat_map(|migration| migration.steps) {
            match step {
                MigrationStep::CreateTable(table) => registry.add(table, Writer::State)?,
                MigrationStep::AddColumn { table, column } => {
                    if let Some(known) = registry.0.get_mut(table) {
                        known.columns.insert(column.name);
                    }
                }
                MigrationStep::AddIndex { .. } | MigrationStep::Statement { .. } => {}
            }
        }
        let mut names = HashSet::new();
        for projection in projections {
            if !names.insert(projection.name()) {
                return Err(LedgerError::Change {
                    table: projection.name().to_owned(),
                    reason: "two projections have this name".to_owned(),
                });
            }
            for table in projection.tables() {
                registry.add(table, Writer::Projection(projection.name()))?;
            }
        }
        Ok(registry)
    }

    fn add(&mut self, table: &Table, writer: Writer) -> Result<(), LedgerError> {
        let columns: HashSet<&'static str> = table.columns.iter().map(|column| column.name).collect();
        let legal = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        let refuse = |reason: &str| {
            Err(LedgerError::Change {
                table: table.name.to_owned(),
                reason: reason.to_owned(),
            })
        };
        if !legal(table.name) || !columns.iter().all(|name| legal(name)) {
            return refuse("names of tables and columns are lower case ASCII letters, digits and '_'");
        }
        if columns.len() != table.columns.len() {
            return refuse("two columns have the same name");
        }
        if !table.key.iter().all(|column| columns.contains(column)) {
            return refuse("its key names a column that it does not have");
        }
        if self.0.insert(table.name, Known { columns, writer }).is_some() {
            return refuse("two tables have this name");
        }
        Ok(())
    }

    /// Whether a projection may drop a table: its own, or one that nobody has any more.
    pub(crate) fn may(&self, table: &str, projection: &str) -> bool {
        self.0
            .get(table)
            .is_none_or(|known| matches!(known.writer, Writer::Projection(name) if name == projection))
    }

    /// Refuses a change that does not fit the tables, or goes to a table of another writer.
    pub(crate) fn check(&self, change: &Change, writer: Writer) -> Result<(), LedgerError> {
        let (table, columns): (&str, Vec<&str>) = match change {
            Change::Insert { table, values } => (table, values.iter().map(|(c, _)| *c).collect()),
            Change::InsertAbsent { table, key, values } | Change::Upsert { table, key, values } => {
                let mut columns: Vec<&str> = values.iter().map(|(c, _)| *c).collect();
                if key.is_empty() || !key.iter().all(|k| columns.contains(k)) {
                    return Err(LedgerError::Change {
                        table: (*table).to_owned(),
                        reason: "the key must be among the values".to_owned(),
                    });
                }
                columns.extend(*key);
                (table, columns)
            }
            Change::Update { table, values, whose } | Change::UpdateOne { table, values, whose } => {
                (table, values.iter().chain(whose).map(|(c, _)| *c).collect())
            }
            Change::Delete { table, whose } => (table, whose.iter().map(|(c, _)| *c).collect()),
            Change::Claim { .. } | Change::Release { .. } | Change::Refer { .. } => return Ok(()),
        };
        let refuse = |reason: String| {
            Err(LedgerError::Change {
                table: table.to_owned(),
                reason,
            })
        };
        let Some(known) = self.0.get(table) else {
            return refuse("there is no such table".to_owned());
        };
        if known.writer != writer {
            return refuse(format!("written by {:?}, not by {writer:?}", known.writer));
        }
        if let Some(missing) = columns.iter().find(|column| !known.columns.contains(**column)) {
            return refuse(format!("it has no column {missing}"));
        }
        if columns.is_empty() && !matches!(change, Change::Delete { .. }) {
            return refuse("the change names no column".to_owned());
        }
        Ok(())
    }
}
