//! Many people at once, by workbook: whole or not at all.

use super::{person::link_page, within};
use crate::{
    Answer, Asking, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button},
        standing::vocabulary,
    },
    pages::workbook::{kept, parts},
};
use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    list::workbook::say,
    people::workbook::{Imported, import, layout},
    refusal::{Error, Refusal},
};

/// The table to fill in.
pub(crate) async fn template(asking: Asking) -> Answer<Response> {
    let layout = layout(asking.lang, vocabulary(), asking.reader.today);
    let bytes = sheet::write(&layout, &[]).map_err(|e| Error::Data {
        what: "people".to_owned(),
        reason: e.to_string(),
    })?;
    Ok(kept("people.xlsx", bytes))
}

/// The form.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    Ok(form(&asking, &web, html! {}, &Faults::default()))
}

fn form(asking: &Asking, web: &Web, told: Markup, faults: &Faults) -> Page {
    let lang = asking.lang;
    let size = language::file_size(lang, web.platform.settings().file_limit);
    let body = html! {
        (told)
        div.prose { p { (t!(lang, "people-upload-lead")) } }
        p { a.button href=(asking.link("/admin/people/workbook.xlsx")) { (t!(lang, "people-upload-template")) } }
        form method="post" action=(lang.path("/admin/people/upload")) enctype="multipart/form-data" {
            (Field::new("file", t!(lang, "upload-file")).hint(t!(lang, "upload-limits", size = size)).control(Control::File(".xlsx,.csv")).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "people-upload-go")))
        }
    };
    within(asking, t!(lang, "people-upload"), body)
        .crumb(t!(lang, "admin-people"), "/admin/people")
        .again(lang, faults)
}

/// Takes it in; with a fault, nothing is entered and the marked workbook comes back.
pub(crate) async fn take(asking: Asking, State(web): State<Web>, multipart: Multipart) -> Answer<Response> {
    let lang = asking.lang;
    let (_, file) = parts(multipart).await?;
    if file.is_empty() {
        let refusal = Refusal::wrong("web/no_file").fault("file", "fault-file");
        return Ok(form(&asking, &web, html! {}, &Faults::of(lang, &refusal)).into_response());
    }
    let layout = layout(lang, vocabulary(), asking.reader.today);
    let wrong = |told: String| {
        let told = html! { div.notice.soon role="alert" { p { (told) } } };
        Ok(form(&asking, &web, told, &Faults::default())
            .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response())
    };
    match import(&web.platform, &asking.context(), &file, &layout, vocabulary()).await? {
        Imported::Applied { invited, .. } => {
            let links: Vec<(String, String)> = invited
                .iter()
                .map(|row| (row.profile.name.clone(), row.token.expose().to_owned()))
                .collect();
            let mailed = invited.iter().filter(|row| row.mailed).count();
            let page = link_page(&asking, &web, &links, None, mailed);
            let done =
                html! { div.notice.good role="status" { p { (t!(lang, "people-upload-done", count = links.len())) } } };
            Ok(page.alert(done).into_response())
        }
        Imported::Faulty { upload, faults } => {
            let why = |fault: &sheet::Fault| match &fault.kind {
                // Faults of this table name messages of fields.
                sheet::FaultKind::Other { code, .. } if language::ids().contains(code) => language::text(lang, code),
                _ => say(lang, fault),
            };
            let marked =
                sheet::mark(&upload, &layout, &faults, &t!(lang, "workbook-reason"), why).map_err(|e| Error::Data {
                    what: "people".to_owned(),
                    reason: e.to_string(),
                })?;
            Ok(kept("people-marked.xlsx", marked))
        }
        Imported::Unreadable(error) => wrong(t!(lang, "people-upload-unreadable", reason = error.to_string())),
        Imported::Lacking(columns) => {
            let names: Vec<String> = columns
                .iter()
                .map(|id| {
                    layout
                        .column(id.as_str())
                        .map_or_else(|| id.as_str().to_owned(), |c| c.title.clone())
                })
                .collect();
            wrong(t!(lang, "people-upload-lacking", columns = names.join("、")))
        }
    }
}
