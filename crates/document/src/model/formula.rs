//! Formulas.

use super::{Inline, Position, Span};
use serde::{Deserialize, Serialize};

/// 公式.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Formula {
    /// LaTeX, lines joined by line feeds.
    pub latex: String,
    /// Where its first character stands.
    #[serde(skip)]
    pub at: Position,
    /// 式中: what the symbols mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<Symbol>,
    /// Whether it has no number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnumbered: bool,
}

/// A symbol and what it means: `S——综合得分`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Symbol {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// The symbol, LaTeX.
    pub symbol: String,
    /// What it means.
    pub text: Vec<Inline>,
}
