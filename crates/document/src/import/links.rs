//! References: bookmarks become names of what stands there, and what Word showed is computed again.

use super::kept::Kept;
use super::line::{Cell, Line, Piece};
use super::mentions::{link, mentioned};
use super::run::{BOOKMARK, plain};
use super::words::folded;
use crate::model::{
    Block, BlockKind, Clause, CrossReference, Document, Id, Inline, InlineKind, TextLanguage, name_all,
};
use crate::resolve::resolve;
use std::collections::{BTreeMap, BTreeSet};

/// Bookmarks that something refers to.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The name for each; empty while nothing stands there.
    names: BTreeMap<String, Option<Id>>,
    given: usize,
    /// Names that the source of the file gave.
    known: BTreeMap<String, (Id, Of)>,
    /// Labels such as 表1 that the text mentions, and what carried each; none where several did.
    mentioned: BTreeSet<String>,
    typed: BTreeMap<String, Option<Id>>,
}

/// What carries a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Clause,
    Block,
    Item,
}

impl Links {
    pub fn of(pieces: &[Piece], kept: Option<&Kept>) -> Self {
        let mut wanted = BTreeSet::new();
        collect_pieces(pieces, &mut wanted);
        let known = kept.map(Kept::names).unwrap_or_default();
        // `_bc12n` is the number of what `_bc12` is.
        let find = |name: &String| {
            let found = known.get(name).or_else(|| known.get(name.strip_suffix('n')?));
            found.map(|(id, _)| id.clone())
        };
        Self {
            names: wanted.iter().map(|name| (name.clone(), find(name))).collect(),
            given: 0,
            known,
            // What is typed in a text of our own was meant so.
            mentioned: if kept.is_some() {
                BTreeSet::new()
            } else {
                mentioned(pieces)
            },
            typed: BTreeMap::new(),
        }
    }

    /// The name of what carries these bookmarks and this label.
    pub fn labelled(&mut self, bookmarks: &[String], of: Of, label: Option<String>) -> Id {
        let mut id = self.id(bookmarks, of);
        let Some(label) = label.filter(|label| self.mentioned.contains(label)) else {
            return id;
        };
        if id.is_empty() {
            self.given += 1;
            id = Id::written(&format!("w{}", self.given));
        }
        let carries = if self.typed.contains_key(&label) {
            None
        } else {
            Some(id.clone())
        };
        self.typed.insert(label, carries);
        id
    }

    /// What carried a label.
    pub fn typed(&self, label: &str) -> Option<Id> {
        self.typed.get(label).cloned().flatten()
    }

    /// The name of what carries these bookmarks; none if nothing refers to them.
    pub fn id(&mut self, bookmarks: &[String], of: Of) -> Id {
        // Names that were made come out again where they are needed; those that the author wrote stay.
        let mut known = bookmarks.iter().filter_map(|bookmark| self.known.get(bookmark));
        let known = known.find_map(|(id, what)| (*what == of).then_some(id));
        if let Some(id) = known {
            let wanted = self.names.values().flatten().any(|name| name == id);
            return if wanted || id.is_written() {
                Id::written(id.as_str())
            } else {
                Id::default()
            };
        }
        let mut id = Id::default();
        for bookmark in bookmarks {
            let Some(name) = self.names.get_mut(bookmark) else {
                continue;
            };
            if name.is_some() {
                continue;
            }
            if id.is_empty() {
                self.given += 1;
                id = Id::written(&format!("w{}", self.given));
            }
            *name = Some(id.clone());
        }
        id
    }
}

fn collect_pieces(pieces: &[Piece], wanted: &mut BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Line(Line { inlines, .. }) => collect(inlines, wanted),
            Piece::Grid(grid) => grid
                .rows
                .iter()
                .flatten()
                .for_each(|Cell { pieces, .. }| collect_pieces(pieces, wanted)),
        }
    }
}

fn collect(inlines: &[Inline], wanted: &mut BTreeSet<String>) {
    for inline in inlines {
        if let InlineKind::CrossReference(reference) = &inline.kind
            && let Some(name) = bookmark_of(reference)
        {
            wanted.insert(name);
        }
    }
}

/// The bookmark that a reference means. Ids hold no `_` at the end of nothing: the name is as Word has it.
fn bookmark_of(reference: &CrossReference) -> Option<String> {
    reference.target.as_str().strip_prefix(BOOKMARK).map(str::to_owned)
}

