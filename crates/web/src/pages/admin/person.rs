//! People: invited, given and relieved of roles, stood in for, gone. Names are shown to whoever may know them.

use super::{confirmation, confirmed, day, filled, refused, within};
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Sent, Web,
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        words::{Mark, first, mark, mixed},
    },
    links::segment,
    pages::history::removed_in_words,
    problem::role_name,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};
use language::t;
use maud::{Markup, html};
use platform::{
    context::PersonId,
    people::{
        command::{self, NewPerson},
        erasure,
        event::Ground,
        invitation,
        profile::Profile,
        query::{self as people, Display, OrganizationFilter},
        second_factor,
        state::Membership,
    },
    refusal::{Error, Refusal},
    rights::{Action, Role},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Persons on a page.
const SHOWN: u32 = 50;

fn path(id: &PersonId) -> String {
    format!("/admin/people/{}", segment(&id.0))
}

fn called(names: &BTreeMap<PersonId, Display>, id: &PersonId) -> String {
    match names.get(id) {
        Some(Display::Name(name)) => name.clone(),
        _ => id.0.clone(),
    }
}

/// Persons, in pages.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let after = asking.links.get("after").map(|id| PersonId(id.to_owned()));
    let rows = people::persons(&web.platform, after.as_ref(), SHOWN).await?;
    let ids: Vec<PersonId> = rows.iter().map(|r| r.id.clone()).collect();
    let names = people::display_names(&web.platform, &asking.reader, &ids).await?;
    let mut roles = Vec::new();
    for row in &rows {
        let held = people::memberships_of(&web.platform, &row.id).await?;
        roles.push(
            held.into_iter()
                .filter(|m| m.membership.holds_on(asking.reader.today))
                .collect::<Vec<_>>(),
        );
    }
    let body = html! {
        p { (t!(lang, "people-list-lead")) }
        div.table-frame { table.table data-list="" {
            caption.visually-hidden { (t!(lang, "admin-people")) }
            thead { tr { th scope="col" { (t!(lang, "people-name")) } th.wrap scope="col" { (t!(lang, "people-memberships")) } th.date scope="col" { (t!(lang, "people-entered")) } } }
            tbody { @for (row, held) in rows.iter().zip(&roles) { tr {
                th scope="row" { a href=(asking.link(&path(&row.id))) { (mixed(lang, &called(&names, &row.id))) } @if row.demo { " " (mark(lang, Mark::Demo)) } }
                td.wrap {
                    @if let Some(day) = row.left_on { (t!(lang, "people-left", date = language::date(lang, day))) }
                    @else { @for m in held { (role_name(lang, m.membership.role.id())) " · " (m.membership.organization) br; } }
                }
                td.date { (language::instant(lang, row.entered)) }
            } } }
        } }
        @if rows.len() == SHOWN as usize { @if let Some(last) = rows.last() {
            nav.pager { a rel="next" href=(asking.links.here_with(&[("after", Some(&last.id.0))])) { (t!(lang, "table-next")) } }
        } }
    };
    let actions = html! {
        a.button href=(asking.link("/admin/people/upload")) { (t!(lang, "people-upload")) } " "
        a.button.primary href=(asking.link("/admin/people/new")) { (t!(lang, "people-new")) }
    };
    Ok(within(&asking, t!(lang, "admin-people"), body).actions(actions))
}

/// A person or a role as a form says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name: String,
    login: String,
    email: String,
    role: String,
    organization: String,
    desk: String,
    places: String,
    from: String,
    until: String,
    membership: String,
    on: String,
    substitute: String,
    ground: String,
    reason: String,
    sure: String,
}

impl Fields {
    fn membership(&self, today: Date) -> Result<Membership, Refusal> {
        let role =
            Role::parse(&self.role).ok_or_else(|| Refusal::wrong("web/form_fields").fault("role", "fault-required"))?;
        let places = self
            .places
            .split([',', '，', '、', ' '])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(Membership {
            organization: self.organization.trim().to_owned(),
            desk: filled(&self.desk),
            role,
            places,
            from: day("from", &self.from)?.unwrap_or(today),
            until: day("until", &self.until)?,
        })
    }
}

