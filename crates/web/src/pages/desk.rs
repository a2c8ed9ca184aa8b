//! My desk 我的工作台: what is in my hands, what waits for somebody to take it, what I have done.

pub(in crate::pages) mod awaited;
pub(crate) mod batch;
pub(crate) mod copied;

use super::{history::entries, obligation::paste_box, task::place_name};
use crate::{
    Answer, Asking, Page, Web, api,
    components::{
        pager::pager,
        standing,
        tabs::{Tab, tabs},
        words::{Mark, days, first, mark, text},
    },
    links::{Screen, segment},
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    catalogue::english::named,
    desk::{
        Group, Why,
        query::{self as desk, Desk, Row, groups},
    },
    history::query::{self as history, Entry, Filter},
    place::query::{self as place, Place},
    question::{Page as Part, Window},
    rights::Action,
};

/// What a desk's tabs need: both halves, and what was done.
struct View {
    desk: Desk,
    done: Part<Entry>,
    places: Vec<Place>,
}

async fn load(asking: &Asking, web: &Web, limit: u32) -> Answer<View> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit,
    };
    let filter = Filter {
        mine: true,
        ..Filter::default()
    };
    Ok(View {
        desk: desk::desk(platform, reader).await?,
        done: history::entries(platform, reader, &filter, &window).await?,
        places: place::places(platform, reader).await?,
    })
}

fn framed(asking: &Asking, web: &Web, view: &View, body: Markup) -> Page {
    let lang = asking.lang;
    let count = |n: i64| Some(u64::try_from(n).unwrap_or_default());
    let in_hand = view.desk.in_hand.len() + view.desk.awaited.len();
    let mut parts = vec![
        Tab {
            name: t!(lang, "desk-tab-in-hand"),
            path: "/desk".to_owned(),
            count: Some(u64::try_from(in_hand).unwrap_or_default()),
        },
        Tab {
            name: t!(lang, "desk-tab-to-assign"),
            path: "/desk/to-assign".to_owned(),
            count: count(view.desk.to_assign_total),
        },
        Tab {
            name: t!(lang, "desk-tab-done"),
            path: "/desk/done".to_owned(),
            count: count(view.done.total),
        },
    ];
    if let Some(total) = view.desk.guided_total {
        let tab = Tab {
            name: t!(lang, "desk-tab-guided"),
            path: "/desk/guided".to_owned(),
            count: count(total),
        };
        parts.insert(2, tab);
    }
    if let Some(total) = view.desk.copied_total {
        let tab = Tab {
            name: t!(lang, "desk-tab-copied"),
            path: "/desk/copied".to_owned(),
            count: count(total),
        };
        parts.insert(parts.len() - 1, tab);
    }
    let drawn = html! {
        @if asking.can(web, Action::ReportProgress) { (paste_box(asking, None)) }
        (tabs(asking, &t!(lang, "screen-desk"), &parts))
        (body)
    };
    Page::new(t!(lang, "screen-desk"), drawn)
        .slim(note(lang, &view.desk, in_hand))
        .actions(workbooks(asking, web, view))
        .screen(Screen::Desk)
}

/// How many lie in hand, and of these how many are past their day or due this week.
fn note(lang: Lang, desk: &Desk, in_hand: usize) -> String {
    let count = |group: Group| desk.in_hand.iter().filter(|row| row.group == group).count();
    let (late, week) = (count(Group::Overdue), count(Group::ThisWeek));
    let mut parts = vec![t!(lang, "desk-note", count = in_hand)];
    if late > 0 {
        parts.push(t!(lang, "desk-note-overdue", count = late));
    }
    parts.push(t!(lang, "desk-note-week", count = week));
    parts.join(" · ")
}

/// The workbook of each of the reader's places, out and in.
fn workbooks(asking: &Asking, web: &Web, view: &View) -> Markup {
    let lang = asking.lang;
    let own = asking.reach(web, Action::ReportProgress).places;
    html! {
        a.button.small href=(asking.link("/desk.xlsx")) { (t!(lang, "desk-workbook")) }
        @for place in view.places.iter().filter(|p| own.contains(&p.code)) {
            @let name = place.short_name();
            a.button.small href=(asking.link(&format!("/places/{}/workbook.xlsx", place.code))) {
                (t!(lang, "action-download-workbook")) @if own.len() > 1 { " · " (first(lang, &name)) }
            }
            a.button.small href=(asking.link(&format!("/upload?what={}", place.code))) {
                (t!(lang, "action-upload-workbook")) @if own.len() > 1 { " · " (first(lang, &name)) }
            }
        }
    }
}

/// What is in my hands, the most urgent first.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, 1).await?;
    let groups = groups(&view.desk.in_hand);
    let rows = html! {
        @for (group, rows) in &groups {
            section.section id=(group.id()) {
                header.section-head { h2 { (group_name(lang, *group)) " " span.rail-count { (rows.len()) } } }
                (list(&asking, &web, &view.places, rows, true))
            }
        }
    };
    let own = if groups.is_empty() {
        None
    } else {
        Some(batch::form(&asking, &web, rows).await?)
    };
    let changes = awaited::section(&asking, &web, &view.desk.awaited).await?;
    let body = html! {
        (changes)
        @match own {
            Some(rows) => (rows),
            None => @if view.desk.awaited.is_empty() { (nothing(&asking, &view)) },
        }
    };
    let demo = view.desk.in_hand.iter().any(|r| r.obligation.demo) || view.desk.awaited.iter().any(|a| a.shell.demo);
    Ok(framed(&asking, &web, &view, body).demo(demo))
}

