//! Figures.

use super::{Block, Footnote, Id, Inline, Span};
use serde::{Deserialize, Serialize};

/// 图.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// 图题.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// The title in the other language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption_other: Option<String>,
    /// The words of 单位为….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The pictures, if there are no parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// 分图, marked a), b) ….
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<SubFigure>,
    /// 标引序号说明.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyEntry>,
    /// Paragraphs and notes of the figure (图中段, 注), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<Block>,
    /// 图脚注, marked a, b, c ….
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// Whether it has no number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnumbered: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Path below the document's folder.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub words: String,
}

/// 分图.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubFigure {
    /// Its name; empty unless the author gave one.
    #[serde(default, skip_serializing_if = "Id::is_empty")]
    pub id: Id,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// Its pictures.
    pub images: Vec<Image>,
}

/// A mark in the figure and what it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyEntry {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// The mark: 1, A.
    pub mark: String,
    /// What it means.
    pub text: Vec<Inline>,
}
