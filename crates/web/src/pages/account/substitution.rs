//! Who stands in (代办) for oneself, and for whom one stands in: named, shown to both, ended.

use super::me;
use crate::{
    Answer, Asking, Form, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words,
    },
    problem::{Failure, role_name},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use language::t;
use maud::{Markup, html};
use platform::{
    context::PersonId,
    people::{
        self, command,
        query::{Display, Substitution},
    },
    refusal::Refusal,
};
use serde::Deserialize;
use std::collections::BTreeMap;

type Names = BTreeMap<PersonId, Display>;

/// How somebody is called here: by name to colleagues, else by role.
fn called(asking: &Asking, names: &Names, id: &PersonId) -> Markup {
    let lang = asking.lang;
    match names.get(id) {
        Some(Display::Name(name)) => words::mixed(lang, name),
        Some(Display::Role { role, .. }) => html! { (role_name(lang, role.id())) },
        _ => html! { code { (id.0) } },
    }
}

/// The section of the account: both sides, and the way to the form.
pub(super) async fn section(asking: &Asking, web: &Web) -> Answer<Markup> {
    let lang = asking.lang;
    let own = me(asking)?;
    let all = people::query::substitutions_of(&web.platform, &own, asking.reader.today).await?;
    let others: Vec<PersonId> = all
        .iter()
        .map(|s| if s.person == own { &s.substitute } else { &s.person })
        .cloned()
        .collect();
    let names = people::query::display_names(&web.platform, &asking.reader, &others).await?;
    let days = |s: &Substitution| {
        t!(
            lang,
            "org-since",
            from = language::date(lang, s.from),
            to = language::date(lang, s.until)
        )
    };
    Ok(html! {
        section.section #substitutes {
            header.section-head {
                h2 { (t!(lang, "account-substitutes")) }
                p.section-note { (t!(lang, "account-substitutes-note")) }
                div.page-actions { a.button href=(asking.link("/account/substitute")) { (t!(lang, "account-substitute-new")) } }
            }
            @if all.is_empty() { div.empty { p { (t!(lang, "account-substitutes-none")) } } }
            ul { @for s in &all { li {
                @if s.person == own {
                    (t!(lang, "account-substitute-mine")) " " (called(asking, &names, &s.substitute)) " · " (days(s)) " "
                    form method="post" action=(lang.path("/account/substitute/end")) {
                        (once())
                        input type="hidden" name="substitute" value=(s.substitute.0);
                        button.button.small.quiet type="submit" { (t!(lang, "account-substitute-end")) }
                    }
                } @else {
                    (t!(lang, "account-substitute-for")) " " (called(asking, &names, &s.person)) " · " (days(s))
                }
            } } }
        }
    })
}

/// Who is to stand in, and on which days.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    substitute: String,
    from: String,
    until: String,
}

/// The form.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let today = asking.reader.today.to_string();
    let fields = Fields {
        substitute: String::new(),
        from: today.clone(),
        until: today,
    };
    draw(&asking, &web, &fields, &Faults::default()).await
}

/// Colleagues whom one knows by name, in the bodies where one has a role of one's own.
async fn colleagues(asking: &Asking, web: &Web, own: &PersonId) -> Answer<Vec<(String, String)>> {
    let mut found: Vec<PersonId> = Vec::new();
    let grants = asking.actor().map_or(&[][..], |a| &a.grants);
    for grant in grants.iter().filter(|g| g.standing_in_for.is_none()) {
        let members = people::query::members(&web.platform, &grant.organization, asking.reader.today).await?;
        found.extend(members.into_iter().map(|m| m.person));
    }
    found.retain(|id| id != own);
    let names = people::query::display_names(&web.platform, &asking.reader, &found).await?;
    let mut named: Vec<(String, String)> = names
        .into_iter()
        .filter_map(|(id, display)| match display {
            Display::Name(name) => Some((id.0, name)),
            _ => None,
        })
        .collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(named)
}

async fn draw(asking: &Asking, web: &Web, f: &Fields, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let colleagues = colleagues(asking, web, &me(asking)?).await?;
    let date = |name, label| Field::new(name, label).control(Control::Input("date")).width("w-date");
    let body = html! {
        div.prose { p { (t!(lang, "account-substitutes-note")) } }
        @if colleagues.is_empty() { div.notice { p { (t!(lang, "account-substitute-nobody")) } } } @else {
            form method="post" action=(lang.path("/account/substitute")) {
                (once())
                (Field::new("substitute", t!(lang, "people-substitute-who")).control(Control::Choose(colleagues)).value(f.substitute.clone()).draw(lang, faults))
                (date("from", t!(lang, "people-from")).value(f.from.clone()).draw(lang, faults))
                (date("until", t!(lang, "people-until")).value(f.until.clone()).draw(lang, faults))
                (button(Weight::Primary, &t!(lang, "people-substitute-go")))
            }
        }
    };
    Ok(Page::new(t!(lang, "account-substitute-new"), body)
        .crumb(t!(lang, "frame-account"), "/account")
        .again(lang, faults))
}

fn day(field: &'static str, text: &str) -> Result<Date, Refusal> {
    let wrong = |fault| Refusal::wrong("web/form_fields").fault(field, fault);
    match text.trim() {
        "" => Err(wrong("fault-required")),
        text => text.parse().map_err(|_| wrong("fault-date")),
    }
}

/// Names somebody who stands in.
pub(crate) async fn name(asking: Asking, State(web): State<Web>, form: Form<Fields>) -> Answer<Response> {
    let f = &form.value;
    let done = match (day("from", &f.from), day("until", &f.until)) {
        _ if f.substitute.trim().is_empty() => Err(Refusal::wrong("web/form_fields")
            .fault("substitute", "fault-required")
            .into()),
        (Ok(from), Ok(until)) => {
            let substitute = PersonId(f.substitute.trim().to_owned());
            command::name_substitute(
                &web.platform,
                &form.context(&asking),
                &me(&asking)?,
                &substitute,
                from,
                until,
            )
            .await
            .map_err(Failure::from)
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(asking.go("/account#substitutes").into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, &web, f, &faults).await?.status(status).into_response())
        }
    }
}

/// Whose standing in ends.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Ended {
    substitute: String,
}

/// Somebody no longer stands in.
pub(crate) async fn end(asking: Asking, State(web): State<Web>, form: Form<Ended>) -> Answer<Redirect> {
    let substitute = PersonId(form.value.substitute.clone());
    command::withdraw_substitute(&web.platform, &form.context(&asking), &me(&asking)?, &substitute).await?;
    Ok(asking.go("/account#substitutes"))
}
