//! The history of an object: every entry that the reader may see, corrections beside what they correct; and one entry
//! with what it changed.

use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web, api,
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        pager::pager,
        standing::word,
        timeline::{self, Sort, timeline},
        words::{Mark, first, mark, text},
    },
    links::segment,
    problem::role_name,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use ledger::{Position, StreamName};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    correcting,
    history::{
        fields::{FieldChange, Shown},
        query::{self as history, Detail, Entry, Filter, Who},
    },
    list::query as list,
    obligation::{command, query as obligation},
    output::{command::correct_output, query as output},
    people::query::{self as people, Display, OrganizationFilter, Removed},
    place::query as place,
    question::Window,
    redacting,
    rights::{Action, Object, may},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Names of bodies by id.
pub(crate) type Bodies = BTreeMap<String, Bilingual>;

/// Every body of the day, by id.
pub(crate) async fn bodies(asking: &Asking, web: &Web) -> Answer<Bodies> {
    let all = people::organizations(
        &web.platform,
        &OrganizationFilter::default(),
        asking.reader.as_of,
        2_000,
    )
    .await?;
    Ok(all.into_iter().map(|body| (body.id, body.name)).collect())
}

/// What happened, in words; the kind itself where nobody has put it into words.
pub(crate) fn kind(lang: Lang, kind: &str) -> String {
    let id = format!("event-{}", kind.replace(['.', '_'], "-"));
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        kind.to_owned()
    }
}

/// A text as somebody wrote it, which for readers of English is marked where it is Chinese.
pub(crate) fn written(lang: Lang, text: &str) -> Markup {
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    html! { @if lang == Lang::En && chinese { span lang="zh-Hans" { (text) } } @else { (text) } }
}

/// Entries as a timeline, in the order given.
pub(crate) async fn entries(asking: &Asking, web: &Web, entries: &[Entry]) -> Answer<Markup> {
    let bodies = if entries.is_empty() {
        Bodies::new()
    } else {
        bodies(asking, web).await?
    };
    let drawn: Vec<timeline::Entry> = entries.iter().map(|entry| one(asking, &bodies, entry)).collect();
    Ok(timeline(asking.lang, &drawn))
}

fn one(asking: &Asking, bodies: &Bodies, entry: &Entry) -> timeline::Entry {
    let lang = asking.lang;
    let sort = match entry {
        e if e.corrects.is_some() || e.corrected_by.is_some() => Sort::Correction,
        e if e.demo => Sort::Demo,
        _ => Sort::Plain,
    };
    let link = asking.link(&format!("/events/{}", entry.position));
    let what = html! {
        a href=(link) { @if entry.corrected_by.is_some() { del { (kind(lang, &entry.kind)) } } @else { (kind(lang, &entry.kind)) } }
        @if let Some(gist) = gist(lang, entry) { " " (gist) }
        @if entry.demo { " " (mark(lang, Mark::Demo)) }
    };
    let note = html! {
        (who(lang, bodies, &entry.who))
        " · " (t!(lang, "history-effective", date = language::date(lang, entry.effective)))
        @if let Some(removed) = redacting::Removed::of(&entry.body) { " · " (content_removed(lang, &removed)) }
        @if entry.audience != platform::obligation::event::Audience::Public { " · " (word(lang, "audience", entry.audience.id())) }
        @if let Some(corrects) = &entry.corrects {
            " · " a href=(asking.link(&format!("/events/{}", corrects.corrects))) { (t!(lang, "history-corrects", position = corrects.corrects.0)) }
            " " (written(lang, &corrects.reason))
        }
        @if let Some(by) = &entry.corrected_by {
            " · " a href=(asking.link(&format!("/events/{}", by.position))) { (t!(lang, "history-corrected-by", position = by.position.0)) }
            " " (written(lang, &by.reason))
        }
    };
    timeline::Entry {
        at: entry.at,
        what,
        note: Some(note),
        sort,
    }
}

