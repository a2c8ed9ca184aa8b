//! State beside the log: how far a person has read, which digests were posted, and who wants none.

use ledger::{
    MigrationStep, StateMigration, Table,
    table::{integer, text},
};

const NOTICE_READ: Table = Table {
    name: "notice_read",
    columns: &[text("person"), integer("position")],
    key: &["person"],
    indexes: &[],
};

const DIGEST: Table = Table {
    name: "digest",
    columns: &[text("person"), integer("hour"), integer("position"), text("message")],
    key: &["person", "hour"],
    indexes: &[],
};

const LETTER_STOP: Table = Table {
    name: "letter_stop",
    columns: &[text("person"), integer("at")],
    key: &["person"],
    indexes: &[],
};

/// The migrations of this room; the list only grows.
pub const MIGRATIONS: &[StateMigration] = &[
    StateMigration {
        name: "notice-0001-read-and-digest",
        steps: &[
            MigrationStep::CreateTable(&NOTICE_READ),
            MigrationStep::CreateTable(&DIGEST),
        ],
    },
    StateMigration {
        name: "notice-0002-letter-stop",
        steps: &[MigrationStep::CreateTable(&LETTER_STOP)],
    },
];
