//! What a line of text is made of.

use super::{Id, Position, Span};
use designation::Designation;
use serde::{Deserialize, Serialize};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// What it is.
    #[serde(flatten)]
    pub kind: InlineKind,
}

impl Inline {
    /// A node that no source has.
    pub fn new(kind: InlineKind) -> Self {
        Self {
            span: Span::NOWHERE,
            kind,
        }
    }

    /// Plain text that no source has.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(InlineKind::Text(Run::new(text)))
    }
}

/// The kinds of running text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InlineKind {
    /// Plain text.
    Text(Run),
    /// `*…*`, set in 楷体 or italics.
    Emphasis(Vec<Inline>),
    /// `**…**`, set in 黑体.
    Strong(Vec<Inline>),
    /// `~…~`.
    Subscript(Vec<Inline>),
    /// `^…^`.
    Superscript(Vec<Inline>),
    /// `` `…` ``, verbatim.
    Code(String),
    /// `$…$`, LaTeX.
    Math(String),
    /// `[@GB/T 1.1—2020, 5.2]`: another document is cited.
    Citation(Citation),
    /// `[](#id)`: something of this document is meant; what is printed is computed.
    CrossReference(CrossReference),
    /// `[words](https://…)`.
    Link {
        /// The words shown; empty shows the address.
        words: Vec<Inline>,
        /// The address: http, https or mailto.
        address: String,
    },
    /// `[^label]`: the footnote of this label.
    FootnoteMark(String),
    /// `[10 mm]{.量}`: value and unit, kept together.
    Quantity {
        /// The number as written.
        value: String,
        /// The unit's symbol.
        unit: String,
    },
    /// `[v]{.变量}`: the symbol of a quantity, set in italics.
    Variable(String),
    /// A line break that the author wants, in a cell or a title.
    Break,
    /// `<!-- … -->`: for the drafting group, never printed.
    Comment(String),
    /// `![words](file)` in running text.
    Picture {
        /// What it shows, for those who do not see it.
        words: String,
        /// Path below the document's folder.
        file: String,
    },
}

/// A run of plain text as read: escapes undone, lines joined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Run {
    /// The text.
    pub text: String,
    /// From which character (index from 0) the text stands where in the source, in rising order. Between two of them
    /// each character of the text is one of the source.
    #[serde(skip)]
    pub anchors: Vec<(u32, Position)>,
}

impl Run {
    /// Text that no source has.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            anchors: Vec::new(),
        }
    }

    /// Where the character of this index stands in the source.
    pub fn position(&self, index: u32) -> Position {
        let after = self.anchors.partition_point(|(from, _)| *from <= index);
        match after.checked_sub(1).and_then(|i| self.anchors.get(i)) {
            Some((from, place)) => place.right(index - from),
            None => Position::default(),
        }
    }
}

/// A citation of another document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// What is cited as written: `GB/T 1.1—2020`, or the key of an entry in the lists.
    pub target: String,
    /// The number read from it, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The part that is meant: `10.1`, `第4章`, `表2`, `附录A`, `所有部分`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What the author says it is, where the words around do not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<CitedAs>,
}

impl Citation {
    /// Whether one edition is meant.
    pub fn is_dated(&self) -> bool {
        self.designation.as_ref().is_some_and(|d| d.year().is_some())
    }
}

/// How a document is cited: 9.5.4.2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedAs {
    /// 规范性引用: what it says is needed to follow this document.
    Normative,
    /// 资料性引用.
    Informative,
}

/// A reference to something of this document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossReference {
    /// The id meant.
    pub target: Id,
    /// Words that the author wants instead of `5.2` or `表1`; mostly empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Inline>,
}
