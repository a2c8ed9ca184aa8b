//! The units that are paired: elements, clauses and entries of terms, in reading order.

use super::likeness::{Likeness, Weighed};
use crate::model::{
    Block, BlockKind, Clause, CrossReference, Document, ElementKind, Id, Term, TextLanguage, plain_text, spell_block,
};
use crate::resolve::Resolved;
use std::collections::HashMap;

/// A text with all that is computed of it.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its numbers and references.
    pub resolved: &'a Resolved,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum UnitKind<'a> {
    Element(ElementKind),
    Clause,
    Term(&'a Term),
}

/// An element, a clause or an entry: its own contents, without the clauses below.
#[derive(Debug, Clone)]
pub(super) struct Unit<'a> {
    pub id: &'a Id,
    pub kind: UnitKind<'a>,
    /// As it is printed before the title: `5.2`, `附录A`.
    pub number: String,
    /// As it is referred to: 第5章, 5.2, 附录A.
    pub reference: String,
    pub title: String,
    pub blocks: &'a [Block],
    pub parent: Option<usize>,
    /// Which element it belongs to.
    pub element: ElementKind,
    /// Its own words as printed.
    pub text: String,
    /// The same, without what is computed.
    bare: String,
}

impl Unit<'_> {
    pub fn is_term(&self) -> bool {
        matches!(self.kind, UnitKind::Term(_))
    }

    /// The kind of element, for those whose title GB/T 1.1 fixes.
    pub fn fixed(&self) -> Option<ElementKind> {
        match self.kind {
            UnitKind::Element(kind) if kind.fixed_title().is_some() => Some(kind),
            _ => None,
        }
    }
}

/// The units of a document, and what they are likened by.
pub(super) struct Units<'a> {
    pub all: Vec<Unit<'a>>,
    pub by_id: HashMap<&'a str, usize>,
    /// Those without a parent, and those below each.
    top: Vec<usize>,
    below: Vec<Vec<usize>>,
}

impl<'a> Units<'a> {
    pub fn of(edition: Edition<'a>) -> Self {
        let mut units = Self {
            all: Vec::new(),
            by_id: HashMap::new(),
            top: Vec::new(),
            below: Vec::new(),
        };
        for element in &edition.document.elements {
            units.clause(
                edition,
                &element.clause,
                UnitKind::Element(element.kind),
                element.kind,
                None,
            );
        }
        units.below = vec![Vec::new(); units.all.len()];
        for (index, unit) in units.all.iter().enumerate() {
            units.by_id.insert(unit.id.as_str(), index);
            match unit.parent.and_then(|parent| units.below.get_mut(parent)) {
                Some(below) => below.push(index),
                None => units.top.push(index),
            }
        }
        units
    }

    fn clause(
        &mut self,
        edition: Edition<'a>,
        clause: &'a Clause,
        kind: UnitKind<'a>,
        element: ElementKind,
        parent: Option<usize>,
    ) {
        let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
        let own = self.push(
            edition,
            &clause.id,
            kind,
            element,
            title.unwrap_or_default(),
            &clause.blocks,
            parent,
        );
        for block in &clause.blocks {
            if let BlockKind::Term(term) = &block.kind {
                self.push(
                    edition,
                    &block.id,
                    UnitKind::Term(term),
                    element,
                    term.preferred.text.clone(),
                    &term.blocks,
                    Some(own),
                );
            }
        }
        for below in &clause.clauses {
            self.clause(edition, below, UnitKind::Clause, element, Some(own));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one value")]
    fn push(
        &mut self,
        edition: Edition<'a>,
        id: &'a Id,
        kind: UnitKind<'a>,
        element: ElementKind,
        title: String,
        blocks: &'a [Block],
        parent: Option<usize>,
    ) -> usize {
        let label = edition.resolved.label(id);
        let printed = |reference: &CrossReference| {
            edition
                .resolved
                .reference(reference, TextLanguage::Zh)
                .unwrap_or_default()
        };
        let mut text = String::new();
        let mut bare = String::new();
        for block in blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Term(_))) {
            spell_block(block, &printed, &mut text);
            spell_block(block, &|_| String::new(), &mut bare);
        }
        self.all.push(Unit {
            id,
            kind,
            number: label.map(|label| label.caption(TextLanguage::Zh)).unwrap_or_default(),
            reference: label
                .map(|label| label.reference(TextLanguage::Zh))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| title.clone()),
            title: title.trim().to_owned(),
            blocks,
            parent,
            element,
            text: text.trim_end().to_owned(),
            bare,
        });
        self.all.len() - 1
    }

    pub fn children(&self, parent: Option<usize>) -> &[usize] {
        match parent {
            Some(parent) => self.below.get(parent).map_or(&[], Vec::as_slice),
            None => &self.top,
        }
    }

    pub fn get(&self, index: usize) -> Option<&Unit<'a>> {
        self.all.get(index)
    }
}

