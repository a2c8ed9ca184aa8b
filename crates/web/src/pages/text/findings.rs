//! What is wrong with a text, in words: how many of each weight, and each with its place and how to mend it.

use crate::components::words::mixed;
use document::finding::{Finding, Severity};
use language::{Lang, t};
use maud::{Markup, html};
use platform::text::{event::Found, reading::Reading};

/// So many findings of a weight are listed; the program that checks lists them all.
const SHOWN: usize = 100;

/// How many of each weight; nothing to object is said.
pub(crate) fn tally(lang: Lang, found: Found) -> Markup {
    let parts: Vec<String> = [
        (found.errors, t!(lang, "text-errors", count = found.errors)),
        (found.warnings, t!(lang, "text-warnings", count = found.warnings)),
        (found.infos, t!(lang, "text-infos", count = found.infos)),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(_, words)| words)
    .collect();
    html! {
        @if parts.is_empty() { (t!(lang, "text-clean")) } @else { (parts.join(if lang == Lang::Zh { "，" } else { ", " })) }
    }
}

/// How many findings of each weight a text has now.
pub(crate) fn found(reading: &Reading) -> Found {
    let count = |severity: Severity| {
        let of_weight = reading
            .findings
            .iter()
            .filter(|(finding, _)| finding.severity == severity);
        u32::try_from(of_weight.count()).unwrap_or(u32::MAX)
    };
    Found {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
    }
}

/// All of them, the gravest first; each leads to its place in the text on this page.
pub(crate) fn list(lang: Lang, reading: &Reading) -> Markup {
    let weights = [
        (
            Severity::Error,
            t!(lang, "text-weight-error"),
            t!(lang, "text-weight-error-means"),
        ),
        (
            Severity::Warning,
            t!(lang, "text-weight-warning"),
            t!(lang, "text-weight-warning-means"),
        ),
        (
            Severity::Info,
            t!(lang, "text-weight-info"),
            t!(lang, "text-weight-info-means"),
        ),
    ];
    html! {
        @for (weight, name, means) in &weights {
            @let of_weight: Vec<&(Finding, String)> = reading.findings.iter().filter(|(f, _)| f.severity == *weight).collect();
            @if !of_weight.is_empty() {
                div class={ "findings " (class(*weight)) } {
                    h3 { (name) " " (of_weight.len()) }
                    p.hint { (means) }
                    ul {
                        @for (finding, anchor) in of_weight.iter().take(SHOWN) { (one(lang, finding, anchor)) }
                    }
                    @if of_weight.len() > SHOWN { p.muted { (t!(lang, "text-findings-more", count = of_weight.len() - SHOWN)) } }
                }
            }
        }
    }
}

fn one(lang: Lang, finding: &Finding, anchor: &str) -> Markup {
    let place = if finding.clause.is_empty() {
        t!(lang, "text-line", line = finding.span.start.line.max(1))
    } else {
        t!(lang, "text-clause", clause = finding.clause.as_str())
    };
    html! {
        li {
            a href={ "#" (anchor) } { (mixed(lang, &place)) } " " (mixed(lang, &finding.message.text(lang)))
            " " span.rule { (finding.rule) }
        }
    }
}

fn class(weight: Severity) -> &'static str {
    match weight {
        Severity::Error => "errors",
        Severity::Warning => "warnings",
        Severity::Info => "infos",
    }
}
