//! The dialect: source text → model, and back.
//!
//! A source is Markdown with TOML front matter between `+++`, containers between `:::`, attributes in braces and five
//! fences of data. Nothing in it is numbered by hand. [`parse`] gives the whole document beside all that is wrong with
//! its form; it never fails, and its time grows with the length alone. [`print()`] writes the canonical source.
//!
//! The scanner is ours, since formulas, data and attributes need every character where it stood, and the emphasis of
//! CommonMark needs blanks that Chinese has not (`docs/decisions`).

mod attributes;
mod block;
mod container;
mod data_fence;
mod footnote;
mod front;
mod inline;
mod line;
mod list;
mod number;
mod object;
mod print;
mod reference;
pub(crate) mod rows;
mod start;
mod stretch;
mod tree;
mod words;

pub(crate) use attributes::quoted;
pub(crate) use inline::bracket::designation_of;
pub use print::print;
pub(crate) use print::{print_block, print_entry};
pub(crate) use words::element_of_title;

use crate::finding::{Finding, message, sort};
use crate::model::{Document, Position, Span, name_all};
use line::Line;

/// No source is longer, in bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// A document and what is wrong with the form of its source.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The document, as far as it could be read.
    pub document: Document,
    /// What was found, in the order of places.
    pub findings: Vec<Finding>,
}

/// Reads bytes of whatever origin: what is not UTF-8 is told with its place and read as U+FFFD.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(fault) => {
            let before = String::from_utf8_lossy(bytes.get(..fault.valid_up_to()).unwrap_or_default());
            let place = Position::new(
                before.matches('\n').count() as u32 + 1,
                before.rsplit('\n').next().map_or(0, |line| line.chars().count()) as u32 + 1,
            );
            let mut parsed = parse(&String::from_utf8_lossy(bytes));
            parsed
                .findings
                .insert(0, Finding::error("SRC-01", Span::at(place), message!("doc-not-utf8")));
            parsed
        }
    }
}

/// Reads a source.
///
/// ```
/// use document::source::parse;
///
/// let parsed = parse("# 范围\n\n本文件规定了……。\n");
/// assert!(parsed.findings.is_empty());
/// assert_eq!(parsed.document.elements.len(), 1);
/// ```
pub fn parse(source: &str) -> Parsed {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.len() > LONGEST {
        return Parsed {
            document: Document::default(),
            findings: vec![Finding::error(
                "SRC-02",
                Span::at(Position::new(1, 1)),
                message!("doc-too-long", bytes = source.len(), limit = LONGEST),
            )],
        };
    }
    let mut scanner = block::Scanner::new();
    let clean = without_controls(source, &mut scanner.findings);
    let lines = Line::all(clean.as_deref().unwrap_or(source));
    let (front, used) = front::read(&lines, &mut scanner.findings);
    let items = scanner.items(lines.get(used..).unwrap_or_default());
    let mut document = tree::build(&mut scanner, front, items);
    let notes = std::mem::take(&mut scanner.notes);
    document.footnotes = footnote::ordered(&document, notes, &mut scanner.findings);
    for (id, span) in name_all(&mut document) {
        scanner.findings.push(Finding::error(
            "SRC-14",
            span,
            message!("doc-repeated-id", id = id.as_str()),
        ));
    }
    sort(&mut scanner.findings);
    Parsed {
        document,
        findings: scanner.findings,
    }
}

/// The source with U+FFFD for characters that no format can carry; `None` if it has none.
fn without_controls(source: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let unprintable =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let lone_return = source.replace("\r\n", "\n").contains('\r');
    if !lone_return && !source.contains(unprintable) {
        return None;
    }
    let source = source.replace("\r\n", "\n");
    for (index, line) in source.split('\n').enumerate() {
        if let Some(column) = line.chars().position(|c| unprintable(c) || c == '\r') {
            let place = Position::new(index as u32 + 1, column as u32 + 1);
            findings.push(Finding::error(
                "SRC-01",
                Span::new(place, place.right(1)),
                message!("doc-control-character"),
            ));
        }
    }
    Some(source.replace(|c| unprintable(c) || c == '\r', "\u{fffd}"))
}
