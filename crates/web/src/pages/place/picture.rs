//! All places: a tile for each province, and the table behind the picture.

use super::standing::{STATES, level, word};
use crate::{
    Answer, Asking, Page, Web,
    components::{
        table::{Column, Row, Set, Table, arrange, tools},
        words,
    },
    links::Screen,
    page::Sheet,
};
use axum::extract::State;
use chart::{Tile, tile_grid};
use language::{Lang, date, t};
use maud::{Markup, PreEscaped, html};
use platform::{
    list::entering::FIRST,
    obligation::query::{self as obligation, By, Counts, SubjectKind},
    output::query::{self as output, tasks_with_output},
    place::query::{self as place, Place},
};
use std::collections::{BTreeMap, BTreeSet};

/// The picture of the places, and its table.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let places = place::places(&web.platform, &asking.reader).await?;
    let of_list = place::of_list(&web.platform, &asking.reader, FIRST).await?;
    let filter = obligation::Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    let counts = obligation::counts(&web.platform, &asking.reader, &filter, By::Holder, false).await?;
    let outputs = output::newest(&web.platform, &asking.reader, &output::Filter::default()).await?;
    let mut came_out: BTreeMap<&str, usize> = BTreeMap::new();
    for output in &outputs {
        *came_out.entry(output.counts_to.as_str()).or_default() += 1;
    }
    let done = tasks_with_output(&outputs, FIRST);
    let (pilots, _) = counted(&places, &of_list);
    let table = table(
        &asking,
        &of_list,
        &lines(&asking, &places, &of_list, &counts, &came_out)?,
    );
    Ok(Page::new(t!(lang, "screen-places"), html! {
        (picture(&asking, &places, &of_list, &Held { counts: &counts, done: &done }, html! { p.no-print { a href="#places" { (t!(lang, "chart-as-table")) } } }, "#table"))
        section.section #table tabindex="-1" {
            (tools(html! { h2 { (t!(lang, "place-table")) } }, table.chooser(&asking)))
            (table.draw(&asking))
            p.section-note { (t!(lang, "place-table-note")) " " (t!(lang, "place-table-outputs")) " " (t!(lang, "place-pilot-note")) @if asking.actor().is_some() { " " (t!(lang, "place-picture-signed-in")) } }
        }
    })
    .screen(Screen::Places)
    .actions(html! { a.button.small href=(asking.link("/places.xlsx")) { (t!(lang, "action-download-workbook")) } })
    .sheet(Sheet::A3)
    .slim(t!(lang, "place-all-note", pilots = pilots)))
}

/// What the places hold, by state, and of which of their tasks a standard came out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held<'a> {
    /// Their obligations by state, as far as the reader may see it.
    pub(crate) counts: &'a Counts,
    /// Tasks with a public output, by place: the same for every reader.
    pub(crate) done: &'a BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl Held<'_> {
    /// How many obligations of a place stand where.
    pub(crate) fn states(&self, place: &str) -> Option<&BTreeMap<String, i64>> {
        states(self.counts, place)
    }

    /// Of how many tasks of a place a standard came out.
    pub(crate) fn with_output(&self, place: &str) -> usize {
        self.done.get(place).map_or(0, BTreeSet::len)
    }
}

/// The places of the list, and the pilots outside it.
fn counted(places: &[Place], of_list: &[String]) -> (usize, usize) {
    let pilots = places.iter().filter(|p| of_list.contains(&p.code)).count();
    let others = places
        .iter()
        .filter(|p| p.pilot.is_some() && !of_list.contains(&p.code))
        .count();
    (pilots, others)
}

