//! What nobody has been named for: tasks without a ministry, places that have reported nothing, obligations without a desk or
//! a day; each with the way to name somebody.

mod guiding;
mod silent;

pub(crate) use guiding::take as name_guiding;

use super::{
    assign,
    task::{place_name, subject_path},
};
use crate::{
    Answer, Asking, Page, Web,
    components::{
        filters::{Filter, filters},
        standing,
        table::{Column, Row, Set, Table, tools},
        words::{bilingual, text},
    },
    links::{Screen, segment},
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::{
    list::{
        entering::FIRST,
        query::{self as list, Task, TaskFilter},
    },
    obligation::query::{self as obligation, Obligation},
    place::query::{self as place, Place},
    question::Window,
    rights::Action,
};

/// The most obligations that are looked at for one page; a place narrows them.
const LOOKED_AT: usize = 1_000;
/// The most rows of a table on this page.
const SHOWN: usize = 100;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let filter = TaskFilter {
        list: Some(FIRST.to_owned()),
        guiding: Some("none".to_owned()),
        ..TaskFilter::default()
    };
    let tasks = list::tasks(platform, reader, &filter, &Window::of(200)).await?;
    let places = place::places(platform, reader).await?;
    let lacking = lacking(&asking, &web).await?;
    let table = lacking_table(&asking, &web, &lacking, &places);
    let silent = silent::section(&asking, &web, &places).await?;
    let named = guiding::done(&asking);
    let of_tasks = guiding::form(&asking, &web, tasks_table(&asking, &tasks.items).draw(&asking)).await?;
    let by_place = Filter::words("place", t!(lang, "unassigned-by-place"));
    let body = html! {
        (named)
        p.chips.no-print {
            a.chip href="#tasks" { (t!(lang, "unassigned-tasks")) }
            a.chip href="#silent" { (t!(lang, "unassigned-silent")) }
            a.chip href="#obligations" { (t!(lang, "unassigned-obligations")) }
        }
        section.section #tasks {
            header.section-head { h2 { (t!(lang, "unassigned-tasks")) } p.section-note { (t!(lang, "count-tasks", count = tasks.total)) } }
            @if tasks.items.is_empty() { p { (t!(lang, "unassigned-tasks-none")) } } @else { (of_tasks) }
        }
        (silent)
        section.section #obligations {
            header.section-head { h2 { (t!(lang, "unassigned-obligations")) } }
            (tools(filters(&asking, &[by_place]), table.chooser(&asking)))
            div data-results="" #results {
                p.section-note data-live="" { (t!(lang, "unassigned-shown", shown = lacking.len().min(SHOWN), total = lacking.len())) }
                @if lacking.is_empty() { p { (t!(lang, "unassigned-obligations-none")) } } @else { (table.draw(&asking)) }
            }
        }
    };
    Ok(Page::new(t!(lang, "admin-unassigned"), body)
        .slim(t!(lang, "unassigned-lead"))
        .crumb(t!(lang, "screen-list"), "/list")
        .actions(html! {
            a.button.small href=(asking.link("/workbooks/assignment.xlsx")) { (t!(lang, "unassigned-fill-in")) }
            a.button.small href=(asking.link("/upload?what=assignment")) { (t!(lang, "action-upload-workbook")) }
            a.button.small href=(asking.links.same_query("/unassigned.xlsx")) { (t!(lang, "unassigned-workbook")) }
        })
        .screen(Screen::Unassigned))
}

/// Tasks that no ministry guides, by number.
fn tasks_table(asking: &Asking, tasks: &[Task]) -> Table {
    let lang = asking.lang;
    let columns = vec![
        Column::new("number", t!(lang, "column-number")).set(Set::Number),
        Column::new("title", t!(lang, "column-title")).set(Set::Title),
        Column::new("assign", t!(lang, "assign-other")),
    ];
    let mut table = Table::new("tasks-table", t!(lang, "unassigned-tasks"), columns);
    table.compact = true;
    table.fixed = true;
    let row = |task: &Task| {
        Row::new(vec![
            html! { (guiding::tick(asking, task)) (task.number) },
            html! { a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } },
            html! { a.button.small href=(asking.link(&assign::path(&task.id))) { (t!(lang, "assign-other")) } },
        ])
    };
    table.rows = tasks.iter().map(row).collect();
    table
}

