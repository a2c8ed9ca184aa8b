//! NOT: labels of notes and examples (9.10.2, 9.11.2).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{Block, BlockKind, Element, ElementKind, Plain, Span, Visit, walk_document};

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

/// Paragraphs that are meant as notes or examples and say so in another form: nothing then knows what they are.
pub(super) fn check(check: &mut Check<'_>) {
    let mut paragraphs = Paragraphs::default();
    walk_document(check.document, &mut paragraphs);
    for plain in paragraphs.found {
        let Some((written, right)) = label(&plain.text) else {
            continue;
        };
        let start = plain.position(0);
        if start.line == 0 {
            continue;
        }
        let span = Span::new(start, start.right(written.chars().count() as u32));
        check.tell_with(
            "NOT-01",
            span,
            message!("lint-not-01", written = written.trim(), right = right),
            Fix::replace(span, format!("{right}：")),
        );
    }
}

#[derive(Default)]
struct Paragraphs {
    quiet: bool,
    found: Vec<Plain>,
}

impl<'a> Visit<'a> for Paragraphs {
    fn element(&mut self, element: &'a Element) {
        self.quiet = matches!(
            element.kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index
        );
    }

    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Paragraph(text) = &block.kind
            && !self.quiet
        {
            self.found.push(Plain::of(text));
        }
    }
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
