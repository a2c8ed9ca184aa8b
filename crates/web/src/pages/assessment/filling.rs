//! What an organisation fills in, and the evidence that it attaches.

use super::{path, show::View};
use crate::{
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::{foreign, mixed},
    },
    pages::file,
};
use indicator::{Field as Asked, Standard, TRUTHS, Wants, fields, same_word};
use language::{Lang, t};
use maud::{Markup, html};
use platform::assessment::{
    decide::items,
    event::{Evidence, Inputs},
    state::Stage,
};

/// What stands before the name of an input in a form.
pub(super) const INPUT: &str = "in.";

/// What is asked, in the way of the worked example, and whatever else is given.
pub(super) fn asked(standard: &Standard, inputs: &Inputs) -> Vec<Asked> {
    let mut all = fields(standard, standard.examples.first());
    let freely = fields(standard, None);
    let more = freely.into_iter().filter(|field| inputs.contains_key(&field.name));
    for field in more {
        if !all.iter().any(|known| known.name == field.name) {
            all.push(field);
        }
    }
    all
}

/// A figure as it stands in a form.
pub(super) fn shown(inputs: &Inputs, name: &str) -> String {
    let value = inputs.get(name).and_then(indicator::Given::of_json);
    value.map(|given| given.shown()).unwrap_or_default()
}

/// The form, the workbook beside it.
pub(super) fn form(view: &View<'_>, inputs: &Inputs) -> Markup {
    let (asking, lang, one) = (view.asking, view.asking.lang, view.one);
    let standard = &view.executable.standard;
    html! {
        section.section #figures {
            header.section-head {
                h2 { (t!(lang, "assessment-figures")) }
                p.section-note { a href=(asking.link(&format!("{}/workbook.xlsx", path(&one.id)))) { (t!(lang, "assessment-workbook-down")) } }
            }
            form.trial method="post" action=(lang.path(&format!("{}/inputs", path(&one.id)))) data-guard="" {
                (once())
                ol.trial-fields { @for (at, asked) in asked(standard, inputs).iter().enumerate() { (field(lang, standard, at, asked, inputs)) } }
                div.button-row { (button(Weight::Primary, &t!(lang, "assessment-save"))) }
            }
            form method="post" action=(lang.path(&format!("{}/workbook", path(&one.id)))) enctype="multipart/form-data" {
                (Field::new("file", t!(lang, "assessment-workbook-up")).hint(t!(lang, "assessment-workbook-hint")).control(Control::File(".xlsx")).draw(lang, &Faults::default()))
                (button(Weight::Plain, &t!(lang, "assessment-workbook-look")))
            }
        }
    }
}

fn field(lang: Lang, standard: &Standard, at: usize, asked: &Asked, inputs: &Inputs) -> Markup {
    let (id, name, now) = (
        format!("in-{at}"),
        format!("{INPUT}{}", asked.name),
        shown(inputs, &asked.name),
    );
    let of_node = asked.node.and_then(|node| standard.nodes.get(node));
    let itself = of_node.filter(|rule| rule.code == asked.name);
    let choices = |words: &[String]| {
        html! {
            select.input #(id) name=(name) {
                option value="" selected[now.is_empty()] { (t!(lang, "system-not-given")) }
                @for word in words { option value=(word) lang=[foreign(lang, word)] selected[same_word(word, &now)] { (word) } }
            }
        }
    };
    html! {
        li {
            label for=(id) {
                @match (itself, of_node) {
                    (Some(rule), _) => { span.code { (rule.code) } " " (mixed(lang, &rule.name)) },
                    (None, Some(rule)) => { span.code { (rule.code) } " " (mixed(lang, &asked.name)) },
                    (None, None) => (mixed(lang, &asked.name)),
                }
                @if let Some(evidence) = of_node.and_then(|rule| rule.evidence.as_ref()) { " " small.muted { (mixed(lang, &evidence.text)) } }
            }
            div.trial-control {
                @match &asked.wants {
                    Wants::Word(words) if !words.is_empty() => (choices(words)),
                    Wants::Truth => (choices(&TRUTHS.map(str::to_owned))),
                    _ => { input.input #(id) name=(name) type="text" autocomplete="off" lang=[foreign(lang, &now)] value=(now) placeholder=(t!(lang, "system-not-given")); },
                }
                @if !asked.unit.is_empty() { span.unit { (mixed(lang, &asked.unit)) } }
            }
        }
    }
}

