//! Offering a published text as an executable standard, and withdrawing it.

use super::path;
use crate::{
    Answer, Asking, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::mixed,
    },
    extract::Sent,
    links::segment,
};
use axum::response::Redirect;
use indicator::Severity;
use language::t;
use maud::{Markup, html};
use platform::{
    refusal::Refusal,
    rights::{Action, may},
    system::{
        command,
        query::{self, System},
        run,
    },
    text::query::TextVersion,
};
use serde::Deserialize;

/// So many errors of the engine are listed beside a text.
const SHOWN: usize = 5;

/// Beside a version of a text: the system that runs it, or the step by which it is offered.
pub(crate) async fn of_text(asking: &Asking, web: &Web, version: &TextVersion) -> Answer<Markup> {
    let lang = asking.lang;
    let executable = run::executable(&web.platform, &version.source).await?;
    if !executable.is_one() {
        return Ok(html! {});
    }
    let editions = query::of_text(&web.platform, &asking.reader, &version.id).await?;
    let errors: Vec<_> = executable
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .collect();
    let may_offer = editions.is_empty() && may_offer(asking, web, &version.text).await?;
    Ok(html! {
        @if !editions.is_empty() || may_offer {
            section #system {
                h2 { (t!(lang, "system-of-text")) }
                @for edition in editions.iter().take(1) {
                    p { a.button.primary href=(asking.link(&path(&edition.system))) { (t!(lang, "system-try")) } }
                    p.hint { (t!(lang, "system-of-text-hint", number = edition.edition, day = language::date(lang, edition.in_force))) }
                }
                @if may_offer {
                    @if !errors.is_empty() {
                        p { (t!(lang, "system-errors", count = errors.len())) }
                        ul { @for error in errors.iter().take(SHOWN) {
                            li { (t!(lang, "text-line", line = error.place.line)) " " (mixed(lang, &error.message(lang))) " → " (mixed(lang, &error.mend(lang))) }
                        } }
                    } @else if version.published.is_none() {
                        p.hint { (t!(lang, "system-publish-first")) }
                    } @else {
                        p.hint { (t!(lang, "system-offer-hint")) }
                        form method="post" action=(lang.path(&format!("/texts/{}/offer", segment(&version.id)))) {
                            (once())
                            (Field::new("in_force", t!(lang, "system-from")).control(Control::Input("date")).width("w-date").value(asking.reader.today.to_string()).draw(lang, &Faults::default()))
                            (button(Weight::Official, &t!(lang, "system-offer")))
                        }
                    }
                }
            }
        }
    })
}

async fn may_offer(asking: &Asking, web: &Web, system: &str) -> Answer<bool> {
    let Some(actor) = asking.actor().filter(|_| !asking.is_past()) else {
        return Ok(false);
    };
    let object = command::object(&web.platform, system).await?;
    Ok(may(web.platform.rights(), actor, Action::OfferSystem, &object))
}

/// What the form of offering says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Offered {
    #[serde(default)]
    in_force: String,
}

/// Offers a version.
pub(crate) async fn offer(sent: Sent<Offered>) -> Answer<Redirect> {
    let context = sent.form.context(&sent.asking);
    let day = match sent.form.value.in_force.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            Refusal::wrong("web/parameter")
                .with("parameter", "in_force")
                .with("value", text.chars().take(60).collect::<String>())
        })?),
    };
    let done = command::offer(&sent.web.platform, &context, &sent.id, day).await?;
    let system = done.id.rsplit_once('.').map_or(done.id.as_str(), |(system, _)| system);
    Ok(sent.asking.go(&path(system)))
}

/// The step by which a system is withdrawn, for those who may take it.
pub(super) async fn withdrawing(asking: &Asking, web: &Web, system: &System) -> Answer<Markup> {
    let lang = asking.lang;
    let Some(latest) = system.editions().first().filter(|latest| latest.withdrawn.is_none()) else {
        return Ok(html! {});
    };
    if !may_offer(asking, web, &latest.system).await? {
        return Ok(html! {});
    }
    Ok(html! {
        section.section #withdraw {
            header.section-head { h2 { (t!(lang, "system-withdraw-head")) } }
            p.hint { (t!(lang, "system-withdraw-hint")) }
            form method="post" action=(lang.path(&format!("{}/withdraw", path(&latest.system)))) data-guard="" {
                (once())
                (Field::new("reason", t!(lang, "system-withdraw-reason")).control(Control::Lines(2)).width("w-full").draw(lang, &Faults::default()))
                div.button-row { (button(Weight::Official, &t!(lang, "system-withdraw"))) }
            }
        }
    })
}

/// What the form of withdrawing says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Withdrawn {
    #[serde(default)]
    reason: String,
}

/// Withdraws a system.
pub(crate) async fn withdraw(sent: Sent<Withdrawn>) -> Answer<Redirect> {
    let context = sent.form.context(&sent.asking);
    command::withdraw(&sent.web.platform, &context, &sent.id, &sent.form.value.reason).await?;
    Ok(sent.asking.go(&path(&sent.id)))
}
