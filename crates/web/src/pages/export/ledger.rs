//! Workbooks of what is public of the ledger: measures by place, places, outputs, changes of the list.

use super::{Book, all, count, day, named, number, on, text, words};
use crate::{
    Answer, Asking, Web,
    components::{
        standing::{STATES, word},
        words::first,
    },
    pages::change::said,
};
use axum::{extract::State, response::Response};
use language::t;
use platform::{
    list::{entering::FIRST, query as list},
    obligation::query::{self as obligation, By, Counts, SubjectKind},
    output::query as output,
    place::query as place,
    proposal::query as proposal,
};
use sheet::{Cell, Column};
use std::collections::BTreeMap;

fn filter(kind: SubjectKind) -> obligation::Filter {
    obligation::Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(kind),
        ..obligation::Filter::default()
    }
}

/// A column for each state.
fn states(asking: &Asking) -> impl Iterator<Item = Column> {
    STATES.map(|id| number(id, &word(asking.lang, "state", id))).into_iter()
}

/// Measures by place: a row for each cell that holds something.
pub(crate) async fn measures(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let (platform, reader, lang) = (&web.platform, &asking.reader, asking.lang);
    let places = place::places(platform, reader).await?;
    let measures = list::measures(platform, FIRST).await?;
    let tasks = obligation::counts(platform, reader, &filter(SubjectKind::Task), By::Measure, true).await?;
    let actions = obligation::counts(platform, reader, &filter(SubjectKind::Action), By::ActionMeasure, true).await?;
    let mut columns = vec![
        text("measure", &t!(lang, "measure-measure"), 10),
        text("title", &t!(lang, "column-title"), 40),
        text("code", &t!(lang, "export-place-code"), 10),
        text("place", &t!(lang, "place-place"), 14),
        number("tasks", &t!(lang, "export-tasks")),
        number("sentences", &t!(lang, "search-sentences")),
    ];
    columns.extend(states(&asking));
    let mut book = Book::new("measures", t!(lang, "measure-title"), columns);
    book.demo = web.demo;
    let nothing = BTreeMap::new();
    for measure in &measures {
        let of = |counts: &'_ Counts| counts.get(&measure.number).cloned().unwrap_or_default();
        let (tasks, actions) = (of(&tasks), of(&actions));
        let holders: std::collections::BTreeSet<&String> = tasks.keys().chain(actions.keys()).collect();
        for code in holders {
            let (task, action) = (
                tasks.get(code).unwrap_or(&nothing),
                actions.get(code).unwrap_or(&nothing),
            );
            let name = places.iter().find(|p| p.code == *code).map_or_else(
                || t!(lang, "measure-ministries"),
                |p| first(lang, &p.short_name()).to_owned(),
            );
            let mut row = vec![
                words(measure.number.as_str()),
                named(lang, &measure.title),
                words(code.as_str()),
                words(name),
                Cell::Integer(task.values().sum()),
                Cell::Integer(action.values().sum()),
            ];
            row.extend(STATES.map(|id| {
                let of = |states: &BTreeMap<String, i64>| states.get(id).copied().unwrap_or_default();
                Cell::Integer(of(task) + of(action))
            }));
            book.rows.push(row);
        }
    }
    book.answer(&asking)
}

/// Places with how their tasks stand and how much came out.
pub(crate) async fn places(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let (platform, reader, lang) = (&web.platform, &asking.reader, asking.lang);
    let places = place::places(platform, reader).await?;
    let counts = obligation::counts(platform, reader, &filter(SubjectKind::Task), By::Holder, false).await?;
    let outputs = output::newest(platform, reader, &output::Filter::default()).await?;
    let mut columns = vec![
        text("code", &t!(lang, "export-place-code"), 10),
        text("place", &t!(lang, "place-place"), 18),
        text("level", &t!(lang, "export-level"), 10),
        text("prefix", &t!(lang, "export-prefix"), 10),
        day("pilot", &t!(lang, "export-pilot")),
        number("tasks", &t!(lang, "export-tasks")),
        number("outputs", &t!(lang, "screen-outputs")),
    ];
    columns.extend(states(&asking));
    let mut book = Book::new("places", t!(lang, "screen-places"), columns);
    let nothing = BTreeMap::new();
    for one in &places {
        let held = counts.get(&one.code).and_then(|by| by.get("")).unwrap_or(&nothing);
        let level = match one.level.as_str() {
            "city" => t!(lang, "place-level-city"),
            _ => t!(lang, "place-level-province"),
        };
        let mut row = vec![
            words(one.code.as_str()),
            named(lang, &one.name),
            words(level),
            words(one.prefix.as_str()),
            on(one.pilot.as_ref().map(|(since, _)| *since)),
            Cell::Integer(held.values().sum()),
            count(outputs.iter().filter(|o| o.counts_to == one.code).count()),
        ];
        row.extend(STATES.map(|id| Cell::Integer(held.get(id).copied().unwrap_or_default())));
        book.rows.push(row);
    }
    book.demo = web.demo || outputs.iter().any(|o| o.demo);
    book.answer(&asking)
}

