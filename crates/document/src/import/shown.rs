//! What pieces show, for comparing a file with what it was built to show.

use super::line::{Line, Piece};
use super::numbering::LabelKind;
use super::words::caption;
use crate::model::{Inline, InlineKind};

/// Whether two files show the same.
pub(super) fn same(one: &[Piece], other: &[Piece]) -> bool {
    shown(one) == shown(other)
}

/// What pieces show, line by line; empty lines show nothing.
pub(super) fn shown(pieces: &[Piece]) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            // Page numbers of contents are Word's to change.
            Piece::Line(line) if line.contents => {}
            Piece::Line(line) => {
                let text = line_shown(line);
                if !text.is_empty() {
                    out.push(text);
                }
            }
            Piece::Grid(grid) => {
                out.push("[".to_owned());
                for row in &grid.rows {
                    for cell in row {
                        out.push(format!("{} {} {}", cell.column, cell.columns, cell.rows));
                        out.extend(shown(&cell.pieces));
                    }
                }
                out.push("]".to_owned());
            }
        }
    }
    out
}

fn line_shown(line: &Line) -> String {
    let mut text = String::new();
    words(&line.inlines, &mut text);
    if text.is_empty() && line.label.is_none() {
        return text;
    }
    let label = line
        .label
        .as_ref()
        .map(|label| label.shown.as_str())
        .unwrap_or_default();
    format!("{}\t{label}\t{text}", line.style)
}

/// The words and what sets them off.
pub(super) fn words(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(run) => text.push_str(&run.text),
            InlineKind::Emphasis(inner) => set_off('*', inner, text),
            InlineKind::Strong(inner) => set_off('#', inner, text),
            InlineKind::Subscript(inner) => set_off('~', inner, text),
            InlineKind::Superscript(inner) => set_off('^', inner, text),
            InlineKind::Code(code) | InlineKind::Variable(code) => text.push_str(&format!("`{code}`")),
            InlineKind::Math(latex) => text.push_str(&format!("${latex}$")),
            // What is computed may come out otherwise; words of the author's do not.
            InlineKind::CrossReference(reference) => {
                let mut inner = String::new();
                words(&reference.words, &mut inner);
                let computed = inner
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || ". )第章附录表图公式（）的注示例".contains(c));
                text.push_str(if computed { "@" } else { &inner });
            }
            InlineKind::Link { words: inner, address } => {
                words(inner, text);
                text.push_str(&format!("({address})"));
            }
            InlineKind::Break => text.push('\n'),
            InlineKind::Comment(comment) => text.push_str(&format!("<!{comment}>")),
            InlineKind::Picture { words, .. } => text.push_str(&format!("![{words}]")),
            InlineKind::FootnoteMark(label) => text.push_str(&format!("[^{label}]")),
            InlineKind::Citation(_) | InlineKind::Quantity { .. } => {}
        }
    }
}

fn set_off(mark: char, inner: &[Inline], text: &mut String) {
    text.push(mark);
    words(inner, text);
    text.push(mark);
}

/// What pieces show wherever they stand: without numbers of clauses and objects, which change with what stands before.
pub(super) fn shown_anywhere(pieces: &[Piece]) -> Vec<String> {
    let mut pieces = pieces.to_vec();
    for piece in &mut pieces {
        let Piece::Line(line) = piece else { continue };
        if line
            .label
            .as_ref()
            .is_some_and(|label| matches!(label.kind, LabelKind::Clause | LabelKind::Annex))
        {
            line.label = None;
        }
        let word = if line.style.ends_with("表标题") {
            '表'
        } else if line.style.ends_with("图标题") {
            '图'
        } else if line.style == "正文公式" {
            // （1） behind the formula.
            if let Some(InlineKind::Text(run)) = line.inlines.last_mut().map(|last| &mut last.kind) {
                run.text.retain(|c| !c.is_ascii_alphanumeric() && c != '.');
            }
            continue;
        } else {
            continue;
        };
        if let Some((_, title)) = caption(&line.text, word) {
            let characters = line.text.chars().count() - title.chars().count();
            super::title::drop_start(&mut line.inlines, characters);
        }
    }
    shown(&pieces)
}
