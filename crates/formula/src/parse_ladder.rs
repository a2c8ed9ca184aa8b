//! Ladders: `线性(60 %→0, 95 %→100)`, `阶梯(0→100, ≥2→0)`, `等级({是:100, 否:0})`, and rows of tables.

use crate::fault::{Expectation, Fault, FaultKind};
use crate::lex::Token;
use crate::parse::Parser;
use crate::span::Span;
use crate::syntax::{Expr, ExprKind, Guard, LadderKind, Operator, Rung};

/// Reads one row of a table: `(0 %, 50 %) → 0.5`, `0 % → 1`, `其余 → 0`.
///
/// ```
/// use formula::{Guard, parse_rung};
/// let rung = parse_rung("[50 %, 100 %) → 0.25")?;
/// assert!(matches!(rung.guard, Guard::Interval { low_closed: true, high_closed: false, .. }));
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn parse_rung(text: &str) -> Result<Rung, Fault> {
    let mut parser = Parser::new(text)?;
    let rung = parser.rung(None)?;
    parser.finish()?;
    rung.ok_or_else(|| Fault::new(FaultKind::NoRungs, Span::new(0, text.len())))
}

impl Parser<'_> {
    /// After the opening bracket of a ladder.
    pub(crate) fn ladder(&mut self, kind: LadderKind, start: Span) -> Result<Expr, Fault> {
        let mut subject = None;
        let mut rungs = Vec::new();
        while self.peek() != &Token::CloseParenthesis {
            if self.peek() == &Token::OpenBrace && self.braces_of_rungs() {
                self.advance();
                self.words_of_grades(&mut rungs)?;
            } else {
                let first = subject.is_none() && rungs.is_empty();
                match self.rung(Some(kind))? {
                    Some(rung) => rungs.push(rung),
                    None if first => subject = Some(Box::new(self.expression(0)?)),
                    None => {
                        self.expression(0)?;
                        return Err(self.expected(Expectation::Arrow));
                    }
                }
            }
            if !self.take(&Token::Comma) {
                break;
            }
        }
        let span = start.to(self.span());
        self.require(&Token::CloseParenthesis, Expectation::CloseParenthesis)?;
        if rungs.is_empty() {
            return Err(Fault::new(FaultKind::NoRungs, span));
        }
        let words = rungs.iter().filter(|rung| matches!(rung.guard, Guard::Word(_))).count();
        let fits = match kind {
            LadderKind::Linear => rungs.len() > 1 && rungs.iter().all(|rung| matches!(rung.guard, Guard::Point(_))),
            LadderKind::Step => words == 0,
            LadderKind::Grade => rungs
                .iter()
                .all(|rung| matches!(rung.guard, Guard::Word(_) | Guard::Otherwise)),
        };
        if !fits {
            return Err(Fault::new(FaultKind::RungKind, span));
        }
        self.node(ExprKind::Ladder(kind, subject, rungs), span)
    }

    fn braces_of_rungs(&self) -> bool {
        self.peek_at(1) != &Token::CloseBrace && matches!(self.peek_at(2), Token::Colon | Token::Arrow)
    }

    fn words_of_grades(&mut self, rungs: &mut Vec<Rung>) -> Result<(), Fault> {
        while self.peek() != &Token::CloseBrace {
            let guard = if self.take(&Token::Otherwise) {
                Guard::Otherwise
            } else {
                Guard::Word(self.word()?)
            };
            if !self.take(&Token::Colon) {
                self.require(&Token::Arrow, Expectation::Arrow)?;
            }
            let value = self.expression(0)?;
            rungs.push(Rung { guard, value });
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.require(&Token::CloseBrace, Expectation::CloseBrace)
    }

    /// A rung, or nothing (and nothing read) where no `→` follows. A lone name is a word, but in ladders of numbers it
    /// is a point with a name.
    pub(crate) fn rung(&mut self, ladder: Option<LadderKind>) -> Result<Option<Rung>, Fault> {
        let guard = match self.peek().clone() {
            Token::Otherwise => {
                self.advance();
                Guard::Otherwise
            }
            Token::Operator(operator) if operator.compares() => {
                self.advance();
                let bound = self.expression(Operator::Plus.binding())?;
                Guard::Compare(operator, bound)
            }
            Token::OpenParenthesis | Token::OpenBracket if self.interval_ahead() => self.interval()?,
            Token::Name(word)
                if self.peek_at(1) == &Token::Arrow
                    && !matches!(ladder, Some(LadderKind::Linear | LadderKind::Step)) =>
            {
                self.advance();
                Guard::Word(word)
            }
            Token::Text(word) if self.peek_at(1) == &Token::Arrow => {
                self.advance();
                Guard::Word(word)
            }
            Token::Truth(_) if self.peek_at(1) == &Token::Arrow => Guard::Word(self.word()?),
            _ => {
                if ladder.is_some() && !self.arrow_before_comma() {
                    return Ok(None);
                }
                Guard::Point(self.expression(0)?)
            }
        };
        self.require(&Token::Arrow, Expectation::Arrow)?;
        let value = self.expression(0)?;
        Ok(Some(Rung { guard, value }))
    }

    /// Whether `→` comes before the argument ends.
    fn arrow_before_comma(&self) -> bool {
        let mut depth = 0_usize;
        for ahead in 0.. {
            match self.peek_at(ahead) {
                Token::OpenParenthesis | Token::OpenBracket | Token::OpenBrace => depth += 1,
                Token::CloseParenthesis | Token::CloseBracket | Token::CloseBrace => {
                    if depth == 0 {
                        return false;
                    }
                    depth -= 1;
                }
                Token::Comma if depth == 0 => return false,
                Token::Arrow if depth == 0 => return true,
                Token::End => return false,
                _ => {}
            }
        }
        false
    }

    fn interval(&mut self) -> Result<Guard, Fault> {
        let low_closed = self.peek() == &Token::OpenBracket;
        self.advance();
        let low = self.bound()?;
        self.require(&Token::Comma, Expectation::CloseBracket)?;
        let high = self.bound()?;
        let high_closed = self.peek() == &Token::CloseBracket;
        if high_closed {
            self.advance();
        } else {
            self.require(&Token::CloseParenthesis, Expectation::CloseBracket)?;
        }
        Ok(Guard::Interval {
            low_closed: low_closed && low.is_some(),
            high_closed: high_closed && high.is_some(),
            low,
            high,
        })
    }

    /// An end of an interval; none where it is infinite.
    fn bound(&mut self) -> Result<Option<Expr>, Fault> {
        let signed = matches!(self.peek(), Token::Operator(Operator::Minus | Operator::Plus));
        let ahead = usize::from(signed);
        if self.peek_at(ahead) == &Token::Infinity {
            for _ in 0..=ahead {
                self.advance();
            }
            return Ok(None);
        }
        self.expression(0).map(Some)
    }
}
