//! Checking ladders: units of their points, their order, words that stand twice.

use crate::check::{Checker, Kind};
use crate::dimension::Dimension;
use crate::fault::FaultKind;
use crate::ladder::bare;
use crate::number::Number;
use crate::span::Span;
use crate::syntax::{Expr, ExprKind, Guard, LadderKind, Rung};
use crate::unit::Unit;
use crate::value::same_word;

impl Checker<'_> {
    pub(crate) fn ladder(&self, kind: LadderKind, subject: Option<&Expr>, rungs: &[Rung], span: Span) -> Kind {
        let (climbed, unit) = match (subject, self.subject) {
            (Some(subject), _) => (self.expr(subject), None),
            (None, Some((kind, unit))) => (kind.clone(), Some(unit)),
            (None, None) => {
                self.fault(FaultKind::NoSubject, span);
                (Kind::Any, None)
            }
        };
        let numeric = kind != LadderKind::Grade;
        let dimension = match (&climbed, unit) {
            (Kind::Quantity(dimension), _) => *dimension,
            (Kind::Any, Some(unit)) if numeric => Some(unit.dimension()),
            (Kind::Any, None) => None,
            _ if numeric => self.as_quantity(&climbed, span),
            _ => None,
        };
        let mut result: Option<Kind> = None;
        let mut words: Vec<&str> = Vec::new();
        let mut points = Vec::new();
        for rung in rungs {
            match &rung.guard {
                Guard::Point(point) => {
                    self.bound(point, dimension, unit);
                    points.push((in_base(point, unit), point.span));
                }
                Guard::Compare(_, limit) => self.bound(limit, dimension, unit),
                Guard::Interval { low, high, .. } => {
                    for end in [low, high].into_iter().flatten() {
                        self.bound(end, dimension, unit);
                    }
                }
                Guard::Word(word) => {
                    if words.iter().any(|known| same_word(known, word)) {
                        self.fault(FaultKind::RungTwice(word.clone()), rung.value.span);
                    }
                    words.push(word);
                    if let Kind::Word(known) = &climbed
                        && !known.is_empty()
                        && !known.iter().any(|known| same_word(known, word))
                    {
                        let kind = FaultKind::UnknownWord {
                            word: word.clone(),
                            known: known.join("、"),
                        };
                        self.fault(kind, rung.value.span);
                    }
                }
                Guard::Otherwise => {}
            }
            let kind = self.expr(&rung.value);
            result = Some(match result {
                Some(before) => self.joined(before, kind, rung.value.span),
                None => kind,
            });
        }
        self.in_order(&points);
        result.unwrap_or(Kind::Any)
    }

    /// Points must all rise, or all fall.
    fn in_order(&self, points: &[(Option<Number>, Span)]) {
        let mut rising = None;
        for pair in points.windows(2) {
            let [(Some(first), _), (Some(second), span)] = pair else {
                continue;
            };
            let rises = second > first;
            if second == first || *rising.get_or_insert(rises) != rises {
                self.fault(FaultKind::RungOrder, *span);
            }
        }
    }

    fn bound(&self, expr: &Expr, dimension: Option<Dimension>, unit: Option<&Unit>) {
        if unit.is_some() && bare(expr).is_some() {
            return;
        }
        let found = self.quantity(expr);
        self.same(dimension, found, expr.span);
    }
}

/// A literal point in base units.
fn in_base(expr: &Expr, unit: Option<&Unit>) -> Option<Number> {
    match &expr.kind {
        ExprKind::Number(number, Some(own)) => Some(own.to_base(number)),
        ExprKind::Negative(inner) => in_base(inner, unit).map(|number| number.negated()),
        _ => bare(expr).map(|number| unit.map_or(number.clone(), |unit| unit.to_base(&number))),
    }
}
