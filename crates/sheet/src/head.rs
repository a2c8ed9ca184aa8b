//! Which row is the head, and which column is which.

use std::collections::BTreeMap;

use crate::column::{ColumnId, TableLayout};
use crate::fault::{Note, UnknownColumn};
use crate::grid::{Grid, letter};
use crate::number_text::half_width;
use crate::stamp::Stamp;

/// The head is looked for in this many rows.
const SEARCHED: u32 = 100;

/// A head as it was found.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Its row, from 0.
    pub(crate) row: u32,
    /// The sheet's column of each known column, from 0.
    pub(crate) places: BTreeMap<ColumnId, u32>,
    /// The column of reasons of an earlier marking.
    pub(crate) reason: Option<u32>,
    pub(crate) unknown: Vec<UnknownColumn>,
    pub(crate) notes: Vec<Note>,
}

/// Two columns with the head of one.
#[derive(Debug, PartialEq)]
pub(crate) struct ColumnTwice {
    pub(crate) title: String,
    pub(crate) first: String,
    pub(crate) second: String,
}

/// Everything a head may be recognised by.
pub(crate) struct Titles<'a> {
    layout: &'a TableLayout,
    stamp: Option<&'a Stamp>,
    names: &'a [(usize, u32, u32)],
}

impl<'a> Titles<'a> {
    pub(crate) fn new(layout: &'a TableLayout, stamp: Option<&'a Stamp>, names: &'a [(usize, u32, u32)]) -> Self {
        Self { layout, stamp, names }
    }

    /// The column that a head's text means: by the title it was written with, then by today's, then by id.
    fn column(&self, text: &str) -> Option<ColumnId> {
        let wanted = plain(text);
        if wanted.is_empty() {
            return None;
        }
        let written = self
            .stamp
            .into_iter()
            .flat_map(|s| &s.columns)
            .find(|(id, title)| plain(title) == wanted && self.layout.column(id.as_str()).is_some())
            .map(|(id, _)| id.clone());
        written.or_else(|| {
            let columns = &self.layout.columns;
            let by_title = columns.iter().find(|c| plain(&c.title) == wanted);
            let found = by_title.or_else(|| columns.iter().find(|c| c.id.as_str() == text.trim()));
            found.map(|c| c.id.clone())
        })
    }

    /// How many columns a row names.
    fn score(&self, grid: &Grid, row: u32) -> usize {
        grid.rows.get(&row).map_or(0, |cells| {
            let mut ids: Vec<ColumnId> = cells
                .iter()
                .filter_map(|(_, cell)| self.column(&cell.shown()))
                .collect();
            ids.sort();
            ids.dedup();
            ids.len()
        })
    }

    /// The row that names most columns, the first of them; else where our names point.
    pub(crate) fn head_row(&self, grid: &Grid) -> Option<(u32, usize)> {
        let best = grid
            .rows
            .range(..SEARCHED)
            .map(|(row, _)| (*row, self.score(grid, *row)))
            .max_by_key(|(row, score)| (*score, u32::MAX - row))
            .filter(|(_, score)| *score > 0);
        best.or_else(|| {
            let (_, row, _) = self.names.first()?;
            let ours = self.stamp.is_some_and(|s| s.sheet == grid.name);
            (ours && grid.rows.contains_key(row)).then_some((*row, 0))
        })
    }

    /// Finds each column of the head at `row`.
    pub(crate) fn find(&self, grid: &Grid, row: u32) -> Result<Head, ColumnTwice> {
        let mut head = Head { row, ..Head::default() };
        let reason_title = self.stamp.and_then(|s| s.reason_title.as_deref()).map(plain);
        let mut unnamed = Vec::new();
        for column in 0..=grid.last_column() {
            let title = grid.shown(row, column);
            if reason_title.as_ref().is_some_and(|t| *t == plain(&title)) {
                head.reason = Some(column);
                head.notes.push(Note::ReasonColumnIgnored);
                continue;
            }
            let Some(id) = self.column(&title) else {
                unnamed.push((column, title));
                continue;
            };
            if let Some(first) = head.places.get(&id) {
                return Err(ColumnTwice {
                    title,
                    first: letter(*first),
                    second: letter(column),
                });
            }
            head.places.insert(id, column);
        }
        for (column, title) in unnamed {
            match self.by_name(&head, column) {
                Some(id) => {
                    head.notes.push(Note::TitleChanged {
                        column: id.clone(),
                        found: title,
                    });
                    head.places.insert(id, column);
                }
                None => {
                    let filled = grid
                        .rows
                        .range(row + 1..)
                        .filter(|(r, _)| grid.cell(**r, column).is_some_and(|c| !c.is_blank()))
                        .count();
                    if filled > 0 || !title.trim().is_empty() {
                        head.unknown.push(UnknownColumn {
                            letter: letter(column),
                            title,
                            filled,
                        });
                    }
                }
            }
        }
        Ok(head)
    }

    /// The still missing column whose defined name points to this head cell.
    fn by_name(&self, head: &Head, column: u32) -> Option<ColumnId> {
        let stamp = self.stamp?;
        let (index, ..) = self.names.iter().find(|(_, r, c)| *r == head.row && *c == column)?;
        let (id, _) = stamp.columns.get(*index)?;
        let known = self.layout.column(id.as_str()).is_some();
        (known && !head.places.contains_key(id)).then(|| id.clone())
    }
}

/// A title without what people change unknowingly: width of letters, case, spaces and line ends.
fn plain(title: &str) -> String {
    half_width(title)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{FEFF}')
        .flat_map(char::to_lowercase)
        .collect()
}
