//! Outputs: what came out, inside the list and outside.

pub(crate) mod one;

use crate::{
    Answer, Asking, Page, Web,
    api::window,
    components::{
        filters::{self, Filter},
        pager::pager,
        table::tools,
        words::{self, Mark},
    },
    links::{Screen, segment},
    pages::place::standing::{english_note, foreign, task_link, title, word},
};
use axum::extract::State;
use language::{date, t};
use maud::{Markup, html};
use platform::{
    list::{entering::FIRST, query as list},
    output::query::{self as output, Output},
    place::query::{self as place, Place},
};

/// Which outputs an address asks for.
pub(super) async fn filter(asking: &Asking, web: &Web) -> Answer<output::Filter> {
    let mut filter = output::Filter {
        in_list: asking.choice("in_list", &["true", "false"])?.map(|t| t == "true"),
        ..output::Filter::default()
    };
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
    ];
    let demo = found.items.iter().any(|o| o.demo);
    let next = found.next.as_ref().map(crate::api::seal);
    Ok(Page::new(
        t!(lang, "screen-outputs"),
        html! {
            (tools(filters::filters(&asking, &choices), html! { a.button.small href=(asking.links.same_query("/outputs.xlsx")) { (t!(lang, "action-download-workbook")) } }))
            (english_note(lang))
            (outputs_table(&asking, &found.items, &places, &measures))
            (pager(&asking, found.items.len(), u64::try_from(found.total).unwrap_or_default(), next.as_deref()))
        },
    )
    .screen(Screen::Outputs)
    .slim(t!(lang, "output-note"))
    .demo(demo))
}

/// Outputs with their source; what is not known of them is said.
pub(crate) fn outputs_table(
    asking: &Asking,
    outputs: &[Output],
    places: &[Place],
    measures: &[list::Measure],
) -> Markup {
    let lang = asking.lang;
    if outputs.is_empty() {
        return html! { div.empty { p { (t!(lang, "output-none")) } } };
    }
    html! {
        div.table-frame {
            table.table.compact #outputs-table data-list="" data-unfold=(t!(lang, "table-details")) {
                caption.visually-hidden { (t!(lang, "output-caption")) }
                thead { tr {
                    th scope="col" { (t!(lang, "output-title")) }
                    th scope="col" { (t!(lang, "place-place")) }
                    th.more scope="col" { (t!(lang, "place-tier")) }
                    th scope="col" { (t!(lang, "output-designation")) }
                    th.more scope="col" { (t!(lang, "output-list")) }
                    th.more scope="col" { (t!(lang, "output-day")) }
                    th.more scope="col" { (t!(lang, "output-source")) }
                } }
                tbody { @for o in outputs { (row(asking, o, places, measures)) } }
            }
        }
    }
}

fn row(asking: &Asking, o: &Output, places: &[Place], measures: &[list::Measure]) -> Markup {
    let lang = asking.lang;
    let place = places.iter().find(|p| p.code == o.counts_to);
    html! {
        tr #(o.id) {
            th.wrap scope="row" { a href=(asking.link(&format!("/outputs/{}", segment(&o.id)))) { (title(lang, &o.title)) } @if o.demo { " " (words::mark(lang, Mark::Demo)) } }
            td { a href=(asking.link(&format!("/places/{}", o.counts_to))) { (place.map_or(o.counts_to.as_str(), |p| words::first(lang, &p.name))) } }
            td.more { (word(lang, "tier", &o.tier)) }
            td { @match &o.designation { Some(number) => span.code { (number) }, None => span.mark { (t!(lang, "output-number-unknown")) } } }
            td.more.wrap {
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
            }
            td.date.more {
                @if let Some(day) = o.published { (date(lang, day)) }
                @else { (t!(lang, "output-day-unknown")) }
                @if let Some(day) = o.reported { " " small { (t!(lang, "output-reported", day = date(lang, day))) } }
            }
            td.more.wrap {
                @if let Some(link) = &o.link { a href=(link) rel="external noopener" lang=[foreign(lang, &o.citation)] { (o.citation) } }
                @else { span lang=[foreign(lang, &o.citation)] { (o.citation) } }
                " " a.no-print href=(asking.link(&format!("/history/output/{}", o.id))) aria-label=(t!(lang, "output-history", title = words::first(lang, &o.title))) { (t!(lang, "action-history")) }
            }
        }
    }
}
