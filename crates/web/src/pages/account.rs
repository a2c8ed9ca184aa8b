//! One's own account: who one is here, who stands in, sessions, keys, password, second factor.

pub(crate) mod factor;
pub(crate) mod substitution;

use super::sign_in::{same, twice, with_session};
use crate::{
    Answer, Asking, Form, Page, Web,
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        words,
    },
    problem::{Failure, right_name, role_name},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{civil::Date, tz::TimeZone};
use language::{instant, t};
use maud::{Markup, html};
use platform::{
    context::PersonId,
    people::{self, query::Display},
    refusal::Refusal,
    rights::Action,
};
use serde::Deserialize;

fn me(asking: &Asking) -> Result<PersonId, Failure> {
    asking
        .actor()
        .map(|actor| actor.person.clone())
        .ok_or_else(Failure::unseen)
}

/// The account.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let context = asking.context();
    let person = me(&asking)?;
    let names = people::query::display_names(&web.platform, &asking.reader, std::slice::from_ref(&person)).await?;
    let name = match names.get(&person) {
        Some(Display::Name(name)) => name.clone(),
        _ => person.0.clone(),
    };
    let second_factor = people::second_factor::is_set(&web.platform, &person).await?;
    let sessions = people::session::own(&web.platform, &context).await?;
    let keys = people::key::own(&web.platform, &context).await?;
    let factor_state = if second_factor {
        t!(lang, "account-factor-on")
    } else {
        t!(lang, "account-factor-off")
    };
    Ok(Page::new(
        t!(lang, "frame-account"),
        html! {
            (factor::standing(&asking, &web).await?)
            (facts::list(&[
                Fact::new(t!(lang, "account-name"), html! { (words::known_name(lang, &name)) " " a href=(asking.link("/account/profile")) { (t!(lang, "account-profile-correct")) } }),
                Fact::new(t!(lang, "account-roles"), roles(&asking, &web).await?),
                Fact::new(t!(lang, "account-factor"), html! { (factor_state) " " a href=(asking.link("/account/second-factor")) { (t!(lang, "account-factor-change")) } }),
                Fact::new(t!(lang, "sign-in-password"), html! { a href=(asking.link("/account/password")) { (t!(lang, "account-password-change")) } }),
            ]))
            (substitution::section(&asking, &web).await?)
            section.section #sessions {
                header.section-head { h2 { (t!(lang, "account-sessions")) } p.section-note { (t!(lang, "account-sessions-note")) } }
                div.table-frame { table.table.compact {
                    caption.visually-hidden { (t!(lang, "account-sessions")) }
                    thead { tr { th scope="col" { (t!(lang, "account-browser")) } th scope="col" { (t!(lang, "account-begun")) } th scope="col" { (t!(lang, "account-used")) } th scope="col" { (t!(lang, "account-end")) } } }
                    tbody { @for session in &sessions {
                        tr {
                            th scope="row" { @if session.agent.is_empty() { (t!(lang, "mark-unknown")) } @else { (session.agent) } }
                            td.date { (instant(lang, session.created)) }
                            td.date { (instant(lang, session.last_seen)) }
                            td { (end(&asking, "/account/sessions/end", &session.id, &t!(lang, "account-session-end"))) }
                        }
                    } }
                } }
            }
            section.section #keys {
                header.section-head {
                    h2 { (t!(lang, "account-keys")) }
                    p.section-note { (t!(lang, "account-keys-note")) }
                    div.page-actions { a.button href=(asking.link("/account/keys/new")) { (t!(lang, "account-key-new")) } }
                }
                @if keys.is_empty() { div.empty { p { (t!(lang, "account-keys-none")) } } } @else {
                    div.table-frame { table.table.compact {
                        caption.visually-hidden { (t!(lang, "account-keys")) }
                        thead { tr { th scope="col" { (t!(lang, "account-key-name")) } th scope="col" { (t!(lang, "account-key-scopes")) } th scope="col" { (t!(lang, "account-used")) } th scope="col" { (t!(lang, "account-key-until")) } th scope="col" { (t!(lang, "account-end")) } } }
                        tbody { @for key in &keys {
                            tr {
                                th scope="row" { (key.name) }
                                td.wrap { (language::list(lang, &key.scopes.iter().map(|s| right_name(lang, s)).collect::<Vec<_>>(), language::Join::And)) }
                                td.date { @if let Some(used) = key.last_used { (instant(lang, used)) } @else { (t!(lang, "account-never")) } }
                                td.date { @if let Some(until) = key.expires { (instant(lang, until)) } @else { (t!(lang, "account-key-endless")) } }
                                td { (end(&asking, "/account/keys/end", &key.id, &t!(lang, "account-key-end"))) }
                            }
                        } }
                    } }
                }
            }
        },
    ))
}

