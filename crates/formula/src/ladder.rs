//! Climbing a ladder, and finding the row of a table that holds.

use std::cmp::Ordering;

use crate::arithmetic::{common, holds};
use crate::evaluate::{Run, World, evaluate};
use crate::number::Number;
use crate::syntax::{Expr, ExprKind, Formula, Guard, LadderKind, Rung};
use crate::unit::Unit;
use crate::value::{Quantity, Undefined, Value, same_word};

pub(crate) fn climb(run: &Run<'_>, kind: LadderKind, subject: Option<&Expr>, rungs: &[Rung], back: u8) -> Value {
    // Without a subject of its own a ladder scores the value at hand, and bare numbers have that value's unit.
    let (value, unit) = match (subject, run.subject) {
        (Some(subject), _) => (run.expr(subject, back), None),
        (None, Some(scored)) => (scored.value.clone(), Some(scored.unit)),
        (None, None) => (Value::undefined(Undefined::UnknownName), None),
    };
    if matches!(value, Value::Absent(_)) {
        return value;
    }
    let bound = |expr: &Expr| bound_of(run, expr, unit, back);
    match kind {
        LadderKind::Linear => linear(run, &value, rungs, &bound, back),
        LadderKind::Step | LadderKind::Grade => match step(&value, rungs, &bound, kind == LadderKind::Step) {
            Some(at) => rungs
                .get(at)
                .map_or_else(|| off(&value, unit), |rung| run.expr(&rung.value, back)),
            None => off(&value, unit),
        },
    }
}

/// The row of a decision table that holds for a value: the first in order.
///
/// ```
/// use formula::{Number, Unit, Value, first_row, parse_rung};
/// let rows: Vec<_> = ["0 % → 1", "(0 %, 50 %) → 0.5", "[50 %, 100 %) → 0.25", "100 % → 0"]
///     .iter().map(|row| parse_rung(row)).collect::<Result<_, _>>()?;
/// let half = Value::of_unit(&Number::from(50), &Unit::parse("%").unwrap());
/// assert_eq!(first_row(&rows, &half), Some(2));
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn first_row(rows: &[Rung], value: &Value) -> Option<usize> {
    step(value, rows, &plain, false)
}

/// Every row of a decision table that holds for a value.
pub fn rows_that_hold(rows: &[Rung], value: &Value) -> Vec<usize> {
    let guards = rows.iter().enumerate();
    guards
        .filter(|(_, row)| holds_at(&row.guard, value, &plain) == Some(true))
        .map(|(at, _)| at)
        .collect()
}

struct Nothing;
impl World for Nothing {
    fn value(&self, _: &str, _: u8) -> Value {
        Value::undefined(Undefined::UnknownName)
    }
}

fn plain(expr: &Expr) -> Value {
    let formula = Formula {
        body: expr.clone(),
        locals: Vec::new(),
    };
    evaluate(&formula, &Nothing, None).value
}

fn bound_of(run: &Run<'_>, expr: &Expr, unit: Option<&Unit>, back: u8) -> Value {
    match (unit, bare(expr)) {
        (Some(unit), Some(number)) => Value::of_unit(&number, unit),
        _ => run.expr(expr, back),
    }
}

/// A number that is written without a unit.
pub(crate) fn bare(expr: &Expr) -> Option<Number> {
    match &expr.kind {
        ExprKind::Number(number, None) => Some(number.clone()),
        ExprKind::Negative(inner) => bare(inner).map(|number| number.negated()),
        _ => None,
    }
}

fn off(value: &Value, unit: Option<&Unit>) -> Value {
    let shown = unit.map_or_else(|| value.shown(&Unit::none()), |unit| value.shown(unit));
    Value::undefined(Undefined::OffLadder(shown))
}

