//! Rows of outputs, with their history.

use super::state::State;
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

const TABLES: &[Table] = &[Table {
    name: "output",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("title_zh"),
        text_or_null("title_en"),
        text("title_origin"),
        text("place"),
        text("counts_to"),
        text("tier"),
        text_or_null("designation"),
        text_or_null("published"),
        text_or_null("reported"),
        text("citation"),
        text_or_null("link"),
        text_or_null("line"),
        text("tasks"),
        text("measures"),
        text("measures_confirmed"),
        integer("in_list"),
        integer("demo"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["counts_to, to_position"],
}];

/// The projection of `output/…`.
#[derive(Debug, Clone, Copy)]
pub struct OutputRows;

struct OutputHistory;

impl Timeline for OutputHistory {
    const TABLE: &'static str = "output";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, State::apply, |state| {
            let output = state.output.as_ref()?;
            Some(vec![
                ("title_zh", (&output.title.zh).into()),
                ("title_en", output.title.en.clone().into()),
                ("title_origin", output.title.en_origin.id().into()),
                ("place", (&output.place).into()),
                ("counts_to", output.counts_to.as_ref().unwrap_or(&output.place).into()),
                ("tier", output.tier.id().into()),
                ("designation", output.designation.clone().into()),
                ("published", output.published.into()),
                ("reported", output.reported.into()),
                ("citation", (&output.source.citation).into()),
                ("link", output.source.link.clone().into()),
                ("line", output.source.line.clone().into()),
                ("tasks", serde_json::json!(output.tasks).to_string().into()),
                ("measures", serde_json::json!(output.measures).to_string().into()),
                (
                    "measures_confirmed",
                    serde_json::json!(state.confirmed).to_string().into(),
                ),
                ("in_list", (!output.tasks.is_empty()).into()),
                ("demo", output.demo.into()),
            ])
        })
    }
}

impl Projection for OutputRows {
    fn name(&self) -> &'static str {
        "output"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "output"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        timeline::project::<OutputHistory>(events)
    }
}
