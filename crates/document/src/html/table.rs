//! Tables and data → HTML.

use super::Page;
use super::write::escape;
use crate::data;
use crate::model::{Align, Block, DataFence, Footnote, Id, Row, Table};
use crate::resolve::{printed, small_letter};

impl Page<'_> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        self.put(&format!("<figure class=\"table\"{}>\n", self.id(block.id.as_str())));
        let caption = table.caption.as_ref().map(|text| self.text(text)).unwrap_or_default();
        self.caption(block, &caption, table.caption_other.as_deref());
        if let Some(unit) = &table.unit {
            let unit = printed::unit(self.tongue, unit);
            self.put(&format!("<p class=\"unit\">{}</p>\n", escape(&unit)));
        }
        self.grid(table);
        self.put("</figure>\n");
    }

    /// A data fence as its table; examples and rules fold away on a screen.
    pub(super) fn data(&mut self, block: &Block, fence: &DataFence) {
        let table = data::table(fence, &mut Vec::new());
        let caption = fence.shown_caption(self.resolved.label(&block.id).is_some());
        let caption = caption.map(|text| self.text(&text)).unwrap_or_default();
        self.put(&format!(
            "<figure class=\"table data\"{}>\n",
            self.id(block.id.as_str())
        ));
        self.caption(block, &caption, None);
        self.grid(&table);
        self.put("</figure>\n");
    }

    /// 表1 or 图1 and the title.
    pub(super) fn caption(&mut self, block: &Block, caption: &str, other: Option<&str>) {
        let number = self.resolved.caption(&block.id, self.tongue);
        if number.is_empty() && caption.is_empty() {
            return;
        }
        self.put(&format!(
            "<figcaption><span class=\"number\">{}</span> {caption}",
            escape(&number)
        ));
        if let Some(other) = other {
            let other = self.in_the_other(&block.id, other);
            self.put(&format!(" {other}"));
        }
        self.put("</figcaption>\n");
    }

    /// A title in the other language of the text, with its number.
    pub(super) fn in_the_other(&self, id: &Id, title: &str) -> String {
        let language = self.document.front.language.other();
        let number = self.resolved.caption(id, language);
        format!(
            "<span class=\"other\" lang=\"{}\">{}</span>",
            language.tag(),
            escape(&printed::titled(language, &number, title))
        )
    }

    fn grid(&mut self, table: &Table) {
        let own: Vec<&str> = table.footnotes.iter().map(|note| note.label.as_str()).collect();
        let open = if table.open { " class=\"open\"" } else { "" };
        self.put(&format!("<div class=\"wide\" tabindex=\"0\"><table{open}>\n"));
        self.widths(table);
        if !table.head.is_empty() {
            self.put("<thead>\n");
            for row in &table.head {
                self.row(row, table, &own, "th");
            }
            self.put("</thead>\n");
        }
        self.put("<tbody>\n");
        for row in &table.body {
            self.row(row, table, &own, "td");
        }
        self.put("</tbody>\n");
        if !table.below.is_empty() || !table.footnotes.is_empty() {
            self.put(&format!("<tfoot><tr><td colspan=\"{}\">\n", table.columns.len().max(1)));
            self.blocks(&table.below);
            self.own_footnotes(&table.footnotes);
            self.put("</td></tr></tfoot>\n");
        }
        self.put("</table></div>\n");
    }

    /// The widths that the table gives.
    fn widths(&mut self, table: &Table) {
        let given: Option<Vec<u32>> = table.columns.iter().map(|column| column.width).collect();
        let Some(widths) = given.filter(|widths| !widths.is_empty()) else {
            return;
        };
        let whole = widths.iter().sum::<u32>().max(1);
        self.put("<colgroup>");
        for width in widths {
            self.put(&format!("<col style=\"width:{}%\">", width * 100 / whole));
        }
        self.put("</colgroup>\n");
    }

    fn row(&mut self, row: &Row, table: &Table, own: &[&str], cell_name: &str) {
        self.put("<tr>");
        let plain = row.cells.len() == table.columns.len();
        for (index, cell) in row.cells.iter().enumerate() {
            let mut marks = String::new();
            if cell.columns > 1 {
                marks.push_str(&format!(" colspan=\"{}\"", cell.columns));
            }
            if cell.rows > 1 {
                marks.push_str(&format!(" rowspan=\"{}\"", cell.rows));
            }
            let align = table.columns.get(index).filter(|_| plain).map(|column| column.align);
            match align {
                Some(Align::Left) => marks.push_str(" class=\"left\""),
                Some(Align::Centre) => marks.push_str(" class=\"centre\""),
                Some(Align::Right) => marks.push_str(" class=\"right\""),
                Some(Align::Natural) | None => {}
            }
            let text = self.text_with(&cell.text, own);
            self.put(&format!("<{cell_name}{marks}>{text}</{cell_name}>"));
        }
        self.put("</tr>\n");
    }

    pub(super) fn own_footnotes(&mut self, notes: &[Footnote]) {
        for (index, note) in notes.iter().enumerate() {
            let text = self.text(&note.text);
            self.put(&format!(
                "<p class=\"table-note\"><sup>{}</sup> {text}</p>\n",
                small_letter(index)
            ));
        }
    }
}
