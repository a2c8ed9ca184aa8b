//! An upload as its page shows it: what each row would change, in words.

use crate::{
    Answer, Asking, Failure, Web,
    components::standing::{stage_spelt, word},
    pages::task::place_name,
};
use language::{Lang, t};
use platform::{
    list::{
        assignment_workbook,
        command::TaskCommand,
        entering::FIRST,
        place_workbook, query as list,
        row_commands::{Asked, Planned},
        workbook,
    },
    obligation::{command::Command, event::Audience, facts::parts_of},
    place::query::{self as place, Place},
    proposal::{change::ListChange, decide::Draft},
    question::Window,
    refusal::{Manner, Refusal},
    rights::Action,
};
use sheet::Fault;
use std::collections::BTreeMap;

/// Which table an upload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The list.
    List,
    /// The tasks of a place, by code.
    Place(String),
    /// The obligations of all places.
    Obligations,
    /// To whom tasks are assigned.
    Assignment,
}

impl What {
    /// Reads it; a table that the reader may not fill in is refused.
    pub(super) fn parse(asking: &Asking, web: &Web, text: &str) -> Answer<Self> {
        let missing = |action: Action| -> Failure {
            Refusal::rule("rights/missing", "")
                .with("right", action.id())
                .manner(Manner::Forbidden)
                .into()
        };
        if text == "list" {
            return if asking.can(web, Action::OpenProposal) {
                Ok(Self::List)
            } else {
                Err(missing(Action::OpenProposal))
            };
        }
        let by_right = [
            ("obligations", Self::Obligations, Action::SetMilestone),
            ("assignment", Self::Assignment, Action::AssignTask),
        ];
        for (name, what, right) in by_right {
            if text == name {
                return if asking.can(web, right) {
                    Ok(what)
                } else {
                    Err(missing(right))
                };
            }
        }
        if asking.reach(web, Action::ReportProgress).covers_place(text) {
            Ok(Self::Place(text.to_owned()))
        } else {
            Err(missing(Action::ReportProgress))
        }
    }

    /// As a form says it.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::List => "list",
            Self::Place(code) => code,
            Self::Obligations => "obligations",
            Self::Assignment => "assignment",
        }
    }
}

/// One change of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The row, as people find it again.
    pub name: String,
    /// Which column.
    pub what: String,
    /// What stands.
    pub before: String,
    /// What was written.
    pub after: String,
    /// Who will see it, in words; empty where it becomes part of a proposal.
    pub audience: String,
}

/// What an upload says.
pub(super) struct Uploaded {
    /// What would change, cell by cell.
    pub lines: Vec<Line>,
    /// Cells that cannot be taken.
    pub faults: Vec<Fault>,
    /// The upload with those cells marked.
    pub marked: Option<Vec<u8>>,
    /// Rows that did not come back.
    pub missing: Vec<String>,
    /// Of the list: the draft of a proposal.
    pub draft: Option<Draft>,
    /// Of a place, or of all: commands on obligations.
    pub planned: Vec<Planned<Command>>,
    /// Of the assignment: commands on tasks.
    pub tasks: Vec<Planned<TaskCommand>>,
}

/// Reads an upload against what stands.
pub(super) async fn read(asking: &Asking, web: &Web, what: &What, bytes: &[u8]) -> Answer<Uploaded> {
    match what {
        What::List => of_list(asking, web, bytes).await,
        What::Place(code) => of_obligations(asking, web, Some(code), bytes).await,
        What::Obligations => of_obligations(asking, web, None, bytes).await,
        What::Assignment => of_assignment(asking, web, bytes).await,
    }
}

async fn of_assignment(asking: &Asking, web: &Web, bytes: &[u8]) -> Answer<Uploaded> {
    let lang = asking.lang;
    let read = assignment_workbook::read(&web.platform, &asking.reader, FIRST, lang, bytes).await?;
    Ok(Uploaded {
        tasks: read.planned.clone(),
        ..of_rows(
            asking,
            read,
            |_| Audience::Public,
            |planned| {
                let row = t!(lang, "upload-row", row = planned.sheet_row);
                [row, numbered(lang, planned)].join(" · ")
            },
        )
    })
}

async fn of_obligations(asking: &Asking, web: &Web, place: Option<&str>, bytes: &[u8]) -> Answer<Uploaded> {
    let lang = asking.lang;
    let read = place_workbook::read(&web.platform, &asking.reader, FIRST, place, lang, bytes).await?;
    let places = place::places(&web.platform, &asking.reader).await?;
    Ok(Uploaded {
        planned: read.planned.clone(),
        ..of_rows(asking, read, Command::audience, |planned| {
            let row = t!(lang, "upload-row", row = planned.sheet_row);
            [row, held(lang, &places, planned)].join(" · ")
        })
    })
}

