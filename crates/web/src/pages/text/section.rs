//! The versions of a text on the page of its obligation, or of its task.

use super::{findings::tally, number, path};
use crate::{
    Answer, Asking, Web,
    components::{
        standing::word,
        words::{Mark, bilingual, mark},
    },
    links::segment,
    pages::{history::written, task::place_name},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    place::query::Place,
    text::{
        command,
        query::{self, TextVersion},
    },
};

/// Its versions, and the door for a new one; nothing where there are none and the reader can put up none.
pub(crate) async fn of_obligation(asking: &Asking, web: &Web, obligation: &str) -> Answer<Markup> {
    let lang = asking.lang;
    let versions = query::of_obligation(&web.platform, &asking.reader, obligation).await?;
    let may_put = !asking.is_past()
        && asking.actor().is_some()
        && command::allowed(&web.platform, &asking.context(), obligation)
            .await
            .is_ok();
    if versions.is_empty() && !may_put {
        return Ok(html! {});
    }
    let new = asking.link(&format!("/obligations/{}/texts/new", segment(obligation)));
    Ok(html! {
        section.section #texts {
            header.section-head {
                h2 { (t!(lang, "text-title")) }
                @if may_put { p.section-note { a href=(new) { (t!(lang, "text-put")) } } }
            }
            @if versions.is_empty() { div.empty { p { (t!(lang, "text-none")) } } } @else { (table(asking, &versions, None)) }
        }
    })
}

/// The versions of all who undertook a task.
pub(crate) async fn of_task(asking: &Asking, web: &Web, task: &str, places: &[Place]) -> Answer<Markup> {
    let lang = asking.lang;
    let versions = query::of_task(&web.platform, &asking.reader, task).await?;
    Ok(html! {
        @if !versions.is_empty() {
            section.section #texts {
                header.section-head { h2 { (t!(lang, "text-title")) } p.section-note { (t!(lang, "text-note")) } }
                (table(asking, &versions, Some(places)))
            }
        }
    })
}

fn table(asking: &Asking, versions: &[TextVersion], places: Option<&[Place]>) -> Markup {
    let lang = asking.lang;
    html! {
        div.table-frame { table.table.compact {
            caption.visually-hidden { (t!(lang, "text-title")) }
            thead { tr {
                th.title scope="col" { (t!(lang, "text-column-version")) }
                @if places.is_some() { th scope="col" { (t!(lang, "column-place")) } }
                th.date scope="col" { (t!(lang, "text-column-put")) }
                th scope="col" { (t!(lang, "text-findings")) }
                th scope="col" { (t!(lang, "words-audience")) }
                th scope="col" { (t!(lang, "text-compare")) }
            } }
            tbody {
                @for version in versions {
                    tr {
                        th.title scope="row" {
                            a href=(asking.link(&path(version))) { (number(lang, version)) } " "
                            (bilingual(lang, &version.title))
                            @if version.demo { " " (mark(lang, Mark::Demo)) }
                            @if !version.note.is_empty() { br; span.muted { (written(lang, &version.note)) } }
                        }
                        @if let Some(places) = places { td { (place_name(lang, places, &version.place)) } }
                        td.date { (language::date(lang, version.put)) }
                        td { (tally(lang, version.found)) }
                        td { (audience(lang, version)) }
                        td {
                            @if let Some(before) = before(versions, version) {
                                a href=(asking.link(&format!("{}/diff/{}", path(before), segment(&version.id)))) { (t!(lang, "text-since", version = before.version)) }
                            } @else { "—" }
                        }
                    }
                }
            }
        } }
    }
}

/// The version before one, among those that the reader may see.
fn before<'v>(versions: &'v [TextVersion], of: &TextVersion) -> Option<&'v TextVersion> {
    versions
        .iter()
        .filter(|version| version.text == of.text && version.version < of.version)
        .max_by_key(|version| version.version)
}

/// Who may read a version, and since when everybody may.
pub(super) fn audience(lang: Lang, version: &TextVersion) -> Markup {
    html! {
        (word(lang, "audience", version.audience.id()))
        @if let Some(day) = version.published { " " span.muted { (t!(lang, "text-published-on", day = language::date(lang, day))) } }
    }
}
