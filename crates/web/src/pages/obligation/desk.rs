//! The desk that holds an obligation: its body says what it is called and how the public reaches it.

use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::first,
    },
    links::{Screen, segment},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    bilingual::Bilingual,
    obligation::query::{self as obligation, Obligation},
    people::{
        organization::{Command, manage},
        query as people,
    },
    refusal::Refusal,
    rights::{Action, Object, check, may},
};
use serde::Deserialize;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name: String,
    name_en: String,
    contact: String,
}

/// Whether the reader may say it of the desk that holds an obligation.
pub(super) fn may_change(asking: &Asking, web: &Web, o: &Obligation) -> bool {
    let object = Object::of_organization(&o.holder.organization);
    let allowed = |actor| may(web.platform.rights(), actor, Action::ChangeDesk, &object);
    !o.holder.desk.is_empty() && !asking.is_past() && asking.actor().is_some_and(allowed)
}

/// The desk of an obligation, for whoever may change it.
async fn held(asking: &Asking, web: &Web, id: &str) -> Answer<(Obligation, people::Desk)> {
    let o = obligation::obligation(&web.platform, &asking.reader_today(), id).await?;
    let object = Object::of_organization(&o.holder.organization);
    check(web.platform.rights(), &asking.context(), Action::ChangeDesk, &object)?;
    let desk = people::desk(&web.platform, &o.holder.desk, asking.reader_today().as_of).await?;
    Ok((o, desk.ok_or_else(Refusal::unseen)?))
}

/// The form, filled with what is known.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let (o, desk) = held(&asking, &web, &id).await?;
    let fields = Fields {
        name: desk.name.zh.clone(),
        name_en: desk.name.en.clone().unwrap_or_default(),
        contact: desk.contact.unwrap_or_default(),
    };
    Ok(draw(&asking, &o, &fields, &Faults::default()))
}

/// Says it; a form that does not do comes back with its faults.
pub(crate) async fn take(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let (o, desk) = held(&asking, &web, &id).await?;
    let fields = &form.value;
    let command = Command::ChangeDesk {
        desk: o.holder.desk.clone(),
        name: Bilingual::typed(&fields.name, &fields.name_en, Some(&desk.name)),
        contact: Some(fields.contact.replace("\r\n", "\n")),
    };
    let context = form.context(&asking);
    let done = manage(&web.platform, &context, &o.holder.organization, command, None, None).await;
    match done.map_err(Failure::from) {
        Ok(_) => Ok(asking.go(&format!("/obligations/{}", segment(&id))).into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            let page = draw(&asking, &o, fields, &faults).again(asking.lang, &faults);
            Ok(page.status(status).into_response())
        }
    }
}

fn draw(asking: &Asking, o: &Obligation, fields: &Fields, faults: &Faults) -> Page {
    let lang = asking.lang;
    let path = format!("/obligations/{}", segment(&o.id));
    let body = html! {
        form method="post" action=(lang.path(&format!("{path}/desk"))) data-guard="" {
            (once())
            (Field::new("name", t!(lang, "obligation-desk-name")).value(fields.name.clone()).draw(lang, faults))
            (Field::new("name_en", t!(lang, "obligation-desk-name-en")).optional().value(fields.name_en.clone()).draw(lang, faults))
            (Field::new("contact", t!(lang, "org-desk-contact")).hint(t!(lang, "obligation-desk-contact-hint")).control(Control::Lines(3)).optional().value(fields.contact.clone()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "obligation-desk-go")))
        }
    };
    Page::new(t!(lang, "obligation-desk-change"), body)
        .kicker(first(lang, &o.holder.organization_name).to_owned())
        .crumb(t!(lang, "obligation-crumb"), path)
        .screen(Screen::Desk)
        .demo(o.demo)
}
