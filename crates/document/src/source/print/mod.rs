//! Model → canonical source: what `fmt` writes and what an import gives.
//!
//! Reading the print gives the model back, and printing that gives the same text.

mod block;
mod front;
mod inline;
mod table;

pub(crate) use block::{entry as print_entry, print as print_block};

use super::attributes::quoted;
use super::footnote::TextMarks;
use super::words::{ELEMENT_CLASSES, element_of_title};
use crate::model::{AnnexNature, Block, Clause, Document, Element, ElementKind, Footnote, Id, InlineKind, plain_text};
use std::collections::{HashMap, HashSet};

/// The canonical source of a document.
///
/// ```
/// use document::source::{parse, print};
///
/// let source = print(&parse("# 1 范围\n本文件规定了\n外观。").document);
/// assert_eq!(source, "# 1 范围\n\n本文件规定了外观。\n");
/// ```
pub fn print(document: &Document) -> String {
    let mut printer = Printer {
        notes: document
            .footnotes
            .iter()
            .map(|note| (note.label.as_str(), note))
            .collect(),
        parts: Vec::new(),
        noted: HashSet::new(),
    };
    if let Some(front) = front::print(&document.front) {
        printer.parts.push(front);
    }
    printer.blocks(&document.lead);
    for element in &document.elements {
        printer.element(element);
    }
    for note in &document.footnotes {
        printer.note(note);
    }
    let mut source = printer.parts.join("\n\n");
    if !source.is_empty() {
        source.push('\n');
    }
    source
}

struct Printer<'d> {
    notes: HashMap<&'d str, &'d Footnote>,
    /// What stands apart by blank lines.
    parts: Vec<String>,
    /// The footnotes that are printed.
    noted: HashSet<&'d str>,
}

impl<'d> Printer<'d> {
    fn element(&mut self, element: &'d Element) {
        let clause = &element.clause;
        let title = clause
            .heading
            .as_ref()
            .map(|heading| heading.title.as_slice())
            .unwrap_or_default();
        let mut attributes = Vec::new();
        let plain = plain_text(title);
        let mut line = String::from("#");
        let fixed = element.kind.fixed_title().is_some() || element.kind == ElementKind::Symbols;
        if !clause.id.is_empty() && (clause.id.is_written() || !fixed) {
            attributes.push(format!("#{}", clause.id));
        }
        if let ElementKind::Annex(nature) = element.kind {
            match nature {
                AnnexNature::Normative => attributes.push(".规范性".to_owned()),
                AnnexNature::Informative => attributes.push(".资料性".to_owned()),
                AnnexNature::Unsaid => {}
            }
            line.push_str(&format!(" {}", clause.typed_number.as_deref().unwrap_or("附录")));
            let text = inline::line(title);
            let like_number = text.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '（' | '('));
            if like_number {
                attributes.push(format!("title={}", quoted(&text)));
            } else if !text.is_empty() {
                line.push_str(&format!(" {text}"));
            }
        } else {
            if element_of_title(&plain) != Some(element.kind)
                && let Some(class) = ELEMENT_CLASSES
                    .iter()
                    .find_map(|(kind, names)| (*kind == element.kind).then(|| names.last()).flatten())
            {
                attributes.push(format!(".{class}"));
            }
            numbered(&mut line, clause.typed_number.as_deref(), &inline::title(title));
        }
        self.heading(clause, line, attributes);
        self.inside(clause, 1, 0);
    }

    fn clause(&mut self, clause: &'d Clause, depth: usize, untitled: usize) {
        let Some(heading) = &clause.heading else {
            let mark = "-".repeat(untitled + 1);
            let mark = if clause.id.is_empty() {
                format!("{{{mark}}}")
            } else {
                format!("{{{mark} #{}}}", clause.id)
            };
            let first = self.parts.len();
            self.inside(clause, depth, untitled + 1);
            // The mark stands on the line of the paragraph that it opens.
            match (
                clause.blocks.first().map(|block| &block.kind),
                self.parts.get_mut(first),
            ) {
                (Some(crate::model::BlockKind::Paragraph(_)), Some(part)) => *part = format!("{mark} {part}"),
                _ => self.parts.insert(first, mark),
            }
            return;
        };
        let mut line = "#".repeat(depth + 1);
        numbered(
            &mut line,
            clause.typed_number.as_deref(),
            &inline::title(&heading.title),
        );
        let attributes = if clause.id.is_empty() {
            Vec::new()
        } else {
            vec![format!("#{}", clause.id)]
        };
        self.heading(clause, line, attributes);
        self.inside(clause, depth + 1, 0);
    }

    fn heading(&mut self, clause: &'d Clause, line: String, mut attributes: Vec<String>) {
        if let Some(other) = clause.heading.as_ref().and_then(|heading| heading.other.as_ref()) {
            attributes.push(format!("en={}", quoted(other)));
        }
        self.parts.push(with_attributes(line, &attributes));
        if let Some(heading) = &clause.heading {
            for inline in &heading.title {
                if let InlineKind::FootnoteMark(label) = &inline.kind {
                    self.mentioned(label);
                }
            }
        }
    }

    fn inside(&mut self, clause: &'d Clause, depth: usize, untitled: usize) {
        self.blocks(&clause.blocks);
        for below in &clause.clauses {
            self.clause(below, depth, untitled);
        }
    }

    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.parts.push(block::print(block));
            for (label, _) in TextMarks::of_block(block).marks {
                self.mentioned(label);
            }
        }
    }

    /// The text of a footnote that is mentioned here first.
    fn mentioned(&mut self, label: &str) {
        if let Some(note) = self.notes.get(label).copied() {
            self.note(note);
        }
    }

    fn note(&mut self, note: &'d Footnote) {
        if self.noted.insert(&note.label) {
            self.parts.push(footnote(note));
        }
    }
}

fn footnote(note: &Footnote) -> String {
    format!("[^{}]: {}", note.label, inline::line(&note.text))
        .trim_end()
        .to_owned()
}

fn numbered(line: &mut String, number: Option<&str>, title: &str) {
    if let Some(number) = number {
        line.push(' ');
        line.push_str(number);
    }
    if !title.is_empty() {
        line.push(' ');
        line.push_str(title);
    }
}

/// A line and its attributes; `{}` where it would seem to have some.
fn with_attributes(mut line: String, attributes: &[String]) -> String {
    if !attributes.is_empty() {
        line.push_str(&format!(" {{{}}}", attributes.join(" ")));
    } else if line.ends_with('}') {
        line.push_str(" {}");
    }
    line
}

fn id_attribute(id: &Id, always: bool) -> Vec<String> {
    if !id.is_empty() && (always || id.is_written()) {
        vec![format!("#{id}")]
    } else {
        Vec::new()
    }
}
