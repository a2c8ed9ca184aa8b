//! Bodies and desks: entered, renamed from a day, ended; desks opened and closed.

use super::{day, filled, refused, within};
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        filters::{Filter, filters},
        standing::{vocabulary, word},
        words::{Mark, bilingual, first, mark, text},
    },
    links::segment,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    people::{
        event::Body,
        organization::{self, Command},
        query::{self as people, Desk, Organization, OrganizationFilter},
    },
    refusal::Refusal,
};
use serde::Deserialize;

/// The most bodies that are shown; a filter narrows them.
const SHOWN: u32 = 1_000;

fn path(id: &str) -> String {
    format!("/admin/organizations/{}", segment(id))
}

/// Kinds of bodies, with their names.
fn kinds(lang: Lang) -> Vec<(String, String)> {
    vocabulary()
        .words("organization_kind")
        .iter()
        .map(|w| (w.id.clone(), first(lang, &w.name).to_owned()))
        .collect()
}

/// Bodies.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let get = |name: &str| asking.links.get(name).map(str::to_owned);
    let filter = OrganizationFilter {
        kind: get("kind"),
        place: get("place"),
        ..OrganizationFilter::default()
    };
    let bodies = people::organizations(&web.platform, &filter, asking.reader.as_of, SHOWN).await?;
    let body = html! {
        (filters(&asking, &[Filter::choose("kind", t!(lang, "org-kind"), kinds(lang)), Filter::words("place", t!(lang, "org-place"))]))
        p { (t!(lang, "count-rows", count = bodies.len())) }
        div.table-frame { table.table data-list="" {
            caption.visually-hidden { (t!(lang, "admin-organizations")) }
            thead { tr {
                th.title scope="col" { (t!(lang, "org-name")) } th scope="col" { (t!(lang, "org-kind")) }
                th scope="col" { (t!(lang, "org-place")) } th scope="col" { (t!(lang, "org-id")) }
            } }
            tbody { @for one in &bodies { tr {
                th.title scope="row" { a href=(asking.link(&path(&one.id))) { (text(lang, &one.name)) } @if one.demo { " " (mark(lang, Mark::Demo)) } }
                td { (word(lang, "organization_kind", &one.kind)) } td { (one.place.as_deref().unwrap_or("—")) } td { code { (one.id) } }
            } } }
        } }
    };
    let actions = html! { a.button href=(asking.links.same_query("/admin/organizations.xlsx")) { (t!(lang, "action-download-workbook")) } a.button.primary href=(asking.link("/admin/organizations/new")) { (t!(lang, "org-new")) } };
    Ok(within(&asking, t!(lang, "admin-organizations"), body).actions(actions))
}

/// A body as a form says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    id: String,
    name: String,
    name_en: String,
    short: String,
    kind: String,
    place: String,
    parent: String,
    ownership: String,
    effective: String,
    desk: String,
    contact: String,
    successor: String,
}

