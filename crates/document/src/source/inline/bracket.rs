//! What stands in brackets: citations, cross-references, links, pictures, footnote marks, quantities.

use super::token::TokenKind;
use super::{Reader, Within};
use crate::finding::{Finding, message};
use crate::model::{Citation, CitedAs, CrossReference, Id, Inline, InlineKind, Span};
use crate::source::attributes::Attributes;
use crate::source::line::Line;
use designation::{FindingKind, Known};

/// No destination or attribute list is longer.
const LONGEST: usize = 600;

type Read = Option<(Vec<Inline>, usize)>;

impl Reader<'_, '_> {
    pub(super) fn bracket(&mut self, at: usize, to: usize, within: Within) -> Read {
        if self.tokens.is(at, '!') {
            return self.picture(at, to);
        }
        let close = self.tokens.closing(at).filter(|close| *close < to)?;
        if self.tokens.is(at + 1, '@') {
            return self.citation(at, close, to);
        }
        if self.tokens.is(at + 1, '^') {
            return self.footnote_mark(at, close);
        }
        if self.tokens.is(close + 1, '(') {
            let (destination, end) = self.destination(close + 1, to)?;
            return self.link(at, close, end, &destination, within);
        }
        if self.tokens.is(close + 1, '{') {
            return self.marked(at, close, to);
        }
        None
    }

    /// The text between parentheses, and the token after them.
    fn destination(&self, open: usize, to: usize) -> Option<(String, usize)> {
        let mut text = String::new();
        for at in open + 1..to.min(open + LONGEST) {
            match self.tokens.get(at)?.plain()? {
                (')', false) => return Some((text, at + 1)),
                (c, _) if c.is_whitespace() => return None,
                (c, _) => text.push(c),
            }
        }
        None
    }

    fn link(&mut self, at: usize, close: usize, end: usize, destination: &str, within: Within) -> Read {
        let target = destination.strip_prefix('#');
        let sound = match target {
            Some(id) => !id.is_empty() && id.chars().all(Id::may_hold),
            None => ["http://", "https://", "mailto:"]
                .iter()
                .any(|scheme| destination.starts_with(scheme)),
        };
        if !sound {
            self.findings.push(Finding::error(
                "SRC-24",
                self.tokens.span(at, end),
                message!("doc-link-target", target = destination),
            ));
            return None;
        }
        let words = self.range(at + 1, close, Within { link: true, ..within });
        let kind = match target {
            Some(id) => InlineKind::CrossReference(CrossReference {
                target: Id::written(id),
                words,
            }),
            None => InlineKind::Link {
                words,
                address: destination.to_owned(),
            },
        };
        Some((vec![self.node(at, end, kind)], end))
    }

    fn picture(&mut self, at: usize, to: usize) -> Read {
        if !self.tokens.is(at + 1, '[') {
            return None;
        }
        let close = self.tokens.closing(at + 1).filter(|close| *close < to)?;
        if !self.tokens.is(close + 1, '(') {
            return None;
        }
        let (file, end) = self.destination(close + 1, to)?;
        let words = self.plain(at + 2, close)?;
        if file.is_empty() {
            return None;
        }
        Some((vec![self.node(at, end, InlineKind::Picture { words, file })], end))
    }

    fn footnote_mark(&self, at: usize, close: usize) -> Read {
        let label = self.plain(at + 2, close)?;
        if label.is_empty() || label.contains(char::is_whitespace) {
            return None;
        }
        Some((
            vec![self.node(at, close + 1, InlineKind::FootnoteMark(label))],
            close + 1,
        ))
    }

    fn plain(&self, from: usize, to: usize) -> Option<String> {
        self.tokens
            .slice(from, to)
            .iter()
            .map(|token| token.plain().map(|(c, _)| c))
            .collect()
    }

