//! What a survey asks: the form that sets a definition.

use super::{below, path, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::field::{Control, Faults, Field, Weight, button, once},
    extract::Sent,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    rights::Action,
    survey::{command, definition::Typed, period::Frequency, query::Survey},
};

/// The form, filled in with the definition in force.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    command::kept(&web.platform, &asking.context(), &id, Action::KeepSurvey).await?;
    let survey = today(&asking, &web, &id).await?;
    let typed = match survey.definitions.values().next_back() {
        Some(definition) => Typed {
            from: String::new(),
            note: String::new(),
            ..Typed::of(definition)
        },
        None => Typed {
            frequency: Frequency::Year.id().to_owned(),
            ..Typed::default()
        },
    };
    draw(&asking, &web, &survey, &typed, &Faults::default()).await
}

async fn draw(asking: &Asking, web: &Web, survey: &Survey, typed: &Typed, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let frequencies = vec![
        ("year".to_owned(), t!(lang, "survey-frequency-year")),
        ("quarter".to_owned(), t!(lang, "survey-frequency-quarter")),
        ("month".to_owned(), t!(lang, "survey-frequency-month")),
    ];
    let body = html! {
        div.prose { p { (t!(lang, "survey-define-lead")) } }
        form method="post" action=(lang.path(&format!("{}/definition", path(&survey.id)))) data-guard="" {
            (once())
            (Field::new("frequency", t!(lang, "survey-frequency")).control(Control::Choose(frequencies)).value(typed.frequency.as_str()).draw(lang, faults))
            (Field::new("from", t!(lang, "survey-from")).hint(t!(lang, "survey-from-hint")).width("w-code").value(typed.from.as_str()).draw(lang, faults))
            (Field::new("measures", t!(lang, "survey-measures")).hint(t!(lang, "survey-measures-hint")).control(Control::Lines(6)).width("w-full").value(typed.measures.as_str()).draw(lang, faults))
            (Field::new("classes", t!(lang, "survey-classes")).hint(t!(lang, "survey-classes-hint")).control(Control::Lines(4)).width("w-full").optional().value(typed.classes.as_str()).draw(lang, faults))
            (Field::new("least", t!(lang, "survey-least")).hint(t!(lang, "survey-least-hint")).width("w-number").optional().value(typed.least.as_str()).draw(lang, faults))
            (Field::new("percent", t!(lang, "survey-percent")).hint(t!(lang, "survey-percent-hint")).width("w-number").optional().value(typed.percent.as_str()).draw(lang, faults))
            (Field::new("note", t!(lang, "survey-note-definition")).control(Control::Lines(2)).width("w-full").optional().value(typed.note.as_str()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "survey-define")))
        }
    };
    let title = if survey.definitions.is_empty() {
        t!(lang, "survey-define")
    } else {
        t!(lang, "survey-define-again")
    };
    Ok(below(asking, web, survey, title, body).await?.again(lang, faults))
}

/// Sets it.
pub(crate) async fn take(sent: Sent<Typed>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    match command::define(&web.platform, &form.context(&asking), &id, &form.value).await {
        Ok(_) => Ok(asking.go(&path(&id)).into_response()),
        Err(error) => {
            let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
            command::kept(&web.platform, &asking.context(), &id, Action::KeepSurvey).await?;
            let survey = today(&asking, &web, &id).await?;
            let page = draw(&asking, &web, &survey, &form.value, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}
