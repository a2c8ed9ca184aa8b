//! An upload given back with its faults in their places.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Note, Worksheet};

use crate::cell::Cell;
use crate::column::TableLayout;
use crate::fault::Fault;
use crate::grid::{Grid, RawValue};
use crate::look::{CELL_TEXT, Ground, Looks, put_string};
use crate::read::Upload;
use crate::stamp::Stamp;
use crate::write::{Extent, WriteError, dress, finish, sheet_name};
use crate::{date_text, number_text};

/// The longest text of a note that is shown beside a cell, in characters.
const NOTE_TEXT: usize = 1_000;

/// Gives an upload back as a workbook: every row and cell where it stood, each faulty cell red with its reason as
/// a note, and after the last column one more, `reason_title`, with all reasons of the row.
///
/// `faults` are the upload's own and whatever the owner of the table found; `say` puts one into the reader's
/// words. A fault without a column, or whose column the upload lacks, reddens the reason itself. Corrected and
/// uploaded again, the column of reasons is left aside. Formulas come back as the values they had, other sheets
/// with their values; merged cells come back unmerged.
pub fn mark(
    upload: &Upload,
    layout: &TableLayout,
    faults: &[Fault],
    reason_title: &str,
    say: impl Fn(&Fault) -> String,
) -> Result<Vec<u8>, WriteError> {
    let grid = &upload.original;
    let head = upload.head_row - 1;
    let reason_column = upload.reason_place.unwrap_or_else(|| {
        let places = upload.places.values().copied().max().unwrap_or(0);
        grid.last_column().max(places) + 1
    });
    let reasons = Reasons::collect(upload, faults, say);
    let looks = Looks::new();
    let mut sheet = Worksheet::new();
    let name = sheet_name(&upload.sheet);
    sheet.set_name(&name)?;

    for (row, cells) in &grid.rows {
        for (column, raw) in cells {
            if *column == reason_column {
                continue;
            }
            let at = (*row, *column as u16);
            match *row {
                0 if head > 0 => put_string(&mut sheet, at.0, at.1, &raw.shown(), &looks.title)?,
                r if r < head => put_string(&mut sheet, at.0, at.1, &raw.shown(), &looks.note)?,
                r if r == head => put_string(&mut sheet, at.0, at.1, &raw.shown(), &looks.head)?,
                _ => looks.put(
                    &mut sheet,
                    at,
                    &as_it_stood(grid, (*row, *column)),
                    ground(upload, layout, *column),
                )?,
            }
        }
    }
    // Empty cells of the rows keep their look, so that people see where to fill in.
    for row in upload.rows.iter().map(|r| r.sheet_row - 1) {
        for place in upload.places.values() {
            if grid.cell(row, *place).is_none() {
                let ground = ground(upload, layout, *place);
                looks.put(&mut sheet, (row, *place as u16), &Cell::Empty, ground)?;
            }
        }
    }
    put_string(&mut sheet, head, reason_column as u16, reason_title, &looks.head)?;
    for ((row, column), text) in &reasons.by_cell {
        let at = (*row, *column as u16);
        looks.put(&mut sheet, at, &as_it_stood(grid, (*row, *column)), Ground::Faulty)?;
        let text: String = text.chars().take(NOTE_TEXT).collect();
        let note = Note::new(text).add_author_prefix(false).set_width(240);
        sheet.insert_note(at.0, at.1, &note)?;
    }
    for (row, text) in &reasons.by_row {
        let ground = if reasons.whole_rows.contains(row) {
            Ground::Faulty
        } else {
            Ground::Locked
        };
        let text = Cell::Text(clip(text));
        looks.put(&mut sheet, (*row, reason_column as u16), &text, ground)?;
    }

    let places: Vec<Option<u16>> = layout
        .columns
        .iter()
        .map(|c| upload.places.get(&c.id).map(|place| *place as u16))
        .collect();
    let extent = Extent {
        head,
        last_row: grid.last_row().max(head),
        last_column: grid.last_column().max(reason_column) as u16,
    };
    dress(&mut sheet, layout, &places, extent)?;
    sheet.set_column_width(reason_column as u16, 40)?;

    let mut stamp = Stamp::of(layout, &name, head);
    if let Some(written) = &upload.stamp {
        // What the rows were made from stays what it was.
        stamp.layout_version = written.layout_version;
        stamp.list_version.clone_from(&written.list_version);
    }
    // The titles are those the reader sees, whatever language they are in.
    for (id, title) in &mut stamp.columns {
        if let Some(place) = upload.places.get(id) {
            *title = grid.shown(head, *place);
        }
    }
    stamp.reason_title = Some(reason_title.to_owned());
    let mut sheets = vec![sheet];
    let mut taken = vec![name];
    for other in &upload.other_sheets {
        sheets.push(copy(other, &mut taken)?);
    }
    finish(layout, sheets, &stamp, &places)
}

