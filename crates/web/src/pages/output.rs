//! Outputs: what came out, inside the list and outside.

pub(crate) mod one;
mod withdrawn;

use crate::{
    Answer, Asking, Page, Web,
    api::window,
    components::{
        filters::{self, Filter},
        pager::pager,
        table::{Column, Row, Set, Table, tools},
        words::{self, Mark},
    },
    links::{Screen, segment},
    pages::place::standing::{english_note, task_link, title, word},
};
use axum::extract::State;
use language::{Lang, date, t};
use maud::{Markup, html};
use platform::{
    list::{entering::FIRST, query as list},
    output::query::{self as output, Key, Order, Output},
    place::query::{self as place, Place},
};

/// The columns by which outputs are sorted, and by what.
const SORTS: [(&str, Key); 5] = [
    ("place", Key::Place),
    ("tier", Key::Tier),
    ("designation", Key::Designation),
    ("list", Key::List),
    ("day", Key::Day),
];

/// Which outputs an address asks for, in its order.
pub(super) async fn filter(asking: &Asking, web: &Web) -> Answer<output::Filter> {
    let mut filter = output::Filter {
        in_list: asking.choice("in_list", &["true", "false"])?.map(|t| t == "true"),
        demo: asking.choice("demo", &["true", "false"])?.map(|t| t == "true"),
        ..output::Filter::default()
    };
    if let Some((column, down)) = asking.sort(&SORTS.map(|(column, _)| column))? {
        let known = SORTS.iter().find(|(name, _)| *name == column);
        filter.order = known.map_or_else(Order::default, |(_, by)| Order { by: *by, down });
    }
    if let Some(asked) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, asked).await?.code);
    }
    Ok(filter)
}

/// All outputs, newest first.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let places = place::places(&web.platform, &asking.reader).await?;
    let filter = filter(&asking, &web).await?;
    let measures = list::measures(&web.platform, FIRST).await?;
    let found = output::outputs(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    let of_places: Vec<(String, String)> = places
        .iter()
        .filter(|p| p.pilot.is_some())
        .map(|p| (p.code.clone(), words::first(lang, &p.name).to_owned()))
        .collect();
    let choices = [
        Filter::choose("place", t!(lang, "place-place"), of_places),
        Filter::choose(
            "in_list",
            t!(lang, "output-list"),
            [
                ("true", t!(lang, "output-inside")),
                ("false", t!(lang, "output-outside")),
            ],
        ),
        Filter::choose(
            "demo",
            t!(lang, "output-real-or-demo"),
            [("false", t!(lang, "output-real")), ("true", t!(lang, "mark-demo"))],
        ),
    ];
    let table = table(&asking, &found.items, &places, &measures);
    let demo = found.items.iter().any(|o| o.demo);
    let next = found.next.as_ref().map(crate::api::seal);
    Ok(Page::new(
        t!(lang, "screen-outputs"),
        html! {
            (tools(filters::filters(&asking, &choices), html! {
                a.button.small href=(asking.links.same_query("/outputs.xlsx")) { (t!(lang, "action-download-workbook")) }
                (table.chooser(&asking))
            }))
            (english_note(lang))
            div data-results="" #results {
                @if found.items.is_empty() { div.empty { p { (t!(lang, "output-none")) } } } @else { (table.draw(&asking)) }
                (pager(&asking, found.items.len(), u64::try_from(found.total).unwrap_or_default(), next.as_deref()))
            }
        },
    )
    .screen(Screen::Outputs)
    .slim(t!(lang, "output-note"))
    .demo(demo))
}

/// Outputs with their source, beside another table; what is not known of them is said.
pub(crate) fn outputs_table(
    asking: &Asking,
    outputs: &[Output],
    places: &[Place],
    measures: &[list::Measure],
) -> Markup {
    if outputs.is_empty() {
        return html! { div.empty { p { (t!(asking.lang, "output-none")) } } };
    }
    let mut table = table(asking, outputs, places, measures);
    table.fixed = true;
    table.draw(asking)
}

