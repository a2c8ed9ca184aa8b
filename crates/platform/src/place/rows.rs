//! Rows of places, with their history.

use super::state::Place;
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline,
    table::{integer_or_null, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

const TABLES: &[Table] = &[Table {
    name: "place",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("name_zh"),
        text_or_null("name_en"),
        text("name_origin"),
        text("short"),
        text("kind"),
        text("level"),
        text("prefix"),
        text("parent"),
        text("chain"),
        integer_or_null("tile_row"),
        integer_or_null("tile_column"),
        text_or_null("pilot_since"),
        text("pilot_source"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["prefix, to_position"],
}];

/// The projection of `place/…`.
#[derive(Debug, Clone, Copy)]
pub struct PlaceRows;

struct PlaceHistory;

impl Timeline for PlaceHistory {
    const TABLE: &'static str = "place";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(
            first.stream.id(),
            &counted,
            |place: &mut Place, recorded| place.apply(recorded),
            |place| {
                let facts = place.facts.as_ref()?;
                Some(vec![
                    ("name_zh", (&facts.name.zh).into()),
                    ("name_en", facts.name.en.clone().into()),
                    ("name_origin", facts.name.en_origin.id().into()),
                    ("short", (&facts.short).into()),
                    ("kind", (&facts.kind).into()),
                    ("level", (&facts.level).into()),
                    ("prefix", facts.prefix.as_deref().unwrap_or("").into()),
                    ("parent", facts.parent.as_deref().unwrap_or("").into()),
                    ("chain", serde_json::json!(facts.chain).to_string().into()),
                    ("tile_row", facts.tile.map(|t| i64::from(t.0)).into()),
                    ("tile_column", facts.tile.map(|t| i64::from(t.1)).into()),
                    ("pilot_since", place.pilot.as_ref().map(|p| p.0).into()),
                    ("pilot_source", place.pilot.as_ref().map_or("", |p| &p.1).into()),
                ])
            },
        )
    }
}

impl Projection for PlaceRows {
    fn name(&self) -> &'static str {
        "place"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "place"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        timeline::project::<PlaceHistory>(events)
    }
}
