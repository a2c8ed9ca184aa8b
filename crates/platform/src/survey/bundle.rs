//! The bundle of a published table: what it tells, under which definition and marks, and the digests. Aggregates alone:
//! it is made of what is published and of nothing else. Pure.

use super::query::{Survey, Table};
use ledger::files::Digest;
use serde::Serialize;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// The bundle could not be packed.
#[derive(Debug, thiserror::Error)]
#[error("the bundle of a table could not be packed: {0}")]
pub struct Failure(String);

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    sha256: String,
    size: usize,
}

/// The bundle as a ZIP; the same table gives the same bytes.
///
/// # Errors
/// A [`Failure`].
pub fn packed(survey: &Survey, table: &Table) -> Result<Vec<u8>, Failure> {
    let failed = |e: &dyn std::fmt::Display| Failure(e.to_string());
    let wanted = &table.content.wanted;
    let told = serde_json::json!({
        "survey": survey.id,
        "title": survey.title,
        "marks": survey.marks,
        "published": table.published.to_string(),
        "position": table.position,
        "table": table.content,
        "demo": survey.demo || table.content.demo,
    });
    let definition = serde_json::json!({
        "version": wanted.definition,
        "definition": survey.definitions.get(&wanted.definition),
    });
    let files: [(&'static str, Vec<u8>); 3] = [
        ("table.json", serde_json::to_vec_pretty(&told).map_err(|e| failed(&e))?),
        ("table.csv", csv(table).into_bytes()),
        (
            "definition.json",
            serde_json::to_vec_pretty(&definition).map_err(|e| failed(&e))?,
        ),
    ];
    let entries: Vec<Entry> = files
        .iter()
        .map(|(name, content)| Entry {
            name,
            sha256: Digest::of(content).to_string(),
            size: content.len(),
        })
        .collect();
    let manifest = serde_json::to_vec_pretty(&serde_json::json!({ "files": entries })).map_err(|e| failed(&e))?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in files
        .iter()
        .map(|(name, content)| (*name, content))
        .chain([("manifest.json", &manifest)])
    {
        zip.start_file(name, options).map_err(|e| failed(&e))?;
        zip.write_all(content).map_err(|e| failed(&e))?;
    }
    Ok(zip.finish().map_err(|e| failed(&e))?.into_inner())
}

/// A line for each total: codes of row and column, value, units; `*` where it is suppressed.
fn csv(table: &Table) -> String {
    let quoted = |text: &str| match text.contains([',', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let mut text = String::from("row,column,value,units\n");
    for cell in &table.content.cells {
        let side = |value: &Option<String>| quoted(value.as_deref().unwrap_or("*all"));
        let (value, units) = if cell.suppressed {
            ("*".to_owned(), "*".to_owned())
        } else {
            (
                cell.value.clone().unwrap_or_default(),
                cell.units.map(|units| units.to_string()).unwrap_or_default(),
            )
        };
        text.push_str(&format!("{},{},{value},{units}\n", side(&cell.row), side(&cell.column)));
    }
    text
}
