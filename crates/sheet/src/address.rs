//! Addresses of links, carried through the workbook writer as they are.
//!
//! The writer escapes `%` in addresses that are escaped already (`%E5` becomes `%25E5`), unless it happens to see
//! one of a few escapes it knows. Addresses therefore pass through it with a private character in place of `%`,
//! and the sign is put back in the finished file.

use std::io::{Cursor, Read, Write};

use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Stands for `%` while the writer works; an address with it is no address.
const PERCENT: char = '\u{E000}';
/// The longest address a link holds.
const LONGEST: usize = 2_000;
/// The most links a sheet holds; programs offer to "repair" a file with more.
pub(crate) const MOST_LINKS: u32 = 65_000;

/// Whether an address may be a link: the web and mail, nothing that opens files or programs.
pub(crate) fn is_address(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    url.len() <= LONGEST
        && !url.contains(|c: char| c.is_control() || c == PERCENT)
        && (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:"))
}

/// The address in the form in which the writer leaves it alone.
pub(crate) fn shield(url: &str) -> String {
    url.replace('%', &PERCENT.to_string())
}

/// Puts the sign back in the parts of a finished workbook that hold addresses.
pub(crate) fn unshield(workbook: Vec<u8>) -> ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(workbook.as_slice()))?;
    let mut names = Vec::new();
    for name in archive.file_names() {
        names.push(name?.into_owned());
    }
    let mut replaced = Vec::new();
    for name in names.iter().filter(|n| n.starts_with("xl/worksheets/_rels/")) {
        let mut text = String::new();
        archive.by_name(name)?.read_to_string(&mut text).map_err(ZipError::Io)?;
        if text.contains(PERCENT) {
            replaced.push((name.as_str(), text.replace(PERCENT, "%")));
        }
    }
    if replaced.is_empty() {
        return Ok(workbook);
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, name) in names.iter().enumerate() {
        match replaced.iter().find(|(part, _)| part == name) {
            Some((_, text)) => {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(DateTime::default());
                out.start_file(name, options)?;
                out.write_all(text.as_bytes()).map_err(ZipError::Io)?;
            }
            None => out.raw_copy_file(archive.by_index_raw(index)?)?,
        }
    }
    Ok(out.finish()?.into_inner())
}
