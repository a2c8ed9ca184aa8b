//! What no other mark reaches into: escapes, code, formulas, comments; and where brackets and stars match.

use crate::model::{Position, Span};
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Char(char),
    Escaped(char),
    Code(String),
    Math(String),
    Comment(String),
    Break,
}

pub(super) struct Tokens {
    all: Vec<Token>,
    /// For each `[` its `]`.
    closing: HashMap<usize, usize>,
    /// Where runs of two stars or more begin that may close, and where of one or three.
    doubles: Vec<usize>,
    singles: Vec<usize>,
}

type Glyph = (Option<char>, Position);

impl Tokens {
    pub fn of(glyphs: &[Glyph]) -> Self {
        let tokens = scan(glyphs);
        let mut closing = HashMap::new();
        let mut open = Vec::new();
        let (mut doubles, mut singles) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token.kind {
                TokenKind::Char('[') => open.push(at),
                TokenKind::Char(']') => {
                    if let Some(start) = open.pop() {
                        closing.insert(start, at);
                    }
                }
                TokenKind::Char('*') => {
                    let run = tokens
                        .iter()
                        .skip(at)
                        .take_while(|token| token.kind == TokenKind::Char('*'))
                        .count();
                    let blank = at
                        .checked_sub(1)
                        .and_then(|before| tokens.get(before))
                        .is_none_or(is_blank);
                    if !blank {
                        if run >= 2 {
                            doubles.push(at);
                        }
                        if run == 1 || run == 3 {
                            singles.push(at);
                        }
                    }
                    at += run - 1;
                }
                _ => {}
            }
            at += 1;
        }
        Self {
            all: tokens,
            closing,
            doubles,
            singles,
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn get(&self, at: usize) -> Option<&Token> {
        self.all.get(at)
    }

    pub fn slice(&self, from: usize, to: usize) -> &[Token] {
        self.all.get(from..to).unwrap_or_default()
    }

    pub fn is(&self, at: usize, c: char) -> bool {
        self.get(at).is_some_and(|token| token.kind == TokenKind::Char(c))
    }

    pub fn is_blank(&self, at: usize) -> bool {
        self.get(at).is_none_or(is_blank)
    }

    /// A blank character; a break is none.
    pub fn is_space(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Char(c) if c.is_whitespace()))
    }

    pub fn closing(&self, open: usize) -> Option<usize> {
        self.closing.get(&open).copied()
    }

    pub fn next_double(&self, from: usize) -> Option<usize> {
        next(&self.doubles, from)
    }

    pub fn next_single(&self, from: usize) -> Option<usize> {
        next(&self.singles, from)
    }

    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.get(from), to.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::NOWHERE,
        }
    }
}

fn next(places: &[usize], from: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < from)).copied()
}

fn is_blank(token: &Token) -> bool {
    match token.kind {
        TokenKind::Char(c) => c.is_whitespace(),
        TokenKind::Break => true,
        _ => false,
    }
}

fn scan(glyphs: &[Glyph]) -> Vec<Token> {
    let mut ticks: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut at = 0;
    while at < glyphs.len() {
        let run = run_of(glyphs, at, '`');
        if run > 0 {
            ticks.entry(run).or_default().push(at);
        }
        at += run.max(1);
    }
    let dollars = dollars(glyphs);
    let comment_ends: Vec<usize> = (0..glyphs.len()).filter(|at| text_at(glyphs, *at, "-->")).collect();
    let mut tokens = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    while let Some((glyph, _)) = glyphs.get(at).copied() {
        let (kind, next) = match glyph {
            None => (TokenKind::Break, at + 1),
            Some('\\') => escape(glyphs, at),
            Some('`') => {
                let run = run_of(glyphs, at, '`');
                let close = ticks.get(&run).and_then(|places| next_place(places, at + run));
                match close {
                    Some(close) => (TokenKind::Code(code(glyphs, at + run, close)), close + run),
                    None => {
                        // The whole run is plain, so that none of its ticks opens.
                        for step in at..at + run {
                            tokens.push(token(TokenKind::Char('`'), glyphs, step, step + 1));
                        }
                        at += run;
                        continue;
                    }
                }
            }
            Some('$') => match math(glyphs, at, &dollars) {
                Some((text, next)) => (TokenKind::Math(text), next),
                None => (TokenKind::Char('$'), at + 1),
            },
            Some('<') => match comment(glyphs, at, &comment_ends) {
                Some((text, next)) => (TokenKind::Comment(text), next),
                None => match line_break(glyphs, at) {
                    Some(next) => (TokenKind::Break, next),
                    None => (TokenKind::Char('<'), at + 1),
                },
            },
            Some(c) => (TokenKind::Char(c), at + 1),
        };
        tokens.push(token(kind, glyphs, at, next));
        at = next;
    }
    tokens
}

