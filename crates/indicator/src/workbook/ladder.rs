//! Ladders and decision tables as nested conditions of a sheet.

use formula::{Expr, ExprKind, Formula, Guard, Number, Operator, Quantity, Rung, Unit, Value, World, evaluate};

use super::expression::{Inner, Made, UNDEFINED, bracketed, compared};
use super::layout::Holds;
use super::quoted;

impl Inner<'_, '_, '_> {
    /// A bound in base units; bare numbers have the unit of what is scored.
    fn bound(expr: &Expr, unit: Option<&Unit>) -> Option<Number> {
        let formula = Formula {
            body: expr.clone(),
            locals: Vec::new(),
        };
        let Value::Quantity(Quantity { number, dimension }) = evaluate(&formula, &Nothing, None).value else {
            return None;
        };
        let bare = dimension.is_none() && is_bare(expr);
        Some(match unit {
            Some(unit) if bare => unit.to_base(&number),
            _ => number,
        })
    }

    /// Straight lines between points, level outside.
    pub(super) fn linear(&self, value: &str, rungs: &[Rung], unit: Option<&Unit>, row: usize) -> Option<String> {
        let mut points = Vec::with_capacity(rungs.len());
        for rung in rungs {
            let Guard::Point(point) = &rung.guard else { return None };
            points.push((Self::bound(point, unit)?, self.number(&rung.value, row)?));
        }
        points.sort_by(|a, b| a.0.cmp(&b.0));
        let mut text = points.last()?.1.clone();
        for pair in points.windows(2).rev() {
            let [(x0, y0), (x1, y1)] = pair else { return None };
            let (x0, x1) = (bracketed(x0), bracketed(x1));
            text = format!("IF({value}<={x1},{y0}+({value}-{x0})*({y1}-{y0})/({x1}-{x0}),{text})");
        }
        let (first, level) = points.first()?;
        Some(format!("IF({value}<={},{level},{text})", bracketed(first)))
    }

    /// Rungs with a condition in their order, then the highest point that is not above the value, then the rest.
    pub(super) fn steps(
        &self,
        value: &Made,
        rungs: &[Rung],
        unit: Option<&Unit>,
        row: usize,
        stairs: bool,
    ) -> Option<Made> {
        let mut holds = None;
        let mut of = |expr: &Expr| {
            let made = self.expr(expr, row)?;
            let same = *holds.get_or_insert(made.holds) == made.holds;
            same.then_some(made.text)
        };
        let (mut conditions, mut points, mut text) = (Vec::new(), Vec::new(), UNDEFINED.to_owned());
        for rung in rungs {
            let given = of(&rung.value)?;
            match &rung.guard {
                Guard::Point(point) if stairs => points.push((Self::bound(point, unit)?, given)),
                Guard::Otherwise => text = given,
                guard => conditions.push((Self::holds(guard, value, unit)?, given)),
            }
        }
        points.sort_by(|a, b| a.0.cmp(&b.0));
        for (point, given) in &points {
            let point = Made::number(bracketed(point));
            text = format!("IF({},{given},{text})", compared(Operator::AtLeast, value, &point)?);
        }
        for (condition, given) in conditions.iter().rev() {
            text = format!("IF({condition},{given},{text})");
        }
        // An absent value is on no rung.
        let text = format!("IF(ISERROR({0}),{0},{text})", value.text);
        Some(Made {
            text,
            holds: holds.unwrap_or(Holds::Number),
        })
    }

    fn holds(guard: &Guard, value: &Made, unit: Option<&Unit>) -> Option<String> {
        let against = |operator, bound: &Expr| {
            let bound = Made::number(bracketed(&Self::bound(bound, unit)?));
            compared(operator, value, &bound)
        };
        match guard {
            Guard::Point(point) => against(Operator::Equal, point),
            Guard::Compare(operator, limit) => against(*operator, limit),
            Guard::Interval {
                low,
                low_closed,
                high,
                high_closed,
            } => {
                let low = low.as_ref().map(|low| {
                    let operator = if *low_closed { Operator::AtLeast } else { Operator::More };
                    against(operator, low)
                });
                let high = high.as_ref().map(|high| {
                    let operator = if *high_closed { Operator::AtMost } else { Operator::Less };
                    against(operator, high)
                });
                let both: Option<Vec<String>> = low.into_iter().chain(high).collect();
                Some(format!("AND({})", both?.join(",")))
            }
            Guard::Word(word) => Some(match value.holds {
                Holds::Truth if formula::same_word(word, "是") => value.text.clone(),
                Holds::Truth if formula::same_word(word, "否") => format!("NOT({})", value.text),
                Holds::Word => format!("{}={}", value.text, quoted(word)),
                Holds::Number => format!("{}={}", value.text, bracketed(&Number::parse(word)?)),
                _ => return None,
            }),
            Guard::Otherwise => None,
        }
    }
}

/// A world in which nothing has a name: bounds are numbers.
struct Nothing;
impl World for Nothing {
    fn value(&self, name: &str, _: u8) -> Value {
        Value::missing(name, "")
    }
}

fn is_bare(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_, unit) => unit.is_none(),
        ExprKind::Negative(inner) => is_bare(inner),
        _ => false,
    }
}
