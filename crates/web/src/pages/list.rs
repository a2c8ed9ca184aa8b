//! The list: its tasks in the document's own order and words, or sorted and grouped; any day of it beside today's.

mod rows;

use crate::{
    Answer, Asking, Page, Web,
    api::{self, lists::TIERS},
    components::{
        filters::{Filter, filters},
        follow,
        pager::pager,
        standing::{STATES, word},
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
    context::Reader,
    list::{
        entering::FIRST,
        event::Tier,
        query::{self as list, Task, TaskFilter, TaskOrder, TaskSort},
    },
    obligation::{
        query::{self as obligation, SubjectKind},
        standing::{Standing, standings},
    },
    people::query as people,
    place::query::{self as place, Place},
    question::Window,
    rights::Action,
};
use std::collections::BTreeMap;

/// Tasks with how their obligations stand, on one day.
struct Day {
    tasks: Vec<Task>,
    standings: BTreeMap<String, Standing>,
}

/// What the list's page shows: tasks, how their obligations stand, the names of places and ministries.
struct View {
    shown: Day,
    total: i64,
    next: Option<String>,
    order: TaskOrder,
    /// Today, where another day is compared with it.
    today: Option<Day>,
    /// Whether only rows that are otherwise today are shown.
    changed_only: bool,
    places: Vec<Place>,
    ministries: BTreeMap<String, String>,
    versions: Vec<list::ListVersion>,
    version: Option<list::ListVersion>,
}

/// The list.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web).await?;
    let version = view.version.as_ref();
    let note = version.map_or_else(
        || {
            let first = view.versions.iter().map(|v| v.in_force).min();
            first.map_or_else(
                || t!(lang, "list-before"),
                |day| t!(lang, "list-before-first", date = language::date(lang, day)),
            )
        },
        |v| {
            t!(
                lang,
                "list-version",
                version = v.version,
                date = language::date(lang, v.in_force)
            )
        },
    );
    let said = if lang == Lang::En {
        format!("{note} · {}", t!(lang, "list-english"))
    } else {
        note.clone()
    };
    let mut table = rows::table(&asking, &view);
    let listed = table.rows.len();
    table.print_head = Some(format!(
        "{} · {note} · {}",
        t!(lang, "screen-list"),
        data_as_of(&asking)
    ));
    table.caption = format!("{} · {}", table.caption, data_as_of(&asking));
    if version.is_none() {
        table.empty = html! { p { (note) } };
    }
    let body = html! {
        (tools(filters(&asking, &choices(&asking, &view)), html! {
            (downloads(&asking, &web))
            (table.chooser(&asking))
        }))
        div data-results="" #results {
            (rows::changes(&asking, &view))
            (table.draw(&asking))
            (pager(&asking, listed, u64::try_from(view.total).unwrap_or(0), view.next.as_deref()))
        }
        div.signatures.print-only { p { (t!(lang, "sign-prepared")) } p { (t!(lang, "sign-checked")) } p { (t!(lang, "sign-issued")) } }
    };
    let followed = follow::control(&asking, &web, &follow::object(&format!("list/{FIRST}"))).await?;
    Ok(Page::new(t!(lang, "screen-list"), body)
        .slim(said)
        .actions(followed)
        .screen(Screen::List)
        .sheet(Sheet::A3))
}

