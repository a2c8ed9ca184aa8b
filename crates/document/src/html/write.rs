//! Text and attributes as HTML has them.

use crate::xml::entity;

/// Text with what HTML would read taken away.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' => out.push_str("&#39;"),
            c => match entity(c) {
                Some(entity) => out.push_str(entity),
                None => out.push(c),
            },
        }
    }
    out
}

/// ` name="value"`; nothing for an empty value.
pub(super) fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!(" {name}=\"{}\"", escape(value))
    }
}

/// Whether a path stays in the document's folder: relative, without a scheme, never upwards.
pub(crate) fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with(['/', '\\', '?', '#'])
        && !path.contains([':', '\\'])
        && path.split('/').all(|part| part != "..")
}
