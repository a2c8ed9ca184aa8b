//! The history of an object: every entry that the reader may see, corrections beside what they correct.

mod entry;
pub(crate) mod recorded;
mod withdrawing;

pub(crate) use entry::entry;
pub(crate) use withdrawing::correct;

use crate::{
    Answer, Asking, Failure, Page, Path, Web, api,
    components::{
        pager::pager,
        standing::word,
        timeline::{self, Sort, timeline},
        words::{Mark, first, known_name, mark, text},
    },
    links::segment,
    problem::role_name,
};
use axum::extract::State;
use language::{Lang, t};
use ledger::StreamName;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    catalogue::english,
    history::query::{self as history, Entry, Filter, Who},
    list::query as list,
    obligation::query as obligation,
    output::query as output,
    people::query::{self as people, Display, OrganizationFilter, Removed},
    place::query as place,
    proposal::query as proposal,
    question::Window,
    redacting,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names of bodies by id.
pub(crate) type Bodies = BTreeMap<String, Bilingual>;

/// Every body of the day, by id.
pub(crate) async fn bodies(asking: &Asking, web: &Web) -> Answer<Bodies> {
    let all = people::organizations(
        &web.platform,
        &OrganizationFilter::default(),
        asking.reader.as_of,
        2_000,
    )
    .await?;
    Ok(all.into_iter().map(|body| (body.id, body.name)).collect())
}

/// What happened, in words; the kind itself where nobody has put it into words.
pub(crate) fn kind(lang: Lang, kind: &str) -> String {
    let id = format!("event-{}", kind.replace(['.', '_'], "-"));
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        kind.to_owned()
    }
}

/// A text as somebody wrote it, which for readers of English is marked where it is Chinese.
pub(crate) fn written(lang: Lang, text: &str) -> Markup {
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    html! { @if lang == Lang::En && chinese { span lang="zh-Hans" { (text) } } @else { (text) } }
}

/// Entries as a timeline, in the order given.
pub(crate) async fn entries(asking: &Asking, web: &Web, entries: &[Entry]) -> Answer<Markup> {
    let bodies = if entries.is_empty() {
        Bodies::new()
    } else {
        bodies(asking, web).await?
    };
    let drawn: Vec<timeline::Entry> = entries.iter().map(|entry| one(asking, &bodies, entry)).collect();
    Ok(timeline(asking.lang, &drawn))
}

fn one(asking: &Asking, bodies: &Bodies, entry: &Entry) -> timeline::Entry {
    let lang = asking.lang;
    let sort = match entry {
        e if e.corrects.is_some() || e.corrected_by.is_some() => Sort::Correction,
        e if e.demo => Sort::Demo,
        _ => Sort::Plain,
    };
    let link = asking.link(&format!("/events/{}", entry.position));
    let what = html! {
        a href=(link) { @if entry.corrected_by.is_some() { del { (kind(lang, &entry.kind)) } } @else { (kind(lang, &entry.kind)) } }
        @if let Some(gist) = gist(lang, entry) { " " (gist) }
        @if entry.demo { " " (mark(lang, Mark::Demo)) }
    };
    let note = html! {
        (who(lang, bodies, &entry.who))
        " · " (t!(lang, "history-effective", date = language::date(lang, entry.effective)))
        @if let Some(removed) = redacting::Removed::of(&entry.body) { " · " (content_removed(lang, &removed)) }
        @if entry.audience != platform::obligation::event::Audience::Public { " · " (word(lang, "audience", entry.audience.id())) }
        @if let Some(corrects) = &entry.corrects {
            " · " a href=(asking.link(&format!("/events/{}", corrects.corrects))) { (t!(lang, "history-corrects", position = corrects.corrects.0.to_string())) }
            " " (written(lang, &corrects.reason))
        }
        @if let Some(by) = &entry.corrected_by {
            " · " a href=(asking.link(&format!("/events/{}", by.position))) { (t!(lang, "history-corrected-by", position = by.position.0.to_string())) }
            " " (written(lang, &by.reason))
        }
    };
    timeline::Entry {
        at: entry.at,
        what,
        note: Some(note),
        sort,
    }
}

