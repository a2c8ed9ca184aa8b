//! Rows of lists, tasks, measures and actions.

use super::{
    event::{ActionEvent, ListEvent, MeasureEvent, TaskEvent},
    state::{Fate, Task},
};
use crate::{
    bilingual::Bilingual,
    event::{read, standing},
};
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline, Value,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

/// The projection of `list/…`, `task/…`, `measure/…` and `action/…`.
#[derive(Debug, Clone, Copy)]
pub struct ListRows;

struct TaskHistory;
struct LinkHistory;

const TABLES: &[Table] = &[
    Table {
        name: "list",
        columns: &[
            text("id"),
            text("title_zh"),
            text_or_null("title_en"),
            text("title_origin"),
            text("document"),
            text("text"),
            integer("demo"),
        ],
        key: &["id"],
        indexes: &[],
    },
    Table {
        name: "list_version",
        columns: &[
            text("list"),
            integer("version"),
            text("in_force"),
            text("proposal"),
            text("approvals"),
            text("places"),
            integer("from_position"),
            integer("at"),
        ],
        key: &["list", "version"],
        indexes: &[],
    },
    Table {
        name: "task",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("list"),
            integer("version"),
            integer("number"),
            text("part_zh"),
            text_or_null("part_en"),
            text("section_zh"),
            text_or_null("section_en"),
            text("tier"),
            text("title_zh"),
            text_or_null("title_en"),
            text("title_origin"),
            text("claims"),
            text("places_as_written"),
            text("original"),
            integer("line_first"),
            integer("line_last"),
            text("role"),
            text("topics"),
            text("counterparts"),
            text("near"),
            text("notes"),
            text("fate"),
            text("fate_detail"),
            text("guiding"),
            text("guiding_source"),
            text_or_null("time_limit"),
            text("time_limit_by"),
            text("measures"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["list, to_position, number", "tier, to_position"],
    },
    Table {
        name: "task_measure",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("task"),
            text("measure"),
            text("link"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["measure, to_position", "task, to_position"],
    },
    Table {
        name: "measure",
        columns: &[
            text("id"),
            text("list"),
            text("number"),
            integer("ordinal"),
            text("part"),
            text("title_zh"),
            text_or_null("title_en"),
            text("title_origin"),
            text("text"),
            integer("line_first"),
            integer("line_last"),
        ],
        key: &["id"],
        indexes: &["list, ordinal"],
    },
    Table {
        name: "action",
        columns: &[
            text("id"),
            text("list"),
            text("measure"),
            integer("ordinal"),
            text("sentence_zh"),
            text_or_null("sentence_en"),
            text("sentence_origin"),
            text("verb"),
            text("object"),
            text("who"),
            text("strength"),
            integer("line_first"),
            integer("line_last"),
        ],
        key: &["id"],
        indexes: &["list, measure, ordinal"],
    },
];

/// The three columns of a text in two languages.
fn words(columns: [&'static str; 3], text: &Bilingual) -> [(&'static str, Value); 3] {
    [
        (columns[0], (&text.zh).into()),
        (columns[1], text.en.clone().into()),
        (columns[2], text.en_origin.id().into()),
    ]
}

impl Timeline for TaskHistory {
    const TABLE: &'static str = "task";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, Task::apply, |task| {
            let wording = task.wording.as_ref()?;
            let (fate, detail) = match &task.fate {
                Fate::Open => ("open", ""),
                Fate::Merged(into) => ("merged", into.as_str()),
                Fate::Closed(reason) => ("closed", reason.as_str()),
            };
            let section = wording.section.as_ref();
            let mut values = vec![
                ("list", Value::from(&task.list)),
                ("version", task.list_version.into()),
                ("number", wording.number.into()),
                ("part_zh", (&wording.part.zh).into()),
                ("part_en", wording.part.en.clone().into()),
                ("section_zh", section.map_or("", |s| &s.zh).into()),
                ("section_en", section.and_then(|s| s.en.clone()).into()),
                ("tier", wording.tier.id().into()),
                ("claims", serde_json::json!(wording.claims).to_string().into()),
                ("places_as_written", (&wording.places_as_written).into()),
                ("original", (&wording.original).into()),
                ("line_first", wording.line.0.into()),
                ("line_last", wording.line.1.into()),
                ("role", (&wording.role).into()),
                ("topics", serde_json::json!(wording.topics).to_string().into()),
                (
                    "counterparts",
                    serde_json::json!(wording.counterparts).to_string().into(),
                ),
                ("near", serde_json::json!(wording.near).to_string().into()),
                ("notes", serde_json::json!(task.notes).to_string().into()),
                ("fate", fate.into()),
                ("fate_detail", detail.into()),
                ("guiding", task.guiding.as_ref().map_or("", |g| &g.0).into()),
                ("guiding_source", task.guiding.as_ref().map_or("", |g| &g.1).into()),
                ("time_limit", task.time_limit.as_ref().map(|t| t.0).into()),
                ("time_limit_by", task.time_limit.as_ref().map_or("", |t| &t.1).into()),
                (
                    "measures",
                    serde_json::json!(task.links.keys().collect::<Vec<_>>())
                        .to_string()
                        .into(),
                ),
            ];
            values.extend(words(["title_zh", "title_en", "title_origin"], &wording.title));
            Some(values)
        })
    }
}

