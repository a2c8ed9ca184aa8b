//! Systems: executable standards that are offered, one of them with its indicators, a trial of it, and offering one.

mod list;
mod offering;
mod rules;
mod show;
mod trial;

pub(crate) use list::page as list;
pub(crate) use offering::{of_text, offer, withdraw};
pub(crate) use show::page;
pub(crate) use trial::{derivation, percent};

use crate::{Asking, components::words::mixed, links::segment};
use language::{Lang, t};
use maud::{Markup, html};
use platform::system::{
    executable::Executable,
    query::{Force, SystemEdition},
};

/// The address of a system, without a language.
pub(crate) fn path(system: &str) -> String {
    format!("/systems/{}", segment(system))
}

/// What is said of how an edition stands.
pub(crate) fn force(lang: Lang, force: Force) -> String {
    match force {
        Force::InForce => t!(lang, "system-in-force"),
        Force::ToCome => t!(lang, "system-to-come"),
        Force::Followed => t!(lang, "system-followed"),
        Force::Withdrawn => t!(lang, "system-withdrawn"),
    }
}

/// What a system is run for.
pub(crate) fn mode(lang: Lang, id: &str) -> String {
    match id {
        "index" => t!(lang, "system-mode-index"),
        "accounting" => t!(lang, "system-mode-accounting"),
        _ => t!(lang, "system-mode-assessment"),
    }
}

/// 一个工厂，一年.
pub(crate) fn unit(lang: Lang, edition: &SystemEdition) -> Markup {
    html! {
        (mixed(lang, &edition.unit_of))
        @if !edition.period_of.is_empty() { " · " (mixed(lang, &edition.period_of)) }
    }
}

/// A clause, as a link to its place in the text.
fn clause(asking: &Asking, edition: &SystemEdition, executable: &Executable, number: &str) -> Markup {
    let text = t!(asking.lang, "system-clause", clause = number);
    let page = asking.link(&format!("/texts/{}", segment(&edition.text)));
    html! {
        @if number.is_empty() { "—" }
        @else if let Some(anchor) = executable.anchors.get(number) { a.clause href={ (page) "#" (anchor) } { (text) } }
        @else { span.clause { (text) } }
    }
}