/// The fields of a role in a body.
async fn role_fields(asking: &Asking, web: &Web, f: &Fields, faults: &Faults) -> Answer<Markup> {
    let lang = asking.lang;
    let bodies: Vec<(String, String)> = people::organizations(
        &web.platform,
        &OrganizationFilter::default(),
        asking.reader.as_of,
        10_000,
    )
    .await?
    .into_iter()
    .map(|o| (o.id.clone(), first(lang, &o.name).to_owned()))
    .collect();
    let roles: Vec<(String, String)> = Role::ALL
        .iter()
        .map(|r| (r.id().to_owned(), role_name(lang, r.id())))
        .collect();
    let from = if f.from.is_empty() {
        asking.reader.today.to_string()
    } else {
        f.from.clone()
    };
    let date = |name, label| Field::new(name, label).control(Control::Input("date")).width("w-date");
    Ok(html! {
        (Field::new("role", t!(lang, "people-role")).control(Control::Choose(roles)).value(f.role.clone()).draw(lang, faults))
        (Field::new("organization", t!(lang, "people-organization")).control(Control::Choose(bodies)).value(f.organization.clone()).draw(lang, faults))
        (Field::new("desk", t!(lang, "people-desk")).optional().width("w-code").value(f.desk.clone()).draw(lang, faults))
        (Field::new("places", t!(lang, "people-places")).hint(t!(lang, "people-places-hint")).optional().width("w-code").value(f.places.clone()).draw(lang, faults))
        (date("from", t!(lang, "people-from")).value(from).draw(lang, faults))
        (date("until", t!(lang, "people-until")).optional().value(f.until.clone()).draw(lang, faults))
    })
}

/// The form that invites.
pub(crate) async fn new(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    new_form(&asking, &web, &Fields::default(), &Faults::default()).await
}

async fn new_form(asking: &Asking, web: &Web, f: &Fields, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let body = html! {
        form method="post" action=(lang.path("/admin/people/new")) {
            (once())
            (Field::new("name", t!(lang, "people-name")).value(f.name.clone()).autocomplete("off").draw(lang, faults))
            (Field::new("login", t!(lang, "people-login")).value(f.login.clone()).autocomplete("off").draw(lang, faults))
            (Field::new("email", t!(lang, "people-email")).control(Control::Input("email")).optional().value(f.email.clone()).autocomplete("off").draw(lang, faults))
            (role_fields(asking, web, f, faults).await?)
            (button(Weight::Primary, &t!(lang, "people-new-go")))
        }
    };
    Ok(within(asking, t!(lang, "people-new"), body)
        .crumb(t!(lang, "admin-people"), "/admin/people")
        .again(lang, faults))
}

/// The page that shows a link, this once.
pub(super) fn link_page(
    asking: &Asking,
    web: &Web,
    links: &[(String, String)],
    until: Option<Timestamp>,
    mailed: usize,
) -> Page {
    let lang = asking.lang;
    let base = &web.platform.settings().base_url;
    let back = if asking.can(web, Action::ManagePeople) {
        "/admin/people"
    } else {
        "/admin"
    };
    let body = html! {
        @if let Some(until) = until { p { (t!(lang, "people-link-once", until = language::instant(lang, until))) } }
        @if mailed > 0 { p { (t!(lang, "people-link-mailed", count = mailed)) } }
        @for (name, token) in links {
            p { (mixed(lang, name)) }
            p.receipt { strong { (base) (lang.path(&format!("/join/{token}"))) } }
        }
        @if links.is_empty() { p { (t!(lang, "people-link-repeated")) } }
        a.button href=(asking.link(back)) { (t!(lang, "action-back")) }
    };
    within(asking, t!(lang, "people-invited"), body)
}

/// Invites; the link is shown this once.
pub(crate) async fn invite(asking: Asking, State(web): State<Web>, form: Form<Fields>) -> Answer<Page> {
    let f = &form.value;
    let new = Profile::read(&f.name, &f.login, filled(&f.email).as_deref()).and_then(|profile| {
        Ok(NewPerson {
            profile,
            memberships: vec![f.membership(asking.reader.today)?],
        })
    });
    let invited = match new {
        Ok(new) => command::invite(&web.platform, &form.context(&asking), &new)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match invited {
        Ok(invited) => {
            let links: Vec<(String, String)> = invited
                .token
                .iter()
                .map(|token| (f.name.clone(), token.expose().to_owned()))
                .collect();
            let mailed = usize::from(invited.mailed);
            Ok(link_page(&asking, &web, &links, Some(invited.expires), mailed))
        }
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(new_form(&asking, &web, f, &faults).await?.status(status))
        }
    }
}

