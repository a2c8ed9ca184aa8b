//! Rows of entries: one for each recorded event of the streams that have a history.

use super::audience::{PUBLISHED_BY, has_entries, of_event};
use crate::{
    event::{CORRECTION, Correction},
    obligation::{
        event::{Audience, Subject},
        facts::measure_of,
        state::{Entry, Obligation},
    },
};
use ledger::{
    Change, Position, Projection, Recorded, Table, Value,
    table::{integer, integer_or_null, text},
};

const TABLES: &[Table] = &[Table {
    name: "entry",
    columns: &[
        integer("position"),
        text("stream"),
        text("stream_kind"),
        text("object"),
        text("kind"),
        integer("at"),
        text("effective"),
        text("actor"),
        text("place"),
        text("organization"),
        text("task"),
        text("measure"),
        text("audience"),
        integer("demo"),
        integer_or_null("corrects"),
        integer_or_null("corrected_by"),
    ],
    key: &["position"],
    indexes: &[
        "stream, position",
        "audience, position",
        "place, position",
        "task, position",
        "actor, position",
    ],
}];

/// The projection of everything that has a history.
#[derive(Debug, Clone, Copy)]
pub struct EntryRows;

/// To what an entry belongs.
#[derive(Debug, Clone, Default)]
struct Belongs {
    place: String,
    organization: String,
    task: String,
    measure: String,
}

impl Belongs {
    /// By the first event of the stream, and, of obligations, by the hands in which it is.
    fn of(events: &[Recorded], last: &Recorded) -> Self {
        let Some(first) = events.first() else {
            return Self::default();
        };
        let (begin, now) = (body(first), body(last));
        let word = |body: &serde_json::Value, names: &[&str]| {
            names
                .iter()
                .find_map(|name| body.pointer(name).and_then(serde_json::Value::as_str))
                .unwrap_or_default()
                .to_owned()
        };
        let id = last.stream.id().to_owned();
        match last.stream.kind() {
            "place" => Self {
                place: id,
                ..Self::default()
            },
            "organization" => Self {
                organization: id,
                place: word(&begin, &["/body/place"]),
                ..Self::default()
            },
            "task" => Self {
                task: id,
                measure: word(&now, &["/measure"]),
                ..Self::default()
            },
            "measure" => Self {
                measure: word(&begin, &["/number"]),
                ..Self::default()
            },
            "action" => Self {
                measure: word(&begin, &["/measure"]),
                ..Self::default()
            },
            "output" => Self {
                place: word(&begin, &["/output/counts_to", "/output/place"]),
                task: word(&begin, &["/output/tasks/0"]),
                measure: Some(word(&now, &["/measure"]))
                    .filter(|measure| !measure.is_empty())
                    .unwrap_or_else(|| word(&begin, &["/output/measures/0"])),
                ..Self::default()
            },
            "obligation" => obligation(&Obligation::fold(events)),
            _ => Self {
                place: word(&begin, &["/place"]),
                organization: word(&begin, &["/organization", "/by", "/opened_by"]),
                task: word(&begin, &["/task"]),
                measure: word(&begin, &["/measure"]),
            },
        }
    }
}

fn obligation(state: &Obligation) -> Belongs {
    let Some(origin) = &state.origin else {
        return Belongs::default();
    };
    let (task, measure) = match &origin.subject {
        Subject::Task(id) => (id.clone(), String::new()),
        Subject::Action(id) => (String::new(), measure_of(id).unwrap_or_default().to_owned()),
    };
    Belongs {
        place: origin.place.clone().unwrap_or_default(),
        organization: origin
            .organization
            .as_ref()
            .or_else(|| state.holder.as_ref().map(|h| &h.organization))
            .unwrap_or(&origin.addressee)
            .clone(),
        task,
        measure,
    }
}

fn body(recorded: &Recorded) -> serde_json::Value {
    recorded.read().unwrap_or_default()
}