fn table(asking: &Asking, outputs: &[Output], places: &[Place], measures: &[list::Measure]) -> Table {
    let lang = asking.lang;
    let columns = vec![
        Column::new("title", t!(lang, "output-title")).set(Set::Wrap),
        Column::new("place", t!(lang, "place-place")).sorts(),
        Column::new("tier", t!(lang, "place-tier")).sorts().folded(),
        Column::new("designation", t!(lang, "output-designation")).sorts(),
        Column::new("list", t!(lang, "output-list"))
            .set(Set::Wrap)
            .sorts()
            .folded(),
        Column::new("day", t!(lang, "output-day"))
            .set(Set::Date)
            .sorts()
            .folded(),
        Column::new("source", t!(lang, "output-source")).set(Set::Wrap).folded(),
    ];
    let mut table = Table::new("outputs-table", t!(lang, "output-caption"), columns);
    table.compact = true;
    table.rows = outputs.iter().map(|o| row(asking, o, places, measures)).collect();
    table
}

/// Of which place an output is: the place to which it counts, behind the one that made it where that is another.
pub(crate) fn whose(lang: Lang, o: &Output, places: &[Place]) -> String {
    let name = |code: &str| crate::pages::task::place_name(lang, places, code);
    if o.place == o.counts_to || o.place.is_empty() {
        let place = places.iter().find(|p| p.code == o.counts_to);
        return place.map_or_else(|| o.counts_to.clone(), |p| words::first(lang, &p.name).to_owned());
    }
    t!(
        lang,
        "output-counted-to",
        made = name(&o.place),
        place = name(&o.counts_to)
    )
}

fn row(asking: &Asking, o: &Output, places: &[Place], measures: &[list::Measure]) -> Row {
    let lang = asking.lang;
    Row::new(vec![
        html! { a href=(asking.link(&format!("/outputs/{}", segment(&o.id)))) { (title(lang, &o.title)) } @if o.demo { " " (words::mark(lang, Mark::Demo)) } },
        html! { a href=(asking.link(&format!("/places/{}", o.counts_to))) { (whose(lang, o, places)) } },
        html! { (word(lang, "tier", &o.tier)) },
        html! { @match &o.designation { Some(number) => span.code { (number) }, None => span.mark { (t!(lang, "output-number-unknown")) } } },
        html! {
            @if o.tasks.is_empty() {
                (t!(lang, "output-outside"))
                @for number in &o.measures {
                    @if let Some(measure) = measures.iter().find(|m| m.number == *number) {
                        " · " a href=(asking.link(&format!("/measures/{number}"))) title=(words::first(lang, &measure.title)) {
                            (crate::pages::measure::number(lang, number))
                        }
                    }
                }
                @if o.measures.iter().any(|m| !o.confirmed.contains(m)) { " " span.mark { (t!(lang, "measure-unconfirmed")) } }
            } @else {
                @for task in &o.tasks {
                    @let number = task.rsplit('-').next().unwrap_or_default();
                    (task_link(asking, task, html! { (t!(lang, "output-task", number = number)) })) " "
                }
            }
        },
        html! {
            @if let Some(day) = o.published { (date(lang, day)) }
            @else { (t!(lang, "output-day-unknown")) }
            @if let Some(day) = o.reported { " " small { (t!(lang, "output-reported", day = date(lang, day))) } }
        },
        html! {
            @if let Some(link) = &o.link { a href=(link) rel="external noopener" { (words::known_name(lang, &o.citation)) } }
            @else { (words::known_name(lang, &o.citation)) }
            " " a.no-print href=(asking.link(&format!("/history/output/{}", o.id))) aria-label=(t!(lang, "output-history", title = words::first(lang, &o.title))) { (t!(lang, "action-history")) }
        },
    ])
    .id(o.id.clone())
}
