//! The forms by which a place or a body is entered and changed from a day, and what their answers come back as.

use super::{refused, within};
use crate::{
    Answer, Asking, Failure, Page,
    components::field::{Control, Faults, Field, Weight, button, once},
};
use axum::response::{IntoResponse, Response};
use language::{Lang, t};
use maud::{Markup, html};
use std::future::Future;

/// The page that enters something into a list of administration: the list's name and address, and the fields.
pub(super) fn new_page(
    asking: &Asking,
    title: String,
    (list, address): (String, &str),
    fields: &Markup,
    faults: &Faults,
) -> Page {
    let lang = asking.lang;
    let body = html! {
        form method="post" action=(lang.path(&format!("{address}/new"))) {
            (once())
            (fields)
            (button(Weight::Primary, &t!(lang, "org-new-go")))
        }
    };
    within(asking, title, body).crumb(list, address).again(lang, faults)
}

/// The fields of a name: Chinese, English, and the short one of tables.
pub(super) fn name_fields(lang: Lang, (name, name_en, short): (&str, &str, &str), faults: &Faults) -> Markup {
    html! {
        (Field::new("name", t!(lang, "org-name")).value(name).draw(lang, faults))
        (Field::new("name_en", t!(lang, "org-name-en")).optional().value(name_en).draw(lang, faults))
        (Field::new("short", t!(lang, "org-short")).optional().value(short).draw(lang, faults))
    }
}

/// The day from which something holds.
pub(super) fn day_field(lang: Lang, value: &str) -> Field {
    Field::new("effective", t!(lang, "org-effective"))
        .control(Control::Input("date"))
        .width("w-date")
        .value(value)
}

/// A form that does one thing to what the page is about.
pub(super) fn act_form(lang: Lang, address: &str, fields: &Markup, weight: Weight, verb: &str) -> Markup {
    html! { form.section method="post" action=(lang.path(address)) { (once()) (fields) (button(weight, verb)) } }
}

/// Goes to what was entered; what was refused comes back as the form with its faults.
pub(super) fn entered(
    asking: &Asking,
    done: Result<(), Failure>,
    path: &str,
    again: impl FnOnce(&Faults) -> Page,
) -> Answer<Response> {
    match done {
        Ok(()) => Ok(asking.go(path).into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(again(&faults).status(status).into_response())
        }
    }
}

/// Goes back to the page on which something was done; what was refused comes back as that page with a box.
pub(super) async fn acted(
    asking: &Asking,
    done: Result<(), Failure>,
    path: &str,
    page: impl Future<Output = Answer<Page>>,
) -> Answer<Response> {
    match done {
        Ok(()) => Ok(asking.go(path).into_response()),
        Err(failure) => refused(asking, page.await?, failure).map(IntoResponse::into_response),
    }
}
