//! The box that says what is not done, by which rule, and what to do next.

use crate::problem::Told;
use language::{Lang, t};
use maud::{Markup, html};

/// A refusal. `next` holds the buttons that lead on.
pub fn refusal(lang: Lang, told: &Told, request: &str, next: Markup) -> Markup {
    html! {
        section.refusal role="alert" {
            h2 { (told.what) }
            @if !told.faults.is_empty() {
                ul { @for (_, _, message) in &told.faults { li { (message) } } }
            }
            dl {
                div {
                    dt { (t!(lang, "refusal-rule")) }
                    dd { @if !told.source.is_empty() { (super::words::mixed(lang, &told.source)) " " } code { (told.rule) } }
                }
                @if !told.next.is_empty() { div { dt { (t!(lang, "refusal-next")) } dd { (told.next) } } }
                div { dt { (t!(lang, "refusal-request")) } dd { code { (request) } } }
            }
            div.button-row { (next) }
        }
    }
}
