//! Word documents in the layout of official documents (GB/T 9704—2012): A4, 22 lines of 28 characters, 红头 and red line,
//! numbered headings, names of fonts that WPS and Word both know. A document is plain data; the same data give the same bytes.

mod body;
mod package;
mod parts;
mod styles;

pub use package::{DocxError, write};

use jiff::civil::Date;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title, also in the file's properties.
    pub title: String,
    /// Who made it, in the file's properties.
    pub creator: String,
    /// The day that its data stand for; the file's creation date, so that equal data give equal bytes.
    pub as_of: Date,
    /// What stands in the head of every page: the 演示 mark; empty for nothing.
    pub page_head: String,
    /// Its paragraphs and tables.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 发文机关标志: red, centred.
    Mark(String),
    /// 发文字号: centred; a blank to be filled in.
    Number(String),
    /// The red line.
    Rule,
    /// 标题.
    Title(String),
    /// 主送机关, flush left.
    Addressee(String),
    /// A heading of level 1 (一、) or 2 (（一）), numbered by Word.
    Heading(u8, String),
    /// A paragraph of the body.
    Body(Vec<Run>),
    /// A table: widths of columns in percent, head, rows.
    Table {
        /// Widths in percent.
        widths: Vec<u8>,
        /// Heads.
        head: Vec<String>,
        /// Rows of cells.
        rows: Vec<Vec<Run>>,
    },
    /// 附件说明: names of the annexes.
    Annexes {
        /// 附件：
        label: String,
        /// Names, in order.
        names: Vec<String>,
    },
    /// 发文机关署名.
    Signature(String),
    /// 成文日期.
    Day(String),
    /// A small line at the end: version of the list, time of the data.
    Note(Vec<Run>),
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Text.
    Text(String),
    /// Text that leads to an address.
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        url: String,
    },
}

impl Run {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Text that leads to an address.
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Link {
            text: text.into(),
            url: url.into(),
        }
    }

    /// What is read.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Link { text, .. } => text,
        }
    }
}

/// Text for XML: escaped, without the control characters that XML 1.0 cannot hold.
pub(crate) fn escaped(text: &str) -> String {
    let legal: String = text
        .chars()
        .filter(|c| matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect();
    quick_xml::escape::escape(legal.as_str()).into_owned()
}
