//! The first administrator: made once, by the token that the terminal shows.

use super::sign_in::{same, twice};
use crate::{
    Answer, Asking, Form, Page, Web,
    components::field::{Faults, Field, Weight, button},
    problem::Failure,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::people::{first_administrator, profile::Profile};
use serde::Deserialize;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct FirstAdministrator {
    token: String,
    name: String,
    login: String,
    new: String,
    again: String,
}

/// The form.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
    Ok(form(&asking, &FirstAdministrator::default(), &Faults::default()))
}

fn form(asking: &Asking, typed: &FirstAdministrator, faults: &Faults) -> Page {
    let lang = asking.lang;
    Page::new(t!(lang, "first-administrator-title"), html! {
        p { (t!(lang, "first-administrator-text")) }
        form method="post" action=(lang.path("/first-administrator")) {
            (Field::new("token", t!(lang, "first-administrator-token")).autocomplete("off").draw(lang, faults))
            (Field::new("name", t!(lang, "people-column-name")).value(typed.name.as_str()).autocomplete("name").draw(lang, faults))
            (Field::new("login", t!(lang, "people-column-login")).value(typed.login.as_str()).autocomplete("username").draw(lang, faults))
            (twice(asking, faults))
            (button(Weight::Primary, &t!(lang, "first-administrator-go")))
        }
    })
    .plain()
    .again(lang, faults)
}

/// Makes the account, and leads to the door.
pub(crate) async fn redeem(asking: Asking, State(web): State<Web>, sent: Form<FirstAdministrator>) -> Answer<Response> {
    let typed = &sent.value;
    let done = match (
        same(&typed.new, &typed.again),
        Profile::read(&typed.name, &typed.login, None),
    ) {
        (Ok(()), Ok(profile)) => {
            let context = sent.context(&asking);
            first_administrator::redeem(&web.platform, &context, typed.token.trim(), &profile, &typed.new)
                .await
                .map_err(Failure::from)
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(asking.go("/sign-in").into_response()),
        Err(failure) => {
            let (faults, _) = failure.faults(asking.lang)?;
            Ok(form(&asking, typed, &faults)
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
    }
}
