//! The items of an assessment as they were handed over, and what an assessor finds of each.

use super::{
    filling::{asked, shown},
    path,
    show::View,
};
use crate::components::{
    field::{Weight, button, once},
    words::mixed,
};
use indicator::NodeRule;
use language::{Lang, t};
use maud::{Markup, html};
use platform::assessment::{decide::items as codes, event::Item, state::Stage};

/// What stands before the code of an item in a form.
pub(super) const FOUND: &str = "item.";
/// What stands before it for the reason.
pub(super) const REASON: &str = "reason.";

/// Every item with its figures; for an assessor, to be accepted or refused.
pub(super) fn items(view: &View<'_>) -> Markup {
    let (lang, one) = (view.asking.lang, view.one);
    let standard = &view.executable.standard;
    let open = view.assessor && one.stage == Stage::Verifying;
    let rules: Vec<&NodeRule> = codes(standard)
        .filter_map(|code| standard.nodes.get(standard.node(code)?))
        .collect();
    let table = html! {
        table.table.compact.items {
            caption.visually-hidden { (t!(lang, "assessment-items")) }
            thead { tr {
                th.title scope="col" { (t!(lang, "system-indicator")) }
                th.wrap scope="col" { (t!(lang, "assessment-given")) }
                th.wrap scope="col" { (t!(lang, "assessment-found")) }
            } }
            tbody { @for rule in &rules {
                tr {
                    th.title scope="row" { span.code { (rule.code) } " " (mixed(lang, &rule.name))
                        @if let Some(evidence) = &rule.evidence { " " small.muted { (mixed(lang, &evidence.text)) } }
                    }
                    td.wrap { (figures(view, rule)) }
                    td.wrap { @if open { (choice(lang, rule, one.items.get(&rule.code))) } @else { (found(lang, one.items.get(&rule.code))) } }
                }
            } }
        }
    };
    html! {
        section.section #items {
            header.section-head { h2 { (t!(lang, "assessment-items")) } }
            @if open {
                p.hint { (t!(lang, "assessment-items-hint")) }
                form method="post" action=(lang.path(&format!("{}/items", path(&one.id)))) data-guard="" {
                    (once())
                    div.table-frame { (table) }
                    div.button-row { (button(Weight::Primary, &t!(lang, "assessment-verify"))) }
                }
            } @else { div.table-frame { (table) } }
        }
    }
}

/// What is given for an item, by name where that is not its code.
fn figures(view: &View<'_>, rule: &NodeRule) -> Markup {
    let lang = view.asking.lang;
    let standard = &view.executable.standard;
    let given: Vec<(String, String)> = asked(standard, &view.one.inputs)
        .into_iter()
        .filter(|field| {
            field
                .node
                .and_then(|node| standard.nodes.get(node))
                .is_some_and(|of| of.code == rule.code)
        })
        .map(|field| (shown(&view.one.inputs, &field.name), field.name))
        .filter(|(value, _)| !value.is_empty())
        .collect();
    html! {
        @if given.is_empty() { span.muted { (t!(lang, "system-not-given")) } }
        @for (value, name) in given {
            div { @if name != rule.code { (mixed(lang, &name)) " = " } strong { (mixed(lang, &value)) } }
        }
    }
}

fn choice(lang: Lang, rule: &NodeRule, item: Option<&Item>) -> Markup {
    let (found, reason) = (format!("{FOUND}{}", rule.code), format!("{REASON}{}", rule.code));
    let is = |accepted: bool| item.is_some_and(|item| item.accepted == accepted);
    html! {
        label.check { input type="radio" name=(found) value="true" checked[is(true)]; span { (t!(lang, "assessment-accept")) } }
        label.check { input type="radio" name=(found) value="false" checked[is(false)]; span { (t!(lang, "assessment-refuse")) } }
        input.input name=(reason) type="text" aria-label=(t!(lang, "assessment-reason")) placeholder=(t!(lang, "assessment-reason"))
            value=(item.map_or("", |item| item.reason.as_str()));
    }
}

fn found(lang: Lang, item: Option<&Item>) -> Markup {
    html! {
        @match item {
            None => span.muted { "—" },
            Some(item) => {
                @if item.accepted { (t!(lang, "assessment-accepted")) } @else { strong { (t!(lang, "assessment-refused")) } }
                @if !item.reason.is_empty() { " " span.muted { (mixed(lang, &item.reason)) } }
            },
        }
    }
}
