//! A new version: a file or a typed source is read and shown with its findings; nothing is recorded until that is confirmed.

use super::findings;
use crate::{
    Answer, Asking, Failure, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        standing::word,
        words::{first, mixed},
    },
    extract::Sent,
    links::{Screen, segment},
    uploads,
};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use language::t;
use maud::{Markup, PreEscaped, html};
use platform::{
    obligation::{event::Audience, query as obligation},
    refusal::{Manner, Refusal},
    rights::visibility::Fact,
    text::command::{self, Looked, Put},
};

/// What was filled in beside the text itself.
#[derive(Debug, Clone, Default)]
struct Filled {
    source: String,
    note: String,
    audience: String,
    base: String,
}

impl Filled {
    fn of(fields: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            source: get("source"),
            note: get("note"),
            audience: get("audience"),
            base: get("base"),
        }
    }
}

/// The form.
pub(crate) async fn form(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    command::allowed(&web.platform, &asking.context(), &id).await?;
    let filled = Filled {
        base: command::latest(&web.platform, &id).await?.to_string(),
        ..Filled::default()
    };
    draw(&asking, &web, &id, &filled, &Faults::default()).await
}

async fn draw(asking: &Asking, web: &Web, id: &str, filled: &Filled, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let size = language::file_size(lang, web.platform.settings().file_limit);
    let usual = web.platform.visibility().audience_of(Fact::TextDraft);
    let chosen = if filled.audience.is_empty() {
        usual.id()
    } else {
        &filled.audience
    };
    let readers = ["desk", "participants"].map(|who| (who.to_owned(), word(lang, "audience", who)));
    let body = html! {
        p.lead { (t!(lang, "text-put-lead")) }
        form method="post" action=(lang.path(&format!("/obligations/{}/texts/new", segment(id)))) enctype="multipart/form-data" data-guard="" {
            input type="hidden" name="base" value=(filled.base);
            (Field::new("file", t!(lang, "text-field-file")).hint(t!(lang, "text-field-file-hint", size = size)).control(Control::File(".docx,.md,.txt")).optional().draw(lang, faults))
            (Field::new("source", t!(lang, "text-field-source")).hint(t!(lang, "text-field-source-hint")).control(Control::Lines(8)).width("w-full").value(filled.source.as_str()).optional().draw(lang, faults))
            (Field::new("note", t!(lang, "text-new-in-it")).control(Control::Lines(2)).width("w-full").value(filled.note.as_str()).optional().draw(lang, faults))
            (Field::new("audience", t!(lang, "words-audience")).hint(t!(lang, "text-field-audience-hint")).control(Control::Choose(readers.to_vec())).value(chosen).draw(lang, faults))
            div.button-row { (button(Weight::Primary, &t!(lang, "text-look"))) }
        }
    };
    Ok(around(asking, web, id, t!(lang, "text-put"), body)
        .await?
        .again(lang, faults))
}

/// The frame of form and preview.
async fn around(asking: &Asking, web: &Web, id: &str, title: String, body: Markup) -> Answer<Page> {
    let lang = asking.lang;
    let o = obligation::obligation(&web.platform, &asking.reader, id).await?;
    Ok(Page::new(title, body)
        .kicker(first(lang, &o.title).to_owned())
        .crumb(t!(lang, "screen-list"), "/list")
        .crumb(t!(lang, "obligation-crumb"), format!("/obligations/{}", segment(id)))
        .screen(Screen::Desk)
        .demo(o.demo))
}

/// Reads what was sent and shows it; records nothing.
pub(crate) async fn look(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let object = command::allowed(&web.platform, &asking.context(), &id).await?;
    let multipart = multipart.map_err(|_| Refusal::wrong("web/form").with("reason", "multipart/form-data"))?;
    let sent = uploads::receive(&asking, &web, &object, multipart).await?;
    let filled = Filled::of(&sent.fields);
    let looked = looked(&asking, &web, &id, sent, &filled).await;
    match looked {
        Ok(looked) => Ok(preview(&asking, &web, &id, &looked, &filled).await?.into_response()),
        Err(failure) => again(&asking, &web, &id, &filled, failure).await,
    }
}

