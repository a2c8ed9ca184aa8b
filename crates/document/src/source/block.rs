//! Lines → blocks.

use super::attributes::Attributes;
use super::footnote::Notes;
use super::inline;
use super::line::{Line, span_of};
use super::start::{Start, start};
use super::stretch::Endless;
use super::words::Lead;
use super::{container, data_fence, list, rows};
use crate::finding::{Finding, Fix, message};
use crate::model::{Block, BlockKind, Example, Figure, Footnote, Id, Image, Inline, InlineKind, Note, Span};

/// No container or list stands deeper in others.
const DEEPEST: usize = 24;

/// Something of the flat sequence that a file is, before headings make it a tree.
pub(super) enum Item<'a> {
    /// `## …`: how many marks, and the rest of the line.
    Heading(usize, Line<'a>),
    /// `{-}`: how many strokes, its name, its place.
    Untitled(usize, Id, Span),
    Block(Box<Block>),
}

/// Reads lines; keeps what was found on the way.
pub(super) struct Scanner {
    pub findings: Vec<Finding>,
    /// The footnotes read so far in the text, table or figure at hand.
    pub notes: Notes,
    depth: usize,
}

impl Scanner {
    pub fn new() -> Self {
        Self {
            findings: Vec::new(),
            notes: Notes::default(),
            depth: 0,
        }
    }

