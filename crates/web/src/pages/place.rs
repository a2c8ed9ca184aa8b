//! Places: the picture of all, and the page of one.

pub(crate) mod picture;
pub(crate) mod rows;
pub(crate) mod standing;

use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::{Fact, Pressing},
        filters::{self, Filter},
        follow,
        standing::has_passed_unseen,
        words::{self, Mark},
    },
    links::{Screen, segment, with_query},
    page::Sheet,
    pages::{output::outputs_table, task::place_name as place_of},
    routes,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{ToSpan, civil::Date};
use language::{Lang, date, t};
use maud::{Markup, html};
use platform::{
    list::{entering::FIRST, query as list},
    obligation::query::{self as obligation, Obligation, SubjectKind},
    output::query as output,
    people::query::contacts_of_place,
    place::query::{self as place, Place},
    question::Window,
    rights::Action,
};
use standing::{STATES, word};

const TIERS: [&str; 6] = ["national", "industry", "local", "group", "enterprise", "support"];
const CLAIMS: [&str; 4] = ["named", "all", "willing", "relevant"];
const SORTS: [&str; 6] = ["number", "-number", "state", "-state", "due", "-due"];

/// Everything that the page of a place shows.
struct View {
    place: Place,
    tasks: Vec<Obligation>,
    actions: Vec<Obligation>,
    compared: Option<Vec<Obligation>>,
    measures: Vec<list::Measure>,
    outputs: Vec<output::Output>,
    contacts: Vec<platform::people::query::Contact>,
    version: Option<u32>,
    /// The day of the list, where it names the place.
    listed: Option<Date>,
    /// What the place made and a pilot within it is counted for.
    elsewhere: Vec<output::Output>,
    /// Names of the other places to which outputs lead.
    others: Vec<Place>,
}

/// The page of one place.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(code): Path<String>) -> Answer<Response> {
    let place = place::place(&web.platform, &asking.reader, &code).await?;
    if place.code != code {
        let path = asking.lang.path(&format!("/places/{}", segment(&place.code)));
        return Ok(Redirect::temporary(&with_query(&path, &asking.links.query)).into_response());
    }
    let sort = asking.choice("sort", &SORTS)?;
    let wanted = rows::Wanted {
        tier: asking.choice("tier", &TIERS)?,
        state: asking.choice("state", &STATES)?,
        claim: asking.choice("claim", &CLAIMS)?,
    };
    let compare = asking.compares()?;
    let view = load(&asking, &web, place, compare).await?;
    let lang = asking.lang;
    let name = words::first(lang, &view.place.name).to_owned();
    let print = t!(
        lang,
        "place-print-head",
        name = name.as_str(),
        version = view.version.map_or_else(String::new, |v| v.to_string()),
        day = date(lang, asking.reader.as_of.date)
    );
    let demo = view.tasks.iter().chain(&view.actions).any(|o| o.demo) || view.outputs.iter().any(|o| o.demo);
    let named: Vec<Place> = std::iter::once(&view.place).chain(&view.others).cloned().collect();
    let body = html! {
        (ahead(&asking, &view))
        (tools(&asking, &web, &view.place))
        @if asking.actor().is_some() { p.section-note { (t!(lang, "place-picture-signed-in")) } }
        @if view.tasks.iter().any(|o| has_passed_unseen(o, asking.reader.as_of.date)) { p.section-note { (t!(lang, "due-passed-note")) } }
        (standing::english_note(lang))
        div data-results="" #results {
            (rows::tasks(&asking, &view.tasks, view.compared.as_deref(), &view.outputs, &wanted, sort, &print))
        }
        (rows::commitments(&asking, &view.actions, &view.measures))
        section.section #outputs {
            header.section-head { h2 { (t!(lang, "place-outputs")) } p.section-note { (t!(lang, "place-outputs-note")) } }
            @if !view.outputs.is_empty() || view.elsewhere.is_empty() {
                (outputs_table(&asking, &view.outputs, &named, &view.measures))
            }
            (elsewhere(&asking, &view))
        }
        (contact(&asking, &view))
        div.signatures.print-only { p { (t!(lang, "place-sign-prepared")) } p { (t!(lang, "place-sign-checked")) } p { (t!(lang, "place-sign-issued")) } }
    };
    let followed = follow::control(&asking, &web, &follow::place(&view.place.code)).await?;
    let mut page = Page::new(name, body)
        .screen(Screen::Places)
        .slim(note(lang, &view))
        .sheet(Sheet::A3)
        .actions(followed)
        .demo(demo);
    if lang == Lang::En {
        page = page.heading(standing::title(lang, &view.place.name));
    }
    for fact in head(&asking, &web, &view) {
        page = page.fact(fact);
    }
    Ok(page.into_response())
}

