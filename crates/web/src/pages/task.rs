//! One task: its line as published beside what was read, warnings, who undertook it, what came out.

mod head;

use super::list::claims;
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        diff,
        facts::{self, Fact},
        field::once,
        follow,
        standing::{STATES, tally, word},
        words::{bilingual, first, text},
    },
    links::{Screen, segment},
    page::Sheet,
    pages::{obligation::Rows, text as texts},
    routes,
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::{
        event::ClaimKind,
        query::{self as list, LinkedMeasure, Task},
    },
    obligation::{
        facts::id_of,
        order::Order,
        query::{self as obligation, Filter, Obligation},
    },
    people::query as people,
    place::query::{self as place, Place},
    question::Window,
    rights::{Action, Object, may},
};
use std::collections::BTreeSet;

/// The page of one task.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let task = list::task(platform, reader, &id).await?;
    let filter = Filter {
        subject: Some(id.clone()),
        ..Filter::default()
    };
    let held = obligation::obligations(platform, reader, &filter, &Window::of(200))
        .await?
        .items;
    let (mut today, mut task_today) = (None, None);
    if asking.compares()? {
        let now = asking.reader_today();
        today = Some(
            obligation::obligations(platform, &now, &filter, &Window::of(200))
                .await?
                .items,
        );
        let same = list::TaskFilter {
            ids: Some(vec![id.clone()]),
            ..list::TaskFilter::default()
        };
        task_today = list::tasks(platform, &now, &same, &Window::of(1)).await?.items.pop();
    }
    let named = held.iter().chain(today.iter().flatten()).map(|o| &o.place);
    let claimed = [Some(&task), task_today.as_ref()].into_iter().flatten();
    let mut codes: Vec<String> = named
        .chain(claimed.flat_map(|task| &task.claims).flat_map(|claim| &claim.places))
        // The reader's own, which could take it up.
        .chain(&task.counterparts)
        .chain(asking.actor().iter().flat_map(|a| &a.grants).flat_map(|g| &g.places))
        .filter(|code| !code.is_empty())
        .cloned()
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let places = place::of_codes(platform, reader, &codes).await?;
    let rows = Rows {
        held: &held,
        today: today.as_deref(),
        places: &places,
        of_many: false,
        order: Order::default(),
    };
    let measures = list::measures_of(platform, reader, &id).await?;
    let guiding = if task.guiding.is_empty() {
        None
    } else {
        people::organization(platform, &task.guiding, reader.as_of).await?
    };
    let near = list::numbered(platform, reader, &task.list, &task.near).await?;
    let counted: Vec<(&str, i64)> = STATES
        .iter()
        .map(|s| {
            (
                *s,
                i64::try_from(held.iter().filter(|o| o.state == *s).count()).unwrap_or(0),
            )
        })
        .collect();
    let texts = texts::of_task(&asking, &web, &id, &places).await?;
    let body = html! {
        (warnings(&asking, &task, &near))
        (otherwise(&asking, &task, task_today.as_ref()))
        (facts::beside(
            html! { (printed(&asking, &task, &places)) (holders(&asking, &rows)) (texts) (came_out(&asking, &held, &places)) },
            &t!(lang, "task-facts"),
            &column(&asking, &task, &measures, &places),
        ))
    };
    let followed = follow::control(&asking, &web, &follow::task(&task.id)).await?;
    let who = head::who(lang, guiding.as_ref(), &held);
    let when = head::when(&asking, &task, &held);
    let kicker = format!(
        "{} · {}",
        t!(lang, "task-number", number = task.number),
        word(lang, "tier", task.tier.id())
    );
    Ok(Page::new(first(lang, &task.title), body)
        .heading(html! { (bilingual(lang, &task.title)) })
        .kicker(kicker)
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List)
        .sheet(Sheet::A4)
        .fact(Fact::new(t!(lang, "facts-where"), tally(lang, &counted)))
        .fact(Fact::new(t!(lang, "facts-who"), who))
        .fact(Fact::new(t!(lang, "facts-when"), when))
        .fact(Fact::new(t!(lang, "facts-next"), todo(&asking, &held)))
        .actions(html! { (actions(&asking, &web, &task, &held, &places)) (followed) })
        .demo(held.iter().any(|o| o.demo)))
}

/// What the reader could do: nothing for the public; an officer's own rows.
fn todo(asking: &Asking, held: &[Obligation]) -> Markup {
    let lang = asking.lang;
    let places: Vec<&String> = asking
        .actor()
        .iter()
        .flat_map(|a| &a.grants)
        .flat_map(|g| &g.places)
        .collect();
    let own: Vec<&Obligation> = held.iter().filter(|o| places.contains(&&o.place)).collect();
    html! {
        @if own.is_empty() { (t!(lang, "task-nothing-to-do")) }
        @for o in own { a href=(asking.link(&format!("/obligations/{}", o.id))) { (t!(lang, "task-report")) } " " }
    }
}

