//! The audit log: every entry of the ledger with who made it, the latest first.

use super::within;
use crate::{
    Answer, Asking, Page, Web,
    pages::history::{Bodies, bodies, who},
};
use axum::extract::State;
use language::{Lang, instant, t};
use ledger::{ActorId, Position, Recorded};
use maud::{Markup, html};
use platform::{
    context::PersonId,
    history::query::Who,
    people::query::{self as people, Display},
};
use std::collections::BTreeMap;

/// Entries on a page.
const SHOWN: u32 = 50;

/// The page; `before` is the position from which it goes back.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let ledger = web.platform.ledger();
    let (head, _) = ledger.head().await?;
    let last = asking
        .parameter::<i64>("before")?
        .map_or(head.0, |before| (before - 1).clamp(0, head.0));
    let first = (last - i64::from(SHOWN)).max(0);
    let mut events = ledger.events(Position(first), SHOWN).await?;
    events.retain(|event| event.position.0 <= last);
    events.reverse();
    let persons: Vec<PersonId> = events
        .iter()
        .filter(|e| e.actor != ActorId::system())
        .map(|e| PersonId(e.actor.0.clone()))
        .collect();
    let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
    let bodies = bodies(&asking, &web).await?;
    let body = html! {
        p { (t!(lang, "audit-lead")) }
        @if events.is_empty() { div.empty { p { (t!(lang, "audit-none")) } } } @else {
            div.table-frame { table.table.compact data-list="" data-unfold=(t!(lang, "table-details")) {
                caption.visually-hidden { (t!(lang, "admin-audit")) }
                thead { tr {
                    th.number scope="col" { (t!(lang, "system-position")) }
                    th.wrap scope="col" { (t!(lang, "audit-event")) }
                    th.wrap scope="col" { (t!(lang, "audit-who")) }
                    th.more scope="col" { (t!(lang, "audit-object")) }
                    th.more.wrap scope="col" { (t!(lang, "audit-when")) }
                    th.more scope="col" { (t!(lang, "audit-cause")) }
                } }
                tbody { @for event in &events { (row(lang, event, &bodies, &names)) } }
            } }
        }
        @if first > 0 { nav.pager { a rel="next" href=(asking.links.here_with(&[("before", Some(&(first + 1).to_string()))])) { (t!(lang, "audit-earlier")) } } }
    };
    Ok(within(&asking, t!(lang, "admin-audit"), body).actions(
        html! { a.button.small href=(asking.links.same_query("/admin/audit.xlsx")) { (t!(lang, "action-download-workbook")) } },
    ))
}

fn row(lang: Lang, event: &Recorded, bodies: &Bodies, names: &BTreeMap<PersonId, Display>) -> Markup {
    let person = (event.actor != ActorId::system()).then(|| PersonId(event.actor.0.clone()));
    let by = person.as_ref().map_or(Who::System, |id| Who::Person {
        id: Some(id.clone()),
        display: names.get(id).cloned().unwrap_or(Display::Nobody),
    });
    html! {
        tr {
            th.number scope="row" { (event.position.0) }
            td.wrap { (kind(lang, &event.kind)) " " code { (event.kind) } }
            td.wrap {
                (who(lang, bodies, &by))
                @if let Some(id) = &person { " " code title=(id.0) { (id.0.get(..9).unwrap_or(&id.0)) } }
            }
            td.more.cut title=(event.stream.as_str()) { code { (event.stream.as_str()) } }
            td.more.wrap { (instant(lang, event.at)) }
            td.more.cut title=(event.cause) { code { (event.cause) } }
        }
    }
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