/// The tile grid with its finding, its key and its source; `below` leads to the same as a table, and the first link leads
/// whoever goes by keyboard past the tiles to `past`.
pub(crate) fn picture(
    asking: &Asking,
    places: &[Place],
    of_list: &[String],
    held: &Held<'_>,
    below: Markup,
    past: &str,
) -> Markup {
    let lang = asking.lang;
    let (pilots, others) = counted(places, of_list);
    let title = t!(lang, "place-picture", pilots = pilots, others = others);
    html! {
        a.skip-past href=(past) { (t!(lang, "place-skip-picture")) }
        figure.picture {
            figcaption { (title) }
            (legend(lang))
            (PreEscaped(grid(asking, places, of_list, held, &title)))
            p.picture-note { (t!(lang, "place-picture-note")) " " (t!(lang, "place-picture-source", day = date(lang, asking.reader.as_of.date))) }
            p.picture-note { (t!(lang, "place-picture-rule")) @if asking.actor().is_some() { " " (t!(lang, "place-picture-signed-in")) } }
            (below)
        }
    }
}

/// The places of the list and what they hold, as narrow as half a page.
/// `today` is what another day is compared with.
pub(crate) fn narrow_table(
    asking: &Asking,
    places: &[Place],
    of_list: &[String],
    held: &Held<'_>,
    today: Option<&Held<'_>>,
) -> Markup {
    let lang = asking.lang;
    // Rows add up: what stands in a state that no row is in needs no column.
    let any = |held: &Held<'_>, id: &str| {
        let of = |place: &Place| held.states(&place.code).and_then(|s| s.get(id)).copied();
        places.iter().filter_map(of).any(|n| n > 0)
    };
    let shown: Vec<&str> = ["delivered", "in_progress", "blocked", "unreported"]
        .into_iter()
        .chain(
            ["unassigned", "closed"]
                .into_iter()
                .filter(|id| any(held, id) || today.is_some_and(|today| any(today, id))),
        )
        .collect();
    html! {
        div.table-frame { table.table.compact data-list="" {
            caption.visually-hidden { (t!(lang, "place-table")) }
            thead { tr {
                th scope="col" { (t!(lang, "place-place")) }
                th.number scope="col" { (t!(lang, "place-held")) }
                th.number scope="col" { (t!(lang, "place-with-output")) }
                @for id in &shown { th.number scope="col" { (word(lang, "state", id)) } }
            } }
            tbody { @for place in places.iter().filter(|p| of_list.contains(&p.code)) {
                @let cells = cells(held, &place.code, &shown);
                @let now = today.map(|today| self::cells(today, &place.code, &shown));
                tr.is-changed[now.as_ref().is_some_and(|now| *now != cells)] {
                    th scope="row" { a href=(asking.link(&format!("/places/{}", place.code))) { (words::first(lang, &place.short_name())) } }
                    @for (at, n) in cells.iter().enumerate() {
                        td.number {
                            (n)
                            @if let Some(other) = now.as_ref().and_then(|now| now.get(at)).filter(|other| *other != n) { div.now { small { (t!(lang, "place-today")) " " (other) } } }
                        }
                    }
                }
            } }
        } }
        p.picture-note { (t!(lang, "place-picture-rule")) @if asking.actor().is_some() { " " (t!(lang, "place-picture-signed-in")) } }
    }
}

/// What a row of the narrow table says of a place: held, with a public output, and in each of some states.
fn cells(held: &Held<'_>, place: &str, shown: &[&str]) -> Vec<i64> {
    let states = held.states(place);
    let of = |id: &str| states.and_then(|s| s.get(id)).copied().unwrap_or(0);
    let mut cells = vec![
        states.map_or(0, |s| s.values().sum()),
        i64::try_from(held.with_output(place)).unwrap_or_default(),
    ];
    cells.extend(shown.iter().map(|id| of(id)));
    cells
}

fn legend(lang: Lang) -> Markup {
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
        }
    }
}

fn states<'a>(counts: &'a Counts, code: &str) -> Option<&'a BTreeMap<String, i64>> {
    counts.get(code).and_then(|by_place| by_place.get(""))
}

