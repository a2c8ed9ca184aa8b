//! The five data fences: data in the text, kept to the letter.

use super::{Inline, Position, Span};
use serde::{Deserialize, Serialize};

/// A fence of data. Its text is the program that `run` reads; people see it as a table, made by [`crate::data`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataFence {
    /// Which of the five.
    pub kind: DataKind,
    /// The title of its table, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// The lines between the fences, to the letter, each ended by a line feed.
    pub text: String,
    /// Where the first character of the text stands: line `n` of the text is line `body.line + n - 1` of the source.
    #[serde(skip)]
    pub body: Position,
    /// The whole fence.
    #[serde(skip)]
    pub span: Span,
}

impl DataFence {
    /// What stands above its table: its title; else its word, unless a number stands there.
    pub(crate) fn shown_caption(&self, numbered: bool) -> Option<Vec<Inline>> {
        match &self.caption {
            None if numbered => None,
            None => Some(vec![Inline::text(self.kind.words().0)]),
            caption => caption.clone(),
        }
    }
}

/// The five fences (contracts §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// 指标: a pipe table of codes, names, weights, formulas.
    Indicators,
    /// 参数: TOML.
    Parameters,
    /// 规则: TOML.
    Rules,
    /// 例: TOML.
    Example,
    /// 表: TOML or CSV.
    Table,
}

impl DataKind {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::Indicators,
        Self::Parameters,
        Self::Rules,
        Self::Example,
        Self::Table,
    ];

    /// Its Chinese and its English word.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Indicators => ("指标", "indicators"),
            Self::Parameters => ("参数", "parameters"),
            Self::Rules => ("规则", "rules"),
            Self::Example => ("例", "example"),
            Self::Table => ("表", "table"),
        }
    }

    /// The kind that a word of a fence means.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| word == kind.words().0 || word.eq_ignore_ascii_case(kind.words().1))
    }
}
