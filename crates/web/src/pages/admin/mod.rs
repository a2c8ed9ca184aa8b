//! Administration: what each reader's rights open.

pub(crate) mod audit;
mod entering;
pub(crate) mod organization;
pub(crate) mod people_workbook;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod reading;
pub(crate) mod rights;
pub(crate) mod security_administrator;
pub(crate) mod system;

use crate::{Answer, Asking, Failure, Page, Web, components::refusal_box, links::Screen, problem};
use axum::extract::State;
use jiff::civil::Date;
use language::t;
use maud::{Markup, html};
use platform::{people::command::security_administrator_awaited, refusal::Refusal, rights::Action};

/// The doors that the reader's rights open.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let doors = [
        (
            Some(Action::ManageOrganizations),
            "/admin/organizations",
            t!(lang, "admin-organizations"),
            t!(lang, "admin-organizations-text"),
        ),
        (
            Some(Action::ManageOrganizations),
            "/admin/places",
            t!(lang, "admin-places"),
            t!(lang, "admin-places-text"),
        ),
        (
            Some(Action::ManagePeople),
            "/admin/people",
            t!(lang, "admin-people"),
            t!(lang, "admin-people-text"),
        ),
        (
            None,
            "/admin/rights",
            t!(lang, "admin-rights"),
            t!(lang, "admin-rights-text"),
        ),
        (
            Some(Action::ImportList),
            "/admin/lists/read",
            t!(lang, "admin-reading"),
            t!(lang, "admin-reading-text"),
        ),
        (
            Some(Action::AssignTask),
            "/unassigned",
            t!(lang, "admin-unassigned"),
            t!(lang, "admin-unassigned-text"),
        ),
        (
            Some(Action::RunSystem),
            "/admin/system",
            t!(lang, "admin-system"),
            t!(lang, "admin-system-text"),
        ),
        (
            Some(Action::ReadAudit),
            "/admin/audit",
            t!(lang, "admin-audit"),
            t!(lang, "admin-audit-text"),
        ),
    ];
    let awaited = asking.can(&web, Action::RunSystem) && security_administrator_awaited(&web.platform).await?;
    let body = html! {
        ul.doors {
        @if awaited {
            li { a href=(asking.link("/admin/security-administrator")) { strong { (t!(lang, "security-title")) } span { (t!(lang, "security-text")) } } }
        }
        @for (right, path, name, about) in &doors {
            @if right.is_none_or(|right| asking.can(&web, right)) {
                li { a href=(asking.link(path)) { strong { (name) } span { (about) } } }
            }
        } }
    };
    Ok(Page::new(t!(lang, "screen-administration"), body)
        .slim(t!(lang, "admin-lead"))
        .screen(Screen::Administration))
}

/// A page of administration.
fn within(asking: &Asking, title: impl Into<String>, body: Markup) -> Page {
    Page::new(title, body)
        .crumb(t!(asking.lang, "screen-administration"), "/admin")
        .screen(Screen::Administration)
}

/// The box of a refusal, above a page that is shown again. The platform's own failure stays one.
fn refused(asking: &Asking, page: Page, failure: Failure) -> Answer<Page> {
    if failure.refusal().is_none() {
        return Err(failure);
    }
    let told = problem::tell(asking.lang, &failure);
    let status = failure.status();
    Ok(page
        .alert(refusal_box::refusal(asking.lang, &told, &asking.request, html! {}))
        .status(status))
}

/// The tick without which nothing is done that is hard to undo.
fn confirmation(name: &str, what: &str) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value="1" required; span { (what) } } }
}

/// Refuses where the tick is missing.
fn confirmed(name: &'static str, ticked: &str) -> Result<(), Refusal> {
    if ticked.is_empty() {
        return Err(Refusal::wrong("web/unconfirmed").fault(name, "fault-unconfirmed"));
    }
    Ok(())
}

/// Text of a field; nothing where it is blank.
fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// A day of a field; nothing where it is blank.
fn day(field: &'static str, text: &str) -> Result<Option<Date>, Refusal> {
    match filled(text) {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| Refusal::wrong("web/form_fields").fault(field, "fault-date")),
    }
}
