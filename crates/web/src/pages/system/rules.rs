//! What a system asks for: how it grades, and its indicators with their clauses.

use super::clause;
use crate::{Asking, components::words::mixed};
use indicator::{Missing, NodeRule, Standard};
use language::{Lang, t};
use maud::{Markup, html};
use platform::system::{executable::Executable, query::SystemEdition};

/// How a result is graded.
pub(super) fn judging(asking: &Asking, edition: &SystemEdition, executable: &Executable) -> Markup {
    let lang = asking.lang;
    let standard = &executable.standard;
    if standard.grades.is_empty() {
        return html! {};
    }
    let total = standard.rounding.total.as_ref();
    html! {
        section.section #grades {
            header.section-head { h2 { (t!(lang, "system-grades")) } }
            ol.lines {
                @for gate in &standard.gates {
                    li {
                        span.when { (t!(lang, "system-gate")) }
                        div {
                            (mixed(lang, &gate.condition.text)) " " (clause(asking, edition, executable, &gate.clause))
                            p.muted { (mixed(lang, &t!(lang, "system-otherwise", what = gate.otherwise.as_str()))) }
                        }
                    }
                }
                @for grade in &standard.grades {
                    li {
                        span.when { strong { (mixed(lang, &grade.name)) } }
                        div {
                            @match &grade.condition {
                                Some(condition) => (mixed(lang, &condition.text)),
                                None => (t!(lang, "system-the-rest")),
                            }
                            " " (clause(asking, edition, executable, &grade.place.clause))
                        }
                    }
                }
            }
            p.hint {
                @if let Some(least) = &standard.aggregation.least_coverage { (t!(lang, "system-least-coverage", least = percent(least.to_f64()))) " " }
                @if let Some(total) = total { (t!(lang, "system-rounding", places = total.places())) " " }
                @if is_full_value(standard) { (t!(lang, "system-full-value-rule")) } @else { (t!(lang, "system-rounded-value-rule")) }
            }
        }
    }
}

/// Whether limits are judged before rounding.
pub(super) fn is_full_value(standard: &Standard) -> bool {
    standard.rounding.limit == Default::default()
}

/// 80 %.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1e4).round() / 1e2)
}

/// The indicators.
pub(super) fn tree(asking: &Asking, edition: &SystemEdition, executable: &Executable) -> Markup {
    let lang = asking.lang;
    let standard = &executable.standard;
    html! {
        section.section #indicators {
            header.section-head {
                h2 { (t!(lang, "system-indicators")) }
                p.section-note { (t!(lang, "system-indicators-note", count = standard.nodes.len())) }
            }
            div.table-frame.wide tabindex="0" role="region" aria-labelledby="indicators-caption" { table.table.compact.indicators {
                caption.visually-hidden #indicators-caption { (t!(lang, "system-indicators")) }
                thead { tr {
                    th.title.first scope="col" { (t!(lang, "system-indicator")) }
                    th.number scope="col" { (t!(lang, "system-weight")) }
                    th scope="col" { (t!(lang, "system-clause-column")) }
                    th.wrap.more scope="col" { (t!(lang, "system-formula")) }
                    th.wrap.more scope="col" { (t!(lang, "system-scoring")) }
                    th.more scope="col" { (t!(lang, "system-missing")) }
                    th.wrap.more scope="col" { (t!(lang, "system-evidence")) }
                } }
                tbody { @for rule in &standard.nodes {
                    tr {
                        th scope="row" class={ "title level-" (rule.level.min(4)) } { span.code { (rule.code) } " " (mixed(lang, &rule.name)) }
                        td.number { @if let Some(weight) = &rule.weight { (weight.brief(6)) } @else { "—" } }
                        td { (clause(asking, edition, executable, &rule.place.clause)) }
                        td.wrap.more { @if rule.children.is_empty() { (formula(lang, rule)) } }
                        td.wrap.more lang="zh-Hans" { @if let Some(scoring) = &rule.scoring { (scoring.text) } }
                        td.more { @if rule.children.is_empty() { (missing(lang, rule.missing)) } }
                        td.wrap.more lang="zh-Hans" { @if let Some(evidence) = &rule.evidence { (evidence.text) } }
                    }
                } }
            } }
        }
    }
}

fn formula(lang: Lang, rule: &NodeRule) -> Markup {
    let unit = rule.unit.text();
    html! {
        @match rule.formula.as_ref().filter(|written| !written.formula.is_reported()) {
            Some(written) => span lang="zh-Hans" { (written.text) },
            None => (t!(lang, "system-reported")),
        }
        @if !unit.is_empty() { " " span.muted { "[" (mixed(lang, unit)) "]" } }
    }
}

fn missing(lang: Lang, missing: Missing) -> String {
    match missing {
        Missing::Fail => t!(lang, "system-missing-fail"),
        Missing::Zero => t!(lang, "system-missing-zero"),
        Missing::Drop => t!(lang, "system-missing-drop"),
    }
}
