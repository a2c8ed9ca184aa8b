//! Where something stands in the source: positions, spans, identities.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in the source: line and column from 1, the column in characters. The default, line 0, is nowhere: of a node
/// that no source has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The place at a line and a column, both from 1.
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The place so many characters further on the same line.
    #[must_use]
    pub const fn right(self, characters: u32) -> Self {
        Self {
            line: self.line,
            column: self.column + characters,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A stretch of the source, the end excluded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The place after the last character.
    pub end: Position,
}

impl Span {
    /// Of nodes that no source has.
    pub const NOWHERE: Self = Self {
        start: Position { line: 0, column: 0 },
        end: Position { line: 0, column: 0 },
    };

    /// From one place to another.
    pub const fn new(start: Position, end: Position) -> Self {
        Self { start, end }
    }

    /// The empty stretch at a place.
    pub const fn at(place: Position) -> Self {
        Self {
            start: place,
            end: place,
        }
    }

    /// Whether the node has a source.
    pub const fn is_somewhere(self) -> bool {
        self.start.line > 0
    }

    /// The smallest stretch that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        match (self.is_somewhere(), other.is_somewhere()) {
            (true, true) => Self {
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            },
            (true, false) => self,
            _ => other,
        }
    }
}

/// What a node is called, for references, anchors and comments: stable from edition to edition. Empty while it is not
/// given out yet; after parsing every clause and block has one, unique in its document. Whether the author wrote it
/// does not count when ids are compared.
#[derive(Debug, Clone, Default)]
pub struct Id {
    text: String,
    written: bool,
}

impl Id {
    /// An id that the author wrote; characters that an id cannot hold become `-`.
    pub fn written(text: &str) -> Self {
        Self {
            text: text
                .trim()
                .chars()
                .map(|c| if Self::may_hold(c) { c } else { '-' })
                .collect(),
            written: true,
        }
    }

    /// An id that is made for a node without one.
    pub(crate) fn made(text: String) -> Self {
        Self { text, written: false }
    }

    /// Whether an id may hold the character: letters of any script, digits, `-`, `_`, `.`, `:`.
    pub fn may_hold(c: char) -> bool {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')
    }

    /// What a title becomes in an id: letters and digits, all else one `-`.
    pub fn slug(title: &str) -> String {
        let mut slug = String::new();
        for c in title.chars() {
            if c.is_alphanumeric() {
                slug.extend(c.to_lowercase().filter(|c| Self::may_hold(*c)));
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        slug
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is not given out yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the author wrote it.
    pub fn is_written(&self) -> bool {
        self.written
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Id {}

impl std::hash::Hash for Id {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::written(&String::deserialize(deserializer)?))
    }
}
