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
        for (index, inline) in text.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| text.get(before));
            let around = (
                before.and_then(|before| spoken(before).chars().last()),
                text.get(index + 1).and_then(|after| spoken(after).chars().next()),
            );
            out.push_str(&match &inline.kind {
                InlineKind::Text(run) => self.plain(&run.text, around),
                InlineKind::Citation(citation) if citation.designation.is_some() => self.cited(citation, around),
                _ => self.inline(inline, own),
            });
        }
        out
    }

    /// Plain words: the numbers of standards in them stay in one piece. `around` are the characters beside them.
    fn plain(&self, words: &str, around: (Option<char>, Option<char>)) -> String {
        // Cells are narrow: there a number may go over two lines.
        if self.narrow || !words.contains('/') {
            return format!("#{}", literal(words));
        }
        let letters: Vec<char> = words.chars().collect();
        let piece = |from: usize, to: usize| -> String { letters.get(from..to).unwrap_or_default().iter().collect() };
        let mut out = String::new();
        let mut from = 0;
        for found in designation::find(words, &designation::Known::default()) {
            let (start, end) = (found.span.start, found.span.end);
            if start < from || !piece(start, end).contains('/') {
                continue;
            }
            if start > from {
                out.push_str(&format!("#{}", literal(&piece(from, start))));
            }
            let before = start.checked_sub(1).map_or(around.0, |at| letters.get(at).copied());
            let after = letters.get(end).copied().or(around.1);
            out.push_str(&unbroken(&piece(start, end), (before, after)));
            from = end;
        }
        if from < letters.len() {
            out.push_str(&format!("#{}", literal(&piece(from, letters.len()))));
        }
        out
    }

    /// The number that is cited in one piece, the place in it behind.
    fn cited(&self, citation: &Citation, around: (Option<char>, Option<char>)) -> String {
        let number = citation
            .designation
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let whole = printed::cited(self.tongue, &number, citation.locator.as_deref());
        if self.narrow {
            return format!("#{}", literal(&whole));
        }
        match whole.strip_prefix(number.as_str()) {
            Some("") => unbroken(&number, around),
            Some(place) => {
                let after = place.chars().next();
                format!("{}#{}", unbroken(&number, (around.0, after)), literal(place))
            }
            None => format!("#{}", literal(&whole)),
        }
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
        if citation.designation.is_none() {
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
        }
        self.cited(citation, (None, None))
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

/// A number that no line ends within. A box has no room beside Chinese of its own: it is said where it is to be.
fn unbroken(number: &str, around: (Option<char>, Option<char>)) -> String {
    let chinese = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    format!(
        "#unbroken({},{},{})",
        literal(number),
        chinese(around.0),
        chinese(around.1)
    )
}

/// The plain words of an inline.
fn spoken(inline: &Inline) -> &str {
    match &inline.kind {
        InlineKind::Text(run) => &run.text,
        _ => "",
    }
}

/// What is read out in a picture's place; an archived file must have it.
pub(super) fn alternative(words: &str, file: &str) -> String {
    literal(if words.trim().is_empty() { file } else { words })
}
