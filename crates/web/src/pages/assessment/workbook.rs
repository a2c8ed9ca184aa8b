//! An assessment as a workbook, down and up: what a workbook says is shown first, and nothing of it is kept until that is
//! confirmed.

use super::{
    filling::{INPUT, shown},
    path,
};
use crate::{
    Answer, Asking, Failure, Page, Path, Web,
    components::{
        field::{Weight, button, once},
        words::mixed,
    },
    links::Screen,
    pages::file::disposition,
};
use axum::{
    body::Body,
    extract::{Multipart, State, multipart::MultipartRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    assessment::{command::written, outcome, query, workbook::LONGEST},
    refusal::{Manner, Refusal},
    system::run,
};
use std::collections::BTreeSet;

/// Media type of workbooks.
const XLSX: HeaderValue = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// The workbook.
pub(crate) async fn file(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Response> {
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let executable = run::executable(&web.platform, &one.opened.source).await?;
    let name = format!("{}-{}.xlsx", one.opened.unit, one.opened.period);
    let bytes = outcome::book(&web.platform, executable, one, asking.reader.today, asking.lang).await?;
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    let text = |value: &str| HeaderValue::from_str(value).map_err(|e| Failure::broken(e.to_string()));
    headers.insert(header::CONTENT_TYPE, XLSX);
    headers.insert(header::CONTENT_DISPOSITION, text(&disposition(&name))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Shows what a workbook says; keeps nothing.
pub(crate) async fn look(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Page> {
    let lang = asking.lang;
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let mut multipart = multipart.map_err(|_| Refusal::wrong("web/form").with("reason", "multipart/form-data"))?;
    let none = || Refusal::wrong("assessment/no_file").fault("file", "fault-assessment-no-file");
    let mut bytes = None;
    while let Some(part) = multipart.next_field().await.map_err(|_| Refusal::wrong("web/body"))? {
        if part.name() == Some("file") {
            bytes = Some(
                part.bytes()
                    .await
                    .map_err(|_| Refusal::wrong("web/too_large").manner(Manner::TooLarge))?,
            );
        }
    }
    let bytes = bytes.filter(|bytes| !bytes.is_empty()).ok_or_else(none)?;
    if bytes.len() > LONGEST {
        return Err(Refusal::wrong("web/too_large").manner(Manner::TooLarge).into());
    }
    let executable = run::executable(&web.platform, &one.opened.source).await?;
    let today = asking.reader.today;
    let said = outcome::figures(&web.platform, executable.clone(), one.clone(), bytes, today, lang).await?;
    let inputs = written(&executable.standard, &said)?;
    let names: BTreeSet<&String> = one.inputs.keys().chain(inputs.keys()).collect();
    let changed: Vec<(&String, String, String)> = names
        .into_iter()
        .map(|name| (name, shown(&one.inputs, name), shown(&inputs, name)))
        .filter(|(_, before, after)| before != after)
        .collect();
    let empty = t!(lang, "system-not-given");
    let or_empty = |value: &str| {
        if value.is_empty() {
            empty.clone()
        } else {
            value.to_owned()
        }
    };
    let body = html! {
        div.notice { p { strong { (t!(lang, "text-not-recorded")) } " " (t!(lang, "assessment-workbook-changes", count = changed.len())) } }
        @if !changed.is_empty() {
            div.table-frame { table.table.compact {
                thead { tr { th.title scope="col" { (t!(lang, "system-indicator")) } th scope="col" { (t!(lang, "assessment-before")) } th scope="col" { (t!(lang, "assessment-after")) } } }
                tbody { @for (name, before, after) in &changed {
                    tr.is-changed { th.title scope="row" { (mixed(lang, name)) } td { (mixed(lang, &or_empty(before))) } td { strong { (mixed(lang, &or_empty(after))) } } }
                } }
            } }
        }
        form method="post" action=(lang.path(&format!("{}/inputs", path(&one.id)))) {
            (once())
            @for name in inputs.keys() { input type="hidden" name=(format!("{INPUT}{name}")) value=(shown(&inputs, name)); }
            div.button-row {
                (button(Weight::Primary, &t!(lang, "assessment-workbook-take")))
                a.button.quiet href=(asking.link(&path(&one.id))) { (t!(lang, "assessment-workbook-leave")) }
            }
        }
    };
    Ok(Page::new(t!(lang, "assessment-workbook-look"), body)
        .kicker(one.opened.unit.clone())
        .crumb(t!(lang, "assessment-title"), "/assessments")
        .crumb(one.opened.unit.clone(), path(&one.id))
        .screen(Screen::Systems)
        .demo(one.demo))
}
