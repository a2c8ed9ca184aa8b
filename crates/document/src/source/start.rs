//! What a line begins: the one place that knows, for reading and for printing.

use super::attributes::{Attributes, closing};
use super::line::Line;
use super::words::{Lead, lead};
use crate::model::ListStyle;

/// What a line begins, if it is no more of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start<'a> {
    /// `#` to `#########`: level, and the bytes of the marks.
    Heading(usize),
    /// ```` ``` ```` or `~~~`: the character, how many.
    Fence(char, usize),
    /// `::: name`, its name and what follows.
    Container(&'a str),
    /// `:::`.
    ContainerEnd,
    /// `$$`.
    Formula,
    /// `|`.
    Pipe,
    /// A marker of a list.
    Item(Marker),
    /// `>`.
    Quote,
    /// `---`.
    Rule,
    /// `<!--`.
    Comment,
    /// `[^label]:`, and the bytes up to its text.
    Footnote(&'a str, usize),
    /// `{-}` or `{#id}`.
    Attributes,
    /// `注：`, `示例：` with a number typed, and the bytes up to the text.
    Lead(Lead, &'a str, usize),
}

/// A marker: how its kind looks, and the bytes that it takes with the blank behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub look: Look,
    pub bytes: usize,
    /// Whether it is one that Markdown has not, or a letter: typed as it would be printed.
    pub typed: bool,
}

/// Markers of one look are of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Dash,
    Dot,
    Letter,
    Digit,
}

impl Look {
    pub fn style(self) -> ListStyle {
        match self {
            Self::Dash | Self::Dot => ListStyle::Dash,
            Self::Letter | Self::Digit => ListStyle::Ordered,
        }
    }
}

/// What the line, without blanks at its start, begins.
pub(super) fn start(text: &str) -> Option<Start<'_>> {
    let first = text.chars().next()?;
    match first {
        '#' => heading(text),
        '`' | '~' => {
            let count = text.len() - text.trim_start_matches(first).len();
            let sound = count >= 3 && (first == '~' || !text.get(count..)?.contains('`'));
            sound.then_some(Start::Fence(first, count))
        }
        ':' => {
            let rest = text.trim_start_matches(':');
            (text.len() - rest.len() >= 3).then(|| match rest.trim() {
                "" => Start::ContainerEnd,
                name => Start::Container(name),
            })
        }
        '$' => text.starts_with("$$").then_some(Start::Formula),
        '|' => Some(Start::Pipe),
        '>' => Some(Start::Quote),
        '<' => text.starts_with("<!--").then_some(Start::Comment),
        '[' => footnote(text).or_else(|| lead_of(text)),
        '{' => {
            let end = closing(text)?;
            let (attributes, _) = Attributes::at_start(Line {
                text,
                at: crate::model::Position::default(),
            })?;
            let inner = text.get(1..end - 1)?.trim();
            let names = attributes.strokes > 0 || inner.starts_with(['#', '.']);
            (names && attributes.unreadable.is_empty()).then_some(Start::Attributes)
        }
        '+' if text == "+++" => Some(Start::Rule),
        '-' | '*' | '_' if is_rule(text, first) => Some(Start::Rule),
        _ => marker(text).map(Start::Item).or_else(|| lead_of(text)),
    }
}

fn lead_of(text: &str) -> Option<Start<'_>> {
    match lead(text)? {
        (word @ (Lead::Note | Lead::Example), number, bytes) => Some(Start::Lead(word, number, bytes)),
        _ => None,
    }
}

fn heading(text: &str) -> Option<Start<'_>> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let follows = rest.chars().next();
    (level <= 9 && follows.is_none_or(|c| c.is_whitespace() || !c.is_ascii())).then_some(Start::Heading(level))
}

fn is_rule(text: &str, mark: char) -> bool {
    text.chars().filter(|c| *c == mark).count() >= 3 && text.chars().all(|c| c == mark || c.is_whitespace())
}

fn footnote(text: &str) -> Option<Start<'_>> {
    let inner = text.strip_prefix("[^")?;
    let (label, rest) = inner.split_once(']')?;
    let plain = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || "\\`$<[".contains(c));
    let text_at = rest.strip_prefix(':')?;
    plain.then_some(Start::Footnote(label, text.len() - text_at.len()))
}

/// The marker of a list item at the start of a text.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let found = |look, marks: usize, typed| {
        let rest = text.get(marks..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
        Some((
            Marker {
                look,
                bytes: marks + blanks,
                typed,
            },
            blanks > 0,
            rest,
        ))
    };
    let (marker, blank, rest) = match first {
        '-' | '*' | '+' => {
            let (marker, blank, rest) = found(Look::Dash, 1, false)?;
            return (blank || rest.is_empty()).then_some(marker);
        }
        '—' if text.starts_with("——") => {
            let marks = text.len() - text.trim_start_matches('—').len();
            found(Look::Dash, marks, true)?
        }
        '·' | '●' | '•' => found(Look::Dot, first.len_utf8(), true)?,
        'a'..='z' => {
            let after = text.get(1..)?.chars().next().filter(|c| matches!(c, ')' | '）'))?;
            found(Look::Letter, 1 + after.len_utf8(), true)?
        }
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let after = text.get(digits..)?.chars().next()?;
            let marks = digits + after.len_utf8();
            if digits > 3 || !matches!(after, '.' | ')' | '）' | '、') {
                return None;
            }
            let (marker, blank, rest) = found(Look::Digit, marks, after != '.')?;
            if after == '.' {
                return (blank || rest.is_empty()).then_some(marker);
            }
            (marker, blank, rest)
        }
        _ => return None,
    };
    // Chinese follows a typed marker without a blank.
    (blank || rest.chars().next().is_none_or(|c| !c.is_ascii())).then_some(marker)
}
