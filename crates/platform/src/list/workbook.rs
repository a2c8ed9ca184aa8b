//! The list as a workbook, and back: changed rows become one proposal's changes, cells that cannot be taken come back
//! marked with their reason. Nothing is applied by an upload.

use super::{
    edition::{self, Edition},
    event::{ClaimKind, Tier},
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{self, words::Vocabulary},
    context::Reader,
    proposal::{
        change::{ListChange, NewTask, NewWords, Places, TITLE_LIMIT},
        decide::Draft,
    },
    refusal::{Error, Manner, Refusal, Result},
    running::Platform,
};
use language::{Lang, t};
use sheet::{
    Cell, CellValue, Change, Column, ColumnId, CurrentRow, Fault, FaultKind, Kind, Limits, TableLayout, Upload,
};
use std::collections::{BTreeMap, BTreeSet};

/// A table ready to go out, and to be compared with what comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Columns, title, notes.
    pub layout: TableLayout,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// As XLSX.
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        sheet::write(&self.layout, &self.rows).map_err(|e| Error::Data {
            what: self.layout.id.clone(),
            reason: e.to_string(),
        })
    }

    /// The rows as they stand, for the comparison with an upload.
    pub(crate) fn current(&self) -> Vec<CurrentRow> {
        let ids: Vec<&ColumnId> = self.layout.columns.iter().map(|c| &c.id).collect();
        self.rows
            .iter()
            .map(|row| {
                let cells: BTreeMap<ColumnId, CellValue> = ids
                    .iter()
                    .zip(row)
                    .map(|(id, cell)| ((*id).clone(), cell.value()))
                    .collect();
                let key = match cells.get(sheet::KEY) {
                    Some(CellValue::Text(key)) => key.clone(),
                    _ => String::new(),
                };
                CurrentRow {
                    key,
                    cells: cells.into_iter().filter(|(id, _)| id.as_str() != sheet::KEY).collect(),
                }
            })
            .collect()
    }

    /// The upload marked with these faults, or nothing where there are none.
    pub(crate) fn marked(&self, upload: &Upload, faults: &[Fault], lang: Lang) -> Result<Option<Vec<u8>>> {
        if faults.is_empty() {
            return Ok(None);
        }
        let reason = t!(lang, "workbook-reason");
        sheet::mark(upload, &self.layout, faults, &reason, |fault| say(lang, fault))
            .map(Some)
            .map_err(|e| Error::Data {
                what: self.layout.id.clone(),
                reason: e.to_string(),
            })
    }

    /// Reads an upload of this table.
    pub(crate) fn read(&self, bytes: &[u8]) -> Result<Upload> {
        sheet::read(bytes, &self.layout, &Limits::default()).map_err(|e| {
            let too_large = matches!(e, sheet::UploadError::Limit(_));
            let refusal = Refusal::wrong("list/workbook_unreadable").with("reason", e.to_string());
            if too_large {
                refusal.manner(Manner::TooLarge).into()
            } else {
                refusal.into()
            }
        })
    }
}

/// What an upload of the list says.
#[derive(Debug, Clone, PartialEq)]
pub struct ListUpload {
    /// The changes it proposes; the reason is left to whoever uploads.
    pub draft: Draft,
    /// Cells that cannot be taken; their rows propose nothing.
    pub faults: Vec<Fault>,
    /// The upload with those cells marked; absent where there are none.
    pub marked: Option<Vec<u8>>,
    /// Tasks whose rows are missing: they stay as they are.
    pub missing: Vec<String>,
}

/// Words of a kind in a language, by id.
pub(crate) fn names(kind: &str, lang: Lang) -> Result<Vec<(String, String)>> {
    let vocabulary = Vocabulary::parse(catalogue::VOCABULARY)?;
    Ok(vocabulary
        .words(kind)
        .iter()
        .map(|w| {
            let english = w.name.en.clone().unwrap_or_else(|| w.name.zh.clone());
            (w.id.clone(), if lang == Lang::Zh { w.name.zh.clone() } else { english })
        })
        .collect())
}

