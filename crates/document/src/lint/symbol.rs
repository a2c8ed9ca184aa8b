//! SYM: the chapter of symbols and abbreviations (8.8).

use super::{Check, modal::place_of_verb};
use crate::finding::{Fix, message};
use crate::model::{Block, BlockKind, Clause, ElementKind, List, ListStyle, Plain, Span};
use crate::resolve::{SentenceClass, Within};
use crate::source::print_block;

/// What opens the chapter (8.8.2).
const LEAD_INS: &[&str] = &[
    "下列符号适用于本文件。",
    "下列缩略语适用于本文件。",
    "下列符号和缩略语适用于本文件。",
];

pub(super) fn check(check: &mut Check<'_>) {
    if let Some(element) = check.document.element(ElementKind::Symbols) {
        lead_in(check, &element.clause);
        clause(check, &element.clause);
    }
}

/// The sentence that opens the chapter is fixed, and written by itself.
fn lead_in(check: &mut Check<'_>, one: &Clause) {
    let Some(BlockKind::Paragraph(text)) = one.blocks.first().map(|block| &block.kind) else {
        return;
    };
    let span = one.blocks.first().map(|block| block.span).unwrap_or_default();
    let words = Plain::of(text).text;
    let leads = words.contains("适用于") && (words.contains("符号") || words.contains("缩略语"));
    if leads && !LEAD_INS.contains(&words.trim()) {
        let alone = words.trim_end_matches(['。', '：']).chars().all(|c| c != '。');
        check.put(
            "SYM-01",
            span,
            message!("lint-sym-01-lead"),
            alone.then(|| Fix::delete(span)),
        );
    }
}

fn clause(check: &mut Check<'_>, one: &Clause) {
    for block in &one.blocks {
        if let BlockKind::List(list) = &block.kind {
            ordinals(check, block, list);
            order(check, block, list);
        }
    }
    binding(check, one);
    for below in &one.clauses {
        clause(check, below);
    }
}

/// Symbols and abbreviations are not counted.
fn ordinals(check: &mut Check<'_>, block: &Block, list: &List) {
    if list.style == ListStyle::Ordered {
        let plain = List {
            style: ListStyle::Dash,
            ..list.clone()
        };
        let fix = rewritten(block, plain);
        check.put(
            "SYM-01",
            Span::at(block.span.start),
            message!("lint-sym-01-ordinal"),
            fix,
        );
    }
}

/// They stand in the order A a B b, subscripts of letters before those of digits, Greek after Latin.
fn order(check: &mut Check<'_>, block: &Block, list: &List) {
    let keys: Vec<Option<String>> = list
        .items
        .iter()
        .map(|item| match item.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph(text)) => {
                let words = Plain::of(text).text;
                let symbol = words
                    .split(['：', ':', '—'])
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                Some(symbol).filter(|symbol| !symbol.is_empty() && !symbol.contains('\u{fffc}'))
            }
            _ => None,
        })
        .collect();
    let known: Vec<(usize, &String)> = keys
        .iter()
        .enumerate()
        .filter_map(|(at, key)| key.as_ref().map(|key| (at, key)))
        .collect();
    let Some((at, symbol)) = known
        .windows(2)
        .find_map(|pair| (place(pair[0].1) > place(pair[1].1)).then_some(pair[1]))
    else {
        return;
    };
    // An item whose symbol is a formula has no letters to go by: then nothing is moved.
    let fix = (known.len() == keys.len()).then(|| {
        let mut sorted: Vec<usize> = (0..keys.len()).collect();
        sorted.sort_by_key(|at| keys.get(*at).and_then(Option::as_ref).map(|key| place(key)));
        let items = sorted.iter().filter_map(|at| list.items.get(*at).cloned()).collect();
        rewritten(block, List { items, ..list.clone() })
    });
    let span = list.items.get(at).map_or(block.span, |item| item.span);
    check.put("SYM-01", span, message!("lint-sym-01", symbol = symbol), fix.flatten());
}

/// The list written anew, where it begins its lines.
fn rewritten(block: &Block, list: List) -> Option<Fix> {
    let flush = block.span.is_somewhere() && block.span.start.column == 1;
    flush.then(|| {
        let new = Block {
            kind: BlockKind::List(list),
            ..block.clone()
        };
        Fix::replace(block.span, print_block(&new))
    })
}

/// Nothing is required or recommended there.
fn binding(check: &mut Check<'_>, one: &Clause) {
    let told: Vec<Span> = check
        .resolved
        .sentences
        .get(&one.id)
        .into_iter()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .filter(|sentence| {
            matches!(
                sentence.class,
                SentenceClass::Requirement | SentenceClass::Recommendation
            )
        })
        .map(place_of_verb)
        .collect();
    for span in told {
        check.tell("SYM-01", span, message!("lint-sym-01-binds"));
    }
}

/// What orders a symbol: Latin before Greek, the letter, upper case before lower, then the rest.
fn place(symbol: &str) -> (bool, String, bool, Vec<(bool, char)>) {
    let mut letters = symbol.chars();
    let first = letters.next().unwrap_or_default();
    let rest = letters.map(|c| (c.is_ascii_digit(), c)).collect();
    (
        !first.is_ascii(),
        first.to_lowercase().to_string(),
        first.is_lowercase(),
        rest,
    )
}
