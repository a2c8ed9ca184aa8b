//! What an upload would change, compared with what stands: pure, and nothing is ever deleted by it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellValue;
use crate::column::{ColumnId, KEY};
use crate::read::UploadedRow;

/// A row as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentRow {
    /// The row's key.
    pub key: String,
    /// Its values by column; columns that are not here are not compared.
    pub cells: BTreeMap<ColumnId, CellValue>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A cell has another value.
    Changed {
        /// The row's key.
        key: String,
        /// The column.
        column: ColumnId,
        /// What stands.
        before: CellValue,
        /// What was uploaded.
        after: CellValue,
    },
    /// A row without a key, or with a key that stands nowhere: whether that is an addition or a mistake is for
    /// the owner of the table to say.
    Added {
        /// The row as the sheet numbers it.
        sheet_row: u32,
        /// The key it carries.
        key: Option<String>,
        /// Its values.
        cells: BTreeMap<ColumnId, CellValue>,
    },
    /// A row that stands and was not uploaded. It is reported, never deleted.
    Missing {
        /// The row's key.
        key: String,
    },
}

/// Compares uploaded rows with those that stand, by key: changes and additions in the upload's order, then what
/// is missing in the order it stands.
///
/// Only cells that were understood are compared: a faulty cell and a missing column change nothing. A row whose
/// key is faulty (a formula, or the second of its key) is left out: it cannot be said which row it means.
pub fn diff(uploaded: &[UploadedRow], current: &[CurrentRow]) -> Vec<Change> {
    let standing: BTreeMap<&str, &CurrentRow> = current.iter().map(|row| (row.key.as_str(), row)).collect();
    let mut seen = BTreeSet::new();
    let mut changes = Vec::new();
    for row in uploaded {
        let unidentified = row
            .faults
            .iter()
            .any(|f| f.column.as_ref().is_some_and(|c| c.as_str() == KEY));
        if unidentified {
            continue;
        }
        let before = row.key.as_deref().and_then(|key| standing.get(key));
        let Some(before) = before else {
            changes.push(Change::Added {
                sheet_row: row.sheet_row,
                key: row.key.clone(),
                cells: row.cells.clone(),
            });
            continue;
        };
        seen.insert(before.key.as_str());
        for (column, after) in &row.cells {
            if let Some(value) = before.cells.get(column)
                && !value.says_same(after)
            {
                changes.push(Change::Changed {
                    key: before.key.clone(),
                    column: column.clone(),
                    before: value.clone(),
                    after: after.clone(),
                });
            }
        }
    }
    let missing = current.iter().filter(|row| !seen.contains(row.key.as_str()));
    changes.extend(missing.map(|row| Change::Missing { key: row.key.clone() }));
    changes
}
