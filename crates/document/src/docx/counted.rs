//! What Word's own lists number as the text has it; the rest gets its number as words.

use super::numbering::{ANNEXES, CHAPTERS, INTRODUCTION, Numbering};
use crate::model::{BlockKind, Clause, Document, Element, ElementKind, Id, ListItem, ListStyle, Visit, walk_document};
use crate::resolve::Resolved;
use std::collections::BTreeSet;

/// A list whose items have more letters than Word's counting shares.
pub(super) const LETTERS: usize = 26;

/// The list that numbers an element's clauses.
pub(super) fn list_of(kind: ElementKind) -> Option<usize> {
    match kind {
        kind if kind.is_chapter() => Some(CHAPTERS),
        ElementKind::Annex(_) => Some(ANNEXES),
        ElementKind::Introduction => Some(INTRODUCTION),
        _ => None,
    }
}

/// The ids.
pub(super) fn counted(document: &Document, resolved: &Resolved) -> BTreeSet<String> {
    let mut counter = Counter {
        resolved,
        numbering: Numbering::default(),
        counted: BTreeSet::new(),
    };
    for element in &document.elements {
        counter.element(element);
    }
    let mut items = Items(BTreeSet::new());
    walk_document(document, &mut items);
    counter.counted.extend(items.0);
    counter.counted
}

struct Counter<'a> {
    resolved: &'a Resolved,
    numbering: Numbering,
    counted: BTreeSet<String>,
}

impl Counter<'_> {
    fn element(&mut self, element: &Element) {
        let Some(list) = list_of(element.kind) else { return };
        if list != INTRODUCTION {
            self.one(list, 0, &element.clause.id);
        }
        self.inside(list, 1, &element.clause);
    }

    fn inside(&mut self, list: usize, level: usize, clause: &Clause) {
        for block in &clause.blocks {
            if matches!(block.kind, BlockKind::Term(_)) {
                self.one(list, level, &block.id);
            }
        }
        for below in &clause.clauses {
            self.one(list, level, &below.id);
            self.inside(list, level + 1, below);
        }
    }

    fn one(&mut self, list: usize, level: usize, id: &Id) {
        if self.numbering.shows(list, level, self.resolved.number(id)) {
            self.counted.insert(id.as_str().to_owned());
        }
    }
}

/// Items with letters that have names.
struct Items(BTreeSet<String>);

impl<'a> Visit<'a> for Items {
    fn block(&mut self, block: &'a crate::model::Block) {
        if let BlockKind::List(list) = &block.kind
            && list.style == ListStyle::Ordered
            && list.items.len() <= LETTERS
        {
            let named = |item: &&ListItem| !item.id.is_empty();
            self.0
                .extend(list.items.iter().filter(named).map(|item| item.id.as_str().to_owned()));
        }
    }
}
