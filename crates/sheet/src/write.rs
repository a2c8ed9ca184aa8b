//! Rows out as a workbook: equal input gives equal bytes.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, Format, Formula, IntoCustomDateTime, Note, Workbook,
    Worksheet, XlsxError,
};
use zip::result::ZipError;

use crate::address::unshield;
use crate::cell::Cell;
use crate::column::{Kind, Paper, TableLayout};
use crate::grid::letter;
use crate::look::{Ground, Looks, put_string};
use crate::stamp::{STAMP_SHEET, Stamp, listed_inline, name_of};

/// Rows below the last one that still offer the choices, for people who add rows.
const SPARE_ROWS: u32 = 200;
/// The last row a sheet has.
const LAST_ROW: u32 = 1_048_575;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A row has more or fewer cells than the table has columns.
    #[error("row {row} has {found} cells, the table has {expected} columns")]
    RowWidth {
        /// The row, counted from 1 among the rows given.
        row: usize,
        /// The table's columns.
        expected: usize,
        /// The row's cells.
        found: usize,
    },
    /// More rows than a sheet holds.
    #[error("{found} rows do not fit into a sheet, which holds {limit}: export a part")]
    TooManyRows {
        /// A sheet's rows.
        limit: u32,
        /// Rows needed, head included.
        found: usize,
    },
    /// A text longer than a cell holds.
    #[error("row {sheet_row}, column {column}: {found} characters, a cell holds {limit}: shorten the text")]
    CellTooLong {
        /// The row as the sheet numbers it.
        sheet_row: u32,
        /// The column's letter.
        column: String,
        /// A cell's limit, in UTF-16 units.
        limit: usize,
        /// Found, in UTF-16 units.
        found: usize,
    },
    /// The writer refused; a title, help text or column of the layout is beyond what a sheet allows.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The finished file could not be packed anew.
    #[error("the workbook could not be packed: {0}")]
    Packing(#[from] ZipError),
}

/// Writes a table as an XLSX workbook: title and notes, a frozen head with a filter, one line per row, the look
/// of fillable and other columns, lists of choices, print setup, and a hidden sheet by which [`crate::read`]
/// recognises it.
///
/// Each row has one [`Cell`] per column of the layout, in its order.
pub fn write(layout: &TableLayout, rows: &[Vec<Cell>]) -> Result<Vec<u8>, WriteError> {
    write_with(layout, rows, &[])
}

/// Writes a table as [`write`] does, and further tables on sheets of their own behind it: what its formulas refer to.
/// Only the first is recognised by [`crate::read`].
pub fn write_with(
    layout: &TableLayout,
    rows: &[Vec<Cell>],
    further: &[(TableLayout, Vec<Vec<Cell>>)],
) -> Result<Vec<u8>, WriteError> {
    let looks = Looks::new();
    let mut sheets = vec![worksheet(layout, rows, &looks)?];
    for (layout, rows) in further {
        sheets.push(worksheet(layout, rows, &looks)?);
    }
    let stamp = Stamp::of(layout, &sheet_name(&layout.title), layout.head_row());
    finish(layout, sheets, &stamp, &places_of(layout))
}

/// The sheet's column of each column of a layout.
fn places_of(layout: &TableLayout) -> Vec<Option<u16>> {
    (0..layout.columns.len()).map(|i| Some(i as u16)).collect()
}

/// One table on a sheet.
fn worksheet(layout: &TableLayout, rows: &[Vec<Cell>], looks: &Looks) -> Result<Worksheet, WriteError> {
    check_rows(layout, rows)?;
    let head = layout.head_row();
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(&layout.title))?;
    put_string(&mut sheet, 0, title_column(layout), &layout.title, &looks.title)?;
    for (index, note) in layout.notes.iter().enumerate() {
        put_string(&mut sheet, 1 + index as u32, title_column(layout), note, &looks.note)?;
    }
    for (index, column) in layout.columns.iter().enumerate() {
        put_string(&mut sheet, head, index as u16, &column.title, &looks.head)?;
    }
    for (row, cells) in (head + 1..).zip(rows) {
        for ((index, cell), column) in (0_u16..).zip(cells).zip(&layout.columns) {
            let ground = if column.editable {
                Ground::Editable
            } else {
                Ground::Locked
            };
            looks.put(&mut sheet, (row, index), cell, ground)?;
        }
    }
    let extent = Extent {
        head,
        last_row: head + rows.len() as u32,
        last_column: (layout.columns.len().max(1) - 1) as u16,
    };
    dress(&mut sheet, layout, &places_of(layout), extent)?;
    Ok(sheet)
}

/// Checks what can be known before anything is written.
fn check_rows(layout: &TableLayout, rows: &[Vec<Cell>]) -> Result<(), WriteError> {
    let expected = layout.columns.len();
    if let Some((index, row)) = rows.iter().enumerate().find(|(_, r)| r.len() != expected) {
        return Err(WriteError::RowWidth {
            row: index + 1,
            expected,
            found: row.len(),
        });
    }
    let found = rows.len() + layout.head_row() as usize + 1;
    if found > LAST_ROW as usize + 1 {
        return Err(WriteError::TooManyRows {
            limit: LAST_ROW + 1,
            found,
        });
    }
    Ok(())
}

