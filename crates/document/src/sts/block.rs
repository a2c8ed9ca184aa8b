//! Paragraphs, lists, notes, examples.

use super::Writer;
use super::tree::Node;
use crate::model::{Block, BlockKind, ChangeAction, List, ListStyle};
use crate::resolve::{item_marker, printed};

impl Writer<'_> {
    pub(super) fn blocks(&self, blocks: &[Block]) -> Vec<Node> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    pub(super) fn block(&self, block: &Block) -> Vec<Node> {
        self.block_at(block, 0, 0)
    }

    fn block_at(&self, block: &Block, dashes: usize, letters: usize) -> Vec<Node> {
        let id = block.id.as_str();
        match &block.kind {
            BlockKind::Paragraph(text) => {
                let line = self.line("p", text);
                let named = block.id.is_written();
                vec![if named { line.id(id) } else { line }]
            }
            BlockKind::List(list) => vec![self.list(block, list, dashes, letters)],
            BlockKind::Note(note) => vec![self.labelled(
                "non-normative-note",
                printed::note(self.tongue.get()),
                block,
                &note.blocks,
            )],
            BlockKind::Example(example) => {
                vec![self.labelled(
                    "non-normative-example",
                    printed::example(self.tongue.get()),
                    block,
                    &example.blocks,
                )]
            }
            BlockKind::Table(table) => vec![self.table(block, table)],
            BlockKind::Figure(figure) => vec![self.figure(block, figure)],
            BlockKind::Formula(formula) => self.formula(block, formula),
            BlockKind::Term(term) => vec![self.term(block, term)],
            // The lists are written from what was resolved.
            BlockKind::References(_) | BlockKind::Comment(_) => Vec::new(),
            BlockKind::Warning(inner) => vec![
                Node::new("boxed-text")
                    .id(id)
                    .with("content-type", "warning")
                    .children(self.blocks(inner)),
            ],
            BlockKind::Data(fence) => self.data(block, fence),
            BlockKind::Listing { text, language } => vec![
                Node::of("preformat", text.as_str())
                    .id(id)
                    .with("preformat-type", "code")
                    .with("specific-use", language.as_str()),
            ],
            BlockKind::Translation(translation) => {
                let around = self.tongue.replace(self.document.front.language.other());
                let inner = self.blocks(&translation.blocks);
                self.tongue.set(around);
                vec![
                    Node::new("boxed-text")
                        .id(id)
                        .with("content-type", "translation")
                        .with("xml:lang", self.other_language())
                        .children(inner),
                ]
            }
            BlockKind::Change(change) => {
                let action = match change.action {
                    ChangeAction::Replace => "改为：",
                    ChangeAction::Insert => "增加：",
                    ChangeAction::Delete => "删除。",
                };
                vec![
                    Node::new("editing-instruction")
                        .id(id)
                        .child(Node::of("p", format!("{}{action}", change.place)))
                        .children(self.blocks(&change.blocks)),
                ]
            }
            BlockKind::Unplaced(unplaced) => vec![
                Node::of("preformat", unplaced.text.as_str())
                    .id(id)
                    .with("preformat-type", "unplaced")
                    .with("specific-use", unplaced.origin.as_str()),
            ],
        }
    }

    fn list(&self, block: &Block, list: &List, dashes: usize, letters: usize) -> Node {
        let (kind, depth, dashes, letters) = match (list.style, dashes, letters) {
            (ListStyle::Dash, depth, _) => ("bullet", depth, dashes + 1, letters),
            (ListStyle::Ordered, _, 0) => ("alpha-lower", 0, dashes, 1),
            (ListStyle::Ordered, _, depth) => ("arabic", depth, dashes, letters + 1),
        };
        let items = list.items.iter().enumerate().map(|(index, item)| {
            let mut node = Node::new("list-item");
            if !item.id.is_empty() {
                node = node.id(item.id.as_str());
            }
            node.put(Node::of("label", item_marker(list.style, depth, index)));
            for inner in &item.blocks {
                node.put_all(self.block_at(inner, dashes, letters));
            }
            node
        });
        Node::new("list")
            .id(block.id.as_str())
            .with("list-type", kind)
            .children(items.collect::<Vec<_>>())
    }

    fn labelled(&self, name: &'static str, bare: &str, block: &Block, inner: &[Block]) -> Node {
        let label = match self.resolved.caption(&block.id, self.tongue.get()) {
            label if label.is_empty() => bare.to_owned(),
            label => label,
        };
        Node::new(name)
            .id(block.id.as_str())
            .child(Node::of("label", label.trim_end_matches(['：', ':', ' '])))
            .children(self.blocks(inner))
    }
}
