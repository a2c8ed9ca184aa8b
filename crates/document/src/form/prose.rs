//! Running text of a form: the dialect of standards, below a chapter that the form has.

use crate::finding::Finding;
use crate::model::{Block, Clause, ElementKind, Footnote};
use crate::source;

/// What was read.
pub(super) struct Prose {
    /// What stands before its first heading.
    pub blocks: Vec<Block>,
    /// What stands under headings of its own.
    pub clauses: Vec<Clause>,
    pub footnotes: Vec<Footnote>,
    pub findings: Vec<Finding>,
}

/// Two chapters, so that headings of the text stand below the second one, whatever their level.
const BEFORE: &str = "# 范围\n\n# 内容\n\n";

/// Reads a text. Headings of the first level stand beside those of the second: the chapter is the form's.
pub(super) fn read(text: &str) -> Prose {
    let parsed = source::parse(&format!("{BEFORE}{}\n", text.trim()));
    let mut document = parsed.document;
    let mut elements = document
        .elements
        .drain(..)
        .filter(|element| element.kind != ElementKind::Scope);
    let own = elements.next().map(|element| element.clause).unwrap_or_default();
    let mut clauses = own.clauses;
    clauses.extend(elements.map(|element| element.clause));
    Prose {
        blocks: own.blocks,
        clauses,
        footnotes: document.footnotes.clone(),
        findings: parsed.findings,
    }
}
