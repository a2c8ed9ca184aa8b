//! The text of a list as it was published, line by line: where tasks, measures and sentences point to.

use crate::{Answer, Asking, Page, Path, Web, links::Screen};
use axum::extract::State;
use language::{Lang, t};
use maud::html;
use platform::{
    catalogue::POLICY,
    list::{entering::FIRST, query as list},
    refusal::Refusal,
};

/// The published text of a list.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let one = list::lists(&web.platform)
        .await?
        .into_iter()
        .find(|l| l.id == id && id == FIRST)
        .ok_or_else(Refusal::unseen)?;
    let digest = ledger::files::Digest::of(POLICY.as_bytes()).to_string();
    let body = html! {
        p.section-note { (t!(lang, "published-note", document = one.document.as_str())) " " span.hash { "SHA-256 " (digest) } }
        @if lang == Lang::En { p.section-note { (t!(lang, "published-chinese")) } }
        ol.published-text lang="zh-Hans" {
            @for (at, line) in POLICY.lines().enumerate() {
                li #(format!("line-{}", at + 1)) value=(at + 1) { (line) }
            }
        }
    };
    Ok(Page::new(t!(lang, "published-title"), body)
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List))
}
