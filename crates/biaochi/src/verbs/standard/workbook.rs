//! A run as a workbook with live formulas.

use super::Ran;
use crate::{
    config::Config,
    failure::{Failure, Result},
    output,
};
use indicator::{BookCell, BookSheet, FIRST_ROW, Settings, workbook};
use language::t;
use sheet::{Cell, Column, Kind, TableLayout, write_with};
use std::path::Path;

/// Writes the workbook of a run; indicators that a sheet cannot compute are said.
pub fn write(config: &Config, file: &Path, ran: &Ran) -> Result<()> {
    let settings = Settings { at: Some(ran.at) };
    let book = workbook(&ran.standard, &ran.units, &ran.results, settings, config.lang);
    let mut tables = book.sheets.iter().map(|sheet| table(sheet, ran));
    let Some((layout, rows)) = tables.next() else {
        return Ok(());
    };
    let further: Vec<_> = tables.collect();
    let bytes = write_with(&layout, &rows, &further).map_err(|fault| Failure::environment(file.display(), fault))?;
    std::fs::write(file, bytes).map_err(|fault| Failure::environment(file.display(), fault))?;
    if !book.still.is_empty() {
        output::say(t!(config.lang, "cli-run-still", codes = book.still.join(", ")));
    }
    Ok(())
}

fn table(sheet: &BookSheet, ran: &Ran) -> (TableLayout, Vec<Vec<Cell>>) {
    let column = |(at, head): (usize, &String)| {
        let wide = head.chars().count().clamp(10, 28) as u16;
        let column = Column::new(&format!("c{at}"), head, Kind::Text).width(wide);
        if sheet.filled { column.editable() } else { column }
    };
    let mut layout = TableLayout::new(
        "run",
        &sheet.name,
        ran.at,
        sheet.heads.iter().enumerate().map(column).collect(),
    );
    layout.notes = vec![sheet.about.clone()];
    debug_assert_eq!(layout.head_row() + 2, FIRST_ROW);
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect());
    (layout, rows.collect())
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