/// Obligations without a desk or a day, as far as a page shows them.
fn lacking_table(asking: &Asking, web: &Web, lacking: &[Obligation], places: &[Place]) -> Table {
    let lang = asking.lang;
    let columns = vec![
        Column::new("place", t!(lang, "column-place")).sorts(),
        Column::new("number", t!(lang, "column-number"))
            .set(Set::Number)
            .sorts()
            .folded(),
        Column::new("title", t!(lang, "column-title")).set(Set::Title),
        Column::new("holder", t!(lang, "column-holder")),
        Column::new("due", t!(lang, "column-due")).sorts().folded(),
        Column::new("act", t!(lang, "assign-title")).folded(),
        Column::new("state", t!(lang, "column-state"))
            .sorts()
            .optional()
            .folded(),
        Column::new("since", t!(lang, "column-since"))
            .set(Set::Date)
            .sorts()
            .optional()
            .folded(),
    ];
    let mut table = Table::new("obligations-table", t!(lang, "unassigned-obligations"), columns);
    table.compact = true;
    let row = |o: &Obligation| {
        Row::new(vec![
            html! { a href=(asking.link(&format!("/obligations/{}", segment(&o.id)))) { (place_name(lang, places, &o.place)) } },
            html! { @if o.number > 0 { (o.number) } },
            html! { a href=(asking.link(&subject_path(o))) { (bilingual(lang, &o.title)) } },
            html! { @if o.holder.desk.is_empty() { span.mark.draft { (t!(lang, "unassigned-no-desk")) } } @else { (text(lang, &o.holder.desk_name)) } },
            html! { @match &o.next { None => span.mark.draft { (t!(lang, "unassigned-no-date")) }, Some(next) => (language::date_brief(lang, next.due, 0)) } },
            acts(asking, web, o),
            standing::state(lang, &o.state),
            html! { @if let Some(day) = o.holder.since { (language::date(lang, day)) } },
        ])
    };
    table.rows = lacking.iter().take(SHOWN).map(row).collect();
    table
}

/// The forms by which an obligation gets what it lacks, for whoever may.
fn acts(asking: &Asking, web: &Web, o: &Obligation) -> Markup {
    let lang = asking.lang;
    let path = |action: &str| asking.link(&format!("/obligations/{}/actions/{action}", segment(&o.id)));
    let may = |right| !asking.is_past() && asking.reach(web, right).covers(&o.place, &o.organization);
    html! {
        @if o.holder.desk.is_empty() && may(Action::AssignHolder) { a.button.small href=(path("assign_holder")) { (t!(lang, "obligation-do-assign-holder")) } " " }
        @if o.next.is_none() && may(Action::SetMilestone) { a.button.small href=(path("set_milestone")) { (t!(lang, "obligation-do-set-milestone")) } }
    }
}

/// The firm obligations without a desk or a day, of the place that an address names or of all, in the order that it asks for.
pub(crate) async fn lacking(asking: &Asking, web: &Web) -> Answer<Vec<Obligation>> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let mut wanted = obligation::Filter {
        list: Some(FIRST.to_owned()),
        firm: Some(true),
        order: super::obligation::order(asking)?,
        ..obligation::Filter::default()
    };
    if let Some(name) = asking.links.get("place") {
        wanted.place = Some(place::place(platform, reader, name).await?.code);
    }
    let mut lacking: Vec<Obligation> = Vec::new();
    let (mut window, mut seen) = (Window::of(200), 0);
    loop {
        let page = obligation::obligations(platform, reader, &wanted, &window).await?;
        seen += page.items.len();
        lacking.extend(
            page.items
                .into_iter()
                .filter(|o| o.holder.desk.is_empty() || o.next.is_none()),
        );
        if page.next.is_none() || seen >= LOOKED_AT {
            break;
        }
        window.cursor = page.next;
    }
    Ok(lacking)
}
