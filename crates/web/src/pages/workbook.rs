//! Workbooks out and in: downloads of the list and of a place; uploads that show what they would change before anything
//! is changed.
//!
//! Between the showing and the confirmation nothing is kept on the server: the confirmation carries the workbook again,
//! and it is read afresh against what then stands.

mod read;

use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        refusal_box,
        standing::word,
        words::first,
    },
    links::{Screen, segment},
    problem,
};
use axum::{
    extract::{Multipart, State},
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use language::t;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::{assignment_workbook, entering::FIRST, place_workbook, query as list, row_commands, workbook},
    place::query as place,
    proposal::command,
    question::Window,
    refusal::{Manner, Refusal},
    rights::Action,
};
use read::{Uploaded, What};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook as an answer that browsers keep.
pub(super) fn kept(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, XLSX.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// The list as it is filtered.
pub(crate) async fn list_file(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let places = place::places(platform, reader).await?;
    let filter = super::list::filter(&asking, &places)?;
    let mut shown: BTreeSet<String> = BTreeSet::new();
    let mut window = Window::of(200);
    loop {
        let page = list::tasks(platform, reader, &filter, &window).await?;
        shown.extend(page.items.into_iter().map(|task| task.id));
        if page.next.is_none() {
            break;
        }
        window.cursor = page.next;
    }
    let id = filter.list.clone().unwrap_or_else(|| FIRST.to_owned());
    let mut table = workbook::table(platform, reader, &id, asking.lang).await?;
    table
        .rows
        .retain(|row| matches!(row.first(), Some(sheet::Cell::Text(id)) if shown.contains(id)));
    Ok(kept(&format!("list-{id}-{}.xlsx", reader.as_of.date), table.xlsx()?))
}

/// The tasks of a place.
pub(crate) async fn place_file(asking: Asking, State(web): State<Web>, Path(code): Path<String>) -> Answer<Response> {
    let place = place::place(&web.platform, &asking.reader, &code).await?;
    let table = place_workbook::table(&web.platform, &asking.reader, FIRST, Some(&place.code), asking.lang).await?;
    Ok(kept(
        &format!("place-{}-{}.xlsx", place.code, asking.reader.as_of.date),
        table.xlsx()?,
    ))
}

/// The obligations of all places, to fill in.
pub(crate) async fn obligations_file(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let table = place_workbook::table(&web.platform, &asking.reader, FIRST, None, asking.lang).await?;
    Ok(kept(
        &format!("obligations-{FIRST}-{}.xlsx", asking.reader.as_of.date),
        table.xlsx()?,
    ))
}

/// Tasks with ministry, time limit and measures, to fill in.
pub(crate) async fn assignment_file(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let table = assignment_workbook::table(&web.platform, &asking.reader, FIRST, asking.lang).await?;
    Ok(kept(
        &format!("assignment-{FIRST}-{}.xlsx", asking.reader.as_of.date),
        table.xlsx()?,
    ))
}

/// The form.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    form(&asking, &web, &Faults::default()).await
}

async fn form(asking: &Asking, web: &Web, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let reported = asking.reach(web, Action::ReportProgress);
    let own: Vec<(String, String)> = place::places(&web.platform, &asking.reader)
        .await?
        .into_iter()
        .filter(|p| reported.covers_place(&p.code))
        .map(|p| {
            (
                p.code.clone(),
                t!(lang, "upload-what-place", place = first(lang, &p.short_name())),
            )
        })
        .collect();
    let mut choices = own.clone();
    if asking.can(web, Action::SetMilestone) {
        choices.push(("obligations".to_owned(), t!(lang, "upload-what-obligations")));
    }
    if asking.can(web, Action::AssignTask) {
        choices.push(("assignment".to_owned(), t!(lang, "upload-what-assignment")));
    }
    if asking.can(web, Action::OpenProposal) {
        choices.push(("list".to_owned(), t!(lang, "upload-what-list")));
    }
    let wanted = asking.links.get("what").unwrap_or_default();
    let size = language::file_size(lang, web.platform.settings().file_limit);
    let body = html! {
        div.prose { p { (t!(lang, "upload-lead")) } }
        ul {
            @for (code, _) in &own { li { a href=(asking.link(&format!("/places/{}/workbook.xlsx", segment(code)))) { (t!(lang, "upload-template")) " · " (code) } } }
            @if asking.can(web, Action::SetMilestone) {
                li { a href=(asking.link("/workbooks/obligations.xlsx")) { (t!(lang, "upload-template")) " · " (t!(lang, "upload-what-obligations")) } }
            }
            @if asking.can(web, Action::AssignTask) {
                li { a href=(asking.link("/workbooks/assignment.xlsx")) { (t!(lang, "upload-template")) " · " (t!(lang, "upload-what-assignment")) } }
            }
            li { a href=(asking.link("/list.xlsx")) { (t!(lang, "upload-template")) " · " (t!(lang, "screen-list")) } }
        }
        form method="post" action=(lang.path("/upload")) enctype="multipart/form-data" {
            (Field::new("what", t!(lang, "upload-what")).control(Control::Choose(choices)).value(wanted).draw(lang, faults))
            (Field::new("file", t!(lang, "upload-file")).hint(t!(lang, "upload-limits", size = size)).control(Control::File(".xlsx,.csv")).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "upload-go")))
        }
    };
    Ok(Page::new(t!(lang, "upload-title"), body)
        .crumb(t!(lang, "screen-list"), "/list")
        .screen(Screen::List)
        .again(lang, faults))
}

