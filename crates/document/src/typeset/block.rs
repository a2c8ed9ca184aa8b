//! Blocks → calls.

use super::Writer;
use super::inline::alternative;
use super::literal::{array, content, literal};
use crate::model::{Block, BlockKind, Clause, Figure, Footnote, Formula, Image, List, ListStyle, Term, plain_text};
use crate::resolve::{ListDepth, item_marker, printed, small_letter};

/// What is around a block: lists, and whether a note's label.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    lists: ListDepth,
    label: bool,
}

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        self.blocks_in(blocks, Around::default());
    }

    /// The blocks of a clause whose list is printed from what is resolved.
    pub(super) fn other_blocks(&mut self, clause: &Clause) {
        for block in &clause.blocks {
            if !matches!(block.kind, BlockKind::References(_)) {
                self.block(block, Around::default());
            }
        }
    }

    /// 无标题条: its first paragraph runs on behind the number.
    pub(super) fn untitled(&mut self, clause: &Clause, level: usize) {
        let number = literal(&self.caption(&clause.id));
        let anchor = self.anchor(&clause.id);
        let mut rest = clause.blocks.as_slice();
        let mut text = String::new();
        if let Some((first, others)) = rest.split_first()
            && let BlockKind::Paragraph(words) = &first.kind
        {
            text = self.text(words);
            rest = others;
        }
        self.put(&format!("#untitled({anchor},{number},[{text}])\n"));
        self.blocks(rest);
        for below in &clause.clauses {
            if below.heading.is_some() {
                self.heading(below, level + 1);
                self.inside(below, level + 2);
            } else {
                self.untitled(below, level + 1);
            }
        }
    }

    fn blocks_in(&mut self, blocks: &[Block], around: Around) {
        for block in blocks {
            self.block(block, around);
        }
    }

    /// Blocks as content of their own.
    fn held(&mut self, blocks: &[Block], around: Around) -> String {
        let from = self.out.len();
        self.blocks_in(blocks, around);
        let inner = self.out.split_off(from);
        content(&inner)
    }

    pub(super) fn held_blocks(&mut self, blocks: &[Block]) -> String {
        self.held(blocks, Around::default())
    }

    fn block(&mut self, block: &Block, around: Around) {
        match &block.kind {
            BlockKind::Paragraph(text) => {
                let text = self.text(text);
                if !text.is_empty() {
                    self.put(&format!("#p[{text}]\n"));
                }
            }
            BlockKind::List(list) => self.list(list, around),
            BlockKind::Note(note) => self.labelled(block, printed::note(self.tongue), &note.blocks),
            BlockKind::Example(example) => self.labelled(block, printed::example(self.tongue), &example.blocks),
            BlockKind::Warning(inner) => {
                let inner = self.held(inner, around);
                self.put(&format!("#warning({inner})\n"));
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Data(fence) => self.data(block, fence),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Formula(formula) => self.formula(block, formula),
            BlockKind::Term(term) => self.term(block, term),
            BlockKind::References(list) => {
                for entry in &list.entries {
                    let text = self.text(&entry.text);
                    self.put(&format!("#p[#{}{text}]\n", literal(&format!("{}　", entry.written))));
                }
            }
            BlockKind::Listing { text, .. } => self.put(&format!("#listing({})\n", literal(text))),
            BlockKind::Translation(translation) => {
                let outer = std::mem::replace(&mut self.tongue, self.document.front.language.other());
                let inner = self.held(&translation.blocks, around);
                self.tongue = outer;
                self.put(&format!("#other-tongue({},{inner})\n", literal(self.other_tag())));
            }
            BlockKind::Change(change) => {
                let place = literal(&format!("{}{}", change.place, change.action.printed()));
                let inner = self.held(&change.blocks, around);
                self.put(&format!("#change({place},{inner})\n"));
            }
            BlockKind::Comment(_) => {}
            BlockKind::Unplaced(unplaced) => {
                let call = format!("#unplaced({},{})\n", literal(&unplaced.origin), literal(&unplaced.text));
                self.put(&call);
            }
        }
    }

    fn list(&mut self, list: &List, around: Around) {
        if list.items.is_empty() {
            return;
        }
        let (depth, lists) = around.lists.open(list.style);
        let inside = Around { lists, ..around };
        let mut entries = Vec::new();
        for (index, item) in list.items.iter().enumerate() {
            let marker = literal(&item_marker(list.style, depth, index));
            let anchor = self.anchor(&item.id);
            let held = self.held(&item.blocks, inside);
            entries.push(format!("({marker},{anchor},{held})"));
        }
        let call = format!(
            "#items({},{},{})\n",
            around.lists.level() == 0 && !around.label,
            list.style == ListStyle::Ordered,
            array(entries)
        );
        self.put(&call);
    }

    /// Notes and examples. What holds tables or figures may go over pages, so nothing hangs.
    fn labelled(&mut self, block: &Block, bare: &str, blocks: &[Block]) {
        let label = match self.caption(&block.id) {
            label if label.is_empty() => bare.to_owned(),
            label => label,
        };
        let anchor = self.anchor(&block.id);
        let hangs = blocks
            .iter()
            .all(|inner| matches!(inner.kind, BlockKind::Paragraph(_) | BlockKind::List(_)));
        let around = Around {
            label: hangs,
            ..Around::default()
        };
        let held = self.held(blocks, around);
        let call = if hangs { "labelled" } else { "spread" };
        self.put(&format!("#{call}({anchor},{},{held})\n", literal(&label)));
    }

    fn pictures(&self, images: &[Image]) -> String {
        images
            .iter()
            .map(|image| match self.options.pictures.get(&image.file) {
                Some(name) => format!(
                    "#picture({},{})\n",
                    literal(name),
                    alternative(&image.words, &image.file)
                ),
                None => format!("#missing-picture({})\n", literal(&image.words)),
            })
            .collect()
    }

    fn figure(&mut self, block: &Block, figure: &Figure) {
        let own: Vec<&str> = figure.footnotes.iter().map(|note| note.label.as_str()).collect();
        let mut inner = String::new();
        if let Some(unit) = &figure.unit {
            let unit = literal(&printed::unit(self.tongue, unit));
            inner.push_str(&format!("#figure-unit({unit})\n"));
        }
        inner.push_str(&self.pictures(&figure.images));
        for (index, part) in figure.parts.iter().enumerate() {
            let mark = literal(&item_marker(ListStyle::Ordered, 0, index));
            let anchor = self.anchor(&part.id);
            let title = part
                .caption
                .as_ref()
                .map(|text| self.text_with(text, &own))
                .unwrap_or_default();
            let pictures = self.pictures(&part.images);
            inner.push_str(&format!("#part({anchor},{mark},[{title}],[{pictures}])\n"));
        }
        if !figure.keys.is_empty() {
            let mut entries = Vec::new();
            for key in &figure.keys {
                let words = self.text_with(&key.text, &own);
                entries.push(format!("({},[{words}])", literal(&key.mark)));
            }
            let opening = literal(printed::key(self.tongue));
            inner.push_str(&format!("#keys({opening},{})\n", array(entries)));
        }
        let below = self.held_blocks(&figure.below);
        inner.push_str(&format!("#small-print({below})\n"));
        inner.push_str(&self.own_footnotes(&figure.footnotes));
        let anchor = self.anchor(&block.id);
        let caption = self.object_caption(block, figure.caption.as_deref(), figure.caption_other.as_deref(), &own);
        let alternative = literal(&figure_words(figure, &self.caption(&block.id)));
        self.put(&format!("#figure-of({anchor},{alternative},{caption},[{inner}])\n"));
    }

    /// Footnotes of a table or a figure.
    pub(super) fn own_footnotes(&mut self, notes: &[Footnote]) -> String {
        let mut out = String::new();
        for (index, note) in notes.iter().enumerate() {
            let text = self.note_text(note);
            out.push_str(&format!("#table-note({},{text})\n", literal(&small_letter(index))));
        }
        out
    }

    fn formula(&mut self, block: &Block, formula: &Formula) {
        let number = literal(&self.caption(&block.id));
        let anchor = self.anchor(&block.id);
        let math = self.block_math(&formula.latex);
        self.put(&format!("#formula({anchor},{number},{math})\n"));
        if formula.symbols.is_empty() {
            return;
        }
        let mut entries = Vec::new();
        for symbol in &formula.symbols {
            let name = self.inline_math(&symbol.symbol);
            let text = self.text(&symbol.text);
            entries.push(format!("([{name}],[{text}])"));
        }
        let opening = literal(printed::where_(self.tongue));
        self.put(&format!("#where-list({opening},{})\n", array(entries)));
    }

    fn term(&mut self, block: &Block, term: &Term) {
        let number = literal(&self.caption(&block.id));
        let anchor = self.anchor(&block.id);
        let mut others = Vec::new();
        for word in &term.admitted {
            others.push(format!("[#strong-words[#{}]]", literal(&word.text)));
        }
        for word in &term.deprecated {
            others.push(format!("[#{}]", literal(&printed::deprecated(self.tongue, &word.text))));
        }
        for symbol in &term.symbols {
            others.push(content(&self.inline_math(symbol)));
        }
        if let Some(domain) = &term.domain {
            others.push(format!("[#{}]", literal(&format!("〈{domain}〉"))));
        }
        let mut inner = self.held_blocks(&term.blocks);
        if let Some(source) = &term.source {
            inner.pop();
            let source = literal(&printed::source(self.tongue, &source.written));
            inner.push_str(&format!("#p[#{source}]\n]"));
        }
        self.put(&format!(
            "#term({anchor},{number},{},{},{},{inner})\n",
            literal(&term.preferred.text),
            literal(&term.english.join("; ")),
            array(others),
        ));
    }
}

/// What is read out for a figure: its title, else what its pictures show, else its number.
fn figure_words(figure: &Figure, number: &str) -> String {
    let title = figure.caption.as_deref().map(plain_text).unwrap_or_default();
    let pictures = figure
        .images
        .iter()
        .chain(figure.parts.iter().flat_map(|part| &part.images));
    let shown: Vec<&str> = pictures
        .map(|image| image.words.as_str())
        .filter(|words| !words.is_empty())
        .collect();
    [title, shown.join("；"), number.to_owned()]
        .into_iter()
        .find(|words| !words.trim().is_empty())
        .unwrap_or_else(|| "图".to_owned())
}
