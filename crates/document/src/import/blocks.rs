//! The pieces of one clause → its blocks: lists, notes, tables with their titles, figures, formulas, terms.

use super::Reader;
use super::counted::counted;
use super::formula::formula_symbol;
use super::line::{Grid, Line};
use super::links::{Links, Of};
use super::list::lists;
use super::role::{Item, Role, Taken};
use super::running;
use super::title::drop_start;
use super::words::{item, labelled};
use crate::model::{
    Block, BlockKind, Change, ChangeAction, ElementKind, Evidence, Example, Figure, Inline, InlineKind, ListItem, Note,
    Reference, ReferenceList, Span, Term, Unplaced,
};

/// A piece and what it was taken for.
#[derive(Debug, Clone)]
pub(super) enum Held {
    Line(Line, Taken),
    Grid(Grid),
    /// A block of the source that the file carries.
    Kept(Block),
}

/// The blocks of a clause in an element of this kind.
pub(super) fn blocks(
    reader: &mut Reader,
    links: &mut Links,
    held: Vec<Held>,
    kind: Option<ElementKind>,
    terms: bool,
) -> Vec<Block> {
    let mut maker = Maker {
        reader,
        links,
        out: Vec::new(),
        title: None,
        unit: None,
        tables: Vec::new(),
        figure: None,
        items: Vec::new(),
        term: None,
        kind,
        terms,
    };
    let mut held = held.into_iter().peekable();
    while let Some(piece) = held.next() {
        // A title behind its table, where no other table follows it.
        if let Held::Line(line, taken) = &piece
            && taken.role == Role::TableTitle
            && !matches!(
                held.peek(),
                Some(Held::Grid(_) | Held::Line(_, Taken { role: Role::Unit, .. }))
            )
            && maker.title_below(line)
        {
            continue;
        }
        // The first item stands in the line that leads in, the others below it.
        if let Held::Line(line, Taken { role: Role::Text, .. }) = &piece
            && !maker.lists_documents()
            && let Some(Held::Line(
                next,
                Taken {
                    role: Role::Item(_), ..
                },
            )) = held.peek()
            && running::goes_on(line, next)
            && let Some(parts) = running::items(line, true)
        {
            maker.running(parts);
            continue;
        }
        maker.piece(piece);
    }
    maker.rest();
    maker.out
}

pub(super) struct Maker<'a> {
    pub(super) reader: &'a mut Reader,
    pub(super) links: &'a mut Links,
    pub(super) out: Vec<Block>,
    /// 表1 and its title, until the table comes.
    pub(super) title: Option<Line>,
    pub(super) unit: Option<Line>,
    /// Which tables stand among `out`, by their numbers in the file.
    pub(super) tables: Vec<(String, usize)>,
    /// Pictures and what stands at them, until the title comes.
    pub(super) figure: Option<Figure>,
    /// Items of a list that is open.
    pub(super) items: Vec<(Item, ListItem)>,
    /// The term whose definition goes on, and the blocks before it.
    pub(super) term: Option<(Term, Vec<String>, Vec<Block>)>,
    pub(super) kind: Option<ElementKind>,
    pub(super) terms: bool,
}

