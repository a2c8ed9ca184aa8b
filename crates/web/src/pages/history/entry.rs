//! One entry of the log: what it changed, who recorded it, and how anybody can check it.

use super::{Bodies, bodies, content_removed, entries, kind, named, who, withdrawing, written};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::{self, Fact},
        field::Faults,
        standing::word,
        words::text,
    },
};
use axum::extract::State;
use language::{Lang, t};
use ledger::Position;
use maud::{Markup, html};
use platform::{
    history::{
        fields::{FieldChange, Shown},
        query::{self as history, Entry, Who},
    },
    people::query::{self as people, Display},
    redacting,
};

/// One entry: before and after, who, when, hash.
pub(crate) async fn entry(asking: Asking, State(web): State<Web>, Path(position): Path<i64>) -> Answer<Page> {
    shown(&asking, &web, position, None, &Faults::default()).await
}

pub(super) async fn shown(
    asking: &Asking,
    web: &Web,
    position: i64,
    given: Option<&withdrawing::Wrong>,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let detail = history::entry(&web.platform, &asking.reader, Position(position)).await?;
    let beside = history::beside(&web.platform, &asking.reader, Position(position)).await?;
    let cause = web
        .platform
        .ledger()
        .event(Position(position))
        .await?
        .map(|e| e.cause)
        .unwrap_or_default();
    let bodies = bodies(asking, web).await?;
    let e = &detail.entry;
    let (name, path) = named(asking, web, &e.object_kind, &e.object).await?;
    let changes = changes(asking, web, &bodies, &detail.changes).await?;
    let together = together(asking, web, &beside).await?;
    let files = platform::upload::query::of_body(&e.body);
    let mut signed: Vec<_> = web.platform.ledger().checkpoints().await?;
    signed.retain(|checkpoint| checkpoint.position.0 >= position);
    let signed = signed.into_iter().min_by_key(|checkpoint| checkpoint.position);
    let pretty = serde_json::to_string_pretty(&e.body).unwrap_or_default();
    let all = asking.link(&format!(
        "/history/{}/{}",
        e.object_kind,
        crate::links::segment(&e.object)
    ));
    let body = html! {
        (corrected(asking, web, e))
        (changes)
        (together)
        @if !files.is_empty() {
            section.section #files {
                header.section-head { h2 { (t!(lang, "file-list")) } }
                (crate::pages::file::list(asking, position, &files))
            }
        }
        section.section {
            header.section-head { h2 { (t!(lang, "history-proof")) } }
            (facts::list(&[
                Fact::text(t!(lang, "history-position"), position.to_string()),
                Fact::new(t!(lang, "history-hash"), html! { code.hash title=(detail.hash) { (detail.hash) } }),
                Fact::new(t!(lang, "history-previous-hash"), html! { code.hash title=(detail.previous_hash) { (detail.previous_hash) } }),
                Fact::new(t!(lang, "history-object"), html! { code { (e.stream) } @if let Some(version) = detail.version { " " (t!(lang, "history-version", version = version)) } }),
                Fact::new(t!(lang, "history-cause"), html! { code { (cause) } }),
            ]))
            (provable(asking, &signed))
            details.disclosure { summary { (t!(lang, "history-body")) } pre lang=[(lang == Lang::En).then_some("zh-Hans")] tabindex="0" { (pretty) } }
        }
        (withdrawing::form(asking, web, &detail, &beside, given, faults))
    };
    let title = kind(lang, &e.kind);
    let mut page = Page::new(title, body)
        .kicker(t!(lang, "history-entry", position = position.to_string()))
        .fact(Fact::new(t!(lang, "history-who"), who(lang, &bodies, &e.who)))
        .fact(Fact::text(t!(lang, "history-at"), language::instant(lang, e.at)))
        .fact(Fact::text(t!(lang, "history-since"), language::date(lang, e.effective)))
        .fact(Fact::text(
            t!(lang, "words-audience"),
            word(lang, "audience", e.audience.id()),
        ))
        .actions(html! { a.button href=(all) { (t!(lang, "action-history")) } })
        .demo(e.demo);
    if let Some(path) = path {
        page = page.crumb(name, path);
    }
    Ok(page)
}

/// What the same confirmation recorded too, each with its page.
async fn together(asking: &Asking, web: &Web, beside: &[Entry]) -> Answer<Markup> {
    if beside.is_empty() {
        return Ok(html! {});
    }
    let drawn = entries(asking, web, beside).await?;
    Ok(html! {
        section.section #together {
            header.section-head { h2 { (t!(asking.lang, "history-together")) } p.section-note { (t!(asking.lang, "history-together-note")) } }
            (drawn)
        }
    })
}