    fn citation(&mut self, at: usize, close: usize, to: usize) -> Read {
        let (attributes, end) = self.attributes(close, to).unwrap_or((Attributes::default(), close + 1));
        let said = if attributes.class(&["规范", "规范性", "normative"]) {
            Some(CitedAs::Normative)
        } else if attributes.class(&["资料", "资料性", "informative"]) {
            Some(CitedAs::Informative)
        } else {
            None
        };
        let mut nodes = Vec::new();
        let mut from = at + 1;
        while from < close {
            let mut until = from;
            while until < close && !self.tokens.is(until, ';') && !self.tokens.is(until, '；') {
                until += 1;
            }
            let citation = self.one_citation(from, until, said)?;
            if !nodes.is_empty() {
                nodes.push(Inline::text("、"));
            }
            // Its own words where there are several, the whole bracket where there is one.
            let span = if from == at + 1 && until == close {
                self.tokens.span(at, end)
            } else {
                self.tokens.span(from, until)
            };
            nodes.push(Inline {
                span,
                kind: InlineKind::Citation(citation),
            });
            from = until + 1;
        }
        self.unknown(&attributes);
        (!nodes.is_empty()).then_some((nodes, end))
    }

    fn one_citation(&mut self, from: usize, to: usize, said: Option<CitedAs>) -> Option<Citation> {
        let mut target = String::new();
        let mut locator: Option<String> = None;
        for token in self.tokens.slice(from, to) {
            let (c, escaped) = token.plain()?;
            match &mut locator {
                Some(locator) => locator.push(c),
                None if !escaped && (c == ',' || c == '，') => locator = Some(String::new()),
                None => target.push(c),
            }
        }
        let target = target.trim().trim_start_matches('@').trim();
        let mut locator = locator
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        let target = match target
            .strip_suffix("（所有部分）")
            .or_else(|| target.strip_suffix("(所有部分)"))
        {
            Some(whole) => {
                locator.get_or_insert_with(|| "所有部分".to_owned());
                whole.trim()
            }
            None => target,
        };
        if target.is_empty() {
            self.findings.push(Finding::error(
                "SRC-24",
                self.tokens.span(from, to),
                message!("doc-citation-empty"),
            ));
            return None;
        }
        Some(Citation {
            target: target.to_owned(),
            designation: designation_of(target),
            locator,
            said,
        })
    }

    /// `[10 mm]{.量}`, `[v]{.变量}`.
    fn marked(&mut self, at: usize, close: usize, to: usize) -> Read {
        let (attributes, end) = self.attributes(close, to)?;
        let text = self.plain(at + 1, close)?;
        let text = text.trim();
        let kind = if attributes.class(&["量", "quantity"]) {
            let (value, unit) = text.rsplit_once([' ', '\u{a0}', '\u{2009}'])?;
            let (value, unit) = (value.trim(), unit.trim());
            if value.is_empty() || unit.is_empty() {
                return None;
            }
            InlineKind::Quantity {
                value: value.to_owned(),
                unit: unit.to_owned(),
            }
        } else if attributes.class(&["变量", "variable"]) && !text.is_empty() {
            InlineKind::Variable(text.to_owned())
        } else {
            self.unknown(&attributes);
            return None;
        };
        self.unknown(&attributes);
        Some((vec![self.node(at, end, kind)], end))
    }

    /// The attributes right behind a bracket, and the token after them.
    fn attributes(&self, close: usize, to: usize) -> Option<(Attributes, usize)> {
        if !self.tokens.is(close + 1, '{') {
            return None;
        }
        let mut text = String::new();
        for at in close + 1..to.min(close + LONGEST) {
            let token = self.tokens.get(at)?;
            let TokenKind::Char(c) = token.kind else { return None };
            text.push(c);
            if c == '}' {
                let line = Line {
                    text: &text,
                    at: self.tokens.get(close + 1)?.span.start,
                };
                let (attributes, rest) = Attributes::at_start(line)?;
                return rest.text.is_empty().then_some((attributes, at + 1));
            }
        }
        None
    }

    fn unknown(&mut self, attributes: &Attributes) {
        for (name, span) in attributes.left() {
            let span = if span.is_somewhere() { span } else { Span::NOWHERE };
            self.findings.push(Finding::error(
                "SRC-08",
                span,
                message!("doc-unknown-attribute", name = name, block = "[…]"),
            ));
        }
    }
}

/// The number that a text is, and nothing but it.
pub(crate) fn designation_of(text: &str) -> Option<designation::Designation> {
    let parsed = designation::parse(text, &Known::default()).ok()?;
    let whole = !parsed
        .findings
        .iter()
        .any(|finding| matches!(finding.kind, FindingKind::TrailingText | FindingKind::SeveralNumbers));
    whole.then_some(parsed.designation)
}
