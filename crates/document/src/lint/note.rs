//! NOT: labels of notes and examples (9.10.2, 9.11.2).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{
    Block, BlockKind, Clause, Element, ElementKind, Example, Note, Plain, Position, Span, Visit, walk_document,
};
use crate::resolve::{SentenceClass, classify};
use std::collections::HashSet;

/// Other words for them, and the right ones.
const OTHERS: &[(&str, &str)] = &[
    ("备注", "注"),
    ("注释", "注"),
    ("注解", "注"),
    ("附注", "注"),
    ("例如", "示例"),
    ("举例", "示例"),
    ("实例", "示例"),
    ("例", "示例"),
];
/// The right words, where what follows is no colon.
const RIGHT: &[&str] = &["注", "示例"];

/// What says that there is nothing to note.
const NOTHING: &[&str] = &["", "无", "无。", "—", "——", "/"];

/// Paragraphs that are meant as notes or examples and say so in another form: nothing then knows what they are. And
/// notes that say nothing.
pub(super) fn check(check: &mut Check<'_>) {
    let mut paragraphs = Paragraphs::default();
    walk_document(check.document, &mut paragraphs);
    for span in paragraphs.empty {
        check.tell("NOT-01", span, message!("lint-not-01-empty"));
    }
    for (block, plain) in paragraphs.found {
        let Some((written, right)) = label(&plain.text) else {
            continue;
        };
        let start = plain.position(0);
        if start.line == 0 {
            continue;
        }
        let said = plain.text.get(written.len()..).unwrap_or_default().trim();
        if NOTHING.contains(&said) {
            // What says nothing may go, unless what it names stands in the block behind it.
            let alone = !said.is_empty() || paragraphs.closed.contains(&block.start);
            check.put(
                "NOT-01",
                block,
                message!("lint-not-01-nothing", written = written.trim()),
                alone.then(|| Fix::delete(block)),
            );
            continue;
        }
        let span = Span::new(start, start.right(written.chars().count() as u32));
        // A note requires nothing: what does, was meant as text under a name of its own.
        let binds = said.split_inclusive(['。', '；']).any(|sentence| {
            matches!(
                classify(sentence),
                SentenceClass::Requirement | SentenceClass::Recommendation
            )
        });
        let fix = (!binds).then(|| Fix::replace(span, format!("{right}：")));
        check.put(
            "NOT-01",
            span,
            message!("lint-not-01", written = written.trim(), right = right),
            fix,
        );
    }
}

#[derive(Default)]
struct Paragraphs {
    quiet: bool,
    found: Vec<(Span, Plain)>,
    /// Notes and examples without a word.
    empty: Vec<Span>,
    /// Where the blocks begin that end their clause, or before another block with a name of its own.
    closed: HashSet<Position>,
}

impl<'a> Visit<'a> for Paragraphs {
    fn element(&mut self, element: &'a Element) {
        self.quiet = matches!(
            element.kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index
        );
    }

    fn clause(&mut self, clause: &'a Clause, _depth: usize) {
        let next = clause.blocks.iter().skip(1).map(Some).chain([None]);
        for (block, next) in clause.blocks.iter().zip(next) {
            if next.is_none_or(is_named) {
                self.closed.insert(block.span.start);
            }
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Paragraph(text) if !self.quiet => self.found.push((block.span, Plain::of(text))),
            BlockKind::Note(Note { blocks }) | BlockKind::Example(Example { blocks }) if says_nothing(blocks) => {
                self.empty.push(block.span);
            }
            _ => {}
        }
    }
}

/// 返回值：0: a paragraph under a short name.
fn is_named(block: &Block) -> bool {
    /// No name is longer, in characters.
    const LONGEST: usize = 8;
    match &block.kind {
        BlockKind::Paragraph(text) => {
            let text = Plain::of(text).text;
            let name = text
                .chars()
                .take_while(|c| !matches!(c, '：' | ':' | '，' | '。'))
                .count();
            (1..=LONGEST).contains(&name) && matches!(text.chars().nth(name), Some('：' | ':'))
        }
        _ => false,
    }
}

fn says_nothing(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match &block.kind {
        BlockKind::Paragraph(text) => Plain::of(text).text.trim().is_empty(),
        BlockKind::Comment(_) => true,
        _ => false,
    })
}

/// The label at the start of a paragraph, with the number and mark behind it, and the word that should stand there.
fn label(text: &str) -> Option<(&str, &'static str)> {
    for (word, right) in OTHERS {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(rest) = after.strip_prefix(['：', ':']) {
            return Some((text.get(..text.len() - rest.len())?, right));
        }
    }
    for word in RIGHT {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = after.len() < rest.len();
        // 注1. and 注1、; with a colon it would have been read as one.
        if let Some(rest) = after
            .strip_prefix(['.', '、', '．', ' ', '\u{3000}'])
            .filter(|_| numbered)
        {
            return Some((text.get(..text.len() - rest.len())?, word));
        }
    }
    None
}