/// The name of an id among some names.
pub(crate) fn name_of(names: &[(String, String)], id: &str) -> String {
    names
        .iter()
        .find(|(known, _)| known == id)
        .map_or_else(|| id.to_owned(), |(_, name)| name.clone())
}

/// The list as it was in force on the reader's day, a task a row. Two queries and the streams of the tasks.
pub async fn table(platform: &Platform, reader: &Reader, list: &str, lang: Lang) -> Result<Table> {
    let loaded = edition::load(platform, list).await?;
    let mut edition = loaded.edition(1)?;
    for version in 2..=loaded.current {
        let next = loaded.edition(version)?;
        if next.in_force <= reader.as_of.date {
            edition = next;
        }
    }
    let demo = platform.settings().demo || super::facts::is_demo(platform, list).await?;
    of_edition(&edition, reader, demo, lang)
}

fn of_edition(edition: &Edition, reader: &Reader, demo: bool, lang: Lang) -> Result<Table> {
    let tiers = names("tier", lang)?;
    let choices = tiers.iter().map(|(_, name)| name.clone()).collect();
    let columns = vec![
        Column::key(),
        Column::new("number", &t!(lang, "workbook-number"), Kind::Integer).width(6),
        Column::new("section", &t!(lang, "workbook-section"), Kind::Text).width(20),
        Column::new("tier", &t!(lang, "workbook-tier"), Kind::Choice(choices))
            .editable()
            .required()
            .width(12),
        Column::new("title", &t!(lang, "workbook-title"), Kind::Text)
            .editable()
            .required()
            .max_chars(TITLE_LIMIT)
            .width(48),
        Column::new("title_en", &t!(lang, "workbook-title-en"), Kind::Text)
            .editable()
            .max_chars(TITLE_LIMIT * 3)
            .width(48),
        Column::new("places", &t!(lang, "workbook-places"), Kind::Text)
            .editable()
            .required()
            .max_chars(TITLE_LIMIT)
            .width(24),
    ];
    let mut layout = TableLayout::new(
        &format!("list-{}", edition.list),
        &t!(lang, "workbook-list"),
        reader.as_of.date,
        columns,
    );
    layout.list_version = format!("{}/{}", edition.list, edition.version);
    layout.notes = notes(lang, edition.version, reader, demo);
    layout.page_of = page_of(lang);
    let rows = edition
        .open()
        .into_iter()
        .map(|(id, entry)| {
            let w = &entry.wording;
            vec![
                Cell::Text(id.to_owned()),
                Cell::Integer(w.number.into()),
                w.section.as_ref().map_or(Cell::Empty, |s| Cell::Text(s.zh.clone())),
                Cell::Text(name_of(&tiers, w.tier.id())),
                Cell::Text(w.title.zh.clone()),
                w.title.en.clone().map_or(Cell::Empty, Cell::Text),
                Cell::Text(w.places_as_written.clone()),
            ]
        })
        .collect();
    Ok(Table { layout, rows })
}

/// Lines under the title: the mark of a demonstration, the list's version, the day of the data.
pub(crate) fn notes(lang: Lang, version: u32, reader: &Reader, demo: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if demo {
        notes.push(t!(lang, "workbook-demo"));
    }
    let day = language::date(lang, reader.as_of.date);
    notes.push(t!(lang, "workbook-as-of", version = version, date = day));
    notes
}

/// The footer.
pub(crate) fn page_of(lang: Lang) -> String {
    t!(lang, "frame-page-of", page = "{page}", pages = "{pages}")
}

