//! Who keeps a survey, how its marks are renewed, how it ends.

use super::{below, open::Marks, path, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::mixed,
    },
    extract::Sent,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    context::PersonId,
    people::query::{self as people, Display},
    refusal,
    rights::Action,
    survey::command,
};
use serde::Deserialize;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &id, None, &Faults::default()).await
}

async fn draw(asking: &Asking, web: &Web, id: &str, marks: Option<&Marks>, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    command::kept(&web.platform, &asking.context(), id, Action::KeepSurvey).await?;
    let survey = today(asking, web, id).await?;
    let persons: Vec<PersonId> = survey.statisticians.iter().cloned().collect();
    let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
    let named: Vec<(String, Option<String>)> = names
        .into_iter()
        .map(|(person, display)| match display {
            Display::Name(name) => (person.0, Some(name)),
            _ => (person.0, None),
        })
        .collect();
    let here = path(id);
    let to = |part: &str| lang.path(&format!("{here}/{part}"));
    let in_force = Marks::of(&survey.marks);
    let body = html! {
        section.section #statisticians {
            header.section-head { h2 { (t!(lang, "survey-statisticians")) } }
            p.hint { (t!(lang, "survey-units-lead")) }
            ul {
                @for (person, name) in &named {
                    li {
                        @if let Some(name) = name { (mixed(lang, name)) " " } span.code { (person) } " "
                        @if named.len() > 1 {
                            form.inline method="post" action=(to("statisticians/release")) {
                                (once()) input type="hidden" name="person" value=(person);
                                (button(Weight::Quiet, &t!(lang, "survey-statistician-release")))
                            }
                        }
                    }
                }
            }
            form method="post" action=(to("statisticians")) {
                (once())
                (Field::new("person", t!(lang, "survey-statistician-person")).hint(t!(lang, "survey-statistician-person-hint")).draw(lang, faults))
                (button(Weight::Plain, &t!(lang, "survey-statistician-name")))
            }
        }
        @if survey.closed.is_none() {
            section.section #renew {
                header.section-head { h2 { (t!(lang, "survey-renew")) } }
                p.hint { (t!(lang, "survey-renew-lead")) }
                form method="post" action=(to("renew")) {
                    (once())
                    (marks.unwrap_or(&in_force).draw(lang, faults))
                    (button(Weight::Plain, &t!(lang, "survey-renew-go")))
                }
            }
            section.section #close {
                header.section-head { h2 { (t!(lang, "survey-close")) } }
                form method="post" action=(to("close")) {
                    (once())
                    (Field::new("reason", t!(lang, "survey-close-reason")).control(Control::Lines(2)).draw(lang, faults))
                    (button(Weight::Official, &t!(lang, "survey-close")))
                }
            }
        }
    };
    Ok(below(asking, web, &survey, t!(lang, "survey-keep"), body)
        .await?
        .again(lang, faults))
}

/// The page again where something was refused, else the page as it is now.
async fn done<T>(
    asking: &Asking,
    web: &Web,
    id: &str,
    marks: Option<&Marks>,
    result: refusal::Result<T>,
) -> Answer<Response> {
    match result {
        Ok(_) => Ok(asking.go(&format!("{}/keep", path(id))).into_response()),
        Err(error) => {
            let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
            let page = draw(asking, web, id, marks, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// A person whom a form names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Person {
    person: String,
}

/// Names a statistician.
pub(crate) async fn name(sent: Sent<Person>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let person = PersonId(form.value.person.trim().to_owned());
    let named = command::name(&web.platform, &form.context(&asking), &id, &person).await;
    done(&asking, &web, &id, None, named).await
}

/// Releases one.
pub(crate) async fn release(sent: Sent<Person>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let person = PersonId(form.value.person.trim().to_owned());
    let own = asking.actor().is_some_and(|actor| actor.person == person);
    let released = command::release(&web.platform, &form.context(&asking), &id, &person).await;
    match released {
        // Whoever released themselves has no business here any more.
        Ok(_) if own => Ok(asking.go(&path(&id)).into_response()),
        other => done(&asking, &web, &id, None, other).await,
    }
}

/// Renews the marks.
pub(crate) async fn renew(sent: Sent<Marks>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let renewed = command::renew(&web.platform, &form.context(&asking), &id, &form.value.typed()).await;
    done(&asking, &web, &id, Some(&form.value), renewed).await
}

/// Why a survey ends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reason {
    reason: String,
}

/// Ends it.
pub(crate) async fn close(sent: Sent<Reason>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let reason = form.value.reason.replace("\r\n", "\n");
    let closed = command::close(&web.platform, &form.context(&asking), &id, &reason).await;
    done(&asking, &web, &id, None, closed).await
}
