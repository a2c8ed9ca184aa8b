//! The forms of a proposal's page: each stands there only for whoever can send it.

use super::{
    names::said,
    path,
    show::{Seen, View, can_answer, is_over},
};
use crate::{
    Asking, Web,
    components::field::{Control, Faults, Field, Weight, button, once},
    problem::tell_refusal,
};
use jiff::ToSpan;
use language::{Join, Lang, t};
use maud::{Markup, html};
use platform::{
    proposal::{
        event::{Approver, Position},
        state::Stand,
    },
    refusal::Refusal,
    rights::Action,
};

/// Days that bodies are given to answer, where nobody says otherwise.
const DAYS_TO_ANSWER: i64 = 30;

/// Whether the reader can do anything with it.
pub(super) fn any(asking: &Asking, web: &Web, view: &View, seen: &Seen) -> bool {
    !is_over(view.shell.state)
        && !asking.is_past()
        && (asking.can(web, Action::AskOpinion)
            || withdraws(asking, web, seen)
            || !can_answer(asking, web, seen).is_empty())
}

/// Whether the reader belongs to the proposing body, or keeps the list.
fn withdraws(asking: &Asking, web: &Web, seen: &Seen) -> bool {
    asking.can(web, Action::OpenProposal)
        && (asking.can(web, Action::PutIntoEffect)
            || asking
                .actor()
                .is_some_and(|a| a.grants.iter().any(|g| g.organization == seen.whole.by)))
}

/// Whether the reader could word it anew: what a ministry has approved stays as it is.
pub(super) fn edits(asking: &Asking, web: &Web, view: &View, seen: &Seen) -> bool {
    !is_over(view.shell.state) && !asking.is_past() && seen.whole.approvals.is_empty() && withdraws(asking, web, seen)
}

/// All forms that fit the state and the reader.
pub(super) fn acts(asking: &Asking, web: &Web, view: &View, seen: &Seen) -> Markup {
    if !any(asking, web, view, seen) {
        return html! {};
    }
    let lang = asking.lang;
    let state = view.shell.state;
    let asks = asking.can(web, Action::AskOpinion);
    let answers = if state == Stand::Opinions {
        can_answer(asking, web, seen)
    } else {
        Vec::new()
    };
    html! {
        section.section.no-print #acts {
            header.section-head { h2 { (t!(lang, "change-acts")) } }
            @if asks && state == Stand::Draft {
                (form(asking, view, "publish", html! { p.hint { (t!(lang, "change-publish-hint")) } }, Weight::Primary, &t!(lang, "change-publish")))
            }
            @if !answers.is_empty() { (opine(asking, view, &answers)) }
            @if asks { (ask(asking, web, view, seen)) }
            @if asks && state == Stand::Opinions {
                (form(asking, view, "close", html! { p.hint { (t!(lang, "change-close-hint")) } }, Weight::Plain, &t!(lang, "change-close")))
            }
            @if asking.can(web, Action::RecordApproval) && !seen.missing().is_empty() { (approve(asking, view, seen)) }
            @if asking.can(web, Action::PutIntoEffect) { (effect(asking, view, seen)) }
            @if withdraws(asking, web, seen) { (withdraw(asking, view)) }
        }
    }
}

/// A form of the page, with the version that its reader saw.
fn form(asking: &Asking, view: &View, act: &str, fields: Markup, weight: Weight, verb: &str) -> Markup {
    let version = view.shell.whole.as_ref().map_or(0, |w| w.version.0);
    html! {
        form.section #(act) method="post" action=(asking.lang.path(&format!("{}/{act}", path(&view.shell.id)))) {
            (once())
            input type="hidden" name="seen" value=(version);
            (fields)
            (button(weight, verb))
        }
    }
}

fn ask(asking: &Asking, web: &Web, view: &View, seen: &Seen) -> Markup {
    let lang = asking.lang;
    let places = seen.affected.iter().filter(|a| a.asked.is_empty());
    let guiding = seen
        .guiding
        .iter()
        .filter(|g| !g.asked)
        .map(|g| g.organization.as_str());
    let to_ask: Vec<&str> = places
        .filter_map(|a| view.names.commerce_of(&a.place))
        .map(|body| body.id.as_str())
        .chain(guiding)
        .collect();
    let day = asking.reader.today.saturating_add(DAYS_TO_ANSWER.days());
    // Nobody answers on a day off: the proposed day is the next one that is worked.
    let until = web
        .platform
        .calendar()
        .workday_from(day)
        .map_or(day, |reached| reached.date);
    let fields = html! {
        h3 { (t!(lang, "change-ask")) }
        fieldset.field #organizations {
            legend { (t!(lang, "change-ask-bodies")) }
            // A letter to nine bodies cannot be called back: whoever sends it says to whom.
            p.hint { (t!(lang, "change-ask-choose", count = to_ask.len())) }
            @for body in &to_ask {
                label.check { input type="checkbox" name=(format!("body.{body}")) value="1"; span { (view.names.body(lang, body)) } }
            }
        }
        (Field::new("until", t!(lang, "change-ask-until")).control(Control::Input("date")).width("w-date").value(until.to_string()).draw(lang, &Faults::default()))
    };
    html! { @if !to_ask.is_empty() { (form(asking, view, "ask", fields, Weight::Plain, &t!(lang, "change-ask-go"))) } }
}

