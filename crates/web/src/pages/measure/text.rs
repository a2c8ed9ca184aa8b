//! One measure: its text as published, each sentence as an action, the tasks and outputs that serve it.

use super::number;
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{follow, words},
    links::Screen,
    pages::{
        output::outputs_table,
        place::standing::{english_note, foreign, state, taken_up, task_link, title, word},
    },
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::{
        entering::FIRST,
        query::{self as list, Action, Measure, Task},
    },
    obligation::{
        facts::id_of,
        query::{self as obligation, By, Counts, SubjectKind},
    },
    output::query as output,
    place::query::{self as place, Place},
    refusal::Refusal,
};
use std::collections::BTreeMap;

struct View {
    measure: Measure,
    actions: Vec<Action>,
    tasks: Vec<(Task, String)>,
    counts: Counts,
    place: Option<Place>,
}

/// The page of one measure; with `place=`, as that place holds it.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(asked): Path<String>) -> Answer<Page> {
    let (platform, reader, lang) = (&web.platform, &asking.reader, asking.lang);
    let measures = list::measures(platform, FIRST).await?;
    let measure = measures
        .iter()
        .find(|m| m.number == asked)
        .cloned()
        .ok_or_else(Refusal::unseen)?;
    let places = place::places(platform, reader).await?;
    let place = match asking.links.get("place") {
        None => None,
        Some(name) => {
            let fits = |p: &&Place| {
                p.code == name || p.short == name || p.name.zh == name || (!p.prefix.is_empty() && p.prefix == name)
            };
            Some(places.iter().find(fits).cloned().ok_or_else(Refusal::unseen)?)
        }
    };
    let mut filter = obligation::Filter {
        list: Some(FIRST.to_owned()),
        ..obligation::Filter::default()
    };
    if let Some(place) = &place {
        filter.subject_kind = Some(SubjectKind::Any);
        filter.place = Some(place.code.clone());
    } else {
        filter.subject_kind = Some(SubjectKind::Action);
        filter.measure = Some(measure.number.clone());
    }
    let counts = obligation::counts(platform, reader, &filter, By::Subject, true).await?;
    let mut tasks = list::tasks_of_measure(platform, reader, FIRST, &measure.number).await?;
    if place.is_some() {
        tasks.retain(|(task, _)| counts.contains_key(&task.id));
    }
    let mut outputs = output::newest(
        platform,
        reader,
        &output::Filter {
            in_list: Some(false),
            ..output::Filter::default()
        },
    )
    .await?;
    outputs.retain(|o| o.measures.contains(&measure.number) && place.as_ref().is_none_or(|p| o.counts_to == p.code));
    let actions = list::actions(platform, FIRST, Some(&measure.number)).await?;
    let view = View {
        measure,
        actions,
        tasks,
        counts,
        place,
    };
    let name = words::first(lang, &view.measure.title).to_owned();
    let followed = follow::control(&asking, &web, &follow::measure(&view.measure.number)).await?;
    let mut page = Page::new(
        name,
        html! {
            (english_note(lang))
            @if let Some(place) = &view.place {
                div.notice { p {
                    (t!(lang, "measure-of-place", place = words::first(lang, &place.name))) " "
                    a href=(asking.links.here_with(&[("place", None)])) { (t!(lang, "measure-all-places")) }
                } }
            }
            (published(&asking, &view.measure))
            (sentences(&asking, &view, &places))
            (tasks_table(&asking, &view, &places))
            section.section {
                header.section-head { h2 { (t!(lang, "measure-outputs")) } }
                (outputs_table(&asking, &outputs, &places, &measures))
            }
        },
    )
    .screen(Screen::Measures)
    .crumb(t!(lang, "screen-measures"), "/measures")
    .kicker(number(lang, &view.measure.number))
    .actions(html! { a.button.quiet href=(asking.link(&format!("/history/measure/{}", view.measure.id))) { (t!(lang, "action-history")) } (followed) });
    if lang == Lang::En {
        page = page.heading(title(lang, &view.measure.title));
    }
    Ok(page)
}

/// Where a text stands in the document.
fn lines(lang: Lang, (first, last): (u32, u32)) -> String {
    if first == last {
        t!(lang, "measure-line", line = first)
    } else {
        t!(lang, "measure-lines", first = first, last = last)
    }
}

/// The text as it was published.
fn published(asking: &Asking, measure: &Measure) -> Markup {
    let lang = asking.lang;
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "measure-published")) } }
            blockquote.source-line {
                p lang="zh-Hans" { (measure.text) }
                footer { a href=(asking.link(&format!("/lists/{}/text#line-{}", measure.list, measure.line.0))) { (lines(lang, measure.line)) } }
            }
        }
    }
}

/// Each sentence with its strength, whom it asks, and how many have taken it up.
fn sentences(asking: &Asking, view: &View, places: &[Place]) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #sentences {
            header.section-head { h2 { (t!(lang, "measure-sentences")) } p.section-note { (t!(lang, "measure-sentences-note")) } }
            @for action in &view.actions {
                article.card #(action.id) {
                    h3 { (title(lang, &action.sentence)) }
                    p {
                        strong { (word(lang, "strength", &action.strength)) } " · "
                        (who(lang, action)) " · "
                        a href=(asking.link(&format!("/lists/{}/text#line-{}", view.measure.list, action.line.0))) { (lines(lang, action.line)) } " · "
                        a href=(asking.link(&format!("/history/action/{}", action.id))) { (t!(lang, "action-history")) }
                    }
                    (held(asking, view, action, places))
                }
            }
        }
    }
}

