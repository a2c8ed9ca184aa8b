//! Bodies and desks: entered, renamed from a day, ended; desks opened and closed.

use super::{
    confirmation, confirmed, day,
    entering::{act_form, acted, day_field, entered, name_fields, new_page},
    filled, within,
};
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, once},
        filters::{Filter, filters},
        standing::{vocabulary, word},
        table::{Column, Row, Set, Table, tools},
        words::{Mark, bilingual, first, foreign, mark, text},
    },
    links::segment,
};
use axum::{extract::State, response::Response};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    people::{
        event::Body,
        organization::{self, Command},
        query::{self as people, Desk, Organization, OrganizationFilter, OrganizationKey},
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

/// Which bodies an address asks for, in its order: also those of the workbook.
pub(crate) fn filter(asking: &Asking) -> Answer<OrganizationFilter> {
    let get = |name: &str| asking.links.get(name).map(str::to_owned);
    let order = match asking.sort(&["id", "kind", "place"])? {
        Some(("kind", down)) => (OrganizationKey::Kind, down),
        Some(("place", down)) => (OrganizationKey::Place, down),
        Some((_, down)) => (OrganizationKey::Id, down),
        None => OrganizationFilter::default().order,
    };
    Ok(OrganizationFilter {
        kind: get("kind"),
        place: get("place"),
        order,
        ..OrganizationFilter::default()
    })
}

/// Bodies.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let bodies = people::organizations(&web.platform, &filter(&asking)?, asking.reader.as_of, SHOWN).await?;
    let columns = vec![
        Column::new("name", t!(lang, "org-name")).set(Set::Title),
        Column::new("kind", t!(lang, "org-kind")).sorts(),
        Column::new("place", t!(lang, "org-place")).sorts().folded(),
        Column::new("id", t!(lang, "org-id")).sorts().folded(),
        Column::new("short", t!(lang, "org-short")).optional().folded(),
        Column::new("parent", t!(lang, "org-parent")).optional().folded(),
        Column::new("ownership", t!(lang, "org-ownership")).optional().folded(),
        Column::new("from", t!(lang, "org-effective"))
            .set(Set::Date)
            .optional()
            .folded(),
    ];
    let mut table = Table::new("organizations", t!(lang, "admin-organizations"), columns);
    table.rows = bodies.iter().map(|one| row(&asking, one)).collect();
    let choices = [
        Filter::choose("kind", t!(lang, "org-kind"), kinds(lang)),
        Filter::words("place", t!(lang, "org-place")),
    ];
    let body = html! {
        (tools(filters(&asking, &choices), table.chooser(&asking)))
        div data-results="" #results {
            p data-live="" { (t!(lang, "count-rows", count = bodies.len())) }
            (table.draw(&asking))
        }
    };
    let actions = html! { a.button href=(asking.links.same_query("/admin/organizations.xlsx")) { (t!(lang, "action-download-workbook")) } a.button.primary href=(asking.link("/admin/organizations/new")) { (t!(lang, "org-new")) } };
    Ok(within(&asking, t!(lang, "admin-organizations"), body).actions(actions))
}

fn row(asking: &Asking, one: &Organization) -> Row {
    let lang = asking.lang;
    Row::new(vec![
        html! { a href=(asking.link(&path(&one.id))) { (text(lang, &one.name)) } @if one.demo { " " (mark(lang, Mark::Demo)) } },
        html! { (word(lang, "organization_kind", &one.kind)) },
        html! { (one.place.as_deref().unwrap_or("—")) },
        html! { code { (one.id) } },
        html! { span lang=[foreign(lang, &one.short)] { (one.short) } },
        html! { @match &one.parent { Some(parent) => code { (parent) }, None => "—" } },
        html! { @match &one.ownership { Some(kind) => (word(lang, "ownership", kind)), None => "—" } },
        html! { (language::date(lang, one.from)) },
    ])
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
    reason: String,
    sure: String,
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
        (name_fields(lang, (&f.name, &f.name_en, &f.short), faults))
        (Field::new("kind", t!(lang, "org-kind")).control(Control::Choose(kinds(lang))).value(f.kind.clone()).draw(lang, faults))
        (Field::new("place", t!(lang, "org-place")).optional().width("w-code").value(f.place.clone()).draw(lang, faults))
        (Field::new("parent", t!(lang, "org-parent")).optional().width("w-code").value(f.parent.clone()).draw(lang, faults))
        (Field::new("ownership", t!(lang, "org-ownership")).optional().control(Control::Choose(ownership)).value(f.ownership.clone()).draw(lang, faults))
        (day_field(lang, &f.effective).optional().draw(lang, faults))
    }
}

