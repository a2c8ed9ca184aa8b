//! Words of titles: what is typed before them and what follows in the other language.

use super::counted::counted;
use super::line::Line;
use super::words::{annex_number, typed_number};
use crate::model::{Inline, InlineKind, plain_text};

pub(super) fn is_extra(inline: &Inline) -> bool {
    matches!(
        inline.kind,
        InlineKind::Comment(_) | InlineKind::FootnoteMark(_) | InlineKind::Picture { .. }
    )
}

/// The inlines behind the last break.
pub(super) fn last_line(inlines: &[Inline]) -> Vec<Inline> {
    let from = inlines
        .iter()
        .rposition(|inline| matches!(inline.kind, InlineKind::Break))
        .map_or(0, |at| at + 1);
    inlines
        .get(from..)
        .unwrap_or_default()
        .iter()
        .filter(|inline| !is_extra(inline))
        .cloned()
        .collect()
}

/// A typed number is none of the title.
pub(super) fn strip_number(line: &mut Line) {
    let text = line.text.trim_start().to_owned();
    let rest = typed_number(&text)
        .map(|(_, _, rest)| rest)
        .or_else(|| annex_number(&text).map(|(_, _, rest)| rest))
        .or_else(|| counted(&text).map(|(_, _, rest)| rest));
    if let Some(rest) = rest {
        let characters = text.chars().count() - rest.chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

pub(super) fn heading_words(line: &Line) -> Vec<Inline> {
    let mut line = line.clone();
    strip_number(&mut line);
    for inline in &mut line.inlines {
        if matches!(inline.kind, InlineKind::Break) {
            *inline = Inline::text(" ");
        }
    }
    line.inlines
}

/// 范围 Scope: the words in Chinese, and those behind them in English.
pub(super) fn split_languages(text: &str) -> Option<(&str, &str)> {
    let (at, last) = text
        .char_indices()
        .rev()
        .find(|(_, c)| *c > '\u{2e80}' && *c != '\u{3000}')?;
    let (chinese, english) = text.split_at(at + last.len_utf8());
    let begins = english.starts_with(|c: char| c.is_whitespace() || c == '\u{3000}');
    let english = english.trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}');
    let is_words = english.len() > 3 && english.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && is_words && english.chars().any(|c| c.is_ascii_lowercase())).then_some((chinese, english))
}

/// English words behind a Chinese title are the title in the other language: where there is a wide blank between them,
/// or where the `habit` of the file is to write both.
pub(super) fn other_title(title: &mut [Inline], habit: bool) -> Option<String> {
    let InlineKind::Text(run) = &mut title.last_mut()?.kind else {
        return None;
    };
    if habit && let Some((chinese, english)) = split_languages(&run.text) {
        let (chinese, english) = (chinese.to_owned(), english.to_owned());
        run.text = chinese;
        return Some(english);
    }
    let at = run
        .text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii() || matches!(c, '\u{2019}' | '—' | '\u{3000}'))
        .filter(|(_, c)| *c == '\u{3000}')
        .last()?
        .0;
    let (chinese, english) = run.text.split_at(at);
    let english = english
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
        .to_owned();
    let is_words = english.len() > 3 && english.chars().any(|c| c.is_ascii_lowercase());
    if !is_words || !chinese.chars().any(|c| c > '\u{2e80}' && c != '\u{3000}') {
        return None;
    }
    run.text = chinese
        .trim_end_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
        .to_owned();
    Some(english)
}

/// Takes so many characters away at the start, and the blanks behind them.
pub(super) fn drop_start(inlines: &mut Vec<Inline>, characters: usize) {
    let mut left = characters;
    while left > 0 {
        let Some(first) = inlines.first_mut() else { return };
        match &mut first.kind {
            InlineKind::Text(run) => {
                let count = run.text.chars().count();
                let taken = count.min(left);
                run.text = run.text.chars().skip(taken).collect();
                left -= taken;
                if run.text.is_empty() {
                    inlines.remove(0);
                }
            }
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Subscript(inner) => {
                let before = plain_text(inner).chars().count();
                drop_start(inner, left);
                let after = plain_text(inner).chars().count();
                left = left.saturating_sub(before - after);
                if inner.is_empty() {
                    inlines.remove(0);
                } else if before == after {
                    return;
                }
            }
            InlineKind::Break => {
                left -= 1;
                inlines.remove(0);
            }
            _ => return,
        }
    }
    if let Some(InlineKind::Text(run)) = inlines.first_mut().map(|first| &mut first.kind) {
        run.text = run
            .text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
            .to_owned();
        if run.text.is_empty() {
            inlines.remove(0);
        }
    }
}
