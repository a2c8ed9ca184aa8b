//! The first security administrator: invited once by the system administrator, and from then on gives all further roles.

use super::{filled, person::link_page, within};
use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    components::field::{Control, Faults, Field, Weight, button, once},
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::people::{
    command::{invite_security_administrator, security_administrator_awaited},
    profile::Profile,
};
use serde::Deserialize;

/// Whom to invite.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Invitee {
    name: String,
    login: String,
    email: String,
}

/// The form; once there was one, only that.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    draw(&asking, &web, &Invitee::default(), &Faults::default()).await
}

async fn draw(asking: &Asking, web: &Web, typed: &Invitee, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let awaited = security_administrator_awaited(&web.platform).await?;
    let body = html! {
        div.prose { p { (t!(lang, "security-lead")) } }
        @if awaited {
            form method="post" action=(lang.path("/admin/security-administrator")) {
                (once())
                (Field::new("name", t!(lang, "people-name")).value(typed.name.as_str()).autocomplete("off").draw(lang, faults))
                (Field::new("login", t!(lang, "people-login")).value(typed.login.as_str()).autocomplete("off").draw(lang, faults))
                (Field::new("email", t!(lang, "people-email")).control(Control::Input("email")).optional().value(typed.email.as_str()).autocomplete("off").draw(lang, faults))
                (button(Weight::Primary, &t!(lang, "people-new-go")))
            }
        } @else { div.notice { p { (t!(lang, "security-there")) } } }
    };
    Ok(within(asking, t!(lang, "security-title"), body).again(lang, faults))
}

/// Invites; the link is shown this once.
pub(crate) async fn invite(asking: Asking, State(web): State<Web>, form: Form<Invitee>) -> Answer<Page> {
    let typed = &form.value;
    let invited = match Profile::read(&typed.name, &typed.login, filled(&typed.email).as_deref()) {
        Ok(profile) => invite_security_administrator(&web.platform, &form.context(&asking), profile)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match invited {
        Ok(invited) => {
            let links: Vec<(String, String)> = invited
                .token
                .iter()
                .map(|token| (typed.name.clone(), token.expose().to_owned()))
                .collect();
            let mailed = usize::from(invited.mailed);
            Ok(link_page(&asking, &web, &links, Some(invited.expires), mailed))
        }
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, &web, typed, &faults).await?.status(status))
        }
    }
}
