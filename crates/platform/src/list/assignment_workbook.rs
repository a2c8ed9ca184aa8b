//! Whom tasks are assigned to as a workbook, and back: guiding ministry, time limit and measures of each task, a task a
//! row. Each changed row becomes commands, listed for confirmation. Nothing is applied by an upload.

use super::{
    command::{TaskCommand, run},
    query::{Task, TaskFilter, tasks},
    workbook::{self, Table, other, text_of},
};
use crate::{
    bilingual::Bilingual,
    context::{Context, Reader},
    obligation::check,
    people::query::{OrganizationFilter, organizations},
    question::Window,
    refusal::{Error, Result},
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::Committed;
use sheet::{Cell, CellValue, Change, Column, Fault, Kind, TableLayout};
use std::collections::{BTreeMap, BTreeSet};

/// A command on a task that a workbook asks for; carried out when somebody confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTask {
    /// The row, as the sheet numbers it.
    pub sheet_row: u32,
    /// The task, by id.
    pub task: String,
    /// Its number.
    pub number: u32,
    /// The columns that were changed, with what stood there and what was written.
    pub cells: Vec<(String, String, String)>,
    /// What is to be done.
    pub command: TaskCommand,
}

/// What an upload says.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentUpload {
    /// What is to be done, row by row.
    pub planned: Vec<PlannedTask>,
    /// Cells that cannot be taken; their rows do nothing.
    pub faults: Vec<Fault>,
    /// The upload with those cells marked; absent where there are none.
    pub marked: Option<Vec<u8>>,
    /// Tasks whose rows are missing: they stay as they are.
    pub missing: Vec<String>,
}

struct Loaded {
    table: Table,
    tasks: Vec<Task>,
    /// Ids and names of ministries.
    ministries: Vec<(String, String)>,
}

/// The open tasks of a list on the reader's day, a row each.
pub async fn table(platform: &Platform, reader: &Reader, list: &str, lang: Lang) -> Result<Table> {
    Ok(load(platform, reader, list, lang).await?.table)
}

async fn load(platform: &Platform, reader: &Reader, list: &str, lang: Lang) -> Result<Loaded> {
    let filter = TaskFilter {
        list: Some(list.to_owned()),
        ..TaskFilter::default()
    };
    let (mut found, mut window) = (Vec::new(), Window::of(200));
    loop {
        let page = tasks(platform, reader, &filter, &window).await?;
        found.extend(page.items);
        match page.next {
            Some(next) => window.cursor = Some(next),
            None => break,
        }
    }
    found.retain(|task| task.fate == "open");
    let of_kind = OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..OrganizationFilter::default()
    };
    let name = |name: &Bilingual| match (lang, &name.en) {
        (Lang::En, Some(en)) => en.clone(),
        _ => name.zh.clone(),
    };
    let ministries: Vec<(String, String)> = organizations(platform, &of_kind, reader.as_of, 1_000)
        .await?
        .into_iter()
        .map(|body| (body.id, name(&body.name)))
        .collect();
    let text = |text: &str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text.to_owned())
        }
    };
    let rows = found
        .iter()
        .map(|task| {
            let limit = task.time_limit.as_ref();
            vec![
                Cell::Text(task.id.clone()),
                Cell::Integer(task.number.into()),
                Cell::Text(name(&task.title)),
                text(&workbook::name_of(&ministries, &task.guiding)),
                text(&task.guiding_source),
                limit.map_or(Cell::Empty, |(day, _)| Cell::Date(*day)),
                limit.map_or(Cell::Empty, |(_, by)| text(by)),
                text(&in_order(&task.measures).join(" ")),
            ]
        })
        .collect();
    let choices = ministries.iter().map(|(_, name)| name.clone()).collect();
    let source = |id: &str, head: String| {
        Column::new(id, &head, Kind::Text)
            .editable()
            .max_chars(check::LONGEST_TITLE)
            .width(28)
    };
    let columns = vec![
        Column::key(),
        Column::new("number", &t!(lang, "workbook-number"), Kind::Integer).width(6),
        Column::new("title", &t!(lang, "workbook-title"), Kind::Text).width(44),
        Column::new("guiding", &t!(lang, "workbook-guiding"), Kind::Choice(choices))
            .editable()
            .width(28),
        source("guiding_source", t!(lang, "workbook-guiding-source")),
        Column::new("limit", &t!(lang, "workbook-limit"), Kind::Date)
            .editable()
            .width(12),
        source("limit_by", t!(lang, "workbook-limit-by")),
        Column::new("measures", &t!(lang, "workbook-measures"), Kind::Text)
            .editable()
            .max_chars(100)
            .width(14)
            .help(&t!(lang, "workbook-measures-help")),
    ];
    let version = found.iter().map(|task| task.version).max().unwrap_or(1);
    let title = t!(lang, "workbook-assignment");
    let mut layout = TableLayout::new(&format!("assignment-{list}"), &title, reader.as_of.date, columns);
    layout.list_version = format!("{list}/{version}");
    layout.notes = workbook::notes(lang, version, reader, super::facts::is_demo(platform, list).await?);
    layout.page_of = workbook::page_of(lang);
    layout.paper = sheet::Paper::A3;
    Ok(Loaded {
        table: Table { layout, rows },
        tasks: found,
        ministries,
    })
}

