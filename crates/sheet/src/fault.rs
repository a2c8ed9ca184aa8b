//! What is wrong with a cell, and what a reader should be told about an upload as a whole.

use crate::column::ColumnId;

/// The longest piece of a cell's text that a fault repeats, in characters.
const REPEATED: usize = 200;

/// One thing wrong with one row; the rest of the row stays readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The row as the sheet numbers it, from 1.
    pub sheet_row: u32,
    /// The column; `None` when the whole row is meant.
    pub column: Option<ColumnId>,
    /// What stood there, at most 200 characters of it.
    pub found: String,
    /// What is wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// Names a fault, repeating at most 200 characters of what was found.
    pub fn new(sheet_row: u32, column: Option<ColumnId>, found: &str, kind: FaultKind) -> Self {
        Self {
            sheet_row,
            column,
            found: found.chars().take(REPEATED).collect(),
            kind,
        }
    }
}

/// What a cell was expected to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A day.
    Date,
    /// One of the choices.
    Choice,
}

/// What can be wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The value is of another kind than the column wants.
    WrongKind {
        /// What the column wants.
        expected: Expected,
    },
    /// The text is none of the choices.
    NotAChoice {
        /// The choices, in the column's order.
        choices: Vec<String>,
    },
    /// A required cell is empty.
    Required,
    /// The text is too long for its column.
    TooLong {
        /// The longest accepted, in characters.
        limit: usize,
        /// Its length, in characters.
        found: usize,
    },
    /// The text is no day: 2025-03-01, 2025/3/1, 2025年3月1日 and 20250301 are read.
    DateUnreadable,
    /// The cell is a formula; its value depends on other cells or files and is not trusted.
    FormulaNotAllowed,
    /// The cell holds a sheet error such as `#N/A`.
    SheetError,
    /// A number of 16 or more digits typed into a text column: the sheet has rounded it, the digits
    /// after the fifteenth are lost. Format the cell as text and type it again.
    DigitsLost,
    /// Another row carries the same key; the first such row stands.
    DuplicateKey {
        /// The row that carries it first, as the sheet numbers it.
        first_row: u32,
    },
    /// Found by whoever owns the table: an unknown key, a row that may not be edited.
    Other {
        /// The owner's word for it; its message is looked up by this.
        code: String,
        /// What the message needs to say.
        detail: String,
    },
}

/// What a reader should know of an upload though no cell is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Empty rows between filled ones; the rows after them were read. Rows as the sheet numbers them.
    BlankRows {
        /// The first empty row.
        first: u32,
        /// The last empty row.
        last: u32,
    },
    /// Rows above the head that were not part of the table as it went out.
    RowsAboveHead {
        /// How many.
        count: usize,
    },
    /// Merged cells among the rows: the value is in the first cell, the others read as empty.
    Merged {
        /// As the sheet names it: `B4:B7`.
        range: String,
    },
    /// Another sheet was in the workbook; it was not read as rows.
    ExtraSheet {
        /// Its name.
        name: String,
        /// How many rows of it hold something.
        rows: usize,
    },
    /// A date came with a time of day; only the day was kept.
    TimeDropped {
        /// The row as the sheet numbers it.
        sheet_row: u32,
        /// The column.
        column: ColumnId,
    },
    /// The head had another text than the table's, and was recognised by its place.
    TitleChanged {
        /// The column.
        column: ColumnId,
        /// The text found.
        found: String,
    },
    /// The column of reasons from an earlier marking was left aside.
    ReasonColumnIgnored,
}

/// A column of the upload that the table does not know; it was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownColumn {
    /// As the sheet letters it: `F`.
    pub letter: String,
    /// Its head; empty when it has none.
    pub title: String,
    /// How many rows of it hold something.
    pub filled: usize,
}
