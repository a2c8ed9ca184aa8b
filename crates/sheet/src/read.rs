//! A workbook or CSV in: every row with its values and its faults, and nothing dropped unsaid.

use std::collections::BTreeMap;

use crate::cell::CellValue;
use crate::column::{ColumnId, KEY, TableLayout};
use crate::csv::{self, CsvError};
use crate::fault::{Fault, FaultKind, Note, UnknownColumn};
use crate::grid::{Grid, RawCell, letter};
use crate::head::{Head, Titles};
use crate::limits::{ArchiveError, LimitError, Limits};
use crate::stamp::{STAMP_SHEET, Stamp};
use crate::understand::understand;
use crate::workbook_in::{self, Book, BookError};

/// One row of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedRow {
    /// The row as the sheet numbers it, from 1.
    pub sheet_row: u32,
    /// The row's key; `None` for a row that someone added.
    pub key: Option<String>,
    /// What was understood, by column. A faulty cell and a missing column are absent; an empty cell is there
    /// as [`CellValue::Empty`].
    pub cells: BTreeMap<ColumnId, CellValue>,
    /// What is wrong with this row.
    pub faults: Vec<Fault>,
}

/// An upload as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// What the workbook says of itself; `None` for CSV and foreign workbooks.
    pub stamp: Option<Stamp>,
    /// The sheet that was read.
    pub sheet: String,
    /// The head's row, as the sheet numbers it.
    pub head_row: u32,
    /// All rows that hold something, in their order.
    pub rows: Vec<UploadedRow>,
    /// Columns that the table does not know.
    pub unknown_columns: Vec<UnknownColumn>,
    /// Columns of the table that the upload lacks.
    pub missing_columns: Vec<ColumnId>,
    /// What else should be said.
    pub notes: Vec<Note>,
    /// The sheet's column of each known column, from 0.
    pub(crate) places: BTreeMap<ColumnId, u32>,
    /// The sheet's column of earlier reasons.
    pub(crate) reason_place: Option<u32>,
    /// The sheet as it stood.
    pub(crate) original: Grid,
    /// The other sheets as they stood.
    pub(crate) other_sheets: Vec<Grid>,
}

impl Upload {
    /// The faults of all rows, in their order.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.rows.iter().flat_map(|row| &row.faults)
    }
}

/// Why an upload could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// It exceeds a limit.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The archive is not sound, encrypted or with macros.
    #[error(transparent)]
    Archive(ArchiveError),
    /// An `.xls` of before 2007, or a workbook protected by a password, which looks the same.
    #[error("the file is an old .xls or protected by a password: save it as .xlsx without a password")]
    OldOrProtected,
    /// An archive, but no workbook that can be read.
    #[error("the workbook cannot be read ({reason}): open it, save it anew as .xlsx and upload it again")]
    Unreadable {
        /// What the reader stumbled over.
        reason: String,
    },
    /// A CSV that cannot be read.
    #[error(transparent)]
    Csv(CsvError),
    /// The workbook belongs to another table.
    #[error("the workbook is of the table {found}, not {expected}: choose the upload page of that table")]
    OtherTable {
        /// The table asked for.
        expected: String,
        /// The table it was written for.
        found: String,
    },
    /// No row names a column of the table.
    #[error("no row names a column of the table; its columns are {}", expected.join("、"))]
    NoHead {
        /// The titles looked for.
        expected: Vec<String>,
    },
    /// Two columns carry the same title.
    #[error("columns {first} and {second} are both named {title}: delete one of them")]
    ColumnTwice {
        /// The title.
        title: String,
        /// The first column's letter.
        first: String,
        /// The second column's letter.
        second: String,
    },
}

impl From<ArchiveError> for UploadError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Limit(limit) => Self::Limit(limit),
            other => Self::Archive(other),
        }
    }
}

impl From<CsvError> for UploadError {
    fn from(error: CsvError) -> Self {
        match error {
            CsvError::Limit(limit) => Self::Limit(limit),
            other => Self::Csv(other),
        }
    }
}

impl From<BookError> for UploadError {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Limit(limit) => Self::Limit(limit),
            BookError::Unreadable(reason) => Self::Unreadable { reason },
        }
    }
}

/// Reads an `.xlsx` or a CSV in UTF-8 as rows of a table.
///
/// The head is looked for by its titles, so rows above it, columns in another order and columns more or fewer do
/// no harm. A fault concerns its cell alone: the rest of the row is read.
pub fn read(bytes: &[u8], layout: &TableLayout, limits: &Limits) -> Result<Upload, UploadError> {
    understand_book(open_book(bytes, limits)?, layout)
}

/// The sheets of a file, within the limits.
pub(crate) fn open_book(bytes: &[u8], limits: &Limits) -> Result<Book, UploadError> {
    limits.check_size(bytes)?;
    if bytes.is_empty() {
        return Err(UploadError::Empty);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(UploadError::OldOrProtected);
    }
    Ok(if bytes.starts_with(b"PK") {
        limits.check_archive(bytes)?;
        workbook_in::open(bytes, limits)?
    } else {
        Book {
            sheets: vec![csv::parse(bytes, limits)?],
            ..Book::default()
        }
    })
}

