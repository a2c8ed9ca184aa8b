//! The form of a trial.

use super::{INPUT, Shown};
use crate::{
    components::{
        field::{Weight, button},
        words::{foreign, mixed},
    },
    links::TIME,
    pages::system::path,
};
use indicator::{Example, Finding, TRUTHS, Wants, canonical_name, same_word};
use language::{Join, Lang, list, t};
use maud::{Markup, html};

/// The form, filled as the address says, else as the example is.
pub(super) fn form(shown: &Shown<'_>, wrong: Option<&Vec<Finding>>) -> Markup {
    let lang = shown.asking.lang;
    let edited = shown.filled.iter().any(super::Filled::is_edited);
    html! {
        form.trial method="get" action=(lang.path(&format!("{}#result", path(&shown.edition.system)))) {
            @for name in TIME {
                @if let Some(value) = shown.asking.links.get(name) { input type="hidden" name=(name) value=(value); }
            }
            @if shown.example > 0 { input type="hidden" name="example" value=(shown.example + 1); }
            (examples(shown))
            ol.trial-fields {
                @for (at, filled) in shown.filled.iter().enumerate() { (field(shown, at, filled, wrong)) }
            }
            div.button-row {
                (button(Weight::Primary, &t!(lang, "system-run")))
                @if edited { a.button.quiet href=(shown.asking.link(&format!("{}#trial", own(shown)))) { (t!(lang, "system-back-to-example")) } }
            }
            (variants(shown))
        }
    }
}

/// The page of this example, without inputs.
fn own(shown: &Shown<'_>) -> String {
    match shown.example {
        0 => path(&shown.edition.system),
        at => format!("{}?example={}", path(&shown.edition.system), at + 1),
    }
}

/// The worked examples, where the standard has several.
fn examples(shown: &Shown<'_>) -> Markup {
    let all = &shown.standard().examples;
    html! {
        @if all.len() > 1 {
            ul.chips { @for (at, example) in all.iter().enumerate() {
                @let page = format!("{}?example={}#trial", path(&shown.edition.system), at + 1);
                li { a.chip href=(shown.asking.link(&page)) aria-current=[(at == shown.example).then_some("true")] { (mixed(shown.asking.lang, &example.name)) } }
            } }
        }
    }
}

fn field(shown: &Shown<'_>, at: usize, filled: &super::Filled, wrong: Option<&Vec<Finding>>) -> Markup {
    let lang = shown.asking.lang;
    let (name, id) = (format!("{INPUT}{}", filled.field.name), format!("in-{at}"));
    let standard = shown.standard();
    let of_node = filled.field.node.and_then(|node| standard.nodes.get(node));
    let itself = of_node.filter(|rule| rule.code == filled.field.name);
    let fault = wrong.into_iter().flatten().find(|finding| {
        finding
            .arguments
            .iter()
            .any(|(key, value)| *key == "name" && *value == filled.field.name)
    });
    let described = fault.map(|_| format!("{id}-fault"));
    let choices = |words: &[String]| {
        html! {
            select.input #(id) name=(name) aria-describedby=[&described] {
                option value="" selected[filled.now.is_empty()] { (t!(lang, "system-not-given")) }
                @for word in words { option value=(word) lang=[foreign(lang, word)] selected[same_word(word, &filled.now)] { (word) } }
            }
        }
    };
    html! {
        li.is-changed[filled.is_edited()] {
            label for=(id) {
                @match (itself, of_node) {
                    (Some(rule), _) => { span.code { (rule.code) } " " (mixed(lang, &rule.name)) },
                    (None, Some(rule)) => { span.code { (rule.code) } " " (mixed(lang, &filled.field.name)) },
                    (None, None) => (mixed(lang, &filled.field.name)),
                }
                @if filled.is_edited() {
                    " " small.muted { (mixed(lang, &t!(lang, "system-example-gives", value = or_nothing(lang, &filled.example)))) }
                }
            }
            div.trial-control {
                @match &filled.field.wants {
                    Wants::Word(words) if !words.is_empty() => (choices(words)),
                    Wants::Truth => (choices(&TRUTHS.map(str::to_owned))),
                    _ => {
                        input.input #(id) name=(name) type="text" autocomplete="off" lang=[foreign(lang, &filled.now)] value=(filled.now)
                            placeholder=(t!(lang, "system-not-given")) aria-describedby=[&described] aria-invalid=[fault.map(|_| "true")];
                    },
                }
                @if !filled.field.unit.is_empty()  { span.unit { (mixed(lang, &filled.field.unit)) } }
            }
            @if let Some(fault) = fault { p.field-error #(format!("{id}-fault")) { (mixed(lang, &fault.message(lang))) } }
        }
    }
}

fn or_nothing(lang: Lang, value: &str) -> String {
    if value.is_empty() {
        t!(lang, "system-not-given")
    } else {
        value.to_owned()
    }
}

/// What the standard itself changes of its example: one press each.
fn variants(shown: &Shown<'_>) -> Markup {
    let lang = shown.asking.lang;
    let Some(example) = shown.standard().examples.get(shown.example) else {
        return html! {};
    };
    html! {
        @if !example.variants.is_empty() {
            p.hint { (t!(lang, "system-variants")) }
            ul.chips { @for variant in 0..example.variants.len() {
                @let (words, query) = variant_of(lang, example, variant);
                @let first = if shown.example > 0 { format!("example={}&", shown.example + 1) } else { String::new() };
                li { a.chip href=(shown.asking.link(&format!("{}?{first}{query}#result", path(&shown.edition.system)))) { (mixed(lang, &words)) } }
            } }
        }
    }
}

/// A variant in words, and as the query of an address.
fn variant_of(lang: Lang, example: &Example, variant: usize) -> (String, String) {
    let changes = example
        .variants
        .get(variant)
        .map(|variant| variant.changes.as_slice())
        .unwrap_or_default();
    let words: Vec<String> = changes
        .iter()
        .map(|(name, given, _)| format!("{name} = {}", given.shown()))
        .collect();
    let pairs: Vec<(String, String)> = changes
        .iter()
        .map(|(name, given, _)| (format!("{INPUT}{}", canonical_name(name)), given.shown()))
        .collect();
    (
        list(lang, &words, Join::And),
        serde_urlencoded::to_string(pairs).unwrap_or_default(),
    )
}

/// What cannot be right in what was filled in.
pub(super) fn wrong(lang: Lang, findings: &[Finding]) -> Markup {
    html! {
        section.refusal role="alert" {
            h2 { (t!(lang, "system-inputs-wrong")) }
            ul { @for finding in findings { li { (mixed(lang, &finding.message(lang))) " " (mixed(lang, &finding.mend(lang))) } } }
        }
    }
}
