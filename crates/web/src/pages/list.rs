//! The list: its tasks in the document's own order and words.

use crate::{
    Answer, Asking, Page, Web,
    api::{self, lists::TIERS},
    components::{
        filters::{Filter, filters},
        pager::pager,
        standing::{STATES, tally, word},
        table::tools,
        words::first,
    },
    links::Screen,
    page::Sheet,
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::{
        entering::FIRST,
        event::Tier,
        query::{self as list, Task, TaskFilter},
    },
    obligation::query::{self as obligation, By, Counts, SubjectKind},
    people::query as people,
    place::query::{self as place, Place},
    question::Window,
};
use std::collections::BTreeMap;

/// What the list's page shows: tasks, how their obligations stand, the names of places and ministries.
struct View {
    tasks: Vec<Task>,
    total: i64,
    next: Option<String>,
    counts: Counts,
    places: Vec<Place>,
    ministries: BTreeMap<String, String>,
    version: Option<list::ListVersion>,
}

/// The list.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web).await?;
    let version = view.version.as_ref();
    let note = version.map_or_else(
        || t!(lang, "list-before"),
        |v| {
            t!(
                lang,
                "list-version",
                version = v.version,
                date = language::date(lang, v.in_force)
            )
        },
    );
    let print_head = format!(
        "{} · {note} · {}",
        t!(lang, "screen-list"),
        language::instant(lang, asking.now)
    );
    let body = html! {
        (tools(filters(&asking, &choices(&asking, &view)), downloads(&asking)))
        div data-results="" #results {
            @if view.tasks.is_empty() {
                div.empty { p { (t!(lang, "table-empty")) } @if version.is_none() { p { (t!(lang, "list-before")) } } }
            } @else {
                (table(&asking, &view, &print_head))
            }
            (pager(&asking, view.tasks.len(), u64::try_from(view.total).unwrap_or(0), view.next.as_deref()))
        }
        @if lang == Lang::En { p.muted { (t!(lang, "list-english")) } }
        div.signatures.print-only { p { (t!(lang, "sign-prepared")) } p { (t!(lang, "sign-checked")) } p { (t!(lang, "sign-issued")) } }
    };
    Ok(Page::new(t!(lang, "screen-list"), body)
        .slim(note)
        .screen(Screen::List)
        .sheet(Sheet::A3))
}

/// The tasks that an address asks for: also those of the workbook.
pub(crate) fn filter(asking: &Asking, places: &[Place]) -> Answer<TaskFilter> {
    let get = |name: &str| asking.links.get(name).map(str::to_owned);
    let mut filter = TaskFilter {
        list: Some(get("list").unwrap_or_else(|| FIRST.to_owned())),
        tier: asking.choice("tier", &TIERS)?.and_then(Tier::parse),
        measure: get("measure"),
        state: asking.choice("state", &STATES)?.map(str::to_owned),
        guiding: get("guiding"),
        text: get("q"),
        noted: get("noted").is_some(),
        ..TaskFilter::default()
    };
    if let Some(name) = asking.links.get("place") {
        let known = places
            .iter()
            .find(|p| p.code == name || p.prefix == name || p.short == name || p.name.zh == name);
        filter.place = Some(known.map_or_else(|| name.to_owned(), |p| p.code.clone()));
    }
    Ok(filter)
}

async fn load(asking: &Asking, web: &Web) -> Answer<View> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let places = place::places(platform, reader).await?;
    let filter = filter(asking, &places)?;
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 200,
    };
    let page = list::tasks(platform, reader, &filter, &window).await?;
    let of_tasks = obligation::Filter {
        list: filter.list.clone(),
        place: filter.place.clone(),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    let counts = obligation::counts(platform, reader, &of_tasks, By::Subject, false).await?;
    let versions = list::versions(platform, filter.list.as_deref().unwrap_or(FIRST)).await?;
    let version = versions
        .into_iter()
        .find(|v| v.in_force <= reader.as_of.date && v.position <= reader.as_of.known);
    let of_kind = people::OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..people::OrganizationFilter::default()
    };
    let ministries = people::organizations(platform, &of_kind, reader.as_of, 200)
        .await?
        .into_iter()
        .map(|o| {
            (
                o.id.clone(),
                if asking.lang == Lang::En {
                    first(asking.lang, &o.name).to_owned()
                } else {
                    o.short
                },
            )
        })
        .collect();
    Ok(View {
        total: page.total,
        next: page.next.map(|cursor| api::seal(&cursor)),
        tasks: page.items,
        counts,
        places,
        ministries,
        version,
    })
}

fn choices(asking: &Asking, view: &View) -> Vec<Filter> {
    let lang = asking.lang;
    let of_list: Vec<&String> = view.version.iter().flat_map(|v| &v.places).collect();
    let places: Vec<(String, String)> = view
        .places
        .iter()
        .filter(|p| of_list.contains(&&p.code))
        .map(|p| (p.code.clone(), first(lang, &p.short_name()).to_owned()))
        .collect();
    let measures: Vec<(String, String)> = (1..=17)
        .map(|n| (n.to_string(), t!(lang, "measure-short", number = n)))
        .collect();
    let guiding = std::iter::once(("none".to_owned(), t!(lang, "list-unassigned")))
        .chain(view.ministries.iter().map(|(id, name)| (id.clone(), name.clone())));
    vec![
        Filter::words("q", t!(lang, "list-words")),
        Filter::choose(
            "tier",
            t!(lang, "words-tier"),
            TIERS
                .iter()
                .filter(|t| **t != "enterprise")
                .map(|t| (*t, word(lang, "tier", t))),
        ),
        Filter::choose("place", t!(lang, "list-place"), places),
        Filter::choose(
            "state",
            t!(lang, "words-state"),
            STATES.map(|s| (s, word(lang, "state", s))),
        ),
        Filter::choose("measure", t!(lang, "list-measure"), measures),
        Filter::choose("guiding", t!(lang, "list-guiding"), guiding),
    ]
}

