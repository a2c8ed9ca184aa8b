//! What differs inside a table: title, unit, columns, rows, cells, what stands below.

use super::side::Side;
use super::{Inside, What, order::longest_rising, said};
use crate::model::{Cell, Table};
use std::collections::{HashMap, HashSet};

/// Beyond so many columns they are paired by their place, beyond so many pairs of rows by their words alone.
const MOST_COLUMNS: usize = 200;
const MOST_ROWS: usize = 1_000_000;

/// A table as a grid of words.
struct Grid {
    columns: Vec<String>,
    /// The words of each row, printed and compared.
    rows: Vec<Vec<(String, String)>>,
}

impl Grid {
    fn of(table: &Table, side: Side<'_>) -> Self {
        let words = |cell: Option<&Cell>| -> (String, String) {
            cell.map(|cell| (side.shown(&cell.text), side.keyed(&cell.text)))
                .unwrap_or_default()
        };
        let grid = table.grid();
        let (head, body) = grid.split_at(table.head.len().min(grid.len()));
        let columns = (0..table.columns.len())
            .map(|column| {
                // Titles in several rows: those that begin in this column, or reach over it.
                let titles: Vec<String> = head
                    .iter()
                    .filter_map(|row| {
                        (0..=column)
                            .rev()
                            .find_map(|at| row.get(at).copied().flatten().map(|cell| (at, cell)))
                            .filter(|(at, cell)| at + cell.columns.max(1) as usize > column)
                    })
                    .map(|(_, cell)| side.shown(&cell.text))
                    .filter(|title| !title.is_empty())
                    .collect();
                titles.join(" ")
            })
            .collect();
        Self {
            columns,
            rows: body
                .iter()
                .map(|row| row.iter().map(|cell| words(*cell)).collect())
                .collect(),
        }
    }

    fn column_words(&self, column: usize) -> String {
        let cells: Vec<&str> = self
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|(shown, _)| shown.as_str())
            .collect();
        cells.join(" | ")
    }

    fn row_words(&self, row: usize) -> String {
        let cells = self.rows.get(row).into_iter().flatten();
        cells.map(|(shown, _)| shown.as_str()).collect::<Vec<_>>().join(" | ")
    }

    fn key(&self, row: usize) -> String {
        let cells = self.rows.get(row).into_iter().flatten();
        cells
            .map(|(shown, _)| shown.clone())
            .find(|shown| !shown.is_empty())
            .unwrap_or_default()
    }
}

/// All that differs; `number` names the table, 表1.
pub(super) fn compare(number: &str, old: (&Table, Side<'_>), new: (&Table, Side<'_>)) -> Vec<Inside> {
    let mut found = Vec::new();
    let caption =
        |table: &Table, side: Side<'_>| table.caption.as_ref().map(|text| side.shown(text)).unwrap_or_default();
    said(
        &mut found,
        What::Caption,
        number,
        &caption(old.0, old.1),
        &caption(new.0, new.1),
    );
    let unit = |table: &Table| table.unit.clone().unwrap_or_default();
    said(&mut found, What::Unit, number, &unit(old.0), &unit(new.0));
    let (from, to) = (Grid::of(old.0, old.1), Grid::of(new.0, new.1));
    let columns = columns(&from, &to);
    for (index, title) in from.columns.iter().enumerate() {
        if !columns.iter().any(|(column, _)| *column == index) {
            said(
                &mut found,
                What::Column,
                &place(number, title),
                &from.column_words(index),
                "",
            );
        }
    }
    for (index, title) in to.columns.iter().enumerate() {
        match columns.iter().find(|(_, column)| *column == index) {
            None => said(
                &mut found,
                What::Column,
                &place(number, title),
                "",
                &to.column_words(index),
            ),
            Some((column, _)) => {
                let before = from.columns.get(*column).map_or("", String::as_str);
                said(&mut found, What::Head, number, before, title);
            }
        }
    }
    let rows = rows(&from, &to, &columns);
    let kept: (HashSet<usize>, HashSet<usize>) = rows.iter().copied().unzip();
    for index in 0..from.rows.len() {
        if !kept.0.contains(&index) {
            said(
                &mut found,
                What::Row,
                &place(number, &from.key(index)),
                &from.row_words(index),
                "",
            );
        }
    }
    for index in 0..to.rows.len() {
        if !kept.1.contains(&index) {
            said(
                &mut found,
                What::Row,
                &place(number, &to.key(index)),
                "",
                &to.row_words(index),
            );
        }
    }
    let in_order = longest_rising(&rows.iter().map(|(_, row)| *row).collect::<Vec<_>>());
    for (turn, (row, new_row)) in rows.iter().enumerate() {
        let key = to.key(*new_row);
        if !in_order.contains(&turn) {
            found.push(Inside::moved(What::Row, place(number, &key), to.row_words(*new_row)));
        }
        for (column, new_column) in &columns {
            let before = from.rows.get(*row).and_then(|cells| cells.get(*column));
            let after = to.rows.get(*new_row).and_then(|cells| cells.get(*new_column));
            let (Some((shown, keyed)), Some((new_shown, new_keyed))) = (before, after) else {
                continue;
            };
            if keyed != new_keyed {
                let title = to.columns.get(*new_column).map_or("", String::as_str);
                let at = place(number, &format!("{key} / {title}"));
                found.push(Inside::of(What::Cell, at, shown, new_shown));
            }
        }
    }
    let below = |table: &Table, side: Side<'_>| -> (String, String) {
        let blocks = table.below.iter();
        let notes = table.footnotes.iter();
        let shown: Vec<String> = blocks
            .clone()
            .map(|block| side.shown_block(block))
            .chain(notes.clone().map(|note| side.shown(&note.text)))
            .collect();
        let keyed: Vec<String> = blocks
            .map(|block| side.keyed_block(block))
            .chain(notes.map(|note| side.keyed(&note.text)))
            .collect();
        (shown.join("\n"), keyed.join("\n"))
    };
    let ((shown, keyed), (new_shown, new_keyed)) = (below(old.0, old.1), below(new.0, new.1));
    if keyed != new_keyed {
        found.push(Inside::of(What::Note, number.to_owned(), &shown, &new_shown));
    }
    found
}

