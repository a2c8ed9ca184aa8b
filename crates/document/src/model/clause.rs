//! The document, its elements and clauses.

use super::{Block, FrontMatter, Id, Inline, Span, TextLanguage};
use serde::{Deserialize, Serialize};

/// A standard, an amendment of one, or a paper that goes with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Identity, dates, names: what the cover and the foreword are made of.
    pub front: FrontMatter,
    /// What stands before the first heading: 重要提示, comments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<Block>,
    /// The elements as the source has them, in its order.
    pub elements: Vec<Element>,
    /// Footnotes of the running text, in the order of their first mention. Those of tables and figures stay there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// What it is, and so how it is set.
    #[serde(default, skip_serializing_if = "DocumentKind::is_standard")]
    pub kind: DocumentKind,
}

/// What a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A standard: cover, contents, foreword, numbered chapters.
    #[default]
    Standard,
    /// A form: its title, and what stands in `lead`.
    Sheet,
    /// A form on its side.
    WideSheet,
    /// A report: its title, `lead`, and chapters 一、二、….
    Report,
}

impl DocumentKind {
    /// Whether it is a standard.
    pub fn is_standard(&self) -> bool {
        *self == Self::Standard
    }
}

impl Document {
    /// The first element of a kind.
    pub fn element(&self, kind: ElementKind) -> Option<&Element> {
        self.elements.iter().find(|element| element.kind == kind)
    }

    /// The annexes, in the source's order.
    pub fn annexes(&self) -> impl Iterator<Item = &Element> {
        self.elements
            .iter()
            .filter(|element| matches!(element.kind, ElementKind::Annex(_)))
    }
}

/// One element of table 3 of GB/T 1.1—2020: a heading of the first level and all below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// Which element it is.
    pub kind: ElementKind,
    /// Its heading and contents.
    #[serde(flatten)]
    pub clause: Clause,
}

/// The elements that have a heading of their own. Cover, contents and end line are made from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// 前言: what the source adds to the generated foreword.
    Foreword,
    /// 引言.
    Introduction,
    /// 范围.
    Scope,
    /// 规范性引用文件.
    References,
    /// 术语和定义.
    Terms,
    /// 符号, 缩略语, 符号和缩略语.
    Symbols,
    /// A chapter with a title of the author's own.
    Chapter,
    /// 附录.
    Annex(AnnexNature),
    /// 参考文献.
    Bibliography,
    /// 索引.
    Index,
}

impl ElementKind {
    /// Whether its clauses carry numbers 1, 2, 3 ….
    pub fn is_chapter(self) -> bool {
        matches!(
            self,
            Self::Scope | Self::References | Self::Terms | Self::Symbols | Self::Chapter
        )
    }

    /// The title that GB/T 1.1 fixes; `None` where the author chooses it.
    pub fn fixed_title(self) -> Option<&'static str> {
        Some(match self {
            Self::Foreword => "前言",
            Self::Introduction => "引言",
            Self::Scope => "范围",
            Self::References => "规范性引用文件",
            Self::Terms => "术语和定义",
            Self::Bibliography => "参考文献",
            Self::Index => "索引",
            Self::Symbols | Self::Chapter | Self::Annex(_) => return None,
        })
    }

    /// The English title that goes with it.
    pub fn fixed_title_en(self) -> Option<&'static str> {
        Some(match self {
            Self::Foreword => "Foreword",
            Self::Introduction => "Introduction",
            Self::Scope => "Scope",
            Self::References => "Normative references",
            Self::Terms => "Terms and definitions",
            Self::Bibliography => "Bibliography",
            Self::Index => "Index",
            Self::Symbols | Self::Chapter | Self::Annex(_) => return None,
        })
    }
}

/// Whether an annex belongs to what must be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnexNature {
    /// 规范性.
    Normative,
    /// 资料性.
    Informative,
    /// The source does not say: how it is mentioned decides.
    Unsaid,
}

impl AnnexNature {
    /// What stands below the annex's letter; nothing where it is unsaid.
    pub(crate) const fn printed(self, language: TextLanguage) -> &'static str {
        match (self, language) {
            (Self::Normative, TextLanguage::Zh) => "（规范性）",
            (Self::Informative, TextLanguage::Zh) => "（资料性）",
            (Self::Normative, TextLanguage::En) => "(normative)",
            (Self::Informative, TextLanguage::En) => "(informative)",
            (Self::Unsaid, _) => "",
        }
    }
}

/// 章 or 条 (of five levels): a heading, what stands under it, and the clauses below.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Its name.
    pub id: Id,
    /// Heading to the last line of its contents.
    #[serde(skip)]
    pub span: Span,
    /// The title; `None` in an untitled clause (无标题条).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
    /// A number that the author typed, `5.2` or `附录A`. Never used for numbering; executable texts name clauses by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed_number: Option<String>,
    /// What stands under the heading, before the first clause below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// The clauses below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
}

/// The words of a title.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// The title, in the leading language.
    pub title: Vec<Inline>,
    /// The title in the other language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// The title alone, without `#`, number and attributes.
    #[serde(skip)]
    pub span: Span,
}

/// The text of a footnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Footnote {
    /// What `[^label]` calls it; never printed.
    pub label: String,
    /// Where its text stands.
    #[serde(skip)]
    pub span: Span,
    /// Its text.
    pub text: Vec<Inline>,
}
