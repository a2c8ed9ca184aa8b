//! Document → canonical JSON: what a text says and what is computed from it, for comparison and for programs.
//!
//! Keys stand in one order, places of the source are left out: two sources that say the same give the same bytes.

use crate::model::Document;
use crate::resolve::Resolved;
use serde::Serialize;

/// The version of the form; raised when a name changes its meaning.
pub const FORM: u32 = 1;

#[derive(Serialize)]
struct Canonical<'a> {
    form: u32,
    document: &'a Document,
    resolved: &'a Resolved,
}

/// The canonical JSON, indented, with a line feed at its end.
pub fn print(document: &Document, resolved: &Resolved) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&Canonical {
        form: FORM,
        document,
        resolved,
    })?;
    text.push('\n');
    Ok(text)
}