/// Reads an upload against what stands today: what is to be done, and what comes back marked.
pub async fn read(
    platform: &Platform,
    reader: &Reader,
    list: &str,
    lang: Lang,
    bytes: &[u8],
) -> Result<AssignmentUpload> {
    let loaded = load(platform, reader, list, lang).await?;
    let upload = loaded.table.read(bytes)?;
    let mut faults: Vec<Fault> = upload.faults().cloned().collect();
    let rows: BTreeMap<&str, u32> = upload
        .rows
        .iter()
        .filter_map(|r| Some((r.key.as_deref()?, r.sheet_row)))
        .collect();
    let mut changed: BTreeMap<String, BTreeMap<String, (CellValue, CellValue)>> = BTreeMap::new();
    let mut missing = Vec::new();
    for change in sheet::diff(&upload.rows, &loaded.table.current()) {
        match change {
            Change::Changed {
                key,
                column,
                before,
                after,
            } => {
                changed
                    .entry(key)
                    .or_default()
                    .insert(column.as_str().to_owned(), (before, after));
            }
            Change::Added { sheet_row, key, .. } => {
                let key = key.unwrap_or_default();
                faults.push(other(sheet_row, "title", &key, "key_unknown", &key));
            }
            Change::Missing { key } => missing.push(key),
        }
    }
    let measures: BTreeSet<String> = super::query::measures(platform, list)
        .await?
        .into_iter()
        .map(|m| m.number)
        .collect();
    let mut planned = Vec::new();
    for (id, cells) in &changed {
        let Some(task) = loaded.tasks.iter().find(|t| t.id == *id) else {
            continue;
        };
        let row = Row {
            at: rows.get(id.as_str()).copied().unwrap_or(0),
            task,
            ministries: &loaded.ministries,
            measures: &measures,
            cells,
        };
        match row.commands() {
            Ok(commands) => planned.extend(commands.into_iter().map(|(columns, command)| {
                PlannedTask {
                    sheet_row: row.at,
                    task: id.clone(),
                    number: task.number,
                    cells: columns
                        .into_iter()
                        .filter_map(|c| cells.get(c).map(|(b, a)| (c.to_owned(), text_of(b), text_of(a))))
                        .collect(),
                    command,
                }
            })),
            Err(found) => faults.extend(found),
        }
    }
    // A row with a fault does nothing: half of what somebody meant is not what they meant.
    let faulty: BTreeSet<u32> = faults.iter().map(|f| f.sheet_row).collect();
    planned.retain(|p| !faulty.contains(&p.sheet_row));
    planned.sort_by_key(|p| p.sheet_row);
    faults.sort_by_key(|f| f.sheet_row);
    let marked = loaded.table.marked(&upload, &faults, lang)?;
    Ok(AssignmentUpload {
        planned,
        faults,
        marked,
        missing,
    })
}

/// One changed row.
struct Row<'r> {
    /// Where it stands, as the sheet numbers rows.
    at: u32,
    task: &'r Task,
    ministries: &'r [(String, String)],
    measures: &'r BTreeSet<String>,
    cells: &'r BTreeMap<String, (CellValue, CellValue)>,
}

