//! The same table as CSV: UTF-8 with a byte order mark, comma, CRLF (RFC 4180).
//!
//! **Guard.** A text that a sheet would take for a formula — it begins with `=`, `+`, `-`, `@`, a tab or a
//! carriage return — is written with an apostrophe before it, and so is a text that begins with apostrophes
//! and goes on like that. Reading takes exactly one such apostrophe away, so every text comes back unchanged.
//! Numbers and dates are written bare: `-5` stays a number.

use crate::cell::Cell;
use crate::column::TableLayout;
use crate::grid::{Grid, RawCell, RawValue};
use crate::limits::{LimitError, Limits, Tally};
use crate::look::begins_like_formula;
use crate::write::WriteError;

/// The mark by which sheet programs know UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Writes a table as CSV: one line of titles, then the rows. Notes are left out; of links only the text stays.
///
/// ```
/// use sheet::{Cell, Column, Kind, TableLayout, write_csv};
/// let layout = TableLayout::new("t", "T", jiff::civil::date(2025, 3, 1), vec![Column::new("a", "甲", Kind::Text)]);
/// let bytes = write_csv(&layout, &[vec![Cell::Text("=1+1".into())]])?;
/// assert_eq!(std::str::from_utf8(&bytes)?, "\u{FEFF}甲\r\n'=1+1\r\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_csv(layout: &TableLayout, rows: &[Vec<Cell>]) -> Result<Vec<u8>, WriteError> {
    let mut out = BOM.to_vec();
    line(&mut out, layout.columns.iter().map(|c| guard(&c.title)));
    for (index, row) in rows.iter().enumerate() {
        if row.len() != layout.columns.len() {
            return Err(WriteError::RowWidth {
                row: index + 1,
                expected: layout.columns.len(),
                found: row.len(),
            });
        }
        line(&mut out, row.iter().map(field));
    }
    Ok(out)
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Link { text, .. } | Cell::Formula { value: text, .. } => guard(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
    }
}

fn line(out: &mut Vec<u8>, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let quoted =
            field.contains([',', '"', '\r', '\n']) || field.starts_with([' ', '\t']) || field.ends_with([' ', '\t']);
        if quoted {
            out.push(b'"');
            out.extend_from_slice(field.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(field.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// Puts an apostrophe before what a sheet would take for a formula.
pub(crate) fn guard(text: &str) -> String {
    if begins_like_formula(text.trim_start_matches('\'')) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes the guarding apostrophe away again.
fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Why a CSV could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// The text is GB18030 (GBK), as Excel saves plain "CSV" on a Chinese system.
    #[error(
        "the file is in GB18030, not UTF-8 (byte {at}): in Excel or WPS choose Save as (另存为), type “CSV UTF-8 (逗号分隔)”, or save as .xlsx"
    )]
    Gb18030 {
        /// The first byte that is no UTF-8, from 0.
        at: usize,
    },
    /// The text is UTF-16, as Excel saves "Unicode text".
    #[error(
        "the file is in UTF-16, not UTF-8: in Excel or WPS choose Save as (另存为), type “CSV UTF-8 (逗号分隔)”, or save as .xlsx"
    )]
    Utf16,
    /// No text, or in another encoding.
    #[error("the file is no UTF-8 text (byte {at}): save it as .xlsx or as CSV UTF-8")]
    NotText {
        /// The first byte that does not fit, from 0.
        at: usize,
    },
    /// A quotation mark that is never closed.
    #[error("the quotation mark opened in row {sheet_row} is never closed")]
    OpenQuote {
        /// The row where it was opened, as a sheet would number it.
        sheet_row: u32,
    },
    /// It exceeds a limit.
    #[error(transparent)]
    Limit(#[from] LimitError),
}

/// Reads CSV into cells; all are text, for the columns to understand.
pub(crate) fn parse(bytes: &[u8], limits: &Limits) -> Result<Grid, CsvError> {
    let text = decode(bytes)?;
    let mut grid = Grid {
        name: "CSV".to_owned(),
        ..Grid::default()
    };
    let mut tally = Tally::default();
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut opened = 0_u32;
    let mut field = String::new();
    let mut quoted = false;
    let mut was_quoted = false;
    let mut chars = text.chars().peekable();
    loop {
        let next = chars.next();
        if quoted {
            match next {
                Some('"') if chars.peek() == Some(&'"') => {
                    chars.next();
                    field.push('"');
                }
                Some('"') => quoted = false,
                Some(c) => field.push(c),
                None => {
                    return Err(CsvError::OpenQuote { sheet_row: opened + 1 });
                }
            }
            continue;
        }
        match next {
            Some('"') if field.is_empty() && !was_quoted => {
                quoted = true;
                was_quoted = true;
                opened = row;
            }
            Some(',') => {
                keep(&mut grid, &mut tally, limits, (row, column), &mut field)?;
                was_quoted = false;
                column += 1;
            }
            Some('\r') if chars.peek() == Some(&'\n') => {}
            Some('\n' | '\r') => {
                keep(&mut grid, &mut tally, limits, (row, column), &mut field)?;
                was_quoted = false;
                column = 0;
                row += 1;
            }
            Some(c) => field.push(c),
            None => {
                keep(&mut grid, &mut tally, limits, (row, column), &mut field)?;
                return Ok(grid);
            }
        }
    }
}

fn keep(
    grid: &mut Grid,
    tally: &mut Tally,
    limits: &Limits,
    at: (u32, u32),
    field: &mut String,
) -> Result<(), LimitError> {
    if field.is_empty() {
        return Ok(());
    }
    let text = std::mem::take(field);
    tally.cell(limits, &grid.name, at, Some(&text))?;
    let cell = RawCell {
        // Every sheet program would calculate it; our own writer guards such texts.
        formula: text.starts_with('='),
        value: RawValue::Text(unguard(&text).to_owned()),
    };
    grid.rows.entry(at.0).or_default().push((at.1, cell));
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<&str, CsvError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(CsvError::Utf16);
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(CsvError::NotText { at });
    }
    std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        if is_gb18030(bytes) {
            CsvError::Gb18030 { at }
        } else {
            CsvError::NotText { at }
        }
    })
}