/// As of when the rows stand: the day that is asked about, else this instant.
fn data_as_of(asking: &Asking) -> String {
    let lang = asking.lang;
    if asking.is_past() {
        t!(
            lang,
            "list-data-as-of",
            when = language::date(lang, asking.reader.as_of.date)
        )
    } else {
        t!(lang, "list-data-as-of", when = language::instant(lang, asking.now))
    }
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

/// The order that an address asks for.
fn order(asking: &Asking) -> Answer<TaskOrder> {
    const SORTS: [(&str, TaskSort); 6] = [
        ("number", TaskSort::Number),
        ("tier", TaskSort::Tier),
        ("guiding", TaskSort::Guiding),
        ("limit", TaskSort::Limit),
        ("next", TaskSort::Next),
        ("stage", TaskSort::Stage),
    ];
    let group = asking.choice("group", &["tier", "guiding"])?;
    let asked = asking.links.get("sort").unwrap_or("number");
    let (bare, down) = asked.strip_prefix('-').map_or((asked, false), |bare| (bare, true));
    let of = |name: &str| SORTS.iter().find(|(n, _)| *n == name).map(|(_, sort)| *sort);
    Ok(TaskOrder {
        group: group.and_then(of),
        sort: of(bare).ok_or_else(|| crate::asking::wrong_parameter("sort", asked))?,
        down,
    })
}

async fn load(asking: &Asking, web: &Web) -> Answer<View> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let places = place::places(platform, reader).await?;
    let filter = filter(asking, &places)?;
    let order = order(asking)?;
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 200,
    };
    let page = list::arranged(platform, reader, &filter, order, &window).await?;
    // What other pages of a long list show is not counted for this one.
    let shown: Option<Vec<String>> = (page.next.is_some() || window.cursor.is_some())
        .then(|| page.items.iter().map(|task| task.id.clone()).collect());
    let versions = list::versions(platform, filter.list.as_deref().unwrap_or(FIRST)).await?;
    let version = versions
        .iter()
        .find(|v| v.in_force <= reader.as_of.date && v.position <= reader.as_of.known)
        .cloned();
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
    let today = if asking.compares()? {
        let reader = asking.reader_today();
        let same = TaskFilter {
            ids: Some(page.items.iter().map(|task| task.id.clone()).collect()),
            ..TaskFilter::default()
        };
        let tasks = list::tasks(platform, &reader, &same, &Window::of(200)).await?.items;
        Some(Day {
            tasks,
            standings: standing(web, &reader, &filter, shown.clone()).await?,
        })
    } else {
        None
    };
    Ok(View {
        total: page.total,
        next: page.next.map(|cursor| api::seal(&cursor)),
        shown: Day {
            tasks: page.items,
            standings: standing(web, reader, &filter, shown).await?,
        },
        order,
        changed_only: today.is_some() && asking.choice("changed", &["only"])?.is_some(),
        today,
        places,
        ministries,
        versions,
        version,
    })
}

/// How the obligations of the tasks stand, or of some of them: of one place, where the filter names one.
async fn standing(
    web: &Web,
    reader: &Reader,
    filter: &TaskFilter,
    subjects: Option<Vec<String>>,
) -> Answer<BTreeMap<String, Standing>> {
    let of_tasks = obligation::Filter {
        subjects,
        list: filter.list.clone(),
        place: filter.place.clone(),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    Ok(standings(&web.platform, reader, &of_tasks).await?)
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
            t!(lang, "place-tier"),
            TIERS
                .iter()
                .filter(|t| **t != "enterprise")
                .map(|t| (*t, word(lang, "tier", t))),
        ),
        Filter::choose("place", t!(lang, "list-place"), places),
        Filter::choose(
            "state",
            t!(lang, "place-state"),
            STATES.map(|s| (s, word(lang, "state", s))),
        ),
        Filter::choose("measure", t!(lang, "list-measure"), measures).folded(),
        Filter::choose("guiding", t!(lang, "list-guiding"), guiding).folded(),
        Filter::choose("noted", t!(lang, "list-noted"), [("1", t!(lang, "list-noted-only"))]).folded(),
        Filter::choose(
            "group",
            t!(lang, "table-group"),
            [("tier", t!(lang, "words-tier")), ("guiding", t!(lang, "list-guiding"))],
        )
        .any(t!(lang, "list-group-part"))
        .folded(),
        version(asking, view).folded(),
    ]
}

/// Which version: each by the first day on which it was in force, and the day that is asked about where it is another.
fn version(asking: &Asking, view: &View) -> Filter {
    let lang = asking.lang;
    let mut days: Vec<(String, String)> = view
        .versions
        .iter()
        .filter(|v| v.position <= asking.reader.as_of.known)
        .map(|v| {
            let day = language::date(lang, v.in_force);
            (
                v.in_force.to_string(),
                t!(lang, "list-version-of", version = v.version, date = day),
            )
        })
        .collect();
    let asked = asking.reader.as_of.date.to_string();
    if asking.is_past() && days.iter().all(|(day, _)| *day != asked) {
        days.push((
            asked,
            t!(
                lang,
                "list-version-day",
                date = language::date(lang, asking.reader.as_of.date)
            ),
        ));
    }
    Filter::choose("as_of", t!(lang, "list-version-choose"), days).any(t!(lang, "list-version-today"))
}

/// Downloads of what is shown, and the way back in.
fn downloads(asking: &Asking, web: &Web) -> Markup {
    let lang = asking.lang;
    html! {
        a.button.small href=(asking.links.same_query("/list.xlsx")) { (t!(lang, "action-download-workbook")) }
        @if asking.can(web, Action::OpenProposal) {
            a.button.small href=(asking.link("/upload?what=list")) { (t!(lang, "action-upload-workbook")) }
        }
    }
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
