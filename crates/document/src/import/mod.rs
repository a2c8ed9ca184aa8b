//! Other formats → source: Word (DOCX) and NISO STS.
//!
//! A file that [`crate::docx`] wrote holds its source; where what it shows is still what that source shows, the source
//! comes back as it was. Any other file is read for itself: each paragraph is what most of five kinds of evidence say
//! (the name of its style, its numbering, its outline level, its words, its look). Nothing is dropped: what has no place
//! in a standard stands where it stood, as 未归位, and the report says for each block what it rests on.
//!
//! # Words
//!
//! - **piece**: a paragraph or a table as Word has it.
//! - **role**: what a piece is taken for, with its confidence and its ground.

mod assemble;
mod blocks;
mod code;
mod counted;
mod cover;
mod figure;
mod formula;
mod grid;
mod kept;
mod line;
mod links;
mod list;
mod mentions;
mod numbering;
mod object;
mod omml;
mod package;
mod report;
mod restore;
mod role;
mod run;
mod running;
mod shown;
mod sts;
mod style;
mod survey;
mod term;
mod title;
mod titled_table;
mod tree;
mod words;

pub use package::LARGEST_FILE;
pub use report::{BlockReport, Report, Warning};
pub use sts::sts;

use crate::finding::{Message, message};
use crate::model::{Document, Footnote};
use crate::source;
use line::{Piece, Place};
use numbering::Numbering;
use package::Package;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use style::Styles;
use tree::Node;

/// A file that cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError(Message);

impl ImportError {
    /// What is wrong, and how to mend it.
    pub fn message(&self) -> &Message {
        &self.0
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text(language::Lang::En))
    }
}

impl std::error::Error for ImportError {}

/// What was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The canonical source.
    pub source: String,
    /// What it says.
    pub document: Document,
    /// Pictures by their paths beside the source.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What each block rests on, and what could not be kept.
    pub report: Report,
}

/// Reads a Word file. Pictures go below `folder`, a path beside the source.
pub fn docx(bytes: &[u8], folder: &str) -> Result<Imported, ImportError> {
    let package = Package::open(bytes)?;
    let mut reader = Reader::new(package, folder)?;
    let pieces = reader.body()?;
    reader.tell_edges();
    let kept = kept::Kept::of(&reader);
    if let Some(imported) = kept.as_ref().and_then(|kept| kept.whole(&reader, &pieces)) {
        return Ok(imported);
    }
    reader.report.origin = if kept.is_some() { "merged" } else { "word" };
    if kept.is_some() {
        reader.warn(0, message!("import-changed"));
    }
    let document = assemble::document(&mut reader, pieces, kept.as_ref());
    if let Some(kept) = &kept {
        reader.files.extend(kept.pictures().clone());
    }
    finish(reader, document)
}

/// The source of what was read: printed, and read and printed once more, so that it is canonical.
fn finish(mut reader: Reader, document: Document) -> Result<Imported, ImportError> {
    let mut printed = source::print(&document);
    if printed.len() > source::LONGEST {
        return Err(ImportError(message!("import-too-large")));
    }
    let mut document = source::parse(&printed).document;
    for _ in 0..4 {
        let again = source::print(&document);
        if again == printed {
            break;
        }
        printed = again;
        document = source::parse(&printed).document;
    }
    // Of pictures that a kept block shows, the file's own copies are not needed.
    reader.files.retain(|path, _| printed.contains(path.as_str()));
    Ok(Imported {
        source: printed,
        document,
        files: reader.files,
        report: reader.report,
    })
}

/// A file while it is read.
struct Reader {
    package: Package,
    folder: String,
    styles: Styles,
    numbering: Numbering,
    /// Targets by the ids of the text's relations, and whether they are outside.
    relations: BTreeMap<String, (String, bool)>,
    comments: BTreeMap<String, String>,
    /// Footnotes by id, endnotes by `e` and id.
    notes: BTreeMap<String, Node>,
    footnotes: Vec<Footnote>,
    files: BTreeMap<String, Vec<u8>>,
    /// Names of files by the parts they come from.
    kept_files: BTreeMap<String, String>,
    report: Report,
    in_contents: bool,
    waiting_bookmarks: Vec<String>,
    fields: Vec<run::Field>,
    depth: usize,
    /// Before the labels of footnotes, where the source of the file has labels of its own.
    note_prefix: &'static str,
    told: BTreeSet<String>,
}

