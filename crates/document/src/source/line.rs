//! Lines of the source and their places.

use crate::model::{Position, Span};

/// A line, or what is left of it within a list item: its text without line end, and where the text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub at: Position,
}

impl<'a> Line<'a> {
    /// The lines of a source; both line ends are known.
    pub fn all(source: &'a str) -> Vec<Self> {
        let mut lines: Vec<Self> = source
            .split('\n')
            .enumerate()
            .map(|(index, text)| Self {
                text: text.strip_suffix('\r').unwrap_or(text),
                at: Position::new(index as u32 + 1, 1),
            })
            .collect();
        if lines.last().is_some_and(|last| last.text.is_empty()) {
            lines.pop();
        }
        lines
    }

    pub fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line without blanks at both ends, full-width ones included.
    pub fn trimmed(self) -> Self {
        let start = self.text.trim_start();
        Self {
            text: start.trim_end(),
            at: self.at.right(chars(self.text) - chars(start)),
        }
    }

    /// How many columns of blanks stand before the text; a tab counts four.
    pub fn indent(self) -> usize {
        self.text
            .chars()
            .map_while(|c| match c {
                ' ' => Some(1),
                '\t' => Some(4),
                '\u{3000}' => Some(2),
                _ => None,
            })
            .sum()
    }

    /// Without the first `bytes` bytes, which end at a character.
    pub fn after(self, bytes: usize) -> Self {
        let (before, text) = self.text.split_at_checked(bytes).unwrap_or((self.text, ""));
        Self {
            text,
            at: self.at.right(chars(before)),
        }
    }

    /// Only the first `bytes` bytes.
    pub fn before(self, bytes: usize) -> Self {
        Self {
            text: self.text.get(..bytes).unwrap_or(self.text),
            at: self.at,
        }
    }

    /// Without up to so many columns of blanks.
    pub fn outdented(self, columns: usize) -> Self {
        let mut left = columns;
        let mut bytes = 0;
        for c in self.text.chars() {
            let width = match c {
                ' ' => 1,
                '\t' => 4,
                '\u{3000}' => 2,
                _ => break,
            };
            if left == 0 {
                break;
            }
            left = left.saturating_sub(width);
            bytes += c.len_utf8();
        }
        self.after(bytes)
    }

    /// The place after its last character.
    pub fn end(self) -> Position {
        self.at.right(chars(self.text))
    }

    pub fn span(self) -> Span {
        Span::new(self.at, self.end())
    }
}

/// From the first line to the last.
pub(super) fn span_of(lines: &[Line<'_>]) -> Span {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => Span::new(first.trimmed().at, last.trimmed().end()),
        _ => Span::NOWHERE,
    }
}

pub(super) fn chars(text: &str) -> u32 {
    text.chars().count() as u32
}

/// Whether a line end beside this character joins two lines without a blank: Chinese and its punctuation.
pub(super) fn joins_tight(c: char) -> bool {
    matches!(c as u32, 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xffef | 0x2_0000..=0x3_ffff)
        || matches!(c, '—' | '…' | '“' | '”' | '‘' | '’' | '·')
}