/// One person: roles, and what can be done.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &PersonId(id)).await
}

async fn draw(asking: &Asking, web: &Web, id: &PersonId) -> Answer<Page> {
    let lang = asking.lang;
    let today = asking.reader.today;
    let row = people::person(&web.platform, id).await?.ok_or_else(Refusal::unseen)?;
    let held = people::memberships_of(&web.platform, id).await?;
    let mut colleagues: Vec<PersonId> = Vec::new();
    for m in held.iter().filter(|m| m.membership.holds_on(today)) {
        colleagues.extend(
            people::members(&web.platform, &m.membership.organization, today)
                .await?
                .into_iter()
                .map(|c| c.person),
        );
    }
    colleagues.retain(|c| c != id);
    colleagues.sort();
    colleagues.dedup();
    let mut asked = colleagues.clone();
    asked.push(id.clone());
    let names = people::display_names(&web.platform, &asking.reader, &asked).await?;
    let name = called(&names, id);
    let stays = row.left_on.is_none();
    let factor = second_factor::is_set(&web.platform, id).await?;
    let post = |act: &str, fields: Markup, weight: Weight, verb: &str| {
        html! {
            form.section method="post" action=(lang.path(&format!("{}/{act}", path(id)))) { (once()) (fields) (button(weight, verb)) }
        }
    };
    let none = Faults::default();
    let date = |field, label, value: String| {
        Field::new(field, label)
            .control(Control::Input("date"))
            .width("w-date")
            .value(value)
    };
    let colleagues = colleagues
        .iter()
        .map(|c| (c.0.clone(), called(&names, c)))
        .collect::<Vec<_>>();
    let grounds: Vec<(String, String)> = Ground::ALL
        .iter()
        .map(|g| {
            (
                g.id().to_owned(),
                language::text(lang, &format!("people-ground-{}", g.id().replace('_', "-"))),
            )
        })
        .collect();
    let body = html! {
        (facts::list(&[
            Fact::text(t!(lang, "people-entered"), language::instant(lang, row.entered)),
            Fact::new(t!(lang, "people-memberships"), memberships(asking, id, &held, stays)),
        ]))
        @if let Some(removed) = &row.removed { div.notice { p { (removed_in_words(lang, *removed)) } } }
        @else if let Some(day) = row.left_on { div.notice { p { (t!(lang, "people-left", date = language::date(lang, day))) } } }
        @if stays {
            section.section #grant {
                header.section-head { h2 { (t!(lang, "people-grant")) } }
                (post("grant", role_fields(asking, web, &Fields::default(), &none).await?, Weight::Primary, &t!(lang, "people-grant-go")))
            }
            @if !colleagues.is_empty() {
                section.section #substitute {
                    header.section-head { h2 { (t!(lang, "people-substitute")) } }
                    (post("substitute", html! {
                        (Field::new("substitute", t!(lang, "people-substitute-who")).control(Control::Choose(colleagues)).draw(lang, &none))
                        (date("from", t!(lang, "people-from"), today.to_string()).draw(lang, &none))
                        (date("until", t!(lang, "people-until"), today.to_string()).draw(lang, &none))
                    }, Weight::Plain, &t!(lang, "people-substitute-go")))
                }
            }
            @if factor {
                section.section #second-factor {
                    header.section-head { h2 { (t!(lang, "people-factor")) } p.section-note { (t!(lang, "people-factor-hint")) } }
                    (post("second-factor", html! {
                        (Field::new("reason", t!(lang, "people-factor-reason")).draw(lang, &none))
                        (confirmation("sure", &t!(lang, "people-factor-sure")))
                    }, Weight::Quiet, &t!(lang, "people-factor-go")))
                }
            }
            (post("letter", html! {}, Weight::Plain, &t!(lang, "people-letter")))
            (post("leave", html! {
                p.hint { (t!(lang, "people-leave-hint")) }
                (confirmation("sure", &t!(lang, "people-leave-sure")))
            }, Weight::Quiet, &t!(lang, "people-leave")))
        }
        @if row.removed.is_none() {
            section.section #erase {
                header.section-head { h2 { (t!(lang, "people-erase")) } p.section-note { (t!(lang, "people-erase-hint")) } }
                (post("erase", html! {
                    (Field::new("ground", t!(lang, "people-erase-ground")).control(Control::Choose(grounds)).draw(lang, &none))
                    (confirmation("sure", &t!(lang, "people-erase-sure")))
                }, Weight::Quiet, &t!(lang, "people-erase-go")))
            }
        }
    };
    Ok(within(asking, name, body)
        .crumb(t!(lang, "admin-people"), "/admin/people")
        .demo(row.demo))
}

