//! One obligation: who holds it since when, what is due, what came out, and what happened.

use super::{desk, form, links, paste};
use crate::{
    Answer, Asking, Page, Path, Web,
    api::actions::Input,
    components::{
        facts::{self, Fact, Pressing},
        field::Faults,
        follow,
        standing::{self, has_passed_unseen, word},
        words::{Mark, bilingual, days, first, known_name, mark, mixed, text, unsettled},
    },
    links::Screen,
    page::Sheet,
    pages::{
        file,
        history::{entries, recorded, written},
        task::{place_name, subject_path},
        text as texts,
    },
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    catalogue::english::named,
    history::query::{self as history, Filter},
    list::query::{self as list, Task},
    obligation::{
        command,
        query::{self as obligation, EvidenceRow, MilestoneRow, Obligation},
    },
    output::query::Output,
    people::query as people,
    place::query::{self as place, Place},
    question::Window,
};

/// So many entries of the history stand on the page itself.
const ENTRIES: u32 = 20;

/// The page of one obligation.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    of(&asking, &web, &id).await
}

/// The page of one obligation, for whoever asks.
pub(super) async fn of(asking: &Asking, web: &Web, id: &str) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let o = obligation::obligation(platform, reader, id).await?;
    let task = if o.subject_kind == "task" {
        Some(list::task(platform, reader, &o.subject).await?)
    } else {
        None
    };
    let places = place::places(platform, reader).await?;
    let milestones = obligation::milestones(platform, reader, id).await?;
    let evidence = obligation::evidence(platform, reader, id).await?;
    let filter = Filter {
        stream: Some(command::stream(id)?),
        ..Filter::default()
    };
    let past = history::entries(platform, reader, &filter, &Window::of(ENTRIES)).await?;
    let around = form::around(asking, web, &o, task.as_ref(), &milestones).await?;
    let outputs = if evidence.iter().any(|e| e.kind == "standard") {
        form::outputs(asking, web, &o).await?
    } else {
        Vec::new()
    };
    let served = links::section(asking, web, &o).await?;
    let texts = texts::of_obligation(asking, web, id).await?;
    let happened = entries(asking, web, &past.items).await?;
    let recorded = recorded::notice(asking, web, &format!("obligation/{id}")).await?;
    let body = html! {
        (recorded)
        (notes(lang, task.as_ref()))
        (block(lang, &o))
        (facts::beside(
            html! {
                (report(asking, web, &around))
                (plan(asking, &o, &milestones))
                (texts)
                (shown(asking, &o, &evidence, &outputs))
                (served)
                section.section #history {
                    header.section-head {
                        h2 { (t!(lang, "action-history")) }
                        p.section-note { a href=(asking.link(&format!("/history/obligation/{}", crate::links::segment(&o.id)))) { (t!(lang, "obligation-history-all", count = past.total)) } }
                    }
                    (happened)
                }
            },
            &t!(lang, "task-facts"),
            &column(asking, &o, task.as_ref(), &places),
        ))
    };
    let followed = follow::control(asking, web, &follow::object(&format!("obligation/{}", o.id))).await?;
    let held = holder_name(lang, &o, &places);
    let kicker = if o.number > 0 {
        format!("{} · {held}", t!(lang, "task-number", number = o.number))
    } else {
        held.clone()
    };
    let mut page = Page::new(format!("{} · {held}", first(lang, &o.title)), body)
        .heading(html! { (bilingual(lang, &o.title)) })
        .kicker(kicker)
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List)
        .sheet(Sheet::A4)
        .ruler(standing::head_ruler(lang, &o, asking.reader.as_of.date))
        .fact(Fact::new(
            t!(lang, "facts-where"),
            html! { (standing::state(lang, &o.state)) @if !came_out(&o) { " " (standing::stage(lang, &o.stage)) } },
        ))
        .fact(Fact::new(t!(lang, "facts-who"), who(asking, web, &o).await?))
        .fact(due(asking, web, &o))
        .fact(Fact::new(t!(lang, "facts-next"), todo(lang, &around)))
        .actions(followed)
        .demo(o.demo);
    if let Some(task) = &task {
        page = page.crumb(
            t!(lang, "task-number", number = task.number),
            format!("/tasks/{}", task.id),
        );
    }
    Ok(page)
}

/// The place, or the ministry, whose obligation it is.
pub(super) fn holder_name(lang: Lang, o: &Obligation, places: &[Place]) -> String {
    if o.place.is_empty() {
        first(lang, &o.holder.organization_name).to_owned()
    } else {
        place_name(lang, places, &o.place)
    }
}

