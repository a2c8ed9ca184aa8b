//! Opening a survey: no mark may be missing.

use super::path;
use crate::{
    Answer, Asking, Form, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::first,
    },
    links::Screen,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    people::query as people,
    rights::Action,
    survey::command::{self, NewSurvey, TypedMarks},
};
use serde::Deserialize;

/// Marks as a form has them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Marks {
    form_number: String,
    maker: String,
    approval: String,
    approval_number: String,
    valid_from: String,
    valid_until: String,
}

impl Marks {
    /// Those of a survey.
    pub(super) fn of(marks: &platform::survey::event::Marks) -> Self {
        Self {
            form_number: marks.form_number.clone(),
            maker: marks.maker.clone(),
            approval: marks.approval.id().to_owned(),
            approval_number: marks.approval.number().to_owned(),
            valid_from: marks.valid_from.to_string(),
            valid_until: marks.valid_until.to_string(),
        }
    }

    /// As the platform takes them.
    pub(super) fn typed(&self) -> TypedMarks {
        TypedMarks {
            form_number: self.form_number.clone(),
            maker: self.maker.clone(),
            approval: self.approval.clone(),
            approval_number: self.approval_number.clone(),
            valid_from: self.valid_from.trim().parse().ok(),
            valid_until: self.valid_until.trim().parse().ok(),
        }
    }

    /// The fields.
    pub(super) fn draw(&self, lang: Lang, faults: &Faults) -> Markup {
        let kinds = vec![
            ("approved".to_owned(), t!(lang, "survey-approval-approved")),
            ("filed".to_owned(), t!(lang, "survey-approval-filed")),
        ];
        html! {
            (Field::new("form_number", t!(lang, "survey-form-number")).value(self.form_number.as_str()).draw(lang, faults))
            (Field::new("maker", t!(lang, "survey-maker")).value(self.maker.as_str()).draw(lang, faults))
            (Field::new("approval", t!(lang, "survey-approval")).control(Control::Choose(kinds)).value(self.approval.as_str()).draw(lang, faults))
            (Field::new("approval_number", t!(lang, "survey-approval-number")).value(self.approval_number.as_str()).draw(lang, faults))
            (Field::new("valid_from", t!(lang, "survey-valid-from")).control(Control::Input("date")).width("w-date").value(self.valid_from.as_str()).draw(lang, faults))
            (Field::new("valid_until", t!(lang, "survey-valid-until")).control(Control::Input("date")).width("w-date").value(self.valid_until.as_str()).draw(lang, faults))
        }
    }
}

/// A survey as its form has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    title_zh: String,
    title_en: String,
    purpose: String,
    organization: String,
    #[serde(flatten)]
    marks: Marks,
}

/// The form.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    draw(&asking, &web, &Filled::default(), &Faults::default()).await
}

async fn draw(asking: &Asking, web: &Web, filled: &Filled, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let mut bodies = Vec::new();
    for id in asking.reach(web, Action::KeepSurvey).organizations {
        let known = people::organization(&web.platform, &id, asking.reader.as_of).await?;
        let name = known.map_or_else(|| id.clone(), |body| first(lang, &body.name).to_owned());
        bodies.push((id, name));
    }
    let body = html! {
        div.prose { p { (t!(lang, "survey-open-lead")) } }
        form method="post" action=(lang.path("/surveys/new")) data-guard="" {
            (once())
            (Field::new("title_zh", t!(lang, "survey-title")).value(filled.title_zh.as_str()).draw(lang, faults))
            (Field::new("title_en", t!(lang, "survey-title-en")).optional().value(filled.title_en.as_str()).draw(lang, faults))
            (Field::new("organization", t!(lang, "survey-organization")).control(Control::Choose(bodies)).value(filled.organization.as_str()).draw(lang, faults))
            (filled.marks.draw(lang, faults))
            (Field::new("purpose", t!(lang, "survey-purpose")).hint(t!(lang, "survey-purpose-hint")).control(Control::Lines(4)).width("w-full").optional().value(filled.purpose.as_str()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "survey-open")))
        }
    };
    Ok(Page::new(t!(lang, "survey-open"), body)
        .crumb(t!(lang, "screen-surveys"), "/surveys")
        .screen(Screen::Surveys)
        .again(lang, faults))
}

/// Opens it; a form that lacks a mark comes back with what is missing.
pub(crate) async fn take(asking: Asking, State(web): State<Web>, form: Form<Filled>) -> Answer<Response> {
    let filled = &form.value;
    let new = NewSurvey {
        title: Bilingual::typed(&filled.title_zh, &filled.title_en, None),
        marks: filled.marks.typed(),
        purpose: filled.purpose.replace("\r\n", "\n"),
        organization: filled.organization.clone(),
    };
    match command::open(&web.platform, &form.context(&asking), &new).await {
        Ok(done) => Ok(asking.go(&path(&done.id)).into_response()),
        Err(error) => {
            let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
            Ok(draw(&asking, &web, filled, &faults)
                .await?
                .status(status)
                .into_response())
        }
    }
}