/// Reads an upload of the list against the current version: what it proposes, and what comes back marked.
pub async fn read(platform: &Platform, reader: &Reader, list: &str, lang: Lang, bytes: &[u8]) -> Result<ListUpload> {
    let loaded = edition::load(platform, list).await?;
    let edition = loaded.edition(loaded.current)?;
    let table = of_edition(&edition, reader, false, lang)?;
    let upload = table.read(bytes)?;
    if let Some(stamp) = &upload.stamp
        && stamp.list_version != table.layout.list_version
    {
        let base = stamp.list_version.rsplit('/').next().unwrap_or_default().to_owned();
        return Err(Refusal::rule("list/base_moved", "")
            .with("base", base)
            .with("current", edition.version.to_string())
            .manner(Manner::Stale)
            .into());
    }
    let places = super::facts::place_names(platform).await?;
    let tiers = names("tier", lang)?;
    let found = understand(&edition, &upload, &table.current(), &tiers, &places);
    let marked = table.marked(&upload, &found.faults, lang)?;
    let draft = Draft {
        list: list.to_owned(),
        base_version: edition.version,
        reason: Bilingual::zh(""),
        changes: found.changes,
    };
    Ok(ListUpload {
        draft,
        faults: found.faults,
        marked,
        missing: found.missing,
    })
}

struct Understood {
    changes: Vec<ListChange>,
    faults: Vec<Fault>,
    missing: Vec<String>,
}

fn understand(
    edition: &Edition,
    upload: &Upload,
    current: &[CurrentRow],
    tiers: &[(String, String)],
    places: &[(String, String)],
) -> Understood {
    let pairs: Vec<(&str, &str)> = places
        .iter()
        .map(|(name, code)| (name.as_str(), code.as_str()))
        .collect();
    let names = tasklist::Places::new(&pairs);
    let mut faults: Vec<Fault> = upload.faults().cloned().collect();
    let rows: BTreeMap<&str, u32> = upload
        .rows
        .iter()
        .filter_map(|r| Some((r.key.as_deref()?, r.sheet_row)))
        .collect();
    let mut words: BTreeMap<String, NewWords> = BTreeMap::new();
    let mut added: Vec<(u32, ListChange)> = Vec::new();
    let mut missing = Vec::new();
    for change in sheet::diff(&upload.rows, current) {
        match change {
            Change::Changed { key, column, after, .. } => {
                let row = rows.get(key.as_str()).copied().unwrap_or(0);
                let entry = words.entry(key.clone()).or_default();
                let text = text_of(&after);
                let title = edition
                    .tasks
                    .get(&key)
                    .map(|e| e.wording.title.clone())
                    .unwrap_or_default();
                match column.as_str() {
                    "title" => {
                        // Columns come in the order of their ids, this one before its English: an English text that
                        // nobody changed beside it no longer says the same, and goes.
                        entry.title = Some(Bilingual::zh(&text));
                    }
                    "title_en" => {
                        let base = entry.title.clone().unwrap_or(title);
                        let en = (!text.is_empty()).then_some(text);
                        let en_origin = if en.is_some() { Origin::Person } else { Origin::None };
                        entry.title = Some(Bilingual { en, en_origin, ..base });
                    }
                    "tier" => entry.tier = tier_of(tiers, &text),
                    "places" => match places_of(&text, &names) {
                        Ok(places) => entry.places = Some(places),
                        Err((code, detail)) => faults.push(other(row, "places", &text, code, &detail)),
                    },
                    column => faults.push(other(row, column, &text, "read_only", "")),
                }
            }
            Change::Added {
                sheet_row,
                key: Some(key),
                ..
            } => {
                faults.push(other(sheet_row, sheet::KEY, &key, "key_unknown", &key));
            }
            Change::Added {
                sheet_row,
                key: None,
                cells,
            } => {
                let get = |id: &str| cells.get(id).map(text_of).unwrap_or_default();
                match (tier_of(tiers, &get("tier")), places_of(&get("places"), &names)) {
                    (Some(tier), Ok(places)) => {
                        let en = Some(get("title_en")).filter(|en| !en.is_empty());
                        let en_origin = if en.is_some() { Origin::Person } else { Origin::None };
                        let title = Bilingual {
                            zh: get("title"),
                            en,
                            en_origin,
                        };
                        let task = NewTask {
                            tier,
                            section: None,
                            title,
                            places,
                            topics: Vec::new(),
                        };
                        added.push((sheet_row, ListChange::AddTask { task }));
                    }
                    (_, Err((code, detail))) if !get("places").is_empty() => {
                        faults.push(other(sheet_row, "places", &get("places"), code, &detail));
                    }
                    _ => {}
                }
            }
            Change::Missing { key } => missing.push(key),
        }
    }
    // A row with a fault proposes nothing: half of what somebody meant is not what they meant.
    let faulty: BTreeSet<u32> = faults.iter().map(|f| f.sheet_row).collect();
    let whole = |row: &u32| !faulty.contains(row);
    let mut changes: Vec<(u32, ListChange)> = words
        .into_iter()
        .map(|(task, words)| {
            (
                rows.get(task.as_str()).copied().unwrap_or(0),
                ListChange::ChangeTask { task, words },
            )
        })
        .chain(added)
        .filter(|(row, _)| whole(row))
        .collect();
    changes.sort_by_key(|(row, _)| *row);
    faults.sort_by_key(|f| f.sheet_row);
    Understood {
        changes: changes.into_iter().map(|(_, c)| c).collect(),
        faults,
        missing,
    }
}