/// A name that fits a tile: nine letters at most; the tile's own title has all of it.
fn narrow(name: &str) -> String {
    if name.chars().count() <= 9 {
        return name.to_owned();
    }
    let begin: String = name.chars().take(8).collect();
    format!("{}…", begin.trim_end())
}

/// One tile for each cell of the grid: the province, and what the pilots within it hold.
fn grid(asking: &Asking, places: &[Place], of_list: &[String], held: &Held<'_>, title: &str) -> String {
    let lang = asking.lang;
    let counts = held.counts;
    struct Drawn {
        at: (u8, u8),
        label: String,
        name: String,
        level: chart::Level,
        count: String,
        pilot: bool,
        href: Option<String>,
    }
    let provinces = places.iter().filter(|p| p.parent.is_empty());
    let drawn: Vec<Drawn> = provinces
        .filter_map(|province| {
            let (row, col) = province.tile?;
            let inside: Vec<&Place> = places
                .iter()
                .filter(|p| p.code == province.code || p.parent == province.code)
                .filter(|p| p.pilot.is_some())
                .collect();
            let listed: Vec<&&Place> = inside.iter().filter(|p| of_list.contains(&p.code)).collect();
            let mut sum: BTreeMap<String, i64> = BTreeMap::new();
            for place in &inside {
                for (state, n) in states(counts, &place.code).into_iter().flatten() {
                    *sum.entry(state.clone()).or_default() += n;
                }
            }
            let total: i64 = sum.values().sum();
            let done: usize = inside.iter().map(|place| held.with_output(&place.code)).sum();
            let shown = |p: &Place| words::first(lang, &p.short_name()).to_owned();
            let mut name = shown(province);
            for place in &inside {
                let all: i64 = states(counts, &place.code).map_or(0, |s| s.values().sum());
                name.push_str(if lang == Lang::En { "; " } else { "；" });
                name.push_str(&if of_list.contains(&place.code) {
                    t!(
                        lang,
                        "place-tile-pilot",
                        name = shown(place),
                        count = all,
                        done = held.with_output(&place.code)
                    )
                } else {
                    t!(lang, "place-tile-later", name = shown(place))
                });
            }
            let label = narrow(words::first(lang, &listed.first().map_or(province, |p| p).short_name()));
            let leads = match (listed.as_slice(), inside.as_slice()) {
                ([one], _) => Some(one.code.as_str()),
                ([], [one]) => Some(one.code.as_str()),
                _ => None,
            };
            let href = leads.map_or_else(
                || format!("/places/{}", province.code),
                |code| format!("/places/{code}"),
            );
            let has_later = inside.len() > listed.len();
            let count = match (total, has_later) {
                (0, false) => String::new(),
                (0, true) => "*".to_owned(),
                (n, false) => format!("{done}/{n}"),
                (n, true) => format!("{done}/{n}*"),
            };
            Some(Drawn {
                at: (u8::try_from(row).ok()?, u8::try_from(col).ok()?),
                label,
                name,
                level: level(&sum),
                count,
                pilot: !listed.is_empty(),
                href: Some(asking.link(&href)),
            })
        })
        .collect();
    let tiles: Vec<Tile<'_>> = drawn
        .iter()
        .map(|d| Tile {
            row: d.at.0,
            col: d.at.1,
            label: &d.label,
            name: &d.name,
            level: d.level,
            count: &d.count,
            pilot: d.pilot,
            href: d.href.as_deref(),
        })
        .collect();
    tile_grid(title, "", &tiles)
}

/// A place as the table shows it.
struct Line<'a> {
    place: &'a Place,
    held: Option<&'a BTreeMap<String, i64>>,
    came_out: usize,
}

impl Line<'_> {
    fn total(&self) -> i64 {
        self.held.map_or(0, |h| h.values().sum())
    }

    fn in_state(&self, state: &str) -> i64 {
        self.held.and_then(|h| h.get(state)).copied().unwrap_or(0)
    }
}

