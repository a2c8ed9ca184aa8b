//! The words of the platform: each with its id and what it means.

use crate::{Answer, Asking, Page, Web, components::words};
use axum::extract::State;
use language::t;
use maud::html;
use platform::catalogue::{VOCABULARY, words::Vocabulary};

/// Kinds of words that pages show, in the order of the help page.
const KINDS: [&str; 12] = [
    "term",
    "tier",
    "claim",
    "part",
    "state",
    "stage",
    "substage",
    "evidence",
    "strength",
    "block",
    "audience",
    "organization_kind",
];

/// All words by kind.
pub(crate) async fn page(asking: Asking, State(_): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let vocabulary = Vocabulary::parse(VOCABULARY)?;
    let headed = |kind: &str| language::text(lang, &format!("words-{}", kind.replace('_', "-")));
    Ok(Page::new(
        t!(lang, "frame-words"),
        html! {
            div.prose { p { (t!(lang, "words-intro")) } }
            @for kind in KINDS {
                section.section #(kind) {
                    header.section-head { h2 { (headed(kind)) } }
                    div.table-frame.wide tabindex="0" role="region" aria-label=(headed(kind)) {
                        table.table.compact {
                            caption.visually-hidden { (headed(kind)) }
                            thead { tr {
                                th scope="col" { (t!(lang, "words-word")) }
                                th scope="col" { (t!(lang, "words-other-language")) }
                                th scope="col" { (t!(lang, "words-id")) }
                                th scope="col" { (t!(lang, "words-meaning")) }
                            } }
                            tbody {
                                @for word in vocabulary.words(kind) {
                                    tr {
                                        th scope="row" { (words::first(lang, &word.name)) }
                                        td { span lang=(lang.other().html_lang()) { (words::first(lang.other(), &word.name)) } }
                                        td { code { (word.id) } }
                                        td.wrap { @if let Some(note) = &word.note { (words::mixed(lang, words::first(lang, note))) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}
