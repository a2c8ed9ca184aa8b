//! What goes on until its end mark: comments and formulas on their own lines.

use super::attributes::Attributes;
use super::block::{Begun, Scanner};
use super::container;
use super::line::{Line, span_of};
use crate::finding::{Finding, message};
use crate::model::{Block, BlockKind, Formula, Id};

/// What was sought to the end once and not found, so that nobody seeks it again.
#[derive(Debug, Default)]
pub(super) struct Endless {
    comment: bool,
    formula: bool,
}

impl Scanner {
    pub(super) fn comment<'a>(
        &mut self,
        line: Line<'a>,
        rest: &[Line<'a>],
        endless: &mut Endless,
    ) -> (Begun<'a>, usize) {
        if let Some((_, after)) = line.text.split_once("-->") {
            if after.trim().is_empty() {
                let text = line.text.trim_start_matches("<!--").trim_end().trim_end_matches("-->");
                return (Begun::Block(BlockKind::Comment(text.trim().to_owned())), 1);
            }
            return self.text(line, rest);
        }
        let close = (!endless.comment)
            .then(|| rest.iter().skip(1).position(|line| line.text.contains("-->")))
            .flatten();
        let Some(close) = close else {
            endless.comment = true;
            self.findings.push(Finding::error(
                "SRC-10",
                line.span(),
                message!("doc-unclosed", block = "<!--"),
            ));
            return self.text(line, rest);
        };
        let mut text = line.text.trim_start_matches("<!--").to_owned();
        for inner in rest.iter().skip(1).take(close) {
            text.push('\n');
            text.push_str(inner.text.trim_end());
        }
        let last = rest.get(close + 1).copied().unwrap_or(line);
        let (before, after) = last.text.split_once("-->").unwrap_or((last.text, ""));
        text.push('\n');
        text.push_str(before);
        let comment = BlockKind::Comment(text.trim().to_owned());
        if after.trim().is_empty() {
            return (Begun::Block(comment), close + 2);
        }
        let after = last.after(last.text.len() - after.len());
        let mut blocks = vec![Block::new(comment)];
        blocks.extend(self.blocks(&[after]));
        (Begun::Several(blocks), close + 2)
    }

    /// `$$ … $$`, on one line or over several.
    pub(super) fn display<'a>(
        &mut self,
        line: Line<'a>,
        rest: &[Line<'a>],
        endless: &mut Endless,
    ) -> (Begun<'a>, usize) {
        let first = line.after(2);
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut used = 0;
        let mut tail = None;
        if !endless.formula {
            for next in std::iter::once(first).chain(rest.iter().skip(1).copied()) {
                used += 1;
                if let Some(close) = next.text.find("$$") {
                    lines.push(next.before(close));
                    tail = Some(next.after(close + 2).trimmed());
                    break;
                }
                lines.push(next);
            }
        }
        let Some(tail) = tail else {
            endless.formula = true;
            self.findings.push(Finding::error(
                "SRC-10",
                line.span(),
                message!("doc-unclosed", block = "$$"),
            ));
            return self.text(line, rest);
        };
        let mut id = Id::default();
        if let Some((attributes, after)) = Attributes::at_start(tail) {
            self.report_unknown(&attributes, "$$");
            id = attributes.id;
            if !after.text.trim().is_empty() {
                self.findings
                    .push(Finding::error("SRC-10", after.span(), message!("doc-behind-formula")));
            }
        } else if !tail.text.is_empty() {
            self.findings
                .push(Finding::error("SRC-10", tail.span(), message!("doc-behind-formula")));
        }
        let formula = container::formula_of(&lines);
        let mut kinds = vec![Block {
            id,
            span: span_of(rest.get(..used).unwrap_or_default()),
            kind: BlockKind::Formula(Formula { ..formula }),
        }];
        if !tail.text.starts_with('{') && !tail.text.is_empty() {
            // Nothing is dropped: what stands behind the formula is a paragraph.
            kinds.extend(self.blocks(&[tail]));
        }
        (Begun::Several(kinds), used)
    }
}
