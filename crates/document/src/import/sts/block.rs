//! Elements of a section → blocks.

use super::super::tree::Node;
use super::inline::tex;
use super::{Reader, is_made, name_of};
use crate::model::{
    Align, Block, BlockKind, Cell, Change, ChangeAction, Column, DataFence, DataKind, Designator, Example, Figure,
    Footnote, Formula, Id, Image, Inline, InlineKind, KeyEntry, List, ListItem, ListStyle, Note, Position, Reference,
    ReferenceList, Row, Span, SubFigure, Symbol, Table, Term, TermSource, Translation, Unplaced,
};

impl Reader {
    /// The blocks of a section, without those of sections below.
    pub(super) fn blocks(&mut self, node: &Node) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        for child in node.nodes() {
            self.block(child, &mut out);
        }
        out
    }

    fn block(&mut self, node: &Node, out: &mut Vec<Block>) {
        let kind = match node.name.as_str() {
            "label" | "title" | "annex-type" | "sec" | "caption" => return,
            "p" if matches!(out.last().map(|last| &last.kind), Some(BlockKind::Formula(_)))
                && matches!(node.text().as_str(), "式中：" | "where") =>
            {
                return;
            }
            "p" => BlockKind::Paragraph(self.line(node)),
            "list" => self.list(node),
            "non-normative-note" => BlockKind::Note(Note {
                blocks: self.blocks(node),
            }),
            "non-normative-example" => BlockKind::Example(Example {
                blocks: self.blocks(node),
            }),
            "boxed-text" if node.get("content-type") == Some("translation") => BlockKind::Translation(Translation {
                blocks: self.blocks(node),
            }),
            "boxed-text" => BlockKind::Warning(self.blocks(node)),
            "table-wrap" => BlockKind::Table(self.table(node)),
            "fig" | "fig-group" => BlockKind::Figure(self.figure(node)),
            "disp-formula" => BlockKind::Formula(Formula {
                latex: tex(node),
                unnumbered: node.child("label").is_none(),
                ..Formula::default()
            }),
            "def-list" => {
                self.definitions(node, out);
                return;
            }
            "preformat" => {
                Self::preformat(node, out);
                return;
            }
            "editing-instruction" => self.change(node),
            "ref-list" => BlockKind::References(self.references(node)),
            "term-sec" => self.term(node),
            name => BlockKind::Unplaced(Unplaced {
                origin: name.to_owned(),
                evidence: None,
                text: node.text().trim().to_owned(),
            }),
        };
        let mut block = Block::new(kind);
        if wants_name(&block.kind) {
            block.id = node
                .get("id")
                .filter(|id| !is_made(id))
                .map(name_of)
                .unwrap_or_default();
        }
        let (what, text) = match &block.kind {
            BlockKind::Paragraph(text) => ("paragraph", crate::model::plain_text(text)),
            BlockKind::Term(term) => ("term", term.preferred.text.clone()),
            BlockKind::Unplaced(unplaced) => ("unplaced", unplaced.text.clone()),
            BlockKind::Table(_) => ("table", String::new()),
            BlockKind::Figure(_) => ("picture", String::new()),
            BlockKind::Formula(formula) => ("formula", formula.latex.clone()),
            _ => ("block", String::new()),
        };
        self.tell(what, None, &text);
        out.push(block);
    }

    fn list(&mut self, node: &Node) -> BlockKind {
        let style = match node.get("list-type") {
            Some("bullet" | "simple" | "dash") | None => ListStyle::Dash,
            Some(_) => ListStyle::Ordered,
        };
        let mut items = Vec::new();
        for item in node.nodes().filter(|node| node.name == "list-item") {
            items.push(ListItem {
                id: item.get("id").map(name_of).unwrap_or_default(),
                span: Span::NOWHERE,
                typed_marker: None,
                blocks: self.blocks(item),
            });
        }
        BlockKind::List(List { style, items })
    }

    fn caption(&mut self, node: &Node) -> (Option<Vec<Inline>>, Option<String>) {
        let caption = node.child("caption");
        let title = caption
            .and_then(|caption| caption.child("title"))
            .map(|title| self.line(title));
        let other = caption.and_then(|caption| caption.child("p")).map(Node::text);
        (title, other)
    }

    fn table(&mut self, node: &Node) -> Table {
        let (caption, caption_other) = self.caption(node);
        let mut table = Table {
            caption,
            caption_other,
            unit: unit(node),
            unnumbered: node.child("label").is_none(),
            ..Table::default()
        };
        if let Some(foot) = node.child("table-wrap-foot") {
            let mut bare = foot.clone();
            bare.inside
                .retain(|inside| !matches!(inside, super::tree::Inside::Node(node) if node.name == "fn-group"));
            table.below = self.blocks(&bare);
            table.footnotes = self.notes(foot);
        }
        let labels: Vec<String> = table.footnotes.iter().map(|note| note.label.clone()).collect();
        if let Some(grid) = node.child("table") {
            for (name, is_head) in [("thead", true), ("tbody", false)] {
                for line in grid.child(name).into_iter().flat_map(Node::nodes) {
                    let row = self.row(line, &labels);
                    if is_head {
                        table.head.push(row);
                    } else {
                        table.body.push(row);
                    }
                }
            }
            let first = table.rows().next();
            let width = first.map_or(0, |row| row.cells.iter().map(|cell| cell.columns as usize).sum());
            table.columns = vec![Column::default(); width];
            // Where each cell is of one column the marks of columns can be read.
            let lines = grid.nodes().flat_map(Node::nodes);
            let plain = lines.filter(|line| line.nodes().count() == width).last();
            for (column, cell) in table.columns.iter_mut().zip(plain.into_iter().flat_map(Node::nodes)) {
                column.align = match cell.get("align") {
                    Some("left") => Align::Left,
                    Some("center") => Align::Centre,
                    Some("right") => Align::Right,
                    _ => Align::Natural,
                };
            }
        }
        table.fence = node.child("preformat").map(fence);
        table
    }

    fn row(&mut self, node: &Node, labels: &[String]) -> Row {
        let mut cells = Vec::new();
        for cell in node.nodes().filter(|node| matches!(node.name.as_str(), "td" | "th")) {
            let mut text = self.line(cell);
            for inline in &mut text {
                if let InlineKind::Superscript(inner) = &inline.kind {
                    let mark = crate::model::plain_text(inner);
                    if labels.contains(&mark) {
                        inline.kind = InlineKind::FootnoteMark(mark);
                    }
                }
            }
            let count = |name: &str| cell.get(name).and_then(|count| count.parse().ok()).unwrap_or(1);
            let mut made = Cell::new(text);
            made.columns = count("colspan");
            made.rows = count("rowspan");
            cells.push(made);
        }
        Row {
            cells,
            ..Row::default()
        }
    }

    fn notes(&mut self, node: &Node) -> Vec<Footnote> {
        let mut notes = Vec::new();
        for note in node.child("fn-group").into_iter().flat_map(Node::nodes) {
            let text = note.child("p").map(|line| self.line(line)).unwrap_or_default();
            notes.push(Footnote {
                label: note.child("label").map(Node::text).unwrap_or_default(),
                span: Span::NOWHERE,
                text,
            });
        }
        notes
    }

    fn figure(&mut self, node: &Node) -> Figure {
        let (caption, caption_other) = self.caption(node);
        let mut figure = Figure {
            caption,
            caption_other,
            unit: unit(node),
            images: graphics(node),
            unnumbered: node.child("label").is_none(),
            footnotes: self.notes(node),
            ..Figure::default()
        };
        let mut bare = node.clone();
        bare.inside.retain(|inside| match inside {
            super::tree::Inside::Node(node) => {
                !matches!(node.name.as_str(), "fig" | "graphic" | "fn-group" | "def-list")
                    && node.get("content-type") != Some("unit")
            }
            super::tree::Inside::Text(_) => true,
        });
        figure.below = self.blocks(&bare);
        for part in node.nodes().filter(|node| node.name == "fig") {
            let (caption, _) = self.caption(part);
            figure.parts.push(SubFigure {
                id: part.get("id").map(name_of).unwrap_or_default(),
                span: Span::NOWHERE,
                caption,
                images: graphics(part),
            });
        }
        for (term, text) in self.pairs(node.child("def-list")) {
            figure.keys.push(KeyEntry {
                span: Span::NOWHERE,
                mark: term.text(),
                text,
            });
        }
        figure
    }

    fn pairs(&mut self, list: Option<&Node>) -> Vec<(Node, Vec<Inline>)> {
        let mut pairs = Vec::new();
        for item in list
            .into_iter()
            .flat_map(Node::nodes)
            .filter(|node| node.name == "def-item")
        {
            let text = item.way(&["def", "p"]).map(|line| self.line(line)).unwrap_or_default();
            pairs.push((item.child("term").cloned().unwrap_or_default(), text));
        }
        pairs
    }

    /// 式中: what the symbols of the formula before mean; other lists of this kind are items.
    fn definitions(&mut self, node: &Node, out: &mut Vec<Block>) {
        let pairs = self.pairs(Some(node));
        if let Some(BlockKind::Formula(formula)) = out.last_mut().map(|last| &mut last.kind) {
            formula.symbols.extend(pairs.into_iter().map(|(term, text)| Symbol {
                span: Span::NOWHERE,
                symbol: tex(&term),
                text,
            }));
            return;
        }
        let items = pairs.into_iter().map(|(term, mut text)| {
            text.insert(0, Inline::text(format!("{}——", term.text().trim())));
            ListItem {
                id: Id::default(),
                span: Span::NOWHERE,
                typed_marker: None,
                blocks: vec![Block::new(BlockKind::Paragraph(text))],
            }
        });
        out.push(Block::new(BlockKind::List(List {
            style: ListStyle::Dash,
            items: items.collect(),
        })));
    }

    /// Data to the letter, behind the table that shows them; code; what was not placed.
    fn preformat(node: &Node, out: &mut Vec<Block>) {
        let text = node.text();
        let kind = match node.get("preformat-type") {
            Some("data") => {
                let mut fence = fence(node);
                let mut id = Id::default();
                if let Some(BlockKind::Table(table)) = out.last().map(|last| &last.kind) {
                    fence.caption.clone_from(&table.caption);
                    id = out
                        .pop()
                        .map(|shown| shown.id)
                        .filter(|id| !is_made(id.as_str()))
                        .unwrap_or_default();
                }
                let mut block = Block::new(BlockKind::Data(fence));
                block.id = id;
                out.push(block);
                return;
            }
            Some("unplaced") => BlockKind::Unplaced(Unplaced {
                origin: node.get("specific-use").unwrap_or_default().to_owned(),
                evidence: None,
                text,
            }),
            _ => BlockKind::Listing {
                language: node.get("specific-use").unwrap_or_default().to_owned(),
                text,
            },
        };
        out.push(Block::new(kind));
    }

    fn change(&mut self, node: &Node) -> BlockKind {
        let mut blocks = self.blocks(node);
        let head = node.child("p").map(Node::text).unwrap_or_default();
        if !blocks.is_empty() {
            blocks.remove(0);
        }
        let (place, action) = [
            ("改为：", ChangeAction::Replace),
            ("增加：", ChangeAction::Insert),
            ("删除。", ChangeAction::Delete),
        ]
        .into_iter()
        .find_map(|(words, action)| Some((head.strip_suffix(words)?.to_owned(), action)))
        .unwrap_or((head, ChangeAction::Replace));
        BlockKind::Change(Change { place, action, blocks })
    }

    pub(super) fn references(&mut self, node: &Node) -> ReferenceList {
        let mut entries = Vec::new();
        for entry in node.nodes().filter(|node| node.name == "ref") {
            let mut text = Vec::new();
            if let Some(std) = entry.child("std") {
                let number = std.child("std-ref").map(Node::text).unwrap_or_default();
                let title = std.child("title").map(|title| self.line(title)).unwrap_or_default();
                let gap = if title.is_empty() { "" } else { "\u{3000}" };
                text.push(Inline::text(format!("{number}{gap}")));
                text.extend(title);
            } else if let Some(citation) = entry.child("mixed-citation") {
                text = self.line(citation);
            }
            entries.push(Reference {
                key: entry.get("id").map(name_of).unwrap_or_default(),
                text,
                ..Reference::default()
            });
        }
        ReferenceList {
            entries,
            ..ReferenceList::default()
        }
    }

    fn term(&mut self, node: &Node) -> BlockKind {
        let mut term = Term::default();
        for (index, set) in node
            .child("tbx:termEntry")
            .into_iter()
            .flat_map(Node::nodes)
            .filter(|node| node.name == "tbx:langSet")
            .enumerate()
        {
            let own = index == 0;
            for part in set.nodes() {
                match part.name.as_str() {
                    "tbx:subjectField" => term.domain = Some(part.text()),
                    "tbx:source" => {
                        term.source = Some(TermSource {
                            written: part.text(),
                            ..TermSource::default()
                        });
                    }
                    "tbx:definition" => {
                        let blocks = vec![Block::new(BlockKind::Paragraph(self.line(part)))];
                        if own {
                            term.blocks.splice(0..0, blocks);
                        } else {
                            term.blocks
                                .push(Block::new(BlockKind::Translation(Translation { blocks })));
                        }
                    }
                    "tbx:note" => {
                        let blocks = vec![Block::new(BlockKind::Paragraph(self.line(part)))];
                        term.blocks.push(Block::new(BlockKind::Note(Note { blocks })));
                    }
                    "tbx:example" => {
                        let blocks = vec![Block::new(BlockKind::Paragraph(self.line(part)))];
                        term.blocks.push(Block::new(BlockKind::Example(Example { blocks })));
                    }
                    "tbx:tig" => words_of_term(part, own, &mut term),
                    _ => {}
                }
            }
        }
        BlockKind::Term(term)
    }
}

