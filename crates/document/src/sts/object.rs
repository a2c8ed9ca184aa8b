//! Tables, figures, formulas, data.

use super::Writer;
use super::tree::Node;
use crate::data;
use crate::model::{
    Align, Block, DataFence, DataKind, Figure, Footnote, Formula, Image, Inline, Row, Table, plain_text,
};
use crate::resolve::printed;

impl Writer<'_> {
    pub(super) fn table(&self, block: &Block, table: &Table) -> Node {
        let mut node = Node::new("table-wrap").id(block.id.as_str());
        self.caption(
            block,
            table.caption.as_deref(),
            table.caption_other.as_deref(),
            &mut node,
        );
        if let Some(unit) = &table.unit {
            node.put(Node::of("p", printed::unit(self.tongue.get(), unit)).with("content-type", "unit"));
        }
        node.put(self.grid(table));
        let notes: Vec<&str> = table.footnotes.iter().map(|note| note.label.as_str()).collect();
        if !table.below.is_empty() || !notes.is_empty() {
            let mut foot = Node::new("table-wrap-foot").children(self.blocks(&table.below));
            foot.put_all(self.notes(&table.footnotes, block.id.as_str()));
            node.put(foot);
        }
        if let Some(fence) = &table.fence {
            node.put(fence_as_it_is(fence));
        }
        node
    }

    /// A data fence as its table, and to the letter.
    pub(super) fn data(&self, block: &Block, fence: &DataFence) -> Vec<Node> {
        let table = data::table(fence, &mut Vec::new());
        let mut node = Node::new("table-wrap").id(block.id.as_str());
        self.caption(block, fence.caption.as_deref(), None, &mut node);
        node.put(self.grid(&table));
        vec![node, fence_as_it_is(fence)]
    }

    fn caption(&self, block: &Block, caption: Option<&[Inline]>, other: Option<&str>, node: &mut Node) {
        let number = self.resolved.caption(&block.id, self.tongue.get());
        if !number.is_empty() {
            node.put(Node::of("label", number));
        }
        let Some(caption) = caption else { return };
        let mut wrap = Node::new("caption").child(self.line("title", caption));
        if let Some(other) = other {
            wrap.put(Node::of("p", other).with("xml:lang", self.other_language()));
        }
        node.put(wrap);
    }

    fn grid(&self, table: &Table) -> Node {
        let notes: Vec<&str> = table.footnotes.iter().map(|note| note.label.as_str()).collect();
        let mut node = Node::new("table");
        if !table.head.is_empty() {
            let rows = table.head.iter().map(|row| self.row("th", row, table, &notes));
            node.put(Node::new("thead").children(rows.collect::<Vec<_>>()));
        }
        if !table.body.is_empty() {
            let rows = table.body.iter().map(|row| self.row("td", row, table, &notes));
            node.put(Node::new("tbody").children(rows.collect::<Vec<_>>()));
        }
        node
    }

    fn row(&self, name: &'static str, row: &Row, table: &Table, notes: &[&str]) -> Node {
        let cells = row.cells.iter().enumerate().map(|(index, cell)| {
            let mut node = self.line_among(name, &cell.text, notes);
            if node.is_empty() {
                node.put_text("—");
            }
            // Exact only where no cell before it spans: a hint, as on the page.
            let align = match table.columns.get(index).map(|column| column.align) {
                Some(Align::Left) => "left",
                Some(Align::Centre) => "center",
                Some(Align::Right) => "right",
                _ => "",
            };
            node.with("align", align)
                .with("colspan", span(cell.columns))
                .with("rowspan", span(cell.rows))
        });
        Node::new("tr").children(cells.collect::<Vec<_>>())
    }

    pub(super) fn figure(&self, block: &Block, figure: &Figure) -> Node {
        let parted = !figure.parts.is_empty();
        let mut node = Node::new(if parted { "fig-group" } else { "fig" }).id(block.id.as_str());
        self.caption(
            block,
            figure.caption.as_deref(),
            figure.caption_other.as_deref(),
            &mut node,
        );
        if let Some(unit) = &figure.unit {
            node.put(Node::of("p", printed::unit(self.tongue.get(), unit)).with("content-type", "unit"));
        }
        for part in &figure.parts {
            let mut inner = Node::new("fig");
            if !part.id.is_empty() {
                inner = inner.id(part.id.as_str());
            }
            if let Some(label) = self.resolved.label(&part.id) {
                inner.put(Node::of("label", label.number.as_str()));
            }
            if let Some(caption) = &part.caption {
                inner.put(Node::new("caption").child(self.line("title", caption)));
            }
            inner.put_all(part.images.iter().map(graphic));
            node.put(inner);
        }
        node.put_all(figure.images.iter().map(graphic));
        if !figure.keys.is_empty() {
            let entries = figure.keys.iter().map(|key| {
                Node::new("def-item")
                    .child(Node::of("term", key.mark.as_str()))
                    .child(Node::new("def").child(self.line("p", &key.text)))
            });
            node.put(
                Node::new("def-list")
                    .with("list-content", "key")
                    .child(Node::of(
                        "title",
                        printed::key(self.tongue.get()).trim_end_matches('：'),
                    ))
                    .children(entries.collect::<Vec<_>>()),
            );
        }
        node.put_all(self.blocks(&figure.below));
        node.put_all(self.notes(&figure.footnotes, block.id.as_str()));
        node
    }

    pub(super) fn formula(&self, block: &Block, formula: &Formula) -> Vec<Node> {
        let mut node = Node::new("disp-formula").id(block.id.as_str());
        if let Some(label) = self.resolved.label(&block.id) {
            node.put(Node::of("label", label.caption(self.tongue.get())));
        }
        node.put(self.math(&formula.latex, true));
        let mut nodes = vec![node];
        if !formula.symbols.is_empty() {
            nodes.push(Node::of("p", printed::where_(self.tongue.get())));
            let entries = formula.symbols.iter().map(|symbol| {
                Node::new("def-item")
                    .child(Node::new("term").child(Node::new("inline-formula").child(self.math(&symbol.symbol, false))))
                    .child(Node::new("def").child(self.line("p", &symbol.text)))
            });
            nodes.push(
                Node::new("def-list")
                    .with("list-content", "where")
                    .children(entries.collect::<Vec<_>>()),
            );
        }
        nodes
    }

    /// Footnotes of a table or a figure.
    fn notes(&self, notes: &[Footnote], object: &str) -> Option<Node> {
        if notes.is_empty() {
            return None;
        }
        let written = notes.iter().enumerate().map(|(index, note)| {
            let mark = crate::resolve::small_letter(index);
            Node::new("fn")
                .id(&format!("{object}-fn-{mark}"))
                .child(Node::of("label", mark))
                .child(self.line("p", &note.text))
        });
        Some(Node::new("fn-group").children(written.collect::<Vec<_>>()))
    }
}

fn graphic(image: &Image) -> Node {
    Node::new("graphic")
        .with("xlink:href", image.file.as_str())
        .child(Node::of("alt-text", image.words.as_str()))
}

fn fence_as_it_is(fence: &DataFence) -> Node {
    let mut words = fence.kind.words().0.to_owned();
    // A table is looked up by its name.
    if let (DataKind::Table, Some(name)) = (fence.kind, &fence.caption) {
        words = format!("{words} {}", plain_text(name));
    }
    Node::of("preformat", fence.text.as_str())
        .with("preformat-type", "data")
        .with("specific-use", words.as_str())
}

fn span(count: u32) -> String {
    if count > 1 { count.to_string() } else { String::new() }
}