/// The form for a new body.
pub(crate) async fn new(asking: Asking) -> Answer<Page> {
    Ok(new_form(&asking, &Fields::default(), &Faults::default()))
}

fn new_form(asking: &Asking, f: &Fields, faults: &Faults) -> Page {
    let lang = asking.lang;
    let all = html! {
        (Field::new("id", t!(lang, "org-id")).hint(t!(lang, "org-id-hint")).width("w-code").value(f.id.clone()).draw(lang, faults))
        (fields(lang, f, faults))
    };
    let list = (t!(lang, "admin-organizations"), "/admin/organizations");
    new_page(asking, t!(lang, "org-new"), list, &all, faults)
}

/// The day of a form, and what the platform answers to the command.
async fn manage(asking: &Asking, web: &Web, id: &str, form: &Form<Fields>, command: Command) -> Result<(), Failure> {
    let on = day("effective", &form.value.effective)?;
    organization::manage(&web.platform, &form.context(asking), id, command, on, None).await?;
    Ok(())
}

/// Enters a body.
pub(crate) async fn enter(asking: Asking, State(web): State<Web>, form: Form<Fields>) -> Answer<Response> {
    let id = form.value.id.trim();
    let done = manage(&asking, &web, id, &form, Command::Enter(form.value.body(None))).await;
    entered(&asking, done, &path(id), |faults| {
        new_form(&asking, &form.value, faults)
    })
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
    let post = |act: &str, fields: &Markup, weight: Weight, verb: &str| {
        act_form(lang, &format!("{}/{act}", path(id)), fields, weight, verb)
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
            (post("change", &fields(lang, &current, &none), Weight::Primary, &t!(lang, "org-change-go")))
        }
        section.section #desk {
            header.section-head { h2 { (t!(lang, "org-desk-open")) } }
            (post("desks", &html! {
                (Field::new("desk", t!(lang, "org-desk-id")).hint(t!(lang, "org-id-hint")).width("w-code").draw(lang, &none))
                (Field::new("name", t!(lang, "org-desk-name")).draw(lang, &none))
                (Field::new("name_en", t!(lang, "org-name-en")).optional().draw(lang, &none))
                (Field::new("contact", t!(lang, "org-desk-contact")).optional().draw(lang, &none))
            }, Weight::Plain, &t!(lang, "org-desk-open")))
        }
        section.section #end {
            header.section-head { h2 { (t!(lang, "org-end")) } }
            (post("end", &html! {
                (Field::new("reason", t!(lang, "org-end-reason")).draw(lang, &none))
                (Field::new("successor", t!(lang, "org-successor")).optional().width("w-code").draw(lang, &none))
                (day_field(lang, &current.effective).draw(lang, &none))
                (confirmation("sure", &t!(lang, "org-end-sure")))
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
                    (confirmation("sure", &t!(lang, "org-desk-close-sure")))
                    button.button.small type="submit" { (t!(lang, "org-desk-close")) }
                }
            } } }
        }
    }
}

/// Carries a command out; what is refused comes back as the page with a box.
async fn act(asking: &Asking, web: &Web, id: &str, form: &Form<Fields>, command: Command) -> Answer<Response> {
    let done = manage(asking, web, id, form, command).await;
    acted(asking, done, &path(id), draw(asking, web, id)).await
}

/// The same for what is hard to undo: not without the tick.
async fn act_surely(asking: &Asking, web: &Web, id: &str, form: &Form<Fields>, command: Command) -> Answer<Response> {
    match confirmed("sure", &form.value.sure) {
        Ok(()) => act(asking, web, id, form, command).await,
        Err(refusal) => acted(asking, Err(refusal.into()), &path(id), draw(asking, web, id)).await,
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
    act_surely(&asking, &web, &id, &form, command).await
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
        reason: form.value.reason.clone(),
    };
    act_surely(&asking, &web, &id, &form, command).await
}
