//! What a form has just recorded, said at the head of the page to which it leads: `recorded=FIRST` names the first entry.

use super::{bodies, entry::changed, kind};
use crate::{Answer, Asking, Web};
use language::t;
use ledger::{Position, StreamName};
use maud::{Markup, html};
use platform::{
    history::query::{self as history, Filter},
    question::Window,
};

/// So many entries are told at most; a form records fewer.
const MOST: u32 = 5;

/// The entries of an object that the reader recorded from the one on that the address names, each with what it changed.
pub(crate) async fn notice(asking: &Asking, web: &Web, stream: &str) -> Answer<Markup> {
    let lang = asking.lang;
    let first = asking.links.get("recorded").and_then(|p| p.parse::<i64>().ok());
    let (Some(first), Ok(stream), true) = (first, StreamName::parse(stream), asking.actor().is_some()) else {
        return Ok(html! {});
    };
    let filter = Filter {
        stream: Some(stream),
        since: Some(Position(first.saturating_sub(1))),
        mine: true,
        ..Filter::default()
    };
    let mut found = history::entries(&web.platform, &asking.reader, &filter, &Window::of(MOST))
        .await?
        .items;
    if found.is_empty() {
        return Ok(html! {});
    }
    found.reverse();
    let bodies = bodies(asking, web).await?;
    let mut told = Vec::new();
    for entry in &found {
        let detail = history::entry(&web.platform, &asking.reader, entry.position).await?;
        told.push((entry, changed(asking, web, &bodies, &detail.changes).await?));
    }
    Ok(html! {
        div.notice.good #recorded role="status" {
            @for (entry, changes) in &told {
                p {
                    strong { (t!(lang, "history-recorded")) } " · " (kind(lang, &entry.kind)) " · "
                    a href=(asking.link(&format!("/events/{}", entry.position))) { (t!(lang, "history-recorded-see")) }
                }
                (changes)
            }
        }
    })
}
