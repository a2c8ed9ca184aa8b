//! Proof-reading of a list: each task's original lines beside what was read, doubts marked and settled by hand, nothing
//! left out; then the text becomes a list of its own, or a proposal to change one that stands.
//!
//! Nothing is kept on the server in between: the form carries the text and what was settled.

mod becoming;
mod settling;

use super::within;
use crate::{
    Answer, Asking, Form, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button},
        refusal_box,
        standing::word,
    },
    pages::workbook::parts,
    problem,
};
use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{catalogue, list::import, refusal::Refusal};
use settling::Given;
use tasklist::{Doubt, LeftoverKind, LineRange, Reading, Sentence, Task};

/// The shipped text.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    draw(&asking, &web, &Given::default(), &Faults::default()).await
}

/// A text that was pasted.
pub(crate) async fn read(asking: Asking, State(web): State<Web>, form: Form<Vec<(String, String)>>) -> Answer<Page> {
    let given = Given(form.value.clone());
    draw(&asking, &web, &Given::of(given.text()), &Faults::default()).await
}

/// A text in a file.
pub(crate) async fn file(asking: Asking, State(web): State<Web>, multipart: Multipart) -> Answer<Page> {
    let (_, bytes) = parts(multipart).await?;
    let fault = match String::from_utf8(bytes) {
        Ok(text) if !text.trim().is_empty() => {
            return draw(&asking, &web, &Given::of(&text), &Faults::default()).await;
        }
        Ok(_) => Refusal::wrong("web/no_file").fault("file", "fault-file"),
        Err(_) => Refusal::wrong("list/text_not_utf8").fault("file", "fault-not-utf8"),
    };
    let faults = Faults::of(asking.lang, &fault);
    Ok(draw(&asking, &web, &Given::default(), &faults)
        .await?
        .again(asking.lang, &faults))
}

/// What was settled, and what the text is to become.
pub(crate) async fn enter(
    asking: Asking,
    State(web): State<Web>,
    form: Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let given = Given(form.value.clone());
    let failure = match becoming::become_list_or_proposal(&asking, &web, &form.context(&asking), &given).await {
        Ok(path) => return Ok(asking.go(&path).into_response()),
        Err(failure) => failure,
    };
    if failure.refusal().is_some_and(|r| r.rule == "list/doubts_open") {
        // Each doubt stands at its row; the box says that nothing was entered, and where to look.
        let told = problem::tell(asking.lang, &failure);
        let page = draw(&asking, &web, &given, &Faults::default()).await?;
        let page = page.alert(refusal_box::refusal(asking.lang, &told, &asking.request, html! {}));
        return Ok(page.status(failure.status()).into_response());
    }
    let (faults, status) = failure.faults(asking.lang)?;
    let page = draw(&asking, &web, &given, &faults).await?;
    Ok(page.again(asking.lang, &faults).status(status).into_response())
}

async fn draw(asking: &Asking, web: &Web, given: &Given, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let pasted = given.text();
    let text = if pasted.trim().is_empty() {
        catalogue::POLICY
    } else {
        pasted
    };
    let reading = import::reading(&web.platform, text).await?;
    let open = import::open_doubts(&reading, &given.decisions(&reading));
    let body = html! {
        div.prose { p { (t!(lang, "reading-lead")) } }
        form.no-print method="post" action=(lang.path("/admin/lists/read")) {
            (Field::new("text", t!(lang, "reading-text")).hint(t!(lang, "reading-text-hint")).control(Control::Lines(4)).optional().width("w-full").value(pasted).draw(lang, faults))
            (button(Weight::Plain, &t!(lang, "reading-go")))
        }
        form.no-print.section method="post" action=(lang.path("/admin/lists/read/file")) enctype="multipart/form-data" {
            (Field::new("file", t!(lang, "reading-file")).hint(t!(lang, "reading-file-hint")).control(Control::File(".txt")).draw(lang, faults))
            (button(Weight::Plain, &t!(lang, "reading-go")))
        }
        div.notice { p { (t!(lang, "reading-found", tasks = reading.tasks.len(), measures = numbered(&reading), doubts = open.len(), leftovers = reading.leftovers.len())) } }
        form #settle method="post" action=(lang.path("/admin/lists/enter")) data-guard="" novalidate {
            input type="hidden" name="text" value=(text);
            (whole(lang, given, &reading))
            @for (index, task) in reading.tasks.iter().enumerate() { (row(lang, given, index, task)) }
            (statements(lang, &reading))
            (leftovers(lang, &reading))
            (becoming::form(asking, web, given, &reading, faults).await?)
        }
    };
    Ok(within(asking, t!(lang, "admin-reading"), body))
}