/// What can be done here. Whoever is not signed in is led to the door first.
fn actions(asking: &Asking, web: &Web, task: &Task, held: &[Obligation], places: &[Place]) -> Markup {
    let lang = asking.lang;
    let has = |path: &str| routes::rows().iter().any(|row| row.path == path);
    html! {
        @if has("/changes/new") { (head::proposing(asking, web, task, held, places)) }
        @for place in could_volunteer(asking, web, task, held) {
            form method="post" action=(lang.path(&format!("/obligations/{}/actions/opt_in", segment(&id_of(&task.id, &place))))) {
                (once())
                button.button type="submit" { (t!(lang, "task-volunteer", place = place_name(lang, places, &place))) }
            }
        }
        @if asking.can(web, Action::ProposeLink) {
            a.button href=(asking.link(&format!("/tasks/{}/assign", task.id))) {
                @if asking.can(web, Action::AssignTask) { (t!(lang, "assign-title")) } @else { (t!(lang, "assign-link-new")) }
            }
        }
        @if has("/history/{kind}/{id}") {
            a.button.quiet href=(asking.link(&format!("/history/task/{}", task.id))) { (t!(lang, "action-history")) }
        }
    }
}

/// Places for which the reader could take the task up: those that it asks for volunteers among, and that do not hold it.
fn could_volunteer(asking: &Asking, web: &Web, task: &Task, held: &[Obligation]) -> BTreeSet<String> {
    let asked = |place: &str| {
        task.claims.iter().any(|c| {
            matches!(c.claim, ClaimKind::Willing | ClaimKind::Relevant)
                && (c.places.is_empty() || c.places.iter().any(|p| p == place))
        })
    };
    let Some(actor) = asking.actor().filter(|_| !asking.is_past() && task.fate == "open") else {
        return BTreeSet::new();
    };
    actor
        .grants
        .iter()
        .flat_map(|g| &g.places)
        .filter(|place| asked(place) && !held.iter().any(|o| o.place == **place))
        .filter(|place| {
            may(
                web.platform.rights(),
                actor,
                Action::ChooseRole,
                &Object::of_place(place),
            )
        })
        .cloned()
        .collect()
}

/// Warnings that stand on the task, and tasks that are nearly the same.
fn warnings(asking: &Asking, task: &Task, near: &[Task]) -> Markup {
    let lang = asking.lang;
    html! {
        @if task.fate != "open" {
            div.notice.official { p {
                (t!(lang, "task-fate", fate = task.fate.as_str()))
                @if task.fate == "merged" { " " a href=(asking.link(&format!("/tasks/{}", task.fate_detail))) { (task.fate_detail) } }
                @if task.fate == "closed" { " " (task.fate_detail) }
            } }
        }
        @for note in &task.notes {
            div.notice.soon {
                p { strong { (t!(lang, "task-warning")) } " " (text(lang, &note.text)) }
                p.muted {
                    (t!(lang, "task-source")) " " (text(lang, &note.source))
                    @if !note.verified { " · " (t!(lang, "task-not-verified")) }
                }
            }
        }
        @if !near.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "task-near")) } }
                div.beside {
                    div { p.page-kicker { (t!(lang, "task-number", number = task.number)) } p { (bilingual(lang, &task.title)) } p.muted { (word(lang, "tier", task.tier.id())) } }
                    @for other in near {
                        div {
                            p.page-kicker { (t!(lang, "task-number", number = other.number)) }
                            p { a href=(asking.link(&format!("/tasks/{}", other.id))) { (bilingual(lang, &other.title)) } }
                            p.muted { (word(lang, "tier", other.tier.id())) }
                        }
                    }
                }
            }
        }
    }
}

/// The lines as published beside what was read from them.
fn printed(asking: &Asking, task: &Task, places: &[Place]) -> Markup {
    let lang = asking.lang;
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "task-as-published")) } }
            div.beside {
                blockquote.source-line {
                    p lang="zh-Hans" { @for line in task.original.lines() { (line) br; } }
                    @if task.line.0 > 0 {
                        footer { a href=(asking.link(&format!("/lists/{}/text#line-{}", task.list, task.line.0))) { (t!(lang, "task-lines", first = task.line.0, last = task.line.1)) } }
                    }
                }
                dl.facts-list {
                    div { dt { (t!(lang, "column-number")) } dd { (task.number) } }
                    div { dt { (t!(lang, "column-title")) } dd { (text(lang, &task.title)) } }
                    div { dt { (t!(lang, "words-tier")) } dd { (word(lang, "tier", task.tier.id())) } }
                    div { dt { (t!(lang, "column-places")) } dd { (claims(lang, task, places)) } }
                    div { dt { (t!(lang, "words-part")) } dd { (word(lang, "part", &task.role)) } }
                    @if !task.counterparts.is_empty() {
                        div { dt { (t!(lang, "task-counterparts")) } dd {
                            @for (at, code) in task.counterparts.iter().enumerate() {
                                @if at > 0 { (if lang == Lang::Zh { "、" } else { ", " }) }
                                a href=(asking.link(&format!("/places/{code}"))) { (place_name(lang, places, code)) }
                            }
                        } }
                    }
                    @if !task.topics.is_empty() {
                        div { dt { (t!(lang, "task-topics")) } dd { ul { @for topic in &task.topics { li { (text(lang, topic)) } } } } }
                    }
                }
            }
        }
    }
}

