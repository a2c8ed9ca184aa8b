//! How the system does: the ledger's head and verification, jobs that failed, messages nobody knows about, the file store.

use super::{refused, within};
use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    components::{
        facts::{self, Fact},
        field::{Weight, button, once},
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, instant, t};
use ledger::outbox::{Message, MessageState, Resolution};
use maud::{Markup, html};
use platform::refusal::Refusal;
use serde::Deserialize;

/// The most rows that are shown of a queue.
const SHOWN: u32 = 50;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    draw(&asking, &web, html! {}).await
}

async fn draw(asking: &Asking, web: &Web, found: Markup) -> Answer<Page> {
    let lang = asking.lang;
    let ledger = web.platform.ledger();
    let (position, hash) = ledger.head().await?;
    let checkpoints = ledger.checkpoints().await?;
    let jobs = ledger.dead_jobs(SHOWN).await?;
    let uncertain = ledger.messages(MessageState::Uncertain, SHOWN).await?;
    let failed = ledger.messages(MessageState::Failed, SHOWN).await?;
    let waiting = ledger.count_messages(MessageState::Pending).await?;
    let mail = match &web.platform.settings().mail {
        Some(mail) => format!("{}:{} · {}", mail.server, mail.port, mail.from),
        None => t!(lang, "system-mail-none"),
    };
    let checkpoint = checkpoints.iter().max_by_key(|c| c.position).map_or_else(
        || html! { (t!(lang, "system-checkpoint-none")) },
        |c| html! { (c.position.0) " · " (instant(lang, c.at)) },
    );
    let files = if web.platform.files().is_some() {
        t!(lang, "system-files-open")
    } else {
        t!(lang, "system-files-none")
    };
    let short: String = crate::extract::hex(&hash).chars().take(16).collect();
    let body = html! {
        (found)
        (facts::list(&[
            Fact::text(t!(lang, "system-head"), format!("{} {}", t!(lang, "system-position"), position)),
            Fact::new(t!(lang, "system-hash"), html! { code.hash { (short) } }),
            Fact::new(t!(lang, "system-checkpoint"), checkpoint),
            Fact::text(t!(lang, "system-database"), format!("{:?}", ledger.backend())),
            Fact::text(t!(lang, "system-files"), files),
            Fact::text(t!(lang, "system-mail"), mail),
            Fact::text(t!(lang, "system-mail-waiting"), language::number(u64::try_from(waiting).unwrap_or(0))),
        ]))
        form method="post" action=(lang.path("/admin/system/verify")) {
            p.hint { (t!(lang, "system-verify-hint")) }
            (button(Weight::Primary, &t!(lang, "system-verify")))
        }
        section.section #jobs {
            header.section-head { h2 { (t!(lang, "system-jobs")) } }
            @if jobs.is_empty() { p { (t!(lang, "system-jobs-none")) } }
            ul { @for job in &jobs {
                li {
                    (t!(lang, "system-job-kind")) ": " code { (job.kind) } " · " (t!(lang, "system-job-failure")) ": " (job.failure) " "
                    (act(lang, "/admin/system/jobs", &job.id, "again", &t!(lang, "system-job-revive")))
                }
            } }
        }
        (messages(lang, &t!(lang, "system-outbox"), &uncertain, &[
            ("arrived", t!(lang, "system-message-arrived")),
            ("again", t!(lang, "system-message-again")),
            ("given-up", t!(lang, "system-message-given-up")),
        ]))
        @if uncertain.is_empty() { p { (t!(lang, "system-outbox-none")) } }
        @if !failed.is_empty() { (messages(lang, &t!(lang, "system-outbox-failed"), &failed, &[("again", t!(lang, "system-message-again"))])) }
    };
    Ok(within(asking, t!(lang, "admin-system"), body))
}

fn messages(lang: Lang, title: &str, messages: &[Message], verdicts: &[(&str, String)]) -> Markup {
    html! {
        section.section {
            header.section-head { h2 { (title) } }
            // Whom a message is for, and what it says, is not the operator's.
            ul { @for message in messages {
                li {
                    code { (message.id) } " · " (t!(lang, "system-message-channel")) ": " (message.channel) " · "
                    (t!(lang, "system-message-created")) " " (instant(lang, message.created_at)) " · " (message.failure)
                    @for (verdict, verb) in verdicts {
                        " " (act(lang, "/admin/system/messages", &message.id, verdict, verb))
                    }
                }
            } }
        }
    }
}

fn act(lang: Lang, path: &str, id: &str, verdict: &str, verb: &str) -> Markup {
    html! {
        form method="post" action=(lang.path(path)) {
            (once())
            input type="hidden" name="id" value=(id);
            input type="hidden" name="verdict" value=(verdict);
            button.button.small type="submit" { (verb) }
        }
    }
}

/// Verifies the log and says what was found.
pub(crate) async fn verify(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let verification = web.platform.ledger().verify().await?;
    let found = if verification.ok {
        html! { div.notice.good role="status" { p { (t!(lang, "system-verified", events = verification.events)) } } }
    } else {
        html! {
            div.notice.official role="alert" {
                p { (t!(lang, "system-verify-failed", count = verification.problems.len())) }
                ul { @for problem in &verification.problems { li { (problem.position.0) ": " (problem.what) } } }
            }
        }
    };
    draw(&asking, &web, found).await
}

/// What an operator found out.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Found {
    id: String,
    #[serde(default)]
    verdict: String,
}

async fn answer(asking: &Asking, web: &Web, done: bool) -> Answer<Response> {
    if done {
        return Ok(asking.go("/admin/system").into_response());
    }
    let page = draw(asking, web, html! {}).await?;
    refused(asking, page, Failure::from(Refusal::unseen())).map(IntoResponse::into_response)
}

/// Puts a job that failed back into the queue.
pub(crate) async fn revive(asking: Asking, State(web): State<Web>, form: Form<Found>) -> Answer<Response> {
    let done = web
        .platform
        .ledger()
        .revive_job(&form.value.id)
        .await
        .map_err(platform::refusal::Error::from)?;
    answer(&asking, &web, done).await
}

/// Says what became of an uncertain message.
pub(crate) async fn resolve(asking: Asking, State(web): State<Web>, form: Form<Found>) -> Answer<Response> {
    let resolution = match form.value.verdict.as_str() {
        "arrived" => Resolution::Arrived,
        "again" => Resolution::SendAgain,
        "given-up" => Resolution::GivenUp,
        _ => return Err(Refusal::wrong("web/form_fields").into()),
    };
    let done = web
        .platform
        .ledger()
        .resolve_message(&form.value.id, resolution)
        .await
        .map_err(platform::refusal::Error::from)?;
    answer(&asking, &web, done).await
}
