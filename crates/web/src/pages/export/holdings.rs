//! Workbooks of obligations: what an address asks for, what nobody has been named for, what is on a desk.

use super::{Book, all, day, named, number, on, text, words};
use crate::{
    Answer, Asking, Web, api,
    components::standing::word,
    pages::{
        change::said,
        desk::{awaited, why},
        obligation::whose,
        unassigned::lacking,
    },
};
use axum::{extract::State, response::Response};
use language::{Lang, t};
use platform::{
    catalogue::english::named as known,
    desk::{
        Awaited,
        query::{self as desks, Row},
    },
    obligation::query::{self as obligation, Obligation},
    people::query::Organization,
    place::query::{self as place, Place},
};
use sheet::{Cell, Column};

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        text("obligation", &t!(lang, "export-id"), 22),
        text("place", &t!(lang, "column-place"), 12),
        number("number", &t!(lang, "column-number")),
        text("title", &t!(lang, "column-title"), 48),
        text("tier", &t!(lang, "words-tier"), 12),
        text("claim", &t!(lang, "words-claim"), 12),
        text("part", &t!(lang, "words-part"), 14),
        text("state", &t!(lang, "words-state"), 10),
        text("stage", &t!(lang, "words-stage"), 8),
        text("body", &t!(lang, "export-body"), 24),
        text("desk", &t!(lang, "export-desk"), 20),
        day("since", &t!(lang, "column-since")),
        text("next", &t!(lang, "export-next"), 24),
        day("due", &t!(lang, "export-due")),
        text("set_by", &t!(lang, "export-set-by"), 20),
        text("late", &t!(lang, "export-late"), 8),
        text("output", &t!(lang, "output-title"), 36),
        text("designation", &t!(lang, "output-designation"), 20),
    ]
}

fn cells(lang: Lang, o: &Obligation, places: &[Place]) -> Vec<Cell> {
    let next = o.next.as_ref();
    let delivered = o.delivered.as_ref();
    let late = match o.late {
        Some(true) => t!(lang, "word-yes"),
        Some(false) => t!(lang, "word-no"),
        None => String::new(),
    };
    let tier = if o.tier.is_empty() {
        String::new()
    } else {
        word(lang, "tier", &o.tier)
    };
    vec![
        words(o.id.as_str()),
        words(whose(lang, o, places)),
        if o.number > 0 {
            Cell::Integer(o.number.into())
        } else {
            Cell::Empty
        },
        named(lang, &o.title),
        words(tier),
        words(word(lang, "claim", &o.claim)),
        words(word(lang, "part", &o.part)),
        words(word(lang, "state", &o.state)),
        words(o.stage.as_str()),
        named(lang, &o.holder.organization_name),
        named(lang, &o.holder.desk_name),
        on(o.holder.since),
        next.map_or(Cell::Empty, |n| named(lang, &n.name)),
        on(next.map(|n| n.due)),
        words(next.map(|n| known(lang, &n.set_by)).unwrap_or_default()),
        words(late),
        delivered.map_or(Cell::Empty, |d| named(lang, &d.title)),
        words(delivered.and_then(|d| d.designation.clone()).unwrap_or_default()),
    ]
}

/// The obligations that an address asks for, in its order.
pub(crate) async fn obligations(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let mut filter = api::obligations::filter(&asking, &web).await?;
    filter.order = crate::pages::obligation::order(&asking)?;
    let places = place::places(&web.platform, &asking.reader).await?;
    let (platform, reader) = (&web.platform, &asking.reader);
    let (rows, cut) = all(|window| {
        let filter = &filter;
        async move { obligation::obligations(platform, reader, filter, &window).await }
    })
    .await?;
    let mut book = Book::new("obligations", t!(lang, "obligations-title"), columns(lang));
    book.demo = rows.iter().any(|o| o.demo);
    book.cut = cut;
    book.rows = rows.iter().map(|o| cells(lang, o, &places)).collect();
    book.answer(&asking)
}

/// Obligations without a desk or a day.
pub(crate) async fn unassigned(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let places = place::places(&web.platform, &asking.reader).await?;
    let rows = lacking(&asking, &web).await?;
    let mut book = Book::new("unassigned", t!(lang, "unassigned-obligations"), columns(lang));
    book.demo = rows.iter().any(|o| o.demo);
    book.rows = rows.iter().map(|o| cells(lang, o, &places)).collect();
    book.answer(&asking)
}

/// What is on the reader's desk: in hand, to assign.
pub(crate) async fn desk(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let places = place::places(&web.platform, &asking.reader).await?;
    let desk = desks::desk(&web.platform, &asking.reader).await?;
    let mut heads = vec![
        text("tab", &t!(lang, "export-tab"), 12),
        text("why", &t!(lang, "export-why"), 20),
        number("left", &t!(lang, "export-days-left")),
    ];
    heads.extend(columns(lang));
    let mut book = Book::new("desk", t!(lang, "screen-desk"), heads);
    let tabs = [
        (t!(lang, "desk-tab-in-hand"), &desk.in_hand),
        (t!(lang, "desk-tab-to-assign"), &desk.to_assign),
    ];
    if !desk.awaited.is_empty() {
        let bodies = awaited::bodies(&asking, &web).await?;
        book.demo |= desk.awaited.iter().any(|one| one.shell.demo);
        let rows = desk.awaited.iter().map(|one| change(lang, &bodies, one));
        book.rows.extend(rows);
    }
    for (tab, rows) in tabs {
        book.demo |= rows.iter().any(|r| r.obligation.demo);
        book.rows.extend(rows.iter().map(|row: &Row| {
            let left = row
                .left
                .as_ref()
                .map_or(Cell::Empty, |left| Cell::Integer(left.calendar));
            let mut line = vec![words(tab.as_str()), words(why(lang, &row.why)), left];
            line.extend(cells(lang, &row.obligation, &places));
            line
        }));
    }
    book.answer(&asking)
}

/// A change of the list that waits for the reader, in the columns of the desk.
fn change(lang: Lang, bodies: &[Organization], one: &Awaited) -> Vec<Cell> {
    let until = one.until.as_ref();
    let mut line = vec![
        words(t!(lang, "desk-awaited")),
        words(awaited::why(lang, bodies, one)),
        until.map_or(Cell::Empty, |(_, left)| Cell::Integer(left.calendar)),
    ];
    line.extend(columns(lang).iter().map(|column| match column.id.as_str() {
        "obligation" => words(one.shell.id.as_str()),
        "title" => words(awaited::named(lang, &one.shell)),
        "state" => words(said(lang, "change-state", one.shell.state.id())),
        "since" => on(Some(one.since)),
        "due" => on(until.map(|(day, _)| *day)),
        _ => Cell::Empty,
    }));
    line
}