async fn looked(asking: &Asking, web: &Web, id: &str, sent: uploads::Sent, filled: &Filled) -> Answer<Looked> {
    if let Some(refusal) = sent.refused {
        return Err(refusal.into());
    }
    let context = asking.context();
    let file = match sent.files.into_iter().next() {
        Some(file) => file,
        None if filled.source.trim().is_empty() => {
            return Err(Refusal::wrong("text/no_file")
                .fault("file", "fault-text-no-file")
                .into());
        }
        None => {
            // A browser sends lines that end as on paper.
            let source = filled.source.replace("\r\n", "\n");
            command::typed(&web.platform, &context, id, Bytes::from(source)).await?
        }
    };
    Ok(command::look(&web.platform, &context, id, &file.sha256).await?)
}

/// The form again, with what is wrong.
async fn again(asking: &Asking, web: &Web, id: &str, filled: &Filled, failure: Failure) -> Answer<Response> {
    let status = failure.status();
    let Some(refusal) = failure
        .refusal()
        .filter(|refusal| refusal.manner != Manner::TooLarge)
        .cloned()
    else {
        return Err(failure);
    };
    let faults = Faults::of(asking.lang, &refusal);
    let page = draw(asking, web, id, filled, &faults).await?;
    Ok(page.status(status).into_response())
}

async fn preview(asking: &Asking, web: &Web, id: &str, looked: &Looked, filled: &Filled) -> Answer<Page> {
    let lang = asking.lang;
    let audience =
        Audience::parse(&filled.audience).unwrap_or_else(|| web.platform.visibility().audience_of(Fact::TextDraft));
    let reading = &looked.reading;
    let body = html! {
        div.notice { p { strong { (t!(lang, "text-not-recorded")) } " " (findings::tally(lang, looked.found)) } }
        (word_report(asking, looked))
        div.reader.looked {
            aside.notes aria-label=(t!(lang, "text-findings")) {
                form method="post" action=(lang.path(&format!("/obligations/{}/texts", segment(id)))) {
                    (once())
                    input type="hidden" name="file" value=(looked.file.sha256);
                    input type="hidden" name="base" value=(filled.base);
                    input type="hidden" name="note" value=(filled.note);
                    input type="hidden" name="audience" value=(audience.id());
                    p { (t!(lang, "text-will-see", who = word(lang, "audience", audience.id()))) }
                    div.button-row {
                        (button(Weight::Primary, &t!(lang, "text-confirm")))
                        a.button href=(asking.link(&format!("/obligations/{}/texts/new", segment(id)))) { (t!(lang, "text-another")) }
                    }
                }
                section #findings {
                    h2 { (t!(lang, "text-findings")) }
                    (findings::list(lang, reading))
                    @if reading.findings.is_empty() { p.hint { (t!(lang, "text-clean-means")) } }
                }
            }
            div.standard-text lang=(reading.tag) { (PreEscaped(&reading.html)) }
        }
    };
    around(asking, web, id, t!(lang, "text-preview"), body).await
}

/// What could not be kept of a Word file, and what was read by guess.
fn word_report(asking: &Asking, looked: &Looked) -> Markup {
    let lang = asking.lang;
    let Some(report) = &looked.report else { return html! {} };
    html! {
        section.section #word {
            header.section-head { h2 { (t!(lang, "text-word-read")) } }
            p { (t!(lang, "text-word-blocks", blocks = report.blocks.len(), doubtful = report.doubtful().count())) }
            @if !report.warnings.is_empty() {
                details.disclosure {
                    summary { (t!(lang, "text-word-warnings", count = report.warnings.len())) }
                    ul { @for warning in report.warnings.iter().take(100) { li { (mixed(lang, &warning.message.text(lang))) } } }
                }
            }
        }
    }
}

/// What was confirmed.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Confirmed {
    file: String,
    #[serde(default)]
    base: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    audience: String,
}

/// Puts a version up.
pub(crate) async fn confirm(sent: Sent<Confirmed>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let context = form.context(&asking);
    let put = Put {
        file: form.value.file.clone(),
        note: form.value.note.clone(),
        audience: Audience::parse(&form.value.audience),
        base: form.value.base.parse().ok(),
    };
    match command::put(&web.platform, &context, &id, &put).await {
        Ok(done) => Ok(asking.go(&format!("/texts/{}", segment(&done.id))).into_response()),
        Err(error) => {
            // Somebody may have put up another version in between: the form begins from there.
            let filled = Filled {
                note: form.value.note.clone(),
                audience: form.value.audience.clone(),
                base: command::latest(&web.platform, &id).await?.to_string(),
                ..Filled::default()
            };
            again(&asking, &web, &id, &filled, error.into()).await
        }
    }
}
