//! Rows of surveys and of their tables, with their history. Nothing of a unit stands here.

use super::state::Survey;
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

const TABLES: &[Table] = &[
    Table {
        name: "survey",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("title_zh"),
            text_or_null("title_en"),
            text("title_origin"),
            text("marks"),
            text("organization"),
            text("purpose"),
            text("definitions"),
            text("statisticians"),
            text_or_null("closed"),
            integer("tables_published"),
            text("since"),
            integer("demo"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["to_position"],
    },
    Table {
        name: "survey_table",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("survey"),
            integer("number"),
            text("published"),
            text("content"),
            integer("position"),
            integer("demo"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["survey, to_position"],
    },
];

/// The projection of `survey/…`.
#[derive(Debug, Clone, Copy)]
pub struct SurveyRows;

struct SurveyHistory;

impl Timeline for SurveyHistory {
    const TABLE: &'static str = "survey";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, Survey::apply, |state| {
            let opened = state.opened.as_ref()?;
            Some(vec![
                ("title_zh", (&opened.title.zh).into()),
                ("title_en", opened.title.en.clone().into()),
                ("title_origin", opened.title.en_origin.id().into()),
                ("marks", serde_json::json!(opened.marks).to_string().into()),
                ("organization", (&opened.organization).into()),
                ("purpose", (&opened.purpose).into()),
                ("definitions", serde_json::json!(state.definitions).to_string().into()),
                (
                    "statisticians",
                    serde_json::json!(state.statisticians).to_string().into(),
                ),
                ("closed", state.closed.clone().into()),
                (
                    "tables_published",
                    i64::try_from(state.tables.len()).unwrap_or(i64::MAX).into(),
                ),
                ("since", state.since.into()),
                ("demo", opened.demo.into()),
            ])
        })
    }
}

struct TableHistory;

impl Timeline for TableHistory {
    const TABLE: &'static str = "survey_table";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let survey = first.stream.id();
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let numbers: Vec<u32> = Survey::fold(events).tables.into_keys().collect();
        let of_one = |number: &u32| {
            timeline::fold(&format!("{survey}.{number}"), &counted, Survey::apply, |state| {
                let (table, published, position) = state.tables.get(number)?;
                Some(vec![
                    ("survey", survey.into()),
                    ("number", i64::from(*number).into()),
                    ("published", (*published).into()),
                    ("content", serde_json::json!(table).to_string().into()),
                    ("position", (*position).into()),
                    ("demo", table.demo.into()),
                ])
            })
        };
        numbers.iter().flat_map(of_one).collect()
    }
}

impl Projection for SurveyRows {
    fn name(&self) -> &'static str {
        "survey"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "survey"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let mut changes = timeline::project::<SurveyHistory>(events);
        changes.extend(timeline::project::<TableHistory>(events));
        changes
    }
}
