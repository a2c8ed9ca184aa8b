//! A table as Word has it → a table of the model.

use super::Reader;
use super::blocks::{Held, blocks};
use super::figure::object_note;
use super::line::{Cell as WordCell, Grid, Line, Piece};
use super::links::Links;
use super::role::{Context, Role, Taken, take};
use super::words::labelled;
use crate::finding::message;
use crate::model::{Cell, Column, Inline, InlineKind, Row, Table};

/// The table; `None` where it has no cells.
pub(super) fn table(reader: &mut Reader, links: &mut Links, mut grid: Grid) -> Option<Table> {
    let width = grid
        .rows
        .iter()
        .flatten()
        .map(|cell| cell.column + cell.columns)
        .max()
        .unwrap_or(0);
    if width == 0 || grid.rows.iter().all(Vec::is_empty) {
        return None;
    }
    let mut table = Table::default();
    if grid.rows.len() > 1 && grid.rows.last().is_some_and(|row| is_below(row, width)) {
        let row = grid.rows.pop().unwrap_or_default();
        let mut held = Vec::new();
        for piece in row.into_iter().flat_map(|cell| cell.pieces) {
            match piece {
                Piece::Grid(inner) => held.push(Held::Grid(inner)),
                Piece::Line(line) => {
                    let taken = take(&line, Context::default());
                    if taken.role == Role::ObjectNote || superscript_first(&line) {
                        table.footnotes.push(object_note(line));
                    } else {
                        let role = match taken.role {
                            Role::Note | Role::NoteText | Role::Item(_) | Role::Example => taken.role,
                            _ => Role::Text,
                        };
                        held.push(Held::Line(line, Taken { role, ..taken }));
                    }
                }
            }
        }
        table.below = blocks(reader, links, held, None, false);
    }
    let rows = grid.rows.len();
    let mut head = if grid.head > 0 {
        grid.head
    } else {
        usize::from(rows > 1)
    };
    // A head does not end within a cell.
    for index in 0..rows {
        if index < head {
            let down = grid
                .rows
                .get(index)
                .into_iter()
                .flatten()
                .map(|cell| cell.rows)
                .max()
                .unwrap_or(1);
            head = head.max(index + down);
        }
    }
    let head = if head >= rows { usize::from(rows > 1) } else { head };
    let labels: Vec<String> = table.footnotes.iter().map(|note| note.label.clone()).collect();
    let mut covered = vec![0_usize; width];
    let place = grid.place;
    let mut made = Vec::new();
    for (index, row) in grid.rows.into_iter().enumerate() {
        let mut cells = Vec::new();
        let mut waiting = row.into_iter().peekable();
        let mut column = 0;
        while column < width {
            if let Some(rows) = covered.get_mut(column).filter(|rows| **rows > 0) {
                *rows -= 1;
                column += 1;
                continue;
            }
            // Cells that are covered by others come after them.
            while waiting.peek().is_some_and(|cell| cell.column < column) {
                if let Some(lost) = waiting.next() {
                    cells.push(cell_of(reader, lost, &labels, place));
                }
            }
            let begins = waiting.peek().is_some_and(|cell| cell.column == column);
            let Some(cell) = begins.then(|| waiting.next()).flatten() else {
                cells.push(Cell::new(Vec::new()));
                column += 1;
                continue;
            };
            let free = covered.iter().skip(column).take_while(|rows| **rows == 0).count();
            let span = cell.columns.min(free).max(1);
            let down = cell.rows.min(rows - index).max(1);
            for under in covered.iter_mut().skip(column).take(span) {
                *under = down - 1;
            }
            let mut made = cell_of(reader, cell, &labels, place);
            made.columns = span as u32;
            made.rows = down as u32;
            cells.push(made);
            column += span;
        }
        made.push(Row {
            cells,
            ..Row::default()
        });
    }
    table.columns = vec![Column::default(); width];
    table.body = made.split_off(head.min(made.len()));
    table.head = made;
    Some(table)
}

/// A last row across the table with paragraphs, notes or footnotes of it.
fn is_below(row: &[WordCell], width: usize) -> bool {
    let [cell] = row else { return false };
    if cell.columns < width {
        return false;
    }
    cell.pieces
        .iter()
        .find_map(|piece| match piece {
            Piece::Line(line) if !line.inlines.is_empty() => Some(line),
            _ => None,
        })
        .is_some_and(|line| {
            let own = line.own_style && !matches!(line.style.as_str(), "表格" | "");
            own || width > 1 && (labelled(&line.text, &["注", "NOTE"]).is_some() || superscript_first(line))
        })
}

fn superscript_first(line: &Line) -> bool {
    line.inlines
        .first()
        .is_some_and(|first| matches!(first.kind, InlineKind::Superscript(_)))
}

/// A cell's words on one line; its paragraphs are parted by breaks.
fn cell_of(reader: &mut Reader, cell: WordCell, labels: &[String], place: usize) -> Cell {
    let mut text: Vec<Inline> = Vec::new();
    lines(reader, cell.pieces, &mut text, place);
    for inline in &mut text {
        if let InlineKind::Superscript(inner) = &inline.kind {
            let mark = super::run::plain(inner);
            if labels.contains(&mark) {
                inline.kind = InlineKind::FootnoteMark(mark);
            }
        }
    }
    Cell::new(text)
}

fn lines(reader: &mut Reader, pieces: Vec<Piece>, text: &mut Vec<Inline>, place: usize) {
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                if line.inlines.is_empty() {
                    continue;
                }
                if !text.is_empty() {
                    text.push(Inline::new(InlineKind::Break));
                }
                // What a list prints is part of what a cell says.
                let label = line.label.as_ref().map(|label| label.shown.clone()).unwrap_or_default();
                if !label.is_empty() {
                    text.push(Inline::text(format!("{label}\u{a0}")));
                }
                text.extend(line.inlines);
            }
            Piece::Grid(inner) => {
                reader.warn(place, message!("import-nested-table"));
                for row in inner.rows {
                    for cell in row {
                        lines(reader, cell.pieces, text, place);
                    }
                }
            }
        }
    }
}