async fn load(asking: &Asking, web: &Web, place: Place, compare: bool) -> Answer<View> {
    let platform = &web.platform;
    let filter = obligation::Filter {
        list: Some(FIRST.to_owned()),
        place: Some(place.code.clone()),
        subject_kind: Some(SubjectKind::Any),
        ..obligation::Filter::default()
    };
    let found = obligation::obligations(platform, &asking.reader, &filter, &Window::of(200)).await?;
    let (tasks, actions) = found.items.into_iter().partition(|o| o.subject_kind == "task");
    let compared = if compare {
        Some(
            obligation::obligations(platform, &asking.reader_today(), &filter, &Window::of(200))
                .await?
                .items,
        )
    } else {
        None
    };
    let of_place = output::Filter {
        made_or_counted: Some(place.code.clone()),
        ..output::Filter::default()
    };
    let as_of = asking.reader.as_of;
    let (outputs, elsewhere): (Vec<_>, Vec<_>) = output::newest(platform, &asking.reader, &of_place)
        .await?
        .into_iter()
        .partition(|o| o.counts_to == place.code);
    let codes: Vec<String> = outputs
        .iter()
        .chain(&elsewhere)
        .flat_map(|o| [&o.place, &o.counts_to])
        .filter(|code| **code != place.code)
        .cloned()
        .collect();
    let versions = list::versions(platform, FIRST).await?;
    Ok(View {
        outputs,
        elsewhere,
        others: place::of_codes(platform, &asking.reader, &codes).await?,
        listed: versions
            .iter()
            .find(|v| v.places.contains(&place.code))
            .and_then(|_| versions.iter().map(|v| v.in_force).min()),
        contacts: contacts_of_place(platform, &place.code, as_of).await?,
        measures: list::measures(platform, FIRST).await?,
        version: versions
            .iter()
            .find(|v| v.in_force <= as_of.date && v.position <= as_of.known)
            .map(|v| v.version),
        place,
        tasks,
        actions,
        compared,
    })
}

fn note(lang: Lang, view: &View) -> String {
    let mut parts = vec![match view.place.level.as_str() {
        "city" => t!(lang, "place-level-city"),
        _ => t!(lang, "place-level-province"),
    }];
    if !view.place.prefix.is_empty() {
        parts.push(view.place.prefix.clone());
    }
    match (&view.place.pilot, view.listed) {
        // The day of the list is not the day from which the place is a pilot, which no document here tells.
        (Some((since, _)), Some(day)) if *since == day => {
            parts.push(t!(lang, "place-in-list-since", day = date(lang, day)));
        }
        (Some((since, _)), _) => parts.push(t!(lang, "place-pilot-since", day = date(lang, *since))),
        (None, _) => {}
    }
    if let Some(version) = view.version {
        parts.push(t!(lang, "frame-version", version = version));
    }
    parts.join(" · ")
}

