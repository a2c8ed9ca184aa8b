//! Tables of state beside the log: the key of each survey, and under it what its units are and report. Not derived from
//! events, never shown to projections.

use ledger::{
    MigrationStep, StateMigration, Table,
    table::{bytes, integer, text},
};

/// The key under which everything of a survey is sealed, wrapped by the installation's.
const SURVEY_KEY: Table = Table {
    name: "survey_key",
    columns: &[text("survey"), text("wrapped")],
    key: &["survey"],
    indexes: &[],
};

/// The units of surveys. The body stands in clear, so that a unit finds its surveys; classes and name are sealed.
const SURVEY_UNIT: Table = Table {
    name: "survey_unit",
    columns: &[text("survey"), text("unit"), text("organization"), bytes("content")],
    key: &["survey", "unit"],
    indexes: &["organization"],
};

/// What units reported, every row that was ever sent; and the basis of each table.
const SURVEY_ROW: Table = Table {
    name: "survey_row",
    columns: &[
        text("survey"),
        text("unit"),
        integer("nth"),
        text("period"),
        integer("definition"),
        integer("at"),
        bytes("content"),
    ],
    key: &["survey", "unit", "nth"],
    indexes: &["survey, period"],
};

const SURVEY_BASIS: Table = Table {
    name: "survey_basis",
    columns: &[text("survey"), integer("number"), bytes("content")],
    key: &["survey", "number"],
    indexes: &[],
};

/// The migrations of this room; the list only grows.
pub const MIGRATIONS: &[StateMigration] = &[StateMigration {
    name: "survey-0001",
    steps: &[
        MigrationStep::CreateTable(&SURVEY_KEY),
        MigrationStep::CreateTable(&SURVEY_UNIT),
        MigrationStep::CreateTable(&SURVEY_ROW),
        MigrationStep::CreateTable(&SURVEY_BASIS),
    ],
}];
