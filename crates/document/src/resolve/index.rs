//! The index (8.14): terms in pinyin order, under their letters.

use super::label::Label;
use crate::model::{Block, BlockKind, Document, ElementKind, Id, Visit, walk_document};
use pinyin::ToPinyin;
use serde::Serialize;
use std::collections::BTreeMap;

/// The terms under one letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexGroup {
    /// A to Z, or `#` for what begins with no letter.
    pub letter: char,
    /// Its terms.
    pub entries: Vec<IndexEntry>,
}

/// A term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexEntry {
    /// The word.
    pub term: String,
    /// The entry's id.
    pub id: Id,
    /// The entry's number.
    pub number: String,
}

/// The index; none where the document has no element for it.
pub(super) fn index(document: &Document, labels: &BTreeMap<Id, Label>) -> Vec<IndexGroup> {
    struct Terms<'a>(Vec<(&'a Id, &'a str)>);
    impl<'a> Visit<'a> for Terms<'a> {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Term(term) = &block.kind {
                let words = std::iter::once(&term.preferred).chain(&term.admitted);
                self.0.extend(
                    words
                        .map(|word| (&block.id, word.text.as_str()))
                        .filter(|(_, word)| !word.is_empty()),
                );
            }
        }
    }
    if document.element(ElementKind::Index).is_none() {
        return Vec::new();
    }
    let mut terms = Terms(Vec::new());
    walk_document(document, &mut terms);
    let mut entries: Vec<(Vec<String>, IndexEntry)> = terms
        .0
        .into_iter()
        .map(|(id, word)| {
            let entry = IndexEntry {
                term: word.to_owned(),
                id: id.clone(),
                number: labels.get(id).map(|label| label.number.clone()).unwrap_or_default(),
            };
            (spelled(word), entry)
        })
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.term.cmp(&b.1.term)));
    let mut groups: Vec<IndexGroup> = Vec::new();
    for (spelling, entry) in entries {
        let letter = spelling
            .first()
            .and_then(|first| first.chars().next())
            .filter(char::is_ascii_alphabetic)
            .map_or('#', |c| c.to_ascii_uppercase());
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.entries.push(entry),
            None => groups.push(IndexGroup {
                letter,
                entries: vec![entry],
            }),
        }
    }
    groups
}

/// The syllables of a word, one for each character, tones as numbers behind them: 标 biao1. Letters stand for themselves.
fn spelled(word: &str) -> Vec<String> {
    word.chars()
        .map(|c| {
            c.to_pinyin().map_or_else(
                || c.to_lowercase().to_string(),
                |syllable| syllable.with_tone_num_end().to_owned(),
            )
        })
        .collect()
}
