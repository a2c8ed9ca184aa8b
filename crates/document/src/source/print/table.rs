//! Tables → pipes.

use super::inline;
use crate::model::{Align, Row, Table};

/// The rows with pipes: `<` and `^` where a cell reaches in.
pub(super) fn pipes(table: &Table) -> String {
    let width = table.columns.len();
    if width == 0 {
        return String::new();
    }
    let mut lines = Vec::new();
    let mut covered = vec![0_u32; width];
    for row in &table.head {
        lines.push(line(row, &mut covered));
    }
    let rule: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Natural => "---",
            Align::Left => ":---",
            Align::Centre => ":---:",
            Align::Right => "---:",
        })
        .collect();
    lines.push(format!("| {} |", rule.join(" | ")));
    for row in &table.body {
        lines.push(line(row, &mut covered));
    }
    lines.join("\n")
}

fn line(row: &Row, covered: &mut [u32]) -> String {
    let mut cells = row.cells.iter();
    let mut text = String::from("|");
    let mut reach = 0;
    let mut rows_below = 0;
    for column in covered.iter_mut() {
        let cell = if *column > 0 {
            *column -= 1;
            "^".to_owned()
        } else if reach > 0 {
            reach -= 1;
            *column = rows_below;
            "<".to_owned()
        } else {
            match cells.next() {
                Some(cell) => {
                    reach = cell.columns.max(1) - 1;
                    rows_below = cell.rows.max(1) - 1;
                    *column = rows_below;
                    inline::cell(&cell.text)
                }
                None => String::new(),
            }
        };
        text.push_str(&format!(" {cell} |"));
    }
    text
}
