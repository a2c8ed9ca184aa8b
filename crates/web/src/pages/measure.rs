//! Measures × places: the coverage matrix, and the page of one measure.

pub(crate) mod text;

use crate::{
    Answer, Asking, Page, Web,
    components::words,
    links::Screen,
    page::Sheet,
    pages::place::standing::{english_note, level, level_number},
};
use axum::extract::State;
use jiff::ToSpan;
use language::{Lang, date, t};
use maud::{Markup, PreEscaped, html};
use platform::{
    list::{
        entering::FIRST,
        query::{self as list, Measure, TaskLink},
    },
    obligation::{
        coverage::{self, Cell},
        query::{self as obligation, By, Counts, SubjectKind, Totals},
    },
    place::query::{self as place, Place},
};
use std::collections::BTreeMap;

/// After so many days without a fact a cell is amber, for those who may read lateness (S01).
const SILENT_DAYS: i64 = 90;

/// The number of a measure as people say it; nothing for the parts without one.
pub(crate) fn number(lang: Lang, number: &str) -> String {
    match number {
        "overall" | "safeguard" => String::new(),
        n => t!(lang, "measure-number", number = n),
    }
}

struct View {
    totals: Totals,
    measures: Vec<Measure>,
    places: Vec<Place>,
    tasks: Counts,
    actions: Counts,
    links: Vec<TaskLink>,
    last: BTreeMap<Cell, Option<jiff::civil::Date>>,
}

/// The coverage matrix.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let (platform, reader, lang) = (&web.platform, &asking.reader, asking.lang);
    let of_list = place::of_list(platform, reader, FIRST).await?;
    let filter = |kind| obligation::Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(kind),
        ..obligation::Filter::default()
    };
    let mut places = place::places(platform, reader).await?;
    places.retain(|p| of_list.contains(&p.code));
    let view = View {
        totals: obligation::totals(platform, reader, FIRST).await?,
        measures: list::measures(platform, FIRST).await?,
        places,
        tasks: obligation::counts(platform, reader, &filter(SubjectKind::Task), By::Measure, true).await?,
        actions: obligation::counts(platform, reader, &filter(SubjectKind::Action), By::ActionMeasure, true).await?,
        links: list::links(platform, reader, None).await?,
        last: coverage::last_facts(platform, reader, FIRST).await?,
    };
    let unconfirmed = view.links.iter().filter(|l| l.link != "confirmed").count();
    Ok(Page::new(t!(lang, "measure-title"), html! {
        (totals(&asking, view.totals))
        @if unconfirmed > 0 { p.section-note { span.mark { (t!(lang, "measure-unconfirmed")) } " " (t!(lang, "measure-unconfirmed-notice", count = unconfirmed, total = view.links.len())) } }
        (english_note(lang))
        (legend(lang, !view.last.is_empty()))
        p.section-note { (t!(lang, "measure-cells")) }
        p.section-note { (t!(lang, "measure-levels")) }
        (matrix(&asking, &view))
        div.signatures.print-only { p { (t!(lang, "place-sign-prepared")) } p { (t!(lang, "place-sign-checked")) } p { (t!(lang, "place-sign-issued")) } }
    })
    .screen(Screen::Measures)
    .actions(html! { a.button.small href=(asking.link("/measures.xlsx")) { (t!(lang, "action-download-workbook")) } })
    .sheet(Sheet::A3)
    .slim(t!(lang, "measure-note")))
}

/// The two numbers of the home page that the cells divide, each opening its rows.
fn totals(asking: &Asking, totals: Totals) -> Markup {
    let lang = asking.lang;
    html! {
        p.lead {
            a href=(asking.link("/obligations?firm=true&list=first")) { (t!(lang, "measure-total-firm", count = totals.firm)) }
            " + "
            a href=(asking.link("/obligations?subject=action&list=first")) { (t!(lang, "measure-total-sentences", count = totals.of_actions)) }
        }
    }
}

fn legend(lang: Lang, judges: bool) -> Markup {
    let levels = [
        t!(lang, "place-level-0"),
        t!(lang, "place-level-1"),
        t!(lang, "place-level-2"),
        t!(lang, "place-level-3"),
        t!(lang, "place-level-4"),
    ];
    html! {
        ul.chips {
            @for (word, level) in levels.iter().zip(chart::Level::ALL) { li { (PreEscaped(chart::swatch(word, level))) " " (word) } }
            @if judges { li { span.state.soon { (t!(lang, "measure-silent", days = SILENT_DAYS)) } } }
        }
    }
}

