//! A foreign table as it stands: a head and rows of text, nothing understood of them. For data that comes with names
//! of its own, such as measurements for an executable standard.

use crate::limits::Limits;
use crate::read::{UploadError, open_book};

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlainTable {
    /// The sheet that was read.
    pub sheet: String,
    /// The names of the columns; empty for a column without one.
    pub head: Vec<String>,
    /// The rows that hold something: the row as the sheet numbers it, and a text for each column of the head. An empty
    /// cell is an empty text; numbers are written in full.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads the first sheet that holds something, of an `.xlsx` or a CSV in UTF-8. Its first row is the head.
///
/// ```
/// use sheet::{Limits, read_plain};
/// let table = read_plain("unit,产值\n甲,12.5 万元\n乙,\n".as_bytes(), &Limits::default())?;
/// assert_eq!(table.head, ["unit", "产值"]);
/// assert_eq!(table.rows[0], (2, vec!["甲".to_owned(), "12.5 万元".to_owned()]));
/// assert_eq!(table.rows[1].1[1], "");
/// # Ok::<(), sheet::UploadError>(())
/// ```
pub fn read_plain(bytes: &[u8], limits: &Limits) -> Result<PlainTable, UploadError> {
    let book = open_book(bytes, limits)?;
    let grid = book
        .sheets
        .iter()
        .filter(|grid| !grid.hidden)
        .find(|grid| !grid.rows.is_empty())
        .ok_or(UploadError::Empty)?;
    let Some((head_row, _)) = grid.rows.iter().next() else {
        return Err(UploadError::Empty);
    };
    let width = grid.last_column() + 1;
    let row_of = |row: u32| -> Vec<String> {
        let texts = (0..width).map(|column| grid.shown(row, column));
        texts.map(|text| text.trim().to_owned()).collect()
    };
    let head = row_of(*head_row);
    let rows = grid
        .rows
        .keys()
        .filter(|row| *row > head_row)
        .map(|row| (row + 1, row_of(*row)))
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    Ok(PlainTable {
        sheet: grid.name.clone(),
        head,
        rows,
    })
}
