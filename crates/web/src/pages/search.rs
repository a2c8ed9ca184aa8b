//! Search over titles and numbers: tasks, outputs, places.

use crate::{
    Answer, Asking, Page, Web,
    components::words::{bilingual, text},
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::{
    list::query::{self as list, TaskFilter},
    output::query as output,
    place::query as place,
    question::Window,
};

/// What the words of `q` find.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let words = asking.links.get("q").unwrap_or_default().trim().to_owned();
    let (platform, reader) = (&web.platform, &asking.reader);
    let wanted: String = words.to_lowercase();
    let (mut tasks, mut outputs, mut places) = (Vec::new(), Vec::new(), Vec::new());
    if !words.is_empty() {
        let filter = TaskFilter {
            text: Some(words.clone()),
            ..TaskFilter::default()
        };
        tasks = list::tasks(platform, reader, &filter, &Window::default()).await?.items;
        let filter = output::Filter {
            text: Some(words.clone()),
            ..output::Filter::default()
        };
        outputs = output::outputs(platform, reader, &filter, &Window::default())
            .await?
            .items;
        let found = |p: &place::Place| {
            p.code == wanted
                || p.prefix.to_lowercase() == wanted
                || p.name.zh.contains(&words)
                || p.name.en.as_ref().is_some_and(|en| en.to_lowercase().contains(&wanted))
        };
        places = place::places(platform, reader)
            .await?
            .into_iter()
            .filter(found)
            .collect();
    }
    let nothing = tasks.is_empty() && outputs.is_empty() && places.is_empty();
    let body = html! {
        form.filters method="get" action=(lang.path("/search")) role="search" aria-label=(t!(lang, "search-title")) {
            label.filter { span { (t!(lang, "search-words")) } input.input type="search" name="q" value=(words); }
            button.button.primary type="submit" { (t!(lang, "action-search")) }
        }
        @if words.is_empty() { p { (t!(lang, "search-hint")) } }
        @else if nothing { div.empty { p { (t!(lang, "search-nothing", words = words.as_str())) } p { (t!(lang, "search-hint")) } } }
        @if !tasks.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "screen-list")) } p.section-note { (t!(lang, "count-tasks", count = tasks.len())) } }
                ul { @for task in &tasks { li { (t!(lang, "task-number", number = task.number)) " " a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } } } }
            }
        }
        @if !outputs.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "screen-outputs")) } }
                ul { @for o in &outputs { li { @if let Some(number) = &o.designation { span.code { (number) } " " } a href=(asking.link("/outputs")) { (bilingual(lang, &o.title)) } } } }
            }
        }
        @if !places.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "screen-places")) } }
                ul { @for p in &places { li { a href=(asking.link(&format!("/places/{}", p.code))) { (text(lang, &p.name)) } " " span.code { (p.prefix) } } } }
            }
        }
    };
    Ok(Page::new(t!(lang, "search-title"), body))
}