/// Who recorded something, as far as the reader may know.
pub(crate) fn who(lang: Lang, bodies: &Bodies, who: &Who) -> Markup {
    match who {
        Who::System => html! { (t!(lang, "history-system")) },
        Who::Person {
            display: Display::Name(name),
            ..
        } => html! { (written(lang, name)) },
        Who::Person {
            display: Display::Role { role, organization },
            ..
        } => html! {
            @if let Some(name) = bodies.get(organization) { (text(lang, name)) } @else { (organization) }
            " · " (role_name(lang, role.id()))
        },
        Who::Person {
            display: Display::Removed { role, removed },
            ..
        } => html! {
            @if let Some((role, organization)) = role {
                @if let Some(name) = bodies.get(organization) { (text(lang, name)) } @else { (organization) }
                " · " (role_name(lang, role.id())) " · "
            }
            (removed_in_words(lang, *removed))
        },
        Who::Person {
            display: Display::Nobody,
            ..
        } => html! { (t!(lang, "history-nobody")) },
    }
}

/// Who recorded an entry, in plain words.
pub(super) fn who_in_words(lang: Lang, bodies: &Bodies, who: &Who) -> String {
    match who {
        Who::System => t!(lang, "history-system"),
        Who::Person {
            display: Display::Name(name),
            ..
        } => name.clone(),
        Who::Person {
            display: Display::Role { role, organization },
            ..
        } => {
            let body = bodies
                .get(organization)
                .map_or(organization.as_str(), |name| first(lang, name));
            format!("{body} · {}", role_name(lang, role.id()))
        }
        Who::Person {
            display: Display::Removed { role, removed },
            ..
        } => {
            let note = removed_in_words(lang, *removed);
            match role {
                Some((role, organization)) => {
                    let body = bodies
                        .get(organization)
                        .map_or(organization.as_str(), |name| first(lang, name));
                    format!("{body} · {} · {note}", role_name(lang, role.id()))
                }
                None => note,
            }
        }
        Who::Person {
            display: Display::Nobody,
            ..
        } => t!(lang, "history-nobody"),
    }
}

/// That a name was removed, when, and by which rule.
pub(crate) fn removed_in_words(lang: Lang, removed: Removed) -> String {
    let note = t!(lang, "history-removed", date = language::date(lang, removed.on));
    match removed.ground {
        Some(ground) => format!("{note} {}", ground.source(lang)),
        None => note,
    }
}

/// What an entry says, as short as a line: a title, a stage, a note.
fn gist(lang: Lang, entry: &Entry) -> Option<Markup> {
    let body = &entry.body;
    let told = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).filter(|t| !t.is_empty());
    for (pointer, kind) in [("/stage", "stage"), ("/part", "part")] {
        if let Some(id) = told(pointer) {
            let main = id.split('.').next().unwrap_or(id);
            return Some(html! { span title=(id) { (word(lang, kind, main)) } });
        }
    }
    for pointer in ["/evidence/title", "/output/title", "/name"] {
        if let Some(title) = body
            .pointer(pointer)
            .and_then(|v| serde_json::from_value::<Bilingual>(v.clone()).ok())
        {
            return Some(html! { (text(lang, &title)) });
        }
    }
    if entry.corrects.is_some() {
        return None;
    }
    ["/text", "/reason"].into_iter().find_map(told).map(|text| {
        let short: String = text.chars().take(120).collect();
        html! { (written(lang, &short)) @if short.len() < text.len() { "…" } }
    })
}

/// The name of an object, and where its page is.
async fn named(asking: &Asking, web: &Web, kind: &str, id: &str) -> Answer<(String, Option<String>)> {
    let (lang, platform, reader) = (asking.lang, &web.platform, &asking.reader);
    let known = |path: String| {
        crate::routes::rows()
            .iter()
            .any(|row| crate::links::matches(row.path, &path))
            .then_some(path)
    };
    let named = match kind {
        "obligation" => {
            let o = obligation::obligation(platform, reader, id).await?;
            let place = if o.place.is_empty() {
                first(lang, &o.holder.organization_name).to_owned()
            } else {
                first(lang, &place::place(platform, reader, &o.place).await?.short_name()).to_owned()
            };
            (
                format!("{} · {place}", first(lang, &o.title)),
                known(format!("/obligations/{id}")),
            )
        }
        "task" => (
            first(lang, &list::task(platform, reader, id).await?.title).to_owned(),
            known(format!("/tasks/{id}")),
        ),
        "place" => (
            first(lang, &place::place(platform, reader, id).await?.name).to_owned(),
            known(format!("/places/{id}")),
        ),
        "organization" => {
            let body = people::organization(platform, id, reader.as_of).await?;
            (
                body.map_or_else(|| id.to_owned(), |b| first(lang, &b.name).to_owned()),
                None,
            )
        }
        "output" => (id.to_owned(), known("/outputs".to_owned())),
        "proposal" => (id.to_owned(), known(format!("/changes/{id}"))),
        _ => (id.to_owned(), None),
    };
    Ok(named)
}

