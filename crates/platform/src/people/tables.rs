//! Tables of state beside the log: keys, sealed records, credentials, sessions, tokens. Not derived from events, never
//! shown to projections; everything here about a person goes when the person is erased.

use ledger::{
    MigrationStep, StateMigration, Table,
    table::{bytes, integer, integer_or_null, text},
};

const PERSON_KEY: Table = Table {
    name: "person_key",
    columns: &[text("person"), text("wrapped")],
    key: &["person"],
    indexes: &[],
};

const SEALED: Table = Table {
    name: "sealed",
    columns: &[text("record"), text("person"), bytes("content")],
    key: &["record"],
    indexes: &["person"],
};

const PERSON_DIGEST: Table = Table {
    name: "person_digest",
    columns: &[text("field"), text("digest"), text("person")],
    key: &["field", "digest", "person"],
    indexes: &["person"],
};

const CREDENTIAL: Table = Table {
    name: "credential",
    columns: &[
        text("person"),
        text("password"),
        integer("must_change"),
        bytes("totp"),
        bytes("totp_offered"),
        integer("totp_last_step"),
        text("recovery"),
    ],
    key: &["person"],
    indexes: &[],
};

const SESSION: Table = Table {
    name: "session",
    columns: &[
        text("digest"),
        text("id"),
        text("person"),
        integer("created"),
        integer("last_seen"),
        integer("expires"),
        integer("second_factor"),
        integer("pending"),
        text("agent"),
        text("address"),
        integer_or_null("revoked"),
    ],
    key: &["digest"],
    indexes: &["person", "expires"],
};

const API_KEY: Table = Table {
    name: "api_key",
    columns: &[
        text("digest"),
        text("id"),
        text("person"),
        text("name"),
        text("scopes"),
        integer("created"),
        integer_or_null("last_used"),
        integer_or_null("expires"),
        integer_or_null("revoked"),
    ],
    key: &["digest"],
    indexes: &["person"],
};

const PERSON_TOKEN: Table = Table {
    name: "person_token",
    columns: &[text("digest"), text("person"), text("kind"), integer("expires")],
    key: &["digest"],
    indexes: &["person, kind", "expires"],
};

const SIGN_IN_FAILURE: Table = Table {
    name: "sign_in_failure",
    columns: &[text("id"), text("login"), text("address"), integer("at")],
    key: &["id"],
    indexes: &["login, at", "address, at", "at"],
};

/// Whom the platform has erased: what a restored copy must forget again.
const ERASURE: Table = Table {
    name: "erasure",
    columns: &[
        text("person"),
        integer("at"),
        text("ground"),
        integer_or_null("settled"),
    ],
    key: &["person"],
    indexes: &[],
};

/// The migrations of this room; the list only grows.
pub const MIGRATIONS: &[StateMigration] = &[
    StateMigration {
        name: "people-0001-accounts",
        steps: &[
            MigrationStep::CreateTable(&PERSON_KEY),
            MigrationStep::CreateTable(&SEALED),
            MigrationStep::CreateTable(&PERSON_DIGEST),
            MigrationStep::CreateTable(&CREDENTIAL),
            MigrationStep::CreateTable(&SESSION),
            MigrationStep::CreateTable(&API_KEY),
            MigrationStep::CreateTable(&PERSON_TOKEN),
            MigrationStep::CreateTable(&SIGN_IN_FAILURE),
        ],
    },
    StateMigration {
        name: "people-0002-erasures",
        steps: &[MigrationStep::CreateTable(&ERASURE)],
    },
];

/// The tables of which every row belongs to one person, in its column `person`.
pub const OF_ONE_PERSON: &[&str] = &[
    "person_key",
    "sealed",
    "person_digest",
    "credential",
    "session",
    "api_key",
    "person_token",
    "notice_read",
    "digest",
    "letter_stop",
    "upload",
];
