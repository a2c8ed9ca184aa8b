//! The home page: what the platform is, four numbers that open, where the places stand, doors, what is due and what came out.

mod compared;

use super::{
    output::whose,
    place::{picture, standing::english_note},
};
use crate::{
    Answer, Asking, Page, Web,
    components::words::{self, Mark, first, mark, mixed},
    links::{Screen, segment},
    routes,
};
use axum::extract::State;
use jiff::ToSpan;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    catalogue::english::named,
    list::entering::FIRST,
    notice::query::{self as notice, Due},
    obligation::query::{self as obligation, By, Counts, Filter, SubjectKind, Totals},
    output::query::{self as output, Output},
    place::query::{self as place, Place},
    system::query::{self as system, System, SystemEdition},
    text::query as text,
};

/// Outputs and milestones that are shown at most.
const SHOWN: u8 = 5;
/// The task of the demonstration whose text the door to a task leads through.
const WITH_TEXT: &str = "first-28";

/// Everything that the page shows.
struct View {
    totals: Totals,
    counts: Counts,
    places: Vec<Place>,
    of_list: Vec<String>,
    outputs: Vec<Output>,
    due: Vec<Due>,
    /// Whether a text of [`WITH_TEXT`] may be read.
    has_text: bool,
    /// The executable standard to which a door leads.
    system: Option<SystemEdition>,
    /// What stands today, where another day is compared with it.
    today: Option<compared::Today>,
}

/// The obligations of the tasks of the first list.
fn held() -> Filter {
    Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(SubjectKind::Task),
        ..Filter::default()
    }
}

/// Outputs that are no illustration.
fn reported(outputs: &[Output]) -> i64 {
    i64::try_from(outputs.iter().filter(|o| !o.demo).count()).unwrap_or_default()
}

async fn load(asking: &Asking, web: &Web) -> Answer<View> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let held = held();
    let systems = system::systems(platform, reader).await?;
    Ok(View {
        today: compared::load(asking, web).await?,
        totals: obligation::totals(platform, reader, FIRST).await?,
        counts: obligation::counts(platform, reader, &held, By::Holder, false).await?,
        places: place::places(platform, reader).await?,
        of_list: place::of_list(platform, reader, FIRST).await?,
        outputs: output::newest(platform, reader, &output::Filter::default()).await?,
        due: notice::next_due(platform, reader, SHOWN).await?,
        system: systems.iter().find_map(System::in_force).cloned(),
        has_text: web.demo && !text::of_task(platform, reader, WITH_TEXT).await?.is_empty(),
    })
}

/// The home page. `view=table` shows the places as a table.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let as_table = asking.choice("view", &["table"])?.is_some();
    let view = load(&asking, &web).await?;
    let done = output::tasks_with_output(&view.outputs, FIRST);
    let held = picture::Held {
        counts: &view.counts,
        done: &done,
    };
    let today = view.today.as_ref();
    let done_today = today.map(|today| output::tasks_with_output(&today.outputs, FIRST));
    let held_today = today.zip(done_today.as_ref()).map(|(today, done)| picture::Held {
        counts: &today.counts,
        done,
    });
    let body = html! {
        p.lead { (t!(lang, "home-what")) }
        ul.numbers {
            (number(&asking, "/list", view.totals.tasks, today.map(|t| t.totals.tasks), &t!(lang, "home-tasks")))
            (number(&asking, "/obligations?firm=true&list=first", view.totals.firm, today.map(|t| t.totals.firm), &t!(lang, "home-obligations")))
            (number(&asking, "/measures", view.totals.of_actions, today.map(|t| t.totals.of_actions), &t!(lang, "home-sentences")))
            (number(&asking, "/outputs?demo=false", reported(&view.outputs), today.map(|t| reported(&t.outputs)), &t!(lang, "home-outputs")))
        }
        @if let Some(today) = &held_today { (compared::notice(&asking, &view.places, &view.of_list, &held, today)) }
        div.halves {
            section #places {
                ul.chips.no-print {
                    li { a.chip href=(asking.links.here_with(&[("view", None)])) aria-current=[(!as_table).then_some("true")] { (t!(lang, "home-as-picture")) } }
                    li { a.chip href=(asking.links.here_with(&[("view", Some("table"))])) aria-current=[as_table.then_some("true")] { (t!(lang, "home-as-table")) } }
                    li { a.chip href=(asking.link("/places")) { (t!(lang, "home-all-places")) } }
                }
                @if as_table { (picture::narrow_table(&asking, &view.places, &view.of_list, &held, held_today.as_ref())) }
                @else { (picture::picture(&asking, &view.places, &view.of_list, &held, html! {}, "#doors")) }
                p.picture-note { (t!(lang, "home-outputs-note")) }
            }
            div {
                section #doors tabindex="-1" {
                    header.section-head { h2 { (t!(lang, "home-doors")) } }
                    ul.doors { (place_door(&asking, &view.places)) (task_door(&asking, &view)) (system_door(&asking, &view)) }
                }
                (coming(&asking, &view))
                (newest(&asking, &view))
            }
        }
        (english_note(lang))
    };
    let mut page = Page::new(t!(lang, "home-title"), body)
        .screen(Screen::Home)
        .demo(view.due.iter().any(|d| d.demo));
    if asking.actor().is_some() {
        page = page.actions(html! { a.button.primary href=(asking.link("/desk")) { (t!(lang, "place-open-desk")) } });
    }
    Ok(page)
}