/// The history of one object.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path((kind, id)): Path<(String, String)>,
) -> Answer<Page> {
    let lang = asking.lang;
    let stream = StreamName::parse(&format!("{kind}/{id}")).map_err(|_| Failure::unseen())?;
    let filter = Filter {
        stream: Some(stream),
        ..Filter::default()
    };
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 50,
    };
    let found = history::entries(&web.platform, &asking.reader, &filter, &window).await?;
    if found.total == 0 {
        return Err(Failure::unseen());
    }
    let (name, path) = named(&asking, &web, &kind, &id).await?;
    let drawn = entries(&asking, &web, &found.items).await?;
    let next = found.next.map(|cursor| api::seal(&cursor));
    let total = u64::try_from(found.total).unwrap_or_default();
    let body = html! {
        div.prose { p { (t!(lang, "history-note")) } }
        div data-results="" #results {
            (drawn)
            (pager(&asking, found.items.len(), total, next.as_deref()))
        }
    };
    let mut page = Page::new(t!(lang, "history-title"), body)
        .kicker(name.clone())
        .actions(html! { a.button.small href=(asking.link(&format!("/history/{kind}/{}/workbook.xlsx", segment(&id)))) { (t!(lang, "action-download-workbook")) } })
        .demo(found.items.iter().any(|e| e.demo));
    if let Some(path) = path {
        page = page.crumb(name, path);
    }
    Ok(page)
}

/// One entry: before and after, who, when, hash.
pub(crate) async fn entry(asking: Asking, State(web): State<Web>, Path(position): Path<i64>) -> Answer<Page> {
    shown(&asking, &web, position, "", &Faults::default()).await
}

async fn shown(asking: &Asking, web: &Web, position: i64, reason: &str, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let detail = history::entry(&web.platform, &asking.reader, Position(position)).await?;
    let cause = web
        .platform
        .ledger()
        .event(Position(position))
        .await?
        .map(|e| e.cause)
        .unwrap_or_default();
    let bodies = bodies(asking, web).await?;
    let e = &detail.entry;
    let (name, path) = named(asking, web, &e.object_kind, &e.object).await?;
    let changes = changes(asking, web, &bodies, &detail.changes).await?;
    let files = platform::upload::query::of_body(&e.body);
    let pretty = serde_json::to_string_pretty(&e.body).unwrap_or_default();
    let all = asking.link(&format!(
        "/history/{}/{}",
        e.object_kind,
        crate::links::segment(&e.object)
    ));
    let body = html! {
        (corrected(asking, e))
        (changes)
        @if !files.is_empty() {
            section.section #files {
                header.section-head { h2 { (t!(lang, "file-list")) } }
                (super::file::list(asking, position, &files))
            }
        }
        section.section {
            header.section-head { h2 { (t!(lang, "history-proof")) } }
            (facts::list(&[
                Fact::text(t!(lang, "history-position"), position.to_string()),
                Fact::new(t!(lang, "history-hash"), html! { code.hash title=(detail.hash) { (detail.hash) } }),
                Fact::new(t!(lang, "history-previous-hash"), html! { code.hash title=(detail.previous_hash) { (detail.previous_hash) } }),
                Fact::new(t!(lang, "history-object"), html! { code { (e.stream) } @if let Some(version) = detail.version { " " (t!(lang, "history-version", version = version)) } }),
                Fact::new(t!(lang, "history-cause"), html! { code { (cause) } }),
            ]))
            details.disclosure { summary { (t!(lang, "history-body")) } pre lang=[(lang == Lang::En).then_some("zh-Hans")] tabindex="0" { (pretty) } }
        }
        (correction(asking, web, &detail, reason, faults))
    };
    let title = kind(lang, &e.kind);
    let mut page = Page::new(title, body)
        .kicker(t!(lang, "history-entry", position = position))
        .fact(Fact::new(t!(lang, "history-who"), who(lang, &bodies, &e.who)))
        .fact(Fact::text(t!(lang, "history-at"), language::instant(lang, e.at)))
        .fact(Fact::text(t!(lang, "history-since"), language::date(lang, e.effective)))
        .fact(Fact::text(
            t!(lang, "words-audience"),
            word(lang, "audience", e.audience.id()),
        ))
        .actions(html! { a.button href=(all) { (t!(lang, "action-history")) } })
        .demo(e.demo);
    if let Some(path) = path {
        page = page.crumb(name, path);
    }
    Ok(page)
}

