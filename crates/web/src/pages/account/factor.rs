//! The second factor: whether there is one, how to have another, and that it was taken away.

use super::me;
use crate::{
    Answer, Asking, Form, Page, Web,
    components::field::{Faults, Field, Weight, button},
    problem::Failure,
    session,
};
use axum::{extract::State, http::StatusCode};
use language::{Lang, instant, t};
use maud::{Markup, html};
use platform::{people, rights::Demand};
use serde::Deserialize;

/// The second factor: whether there is one, and how to have another.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let set = people::second_factor::is_set(&web.platform, &me(&asking)?).await?;
    Ok(factor(
        lang,
        html! {
            (standing(&asking, &web).await?)
            p { @if set { (t!(lang, "account-factor-on")) } @else { (t!(lang, "account-factor-off")) } }
            p { (t!(lang, "account-factor-how")) }
            form method="post" action=(lang.path("/account/second-factor")) {
                (button(Weight::Primary, &t!(lang, "account-factor-offer")))
            }
        },
    ))
}

/// What there is to say of it: that it is demanded, or in a demonstration that it is not; and that it was taken away.
pub(super) async fn standing(asking: &Asking, web: &Web) -> Answer<Markup> {
    let lang = asking.lang;
    let person = me(asking)?;
    let removed = if people::second_factor::is_set(&web.platform, &person).await? {
        None
    } else {
        people::query::factor_removed(&web.platform, &person).await?
    };
    let due = asking.actor().is_some_and(|a| web.platform.rights().factor_due(a));
    Ok(html! {
        @if let Some(removed) = removed {
            div.notice.official role="status" {
                p { (t!(lang, "account-factor-removed", at = instant(lang, removed.at))) }
                p { (t!(lang, "account-factor-removed-why")) " " span lang="zh-Hans" { (removed.reason) } }
            }
        }
        @if due { div.notice { p {
            (t!(lang, "account-factor-due")) " " a href=(asking.link("/account/second-factor")) { (t!(lang, "account-factor-change")) }
        } } }
        @else if web.demo && web.platform.settings().second_factor == Demand::Optional {
            p.hint { (t!(lang, "account-factor-demo")) }
        }
    })
}

fn factor(lang: Lang, body: Markup) -> Page {
    Page::new(t!(lang, "account-factor"), html! { div.prose { (body) } }).crumb(t!(lang, "frame-account"), "/account")
}

/// Offers a secret for the authenticator.
pub(crate) async fn offer(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let offered = people::second_factor::enrol(&web.platform, &asking.context()).await?;
    Ok(factor(
        lang,
        html! {
            p { (t!(lang, "account-factor-secret")) }
            p.receipt { strong { (grouped(&offered.base32)) } }
            p { a href=(offered.uri) { (t!(lang, "account-factor-open")) } }
            (code_form(&asking, &Faults::default()))
        },
    ))
}

/// A long secret in groups of four, as people type it.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn code_form(asking: &Asking, faults: &Faults) -> Markup {
    let lang = asking.lang;
    html! {
        form method="post" action=(lang.path("/account/second-factor/confirm")) {
            (Field::new("code", t!(lang, "sign-in-code")).width("w-code").autocomplete("one-time-code").draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "account-factor-confirm")))
        }
    }
}

/// A code of the secret that was offered.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct FirstCode {
    code: String,
}

/// Puts the second factor into force; the recovery codes are shown this once. This browser goes on under a new session.
pub(crate) async fn confirm(asking: Asking, State(web): State<Web>, form: Form<FirstCode>) -> Answer<Page> {
    let lang = asking.lang;
    let context = asking.context();
    match people::second_factor::confirm(&web.platform, &context, &form.value.code, asking.origin()).await {
        Ok(confirmed) => {
            let page = factor(
                lang,
                html! {
                    p { (t!(lang, "account-factor-done")) }
                    p { (t!(lang, "account-recovery")) }
                    ul { @for code in &confirmed.codes { li { code { (code.expose()) } } } }
                    a.button href=(asking.link("/account")) { (t!(lang, "account-back")) }
                },
            );
            Ok(match session::begin(asking.by_tls, confirmed.session.token.expose()) {
                Some(cookie) => page.cookie(&cookie),
                None => page,
            })
        }
        Err(error) => {
            let (faults, _) = Failure::from(error).faults(lang)?;
            Ok(factor(lang, code_form(&asking, &faults))
                .again(lang, &faults)
                .status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
