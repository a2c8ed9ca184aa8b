//! The tasks of one place, or of all places, as a workbook, and back: each changed cell becomes a command on an obligation,
//! listed for confirmation. Nothing is applied by an upload.

use super::workbook::{self, Table, name_of, names, other, text_of};
use crate::{
    bilingual::Bilingual,
    context::{Context, Reader},
    obligation::{
        check,
        command::{Command, run},
        event::{Audience, Part, Source},
    },
    refusal::{Error, Result},
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::Committed;
use sheet::{Cell, CellValue, Change, Column, Fault, Kind, TableLayout};
use std::collections::{BTreeMap, BTreeSet};

/// A command that a workbook asks for; carried out when somebody confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCommand {
    /// The row, as the sheet numbers it.
    pub sheet_row: u32,
    /// The obligation, by id.
    pub obligation: String,
    /// The columns that were changed, with what stood there and what was written.
    pub cells: Vec<(String, String, String)>,
    /// What is to be done.
    pub command: Command,
}

/// What an upload of a place's workbook says.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceUpload {
    /// What is to be done, row by row.
    pub planned: Vec<PlannedCommand>,
    /// Cells that cannot be taken; their rows do nothing.
    pub faults: Vec<Fault>,
    /// The upload with those cells marked; absent where there are none.
    pub marked: Option<Vec<u8>>,
    /// Obligations whose rows are missing: they stay as they are.
    pub missing: Vec<String>,
}

/// The table with the ids of next milestones, by obligation.
struct Loaded {
    table: Table,
    milestones: BTreeMap<String, String>,
    setter: Bilingual,
}

/// The tasks of a place on the reader's day, a row each; of all places where none is named. Three queries.
pub async fn table(platform: &Platform, reader: &Reader, list: &str, place: Option<&str>, lang: Lang) -> Result<Table> {
    Ok(load(platform, reader, list, place, lang).await?.table)
}

/// The workbook's title, and who sets what it sets.
async fn titled(platform: &Platform, reader: &Reader, place: Option<&str>, lang: Lang) -> Result<(String, Bilingual)> {
    if let Some(place) = place {
        let (short, setter) = super::facts::place_and_body(platform, reader, place)
            .await?
            .ok_or_else(crate::refusal::Refusal::unseen)?;
        return Ok((t!(lang, "workbook-place", place = short), setter));
    }
    let own = reader
        .actor
        .iter()
        .flat_map(|a| &a.grants)
        .map(|g| &g.organization)
        .next();
    let setter = match own {
        Some(body) => super::facts::body_name(platform, reader, body).await?,
        None => Bilingual::default(),
    };
    Ok((t!(lang, "workbook-obligations"), setter))
}