    /// The blocks of a container, an item or a cell. A heading is not lawful there: it becomes a paragraph.
    pub fn blocks(&mut self, lines: &[Line<'_>]) -> Vec<Block> {
        if self.depth >= DEEPEST {
            self.findings.push(Finding::error(
                "SRC-03",
                span_of(lines),
                message!("doc-too-deep", limit = DEEPEST),
            ));
            let lines: Vec<Line<'_>> = lines.iter().copied().filter(|line| !line.is_blank()).collect();
            let text = inline::read(&lines, &mut self.findings);
            return Self::paragraph(text, span_of(&lines)).into_iter().collect();
        }
        self.depth += 1;
        let mut blocks = Blocks::default();
        for item in self.items(lines) {
            match item {
                Item::Block(block) => blocks.push(*block),
                Item::Heading(_, line) => {
                    self.findings
                        .push(Finding::error("SRC-18", line.span(), message!("doc-heading-inside")));
                    let text = inline::read_line(line, &mut self.findings);
                    if let Some(block) = Self::paragraph(text, line.span()) {
                        blocks.push(block);
                    }
                }
                Item::Untitled(_, _, span) => {
                    self.findings
                        .push(Finding::error("SRC-18", span, message!("doc-heading-inside")));
                }
            }
        }
        self.depth -= 1;
        blocks.done()
    }

    fn paragraph(text: Vec<Inline>, span: Span) -> Option<Block> {
        (!text.is_empty()).then(|| Block {
            id: Id::default(),
            span,
            kind: paragraph_of(text),
        })
    }

    /// The sequence of headings and blocks.
    pub fn items<'a>(&mut self, lines: &[Line<'a>]) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        let mut at = 0;
        let mut named: Option<Id> = None;
        let mut endless = Endless::default();
        while let Some(line) = lines.get(at).copied() {
            let line = line.trimmed();
            if line.text.is_empty() {
                at += 1;
                continue;
            }
            let rest = lines.get(at..).unwrap_or_default();
            let (kind, used) = match start(line.text) {
                Some(Start::Heading(level)) => {
                    items.push(Item::Heading(level, line.after(level).trimmed()));
                    at += 1;
                    continue;
                }
                Some(Start::Attributes) => {
                    let (consumed, item) = self.attributes(line, rest, &mut named);
                    items.extend(item);
                    at += consumed;
                    continue;
                }
                Some(Start::Footnote(label, bytes)) => {
                    at += self.footnote(label.to_owned(), line.after(bytes), rest);
                    continue;
                }
                Some(begins) => self.begun(begins, line, rest, &mut endless),
                None => self.text(line, rest),
            };
            let kind = match kind {
                Begun::Block(kind) => Some(kind),
                Begun::Named(id, kind) => {
                    named = Some(id).filter(|id| !id.is_empty()).or(named);
                    Some(kind)
                }
                Begun::Several(mut blocks) => {
                    if let Some(first) = blocks.first_mut().filter(|first| first.id.is_empty()) {
                        first.id = named.take().unwrap_or_default();
                    }
                    items.extend(blocks.into_iter().map(|block| Item::Block(Box::new(block))));
                    None
                }
                Begun::Underlined(level, line) => {
                    items.push(Item::Heading(level, line));
                    None
                }
                Begun::Nothing => None,
            };
            let used = used.max(1);
            if let Some(kind) = kind {
                let lines = lines.get(at..at + used).unwrap_or_default();
                items.push(Item::Block(Box::new(Block {
                    id: named.take().unwrap_or_default(),
                    span: span_of(lines),
                    kind,
                })));
            }
            at += used;
        }
        if let Some(id) = named {
            self.findings.push(Finding::error(
                "SRC-09",
                span_of(lines),
                message!("doc-id-of-nothing", id = id.as_str()),
            ));
        }
        items
    }

    fn begun<'a>(
        &mut self,
        begins: Start<'_>,
        line: Line<'a>,
        rest: &[Line<'a>],
        endless: &mut Endless,
    ) -> (Begun<'a>, usize) {
        match begins {
            Start::Fence(mark, count) => data_fence::read(self, mark, count, rest),
            Start::Container(_) => container::read(self, rest),
            Start::ContainerEnd => {
                self.findings.push(
                    Finding::error("SRC-11", line.span(), message!("doc-stray-end"))
                        .mended_by(Fix::delete(line.span())),
                );
                (Begun::Nothing, 1)
            }
            Start::Formula => self.display(line, rest, endless),
            Start::Pipe => {
                let rows = rest
                    .iter()
                    .take_while(|line| line.text.trim_start().starts_with('|'))
                    .count();
                let table = rows::table(&mut self.findings, rest.get(..rows).unwrap_or_default());
                (Begun::Block(BlockKind::Table(table)), rows)
            }
            Start::Item(_) => list::read(self, rest),
            Start::Quote => {
                let quoted = rest
                    .iter()
                    .take_while(|line| line.text.trim_start().starts_with('>'))
                    .count();
                let inner: Vec<Line<'_>> = rest.iter().take(quoted).map(|line| line.trimmed().after(1)).collect();
                self.findings
                    .push(Finding::warning("SRC-26", span_of(&inner), message!("doc-quote")));
                (Begun::Several(self.blocks(&inner)), quoted)
            }
            Start::Rule => {
                self.findings.push(
                    Finding::warning("SRC-26", line.span(), message!("doc-rule")).mended_by(Fix::delete(line.span())),
                );
                (Begun::Nothing, 1)
            }
            Start::Comment => self.comment(line, rest, endless),
            Start::Lead(word, number, bytes) => {
                let used = 1 + continuation(rest.get(1..).unwrap_or_default());
                if !number.is_empty() {
                    let mark = line.before(bytes);
                    let digits = mark.text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                    let typed = mark.after(digits).before(number.len());
                    self.findings.push(
                        Finding::warning("SRC-13", typed.span(), message!("doc-typed-number", number = number))
                            .mended_by(Fix::delete(typed.span())),
                    );
                }
                let mut inner = vec![line.after(bytes)];
                inner.extend(rest.get(1..used).unwrap_or_default());
                let blocks = self.blocks(&inner);
                let kind = match word {
                    Lead::Example => BlockKind::Example(Example { blocks }),
                    _ => BlockKind::Note(Note { blocks }),
                };
                (Begun::Block(kind), used)
            }
            Start::Heading(_) | Start::Attributes | Start::Footnote(..) => (Begun::Nothing, 1),
        }
    }

    /// `{-}`, or `{#id}` before a paragraph or a block.
    fn attributes<'a>(&mut self, line: Line<'a>, rest: &[Line<'a>], named: &mut Option<Id>) -> (usize, Vec<Item<'a>>) {
        let Some((attributes, after)) = Attributes::at_start(line) else {
            return (1, Vec::new());
        };
        self.report_unknown(&attributes, "{…}");
        let mut items = Vec::new();
        if attributes.strokes > 0 {
            items.push(Item::Untitled(
                attributes.strokes,
                attributes.id.clone(),
                attributes.span,
            ));
        }
        let after = after.trimmed();
        if after.text.is_empty() {
            if attributes.strokes == 0 {
                *named = Some(attributes.id);
            }
            return (1, items);
        }
        // The rest of the line begins a block of its own.
        let more = match start(after.text) {
            None => continuation(rest.get(1..).unwrap_or_default()),
            Some(_) => 0,
        };
        let mut inner = vec![after];
        inner.extend(rest.get(1..=more).unwrap_or_default());
        if self.depth >= DEEPEST {
            items.extend(
                self.blocks(&inner)
                    .into_iter()
                    .map(|block| Item::Block(Box::new(block))),
            );
            return (1 + more, items);
        }
        self.depth += 1;
        let mut read = self.items(&inner);
        self.depth -= 1;
        if attributes.strokes == 0
            && let Some(Item::Block(block)) = read.first_mut()
            && block.id.is_empty()
        {
            block.id = attributes.id;
        }
        items.extend(read);
        (1 + more, items)
    }

    fn footnote(&mut self, label: String, first: Line<'_>, rest: &[Line<'_>]) -> usize {
        let more = continuation(rest.get(1..).unwrap_or_default());
        let mut lines = vec![first];
        lines.extend(rest.get(1..=more).unwrap_or_default());
        let text = inline::read(&lines, &mut self.findings);
        let span = span_of(&lines);
        if let Some(repeated) = self.notes.add(Footnote { label, span, text }) {
            self.findings.push(Finding::error(
                "SRC-14",
                span,
                message!("doc-repeated-id", id = repeated),
            ));
        }
        1 + more
    }

    /// A paragraph, a table without outer pipes, an underlined heading, or a picture on its own.
    pub(super) fn text<'a>(&mut self, line: Line<'a>, rest: &[Line<'a>]) -> (Begun<'a>, usize) {
        if line.text.contains('|') && rest.get(1).is_some_and(|next| rows::is_rule(next.text)) {
            let rows = rest
                .iter()
                .take_while(|line| !line.is_blank() && line.text.contains('|'))
                .count();
            let table = rows::table(&mut self.findings, rest.get(..rows).unwrap_or_default());
            return (Begun::Block(BlockKind::Table(table)), rows);
        }
        let used = 1 + continuation(rest.get(1..).unwrap_or_default());
        let underline = rest.get(used).map(|line| line.text.trim()).filter(|_| used == 1);
        if let Some(level) = underline.and_then(underline_level) {
            let marks = rest.get(used).map(|line| line.span()).unwrap_or_default();
            self.findings.push(
                Finding::warning("SRC-26", line.span(), message!("doc-underlined")).mended_by(Fix {
                    edits: [
                        Fix::insert(line.at, if level == 1 { "# " } else { "## " }).edits,
                        Fix::delete(marks).edits,
                    ]
                    .concat(),
                }),
            );
            return (Begun::Underlined(level, line), used + 1);
        }
        let lines = rest.get(..used).unwrap_or_default();
        let text = inline::read(lines, &mut self.findings);
        (Begun::Block(paragraph_of(text)), used)
    }

    pub fn report_unknown(&mut self, attributes: &Attributes, block: &str) {
        for (name, span) in attributes.left() {
            self.findings.push(Finding::error(
                "SRC-08",
                span,
                message!("doc-unknown-attribute", name = name, block = block),
            ));
        }
    }
}

