//! What an import did: for programs as JSON, for people by the messages in it.

use crate::finding::Message;
use language::Lang;
use serde_json::{Value, json};

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// `kept` where the file's own source came back, `merged` where parts of it did, else `word` or `sts`.
    pub origin: &'static str,
    /// Each piece of the file, in its order.
    pub blocks: Vec<BlockReport>,
    /// What could not be kept as it was.
    pub warnings: Vec<Warning>,
    /// Changes and comments that were kept.
    pub changes: usize,
    /// Comments.
    pub comments: usize,
    /// Words of headers and footers, which the front matter replaces.
    pub edges: Vec<String>,
}

/// A piece of the file and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockReport {
    /// Its place among the paragraphs and tables of the body, from 0.
    pub place: usize,
    /// What it was taken for: `clause`, `item`, `contents` ….
    pub what: &'static str,
    /// The level of a clause: 0 for elements and chapters.
    pub level: Option<usize>,
    /// Its first words.
    pub text: String,
    /// Per cent.
    pub confidence: u8,
    /// `style`, `numbering`, `outline`, `text`, `look`, `kept`, or what it stands in: `place`.
    pub by: &'static str,
}

/// Something that could not be kept as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The place of the piece in which it stands, from 0.
    pub place: usize,
    /// What and why.
    pub message: Message,
}

impl Report {
    /// As JSON, its messages in a language.
    pub fn json(&self, lang: Lang) -> Value {
        let blocks: Vec<Value> = self
            .blocks
            .iter()
            .map(|block| {
                json!({
                    "place": block.place,
                    "what": block.what,
                    "level": block.level,
                    "text": block.text,
                    "confidence": block.confidence,
                    "origin": block.by,
                })
            })
            .collect();
        let warnings: Vec<Value> = self
            .warnings
            .iter()
            .map(|warning| json!({"place": warning.place, "rule": warning.message.id(), "message": warning.message.text(lang)}))
            .collect();
        json!({
            "origin": self.origin,
            "blocks": blocks,
            "warnings": warnings,
            "changes": self.changes,
            "comments": self.comments,
            "headers": self.edges,
        })
    }

    /// Blocks of which the reading is rather a guess.
    pub fn doubtful(&self) -> impl Iterator<Item = &BlockReport> {
        self.blocks.iter().filter(|block| block.confidence < 50)
    }
}