/// The fields and the file of an upload.
pub(super) async fn parts(mut parts: Multipart) -> Result<(Vec<(String, String)>, Vec<u8>), Failure> {
    let broken = |error: axum::extract::multipart::MultipartError| -> Failure {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::wrong("web/too_large").manner(Manner::TooLarge).into()
        } else {
            Refusal::wrong("web/body").into()
        }
    };
    let (mut fields, mut file) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = part.bytes().await.map_err(broken)?.to_vec();
        } else {
            fields.push((name, part.text().await.map_err(broken)?));
        }
    }
    Ok((fields, file))
}

/// Shows what an upload would change.
pub(crate) async fn show(asking: Asking, State(web): State<Web>, multipart: Multipart) -> Answer<Page> {
    let (fields, file) = parts(multipart).await?;
    if file.is_empty() {
        let refusal = Refusal::wrong("web/no_file").fault("file", "fault-file");
        return form(&asking, &web, &Faults::of(asking.lang, &refusal)).await;
    }
    let what = fields
        .iter()
        .find(|(n, _)| n == "what")
        .map_or("list", |(_, v)| v.as_str());
    let what = What::parse(&asking, &web, what)?;
    match read::read(&asking, &web, &what, &file).await {
        Ok(uploaded) => Ok(preview(&asking, &what, &file, &uploaded)),
        Err(failure) => {
            let (faults, _) = failure.faults(asking.lang)?;
            form(&asking, &web, &faults).await
        }
    }
}

/// The hidden fields by which a form carries the workbook on.
fn carried(what: &What, file: &[u8]) -> Markup {
    html! {
        input type="hidden" name="what" value=(what.id());
        input type="hidden" name="content" value=(STANDARD.encode(file));
    }
}

fn preview(asking: &Asking, what: &What, file: &[u8], uploaded: &Uploaded) -> Page {
    let lang = asking.lang;
    let body = html! {
        div.notice { p { (t!(lang, "upload-found", changes = uploaded.lines.len(), faults = uploaded.faults.len())) " " strong { (t!(lang, "upload-not-applied")) } } }
        @if !uploaded.missing.is_empty() { p { (t!(lang, "upload-missing", count = uploaded.missing.len())) } }
        @if uploaded.lines.is_empty() { p { (t!(lang, "upload-none")) } } @else {
            section.section #upload-changes {
                header.section-head { h2 { (t!(lang, "upload-changes")) } }
                div.table-frame { table.table.compact {
                    caption.visually-hidden { (t!(lang, "upload-changes")) }
                    thead { tr {
                        th scope="col" { (t!(lang, "upload-column-row")) } th.wrap scope="col" { (t!(lang, "upload-column-what")) }
                        th.wrap scope="col" { (t!(lang, "upload-column-before")) } th.wrap scope="col" { (t!(lang, "upload-column-after")) }
                        @if !matches!(what, What::List) { th scope="col" { (t!(lang, "words-audience")) } }
                    } }
                    tbody { @for line in &uploaded.lines { tr {
                        th scope="row" { (line.name) } td.wrap { (line.what) }
                        td.wrap lang="zh-Hans" { @if !line.before.is_empty() { del { (line.before) } } }
                        td.wrap lang="zh-Hans" { @if !line.after.is_empty() { ins { (line.after) } } }
                        @if !matches!(what, What::List) { td { (line.audience) } }
                    } } }
                } }
                form method="post" action=(lang.path("/upload/confirm")) {
                    (once()) (carried(what, file))
                    @if matches!(what, What::List) {
                        (Field::new("reason", t!(lang, "upload-reason")).control(Control::Lines(4)).draw(lang, &Faults::default()))
                        (button(Weight::Primary, &t!(lang, "upload-open")))
                    } @else { (button(Weight::Primary, &t!(lang, "upload-confirm"))) }
                }
            }
        }
        (refused(asking, what, file, uploaded))
        p { a href=(asking.link("/upload")) { (t!(lang, "upload-again")) } }
    };
    Page::new(t!(lang, "upload-changes"), body)
        .crumb(t!(lang, "upload-title"), "/upload")
        .screen(Screen::List)
}