impl Fields {
    fn of(o: &Organization) -> Self {
        Self {
            id: o.id.clone(),
            name: o.name.zh.clone(),
            name_en: o.name.en.clone().unwrap_or_default(),
            short: o.short.clone(),
            kind: o.kind.clone(),
            place: o.place.clone().unwrap_or_default(),
            parent: o.parent.clone().unwrap_or_default(),
            ownership: o.ownership.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    fn name(&self, before: Option<&Organization>) -> Bilingual {
        Bilingual::typed(&self.name, &self.name_en, before.map(|body| &body.name))
    }

    /// The body; what the form does not ask stays as it was.
    fn body(&self, before: Option<&Organization>) -> Body {
        Body {
            name: self.name(before),
            short: filled(&self.short).unwrap_or_else(|| self.name.trim().to_owned()),
            kind: self.kind.clone(),
            place: filled(&self.place),
            parent: filled(&self.parent),
            ownership: filled(&self.ownership),
            codes: before.map(|b| b.codes.clone()).unwrap_or_default(),
            addressed: before.is_some_and(|b| b.addressed),
            demo: before.is_some_and(|b| b.demo),
        }
    }
}

fn fields(lang: Lang, f: &Fields, faults: &Faults) -> Markup {
    let ownership = std::iter::once((String::new(), "—".to_owned()))
        .chain(
            vocabulary()
                .words("ownership")
                .iter()
                .map(|w| (w.id.clone(), first(lang, &w.name).to_owned())),
        )
        .collect();
    html! {
        (Field::new("name", t!(lang, "org-name")).value(f.name.clone()).draw(lang, faults))
        (Field::new("name_en", t!(lang, "org-name-en")).optional().value(f.name_en.clone()).draw(lang, faults))
        (Field::new("short", t!(lang, "org-short")).optional().value(f.short.clone()).draw(lang, faults))
        (Field::new("kind", t!(lang, "org-kind")).control(Control::Choose(kinds(lang))).value(f.kind.clone()).draw(lang, faults))
        (Field::new("place", t!(lang, "org-place")).optional().width("w-code").value(f.place.clone()).draw(lang, faults))
        (Field::new("parent", t!(lang, "org-parent")).optional().width("w-code").value(f.parent.clone()).draw(lang, faults))
        (Field::new("ownership", t!(lang, "org-ownership")).optional().control(Control::Choose(ownership)).value(f.ownership.clone()).draw(lang, faults))
        (Field::new("effective", t!(lang, "org-effective")).optional().control(Control::Input("date")).width("w-date").value(f.effective.clone()).draw(lang, faults))
    }
}

/// The form for a new body.
pub(crate) async fn new(asking: Asking) -> Answer<Page> {
    Ok(new_form(&asking, &Fields::default(), &Faults::default()))
}

fn new_form(asking: &Asking, f: &Fields, faults: &Faults) -> Page {
    let lang = asking.lang;
    let body = html! {
        form method="post" action=(lang.path("/admin/organizations/new")) {
            (once())
            (Field::new("id", t!(lang, "org-id")).hint(t!(lang, "org-id-hint")).width("w-code").value(f.id.clone()).draw(lang, faults))
            (fields(lang, f, faults))
            (button(Weight::Primary, &t!(lang, "org-new-go")))
        }
    };
    within(asking, t!(lang, "org-new"), body)
        .crumb(t!(lang, "admin-organizations"), "/admin/organizations")
        .again(lang, faults)
}

/// Enters a body.
pub(crate) async fn enter(asking: Asking, State(web): State<Web>, form: Form<Fields>) -> Answer<Response> {
    let f = &form.value;
    let entered = match day("effective", &f.effective) {
        Ok(on) => {
            let command = Command::Enter(f.body(None));
            organization::manage(&web.platform, &form.context(&asking), f.id.trim(), command, on, None)
                .await
                .map_err(Failure::from)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match entered {
        Ok(_) => Ok(asking.go(&path(f.id.trim())).into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(new_form(&asking, f, &faults).status(status).into_response())
        }
    }
}

/// One body with its names, its desks and its people.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &id).await
}

async fn draw(asking: &Asking, web: &Web, id: &str) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, as_of) = (&web.platform, asking.reader.as_of);
    let one = people::organization(platform, id, as_of)
        .await?
        .ok_or_else(Refusal::unseen)?;
    let history = people::organization_history(platform, id, as_of.known).await?;
    let desks = people::desks(platform, id, as_of).await?;
    let members = people::members(platform, id, asking.reader.today).await?;
    let none = Faults::default();
    let post = |act: &str, fields: Markup, weight: Weight, verb: &str| {
        html! {
            form.section method="post" action=(lang.path(&format!("{}/{act}", path(id)))) { (once()) (fields) (button(weight, verb)) }
        }
    };
    let mut current = Fields::of(&one);
    current.effective = asking.reader.today.to_string();
    let body = html! {
        section.section #history {
            header.section-head { h2 { (t!(lang, "org-history")) } }
            ul { @for was in &history { li { (text(lang, &was.name)) " · " @match was.to {
                None => (t!(lang, "org-open-until", from = language::date(lang, was.from))),
                Some(to) => (t!(lang, "org-since", from = language::date(lang, was.from), to = language::date(lang, to))),
            } } } }
        }
        (desks_of(asking, &desks, id))
        section.section { header.section-head { h2 { (t!(lang, "org-members")) } } p { (members.len()) } }
        section.section #change {
            header.section-head { h2 { (t!(lang, "org-change")) } }
            (post("change", fields(lang, &current, &none), Weight::Primary, &t!(lang, "org-change-go")))
        }
        section.section #desk {
            header.section-head { h2 { (t!(lang, "org-desk-open")) } }
            (post("desks", html! {
                (Field::new("desk", t!(lang, "org-desk-id")).hint(t!(lang, "org-id-hint")).width("w-code").draw(lang, &none))
                (Field::new("name", t!(lang, "org-desk-name")).draw(lang, &none))
                (Field::new("name_en", t!(lang, "org-name-en")).optional().draw(lang, &none))
                (Field::new("contact", t!(lang, "org-desk-contact")).optional().draw(lang, &none))
            }, Weight::Plain, &t!(lang, "org-desk-open")))
        }
        section.section #end {
            header.section-head { h2 { (t!(lang, "org-end")) } }
            (post("end", html! {
                (Field::new("successor", t!(lang, "org-successor")).optional().width("w-code").draw(lang, &none))
                (Field::new("effective", t!(lang, "org-effective")).control(Control::Input("date")).width("w-date").value(asking.reader.today.to_string()).draw(lang, &none))
            }, Weight::Quiet, &t!(lang, "org-end-go")))
        }
    };
    Ok(within(asking, first(lang, &one.name), body)
        .heading(html! { (bilingual(lang, &one.name)) })
        .kicker(format!("{} · {}", word(lang, "organization_kind", &one.kind), one.id))
        .crumb(t!(lang, "admin-organizations"), "/admin/organizations")
        .actions(html! { a.button.quiet href=(asking.link(&format!("/history/organization/{}", segment(id)))) { (t!(lang, "action-history")) } })
        .demo(one.demo))
}