/// How alike units of two documents are.
pub(super) struct Alike {
    pub likeness: Likeness,
    own: [Vec<Weighed>; 2],
    titles: [Vec<Weighed>; 2],
    whole: [Vec<Weighed>; 2],
}

impl Alike {
    pub fn of(old: &Units<'_>, new: &Units<'_>) -> Self {
        let likeness = Likeness::of(old.all.iter().chain(&new.all).map(|unit| unit.bare.as_str()));
        let own = [old, new].map(|units| units.all.iter().map(|unit| likeness.weigh(&unit.bare)).collect());
        let titles = [old, new].map(|units| units.all.iter().map(|unit| likeness.weigh(&unit.title)).collect());
        let whole = [old, new].map(|units| {
            let mut texts: Vec<String> = units.all.iter().map(|unit| unit.bare.clone()).collect();
            // Children come after their parents: from the end, each hands up all it has.
            for (index, unit) in units.all.iter().enumerate().rev() {
                if let Some(parent) = unit.parent {
                    let inner = format!("{}\n{}", unit.title, texts.get(index).cloned().unwrap_or_default());
                    if let Some(text) = texts.get_mut(parent) {
                        text.push_str(&inner);
                    }
                }
            }
            texts.iter().map(|text| likeness.weigh(text)).collect()
        });
        Self {
            likeness,
            own,
            titles,
            whole,
        }
    }

    fn pair(of: &[Vec<Weighed>; 2], old: usize, new: usize) -> Option<(&Weighed, &Weighed)> {
        Some((of[0].get(old)?, of[1].get(new)?))
    }

    /// Of their own contents and titles: 0 to 1.
    pub fn content(&self, old: usize, new: usize) -> f64 {
        let title = Self::pair(&self.titles, old, new).map_or(0.0, |(a, b)| a.like(b));
        let titled = Self::pair(&self.titles, old, new).is_some_and(|(a, b)| !a.is_empty() || !b.is_empty());
        let Some((a, b)) = Self::pair(&self.own, old, new) else {
            return 0.0;
        };
        if a.is_empty() && b.is_empty() {
            let whole = Self::pair(&self.whole, old, new).map_or(0.0, |(a, b)| a.like(b));
            return if titled { 0.5 * title + 0.5 * whole } else { whole };
        }
        let own = a.like(b);
        if titled { 0.7 * own + 0.3 * title } else { own }
    }

    /// Of all that stands in them.
    pub fn whole(&self, old: usize, new: usize) -> f64 {
        let title = Self::pair(&self.titles, old, new).map_or(0.0, |(a, b)| a.like(b));
        let whole = Self::pair(&self.whole, old, new).map_or(0.0, |(a, b)| a.like(b));
        0.4 * title + 0.6 * whole
    }

    /// The own contents of a unit of the old (0) or the new (1) document.
    pub fn own(&self, side: usize, index: usize) -> Option<&Weighed> {
        self.own.get(side)?.get(index)
    }
}