fn token(kind: TokenKind, glyphs: &[Glyph], from: usize, to: usize) -> Token {
    let start = glyphs.get(from).map(|(_, place)| *place).unwrap_or_default();
    let last = to.checked_sub(1).and_then(|last| glyphs.get(last));
    let end = last.map_or(start, |(glyph, place)| place.right(u32::from(glyph.is_some())));
    Token {
        kind,
        span: Span::new(start, end),
    }
}

fn escape(glyphs: &[Glyph], at: usize) -> (TokenKind, usize) {
    match glyphs.get(at + 1) {
        Some((Some(c), _)) if !c.is_ascii_alphabetic() && !c.is_whitespace() => (TokenKind::Escaped(*c), at + 2),
        _ => (TokenKind::Char('\\'), at + 1),
    }
}

fn run_of(glyphs: &[Glyph], at: usize, c: char) -> usize {
    glyphs
        .iter()
        .skip(at)
        .take_while(|(glyph, _)| *glyph == Some(c))
        .count()
}

fn next_place(places: &[usize], from: usize) -> Option<usize> {
    next(places, from)
}

fn collect(glyphs: &[Glyph], from: usize, to: usize) -> String {
    glyphs
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .filter_map(|(glyph, _)| *glyph)
        .collect()
}

fn code(glyphs: &[Glyph], from: usize, to: usize) -> String {
    let text = collect(glyphs, from, to);
    match text.strip_prefix(' ').and_then(|text| text.strip_suffix(' ')) {
        Some(inner) if !inner.trim().is_empty() => inner.to_owned(),
        _ => text,
    }
}

/// The dollars that are not escaped, and whether each may end a formula: not behind a blank, not before a digit.
fn dollars(glyphs: &[Glyph]) -> Vec<(usize, bool)> {
    let mut escaped = false;
    let mut places = Vec::new();
    for (at, (glyph, _)) in glyphs.iter().enumerate() {
        match glyph {
            _ if escaped => escaped = false,
            Some('\\') => escaped = true,
            Some('$') => {
                let before = at
                    .checked_sub(1)
                    .and_then(|before| glyphs.get(before))
                    .and_then(|(glyph, _)| *glyph);
                let after = glyphs.get(at + 1).and_then(|(glyph, _)| *glyph);
                let closes = before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(|c| c.is_ascii_digit());
                places.push((at, closes));
            }
            _ => {}
        }
    }
    places
}

fn math(glyphs: &[Glyph], at: usize, dollars: &[(usize, bool)]) -> Option<(String, usize)> {
    let (first, _) = glyphs.get(at + 1)?;
    if first.is_none_or(char::is_whitespace) {
        return None;
    }
    let next = dollars.partition_point(|(place, _)| *place <= at);
    let (close, _) = dollars.get(next).filter(|(close, closes)| *closes && *close > at + 1)?;
    let within = glyphs.get(at + 1..*close)?;
    // A break inside means that these two do not belong together.
    let sound = within.iter().all(|(glyph, _)| glyph.is_some());
    sound.then(|| (collect(glyphs, at + 1, *close), close + 1))
}

fn text_at(glyphs: &[Glyph], at: usize, text: &str) -> bool {
    text.chars()
        .enumerate()
        .all(|(step, c)| glyphs.get(at + step).and_then(|(glyph, _)| *glyph) == Some(c))
}

fn comment(glyphs: &[Glyph], at: usize, ends: &[usize]) -> Option<(String, usize)> {
    if !text_at(glyphs, at, "<!--") {
        return None;
    }
    let end = next_place(ends, at + 4)?;
    Some((collect(glyphs, at + 4, end).trim().to_owned(), end + 3))
}

fn line_break(glyphs: &[Glyph], at: usize) -> Option<usize> {
    ["<br>", "<br/>", "<br />"]
        .into_iter()
        .find(|tag| text_at(glyphs, at, tag))
        .map(|tag| at + tag.len())
}