impl Timeline for LinkHistory {
    const TABLE: &'static str = "task_measure";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let task = first.stream.id();
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let mut measures: Vec<String> = counted
            .iter()
            .filter_map(|e| match read::<TaskEvent>(e) {
                Some(TaskEvent::LinkProposed { measure, .. } | TaskEvent::LinkConfirmed { measure }) => Some(measure),
                _ => None,
            })
            .collect();
        measures.sort();
        measures.dedup();
        measures
            .iter()
            .flat_map(|measure| {
                timeline::fold(&format!("{task}-{measure}"), &counted, Task::apply, |state| {
                    let link = state.links.get(measure)?;
                    Some(vec![
                        ("task", task.into()),
                        ("measure", measure.into()),
                        ("link", link.id().into()),
                    ])
                })
            })
            .collect()
    }
}

impl Projection for ListRows {
    fn name(&self) -> &'static str {
        "list"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        matches!(stream_kind, "list" | "task" | "measure" | "action")
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let Some(last) = events.last() else {
            return Vec::new();
        };
        let id = last.stream.id();
        match last.stream.kind() {
            "task" => {
                let mut changes = timeline::project::<TaskHistory>(events);
                if last.kind.starts_with("task.link_") || last.kind == crate::event::CORRECTION {
                    changes.extend(timeline::project::<LinkHistory>(events));
                }
                changes
            }
            "list" => match read::<ListEvent>(last) {
                Some(ListEvent::Entered {
                    title,
                    document,
                    text,
                    demo,
                }) => {
                    let mut values = vec![
                        ("id", id.into()),
                        ("document", document.into()),
                        ("text", text.into()),
                        ("demo", demo.into()),
                    ];
                    values.extend(words(["title_zh", "title_en", "title_origin"], &title));
                    vec![Change::Insert { table: "list", values }]
                }
                Some(ListEvent::VersionIssued {
                    version,
                    proposal,
                    approvals,
                    places,
                }) => vec![Change::Insert {
                    table: "list_version",
                    values: vec![
                        ("list", id.into()),
                        ("version", version.into()),
                        ("in_force", last.effective.into()),
                        ("proposal", proposal.unwrap_or_default().into()),
                        ("approvals", serde_json::json!(approvals).to_string().into()),
                        ("places", serde_json::json!(places).to_string().into()),
                        ("from_position", last.position.into()),
                        ("at", last.at.into()),
                    ],
                }],
                None => Vec::new(),
            },
            "measure" => match read::<MeasureEvent>(last) {
                Some(MeasureEvent::Entered {
                    list,
                    number,
                    ordinal,
                    part,
                    title,
                    text,
                    line,
                }) => {
                    let mut values = vec![
                        ("id", id.into()),
                        ("list", list.into()),
                        ("number", number.into()),
                        ("ordinal", ordinal.into()),
                        ("part", part.into()),
                        ("text", text.into()),
                        ("line_first", line.0.into()),
                        ("line_last", line.1.into()),
                    ];
                    values.extend(words(["title_zh", "title_en", "title_origin"], &title));
                    vec![Change::Insert {
                        table: "measure",
                        values,
                    }]
                }
                None => Vec::new(),
            },
            "action" => match read::<ActionEvent>(last) {
                Some(ActionEvent::Entered {
                    list,
                    measure,
                    ordinal,
                    sentence,
                    verb,
                    object,
                    who,
                    strength,
                    line,
                }) => {
                    let mut values = vec![
                        ("id", id.into()),
                        ("list", list.into()),
                        ("measure", measure.into()),
                        ("ordinal", ordinal.into()),
                        ("verb", verb.into()),
                        ("object", object.into()),
                        ("who", serde_json::json!(who).to_string().into()),
                        ("strength", strength.id().into()),
                        ("line_first", line.0.into()),
                        ("line_last", line.1.into()),
                    ];
                    values.extend(words(["sentence_zh", "sentence_en", "sentence_origin"], &sentence));
                    vec![Change::Insert {
                        table: "action",
                        values,
                    }]
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