/// The text of a cell.
pub(crate) fn text_of(value: &CellValue) -> String {
    match value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.trim().to_owned(),
        CellValue::Integer(number) => number.to_string(),
        CellValue::Decimal(number) => number.to_string(),
        CellValue::Date(date) => date.to_string(),
    }
}

fn tier_of(tiers: &[(String, String)], text: &str) -> Option<Tier> {
    tiers
        .iter()
        .find(|(_, name)| name == text)
        .and_then(|(id, _)| Tier::parse(id))
}

/// The claims that words like “广州及其他有意愿的试点示范省市” make, or what is not understood of them.
fn places_of(text: &str, names: &tasklist::Places) -> Result<Places, (&'static str, String)> {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let read = tasklist::read_places(&words, names);
    if !read.unknown.is_empty() {
        return Err(("place_unknown", read.unknown.join("、")));
    }
    if read.claims.is_empty() {
        return Err(("places_unread", words));
    }
    let claims = read
        .claims
        .into_iter()
        .map(|c| super::event::Claim {
            claim: match c.claim {
                tasklist::ClaimKind::Named => ClaimKind::Named,
                tasklist::ClaimKind::All => ClaimKind::All,
                tasklist::ClaimKind::Willing => ClaimKind::Willing,
                tasklist::ClaimKind::Relevant => ClaimKind::Relevant,
            },
            places: c.places.iter().map(|p| p.as_str().to_owned()).collect(),
        })
        .collect();
    Ok(Places {
        claims,
        as_written: words,
    })
}

/// A fault that the table's owner found.
pub(crate) fn other(row: u32, column: &str, found: &str, code: &str, detail: &str) -> Fault {
    let kind = FaultKind::Other {
        code: code.to_owned(),
        detail: detail.to_owned(),
    };
    Fault::new(row, Some(ColumnId::from(column)), found, kind)
}

/// A fault in words, for the cell it stands in.
pub fn say(lang: Lang, fault: &Fault) -> String {
    match &fault.kind {
        FaultKind::WrongKind { .. } => t!(lang, "workbook-fault-kind"),
        FaultKind::NotAChoice { choices } => t!(lang, "workbook-fault-choice", choices = choices.join("、")),
        FaultKind::Required => t!(lang, "workbook-fault-required"),
        FaultKind::TooLong { limit, found } => {
            t!(
                lang,
                "workbook-fault-too-long",
                limit = count(*limit),
                found = count(*found)
            )
        }
        FaultKind::DateUnreadable => t!(lang, "workbook-fault-date"),
        FaultKind::FormulaNotAllowed => t!(lang, "workbook-fault-formula"),
        FaultKind::SheetError => t!(lang, "workbook-fault-error"),
        FaultKind::DigitsLost => t!(lang, "workbook-fault-digits"),
        FaultKind::DuplicateKey { first_row } => t!(lang, "workbook-fault-twice", row = *first_row),
        FaultKind::Other { code, detail } => {
            let id = format!("workbook-fault-{}", code.replace('_', "-"));
            language::format(lang, &id, &[("detail", detail.as_str().into())])
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
