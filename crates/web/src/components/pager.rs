//! From one page of a list to the next, by cursor.

use crate::asking::Asking;
use language::t;
use maud::{Markup, html};

/// The pager of a list: how many rows are shown of how many, the first page, the next page.
pub fn pager(asking: &Asking, shown: usize, total: u64, next: Option<&str>) -> Markup {
    let lang = asking.lang;
    let later = asking.links.get("cursor").is_some();
    html! {
        nav.pager aria-label=(t!(lang, "table-pages")) {
            @if later { a rel="first" href=(asking.links.here_with(&[])) { (t!(lang, "table-first")) } }
            p data-live="" { (t!(lang, "count-shown", shown = shown, total = total)) }
            @if let Some(next) = next { a rel="next" href=(asking.links.here_with(&[("cursor", Some(next))])) { (t!(lang, "table-next")) } }
        }
    }
}
