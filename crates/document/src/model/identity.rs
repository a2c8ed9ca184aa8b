//! Giving every clause and block a name that is unique in its document.
//!
//! Names that the author wrote come first. The rest are made: a clause from the titles on the way to it, a term, table
//! or figure from its word or title, any other block from its clause and its turn there. `fmt` writes the names of
//! clauses, terms, tables, figures and formulas into the source, so they stay when titles change.

use super::{Block, BlockKind, Clause, Document, ElementKind, Id, Span, plain_text};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Names all that has no name yet. Gives the names that are written more than once, with the places of all but the
/// first; those nodes get a name that is free, which `fmt` writes down.
pub(crate) fn name_all(document: &mut Document) -> Vec<(Id, Span)> {
    let mut names = Names::default();
    names.collect(document);
    names.blocks(&mut document.lead, "lead");
    for element in &mut document.elements {
        let base = match element.kind {
            ElementKind::Foreword => "foreword".to_owned(),
            ElementKind::Introduction => "introduction".to_owned(),
            ElementKind::Scope => "scope".to_owned(),
            ElementKind::References => "references".to_owned(),
            ElementKind::Terms => "terms".to_owned(),
            ElementKind::Symbols => "symbols".to_owned(),
            ElementKind::Bibliography => "bibliography".to_owned(),
            ElementKind::Index => "index".to_owned(),
            ElementKind::Chapter => title_slug(&element.clause).unwrap_or_else(|| "chapter".to_owned()),
            ElementKind::Annex(_) => {
                title_slug(&element.clause).map_or_else(|| "annex".to_owned(), |title| format!("annex-{title}"))
            }
        };
        names.clause(&mut element.clause, base);
    }
    names.repeated
}

#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// For each stem the last number tried, so that many alike cost no search.
    tried: HashMap<String, usize>,
    repeated: Vec<(Id, Span)>,
}

impl Names {
    /// Takes the written names; a repeated one is told, and gets a number behind it.
    fn collect(&mut self, document: &mut Document) {
        self.collect_blocks(&mut document.lead);
        for element in &mut document.elements {
            self.collect_clause(&mut element.clause);
        }
    }

    fn collect_clause(&mut self, clause: &mut Clause) {
        self.claim(&mut clause.id, clause.span);
        self.collect_blocks(&mut clause.blocks);
        for below in &mut clause.clauses {
            self.collect_clause(below);
        }
    }

    fn collect_blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            self.claim(&mut block.id, block.span);
            match &mut block.kind {
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.claim(&mut item.id, item.span);
                        self.collect_blocks(&mut item.blocks);
                    }
                }
                BlockKind::References(list) => {
                    for entry in &mut list.entries {
                        self.claim(&mut entry.key, entry.span);
                    }
                }
                BlockKind::Figure(figure) => {
                    for part in &mut figure.parts {
                        self.claim(&mut part.id, part.span);
                    }
                    self.collect_blocks(&mut figure.below);
                }
                kind => {
                    if let Some(inner) = inner_blocks(kind) {
                        self.collect_blocks(inner);
                    }
                }
            }
        }
    }

    fn claim(&mut self, id: &mut Id, span: Span) {
        if !id.is_empty() && !self.taken.insert(id.as_str().to_owned()) {
            self.repeated.push((id.clone(), span));
            *id = Id::written(self.free(id.as_str()).as_str());
        }
    }

    fn free(&mut self, stem: &str) -> Id {
        if self.taken.insert(stem.to_owned()) {
            return Id::made(stem.to_owned());
        }
        let tried = self.tried.entry(stem.to_owned()).or_insert(1);
        loop {
            *tried += 1;
            let name = format!("{stem}-{tried}");
            if self.taken.insert(name.clone()) {
                return Id::made(name);
            }
        }
    }

    fn clause(&mut self, clause: &mut Clause, base: String) {
        if clause.id.is_empty() {
            clause.id = self.free(&base);
        }
        let own = clause.id.as_str().to_owned();
        self.blocks(&mut clause.blocks, &own);
        for (index, below) in clause.clauses.iter_mut().enumerate() {
            let step = title_slug(below).unwrap_or_else(|| (index + 1).to_string());
            self.clause(below, format!("{own}-{step}"));
        }
    }

    fn blocks(&mut self, blocks: &mut [Block], within: &str) {
        let mut turns: BTreeMap<&'static str, usize> = BTreeMap::new();
        for block in blocks {
            let (letter, title) = stem(&block.kind);
            // Those that have a name count, too: a name written down later moves no other.
            let turn = turns.entry(letter).and_modify(|turn| *turn += 1).or_insert(1);
            if block.id.is_empty() {
                block.id = if title.is_empty() {
                    self.free(&format!("{within}-{letter}{turn}"))
                } else {
                    self.free(&format!("{letter}-{title}"))
                };
            }
            let own = block.id.as_str().to_owned();
            match &mut block.kind {
                BlockKind::List(list) => {
                    for (index, item) in list.items.iter_mut().enumerate() {
                        self.blocks(&mut item.blocks, &format!("{own}-{}", index + 1));
                    }
                }
                BlockKind::Figure(figure) => self.blocks(&mut figure.below, &own),
                kind => {
                    if let Some(inner) = inner_blocks(kind) {
                        self.blocks(inner, &own);
                    }
                }
            }
        }
    }
}

fn title_slug(clause: &Clause) -> Option<String> {
    let slug = Id::slug(&plain_text(&clause.heading.as_ref()?.title));
    (!slug.is_empty()).then_some(slug)
}

/// The letter of a kind of block, and the slug of its title if it has one.
fn stem(kind: &BlockKind) -> (&'static str, String) {
    let slug = |caption: &Option<Vec<super::Inline>>| {
        caption
            .as_ref()
            .map(|text| Id::slug(&plain_text(text)))
            .unwrap_or_default()
    };
    match kind {
        BlockKind::Paragraph(_) => ("p", String::new()),
        BlockKind::List(_) => ("l", String::new()),
        BlockKind::Note(_) => ("n", String::new()),
        BlockKind::Example(_) => ("ex", String::new()),
        BlockKind::Table(table) => ("tb", slug(&table.caption)),
        BlockKind::Figure(figure) => ("fig", slug(&figure.caption)),
        BlockKind::Formula(_) => ("eq", String::new()),
        BlockKind::Term(term) => ("term", Id::slug(&term.preferred.text)),
        BlockKind::References(_) => ("r", String::new()),
        BlockKind::Warning(_) => ("w", String::new()),
        BlockKind::Data(fence) => ("data", slug(&fence.caption)),
        BlockKind::Listing { .. } => ("code", String::new()),
        BlockKind::Translation(_) => ("tr", String::new()),
        BlockKind::Change(_) => ("ch", String::new()),
        BlockKind::Comment(_) => ("c", String::new()),
        BlockKind::Unplaced(_) => ("u", String::new()),
    }
}

/// The blocks inside a block, where it holds nothing else that has a name.
fn inner_blocks(kind: &mut BlockKind) -> Option<&mut Vec<Block>> {
    match kind {
        BlockKind::Note(note) => Some(&mut note.blocks),
        BlockKind::Example(example) => Some(&mut example.blocks),
        BlockKind::Warning(blocks) => Some(blocks),
        BlockKind::Translation(translation) => Some(&mut translation.blocks),
        BlockKind::Change(change) => Some(&mut change.blocks),
        BlockKind::Term(term) => Some(&mut term.blocks),
        BlockKind::Table(table) => Some(&mut table.below),
        _ => None,
    }
}
