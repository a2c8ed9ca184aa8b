//! Why the grade is another, or the same: what the better one asks for, with the values that were found, and the clause.

use super::Shown;
use crate::{components::words::mixed, pages::system::rules::is_full_value};
use indicator::{Note, Ran, Trial, Verdict};
use language::t;
use maud::{Markup, html};

/// The reasons.
pub(super) fn why(shown: &Shown<'_>, trial: &Trial) -> Markup {
    let lang = shown.asking.lang;
    if !shown.standard().judges() {
        return html! {};
    }
    let (before, after) = (grade(&trial.before), grade(&trial.after));
    if before == after {
        return html! { div.notice #why { p { (mixed(lang, &t!(lang, "system-grade-stays", grade = after))) } } };
    }
    // The better grade is told where it is missed; the other where it is given.
    let (missed_in, better) = if rank(&trial.after) > rank(&trial.before) {
        (&trial.after, before)
    } else {
        (&trial.before, after)
    };
    html! {
        div.notice.soon #why {
            p { strong { (mixed(lang, &t!(lang, "system-grade-changes", before = before, after = after))) } }
            @if std::ptr::eq(missed_in, &raw const trial.before) { p { (t!(lang, "system-before-lacked")) } }
            ul {
                @for verdict in missed_in.verdicts.iter().filter(|verdict| !verdict.holds()) {
                    @if verdict.gate { (gate(shown, verdict)) }
                    @else if verdict.grade == better { (lost(shown, missed_in, verdict)) }
                }
                (coverage(shown, missed_in))
                (given(shown, missed_in))
            }
        }
    }
}

fn grade(ran: &Ran) -> &str {
    ran.result.grade.as_deref().unwrap_or("—")
}

/// The place of a grade among the grades; behind them all where there is none.
fn rank(ran: &Ran) -> usize {
    let grades: Vec<&Verdict> = ran.verdicts.iter().filter(|verdict| !verdict.gate).collect();
    grades
        .iter()
        .position(|verdict| verdict.grade == grade(ran))
        .unwrap_or(grades.len())
}

/// What the better grade asks for and what was found instead.
fn lost(shown: &Shown<'_>, ran: &Ran, verdict: &Verdict) -> Markup {
    let lang = shown.asking.lang;
    let rounded = ran.result.notes.iter().find_map(|note| match note {
        Note::FullValueDecides { grade, rounded, .. } if *grade == verdict.grade => Some(rounded.as_str()),
        _ => None,
    });
    html! {
        @for demand in verdict.demands.iter().filter(|demand| demand.holds != Some(true)) {
            li {
                (mixed(lang, &t!(lang, "system-demand-fails", grade = verdict.grade.as_str(), condition = demand.condition.as_str()))) " "
                strong.figure { (mixed(lang, &demand.said)) } " " (shown.clause(&verdict.clause))
            }
        }
        @if let Some(rounded) = rounded.filter(|_| is_full_value(shown.standard())) {
            li { (mixed(lang, &t!(lang, "system-full-value", rounded = rounded))) " " (shown.clause(&verdict.clause)) }
        }
    }
}

fn gate(shown: &Shown<'_>, verdict: &Verdict) -> Markup {
    let lang = shown.asking.lang;
    html! {
        @for demand in verdict.demands.iter().filter(|demand| demand.holds != Some(true)) {
            li {
                (mixed(lang, &t!(lang, "system-gate-fails", condition = demand.condition.as_str(), otherwise = verdict.grade.as_str()))) " "
                strong.figure { (mixed(lang, &demand.said)) } " " (shown.clause(&verdict.clause))
            }
        }
    }
}

/// That too little of the weight is covered.
fn coverage(shown: &Shown<'_>, ran: &Ran) -> Markup {
    let lang = shown.asking.lang;
    html! {
        @for note in ran.result.notes.iter().filter(|note| matches!(note, Note::Coverage { .. } | Note::Failed { .. })) {
            li { (mixed(lang, &note.said(lang))) }
        }
    }
}

/// Why the grade that is given is given.
fn given(shown: &Shown<'_>, ran: &Ran) -> Markup {
    let lang = shown.asking.lang;
    let found = ran
        .verdicts
        .iter()
        .find(|verdict| !verdict.gate && verdict.grade == grade(ran));
    html! {
        @if let Some(verdict) = found {
            @for demand in &verdict.demands {
                li {
                    (mixed(lang, &t!(lang, "system-demand-holds", grade = verdict.grade.as_str(), condition = demand.condition.as_str()))) " "
                    span.figure { (mixed(lang, &demand.said)) } " " (shown.clause(&verdict.clause))
                }
            }
        }
    }
}
