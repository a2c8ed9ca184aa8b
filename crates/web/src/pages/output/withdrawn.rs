//! The page of an output that was withdrawn: that it was, when and why, to whoever could see it before.

use crate::{Answer, Asking, Page, Web, components::words::text, links::Screen, pages::history::written};
use axum::http::StatusCode;
use language::t;
use ledger::StreamName;
use maud::html;
use platform::{
    bilingual::Bilingual,
    history::query::{self as history, Filter},
    question::Window,
    redacting,
    refusal::Refusal,
};

/// The page, where the reader may see the entry that recorded it and the one that withdrew it; unseen otherwise.
pub(super) async fn page(asking: &Asking, web: &Web, id: &str) -> Answer<Page> {
    let lang = asking.lang;
    let stream = StreamName::parse(&format!("output/{id}")).map_err(|_| Refusal::unseen())?;
    let filter = Filter {
        stream: Some(stream),
        kind: Some("output.recorded".to_owned()),
        ..Filter::default()
    };
    let found = history::entries(&web.platform, &asking.reader, &filter, &Window::of(1)).await?;
    let entry = found.items.into_iter().next().ok_or_else(Refusal::unseen)?;
    let by = entry.corrected_by.as_ref().ok_or_else(Refusal::unseen)?;
    let title: Option<Bilingual> = entry
        .body
        .pointer("/output/title")
        .filter(|_| redacting::Removed::of(&entry.body).is_none())
        .and_then(|title| serde_json::from_value(title.clone()).ok());
    let link = |position: ledger::Position| asking.link(&format!("/events/{position}"));
    let body = html! {
        div.notice.soon {
            @if let Some(title) = &title { p { del { (text(lang, title)) } } }
            p { (t!(lang, "output-withdrawn-on", at = language::instant(lang, by.at))) }
            p { (t!(lang, "output-withdrawn-why")) " " (written(lang, &by.reason)) }
        }
        p {
            a href=(link(entry.position)) { (t!(lang, "history-entry", position = entry.position.to_string())) } " · "
            a href=(link(by.position)) { (t!(lang, "history-corrected-by", position = by.position.to_string())) }
        }
    };
    Ok(Page::new(t!(lang, "output-withdrawn"), body)
        .crumb(t!(lang, "screen-outputs"), "/outputs")
        .screen(Screen::Outputs)
        .demo(entry.demo)
        .status(StatusCode::GONE))
}