/// A number that opens its rows; what it is today, where that is compared and otherwise.
fn number(asking: &Asking, path: &str, n: i64, today: Option<i64>, what: &str) -> Markup {
    let other = today.filter(|today| *today != n);
    html! { li { a href=(asking.link(path)) {
        strong { (n) } span { (what) @if let Some(other) = other { " " small.now { (t!(asking.lang, "place-today")) " " (other) } } }
    } } }
}

/// A door, where what is behind it exists.
fn door(asking: &Asking, path: &str, name: &str, what: &str) -> Markup {
    html! {
        @if routes::rows().iter().any(|row| crate::links::matches(row.path, path)) {
            li { a href=(asking.link(path)) { strong { (name) } span { (what) } } }
        }
    }
}

/// The reader's own place, or 南京 as an example.
fn place_door(asking: &Asking, places: &[Place]) -> Markup {
    let lang = asking.lang;
    let own: Vec<&String> = asking
        .actor()
        .iter()
        .flat_map(|a| &a.grants)
        .flat_map(|g| &g.places)
        .collect();
    let of = places
        .iter()
        .find(|p| own.contains(&&p.code))
        .or_else(|| places.iter().find(|p| p.code == "320100"));
    html! {
        @if let Some(place) = of {
            @let name = first(lang, &place.short_name()).to_owned();
            (door(asking, &format!("/places/{}", segment(&place.code)), &t!(lang, "home-door-place", name = name), &t!(lang, "home-door-place-text")))
        }
    }
}

/// A task whose way can be followed: in a demonstration with its text, else with its output.
fn task_door(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    if view.has_text {
        let name = t!(lang, "home-door-task");
        return door(
            asking,
            &format!("/tasks/{WITH_TEXT}"),
            &name,
            &t!(lang, "home-door-text-text"),
        );
    }
    door(
        asking,
        "/tasks/first-20",
        &t!(lang, "home-door-task"),
        &t!(lang, "home-door-task-text"),
    )
}

/// An executable standard, to be tried.
fn system_door(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(system) = &view.system {
            @let title = first(lang, &system.title).to_owned();
            (door(asking, &super::system::path(&system.system), &t!(lang, "home-door-system"), &t!(lang, "home-door-system-text", title = title)))
        }
    }
}

/// What is due within seven days; else the next that is.
fn coming(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    let until = asking.reader.as_of.date.saturating_add(6.days());
    let week: Vec<&Due> = view.due.iter().filter(|d| d.due <= until).collect();
    let shown: Vec<&Due> = if week.is_empty() {
        view.due.iter().take(1).collect()
    } else {
        week.clone()
    };
    html! {
        section.section #week {
            header.section-head { h2 { (t!(lang, "home-week")) } p.section-note { (t!(lang, "home-week-until", day = language::date(lang, until))) } }
            @if shown.is_empty() { p.muted { (t!(lang, "place-ahead-none")) } }
            @else if week.is_empty() { p.muted { (t!(lang, "home-week-none")) } }
            @if !shown.is_empty() { ul.lines { @for due in shown { (milestone(asking, view, due)) } } }
        }
    }
}

fn milestone(asking: &Asking, view: &View, due: &Due) -> Markup {
    let lang = asking.lang;
    html! {
        li {
            span.when { (language::date_brief(lang, due.due, asking.reader.today.year())) }
            div {
                a href=(asking.link(&format!("/obligations/{}", segment(&due.obligation)))) { (words::brief(lang, &due.title)) }
                p.muted {
                    (place_name(lang, &view.places, &due.place)) " · " (words::brief(lang, &due.name)) " · "
                    (mixed(lang, &t!(lang, "obligation-set-by", who = named(lang, &due.set_by))))
                    @if due.demo { " " (mark(lang, Mark::Demo)) }
                }
            }
        }
    }
}

/// What came out last.
fn newest(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #newest {
            header.section-head { h2 { (t!(lang, "home-newest")) } p.section-note { a href=(asking.link("/outputs")) { (t!(lang, "home-newest-all")) } } }
            @if view.outputs.is_empty() { p.muted { (t!(lang, "output-none")) } }
            ul.lines { @for o in view.outputs.iter().take(SHOWN.into()) {
                li {
                    span.when { @if let Some(day) = o.published.or(o.reported) { (language::date_brief(lang, day, asking.reader.today.year())) } }
                    div {
                        a href=(asking.link(&format!("/outputs#{}", o.id))) { (words::brief(lang, &o.title)) }
                        p.muted {
                            @if o.place == o.counts_to { (place_name(lang, &view.places, &o.counts_to)) } @else { (whose(lang, o, &view.places)) } " · "
                            @match &o.designation { Some(number) => span.code { (number) }, None => (t!(lang, "output-number-unknown")) }
                            @if o.demo { " " (mark(lang, Mark::Demo)) }
                        }
                    }
                }
            } }
        }
    }
}

fn place_name(lang: Lang, places: &[Place], code: &str) -> String {
    crate::pages::task::place_name(lang, places, code)
}
