//! Obligations as rows: what the numbers of other pages open to.

use crate::pages::task::rows;
use crate::{
    Answer, Asking, Page, Web, api,
    components::{
        filters::{Filter, filters},
        pager::pager,
        standing::{STATES, word},
        table::tools,
        words::first,
    },
    links::Screen,
    page::Sheet,
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::{obligation::query as obligation, place::query as place, question::Window};

/// All obligations that the address asks for.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let filter = api::obligations::filter(&asking, &web).await?;
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 100,
    };
    let page = obligation::obligations(&web.platform, &asking.reader, &filter, &window).await?;
    let places = place::places(&web.platform, &asking.reader).await?;
    let choices = vec![
        Filter::choose(
            "state",
            t!(lang, "words-state"),
            STATES.map(|s| (s, word(lang, "state", s))),
        ),
        Filter::choose(
            "place",
            t!(lang, "list-place"),
            places
                .iter()
                .filter(|p| p.pilot.is_some())
                .map(|p| (p.code.clone(), first(lang, &p.short_name()).to_owned())),
        ),
        Filter::choose(
            "tier",
            t!(lang, "words-tier"),
            api::lists::TIERS.iter().map(|t| (*t, word(lang, "tier", t))),
        ),
        Filter::choose(
            "claim",
            t!(lang, "words-claim"),
            ["named", "all", "willing", "relevant"].map(|c| (c, word(lang, "claim", c))),
        ),
        Filter::choose(
            "firm",
            t!(lang, "obligations-firm"),
            [("true", t!(lang, "word-yes")), ("false", t!(lang, "word-no"))],
        ),
        Filter::choose(
            "subject",
            t!(lang, "obligations-of"),
            [
                ("task", t!(lang, "obligations-of-tasks")),
                ("action", t!(lang, "obligations-of-actions")),
            ],
        ),
    ];
    let next = page.next.map(|cursor| api::seal(&cursor));
    let total = u64::try_from(page.total).unwrap_or(0);
    let body = html! {
        (tools(filters(&asking, &choices), html! {}))
        div data-results="" #results {
            (rows(&asking, &page.items, &places, true))
            (pager(&asking, page.items.len(), total, next.as_deref()))
        }
    };
    Ok(Page::new(t!(lang, "obligations-title"), body)
        .slim(t!(lang, "count-obligations", count = total))
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List)
        .sheet(Sheet::A3))
}
