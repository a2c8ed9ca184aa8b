//! Search over titles, names and numbers: tasks, outputs, places, bodies, measures and their sentences, proposals.

use crate::{
    Answer, Asking, Page, Web,
    components::words::{bilingual, first, mixed, text},
    links::segment,
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::search::{Found, Passage, find};

/// What the words of `q` find.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let words = asking.links.get("q").unwrap_or_default().trim().to_owned();
    let found = find(&web.platform, &asking.reader, &words).await?;
    let body = html! {
        form.filters method="get" action=(lang.path("/search")) role="search" aria-label=(t!(lang, "search-title")) {
            label.filter { span { (t!(lang, "search-words")) } input.input type="search" name="q" value=(words); }
            button.button.primary type="submit" { (t!(lang, "action-search")) }
        }
        @if words.is_empty() { p { (t!(lang, "search-hint")) } }
        @else if found.total() == 0 { div.empty { p { (t!(lang, "search-nothing", words = words.as_str())) } p { (t!(lang, "search-hint")) } } }
        @else { (results(&asking, &found)) }
    };
    let demo = found.outputs.iter().any(|o| o.demo) || found.proposals.iter().any(|p| p.demo);
    Ok(Page::new(t!(lang, "search-title"), body).demo(demo))
}

fn results(asking: &Asking, found: &Found) -> Markup {
    let lang = asking.lang;
    let task = |task: &platform::list::query::Task| {
        html! { (t!(lang, "task-number", number = task.number)) " " a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } }
    };
    let output = |o: &platform::output::query::Output| {
        let path = format!("/outputs?place={}#{}", o.counts_to, o.id);
        html! { @if let Some(number) = &o.designation { span.code { (number) } " " } a href=(asking.link(&path)) { (bilingual(lang, &o.title)) } }
    };
    let place = |p: &platform::place::query::Place| {
        html! {
            a href=(asking.link(&format!("/places/{}", p.code))) { (text(lang, &p.name)) } " " span.code { (p.prefix) }
            @if let Some(count) = found.held.get(&p.code) {
                " · " a href=(asking.link(&format!("/places/{}", p.code))) { (t!(lang, "search-held", place = first(lang, &p.short_name()), count = *count)) }
            }
        }
    };
    let body = |b: &platform::people::query::Organization| {
        let path = format!("/obligations?subject=any&holder={}", segment(&b.id));
        html! { a href=(asking.link(&path)) { (text(lang, &b.name)) } @for code in &b.codes { " " span.code { (code) } } }
    };
    let measure = |m: &Passage| {
        html! { (t!(lang, "measure-name", number = m.measure.as_str())) " " a href=(asking.link(&format!("/measures/{}", m.measure))) { (bilingual(lang, &m.text)) } }
    };
    let sentence = |s: &Passage| {
        let path = format!("/measures/{}#{}", s.measure, s.id);
        html! { a href=(asking.link(&path)) { (bilingual(lang, &s.text)) } }
    };
    let proposal = |p: &platform::proposal::query::Shell| {
        html! {
            a href=(asking.link(&super::change::path(&p.id))) { (t!(lang, "change-number", number = p.number)) }
            @if let Some(whole) = &p.whole { " " (text(lang, &whole.reason)) }
        }
    };
    let document = |l: &platform::list::query::List| {
        html! { a href=(asking.link(&format!("/lists/{}/text", segment(&l.id)))) { (t!(lang, "published-title")) } " " (mixed(lang, &l.document)) " " (bilingual(lang, &l.title)) }
    };
    html! {
        (section(&t!(lang, "search-documents"), found.lists.len(), found.lists.iter().map(document)))
        (section(&t!(lang, "screen-list"), usize::try_from(found.tasks_total).unwrap_or_default(), found.tasks.iter().map(task)))
        (section(&t!(lang, "screen-outputs"), found.outputs.len(), found.outputs.iter().map(output)))
        (section(&t!(lang, "screen-places"), found.places.len(), found.places.iter().map(place)))
        (section(&t!(lang, "search-bodies"), found.bodies.len(), found.bodies.iter().map(body)))
        (section(&t!(lang, "search-measures"), found.measures.len(), found.measures.iter().map(measure)))
        (section(&t!(lang, "search-sentences"), found.sentences.len(), found.sentences.iter().map(sentence)))
        (section(&t!(lang, "screen-changes"), found.proposals.len(), found.proposals.iter().map(proposal)))
    }
}

/// The hits of one kind; nothing where there are none.
fn section(name: &str, count: usize, hits: impl Iterator<Item = Markup>) -> Markup {
    html! {
        @if count > 0 {
            section.section {
                header.section-head { h2 { (name) " " span.rail-count { (count) } } }
                ul { @for hit in hits { li { (hit) } } }
            }
        }
    }
}
