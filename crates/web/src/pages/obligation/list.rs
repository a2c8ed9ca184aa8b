//! Obligations as rows: what the numbers of other pages open to.

use super::rows::Rows;
use crate::{
    Answer, Asking, Page, Web, api,
    asking::wrong_parameter,
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
use platform::{
    obligation::{
        order::{Key, Order},
        query as obligation,
    },
    place::query as place,
    question::Window,
    rights::Action,
};

/// The order that an address asks for.
pub(crate) fn order(asking: &Asking) -> Answer<Order> {
    const KEYS: [(&str, Key); 7] = [
        ("number", Key::Number),
        ("task", Key::Number),
        ("place", Key::Place),
        ("state", Key::State),
        ("stage", Key::Stage),
        ("due", Key::Due),
        ("since", Key::Since),
    ];
    let of = |name: &str| KEYS.iter().find(|(n, _)| *n == name).map(|(_, key)| *key);
    let asked = asking.links.get("sort").unwrap_or("number");
    let (bare, down) = asked.strip_prefix('-').map_or((asked, false), |bare| (bare, true));
    Ok(Order {
        group: asking.choice("group", &["task", "place", "state"])?.and_then(of),
        sort: of(bare).ok_or_else(|| wrong_parameter("sort", asked))?,
        down,
    })
}

/// All obligations that the address asks for.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let mut filter = api::obligations::filter(&asking, &web).await?;
    filter.order = order(&asking)?;
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 100,
    };
    let page = obligation::obligations(&web.platform, &asking.reader, &filter, &window).await?;
    let today = if asking.compares()? {
        let same = obligation::Filter {
            ids: Some(page.items.iter().map(|o| o.id.clone()).collect()),
            subject_kind: Some(obligation::SubjectKind::Any),
            ..obligation::Filter::default()
        };
        let now = obligation::obligations(&web.platform, &asking.reader_today(), &same, &Window::of(100)).await?;
        Some(now.items)
    } else {
        None
    };
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
                ("action", t!(lang, "obligations-of-actions")),
                ("any", t!(lang, "obligations-of-both")),
            ],
        )
        .any(t!(lang, "obligations-of-tasks")),
        Filter::choose(
            "group",
            t!(lang, "table-group"),
            [
                ("task", t!(lang, "obligations-group-task")),
                ("place", t!(lang, "column-place")),
                ("state", t!(lang, "words-state")),
            ],
        )
        .any(t!(lang, "table-group-none")),
    ];
    let next = page.next.map(|cursor| api::seal(&cursor));
    let total = u64::try_from(page.total).unwrap_or(0);
    let rows = Rows {
        held: &page.items,
        today: today.as_deref(),
        places: &places,
        of_many: true,
        order: filter.order,
    };
    let table = rows.table(&asking);
    let body = html! {
        (tools(filters(&asking, &choices), html! {
            a.button.small href=(asking.links.same_query("/obligations.xlsx")) { (t!(lang, "action-download-workbook")) }
            @if asking.can(&web, Action::SetMilestone) {
                a.button.small href=(asking.link("/upload?what=obligations")) { (t!(lang, "action-upload-workbook")) }
            }
            (table.chooser(&asking))
        }))
        div data-results="" #results {
            (rows.changes(&asking))
            (table.draw(&asking))
            (pager(&asking, page.items.len(), total, next.as_deref()))
        }
    };
    let (title, count) = if filter.subject_kind == Some(obligation::SubjectKind::Action) {
        (
            t!(lang, "obligations-commitments"),
            t!(lang, "count-commitments", count = total),
        )
    } else {
        (
            t!(lang, "obligations-title"),
            t!(lang, "count-obligations", count = total),
        )
    };
    Ok(Page::new(title, body)
        .slim(count)
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List)
        .sheet(Sheet::A3))
}
