//! Lists of the references and the bibliography → their entries.

use super::designation_of;
use crate::model::{Block, BlockKind, Clause, Inline, InlineKind, Position, Reference, ReferenceList};
use designation::{Designation, Known};

/// Turns the lists of an element into lists of references. An item of several paragraphs stays what it is.
pub(super) fn read_clause(clause: &mut Clause) {
    let blocks = std::mem::take(&mut clause.blocks);
    for mut block in blocks {
        read_block(&mut block);
        if let BlockKind::References(more) = &mut block.kind
            && block.id.is_empty()
            && !more.entries.is_empty()
            && let Some(Block {
                kind: BlockKind::References(list),
                span,
                ..
            }) = clause.blocks.last_mut()
            && list.style == more.style
        {
            *span = span.to(block.span);
            list.entries.append(&mut more.entries);
            continue;
        }
        clause.blocks.push(block);
    }
    for below in &mut clause.clauses {
        read_clause(below);
    }
}

fn read_block(block: &mut Block) {
    let BlockKind::List(list) = &mut block.kind else { return };
    let plain = list.items.iter().all(|item| {
        matches!(
            item.blocks.as_slice(),
            [Block {
                kind: BlockKind::Paragraph(_),
                ..
            }]
        )
    });
    if !plain {
        return;
    }
    let entries = list
        .items
        .iter_mut()
        .map(|item| {
            let text = match item.blocks.pop().map(|block| block.kind) {
                Some(BlockKind::Paragraph(text)) => text,
                _ => Vec::new(),
            };
            Reference {
                key: std::mem::take(&mut item.id),
                span: item.span,
                ..entry(text)
            }
        })
        .collect();
    block.kind = BlockKind::References(ReferenceList {
        style: list.style,
        entries,
    });
}

/// `@GB/T 2912.1—2009　title`, with or without `@`; `[@GB/T …]` at the start is the same.
/// An `@` that no number follows is a word of the entry.
fn entry(mut text: Vec<Inline>) -> Reference {
    let as_written = text.clone();
    let mut marked = false;
    if let Some(run) = first_text(&text) {
        let rest = run.trim_start().trim_start_matches('@').trim_start();
        marked = run.trim_start().starts_with('@');
        let blanks = run.chars().count() - rest.chars().count();
        if blanks > 0 {
            cut(&mut text, blanks);
        }
    }
    if let Some(Inline {
        kind: InlineKind::Citation(citation),
        ..
    }) = text.first()
        && citation.designation.is_some()
    {
        let citation = citation.clone();
        text.remove(0);
        trim_start(&mut text);
        return Reference {
            designation: citation.designation,
            written: citation.target,
            all_parts: citation.locator.as_deref() == Some("所有部分"),
            text,
            ..Reference::default()
        };
    }
    let whole = first_text(&text).unwrap_or_default().to_owned();
    let found = if marked {
        number_behind_mark(&whole)
    } else {
        number_at_start(&whole)
    };
    let Some((designation, mut end)) = found else {
        return Reference {
            text: if marked { as_written } else { text },
            ..Reference::default()
        };
    };
    let written: String = whole.chars().take(end).collect();
    let after: String = whole.chars().skip(end).collect();
    let all = ["（所有部分）", "(所有部分)"]
        .into_iter()
        .find(|words| after.trim_start().starts_with(words));
    if let Some(words) = all {
        end += after.chars().count() - after.trim_start().chars().count() + words.chars().count();
    }
    cut(&mut text, end);
    trim_start(&mut text);
    Reference {
        designation: Some(designation),
        written,
        all_parts: all.is_some(),
        text,
        ..Reference::default()
    }
}

fn first_text(text: &[Inline]) -> Option<&str> {
    match text.first() {
        Some(Inline {
            kind: InlineKind::Text(run),
            ..
        }) => Some(&run.text),
        _ => None,
    }
}

/// A number that cannot be an ordinary word, and its characters.
fn number_at_start(text: &str) -> Option<(Designation, usize)> {
    designation::find(text, &Known::default())
        .into_iter()
        .next()
        .filter(|found| found.span.start == 0)
        .map(|found| (found.designation, found.span.end))
}

/// After `@` the longest beginning that is a number, parted from the title by a blank; else as without it.
fn number_behind_mark(text: &str) -> Option<(Designation, usize)> {
    let ends = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || *c == '（')
        .map(|(at, _)| at)
        .chain([text.len()])
        .take(6);
    let longest = ends
        .filter_map(|end| {
            let written = text.get(..end)?.trim_end();
            Some((designation_of(written)?, written.chars().count()))
        })
        .last();
    longest.or_else(|| number_at_start(text))
}

/// Takes so many characters from the first run.
fn cut(text: &mut Vec<Inline>, count: usize) {
    let Some(first) = text.first_mut() else { return };
    let InlineKind::Text(run) = &mut first.kind else { return };
    let place = run.position(count as u32);
    run.text = run.text.chars().skip(count).collect();
    let mut anchors: Vec<(u32, Position)> = vec![(0, place)];
    anchors.extend(
        run.anchors
            .iter()
            .filter(|(at, _)| *at as usize > count)
            .map(|(at, place)| (at - count as u32, *place)),
    );
    run.anchors = anchors;
    first.span.start = place;
    if run.text.is_empty() {
        text.remove(0);
    }
}

fn trim_start(text: &mut Vec<Inline>) {
    if let Some(Inline {
        kind: InlineKind::Text(run),
        ..
    }) = text.first()
    {
        let blanks = run.text.chars().count() - run.text.trim_start().chars().count();
        if blanks > 0 {
            cut(text, blanks);
        }
    }
}
