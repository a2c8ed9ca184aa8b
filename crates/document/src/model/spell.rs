//! The words of blocks and lines as printed, all in all: for comparing, and for formats that have no blocks.

use super::{Block, BlockKind, CrossReference, Inline, InlineKind};

/// The words of a block, one line for each of its parts.
pub(crate) fn spell_block(block: &Block, reference: &dyn Fn(&CrossReference) -> String, text: &mut String) {
    let line = |inlines: &[Inline], text: &mut String| {
        spell(inlines, reference, text);
        text.push('\n');
    };
    match &block.kind {
        BlockKind::Paragraph(inlines) => line(inlines, text),
        BlockKind::List(list) => {
            for inner in list.items.iter().flat_map(|item| &item.blocks) {
                spell_block(inner, reference, text);
            }
        }
        BlockKind::Note(note) => note.blocks.iter().for_each(|inner| spell_block(inner, reference, text)),
        BlockKind::Example(example) => example
            .blocks
            .iter()
            .for_each(|inner| spell_block(inner, reference, text)),
        BlockKind::Warning(blocks) => blocks.iter().for_each(|inner| spell_block(inner, reference, text)),
        BlockKind::Translation(translation) => translation
            .blocks
            .iter()
            .for_each(|inner| spell_block(inner, reference, text)),
        BlockKind::Change(change) => {
            text.push_str(&change.place);
            text.push('\n');
            change
                .blocks
                .iter()
                .for_each(|inner| spell_block(inner, reference, text));
        }
        BlockKind::Term(term) => {
            text.push_str(&term.preferred.text);
            text.push('\n');
            term.blocks.iter().for_each(|inner| spell_block(inner, reference, text));
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &table.caption {
                line(caption, text);
            }
            for row in table.rows() {
                for (index, cell) in row.cells.iter().enumerate() {
                    if index > 0 {
                        text.push_str(" | ");
                    }
                    spell(&cell.text, reference, text);
                }
                text.push('\n');
            }
            table.below.iter().for_each(|inner| spell_block(inner, reference, text));
            table.footnotes.iter().for_each(|note| line(&note.text, text));
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &figure.caption {
                line(caption, text);
            }
            for part in &figure.parts {
                if let Some(caption) = &part.caption {
                    line(caption, text);
                }
            }
            for image in figure
                .images
                .iter()
                .chain(figure.parts.iter().flat_map(|part| &part.images))
            {
                text.push_str(&image.file);
                text.push('\n');
            }
            for key in &figure.keys {
                text.push_str(&key.mark);
                text.push('：');
                line(&key.text, text);
            }
            figure
                .below
                .iter()
                .for_each(|inner| spell_block(inner, reference, text));
            figure.footnotes.iter().for_each(|note| line(&note.text, text));
        }
        BlockKind::Formula(formula) => {
            text.push_str(&formula.latex);
            text.push('\n');
            for symbol in &formula.symbols {
                text.push_str(&symbol.symbol);
                text.push('：');
                line(&symbol.text, text);
            }
        }
        BlockKind::References(list) => {
            for entry in &list.entries {
                if let Some(designation) = &entry.designation {
                    text.push_str(&designation.to_string());
                    text.push('\u{3000}');
                }
                line(&entry.text, text);
            }
        }
        BlockKind::Data(fence) => text.push_str(&fence.text),
        BlockKind::Listing { text: listing, .. } => {
            text.push_str(listing);
            text.push('\n');
        }
        BlockKind::Unplaced(unplaced) => {
            text.push_str(&unplaced.text);
            text.push('\n');
        }
        BlockKind::Comment(_) => {}
    }
}

/// The words of a line as printed; `reference` says what a cross-reference prints.
pub(crate) fn spell(inlines: &[Inline], reference: &dyn Fn(&CrossReference) -> String, text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(run) => text.push_str(&run.text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner) => spell(inner, reference, text),
            InlineKind::Code(code) | InlineKind::Variable(code) => text.push_str(code),
            InlineKind::Math(latex) => {
                text.push('$');
                text.push_str(latex);
                text.push('$');
            }
            InlineKind::Citation(citation) => {
                match &citation.designation {
                    Some(designation) => text.push_str(&designation.to_string()),
                    None => text.push_str(&citation.target),
                }
                if let Some(locator) = &citation.locator {
                    text.push('，');
                    text.push_str(locator);
                }
            }
            InlineKind::CrossReference(to) if to.words.is_empty() => text.push_str(&reference(to)),
            InlineKind::CrossReference(to) => spell(&to.words, reference, text),
            InlineKind::Link { words, address } if words.is_empty() => text.push_str(address),
            InlineKind::Link { words, .. } => spell(words, reference, text),
            InlineKind::Quantity { value, unit } => {
                text.push_str(value);
                text.push(' ');
                text.push_str(unit);
            }
            InlineKind::Break => text.push(' '),
            InlineKind::Picture { file, .. } => text.push_str(file),
            InlineKind::FootnoteMark(_) | InlineKind::Comment(_) => {}
        }
    }
}