/// Finds the sheet and its head, and reads the rows.
fn understand_book(mut book: Book, layout: &TableLayout) -> Result<Upload, UploadError> {
    let stamp = book.sheets.iter().find_map(Stamp::read);
    book.sheets
        .retain(|grid| grid.name != STAMP_SHEET || Stamp::read(grid).is_none());
    if let Some(stamp) = &stamp
        && stamp.table != layout.id
    {
        return Err(UploadError::OtherTable {
            expected: layout.id.clone(),
            found: stamp.table.clone(),
        });
    }
    let titles = Titles::new(layout, stamp.as_ref(), &book.names);
    let (index, row) = choose_sheet(&book.sheets, &titles, stamp.as_ref()).ok_or_else(|| UploadError::NoHead {
        expected: layout.columns.iter().map(|c| c.title.clone()).collect(),
    })?;
    let head = titles
        .find(&book.sheets[index], row)
        .map_err(|twice| UploadError::ColumnTwice {
            title: twice.title,
            first: twice.first,
            second: twice.second,
        })?;
    let original = book.sheets.remove(index);
    let mut upload = read_rows(original, head, layout, stamp);
    upload
        .notes
        .extend(book.others.into_iter().map(|name| Note::ExtraSheet { name, rows: 0 }));
    upload.notes.extend(book.sheets.iter().map(|grid| Note::ExtraSheet {
        name: grid.name.clone(),
        rows: grid.rows.len(),
    }));
    upload.other_sheets = book.sheets;
    Ok(upload)
}

/// The sheet named by the stamp, if its head is found there; else the sheet whose head names most columns,
/// shown sheets before hidden ones.
fn choose_sheet(sheets: &[Grid], titles: &Titles<'_>, stamp: Option<&Stamp>) -> Option<(usize, u32)> {
    let heads: Vec<(usize, u32, usize)> = sheets
        .iter()
        .enumerate()
        .filter_map(|(index, grid)| titles.head_row(grid).map(|(row, score)| (index, row, score)))
        .collect();
    let named = heads
        .iter()
        .find(|(index, ..)| stamp.is_some_and(|s| s.sheet == sheets[*index].name));
    let best = || {
        heads
            .iter()
            .max_by_key(|(index, _, score)| (!sheets[*index].hidden, *score, usize::MAX - index))
    };
    named.or_else(best).map(|(index, row, _)| (*index, *row))
}

fn read_rows(original: Grid, head: Head, layout: &TableLayout, stamp: Option<Stamp>) -> Upload {
    let Head {
        row: head_row,
        places,
        reason,
        unknown,
        mut notes,
    } = head;
    let expected_above = stamp.as_ref().map_or(0, |s| s.head_row.saturating_sub(1) as usize);
    let above = original.rows.range(..head_row).count();
    if above > expected_above {
        notes.push(Note::RowsAboveHead {
            count: above - expected_above,
        });
    }
    let mut rows: Vec<UploadedRow> = Vec::new();
    let mut first_of_key: BTreeMap<String, u32> = BTreeMap::new();
    let mut previous = head_row;
    for (row, cells) in original.rows.range(head_row + 1..) {
        let filled = |(column, cell): &(u32, RawCell)| Some(*column) != reason && !cell.is_blank();
        if !cells.iter().any(filled) {
            continue;
        }
        if *row > previous + 1 {
            notes.push(Note::BlankRows {
                first: previous + 2,
                last: *row,
            });
        }
        previous = *row;
        rows.push(read_row(
            (&original, *row),
            layout,
            &places,
            &mut first_of_key,
            &mut notes,
        ));
    }
    for (first_row, first_column, last_row, last_column) in &original.merged {
        if *last_row > head_row {
            notes.push(Note::Merged {
                range: format!(
                    "{}{}:{}{}",
                    letter(*first_column),
                    u64::from(*first_row) + 1,
                    letter(*last_column),
                    u64::from(*last_row) + 1
                ),
            });
        }
    }
    Upload {
        stamp,
        sheet: original.name.clone(),
        head_row: head_row + 1,
        rows,
        unknown_columns: unknown,
        missing_columns: layout
            .columns
            .iter()
            .filter(|c| !places.contains_key(&c.id))
            .map(|c| c.id.clone())
            .collect(),
        notes,
        places,
        reason_place: reason,
        original,
        other_sheets: Vec::new(),
    }
}

fn read_row(
    (grid, row): (&Grid, u32),
    layout: &TableLayout,
    places: &BTreeMap<ColumnId, u32>,
    first_of_key: &mut BTreeMap<String, u32>,
    notes: &mut Vec<Note>,
) -> UploadedRow {
    let mut read = UploadedRow {
        sheet_row: row + 1,
        key: None,
        cells: BTreeMap::new(),
        faults: Vec::new(),
    };
    for column in &layout.columns {
        let Some(place) = places.get(&column.id) else {
            continue;
        };
        let cell = grid.cell(row, *place);
        let mut fault = |kind| {
            let found = cell.map(RawCell::shown).unwrap_or_default();
            read.faults
                .push(Fault::new(row + 1, Some(column.id.clone()), &found, kind));
        };
        let understood = match understand(column, cell) {
            Ok(understood) => understood,
            Err(kind) => {
                fault(kind);
                continue;
            }
        };
        if understood.time_dropped {
            notes.push(Note::TimeDropped {
                sheet_row: row + 1,
                column: column.id.clone(),
            });
        }
        if column.id.as_str() != KEY {
            read.cells.insert(column.id.clone(), understood.value);
            continue;
        }
        let CellValue::Text(text) = understood.value else {
            continue;
        };
        let key = text.trim();
        if key.is_empty() {
            continue;
        }
        match first_of_key.get(key) {
            Some(first) => fault(FaultKind::DuplicateKey { first_row: *first }),
            None => {
                first_of_key.insert(key.to_owned(), row + 1);
            }
        }
        read.key = Some(key.to_owned());
    }
    read
}