/// Whether all bytes form GB18030: ASCII, pairs, and groups of four.
fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (0x00..=0x7F, _) => after,
            (0x81..=0xFE, [0x40..=0x7E | 0x80..=0xFE, tail @ ..]) => tail,
            (0x81..=0xFE, [0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, tail @ ..]) => tail,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn texts(csv: &str) -> Vec<Vec<String>> {
        let grid = parse(csv.as_bytes(), &Limits::default()).unwrap();
        (0..=grid.last_row())
            .map(|row| (0..=grid.last_column()).map(|c| grid.shown(row, c)).collect())
            .collect()
    }

    #[test]
    fn quotes_line_ends_and_gaps() {
        assert_eq!(
            texts("a,\"b,\"\"1\"\"\"\r\n\"x\ny\",z"),
            [["a", "b,\"1\""], ["x\ny", "z"]]
        );
        assert_eq!(texts("a\n\nb\n"), [["a"], [""], ["b"]]);
        assert_eq!(
            parse(b"a\n\"b", &Limits::default()),
            Err(CsvError::OpenQuote { sheet_row: 2 })
        );
    }

    #[test]
    fn the_guard_is_taken_away_once() {
        for text in ["=1", "'=1", "''@x", "'plain", "-", "it's", "\tx"] {
            assert_eq!(unguard(&guard(text)), text);
        }
        assert_eq!(guard("'plain"), "'plain");
    }

    #[test]
    fn other_encodings_are_named() {
        // 任务 in GBK.
        let gbk = b"\xC8\xCE\xCE\xF1,1\r\n";
        assert_eq!(parse(gbk, &Limits::default()), Err(CsvError::Gb18030 { at: 0 }));
        assert_eq!(parse(b"\xFF\xFEa\0", &Limits::default()), Err(CsvError::Utf16));
        assert_eq!(parse(b"a\0b", &Limits::default()), Err(CsvError::NotText { at: 1 }));
        assert!(parse("任务,1".as_bytes(), &Limits::default()).is_ok());
    }
}
