//! Footnotes: their texts where they are read, their order in the document.

use crate::finding::{Finding, message};
use crate::model::{Block, BlockKind, Document, Footnote, Inline, InlineKind, Span, Visit, walk_blocks, walk_document};
use std::collections::{HashMap, HashSet};

/// The texts read so far in the running text, in a table or in a figure.
#[derive(Default)]
pub(super) struct Notes {
    texts: Vec<Footnote>,
    taken: HashSet<String>,
    tried: HashMap<String, usize>,
}

impl Notes {
    /// Takes a text. If its label is taken, it gets a number behind it, and the label comes back.
    pub fn add(&mut self, mut note: Footnote) -> Option<String> {
        let mut repeated = None;
        while !self.taken.insert(note.label.clone()) {
            let label = repeated.get_or_insert_with(|| note.label.clone());
            let tried = self.tried.entry(label.clone()).or_insert(1);
            *tried += 1;
            note.label = format!("{label}-{tried}");
        }
        self.texts.push(note);
        repeated
    }

    pub fn done(self) -> Vec<Footnote> {
        self.texts
    }
}

/// The marks that mean footnotes of the running text, in reading order: those of tables and figures left out.
#[derive(Default)]
pub(super) struct TextMarks<'a> {
    pub marks: Vec<(&'a str, Span)>,
    /// Marks that mean a footnote of the table or figure in which they stand.
    own: HashSet<*const Inline>,
}

impl<'a> TextMarks<'a> {
    pub fn of_block(block: &'a Block) -> Self {
        let mut marks = Self::default();
        walk_blocks(std::slice::from_ref(block), &mut marks);
        marks
    }
}

impl<'a> Visit<'a> for TextMarks<'a> {
    fn block(&mut self, block: &'a Block) {
        let own = match &block.kind {
            BlockKind::Table(table) => &table.footnotes,
            BlockKind::Figure(figure) => &figure.footnotes,
            _ => return,
        };
        if own.is_empty() {
            return;
        }
        let mut inside = Inside {
            labels: own.iter().map(|note| note.label.as_str()).collect(),
            found: &mut self.own,
        };
        walk_blocks(std::slice::from_ref(block), &mut inside);
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::FootnoteMark(label) = &inline.kind
            && !self.own.contains(&std::ptr::from_ref(inline))
        {
            self.marks.push((label, inline.span));
        }
    }
}

struct Inside<'a, 'f> {
    labels: HashSet<&'a str>,
    found: &'f mut HashSet<*const Inline>,
}

impl<'a> Visit<'a> for Inside<'a, '_> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::FootnoteMark(label) = &inline.kind
            && self.labels.contains(label.as_str())
        {
            self.found.insert(std::ptr::from_ref(inline));
        }
    }
}

/// The texts in the order of their first mention; tells marks without a text and texts without a mark. A text that is
/// not mentioned is kept at the end.
pub(super) fn ordered(document: &Document, notes: Notes, findings: &mut Vec<Finding>) -> Vec<Footnote> {
    let mut marks = TextMarks::default();
    walk_document(document, &mut marks);
    let notes = notes.done();
    let places: HashMap<&str, usize> = notes
        .iter()
        .enumerate()
        .map(|(index, note)| (note.label.as_str(), index))
        .collect();
    let mut order: Vec<usize> = Vec::new();
    let mut mentioned = vec![false; notes.len()];
    let mut missing: HashSet<&str> = HashSet::new();
    for (label, span) in marks.marks {
        match places.get(label) {
            Some(index) => {
                if let Some(seen) = mentioned.get_mut(*index).filter(|seen| !**seen) {
                    *seen = true;
                    order.push(*index);
                }
            }
            None if missing.insert(label) => findings.push(Finding::error(
                "SRC-16",
                span,
                message!("doc-footnote-without-text", label = label),
            )),
            None => {}
        }
    }
    for (index, note) in notes.iter().enumerate() {
        if !mentioned.get(index).copied().unwrap_or(true) {
            findings.push(Finding::warning(
                "SRC-17",
                note.span,
                message!("doc-footnote-unused", label = &note.label),
            ));
            order.push(index);
        }
    }
    let mut texts: Vec<Option<Footnote>> = notes.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|index| texts.get_mut(index).and_then(Option::take))
        .collect()
}
