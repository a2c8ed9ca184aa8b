//! Lists of cited documents.

use super::{Id, Inline, ListStyle, Span};
use designation::Designation;
use serde::{Deserialize, Serialize};

/// The entries of 规范性引用文件 or 参考文献 as the source has them, in its order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReferenceList {
    /// How the source marks the entries; prints nothing.
    #[serde(skip)]
    pub style: ListStyle,
    /// The entries.
    pub entries: Vec<Reference>,
}

/// A document in a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The key by which `[@key]` may cite it; empty if it is cited by its number.
    #[serde(default, skip_serializing_if = "Id::is_empty")]
    pub key: Id,
    /// Where the entry stands, without its marker.
    #[serde(skip)]
    pub span: Span,
    /// The number; `None` for what has none: books, laws, web pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The number as written, if there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// All parts are meant: （所有部分）.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_parts: bool,
    /// The title, or the whole entry where there is no number.
    pub text: Vec<Inline>,
}