/// In whose hands it is, and how the public reaches that desk.
async fn who(asking: &Asking, web: &Web, o: &Obligation) -> Answer<Markup> {
    let lang = asking.lang;
    let desk = if o.holder.desk.is_empty() {
        None
    } else {
        people::desk(&web.platform, &o.holder.desk, asking.reader.as_of).await?
    };
    let contact = desk.and_then(|desk| desk.contact);
    Ok(html! {
        (text(lang, &o.holder.organization_name))
        @if !o.holder.desk.is_empty() { " · " (text(lang, &o.holder.desk_name)) }
        @if let Some(day) = o.holder.since { " " span.muted { (t!(lang, "facts-since", date = language::date(lang, day))) } }
        @if let Some(contact) = &contact { br; span.muted { (t!(lang, "place-contact")) } " " (written(lang, contact)) }
        @if desk::may_change(asking, web, o) {
            br; a href=(asking.link(&format!("/obligations/{}/desk", crate::links::segment(&o.id)))) { (t!(lang, "obligation-desk-change")) }
        }
    })
}

/// Whether there is nothing left to be due.
fn came_out(o: &Obligation) -> bool {
    matches!(o.state.as_str(), "delivered" | "closed")
}

/// How many days are left; that a day has passed is told to those alone who may know.
fn due(asking: &Asking, web: &Web, o: &Obligation) -> Fact {
    let lang = asking.lang;
    if came_out(o) {
        let on = o.delivered.as_ref().and_then(|d| d.on);
        let told = on.map_or_else(
            || "—".to_owned(),
            |day| t!(lang, "obligation-published-on", date = language::date(lang, day)),
        );
        return Fact::text(t!(lang, "facts-when"), told);
    }
    let Some(next) = &o.next else {
        return Fact::text(t!(lang, "facts-when"), t!(lang, "due-none"));
    };
    let left = web.platform.calendar().days_left(asking.reader.as_of.date, next.due);
    let late = o.late == Some(true);
    let passed = has_passed_unseen(o, asking.reader.as_of.date);
    let value = html! {
        @if passed { (t!(lang, "due-passed-long", day = language::date(lang, next.due))) } @else { (language::date(lang, next.due)) }
        @if left.calendar >= 0 || late { " " (days(lang, left.calendar, left.working)) (unsettled(lang, left)) }
        " " span.muted { (text(lang, &next.name)) " · " (mixed(lang, &t!(lang, "obligation-set-by", who = named(lang, &next.set_by)))) }
    };
    Fact::new(t!(lang, "facts-when"), value).pressing(if late { Pressing::Overdue } else { Pressing::No })
}

fn todo(lang: Lang, around: &form::Around<'_>) -> Markup {
    html! {
        @if around.open.is_empty() { (t!(lang, "task-nothing-to-do")) }
        @else { a href="#report" { (t!(lang, "task-report")) } }
    }
}

/// Warnings of the task, short.
fn notes(lang: Lang, task: Option<&Task>) -> Markup {
    html! {
        @for note in task.iter().flat_map(|t| &t.notes) {
            div.notice.soon { p { strong { (t!(lang, "task-warning")) } " " (text(lang, &note.text)) } }
        }
    }
}

fn block(lang: Lang, o: &Obligation) -> Markup {
    html! {
        @if let Some(block) = &o.block {
            div.notice.official {
                p { strong { (word(lang, "state", "blocked")) } " " (word(lang, "block", &block.kind)) "：" (written(lang, &block.text)) }
                @if !block.waits_for.is_empty() { p { (t!(lang, "obligation-waits-for")) " " (written(lang, &block.waits_for)) } }
            }
        }
    }
}

/// The forms of those who may report.
fn report(asking: &Asking, web: &Web, around: &form::Around<'_>) -> Markup {
    let lang = asking.lang;
    html! {
        @if !around.open.is_empty() {
            section.section #report {
                header.section-head { h2 { (t!(lang, "task-report")) } }
                @if around.open.contains(&"record_stage") { (paste::box_of(asking, Some(&around.obligation.id))) }
                @for action in &around.open {
                    (form::draw(asking, web, around, action, &Input::default(), &Faults::default(), false))
                }
            }
        }
    }
}

