//! LST: lists (7.5).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{
    Block, BlockKind, Clause, ElementKind, Inline, InlineKind, List, ListItem, ListStyle, Plain, Position, Span,
};

/// What items end with.
const ENDS: [char; 4] = ['；', '，', '。', ';'];

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    for element in &document.elements {
        // Symbols and abbreviations stand under a fixed sentence, each on its own line without a mark (8.8.2).
        if element.kind != ElementKind::Symbols {
            clause(check, &element.clause);
        }
    }
}

fn clause(check: &mut Check<'_>, one: &Clause) {
    blocks(check, &one.blocks, 1, None);
    markers(check, &one.blocks, (0, 0), 0);
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
    // Code, a citation or a quantity at the end is one piece: the mark goes behind it, never into it.
    let (span, behind) = match text.last() {
        Some(last) if matches!(&last.kind, InlineKind::Text(run) if !run.text.trim().is_empty()) => {
            let place = plain.position(at);
            (Span::new(place, place.right(1)), place.right(1))
        }
        Some(last) if last.span.is_somewhere() => (Span::at(last.span.end), last.span.end),
        _ => (Span::at(item.span.end), item.span.end),
    };
    let deeper = item.blocks.iter().any(|block| matches!(block.kind, BlockKind::List(_)));
    if last && level == 1 && !deeper {
        if end != '。' {
            let fix = mark(end, span, behind, '。');
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
        let fix = mark(end, span, behind, right);
        check.tell_with("LST-02", span, message!("lint-lst-02", right = right.to_string()), fix);
    }
}

/// The right mark in the place of a wrong one, or behind the last character.
fn mark(end: char, span: Span, behind: Position, right: char) -> Fix {
    if ENDS.contains(&end) && span.start != span.end {
        Fix::replace(span, right.to_string())
    } else {
        Fix::insert(behind, right.to_string())
    }
}

/// —— and below it ·, a) and below it 1) (7.5.3): of what somebody typed, since the rest is marked by itself. `around`
/// counts the lists of dashes and of letters around; `column` is where the markers of the list around stand.
fn markers(check: &mut Check<'_>, all: &[Block], around: (usize, usize), column: u32) {
    for block in all {
        match &block.kind {
            BlockKind::Paragraph(text) => loose(check, text),
            BlockKind::List(list) => {
                let (depth, inner, plain) = match list.style {
                    ListStyle::Dash => (around.0, (around.0 + 1, around.1), "-"),
                    ListStyle::Ordered => (around.1, (around.0, around.1 + 1), "1."),
                };
                for item in &list.items {
                    if let Some(typed) = item
                        .typed_marker
                        .as_ref()
                        .filter(|typed| !fits(typed, list.style, depth))
                    {
                        let length = typed.chars().count() as u32;
                        let start = item.span.start;
                        let span = Span::new(start, start.right(length));
                        // Flush under its item, a typed marker still nests by its look; a plain one nests by its indent.
                        let indent = if column > 0 && start.column < column + 2 {
                            "   "
                        } else {
                            ""
                        };
                        // Chinese follows a typed marker without a blank; a plain one needs it.
                        let text = item.blocks.first().map(|block| block.span.start);
                        let blank = if text == Some(span.end) { " " } else { "" };
                        check.tell_with(
                            "LST-04",
                            span,
                            message!("lint-lst-04", marker = typed),
                            Fix::replace(span, format!("{indent}{plain}{blank}")),
                        );
                    }
                    markers(check, &item.blocks, inner, item.span.start.column);
                }
            }
            BlockKind::Note(note) => markers(check, &note.blocks, (0, 0), 0),
            BlockKind::Example(example) => markers(check, &example.blocks, (0, 0), 0),
            BlockKind::Term(term) => markers(check, &term.blocks, (0, 0), 0),
            _ => {}
        }
    }
}

/// Whether a typed marker is the one that would be printed at this depth.
fn fits(typed: &str, style: ListStyle, depth: usize) -> bool {
    let first = typed.chars().next();
    let letter = first.is_some_and(|c| c.is_ascii_lowercase());
    match style {
        ListStyle::Dash => (depth == 0) == (first == Some('—')),
        ListStyle::Ordered => (depth == 0) == letter && !typed.ends_with('、'),
    }
}

/// （1）, ①, （一）: a paragraph that is meant as an item.
fn loose(check: &mut Check<'_>, text: &[Inline]) {
    const HAN: &str = "一二三四五六七八九十";
    let plain = Plain::of(text);
    let mut letters = plain.text.chars();
    let marker: String = match letters.next() {
        Some(circled @ '①'..='⑳') => circled.to_string(),
        Some(open @ ('（' | '(')) => {
            let inner: String = letters
                .by_ref()
                .take_while(|c| c.is_ascii_digit() || HAN.contains(*c))
                .collect();
            let close = plain.text.chars().nth(inner.chars().count() + 1);
            match close.filter(|close| !inner.is_empty() && matches!(close, '）' | ')')) {
                Some(close) => format!("{open}{inner}{close}"),
                None => return,
            }
        }
        _ => return,
    };
    let start = plain.position(0);
    let span = Span::new(start, start.right(marker.chars().count() as u32));
    check.tell("LST-04", span, message!("lint-lst-04", marker = marker));
}
