//! State beside the log: who sent which file under which name.

use ledger::{
    MigrationStep, StateMigration, Table,
    table::{integer, text},
};

const UPLOAD: Table = Table {
    name: "upload",
    columns: &[text("person"), text("digest"), text("name"), integer("at")],
    key: &["person", "digest"],
    indexes: &["digest", "at"],
};

/// The migrations of this room; the list only grows.
pub const MIGRATIONS: &[StateMigration] = &[StateMigration {
    name: "upload-0001",
    steps: &[MigrationStep::CreateTable(&UPLOAD)],
}];