fn who(lang: Lang, action: &Action) -> String {
    let names: Vec<String> = action
        .who
        .iter()
        .map(|id| language::text(lang, &format!("measure-who-{}", id.replace('_', "-"))))
        .collect();
    if names.is_empty() {
        t!(lang, "measure-who-unnamed")
    } else {
        language::list(lang, &names, language::Join::And)
    }
}

/// Whether places or their authorities are among those whom a sentence asks. Where they are not, the pilots report on what
/// they do for whom it asks.
fn asks_places(action: &Action) -> bool {
    let parties = ["places", "place_commerce_bureaus", "localities", "all_concerned"];
    let ministries = ["mofcom", "samr", "guiding_ministries", "relevant_ministries"];
    action.who.is_empty()
        || action
            .who
            .iter()
            .any(|who| parties.contains(&who.as_str()) || ministries.contains(&who.as_str()))
}

/// Where the obligation of a place is shown, or the rows of all ministries.
fn rows_of(action: &Action, place: &str) -> String {
    if place.is_empty() {
        format!("/obligations?subject=action&action={}", action.id)
    } else {
        format!("/obligations/{}", id_of(&action.id, place))
    }
}

/// Where a sentence stands, place by place.
fn held(asking: &Asking, view: &View, action: &Action, places: &[Place]) -> Markup {
    let lang = asking.lang;
    let nothing = BTreeMap::new();
    let by_place = view.counts.get(&action.id).unwrap_or(&nothing);
    let up: i64 = by_place
        .values()
        .flatten()
        .filter(|(state, _)| !matches!(state.as_str(), "unreported" | "unassigned"))
        .map(|(_, n)| n)
        .sum();
    let all: i64 = by_place.values().flatten().map(|(_, n)| n).sum();
    let must = action.strength == "must";
    html! {
        @if all > 0 {
            @if !asks_places(action) { p.section-note { (t!(lang, "measure-held-for", who = who(lang, action))) } }
            details.disclosure open[view.place.is_some()] {
                summary { @if must { (t!(lang, "measure-reported", up = up, all = all)) } @else { (t!(lang, "measure-held", up = up, all = all)) } }
                table.table.compact {
                    thead { tr { th scope="col" { (t!(lang, "place-place")) } th scope="col" { (t!(lang, "place-state")) } } }
                    tbody {
                        @for (code, states) in by_place {
                            tr {
                                th scope="row" {
                                    @match places.iter().find(|p| p.code == *code) {
                                        Some(place) => a href=(asking.link(&format!("/places/{code}#commitments"))) { (words::first(lang, &place.name)) },
                                        None => (t!(lang, "measure-ministries")),
                                    }
                                }
                                td {
                                    a href=(asking.link(&rows_of(action, code))) {
                                        @for (id, n) in states {
                                            @if must { (state(lang, id)) } @else { (taken_up(lang, id)) }
                                            @if *n > 1 { " × " (n) }
                                            " "
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The places of a task as the list writes them; English readers meet the names they know, with the Chinese beside.
fn as_written(lang: Lang, written: &str, places: &[Place]) -> Markup {
    let names: Option<Vec<String>> = written
        .split('、')
        .map(|name| {
            let place = places.iter().find(|p| p.short == name || p.name.zh == name)?;
            Some(words::first(lang, &place.short_name()).to_owned())
        })
        .collect();
    match names {
        Some(names) if lang == Lang::En => html! {
            (language::list(lang, &names, language::Join::And)) " " small.original lang="zh-Hans" { (written) }
        },
        _ => html! { span lang=[foreign(lang, written)] { (written) } },
    }
}

fn tasks_table(asking: &Asking, view: &View, places: &[Place]) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #tasks {
            header.section-head { h2 { (t!(lang, "measure-tasks")) " " span.rail-count { (view.tasks.len()) } } p.section-note { (t!(lang, "measure-tasks-note")) } }
            @if view.tasks.is_empty() {
                div.empty { p { (t!(lang, "measure-no-tasks")) } }
            } @else {
                div.table-frame {
                    table.table.compact data-list="" data-unfold=(t!(lang, "table-details")) {
                        caption.visually-hidden { (t!(lang, "measure-tasks")) }
                        thead { tr {
                            th.number scope="col" { (t!(lang, "place-number")) }
                            th.title scope="col" { (t!(lang, "place-task")) }
                            th.more scope="col" { (t!(lang, "place-tier")) }
                            th.more scope="col" { (t!(lang, "measure-places")) }
                            @if view.place.is_some() { th scope="col" { (t!(lang, "place-state")) } }
                            th scope="col" { (t!(lang, "measure-link")) }
                        } }
                        tbody {
                            @for (task, link) in &view.tasks {
                                tr {
                                    th.number scope="row" { (task.number) }
                                    td.title { (task_link(asking, &task.id, title(lang, &task.title))) }
                                    td.more { (word(lang, "tier", task.tier.id())) }
                                    td.more.wrap { (as_written(lang, &task.places_as_written, places)) }
                                    @if view.place.is_some() {
                                        td { @for id in view.counts.get(&task.id).into_iter().flat_map(BTreeMap::values).flat_map(BTreeMap::keys) { (state(lang, id)) } }
                                    }
                                    td { @match link.as_str() {
                                        "confirmed" => (t!(lang, "measure-confirmed")),
                                        "proposed" => span.mark { (t!(lang, "measure-proposed")) },
                                        _ => span.mark { (t!(lang, "measure-unconfirmed")) },
                                    } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
