//! What a trial gives: the results beside one another, what changed and what did not, and the derivation.

use super::{Shown, why};
use crate::components::words::mixed;
use indicator::{Explanation, Number, Points, Ran, Trial, UnitResult};
use language::{Join, Lang, list, t};
use maud::{Markup, html};
use platform::system::run::Tried;

/// Digits of a number of points.
const DIGITS: usize = 7;

/// The results: of the example, and beside it of what is given now.
pub(super) fn outcome(shown: &Shown<'_>, tried: &Tried) -> Markup {
    let lang = shown.asking.lang;
    let trial = &tried.trial;
    let edited = !trial.edited.is_empty();
    html! {
        (compared(shown, trial, edited))
        @if edited {
            (why::why(shown, trial))
            (changes(shown, trial))
        } @else {
            p.hint { (t!(lang, "system-nothing-changed")) }
        }
    }
}

/// Rows of results: what, before, after.
fn compared(shown: &Shown<'_>, trial: &Trial, edited: bool) -> Markup {
    let lang = shown.asking.lang;
    let rows = results(shown, trial);
    let example = shown.standard().examples.get(shown.example);
    html! {
        table.table.compared {
            caption.visually-hidden { (t!(lang, "system-results")) }
            thead { tr {
                th scope="col" { (t!(lang, "system-results")) }
                th scope="col" { (t!(lang, "system-example")) @if let Some(example) = example { " " span.muted { (mixed(lang, &example.name)) } } }
                @if edited { th scope="col" { (t!(lang, "system-yours")) } }
            } }
            tbody { @for (name, before, after) in rows {
                tr.is-changed[edited && before != after] {
                    th scope="row" { (mixed(lang, &name)) }
                    td { (mixed(lang, &before)) }
                    @if edited { td { strong { (mixed(lang, &after)) } } }
                }
            } }
        }
    }
}

fn results(shown: &Shown<'_>, trial: &Trial) -> Vec<(String, String, String)> {
    let lang = shown.asking.lang;
    let standard = shown.standard();
    let both = |of: &dyn Fn(&UnitResult) -> Option<String>| {
        let one = |ran: &Ran| of(&ran.result).unwrap_or_else(|| "—".to_owned());
        (one(&trial.before), one(&trial.after))
    };
    let row = |name: String, (before, after): (String, String)| (name, before, after);
    if !standard.has_total() {
        return standard
            .nodes
            .iter()
            .enumerate()
            .map(|(at, rule)| {
                let of = |result: &UnitResult| {
                    let node = result.nodes.get(at)?;
                    node.computed
                        .value
                        .absence()
                        .is_none()
                        .then(|| node.computed.value.shown(&rule.unit))
                };
                row(format!("{} {}", rule.code, rule.name), both(&of))
            })
            .collect();
    }
    let places = standard.rounding.total.as_ref().map(|interval| interval.places());
    let mut rows = vec![
        row(
            t!(lang, "system-total"),
            both(&|result| {
                let rounded = result.rounded.as_ref()?;
                Some(places.map_or_else(|| rounded.brief(DIGITS), |places| rounded.with_places(places)))
            }),
        ),
        row(
            t!(lang, "system-total-exact"),
            both(&|result| Some(result.total.as_ref()?.brief(9))),
        ),
        row(
            t!(lang, "system-coverage"),
            both(&|result| percent(result.coverage.as_ref()?)),
        ),
    ];
    if standard.judges() {
        rows.push(row(t!(lang, "system-grade"), both(&|result| result.grade.clone())));
    }
    rows
}

/// `94 %`.
pub(crate) fn percent(share: &Number) -> Option<String> {
    Some(format!("{} %", share.times(&Number::from(100)).ok()?.brief(6)))
}

/// What differs indicator by indicator, and that nothing else can.
fn changes(shown: &Shown<'_>, trial: &Trial) -> Markup {
    let lang = shown.asking.lang;
    let standard = shown.standard();
    let names: Vec<String> = trial.edited.iter().map(|name| shown.name(name)).collect();
    let scored = standard.has_total();
    html! {
        p #reach {
            (mixed(lang, &t!(lang, "system-reach", names = list(lang, &names, Join::And), reach = trial.reach.len(),
                changed = trial.changed.len(), rest = standard.nodes.len() - trial.reach.len())))
        }
        @if !trial.changed.is_empty() {
            table.table.compact #changed {
                caption.visually-hidden { (t!(lang, "system-changed")) }
                thead { tr {
                    th.title scope="col" { (t!(lang, "system-changed")) }
                    th.number scope="col" { (t!(lang, "system-before")) }
                    th.number scope="col" { (t!(lang, "system-after")) }
                    @if scored { th.number.more scope="col" { (t!(lang, "system-effect")) } }
                } }
                tbody { @for at in &trial.changed {
                    @if let Some(rule) = standard.nodes.get(*at) {
                        @let told = |ran: &Ran| figure(shown, ran, *at);
                        tr {
                            th scope="row" class={ "title level-" (rule.level.min(4)) } { span.code { (rule.code) } " " (mixed(lang, &rule.name)) " " (shown.clause(&rule.place.clause)) }
                            td.number { (told(&trial.before)) }
                            td.number { (told(&trial.after)) }
                            @if scored { td.number.more { (effect(trial, *at)) } }
                        }
                    }
                } }
            }
        }
        @if !trial.reweighted.is_empty() {
            p.hint { (mixed(lang, &t!(lang, "system-reweighted", names = trial.reweighted.iter().filter_map(|at| standard.nodes.get(*at)).map(|rule| rule.code.as_str()).collect::<Vec<_>>().join(", ")))) }
        }
    }
}

/// The points of an indicator; of an account its value.
fn figure(shown: &Shown<'_>, ran: &Ran, at: usize) -> String {
    let (Some(node), Some(rule)) = (ran.result.nodes.get(at), shown.standard().nodes.get(at)) else {
        return "—".to_owned();
    };
    match node.points.as_ref() {
        Some(points) => points
            .number()
            .map_or_else(|| "—".to_owned(), |points| points.brief(DIGITS)),
        None => node.computed.value.shown(&rule.unit),
    }
}

/// What the change of an indicator's points does to the total.
fn effect(trial: &Trial, at: usize) -> String {
    let worth = |ran: &Ran| {
        let node = ran.result.nodes.get(at)?;
        node.points
            .as_ref()
            .and_then(Points::number)?
            .times(node.weight.as_ref()?)
            .ok()
    };
    let difference = || worth(&trial.after)?.minus(&worth(&trial.before)?).ok();
    match difference() {
        Some(difference) if difference.is_negative() => format!("−{}", difference.abs().brief(4)),
        Some(difference) => format!("+{}", difference.brief(4)),
        None => "—".to_owned(),
    }
}

/// A derivation, every step of it to be unfolded.
pub(crate) fn derivation(lang: Lang, explanations: &[Explanation]) -> Markup {
    html! {
        ul.derivation {
            @for one in explanations {
                li {
                    @if one.parts.is_empty() { p { (mixed(lang, &one.sentence)) } }
                    @else {
                        details open[one.weight.is_none()] {
                            summary { (mixed(lang, &one.sentence)) }
                            (derivation(lang, &one.parts))
                        }
                    }
                }
            }
        }
    }
}
