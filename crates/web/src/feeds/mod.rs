//! Feeds: what everybody may see, as Atom (RFC 4287) and iCalendar (RFC 5545), the same for every reader.

pub(crate) mod atom;
mod entries;
pub(crate) mod ics;

use crate::{Answer, Asking, Page, Path, Web};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    context::Reader,
    history::query::{Filter, feed},
    list::query::{self as list, TaskFilter},
    notice::query::{due, limits},
    place::query as place,
    question::Window,
    refusal::Refusal,
    report::gathering::LIST,
};

/// How many entries a feed holds.
const LENGTH: u32 = 100;

/// Which feeds there are.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let public = Reader::public(asking.reader.today);
    let places = place::places(&web.platform, &public).await?;
    let filter = TaskFilter {
        list: Some(LIST.to_owned()),
        ..TaskFilter::default()
    };
    let tasks = list::tasks(&web.platform, &public, &filter, &Window::of(200))
        .await?
        .items;
    let feeds = [
        ("/feeds/events.atom", t!(lang, "feed-events")),
        ("/feeds/calendar.ics", t!(lang, "feed-calendar")),
    ];
    Ok(Page::new(
        t!(lang, "frame-feeds"),
        html! {
            div.prose {
                p { (t!(lang, "feed-intro")) }
                ul {
                    @for (path, name) in &feeds { li { a href=(lang.path(path)) { (name) } " " code { (lang.path(path)) } } }
                    li { a href="/api/v1/events?after=0" { (t!(lang, "feed-api")) } " " code { "/api/v1/events?after=0" } }
                }
                h2 { (t!(lang, "feed-places")) }
                ul {
                    @for place in places.iter().filter(|p| p.pilot.is_some()) {
                        li {
                            (crate::components::words::first(lang, &place.short_name())) " "
                            a href=(lang.path(&format!("/feeds/places/{}.atom", place.code))) { "Atom" } " "
                            a href=(lang.path(&format!("/feeds/calendar.ics?place={}", place.code))) { "iCalendar" }
                        }
                    }
                }
                h2 { (t!(lang, "feed-task")) }
                ul.chips {
                    @for task in &tasks {
                        li { a.chip href=(lang.path(&format!("/feeds/tasks/{}.atom", task.id))) title=(crate::components::words::first(lang, &task.title)) { (task.number) } }
                    }
                }
            }
        },
    ))
}

/// Everything that happens.
pub(crate) async fn events(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    atom_of(
        &asking,
        &web,
        &Filter::default(),
        "events",
        t!(asking.lang, "feed-events"),
    )
    .await
}

/// Everything of a place.
pub(crate) async fn place_events(asking: Asking, State(web): State<Web>, Path(file): Path<String>) -> Answer<Response> {
    let code = file.strip_suffix(".atom").ok_or_else(Refusal::unseen)?;
    let place = place::place(&web.platform, &Reader::public(asking.reader.today), code).await?;
    let filter = Filter {
        place: Some(place.code.clone()),
        ..Filter::default()
    };
    let name = crate::components::words::first(asking.lang, &place.name).to_owned();
    atom_of(
        &asking,
        &web,
        &filter,
        &format!("place/{}", place.code),
        t!(asking.lang, "feed-of", name = name),
    )
    .await
}

/// Everything of a task.
pub(crate) async fn task_events(asking: Asking, State(web): State<Web>, Path(file): Path<String>) -> Answer<Response> {
    let id = file.strip_suffix(".atom").ok_or_else(Refusal::unseen)?;
    let id = if id.bytes().all(|b| b.is_ascii_digit()) {
        format!("{LIST}-{id}")
    } else {
        id.to_owned()
    };
    let task = list::task(&web.platform, &Reader::public(asking.reader.today), &id).await?;
    let filter = Filter {
        task: Some(task.id.clone()),
        ..Filter::default()
    };
    let name = crate::components::words::first(asking.lang, &task.title).to_owned();
    atom_of(
        &asking,
        &web,
        &filter,
        &format!("task/{}", task.id),
        t!(asking.lang, "feed-of", name = name),
    )
    .await
}

async fn atom_of(asking: &Asking, web: &Web, filter: &Filter, id: &str, title: String) -> Answer<Response> {
    let page = feed(&web.platform, filter, &Window::of(LENGTH)).await?;
    let names = entries::Names::of(web, asking).await?;
    let items = page
        .items
        .iter()
        .map(|entry| entries::item(asking.lang, entry, &names))
        .collect();
    let base = &web.platform.settings().base_url;
    let mark = if web.demo {
        t!(asking.lang, "report-demo-mark")
    } else {
        String::new()
    };
    let feed = atom::Feed {
        base: base.clone(),
        lang: asking.lang,
        id: id.to_owned(),
        title: format!("{mark}{} · {title}", t!(asking.lang, "frame-name")),
        path: asking.lang.path(&asking.links.path),
        items,
    };
    Ok(typed("application/atom+xml; charset=utf-8", atom::write(&feed)))
}

/// Milestones and time limits with their days, those alone that somebody set.
pub(crate) async fn calendar(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let public = Reader::public(asking.reader.today);
    let place = match asking.links.get("place") {
        Some(text) => Some(place::place(&web.platform, &public, text).await?.code),
        None => None,
    };
    let due = due(&web.platform, &public, place.as_deref()).await?;
    let names = entries::Names::of(&web, &asking).await?;
    let base = &web.platform.settings().base_url;
    let mut events: Vec<ics::Event> = due
        .iter()
        .map(|d| entries::event(lang, base, d, &names, web.demo))
        .collect();
    let limits = limits(&web.platform, &public, place.as_deref()).await?;
    events.extend(
        limits
            .iter()
            .map(|l| entries::limit(lang, base, l, place.as_deref(), &names, web.demo)),
    );
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let name = t!(lang, "feed-calendar");
    Ok(typed("text/calendar; charset=utf-8", ics::write(&name, &events)))
}

fn typed(kind: &'static str, text: String) -> Response {
    let mut response = text.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