/// The form that corrects what is kept about oneself.
pub(crate) async fn profile_page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let kept = people::own_data::own_profile(&web.platform, &asking.context()).await?;
    let fields = ProfileFields {
        name: kept.name,
        login: kept.login,
        email: kept.email.unwrap_or_default(),
    };
    Ok(profile_form(&asking, &fields, &Faults::default()))
}

/// Name, login and address as a form says them.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ProfileFields {
    name: String,
    login: String,
    #[serde(default)]
    email: String,
}

fn profile_form(asking: &Asking, f: &ProfileFields, faults: &Faults) -> Page {
    let lang = asking.lang;
    let body = html! {
        form method="post" action=(lang.path("/account/profile")) {
            (once())
            (Field::new("name", t!(lang, "people-name")).value(f.name.clone()).autocomplete("name").draw(lang, faults))
            (Field::new("login", t!(lang, "people-login")).value(f.login.clone()).autocomplete("username").draw(lang, faults))
            (Field::new("email", t!(lang, "people-email")).control(Control::Input("email")).optional().value(f.email.clone()).autocomplete("email").draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "account-profile-go")))
        }
        section.section #data {
            header.section-head { h2 { (t!(lang, "account-data")) } p.section-note { (t!(lang, "account-data-note")) } }
            a.button href=(asking.link("/account/data.json")) { (t!(lang, "account-data-get")) }
            p.hint { (t!(lang, "account-erase-hint")) }
        }
    };
    Page::new(t!(lang, "account-profile-correct"), body)
        .crumb(t!(lang, "frame-account"), "/account")
        .again(lang, faults)
}

/// Corrects name, login and address.
pub(crate) async fn correct_profile(
    asking: Asking,
    State(web): State<Web>,
    form: Form<ProfileFields>,
) -> Answer<Response> {
    let f = &form.value;
    let done = match people::profile::Profile::read(&f.name, &f.login, Some(&f.email)) {
        Ok(profile) => people::command::change_profile(&web.platform, &form.context(&asking), &me(&asking)?, &profile)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(asking.go("/account").into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(profile_form(&asking, f, &faults).status(status).into_response())
        }
    }
}

/// Everything that is kept about oneself, as a file.
pub(crate) async fn own_data(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let data = people::own_data::own_data(&web.platform, &asking.context()).await?;
    let attachment = [(header::CONTENT_DISPOSITION, "attachment; filename=\"account.json\"")];
    Ok((attachment, crate::Json(data)).into_response())
}

/// What one is in which bodies, for whom one stands in.
async fn roles(asking: &Asking, web: &Web) -> Answer<Markup> {
    let lang = asking.lang;
    let mut lines = Vec::new();
    for grant in asking.actor().iter().flat_map(|a| &a.grants) {
        let body = people::query::organization(&web.platform, &grant.organization, asking.reader.as_of).await?;
        lines.push((
            role_name(lang, grant.role.id()),
            body.map(|b| b.name),
            grant.organization.clone(),
            grant.standing_in_for.is_some(),
        ));
    }
    Ok(html! {
        ul {
            @for (role, body, id, stands_in) in &lines {
                li {
                    (role) " · " @if let Some(body) = body { (words::first(lang, body)) } @else { (id) }
                    @if *stands_in { " " span.mark.changed { (t!(lang, "account-stands-in")) } }
                }
            }
        }
    })
}

fn end(asking: &Asking, path: &str, id: &str, verb: &str) -> Markup {
    html! {
        form method="post" action=(asking.lang.path(path)) {
            input type="hidden" name="id" value=(id);
            button.button.small.quiet type="submit" { (verb) }
        }
    }
}

/// What is to be ended.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Ended {
    id: String,
}

/// Ends one of one's sessions.
pub(crate) async fn end_session(asking: Asking, State(web): State<Web>, form: Form<Ended>) -> Answer<Redirect> {
    people::session::revoke(&web.platform, &asking.context(), &form.value.id).await?;
    Ok(asking.go("/account#sessions"))
}

/// Ends one of one's keys.
pub(crate) async fn end_key(asking: Asking, State(web): State<Web>, form: Form<Ended>) -> Answer<Redirect> {
    people::key::revoke(&web.platform, &asking.context(), &form.value.id).await?;
    Ok(asking.go("/account#keys"))
}

/// A key that is wanted: for one or more actions, until the end of a day or for ever.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct WantedKey {
    name: String,
    #[serde(default)]
    expires: String,
    #[serde(flatten)]
    ticked: std::collections::BTreeMap<String, String>,
}

