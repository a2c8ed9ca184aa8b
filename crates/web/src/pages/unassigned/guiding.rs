//! Naming the guiding ministry of several tasks at once, from the table in which they stand.

use crate::{
    Answer, Asking, Failure, Form, Web,
    components::{
        field::{Faults, once},
        words::first,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    list::{
        command::{TaskCommand, run},
        query::Task,
    },
    people::query::{self as people, OrganizationFilter},
    refusal::Refusal,
};

/// So many tasks can be named at once.
const MOST: usize = 200;

/// The box by which a task is ticked.
pub(super) fn tick(asking: &Asking, task: &Task) -> Markup {
    let lang = asking.lang;
    html! {
        label.select { input type="checkbox" name="row" value=(task.id) aria-label=(t!(lang, "desk-select", title = first(lang, &task.title))); } " "
    }
}

/// The table within the form that takes the ticked tasks.
pub(super) async fn form(asking: &Asking, web: &Web, table: Markup) -> Answer<Markup> {
    let lang = asking.lang;
    if asking.is_past() {
        return Ok(table);
    }
    let of_kind = OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..OrganizationFilter::default()
    };
    let ministries = people::organizations(&web.platform, &of_kind, asking.reader.as_of, 500).await?;
    Ok(html! {
        form method="post" action=(lang.path("/unassigned/guiding")) data-selection="" {
            (once())
            (table)
            div.selection-bar data-selection-bar="" data-text=(t!(lang, "desk-selected", n = "{n}")) {
                p data-selection-count="" { (t!(lang, "unassigned-tick")) }
                label.check { input type="checkbox" data-select-all=""; span { (t!(lang, "desk-select-all")) } }
                div.selection-act {
                    label { span { (t!(lang, "assign-guiding")) } select.input name="organization" {
                        option value="" { (t!(lang, "assign-choose")) }
                        @for body in &ministries { option value=(body.id) { (first(lang, &body.name)) } }
                    } }
                    label { span { (t!(lang, "assign-source")) } input.input type="text" name="source" title=(t!(lang, "assign-source-hint")); }
                    button.button.primary.small type="submit" { (t!(lang, "assign-guiding-go")) }
                }
            }
        }
    })
}

/// What was named just now, by the numbers of the tasks in the address.
pub(super) fn done(asking: &Asking) -> Markup {
    let lang = asking.lang;
    let named: Vec<u32> = asking
        .links
        .get("named")
        .unwrap_or_default()
        .split(',')
        .filter_map(|n| n.parse().ok())
        .take(MOST)
        .collect();
    html! {
        @if !named.is_empty() {
            div.notice.good #named role="status" {
                p { strong { (t!(lang, "assign-done", count = named.len())) } }
                ul.chips { @for number in &named { li { a.chip href=(asking.link(&format!("/tasks/first-{number}/assign"))) { (t!(lang, "task-number", number = *number)) } } } }
            }
        }
    }
}

/// Names the ministry of each ticked task, each an entry of its own. What is refused comes back as the page with what is
/// wrong; tasks named before it stay named.
pub(crate) async fn take(
    asking: Asking,
    State(web): State<Web>,
    form: Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let value = |name: &str| form.value.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim());
    let mut tasks: Vec<&str> = form
        .value
        .iter()
        .filter(|(n, _)| n == "row")
        .map(|(_, id)| id.as_str())
        .collect();
    tasks.dedup();
    match name(&asking, &web, &form, &tasks, value("organization"), value("source")).await {
        Ok(()) => {
            let numbers: Vec<&str> = tasks.iter().filter_map(|id| id.rsplit('-').next()).collect();
            let named = crate::links::encoded(&numbers.join(","));
            Ok(asking.go(&format!("/unassigned?named={named}")).into_response())
        }
        Err(failure) if failure.refusal().is_some_and(|r| !r.faults.is_empty()) => {
            let (faults, status): (Faults, _) = failure.faults(asking.lang)?;
            let page = super::page(asking.clone(), State(web)).await?;
            Ok(page.again(asking.lang, &faults).status(status).into_response())
        }
        Err(failure) => Err(failure),
    }
}

async fn name(
    asking: &Asking,
    web: &Web,
    form: &Form<Vec<(String, String)>>,
    tasks: &[&str],
    organization: &str,
    source: &str,
) -> Answer<()> {
    let wrong = |field, fault| Failure::from(Refusal::wrong("web/form_fields").fault(field, fault));
    if tasks.is_empty() || tasks.len() > MOST {
        return Err(Refusal::wrong("web/no_rows").into());
    }
    if organization.is_empty() {
        return Err(wrong("organization", "fault-required"));
    }
    if source.is_empty() {
        return Err(wrong("source", "fault-required"));
    }
    let command = TaskCommand::AssignGuiding {
        organization: organization.to_owned(),
        source: source.to_owned(),
    };
    for (at, task) in tasks.iter().enumerate() {
        // One key for the whole form would let the first task answer for all.
        let mut context = form.context(asking);
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{at}"), request));
        run(&web.platform, &context, task, None, &command).await?;
    }
    Ok(())
}
