//! Sets of numbers as intervals: what a condition on one quantity holds for.

use formula::{Expr, ExprKind, Number, Operator};

/// One interval; no end is infinite.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    pub(super) low: Option<(Number, bool)>,
    pub(super) high: Option<(Number, bool)>,
}

impl Range {
    pub(super) const ALL: Self = Self { low: None, high: None };

    fn of(operator: Operator, limit: &Number) -> Vec<Self> {
        let end = |closed| Some((limit.clone(), closed));
        let range = |low, high| Self { low, high };
        match operator {
            Operator::AtLeast => vec![range(end(true), None)],
            Operator::More => vec![range(end(false), None)],
            Operator::AtMost => vec![range(None, end(true))],
            Operator::Less => vec![range(None, end(false))],
            Operator::Equal => vec![range(end(true), end(true))],
            _ => vec![range(None, end(false)), range(end(false), None)],
        }
    }

    pub(super) fn holds(&self, value: &Number) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|(low, closed)| value > low || (*closed && value == low));
        let below = self
            .high
            .as_ref()
            .is_none_or(|(high, closed)| value < high || (*closed && value == high));
        above && below
    }
}

/// For which values of a quantity a condition surely holds, and for which it may.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    pub(super) surely: Vec<Range>,
    pub(super) perhaps: Vec<Range>,
}

/// Reads a condition as sets of values of one quantity, named by `is_it`. Whatever else it asks may be so or not.
pub(super) fn holding(expr: &Expr, is_it: &dyn Fn(&str) -> bool) -> Holding {
    match &expr.kind {
        ExprKind::Truth(true) => sure(vec![Range::ALL]),
        ExprKind::Truth(false) => sure(Vec::new()),
        ExprKind::Binary(operator, left, right) if operator.compares() => {
            let name = |expr: &Expr| matches!(&expr.kind, ExprKind::Name(name) if is_it(name));
            match (name(left), literal(right), name(right), literal(left)) {
                (true, Some(limit), _, _) => sure(Range::of(*operator, &limit)),
                (_, _, true, Some(limit)) => sure(Range::of(turned(*operator), &limit)),
                _ => unknown(),
            }
        }
        ExprKind::Binary(Operator::And, left, right) => {
            let (left, right) = (holding(left, is_it), holding(right, is_it));
            Holding {
                surely: meet(&left.surely, &right.surely),
                perhaps: meet(&left.perhaps, &right.perhaps),
            }
        }
        ExprKind::Binary(Operator::Or, left, right) => {
            let (mut left, right) = (holding(left, is_it), holding(right, is_it));
            left.surely.extend(right.surely);
            left.perhaps.extend(right.perhaps);
            left
        }
        _ => unknown(),
    }
}

fn sure(ranges: Vec<Range>) -> Holding {
    Holding {
        surely: ranges.clone(),
        perhaps: ranges,
    }
}

fn unknown() -> Holding {
    Holding {
        surely: Vec::new(),
        perhaps: vec![Range::ALL],
    }
}

fn literal(expr: &Expr) -> Option<Number> {
    match &expr.kind {
        ExprKind::Number(number, unit) => Some(
            unit.as_ref()
                .map_or_else(|| number.clone(), |unit| unit.to_base(number)),
        ),
        ExprKind::Negative(inner) => literal(inner).map(|number| number.negated()),
        _ => None,
    }
}

const fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::AtMost => Operator::AtLeast,
        Operator::More => Operator::Less,
        Operator::AtLeast => Operator::AtMost,
        other => other,
    }
}

fn meet(left: &[Range], right: &[Range]) -> Vec<Range> {
    let mut met = Vec::new();
    for a in left {
        for b in right {
            let low = tighter(a.low.as_ref(), b.low.as_ref(), true);
            let high = tighter(a.high.as_ref(), b.high.as_ref(), false);
            let empty = match (&low, &high) {
                (Some((low, low_closed)), Some((high, high_closed))) => {
                    low > high || (low == high && !(*low_closed && *high_closed))
                }
                _ => false,
            };
            if !empty {
                met.push(Range { low, high });
            }
        }
    }
    met
}

type End = Option<(Number, bool)>;

fn tighter(a: Option<&(Number, bool)>, b: Option<&(Number, bool)>, low: bool) -> End {
    match (a, b) {
        (None, other) | (other, None) => other.cloned(),
        (Some(a), Some(b)) if a.0 == b.0 => Some((a.0.clone(), a.1 && b.1)),
        (Some(a), Some(b)) => Some(if (a.0 > b.0) == low { a.clone() } else { b.clone() }),
    }
}

/// Values that stand for all others: each end of the ranges within the bounds, and one between each two of them.
pub(super) fn witnesses<'a>(ranges: impl Iterator<Item = &'a Range>, bounds: &(Number, Number)) -> Vec<Number> {
    let mut ends = vec![bounds.0.clone(), bounds.1.clone()];
    for range in ranges {
        ends.extend(range.low.iter().chain(&range.high).map(|(end, _)| end.clone()));
    }
    ends.retain(|end| *end >= bounds.0 && *end <= bounds.1);
    ends.sort();
    ends.dedup();
    let two = Number::from(2);
    let between: Vec<Number> = ends
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => a.plus(b).and_then(|sum| sum.over(&two)).ok(),
            _ => None,
        })
        .collect();
    ends.extend(between);
    ends.sort();
    ends
}
