//! Tables written with pipes.

use super::inline;
pub(crate) use super::inline::RawCell;
use super::line::{Line, span_of};
use crate::finding::{Finding, message};
use crate::model::{Align, Cell, Column, Inline, Position, Row, Span, Table};

/// No table has more cells: rows are filled up to the longest.
const LARGEST: usize = 1_000_000;

/// Whether a line is the rule between head and body: `|---|:--:|`.
pub(super) fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains('-')
        && text.contains('|')
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
        && split(text).all(|cell| {
            let cell = cell.trim();
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            !dashes.is_empty() && dashes.chars().all(|c| c == '-')
        })
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    text.strip_suffix('|').unwrap_or(text).split('|')
}

fn align(cell: &str) -> Align {
    let cell = cell.trim();
    match (cell.starts_with(':'), cell.ends_with(':')) {
        (true, true) => Align::Centre,
        (true, false) => Align::Left,
        (false, true) => Align::Right,
        (false, false) => Align::Natural,
    }
}

/// The table that these lines are: the rows above the rule are the head.
pub(super) fn table(findings: &mut Vec<Finding>, lines: &[Line<'_>]) -> Table {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut aligns = Vec::new();
    let mut ruled = None;
    for line in lines {
        if ruled.is_none() && is_rule(line.text) {
            ruled = Some(rows.len());
            aligns = split(line.text).map(align).collect();
            continue;
        }
        rows.push(RawRow {
            span: line.trimmed().span(),
            cells: inline::read_cells(line.trimmed(), findings),
        });
    }
    let head = ruled.unwrap_or(0);
    let mut table = merge(findings, rows, head, span_of(lines));
    for (column, align) in table.columns.iter_mut().zip(aligns) {
        column.align = align;
    }
    table
}

/// A row before its cells are merged.
pub(crate) struct RawRow {
    pub span: Span,
    pub cells: Vec<RawCell>,
}

/// Makes columns and rows of raw rows: `<` joins a cell with the one before it, `^` with the one above.
pub(crate) fn merge(findings: &mut Vec<Finding>, mut raw: Vec<RawRow>, head: usize, span: Span) -> Table {
    let widest = raw.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let width = widest.min((LARGEST / raw.len().max(1)).max(1));
    if width < widest {
        findings.push(Finding::error("SRC-02", span, message!("doc-table-too-large")));
    }
    for row in &mut raw {
        // Nothing is dropped: what has no column goes into the last cell.
        let more: Vec<Inline> = row
            .cells
            .drain(width.min(row.cells.len())..)
            .flat_map(|cell| cell.text)
            .collect();
        if let Some(last) = row.cells.last_mut() {
            last.text.extend(more);
        }
        if row.cells.len() < width {
            findings.push(Finding::error(
                "SRC-20",
                row.span,
                message!("doc-short-row", cells = row.cells.len(), columns = width),
            ));
            row.cells.resize_with(width, RawCell::empty);
        }
    }
    if width == 0 {
        findings.push(Finding::error("SRC-20", span, message!("doc-empty-table")));
    }
    let mut taken = vec![vec![false; width]; raw.len()];
    let mut rows = Vec::with_capacity(raw.len());
    for r in 0..raw.len() {
        let last = if r < head { head } else { raw.len() };
        let mut cells = Vec::new();
        for c in 0..width {
            if is(&taken, r, c) {
                continue;
            }
            let columns = 1
                + (c + 1..width)
                    .take_while(|next| is_mark(&raw, r, *next, '<') && !is(&taken, r, *next))
                    .count();
            let below = (r + 1..last)
                .take_while(|row| {
                    is_mark(&raw, *row, c, '^')
                        && (c + 1..c + columns).all(|x| is_mark(&raw, *row, x, '^') || is_mark(&raw, *row, x, '<'))
                        && (c..c + columns).all(|x| !is(&taken, *row, x))
                })
                .count();
            for row in taken.iter_mut().skip(r).take(below + 1) {
                row.iter_mut().skip(c).take(columns).for_each(|cell| *cell = true);
            }
            let Some(cell) = raw.get_mut(r).and_then(|row| row.cells.get_mut(c)) else {
                continue;
            };
            if cell.mark.is_some() {
                findings.push(Finding::error("SRC-20", cell.span, message!("doc-lone-mark")));
            }
            cells.push(Cell {
                span: cell.span,
                text: std::mem::take(&mut cell.text),
                columns: columns as u32,
                rows: 1 + below as u32,
            });
        }
        rows.push(Row {
            span: raw.get(r).map(|row| row.span).unwrap_or_default(),
            cells,
        });
    }
    let body = rows.split_off(head.min(rows.len()));
    Table {
        columns: vec![Column::default(); width],
        head: rows,
        body,
        ..Table::default()
    }
}

fn is(taken: &[Vec<bool>], row: usize, column: usize) -> bool {
    taken.get(row).and_then(|row| row.get(column)).copied().unwrap_or(false)
}

fn is_mark(raw: &[RawRow], row: usize, column: usize, mark: char) -> bool {
    raw.get(row)
        .and_then(|row| row.cells.get(column))
        .is_some_and(|cell| cell.mark == Some(mark))
}

/// The pipe table of a text whose first character stands at `at`, and the lines that are no rows.
pub(crate) fn read_pipes(text: &str, at: Position, findings: &mut Vec<Finding>) -> (Table, Vec<Span>) {
    let lines: Vec<Line<'_>> = text
        .lines()
        .enumerate()
        .map(|(index, text)| Line {
            text,
            at: Position::new(at.line + index as u32, at.column),
        })
        .filter(|line| !line.is_blank())
        .collect();
    let (rows, others): (Vec<Line<'_>>, Vec<Line<'_>>) = lines
        .into_iter()
        .partition(|line| line.text.trim_start().starts_with('|'));
    if rows.is_empty() {
        findings.push(Finding::error("SRC-20", Span::at(at), message!("doc-empty-table")));
        return (
            Table::default(),
            others.iter().map(|line| line.trimmed().span()).collect(),
        );
    }
    let table = table(findings, &rows);
    (table, others.iter().map(|line| line.trimmed().span()).collect())
}
