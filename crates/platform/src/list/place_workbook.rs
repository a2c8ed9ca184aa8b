//! The tasks of one place, or of all places, as a workbook, and back: each changed cell becomes a command on an obligation,
//! listed for confirmation. Nothing is applied by an upload.

use super::{
    row_commands::{self, Asked, ChangedRow, Commands, RowCommand},
    since_download::{Download, Edit, without_repeated_notes},
    workbook::{self, Table, name_of, names},
};
use crate::{
    bilingual::Bilingual,
    context::{Context, Reader},
    obligation::{
        check,
        command::{Command, run},
        event::{Audience, Part, Source},
    },
    refusal::Result,
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::Committed;
use sheet::{Cell, Column, Fault, Kind, TableLayout};
use std::collections::BTreeMap;

impl RowCommand for Command {
    async fn run(&self, platform: &Platform, context: &Context, obligation: &str) -> Result<Committed> {
        run(platform, context, obligation, None, self).await
    }
}

/// The table with the ids of next milestones, by obligation.
pub(super) struct Loaded {
    pub(super) table: Table,
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

pub(super) async fn load(
    platform: &Platform,
    reader: &Reader,
    list: &str,
    place: Option<&str>,
    lang: Lang,
) -> Result<Loaded> {
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
        Column::new("state", &t!(lang, "workbook-state-locked"), Kind::Text).width(16),
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

/// Reads an upload of a place's workbook, or of that of all places, against what stands today: what is to be done, and what
/// comes back marked.
pub async fn read(
    platform: &Platform,
    reader: &Reader,
    list: &str,
    place: Option<&str>,
    lang: Lang,
    bytes: &[u8],
) -> Result<Asked<Command>> {
    let loaded = load(platform, reader, list, place, lang).await?;
    let parts = names("part", lang)?;
    let upload = loaded.table.read(bytes)?;
    let download = Download::load(platform, reader, list, place, lang, &upload).await?;
    let mut moved: Vec<String> = Vec::new();
    let mut asked = row_commands::read(&loaded.table, lang, &upload, |changed| {
        if let Some((now, _)) = changed.change("position") {
            moved.push(changed.object.clone());
            // Something was recorded since the download, perhaps from this very workbook.
            return match download.edit(changed) {
                Edit::None => Ok(Vec::new()),
                Edit::Note(text) => Ok(vec![(vec!["note"], note(text))]),
                Edit::Other => Err(vec![changed.fault("position", "row_moved", &now)]),
            };
        }
        if !download.is_written(changed) {
            // Nobody wrote in it: what the platform tells of it is otherwise than when the workbook was taken out.
            return Ok(Vec::new());
        }
        let row = Row {
            changed,
            milestone: loaded.milestones.get(&changed.object).cloned(),
            setter: &loaded.setter.zh,
            today: reader.today,
            parts: &parts,
            lang,
        };
        row.commands()
    })?;
    without_repeated_notes(platform, &mut asked.planned, &moved).await?;
    Ok(asked)
}

fn note(text: String) -> Command {
    Command::Note {
        text,
        audience: Audience::Participants,
    }
}

/// One changed row.
struct Row<'r> {
    changed: &'r ChangedRow,
    milestone: Option<String>,
    setter: &'r str,
    today: Date,
    parts: &'r [(String, String)],
    lang: Lang,
}

impl Row<'_> {
    fn commands(&self) -> Result<Commands<Command>, Vec<Fault>> {
        let mut commands = Vec::new();
        let mut faults = self.changed.read_only(&["number", "title", "state", "place"]);
        if let Some(name) = self.changed.written("part") {
            let part = self
                .parts
                .iter()
                .find(|(_, n)| *n == name)
                .and_then(|(id, _)| Part::parse(id));
            match part {
                Some(part @ (Part::TakePart | Part::Undertake)) => {
                    commands.push((vec!["part"], Command::ChoosePart { part }));
                }
                _ => faults.push(self.changed.fault("part", "part_fixed", "")),
            }
        }
        if self.changed.written("milestone").is_some() || self.changed.written("due").is_some() {
            match (self.changed.says("milestone"), self.changed.says("due").parse::<Date>()) {
                (name, _) if name.is_empty() => faults.push(self.changed.fault("milestone", "milestone_nameless", "")),
                (name, Ok(due)) => commands.push((
                    vec!["milestone", "due"],
                    Command::SetMilestone {
                        milestone: self.milestone.clone(),
                        name: Bilingual::zh(&name),
                        due,
                        set_by: self.setter.to_owned(),
                    },
                )),
                (_, Err(_)) => faults.push(self.changed.fault("due", "milestone_undated", "")),
            }
        }
        let link = self.changed.written("link").filter(|l| !l.is_empty());
        if link.as_deref().and_then(check::link_fault).is_some() {
            faults.push(self.changed.fault("link", "link", ""));
        }
        self.stage(link, &mut commands, &mut faults);
        if let Some(text) = self.changed.written("note").filter(|n| !n.is_empty()) {
            commands.push((vec!["note"], note(text)));
        }
        if faults.is_empty() {
            return Ok(commands);
        }
        faults.extend(self.changed.left_with(&commands));
        Err(faults)
    }

    fn stage(&self, link: Option<String>, commands: &mut Commands<Command>, faults: &mut Vec<Fault>) {
        if self.changed.written("stage").is_none() && self.changed.written("designation").is_none() {
            if link.is_some() {
                faults.push(self.changed.fault("link", "link_alone", ""));
            }
            return;
        }
        let stage = check::code_of_stage(&self.changed.says("stage"));
        let designation = check::designation(self.changed.written("designation").as_deref());
        if stage.is_err() {
            faults.push(self.changed.fault("stage", "stage", ""));
        }
        if designation.is_err() {
            faults.push(self.changed.fault("designation", "designation", ""));
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
