//! `{#id .class key="value"}`.

use super::line::Line;
use crate::model::{Id, Span};

/// What stands between braces, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes {
    pub id: Id,
    /// The braces and all between; nowhere if there are none.
    pub span: Span,
    classes: Vec<(String, Span)>,
    values: Vec<(String, String, Span)>,
    /// What is no attribute.
    pub unreadable: Vec<(String, Span)>,
    /// For `{-}`, `{--}`: how many strokes.
    pub strokes: usize,
    used: std::cell::RefCell<Vec<String>>,
}

impl Attributes {
    /// The attributes at the end of a line, and the line before them.
    pub fn at_end(line: Line<'_>) -> (Line<'_>, Self) {
        let line = line.trimmed();
        if !line.text.ends_with('}') || escaped(line.text, line.text.len() - 1) {
            return (line, Self::default());
        }
        match opening(line.text) {
            Some(open) => {
                let attributes = Self::read(line.after(open));
                (line.before(open).trimmed(), attributes)
            }
            None => (line, Self::default()),
        }
    }

    /// The attributes at the start of a line, and the line after them.
    pub fn at_start(line: Line<'_>) -> Option<(Self, Line<'_>)> {
        let end = closing(line.text)?;
        let attributes = Self::read(line.before(end));
        Some((attributes, line.after(end)))
    }

    /// Reads `{…}`, braces included.
    fn read(line: Line<'_>) -> Self {
        let mut attributes = Self {
            span: line.span(),
            ..Self::default()
        };
        let inner = line
            .text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
            .unwrap_or_default();
        let mut rest = Line {
            text: inner,
            at: line.at.right(1),
        }
        .trimmed();
        while !rest.text.is_empty() {
            let end = word_end(rest.text);
            let word = rest.before(end);
            attributes.add(word);
            rest = rest.after(end).trimmed();
        }
        attributes
    }

    fn add(&mut self, word: Line<'_>) {
        let text = word.text;
        if let Some(id) = text.strip_prefix('#').filter(|id| !id.is_empty()) {
            if id.chars().all(Id::may_hold) && self.id.is_empty() {
                self.id = Id::written(id);
            } else {
                self.unreadable.push((text.to_owned(), word.span()));
            }
        } else if let Some(class) = text.strip_prefix('.').filter(|class| !class.is_empty()) {
            self.classes.push((class.to_owned(), word.span()));
        } else if text.chars().all(|c| c == '-') {
            self.strokes = text.len();
        } else if let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) {
            self.values.push((key.to_owned(), unquoted(value), word.span()));
        } else {
            self.unreadable.push((text.to_owned(), word.span()));
        }
    }

    /// Whether one of these classes is there.
    pub fn class(&self, names: &[&str]) -> bool {
        let found = self.classes.iter().find(|(class, _)| names.contains(&class.as_str()));
        if let Some((class, _)) = found {
            self.used.borrow_mut().push(class.clone());
        }
        found.is_some()
    }

    /// The value of one of these keys.
    pub fn value(&self, keys: &[&str]) -> Option<String> {
        let (key, value, _) = self.values.iter().find(|(key, _, _)| keys.contains(&key.as_str()))?;
        self.used.borrow_mut().push(key.clone());
        Some(value.clone()).filter(|value| !value.trim().is_empty())
    }

    /// Where the value of one of these keys stands, its quotation marks included; nowhere if there is none.
    pub fn place_of_value(&self, keys: &[&str]) -> Span {
        let found = self.values.iter().find(|(key, _, _)| keys.contains(&key.as_str()));
        found.map_or(Span::NOWHERE, |(key, _, span)| {
            let start = span.start.right(key.chars().count() as u32 + 1);
            Span::new(start, span.end)
        })
    }

    /// The values of one of these keys, parted by semicolons.
    pub fn values(&self, keys: &[&str]) -> Vec<String> {
        self.value(keys)
            .iter()
            .flat_map(|all| all.split([';', '；']))
            .map(|one| one.trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect()
    }

    /// What nobody asked for, and what is no attribute.
    pub fn left(&self) -> Vec<(String, Span)> {
        let used = self.used.borrow();
        self.classes
            .iter()
            .map(|(class, span)| (class, span))
            .chain(self.values.iter().map(|(key, _, span)| (key, span)))
            .filter(|(name, _)| !used.contains(name))
            .chain(self.unreadable.iter().map(|(text, span)| (text, span)))
            .map(|(name, span)| (name.clone(), *span))
            .collect()
    }
}

fn unquoted(value: &str) -> String {
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .filter(|_| value.len() > 1);
    let Some(inner) = inner else { return value.to_owned() };
    let mut text = String::with_capacity(inner.len());
    let mut escape = false;
    for c in inner.chars() {
        if escape || c != '\\' {
            text.push(c);
            escape = false;
        } else {
            escape = true;
        }
    }
    text
}

/// A value as written between quotes.
pub(crate) fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            '\n' | '\r' => text.push(' '),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Where the first word ends; quotes keep blanks inside.
fn word_end(text: &str) -> usize {
    let mut quote = false;
    let mut escape = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escape => escape = false,
            '\\' if quote => escape = true,
            '"' => quote = !quote,
            c if c.is_whitespace() && !quote => return at,
            _ => {}
        }
    }
    text.len()
}

/// Where a `{` at the start of the text is closed: the byte after its `}`.
pub(super) fn closing(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut quote = false;
    let mut escape = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escape => escape = false,
            '\\' if quote => escape = true,
            '"' => quote = !quote,
            '}' if !quote => return Some(at + 1),
            '{' if !quote => return None,
            _ => {}
        }
    }
    None
}

/// Where the `{` stands that the last character closes; what is between must look like attributes.
fn opening(text: &str) -> Option<usize> {
    text.match_indices('{')
        .map(|(at, _)| at)
        .find(|at| closing(text.get(*at..).unwrap_or_default()) == Some(text.len() - at) && !escaped(text, *at))
        .filter(|at| {
            text.get(at + 1..text.len() - 1).is_some_and(|inner| {
                let inner = inner.trim();
                inner.is_empty() || inner.starts_with(['#', '.']) || inner.contains('=')
            })
        })
}

/// Whether the character at this byte has a backslash of its own before it.
pub(super) fn escaped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}