impl Reader {
    fn new(package: Package, folder: &str) -> Result<Self, ImportError> {
        if package.bytes("word/document.xml").is_none() && package.bytes("[Content_Types].xml").is_none() {
            return Err(ImportError(message!("import-not-word")));
        }
        let mut reader = Self {
            package,
            folder: folder.to_owned(),
            styles: Styles::default(),
            numbering: Numbering::default(),
            relations: BTreeMap::new(),
            comments: BTreeMap::new(),
            notes: BTreeMap::new(),
            footnotes: Vec::new(),
            files: BTreeMap::new(),
            kept_files: BTreeMap::new(),
            report: Report::default(),
            in_contents: false,
            waiting_bookmarks: Vec::new(),
            fields: Vec::new(),
            depth: 0,
            note_prefix: "",
            told: BTreeSet::new(),
        };
        if reader.package.names().any(|name| name.starts_with("customXml/item")) {
            reader.note_prefix = "w";
        }
        reader.styles = Styles::of(reader.part("word/styles.xml")?.as_ref());
        reader.numbering = Numbering::of(reader.part("word/numbering.xml")?.as_ref());
        if let Some(part) = reader.part("word/_rels/document.xml.rels")? {
            for node in part.nodes() {
                let outside = node.get("TargetMode") == Some("External");
                if let (Some(id), Some(target)) = (node.get("Id"), node.get("Target")) {
                    reader.relations.insert(id.to_owned(), (target.to_owned(), outside));
                }
            }
        }
        if let Some(part) = reader.part("word/comments.xml")? {
            for node in part.nodes() {
                let who = node.get("w:author").unwrap_or_default();
                let lines: Vec<String> = node.nodes().map(Node::text).collect();
                let text = lines.join("\n");
                let text = match node.get("w:date") {
                    // Of our own nobody is named; some programs give them a day that never was.
                    _ if who.is_empty() || who == crate::docx::COMMENTS_BY => text,
                    Some(when) => format!("批注 {who} {when}：{text}"),
                    None => format!("批注 {who}：{text}"),
                };
                reader
                    .comments
                    .insert(node.get("w:id").unwrap_or_default().to_owned(), text);
            }
        }
        for (name, before) in [("word/footnotes.xml", ""), ("word/endnotes.xml", "e")] {
            let Some(part) = reader.part(name)? else { continue };
            for node in part.nodes().filter(|node| node.get("w:type").is_none()) {
                let id = node.get("w:id").unwrap_or_default();
                reader.notes.insert(format!("{before}{id}"), node.clone());
            }
        }
        Ok(reader)
    }

    fn part(&self, name: &str) -> Result<Option<Node>, ImportError> {
        self.package.text(name).map(|text| tree::read(name, &text)).transpose()
    }

    /// The paragraphs and tables.
    fn body(&mut self) -> Result<Vec<Piece>, ImportError> {
        let Some(document) = self.part("word/document.xml")? else {
            return Err(ImportError(message!("import-not-word")));
        };
        let Some(body) = document.child("w:body") else {
            return Err(ImportError(message!("import-not-word")));
        };
        Ok(self.pieces(body, &mut Place::default()))
    }

    fn warn(&mut self, place: usize, message: Message) {
        let key = format!("{place} {} {message:?}", message.id());
        if self.told.insert(key) {
            self.report.warnings.push(Warning { place, message });
        }
    }

    /// Words of headers and footers: they are made anew from the front matter.
    fn tell_edges(&mut self) {
        let names: Vec<String> = self
            .package
            .names()
            .filter(|name| name.starts_with("word/header") || name.starts_with("word/footer"))
            .filter(|name| name.rsplit('.').next() == Some("xml"))
            .map(str::to_owned)
            .collect();
        let mut words = BTreeSet::new();
        for name in names {
            if let Ok(Some(part)) = self.part(&name) {
                let text = line_words(&part);
                if text.chars().any(char::is_alphabetic) {
                    words.insert(text);
                }
            }
        }
        self.report.edges = words.into_iter().collect();
    }

    /// Takes a picture out of the file: its path beside the source.
    fn keep_picture(&mut self, relation: &str, place: usize) -> Option<String> {
        let (target, outside) = self.relations.get(relation)?.clone();
        if outside {
            self.warn(place, message!("import-outside-picture", address = &target));
            return None;
        }
        let part = match target.strip_prefix("../") {
            Some(up) => up.to_owned(),
            None if target.starts_with('/') => target.trim_start_matches('/').to_owned(),
            None => format!("word/{target}"),
        };
        if let Some(path) = self.kept_files.get(&part) {
            return Some(path.clone());
        }
        let bytes = self.package.bytes(&part)?.to_vec();
        let name = part.rsplit('/').next().unwrap_or_default();
        let name: String = name
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&ending.as_str()) {
            self.warn(place, message!("import-picture-kind", file = &name));
        }
        let path = if self.folder.is_empty() {
            name
        } else {
            format!("{}/{name}", self.folder)
        };
        self.files.insert(path.clone(), bytes);
        self.kept_files.insert(part, path.clone());
        Some(path)
    }
}

/// The text of a header, without fields' codes.
fn line_words(node: &Node) -> String {
    let mut text = String::new();
    for child in node.nodes() {
        match child.name.as_str() {
            "w:t" => text.push_str(&child.text()),
            "w:instrText" => {}
            _ => text.push_str(&line_words(child)),
        }
    }
    text
}