/// The four questions.
fn head(asking: &Asking, web: &Web, view: &View) -> Vec<Fact> {
    let lang = asking.lang;
    let count = |wanted: &str| view.tasks.iter().filter(|o| o.state == wanted).count();
    let stands = html! {
        a href=(asking.links.here_with(&[("state", None), ("tier", None), ("claim", None)])) { (t!(lang, "place-tasks", count = view.tasks.len())) }
        @for id in STATES {
            @if count(id) > 0 { "\u{a0}· " a href=(asking.links.here_with(&[("state", Some(id))])) { (word(lang, "state", id)) " " (count(id)) } }
        }
    };
    let body = rows::main_holder(&view.tasks).or_else(|| rows::main_holder(&view.actions));
    let hands = html! { @if let Some(o) = body { (words::first(lang, &o.holder.organization_name)) } @else { (t!(lang, "place-nobody")) } };
    // A day that has passed is told to those who may know of it; to all others the next one that is to come.
    let open = |o: &&Obligation| {
        let ahead = o
            .next
            .as_ref()
            .is_some_and(|n| n.due >= asking.reader.as_of.date || o.late == Some(true));
        ahead && !matches!(o.state.as_str(), "delivered" | "closed")
    };
    let soonest = view
        .tasks
        .iter()
        .chain(&view.actions)
        .filter(open)
        .min_by_key(|o| o.next.as_ref().map(|n| n.due));
    let (when, pressing) = match soonest.and_then(|o| o.next.as_ref().map(|n| (o, n))) {
        None => (html! { (t!(lang, "place-no-date")) }, Pressing::No),
        Some((o, next)) => {
            let left = web.platform.calendar().days_left(asking.reader.as_of.date, next.due);
            let markup = html! {
                a href=(asking.link(&format!("/obligations/{}", segment(&o.id)))) {
                    @if o.number > 0 { (t!(lang, "task-number", number = o.number)) } @else { (word(lang, "strength", &o.strength)) }
                }
                " · "
                @if left.calendar >= 0 || o.late == Some(true) { (language::days_left(lang, left.calendar, left.working)) (words::unsettled(lang, left)) " · " }
                (date(lang, next.due)) " · " (words::known_name(lang, &next.set_by))
            };
            (
                markup,
                if o.late == Some(true) {
                    Pressing::Overdue
                } else {
                    Pressing::No
                },
            )
        }
    };
    let own = asking.reach(web, Action::ReportProgress).covers_place(&view.place.code);
    let desk = routes::rows().iter().any(|row| row.path == "/desk");
    let next = html! {
        @if own && desk { a href=(asking.link("/desk")) { (t!(lang, "place-open-desk")) } }
        @else if asking.actor().is_some() { (t!(lang, "place-nothing-for-you")) }
        @else { (t!(lang, "place-nothing-to-do")) }
    };
    vec![
        Fact::new(t!(lang, "facts-where"), stands),
        Fact::new(t!(lang, "facts-who"), hands),
        Fact::new(t!(lang, "facts-when"), when).pressing(pressing),
        Fact::new(t!(lang, "facts-next"), next),
    ]
}

fn tools(asking: &Asking, web: &Web, place: &Place) -> Markup {
    let lang = asking.lang;
    let choices = |kind: &'static str, ids: &[&'static str]| -> Vec<(String, String)> {
        ids.iter().map(|id| ((*id).to_owned(), word(lang, kind, id))).collect()
    };
    let all = [
        Filter::choose("tier", t!(lang, "place-tier"), choices("tier", &TIERS)),
        Filter::choose("state", t!(lang, "place-state"), choices("state", &STATES)),
        Filter::choose("claim", t!(lang, "place-claim"), choices("claim", &CLAIMS)),
    ];
    html! {
        div.table-tools {
            (filters::filters(asking, &all))
            div.table-tools-end {
                a href="#contact" { (t!(lang, "place-contact")) }
                a.button.small href=(asking.link(&format!("/places/{}/workbook.xlsx", place.code))) { (t!(lang, "action-download-workbook")) }
                @if asking.reach(web, Action::ReportProgress).covers_place(&place.code) {
                    a.button.small href=(asking.link(&format!("/upload?what={}", place.code))) { (t!(lang, "action-upload-workbook")) }
                }
                a.button.small.quiet href=(asking.link(&format!("/history/place/{}", place.code))) { (t!(lang, "action-history")) }
            }
        }
    }
}

