//! What nobody has been named for, and the forms by which a task gets its ministry, its time limit, its milestones and its
//! links to measures.

use super::task::{place_name, subject_path};
use crate::{
    Answer, Asking, Failure, Page, Path, Sent, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        filters::{Filter, filters},
        refusal_box, standing,
        table::{Column, Row, Set, Table, tools},
        words::{bilingual, first, text},
    },
    links::{Screen, segment},
    problem,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use language::t;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::{
        command::{TaskCommand, run},
        entering::FIRST,
        query::{self as list, Task, TaskFilter},
    },
    obligation::query::{self as obligation, Obligation},
    people::query::{self as people, OrganizationFilter},
    place::query::{self as place, Place},
    question::Window,
    refusal::{Error, Refusal},
    rights::Action,
};
use serde::Deserialize;

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
    let table = lacking_table(&asking, &lacking, &places);
    let by_place = Filter::words("place", t!(lang, "unassigned-by-place"));
    let body = html! {
        section.section #tasks {
            header.section-head { h2 { (t!(lang, "unassigned-tasks")) } p.section-note { (t!(lang, "count-tasks", count = tasks.total)) } }
            @if tasks.items.is_empty() { p { (t!(lang, "unassigned-tasks-none")) } } @else { (tasks_table(&asking, &tasks.items).draw(&asking)) }
        }
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
        Column::new("assign", t!(lang, "assign-title")),
    ];
    let mut table = Table::new("tasks-table", t!(lang, "unassigned-tasks"), columns);
    table.compact = true;
    table.fixed = true;
    let row = |task: &Task| {
        Row::new(vec![
            html! { (task.number) },
            html! { a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } },
            html! { a.button.small href=(asking.link(&assign_path(&task.id))) { (t!(lang, "assign-title")) } },
        ])
    };
    table.rows = tasks.iter().map(row).collect();
    table
}

/// Obligations without a desk or a day, as far as a page shows them.
fn lacking_table(asking: &Asking, lacking: &[Obligation], places: &[Place]) -> Table {
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
            standing::state(lang, &o.state),
            html! { @if let Some(day) = o.holder.since { (language::date(lang, day)) } },
        ])
    };
    table.rows = lacking.iter().take(SHOWN).map(row).collect();
    table
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

fn assign_path(task: &str) -> String {
    format!("/tasks/{}/assign", segment(task))
}

/// The forms of one task.
pub(crate) async fn task(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &id).await
}

async fn draw(asking: &Asking, web: &Web, id: &str) -> Answer<Page> {
    let lang = asking.lang;
    let task = list::task(&web.platform, &asking.reader, id).await?;
    let of_kind = OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..OrganizationFilter::default()
    };
    let mut ministries: Vec<(String, String)> =
        people::organizations(&web.platform, &of_kind, asking.reader.as_of, 500)
            .await?
            .into_iter()
            .map(|o| (o.id.clone(), first(lang, &o.name).to_owned()))
            .collect();
    if task.guiding.is_empty() {
        // Nobody is named by a hasty click.
        ministries.insert(0, (String::new(), t!(lang, "assign-choose")));
    }
    let none = Faults::default();
    let form = |act: &str, fields: Markup, weight: Weight, verb: &str| {
        html! {
            form.section #(act.replace('/', "-")) method="post" action=(lang.path(&format!("/tasks/{}/{act}", segment(id)))) { (once()) (fields) (button(weight, verb)) }
        }
    };
    let due = || {
        Field::new("due", t!(lang, "assign-limit-due"))
            .control(Control::Input("date"))
            .width("w-date")
    };
    let body = html! {
        @if asking.can(web, Action::AssignTask) {
            h2 { (t!(lang, "assign-guiding")) }
            (form("guiding", html! {
                (Field::new("organization", t!(lang, "assign-guiding")).control(Control::Choose(ministries)).value(task.guiding.clone()).draw(lang, &none))
                (Field::new("source", t!(lang, "assign-source")).hint(t!(lang, "assign-source-hint")).value(task.guiding_source.clone()).draw(lang, &none))
            }, Weight::Primary, &t!(lang, "assign-guiding-go")))
            h2 { (t!(lang, "assign-limit")) }
            (form("time-limit", html! {
                (due().value(task.time_limit.as_ref().map_or_else(String::new, |l| l.0.to_string())).draw(lang, &none))
                (Field::new("set_by", t!(lang, "assign-set-by")).hint(t!(lang, "assign-source-hint")).value(task.time_limit.as_ref().map_or_else(String::new, |l| l.1.clone())).draw(lang, &none))
            }, Weight::Plain, &t!(lang, "assign-limit-go")))
            @if task.time_limit.is_some() {
                (form("time-limit/clear", html! {
                    (Field::new("reason", t!(lang, "assign-limit-clear-reason")).draw(lang, &none))
                }, Weight::Plain, &t!(lang, "assign-limit-clear-go")))
            }
            h2 { (t!(lang, "assign-milestone")) }
            (form("milestone", html! {
                (Field::new("name", t!(lang, "assign-milestone-name")).draw(lang, &none))
                (due().draw(lang, &none))
                (Field::new("set_by", t!(lang, "assign-set-by")).hint(t!(lang, "assign-source-hint")).draw(lang, &none))
            }, Weight::Plain, &t!(lang, "assign-milestone-go")))
        }
        (links(asking, web, &task).await?)
    };
    Ok(Page::new(t!(lang, "assign-title"), body)
        .kicker(t!(lang, "task-number", number = task.number))
        .crumb(t!(lang, "screen-list"), "/list")
        .crumb(
            t!(lang, "task-number", number = task.number),
            format!("/tasks/{}", task.id),
        )
        .heading(html! { (bilingual(lang, &task.title)) })
        .screen(Screen::List))
}

