//! The ledger's own tables.

use crate::{
    database::Backend,
    table::{Table, bytes, integer, integer_or_null, text, text_or_null},
};

/// The log. Columns in the order in which they are hashed ([`crate::chain`]).
pub const EVENTS: Table = Table {
    name: "events",
    columns: &[
        integer("position"),
        text("stream"),
        integer("version"),
        text("kind"),
        integer("schema"),
        integer("at"),
        text("effective"),
        text("actor"),
        text("cause"),
        text("body"),
        bytes("previous_hash"),
        bytes("hash"),
    ],
    key: &["position"],
    indexes: &["unique:stream, version", "at"],
};

/// One row: where the log stands. Updating it is the lock under which positions are given out.
pub const HEAD: Table = Table {
    name: "head",
    columns: &[integer("id"), integer("position"), bytes("hash"), integer("at")],
    key: &["id"],
    indexes: &[],
};

/// Where each stream stands.
pub const STREAM: Table = Table {
    name: "stream",
    columns: &[text("name"), text("kind"), integer("version")],
    key: &["name"],
    indexes: &["kind, name"],
};

/// Values that one stream alone may hold; `source` is the projection that claims them, empty for state.
pub const CLAIM: Table = Table {
    name: "claim",
    columns: &[text("kind"), text("value"), text("holder"), text("source")],
    key: &["kind", "value"],
    indexes: &["source", "holder"],
};

/// Reactions that have happened.
pub const REACTION: Table = Table {
    name: "reaction",
    columns: &[text("cause"), integer("at")],
    key: &["cause"],
    indexes: &[],
};

/// Requests that have been answered, so that a repetition gets the same answer.
pub const IDEMPOTENCY: Table = Table {
    name: "idempotency",
    columns: &[
        text("actor"),
        text("key"),
        text("request"),
        text("answer"),
        integer("first_position"),
        integer("last_position"),
        integer("at"),
    ],
    key: &["actor", "key"],
    indexes: &["at"],
};

/// The version of each projection's rows, and the position up to which they were last rebuilt.
pub const PROJECTION: Table = Table {
    name: "projection",
    columns: &[text("name"), integer("version"), integer("position"), text("tables")],
    key: &["name"],
    indexes: &[],
};

/// Migrations that have run.
pub const MIGRATION: Table = Table {
    name: "migration",
    columns: &[text("name"), integer("at")],
    key: &["name"],
    indexes: &[],
};

/// The queue of jobs ([`crate::jobs`]).
pub const JOB: Table = Table {
    name: "job",
    columns: &[
        text("id"),
        text("kind"),
        text_or_null("unique_key"),
        integer("keeps_key"),
        text("body"),
        text("state"),
        integer("due"),
        integer("attempts"),
        integer("limit_of_attempts"),
        text("lease"),
        integer("leased_until"),
        text("failure"),
        integer("created_at"),
        integer("ended_at"),
    ],
    key: &["id"],
    indexes: &["unique:unique_key", "state, due", "kind, state"],
};

/// Messages that leave the house ([`crate::outbox`]).
pub const OUTBOX: Table = Table {
    name: "outbox",
    columns: &[
        text("id"),
        text("channel"),
        text("recipient"),
        text("body"),
        text("state"),
        integer("due"),
        integer("attempts"),
        text("lease"),
        integer("leased_until"),
        text("failure"),
        integer("created_at"),
        integer("ended_at"),
    ],
    key: &["id"],
    indexes: &["state, due", "recipient"],
};

/// Files of the store; kept for good once an event refers to them.
pub const FILE: Table = Table {
    name: "file",
    columns: &[
        text("digest"),
        integer("size"),
        text("media"),
        text_or_null("name"),
        integer("uploaded_at"),
        text("uploaded_by"),
        integer("referred"),
    ],
    key: &["digest"],
    indexes: &["referred, uploaded_at"],
};

/// Signed heads ([`crate::checkpoint`]).
pub const CHECKPOINT: Table = Table {
    name: "checkpoint",
    columns: &[integer("position"), bytes("hash"), integer("at"), text("signature")],
    key: &["position"],
    indexes: &[],
};

/// Up to where a follower of the log (index, reactions, feed) has come.
pub const CURSOR: Table = Table {
    name: "cursor",
    columns: &[text("name"), integer("position"), integer_or_null("at")],
    key: &["name"],
    indexes: &[],
};

/// All of them.
pub const ALL: [&Table; 13] = [
    &EVENTS,
    &HEAD,
    &STREAM,
    &CLAIM,
    &REACTION,
    &IDEMPOTENCY,
    &PROJECTION,
    &MIGRATION,
    &JOB,
    &OUTBOX,
    &FILE,
    &CHECKPOINT,
    &CURSOR,
];

/// Tables to which no [`crate::Change`] may go: the ledger alone writes them.
pub const CLOSED: [&str; 7] = [
    "events",
    "head",
    "stream",
    "reaction",
    "projection",
    "migration",
    "checkpoint",
];

/// The statements by which either database itself refuses to change what is recorded.
pub fn guards(backend: Backend) -> Vec<String> {
    const MESSAGE: &str = "events are never changed: correct a mistake by a later event";
    match backend {
        Backend::Sqlite => ["UPDATE", "DELETE"]
            .iter()
            .map(|what| {
                format!(
                    "CREATE TRIGGER events_kept_{} BEFORE {what} ON events BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
                    what.to_lowercase()
                )
            })
            .collect(),
        Backend::Postgres => vec![
            format!(
                "CREATE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
            ),
            "CREATE TRIGGER events_kept_row BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_kept()"
                .to_owned(),
            "CREATE TRIGGER events_kept_table BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_kept()"
                .to_owned(),
        ],
    }
}
