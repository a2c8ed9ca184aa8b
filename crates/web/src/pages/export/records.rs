//! Workbooks of records: bodies, the audit log, the history of an object.

use super::{Book, MOST, all, day, number, on, text, words};
use crate::{
    Answer, Asking, Failure, Path, Web,
    components::standing::word,
    pages::history::{kind, who_in_words},
    problem::role_name,
};
use axum::{extract::State, response::Response};
use language::{Lang, instant, t};
use ledger::{ActorId, Position, StreamName};
use platform::{
    context::PersonId,
    history::query::{self as entries, Filter},
    people::query::{self as people, Display},
};
use sheet::Cell;
use std::collections::BTreeMap;

/// Bodies of the reader's day, as the address filters them.
pub(crate) async fn bodies(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let filter = crate::pages::admin::organization::filter(&asking)?;
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    let found = people::organizations(&web.platform, &filter, asking.reader.as_of, most).await?;
    let columns = vec![
        text("body", &t!(lang, "org-id"), 24),
        text("name", &t!(lang, "org-name"), 32),
        text("name_en", &t!(lang, "org-name-en"), 40),
        text("short", &t!(lang, "org-short"), 16),
        text("kind", &t!(lang, "org-kind"), 16),
        text("place", &t!(lang, "org-place"), 10),
        text("parent", &t!(lang, "org-parent"), 20),
        text("codes", &t!(lang, "export-codes"), 16),
        day("from", &t!(lang, "org-effective")),
    ];
    let mut book = Book::new("organizations", t!(lang, "admin-organizations"), columns);
    book.demo = found.iter().any(|o| o.demo);
    book.cut = found.len() == MOST;
    book.rows = found
        .iter()
        .map(|o| {
            vec![
                words(o.id.as_str()),
                words(o.name.zh.as_str()),
                words(o.name.en.clone().unwrap_or_default()),
                words(o.short.as_str()),
                words(word(lang, "organization_kind", &o.kind)),
                words(o.place.clone().unwrap_or_default()),
                words(o.parent.clone().unwrap_or_default()),
                words(o.codes.join(" ")),
                on(Some(o.from)),
            ]
        })
        .collect();
    book.answer(&asking)
}

/// Every entry of the log with who made it, the latest first: the last [`MOST`] before `before`.
pub(crate) async fn audit(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let lang = asking.lang;
    let log = web.platform.ledger();
    let head = log.head().await?.0;
    let last = asking
        .parameter::<i64>("before")?
        .map_or(head.0, |before| (before - 1).clamp(0, head.0));
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    let first = (last - i64::from(most)).max(0);
    let mut events = log.events(Position(first), most).await?;
    events.retain(|event| event.position.0 <= last);
    events.reverse();
    let mut persons: Vec<PersonId> = events
        .iter()
        .filter(|e| e.actor != ActorId::system())
        .map(|e| PersonId(e.actor.0.clone()))
        .collect();
    persons.sort();
    persons.dedup();
    let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
    let columns = vec![
        number("position", &t!(lang, "system-position")),
        text("event", &t!(lang, "audit-event"), 24),
        text("kind", &t!(lang, "audit-kind"), 26),
        text("who", &t!(lang, "audit-who"), 28),
        text("object", &t!(lang, "audit-object"), 34),
        text("when", &t!(lang, "audit-when"), 24),
        text("cause", &t!(lang, "audit-cause"), 40),
    ];
    let mut book = Book::new("audit", t!(lang, "admin-audit"), columns);
    book.cut = first > 0;
    book.rows = events
        .iter()
        .map(|e| {
            vec![
                Cell::Integer(e.position.0),
                words(kind(lang, &e.kind)),
                words(e.kind.as_str()),
                words(who(lang, &e.actor, &names)),
                words(e.stream.as_str()),
                words(instant(lang, e.at)),
                words(e.cause.as_str()),
            ]
        })
        .collect();
    book.answer(&asking)
}

fn who(lang: Lang, actor: &ActorId, names: &BTreeMap<PersonId, Display>) -> String {
    if *actor == ActorId::system() {
        return t!(lang, "audit-system");
    }
    match names.get(&PersonId(actor.0.clone())) {
        Some(Display::Name(name)) => format!("{name} {}", actor.0),
        Some(Display::Role { role, organization }) => {
            format!("{} · {organization} {}", role_name(lang, role.id()), actor.0)
        }
        _ => actor.0.clone(),
    }
}

/// The history of an object, the latest first, as far as the reader may see it.
pub(crate) async fn history(
    asking: Asking,
    State(web): State<Web>,
    Path((of, id)): Path<(String, String)>,
) -> Answer<Response> {
    let lang = asking.lang;
    let stream = StreamName::parse(&format!("{of}/{id}")).map_err(|_| Failure::unseen())?;
    let filter = Filter {
        stream: Some(stream),
        ..Filter::default()
    };
    let (platform, reader) = (&web.platform, &asking.reader);
    let (found, cut) = all(|window| {
        let filter = &filter;
        async move { entries::entries(platform, reader, filter, &window).await }
    })
    .await?;
    if found.is_empty() {
        return Err(Failure::unseen());
    }
    let columns = vec![
        text("object", &t!(lang, "audit-object"), 34),
        text("event", &t!(lang, "audit-event"), 24),
        text("kind", &t!(lang, "audit-kind"), 26),
        text("who", &t!(lang, "audit-who"), 28),
        day("effective", &t!(lang, "org-effective")),
        text("when", &t!(lang, "audit-when"), 24),
        text("audience", &t!(lang, "words-audience"), 12),
        text("correction", &t!(lang, "export-correction"), 36),
        text("recorded", &t!(lang, "export-recorded"), 60),
    ];
    let mut book = Book::new("history", t!(lang, "history-title"), columns);
    book.demo = found.iter().any(|e| e.demo);
    book.cut = cut;
    let bodies = crate::pages::history::bodies(&asking, &web).await?;
    book.rows = found
        .iter()
        .map(|e| {
            let correction = match (&e.corrects, &e.corrected_by) {
                (Some(c), _) => c.reason.clone(),
                (_, Some(by)) => by.reason.clone(),
                _ => String::new(),
            };
            let recorded: String = e.body.to_string().chars().take(4_000).collect();
            vec![
                words(e.stream.as_str()),
                words(kind(lang, &e.kind)),
                words(e.kind.as_str()),
                words(who_in_words(lang, &bodies, &e.who)),
                on(Some(e.effective)),
                words(instant(lang, e.at)),
                words(word(lang, "audience", e.audience.id())),
                words(correction),
                words(recorded),
            ]
        })
        .collect();
    book.answer(&asking)
}
