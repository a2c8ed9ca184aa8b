//! Forms: fields with label, hint and fault; buttons; the summary of what is wrong.

use crate::{components::words, extract::ONCE, problem};
use language::{Lang, t};
use maud::{Markup, PreEscaped, html};
use platform::refusal::Refusal;
use std::borrow::Cow;

/// What is wrong with a form that is shown again: by field, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// Those of a refusal. Where it names no field, its own sentence stands in the summary.
    pub fn of(lang: Lang, refusal: &Refusal) -> Self {
        let told = problem::tell_refusal(lang, refusal);
        if told.faults.is_empty() {
            return Self(vec![(String::new(), told.what)]);
        }
        Self(
            told.faults
                .into_iter()
                .map(|(field, _, message)| (field.to_owned(), message))
                .collect(),
        )
    }

    /// The message for a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(f, _)| f == field)
            .map(|(_, message)| message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The summary: the first thing in the page ([`crate::Page::alert`]), with a link to each field.
    pub fn summary(&self, lang: Lang) -> Markup {
        self.summary_within(lang, "")
    }

    /// The same for a form among several, whose fields are told apart by [`Field::within`].
    pub fn summary_within(&self, lang: Lang, form: &str) -> Markup {
        let within = if form.is_empty() {
            String::new()
        } else {
            format!("{form}-")
        };
        html! {
            @if !self.is_empty() {
                div.error-summary role="alert" tabindex="-1" {
                    h2 { (t!(lang, "form-errors-title", count = self.0.len())) }
                    ul {
                        @for (field, message) in &self.0 {
                            li { @if field.is_empty() { (message) } @else { a href=(format!("#{within}{field}")) { (message) } } }
                        }
                    }
                }
            }
        }
    }
}

/// What sort of control a field has.
#[derive(Debug, Clone)]
pub enum Control {
    /// `input` of this type: `text`, `date`, `number`, `password`, `email`, `url`, `search`.
    Input(&'static str),
    /// Several lines.
    Lines(u8),
    /// One of several values: what is sent, what is read.
    Choose(Vec<(String, String)>),
    /// A file; the text says which are taken, as `accept` has it.
    File(&'static str),
    /// Several files.
    Files(&'static str),
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    name: Cow<'static, str>,
    label: String,
    hint: Option<String>,
    value: String,
    control: Control,
    optional: bool,
    width: Option<&'static str>,
    autocomplete: Option<&'static str>,
    within: Option<&'static str>,
}

impl Field {
    /// A field for a line of text; its name is also its id.
    pub fn new(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            value: String::new(),
            control: Control::Input("text"),
            optional: false,
            width: None,
            autocomplete: None,
            within: None,
        }
    }

    /// The form in which it stands, where a page has several: its id is then `FORM-NAME`, so that ids stay unique.
    pub fn within(mut self, form: &'static str) -> Self {
        self.within = Some(form);
        self
    }

    /// Another control.
    pub fn control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    /// What stands in it.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// A hint under the label.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// It may be left empty.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// A width of the style sheet: `w-date`, `w-number`, `w-code`, `w-full`.
    pub fn width(mut self, width: &'static str) -> Self {
        self.width = Some(width);
        self
    }

    /// What browsers may fill in: `username`, `current-password`, `new-password`, `one-time-code`, `off`.
    pub fn autocomplete(mut self, word: &'static str) -> Self {
        self.autocomplete = Some(word);
        self
    }

    /// Draws it, with the fault that belongs to it.
    pub fn draw(&self, lang: Lang, faults: &Faults) -> Markup {
        let fault = faults.get(&self.name);
        let id = self
            .within
            .map_or_else(|| self.name.to_string(), |form| format!("{form}-{}", self.name));
        let hint_id = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let fault_id = fault.map(|_| format!("{id}-fault"));
        let described: Vec<&str> = hint_id.iter().chain(&fault_id).map(String::as_str).collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = fault.map(|_| "true");
        let foreign = words::foreign(lang, &self.value);
        let class = self.width.map_or_else(|| "input".to_owned(), |w| format!("input {w}"));
        html! {
            div.field {
                label for=(id) { (words::mixed(lang, &self.label)) @if self.optional { " " span.optional { (t!(lang, "form-optional")) } } }
                @if let (Some(hint), Some(id)) = (&self.hint, &hint_id) { p.hint #(id) { (words::mixed(lang, hint)) } }
                @if let (Some(fault), Some(id)) = (fault, &fault_id) { p.field-error #(id) { (fault) } }
                @match &self.control {
                    Control::Input(kind) => input #(id) name=(self.name) type=(kind) class=(class) lang=[foreign] value=[(*kind != "password").then_some(&self.value)]
                        required[!self.optional] autocomplete=[self.autocomplete] aria-describedby=[&described] aria-invalid=[invalid];,
                    Control::Lines(lines) => textarea #(id) name=(self.name) rows=(lines) class=(class)
                        lang=[foreign] required[!self.optional] aria-describedby=[&described] aria-invalid=[invalid] { (PreEscaped("\n")) (self.value) },
                    Control::Choose(choices) => select #(id) name=(self.name) class=(class)
                        required[!self.optional] aria-describedby=[&described] aria-invalid=[invalid] {
                        @for (value, label) in choices { option value=(value) lang=[words::foreign(lang, label)] selected[*value == self.value] { (label) } }
                    },
                    Control::File(accept) | Control::Files(accept) => input #(id) name=(self.name) type="file" accept=(accept) class=(class)
                        multiple[matches!(self.control, Control::Files(_))]
                        required[!self.optional] aria-describedby=[&described] aria-invalid=[invalid];,
                }
            }
        }
    }
}

/// The hidden field by which a form that is sent twice is done once; put it into every form that writes.
pub fn once() -> Markup {
    html! { input type="hidden" name=(ONCE) value=(problem::once()); }
}

/// What a button does, for its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one of the page.
    Primary,
    /// An official act.
    Official,
    /// An ordinary one.
    Plain,
    /// Without a border.
    Quiet,
}

/// A button that sends its form. Its words are a verb that says what will happen.
pub fn button(weight: Weight, verb: &str) -> Markup {
    let class = match weight {
        Weight::Primary => "button primary",
        Weight::Official => "button official",
        Weight::Plain => "button",
        Weight::Quiet => "button quiet",
    };
    html! { button type="submit" class=(class) { (verb) } }
}
