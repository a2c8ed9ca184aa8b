//! Tables.

use super::{Block, DataFence, Footnote, Inline, Span};
use serde::{Deserialize, Serialize};

/// 表. A cell that spans others stands once, in its first row; rows hold only the cells that begin in them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// 表题; `None` in a table without title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// The title in the other language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption_other: Option<String>,
    /// The words of 单位为…: `毫米`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// 表头.
    pub head: Vec<Row>,
    /// The rows.
    pub body: Vec<Row>,
    /// Paragraphs and notes inside the table's frame (表中段, 注), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<Block>,
    /// 表脚注, marked a, b, c ….
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// The fence from which columns and rows were read, if the source has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fence: Option<DataFence>,
    /// Whether it has no number: a table of layout, or one inside an example.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnumbered: bool,
    /// Whether it has no lines: what only stands side by side, above a form.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

impl Table {
    /// All rows, those of the head first.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.head.iter().chain(&self.body)
    }

    /// Whether any cell spans others.
    pub fn has_spans(&self) -> bool {
        self.rows()
            .any(|row| row.cells.iter().any(|cell| cell.columns > 1 || cell.rows > 1))
    }

    /// The rows as a grid: for each row and column the cell that begins there (`Some`), or `None` where one reaches
    /// into from the left or from above.
    pub fn grid(&self) -> Vec<Vec<Option<&Cell>>> {
        let width = self.columns.len();
        let mut covered = vec![0_u32; width];
        let mut grid = Vec::new();
        for row in self.rows() {
            let mut line: Vec<Option<&Cell>> = vec![None; width];
            let mut cells = row.cells.iter();
            let mut column = 0;
            while column < width {
                if let Some(rows) = covered.get_mut(column).filter(|rows| **rows > 0) {
                    *rows -= 1;
                    column += 1;
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                if let Some(place) = line.get_mut(column) {
                    *place = Some(cell);
                }
                let reach = (cell.columns.max(1) as usize).min(width - column);
                for under in covered.iter_mut().skip(column).take(reach) {
                    *under = cell.rows.max(1) - 1;
                }
                column += reach;
            }
            grid.push(line);
        }
        grid
    }
}

/// A column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// How its cells stand.
    pub align: Align,
    /// Its width in parts of the table's, where that is no matter of what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
}

/// How text stands in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// As the house style has it.
    #[default]
    Natural,
    /// Left.
    Left,
    /// Centre.
    Centre,
    /// Right.
    Right,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// The cells that begin in it.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where its text stands.
    #[serde(skip)]
    pub span: Span,
    /// What it says.
    pub text: Vec<Inline>,
    /// How many columns it spans, from 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u32,
    /// How many rows it spans, from 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u32,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(text: Vec<Inline>) -> Self {
        Self {
            span: Span::NOWHERE,
            text,
            columns: 1,
            rows: 1,
        }
    }
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it a reference")]
fn is_one(value: &u32) -> bool {
    *value == 1
}
