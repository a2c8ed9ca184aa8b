//! Numbers (chapter 7 and 9.5.5, 9.7, 9.8, 9.9 of GB/T 1.1—2020).

use super::label::{Label, LabelKind};
use super::list_depth::ListDepth;
use crate::model::{
    Block, BlockKind, Clause, DataKind, Document, DocumentKind, Element, ElementKind, Id, List, ListStyle,
    TextLanguage, plain_text,
};
use std::collections::BTreeMap;

/// The labels of all that carries one.
pub(super) fn labels(document: &Document) -> BTreeMap<Id, Label> {
    let mut counter = Counter::default();
    if document.kind == DocumentKind::Report && document.front.language == TextLanguage::Zh {
        counter.scope("", &document.lead);
        counter.report(document);
        return counter.labels;
    }
    let mut chapter = 0;
    let mut annex = 0;
    counter.scope("", &document.lead);
    for element in &document.elements {
        counter.element(element, &mut chapter, &mut annex);
    }
    counter.labels
}

/// `A`, `B` … `Z`, `AA` …: the letter of an annex, counted from 1.
pub fn letter(count: usize) -> String {
    let mut letters = Vec::new();
    let mut left = count;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// What stands before an item: `——` or `·`, `a)` or `1)`. `depth` counts lists of the same style around it from 0,
/// `index` from 0.
pub fn item_marker(style: ListStyle, depth: usize, index: usize) -> String {
    match (style, depth) {
        (ListStyle::Dash, 0) => "——".to_owned(),
        (ListStyle::Dash, _) => "·".to_owned(),
        (ListStyle::Ordered, 0) => format!("{})", small_letter(index)),
        (ListStyle::Ordered, _) => format!("{})", index + 1),
    }
}

/// Counts that run through the text or start anew with each annex.
#[derive(Default)]
struct Counter {
    labels: BTreeMap<Id, Label>,
    /// `A.` in annex A.
    prefix: String,
    tables: usize,
    figures: usize,
    formulas: usize,
}

/// Where blocks stand: the clause's number, and the counts of notes and examples in the clause, entry, table or figure.
struct Place {
    within: String,
    notes: Turn,
    examples: Turn,
}

/// Which of how many: a note alone has no number.
#[derive(Default)]
struct Turn {
    of: usize,
    at: usize,
}

impl Turn {
    fn next(&mut self) -> String {
        self.at += 1;
        if self.of > 1 {
            self.at.to_string()
        } else {
            String::new()
        }
    }
}

impl Counter {
    fn put(&mut self, id: &Id, kind: LabelKind, number: impl Into<String>, within: &str) {
        if !id.is_empty() {
            self.labels.insert(
                id.clone(),
                Label {
                    kind,
                    number: number.into(),
                    within: within.to_owned(),
                },
            );
        }
    }

    /// 一、（一）1 1.1 …, as reports count.
    fn report(&mut self, document: &Document) {
        for (index, element) in document.elements.iter().enumerate() {
            let part = chinese(index + 1);
            self.put(&element.clause.id, LabelKind::Part, &part, "");
            self.scope(&part, &element.clause.blocks);
            for (index, clause) in element.clause.clauses.iter().enumerate() {
                self.put(&clause.id, LabelKind::Section, chinese(index + 1), &part);
                self.inside(clause, "");
            }
        }
    }

    fn element(&mut self, element: &Element, chapter: &mut usize, annex: &mut usize) {
        let clause = &element.clause;
        match element.kind {
            kind if kind.is_chapter() => {
                *chapter += 1;
                let number = chapter.to_string();
                self.put(&clause.id, LabelKind::Chapter, &number, "");
                self.inside(clause, &number);
            }
            ElementKind::Annex(_) => {
                *annex += 1;
                let number = letter(*annex);
                let outer = (
                    std::mem::replace(&mut self.prefix, format!("{number}.")),
                    std::mem::take(&mut self.tables),
                    std::mem::take(&mut self.figures),
                    std::mem::take(&mut self.formulas),
                );
                self.put(&clause.id, LabelKind::Annex, &number, "");
                self.inside(clause, &number);
                (self.prefix, self.tables, self.figures, self.formulas) = outer;
            }
            kind => {
                let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
                self.put(&clause.id, LabelKind::Titled, title.unwrap_or_default(), "");
                self.inside(clause, if kind == ElementKind::Introduction { "0" } else { "" });
            }
        }
    }

    fn inside(&mut self, clause: &Clause, number: &str) {
        self.scope(number, &clause.blocks);
        // Entries count on in the same row as clauses.
        let mut count = 0;
        for block in &clause.blocks {
            if let BlockKind::Term(term) = &block.kind {
                count += 1;
                let own = below(number, count);
                self.put(&block.id, LabelKind::Term, &own, "");
                self.scope(&own, &term.blocks);
            }
        }
        for inner in &clause.clauses {
            count += 1;
            let own = below(number, count);
            self.put(&inner.id, LabelKind::Clause, &own, "");
            self.inside(inner, &own);
        }
    }

    /// The blocks of a clause or an entry: notes and examples are counted in it.
    fn scope(&mut self, within: &str, blocks: &[Block]) {
        let (notes, examples) = tally(blocks);
        let mut place = Place {
            within: within.to_owned(),
            notes: Turn { of: notes, at: 0 },
            examples: Turn { of: examples, at: 0 },
        };
        self.blocks(blocks, &mut place, ListDepth::default());
    }

    fn blocks(&mut self, blocks: &[Block], place: &mut Place, lists: ListDepth) {
        for block in blocks {
            match &block.kind {
                BlockKind::Note(note) => {
                    let number = place.notes.next();
                    self.put(&block.id, LabelKind::Note, number, &place.within);
                    self.blocks(&note.blocks, place, lists);
                }
                BlockKind::Example(example) => {
                    let number = place.examples.next();
                    self.put(&block.id, LabelKind::Example, number, &place.within);
                    self.blocks(&example.blocks, place, lists);
                }
                BlockKind::List(list) => self.list(list, place, lists),
                BlockKind::Table(table) => {
                    if !table.unnumbered {
                        self.tables += 1;
                        let number = format!("{}{}", self.prefix, self.tables);
                        self.put(&block.id, LabelKind::Table, number, &place.within);
                    }
                    self.scope(&place.within.clone(), &table.below);
                }
                BlockKind::Data(fence) if fence.caption.is_some() || fence.kind == DataKind::Indicators => {
                    self.tables += 1;
                    let number = format!("{}{}", self.prefix, self.tables);
                    self.put(&block.id, LabelKind::Table, number, &place.within);
                }
                BlockKind::Figure(figure) => {
                    if !figure.unnumbered {
                        self.figures += 1;
                        let number = format!("{}{}", self.prefix, self.figures);
                        for (index, part) in figure.parts.iter().enumerate() {
                            let mark = item_marker(ListStyle::Ordered, 0, index);
                            self.put(&part.id, LabelKind::SubFigure, mark, &number);
                        }
                        self.put(&block.id, LabelKind::Figure, number, &place.within);
                    }
                    self.scope(&place.within.clone(), &figure.below);
                }
                BlockKind::Formula(formula) if !formula.unnumbered => {
                    self.formulas += 1;
                    let number = format!("{}{}", self.prefix, self.formulas);
                    self.put(&block.id, LabelKind::Formula, number, &place.within);
                }
                BlockKind::Warning(inner) => self.blocks(inner, place, lists),
                BlockKind::Change(change) => self.scope(&place.within.clone(), &change.blocks),
                // The other language has the numbers of what it translates; entries are counted by their clause.
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &List, place: &mut Place, lists: ListDepth) {
        let (depth, lists) = lists.open(list.style);
        for (index, item) in list.items.iter().enumerate() {
            let marker = item_marker(list.style, depth, index);
            self.put(&item.id, LabelKind::Item, marker.as_str(), &place.within);
            let outer = place.within.clone();
            if list.style == ListStyle::Ordered {
                place.within = if outer.is_empty() {
                    marker
                } else {
                    format!("{outer} {marker}")
                };
            }
            self.blocks(&item.blocks, place, lists);
            place.within = outer;
        }
    }
}

/// 一, 二 …, 九十九; figures from a hundred on.
fn chinese(count: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |count: usize| DIGITS.get(count).copied().unwrap_or_default();
    match (count / 10, count % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => count.to_string(),
    }
}

/// a, b, c …, aa: an item's letter or the mark of a table's footnote, counted from 0.
pub(crate) fn small_letter(index: usize) -> String {
    letter(index + 1).to_lowercase()
}

fn below(number: &str, count: usize) -> String {
    if number.is_empty() {
        count.to_string()
    } else {
        format!("{number}.{count}")
    }
}

/// How many notes and examples one scope has.
fn tally(blocks: &[Block]) -> (usize, usize) {
    let mut count = (0, 0);
    for block in blocks {
        let inner: &[Block] = match &block.kind {
            BlockKind::Note(note) => {
                count.0 += 1;
                &note.blocks
            }
            BlockKind::Example(example) => {
                count.1 += 1;
                &example.blocks
            }
            BlockKind::Warning(blocks) => blocks,
            BlockKind::List(list) => {
                for item in &list.items {
                    let (notes, examples) = tally(&item.blocks);
                    count = (count.0 + notes, count.1 + examples);
                }
                continue;
            }
            _ => continue,
        };
        let (notes, examples) = tally(inner);
        count = (count.0 + notes, count.1 + examples);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(
            [1, 26, 27, 52, 703].map(letter),
            ["A", "Z", "AA", "AZ", "AAA"].map(str::to_owned)
        );
        assert_eq!(
            [1, 10, 11, 20, 99, 100].map(chinese),
            ["一", "十", "十一", "二十", "九十九", "100"].map(str::to_owned)
        );
        assert_eq!(item_marker(ListStyle::Ordered, 0, 1), "b)");
        assert_eq!(item_marker(ListStyle::Ordered, 1, 1), "2)");
        assert_eq!(item_marker(ListStyle::Dash, 1, 0), "·");
    }
}