/// The first column that is shown: a title in a hidden column would not be seen.
fn title_column(layout: &TableLayout) -> u16 {
    layout.columns.iter().take_while(|c| c.is_key()).count() as u16
}

/// Where the table lies on its sheet; rows and columns from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) head: u32,
    pub(crate) last_row: u32,
    pub(crate) last_column: u16,
}

/// Everything about a sheet but its cells: widths, help, choices, filter, frozen head, print setup. `places` is
/// the sheet's column for each column of the layout.
pub(crate) fn dress(
    sheet: &mut Worksheet,
    layout: &TableLayout,
    places: &[Option<u16>],
    extent: Extent,
) -> Result<(), WriteError> {
    for (index, (column, place)) in layout.columns.iter().zip(places).enumerate() {
        let Some(place) = *place else { continue };
        sheet.set_column_width(place, f64::from(column.width))?;
        if column.is_key() {
            sheet.set_column_hidden(place)?;
        }
        if !column.help.is_empty() {
            let note = Note::new(column.help.as_str()).add_author_prefix(false).set_width(240);
            sheet.insert_note(extent.head, place, &note)?;
        }
        if let (Kind::Choice(choices), true) = (&column.kind, column.editable)
            && !choices.is_empty()
        {
            let rule = DataValidation::new();
            let rule = if listed_inline(&column.kind) {
                rule.allow_list_strings(choices)?
            } else {
                let letter = letter(choice_column(index));
                let range = format!("={STAMP_SHEET}!${letter}$1:${letter}${}", choices.len());
                rule.allow_list_formula(Formula::new(range))
            };
            // A warning, not a stop: what is typed nevertheless comes back with its reason.
            let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
            let last = (extent.last_row + SPARE_ROWS).min(LAST_ROW);
            sheet.add_data_validation(extent.head + 1, place, last, place, &rule)?;
        }
    }
    sheet.autofilter(extent.head, 0, extent.last_row, extent.last_column)?;
    sheet.set_freeze_panes(extent.head + 1, 0)?;
    sheet.set_repeat_rows(extent.head, extent.head)?;
    sheet.set_landscape();
    sheet.set_paper_size(match layout.paper {
        Paper::A4 => 9,
        Paper::A3 => 8,
    });
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    let footer = layout
        .page_of
        .replace('&', "&&")
        .replace("{pages}", "&N")
        .replace("{page}", "&P");
    sheet.set_footer(format!("&C{footer}"));
    Ok(())
}

/// Puts the hidden sheet beside the others and writes the bytes.
pub(crate) fn finish(
    layout: &TableLayout,
    sheets: Vec<Worksheet>,
    stamp: &Stamp,
    places: &[Option<u16>],
) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    let plain = Format::new();
    let hidden = book.add_worksheet();
    hidden.set_name(STAMP_SHEET)?.set_very_hidden(true);
    for (row, line) in (0_u32..).zip(stamp.lines()) {
        for (column, text) in (0_u16..).zip(line) {
            if !text.is_empty() {
                put_string(hidden, row, column, &text, &plain)?;
            }
        }
    }
    for (index, column) in layout.columns.iter().enumerate() {
        if let Kind::Choice(choices) = &column.kind
            && !listed_inline(&column.kind)
        {
            for (row, choice) in (0_u32..).zip(choices) {
                put_string(hidden, row, choice_column(index) as u16, choice, &plain)?;
            }
        }
    }
    let sheet = stamp.sheet.replace('\'', "''");
    for (index, place) in places.iter().enumerate() {
        if let Some(place) = place {
            let cell = format!("='{sheet}'!${}${}", letter(u32::from(*place)), stamp.head_row);
            book.define_name(name_of(index), &cell)?;
        }
    }
    book.set_properties(
        &DocProperties::new()
            .set_title(layout.title.as_str())
            .set_creation_datetime(Created(layout.as_of)),
    );
    Ok(unshield(book.save_to_buffer()?)?)
}

/// The hidden sheet's column of a layout column's choices, after the three of the stamp.
fn choice_column(index: usize) -> u32 {
    4 + index as u32
}

/// The creation time of a file: the day its data stand for, never the clock.
struct Created(Date);

impl IntoCustomDateTime for Created {
    fn utc_datetime(self) -> String {
        format!("{}T00:00:00Z", self.0)
    }
}

/// A sheet's name made of a title: at most 31 UTF-16 units, without the characters that sheets refuse.
pub(crate) fn sheet_name(title: &str) -> String {
    let mut name = String::new();
    let mut units = 0;
    for c in title.chars() {
        if c.is_control() || "[]:*?/\\'".contains(c) {
            continue;
        }
        units += c.len_utf16();
        if units > 31 {
            break;
        }
        name.push(c);
    }
    let name = name.trim();
    // Excel keeps `History` for itself.
    if name.is_empty() || name == STAMP_SHEET || name.eq_ignore_ascii_case("history") {
        return "Sheet1".to_owned();
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_those_that_sheets_allow() {
        assert_eq!(sheet_name("任务[1]/2:*?\\'表"), "任务12表");
        assert_eq!(sheet_name(""), "Sheet1");
        assert_eq!(sheet_name("_biaochi"), "Sheet1");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