fn matrix(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    let day = date(lang, asking.reader.as_of.date);
    html! {
        div.table-frame.wide tabindex="0" role="region" aria-labelledby="matrix-caption" {
            table.table.matrix #matrix {
                caption.visually-hidden #matrix-caption { (t!(lang, "measure-caption")) }
                thead {
                    tr.print-head { th colspan=(view.places.len() + 2) { (t!(lang, "measure-print-head", day = day)) } }
                    tr {
                        th.first scope="col" { (t!(lang, "measure-measure")) }
                        @for place in &view.places {
                            th scope="col" {
                                a href=(asking.link(&format!("/places/{}", place.code))) { (words::first(lang, &place.short_name())) }
                            }
                        }
                        th scope="col" { (t!(lang, "measure-ministries")) }
                    }
                }
                tbody {
                    @for measure in &view.measures {
                        tr {
                            th scope="row" { (row_head(asking, view, measure)) }
                            @for place in &view.places { td { (cell(asking, view, measure, &place.code, words::first(lang, &place.name))) } }
                            td { (cell(asking, view, measure, "", &t!(lang, "measure-ministries"))) }
                        }
                    }
                }
            }
        }
    }
}

fn row_head(asking: &Asking, view: &View, measure: &Measure) -> Markup {
    let lang = asking.lang;
    // Said once above where it holds of all of them; a mark on every row tells nothing.
    let some_confirmed = view.links.iter().any(|l| l.link == "confirmed");
    let mut links = view.links.iter().filter(|l| l.measure == measure.number).peekable();
    let bare = some_confirmed && links.peek().is_some() && links.all(|l| l.link != "confirmed");
    html! {
        @if lang == Lang::En { (measure.number.parse::<u8>().map_or_else(|_| String::new(), |n| n.to_string())) } @else { (number(lang, &measure.number)) }
        " " @if bare { span.mark { (t!(lang, "measure-unconfirmed")) } " " }
        a href=(asking.link(&format!("/measures/{}", measure.number))) title=(words::first(lang, &measure.title)) { (words::first(lang, &measure.title)) }
    }
}

fn cell(asking: &Asking, view: &View, measure: &Measure, place: &str, name: &str) -> Markup {
    let lang = asking.lang;
    let of = |counts: &Counts| {
        counts
            .get(&measure.number)
            .and_then(|by| by.get(place))
            .cloned()
            .unwrap_or_default()
    };
    let (tasks, actions) = (of(&view.tasks), of(&view.actions));
    let sum = |states: &BTreeMap<String, i64>| states.values().sum::<i64>();
    let (of_tasks, of_actions) = (sum(&tasks), sum(&actions));
    if of_tasks + of_actions == 0 {
        return html! { span.cell aria-label=(t!(lang, "measure-cell-none", place = name)) { "–" } };
    }
    let mut all = tasks;
    for (state, n) in actions {
        *all.entry(state).or_default() += n;
    }
    let done: i64 = ["delivered", "closed"].iter().filter_map(|state| all.get(*state)).sum();
    let since = asking.reader.as_of.date.saturating_sub(SILENT_DAYS.days());
    let silent = view
        .last
        .get(&(measure.number.clone(), place.to_owned()))
        .is_some_and(|last| last.is_none_or(|day| day < since));
    let says = t!(
        lang,
        "measure-cell",
        place = name,
        tasks = of_tasks,
        actions = of_actions,
        done = done
    );
    let path = if place.is_empty() {
        format!("/measures/{}", measure.number)
    } else {
        format!("/measures/{}?place={place}", measure.number)
    };
    html! {
        a.cell.silent[silent] data-level=(level_number(level(&all))) href=(asking.link(&path)) title=(says) {
            span aria-hidden="true" { (of_tasks) "+" (of_actions) @if done > 0 { " ●" (done) } @if silent { " ▲" } }
            span.visually-hidden { (says) @if silent { " · " (t!(lang, "measure-silent", days = SILENT_DAYS)) } }
        }
    }
}