/// Who recorded something, as far as the reader may know.
pub(crate) fn who(lang: Lang, bodies: &Bodies, who: &Who) -> Markup {
    match who {
        Who::System => html! { (t!(lang, "history-system")) },
        Who::Person {
            display: Display::Name(name),
            ..
        } => html! { (known_name(lang, name)) },
        Who::Person {
            display: Display::Role { role, organization },
            ..
        } => html! {
            @if let Some(name) = bodies.get(organization) { (text(lang, name)) } @else { (organization) }
            " · " (role_name(lang, role.id()))
        },
        Who::Person {
            display: Display::Removed { role, removed },
            ..
        } => html! {
            @if let Some((role, organization)) = role {
                @if let Some(name) = bodies.get(organization) { (text(lang, name)) } @else { (organization) }
                " · " (role_name(lang, role.id())) " · "
            }
            (removed_in_words(lang, *removed))
        },
        Who::Person {
            display: Display::Nobody,
            ..
        } => html! { (t!(lang, "history-nobody")) },
    }
}

/// Who recorded an entry, in plain words.
pub(super) fn who_in_words(lang: Lang, bodies: &Bodies, who: &Who) -> String {
    match who {
        Who::System => t!(lang, "history-system"),
        Who::Person {
            display: Display::Name(name),
            ..
        } => english::named(lang, name),
        Who::Person {
            display: Display::Role { role, organization },
            ..
        } => {
            let body = bodies
                .get(organization)
                .map_or(organization.as_str(), |name| first(lang, name));
            format!("{body} · {}", role_name(lang, role.id()))
        }
        Who::Person {
            display: Display::Removed { role, removed },
            ..
        } => {
            let note = removed_in_words(lang, *removed);
            match role {
                Some((role, organization)) => {
                    let body = bodies
                        .get(organization)
                        .map_or(organization.as_str(), |name| first(lang, name));
                    format!("{body} · {} · {note}", role_name(lang, role.id()))
                }
                None => note,
            }
        }
        Who::Person {
            display: Display::Nobody,
            ..
        } => t!(lang, "history-nobody"),
    }
}

/// That a name was removed, when, and by which rule.
pub(crate) fn removed_in_words(lang: Lang, removed: Removed) -> String {
    let note = t!(lang, "history-removed", date = language::date(lang, removed.on));
    match removed.ground {
        Some(ground) => format!("{note} {}", ground.source(lang)),
        None => note,
    }
}

/// That the content of an entry was removed, when and by which rule.
fn content_removed(lang: Lang, removed: &redacting::Removed) -> Markup {
    html! { (t!(lang, "history-redacted", date = language::date(lang, removed.on))) " " (written(lang, &removed.rule)) }
}

/// What an entry says, as short as a line: a title, a stage, a note.
fn gist(lang: Lang, entry: &Entry) -> Option<Markup> {
    let body = &entry.body;
    let told = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).filter(|t| !t.is_empty());
    for (pointer, kind) in [("/stage", "stage"), ("/part", "part")] {
        if let Some(id) = told(pointer) {
            let main = id.split('.').next().unwrap_or(id);
            return Some(html! { span title=(id) { (word(lang, kind, main)) } });
        }
    }
    for pointer in ["/evidence/title", "/output/title", "/name"] {
        if let Some(title) = body
            .pointer(pointer)
            .and_then(|v| serde_json::from_value::<Bilingual>(v.clone()).ok())
        {
            return Some(html! { (text(lang, &title)) });
        }
    }
    if entry.corrects.is_some() {
        return None;
    }
    ["/text", "/reason"].into_iter().find_map(told).map(|text| {
        let short: String = text.chars().take(120).collect();
        html! { (written(lang, &short)) @if short.len() < text.len() { "…" } }
    })
}

/// A text is named by what it is a text of; its page is that of its newest version that the reader may see.
async fn named_text(asking: &Asking, web: &Web, id: &str) -> Answer<(String, Option<String>)> {
    let (lang, platform, reader) = (asking.lang, &web.platform, &asking.reader);
    let newest = platform::text::query::of_obligation(platform, reader, id)
        .await?
        .into_iter()
        .next();
    let o = obligation::obligation(platform, reader, id).await?;
    let path = newest.map_or_else(
        || format!("/obligations/{id}"),
        |version| format!("/texts/{}", version.id),
    );
    Ok((t!(lang, "text-of", title = first(lang, &o.title)), Some(path)))
}

