//! The input as the scanner sees it: compatibility forms folded one character at a time, so that every
//! glyph still knows which character of the original text it came from.

use unicode_normalization::UnicodeNormalization;

use crate::finding::Span;

/// One character after folding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    /// The folded character.
    pub c: char,
    /// Index of its character in the original text.
    pub at: usize,
    /// Whether folding changed it.
    pub folded: bool,
}

/// A text with its folded form.
#[derive(Debug)]
pub(crate) struct Text {
    /// The original characters.
    pub chars: Vec<char>,
    /// The folded characters, invisible ones left out.
    pub glyphs: Vec<Glyph>,
}

impl Text {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let glyphs = chars
            .iter()
            .enumerate()
            .filter(|(_, c)| !is_invisible(**c))
            .map(|(at, &original)| {
                let c = fold(original);
                Glyph {
                    c,
                    at,
                    folded: c != original,
                }
            })
            .collect();
        Self { chars, glyphs }
    }

    /// The folded character at glyph index `index`.
    pub fn glyph(&self, index: usize) -> Option<char> {
        self.glyphs.get(index).map(|g| g.c)
    }

    /// The characters of the original that glyphs `from..to` came from.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let start = self.glyphs.get(from).map_or(self.chars.len(), |g| g.at);
        if to <= from {
            return Span { start, end: start };
        }
        let end = self.glyphs.get(to - 1).map_or(self.chars.len(), |g| g.at + 1);
        Span { start, end }
    }

    /// The original text of a span.
    pub fn original(&self, span: Span) -> String {
        self.chars
            .iter()
            .skip(span.start)
            .take(span.end.saturating_sub(span.start))
            .collect()
    }
}

/// Characters that print nothing: zero-width blanks, the soft hyphen, the byte order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Dashes that stand for U+2014 before a year, the Chinese numeral one and the katakana length mark among
/// them, because optical readers write them.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{30fc}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{4e00}'
    )
}

/// Strokes that stand for `/`.
pub(crate) fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\' | '\u{2044}' | '\u{2215}' | '\u{2571}' | '\u{29f8}')
}

/// NFKC of one character, where it gives one character. A footnote mark (¹, ①) does not become a digit of the
/// year it stands behind.
fn fold(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut folded = std::iter::once(c).nfkc();
    let (Some(first), None) = (folded.next(), folded.next()) else {
        return c;
    };
    let digit_as_written = matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}');
    if first.is_ascii_digit() && !digit_as_written {
        c
    } else {
        first
    }
}
