//! Whom tasks are assigned to as a workbook, and back: guiding ministry, time limit and measures of each task, a task a
//! row. Each changed row becomes commands, listed for confirmation. Nothing is applied by an upload.

use super::{
    command::{TaskCommand, run},
    query::{Task, TaskFilter, tasks},
    row_commands::{self, Asked, ChangedRow, Commands, RowCommand},
    workbook::{self, Table},
};
use crate::{
    bilingual::Bilingual,
    context::{Context, Reader},
    obligation::check,
    people::query::{OrganizationFilter, organizations},
    question::Window,
    refusal::Result,
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::Committed;
use sheet::{Cell, Column, Fault, Kind, TableLayout};
use std::collections::BTreeSet;

impl RowCommand for TaskCommand {
    async fn run(&self, platform: &Platform, context: &Context, task: &str) -> Result<Committed> {
        run(platform, context, task, None, self).await
    }
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
) -> Result<Asked<TaskCommand>> {
    let loaded = load(platform, reader, list, lang).await?;
    let measures: BTreeSet<String> = super::query::measures(platform, list)
        .await?
        .into_iter()
        .map(|m| m.number)
        .collect();
    let upload = loaded.table.read(bytes)?;
    row_commands::read(&loaded.table, lang, &upload, |changed| {
        let Some(task) = loaded.tasks.iter().find(|t| t.id == changed.object) else {
            return Ok(Vec::new());
        };
        let row = Row {
            changed,
            task,
            ministries: &loaded.ministries,
            measures: &measures,
        };
        row.commands()
    })
}

/// One changed row.
struct Row<'r> {
    changed: &'r ChangedRow,
    task: &'r Task,
    ministries: &'r [(String, String)],
    measures: &'r BTreeSet<String>,
}

impl Row<'_> {
    fn commands(&self) -> Result<Commands<TaskCommand>, Vec<Fault>> {
        let mut commands = Vec::new();
        let mut faults = self.changed.read_only(&["number", "title"]);
        self.guiding(&mut commands, &mut faults);
        self.limit(&mut commands, &mut faults);
        self.links(&mut commands, &mut faults);
        if faults.is_empty() { Ok(commands) } else { Err(faults) }
    }

    fn guiding(&self, commands: &mut Commands<TaskCommand>, faults: &mut Vec<Fault>) {
        if self.changed.written("guiding").is_none() && self.changed.written("guiding_source").is_none() {
            return;
        }
        let named = self.changed.written("guiding");
        let organization = match &named {
            Some(name) => self
                .ministries
                .iter()
                .find(|(_, n)| n == name)
                .map(|(id, _)| id.clone()),
            None => Some(self.task.guiding.clone()).filter(|id| !id.is_empty()),
        };
        let source = self.changed.says("guiding_source");
        match organization {
            None => faults.push(self.changed.fault("guiding", "guiding_unnamed", "")),
            Some(_) if source.is_empty() => faults.push(self.changed.fault("guiding_source", "source_missing", "")),
            Some(organization) => commands.push((
                vec!["guiding", "guiding_source"],
                TaskCommand::AssignGuiding { organization, source },
            )),
        }
    }

    fn limit(&self, commands: &mut Commands<TaskCommand>, faults: &mut Vec<Fault>) {
        if self.changed.written("limit").is_none() && self.changed.written("limit_by").is_none() {
            return;
        }
        let due = self.changed.says("limit").parse::<Date>().ok();
        let set_by = self.changed.says("limit_by");
        match due {
            None => faults.push(self.changed.fault("limit", "limit_undated", "")),
            Some(_) if set_by.is_empty() => faults.push(self.changed.fault("limit_by", "setter_missing", "")),
            Some(due) => commands.push((vec!["limit", "limit_by"], TaskCommand::SetTimeLimit { due, set_by })),
        }
    }

    /// Measures that were added are proposed, those that were left out are taken away.
    fn links(&self, commands: &mut Commands<TaskCommand>, faults: &mut Vec<Fault>) {
        let Some(text) = self.changed.written("measures") else {
            return;
        };
        let written: BTreeSet<String> = text
            .split(|c: char| c.is_whitespace() || "、,，;；".contains(c))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if let Some(unknown) = written.iter().find(|number| !self.measures.contains(*number)) {
            faults.push(self.changed.fault("measures", "measure_unknown", unknown));
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
