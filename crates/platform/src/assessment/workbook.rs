//! An assessment as a workbook: one row to be filled in, and beside it the results, which compute themselves. The same file
//! is taken back.

use super::{event::Inputs, query::Assessment};
use crate::refusal::{Manner, Refusal, Result};
use indicator::{
    BookCell, BookSheet, Given, Place, RawUnit, Settings, Standard, UnitData, asked_names, fields, run, understand,
    workbook,
};
use jiff::civil::Date;
use language::Lang;
use sheet::{Cell, CellValue, Column, Kind, Limits, TableLayout, UploadError, read, write_with};
use std::collections::BTreeSet;

/// The id of the table: a workbook of another is not taken.
const TABLE: &str = "assessment";
/// Columns before those of the figures: unit and period.
const BEFORE: usize = 2;
/// Most bytes of a workbook that comes back.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// The names of the columns, in their order: whatever can be given.
fn names(standard: &Standard, inputs: &Inputs) -> BTreeSet<String> {
    let mut names = asked_names(standard);
    let ways = [standard.examples.first(), None];
    names.extend(
        ways.into_iter()
            .flat_map(|example| fields(standard, example))
            .map(|field| field.name),
    );
    names.extend(inputs.keys().cloned());
    names
}

/// The unit, with a place for whatever can be given.
fn unit(standard: &Standard, assessment: &Assessment) -> Option<UnitData> {
    let place = Place::default();
    let given = |name: String| {
        let value = assessment.inputs.get(&name).cloned().unwrap_or_default();
        Some((name, Given::of_json(&value)?, place.clone()))
    };
    let raw = RawUnit {
        id: assessment.opened.unit.clone(),
        period: Some(assessment.opened.period.clone()),
        inputs: names(standard, &assessment.inputs)
            .into_iter()
            .filter_map(given)
            .collect(),
        place: place.clone(),
    };
    understand(standard, &[raw]).0.into_iter().next()
}

fn layout(sheet: &BookSheet, on: Date, names: &[String]) -> TableLayout {
    let column = |(at, head): (usize, &String)| {
        let wide = head.chars().count().clamp(10, 28) as u16;
        // What is filled in is known again by its name, whatever else was given since.
        let id = at
            .checked_sub(BEFORE)
            .and_then(|at| names.get(at))
            .filter(|_| sheet.filled);
        let id = id.map_or_else(|| format!("c{at}"), |name| format!("in.{name}"));
        let column = Column::new(&id, head, Kind::Text).width(wide);
        if sheet.filled { column.editable() } else { column }
    };
    let heads = sheet.heads.iter().enumerate().map(column).collect();
    let mut layout = TableLayout::new(TABLE, &sheet.name, on, heads);
    layout.notes = vec![sheet.about.clone()];
    layout
}

/// The sheets: the one to fill in, and those that compute.
fn sheets(standard: &Standard, assessment: &Assessment, on: Date, lang: Lang) -> Option<(BookSheet, Vec<BookSheet>)> {
    let units = vec![unit(standard, assessment)?];
    let settings = Settings { at: Some(on) };
    let results = run(standard, &units, settings);
    let mut sheets = workbook(standard, &units, &results, settings, lang).sheets;
    // Results stand first in a book; here it is the row to be filled in.
    let filled = sheets.iter().position(|sheet| sheet.filled)?;
    let first = sheets.remove(filled);
    Some((first, sheets))
}

fn cell(cell: &BookCell) -> Cell {
    match cell {
        BookCell::Empty => Cell::Empty,
        BookCell::Text(text) => Cell::Text(text.clone()),
        BookCell::Number(text) => text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Decimal),
        BookCell::Live { formula, value } => Cell::Formula {
            formula: formula.clone(),
            value: value.clone(),
        },
    }
}

fn cells(sheet: &BookSheet) -> Vec<Vec<Cell>> {
    sheet.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// The workbook.
///
/// # Errors
/// In words for the log: what cannot be written.
pub fn file(standard: &Standard, assessment: &Assessment, on: Date, lang: Lang) -> Result<Vec<u8>, String> {
    let (first, others) = sheets(standard, assessment, on, lang).ok_or("the standard asks for nothing")?;
    let names: Vec<String> = names(standard, &assessment.inputs).into_iter().collect();
    let further: Vec<_> = others
        .iter()
        .map(|sheet| (layout(sheet, on, &[]), cells(sheet)))
        .collect();
    write_with(&layout(&first, on, &names), &cells(&first), &further).map_err(|fault| fault.to_string())
}

/// The figures of a workbook that came back.
///
/// # Errors
/// A [`Refusal`] `assessment/workbook`: it cannot be read, or is of something else.
pub fn figures(standard: &Standard, assessment: &Assessment, bytes: &[u8], on: Date, lang: Lang) -> Result<Inputs> {
    let refused = |reason: String| {
        Refusal::wrong("assessment/workbook")
            .with("reason", reason)
            .fault("file", "fault-assessment-workbook")
    };
    let (first, _) = sheets(standard, assessment, on, lang).ok_or_else(|| refused(String::new()))?;
    let names: Vec<String> = names(standard, &assessment.inputs).into_iter().collect();
    let upload = read(bytes, &layout(&first, on, &names), &Limits::default()).map_err(|fault| {
        let too_large = matches!(fault, UploadError::Limit(_));
        let refusal = refused(fault.to_string());
        if too_large {
            refusal.manner(Manner::TooLarge)
        } else {
            refusal
        }
    })?;
    let row = upload.rows.first().ok_or_else(|| refused(String::new()))?;
    if let Some(fault) = row.faults.first() {
        return Err(refused(format!("{fault:?}")).into());
    }
    let mut inputs = Inputs::new();
    for (id, value) in &row.cells {
        let Some(name) = id.as_str().strip_prefix("in.") else {
            continue;
        };
        let text = match value {
            CellValue::Empty => continue,
            CellValue::Text(text) => text.trim().to_owned(),
            CellValue::Integer(number) => number.to_string(),
            CellValue::Decimal(number) => number.normalize().to_string(),
            CellValue::Date(day) => day.to_string(),
        };
        if !text.is_empty() {
            inputs.insert(name.to_owned(), text.into());
        }
    }
    Ok(inputs)
}
