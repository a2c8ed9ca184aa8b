//! Inlines → HTML.

use super::Page;
use super::write::{attribute, escape, stays_inside};
use crate::model::{Citation, Inline, InlineKind};
use crate::resolve::{printed, small_letter};

impl Page<'_> {
    /// Running text.
    pub(super) fn text(&mut self, text: &[Inline]) -> String {
        self.text_with(text, &[])
    }

    /// Running text in which `own` are the labels of the table's or figure's footnotes, in order.
    pub(super) fn text_with(&mut self, text: &[Inline], own: &[&str]) -> String {
        let mut out = String::new();
        for inline in text {
            out.push_str(&self.inline(inline, own));
        }
        out
    }

    fn inline(&mut self, inline: &Inline, own: &[&str]) -> String {
        match &inline.kind {
            InlineKind::Text(run) => escape(&run.text),
            InlineKind::Emphasis(inner) => format!("<em>{}</em>", self.text_with(inner, own)),
            InlineKind::Strong(inner) => format!("<strong>{}</strong>", self.text_with(inner, own)),
            InlineKind::Subscript(inner) => format!("<sub>{}</sub>", self.text_with(inner, own)),
            InlineKind::Superscript(inner) => format!("<sup>{}</sup>", self.text_with(inner, own)),
            InlineKind::Code(code) => format!("<code>{}</code>", escape(code)),
            InlineKind::Math(latex) => self.formulas.inline(latex),
            InlineKind::Citation(citation) => self.citation(citation),
            InlineKind::CrossReference(reference) => {
                let words = if reference.words.is_empty() {
                    match self.resolved.reference(reference, self.tongue) {
                        Some(words) => escape(&words),
                        None => format!("<mark>{}</mark>", escape(reference.target.as_str())),
                    }
                } else {
                    self.text_with(&reference.words, own)
                };
                format!(
                    "<a href=\"#{}\">{words}</a>",
                    escape(&self.anchor(reference.target.as_str()))
                )
            }
            InlineKind::Link { words, address } => {
                let shown = if words.is_empty() {
                    escape(address)
                } else {
                    self.text_with(words, own)
                };
                let sound = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme));
                if sound {
                    format!(
                        "<a href=\"{}\" rel=\"noopener noreferrer\">{shown}</a>",
                        escape(address)
                    )
                } else {
                    shown
                }
            }
            InlineKind::FootnoteMark(label) => self.footnote_mark(label, own),
            InlineKind::Quantity { value, unit } => {
                format!(
                    "<span class=\"quantity\">{}&#8239;{}</span>",
                    escape(value),
                    escape(unit)
                )
            }
            InlineKind::Variable(symbol) => format!("<var>{}</var>", escape(symbol)),
            InlineKind::Break => "<br>".to_owned(),
            InlineKind::Comment(_) => String::new(),
            InlineKind::Picture { words, file } => self.picture(file, words),
        }
    }

    fn citation(&self, citation: &Citation) -> String {
        let Some(designation) = &citation.designation else {
            // By key: its place in the bibliography.
            let place = self
                .resolved
                .bibliography
                .iter()
                .position(|entry| entry.key.as_str() == citation.target);
            let target = match place {
                Some(index) => format!(
                    "<a href=\"#{}\">[{}]</a>",
                    escape(&self.anchor(&citation.target)),
                    index + 1
                ),
                None => escape(&citation.target),
            };
            let locator = citation.locator.as_deref().map(escape);
            return printed::cited(self.tongue, &target, locator.as_deref());
        };
        escape(&printed::cited(
            self.tongue,
            &designation.to_string(),
            citation.locator.as_deref(),
        ))
    }

    fn footnote_mark(&mut self, label: &str, own: &[&str]) -> String {
        if let Some(index) = own.iter().position(|note| *note == label) {
            return format!("<sup>{}</sup>", small_letter(index));
        }
        let Some(number) = self.resolved.footnotes.get(label).copied() else {
            return format!("<sup>{}</sup>", escape(label));
        };
        // Only the first mark is where the note leads back to.
        let anchor = if number > self.noted {
            self.noted = number;
            self.id(&format!("~mark-{number}"))
        } else {
            String::new()
        };
        let note = escape(&self.anchor(&format!("~note-{number}")));
        format!("<sup{anchor}><a href=\"#{note}\">{number})</a></sup>")
    }

    /// A picture; one from outside of the document's folder is named and not shown.
    pub(super) fn picture(&self, file: &str, words: &str) -> String {
        let address = self.options.pictures.get(file).map_or(file, String::as_str);
        let given = self.options.pictures.contains_key(file);
        if !given && !stays_inside(file) {
            return format!("<span class=\"missing\">{}</span>", escape(words));
        }
        format!("<img{} alt=\"{}\">", attribute("src", address), escape(words))
    }
}