/// Which rung holds. Rungs with a condition come first, in their order; then, on stairs, the highest point that is not
/// above the value; then the rest.
fn step(value: &Value, rungs: &[Rung], bound: &dyn Fn(&Expr) -> Value, stairs: bool) -> Option<usize> {
    let mut best: Option<(usize, Quantity)> = None;
    for (at, rung) in rungs.iter().enumerate() {
        if let (true, Guard::Point(point)) = (stairs, &rung.guard) {
            let (Some(value), Value::Quantity(point)) = (value.quantity(), bound(point)) else {
                continue;
            };
            let reached = common(value, &point).is_ok() && value.number >= point.number;
            if reached && best.as_ref().is_none_or(|(_, known)| point.number > known.number) {
                best = Some((at, point));
            }
        } else if rung.guard != Guard::Otherwise && holds_at(&rung.guard, value, bound) == Some(true) {
            return Some(at);
        }
    }
    best.map(|(at, _)| at)
        .or_else(|| rungs.iter().position(|rung| rung.guard == Guard::Otherwise))
}

/// Whether a guard holds; `None` where it cannot be told.
fn holds_at(guard: &Guard, value: &Value, bound: &dyn Fn(&Expr) -> Value) -> Option<bool> {
    let against = |expr: &Expr| -> Option<Ordering> {
        let (value, bound) = (value.quantity()?, bound(expr));
        let bound = bound.quantity()?;
        common(value, bound).ok()?;
        Some(value.number.cmp(&bound.number))
    };
    match guard {
        Guard::Point(point) => Some(against(point)? == Ordering::Equal),
        Guard::Compare(operator, limit) => Some(holds(*operator, against(limit)?)),
        Guard::Interval {
            low,
            low_closed,
            high,
            high_closed,
        } => {
            let above = match low {
                Some(low) => against(low)?,
                None => Ordering::Greater,
            };
            let below = match high {
                Some(high) => against(high)?,
                None => Ordering::Less,
            };
            let above = above.is_gt() || (*low_closed && above.is_eq());
            let below = below.is_lt() || (*high_closed && below.is_eq());
            Some(above && below)
        }
        Guard::Word(word) => Some(same_word(word, &value.key()?)),
        Guard::Otherwise => Some(false),
    }
}

fn linear(run: &Run<'_>, value: &Value, rungs: &[Rung], bound: &dyn Fn(&Expr) -> Value, back: u8) -> Value {
    let Value::Quantity(value) = value else {
        return Value::undefined(Undefined::WrongKind);
    };
    let mut points: Vec<(Quantity, Quantity)> = Vec::with_capacity(rungs.len());
    for rung in rungs {
        let Guard::Point(point) = &rung.guard else {
            return Value::undefined(Undefined::WrongKind);
        };
        match (bound(point), run.expr(&rung.value, back)) {
            (Value::Quantity(x), Value::Quantity(y)) => {
                if let Err(mismatch) = common(value, &x) {
                    return mismatch;
                }
                points.push((x, y));
            }
            (Value::Absent(absence), _) | (_, Value::Absent(absence)) => return Value::Absent(absence),
            _ => return Value::undefined(Undefined::WrongKind),
        }
    }
    points.sort_by(|a, b| a.0.number.cmp(&b.0.number));
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Value::undefined(Undefined::EmptyList);
    };
    if value.number <= first.0.number {
        return Value::Quantity(first.1.clone());
    }
    if value.number >= last.0.number {
        return Value::Quantity(last.1.clone());
    }
    for pair in points.windows(2) {
        let [low, high] = pair else { continue };
        if value.number > high.0.number {
            continue;
        }
        let dimension = match common(&low.1, &high.1) {
            Ok(dimension) => dimension,
            Err(mismatch) => return mismatch,
        };
        let between = || {
            let share = value
                .number
                .minus(&low.0.number)?
                .over(&high.0.number.minus(&low.0.number)?)?;
            high.1.number.minus(&low.1.number)?.times(&share)?.plus(&low.1.number)
        };
        return crate::arithmetic::quantity(between(), dimension);
    }
    Value::Quantity(last.1.clone())
}
