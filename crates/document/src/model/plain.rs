//! Running text as a string, with the place of every character.

use super::{Inline, InlineKind, Position};

/// The text of some inlines without marks, and where each of its characters stands. What is computed or not text
/// (numbers of cross-references, formulas, marks of footnotes) is one U+FFFC, so that no word grows together across it.
/// Comments are nothing at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plain {
    /// The text.
    pub text: String,
    places: Vec<Position>,
}

impl Plain {
    /// Of these inlines.
    pub fn of(inlines: &[Inline]) -> Self {
        let mut plain = Self::default();
        plain.add(inlines, true);
        plain
    }

    /// The same without what is not the author's running text: code, and the words of links and references are one
    /// U+FFFC each.
    pub fn prose(inlines: &[Inline]) -> Self {
        let mut plain = Self::default();
        plain.add(inlines, false);
        plain
    }

    /// Where the character at this byte of the text stands; nowhere if the text ends before it.
    pub fn position(&self, byte: usize) -> Position {
        let index = self
            .text
            .get(..byte)
            .map_or(self.places.len(), |before| before.chars().count());
        self.place_of_character(index)
    }

    /// Where the character of this index (from 0) stands; one past the last is the place behind it.
    pub fn place_of_character(&self, index: usize) -> Position {
        self.places.get(index).copied().unwrap_or_else(|| {
            self.places
                .last()
                .map(|last| if last.line == 0 { *last } else { last.right(1) })
                .unwrap_or_default()
        })
    }

    /// Where the characters between two bytes of the text stand.
    pub fn places(&self, from: usize, to: usize) -> &[Position] {
        let index = |byte: usize| self.text.get(..byte).map_or(0, |before| before.chars().count());
        self.places.get(index(from)..index(to)).unwrap_or_default()
    }

    fn push(&mut self, c: char, place: Position) {
        self.text.push(c);
        self.places.push(place);
    }

    fn add(&mut self, inlines: &[Inline], whole: bool) {
        for inline in inlines {
            let start = inline.span.start;
            match &inline.kind {
                InlineKind::Code(_) | InlineKind::Link { .. } | InlineKind::CrossReference(_) if !whole => {
                    self.push('\u{fffc}', start);
                }
                InlineKind::Text(run) => {
                    for (index, c) in run.text.chars().enumerate() {
                        self.push(c, run.position(index as u32));
                    }
                }
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Subscript(inner)
                | InlineKind::Superscript(inner) => self.add(inner, whole),
                InlineKind::Link { words, .. } if !words.is_empty() => self.add(words, whole),
                InlineKind::CrossReference(reference) if !reference.words.is_empty() => {
                    self.add(&reference.words, whole)
                }
                InlineKind::Citation(citation) => {
                    // The number as printed; its characters all stand at the citation.
                    let text = citation
                        .designation
                        .as_ref()
                        .map_or_else(|| citation.target.clone(), ToString::to_string);
                    text.chars().for_each(|c| self.push(c, start));
                }
                InlineKind::Code(text) | InlineKind::Variable(text) => {
                    text.chars().for_each(|c| self.push(c, start));
                }
                InlineKind::Quantity { value, unit } => {
                    value
                        .chars()
                        .chain([' '])
                        .chain(unit.chars())
                        .for_each(|c| self.push(c, start));
                }
                InlineKind::Break => self.push('\n', start),
                InlineKind::Math(_)
                | InlineKind::CrossReference(_)
                | InlineKind::Link { .. }
                | InlineKind::FootnoteMark(_)
                | InlineKind::Picture { .. } => self.push('\u{fffc}', start),
                InlineKind::Comment(_) => {}
            }
        }
    }
}

/// The words of some inlines for titles, slugs and comparisons: without the marks that [`Plain`] keeps for the rest.
pub fn plain_text(inlines: &[Inline]) -> String {
    Plain::of(inlines).text.replace('\u{fffc}', "").replace('\n', " ")
}