fn corrected(asking: &Asking, e: &Entry) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(removed) = redacting::Removed::of(&e.body) { div.notice.official { p { (content_removed(lang, &removed)) } } }
        @if let Some(by) = &e.corrected_by {
            div.notice.soon {
                p { strong { (t!(lang, "history-was-wrong")) } " " (written(lang, &by.reason)) }
                p { a href=(asking.link(&format!("/events/{}", by.position))) { (t!(lang, "history-corrected-by", position = by.position.0)) } " · " (language::instant(lang, by.at)) }
            }
        }
        @if let Some(corrects) = &e.corrects {
            div.notice {
                p { a href=(asking.link(&format!("/events/{}", corrects.corrects))) { (t!(lang, "history-corrects", position = corrects.corrects.0)) } " " (written(lang, &corrects.reason)) }
            }
        }
    }
}

/// That the content of an entry was removed, when and by which rule.
fn content_removed(lang: Lang, removed: &redacting::Removed) -> Markup {
    html! { (t!(lang, "history-redacted", date = language::date(lang, removed.on))) " " (written(lang, &removed.rule)) }
}

/// Fields before and after.
async fn changes(asking: &Asking, web: &Web, bodies: &Bodies, changes: &[FieldChange]) -> Answer<Markup> {
    let lang = asking.lang;
    let mut rows = Vec::new();
    for change in changes {
        let before = value(asking, web, bodies, &change.before).await?;
        let after = value(asking, web, bodies, &change.after).await?;
        rows.push((change, before, after));
    }
    Ok(html! {
        section.section {
            header.section-head { h2 { (t!(lang, "history-changes")) } }
            @if rows.is_empty() { div.empty { p { (t!(lang, "history-no-changes")) } } } @else {
                table.diff-table {
                    caption.visually-hidden { (t!(lang, "history-changes")) }
                    thead { tr { td {} th scope="col" { (t!(lang, "history-before")) } th scope="col" { (t!(lang, "history-after")) } } }
                    tbody {
                        @for (change, before, after) in &rows {
                            tr {
                                th scope="row" {
                                    (language::text(lang, &format!("field-{}", change.field.replace('_', "-"))))
                                    @if let Some(of) = &change.of { " · " (text(lang, of)) }
                                }
                                td { @if let Some(before) = before { del { (before) } } }
                                td { @if let Some(after) = after { ins { (after) } } }
                            }
                        }
                    }
                }
            }
        }
    })
}

async fn value(asking: &Asking, web: &Web, bodies: &Bodies, shown: &Shown) -> Answer<Option<Markup>> {
    let lang = asking.lang;
    Ok(Some(match shown {
        Shown::Nothing => return Ok(None),
        Shown::Word { of: "stage", id } => html! { (id) " " (word(lang, "stage", id.split('.').next().unwrap_or(id))) },
        Shown::Word { of, id } => html! { (word(lang, of, id)) },
        Shown::Text(text) => written(lang, text),
        Shown::Titled(title) => html! { (text(lang, title)) },
        Shown::Day(day) => html! { (language::date(lang, *day)) },
        Shown::Truth(true) => html! { (t!(lang, "word-yes")) },
        Shown::Truth(false) => html! { (t!(lang, "word-no")) },
        Shown::Organization(id) => html! { @if let Some(name) = bodies.get(id) { (text(lang, name)) } @else { (id) } },
        Shown::Desk(id) => {
            let desk = people::desk(&web.platform, id, asking.reader.as_of).await?;
            html! { @if let Some(desk) = &desk { (text(lang, &desk.name)) } @else { (id) } }
        }
        Shown::Person(id) => {
            let person = platform::context::PersonId(id.clone());
            let names = people::display_names(&web.platform, &asking.reader, std::slice::from_ref(&person)).await?;
            let display = names.get(&person).cloned().unwrap_or(Display::Nobody);
            who(lang, bodies, &Who::Person { id: None, display })
        }
    }))
}

