//! What happened, in order.

use jiff::Timestamp;
use language::{Lang, instant};
use maud::{Markup, html};

/// What sort of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// An ordinary one.
    #[default]
    Plain,
    /// An official act.
    Official,
    /// Takes an earlier entry back.
    Correction,
    /// Illustrative.
    Demo,
}

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When it was recorded.
    pub at: Timestamp,
    /// What happened.
    pub what: Markup,
    /// Who, from when it holds, by which document.
    pub note: Option<Markup>,
    /// What sort of entry it is.
    pub sort: Sort,
}

/// A timeline, in the order given.
pub fn timeline(lang: Lang, entries: &[Entry]) -> Markup {
    html! {
        ol.timeline {
            @for entry in entries {
                li class=[class(entry.sort)] {
                    time datetime=(entry.at) { (instant(lang, entry.at)) }
                    p { (entry.what) }
                    @if let Some(note) = &entry.note { p.timeline-note { (note) } }
                }
            }
        }
    }
}

const fn class(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Plain => None,
        Sort::Official => Some("official"),
        Sort::Correction => Some("correction"),
        Sort::Demo => Some("demo"),
    }
}