/// Downloads that exist, of what is shown.
fn downloads(asking: &Asking) -> Markup {
    let lang = asking.lang;
    let workbook = "/list.xlsx";
    let noted = asking.links.get("noted").is_some();
    html! {
        a.chip aria-current=[noted.then_some("true")] href=(asking.links.here_with(&[("noted", (!noted).then_some("1"))])) { (t!(lang, "list-noted-only")) }
        @if crate::routes::rows().iter().any(|row| row.path == workbook) {
            a.button.small href=(asking.link(workbook)) { (t!(lang, "action-download-workbook")) }
        }
    }
}

fn table(asking: &Asking, view: &View, print_head: &str) -> Markup {
    let lang = asking.lang;
    html! {
        div.table-frame.wide tabindex="0" role="region" aria-labelledby="tasks-caption" {
            table.table.compact #tasks data-list="" data-unfold=(t!(lang, "table-details")) {
                caption.visually-hidden #tasks-caption { (t!(lang, "screen-list")) }
                thead {
                    tr.print-head { th colspan="7" { (print_head) } }
                    tr {
                        th.number scope="col" { (t!(lang, "column-number")) }
                        th.title scope="col" { (t!(lang, "column-title")) }
                        th scope="col" { (t!(lang, "column-state")) }
                        th.more scope="col" { (t!(lang, "column-places")) }
                        th.more scope="col" { (t!(lang, "column-guiding")) }
                        th.more.date scope="col" { (t!(lang, "column-time-limit")) }
                        th.more scope="col" { (t!(lang, "column-measures")) }
                    }
                }
                tbody {
                    @for (index, task) in view.tasks.iter().enumerate() {
                        @let before = index.checked_sub(1).and_then(|i| view.tasks.get(i));
                        @if before.is_none_or(|b| b.part.zh != task.part.zh || b.section.zh != task.section.zh) {
                            tr.group { th colspan="7" scope="rowgroup" { (heading(lang, task)) } }
                        }
                        (row(asking, view, task))
                    }
                }
            }
        }
    }
}

fn heading(lang: Lang, task: &Task) -> Markup {
    html! {
        (first(lang, &task.part))
        @if !task.section.zh.is_empty() { " › " (first(lang, &task.section)) }
    }
}

fn row(asking: &Asking, view: &View, task: &Task) -> Markup {
    let lang = asking.lang;
    let empty = BTreeMap::new();
    let states = view.counts.get(&task.id).and_then(|by| by.get("")).unwrap_or(&empty);
    let counted: Vec<(&str, i64)> = STATES
        .iter()
        .map(|s| (*s, states.get(*s).copied().unwrap_or(0)))
        .collect();
    let path = format!("/tasks/{}", task.id);
    html! {
        tr {
            th.number scope="row" { a href=(asking.link(&path)) { (task.number) } }
            td.title {
                a href=(asking.link(&path)) { (first(lang, &task.title)) }
                @if lang == Lang::En { " " small.original lang="zh-Hans" { (task.title.zh) } }
                @if !task.notes.is_empty() || !task.near.is_empty() { " " span.mark.draft { (t!(lang, "list-has-note")) } }
                @if task.fate != "open" { " " span.mark.changed { (t!(lang, "task-fate", fate = task.fate.as_str())) } }
            }
            td { @if counted.iter().all(|(_, n)| *n == 0) { "—" } @else {
                a href=(asking.link(&format!("/obligations?task={}", task.id))) { (tally(lang, &counted)) }
            } }
            td.more { (places_of(asking, view, task)) }
            td.more { @match view.ministries.get(&task.guiding) {
                Some(name) => (name),
                None => span.muted { (t!(lang, "list-unassigned")) },
            } }
            td.more.date { @match &task.time_limit {
                Some((day, by)) => span title=(by) { (language::date_brief(lang, *day, asking.reader.today.year())) },
                None => span.muted { (t!(lang, "due-none")) },
            } }
            td.more { @for measure in in_order(&task.measures) { a href=(asking.link(&format!("/measures/{measure}"))) { (measure) } " " } }
        }
    }
}

/// The places of a task: as written for readers of Chinese, by their English names for others.
fn places_of(asking: &Asking, view: &View, task: &Task) -> Markup {
    let lang = asking.lang;
    if lang == Lang::Zh {
        return html! { (task.places_as_written) };
    }
    html! { (claims(lang, task, &view.places)) }
}

/// The claims of a task in words.
pub(crate) fn claims(lang: Lang, task: &Task, places: &[Place]) -> String {
    let name = |code: &String| {
        places
            .iter()
            .find(|p| &p.code == code)
            .map_or_else(|| code.clone(), |p| first(lang, &p.short_name()).to_owned())
    };
    let words: Vec<String> = task
        .claims
        .iter()
        .map(|claim| {
            if claim.places.is_empty() {
                word(lang, "claim", claim.claim.id())
            } else {
                claim
                    .places
                    .iter()
                    .map(name)
                    .collect::<Vec<_>>()
                    .join(if lang == Lang::Zh { "、" } else { ", " })
            }
        })
        .collect();
    words.join(if lang == Lang::Zh { "；" } else { "; " })
}

/// Numbers of measures in the order of the text.
fn in_order(measures: &[String]) -> Vec<&String> {
    let mut ordered: Vec<&String> = measures.iter().collect();
    ordered.sort_by_key(|m| m.parse::<u32>().unwrap_or(u32::MAX));
    ordered
}