/// A task by its number and title, as people know it.
pub(super) fn numbered<C>(lang: Lang, planned: &Planned<C>) -> String {
    format!("{} {}", t!(lang, "task-number", number = planned.number), planned.title)
}

/// An obligation by its task and place.
pub(super) fn held<C>(lang: Lang, places: &[Place], planned: &Planned<C>) -> String {
    let name = numbered(lang, planned);
    match parts_of(&planned.object) {
        Some((_, code)) => format!("{name} · {}", place_name(lang, places, code)),
        None => name,
    }
}

/// What rows ask for, cell by cell; several commands may come of one cell, which is shown once.
fn of_rows<C>(
    asking: &Asking,
    read: Asked<C>,
    audience: impl Fn(&C) -> Audience,
    name: impl Fn(&Planned<C>) -> String,
) -> Uploaded {
    let mut lines: Vec<Line> = Vec::new();
    for planned in &read.planned {
        for (column, before, after) in &planned.cells {
            let says = |cell: &str| match column.as_str() {
                "stage" => stage_spelt(asking.lang, cell),
                _ => cell.to_owned(),
            };
            let line = Line {
                name: name(planned),
                what: column_name(asking, column),
                before: says(before),
                after: says(after),
                audience: word(asking.lang, "audience", audience(&planned.command).id()),
            };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Uploaded {
        lines,
        faults: read.faults,
        marked: read.marked,
        missing: read.missing,
        draft: None,
        planned: Vec::new(),
        tasks: Vec::new(),
    }
}

/// The head of a column of the workbooks.
fn column_name(asking: &Asking, column: &str) -> String {
    let id = format!("workbook-{}", column.replace('_', "-"));
    if language::ids().contains(&id) {
        language::text(asking.lang, &id)
    } else {
        column.to_owned()
    }
}

async fn of_list(asking: &Asking, web: &Web, bytes: &[u8]) -> Answer<Uploaded> {
    let read = workbook::read(&web.platform, &asking.reader, FIRST, asking.lang, bytes).await?;
    let filter = list::TaskFilter {
        list: Some(FIRST.to_owned()),
        ..list::TaskFilter::default()
    };
    let tasks: BTreeMap<String, list::Task> = list::tasks(&web.platform, &asking.reader, &filter, &Window::of(200))
        .await?
        .items
        .into_iter()
        .map(|task| (task.id.clone(), task))
        .collect();
    let lines = read
        .draft
        .changes
        .iter()
        .flat_map(|change| lines_of(asking, &tasks, change))
        .collect();
    Ok(Uploaded {
        lines,
        faults: read.faults,
        marked: read.marked,
        missing: read.missing,
        draft: Some(read.draft),
        planned: Vec::new(),
        tasks: Vec::new(),
    })
}

fn lines_of(asking: &Asking, tasks: &BTreeMap<String, list::Task>, change: &ListChange) -> Vec<Line> {
    let lang = asking.lang;
    match change {
        ListChange::ChangeTask { task, words } => {
            let old = tasks.get(task);
            let name = old.map_or_else(|| task.clone(), |t| t!(lang, "task-number", number = t.number));
            let line = |column: &str, before: String, after: String| Line {
                name: name.clone(),
                what: column_name(asking, column),
                before,
                after,
                audience: String::new(),
            };
            let mut lines = Vec::new();
            if let Some(title) = &words.title {
                let before = old.map(|t| t.title.clone()).unwrap_or_default();
                if before.zh != title.zh {
                    lines.push(line("title", before.zh, title.zh.clone()));
                }
                if before.en != title.en {
                    lines.push(line(
                        "title_en",
                        before.en.unwrap_or_default(),
                        title.en.clone().unwrap_or_default(),
                    ));
                }
            }
            if let Some(tier) = words.tier {
                lines.push(line(
                    "tier",
                    old.map_or_else(String::new, |t| word(lang, "tier", t.tier.id())),
                    word(lang, "tier", tier.id()),
                ));
            }
            if let Some(places) = &words.places {
                lines.push(line(
                    "places",
                    old.map_or_else(String::new, |t| t.places_as_written.clone()),
                    places.as_written.clone(),
                ));
            }
            lines
        }
        ListChange::AddTask { task } => vec![Line {
            name: t!(lang, "change-kind-add"),
            what: word(lang, "tier", task.tier.id()),
            before: String::new(),
            after: format!("{}（{}）", task.title.zh, task.places.as_written),
            audience: String::new(),
        }],
        _ => Vec::new(),
    }
}