/// So many of what is ahead stand above the rows; the rest unfolds.
const AHEAD_SHOWN: usize = 3;

/// What is announced for the next ninety days, each with its page.
fn ahead(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    let from = asking.reader.as_of.date;
    let until = from.saturating_add(90.days());
    let mut coming: Vec<&Obligation> = view
        .tasks
        .iter()
        .chain(&view.actions)
        .filter(|o| !matches!(o.state.as_str(), "delivered" | "closed"))
        .filter(|o| o.next.as_ref().is_some_and(|n| n.due >= from && n.due <= until))
        .collect();
    coming.sort_by_key(|o| o.next.as_ref().map(|n| n.due));
    let (first, rest) = coming.split_at(coming.len().min(AHEAD_SHOWN));
    html! {
        section.section.no-print #ahead {
            header.section-head { h2 { (t!(lang, "place-ahead")) } p.section-note { (t!(lang, "place-ahead-until", day = date(lang, until))) } }
            @if coming.is_empty() { p { (t!(lang, "place-ahead-none")) } } @else {
                ul.lines { @for o in first { (to_come(asking, o)) } }
                @if !rest.is_empty() {
                    details.disclosure { summary { (t!(lang, "place-ahead-more", count = rest.len())) } ul.lines { @for o in rest { (to_come(asking, o)) } } }
                }
            }
        }
    }
}

fn to_come(asking: &Asking, o: &Obligation) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(next) = &o.next {
            li {
                span.when { (language::date_brief(lang, next.due, asking.reader.today.year())) }
                div {
                    a href=(asking.link(&format!("/obligations/{}", segment(&o.id)))) {
                        @if o.number > 0 { (t!(lang, "task-number", number = o.number)) " " } (words::brief(lang, &o.title))
                    }
                    " " span.muted {
                        (words::brief(lang, &next.name)) " · " (words::known_name(lang, &next.set_by))
                        @if o.demo { " " (words::mark(lang, Mark::Demo)) }
                    }
                }
            }
        }
    }
}

/// What the place made and a pilot within it is counted for, with the way there.
fn elsewhere(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    html! {
        @if !view.elsewhere.is_empty() {
            p { (t!(lang, "output-counted-elsewhere", made = words::first(lang, &view.place.short_name()))) }
            ul { @for o in &view.elsewhere { li {
                a href=(asking.link(&format!("/places/{}#outputs", segment(&o.counts_to)))) { (place_of(lang, &view.others, &o.counts_to)) }
                " · " a href=(asking.link(&format!("/outputs/{}", segment(&o.id)))) { (standing::title(lang, &o.title)) }
                @if o.demo { " " (words::mark(lang, Mark::Demo)) }
            } } }
        }
    }
}

/// Whom to ask; where no desk says how it is reached, the body that holds most, to be asked itself.
fn contact(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    let body = rows::main_holder(&view.tasks).or_else(|| rows::main_holder(&view.actions));
    html! {
        section.section.no-print #contact {
            header.section-head { h2 { (t!(lang, "place-contact")) } }
            @if view.contacts.is_empty() {
                @match body {
                    Some(o) => p { strong { (words::text(lang, &o.holder.organization_name)) } " · " (t!(lang, "place-contact-of-body")) },
                    None => p { (t!(lang, "place-no-contact-long")) },
                }
            }
            @for contact in &view.contacts {
                p {
                    strong { (words::text(lang, &contact.organization_name)) } " · " (words::text(lang, &contact.desk_name)) " · "
                    (words::known_name(lang, &contact.contact))
                }
            }
        }
    }
}
