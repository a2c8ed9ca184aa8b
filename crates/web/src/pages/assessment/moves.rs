//! On the page of a system: who of those whom the reader may see would move under its newest edition, and why.

use super::path;
use crate::{Answer, Asking, Web, components::words::mixed};
use indicator::UnitMove;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    assessment::moves::{Move, moves},
    system::query::System,
};

/// So many indicators are told of each.
const SHOWN: usize = 3;

/// The section; nothing where no assessment of an earlier edition may be seen.
pub(crate) async fn of_system(asking: &Asking, web: &Web, system: &System) -> Answer<Markup> {
    let lang = asking.lang;
    let Some((newest, all)) = moves(&web.platform, &asking.reader, system).await? else {
        return Ok(html! {});
    };
    let moving = all.iter().filter(|one| one.unit.moved()).count();
    let rules = all.first().map_or(0, |one| one.rules.len());
    Ok(html! {
        section.section #moves {
            header.section-head {
                h2 { (t!(lang, "assessment-moves", edition = newest.edition)) }
                p.section-note { (t!(lang, "assessment-moves-note", all = all.len(), moving = moving, rules = rules)) }
            }
            div.table-frame { table.table.compact {
                caption.visually-hidden { (t!(lang, "assessment-moves", edition = newest.edition)) }
                thead { tr {
                    th.title scope="col" { (t!(lang, "assessment-unit")) }
                    th scope="col" { (t!(lang, "assessment-before-after-grade")) }
                    th.number scope="col" { (t!(lang, "assessment-before-after-total")) }
                    th.wrap.more scope="col" { (t!(lang, "assessment-because")) }
                } }
                tbody { @for one in &all { (row(asking, one)) } }
            } }
        }
    })
}

fn row(asking: &Asking, one: &Move) -> Markup {
    let lang = asking.lang;
    let unit = &one.unit;
    let grade = |grade: &Option<String>| grade.clone().unwrap_or_else(|| "—".to_owned());
    let total = |total: Option<f64>| total.map_or_else(|| "—".to_owned(), |total| format!("{total:.3}"));
    html! {
        tr.is-changed[unit.moved()] {
            th.title scope="row" { a href=(asking.link(&path(&one.assessment))) { (mixed(lang, &unit.id)) } @if let Some(period) = &unit.period { " " span.muted { (period) } } }
            td { (mixed(lang, &grade(&unit.grade.before))) " → " strong { (mixed(lang, &grade(&unit.grade.after))) } }
            td.number { (total(unit.total.before)) " → " (total(unit.total.after)) }
            td.wrap.more { (because(lang, unit)) }
        }
    }
}

/// Through which indicators the total moved, the most first.
fn because(lang: Lang, unit: &UnitMove) -> Markup {
    html! {
        @if unit.because.is_empty() { "—" }
        @for (at, part) in unit.because.iter().take(SHOWN).enumerate() {
            @if at > 0 { br; }
            span.code { (part.code) } " " (mixed(lang, &part.name)) " "
            span.figure { @if part.adds < 0.0 { "−" } @else { "+" } (format!("{:.3}", part.adds.abs())) }
        }
    }
}