/// Gives every reference its target; one without is its words.
pub(super) fn settle(document: &mut Document, links: &Links) {
    let find = |reference: &CrossReference| -> Option<Id> {
        let name = bookmark_of(reference)?;
        links.names.get(&name)?.clone()
    };
    each_line(document, &mut |line: &mut Vec<Inline>| {
        let mut out = Vec::new();
        for inline in std::mem::take(line) {
            match inline.kind {
                InlineKind::CrossReference(reference) if bookmark_of(&reference).is_some() => match find(&reference) {
                    Some(target) => out.push(Inline::new(InlineKind::CrossReference(CrossReference {
                        target,
                        words: reference.words,
                    }))),
                    None => out.extend(reference.words),
                },
                kind => out.push(Inline { kind, ..inline }),
            }
        }
        *line = out;
    });
    link(document, links);
    compute_again(document);
    rename(document, links);
}

/// Names that were made only to be referred to become those that everything gets by its title.
fn rename(document: &mut Document, links: &Links) {
    let made: BTreeSet<String> = (1..=links.given).map(|count| format!("w{count}")).collect();
    let mut old = Vec::new();
    each_id(document, &mut |id| {
        old.push(made.contains(id.as_str()).then(|| std::mem::take(id)));
    });
    if old.iter().all(Option::is_none) {
        return;
    }
    name_all(document);
    let mut names: BTreeMap<Id, Id> = BTreeMap::new();
    let mut old = old.into_iter();
    each_id(document, &mut |id| {
        if let Some(before) = old.next().flatten() {
            names.insert(before, id.clone());
        }
    });
    each_line(document, &mut |line: &mut Vec<Inline>| {
        for inline in line {
            if let InlineKind::CrossReference(reference) = &mut inline.kind
                && let Some(name) = names.get(&reference.target)
            {
                reference.target = name.clone();
            }
        }
    });
}

/// The names of clauses and blocks, always in one order.
fn each_id(document: &mut Document, change: &mut impl FnMut(&mut Id)) {
    block_ids(&mut document.lead, change);
    for element in &mut document.elements {
        clause_ids(&mut element.clause, change);
    }
}

fn clause_ids(clause_: &mut Clause, change: &mut impl FnMut(&mut Id)) {
    change(&mut clause_.id);
    block_ids(&mut clause_.blocks, change);
    for below in &mut clause_.clauses {
        clause_ids(below, change);
    }
}

fn block_ids(blocks_: &mut [Block], change: &mut impl FnMut(&mut Id)) {
    for block in blocks_ {
        if matches!(
            block.kind,
            BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Formula(_) | BlockKind::Term(_)
        ) {
            change(&mut block.id);
        }
        match &mut block.kind {
            BlockKind::Term(term) => block_ids(&mut term.blocks, change),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    block_ids(&mut item.blocks, change);
                }
            }
            _ => {}
        }
    }
}

/// References that show what would be computed are computed.
pub(super) fn compute_again(document: &mut Document) {
    let resolved = resolve(document);
    let mut lost = Vec::new();
    each_line_in_its_language(document, &mut |line: &mut Vec<Inline>, language| {
        for index in 0..line.len() {
            let Some(InlineKind::CrossReference(reference)) = line.get(index).map(|inline| &inline.kind) else {
                continue;
            };
            let mut shown = plain(&reference.words);
            let Some(whole) = resolved.reference(reference, language) else {
                lost.push((reference.target.clone(), shown));
                continue;
            };
            // Word's own dialogue writes 图 1 with a blank.
            if !whole.contains(&shown) {
                shown = folded(&shown);
            }
            let Some(at) = whole.find(&shown).filter(|_| !shown.is_empty()) else {
                continue;
            };
            let (before, after) = (
                whole.get(..at).unwrap_or_default().to_owned(),
                whole.get(at + shown.len()..).unwrap_or_default().to_owned(),
            );
            // 第 before a number and 章 behind it are the reference's own.
            let ends = before.is_empty()
                || index
                    .checked_sub(1)
                    .and_then(|index| line.get(index))
                    .is_some_and(|inline| matches!(&inline.kind, InlineKind::Text(run) if run.text.ends_with(&before)));
            let begins = after.is_empty()
                || line.get(index + 1).is_some_and(
                    |inline| matches!(&inline.kind, InlineKind::Text(run) if run.text.starts_with(&after)),
                );
            if !ends || !begins {
                continue;
            }
            if let Some(InlineKind::Text(run)) = index
                .checked_sub(1)
                .and_then(|index| line.get_mut(index))
                .map(|inline| &mut inline.kind)
            {
                run.text.truncate(run.text.len() - before.len());
            }
            if let Some(InlineKind::Text(run)) = line.get_mut(index + 1).map(|inline| &mut inline.kind) {
                run.text = run.text.get(after.len()..).unwrap_or_default().to_owned();
            }
            if let Some(InlineKind::CrossReference(reference)) = line.get_mut(index).map(|inline| &mut inline.kind) {
                reference.words.clear();
            }
        }
        line.retain(|inline| !matches!(&inline.kind, InlineKind::Text(run) if run.text.is_empty()));
    });
    // What is not there any more is what it was called.
    each_line(document, &mut |line: &mut Vec<Inline>| {
        for inline in line {
            if let InlineKind::CrossReference(reference) = &inline.kind
                && let Some((_, shown)) = lost
                    .iter()
                    .find(|(target, shown)| *target == reference.target && !shown.is_empty())
            {
                *inline = Inline::text(shown.clone());
            }
        }
    });
}