fn memberships(asking: &Asking, id: &PersonId, held: &[people::Member], stays: bool) -> Markup {
    let lang = asking.lang;
    let today = asking.reader.today;
    let from_until = |m: &Membership| match m.until {
        Some(until) => t!(
            lang,
            "org-since",
            from = language::date(lang, m.from),
            to = language::date(lang, until)
        ),
        None => t!(lang, "org-open-until", from = language::date(lang, m.from)),
    };
    html! {
        ul { @for m in held { li {
            (role_name(lang, m.membership.role.id())) " · " (m.membership.organization) " · " (from_until(&m.membership))
            @if stays && m.membership.until.is_none_or(|until| until > today) {
                form method="post" action=(lang.path(&format!("{}/end", path(id)))) {
                    (once())
                    input type="hidden" name="membership" value=(m.id);
                    input type="hidden" name="on" value=(today);
                    button.button.small type="submit" { (t!(lang, "people-end")) }
                }
            }
        } } }
    }
}

async fn answer<T>(asking: &Asking, web: &Web, id: &PersonId, done: Result<T, Error>) -> Answer<Response> {
    match done {
        Ok(_) => Ok(asking.go(&path(id)).into_response()),
        Err(error) => {
            refused(asking, draw(asking, web, id).await?, Failure::from(error)).map(IntoResponse::into_response)
        }
    }
}

/// Gives a role.
pub(crate) async fn grant(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let done = match form.value.membership(asking.reader.today) {
        Ok(wanted) => command::grant_membership(&web.platform, &form.context(&asking), &id, &wanted).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&asking, &web, &id, done).await
}

/// Relieves of a role.
pub(crate) async fn end(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let done = match day("on", &form.value.on) {
        Ok(on) => {
            let on = on.unwrap_or(asking.reader.today);
            command::end_membership(&web.platform, &form.context(&asking), &id, &form.value.membership, on).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&asking, &web, &id, done).await
}

/// Names a substitute.
pub(crate) async fn substitute(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let f = &form.value;
    let today = asking.reader.today;
    let done = match (day("from", &f.from), day("until", &f.until)) {
        (Ok(from), Ok(until)) => {
            let from = from.unwrap_or(today);
            let substitute = PersonId(f.substitute.clone());
            command::name_substitute(
                &web.platform,
                &form.context(&asking),
                &id,
                &substitute,
                from,
                until.unwrap_or(from),
            )
            .await
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    answer(&asking, &web, &id, done).await
}

/// The person leaves.
pub(crate) async fn leave(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let done = match confirmed("sure", &form.value.sure) {
        Ok(()) => command::leave(&web.platform, &form.context(&asking), &id).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&asking, &web, &id, done).await
}

/// A second factor goes that the person has lost.
pub(crate) async fn remove_factor(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let done = match confirmed("sure", &form.value.sure) {
        Ok(()) => second_factor::remove(&web.platform, &form.context(&asking), &id, &form.value.reason).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&asking, &web, &id, done).await
}

/// What is known of the person goes for good.
pub(crate) async fn erase(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    let wrong = |field, fault| Err(Refusal::wrong("web/form_fields").fault(field, fault).into());
    let done = match Ground::parse(&form.value.ground) {
        None => wrong("ground", "fault-required"),
        Some(ground) => match confirmed("sure", &form.value.sure) {
            Ok(()) => erasure::erase(&web.platform, &form.context(&asking), &id, ground).await,
            Err(refusal) => Err(refusal.into()),
        },
    };
    answer(&asking, &web, &id, done).await
}

/// A new link to set the password, shown this once.
pub(crate) async fn letter(sent: Sent<Fields>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let id = PersonId(id);
    match invitation::issue_again(&web.platform, &form.context(&asking), &id).await {
        Ok(letter) => {
            let links = [(letter.profile.name.clone(), letter.token.expose().to_owned())];
            let mailed = usize::from(letter.mailed);
            Ok(link_page(&asking, &web, &links, Some(letter.expires), mailed).into_response())
        }
        Err(error) => answer::<()>(&asking, &web, &id, Err(error)).await,
    }
}