/// Links to measures: confirmed or rejected by whoever may, proposed by officers.
async fn links(asking: &Asking, web: &Web, task: &Task) -> Answer<Markup> {
    let lang = asking.lang;
    let found = list::links(&web.platform, &asking.reader, Some(&task.id)).await?;
    let measures = list::measures(&web.platform, &task.list).await?;
    let name = |number: &str| {
        let title = measures
            .iter()
            .find(|m| m.number == number)
            .map_or("", |m| first(lang, &m.title));
        format!("{} {title}", t!(lang, "measure-name", number = number))
    };
    let confirms = asking.can(web, Action::ConfirmLink);
    let free: Vec<(String, String)> = measures
        .iter()
        .filter(|m| !found.iter().any(|l| l.measure == m.number))
        .map(|m| (m.number.clone(), name(&m.number)))
        .collect();
    let act = |act: &str, measure: &str, verb: &str| {
        html! {
            form method="post" action=(lang.path(&format!("/tasks/{}/links/{act}", segment(&task.id)))) {
                (once()) input type="hidden" name="measure" value=(measure);
                button.button.small type="submit" { (verb) }
            }
        }
    };
    Ok(html! {
        h2 #links { (t!(lang, "assign-links")) }
        ul { @for link in &found { li {
            (name(&link.measure)) " · " (t!(lang, "assign-link-state", state = link.link.as_str()))
            @if confirms {
                div.button-row {
                    @if link.link != "confirmed" { (act("confirm", &link.measure, &t!(lang, "assign-link-confirm"))) }
                    (act("remove", &link.measure, &t!(lang, "assign-link-remove")))
                }
            }
        } } }
        form method="post" action=(lang.path(&format!("/tasks/{}/links", segment(&task.id)))) {
            (once())
            (Field::new("measure", t!(lang, "assign-link-new")).control(Control::Choose(free)).draw(lang, &Faults::default()))
            (button(Weight::Plain, &t!(lang, "assign-link-go")))
        }
    })
}

/// The fields of these forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    organization: String,
    source: String,
    due: String,
    set_by: String,
    reason: String,
    name: String,
    measure: String,
}

fn due(text: &str) -> Result<Date, Error> {
    text.trim()
        .parse()
        .map_err(|_| Refusal::wrong("web/form_fields").fault("due", "fault-date").into())
}

/// Does something with a task; what is refused comes back as the page with a box that names the rule.
async fn act(sent: Sent<Fields>, command: impl FnOnce(&Fields) -> Result<TaskCommand, Error>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let done = match command(&form.value) {
        Ok(command) => run(&web.platform, &form.context(&asking), &id, None, &command).await,
        Err(error) => Err(error),
    };
    match done.map_err(Failure::from) {
        Ok(_) => Ok(asking.go(&assign_path(&id)).into_response()),
        Err(failure) if failure.refusal().is_some() => {
            let told = problem::tell(asking.lang, &failure);
            let refused = refusal_box::refusal(asking.lang, &told, &asking.request, html! {});
            Ok(draw(&asking, &web, &id)
                .await?
                .alert(refused)
                .status(failure.status())
                .into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// Names the guiding ministry.
pub(crate) async fn guiding(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, |f| {
        Ok(TaskCommand::AssignGuiding {
            organization: f.organization.clone(),
            source: f.source.trim().to_owned(),
        })
    })
    .await
}

/// Sets the time limit.
pub(crate) async fn time_limit(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, |f| {
        let set_by = f.set_by.trim().to_owned();
        due(&f.due).map(|due| TaskCommand::SetTimeLimit { due, set_by })
    })
    .await
}

/// Takes the time limit away.
pub(crate) async fn clear_time_limit(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, |f| {
        Ok(TaskCommand::ClearTimeLimit {
            reason: f.reason.trim().to_owned(),
        })
    })
    .await
}

/// Sets a milestone for all who hold the task.
pub(crate) async fn milestone(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, |f| {
        let (name, set_by) = (Bilingual::zh(f.name.trim()), f.set_by.trim().to_owned());
        due(&f.due).map(|due| TaskCommand::SetMilestone { name, due, set_by })
    })
    .await
}

/// Proposes a link.
pub(crate) async fn propose_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::ProposeLink { measure }).await
}

/// Confirms a link.
pub(crate) async fn confirm_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::ConfirmLink { measure }).await
}

/// Rejects a link.
pub(crate) async fn remove_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::RemoveLink { measure }).await
}

async fn link(sent: Sent<Fields>, command: impl FnOnce(String) -> TaskCommand) -> Answer<Response> {
    act(sent, |f| Ok(command(f.measure.clone()))).await
}
