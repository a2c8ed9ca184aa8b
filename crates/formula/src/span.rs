//! Where something stands in a text.

/// A range of bytes of the text that was read, the end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Byte of its first character.
    pub start: usize,
    /// Byte after its last character.
    pub end: usize,
}

impl Span {
    /// From one byte to another.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the start of this one to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Line and column of its start, both from 1, in characters.
    ///
    /// ```
    /// assert_eq!(formula::Span::new(7, 8).position("产值\n÷ 0"), (2, 1));
    /// ```
    pub fn position(self, text: &str) -> (usize, usize) {
        let before = text.get(..self.start.min(text.len())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// The characters it covers.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}
