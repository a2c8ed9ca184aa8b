//! Tables and data → calls.

use super::Writer;
use super::literal::{array, content, literal};
use crate::column_width::{Layout, align};
use crate::data;
use crate::model::{Align, Block, Cell, DataFence, Inline, Row, Table};
use crate::resolve::printed;

impl Writer<'_> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        self.grid(block, table, table.caption.as_deref());
    }

    /// A data fence as its table.
    pub(super) fn data(&mut self, block: &Block, fence: &DataFence) {
        let table = data::table(fence, &mut Vec::new());
        let caption = fence.shown_caption(self.resolved.label(&block.id).is_some());
        self.grid(block, &table, caption.as_deref());
    }

    /// 表1 or 图1 and the title; `none` where there is neither.
    pub(super) fn object_caption(
        &mut self,
        block: &Block,
        caption: Option<&[Inline]>,
        other: Option<&str>,
        own: &[&str],
    ) -> String {
        let number = self.caption(&block.id);
        if number.is_empty() && caption.is_none() {
            return "none".to_owned();
        }
        let title = caption.map_or_else(|| "none".to_owned(), |text| content(&self.text_with(text, own)));
        let language = self.document.front.language.other();
        let other = other.map(|title| printed::titled(language, &self.resolved.caption(&block.id, language), title));
        format!(
            "caption({},{title},{})",
            literal(&number),
            literal(&other.unwrap_or_default())
        )
    }

    fn grid(&mut self, block: &Block, table: &Table, caption: Option<&[Inline]>) {
        if table.columns.is_empty() {
            return;
        }
        let own: Vec<&str> = table.footnotes.iter().map(|note| note.label.as_str()).collect();
        let caption = self.object_caption(block, caption, table.caption_other.as_deref(), &own);
        let number = literal(&self.caption(&block.id));
        // The head asks on which page the table began.
        let key = block.id.as_str();
        self.anchors.insert(key.to_owned());
        let layout = Layout::of(table);
        if table.open {
            let rows = self.rows(&table.body, table, &own, Some(&layout));
            let widths = array(layout.widths.iter().map(|width| format!("{width:.1}fr")));
            self.put(&format!("#side-by-side({widths},{rows})\n"));
            return;
        }
        let head = self.rows(&table.head, table, &own, None);
        let rows = self.rows(&table.body, table, &own, Some(&layout));
        let below = if table.below.is_empty() && table.footnotes.is_empty() {
            "none".to_owned()
        } else {
            let mut below = self.held_blocks(&table.below);
            below.pop();
            below.push_str(&self.own_footnotes(&table.footnotes));
            format!("{below}]")
        };
        self.put(&format!(
            "#table-figure({caption},grid-of({},{number},{},{},{},{head},{rows},{below}))\n",
            literal(key),
            literal(printed::continued(self.tongue)),
            literal(
                &table
                    .unit
                    .as_deref()
                    .map(|unit| printed::unit(self.tongue, unit))
                    .unwrap_or_default()
            ),
            array(layout.widths.iter().map(|width| format!("{width:.1}fr"))),
        ));
    }

    fn rows(&mut self, rows: &[Row], table: &Table, own: &[&str], layout: Option<&Layout>) -> String {
        let mut lines = Vec::new();
        let outer = std::mem::replace(&mut self.narrow, true);
        for row in rows {
            let plain = row.cells.len() == table.columns.len();
            let mut cells = Vec::new();
            for (index, cell) in row.cells.iter().enumerate() {
                let text = content(&self.text_with(&cell.text, own));
                let column = index.min(table.columns.len() - 1);
                let align = match align(table, cell, column, plain, layout) {
                    Align::Left => "left",
                    Align::Right => "right",
                    // The middle is where a table puts its cells.
                    Align::Centre | Align::Natural => "",
                };
                cells.push(cell_call(cell, align, &text));
            }
            lines.push(array(cells));
        }
        self.narrow = outer;
        array(lines)
    }
}

fn cell_call(cell: &Cell, align: &str, text: &str) -> String {
    let mut marks = String::new();
    if cell.columns > 1 {
        marks.push_str(&format!("colspan:{},", cell.columns));
    }
    if cell.rows > 1 {
        marks.push_str(&format!("rowspan:{},", cell.rows));
    }
    if !align.is_empty() {
        marks.push_str(&format!("align:{align}+horizon,"));
    }
    if marks.is_empty() {
        text.to_owned()
    } else {
        format!("table.cell({marks}{text})")
    }
}
