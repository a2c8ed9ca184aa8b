//! Fences: the five of data, and texts to be shown verbatim.

use super::attributes::Attributes;
use super::block::{Begun, Scanner};
use super::inline;
use super::line::{Line, span_of};
use crate::data;
use crate::finding::{Finding, message};
use crate::model::{BlockKind, DataFence, DataKind, Id, Position};

/// Reads the fence that the first line begins; how many lines it takes.
pub(super) fn read<'a>(scanner: &mut Scanner, mark: char, count: usize, lines: &[Line<'a>]) -> (Begun<'a>, usize) {
    let Some(first) = lines.first().copied() else {
        return (Begun::Nothing, 1);
    };
    let indent = first.indent();
    let close = lines.iter().skip(1).position(|line| closes(line.text, mark, count));
    let used = match close {
        Some(close) => close + 2,
        None => {
            scanner.findings.push(Finding::error(
                "SRC-12",
                first.trimmed().span(),
                message!("doc-unclosed", block = mark.to_string().repeat(count)),
            ));
            lines.len()
        }
    };
    let inner: Vec<Line<'_>> = lines
        .get(1..close.map_or(used, |close| close + 1))
        .unwrap_or_default()
        .iter()
        .map(|line| line.outdented(indent))
        .collect();
    let text: String = inner.iter().flat_map(|line| [line.text, "\n"]).collect();
    let body = inner
        .first()
        .map_or(Position::new(first.at.line + 1, 1), |line| line.at);

    let info = first.trimmed().after(count);
    let (info, attributes) = Attributes::at_end(info);
    let word_end = info.text.find(char::is_whitespace).unwrap_or(info.text.len());
    let word = info.before(word_end).text;
    let Some(kind) = DataKind::of_word(word) else {
        return (
            Begun::Block(BlockKind::Listing {
                language: first.trimmed().after(count).trimmed().text.to_owned(),
                text,
            }),
            used,
        );
    };
    let written = info.after(word_end).trimmed();
    let given = attributes.value(&["title", "标题"]).unwrap_or_default();
    let title = if written.text.is_empty() {
        Line {
            text: &given,
            at: attributes.span.start,
        }
    } else {
        written
    };
    let title = (!title.text.trim().is_empty()).then(|| inline::read_line(title, &mut scanner.findings));
    scanner.report_unknown(&attributes, word);
    let fence = DataFence {
        kind,
        caption: title,
        text,
        body,
        span: span_of(lines.get(..used).unwrap_or_default()),
    };
    let block = if kind == DataKind::Table {
        let mut table = data::table(&fence, &mut scanner.findings);
        table.caption = fence.caption.clone().or(table.caption);
        table.fence = Some(fence);
        BlockKind::Table(table)
    } else {
        data::check(&fence, &mut scanner.findings);
        BlockKind::Data(fence)
    };
    let id: Id = attributes.id;
    (Begun::Named(id, block), used)
}

fn closes(text: &str, mark: char, count: usize) -> bool {
    let text = text.trim();
    text.len() >= count && text.chars().all(|c| c == mark)
}