fn opine(asking: &Asking, view: &View, bodies: &[String]) -> Markup {
    let lang = asking.lang;
    let none = Faults::default();
    let bodies: Vec<(String, String)> = bodies
        .iter()
        .map(|id| (id.clone(), view.names.body_text(lang, id)))
        .collect();
    let positions = Position::ALL
        .iter()
        .map(|p| (p.id().to_owned(), said(lang, "change-position", p.id())))
        .collect();
    let fields = html! {
        h3 { (t!(lang, "change-opine")) }
        (Field::new("organization", t!(lang, "change-opine-for")).control(Control::Choose(bodies)).draw(lang, &none))
        (Field::new("position", t!(lang, "change-opine-position")).control(Control::Choose(positions)).draw(lang, &none))
        (Field::new("text", t!(lang, "change-opine-text")).hint(t!(lang, "change-opine-text-hint")).control(Control::Lines(4)).optional().draw(lang, &none))
    };
    form(
        asking,
        view,
        "opinion",
        fields,
        Weight::Primary,
        &t!(lang, "change-opine-go"),
    )
}

fn approve(asking: &Asking, view: &View, seen: &Seen) -> Markup {
    let lang = asking.lang;
    let none = Faults::default();
    let ministries = seen
        .missing()
        .iter()
        .map(|a: &Approver| (a.id().to_owned(), view.names.body_text(lang, a.id())))
        .collect();
    let fields = html! {
        h3 { (t!(lang, "change-approve")) }
        (Field::new("ministry", t!(lang, "change-approve-who")).control(Control::Choose(ministries)).draw(lang, &none))
        (Field::new("number", t!(lang, "change-approval-number")).width("w-code").draw(lang, &none))
        (Field::new("date", t!(lang, "change-approval-date")).control(Control::Input("date")).width("w-date").draw(lang, &none))
    };
    form(
        asking,
        view,
        "approval",
        fields,
        Weight::Plain,
        &t!(lang, "change-approve-go"),
    )
}

/// Where something is missing, what it is and who mends it stand instead of a button that could only be refused.
fn effect(asking: &Asking, view: &View, seen: &Seen) -> Markup {
    let lang = asking.lang;
    if seen.difference.is_none() || !seen.obstacles.is_empty() {
        return html! {
            section.section #effect {
                h3 { (t!(lang, "change-effect")) }
                p { (t!(lang, "change-effect-not-yet", lacks = lacks(lang, view, seen))) " " a href="#obstacles" { (t!(lang, "change-obstacles")) } }
            }
        };
    }
    let fields = html! {
        h3 { (t!(lang, "change-effect")) }
        (Field::new("on", t!(lang, "change-effect-on")).control(Control::Input("date")).width("w-date").value(asking.reader.today.to_string()).draw(lang, &Faults::default()))
    };
    form(
        asking,
        view,
        "effect",
        fields,
        Weight::Official,
        &t!(lang, "change-effect-go"),
    )
}

/// What is missing, each in a few words.
fn lacks(lang: Lang, view: &View, seen: &Seen) -> String {
    let ministries = |refusal: &Refusal| {
        let missing = |approver: &&Approver| refusal.with.contains(&(approver.id(), "missing".to_owned()));
        let names: Vec<String> = Approver::ALL
            .iter()
            .filter(missing)
            .map(|approver| view.names.body_text(lang, approver.id()))
            .collect();
        language::list(lang, &names, Join::And)
    };
    let value = |refusal: &Refusal, name: &str| {
        let found = refusal.with.iter().find(|(known, _)| *known == name);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    let unfit = seen.difference.is_none().then(|| t!(lang, "change-lacks-fit"));
    let obstacles = seen.obstacles.iter().map(|refusal| match refusal.rule {
        "list/approval_missing" => t!(lang, "change-lacks-approval", who = ministries(refusal)),
        "list/opinions_not_asked" => t!(lang, "change-lacks-asking", count = value(refusal, "count")),
        "list/opinions_running" => t!(lang, "change-lacks-answers", until = value(refusal, "until")),
        _ => tell_refusal(lang, refusal).what,
    });
    language::list(lang, &unfit.into_iter().chain(obstacles).collect::<Vec<_>>(), Join::And)
}

fn withdraw(asking: &Asking, view: &View) -> Markup {
    let lang = asking.lang;
    let fields = html! {
        h3 { (t!(lang, "change-withdraw")) }
        (Field::new("reason", t!(lang, "change-withdraw-reason")).control(Control::Lines(2)).draw(lang, &Faults::default()))
    };
    form(
        asking,
        view,
        "withdraw",
        fields,
        Weight::Quiet,
        &t!(lang, "change-withdraw-go"),
    )
}
