//! Rows of versions, with their history.

use super::{
    event::Owner,
    query::id_of,
    state::{Standing, State},
};
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline, Value,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};
use std::collections::BTreeSet;

const TABLES: &[Table] = &[Table {
    name: "text_version",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("text"),
        integer("version"),
        text("owner_kind"),
        text("owner"),
        text("place"),
        text("organization"),
        text("task"),
        text("audience"),
        text("title_zh"),
        text_or_null("title_en"),
        text("title_origin"),
        text("source"),
        text("original"),
        text("pictures"),
        integer("errors"),
        integer("warnings"),
        integer("infos"),
        text("note"),
        text("put"),
        text_or_null("published"),
        integer("position"),
        integer("demo"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["owner, to_position", "task, to_position"],
}];

/// The projection of `text/…`.
#[derive(Debug, Clone, Copy)]
pub struct TextRows;

struct VersionHistory;

impl Timeline for VersionHistory {
    const TABLE: &'static str = "text_version";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let name = first.stream.id();
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let numbers: BTreeSet<u32> = State::fold(events).versions.into_keys().collect();
        let of_one = |number: &u32| {
            timeline::fold(&id_of(name, *number), &counted, State::apply, |state| {
                state.versions.get(number).map(|version| values(name, version))
            })
        };
        numbers.iter().flat_map(of_one).collect()
    }
}

fn values(name: &str, standing: &Standing) -> Vec<(&'static str, Value)> {
    let version = &standing.version;
    let (owner_kind, owner) = match &version.owner {
        Owner::Obligation(id) => ("obligation", id),
    };
    let audience = match standing.published {
        Some(_) => crate::obligation::event::Audience::Public,
        None => version.audience,
    };
    vec![
        ("text", name.into()),
        ("version", i64::from(version.version).into()),
        ("owner_kind", owner_kind.into()),
        ("owner", owner.into()),
        ("place", (&version.place).into()),
        ("organization", (&version.organization).into()),
        ("task", (&version.task).into()),
        ("audience", audience.id().into()),
        ("title_zh", (&version.title.zh).into()),
        ("title_en", version.title.en.clone().into()),
        ("title_origin", version.title.en_origin.id().into()),
        ("source", serde_json::json!(version.source).to_string().into()),
        ("original", serde_json::json!(version.original).to_string().into()),
        ("pictures", serde_json::json!(version.pictures).to_string().into()),
        ("errors", i64::from(version.found.errors).into()),
        ("warnings", i64::from(version.found.warnings).into()),
        ("infos", i64::from(version.found.infos).into()),
        ("note", (&version.note).into()),
        ("put", standing.put.into()),
        ("published", standing.published.into()),
        ("position", standing.position.into()),
        ("demo", version.demo.into()),
    ]
}

impl Projection for TextRows {
    fn name(&self) -> &'static str {
        "text"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "text"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let mut changes = timeline::project::<VersionHistory>(events);
        if let Some(super::event::TextEvent::VersionPut(version)) = events.last().and_then(crate::event::read) {
            let files = std::iter::once(&version.source)
                .chain(&version.original)
                .chain(version.pictures.iter().map(|picture| &picture.file));
            changes.extend(files.map(|file| Change::Refer {
                digest: file.sha256.clone(),
            }));
        }
        changes
    }
}