/// The places that hold something, or will: those of the list first, or as the address asks.
fn lines<'a>(
    asking: &Asking,
    places: &'a [Place],
    of_list: &[String],
    counts: &'a Counts,
    came_out: &BTreeMap<&str, usize>,
) -> Answer<Vec<Line<'a>>> {
    let mut lines: Vec<Line<'a>> = places
        .iter()
        .filter(|p| p.pilot.is_some() || counts.contains_key(&p.code))
        .map(|place| Line {
            place,
            held: states(counts, &place.code),
            came_out: came_out.get(place.code.as_str()).copied().unwrap_or(0),
        })
        .collect();
    lines.sort_by_key(|l| {
        let place = l.place;
        (
            !of_list.contains(&place.code),
            place.pilot.is_none(),
            place.code.clone(),
        )
    });
    let sorts: Vec<&str> = ["place", "prefix", "pilot", "held", "outputs"]
        .into_iter()
        .chain(STATES)
        .collect();
    match asking.sort(&sorts)? {
        None => {}
        Some(("place", down)) => arrange(&mut lines, down, |l| l.place.code.clone()),
        Some(("prefix", down)) => arrange(&mut lines, down, |l| l.place.prefix.clone()),
        Some(("pilot", down)) => arrange(&mut lines, down, |l| l.place.pilot.as_ref().map(|(since, _)| *since)),
        Some(("held", down)) => arrange(&mut lines, down, Line::total),
        Some(("outputs", down)) => arrange(&mut lines, down, |l| l.came_out),
        Some((state, down)) => arrange(&mut lines, down, |l| l.in_state(state)),
    }
    Ok(lines)
}

fn table(asking: &Asking, of_list: &[String], lines: &[Line<'_>]) -> Table {
    let lang = asking.lang;
    let number = |id, head| Column::new(id, head).set(Set::Number).sorts();
    let mut columns = vec![
        Column::new("place", t!(lang, "place-place")).sorts(),
        Column::new("level", t!(lang, "place-level")).folded(),
        Column::new("prefix", t!(lang, "place-prefix")).sorts().folded(),
        Column::new("pilot", t!(lang, "place-pilot"))
            .set(Set::Date)
            .sorts()
            .folded(),
        number("held", t!(lang, "place-held")),
    ];
    columns.extend(STATES.map(|id| number(id, word(lang, "state", id)).folded()));
    columns.push(number("outputs", t!(lang, "screen-outputs")));
    let mut table = Table::new("places", t!(lang, "place-table"), columns);
    table.compact = true;
    table.rows = lines.iter().map(|line| row(asking, of_list, line)).collect();
    table
}

fn row(asking: &Asking, of_list: &[String], line: &Line<'_>) -> Row {
    let lang = asking.lang;
    let place = line.place;
    let path = format!("/places/{}", place.code);
    let mut cells = vec![
        html! {
            a href=(asking.link(&path)) { (words::first(lang, &place.name)) }
            @if lang == Lang::En { " " small.original lang="zh-Hans" { (place.name.zh) } }
            @if place.pilot.is_some() && !of_list.contains(&place.code) { " " span.mark { (t!(lang, "place-not-of-list")) } }
        },
        html! { @if place.level == "city" { (t!(lang, "place-level-city")) } @else { (t!(lang, "place-level-province")) } },
        html! { span.code { (place.prefix) } },
        html! { @if let Some((since, _)) = &place.pilot { (date(lang, *since)) } },
        html! { (line.total()) },
    ];
    cells.extend(STATES.map(|id| {
        let n = line.in_state(id);
        html! { @if n > 0 { a href=(asking.link(&format!("{path}?state={id}"))) { (n) } } }
    }));
    cells.push(html! { @if line.came_out > 0 { a href=(asking.link(&format!("/outputs?place={}", place.code))) { (line.came_out) } } });
    Row::new(cells)
}
