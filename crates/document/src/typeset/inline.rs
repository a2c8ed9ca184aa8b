//! Inlines → calls: each is `#…`, so that any two may stand side by side.

use super::Writer;
use super::literal::{content, literal};
use crate::model::{Citation, Footnote, Inline, InlineKind};
use crate::resolve::{printed, small_letter};

impl Writer<'_> {
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
            InlineKind::Text(run) => format!("#{}", literal(&run.text)),
            InlineKind::Emphasis(inner) => format!("#em[{}]", self.text_with(inner, own)),
            InlineKind::Strong(inner) => format!("#strong-words[{}]", self.text_with(inner, own)),
            InlineKind::Subscript(inner) => format!("#sub[{}]", self.text_with(inner, own)),
            InlineKind::Superscript(inner) => format!("#super[{}]", self.text_with(inner, own)),
            InlineKind::Code(code) => format!("#code({})", literal(code)),
            InlineKind::Math(latex) => self.inline_math(latex),
            InlineKind::Citation(citation) => self.citation(citation),
            InlineKind::CrossReference(reference) => {
                let words = if reference.words.is_empty() {
                    let words = self
                        .resolved
                        .reference(reference, self.tongue)
                        .unwrap_or_else(|| format!("[{}]", reference.target.as_str()));
                    format!("#{}", literal(&words))
                } else {
                    self.text_with(&reference.words, own)
                };
                format!("#go({},{})", literal(reference.target.as_str()), content(&words))
            }
            InlineKind::Link { words, address } => {
                let shown = if words.is_empty() {
                    format!("#{}", literal(address))
                } else {
                    self.text_with(words, own)
                };
                let sound = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme) && address.len() > scheme.len());
                if sound {
                    format!("#link({},{})", literal(address), content(&shown))
                } else {
                    shown
                }
            }
            InlineKind::FootnoteMark(label) => self.footnote_mark(label, own),
            InlineKind::Quantity { value, unit } => format!("#quantity({},{})", literal(value), literal(unit)),
            InlineKind::Variable(symbol) => format!("#variable({})", literal(symbol)),
            InlineKind::Break => "#linebreak()".to_owned(),
            InlineKind::Comment(_) => String::new(),
            InlineKind::Picture { words, file } => match self.options.pictures.get(file) {
                Some(name) => format!("#inline-picture({},{})", literal(name), alternative(words, file)),
                None => format!("#absent-picture({})", literal(words)),
            },
        }
    }

    fn citation(&mut self, citation: &Citation) -> String {
        let Some(designation) = &citation.designation else {
            // By key: its place in the bibliography.
            let place = self
                .resolved
                .bibliography
                .iter()
                .position(|entry| entry.key.as_str() == citation.target);
            let words = place.map_or_else(|| citation.target.clone(), |index| format!("[{}]", index + 1));
            let target = format!("#go({},[#{}])", literal(&citation.target), literal(&words));
            let locator = printed::cited(self.tongue, "", citation.locator.as_deref());
            return match locator.as_str() {
                "" => target,
                locator => format!("{target}#{}", literal(locator)),
            };
        };
        let words = printed::cited(self.tongue, &designation.to_string(), citation.locator.as_deref());
        format!("#{}", literal(&words))
    }

    /// The note's text goes where its first mark stands; the typesetter puts it at the foot of that page.
    fn footnote_mark(&mut self, label: &str, own: &[&str]) -> String {
        if let Some(index) = own.iter().position(|note| *note == label) {
            return format!("#mark({})", literal(&small_letter(index)));
        }
        let Some(number) = self.resolved.footnotes.get(label).copied() else {
            return format!("#mark({})", literal(label));
        };
        let words = literal(&format!("{number})"));
        let note = number
            .checked_sub(1)
            .and_then(|index| self.document.footnotes.get(index));
        match note {
            Some(note) if self.noted.insert(number) => format!("#note({words},{})", self.note_text(note)),
            _ => format!("#mark({words})"),
        }
    }

    pub(super) fn note_text(&mut self, note: &Footnote) -> String {
        let text = self.text(&note.text);
        content(&text)
    }
}

/// What is read out in a picture's place; an archived file must have it.
pub(super) fn alternative(words: &str, file: &str) -> String {
    literal(if words.trim().is_empty() { file } else { words })
}
