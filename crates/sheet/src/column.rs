//! What a table looks like: its columns, its title and what is printed around it.

use std::borrow::Borrow;
use std::fmt;

use jiff::civil::Date;

/// The id of the hidden column that carries each row's key.
pub const KEY: &str = "key";

/// Names a column through translations and reordering: `outcome`, `due`. Never shown to a reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(String);

impl ColumnId {
    /// Takes the id as it is written in the code that owns the table.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ColumnId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl Borrow<str> for ColumnId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ColumnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a column's cells hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text, kept letter for letter.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction, exact to 28 digits.
    Decimal,
    /// A calendar day.
    Date,
    /// One of these texts, as the reader sees them.
    Choice(Vec<String>),
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name that survives translation and reordering.
    pub id: ColumnId,
    /// The head's text, already in the reader's language.
    pub title: String,
    /// Width in characters of the default font, as Excel counts them.
    pub width: u16,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether people may fill it in; only the look of the cell follows, nothing is enforced in the file.
    pub editable: bool,
    /// Whether every row must have a value.
    pub required: bool,
    /// The longest text accepted, in characters; `None`: only the sheet's own limit holds.
    pub max_chars: Option<usize>,
    /// A sentence shown on the head and when a cell is entered; empty: none.
    pub help: String,
}

impl Column {
    /// A column for reading, 16 characters wide.
    pub fn new(id: &str, title: &str, kind: Kind) -> Self {
        Self {
            id: ColumnId::from(id),
            title: title.to_owned(),
            width: 16,
            kind,
            editable: false,
            required: false,
            max_chars: None,
            help: String::new(),
        }
    }

    /// The hidden column of row keys.
    pub fn key() -> Self {
        Self::new(KEY, KEY, Kind::Text)
    }

    /// Lets people fill it in.
    pub fn editable(mut self) -> Self {
        self.editable = true;
        self
    }

    /// Wants a value in every row.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the width in characters.
    pub fn width(mut self, characters: u16) -> Self {
        self.width = characters;
        self
    }

    /// Sets the longest text accepted, in characters.
    pub fn max_chars(mut self, characters: usize) -> Self {
        self.max_chars = Some(characters);
        self
    }

    /// Sets the sentence that helps people fill it in.
    pub fn help(mut self, sentence: &str) -> Self {
        sentence.clone_into(&mut self.help);
        self
    }

    /// Whether this is the hidden column of row keys.
    pub fn is_key(&self) -> bool {
        self.id.as_str() == KEY
    }
}

/// The paper a sheet is printed on, always landscape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 297 × 210 mm.
    A4,
    /// 420 × 297 mm.
    A3,
}

/// A table as it goes out and comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLayout {
    /// Names the table through languages and versions; an upload of another table is refused by it.
    pub id: String,
    /// Printed above the table and used as the sheet's name; in the reader's language.
    pub title: String,
    /// Raised by the owner when columns change their meaning.
    pub layout_version: u32,
    /// The version of the list the rows come from, as the list names it.
    pub list_version: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Lines under the title: the 演示 mark, the list version, the time of the data.
    pub notes: Vec<String>,
    /// The day the data stand for; also the file's creation date, so that equal input gives equal bytes.
    pub as_of: Date,
    /// The paper to print on.
    pub paper: Paper,
    /// The footer, with `{page}` and `{pages}`: `第 {page} 页，共 {pages} 页`.
    pub page_of: String,
}

impl TableLayout {
    /// A layout on A4 with the footer `{page} / {pages}`, layout version 1 and no notes.
    pub fn new(id: &str, title: &str, as_of: Date, columns: Vec<Column>) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            layout_version: 1,
            list_version: String::new(),
            columns,
            notes: Vec::new(),
            as_of,
            paper: Paper::A4,
            page_of: "{page} / {pages}".to_owned(),
        }
    }

    /// The column of that id.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.id.as_str() == id)
    }

    /// The row (0-based) of the head in a workbook written from this layout.
    pub fn head_row(&self) -> u32 {
        1 + self.notes.len() as u32
    }
}
