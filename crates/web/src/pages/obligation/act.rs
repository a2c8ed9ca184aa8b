//! What an officer does with an obligation: one form alone, and taking it.

use super::{
    form::{self, FORMS},
    links::{self, LINKS},
};
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    api::{
        actions::{self, Input},
        history,
    },
    components::{field::Faults, refusal_box, words::first},
    links::Screen,
    pages::history::entries as timeline,
    problem,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    context::Context,
    list::query as list,
    obligation::{command, facts, query as obligation},
    refusal::{Manner, Refusal},
    rights, upload,
};

fn known(action: &str) -> Answer<&'static str> {
    FORMS
        .into_iter()
        .find(|name| *name == action)
        .ok_or_else(Failure::unseen)
}

/// One form alone: where a link leads straight to it, and where it is shown again.
pub(crate) async fn form(
    asking: Asking,
    State(web): State<Web>,
    Path((id, action)): Path<(String, String)>,
) -> Answer<Page> {
    let action = known(&action)?;
    allowed(&asking, &web, &id, action).await?;
    draw(&asking, &web, &id, action, &Input::default(), &Faults::default()).await
}

/// Takes a form: the command is carried out, or the form comes back with what is wrong.
pub(crate) async fn act(
    asking: Asking,
    State(web): State<Web>,
    Path((id, action)): Path<(String, String)>,
    filled: Form<Vec<(String, String)>>,
) -> Answer<Response> {
    if let Some(action) = LINKS.into_iter().find(|name| *name == action) {
        allowed(&asking, &web, &id, action).await?;
        let command = actions::command(action, &Input::of_form(&filled.value), web.platform.visibility())?;
        return links::act(&asking, &web, &id, &command, &filled.context(&asking)).await;
    }
    let action = known(&action)?;
    allowed(&asking, &web, &id, action).await?;
    let version = filled.value.iter().find(|(n, _)| n == "version");
    let filled = Filled {
        input: Input::of_form(&filled.value),
        version: version.and_then(|(_, v)| v.parse().ok()),
        context: filled.context(&asking),
        refused: None,
    };
    carry_out(&asking, &web, &id, action, filled).await
}

/// A form as it was filled in.
pub(super) struct Filled {
    /// What the action needs.
    pub input: Input,
    /// The version that the form was opened on.
    pub version: Option<i64>,
    /// The circumstances, with the form's own key.
    pub context: Context,
    /// What is wrong with a file that came with it.
    pub refused: Option<Refusal>,
}

/// Carries a form out, or shows it again.
pub(super) async fn carry_out(
    asking: &Asking,
    web: &Web,
    id: &str,
    action: &'static str,
    filled: Filled,
) -> Answer<Response> {
    let Filled {
        input,
        version,
        context,
        refused,
    } = filled;
    let command = match refused {
        Some(refusal) => Err(refusal),
        None => actions::command(action, &input, web.platform.visibility()),
    };
    let done = match command {
        Ok(command) => command::run(&web.platform, &context, id, version.map(ledger::Version), &command)
            .await
            .map(|_| ())
            .map_err(Failure::from),
        Err(refusal) => Err(refusal.into()),
    };
    let failure = match done {
        Ok(()) => {
            let to = match facts::parts_of(id) {
                // What is given up is no longer among what is held.
                Some((task, _)) if action == "opt_out" => format!("/tasks/{}", crate::links::segment(task)),
                _ => format!("/obligations/{}", crate::links::segment(id)),
            };
            return Ok(asking.go(&to).into_response());
        }
        // What is not held yet has no page on which its form could stand again.
        Err(failure) if action == "opt_in" => return Err(failure),
        Err(failure) => failure,
    };
    let status = failure.status();
    let Some(refusal) = failure.refusal().cloned() else {
        return Err(failure);
    };
    let page = if refusal.manner == Manner::Stale {
        let told = stale(asking, web, id, version, &refusal).await?;
        draw(asking, web, id, action, &input, &Faults::default())
            .await?
            .alert(told)
    } else {
        let faults = Faults::of(asking.lang, &refusal);
        draw(asking, web, id, action, &input, &faults)
            .await?
            .again(asking.lang, &faults)
    };
    Ok(page.status(status).into_response())
}

/// Who has no right to it is told which one is missing, before anything else.
pub(super) async fn allowed(asking: &Asking, web: &Web, id: &str, action: &str) -> Answer<()> {
    let object = facts::object(&web.platform, id).await?;
    let right = actions::right(action).ok_or_else(Refusal::unseen)?;
    Ok(rights::check(web.platform.rights(), &asking.context(), right, &object)?)
}

/// What somebody else recorded since the form was opened.
async fn stale(asking: &Asking, web: &Web, id: &str, version: Option<i64>, refusal: &Refusal) -> Answer<Markup> {
    let lang = asking.lang;
    let since = history::since(asking, web, command::stream(id)?, version.unwrap_or_default()).await?;
    let told = problem::tell_refusal(lang, refusal);
    let changed = timeline(asking, web, &since).await?;
    Ok(html! {
        (refusal_box::refusal(lang, &told, &asking.request, html! {}))
        section.section {
            header.section-head { h2 { (t!(lang, "obligation-changed-since")) } }
            (changed)
            p { (t!(lang, "obligation-send-again")) }
        }
    })
}

async fn draw(
    asking: &Asking,
    web: &Web,
    id: &str,
    action: &'static str,
    input: &Input,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let o = obligation::obligation(&web.platform, &asking.reader, id).await?;
    let task = if o.subject_kind == "task" {
        Some(list::task(&web.platform, &asking.reader, &o.subject).await?)
    } else {
        None
    };
    let milestones = obligation::milestones(&web.platform, &asking.reader, id).await?;
    let mut around = form::around(asking, web, &o, task.as_ref(), &milestones).await?;
    if let Some(actor) = asking.actor() {
        around.sent = upload::query::sent(&web.platform, &actor.person, &input.files).await?;
    }
    let drawn = form::draw(asking, web, &around, action, input, faults, true);
    Ok(Page::new(form::name(lang, action), drawn)
        .kicker(first(lang, &o.title).to_owned())
        .crumb(t!(lang, "screen-list"), "/list")
        .crumb(
            t!(lang, "obligation-crumb"),
            format!("/obligations/{}", crate::links::segment(id)),
        )
        .screen(Screen::Desk)
        .demo(o.demo))
}
