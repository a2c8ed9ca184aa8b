//! Packing: the parts into one file, in a fixed order and without the clock.

use std::fmt;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// A text that could not be packed.
#[derive(Debug)]
pub struct DocxError(String);

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DOCX: {}", self.0)
    }
}

impl std::error::Error for DocxError {}

/// A part of the file.
pub(super) struct Part {
    pub name: String,
    /// Its media type; empty where the ending of its name says it.
    pub media: &'static str,
    pub bytes: Vec<u8>,
}

impl Part {
    pub fn new(name: impl Into<String>, media: &'static str, text: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            media,
            bytes: text.into(),
        }
    }
}

/// The head of every part that is XML.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Relations of a part: the id is `rId` and the place in the list, from 1.
#[derive(Debug, Default)]
pub(super) struct Relations(Vec<(&'static str, String, bool)>);

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

impl Relations {
    /// The id of a relation to another part.
    pub fn part(&mut self, kind: &'static str, target: &str) -> String {
        self.add(kind, target, false)
    }

    /// The id of a relation to an address outside.
    pub fn outside(&mut self, kind: &'static str, target: &str) -> String {
        self.add(kind, target, true)
    }

    fn add(&mut self, kind: &'static str, target: &str, outside: bool) -> String {
        let known = self
            .0
            .iter()
            .position(|(k, t, o)| *k == kind && t == target && *o == outside);
        let index = known.unwrap_or_else(|| {
            self.0.push((kind, target.to_owned(), outside));
            self.0.len() - 1
        });
        format!("rId{}", index + 1)
    }

    /// Its part.
    pub fn print(&self) -> String {
        let mut out =
            format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (index, (kind, target, outside)) in self.0.iter().enumerate() {
            let kind = if kind.contains("://") {
                (*kind).to_owned()
            } else {
                format!("{OFFICE}{kind}")
            };
            let mode = if *outside { " TargetMode=\"External\"" } else { "" };
            out.push_str(&format!(
                "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{}\"{mode}/>",
                index + 1,
                crate::xml::escape(target)
            ));
        }
        out.push_str("</Relationships>");
        out
    }
}

fn content_types(parts: &[Part]) -> String {
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for (ending, media) in super::picture::KINDS {
        out.push_str(&format!("<Default Extension=\"{ending}\" ContentType=\"{media}\"/>"));
    }
    for part in parts.iter().filter(|part| !part.media.is_empty()) {
        out.push_str(&format!(
            "<Override PartName=\"/{}\" ContentType=\"{}\"/>",
            part.name, part.media
        ));
    }
    out.push_str("</Types>");
    out
}

/// The file.
pub(super) fn pack(parts: &[Part]) -> Result<Vec<u8>, DocxError> {
    let types = content_types(parts);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let first = std::iter::once(("[Content_Types].xml", types.as_bytes()));
    for (name, bytes) in first.chain(parts.iter().map(|part| (part.name.as_str(), part.bytes.as_slice()))) {
        packed
            .start_file(name, options)
            .map_err(|fault| DocxError(fault.to_string()))?;
        packed.write_all(bytes).map_err(|fault| DocxError(fault.to_string()))?;
    }
    packed
        .finish()
        .map(Cursor::into_inner)
        .map_err(|fault| DocxError(fault.to_string()))
}