async fn load(platform: &Platform, reader: &Reader, list: &str, place: Option<&str>, lang: Lang) -> Result<Loaded> {
    let rows = super::facts::rows_of_place(platform, reader, list, place).await?;
    let milestones = super::facts::next_milestones(platform, reader, place).await?;
    let (title, setter) = titled(platform, reader, place, lang).await?;
    let shorts: BTreeMap<String, String> = if place.is_some() {
        BTreeMap::new()
    } else {
        super::facts::place_names(platform)
            .await?
            .into_iter()
            .map(|(name, code)| (code, name))
            .collect()
    };
    let parts = names("part", lang)?;
    let states = names("state", lang)?;
    let mut cells = Vec::new();
    let (mut version, mut demo) = (1, false);
    for row in &rows {
        version = version.max(u32::try_from(row.integer("version")?).unwrap_or(1));
        demo |= row.truth("demo")?;
        let title = row.text("title_zh")?;
        let title = if lang == Lang::Zh {
            title
        } else {
            row.text_or_null("title_en")?.unwrap_or(title)
        };
        let mut line = vec![
            Cell::Text(row.text("id")?),
            Cell::Integer(row.integer("number")?),
            Cell::Text(title),
            Cell::Text(name_of(&states, &row.text("state")?)),
            Cell::Text(name_of(&parts, &row.text("part")?)),
            text(row.text("next_zh")?),
            row.date_or_null("next_due")?.map_or(Cell::Empty, Cell::Date),
            text(row.text("stage")?),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Integer(row.integer("last_position")?),
        ];
        if place.is_none() {
            let code = row.text("place")?;
            line.push(Cell::Text(shorts.get(&code).cloned().unwrap_or(code)));
        }
        cells.push(line);
    }
    let choices = parts.iter().map(|(_, name)| name.clone()).collect();
    let mut columns = vec![
        Column::key(),
        Column::new("number", &t!(lang, "workbook-number"), Kind::Integer).width(6),
        Column::new("title", &t!(lang, "workbook-title"), Kind::Text).width(44),
        Column::new("state", &t!(lang, "workbook-state"), Kind::Text).width(10),
        Column::new("part", &t!(lang, "workbook-part"), Kind::Choice(choices))
            .editable()
            .required()
            .width(14),
        Column::new("milestone", &t!(lang, "workbook-milestone"), Kind::Text)
            .editable()
            .max_chars(check::LONGEST_TITLE)
            .width(20),
        Column::new("due", &t!(lang, "workbook-due"), Kind::Date)
            .editable()
            .width(12),
        Column::new("stage", &t!(lang, "workbook-stage"), Kind::Text)
            .editable()
            .max_chars(5)
            .width(8),
        Column::new("designation", &t!(lang, "workbook-designation"), Kind::Text)
            .editable()
            .max_chars(100)
            .width(20),
        Column::new("note", &t!(lang, "workbook-note"), Kind::Text)
            .editable()
            .max_chars(check::LONGEST_NOTE)
            .width(30),
        Column::new("link", &t!(lang, "workbook-link"), Kind::Text)
            .editable()
            .max_chars(2000)
            .width(24),
        Column::new("position", &t!(lang, "workbook-position"), Kind::Integer).width(8),
    ];
    if place.is_none() {
        columns.push(Column::new("place", &t!(lang, "workbook-of-place"), Kind::Text).width(12));
    }
    let id = place.map_or_else(
        || format!("obligations-{list}"),
        |place| format!("place-{list}-{place}"),
    );
    let mut layout = TableLayout::new(&id, &title, reader.as_of.date, columns);
    layout.list_version = format!("{list}/{version}");
    layout.notes = workbook::notes(lang, version, reader, demo);
    layout.page_of = workbook::page_of(lang);
    layout.paper = sheet::Paper::A3;
    Ok(Loaded {
        table: Table { layout, rows: cells },
        milestones,
        setter,
    })
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// Reads an upload of a place's workbook, or of that of all places, against what stands today: what is to be done, and what comes back marked.
pub async fn read(
    platform: &Platform,
    reader: &Reader,
    list: &str,
    place: Option<&str>,
    lang: Lang,
    bytes: &[u8],
) -> Result<PlaceUpload> {
    let loaded = load(platform, reader, list, place, lang).await?;
    let upload = loaded.table.read(bytes)?;
    let parts = names("part", lang)?;
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
    let current: BTreeMap<String, BTreeMap<sheet::ColumnId, CellValue>> = loaded
        .table
        .current()
        .into_iter()
        .map(|row| (row.key, row.cells))
        .collect();
    let mut planned = Vec::new();
    for (obligation, cells) in changed {
        // Somebody recorded something since the download, and the row was left alone.
        if cells.keys().all(|column| column == "position") {
            continue;
        }
        let row = Row {
            at: rows.get(obligation.as_str()).copied().unwrap_or(0),
            milestone: loaded.milestones.get(&obligation).cloned(),
            setter: &loaded.setter.zh,
            today: reader.today,
            parts: &parts,
            stands: current.get(&obligation),
            cells: &cells,
            lang,
        };
        match row.commands() {
            Ok(commands) => planned.extend(commands.into_iter().map(|(columns, command)| {
                PlannedCommand {
                    sheet_row: row.at,
                    obligation: obligation.clone(),
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
    let faulty: BTreeSet<u32> = faults.iter().map(|f| f.sheet_row).collect();
    planned.retain(|p| !faulty.contains(&p.sheet_row));
    planned.sort_by_key(|p| p.sheet_row);
    faults.sort_by_key(|f| f.sheet_row);
    let marked = loaded.table.marked(&upload, &faults, lang)?;
    Ok(PlaceUpload {
        planned,
        faults,
        marked,
        missing,
    })
}

/// One changed row.
struct Row<'r> {
    at: u32,
    milestone: Option<String>,
    setter: &'r str,
    today: Date,
    parts: &'r [(String, String)],
    stands: Option<&'r BTreeMap<sheet::ColumnId, CellValue>>,
    cells: &'r BTreeMap<String, (CellValue, CellValue)>,
    lang: Lang,
}

type Commands = Vec<(Vec<&'static str>, Command)>;

impl Row<'_> {
    /// What was written in a column, where it was changed.
    fn written(&self, column: &str) -> Option<String> {
        self.cells.get(column).map(|(_, after)| text_of(after))
    }

    /// What the column says once the change is made.
    fn says(&self, column: &str) -> String {
        self.written(column)
            .or_else(|| self.stands.and_then(|cells| cells.get(column)).map(text_of))
            .unwrap_or_default()
    }

    fn fault(&self, column: &str, code: &str, detail: &str) -> Fault {
        other(self.at, column, &self.says(column), code, detail)
    }

    fn commands(&self) -> Result<Commands, Vec<Fault>> {
        let mut commands: Commands = Vec::new();
        let mut faults: Vec<Fault> = Vec::new();
        for column in ["number", "title", "state", "place"] {
            if self.cells.contains_key(column) {
                faults.push(self.fault(column, "read_only", ""));
            }
        }
        if let Some((now, seen)) = self.cells.get("position") {
            faults.push(other(self.at, "position", &text_of(seen), "row_moved", &text_of(now)));
        }
        if let Some(name) = self.written("part") {
            let part = self
                .parts
                .iter()
                .find(|(_, n)| *n == name)
                .and_then(|(id, _)| Part::parse(id));
            match part {
                Some(part @ (Part::TakePart | Part::Undertake)) => {
                    commands.push((vec!["part"], Command::ChoosePart { part }));
                }
                _ => faults.push(self.fault("part", "part_fixed", "")),
            }
        }
        if self.written("milestone").is_some() || self.written("due").is_some() {
            match (self.says("milestone"), self.says("due").parse::<Date>()) {
                (name, _) if name.is_empty() => faults.push(self.fault("milestone", "milestone_nameless", "")),
                (name, Ok(due)) => commands.push((
                    vec!["milestone", "due"],
                    Command::SetMilestone {
                        milestone: self.milestone.clone(),
                        name: Bilingual::zh(&name),
                        due,
                        set_by: self.setter.to_owned(),
                    },
                )),
                (_, Err(_)) => faults.push(self.fault("due", "milestone_undated", "")),
            }
        }
        let link = self.written("link").filter(|l| !l.is_empty());
        if link.as_deref().and_then(check::link_fault).is_some() {
            faults.push(self.fault("link", "link", ""));
        }
        self.stage(link, &mut commands, &mut faults);
        if let Some(note) = self.written("note").filter(|n| !n.is_empty()) {
            commands.push((
                vec!["note"],
                Command::Note {
                    text: note,
                    audience: Audience::Participants,
                },
            ));
        }
        if faults.is_empty() { Ok(commands) } else { Err(faults) }
    }

    fn stage(&self, link: Option<String>, commands: &mut Commands, faults: &mut Vec<Fault>) {
        if self.written("stage").is_none() && self.written("designation").is_none() {
            if link.is_some() {
                faults.push(self.fault("link", "link_alone", ""));
            }
            return;
        }
        let stage = check::code_of_stage(&self.says("stage"));
        let designation = check::designation(self.written("designation").as_deref());
        if stage.is_err() {
            faults.push(self.fault("stage", "stage", ""));
        }
        if designation.is_err() {
            faults.push(self.fault("designation", "designation", ""));
        }
        if let (Ok(stage), Ok(designation)) = (stage, designation) {
            let citation = t!(
                self.lang,
                "workbook-citation",
                setter = self.setter,
                date = self.today.to_string()
            );
            commands.push((
                vec!["stage", "designation", "link"],
                Command::RecordStage {
                    stage,
                    designation,
                    source: Source {
                        citation,
                        link,
                        line: None,
                    },
                    audience: Audience::Public,
                    on: None,
                },
            ));
        }
    }
}

/// Carries confirmed commands out, each by itself with its own rights and rules; the answers stand in the same order.
pub async fn confirm(
    platform: &Platform,
    context: &Context,
    planned: &[PlannedCommand],
) -> Vec<Result<Committed, Error>> {
    let mut answers = Vec::new();
    for (index, one) in planned.iter().enumerate() {
        // One key for the whole upload would let the first row answer for all.
        let mut context = context.clone();
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{index}"), request));
        answers.push(run(platform, &context, &one.obligation, None, &one.command).await);
    }
    answers
}
