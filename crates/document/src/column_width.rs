//! How the columns of a table share the width of a page.

use crate::model::{Align, Cell, Inline, Plain, Table};

/// A cell with more characters than this is text, and stands at the left.
const LONG: f64 = 14.0;

/// So many characters of 小五 stand in a line across the page.
const PAGE: f64 = 52.0;

/// What a cell's sides take, in characters.
const PADDING: f64 = 1.2;

/// Whether a cell is text and stands at the left.
fn is_text(cell: &Cell) -> bool {
    width(&cell.text) > LONG
}

/// How wide a text is in characters: a letter is half of one, a formula counts as three.
pub(crate) fn width(text: &[Inline]) -> f64 {
    let of = |line: &str| -> f64 {
        line.chars()
            .map(|c| match c {
                '\u{fffc}' => 3.0,
                c if c.is_ascii() => 0.5,
                _ => 1.0,
            })
            .sum()
    };
    Plain::of(text).text.split('\n').map(of).fold(0.0, f64::max)
}

/// How columns share the page's width.
pub(crate) struct Layout {
    /// Parts of the whole.
    pub widths: Vec<f64>,
    /// Columns of text: they stand at the left.
    pub text: Vec<usize>,
}

impl Layout {
    /// Widths that the table gives; else each column gets what its longest cell needs: where that is more than a page has, the widest share what the
    /// others leave, so that a column of words does not break those of figures.
    pub fn of(table: &Table) -> Self {
        let mut longest = vec![0.0_f64; table.columns.len()];
        let mut text = Vec::new();
        let grid = table.grid();
        for (index, line) in grid.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let Some(cell) = cell.filter(|cell| cell.columns <= 1) else {
                    continue;
                };
                if let Some(longest) = longest.get_mut(column) {
                    *longest = longest.max(width(&cell.text));
                }
                if index >= table.head.len() && is_text(cell) && !text.contains(&column) {
                    text.push(column);
                }
            }
        }
        let given: Option<Vec<f64>> = table.columns.iter().map(|column| Some(column.width?.into())).collect();
        if let Some(widths) = given {
            return Self { widths, text };
        }
        let needed: Vec<f64> = longest.iter().map(|longest| longest.max(1.0) + PADDING).collect();
        let cap = cap(&needed);
        Self {
            widths: needed.iter().map(|needed| needed.min(cap)).collect(),
            text,
        }
    }
}

/// Where a cell stands: as its column says; else at the left where it is text, and in the middle (`Natural`). `plain`:
/// no cell of its row spans others. Cells of the head have no `layout`: they are never text.
pub(crate) fn align(table: &Table, cell: &Cell, column: usize, plain: bool, layout: Option<&Layout>) -> Align {
    let own = table.columns.get(column).copied().unwrap_or_default();
    // A form says how its cells stand, those that span others too; its head stands in the middle.
    if own.width.is_some() {
        return if layout.is_some() { own.align } else { Align::Natural };
    }
    let said = own.align;
    let left = || layout.is_some_and(|layout| is_text(cell) || plain && layout.text.contains(&column));
    match said {
        Align::Left | Align::Right | Align::Centre if plain => said,
        _ if left() => Align::Left,
        _ => Align::Natural,
    }
}

/// The width that no column may exceed, so that all together fit the page.
fn cap(needed: &[f64]) -> f64 {
    let mut sorted = needed.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut left = PAGE;
    for (index, width) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - index) as f64;
        if *width > share {
            return share;
        }
        left -= width;
    }
    f64::INFINITY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_what_they_need() {
        assert_eq!(cap(&[5.0, 10.0, 20.0]), f64::INFINITY);
        assert_eq!(cap(&[3.0, 9.0, 100.0, 50.0]), 20.0);
        assert_eq!(cap(&[100.0, 100.0]), 26.0);
        assert_eq!(cap(&[]), f64::INFINITY);
    }
}