/// Reasons by the place they are shown in; rows and columns from 0.
struct Reasons {
    by_cell: BTreeMap<(u32, u32), String>,
    by_row: BTreeMap<u32, String>,
    /// Rows with a fault that no cell shows.
    whole_rows: Vec<u32>,
}

impl Reasons {
    fn collect(upload: &Upload, faults: &[Fault], say: impl Fn(&Fault) -> String) -> Self {
        let mut reasons = Self {
            by_cell: BTreeMap::new(),
            by_row: BTreeMap::new(),
            whole_rows: Vec::new(),
        };
        for fault in faults {
            let text = say(fault);
            let row = fault.sheet_row.saturating_sub(1);
            let place = fault.column.as_ref().and_then(|id| upload.places.get(id));
            match place {
                Some(place) => add(reasons.by_cell.entry((row, *place)).or_default(), &text),
                None => reasons.whole_rows.push(row),
            }
            add(reasons.by_row.entry(row).or_default(), &text);
        }
        reasons
    }
}

fn add(lines: &mut String, line: &str) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(line);
}

fn clip(text: &str) -> String {
    // Half as many characters as UTF-16 units fit, whatever the characters.
    text.chars().take(CELL_TEXT / 2).collect()
}

fn ground(upload: &Upload, layout: &TableLayout, column: u32) -> Ground {
    let editable = layout
        .columns
        .iter()
        .any(|c| c.editable && upload.places.get(&c.id) == Some(&column));
    if editable { Ground::Editable } else { Ground::Locked }
}

/// The value of a cell as it stood; a formula's value, never the formula.
fn as_it_stood(grid: &Grid, at: (u32, u32)) -> Cell {
    let Some(raw) = grid.cell(at.0, at.1) else {
        return Cell::Empty;
    };
    match &raw.value {
        RawValue::Text(text) => match grid.links.get(&at) {
            Some(url) => Cell::Link {
                text: text.clone(),
                url: url.clone(),
            },
            None => Cell::Text(text.clone()),
        },
        RawValue::Number(number) => match number_text::from_float(*number) {
            Some(decimal) => Cell::Decimal(decimal),
            None => Cell::Text(raw.shown()),
        },
        RawValue::Date(serial) if serial.fract() == 0.0 => {
            date_text::from_serial(*serial as i64).map_or_else(|| Cell::Text(raw.shown()), Cell::Date)
        }
        RawValue::Date(serial) => Cell::Text(with_time(*serial).unwrap_or_else(|| raw.shown())),
        RawValue::Empty => Cell::Empty,
        RawValue::Bool(_) | RawValue::Error(_) => Cell::Text(raw.shown()),
    }
}

/// A date with its time of day, to the second.
fn with_time(serial: f64) -> Option<String> {
    let seconds = (serial.fract() * 86_400.0).round() as i64;
    let midnight = date_text::from_serial(serial.floor() as i64)?.at(0, 0, 0, 0);
    let time = midnight.checked_add(jiff::Span::new().seconds(seconds)).ok()?;
    Some(time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Another sheet of the upload, values only.
fn copy(grid: &Grid, taken: &mut Vec<String>) -> Result<Worksheet, WriteError> {
    let mut sheet = Worksheet::new();
    let mut name = sheet_name(&grid.name);
    let mut count = 2;
    while taken.iter().any(|t| t.to_lowercase() == name.to_lowercase()) {
        let short: String = grid.name.chars().take(12).collect();
        name = sheet_name(&format!("{short} {count}"));
        count += 1;
    }
    sheet.set_name(&name)?;
    sheet.set_hidden(grid.hidden);
    taken.push(name);
    let plain = Format::new();
    for (row, cells) in &grid.rows {
        for (column, raw) in cells {
            let column = *column as u16;
            match &raw.value {
                RawValue::Number(number) if number.is_finite() => {
                    sheet.write_number(*row, column, *number)?;
                }
                _ if raw.shown().is_empty() => {}
                _ => put_string(&mut sheet, *row, column, &raw.shown(), &plain)?,
            }
        }
    }
    Ok(sheet)
}
