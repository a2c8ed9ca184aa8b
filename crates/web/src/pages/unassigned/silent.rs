//! Places of the list that have reported nothing at all.

use crate::{Answer, Asking, Web, components::words::first};
use language::t;
use maud::{Markup, html};
use platform::{
    list::entering::FIRST,
    obligation::query::{self as obligation, By, SubjectKind},
    place::query::Place,
};

/// The places whose every obligation of a task is unreported, with how many these are. One query.
pub(super) async fn section(asking: &Asking, web: &Web, places: &[Place]) -> Answer<Markup> {
    let lang = asking.lang;
    let filter = obligation::Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    let counts = obligation::counts(&web.platform, &asking.reader, &filter, By::Holder, false).await?;
    let silent: Vec<(&Place, i64)> = places
        .iter()
        .filter_map(|place| {
            let states = counts.get(&place.code)?.get("")?;
            let nothing = states
                .keys()
                .all(|state| matches!(state.as_str(), "unreported" | "unassigned"));
            nothing.then(|| (place, states.values().sum()))
        })
        .collect();
    Ok(html! {
        section.section #silent {
            header.section-head { h2 { (t!(lang, "unassigned-silent")) " " span.rail-count { (silent.len()) } } p.section-note { (t!(lang, "place-table-note")) } }
            @if silent.is_empty() { p { (t!(lang, "unassigned-silent-none")) } } @else {
                ul.chips { @for (place, held) in &silent {
                    li { a.chip href=(asking.link(&format!("/places/{}", place.code))) { (first(lang, &place.short_name())) " " span.rail-count { (t!(lang, "place-tasks", count = *held)) } } }
                } }
            }
        }
    })
}
