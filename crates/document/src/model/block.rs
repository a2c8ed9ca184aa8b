//! What a clause is made of.

use super::{DataFence, Figure, Formula, Id, Inline, ReferenceList, Span, Table, Term};
use serde::{Deserialize, Serialize};

/// A block of a clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Its name: the author's, or one made from the clause's.
    pub id: Id,
    /// First character to the last.
    #[serde(skip)]
    pub span: Span,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

impl Block {
    /// A block that no source has and that has no name yet.
    pub fn new(kind: BlockKind) -> Self {
        Self {
            id: Id::default(),
            span: Span::NOWHERE,
            kind,
        }
    }

    /// A paragraph of plain text that no source has.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::new(BlockKind::Paragraph(vec![Inline::text(text)]))
    }
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "block", content = "is")]
pub enum BlockKind {
    /// 段.
    Paragraph(Vec<Inline>),
    /// 列项.
    List(List),
    /// 注.
    Note(Note),
    /// 示例.
    Example(Example),
    /// 表.
    Table(Table),
    /// 图.
    Figure(Figure),
    /// 公式.
    Formula(Formula),
    /// 术语条目.
    Term(Term),
    /// 引用清单: of the normative references or the bibliography.
    References(ReferenceList),
    /// 重要提示, 警示.
    Warning(Vec<Block>),
    /// A data fence, kept as it is.
    Data(DataFence),
    /// Text to be shown verbatim.
    Listing {
        /// What it is written in.
        language: String,
        /// The text.
        text: String,
    },
    /// The block before it in the other language.
    Translation(Translation),
    /// What an amendment (修改单) does to one place of the amended text.
    Change(Change),
    /// `<!-- … -->` on lines of its own: for the drafting group, never printed.
    Comment(String),
    /// What an import could not place, where it stood.
    Unplaced(Unplaced),
}

/// 列项.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// What stands before the items.
    pub style: ListStyle,
    /// The items.
    pub items: Vec<ListItem>,
}

/// How items are marked: 7.5.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListStyle {
    /// `——`, below it `·`.
    #[default]
    Dash,
    /// `a)`, below it `1)`.
    Ordered,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListItem {
    /// Its name; empty unless the author gave one.
    #[serde(default, skip_serializing_if = "Id::is_empty")]
    pub id: Id,
    /// Marker to the last character.
    #[serde(skip)]
    pub span: Span,
    /// A marker that the author typed, `a)` or `——`.
    #[serde(skip)]
    pub typed_marker: Option<String>,
    /// What it says: a paragraph, then perhaps a list below.
    pub blocks: Vec<Block>,
}

/// 注.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub blocks: Vec<Block>,
}

/// 示例.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// Blocks in another language than the leading one, standing behind what they translate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// The translation.
    pub blocks: Vec<Block>,
}

/// One change of an amendment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The place in the amended text: `5.2`, `表1`, `附录A`.
    pub place: String,
    /// What is done there.
    pub action: ChangeAction,
    /// The new text; empty if it is deleted.
    pub blocks: Vec<Block>,
}

/// What an amendment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeAction {
    /// 改为.
    Replace,
    /// 增加.
    Insert,
    /// 删除.
    Delete,
}

impl ChangeAction {
    /// What stands behind the place.
    pub(crate) const fn printed(self) -> &'static str {
        match self {
            Self::Replace => "改为：",
            Self::Insert => "增加：",
            Self::Delete => "删除。",
        }
    }
}

/// A piece that an import could not place, with what it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unplaced {
    /// Where it came from: `w:object`, a style's name.
    pub origin: String,
    /// How sure the import was, and by which evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Its text, as it was.
    pub text: String,
}

/// What an import's reading rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Per cent, 0 to 100.
    pub confidence: u8,
    /// By what: style name, numbering, outline level, text pattern, look.
    pub by: String,
}
