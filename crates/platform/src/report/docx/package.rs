//! Packing: the parts into one file, in a fixed order and without the clock.

use super::{Document, body::body, parts, styles};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// A document that could not be packed.
#[derive(Debug, thiserror::Error)]
#[error("the Word document could not be packed: {0}")]
pub struct DocxError(String);

/// The document as a DOCX file. The same document gives the same bytes.
pub fn write(document: &Document) -> Result<Vec<u8>, DocxError> {
    let (xml, links) = body(document);
    let files = [
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package_relations()),
        ("docProps/core.xml", parts::core(document)),
        ("word/document.xml", parts::document(&xml)),
        ("word/_rels/document.xml.rels", parts::document_relations(&links)),
        ("word/styles.xml", styles::styles()),
        ("word/numbering.xml", styles::numbering()),
        ("word/fontTable.xml", styles::font_table()),
        ("word/settings.xml", parts::settings()),
        ("word/header.xml", parts::header(&document.page_head)),
        ("word/footer-odd.xml", parts::footer(true)),
        ("word/footer-even.xml", parts::footer(false)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        packed.start_file(name, options).map_err(|e| DocxError(e.to_string()))?;
        packed
            .write_all(text.as_bytes())
            .map_err(|e| DocxError(e.to_string()))?;
    }
    packed
        .finish()
        .map(Cursor::into_inner)
        .map_err(|e| DocxError(e.to_string()))
}