/// What is of my place or body, at no desk yet.
pub(crate) async fn to_assign(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, 1).await?;
    let rows: Vec<&Row> = view.desk.to_assign.iter().collect();
    let body = if rows.is_empty() {
        html! { div.empty { p { (t!(lang, "desk-nothing-to-assign")) } } }
    } else {
        batch::form(&asking, &web, list(&asking, &web, &view.places, &rows, true)).await?
    };
    Ok(framed(&asking, &web, &view, body))
}

/// What is open of the tasks that the reader's ministry guides, by how soon it is due.
pub(crate) async fn guided(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, 1).await?;
    let body = html! {
        @if view.desk.guided.is_empty() { div.empty { p { (t!(lang, "desk-nothing-guided")) } } }
        @for (group, rows) in &groups(&view.desk.guided) {
            section.section id=(group.id()) {
                header.section-head { h2 { (group_name(lang, *group)) " " span.rail-count { (rows.len()) } } }
                (list(&asking, &web, &view.places, rows, false))
            }
        }
    };
    Ok(framed(&asking, &web, &view, body).demo(view.desk.guided.iter().any(|r| r.obligation.demo)))
}

/// What I have recorded, newest first.
pub(crate) async fn done(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, 50).await?;
    let next = view.done.next.as_ref().map(api::seal);
    let drawn = entries(&asking, &web, &view.done.items).await?;
    let body = html! {
        @if view.done.items.is_empty() { div.empty { p { (t!(lang, "desk-nothing-done")) } } } @else {
            (drawn)
            (pager(&asking, view.done.items.len(), u64::try_from(view.done.total).unwrap_or_default(), next.as_deref()))
        }
    };
    Ok(framed(&asking, &web, &view, body))
}

/// An empty desk says what to do first.
fn nothing(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    html! {
        div.empty {
            p { (t!(lang, "desk-empty")) }
            @if view.desk.to_assign_total > 0 {
                ol {
                    li { a href=(asking.link("/desk/to-assign")) { (t!(lang, "desk-first-assign", count = view.desk.to_assign_total)) } }
                    li { (t!(lang, "desk-first-milestone")) }
                    li { (t!(lang, "desk-first-paste")) }
                }
            }
        }
    }
}

fn group_name(lang: Lang, group: Group) -> String {
    match group {
        Group::Overdue => t!(lang, "desk-overdue"),
        Group::ThisWeek => t!(lang, "desk-this-week"),
        Group::Later => t!(lang, "desk-later"),
        Group::NoDate => t!(lang, "desk-no-date"),
    }
}

/// Why a row is on the desk, in words.
pub(super) fn why(lang: Lang, why: &Why) -> String {
    match why {
        Why::InPerson => t!(lang, "why-in-person"),
        Why::AtDesk { .. } => t!(lang, "why-at-desk"),
        Why::StandingIn { .. } => t!(lang, "why-standing-in"),
        Why::OfPlace { .. } => t!(lang, "why-of-place"),
        Why::OfOrganization { .. } => t!(lang, "why-of-organization"),
        Why::Guided => t!(lang, "why-guided"),
        Why::WithPlace { .. } => t!(lang, "why-with-place"),
        Why::WithOrganization { .. } => t!(lang, "why-with-organization"),
    }
}

/// Rows; where something can be done with several, each with its box.
fn list(asking: &Asking, web: &Web, places: &[Place], rows: &[&Row], several: bool) -> Markup {
    let lang = asking.lang;
    let several = several && batch::may(asking, web);
    html! {
        ul.desk.several[several] data-list="" {
            @for row in rows {
                @let o = &row.obligation;
                @let path = format!("/obligations/{}", segment(&o.id));
                li.overdue[row.group == Group::Overdue].soon[row.group == Group::ThisWeek] {
                    @if several { (batch::tick(asking, o)) }
                    a href=(asking.link(&path)) {
                        @if o.number > 0 { (t!(lang, "task-number", number = o.number)) " " }
                        (text(lang, &o.title))
                    }
                    p.why {
                        (why(lang, &row.why)) " · " (standing::state(lang, &o.state))
                        @if !o.place.is_empty() { " · " (place_name(lang, places, &o.place)) }
                        @if o.demo { " " (mark(lang, Mark::Demo)) }
                    }
                    p.who {
                        (standing::holder(lang, o))
                        @if let Some(day) = o.holder.since { " · " (t!(lang, "facts-since", date = language::date(lang, day))) }
                        @if asking.can(web, Action::ReportProgress) { " · " a href=(asking.link(&format!("{path}#report"))) { (t!(lang, "task-report")) } }
                    }
                    (due(lang, row))
                }
            }
        }
    }
}

/// The last day, how many days are left, and who set it.
fn due(lang: Lang, row: &Row) -> Markup {
    html! {
        @match (&row.due, &row.left) {
            (Some((day, by)), Some(left)) => span.due title=(t!(lang, "obligation-set-by", who = named(lang, by))) { (days(lang, left.calendar, left.working)) " " span.muted { (language::date(lang, *day)) } },
            (Some((day, by)), None) => span.days title=(t!(lang, "obligation-set-by", who = named(lang, by))) { (language::date(lang, *day)) },
            (None, _) => span.days { (t!(lang, "due-none")) },
        }
    }
}
