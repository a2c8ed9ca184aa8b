//! Changes of rows: what a projection asks for. Structured, so that neighbouring inserts become one statement.

use crate::value::Value;

/// A change of derived rows (from a [`crate::Projection`]) or of state (in [`crate::Commit::state`]).
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new row.
    Insert {
        /// Table.
        table: &'static str,
        /// Columns and their values.
        values: Vec<(&'static str, Value)>,
    },
    /// A new row, unless there is one with the same key.
    InsertAbsent {
        /// Table.
        table: &'static str,
        /// Columns of the unique key.
        key: &'static [&'static str],
        /// Columns and their values, the key's among them.
        values: Vec<(&'static str, Value)>,
    },
    /// A new row, or the same key with new values.
    Upsert {
        /// Table.
        table: &'static str,
        /// Columns of the unique key.
        key: &'static [&'static str],
        /// Columns and their values, the key's among them.
        values: Vec<(&'static str, Value)>,
    },
    /// New values for the rows that agree with `whose`.
    Update {
        /// Table.
        table: &'static str,
        /// Columns that change.
        values: Vec<(&'static str, Value)>,
        /// Columns that must be equal.
        whose: Vec<(&'static str, Value)>,
    },
    /// New values for the row that agrees with `whose`, of which there is one at most: where it is yet to be inserted by
    /// the same commit, it is inserted with them.
    UpdateOne {
        /// Table.
        table: &'static str,
        /// Columns that change.
        values: Vec<(&'static str, Value)>,
        /// Columns that must be equal.
        whose: Vec<(&'static str, Value)>,
    },
    /// Fewer rows.
    Delete {
        /// Table.
        table: &'static str,
        /// Columns that must be equal.
        whose: Vec<(&'static str, Value)>,
    },
    /// A value that only one stream may hold: a login, a designation, a receipt number.
    Claim {
        /// What kind of value.
        kind: &'static str,
        /// The value, normalised by the caller.
        value: String,
        /// The stream that holds it.
        holder: String,
    },
    /// The claim is given up.
    Release {
        /// What kind of value.
        kind: &'static str,
        /// The value.
        value: String,
    },
    /// A file of the store is referred to by an event, and so is kept.
    Refer {
        /// SHA-256 of the file, hexadecimal.
        digest: String,
    },
}

impl Change {
    /// The table that it changes.
    pub const fn table(&self) -> &'static str {
        match self {
            Self::Insert { table, .. }
            | Self::InsertAbsent { table, .. }
            | Self::Upsert { table, .. }
            | Self::Update { table, .. }
            | Self::UpdateOne { table, .. }
            | Self::Delete { table, .. } => table,
            Self::Claim { .. } | Self::Release { .. } => "claim",
            Self::Refer { .. } => "file",
        }
    }
}
