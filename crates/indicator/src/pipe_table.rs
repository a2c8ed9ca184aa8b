//! The pipe table of indicators: cells with their places.

use crate::block::Block;
use crate::finding::Place;

/// A cell, its text trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// The rows of a pipe table, its head first, the line of dashes left out.
pub(crate) fn rows(block: &Block) -> Vec<Vec<Cell>> {
    block
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with('|'))
        .map(|(at, line)| cells(line, block, block.first_line + at))
        .filter(|cells| !is_rule(cells))
        .collect()
}

fn is_rule(cells: &[Cell]) -> bool {
    let dashes = |cell: &Cell| cell.text.contains('-') && cell.text.chars().all(|c| matches!(c, '-' | ':'));
    !cells.is_empty() && cells.iter().all(dashes)
}

/// `\|` is a stroke inside a cell; so is one in quotation marks, braces or brackets of a formula's `||`.
fn cells(line: &str, block: &Block, number: usize) -> Vec<Cell> {
    let characters: Vec<char> = line.trim_end().chars().collect();
    let mut cells = Vec::new();
    let mut start = None;
    let mut text = String::new();
    let mut at = 0;
    while let Some(c) = characters.get(at) {
        let next = characters.get(at + 1);
        if *c == '\\' && next == Some(&'|') {
            text.push('|');
            at += 2;
            continue;
        }
        if *c == '|' {
            if let Some(start) = start.replace(at + 1) {
                cells.push(cell(&text, start, block, number));
            }
            text.clear();
        } else {
            text.push(*c);
        }
        at += 1;
    }
    if let Some(start) = start.filter(|_| !text.trim().is_empty()) {
        cells.push(cell(&text, start, block, number));
    }
    cells
}

fn cell(text: &str, start: usize, block: &Block, line: usize) -> Cell {
    let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
    Cell {
        text: text.trim().to_owned(),
        place: Place {
            line,
            column: start + blanks + 1,
            clause: block.clause.clone(),
        },
    }
}