/// Outputs, newest first, as the address filters them.
pub(crate) async fn outputs(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let (platform, reader, lang) = (&web.platform, &asking.reader, asking.lang);
    let filter = crate::pages::output::filter(&asking, &web).await?;
    let places = place::places(platform, reader).await?;
    let (rows, cut) = all(|window| {
        let filter = &filter;
        async move { output::outputs(platform, reader, filter, &window).await }
    })
    .await?;
    let columns = vec![
        text("output", &t!(lang, "export-id"), 22),
        text("title", &t!(lang, "output-title"), 44),
        text("place", &t!(lang, "place-place"), 14),
        text("tier", &t!(lang, "words-tier"), 12),
        text("designation", &t!(lang, "output-designation"), 22),
        day("published", &t!(lang, "output-day")),
        day("reported", &t!(lang, "export-reported")),
        text("tasks", &t!(lang, "export-tasks"), 16),
        text("measures", &t!(lang, "column-measures"), 12),
        text("source", &t!(lang, "output-source"), 30),
        text("link", &t!(lang, "workbook-link"), 30),
    ];
    let mut book = Book::new("outputs", t!(lang, "screen-outputs"), columns);
    book.demo = rows.iter().any(|o| o.demo);
    book.cut = cut;
    book.rows = rows
        .iter()
        .map(|o| {
            let numbers: Vec<&str> = o.tasks.iter().filter_map(|t| t.rsplit('-').next()).collect();
            vec![
                words(o.id.as_str()),
                named(lang, &o.title),
                words(if o.place == o.counts_to {
                    crate::pages::task::place_name(lang, &places, &o.counts_to)
                } else {
                    crate::pages::output::whose(lang, o, &places)
                }),
                words(word(lang, "tier", &o.tier)),
                words(
                    o.designation
                        .clone()
                        .unwrap_or_else(|| t!(lang, "output-number-unknown")),
                ),
                on(o.published),
                on(o.reported),
                words(numbers.join(" ")),
                words(o.measures.join(" ")),
                words(platform::catalogue::english::named(lang, &o.citation)),
                words(o.link.clone().unwrap_or_default()),
            ]
        })
        .collect();
    book.answer(&asking)
}

/// Proposals, newest first, as far as the reader may see them.
pub(crate) async fn changes(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let id = asking.links.get("list").unwrap_or(FIRST);
    let shells = proposal::proposals(&web.platform, &asking.reader, id).await?;
    let columns = vec![
        text("proposal", &t!(lang, "export-id"), 22),
        number("number", &t!(lang, "change-column-number")),
        text("kinds", &t!(lang, "change-column-what"), 30),
        text("reason", &t!(lang, "upload-reason"), 60),
        text("state", &t!(lang, "change-column-state"), 14),
        text("by", &t!(lang, "change-column-by"), 22),
        day("opened", &t!(lang, "change-column-opened")),
        number("effect", &t!(lang, "list-version-choose")),
    ];
    let mut book = Book::new("changes", t!(lang, "screen-changes"), columns);
    book.demo = shells.iter().any(|s| s.demo);
    book.rows = shells
        .iter()
        .map(|shell| {
            let kinds: Vec<String> = shell.kinds.iter().map(|k| said(lang, "change-kind", k.id())).collect();
            let whole = shell.whole.as_ref();
            vec![
                words(shell.id.as_str()),
                Cell::Integer(shell.number.into()),
                words(language::list(lang, &kinds, language::Join::And)),
                whole.map_or(Cell::Empty, |w| named(lang, &w.reason)),
                words(said(lang, "change-state", shell.state.id())),
                words(whole.map(|w| w.by.clone()).unwrap_or_default()),
                on(Some(shell.opened)),
                shell.effect.map_or(Cell::Empty, |n| Cell::Integer(n.into())),
            ]
        })
        .collect();
    book.answer(&asking)
}