/// Every line of text, to be changed.
pub(super) fn each_line(document: &mut Document, change: &mut impl FnMut(&mut Vec<Inline>)) {
    each_line_in_its_language(document, &mut |line: &mut Vec<Inline>, _| change(line));
}

/// Every line of text with the language that it is in.
fn each_line_in_its_language(document: &mut Document, change: &mut impl FnMut(&mut Vec<Inline>, TextLanguage)) {
    let language = document.front.language;
    let change = &mut |line: &mut Vec<Inline>, other: bool| {
        change(line, if other { language.other() } else { language });
    };
    blocks(&mut document.lead, false, change);
    for element in &mut document.elements {
        clause(&mut element.clause, change);
    }
    for note in &mut document.footnotes {
        change(&mut note.text, false);
    }
}

fn clause(clause_: &mut Clause, change: &mut impl FnMut(&mut Vec<Inline>, bool)) {
    if let Some(heading) = &mut clause_.heading {
        change(&mut heading.title, false);
    }
    blocks(&mut clause_.blocks, false, change);
    for below in &mut clause_.clauses {
        clause(below, change);
    }
}

/// `other`: in the language that is not the text's own.
fn blocks(blocks_: &mut [Block], other: bool, change: &mut impl FnMut(&mut Vec<Inline>, bool)) {
    for block in blocks_ {
        match &mut block.kind {
            BlockKind::Paragraph(text) => change(text, other),
            BlockKind::List(list) => list
                .items
                .iter_mut()
                .for_each(|item| blocks(&mut item.blocks, other, change)),
            BlockKind::Note(note) => blocks(&mut note.blocks, other, change),
            BlockKind::Example(example) => blocks(&mut example.blocks, other, change),
            BlockKind::Warning(inner) => blocks(inner, other, change),
            BlockKind::Change(inner) => blocks(&mut inner.blocks, other, change),
            BlockKind::Translation(inner) => blocks(&mut inner.blocks, !other, change),
            BlockKind::Term(term) => blocks(&mut term.blocks, other, change),
            BlockKind::Table(table) => {
                if let Some(caption) = &mut table.caption {
                    change(caption, other);
                }
                for cell in table
                    .head
                    .iter_mut()
                    .chain(&mut table.body)
                    .flat_map(|row| &mut row.cells)
                {
                    change(&mut cell.text, other);
                }
                blocks(&mut table.below, other, change);
                table
                    .footnotes
                    .iter_mut()
                    .for_each(|note| change(&mut note.text, other));
            }
            BlockKind::Figure(figure) => {
                if let Some(caption) = &mut figure.caption {
                    change(caption, other);
                }
                figure.keys.iter_mut().for_each(|key| change(&mut key.text, other));
                blocks(&mut figure.below, other, change);
            }
            BlockKind::Formula(formula) => formula
                .symbols
                .iter_mut()
                .for_each(|symbol| change(&mut symbol.text, other)),
            BlockKind::References(list) => list.entries.iter_mut().for_each(|entry| change(&mut entry.text, other)),
            _ => {}
        }
    }
}