/// The form for a key.
pub(crate) async fn key_page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    Ok(key_form(&asking, &web, "", "", &Faults::default()))
}

fn key_form(asking: &Asking, web: &Web, name: &str, expires: &str, faults: &Faults) -> Page {
    let lang = asking.lang;
    let own: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|a| *a != Action::ManageOwn && asking.can(web, *a))
        .collect();
    Page::new(t!(lang, "account-key-new"), html! {
        form method="post" action=(lang.path("/account/keys/new")) {
            (once())
            (Field::new("name", t!(lang, "account-key-name")).hint(t!(lang, "account-key-name-hint")).value(name).draw(lang, faults))
            fieldset.field #scopes {
                legend { (t!(lang, "account-key-scopes")) }
                @if let Some(fault) = faults.get("scopes") { p.field-error { (fault) } }
                @for action in &own {
                    label.check { input type="checkbox" name=(format!("scope.{}", action.id())) value="1"; span { (right_name(lang, action.id())) } }
                }
            }
            (Field::new("expires", t!(lang, "account-key-until")).control(Control::Input("date")).optional().width("w-date").value(expires).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "account-key-make")))
        }
    })
    .crumb(t!(lang, "frame-account"), "/account")
    .again(lang, faults)
}

/// Makes a key; it is shown this once.
pub(crate) async fn make_key(asking: Asking, State(web): State<Web>, form: Form<WantedKey>) -> Answer<Page> {
    let lang = asking.lang;
    let WantedKey { name, expires, ticked } = &form.value;
    let scopes: Vec<Action> = ticked
        .keys()
        .filter_map(|k| Action::parse(k.strip_prefix("scope.")?))
        .collect();
    let made = match end_of(expires) {
        Ok(until) => people::key::make(&web.platform, &form.context(&asking), name, &scopes, until)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(made) => Ok(Page::new(
            t!(lang, "account-key-made"),
            html! {
                p { (t!(lang, "account-key-once")) }
                p.receipt { strong { (made.key.expose()) } }
                a.button href=(asking.link("/account")) { (t!(lang, "account-back")) }
            },
        )
        .crumb(t!(lang, "frame-account"), "/account")),
        Err(failure) => {
            let (faults, status) = failure.faults(lang)?;
            Ok(key_form(&asking, &web, name, expires, &faults).status(status))
        }
    }
}

/// The end of a day in Shanghai; nothing where no day was given.
fn end_of(day: &str) -> Result<Option<jiff::Timestamp>, Refusal> {
    if day.is_empty() {
        return Ok(None);
    }
    let wrong = || Refusal::wrong("people/key").fault("expires", "fault-date");
    let next = day
        .parse::<Date>()
        .ok()
        .and_then(|d| d.tomorrow().ok())
        .ok_or_else(wrong)?;
    let shanghai = TimeZone::fixed(jiff::tz::offset(8));
    shanghai
        .to_timestamp(next.at(0, 0, 0, 0))
        .map(Some)
        .map_err(|_| wrong())
}

/// A password that is changed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ChangedPassword {
    old: String,
    new: String,
    again: String,
}

/// The form for another password.
pub(crate) async fn password_page(asking: Asking) -> Answer<Page> {
    Ok(password_form(&asking, &Faults::default()))
}

fn password_form(asking: &Asking, faults: &Faults) -> Page {
    let lang = asking.lang;
    Page::new(t!(lang, "account-password-change"), html! {
        form method="post" action=(lang.path("/account/password")) {
            (Field::new("old", t!(lang, "account-old-password")).control(Control::Input("password")).autocomplete("current-password").draw(lang, faults))
            (twice(asking, faults))
            (button(Weight::Primary, &t!(lang, "account-password-go")))
        }
        p.hint { (t!(lang, "account-password-ends")) }
    })
    .crumb(t!(lang, "frame-account"), "/account")
    .again(lang, faults)
}

/// Changes the password; this browser goes on under a new session, all others end.
pub(crate) async fn change_password(
    asking: Asking,
    State(web): State<Web>,
    form: Form<ChangedPassword>,
) -> Answer<Response> {
    let ChangedPassword { old, new, again } = &form.value;
    let done = match same(new, again) {
        Ok(()) => people::sign_in::change_password(&web.platform, &asking.context(), old, new, asking.origin())
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(session) => Ok(with_session(
            &asking,
            session.token.expose(),
            &asking.lang.path("/account"),
        )),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(password_form(&asking, &faults).status(status).into_response())
        }
    }
}