fn words_of_term(group: &Node, own: bool, term: &mut Term) {
    let word = group.child("tbx:term").map(Node::text).unwrap_or_default();
    let kind = group
        .child("tbx:normativeAuthorization")
        .and_then(|node| node.get("value"))
        .unwrap_or_default();
    let designator = Designator {
        span: Span::NOWHERE,
        text: word.clone(),
    };
    match kind {
        _ if !own => term.english.push(word),
        "deprecatedTerm" => term.deprecated.push(designator),
        "admittedTerm" if word.contains('\\') || word.contains('_') => term.symbols.push(word),
        "admittedTerm" => term.admitted.push(designator),
        _ => term.preferred = designator,
    }
}

/// Blocks whose names `fmt` writes down.
fn wants_name(kind: &BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph(_)
            | BlockKind::Term(_)
            | BlockKind::Table(_)
            | BlockKind::Figure(_)
            | BlockKind::Formula(_)
            | BlockKind::Change(_)
            | BlockKind::Data(_)
    )
}

fn unit(node: &Node) -> Option<String> {
    let line = node.nodes().find(|node| node.get("content-type") == Some("unit"))?;
    let text = line.text();
    let unit = text.strip_prefix("单位为").or_else(|| text.strip_prefix("Unit: "));
    Some(unit.unwrap_or(&text).to_owned())
}

fn graphics(node: &Node) -> Vec<Image> {
    node.nodes()
        .filter(|node| node.name == "graphic")
        .map(|node| Image {
            span: Span::NOWHERE,
            file: node.get("xlink:href").unwrap_or_default().to_owned(),
            words: node.child("alt-text").map(Node::text).unwrap_or_default(),
        })
        .collect()
}

fn fence(node: &Node) -> DataFence {
    let words = node.get("specific-use").unwrap_or_default();
    let (word, name) = words.split_once(' ').unwrap_or((words, ""));
    DataFence {
        kind: DataKind::of_word(word).unwrap_or(DataKind::Table),
        caption: (!name.is_empty()).then(|| vec![Inline::text(name)]),
        text: node.text(),
        body: Position::default(),
        span: Span::NOWHERE,
    }
}
