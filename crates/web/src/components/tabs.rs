//! Tabs: several pages of one thing.

use crate::asking::Asking;
use maud::{Markup, html};

/// One tab.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Its name.
    pub name: String,
    /// Its address, without a language.
    pub path: String,
    /// How many things it holds.
    pub count: Option<u64>,
}

/// The tabs of a thing; the one whose address was asked for is current.
pub fn tabs(asking: &Asking, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(asking.link(&tab.path)) aria-current=[(tab.path == asking.links.path).then_some("page")] {
                    (tab.name)
                    @if let Some(count) = tab.count { " " span.rail-count { (language::number(count)) } }
                }
            }
        }
    }
}
