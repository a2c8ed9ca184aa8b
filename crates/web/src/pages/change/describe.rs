//! What a difference between two versions says, in words: the 调整说明.

use super::names::{Names, said};
use crate::{
    Asking,
    components::{standing::word, words::bilingual},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::list::difference::{Difference, Field, Held, Named};
use std::collections::BTreeMap;

/// The id of a field in messages.
const fn field_id(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::TitleEnglish => "title-english",
        Field::Tier => "tier",
        Field::Part => "part",
        Field::Section => "section",
        Field::Places => "places",
        Field::Topics => "topics",
    }
}

/// The whole difference: tasks, places, numbers.
pub(super) fn difference(asking: &Asking, names: &Names, difference: &Difference) -> Markup {
    html! {
        (tasks(asking, names, difference))
        (numbers(asking, names, difference))
    }
}

/// What becomes of tasks and places, before and after side by side.
pub(super) fn tasks(asking: &Asking, names: &Names, d: &Difference) -> Markup {
    let lang = asking.lang;
    html! {
        @if d.is_empty() && d.changed.is_empty() { p { (t!(lang, "change-nothing")) } }
        @if !d.places_added.is_empty() {
            h3 { (t!(lang, "change-places-added")) }
            p { @for code in &d.places_added { ins { (names.place(lang, code)) } " " } }
        }
        @if !d.changed.is_empty() {
            h3 { (t!(lang, "change-changed")) }
            @for changed in &d.changed {
                table.diff-table {
                    caption { (named(asking, &changed.task)) }
                    thead { tr { td {} th scope="col" { (t!(lang, "change-before")) } th scope="col" { (t!(lang, "change-after")) } } }
                    tbody { @for change in &changed.fields {
                        tr {
                            th scope="row" { (said(lang, "change-field", field_id(change.field))) }
                            td { @if !change.before.is_empty() { del { (value(lang, change.field, &change.before)) } } }
                            td { @if !change.after.is_empty() { ins { (value(lang, change.field, &change.after)) } } }
                        }
                    } }
                }
            }
        }
        @if !d.added.is_empty() {
            h3 { (t!(lang, "change-added")) }
            ul { @for task in &d.added { li { ins { (named(asking, task)) } " · " (word(lang, "tier", task.tier.id())) " · " span lang="zh-Hans" { (task.places) } } } }
        }
        @if !d.merged.is_empty() {
            h3 { (t!(lang, "change-merged")) }
            ul { @for merged in &d.merged { li { del { (named(asking, &merged.task)) } " → " (t!(lang, "change-merged-into", number = merged.into.number)) " " (bilingual(lang, &merged.into.title)) } } }
        }
        @if !d.closed.is_empty() {
            h3 { (t!(lang, "change-closed")) }
            ul { @for closed in &d.closed { li { del { (named(asking, &closed.task)) } " " span lang="zh-Hans" { (closed.reason) } } } }
        }
    }
}

fn named(asking: &Asking, task: &Named) -> Markup {
    let lang = asking.lang;
    html! { (t!(lang, "task-number", number = task.number)) " " a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } }
}

/// The value of a field: words of the vocabulary by name, the rest as it stands in the list.
fn value(lang: Lang, field: Field, text: &str) -> Markup {
    match field {
        Field::Tier => html! { (word(lang, "tier", text)) },
        Field::TitleEnglish => html! { span lang="en" { (text) } },
        _ => html! { span lang="zh-Hans" { @for line in text.lines() { (line) br; } } },
    }
}

/// How many tasks and obligations there are before and after, and which obligations begin, end and change.
pub(super) fn numbers(asking: &Asking, names: &Names, d: &Difference) -> Markup {
    let lang = asking.lang;
    let o = &d.obligations;
    html! {
        h3 { (t!(lang, "change-numbers")) }
        div.table-frame tabindex="0" role="region" aria-label=(t!(lang, "change-numbers")) { table.table.compact {
            caption.visually-hidden { (t!(lang, "change-numbers")) }
            thead { tr { th scope="col" { (t!(lang, "change-numbers")) } th.number scope="col" { (t!(lang, "change-before")) } th.number scope="col" { (t!(lang, "change-after")) } } }
            tbody {
                tr { th scope="row" { (t!(lang, "change-numbers-tasks")) } td.number { (d.tasks.0) } td.number { (d.tasks.1) } }
                tr { th scope="row" { (t!(lang, "change-numbers-firm")) } td.number { (o.before) } td.number { (o.after) } }
            }
        } }
        (held(lang, names, &t!(lang, "change-begun"), &o.begun))
        (held(lang, names, &t!(lang, "change-ended"), &o.ended))
        (held(lang, names, &t!(lang, "change-touched"), &o.touched))
    }
}

/// Obligations by place, with the numbers of their tasks.
fn held(lang: Lang, names: &Names, title: &str, held: &[Held]) -> Markup {
    let mut by_place: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for one in held {
        by_place.entry(&one.place).or_default().push(one.number);
    }
    let joined = |numbers: &[u32]| {
        numbers
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(if lang == Lang::Zh { "、" } else { ", " })
    };
    html! {
        @if !held.is_empty() {
            h3 { (title) " " span.rail-count { (held.len()) } }
            div.table-frame tabindex="0" role="region" aria-label=(title) { table.table.compact {
                caption.visually-hidden { (title) }
                thead { tr { th scope="col" { (t!(lang, "change-by-place")) } th.number scope="col" { (t!(lang, "change-numbers")) } th.wrap scope="col" { (t!(lang, "change-task-numbers")) } } }
                tbody { @for (place, numbers) in &by_place {
                    tr { th scope="row" { (names.place(lang, place)) } td.number { (numbers.len()) } td.wrap { (joined(numbers)) } }
                } }
            } }
        }
    }
}
