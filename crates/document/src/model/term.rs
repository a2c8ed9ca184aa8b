//! Terms and their definitions.

use super::{Block, Inline, Span};
use designation::Designation;
use serde::{Deserialize, Serialize};

/// 术语条目, in the order of 8.7.3.1: terms, definition, domain, examples and notes, source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// 首选术语 in Chinese.
    pub preferred: Designator,
    /// 许用术语.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admitted: Vec<Designator>,
    /// 拒用和被取代术语.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deprecated: Vec<Designator>,
    /// The English terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub english: Vec<String>,
    /// Where they stand.
    #[serde(skip)]
    pub english_at: Span,
    /// Its symbols, LaTeX.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
    /// 专业领域: `<光伏>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// 定义, and what else stands there: figures, formulas, examples, notes.
    pub blocks: Vec<Block>,
    /// 来源.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<TermSource>,
}

/// A word for a concept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Designator {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// The word.
    pub text: String,
}

/// [来源：GB/T 2297—2018，3.1，有修改].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TermSource {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// As written, without brackets and 来源.
    pub written: String,
    /// The document's number, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The place in it: `3.1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// 有修改, and perhaps what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

impl Term {
    /// All its Chinese words, the preferred first.
    pub fn words(&self) -> impl Iterator<Item = &Designator> {
        std::iter::once(&self.preferred)
            .chain(&self.admitted)
            .chain(&self.deprecated)
    }

    /// The paragraphs of the definition proper: those before the first note, example, figure or formula.
    pub fn definition(&self) -> impl Iterator<Item = &Vec<Inline>> {
        self.blocks.iter().map_while(|block| match &block.kind {
            super::BlockKind::Paragraph(text) => Some(text),
            _ => None,
        })
    }
}
