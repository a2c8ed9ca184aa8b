//! A run as a workbook that computes itself: what was given stands in cells, every value, points, total, grade and rank
//! is a formula over them, so that a spreadsheet gives again what the engine gave, and another figure where a cell is
//! edited. What sheets cannot compute (lists, looks at the whole population, an index's preparation) stands as its value.

mod expression;
mod grade;
mod ladder;
mod layout;
mod node;
mod pages;
mod peers;

use formula::Number;
use language::Lang;

use crate::data::UnitData;
use crate::outcome::UnitResult;
use crate::run::Settings;
use crate::standard::Standard;
use layout::Layout;

/// A workbook, sheet by sheet: results first.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The sheets.
    pub sheets: Vec<BookSheet>,
    /// Indicators whose values stand as they are, because sheets have no formula for them; and the column of the total,
    /// where that is so of it.
    pub still: Vec<String>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BookSheet {
    /// Its name, by which formulas refer to it.
    pub name: String,
    /// What it holds, in a sentence above the table.
    pub about: String,
    /// Heads of its columns.
    pub heads: Vec<String>,
    /// Whether people fill it in.
    pub filled: bool,
    /// Its rows; each has a cell for each head.
    pub rows: Vec<Vec<BookCell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookCell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A decimal number.
    Number(String),
    /// A formula, and what it gives.
    Live {
        /// With the sign of equality.
        formula: String,
        /// As text.
        value: String,
    },
}

/// The row of each sheet, counted from 1, in which its first record stands: below a title, a sentence and the heads.
pub const FIRST_ROW: u32 = 4;

/// The workbook of a run: `results` are those of `units`, in their order.
pub fn workbook(
    standard: &Standard,
    units: &[UnitData],
    results: &[UnitResult],
    settings: Settings,
    lang: Lang,
) -> Book {
    let weighed = crate::weighing::weighed(standard, units, settings);
    let standard = weighed.as_ref().unwrap_or(standard);
    let layout = Layout::new(standard, units, results, settings.at, lang);
    let (rows, still) = node::results(&layout);
    let mut sheets = vec![BookSheet {
        name: layout.names.results.clone(),
        about: layout.said("workbook-run-results-about"),
        heads: layout.result_heads(),
        filled: false,
        rows,
    }];
    sheets.extend(layout.sheets());
    Book { sheets, still }
}

/// A number as a sheet takes it: a decimal where it is one of few digits, else a fraction or the nearest float.
fn literal(number: &Number) -> String {
    match number.decimal() {
        Some(decimal) if decimal.len() <= 15 => decimal,
        _ if number.is_exact() && number.exact_text().len() <= 30 => number.exact_text(),
        _ => number.to_f64().to_string(),
    }
}

/// A number as a cell of its own.
fn cell(number: &Number) -> BookCell {
    let text = literal(number);
    if text.contains('/') {
        return BookCell::Live {
            formula: format!("={text}"),
            value: number.to_f64().to_string(),
        };
    }
    BookCell::Number(text)
}

/// A text inside a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The letters of a column, counted from 0.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_sheets() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn numbers_are_written_without_losing_digits_that_a_sheet_holds() {
        let third = Number::fraction(1, 3).unwrap_or_else(Number::zero);
        assert_eq!(
            cell(&third),
            BookCell::Live {
                formula: "=1/3".to_owned(),
                value: "0.3333333333333333".to_owned()
            }
        );
        assert_eq!(literal(&Number::fraction(-5, 4).unwrap_or_else(Number::zero)), "-1.25");
    }
}
