//! Rows of editions, with their history.

use super::{
    query::id_of,
    state::{Standing, State},
};
use crate::{event::standing, text::event::Owner};
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline, Value,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};
use std::collections::BTreeSet;

const TABLES: &[Table] = &[Table {
    name: "system_edition",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("system"),
        integer("edition"),
        text("text"),
        text("obligation"),
        text("place"),
        text("organization"),
        text("task"),
        text("audience"),
        text("title_zh"),
        text_or_null("title_en"),
        text("title_origin"),
        text("source"),
        text("number"),
        text("unit_of"),
        text("period_of"),
        text("mode"),
        integer("validity"),
        text("in_force"),
        text_or_null("withdrawn"),
        text("withdrawn_because"),
        integer("position"),
        integer("demo"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["system, to_position", "text, to_position"],
}];

/// The projection of `system/…`.
#[derive(Debug, Clone, Copy)]
pub struct SystemRows;

struct EditionHistory;

impl Timeline for EditionHistory {
    const TABLE: &'static str = "system_edition";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let name = first.stream.id();
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let numbers: BTreeSet<u32> = State::fold(events).editions.into_keys().collect();
        let of_one = |number: &u32| {
            timeline::fold(&id_of(name, *number), &counted, State::apply, |state| {
                state.editions.get(number).map(|edition| values(name, edition))
            })
        };
        numbers.iter().flat_map(of_one).collect()
    }
}

fn values(name: &str, standing: &Standing) -> Vec<(&'static str, Value)> {
    let edition = &standing.edition;
    let Owner::Obligation(obligation) = &edition.owner;
    let withdrawn = standing.withdrawn.as_ref();
    vec![
        ("system", name.into()),
        ("edition", i64::from(edition.edition).into()),
        ("text", (&edition.text).into()),
        ("obligation", obligation.into()),
        ("place", (&edition.place).into()),
        ("organization", (&edition.organization).into()),
        ("task", (&edition.task).into()),
        ("audience", crate::obligation::event::Audience::Public.id().into()),
        ("title_zh", (&edition.title.zh).into()),
        ("title_en", edition.title.en.clone().into()),
        ("title_origin", edition.title.en_origin.id().into()),
        ("source", serde_json::json!(edition.source).to_string().into()),
        ("number", (&edition.number).into()),
        ("unit_of", (&edition.unit_of).into()),
        ("period_of", (&edition.period_of).into()),
        ("mode", (&edition.mode).into()),
        ("validity", i64::from(edition.validity.unwrap_or(0)).into()),
        ("in_force", edition.in_force.into()),
        ("withdrawn", withdrawn.map(|(day, _)| *day).into()),
        (
            "withdrawn_because",
            withdrawn.map(|(_, reason)| reason.clone()).unwrap_or_default().into(),
        ),
        ("position", standing.position.into()),
        ("demo", edition.demo.into()),
    ]
}

impl Projection for SystemRows {
    fn name(&self) -> &'static str {
        "system"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "system"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let mut changes = timeline::project::<EditionHistory>(events);
        if let Some(super::event::SystemEvent::Offered(edition)) = events.last().and_then(crate::event::read) {
            changes.push(Change::Refer {
                digest: edition.source.sha256.clone(),
            });
        }
        changes
    }
}
