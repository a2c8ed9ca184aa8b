//! Bookmarks: each clause, block and item has a name that Word can hold, by its turn in the text.

use crate::model::{Block, BlockKind, Clause, Document, Id, Inline, InlineKind, Visit, walk_blocks, walk_document};
use std::collections::{BTreeMap, BTreeSet};

/// The turn of every id.
#[derive(Debug, Default)]
pub(crate) struct Bookmarks(BTreeMap<String, usize>);

impl Bookmarks {
    pub fn of(document: &Document) -> Self {
        let mut names = Self::default();
        // A foreword that is wholly generated.
        names.add(&Id::written("foreword"));
        walk_document(document, &mut names);
        names
    }

    fn add(&mut self, id: &Id) {
        let turn = self.0.len() + 1;
        if !id.is_empty() {
            self.0.entry(id.as_str().to_owned()).or_insert(turn);
        }
    }

    /// The name: `_bc12`. Word hides names that begin with `_`.
    pub fn name(&self, id: &str) -> Option<String> {
        self.0.get(id).map(|turn| format!("_bc{turn}"))
    }
}

/// The tables, figures and formulas whose count stands in the other language, too: in its references and titles.
pub(super) fn counts_elsewhere(document: &Document) -> BTreeSet<String> {
    #[derive(Default)]
    struct Counts(BTreeSet<String>);
    impl<'a> Visit<'a> for Counts {
        fn block(&mut self, block: &'a Block) {
            let titled = match &block.kind {
                BlockKind::Table(table) => table.caption_other.is_some(),
                BlockKind::Figure(figure) => figure.caption_other.is_some(),
                BlockKind::Translation(translation) => {
                    let mut inner = Targets(&mut self.0);
                    walk_blocks(&translation.blocks, &mut inner);
                    false
                }
                _ => false,
            };
            if titled {
                self.0.insert(block.id.as_str().to_owned());
            }
        }
    }
    struct Targets<'t>(&'t mut BTreeSet<String>);
    impl<'a> Visit<'a> for Targets<'_> {
        fn inline(&mut self, inline: &'a Inline) {
            if let InlineKind::CrossReference(reference) = &inline.kind {
                self.0.insert(reference.target.as_str().to_owned());
            }
        }
    }
    let mut counts = Counts::default();
    walk_document(document, &mut counts);
    counts.0
}

impl<'a> Visit<'a> for Bookmarks {
    fn clause(&mut self, clause: &'a Clause, _depth: usize) {
        self.add(&clause.id);
    }

    fn block(&mut self, block: &'a Block) {
        self.add(&block.id);
        match &block.kind {
            BlockKind::Figure(figure) => figure.parts.iter().for_each(|part| self.add(&part.id)),
            BlockKind::References(list) => list.entries.iter().for_each(|entry| self.add(&entry.key)),
            _ => {}
        }
    }

    fn item(&mut self, item: &'a crate::model::ListItem) {
        self.add(&item.id);
    }
}
