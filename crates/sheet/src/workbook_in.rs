//! A workbook's sheets as grids of cells, read cell by cell so that a cell far out costs nothing.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::address::is_address;
use crate::grid::{Area, Grid, RawCell, RawValue, letter};
use crate::limits::{LimitError, Limits, Tally};
use crate::stamp::place_of;

/// Days between the 1904 calendar and the 1900 calendar.
const CALENDARS: f64 = 1_462.0;

/// A workbook as it stands in the file.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Grid>,
    /// Sheets without cells: charts and dialogs.
    pub(crate) others: Vec<String>,
    /// Where our own defined names point: index in the stamp, row and column from 0.
    pub(crate) names: Vec<(usize, u32, u32)>,
}

/// Why a workbook could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BookError {
    #[error(transparent)]
    Limit(#[from] LimitError),
    #[error("{0}")]
    Unreadable(String),
}

impl From<XlsxError> for BookError {
    fn from(error: XlsxError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Reads all sheets. The archive must have passed [`Limits::check_archive`].
pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Book, BookError> {
    // The bytes are a stranger's and the reader is not ours: should it trip over an overflow in them, that is
    // an unreadable file and not the end of the server.
    catch_unwind(AssertUnwindSafe(|| open_unguarded(bytes, limits)))
        .unwrap_or_else(|_| Err(BookError::Unreadable("malformed sheet".to_owned())))
}

fn open_unguarded(bytes: &[u8], limits: &Limits) -> Result<Book, BookError> {
    let mut xlsx = Xlsx::new(Cursor::new(bytes))?;
    let mut book = Book::default();
    for (name, formula) in xlsx.defined_names() {
        book.names.extend(place_of(name, formula));
    }
    let mut tally = Tally::default();
    for sheet in xlsx.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            book.others.push(sheet.name);
            continue;
        }
        let mut grid = Grid {
            hidden: sheet.visible != SheetVisible::Visible,
            name: sheet.name,
            ..Grid::default()
        };
        read_cells(&mut xlsx, &mut grid, &mut tally, limits)?;
        grid.merged = xlsx
            .merge_cells_by_sheet_name(&grid.name)?
            .iter()
            .map(|d| -> Area { (d.start.0, d.start.1, d.end.0, d.end.1) })
            .collect();
        for link in xlsx.hyperlinks_by_sheet_name(&grid.name)? {
            if let Some(target) = link.target.filter(|t| is_address(t)) {
                grid.links.insert(link.range.start, target);
            }
        }
        book.sheets.push(grid);
    }
    Ok(book)
}

fn read_cells(
    xlsx: &mut Xlsx<Cursor<&[u8]>>,
    grid: &mut Grid,
    tally: &mut Tally,
    limits: &Limits,
) -> Result<(), BookError> {
    let shift = if xlsx.has_1904_epoch() { CALENDARS } else { 0.0 };
    let mut rows: BTreeMap<u32, Vec<(u32, RawCell)>> = BTreeMap::new();
    let mut cells = xlsx.worksheet_cells_reader(&grid.name)?;
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let formula = record.formula.is_some();
        let value = match record.value {
            DataRef::Empty if formula => RawValue::Empty,
            DataRef::Empty => continue,
            DataRef::Int(number) => RawValue::Number(number as f64),
            DataRef::Float(number) => RawValue::Number(number),
            DataRef::DateTime(time) if time.is_datetime() => RawValue::Date(time.as_f64() + shift),
            DataRef::DateTime(time) => RawValue::Number(time.as_f64()),
            DataRef::Bool(value) => RawValue::Bool(value),
            DataRef::Error(error) => RawValue::Error(error.to_string()),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                tally.cell(limits, &grid.name, record.pos, Some(&text))?;
                push_text(&mut rows, record.pos, text, formula);
                continue;
            }
            DataRef::SharedString(text) => {
                // Measured before it is copied: one long text may be named by many cells.
                tally.cell(limits, &grid.name, record.pos, Some(text))?;
                push_text(&mut rows, record.pos, text.to_owned(), formula);
                continue;
            }
        };
        tally.cell(limits, &grid.name, record.pos, None)?;
        let (row, column) = record.pos;
        rows.entry(row).or_default().push((column, RawCell { value, formula }));
    }
    for (row, cells) in &mut rows {
        cells.sort_by_key(|(column, _)| *column);
        if let Some(twice) = cells.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(BookError::Unreadable(format!(
                "cell {}{} occurs twice",
                letter(twice[0].0),
                row + 1
            )));
        }
    }
    grid.rows = rows;
    Ok(())
}

fn push_text(rows: &mut BTreeMap<u32, Vec<(u32, RawCell)>>, (row, column): (u32, u32), text: String, formula: bool) {
    if text.is_empty() && !formula {
        return;
    }
    let value = RawValue::Text(text);
    rows.entry(row).or_default().push((column, RawCell { value, formula }));
}