/// Whether the reader could take this entry back.
fn may_correct(asking: &Asking, web: &Web, e: &Entry) -> bool {
    if e.corrects.is_some() || e.corrected_by.is_some() || asking.is_past() {
        return false;
    }
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    match e.object_kind.as_str() {
        "obligation" | "output" => {
            let of_list =
                ["obligation.created", "obligation.ended", "obligation.taken_over"].contains(&e.kind.as_str());
            let object = Object {
                place: some(&e.place),
                organization: some(&e.organization),
                ..Object::default()
            };
            let allowed = |actor| may(web.platform.rights(), actor, Action::CorrectEntry, &object);
            !of_list && asking.actor().is_some_and(allowed)
        }
        _ => correcting::right(&e.kind).is_some_and(|action| {
            let allowed = |actor| may(web.platform.rights(), actor, action, &Object::default());
            asking.actor().is_some_and(allowed)
        }),
    }
}

fn correction(asking: &Asking, web: &Web, detail: &Detail, reason: &str, faults: &Faults) -> Markup {
    let lang = asking.lang;
    let e = &detail.entry;
    html! {
        @if may_correct(asking, web, e) {
            section.section #correct {
                header.section-head { h2 { (t!(lang, "history-correct")) } }
                p.hint { (t!(lang, "history-correct-note")) }
                form method="post" action=(lang.path(&format!("/events/{}/correct", e.position))) data-guard="" {
                    (once())
                    (Field::new("reason", t!(lang, "obligation-field-wrong-because")).control(Control::Lines(3)).width("w-full").value(reason).draw(lang, faults))
                    div.button-row { (button(Weight::Official, &t!(lang, "history-correct"))) }
                }
            }
        }
    }
}

/// Why an entry was wrong.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wrong {
    #[serde(default)]
    reason: String,
}

/// Takes an entry back; it stays visible, with the correction beside it.
pub(crate) async fn correct(
    asking: Asking,
    State(web): State<Web>,
    Path(position): Path<i64>,
    form: Form<Wrong>,
) -> Answer<Response> {
    let e = history::entry(&web.platform, &asking.reader, Position(position))
        .await?
        .entry;
    let context = form.context(&asking);
    let reason = form.value.reason.clone();
    let done = match output_of(&asking, &web, &e).await? {
        Some(output) => correct_output(&web.platform, &context, &output, &reason).await,
        None if e.object_kind == "obligation" => {
            let command = command::Command::Correct {
                position: Position(position),
                reason,
                replacement: None,
            };
            command::run(&web.platform, &context, &e.object, None, &command).await
        }
        None => correcting::correct(&web.platform, &context, Position(position), &reason).await,
    };
    match done {
        Ok(_) => Ok(asking.go(&format!("/events/{position}")).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            let fields = failure.refusal().is_some_and(|r| !r.faults.is_empty());
            if !fields {
                return Err(failure);
            }
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(shown(&asking, &web, position, &form.value.reason, &faults)
                .await?
                .again(asking.lang, &faults)
                .status(status)
                .into_response())
        }
    }
}

/// The output that an entry recorded: itself, or the one whose evidence it is. Both are taken back together.
async fn output_of(asking: &Asking, web: &Web, e: &Entry) -> Answer<Option<String>> {
    if e.object_kind == "output" {
        return Ok(Some(e.object.clone()));
    }
    let title = e
        .body
        .pointer("/evidence/title/zh")
        .and_then(Value::as_str)
        .filter(|_| e.kind == "obligation.evidence_recorded");
    let Some(title) = title else { return Ok(None) };
    let filter = output::Filter {
        place: Some(e.place.clone()),
        text: Some(title.to_owned()),
        ..output::Filter::default()
    };
    let found = output::outputs(&web.platform, &asking.reader, &filter, &Window::of(50))
        .await?
        .items;
    Ok(found
        .into_iter()
        .find(|o| o.title.zh == title && o.tasks.contains(&e.task))
        .map(|o| o.id))
}
