//! Signing in: login and password, then the second factor where there is one; signing out.

use crate::{
    Answer, Asking, Form, Page, Web,
    components::field::{Control, Faults, Field, Weight, button},
    links::safe_next,
    problem::Failure,
    session,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    catalogue::DEMO,
    people::{
        self, demo,
        sign_in::{Attempt, SignedIn},
    },
    refusal::{Manner, Refusal},
    rights::Demand,
};
use serde::Deserialize;

/// What is typed at the door.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Door {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// The door.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let next = safe_next(asking.links.get("next").unwrap_or("/")).to_owned();
    door(&asking, &web, "", &next, &Faults::default())
}

/// Where a sample account lands: on its desk, where nothing else was asked for.
fn landing(asking: &Asking, next: &str) -> String {
    let home = asking.lang.path("/");
    if next == "/" || next == home || next.trim_end_matches('/') == home.trim_end_matches('/') {
        asking.lang.path("/desk")
    } else {
        next.to_owned()
    }
}

fn door(asking: &Asking, web: &Web, login: &str, next: &str, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let samples = if web.demo { demo::one_click(DEMO)? } else { Vec::new() };
    Ok(Page::new(t!(lang, "sign-in-title"), html! {
        @if !samples.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "sign-in-samples")) } p.section-note { (t!(lang, "sign-in-samples-note")) @if web.platform.settings().second_factor == Demand::Optional { " " (t!(lang, "account-factor-demo")) } } }
                dl.samples {
                    @for (login, name) in &samples {
                        div {
                            dt {
                                form method="post" action=(lang.path("/sign-in")) {
                                    input type="hidden" name="login" value=(login);
                                    input type="hidden" name="password" value=(demo::password_of(login));
                                    input type="hidden" name="next" value=(landing(asking, next));
                                    button.button type="submit" { (crate::components::words::first(lang, name)) }
                                }
                            }
                            dd { (what_for(lang, login)) }
                        }
                    }
                }
            }
        }
        form method="post" action=(lang.path("/sign-in")) {
            input type="hidden" name="next" value=(next);
            (Field::new("login", t!(lang, "sign-in-login")).value(login).autocomplete("username").draw(lang, faults))
            (Field::new("password", t!(lang, "sign-in-password")).control(Control::Input("password")).autocomplete("current-password").draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "sign-in-go")))
        }
        @if web.platform.settings().mail.is_some() {
            p { a href=(asking.link("/sign-in/forgotten")) { (t!(lang, "sign-in-forgotten")) } }
        }
        p.hint { (t!(lang, "sign-in-help")) }
    })
    .plain()
    .again(lang, faults))
}

/// What a sample account is for; nothing where nobody has put it into words.
fn what_for(lang: Lang, login: &str) -> String {
    let id = format!("sign-in-sample-{login}");
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        String::new()
    }
}

/// Takes login and password.
pub(crate) async fn enter(asking: Asking, State(web): State<Web>, form: Form<Door>) -> Answer<Response> {
    let Door { login, password, next } = &form.value;
    let attempt = Attempt {
        login,
        password,
        code: None,
        origin: asking.origin(),
    };
    match people::sign_in::sign_in(&web.platform, &asking.context(), attempt).await {
        Ok(signed_in) => go_on(&asking, &web, signed_in, safe_next(next)).await,
        Err(error) => {
            let (faults, status) = Failure::from(error).faults(asking.lang)?;
            Ok(door(&asking, &web, login, safe_next(next), &faults)?
                .status(status)
                .into_response())
        }
    }
}

/// Where somebody goes who has come so far.
async fn go_on(asking: &Asking, web: &Web, signed_in: SignedIn, next: &str) -> Answer<Response> {
    let (session, path) = match signed_in {
        SignedIn::Whole {
            session,
            must_change: true,
        } => (session, asking.lang.path("/account/password")),
        SignedIn::Whole {
            session,
            must_change: false,
        } => {
            let actor = people::actor_by_session(&web.platform, session.token.expose()).await?;
            let due = actor.is_some_and(|actor| web.platform.rights().factor_due(&actor));
            let path = if due {
                asking.lang.path("/account/second-factor")
            } else {
                next.to_owned()
            };
            (session, path)
        }
        SignedIn::Half { session } => (
            session,
            asking
                .lang
                .path(&format!("/sign-in/code?next={}", crate::links::encoded(next))),
        ),
    };
    Ok(with_session(asking, session.token.expose(), &path))
}

/// An answer that begins a session and leads on.
pub(crate) fn with_session(asking: &Asking, token: &str, path: &str) -> Response {
    let cookie = session::begin(asking.by_tls, token).map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookie), Redirect::to(path)).into_response()
}

/// Who has forgotten the password.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Forgotten {
    #[serde(default)]
    login: String,
}

/// The form for whoever has forgotten the password.
pub(crate) async fn forgotten_page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    Ok(forgotten(&asking, &web, false))
}

