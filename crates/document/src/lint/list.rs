//! LST: lists (7.5).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{Block, BlockKind, Clause, Inline, List, ListItem, Plain, Span};

/// What items end with.
const ENDS: [char; 4] = ['；', '，', '。', ';'];

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    for element in &document.elements {
        clause(check, &element.clause);
    }
}

fn clause(check: &mut Check<'_>, one: &Clause) {
    blocks(check, &one.blocks, 1, None);
    for below in &one.clauses {
        clause(check, below);
    }
}

/// Lists among some blocks; `outer` is the text that leads in where the list stands inside an item.
fn blocks(check: &mut Check<'_>, all: &[Block], level: usize, outer: Option<&[Inline]>) {
    let mut lead = outer;
    for block in all {
        match &block.kind {
            BlockKind::Paragraph(text) => lead = Some(text),
            BlockKind::List(list) => {
                one(check, block, list, level, lead);
                lead = None;
            }
            BlockKind::Term(term) => blocks(check, &term.blocks, level, None),
            BlockKind::Note(note) => blocks(check, &note.blocks, level, None),
            BlockKind::Example(example) => blocks(check, &example.blocks, level, None),
            BlockKind::Comment(_) => {}
            _ => lead = None,
        }
    }
}

fn one(check: &mut Check<'_>, block: &Block, list: &List, level: usize, lead: Option<&[Inline]>) {
    if level > 2 {
        check.tell("LST-03", block.span, message!("lint-lst-03"));
    }
    let lead = lead.map(|text| Plain::of(text).text.trim_end().to_owned());
    match &lead {
        None => check.tell("LST-01", Span::at(block.span.start), message!("lint-lst-01-lead")),
        Some(lead) if !lead.ends_with(['：', ':', '。', '；', '，']) => {
            check.tell("LST-01", Span::at(block.span.start), message!("lint-lst-01-lead"));
        }
        Some(_) => {}
    }
    let sentences = lead.as_ref().is_some_and(|lead| lead.ends_with('。'));
    let last = list.items.len().saturating_sub(1);
    for (index, item) in list.items.iter().enumerate() {
        punctuation(check, item, level, index == last, sentences);
        blocks(check, &item.blocks, level + 1, None);
    }
}

/// After 。 each item ends with 。; after ： the items end with ；, the last with 。 (7.5.1).
fn punctuation(check: &mut Check<'_>, item: &ListItem, level: usize, last: bool, sentences: bool) {
    let Some(BlockKind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) else {
        return;
    };
    let plain = Plain::of(text);
    let written = plain.text.trim_end();
    let Some(end) = written.chars().last() else { return };
    // An item that leads into a list of its own ends with ：.
    if end == '：' || end == ':' || end == '\u{fffc}' {
        return;
    }
    let at = written.len() - end.len_utf8();
    let place = plain.position(at);
    let span = if place.line == 0 {
        item.span
    } else {
        Span::new(place, place.right(1))
    };
    let deeper = item.blocks.iter().any(|block| matches!(block.kind, BlockKind::List(_)));
    if last && level == 1 && !deeper {
        if end != '。' {
            let fix = if ENDS.contains(&end) {
                Fix::replace(span, "。")
            } else {
                Fix::insert(place.right(1), "。")
            };
            check.tell_with("LST-01", span, message!("lint-lst-01-end"), fix);
        }
        return;
    }
    let right = if sentences { '。' } else { '；' };
    let fits = match (sentences, end) {
        (true, '。') | (false, '；' | '，') => true,
        // The last item of an inner list may close the sentence of the outer one.
        (false, '。') => last && level > 1,
        _ => false,
    };
    if !fits {
        let fix = if ENDS.contains(&end) {
            Fix::replace(span, right.to_string())
        } else {
            Fix::insert(place.right(1), right.to_string())
        };
        check.tell_with("LST-02", span, message!("lint-lst-02", right = right.to_string()), fix);
    }
}