/// What shows the figures, and the form for more.
pub(super) fn evidence(view: &View<'_>) -> Markup {
    let (lang, one) = (view.asking.lang, view.one);
    let standard = &view.executable.standard;
    let may_attach = one.stage == Stage::Filling && view.own;
    let choices: Vec<(String, String)> = items(standard)
        .filter_map(|code| standard.nodes.get(standard.node(code)?))
        .map(|rule| (rule.code.clone(), format!("{} {}", rule.code, rule.name)))
        .collect();
    let none = Faults::default();
    html! {
        section.section #evidence {
            header.section-head { h2 { (t!(lang, "system-evidence")) } }
            @if one.evidence.is_empty() { p.muted { (t!(lang, "assessment-no-evidence")) } }
            @else { ul.lines { @for (number, evidence) in &one.evidence { (line(view, *number, evidence, may_attach)) } } }
            @if may_attach {
                details.disclosure { summary { (t!(lang, "assessment-attach")) }
                    form method="post" action=(lang.path(&format!("{}/evidence", path(&one.id)))) enctype="multipart/form-data" data-guard="" {
                        (once())
                        (Field::new("node", t!(lang, "system-indicator")).control(Control::Choose(choices)).draw(lang, &none))
                        (Field::new("kind", t!(lang, "assessment-evidence-kind")).hint(t!(lang, "assessment-evidence-kind-hint")).draw(lang, &none))
                        (Field::new("file", t!(lang, "assessment-evidence-file")).control(Control::File("")).draw(lang, &none))
                        (Field::new("dated", t!(lang, "assessment-evidence-dated")).control(Control::Input("date")).width("w-date").draw(lang, &none))
                        (Field::new("valid_until", t!(lang, "assessment-evidence-until")).control(Control::Input("date")).width("w-date").optional().draw(lang, &none))
                        (Field::new("sampling", t!(lang, "assessment-evidence-sampling")).control(Control::Lines(2)).width("w-full").optional().draw(lang, &none))
                        (button(Weight::Plain, &t!(lang, "assessment-attach")))
                    }
                }
            }
        }
    }
}

fn line(view: &View<'_>, number: u32, evidence: &Evidence, may_remove: bool) -> Markup {
    let (lang, one) = (view.asking.lang, view.one);
    let link = lang.path(&format!("{}/files/{}", path(&one.id), evidence.file.sha256));
    html! {
        li {
            span.when { span.code { (evidence.node) } }
            div {
                a href=(link) download="" { (mixed(lang, evidence.file.shown())) } " " (mixed(lang, &evidence.kind))
                p.muted {
                    (t!(lang, "assessment-evidence-dated")) " " (language::date(lang, evidence.dated))
                    @if let Some(day) = evidence.valid_until { " · " (t!(lang, "assessment-evidence-until")) " " (language::date(lang, day)) }
                    @if !evidence.sampling.is_empty() { " · " (mixed(lang, &evidence.sampling)) }
                    " · " (file::about(lang, &evidence.file)) " · " code.hash title=(evidence.file.sha256) { (evidence.file.sha256.chars().take(12).collect::<String>()) }
                }
                @if may_remove {
                    form method="post" action=(lang.path(&format!("{}/actions/remove", path(&one.id)))) {
                        (once())
                        input type="hidden" name="number" value=(number);
                        button.button.small.quiet type="submit" { (t!(lang, "assessment-evidence-remove")) }
                    }
                }
            }
        }
    }
}
