//! What changed between two states.

use maud::{Markup, html};

/// A piece of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Stands in both.
    Same(String),
    /// Stands in the new one alone.
    Added(String),
    /// Stood in the old one alone.
    Removed(String),
}

/// A running text with what was added and removed.
pub fn inline(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Same(text) => (text),
                Piece::Added(text) => ins { (text) },
                Piece::Removed(text) => del { (text) },
            }
        }
    }
}

/// One field before and after.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Before; nothing where it was empty.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// Fields before and after, side by side.
pub fn table(caption: &str, before: &str, after: &str, fields: &[Field]) -> Markup {
    html! {
        table.diff-table {
            caption { (caption) }
            thead { tr { td {} th scope="col" { (before) } th scope="col" { (after) } } }
            tbody {
                @for field in fields {
                    tr {
                        th scope="row" { (field.name) }
                        td { @if let Some(before) = &field.before { del { (before) } } }
                        td { @if let Some(after) = &field.after { ins { (after) } } }
                    }
                }
            }
        }
    }
}