/// Who may see the last of these events, which says this.
fn audience(events: &[Recorded], last: &Recorded, said: &serde_json::Value) -> Audience {
    if let Some(corrected) = corrects(last).and_then(|p| events.iter().find(|e| e.position == p)) {
        // Whoever could see the mistake sees that it was one, and nobody else.
        let before: Vec<Recorded> = events
            .iter()
            .take_while(|e| e.position <= corrected.position)
            .cloned()
            .collect();
        return audience(&before, corrected, &body(corrected));
    }
    if last.kind == "obligation.unblocked" {
        let before = events.split_last().map_or(&[][..], |(_, before)| before);
        if let Some(block) = Obligation::fold(before).block {
            return block.audience;
        }
    }
    let published = PUBLISHED_BY
        .iter()
        .any(|(by, kinds)| kinds.contains(&last.kind.as_str()) && events.iter().any(|e| e.kind == *by));
    if published {
        Audience::Public
    } else {
        of_event(last.stream.kind(), &last.kind, said)
    }
}

fn corrects(recorded: &Recorded) -> Option<Position> {
    (recorded.kind == CORRECTION)
        .then(|| recorded.read::<Correction>().ok())
        .flatten()
        .map(|c| c.corrects)
}

impl Projection for EntryRows {
    fn name(&self) -> &'static str {
        "entry"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        has_entries(stream_kind)
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        events
            .last()
            .map(|last| changes(events, last, Belongs::of(events, last)))
            .unwrap_or_default()
    }

    fn project_each(&self, events: &[Recorded], new: usize) -> Vec<Vec<Change>> {
        let old = events.len().saturating_sub(new);
        let folded = events.first().is_some_and(|first| first.stream.kind() == "obligation")
            && !events.iter().any(|event| event.kind == CORRECTION);
        // The state that tells to whom an entry belongs grows with each, unless one takes another back.
        let mut state = Obligation::default();
        let mut each = Vec::with_capacity(new);
        for (index, last) in events.iter().enumerate() {
            if folded {
                state.apply(&Entry::read(last));
            }
            if index < old {
                continue;
            }
            let up_to = &events[..=index];
            let belongs = if folded {
                obligation(&state)
            } else {
                Belongs::of(up_to, last)
            };
            each.push(changes(up_to, last, belongs));
        }
        each
    }
}

/// The row of an entry, and what it changes of rows before it.
fn changes(events: &[Recorded], last: &Recorded, belongs: Belongs) -> Vec<Change> {
    let said = body(last);
    let demo = events.first().is_some_and(crate::event::is_demo)
        || crate::event::is_demo(last)
        || said.pointer("/output/demo").or(said.pointer("/body/demo")) == Some(&true.into());
    let corrects = corrects(last);
    let measure = if last.kind.starts_with("obligation.link_") {
        said["measure"].as_str().unwrap_or_default().to_owned()
    } else {
        belongs.measure
    };
    let mut changes = vec![Change::Insert {
        table: "entry",
        values: vec![
            ("position", last.position.into()),
            ("stream", last.stream.as_str().into()),
            ("stream_kind", last.stream.kind().into()),
            ("object", last.stream.id().into()),
            ("kind", (&last.kind).into()),
            ("at", last.at.into()),
            ("effective", last.effective.into()),
            ("actor", (&last.actor.0).into()),
            ("place", belongs.place.into()),
            ("organization", belongs.organization.into()),
            ("task", belongs.task.into()),
            ("measure", measure.into()),
            ("audience", audience(events, last, &said).id().into()),
            ("demo", demo.into()),
            ("corrects", Value::Integer(corrects.map(|p| p.0))),
            ("corrected_by", Value::Integer(None)),
        ],
    }];
    if let Some(corrects) = corrects {
        changes.push(Change::Update {
            table: "entry",
            values: vec![("corrected_by", last.position.into())],
            whose: vec![("position", corrects.into())],
        });
    }
    for (_, kinds) in PUBLISHED_BY.iter().filter(|(by, _)| *by == last.kind) {
        for kind in *kinds {
            changes.push(Change::Update {
                table: "entry",
                values: vec![("audience", Audience::Public.id().into())],
                whose: vec![("stream", last.stream.as_str().into()), ("kind", (*kind).into())],
            });
        }
    }
    changes
}
