//! Mixed content → inlines.

use super::super::tree::{Inside, Node};
use super::{Reader, name_of};
use crate::model::{Citation, CrossReference, Id, Inline, InlineKind};
use crate::source::designation_of;

impl Reader {
    /// A line of text.
    pub(super) fn line(&mut self, node: &Node) -> Vec<Inline> {
        let mut out = Vec::new();
        for inside in &node.inside {
            match inside {
                Inside::Text(text) => words(text, &mut out),
                Inside::Node(node) => self.inline(node, &mut out),
            }
        }
        out
    }

    fn inline(&mut self, node: &Node, out: &mut Vec<Inline>) {
        let kind = match node.name.as_str() {
            "italic" => {
                let text = node.text();
                if node.nodes().next().is_none() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_alphabetic()) {
                    InlineKind::Variable(text)
                } else {
                    InlineKind::Emphasis(self.line(node))
                }
            }
            "bold" => InlineKind::Strong(self.line(node)),
            "sub" => InlineKind::Subscript(self.line(node)),
            "sup" => InlineKind::Superscript(self.line(node)),
            "monospace" => InlineKind::Code(node.text()),
            "inline-formula" => InlineKind::Math(tex(node)),
            "break" => InlineKind::Break,
            "ext-link" => {
                let address = node.get("xlink:href").unwrap_or_default().to_owned();
                let inner = self.line(node);
                let words = if node.text() == address { Vec::new() } else { inner };
                InlineKind::Link { words, address }
            }
            "inline-graphic" => InlineKind::Picture {
                words: node.child("alt-text").map(Node::text).unwrap_or_default(),
                file: node.get("xlink:href").unwrap_or_default().to_owned(),
            },
            "std" => {
                out.extend(standard(node));
                return;
            }
            "xref" => self.reference(node),
            "label" | "fn" => return,
            // What is inside is kept, whatever holds it.
            _ => {
                let inner = self.line(node);
                out.extend(inner);
                return;
            }
        };
        out.push(Inline::new(kind));
    }

    fn reference(&mut self, node: &Node) -> InlineKind {
        let to = node.get("rid").unwrap_or_default();
        match node.get("ref-type") {
            Some("fn") => InlineKind::FootnoteMark(to.to_owned()),
            Some("bibr") => InlineKind::Citation(Citation {
                target: name_of(to).as_str().to_owned(),
                designation: None,
                locator: None,
                said: None,
            }),
            _ => InlineKind::CrossReference(CrossReference {
                target: if to.is_empty() { Id::default() } else { name_of(to) },
                words: self.line(node),
            }),
        }
    }
}

/// Text, with values and their units where a narrow blank parts them.
fn words(text: &str, out: &mut Vec<Inline>) {
    let text = text.replace('\n', " ");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\u{202f}') {
        let (before, after) = rest.split_at(at);
        let after = after.trim_start_matches('\u{202f}');
        let from = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| !c.is_whitespace() && u32::from(*c) < 0x2e80)
            .last()
            .map_or(before.len(), |(at, _)| at);
        let to = after
            .find(|c: char| c.is_whitespace() || u32::from(c) >= 0x2e80 || matches!(c, ',' | ';' | '(' | ')'))
            .unwrap_or(after.len());
        let (plain, value) = before.split_at(from);
        let (unit, left) = after.split_at(to);
        if !plain.is_empty() {
            out.push(Inline::text(plain));
        }
        out.push(Inline::new(InlineKind::Quantity {
            value: value.to_owned(),
            unit: unit.to_owned(),
        }));
        rest = left;
    }
    if !rest.is_empty() {
        out.push(Inline::text(rest));
    }
}

/// A citation, or its words where its number is none.
fn standard(node: &Node) -> Option<Inline> {
    let number = node.child("std-ref").map(Node::text).unwrap_or_default();
    let whole = node.text();
    let rest = whole.strip_prefix(number.as_str()).unwrap_or_default();
    let locator = match rest {
        "" => None,
        "（所有部分）" => Some("所有部分".to_owned()),
        rest => Some(rest.trim_start_matches(['，', ',']).trim().to_owned()),
    };
    let Some(designation) = designation_of(&number) else {
        return (!whole.is_empty()).then(|| Inline::text(whole));
    };
    Some(Inline::new(InlineKind::Citation(Citation {
        target: number,
        designation: Some(designation),
        locator,
        said: None,
    })))
}

/// The LaTeX of a formula; the words of one that has none.
pub(super) fn tex(node: &Node) -> String {
    node.find("tex-math")
        .map_or_else(|| node.text(), Node::text)
        .trim()
        .to_owned()
}