/// Cells that cannot be taken, each with its reason, and the workbook with them marked.
fn refused(asking: &Asking, what: &What, file: &[u8], uploaded: &Uploaded) -> Markup {
    let lang = asking.lang;
    html! {
        @if !uploaded.faults.is_empty() {
            section.section #upload-faults {
                header.section-head { h2 { (t!(lang, "upload-faults")) } p.section-note { (t!(lang, "upload-faults-note")) } }
                div.table-frame { table.table.compact {
                    caption.visually-hidden { (t!(lang, "upload-faults")) }
                    thead { tr { th scope="col" { (t!(lang, "upload-column-row")) } th.wrap scope="col" { (t!(lang, "upload-column-cell")) } th.wrap scope="col" { (t!(lang, "upload-column-why")) } } }
                    tbody { @for fault in &uploaded.faults { tr {
                        th scope="row" { (t!(lang, "upload-row", row = fault.sheet_row)) } td.wrap lang="zh-Hans" { (fault.found) } td.wrap { (workbook::say(lang, fault)) }
                    } } }
                } }
                form method="post" action=(lang.path("/upload/marked")) { (carried(what, file)) (button(Weight::Plain, &t!(lang, "upload-marked"))) }
            }
        }
    }
}

/// A workbook that a form carries.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Carried {
    what: String,
    content: String,
    #[serde(default)]
    reason: String,
}

impl Carried {
    fn file(&self) -> Result<Vec<u8>, Refusal> {
        STANDARD.decode(&self.content).map_err(|_| Refusal::wrong("web/body"))
    }
}

/// The upload with its faults marked.
pub(crate) async fn marked(asking: Asking, State(web): State<Web>, form: Form<Carried>) -> Answer<Response> {
    let what = What::parse(&asking, &web, &form.value.what)?;
    let uploaded = read::read(&asking, &web, &what, &form.value.file()?).await?;
    let marked = uploaded
        .marked
        .ok_or_else(|| Refusal::rule("list/workbook_empty", ""))?;
    Ok(kept("marked.xlsx", marked))
}

/// Does what an upload says: the list's changes become one proposal, a place's rows are recorded one by one.
pub(crate) async fn confirm(asking: Asking, State(web): State<Web>, form: Form<Carried>) -> Answer<Response> {
    let lang = asking.lang;
    let what = What::parse(&asking, &web, &form.value.what)?;
    let file = form.value.file()?;
    let uploaded = read::read(&asking, &web, &what, &file).await?;
    let context = form.context(&asking);
    if let Some(mut draft) = uploaded.draft.clone() {
        draft.reason = Bilingual::zh(form.value.reason.trim());
        return match command::open(&web.platform, &context, draft, None)
            .await
            .map_err(Failure::from)
        {
            Ok(done) => Ok(asking.go(&super::change::path(&done.id)).into_response()),
            Err(failure) => {
                let (faults, status) = failure.faults(lang)?;
                Ok(preview(&asking, &what, &file, &uploaded)
                    .again(lang, &faults)
                    .status(status)
                    .into_response())
            }
        };
    }
    let places = place::places(&web.platform, &asking.reader).await?;
    let obligations = row_commands::confirm(&web.platform, &context, &uploaded.planned).await;
    let tasks = row_commands::confirm(&web.platform, &context, &uploaded.tasks).await;
    let of_obligations = uploaded.planned.iter().map(|p| {
        let path = format!("/obligations/{}", segment(&p.object));
        let audience = word(lang, "audience", p.command.audience().id());
        (
            p.sheet_row,
            path,
            format!("{} · {audience}", read::held(lang, &places, p)),
        )
    });
    let of_tasks = uploaded.tasks.iter().map(|p| {
        let path = format!("/tasks/{}", segment(&p.object));
        (p.sheet_row, path, read::numbered(lang, p))
    });
    let mut rows = Vec::new();
    for ((row, path, name), answer) in of_obligations.chain(of_tasks).zip(obligations.into_iter().chain(tasks)) {
        let told = match answer {
            Ok(_) => html! { (t!(lang, "upload-row-done")) },
            Err(error) => {
                let failure = Failure::from(error);
                refusal_box::refusal(lang, &problem::tell(lang, &failure), &asking.request, html! {})
            }
        };
        rows.push((row, path, name, told));
    }
    let body = html! {
        ul { @for (row, path, name, told) in &rows {
            li { (t!(lang, "upload-row", row = *row)) " · " a href=(asking.link(path)) { (name) } " · " (told) }
        } }
        @if rows.is_empty() { p { (t!(lang, "upload-none")) } }
        (refused(&asking, &what, &file, &uploaded))
        p { a href=(asking.link("/upload")) { (t!(lang, "upload-again")) } }
    };
    Ok(Page::new(t!(lang, "upload-done"), body)
        .crumb(t!(lang, "upload-title"), "/upload")
        .screen(Screen::List)
        .into_response())
}
