//! Rows of follows: who follows what, from which entry on.

use super::event::FollowEvent;
use crate::event::read;
use ledger::{
    Change, Projection, Recorded, Table,
    table::{integer, text},
    timeline::OPEN_POSITION,
};

const TABLES: &[Table] = &[Table {
    name: "follow",
    columns: &[
        text("person"),
        text("id"),
        text("object"),
        text("place"),
        text("task"),
        text("measure"),
        text("object_kind"),
        text("strength"),
        integer("from_position"),
        integer("to_position"),
    ],
    key: &["person", "id"],
    indexes: &["to_position"],
}];

/// The projection of `follow/…`.
#[derive(Debug, Clone, Copy)]
pub struct FollowRows;

impl Projection for FollowRows {
    fn name(&self) -> &'static str {
        "follow"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "follow"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let Some(last) = events.last() else { return Vec::new() };
        let person = last.stream.id();
        match read::<FollowEvent>(last) {
            Some(FollowEvent::Started {
                follow,
                target,
                strength,
            }) => vec![Change::Insert {
                table: "follow",
                values: vec![
                    ("person", person.into()),
                    ("id", follow.into()),
                    ("object", target.object.unwrap_or_default().into()),
                    ("place", target.place.unwrap_or_default().into()),
                    ("task", target.task.unwrap_or_default().into()),
                    ("measure", target.measure.unwrap_or_default().into()),
                    ("object_kind", target.object_kind.unwrap_or_default().into()),
                    ("strength", strength.id().into()),
                    ("from_position", last.position.into()),
                    ("to_position", OPEN_POSITION.into()),
                ],
            }],
            Some(FollowEvent::Stopped { follow }) => vec![Change::Update {
                table: "follow",
                values: vec![("to_position", last.position.into())],
                whose: vec![("person", person.into()), ("id", follow.into())],
            }],
            None => Vec::new(),
        }
    }
}