impl Maker<'_> {
    fn piece(&mut self, piece: Held) {
        let (line, taken) = match piece {
            Held::Grid(grid) => {
                self.grid(grid);
                return;
            }
            Held::Kept(block) => {
                self.end_list();
                self.end_figure();
                self.untitled_table();
                self.end_term();
                self.out.push(block);
                return;
            }
            Held::Line(line, taken) => (line, taken),
        };
        if line.inlines.is_empty() && !matches!(taken.role, Role::TermNumber) {
            return;
        }
        match taken.role {
            Role::Item(_) | Role::ItemText => {}
            Role::Text | Role::Note
                if line
                    .inlines
                    .iter()
                    .all(|inline| matches!(inline.kind, InlineKind::Comment(_))) => {}
            _ => self.end_list(),
        }
        match taken.role {
            Role::Picture | Role::PartTitle | Role::Key | Role::FigureTitle | Role::ObjectNote => {}
            Role::Unit => {}
            _ => self.end_figure(),
        }
        match taken.role {
            Role::Item(item) if self.lists_documents() => {
                let _ = item;
                self.reference(line);
            }
            Role::Item(item) => self.item(line, item, taken),
            Role::ItemText => match self.items.last_mut() {
                Some((_, last)) => last.blocks.push(paragraph(line.inlines)),
                None => self.put(paragraph(line.inlines)),
            },
            Role::Note => self.note(line),
            Role::NoteText => self.add_to_last(line, |kind| match kind {
                BlockKind::Note(note) => Some(&mut note.blocks),
                _ => None,
            }),
            Role::Example => self.example(line),
            Role::ExampleText => self.add_to_last(line, |kind| match kind {
                BlockKind::Example(example) => Some(&mut example.blocks),
                _ => None,
            }),
            Role::TableTitle => {
                self.untitled_table();
                self.title = Some(line);
            }
            Role::Unit => self.unit = Some(line),
            Role::Picture | Role::PartTitle | Role::Key | Role::FigureTitle | Role::ObjectNote => {
                self.at_figure(line, taken);
            }
            Role::Formula if !line.formulas.is_empty() => self.formula(&line),
            Role::Where => self.symbols_begin(line),
            Role::Symbol => self.symbol(line),
            Role::TermNumber if self.terms => {
                self.end_term();
                let mut term = Term::default();
                let id = self.links.id(&line.bookmarks, Of::Block);
                term.blocks = Vec::new();
                self.term = Some((term, vec![id.as_str().to_owned()], Vec::new()));
            }
            Role::TermNumber if line.inlines.is_empty() => {}
            Role::TermWords => self.term_words(line),
            Role::Source => self.source(line),
            Role::Warning => match self.out.last_mut().map(|last| &mut last.kind) {
                Some(BlockKind::Warning(inner)) => inner.push(paragraph(line.inlines)),
                _ => self.put(Block::new(BlockKind::Warning(vec![paragraph(line.inlines)]))),
            },
            Role::Listing => {
                let text = format!("{}{}", line.lead, line.text);
                match self.last().map(|last| &mut last.kind) {
                    Some(BlockKind::Listing { text: before, .. }) => {
                        before.push('\n');
                        before.push_str(&text);
                    }
                    _ => self.put(Block::new(BlockKind::Listing {
                        language: String::new(),
                        text,
                    })),
                }
            }
            Role::Change => self.change(line),
            Role::Unplaced => {
                let (origin, text) = line.text.split_once('\n').unwrap_or((line.text.as_str(), ""));
                self.put(unplaced(origin, text, None));
            }
            Role::Text if self.lists_documents() => self.reference(line),
            Role::Text if taken.by != "running" => match running::items(&line, false) {
                Some(parts) => self.running(parts),
                None => self.text(line),
            },
            _ => self.text(line),
        }
    }

    fn lists_documents(&self) -> bool {
        matches!(self.kind, Some(ElementKind::References | ElementKind::Bibliography))
    }

    pub(super) fn text(&mut self, mut line: Line) {
        // The number of a term that stands alone, then its words.
        if let Some((term, _, _)) = &self.term
            && term.preferred.text.is_empty()
            && super::role::width(&line.text) <= 40.0
        {
            self.term_words(line);
            return;
        }
        if line.pictures > 0 && line.text.is_empty() {
            self.at_figure(
                line,
                Taken {
                    role: Role::Picture,
                    confidence: 60,
                    by: "text",
                },
            );
            return;
        }
        // 符号——释文 behind 式中.
        if let Some(BlockKind::Formula(formula)) = self.out.last().map(|last| &last.kind)
            && !formula.symbols.is_empty()
            && line.text.contains("——")
            && formula_symbol(&line).is_some()
        {
            self.symbol(line);
            return;
        }
        let id = self.links.id(&line.bookmarks, Of::Block);
        let mut block = paragraph(std::mem::take(&mut line.inlines));
        block.id = id;
        self.put(block);
    }

    /// A block goes to the term that is open, else to the clause.
    pub(super) fn put(&mut self, block: Block) {
        self.end_list();
        self.untitled_table();
        match &mut self.term {
            Some((_, _, blocks)) => blocks.push(block),
            None => self.out.push(block),
        }
    }

    pub(super) fn last(&mut self) -> Option<&mut Block> {
        match &mut self.term {
            Some((_, _, blocks)) => blocks.last_mut(),
            None => self.out.last_mut(),
        }
    }

    fn add_to_last(&mut self, line: Line, inner: impl Fn(&mut BlockKind) -> Option<&mut Vec<Block>>) {
        let block = paragraph(line.inlines);
        if let Some(blocks) = self.last().and_then(|last| inner(&mut last.kind)) {
            blocks.push(block);
            return;
        }
        self.put(block);
    }

    pub(super) fn item(&mut self, mut line: Line, item_: Item, taken: Taken) {
        // A list that begins with 2) goes on from something else: its numbers are words.
        let marked = item(&line.text).map(|(.., rest)| rest);
        let goes_on = item_.counted && marked.is_some() && !line.text.trim_start().starts_with(['a', '1']);
        if taken.by == "text" && goes_on && self.items.is_empty() {
            self.text(line);
            return;
        }
        if taken.by == "text"
            && let Some(rest) = marked.or_else(|| counted(&line.text).map(|(.., rest)| rest))
        {
            let characters = line.text.chars().count() - rest.chars().count();
            drop_start(&mut line.inlines, characters);
        }
        self.untitled_table();
        let id = self.links.id(&line.bookmarks, Of::Item);
        self.items.push((
            item_,
            ListItem {
                id,
                span: Span::NOWHERE,
                typed_marker: None,
                blocks: vec![paragraph(line.inlines)],
            },
        ));
    }

    pub(super) fn end_list(&mut self) {
        let items = std::mem::take(&mut self.items);
        for block in lists(items) {
            match &mut self.term {
                Some((_, _, blocks)) => blocks.push(block),
                None => self.out.push(block),
            }
        }
    }

    fn note(&mut self, mut line: Line) {
        strip_label(&mut line, &["注", "NOTE", "Note"]);
        let blocks = if line.inlines.is_empty() {
            Vec::new()
        } else {
            vec![paragraph(line.inlines)]
        };
        let mut block = Block::new(BlockKind::Note(Note { blocks }));
        block.id = self.links.id(&line.bookmarks, Of::Block);
        self.put(block);
    }

    fn example(&mut self, mut line: Line) {
        strip_label(&mut line, &["示例", "EXAMPLE", "Example"]);
        let blocks = if line.inlines.is_empty() {
            Vec::new()
        } else {
            vec![paragraph(line.inlines)]
        };
        let mut block = Block::new(BlockKind::Example(Example { blocks }));
        block.id = self.links.id(&line.bookmarks, Of::Block);
        self.put(block);
    }

    /// An entry of a list of documents; sentences are none.
    fn reference(&mut self, mut line: Line) {
        let text = line.text.trim();
        let fixed = text == crate::resolve::REFERENCES || text == crate::resolve::NO_REFERENCES;
        if fixed {
            return;
        }
        let english = self.kind == Some(ElementKind::References)
            && text.ends_with('.')
            && !text.contains(|c: char| c.is_ascii_digit());
        if text.ends_with(['。', '：', ':']) || english {
            self.text(line);
            return;
        }
        if let Some((mark, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
            && mark.chars().all(|c| c.is_ascii_digit())
        {
            let characters = text.chars().count() - rest.chars().count();
            drop_start(&mut line.inlines, characters);
        }
        let entry = Reference {
            text: line.inlines,
            ..Reference::default()
        };
        if let Some(BlockKind::References(list)) = self.out.last_mut().map(|last| &mut last.kind) {
            list.entries.push(entry);
            return;
        }
        self.put(Block::new(BlockKind::References(ReferenceList {
            entries: vec![entry],
            ..ReferenceList::default()
        })));
    }

    fn change(&mut self, line: Line) {
        let text = line.text.trim();
        for (words, action) in [
            ("改为：", ChangeAction::Replace),
            ("增加：", ChangeAction::Insert),
            ("删除。", ChangeAction::Delete),
        ] {
            if let Some(place) = text.strip_suffix(words) {
                self.put(Block::new(BlockKind::Change(Change {
                    place: place.to_owned(),
                    action,
                    blocks: Vec::new(),
                })));
                return;
            }
        }
        self.text(line);
    }

    fn rest(&mut self) {
        self.end_list();
        self.end_figure();
        self.untitled_table();
        self.end_term();
        for block in &mut self.out {
            if let BlockKind::Formula(formula) = &mut block.kind {
                formula.symbols.retain(|symbol| !symbol.symbol.is_empty());
            }
        }
        self.changes();
    }

    /// What follows a change up to the next one is its new text.
    fn changes(&mut self) {
        if !self.out.iter().any(|block| matches!(block.kind, BlockKind::Change(_))) {
            return;
        }
        let mut out: Vec<Block> = Vec::new();
        for block in std::mem::take(&mut self.out) {
            match (&mut out.last_mut().map(|last| &mut last.kind), &block.kind) {
                (Some(BlockKind::Change(change)), kind)
                    if change.action != ChangeAction::Delete && !matches!(kind, BlockKind::Change(_)) =>
                {
                    change.blocks.push(block);
                }
                _ => out.push(block),
            }
        }
        self.out = out;
    }
}

fn strip_label(line: &mut Line, words: &[&str]) {
    if let Some(rest) = labelled(&line.text, words) {
        let characters = line.text.chars().count() - rest.chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

/// What has no place in a standard, where it stood.
pub(super) fn unplaced(origin: &str, text: &str, evidence: Option<Evidence>) -> Block {
    Block::new(BlockKind::Unplaced(Unplaced {
        origin: origin.to_owned(),
        evidence,
        text: text.to_owned(),
    }))
}

/// A paragraph of these inlines.
pub(super) fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::new(crate::model::BlockKind::Paragraph(inlines))
}
