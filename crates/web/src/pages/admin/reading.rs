//! Proof-reading of a list: each task's original lines beside what was read, doubts marked, and nothing left out.

use super::within;
use crate::{
    Answer, Asking, Form, Page,
    components::{
        field::{Control, Faults, Field, Weight, button},
        standing::word,
    },
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{catalogue, list::import};
use serde::Deserialize;
use tasklist::{Doubt, LeftoverKind, LineRange, Reading, Sentence, Task};

/// A text to be read.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Pasted {
    #[serde(default)]
    text: String,
}

/// The shipped text.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
    Ok(draw(&asking, ""))
}

/// A text that was pasted.
pub(crate) async fn read(asking: Asking, form: Form<Pasted>) -> Answer<Page> {
    Ok(draw(&asking, &form.value.text))
}

fn draw(asking: &Asking, pasted: &str) -> Page {
    let lang = asking.lang;
    let text = if pasted.trim().is_empty() {
        catalogue::POLICY
    } else {
        pasted
    };
    let reading = tasklist::read(text, &tasklist::Places::default());
    let open = import::open_doubts(&reading, &[]);
    let body = html! {
        div.prose { p { (t!(lang, "reading-lead")) } }
        form.no-print method="post" action=(lang.path("/admin/lists/read")) {
            (Field::new("text", t!(lang, "reading-text")).hint(t!(lang, "reading-text-hint")).control(Control::Lines(4)).optional().value(pasted).draw(lang, &Faults::default()))
            (button(Weight::Primary, &t!(lang, "reading-go")))
        }
        div.notice { p { (t!(lang, "reading-found", tasks = reading.tasks.len(), measures = reading.measures.len(), doubts = open.len(), leftovers = reading.leftovers.len())) } }
        (doubts(lang, &reading.doubts))
        @for task in &reading.tasks { (row(lang, task)) }
        (statements(lang, &reading))
        (leftovers(lang, &reading))
    };
    within(asking, t!(lang, "admin-reading"), body)
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

fn doubts(lang: Lang, doubts: &[Doubt]) -> Markup {
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "reading-doubts")) } }
            @if doubts.is_empty() { p { (t!(lang, "reading-no-doubts")) } }
            @for one in doubts { div.notice.soon { p { (doubt(lang, one)) } } }
        }
    }
}

fn row(lang: Lang, task: &Task) -> Markup {
    let number = task.number.map_or_else(|| "?".to_owned(), |n| n.to_string());
    html! {
        section.section {
            div.beside {
                blockquote.source-line {
                    p lang="zh-Hans" { @for line in task.original.lines() { (line) br; } }
                    footer { (lines(lang, task.line)) }
                }
                dl.facts-list {
                    div { dt { (t!(lang, "column-number")) } dd { (number) } }
                    div { dt { (t!(lang, "column-title")) } dd lang="zh-Hans" { (task.title) } }
                    div { dt { (t!(lang, "words-tier")) } dd { @match task.tier {
                        Some(tier) => (word(lang, "tier", serde_json::to_value(tier).unwrap_or_default().as_str().unwrap_or_default())),
                        None => "?",
                    } } }
                    div { dt { (t!(lang, "column-places")) } dd lang="zh-Hans" { (task.places_as_written) } }
                    @if !task.section.is_empty() { div { dt { (t!(lang, "task-section")) } dd lang="zh-Hans" { (task.section) } } }
                }
            }
            @for one in &task.doubts { div.notice.soon { p { (doubt(lang, one)) } } }
        }
    }
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