fn lines(lang: Lang, range: LineRange) -> String {
    t!(lang, "reading-lines", first = range.0, last = range.1)
}

/// A doubt in words: its line, and what is doubtful.
fn doubt(lang: Lang, doubt: &Doubt) -> String {
    let value = serde_json::to_value(doubt).unwrap_or_default();
    let kind = value["kind"].as_str().unwrap_or_default().to_owned();
    let line = value["line"].as_u64().unwrap_or(0);
    language::format(
        lang,
        "fault-doubt",
        &[("line", line.into()), ("doubt", kind.as_str().into())],
    )
}

/// Doubts about the whole text, each to be settled.
fn whole(lang: Lang, given: &Given, reading: &Reading) -> Markup {
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "reading-doubts")) } }
            @if import::open_doubts(reading, &[]).is_empty() { p { (t!(lang, "reading-no-doubts")) } }
            @for one in reading.doubts.iter().filter(|d| !matches!(d, Doubt::NoMeasures)) {
                div.notice.soon { p { (doubt(lang, one)) } (settling::whole(lang, given, one)) }
            }
        }
    }
}

fn row(lang: Lang, given: &Given, index: usize, task: &Task) -> Markup {
    let number = task.number.map_or_else(|| "?".to_owned(), |n| n.to_string());
    html! {
        section.section #(format!("task-{index}")) {
            div.beside {
                blockquote.source-line {
                    p lang="zh-Hans" { @for line in task.original.lines() { (line) br; } }
                    footer { (lines(lang, task.line)) }
                }
                dl.facts-list {
                    div { dt { (t!(lang, "column-number")) } dd { (number) } }
                    div { dt { (t!(lang, "column-title")) } dd lang="zh-Hans" { (task.title) } }
                    div { dt { (t!(lang, "words-tier")) } dd { @match task.tier {
                        Some(tier) => (word(lang, "tier", settling::tier_id(tier))),
                        None => "?",
                    } } }
                    div { dt { (t!(lang, "column-places")) } dd lang="zh-Hans" { (task.places_as_written) } }
                    @if !task.section.is_empty() { div { dt { (t!(lang, "task-section")) } dd lang="zh-Hans" { (task.section) } } }
                }
            }
            @if !task.doubts.is_empty() {
                div.notice.soon {
                    @for one in &task.doubts { p { (doubt(lang, one)) } }
                    (settling::task(lang, given, index, task))
                }
            }
        }
    }
}

/// How many measures have a number: 总体要求 and 组织保障 have sentences too, and are none.
fn numbered(reading: &Reading) -> usize {
    let keys = reading.measures.iter().map(|m| m.key);
    keys.filter(|key| matches!(key, tasklist::MeasureKey::Numbered(_)))
        .count()
}

/// Sentences of the measures that only state.
fn statements(lang: Lang, reading: &Reading) -> Markup {
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "reading-statements")) } }
            ul { @for measure in &reading.measures { @for sentence in &measure.sentences {
                @if let Sentence::Statement { sentence, line, .. } = sentence {
                    li { span lang="zh-Hans" { (sentence) } " " span.muted { (lines(lang, *line)) } }
                }
            } } }
        }
    }
}

fn leftovers(lang: Lang, reading: &Reading) -> Markup {
    html! {
        @if !reading.leftovers.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "reading-leftovers")) } }
                ul { @for left in &reading.leftovers {
                    li {
                        span lang="zh-Hans" { (left.text) } " " span.muted { (lines(lang, left.line)) " · "
                            @match left.what {
                                LeftoverKind::PageNumber => (t!(lang, "reading-leftover-page-number")),
                                LeftoverKind::Unread => (t!(lang, "reading-leftover-unread")),
                            }
                        }
                    }
                } }
            }
        }
    }
}