type Commands = Vec<(Vec<&'static str>, TaskCommand)>;

impl Row<'_> {
    /// What was written in a column, where it was changed.
    fn written(&self, column: &str) -> Option<String> {
        self.cells.get(column).map(|(_, after)| text_of(after))
    }

    fn fault(&self, column: &str, code: &str, detail: &str) -> Fault {
        let found = self.written(column).unwrap_or_default();
        other(self.at, column, &found, code, detail)
    }

    fn commands(&self) -> Result<Commands, Vec<Fault>> {
        let (mut commands, mut faults) = (Commands::new(), Vec::new());
        for column in ["number", "title"] {
            if self.cells.contains_key(column) {
                faults.push(self.fault(column, "read_only", ""));
            }
        }
        self.guiding(&mut commands, &mut faults);
        self.limit(&mut commands, &mut faults);
        self.links(&mut commands, &mut faults);
        if faults.is_empty() { Ok(commands) } else { Err(faults) }
    }

    fn guiding(&self, commands: &mut Commands, faults: &mut Vec<Fault>) {
        if self.written("guiding").is_none() && self.written("guiding_source").is_none() {
            return;
        }
        let named = self.written("guiding");
        let organization = match &named {
            Some(name) => self
                .ministries
                .iter()
                .find(|(_, n)| n == name)
                .map(|(id, _)| id.clone()),
            None => Some(self.task.guiding.clone()).filter(|id| !id.is_empty()),
        };
        let source = self
            .written("guiding_source")
            .unwrap_or_else(|| self.task.guiding_source.clone());
        match organization {
            None => faults.push(self.fault("guiding", "guiding_unnamed", "")),
            Some(_) if source.is_empty() => faults.push(self.fault("guiding_source", "source_missing", "")),
            Some(organization) => commands.push((
                vec!["guiding", "guiding_source"],
                TaskCommand::AssignGuiding { organization, source },
            )),
        }
    }

    fn limit(&self, commands: &mut Commands, faults: &mut Vec<Fault>) {
        if self.written("limit").is_none() && self.written("limit_by").is_none() {
            return;
        }
        let stands = self.task.time_limit.as_ref();
        let due = match self.written("limit") {
            Some(text) => text.parse::<Date>().ok(),
            None => stands.map(|(day, _)| *day),
        };
        let set_by = self
            .written("limit_by")
            .or_else(|| stands.map(|(_, by)| by.clone()))
            .unwrap_or_default();
        match due {
            None => faults.push(self.fault("limit", "limit_undated", "")),
            Some(_) if set_by.is_empty() => faults.push(self.fault("limit_by", "setter_missing", "")),
            Some(due) => commands.push((vec!["limit", "limit_by"], TaskCommand::SetTimeLimit { due, set_by })),
        }
    }

    /// Measures that were added are proposed, those that were left out are taken away.
    fn links(&self, commands: &mut Commands, faults: &mut Vec<Fault>) {
        let Some(text) = self.written("measures") else { return };
        let written: BTreeSet<String> = text
            .split(|c: char| c.is_whitespace() || "、,，;；".contains(c))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if let Some(unknown) = written.iter().find(|number| !self.measures.contains(*number)) {
            faults.push(self.fault("measures", "measure_unknown", unknown));
            return;
        }
        let stands: BTreeSet<String> = self.task.measures.iter().cloned().collect();
        let added = written.difference(&stands).map(|measure| TaskCommand::ProposeLink {
            measure: measure.clone(),
        });
        let removed = stands.difference(&written).map(|measure| TaskCommand::RemoveLink {
            measure: measure.clone(),
        });
        commands.extend(added.chain(removed).map(|command| (vec!["measures"], command)));
    }
}

/// Numbers of measures in the order of the text.
fn in_order(measures: &[String]) -> Vec<String> {
    let mut ordered = measures.to_vec();
    ordered.sort_by_key(|m| m.parse::<u32>().unwrap_or(u32::MAX));
    ordered
}

/// Carries confirmed commands out, each by itself with its own rights and rules; the answers stand in the same order.
pub async fn confirm(platform: &Platform, context: &Context, planned: &[PlannedTask]) -> Vec<Result<Committed, Error>> {
    let mut answers = Vec::new();
    for (index, one) in planned.iter().enumerate() {
        // One key for the whole upload would let the first row answer for all.
        let mut context = context.clone();
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{index}"), request));
        answers.push(run(platform, &context, &one.task, None, &one.command).await);
    }
    answers
}