fn corrected(asking: &Asking, web: &Web, e: &Entry) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(removed) = redacting::Removed::of(&e.body) { div.notice.official { p { (content_removed(lang, &removed)) } } }
        @if let Some(by) = &e.corrected_by {
            div.notice.soon {
                p { strong { (t!(lang, "history-was-wrong")) } " " (written(lang, &by.reason)) }
                p { a href=(asking.link(&format!("/events/{}", by.position))) { (t!(lang, "history-corrected-by", position = by.position.0.to_string())) } " · " (language::instant(lang, by.at)) }
                (withdrawing::anew(asking, web, e))
            }
        }
        @if let Some(corrects) = &e.corrects {
            div.notice {
                p { a href=(asking.link(&format!("/events/{}", corrects.corrects))) { (t!(lang, "history-corrects", position = corrects.corrects.0.to_string())) } " " (written(lang, &corrects.reason)) }
            }
        }
    }
}

/// How anybody can check that an entry was not altered, and which signature covers it.
fn provable(asking: &Asking, signed: &Option<ledger::Checkpoint>) -> Markup {
    let lang = asking.lang;
    html! {
        div.prose #check {
            p { (t!(lang, "history-check")) }
            p {
                @match signed {
                    Some(checkpoint) => {
                        (t!(lang, "history-signed", position = checkpoint.position.0.to_string(), instant = language::instant(lang, checkpoint.at)))
                    }
                    None => (t!(lang, "history-unsigned")),
                }
                " " a href="/api/v1/checkpoints" { (t!(lang, "history-signatures")) }
            }
        }
    }
}

/// Fields before and after, under their head.
async fn changes(asking: &Asking, web: &Web, bodies: &Bodies, changes: &[FieldChange]) -> Answer<Markup> {
    let lang = asking.lang;
    let table = changed(asking, web, bodies, changes).await?;
    Ok(html! {
        section.section {
            header.section-head { h2 { (t!(lang, "history-changes")) } }
            @if changes.is_empty() { div.empty { p { (t!(lang, "history-no-changes")) } } } @else { (table) }
        }
    })
}

/// Fields before and after.
pub(super) async fn changed(asking: &Asking, web: &Web, bodies: &Bodies, changes: &[FieldChange]) -> Answer<Markup> {
    let lang = asking.lang;
    let mut rows = Vec::new();
    for change in changes {
        let before = value(asking, web, bodies, &change.before).await?;
        let after = value(asking, web, bodies, &change.after).await?;
        rows.push((change, before, after));
    }
    Ok(html! {
        table.diff-table {
            caption.visually-hidden { (t!(lang, "history-changes")) }
            thead { tr { td {} th scope="col" { (t!(lang, "history-before")) } th scope="col" { (t!(lang, "history-after")) } } }
            tbody {
                @for (change, before, after) in &rows {
                    tr {
                        th scope="row" {
                            (language::text(lang, &format!("field-{}", change.field.replace('_', "-"))))
                            @if let Some(of) = &change.of { " · " (text(lang, of)) }
                        }
                        td { @if let Some(before) = before { del { (before) } } }
                        td { @if let Some(after) = after { ins { (after) } } }
                    }
                }
            }
        }
    })
}

async fn value(asking: &Asking, web: &Web, bodies: &Bodies, shown: &Shown) -> Answer<Option<Markup>> {
    let lang = asking.lang;
    Ok(Some(match shown {
        Shown::Nothing => return Ok(None),
        Shown::Word { of: "stage", id } => html! { (id) " " (word(lang, "stage", id.split('.').next().unwrap_or(id))) },
        Shown::Word { of, id } => html! { (word(lang, of, id)) },
        Shown::Text(text) => written(lang, text),
        Shown::Titled(title) => html! { (text(lang, title)) },
        Shown::Day(day) => html! { (language::date(lang, *day)) },
        Shown::Truth(true) => html! { (t!(lang, "word-yes")) },
        Shown::Truth(false) => html! { (t!(lang, "word-no")) },
        Shown::Organization(id) => html! { @if let Some(name) = bodies.get(id) { (text(lang, name)) } @else { (id) } },
        Shown::Desk(id) => {
            let desk = people::desk(&web.platform, id, asking.reader.as_of).await?;
            html! { @if let Some(desk) = &desk { (text(lang, &desk.name)) } @else { (id) } }
        }
        Shown::Person(id) => {
            let person = platform::context::PersonId(id.clone());
            let names = people::display_names(&web.platform, &asking.reader, std::slice::from_ref(&person)).await?;
            let display = names.get(&person).cloned().unwrap_or(Display::Nobody);
            who(lang, bodies, &Who::Person { id: None, display })
        }
    }))
}
