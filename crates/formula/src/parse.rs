//! Tokens to a tree: a Pratt parser that ends on every input.

use crate::fault::{Expectation, Fault, FaultKind};
use crate::lex::{Lexed, Token, lex};
use crate::span::Span;
use crate::syntax::{Expr, ExprKind, Formula, Function, LadderKind, Local, NOT_BINDING, Operator, SIGN_BINDING};
use crate::unit::Unit;

/// Expressions with something inside them, in one formula. A larger one is written as several named ones.
pub(crate) const MAX_INNER: usize = 250;
/// Brackets in brackets.
pub(crate) const MAX_DEPTH: usize = 48;

type Parsed<T> = Result<T, Fault>;

/// Reads a formula: `设备数[联网="5G"] ÷ 设备数`, or with names of its own, `a ÷ b; a = 产值 − 成本`.
///
/// ```
/// use formula::{Style, parse};
/// let formula = parse("若 产值 >= 100 万元 则 1 否则 0")?;
/// assert_eq!(formula.print(Style::Chinese), "若 产值 ≥ 100 万元 则 1 否则 0");
/// assert_eq!(formula.print(Style::Ascii), "if 产值 >= 100 万元 then 1 else 0");
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn parse(text: &str) -> Result<Formula, Fault> {
    let mut parser = Parser::new(text)?;
    let body = parser.whole()?;
    let mut locals: Vec<Local> = Vec::new();
    while parser.take(&Token::Semicolon) {
        if parser.peek() == &Token::End {
            break;
        }
        let span = parser.span();
        let name = parser.name()?;
        if locals.iter().any(|local| local.name == name) {
            return Err(Fault::new(FaultKind::DefinedTwice(name), span));
        }
        if !parser.take(&Token::Operator(Operator::Equal)) {
            return Err(parser.expected(Expectation::Equals));
        }
        let body = parser.whole()?;
        locals.push(Local { name, body });
    }
    parser.finish()?;
    Ok(Formula { body, locals })
}

pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    tokens: Vec<Lexed>,
    at: usize,
    depth: usize,
    inner: usize,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Parsed<Self> {
        Ok(Self {
            text,
            tokens: lex(text)?,
            at: 0,
            depth: 0,
            inner: 0,
        })
    }

    pub(crate) fn finish(&self) -> Parsed<()> {
        if self.peek() == &Token::End {
            Ok(())
        } else {
            Err(self.expected(Expectation::End))
        }
    }

    pub(crate) fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    pub(crate) fn peek_at(&self, ahead: usize) -> &Token {
        self.tokens
            .get(self.at + ahead)
            .map_or(&Token::End, |lexed| &lexed.token)
    }

    pub(crate) fn span(&self) -> Span {
        self.tokens
            .get(self.at)
            .map_or(Span::new(self.text.len(), self.text.len()), |lexed| lexed.span)
    }

    pub(crate) fn advance(&mut self) {
        self.at += 1;
    }

    pub(crate) fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.advance();
        }
        found
    }

    pub(crate) fn expected(&self, what: Expectation) -> Fault {
        let span = self.span();
        let found = span.of(self.text).chars().take(40).collect();
        Fault::new(FaultKind::Expected { what, found }, span)
    }

    pub(crate) fn require(&mut self, token: &Token, what: Expectation) -> Parsed<()> {
        if self.take(token) {
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    /// A node with something inside, counted.
    pub(crate) fn node(&mut self, kind: ExprKind, span: Span) -> Parsed<Expr> {
        self.inner += 1;
        if self.inner > MAX_INNER {
            return Err(Fault::new(FaultKind::TooDeep, span));
        }
        Ok(Expr { kind, span })
    }

    fn name(&mut self) -> Parsed<String> {
        let Token::Name(name) = self.peek().clone() else {
            return Err(self.expected(Expectation::Name));
        };
        self.advance();
        Ok(self.filtered(name))
    }

    fn filtered(&mut self, name: String) -> String {
        if let Token::Filter(filter) = self.peek().clone() {
            self.advance();
            return format!("{name}{filter}");
        }
        name
    }

    /// An expression, and perhaps the unit in which it is given.
    pub(crate) fn whole(&mut self) -> Parsed<Expr> {
        let expr = self.expression(0)?;
        let Token::InUnit(unit) = self.peek().clone() else {
            return Ok(expr);
        };
        let span = expr.span.to(self.span());
        self.advance();
        self.node(ExprKind::In(Box::new(expr), unit), span)
    }

    pub(crate) fn expression(&mut self, binding: u8) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(FaultKind::TooDeep, self.span()));
        }
        let expr = self.climb(binding);
        self.depth -= 1;
        expr
    }

    fn climb(&mut self, binding: u8) -> Parsed<Expr> {
        // A comparison in brackets may be compared again.
        let mut grouped = self.peek() == &Token::OpenParenthesis;
        let mut left = self.prefix()?;
        while let Token::Operator(operator) = *self.peek() {
            let own = operator.binding();
            if own < binding {
                break;
            }
            if operator.compares()
                && let ExprKind::Binary(before, _, _) = &left.kind
                && before.compares()
                && !grouped
            {
                return Err(Fault::new(FaultKind::ChainedComparison, self.span()));
            }
            self.advance();
            // A power binds to its right, everything else to its left.
            let right = self.expression(if operator == Operator::Power { own } else { own + 1 })?;
            let span = left.span.to(right.span);
            left = self.node(ExprKind::Binary(operator, Box::new(left), Box::new(right)), span)?;
            grouped = false;
        }
        Ok(left)
    }

    fn prefix(&mut self) -> Parsed<Expr> {
        let start = self.span();
        match self.peek() {
            Token::Operator(Operator::Minus) => {
                self.advance();
                let inner = self.expression(SIGN_BINDING)?;
                let span = start.to(inner.span);
                self.node(ExprKind::Negative(Box::new(inner)), span)
            }
            Token::Operator(Operator::Plus) => {
                self.advance();
                self.expression(SIGN_BINDING)
            }
            Token::Not => {
                self.advance();
                let inner = self.expression(NOT_BINDING)?;
                let span = start.to(inner.span);
                self.node(ExprKind::Not(Box::new(inner)), span)
            }
            Token::If => {
                self.advance();
                let condition = self.expression(0)?;
                self.take(&Token::Comma);
                self.require(&Token::Then, Expectation::Then)?;
                let then = self.expression(0)?;
                self.take(&Token::Comma);
                self.require(&Token::Else, Expectation::Else)?;
                let otherwise = self.expression(0)?;
                let span = start.to(otherwise.span);
                let kind = ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise));
                self.node(kind, span)
            }
            _ => self.operand(),
        }
    }

    fn operand(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let leaf = |kind| Expr { kind, span: start };
        let token = self.peek().clone();
        match token {
            Token::Number(number, unit) => {
                self.advance();
                Ok(leaf(ExprKind::Number(number, unit)))
            }
            Token::Text(text) => {
                self.advance();
                Ok(leaf(ExprKind::Text(text)))
            }
            Token::Truth(truth) => {
                self.advance();
                Ok(leaf(ExprKind::Truth(truth)))
            }
            Token::Reported => {
                self.advance();
                Ok(leaf(ExprKind::Reported))
            }
            Token::Name(name) => {
                self.advance();
                self.after_name(name, start)
            }
            Token::OpenParenthesis => {
                self.advance();
                let inner = self.whole()?;
                self.require(&Token::CloseParenthesis, Expectation::CloseParenthesis)?;
                Ok(inner)
            }
            Token::OpenBrace => self.set(),
            _ => Err(self.expected(Expectation::Operand)),
        }
    }

    fn after_name(&mut self, name: String, start: Span) -> Parsed<Expr> {
        let before = self.span();
        let name = self.filtered(name);
        let mut span = if self.span() == before { start } else { start.to(before) };
        if self.peek() == &Token::OpenParenthesis {
            return self.call(&name, start);
        }
        if self.take(&Token::At) {
            let (period, end) = self.period()?;
            span = span.to(end);
            return self.node(ExprKind::At(name, period), span);
        }
        Ok(Expr {
            kind: ExprKind::Name(name),
            span,
        })
    }

    /// What follows `@`: a year, a month or a day, or a name such as 上期.
    fn period(&mut self) -> Parsed<(String, Span)> {
        let start = self.span();
        let rest = &self.text[start.start.min(self.text.len())..];
        let length: usize = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '-')
            .map(char::len_utf8)
            .sum();
        if length > 0 {
            let period = rest[..length].trim_end_matches('-').to_owned();
            let end = start.start + period.len();
            while self.span().start < end && self.peek() != &Token::End {
                self.advance();
            }
            return Ok((period, Span::new(start.start, end)));
        }
        match self.peek().clone() {
            Token::Name(name) => {
                self.advance();
                Ok((name, start))
            }
            _ => Err(self.expected(Expectation::Period)),
        }
    }

    fn set(&mut self) -> Parsed<Expr> {
        let start = self.span();
        self.advance();
        let mut words = Vec::new();
        while self.peek() != &Token::CloseBrace {
            words.push(self.word()?);
            if !self.take(&Token::Comma) {
                break;
            }
        }
        let end = self.span();
        self.require(&Token::CloseBrace, Expectation::CloseBrace)?;
        if let Token::Name(list) = self.peek().clone() {
            let span = start.to(self.span());
            self.advance();
            let list = self.filtered(list);
            return Ok(Expr {
                kind: ExprKind::Among(words, list),
                span,
            });
        }
        Ok(Expr {
            kind: ExprKind::Set(words),
            span: start.to(end),
        })
    }

    /// A word of a set or of a ladder: a name, a text, or a number as it is written.
    pub(crate) fn word(&mut self) -> Parsed<String> {
        let word = match self.peek().clone() {
            Token::Name(word) | Token::Text(word) => word,
            Token::Truth(_) | Token::Number(..) | Token::Reported => self.span().of(self.text).to_owned(),
            _ => return Err(self.expected(Expectation::Name)),
        };
        self.advance();
        Ok(word)
    }

    fn call(&mut self, name: &str, start: Span) -> Parsed<Expr> {
        let ladder = [LadderKind::Linear, LadderKind::Step, LadderKind::Grade]
            .into_iter()
            .find(|kind| kind.names().0 == name || kind.names().1 == name);
        // The bracket, without which it would be a name.
        self.advance();
        if let Some(kind) = ladder {
            return self.ladder(kind, start);
        }
        if matches!(name, "查" | "lookup") {
            return self.look_up(start);
        }
        let Some(function) = Function::of_name(name) else {
            let near = crate::near::nearest(
                name,
                Function::all_names().chain(["查", "lookup", "线性", "阶梯", "等级"]),
            );
            let kind = FaultKind::UnknownFunction {
                name: name.to_owned(),
                near,
            };
            return Err(Fault::new(kind, start));
        };
        let mut arguments = Vec::new();
        while self.peek() != &Token::CloseParenthesis {
            arguments.push(self.expression(0)?);
            if !self.take(&Token::Comma) {
                break;
            }
        }
        let span = start.to(self.span());
        self.require(&Token::CloseParenthesis, Expectation::CloseParenthesis)?;
        let (fewest, most) = function.arity();
        if arguments.len() < fewest || arguments.len() > most {
            let wanted = if fewest == most {
                fewest.to_string()
            } else {
                format!("{fewest}–{most}")
            };
            let kind = FaultKind::ArgumentCount {
                function: function.names().0,
                wanted,
                found: arguments.len(),
            };
            return Err(Fault::new(kind, span));
        }
        self.node(ExprKind::Call(function, arguments), span)
    }

    fn look_up(&mut self, start: Span) -> Parsed<Expr> {
        let table = self.word()?;
        if !self.take(&Token::Comma) {
            let kind = FaultKind::ArgumentCount {
                function: "查",
                wanted: "2–3".to_owned(),
                found: 1,
            };
            return Err(Fault::new(kind, start.to(self.span())));
        }
        let key = self.expression(0)?;
        let column = if self.take(&Token::Comma) {
            Some(self.word()?)
        } else {
            None
        };
        let span = start.to(self.span());
        self.require(&Token::CloseParenthesis, Expectation::CloseParenthesis)?;
        self.node(ExprKind::LookUp(table, Box::new(key), column), span)
    }

    /// Whether the bracket that opens here closes right before `→`, with a comma inside: an interval.
    pub(crate) fn interval_ahead(&self) -> bool {
        if !matches!(self.peek(), Token::OpenParenthesis | Token::OpenBracket) {
            return false;
        }
        let (mut depth, mut comma) = (0_usize, false);
        for lexed in self.tokens.iter().skip(self.at) {
            match lexed.token {
                Token::OpenParenthesis | Token::OpenBracket | Token::OpenBrace => depth += 1,
                Token::CloseParenthesis | Token::CloseBracket | Token::CloseBrace => {
                    depth -= 1;
                    if depth == 0 {
                        let next = lexed.span.end;
                        return comma && self.arrow_at(next);
                    }
                }
                Token::Comma if depth == 1 => comma = true,
                Token::End => return false,
                _ => {}
            }
        }
        false
    }

    fn arrow_at(&self, byte: usize) -> bool {
        let rest = self.text.get(byte..).unwrap_or("").trim_start();
        rest.starts_with('→') || rest.starts_with("->")
    }
}

/// Reads a unit's name, for callers that have it apart from a number.
pub fn parse_unit(text: &str) -> Result<Unit, Fault> {
    Unit::parse(text).ok_or_else(|| {
        let span = Span::new(0, text.len());
        Fault::new(FaultKind::UnknownUnit(text.trim().to_owned()), span)
    })
}