/// The name of an object, and where its page is.
async fn named(asking: &Asking, web: &Web, kind: &str, id: &str) -> Answer<(String, Option<String>)> {
    let (lang, platform, reader) = (asking.lang, &web.platform, &asking.reader);
    let known = |path: String| {
        crate::routes::rows()
            .iter()
            .any(|row| crate::links::matches(row.path, &path))
            .then_some(path)
    };
    let named = match kind {
        "obligation" => {
            let o = obligation::obligation(platform, reader, id).await?;
            let place = if o.place.is_empty() {
                first(lang, &o.holder.organization_name).to_owned()
            } else {
                first(lang, &place::place(platform, reader, &o.place).await?.short_name()).to_owned()
            };
            (
                format!("{} · {place}", first(lang, &o.title)),
                known(format!("/obligations/{id}")),
            )
        }
        "task" => (
            first(lang, &list::task(platform, reader, id).await?.title).to_owned(),
            known(format!("/tasks/{id}")),
        ),
        "place" => (
            first(lang, &place::place(platform, reader, id).await?.name).to_owned(),
            known(format!("/places/{id}")),
        ),
        "organization" => {
            let body = people::organization(platform, id, reader.as_of).await?;
            (
                body.map_or_else(|| id.to_owned(), |b| first(lang, &b.name).to_owned()),
                None,
            )
        }
        // What was withdrawn since has no page, and its history stays.
        "output" => match output::output(platform, reader, id).await {
            Ok(o) => (first(lang, &o.title).to_owned(), known(format!("/outputs/{id}"))),
            Err(_) => (id.to_owned(), known("/outputs".to_owned())),
        },
        "text" => named_text(asking, web, id).await?,
        "system" => {
            let found = platform::system::query::system(platform, reader, id).await;
            let title = found
                .ok()
                .and_then(|system| Some(first(lang, &system.shown()?.title).to_owned()));
            (title.unwrap_or_else(|| id.to_owned()), known(format!("/systems/{id}")))
        }
        "certificate" => (
            t!(lang, "certificate-title", number = id),
            known(format!("/certificates/{id}")),
        ),
        "proposal" => {
            let shell = proposal::proposal(platform, reader, id).await;
            let name = shell.map_or_else(|_| id.to_owned(), |s| t!(lang, "change-title", number = s.number));
            (name, known(format!("/changes/{id}")))
        }
        _ => (id.to_owned(), None),
    };
    Ok(named)
}

/// The history of one object.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path((kind, id)): Path<(String, String)>,
) -> Answer<Page> {
    let lang = asking.lang;
    let stream = StreamName::parse(&format!("{kind}/{id}")).map_err(|_| Failure::unseen())?;
    let filter = Filter {
        stream: Some(stream),
        ..Filter::default()
    };
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 50,
    };
    let found = history::entries(&web.platform, &asking.reader, &filter, &window).await?;
    if found.total == 0 {
        return Err(Failure::unseen());
    }
    let (name, path) = named(&asking, &web, &kind, &id).await?;
    let drawn = entries(&asking, &web, &found.items).await?;
    let next = found.next.map(|cursor| api::seal(&cursor));
    let total = u64::try_from(found.total).unwrap_or_default();
    let body = html! {
        div.prose { p { (t!(lang, "history-note")) } }
        div data-results="" #results {
            (drawn)
            (pager(&asking, found.items.len(), total, next.as_deref()))
        }
    };
    let mut page = Page::new(t!(lang, "history-title"), body)
        .kicker(name.clone())
        .actions(html! { a.button.small href=(asking.link(&format!("/history/{kind}/{}/workbook.xlsx", segment(&id)))) { (t!(lang, "action-download-workbook")) } })
        .demo(found.items.iter().any(|e| e.demo));
    if let Some(path) = path {
        page = page.crumb(name, path);
    }
    Ok(page)
}
