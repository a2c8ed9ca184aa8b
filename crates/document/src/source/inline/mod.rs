//! Running text → inlines.
//!
//! The marks are those of Markdown, with rules that Chinese text can live with: `**` and `*` need no blank or
//! punctuation around them, `_` marks nothing (`w_i`), a backslash makes any character but a letter or a blank plain.
//! Emphasis does not nest. Whatever opens and does not close is plain text. Time grows with the length alone.

pub(crate) mod bracket;
mod token;

use super::line::{Line, joins_tight};
use crate::finding::Finding;
use crate::model::{Inline, InlineKind, Position, Run, Span};
use token::{Token, TokenKind, Tokens};

/// The inlines of some lines that form one paragraph.
pub(super) fn read(lines: &[Line<'_>], findings: &mut Vec<Finding>) -> Vec<Inline> {
    let tokens = Tokens::of(&joined(lines));
    let mut reader = Reader {
        tokens: &tokens,
        findings,
    };
    reader.range(0, tokens.len(), Within::default())
}

/// The inlines of a text within one line.
pub(super) fn read_line(line: Line<'_>, findings: &mut Vec<Finding>) -> Vec<Inline> {
    read(&[line], findings)
}

/// A cell of a row as written.
#[derive(Debug, Clone)]
pub(crate) struct RawCell {
    pub span: Span,
    pub text: Vec<Inline>,
    /// `<` or `^` where the cell is nothing else: it belongs to the one before it, or above.
    pub mark: Option<char>,
}

impl RawCell {
    pub fn empty() -> Self {
        Self {
            span: Span::NOWHERE,
            text: Vec::new(),
            mark: None,
        }
    }

    /// A cell of a text that stands alone.
    pub fn written(text: &str, at: Position, findings: &mut Vec<Finding>) -> Self {
        let line = Line { text, at }.trimmed();
        let mark = match line.text {
            "<" => Some('<'),
            "^" => Some('^'),
            _ => None,
        };
        Self {
            span: line.span(),
            text: read_line(line, findings),
            mark,
        }
    }
}

/// The cells of a row of a pipe table. Pipes in code and formulas part nothing.
pub(super) fn read_cells(line: Line<'_>, findings: &mut Vec<Finding>) -> Vec<RawCell> {
    let tokens = Tokens::of(&joined(&[line]));
    let mut reader = Reader {
        tokens: &tokens,
        findings,
    };
    let mut from = usize::from(tokens.is(0, '|'));
    let mut cells = Vec::new();
    loop {
        let bar = (from..tokens.len())
            .find(|at| tokens.is(*at, '|'))
            .unwrap_or(tokens.len());
        // Nothing behind the last pipe is no cell.
        if bar == tokens.len() && from >= tokens.len() && !cells.is_empty() {
            return cells;
        }
        cells.push(reader.cell(from, bar));
        from = bar + 1;
    }
}

/// The characters with their places; `None` is a line break that the author asked for.
fn joined(lines: &[Line<'_>]) -> Vec<(Option<char>, Position)> {
    let mut glyphs: Vec<(Option<char>, Position)> = Vec::new();
    let count = lines.len();
    for (index, line) in lines.iter().enumerate() {
        let hard = index + 1 < count && (line.text.ends_with("  ") || ends_with_backslash(line.text));
        let mut line = line.trimmed();
        if hard && line.text.ends_with('\\') {
            line = line.before(line.text.len() - 1).trimmed();
        }
        if let (Some((Some(last), place)), Some(first)) = (glyphs.last(), line.text.chars().next())
            && !joins_tight(*last)
            && !joins_tight(first)
        {
            let place = place.right(1);
            glyphs.push((Some(' '), place));
        }
        let mut place = line.at;
        for c in line.text.chars() {
            let c = if c == '\t' { ' ' } else { c };
            glyphs.push((Some(c), place));
            place = place.right(1);
        }
        if hard {
            glyphs.push((None, place));
        }
    }
    glyphs
}

fn ends_with_backslash(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}

/// What the text stands in already, and so does not open again.
#[derive(Debug, Clone, Copy, Default)]
struct Within {
    star: bool,
    script: bool,
    link: bool,
}

struct Reader<'t, 'f> {
    tokens: &'t Tokens,
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_, '_> {
    fn range(&mut self, from: usize, to: usize, within: Within) -> Vec<Inline> {
        let mut out = Out::default();
        let mut at = from;
        while at < to {
            let Some(token) = self.tokens.get(at) else { break };
            let special = match token.kind {
                TokenKind::Char('*') if !within.star => self.star(at, to, within),
                TokenKind::Char('~') if !within.script => self.script(at, to, within, '~'),
                TokenKind::Char('^') if !within.script => self.script(at, to, within, '^'),
                TokenKind::Char('[' | '!') if !within.link => self.bracket(at, to, within),
                TokenKind::Char(_) | TokenKind::Escaped(_) => None,
                _ => self.atom(at),
            };
            match special {
                Some((nodes, next)) => {
                    for node in nodes {
                        out.node(node);
                    }
                    at = next.max(at + 1);
                }
                None => {
                    if let TokenKind::Char(c) | TokenKind::Escaped(c) = token.kind {
                        let place = match token.kind {
                            TokenKind::Escaped(_) => token.span.start.right(1),
                            _ => token.span.start,
                        };
                        out.character(c, place, token.span);
                    }
                    at += 1;
                }
            }
        }
        out.finish()
    }

    fn cell(&mut self, mut from: usize, mut to: usize) -> RawCell {
        let all = self.tokens.span(from, to);
        while from < to && self.tokens.is_space(from) {
            from += 1;
        }
        while to > from && self.tokens.is_space(to - 1) {
            to -= 1;
        }
        let mark = match self.tokens.slice(from, to) {
            [only] => match only.kind {
                TokenKind::Char(c @ ('<' | '^')) => Some(c),
                _ => None,
            },
            _ => None,
        };
        RawCell {
            // An empty cell is its blanks: what is put there takes their place.
            span: if from == to { all } else { self.tokens.span(from, to) },
            text: self.range(from, to, Within::default()),
            mark,
        }
    }

    fn atom(&self, at: usize) -> Option<(Vec<Inline>, usize)> {
        let token = self.tokens.get(at)?;
        let kind = match &token.kind {
            TokenKind::Code(text) => InlineKind::Code(text.clone()),
            TokenKind::Math(text) => InlineKind::Math(text.clone()),
            TokenKind::Comment(text) => InlineKind::Comment(text.clone()),
            TokenKind::Break => InlineKind::Break,
            TokenKind::Char(_) | TokenKind::Escaped(_) => return None,
        };
        let node = Inline { span: token.span, kind };
        Some((vec![node], at + 1))
    }

    fn star(&mut self, at: usize, to: usize, within: Within) -> Option<(Vec<Inline>, usize)> {
        let mut count = 0;
        while count < 4 && at + count < to && self.tokens.is(at + count, '*') {
            count += 1;
        }
        let inside = Within { star: true, ..within };
        if count >= 2 && !self.tokens.is_blank(at + 2) {
            let close = self.tokens.next_double(at + 3).filter(|close| close + 2 <= to);
            if let Some(close) = close {
                // Three on both sides: the emphasis within is not kept.
                let extra = usize::from(count >= 3 && self.tokens.is(close + 2, '*') && close + 3 <= to);
                let blank = self.tokens.is_blank(at + 2 + extra);
                let inner = self.range(at + 2 + extra, close, inside);
                let end = close + 2 + extra;
                if !blank && !inner.is_empty() {
                    return Some((vec![self.node(at, end, InlineKind::Strong(inner))], end));
                }
            }
        }
        if count == 1 && !self.tokens.is_blank(at + 1) {
            let close = self.tokens.next_single(at + 2).filter(|close| *close < to)?;
            let inner = self.range(at + 1, close, inside);
            return Some((vec![self.node(at, close + 1, InlineKind::Emphasis(inner))], close + 1));
        }
        None
    }

    fn script(&mut self, at: usize, to: usize, within: Within, mark: char) -> Option<(Vec<Inline>, usize)> {
        let mut close = at + 1;
        while close < to && !self.tokens.is(close, mark) {
            if self.tokens.is_blank(close) || close > at + 200 {
                return None;
            }
            close += 1;
        }
        if close >= to || close == at + 1 {
            return None;
        }
        let inner = self.range(at + 1, close, Within { script: true, ..within });
        let kind = if mark == '~' {
            InlineKind::Subscript(inner)
        } else {
            InlineKind::Superscript(inner)
        };
        Some((vec![self.node(at, close + 1, kind)], close + 1))
    }

    fn node(&self, from: usize, to: usize, kind: InlineKind) -> Inline {
        Inline {
            span: self.tokens.span(from, to),
            kind,
        }
    }
}

/// Collects characters into runs.
#[derive(Default)]
struct Out {
    nodes: Vec<Inline>,
    run: Run,
    length: u32,
    span: Span,
    next: Position,
}

impl Out {
    fn character(&mut self, c: char, place: Position, span: Span) {
        if self.run.anchors.is_empty() || self.next != place {
            self.run.anchors.push((self.length, place));
        }
        self.next = place.right(1);
        self.run.text.push(c);
        self.length += 1;
        self.span = self.span.to(span);
    }

    fn node(&mut self, node: Inline) {
        self.flush();
        self.nodes.push(node);
    }

    fn flush(&mut self) {
        if self.length > 0 {
            self.nodes.push(Inline {
                span: std::mem::take(&mut self.span),
                kind: InlineKind::Text(std::mem::take(&mut self.run)),
            });
            self.length = 0;
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        self.flush();
        self.nodes
    }
}

impl Token {
    fn plain(&self) -> Option<(char, bool)> {
        match self.kind {
            TokenKind::Char(c) => Some((c, false)),
            TokenKind::Escaped(c) => Some((c, true)),
            _ => None,
        }
    }
}
