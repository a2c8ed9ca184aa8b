//! Bookmarks: each clause, block and item has a name that Word can hold, by its turn in the text.

use crate::model::{Block, BlockKind, Clause, Document, Id, Visit, walk_document};
use std::collections::BTreeMap;

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
