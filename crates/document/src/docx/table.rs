//! Tables and data: rows that repeat on each page, cells over several rows and columns, what stands below in the frame.

use super::Writer;
use super::block::{Around, Place};
use super::object::Object;
use super::page::Section;
use super::paragraph::Paragraph;
use super::style_name::{AFTER, CELL, TABLE, TEXT};
use crate::column_width::{Layout, align};
use crate::data;
use crate::model::{Align, Block, DataFence, Inline, Table};

/// A character of 小五, in twentieths of a point.
const CHARACTER: f64 = 180.0;

impl Writer<'_> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        self.titled_grid(block, table, table.caption.as_deref());
    }

    /// A data fence as its table.
    pub(super) fn data(&mut self, block: &Block, fence: &DataFence) {
        let table = data::table(fence, &mut Vec::new());
        let caption = fence.shown_caption(self.resolved.label(&block.id).is_some());
        self.titled_grid(block, &table, caption.as_deref());
    }

    fn titled_grid(&mut self, block: &Block, table: &Table, caption: Option<&[Inline]>) {
        let own: Vec<&str> = table.footnotes.iter().map(|note| note.label.as_str()).collect();
        self.object_title(Object::Table, block, caption, table.caption_other.as_deref(), &own);
        if table.columns.is_empty() {
            return;
        }
        self.unit(table.unit.as_deref());
        let layout = Layout::of(table);
        let column = f64::from(Section::last(self.document.kind).column());
        let whole: f64 = layout.widths.iter().sum();
        let widths: Vec<u32> = layout
            .widths
            .iter()
            .map(|width| (width / whole * column).floor().max(200.0) as u32)
            .collect();
        let mut out = format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{TABLE}\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:jc w:val=\"center\"/>\
             <w:tblBorders>{}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
            if table.open { no_edges() } else { edges() },
        );
        for width in &widths {
            out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        out.push_str("</w:tblGrid>");
        out.push_str(&self.rows(table, &own, &widths, &layout));
        if !table.below.is_empty() || !table.footnotes.is_empty() {
            out.push_str(&self.below(table, &widths));
        }
        out.push_str("</w:tbl>");
        self.out.push_str(&out);
        // Word would join two tables that stand side by side.
        self.put(&Paragraph::of(AFTER), "");
    }

    fn rows(&mut self, table: &Table, own: &[&str], widths: &[u32], layout: &Layout) -> String {
        let head = table.head.len();
        let mut out = String::new();
        // For each column the cell that reaches down into it: its width, and how many rows are left.
        let mut reach: Vec<(usize, u32)> = vec![(0, 0); widths.len()];
        for (index, line) in table.grid().iter().enumerate() {
            let is_head = index < head;
            let last_of_head = index + 1 == head;
            let plain = line.iter().all(Option::is_some);
            let header = if is_head { "<w:tblHeader/>" } else { "" };
            out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>"));
            let mut height: f64 = 1.0;
            let mut column = 0;
            while column < widths.len() {
                let below = reach.get(column).copied().unwrap_or_default();
                if below.1 > 0 {
                    if let Some(place) = reach.get_mut(column) {
                        place.1 -= 1;
                    }
                    out.push_str(&open_cell(widths, column, below.0, "<w:vMerge/>", last_of_head));
                    out.push_str(&Paragraph::of(CELL).print(""));
                    out.push_str("</w:tc>");
                    column += below.0.max(1);
                    continue;
                }
                let Some(cell) = line.get(column).copied().flatten() else {
                    out.push_str(&open_cell(widths, column, 1, "", last_of_head));
                    out.push_str(&Paragraph::of(CELL).print(""));
                    out.push_str("</w:tc>");
                    column += 1;
                    continue;
                };
                let span = (cell.columns.max(1) as usize).min(widths.len() - column);
                let merge = if cell.rows > 1 {
                    "<w:vMerge w:val=\"restart\"/>"
                } else {
                    ""
                };
                if let Some(place) = reach.get_mut(column) {
                    *place = (span, cell.rows.max(1) - 1);
                }
                out.push_str(&open_cell(widths, column, span, merge, last_of_head));
                let align = match align(table, cell, column, plain, (!is_head).then_some(layout)) {
                    Align::Left => "left",
                    Align::Right => "right",
                    Align::Centre => "center",
                    Align::Natural => "",
                };
                let runs = self.text_with(&cell.text, own);
                let room: u32 = widths.iter().skip(column).take(span).sum();
                let room = f64::from(room) / CHARACTER;
                height = height.max((crate::column_width::width(&cell.text) / room.max(1.0)).ceil());
                let paragraph = if table.open {
                    Paragraph::of(TEXT).hanging(0, 0)
                } else {
                    Paragraph::of(CELL).align(align)
                };
                out.push_str(&paragraph.print(&runs));
                out.push_str("</w:tc>");
                column += span;
            }
            out.push_str("</w:tr>");
            self.pages.lines(height);
        }
        out
    }

    /// 表中段, 注, 表脚注: one cell across the table.
    fn below(&mut self, table: &Table, widths: &[u32]) -> String {
        let from = self.out.len();
        self.scoped(&table.below, Around::at(Place::Cell));
        self.own_footnotes(&table.footnotes);
        let mut inner = self.out.split_off(from);
        if !inner.ends_with("</w:p>") {
            inner.push_str(&Paragraph::of(CELL).print(""));
        }
        let whole: u32 = widths.iter().sum();
        format!(
            "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"{whole}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/><w:tcBorders>{}</w:tcBorders>\
             </w:tcPr>{inner}</w:tc></w:tr>",
            widths.len(),
            edge("top", THICK)
        )
    }
}

/// Widths of lines, in eighths of a point.
const THICK: u32 = 8;
const THIN: u32 = 4;

fn edge(side: &str, width: u32) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"{width}\" w:space=\"0\" w:color=\"auto\"/>")
}

/// The frame and what parts the cells.
fn edges() -> String {
    let frame = ["top", "left", "bottom", "right"].map(|side| edge(side, THICK));
    let inside = ["insideH", "insideV"].map(|side| edge(side, THIN));
    frame.concat() + &inside.concat()
}

fn no_edges() -> String {
    ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"nil\"/>"))
        .concat()
}

fn open_cell(widths: &[u32], column: usize, span: usize, merge: &str, last_of_head: bool) -> String {
    let width: u32 = widths.iter().skip(column).take(span.max(1)).sum();
    let over = if span > 1 {
        format!("<w:gridSpan w:val=\"{span}\"/>")
    } else {
        String::new()
    };
    let border = if last_of_head {
        format!("<w:tcBorders>{}</w:tcBorders>", edge("bottom", THICK))
    } else {
        String::new()
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{over}{merge}{border}<w:vAlign w:val=\"center\"/></w:tcPr>"
    )
}