fn plan(asking: &Asking, o: &Obligation, milestones: &[MilestoneRow]) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #milestones {
            header.section-head { h2 { (t!(lang, "obligation-milestones")) } }
            @if milestones.is_empty() { div.empty { p { (t!(lang, "obligation-no-milestones")) } } } @else {
                div.table-frame { table.table.compact {
                    caption.visually-hidden { (t!(lang, "obligation-milestones")) }
                    thead { tr {
                        th.title scope="col" { (t!(lang, "obligation-field-milestone")) }
                        th.date scope="col" { (t!(lang, "obligation-field-due")) }
                        th scope="col" { (t!(lang, "obligation-field-set-by")) }
                        th.date scope="col" { (t!(lang, "obligation-reached")) }
                    } }
                    tbody {
                        @for m in milestones {
                            @let late = m.reached.is_none() && m.due < asking.reader.as_of.date && o.late == Some(true);
                            tr {
                                th.title scope="row" { (text(lang, &m.name)) }
                                td.date { span.days.overdue[late] { (language::date(lang, m.due)) } }
                                td { (known_name(lang, &m.set_by)) }
                                td.date { @if let Some(day) = m.reached { (language::date(lang, day)) } @else { "—" } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// Evidence, each with its source.
fn shown(asking: &Asking, o: &Obligation, evidence: &[EvidenceRow], outputs: &[Output]) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #evidence {
            header.section-head { h2 { (t!(lang, "obligation-evidence")) } }
            @if evidence.is_empty() { div.empty { p { (t!(lang, "obligation-no-evidence")) } } } @else {
                ul.cards {
                    @for e in evidence {
                        li { article.card {
                            p.page-kicker { (word(lang, "evidence", &e.kind)) @if e.demo || o.demo { " " (mark(lang, Mark::Demo)) } @if e.audience != "public" { " · " (word(lang, "audience", &e.audience)) } }
                            @let output = outputs.iter().find(|output| e.kind == "standard" && output.title.zh == e.title.zh);
                            h3 {
                                @match output {
                                    Some(output) => a href=(asking.link(&format!("/outputs/{}", crate::links::segment(&output.id)))) { (bilingual(lang, &e.title)) },
                                    None => (bilingual(lang, &e.title)),
                                }
                            }
                            p {
                                @match &e.designation {
                                    Some(number) => span.code { (number) },
                                    None if e.kind == "standard" => span.mark.draft { (t!(lang, "output-no-number")) },
                                    None => {},
                                }
                                @if let Some(day) = e.published { " " (t!(lang, "obligation-published-on", date = language::date(lang, day))) }
                                @if let Some(day) = e.reported { " " (t!(lang, "obligation-reported-on", date = language::date(lang, day))) }
                            }
                            @if e.link.is_some() || !e.citation.is_empty() {
                                p.muted {
                                    (t!(lang, "obligation-source")) " "
                                    @match &e.link {
                                        Some(link) => a href=(link) rel="noopener nofollow" { @if e.citation.is_empty() { (link) } @else { (known_name(lang, &e.citation)) } },
                                        None => (known_name(lang, &e.citation)),
                                    }
                                }
                            }
                            @if let Some(line) = &e.line { blockquote.source-line { p lang="zh-Hans" { (line) } } }
                            (file::list(asking, e.position, &e.files))
                            p { a href=(asking.link(&format!("/events/{}", e.position))) { (t!(lang, "obligation-entry", position = e.position)) } }
                        } }
                    }
                }
            }
        }
    }
}

/// The facts at the right.
fn column(asking: &Asking, o: &Obligation, task: Option<&Task>, places: &[Place]) -> Vec<Fact> {
    let lang = asking.lang;
    let subject = if o.number > 0 {
        t!(lang, "task-number", number = o.number)
    } else {
        t!(lang, "obligations-of-actions")
    };
    let chosen = task
        .iter()
        .flat_map(|t| &t.topics)
        .filter(|topic| o.topics.is_empty() || o.topics.contains(&topic.zh));
    let mut facts = vec![
        Fact::new(
            t!(lang, "obligations-of"),
            html! { a href=(asking.link(&subject_path(o))) { (subject) } },
        ),
        Fact::text(t!(lang, "column-place"), holder_name(lang, o, places)),
        Fact::text(t!(lang, "words-claim"), word(lang, "claim", &o.claim)),
        Fact::text(
            t!(lang, "obligations-firm"),
            if o.firm {
                t!(lang, "word-yes")
            } else {
                t!(lang, "word-no")
            },
        ),
        Fact::text(t!(lang, "words-part"), word(lang, "part", &o.part)),
    ];
    if task.is_some_and(|t| !t.topics.is_empty()) {
        facts.push(Fact::new(
            t!(lang, "task-topics"),
            html! { ul { @for topic in chosen { li { (text(lang, topic)) } } } },
        ));
    }
    if !o.tier.is_empty() {
        facts.push(Fact::text(t!(lang, "words-tier"), word(lang, "tier", &o.tier)));
    }
    facts.push(Fact::text(
        t!(lang, "obligation-binds"),
        word(lang, "strength", &o.strength),
    ));
    if let Some(day) = o.changed_on {
        facts.push(Fact::text(t!(lang, "obligation-changed-on"), language::date(lang, day)));
    }
    facts
}