fn desks_of(asking: &Asking, desks: &[Desk], id: &str) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #desks {
            header.section-head { h2 { (t!(lang, "org-desks")) } }
            @if desks.is_empty() { p { (t!(lang, "org-desks-none")) } }
            ul { @for desk in desks { li {
                (text(lang, &desk.name)) " · " code { (desk.id) } @if let Some(contact) = &desk.contact { " · " span lang="zh-Hans" { (contact) } }
                form method="post" action=(lang.path(&format!("{}/desks/close", path(id)))) {
                    (once())
                    input type="hidden" name="desk" value=(desk.id);
                    label { (t!(lang, "org-desk-successor")) " " input.input.w-code name="successor" type="text"; }
                    button.button.small type="submit" { (t!(lang, "org-desk-close")) }
                }
            } } }
        }
    }
}

/// Carries a command out; what is refused comes back as the page with a box.
async fn act(asking: &Asking, web: &Web, id: &str, form: &Form<Fields>, command: Command) -> Answer<Response> {
    let done = match day("effective", &form.value.effective) {
        Ok(on) => organization::manage(&web.platform, &form.context(asking), id, command, on, None)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(asking.go(&path(id)).into_response()),
        Err(failure) => refused(asking, draw(asking, web, id).await?, failure).map(IntoResponse::into_response),
    }
}

/// Changes a body, from a day.
pub(crate) async fn change(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let before = people::organization(&web.platform, &id, asking.reader.as_of).await?;
    let command = Command::Change(form.value.body(before.as_ref()));
    act(&asking, &web, &id, &form, command).await
}

/// Opens a desk.
pub(crate) async fn open_desk(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let command = Command::OpenDesk {
        desk: form.value.desk.trim().to_owned(),
        name: form.value.name(None),
        contact: filled(&form.value.contact),
    };
    act(&asking, &web, &id, &form, command).await
}

/// Closes a desk.
pub(crate) async fn close_desk(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let command = Command::CloseDesk {
        desk: form.value.desk.clone(),
        successor: filled(&form.value.successor),
    };
    act(&asking, &web, &id, &form, command).await
}

/// Ends a body.
pub(crate) async fn end(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let command = Command::End {
        successor: filled(&form.value.successor),
    };
    act(&asking, &web, &id, &form, command).await
}