/// Who undertook it.
fn holders(asking: &Asking, rows: &Rows<'_>) -> Markup {
    let lang = asking.lang;
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "task-holders")) } p.section-note { (t!(lang, "count-obligations", count = rows.held.len())) } }
            (rows.changes(asking))
            (rows.table(asking).draw(asking))
        }
    }
}

/// What today says otherwise of the task itself; nothing where it says the same, or nobody compares.
fn otherwise(asking: &Asking, then: &Task, now: Option<&Task>) -> Markup {
    let lang = asking.lang;
    let limit = |task: &Task| task.time_limit.as_ref().map(|(day, _)| language::date(lang, *day));
    let text = |name: String, before: Option<String>, after: Option<String>| {
        (before != after).then_some(diff::Field { name, before, after })
    };
    let changed: Vec<diff::Field> = now.map_or_else(Vec::new, |now| {
        [
            text(
                t!(lang, "column-title"),
                Some(first(lang, &then.title).to_owned()),
                Some(first(lang, &now.title).to_owned()),
            ),
            text(
                t!(lang, "words-tier"),
                Some(word(lang, "tier", then.tier.id())),
                Some(word(lang, "tier", now.tier.id())),
            ),
            text(
                t!(lang, "column-places"),
                Some(then.places_as_written.clone()),
                Some(now.places_as_written.clone()),
            ),
            text(t!(lang, "column-time-limit"), limit(then), limit(now)),
            text(
                t!(lang, "column-measures"),
                Some(then.measures.join(" ")),
                Some(now.measures.join(" ")),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    html! {
        @if !changed.is_empty() {
            (diff::table(&t!(lang, "task-otherwise"), &language::date(lang, asking.reader.as_of.date), &t!(lang, "frame-as-of-today"), &changed))
        }
    }
}

/// The name of a place for a row.
pub(crate) fn place_name(lang: Lang, places: &[Place], code: &str) -> String {
    places
        .iter()
        .find(|p| p.code == code)
        .map_or_else(|| code.to_owned(), |p| first(lang, &p.short_name()).to_owned())
}

/// Where the task or the measure of an obligation is shown.
pub(crate) fn subject_path(o: &Obligation) -> String {
    if o.subject_kind == "task" {
        return format!("/tasks/{}", o.subject);
    }
    let measure = o
        .subject
        .split_once("-m")
        .and_then(|(_, rest)| rest.split_once('.'))
        .map_or("", |(m, _)| m);
    format!("/measures/{measure}")
}

/// What came out, each with its number or 编号待补.
fn came_out(asking: &Asking, held: &[Obligation], places: &[Place]) -> Markup {
    let lang = asking.lang;
    let out: Vec<&Obligation> = held.iter().filter(|o| o.delivered.is_some()).collect();
    html! {
        @if !out.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "task-outputs")) } }
                ul {
                    @for o in out {
                        @if let Some(d) = &o.delivered {
                            li {
                                (place_name(lang, places, &o.place)) " "
                                @match &d.designation {
                                    Some(number) => span.code { (number) },
                                    None => span.mark.draft { (t!(lang, "output-no-number")) },
                                }
                                " " a href=(asking.link(&format!("/obligations/{}#evidence", o.id))) { (bilingual(lang, &d.title)) }
                                @if let Some(day) = d.on { " · " (language::date(lang, day)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The facts at the right: measures, places, version.
fn column(asking: &Asking, task: &Task, measures: &[LinkedMeasure], places: &[Place]) -> Vec<Fact> {
    let lang = asking.lang;
    let linked = html! {
        ul {
            @for linked in measures {
                li {
                    a href=(asking.link(&format!("/measures/{}", linked.measure))) { (t!(lang, "measure-name", number = linked.measure.as_str())) " " (text(lang, &linked.title)) }
                    @if linked.link != "confirmed" { " " span.mark.draft { (t!(lang, "link-unconfirmed")) } }
                }
            }
        }
    };
    vec![
        Fact::new(t!(lang, "task-part"), text(lang, &task.part)),
        Fact::new(t!(lang, "task-section"), text(lang, &task.section)),
        Fact::text(t!(lang, "column-places"), claims(lang, task, places)),
        Fact::new(t!(lang, "column-measures"), linked),
        Fact::new(
            t!(lang, "task-in-force"),
            html! { a href=(asking.link("/changes")) { (t!(lang, "task-version", version = task.version)) } },
        ),
    ]
}