fn place(number: &str, inner: &str) -> String {
    format!("{number} {inner}").trim().to_owned()
}

/// Which column is which: by title, then by what stands in it, then what is left in order.
fn columns(old: &Grid, new: &Grid) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    if old.columns.len().max(new.columns.len()) > MOST_COLUMNS {
        return (0..old.columns.len().min(new.columns.len()))
            .map(|column| (column, column))
            .collect();
    }
    let mut join = |one: &dyn Fn(usize, usize) -> bool| {
        for a in 0..old.columns.len() {
            for b in 0..new.columns.len() {
                if !pairs.iter().any(|(x, y)| *x == a || *y == b) && one(a, b) {
                    pairs.push((a, b));
                }
            }
        }
    };
    join(&|a, b| old.columns.get(a) == new.columns.get(b));
    join(&|a, b| {
        let words = old.column_words(a);
        !words.is_empty() && words == new.column_words(b)
    });
    if old.columns.len() == new.columns.len() {
        join(&|a, b| a == b);
    }
    pairs.sort_by_key(|(_, column)| *column);
    pairs
}

/// Which row is which: by all its words, by its first cell, then by how many cells are the same.
fn rows(old: &Grid, new: &Grid, columns: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let cells = |grid: &Grid, row: usize, new: bool| -> Vec<String> {
        columns
            .iter()
            .map(|(a, b)| {
                let column = if new { *b } else { *a };
                let cell = grid.rows.get(row).and_then(|cells| cells.get(column));
                cell.map(|(_, keyed)| keyed.clone()).unwrap_or_default()
            })
            .collect()
    };
    let from: Vec<Vec<String>> = (0..old.rows.len()).map(|row| cells(old, row, false)).collect();
    let to: Vec<Vec<String>> = (0..new.rows.len()).map(|row| cells(new, row, true)).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut taken: (Vec<bool>, Vec<bool>) = (vec![false; from.len()], vec![false; to.len()]);
    let mut join = |a: usize, b: usize, taken: &mut (Vec<bool>, Vec<bool>)| {
        if let (Some(x @ false), Some(y @ false)) = (taken.0.get_mut(a), taken.1.get_mut(b)) {
            (*x, *y) = (true, true);
            pairs.push((a, b));
        }
    };
    // In order, so that rows that are alike stay beside one another.
    let by = |key: &dyn Fn(&Vec<String>) -> String, taken: &(Vec<bool>, Vec<bool>)| -> Vec<(usize, usize)> {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, row) in to.iter().enumerate().rev() {
            if taken.1.get(index) == Some(&false) {
                places.entry(key(row)).or_default().push(index);
            }
        }
        from.iter()
            .enumerate()
            .filter(|(index, row)| taken.0.get(*index) == Some(&false) && !key(row).is_empty())
            .filter_map(|(index, row)| Some((index, places.get_mut(&key(row))?.pop()?)))
            .collect()
    };
    for (a, b) in by(&|row| row.join("\u{1f}"), &taken) {
        join(a, b, &mut taken);
    }
    for (a, b) in by(&|row| row.first().cloned().unwrap_or_default(), &taken) {
        join(a, b, &mut taken);
    }
    if from.len() * to.len() > MOST_ROWS {
        pairs.sort_unstable();
        return pairs;
    }
    for (a, row) in from.iter().enumerate() {
        let alike = |b: usize| {
            let other = to.get(b).into_iter().flatten();
            let same = row.iter().zip(other).filter(|(x, y)| x == y && !x.is_empty()).count();
            same * 2 >= row.len().max(1)
        };
        if let Some(b) = (0..to.len()).find(|b| taken.1.get(*b) == Some(&false) && alike(*b)) {
            join(a, b, &mut taken);
        }
    }
    pairs.sort_unstable();
    pairs
}
