//! Walking a document: every clause, block and line of text in reading order.

use super::{Block, BlockKind, Clause, Document, Element, Figure, Footnote, Inline, InlineKind, ListItem, Table};

/// What a walk meets. Each method is called before what is inside; the defaults do nothing.
pub trait Visit<'a> {
    /// An element begins.
    fn element(&mut self, _element: &'a Element) {}
    /// A clause begins: the clause of an element at depth 0 (章), below it 1 to 5 (条).
    fn clause(&mut self, _clause: &'a Clause, _depth: usize) {}
    /// A block begins.
    fn block(&mut self, _block: &'a Block) {}
    /// An item of a list begins.
    fn item(&mut self, _item: &'a ListItem) {}
    /// A line of text: a title, a paragraph, a cell, a caption, a footnote. Its inner inlines come by
    /// [`Visit::inline`].
    fn text(&mut self, _text: &'a [Inline]) {}
    /// One inline, outer before inner.
    fn inline(&mut self, _inline: &'a Inline) {}
    /// A footnote of the text, a table or a figure.
    fn footnote(&mut self, _footnote: &'a Footnote) {}
}

/// Walks the whole document: what stands before the first heading, the elements, then the footnotes of its text.
pub fn walk_document<'a>(document: &'a Document, visit: &mut impl Visit<'a>) {
    walk_blocks(&document.lead, visit);
    for element in &document.elements {
        visit.element(element);
        walk_clause(&element.clause, 0, visit);
    }
    walk_footnotes(&document.footnotes, visit);
}

fn walk_clause<'a>(clause: &'a Clause, depth: usize, visit: &mut impl Visit<'a>) {
    visit.clause(clause, depth);
    if let Some(heading) = &clause.heading {
        walk_text(&heading.title, visit);
    }
    walk_blocks(&clause.blocks, visit);
    for below in &clause.clauses {
        walk_clause(below, depth + 1, visit);
    }
}

/// Walks blocks.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl Visit<'a>) {
    for block in blocks {
        visit.block(block);
        match &block.kind {
            BlockKind::Paragraph(text) => walk_text(text, visit),
            BlockKind::List(list) => {
                for item in &list.items {
                    visit.item(item);
                    walk_blocks(&item.blocks, visit);
                }
            }
            BlockKind::Note(note) => walk_blocks(&note.blocks, visit),
            BlockKind::Example(example) => walk_blocks(&example.blocks, visit),
            BlockKind::Warning(blocks) => walk_blocks(blocks, visit),
            BlockKind::Translation(translation) => walk_blocks(&translation.blocks, visit),
            BlockKind::Change(change) => walk_blocks(&change.blocks, visit),
            BlockKind::Term(term) => walk_blocks(&term.blocks, visit),
            BlockKind::Table(table) => walk_table(table, visit),
            BlockKind::Figure(figure) => walk_figure(figure, visit),
            BlockKind::Formula(formula) => {
                for symbol in &formula.symbols {
                    walk_text(&symbol.text, visit);
                }
            }
            BlockKind::References(list) => {
                for entry in &list.entries {
                    walk_text(&entry.text, visit);
                }
            }
            BlockKind::Data(fence) => {
                if let Some(caption) = &fence.caption {
                    walk_text(caption, visit);
                }
            }
            BlockKind::Listing { .. } | BlockKind::Comment(_) | BlockKind::Unplaced(_) => {}
        }
    }
}

fn walk_table<'a>(table: &'a Table, visit: &mut impl Visit<'a>) {
    if let Some(caption) = &table.caption {
        walk_text(caption, visit);
    }
    for cell in table.rows().flat_map(|row| &row.cells) {
        walk_text(&cell.text, visit);
    }
    walk_blocks(&table.below, visit);
    walk_footnotes(&table.footnotes, visit);
}

fn walk_figure<'a>(figure: &'a Figure, visit: &mut impl Visit<'a>) {
    if let Some(caption) = &figure.caption {
        walk_text(caption, visit);
    }
    for part in &figure.parts {
        if let Some(caption) = &part.caption {
            walk_text(caption, visit);
        }
    }
    for key in &figure.keys {
        walk_text(&key.text, visit);
    }
    walk_blocks(&figure.below, visit);
    walk_footnotes(&figure.footnotes, visit);
}

fn walk_footnotes<'a>(footnotes: &'a [Footnote], visit: &mut impl Visit<'a>) {
    for footnote in footnotes {
        visit.footnote(footnote);
        walk_text(&footnote.text, visit);
    }
}

fn walk_text<'a>(text: &'a [Inline], visit: &mut impl Visit<'a>) {
    visit.text(text);
    walk_inlines(text, visit);
}

fn walk_inlines<'a>(text: &'a [Inline], visit: &mut impl Visit<'a>) {
    for inline in text {
        visit.inline(inline);
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Link { words: inner, .. } => walk_inlines(inner, visit),
            InlineKind::CrossReference(reference) => walk_inlines(&reference.words, visit),
            _ => {}
        }
    }
}
