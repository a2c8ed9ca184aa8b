//! Items that stand in running text: 应满足下列要求：1）甲；2）乙。

use super::blocks::Maker;
use super::line::Line;
use super::role::{Item, Role, Taken};
use super::run::plain;
use super::words::item;
use crate::model::{Inline, InlineKind};

/// A paragraph in parts: what leads in, then the items without their marks.
pub(super) struct Parts {
    lead: Line,
    items: Vec<(Item, Line)>,
}

/// How items are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// a)
    Letter,
    /// 1)
    Digit,
    /// （1）
    Bracketed,
    /// ①
    Circled,
}

/// A mark in a text: its bytes, and which it is.
#[derive(Debug, Clone, Copy)]
struct Found {
    from: usize,
    to: usize,
    mark: Mark,
    count: usize,
}

/// The parts of a paragraph in which items count from one on behind a colon; `alone` where one is enough, because the
/// next paragraph counts on.
pub(super) fn items(line: &Line, alone: bool) -> Option<Parts> {
    let plain_line = line.label.is_none() && line.outline.is_none() && line.pictures == 0 && !line.contents;
    if !plain_line || plain(&line.inlines) != line.text {
        return None;
    }
    let marks = row(&line.text);
    if marks.len() < 2 && !(alone && marks.len() == 1) {
        return None;
    }
    let first = marks.first()?;
    // Each mark stands in plain text: not in a link, a formula or a comment.
    let runs = text_runs(&line.inlines);
    let in_text = |found: &Found| runs.iter().any(|(from, to)| *from <= found.from && found.to <= *to);
    if !marks.iter().all(in_text) {
        return None;
    }
    let ends = marks.iter().skip(1).map(|mark| mark.from).chain([line.text.len()]);
    let items = marks
        .iter()
        .zip(ends)
        .map(|(found, end)| {
            let digits = found.mark != Mark::Letter;
            let kind = Item {
                counted: true,
                level: usize::from(digits),
                digits,
            };
            (kind, cut(line, found.to, end))
        })
        .collect();
    let mut lead = cut(line, 0, first.from);
    lead.bookmarks.clone_from(&line.bookmarks);
    Some(Parts { lead, items })
}

/// Whether the next line counts on from a single mark in this one.
pub(super) fn goes_on(line: &Line, next: &Line) -> bool {
    let [first] = row(&line.text)[..] else { return false };
    let second = match first.mark {
        Mark::Letter => ["b)", "b）"],
        Mark::Digit => ["2)", "2）"],
        _ => return false,
    };
    item(&next.text).is_some() && second.iter().any(|mark| next.text.trim_start().starts_with(mark))
}

/// The marks 1, 2, 3 … of one kind: the first behind a colon, the others behind a mark of punctuation.
fn row(text: &str) -> Vec<Found> {
    let mut row: Vec<Found> = Vec::new();
    let mut before = ' ';
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at >= skip
            && let Some(found) = mark_at(text, at)
        {
            let fits = match row.first() {
                None => found.count == 1 && matches!(before, '：' | ':') && at > 0,
                Some(first) => {
                    found.mark == first.mark
                        && found.count == row.len() + 1
                        && matches!(before, '；' | ';' | '。' | '，' | ',' | '、')
                }
            };
            if fits && text.get(found.to..).is_some_and(|rest| !rest.trim().is_empty()) {
                row.push(found);
                skip = found.to;
            }
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    row
}

/// The mark that begins at a byte.
fn mark_at(text: &str, at: usize) -> Option<Found> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let found = |mark, count, length| {
        Some(Found {
            from: at,
            to: at + length,
            mark,
            count,
        })
    };
    if ('①'..='⑳').contains(&first) {
        let count = (u32::from(first) - u32::from('①') + 1) as usize;
        return found(Mark::Circled, count, first.len_utf8());
    }
    let bracketed = matches!(first, '（' | '(');
    let inner = if bracketed { rest.get(first.len_utf8()..)? } else { rest };
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    let (number, close) = if digits > 0 && digits <= 2 {
        inner.split_at(digits)
    } else if !bracketed && inner.starts_with(|c: char| c.is_ascii_lowercase()) {
        inner.split_at(1)
    } else {
        return None;
    };
    let sign = close.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let length = rest.len() - close.len() + sign.len_utf8();
    match number.parse() {
        Ok(count) if bracketed => found(Mark::Bracketed, count, length),
        Ok(count) => found(Mark::Digit, count, length),
        Err(_) => {
            let letter = number.bytes().next()?;
            found(Mark::Letter, usize::from(letter - b'a') + 1, length)
        }
    }
}

/// Where the runs of plain text stand in the words of a line, in bytes.
fn text_runs(inlines: &[Inline]) -> Vec<(usize, usize)> {
    let mut from = 0;
    let mut runs = Vec::new();
    for inline in inlines {
        let length = plain(std::slice::from_ref(inline)).len();
        if matches!(inline.kind, InlineKind::Text(_)) {
            runs.push((from, from + length));
        }
        from += length;
    }
    runs
}

/// The line between two bytes of its words.
fn cut(line: &Line, from: usize, to: usize) -> Line {
    let mut inlines = Vec::new();
    let mut at = 0;
    for inline in &line.inlines {
        let words = plain(std::slice::from_ref(inline));
        let (start, end) = (at, at + words.len());
        at = end;
        match &inline.kind {
            InlineKind::Text(_) => {
                let inside = words.get(from.max(start).min(end) - start..to.max(start).min(end) - start);
                if let Some(inside) = inside.filter(|inside| !inside.is_empty()) {
                    inlines.push(Inline::text(inside));
                }
            }
            // No two parts meet: what has no words stands in one of them.
            _ if from <= start && end <= to => inlines.push(inline.clone()),
            _ => {}
        }
    }
    if let Some(InlineKind::Text(run)) = inlines.first_mut().map(|first| &mut first.kind) {
        run.text = run.text.trim_start().to_owned();
    }
    Line {
        inlines,
        text: line.text.get(from..to).unwrap_or_default().trim().to_owned(),
        bookmarks: Vec::new(),
        controls: Vec::new(),
        ..line.clone()
    }
}

impl Maker<'_> {
    /// The line that leads in, and its items.
    pub(super) fn running(&mut self, parts: Parts) {
        self.text(parts.lead);
        for (kind, line) in parts.items {
            let taken = Taken {
                role: Role::Item(kind),
                confidence: 70,
                by: "running",
            };
            self.item(line, kind, taken);
        }
    }
}