fn forgotten(asking: &Asking, web: &Web, asked: bool) -> Page {
    let lang = asking.lang;
    let body = html! {
        @if web.platform.settings().mail.is_none() {
            p { (t!(lang, "sign-in-help")) }
        } @else {
            @if asked { div.notice.good role="status" { p { (t!(lang, "sign-in-forgotten-asked")) } } }
            form method="post" action=(lang.path("/sign-in/forgotten")) {
                (Field::new("login", t!(lang, "sign-in-forgotten-login")).hint(t!(lang, "sign-in-forgotten-hint")).autocomplete("username").draw(lang, &Faults::default()))
                (button(Weight::Primary, &t!(lang, "sign-in-forgotten-go")))
            }
        }
        p { a href=(asking.link("/sign-in")) { (t!(lang, "action-back")) } }
    };
    Page::new(t!(lang, "sign-in-forgotten"), body).plain()
}

/// A letter goes to whoever is known; the answer is the same to everybody.
pub(crate) async fn forget(asking: Asking, State(web): State<Web>, form: Form<Forgotten>) -> Answer<Page> {
    let typed = form.value.login.trim();
    if !typed.is_empty() && typed.len() <= 300 {
        people::invitation::forgotten(&web.platform, &asking.context(), typed).await?;
    }
    Ok(forgotten(&asking, &web, true))
}

/// What is typed as the second factor.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Code {
    code: String,
    #[serde(default)]
    next: String,
}

/// Asks for the second factor.
pub(crate) async fn code_page(asking: Asking) -> Answer<Page> {
    let next = safe_next(asking.links.get("next").unwrap_or("/")).to_owned();
    Ok(ask_code(&asking, &next, &Faults::default()))
}

fn ask_code(asking: &Asking, next: &str, faults: &Faults) -> Page {
    let lang = asking.lang;
    Page::new(t!(lang, "sign-in-code-title"), html! {
        form method="post" action=(lang.path("/sign-in/code")) {
            input type="hidden" name="next" value=(next);
            (Field::new("code", t!(lang, "sign-in-code")).hint(t!(lang, "sign-in-code-hint")).width("w-code").autocomplete("one-time-code").draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "sign-in-go")))
        }
    })
    .plain()
    .again(lang, faults)
}

/// Takes the second factor.
pub(crate) async fn show_code(asking: Asking, State(web): State<Web>, form: Form<Code>) -> Answer<Response> {
    let Some(token) = &asking.token else {
        return Ok(asking.go("/sign-in").into_response());
    };
    let Code { code, next } = &form.value;
    match people::sign_in::show_second_factor(&web.platform, &asking.context(), &token.0, code, asking.origin()).await {
        Ok(signed_in) => go_on(&asking, &web, signed_in, safe_next(next)).await,
        Err(error) => {
            let (faults, status) = Failure::from(error).faults(asking.lang)?;
            Ok(ask_code(&asking, safe_next(next), &faults)
                .status(status)
                .into_response())
        }
    }
}

/// Ends the session.
pub(crate) async fn leave(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    if let Some(token) = &asking.token {
        people::session::sign_out(&web.platform, &token.0).await?;
    }
    let cookie = session::end(asking.by_tls).map(|cookie| (header::SET_COOKIE, cookie));
    Ok((AppendHeaders(cookie), Redirect::to(&asking.lang.path("/"))).into_response())
}

/// A new password, typed twice.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct NewPassword {
    new: String,
    again: String,
}

/// The page that a letter leads to: set a password and come in.
pub(crate) async fn join_page(asking: Asking, State(web): State<Web>, token: crate::Path<String>) -> Answer<Page> {
    if people::invitation::read(&web.platform, &token.0).await?.is_none() {
        return Err(Refusal::rule("people/token_over", "").manner(Manner::Unseen).into());
    }
    Ok(join(&asking, &token.0, &Faults::default()))
}

fn join(asking: &Asking, token: &str, faults: &Faults) -> Page {
    let lang = asking.lang;
    let action = lang.path(&format!("/join/{}", crate::links::segment(token)));
    Page::new(
        t!(lang, "join-title"),
        html! {
            form method="post" action=(action) {
                (twice(asking, faults))
                (button(Weight::Primary, &t!(lang, "join-go")))
            }
        },
    )
    .plain()
    .again(lang, faults)
}

/// The two fields of a new password.
pub(crate) fn twice(asking: &Asking, faults: &Faults) -> Markup {
    let lang = asking.lang;
    let password = |name, label| {
        Field::new(name, label)
            .control(Control::Input("password"))
            .autocomplete("new-password")
    };
    html! {
        (password("new", t!(lang, "account-new-password")).hint(t!(lang, "account-password-hint")).draw(lang, faults))
        (password("again", t!(lang, "account-again")).draw(lang, faults))
    }
}

/// Whether both fields hold the same.
pub(crate) fn same(new: &str, again: &str) -> Result<(), Refusal> {
    if new == again {
        Ok(())
    } else {
        Err(Refusal::wrong("people/password").fault("again", "fault-password-again"))
    }
}

/// Sets the password, and leads to the door.
pub(crate) async fn set_password(
    asking: Asking,
    State(web): State<Web>,
    token: crate::Path<String>,
    form: Form<NewPassword>,
) -> Answer<Response> {
    let NewPassword { new, again } = &form.value;
    let done = match same(new, again) {
        Ok(()) => people::invitation::set_password(&web.platform, &token.0, new)
            .await
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(asking.go("/sign-in").into_response()),
        Err(failure) => {
            let (faults, _) = failure.faults(asking.lang)?;
            Ok(join(&asking, &token.0, &faults)
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
    }
}
