//! The pieces of one clause → its blocks: lists, notes, tables with their titles, figures, formulas, terms.

use super::Reader;
use super::assemble::{drop_start, paragraph};
use super::grid::table;
use super::line::{Grid, Line};
use super::links::Links;
use super::role::{Item, Role, Taken};
use super::run::plain;
use super::words::{caption, item, labelled};
use crate::finding::message;
use crate::model::{
    Block, BlockKind, Change, ChangeAction, Designator, ElementKind, Evidence, Example, Figure, Footnote, Formula,
    Image, Inline, InlineKind, KeyEntry, List, ListItem, ListStyle, Note, Reference, ReferenceList, Span, SubFigure,
    Symbol, Term, TermSource, Unplaced,
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
        figure: None,
        items: Vec::new(),
        term: None,
        kind,
        terms,
    };
    for piece in held {
        maker.piece(piece);
    }
    maker.rest();
    maker.out
}

struct Maker<'a> {
    reader: &'a mut Reader,
    links: &'a mut Links,
    out: Vec<Block>,
    /// 表1 and its title, until the table comes.
    title: Option<Line>,
    unit: Option<Line>,
    /// Pictures and what stands at them, until the title comes.
    figure: Option<Figure>,
    /// Items of a list that is open.
    items: Vec<(Item, ListItem)>,
    /// The term whose definition goes on, and the blocks before it.
    term: Option<(Term, Vec<String>, Vec<Block>)>,
    kind: Option<ElementKind>,
    terms: bool,
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
                let id = self.links.id(&line.bookmarks);
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
                let text = line.text.clone();
                match self.out.last_mut().map(|last| &mut last.kind) {
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
            _ => self.text(line),
        }
    }

    fn lists_documents(&self) -> bool {
        matches!(self.kind, Some(ElementKind::References | ElementKind::Bibliography))
    }

    fn text(&mut self, mut line: Line) {
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
        let id = self.links.id(&line.bookmarks);
        let mut block = paragraph(std::mem::take(&mut line.inlines));
        block.id = id;
        self.put(block);
    }

    /// A block goes to the term that is open, else to the clause.
    fn put(&mut self, block: Block) {
        self.end_list();
        self.untitled_table();
        match &mut self.term {
            Some((_, _, blocks)) => blocks.push(block),
            None => self.out.push(block),
        }
    }

    fn last(&mut self) -> Option<&mut Block> {
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

    fn item(&mut self, mut line: Line, item_: Item, taken: Taken) {
        // A list that begins with 2) goes on from something else: its numbers are words.
        let goes_on = item_.counted && !line.text.trim_start().starts_with(['a', '1']);
        if taken.by == "text" && goes_on && self.items.is_empty() {
            self.text(line);
            return;
        }
        if taken.by == "text"
            && let Some((_, _, rest)) = item(&line.text)
        {
            let characters = line.text.chars().count() - rest.chars().count();
            drop_start(&mut line.inlines, characters);
        }
        self.untitled_table();
        let id = self.links.id(&line.bookmarks);
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

    fn end_list(&mut self) {
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
        block.id = self.links.id(&line.bookmarks);
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
        block.id = self.links.id(&line.bookmarks);
        self.put(block);
    }

    /// A title for which no table came stays a paragraph.
    fn untitled_table(&mut self) {
        let left: Vec<Line> = [self.title.take(), self.unit.take()].into_iter().flatten().collect();
        for line in left {
            self.reader
                .warn(line.place, message!("import-title-alone", title = &line.text));
            let block = paragraph(line.inlines);
            match &mut self.term {
                Some((_, _, blocks)) => blocks.push(block),
                None => self.out.push(block),
            }
        }
    }

    fn grid(&mut self, grid: Grid) {
        self.end_list();
        self.end_figure();
        let title = self.title.take();
        let unit = self.unit.take();
        let marks = grid.bookmarks.clone();
        let Some(mut made) = table(self.reader, self.links, grid) else {
            self.title = title;
            self.unit = unit;
            return;
        };
        let mut bookmarks = marks;
        if let Some(mut line) = title {
            strip_caption(&mut line, '表');
            bookmarks.append(&mut line.bookmarks);
            if !line.inlines.is_empty() {
                made.caption = Some(line.inlines);
            }
        } else {
            made.unnumbered = true;
        }
        if let Some(line) = unit {
            let words = line
                .text
                .trim_start_matches("单位为")
                .trim_start_matches("单位：")
                .trim();
            made.unit = Some(words.to_owned());
        }
        let mut block = Block::new(BlockKind::Table(made));
        block.id = self.links.id(&bookmarks);
        self.put(block);
    }

    /// Pictures, parts, keys, notes, then the title.
    fn at_figure(&mut self, mut line: Line, taken: Taken) {
        if taken.role == Role::ObjectNote && self.figure.is_none() {
            let note = object_note(line);
            if let Some(BlockKind::Table(table)) = self.last().map(|last| &mut last.kind) {
                table.footnotes.push(note);
            } else {
                self.put(paragraph(note.text));
            }
            return;
        }
        let figure = self.figure.get_or_insert_with(Figure::default);
        let images = pictures(&line.inlines);
        match taken.role {
            Role::Picture => figure.images.extend(images),
            Role::PartTitle => {
                if let Some((_, _, rest)) = item(&line.text) {
                    let characters = line.text.chars().count() - rest.chars().count();
                    drop_start(&mut line.inlines, characters);
                }
                figure.parts.push(SubFigure {
                    id: self.links.id(&line.bookmarks),
                    span: Span::NOWHERE,
                    caption: (!line.inlines.is_empty()).then_some(line.inlines),
                    images: std::mem::take(&mut figure.images),
                });
            }
            Role::Key => {
                if let Some((mark, _)) = line.text.split_once("——") {
                    let mark = mark.trim().to_owned();
                    drop_start(&mut line.inlines, mark.chars().count() + 2);
                    figure.keys.push(KeyEntry {
                        span: Span::NOWHERE,
                        mark,
                        text: line.inlines,
                    });
                }
            }
            Role::ObjectNote => figure.footnotes.push(object_note(line)),
            _ => {
                figure.images.extend(images);
                line.inlines
                    .retain(|inline| !matches!(inline.kind, InlineKind::Picture { .. }));
                strip_caption(&mut line, '图');
                figure.caption = (!line.inlines.is_empty()).then_some(line.inlines);
                if figure.images.is_empty() && figure.parts.is_empty() {
                    self.reader
                        .warn(line.place, message!("import-no-picture", title = &line.text));
                }
                let mut figure = self.figure.take().unwrap_or_default();
                if let Some(unit) = self.unit.take() {
                    figure.unit = Some(unit.text.trim_start_matches("单位为").trim().to_owned());
                }
                let mut block = Block::new(BlockKind::Figure(figure));
                block.id = self.links.id(&line.bookmarks);
                self.put(block);
            }
        }
    }

    /// Pictures without a title.
    fn end_figure(&mut self) {
        let Some(mut figure) = self.figure.take() else { return };
        figure.unnumbered = true;
        if figure.images.is_empty() && figure.parts.is_empty() && figure.keys.is_empty() {
            for note in figure.footnotes {
                self.put(paragraph(note.text));
            }
            return;
        }
        self.put(Block::new(BlockKind::Figure(figure)));
    }

    fn formula(&mut self, line: &Line) {
        let rest = line
            .formulas
            .iter()
            .fold(line.text.clone(), |rest, latex| rest.replacen(latex.as_str(), "", 1));
        let numbered = rest.chars().any(|c| c.is_ascii_digit());
        let mut block = Block::new(BlockKind::Formula(Formula {
            latex: line.formulas.join(" "),
            unnumbered: !numbered,
            ..Formula::default()
        }));
        block.id = self.links.id(&line.bookmarks);
        self.put(block);
    }

    /// 式中：, perhaps with the first symbol behind it.
    fn symbols_begin(&mut self, mut line: Line) {
        let is_formula = self
            .last()
            .is_some_and(|last| matches!(last.kind, BlockKind::Formula(_)));
        let bare = matches!(line.text.trim_end(), "式中：" | "式中:" | "式中");
        if !is_formula {
            self.put(paragraph(line.inlines));
        } else if !bare {
            drop_start(&mut line.inlines, 3);
            self.symbol(line);
        } else if let Some(BlockKind::Formula(formula)) = self.last().map(|last| &mut last.kind) {
            // So that the lines behind it are known for symbols.
            formula.symbols.push(Symbol {
                span: Span::NOWHERE,
                symbol: String::new(),
                text: Vec::new(),
            });
        }
    }

    fn symbol(&mut self, line: Line) {
        let made = formula_symbol(&line);
        if let (Some(BlockKind::Formula(formula)), Some(symbol)) = (self.last().map(|last| &mut last.kind), made) {
            formula.symbols.retain(|symbol| !symbol.symbol.is_empty());
            formula.symbols.push(symbol);
            return;
        }
        self.put(paragraph(line.inlines));
    }

    fn term_words(&mut self, line: Line) {
        let fresh = self
            .term
            .as_ref()
            .is_none_or(|(term, _, blocks)| !term.preferred.text.is_empty() && !blocks.is_empty());
        let latin = line.text.chars().all(|c| c.is_ascii() || c == '\u{2019}');
        if fresh && !(latin && self.term.is_some()) {
            self.end_term();
            self.term = Some((Term::default(), Vec::new(), Vec::new()));
        }
        let Some((term, names, _)) = &mut self.term else { return };
        if names.is_empty() {
            names.push(self.links.id(&line.bookmarks).as_str().to_owned());
        }
        // LaTeX of symbols stands in lines of its own.
        for math in &line.formulas {
            term.symbols.push(math.clone());
        }
        let words = plain(&line.inlines.iter().map(unbroken).collect::<Vec<_>>()).replace('\u{2028}', "\n");
        for part in words.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
            if let Some(word) = part.strip_prefix("拒用：") {
                term.deprecated.push(designator(word));
            } else if part.starts_with(['〈', '<']) && part.ends_with(['〉', '>']) {
                term.domain = Some(part.trim_matches(['〈', '〉', '<', '>']).to_owned());
            } else if term.preferred.text.is_empty() {
                let (word, english) = bilingual(part);
                term.preferred = designator(word);
                term.english.extend(split_english(english));
            } else if part.chars().all(|c| c.is_ascii()) && term.english.is_empty() {
                term.english.extend(split_english(part));
            } else {
                term.admitted.push(designator(part));
            }
        }
    }

    fn source(&mut self, line: Line) {
        let written = line.text.trim();
        let written = written.strip_prefix('[').unwrap_or(written);
        let written = written.strip_suffix(']').unwrap_or(written);
        let written = written
            .trim_start_matches("来源")
            .trim_start_matches("SOURCE")
            .trim_start_matches(['：', ':'])
            .trim();
        match &mut self.term {
            Some((term, _, _)) if term.source.is_none() => {
                term.source = Some(TermSource {
                    written: written.to_owned(),
                    ..TermSource::default()
                });
            }
            _ => self.put(paragraph(line.inlines)),
        }
    }

    fn end_term(&mut self) {
        self.end_list();
        let Some((mut term, names, blocks)) = self.term.take() else {
            return;
        };
        if term.preferred.text.is_empty() && term.english.is_empty() {
            self.out.extend(blocks);
            return;
        }
        term.blocks = blocks;
        let mut block = Block::new(BlockKind::Term(term));
        if let Some(name) = names.first().filter(|name| !name.is_empty()) {
            block.id = crate::model::Id::written(name);
        }
        self.out.push(block);
    }

    /// An entry of a list of documents; sentences are none.
    fn reference(&mut self, mut line: Line) {
        let text = line.text.trim();
        let fixed = text == crate::resolve::REFERENCES || text == crate::resolve::NO_REFERENCES;
        if fixed {
            return;
        }
        if text.ends_with(['。', '：', ':']) {
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

/// Items of any depth as lists: what is deeper stands in the item before it.
fn lists(items: Vec<(Item, ListItem)>) -> Vec<Block> {
    let mut depths = Vec::new();
    let mut open: Vec<Item> = Vec::new();
    for (item, _) in &items {
        let same =
            |other: &Item| other.counted == item.counted && other.digits == item.digits && other.level == item.level;
        if let Some(at) = open.iter().position(same) {
            open.truncate(at + 1);
        } else {
            // Digits stand below letters; what Word puts deeper stands deeper.
            while let Some(top) = open.last() {
                let below = item.level > top.level || (item.digits && top.counted && !top.digits);
                if below {
                    break;
                }
                open.pop();
            }
            open.push(*item);
        }
        depths.push(open.len() - 1);
    }
    let mut items: Vec<(usize, Item, ListItem)> = depths
        .into_iter()
        .zip(items)
        .map(|(depth, (item, made))| (depth, item, made))
        .collect();
    gather(&mut items, 0)
}

fn gather(items: &mut Vec<(usize, Item, ListItem)>, depth: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    while let Some((at, item, _)) = items.first() {
        if *at < depth {
            break;
        }
        let (at, item) = (*at, *item);
        if at > depth {
            let below = gather(items, depth + 1);
            match out.last_mut().map(|last| &mut last.kind) {
                Some(BlockKind::List(list)) if !list.items.is_empty() => {
                    if let Some(last) = list.items.last_mut() {
                        last.blocks.extend(below);
                    }
                }
                _ => out.extend(below),
            }
            continue;
        }
        let (_, _, made) = items.remove(0);
        let style = if item.counted {
            ListStyle::Ordered
        } else {
            ListStyle::Dash
        };
        match out.last_mut().map(|last| &mut last.kind) {
            Some(BlockKind::List(list)) if list.style == style => list.items.push(made),
            _ => out.push(Block::new(BlockKind::List(List {
                style,
                items: vec![made],
            }))),
        }
    }
    out
}

fn strip_label(line: &mut Line, words: &[&str]) {
    if let Some(rest) = labelled(&line.text, words) {
        let characters = line.text.chars().count() - rest.chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

fn strip_caption(line: &mut Line, word: char) {
    if let Some((_, title)) = caption(&line.text, word) {
        let text = line.text.trim_end();
        let characters = text.chars().count() - title.trim_end().chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

/// The mark at the start is the note's label.
pub(super) fn object_note(mut line: Line) -> Footnote {
    let mut label = String::new();
    if let Some(InlineKind::Superscript(inner)) = line.inlines.first().map(|first| &first.kind) {
        label = plain(inner).trim().to_owned();
        line.inlines.remove(0);
        drop_start(&mut line.inlines, 0);
        if let Some(InlineKind::Text(run)) = line.inlines.first_mut().map(|first| &mut first.kind) {
            run.text = run.text.trim_start_matches(['\u{a0}', ' ', ')']).to_owned();
        }
    }
    Footnote {
        label,
        span: Span::NOWHERE,
        text: line.inlines,
    }
}

fn pictures(inlines: &[Inline]) -> Vec<Image> {
    inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Picture { words, file } => Some(Image {
                span: Span::NOWHERE,
                file: file.clone(),
                words: words.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// `w_i——第 i 项的权重`.
fn formula_symbol(line: &Line) -> Option<Symbol> {
    let mut inlines = line.inlines.clone();
    let symbol = match inlines.first().map(|first| &first.kind) {
        Some(InlineKind::Math(latex)) => {
            let latex = latex.clone();
            inlines.remove(0);
            latex
        }
        _ => {
            let (before, _) = line.text.split_once("——").or_else(|| line.text.split_once('—'))?;
            let symbol = before.trim().to_owned();
            if symbol.chars().count() > 20 || symbol.chars().any(|c| c > '\u{2e80}') {
                return None;
            }
            drop_start(&mut inlines, before.chars().count());
            symbol
        }
    };
    let first = inlines.first_mut()?;
    let InlineKind::Text(run) = &mut first.kind else {
        return None;
    };
    let rest = run
        .text
        .trim_start()
        .trim_start_matches(['—', '–', '-', '：', ':'])
        .to_owned();
    run.text = rest;
    Some(Symbol {
        span: Span::NOWHERE,
        symbol,
        text: inlines,
    })
}

fn designator(word: &str) -> Designator {
    Designator {
        span: Span::NOWHERE,
        text: word.trim().to_owned(),
    }
}

/// A break as a line's end, all else as it is.
fn unbroken(inline: &Inline) -> Inline {
    match &inline.kind {
        InlineKind::Break => Inline::text("\u{2028}"),
        InlineKind::Strong(inner) if inner.len() == 1 => inner.first().cloned().unwrap_or_else(|| inline.clone()),
        _ => inline.clone(),
    }
}

/// 光伏组件 PV module: the word and the English behind it.
fn bilingual(words: &str) -> (&str, &str) {
    let begins = words.char_indices().find(|(at, c)| {
        c.is_ascii_alphanumeric()
            && words
                .get(..*at)
                .is_some_and(|before| before.ends_with([' ', '\u{3000}', '（', '(']))
    });
    match begins {
        Some((at, _)) if at > 0 => {
            let (word, english) = words.split_at(at);
            if english.chars().any(|c| c > '\u{2e80}' && !matches!(c, '；' | '）')) {
                return (words, "");
            }
            (
                word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '(')),
                english.trim_end_matches(['）', ')']),
            )
        }
        _ => (words, ""),
    }
}

fn split_english(words: &str) -> Vec<String> {
    words
        .split([';', '；'])
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// What has no place in a standard, where it stood.
pub(super) fn unplaced(origin: &str, text: &str, evidence: Option<Evidence>) -> Block {
    Block::new(BlockKind::Unplaced(Unplaced {
        origin: origin.to_owned(),
        evidence,
        text: text.to_owned(),
    }))
}