/// A paragraph; a picture alone is a figure.
fn paragraph_of(text: Vec<Inline>) -> BlockKind {
    let [
        Inline {
            span,
            kind: InlineKind::Picture { words, file },
        },
    ] = text.as_slice()
    else {
        return BlockKind::Paragraph(text);
    };
    BlockKind::Figure(Figure {
        caption: (!words.trim().is_empty()).then(|| vec![Inline::text(words.trim())]),
        images: vec![Image {
            span: *span,
            file: file.clone(),
            words: words.clone(),
        }],
        ..Figure::default()
    })
}

/// What a line began.
pub(super) enum Begun<'a> {
    Block(BlockKind),
    Named(Id, BlockKind),
    Several(Vec<Block>),
    Underlined(usize, Line<'a>),
    Nothing,
}

/// Blocks in a row; lists of one style that stand side by side are one.
#[derive(Default)]
pub(super) struct Blocks(Vec<Block>);

impl Blocks {
    pub fn push(&mut self, block: Block) {
        push_block(&mut self.0, block);
    }

    pub fn done(self) -> Vec<Block> {
        self.0
    }
}

/// Appends a block; a list without a name of its own goes on in a list of the same style before it.
pub(super) fn push_block(blocks: &mut Vec<Block>, block: Block) {
    if let BlockKind::List(more) = &block.kind
        && block.id.is_empty()
        && let Some(Block {
            kind: BlockKind::List(list),
            span,
            ..
        }) = blocks.last_mut()
        && list.style == more.style
    {
        *span = span.to(block.span);
        let BlockKind::List(more) = block.kind else { return };
        list.items.extend(more.items);
        return;
    }
    blocks.push(block);
}

/// How many of the lines go on with the paragraph before them.
pub(super) fn continuation(lines: &[Line<'_>]) -> usize {
    lines
        .iter()
        .take_while(|line| {
            let text = line.trimmed().text;
            !text.is_empty() && start(text).is_none() && !is_underline(text)
        })
        .count()
}

fn is_underline(text: &str) -> bool {
    underline_level(text).is_some()
}

fn underline_level(text: &str) -> Option<usize> {
    if text.len() >= 3 && text.chars().all(|c| c == '=') {
        Some(1)
    } else if text.len() >= 3 && text.chars().all(|c| c == '-') {
        Some(2)
    } else {
        None
    }
}
