//! The audit log: every entry of the ledger with who made it, the latest first.

use super::within;
use crate::{
    Answer, Asking, Page, Web,
    components::table::{Column, Row, Set, Table, tools},
    pages::history::{Bodies, bodies, who},
};
use axum::extract::State;
use language::{Lang, instant, t};
use ledger::{ActorId, Position, Recorded};
use maud::html;
use platform::{
    context::PersonId,
    history::query::Who,
    people::query::{self as people, Display},
};
use std::collections::BTreeMap;

/// Entries on a page.
const SHOWN: u32 = 50;

/// The part of the log that an address asks for.
struct Part {
    events: Vec<Recorded>,
    /// From where it goes on: a parameter with its value.
    next: Option<(&'static str, i64)>,
}

/// The latest first, `before` the position from which it goes back; with `sort=position` the earliest first, `after` the
/// position from which it goes on.
async fn part(asking: &Asking, web: &Web) -> Answer<Part> {
    let ledger = web.platform.ledger();
    let (head, _) = ledger.head().await?;
    if asking.sort(&["position"])? == Some(("position", false)) {
        let after = asking.parameter::<i64>("after")?.unwrap_or(0).clamp(0, head.0);
        let events = ledger.events(Position(after), SHOWN).await?;
        let last = events.last().map_or(head.0, |event| event.position.0);
        return Ok(Part {
            events,
            next: (last < head.0).then_some(("after", last)),
        });
    }
    let last = asking
        .parameter::<i64>("before")?
        .map_or(head.0, |before| (before - 1).clamp(0, head.0));
    let first = (last - i64::from(SHOWN)).max(0);
    let mut events = ledger.events(Position(first), SHOWN).await?;
    events.retain(|event| event.position.0 <= last);
    events.reverse();
    Ok(Part {
        events,
        next: (first > 0).then_some(("before", first + 1)),
    })
}

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let Part { events, next } = part(&asking, &web).await?;
    let persons: Vec<PersonId> = events
        .iter()
        .filter(|e| e.actor != ActorId::system())
        .map(|e| PersonId(e.actor.0.clone()))
        .collect();
    let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
    let bodies = bodies(&asking, &web).await?;
    let columns = vec![
        Column::new("position", t!(lang, "system-position"))
            .set(Set::Number)
            .sorts(),
        Column::new("event", t!(lang, "audit-event")).set(Set::Wrap),
        Column::new("who", t!(lang, "audit-who")).set(Set::Wrap),
        Column::new("object", t!(lang, "audit-object")).set(Set::Cut).folded(),
        Column::new("when", t!(lang, "audit-when")).set(Set::Wrap).folded(),
        Column::new("effective", t!(lang, "audit-effective"))
            .set(Set::Date)
            .optional()
            .folded(),
        Column::new("cause", t!(lang, "audit-cause")).set(Set::Cut).folded(),
    ];
    let mut table = Table::new("audit", t!(lang, "admin-audit"), columns);
    table.compact = true;
    table.rows = events.iter().map(|event| row(lang, event, &bodies, &names)).collect();
    let body = html! {
        (tools(html! { p { (t!(lang, "audit-lead")) } }, table.chooser(&asking)))
        @if events.is_empty() { div.empty { p { (t!(lang, "audit-none")) } } } @else { (table.draw(&asking)) }
        @if let Some((name, position)) = next {
            @let other = if name == "after" { "before" } else { "after" };
            nav.pager aria-label=(t!(lang, "table-pages")) {
                a rel="next" href=(asking.links.here_with(&[(other, None), (name, Some(&position.to_string()))])) {
                    (if name == "after" { t!(lang, "audit-later") } else { t!(lang, "audit-earlier") })
                }
            }
        }
    };
    Ok(within(&asking, t!(lang, "admin-audit"), body).actions(
        html! { a.button.small href=(asking.links.same_query("/admin/audit.xlsx")) { (t!(lang, "action-download-workbook")) } },
    ))
}

fn row(lang: Lang, event: &Recorded, bodies: &Bodies, names: &BTreeMap<PersonId, Display>) -> Row {
    let person = (event.actor != ActorId::system()).then(|| PersonId(event.actor.0.clone()));
    let by = person.as_ref().map_or(Who::System, |id| Who::Person {
        id: Some(id.clone()),
        display: names.get(id).cloned().unwrap_or(Display::Nobody),
    });
    Row::new(vec![
        html! { (event.position.0) },
        html! { (kind(lang, &event.kind)) " " code { (event.kind) } },
        html! {
            (who(lang, bodies, &by))
            @if let Some(id) = &person { " " code title=(id.0) { (id.0.get(..9).unwrap_or(&id.0)) } }
        },
        html! { code title=(event.stream.as_str()) { (event.stream.as_str()) } },
        html! { (instant(lang, event.at)) },
        html! { (language::date(lang, event.effective)) },
        html! { code title=(event.cause) { (event.cause) } },
    ])
}

/// What a kind of event says happened; nothing where the catalogue has no words for it.
fn kind(lang: Lang, kind: &str) -> String {
    let id = format!("event-{}", kind.replace(['.', '_'], "-"));
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        String::new()
    }
}
