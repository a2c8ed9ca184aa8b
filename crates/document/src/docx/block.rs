//! Blocks → paragraphs and tables.

use super::Writer;
use super::counted::LETTERS as MOST_LETTERS;
use super::inline::{BREAK, plain, run};
use super::numbering::{Counted, DASHES as DASH_LIST};
use super::paragraph::Paragraph;
use super::style_name::{
    CELL_TEXT, CHANGE, DASHES, EXAMPLE, EXAMPLE_NUMBERED, EXAMPLE_TEXT, ITEM_TEXT, LETTERS, LISTING, NOTE,
    NOTE_NUMBERED, NOTE_TEXT, REFERENCE, TERM_NUMBER, TERM_WORDS, TEXT, UNPLACED, WARNING,
};
use crate::model::{Block, BlockKind, List, ListStyle, Term};
use crate::resolve::{ListDepth, item_marker, printed};

/// What is around a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    lists: ListDepth,
    place: Place,
}

/// In what the block stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Place {
    #[default]
    Text,
    Cell,
    Note,
    Example,
    Warning,
}

/// The lists in which notes and examples are counted: number and count.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope {
    notes: (usize, usize),
    examples: (usize, usize),
}

/// One level of a list, in twentieths of a point: two characters.
const STEP: usize = 420;

impl Around {
    /// Within nothing but this.
    pub fn at(place: Place) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    fn level(self) -> usize {
        self.lists.level()
    }

    /// Where the text of the innermost item stands.
    fn edge(self) -> usize {
        if self.level() == 0 {
            0
        } else {
            STEP + STEP * self.level()
        }
    }

    /// A paragraph that carries no mark.
    fn paragraph(self) -> Paragraph {
        match self.place {
            Place::Note => Paragraph::of(NOTE_TEXT),
            Place::Example => Paragraph::of(EXAMPLE_TEXT),
            Place::Text if self.level() == 0 => Paragraph::of(TEXT),
            Place::Cell if self.level() == 0 => Paragraph::of(CELL_TEXT),
            Place::Warning if self.level() == 0 => Paragraph::of(WARNING),
            Place::Text | Place::Cell | Place::Warning => Paragraph::of(ITEM_TEXT).hanging(self.edge(), 0),
        }
    }
}

impl Writer<'_> {
    pub(super) fn blocks_in(&mut self, blocks: &[Block], around: Around) {
        for block in blocks {
            self.block(block, around);
        }
    }

    /// Blocks that count their notes for themselves.
    pub(super) fn scoped(&mut self, blocks: &[Block], around: Around) {
        let outer = std::mem::take(&mut self.scope);
        self.blocks_in(blocks, around);
        self.scope = outer;
    }

    pub(super) fn block(&mut self, block: &Block, around: Around) {
        match &block.kind {
            BlockKind::Paragraph(text) => {
                let runs = self.text(text);
                if !runs.is_empty() {
                    self.put(&around.paragraph(), &runs);
                }
            }
            BlockKind::List(list) => self.list(list, around),
            BlockKind::Note(note) => self.labelled(block, &note.blocks, around, Counted::Notes),
            BlockKind::Example(example) => self.labelled(block, &example.blocks, around, Counted::Examples),
            BlockKind::Warning(inner) => {
                let place = Place::Warning;
                self.blocks_in(inner, Around { place, ..around });
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Data(fence) => self.data(block, fence),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Formula(formula) => self.formula(block, formula),
            BlockKind::Term(term) => self.term(block, term, 0, None),
            BlockKind::References(list) => {
                for entry in &list.entries {
                    let text = self.text(&entry.text);
                    let head = if entry.written.is_empty() {
                        String::new()
                    } else {
                        plain(&format!("{}　", entry.written))
                    };
                    self.put(&Paragraph::of(REFERENCE), &(head + &text));
                }
            }
            BlockKind::Listing { text, .. } => {
                let lines: Vec<String> = text.lines().map(plain).collect();
                self.put(&Paragraph::of(LISTING), &lines.join(BREAK));
            }
            BlockKind::Translation(translation) => {
                let outer = std::mem::replace(&mut self.tongue, self.document.front.language.other());
                self.blocks_in(&translation.blocks, around);
                self.tongue = outer;
            }
            BlockKind::Change(change) => {
                let place = format!("{}{}", change.place, change.action.printed());
                self.put(&Paragraph::of(CHANGE), &plain(&place));
                self.scoped(&change.blocks, around);
            }
            BlockKind::Comment(words) => {
                let id = self.new_comment(words);
                self.waiting.push(id);
            }
            BlockKind::Unplaced(unplaced) => {
                let mut lines = vec![plain(&unplaced.origin)];
                lines.extend(unplaced.text.lines().map(plain));
                self.put(&Paragraph::of(UNPLACED), &lines.join(BREAK));
            }
        }
    }

    fn list(&mut self, list: &List, around: Around) {
        let (depth, lists) = around.lists.open(list.style);
        let inside = Around { lists, ..around };
        let counts = list.style == ListStyle::Dash || list.items.len() <= MOST_LETTERS;
        let level = depth.min(8);
        let number = match list.style {
            ListStyle::Dash => DASH_LIST,
            ListStyle::Ordered if counts => self.numbering.begin(Counted::Letters, level),
            ListStyle::Ordered => 0,
        };
        let styles = if list.style == ListStyle::Dash { DASHES } else { LETTERS };
        let style = if depth == 0 { styles[0] } else { styles[1] };
        for (index, item) in list.items.iter().enumerate() {
            let mut paragraph = Paragraph::of(style).hanging(inside.edge(), STEP);
            let mut runs = String::new();
            if counts {
                paragraph = paragraph.list(level, number);
            } else {
                paragraph = paragraph.list(0, 0);
                runs.push_str(&plain(&item_marker(list.style, depth, index)));
                runs.push_str(super::inline::TAB);
            }
            let mut rest = item.blocks.as_slice();
            if let Some((first, others)) = rest.split_first()
                && let BlockKind::Paragraph(words) = &first.kind
            {
                runs.push_str(&self.text(words));
                rest = others;
            }
            let runs = self.marked(&item.id, &runs);
            self.put(&paragraph, &runs);
            self.blocks_in(rest, inside);
        }
    }

    /// Notes and examples: the label is Word's; the text runs on behind it where it is a paragraph.
    fn labelled(&mut self, block: &Block, blocks: &[Block], around: Around, what: Counted) {
        let notes = what == Counted::Notes;
        let number = self.resolved.number(&block.id).to_owned();
        let base = around.edge();
        let (bare, counted, left, hanging) = if notes {
            (NOTE, NOTE_NUMBERED, 780, 360)
        } else {
            (EXAMPLE, EXAMPLE_NUMBERED, 420, 0)
        };
        let mut runs = String::new();
        let mut paragraph = if self.tongue != self.document.front.language {
            // Word's own label is in the language of the text.
            let label = match self.caption(&block.id) {
                label if !label.is_empty() => label,
                _ if notes => printed::note(self.tongue).to_owned(),
                _ => printed::example(self.tongue).to_owned(),
            };
            runs.push_str(&plain(&label));
            Paragraph::of(bare).list(0, 0)
        } else if number.is_empty() {
            Paragraph::of(bare)
        } else {
            let (list, count) = if notes { self.scope.notes } else { self.scope.examples };
            let (list, count) = match number.as_str() {
                "1" => (self.numbering.begin(what, 0), 1),
                _ => (list, count + 1),
            };
            let place = if notes {
                &mut self.scope.notes
            } else {
                &mut self.scope.examples
            };
            *place = (list, count);
            if list > 0 && number == count.to_string() {
                Paragraph::of(counted).list(0, list)
            } else {
                runs.push_str(&plain(&self.caption(&block.id)));
                Paragraph::of(counted).list(0, 0)
            }
        };
        if base > 0 {
            let more = if number.is_empty() { 0 } else { 90 };
            paragraph = paragraph.hanging(base + left - STEP + more, if hanging > 0 { hanging + more } else { 0 });
        }
        let mut rest = blocks;
        if let Some((first, others)) = blocks.split_first()
            && let BlockKind::Paragraph(words) = &first.kind
        {
            runs.push_str(&self.text(words));
            rest = others;
        }
        let runs = self.marked(&block.id, &runs);
        self.put(&paragraph, &runs);
        let place = if notes { Place::Note } else { Place::Example };
        self.blocks_in(rest, Around { place, ..around });
    }

    /// 术语条目: the number alone, then the words, then what they mean.
    pub(super) fn term(&mut self, block: &Block, term: &Term, level: usize, list: Option<usize>) {
        let (paragraph, _) = self.numbered(Paragraph::of(TERM_NUMBER), &block.id, level, list);
        // The number alone: no blank behind it.
        let counted = self.counted.contains(block.id.as_str());
        let number = if counted {
            String::new()
        } else {
            plain(self.resolved.number(&block.id))
        };
        let runs = self.marked(&block.id, &number);
        self.put(&paragraph, &runs);
        let mut words = plain(&term.preferred.text);
        if !term.english.is_empty() {
            let english = format!("　{}", term.english.join("; "));
            words.push_str(&run("<w:rPr><w:lang w:val=\"en-US\"/></w:rPr>", &english));
        }
        for word in &term.admitted {
            words.push_str(BREAK);
            words.push_str(&plain(&word.text));
        }
        let song = "<w:rPr><w:rFonts w:eastAsia=\"宋体\"/></w:rPr>";
        for word in &term.deprecated {
            words.push_str(BREAK);
            words.push_str(&run(song, &printed::deprecated(self.tongue, &word.text)));
        }
        for symbol in &term.symbols {
            words.push_str(BREAK);
            words.push_str(&self.math(symbol, false));
        }
        if let Some(domain) = &term.domain {
            words.push_str(BREAK);
            words.push_str(&run(song, &format!("〈{domain}〉")));
        }
        self.put(&Paragraph::of(TERM_WORDS), &words);
        self.scoped(&term.blocks, Around::default());
        if let Some(source) = &term.source {
            self.put(
                &Paragraph::of(TEXT),
                &plain(&printed::source(self.tongue, &source.written)),
            );
        }
    }
}
