//! What the functions do with values.

use crate::arithmetic::{apply, common, not_a_quantity, quantity};
use crate::dimension::Dimension;
use crate::evaluate::{Run, count};
use crate::number::{Number, NumberError};
use crate::syntax::{Expr, Function, Operator};
use crate::value::{Quantity, Undefined, Value};

pub(crate) fn call(run: &Run<'_>, function: Function, arguments: &[Expr], back: u8) -> Value {
    let [first, rest @ ..] = arguments else {
        return Value::undefined(Undefined::WrongKind);
    };
    match function {
        Function::Previous => run.previous(first, back),
        Function::Growth => {
            let before = run.previous(first, back);
            let ratio = apply(Operator::Over, run.expr(first, back), before);
            apply(Operator::Minus, ratio, Value::pure(Number::one()))
        }
        Function::Present => Value::Truth(!matches!(run.expr(first, back), Value::Absent(_))),
        Function::OrElse => match (run.expr(first, back), rest) {
            (Value::Absent(_), [other]) => run.expr(other, back),
            (value, _) => value,
        },
        Function::Rank => rank(run, first, back),
        _ => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                match run.expr(argument, back) {
                    Value::Absent(absence) => return Value::Absent(absence),
                    value => values.push(value),
                }
            }
            of_values(function, values)
        }
    }
}

fn of_values(function: Function, values: Vec<Value>) -> Value {
    match (function, values.as_slice()) {
        (Function::Count, [Value::List(list)]) => count(list.len()),
        (Function::Count, all) => {
            let mut holding = 0;
            for value in all {
                match value {
                    Value::Truth(truth) => holding += usize::from(*truth),
                    _ => return Value::undefined(Undefined::WrongKind),
                }
            }
            count(holding)
        }
        (Function::Share, [part, whole]) => apply(Operator::Over, part.clone(), whole.clone()),
        (Function::Clamp, [value, low, high]) => {
            let raised = of_values(Function::Max, vec![value.clone(), low.clone()]);
            of_values(Function::Min, vec![raised, high.clone()])
        }
        (Function::Round, [Value::Quantity(value), Value::Quantity(step)]) => match common(value, step) {
            Ok(dimension) => Value::Quantity(Quantity {
                number: value.number.to_multiple_half_even(&step.number.abs()),
                dimension,
            }),
            Err(mismatch) => mismatch,
        },
        (Function::Quantile, [Value::List(samples), Value::Quantity(share)]) => quantile(samples, share),
        (Function::Quantile, [sample @ Value::Quantity(_), Value::Quantity(share)]) => {
            quantile(std::slice::from_ref(sample), share)
        }
        (Function::Abs, [Value::Quantity(value)]) => Value::Quantity(Quantity {
            number: value.number.abs(),
            dimension: value.dimension,
        }),
        (Function::Ln, [Value::Quantity(value)]) => pure(value, Number::ln),
        (Function::Exp, [Value::Quantity(value)]) => pure(value, Number::exp),
        (Function::Sqrt, [Value::Quantity(value)]) => match value.dimension.root() {
            Some(dimension) => quantity(value.number.sqrt(), dimension),
            None => Value::undefined(Undefined::UnitMismatch {
                left: value.dimension.to_string(),
                right: Dimension::NONE.to_string(),
            }),
        },
        (Function::Min | Function::Max | Function::Sum | Function::Mean, [Value::List(list)]) => fold(function, list),
        (Function::Min | Function::Max | Function::Sum | Function::Mean, all) => fold(function, all),
        _ => Value::undefined(Undefined::WrongKind),
    }
}

fn pure(value: &Quantity, function: impl Fn(&Number) -> Result<Number, NumberError>) -> Value {
    if value.dimension.is_none() {
        quantity(function(&value.number), Dimension::NONE)
    } else {
        Value::undefined(Undefined::UnitMismatch {
            left: value.dimension.to_string(),
            right: Dimension::NONE.to_string(),
        })
    }
}

fn fold(function: Function, values: &[Value]) -> Value {
    let [first, rest @ ..] = values else {
        // The sum of nothing is nothing to speak of, not zero.
        return Value::undefined(Undefined::EmptyList);
    };
    let mut result = first.clone();
    if result.quantity().is_none() {
        return not_a_quantity(result);
    }
    for value in rest {
        result = match function {
            Function::Sum | Function::Mean => apply(Operator::Plus, result, value.clone()),
            Function::Min => pick(&result, value, Operator::Less),
            _ => pick(&result, value, Operator::More),
        };
        if matches!(result, Value::Absent(_)) {
            return result;
        }
    }
    if function == Function::Mean {
        return apply(Operator::Over, result, count(values.len()));
    }
    result
}

fn pick(known: &Value, other: &Value, wanted: Operator) -> Value {
    match apply(wanted, other.clone(), known.clone()) {
        Value::Truth(true) => other.clone(),
        Value::Truth(false) => known.clone(),
        why => why,
    }
}

/// Linear between the order statistics (h = (n − 1)p), as R's type 7 and Excel's PERCENTILE.INC.
fn quantile(samples: &[Value], share: &Quantity) -> Value {
    let mut numbers = Vec::with_capacity(samples.len());
    let mut dimension = None;
    for sample in samples {
        let Some(found) = sample.quantity() else {
            return not_a_quantity(sample.clone());
        };
        if *dimension.get_or_insert(found.dimension) != found.dimension {
            return Value::undefined(Undefined::WrongKind);
        }
        numbers.push(found.number.clone());
    }
    let outside = share.number.is_negative() || share.number > Number::one();
    let Some(dimension) = dimension else {
        return Value::undefined(Undefined::EmptyList);
    };
    if outside || !share.dimension.is_none() {
        return Value::undefined(Undefined::Domain);
    }
    numbers.sort();
    let between = || -> Result<Number, NumberError> {
        let place = Number::from(numbers.len() as i64 - 1).times(&share.number)?;
        let below = place.floor();
        let at = below.to_i64().unwrap_or(0) as usize;
        let low = numbers.get(at).cloned().ok_or(NumberError::Domain)?;
        let high = numbers.get(at + 1).unwrap_or(&low);
        high.minus(&low)?.times(&place.minus(&below)?)?.plus(&low)
    };
    quantity(between(), dimension)
}

/// 1 for the largest; equal values share the better rank.
fn rank(run: &Run<'_>, expr: &Expr, back: u8) -> Value {
    let own = match run.expr(expr, back) {
        Value::Quantity(own) => own,
        other => return not_a_quantity(other),
    };
    let Some(all) = run.population(expr, back) else {
        return Value::undefined(Undefined::NoPopulation);
    };
    let above = all
        .iter()
        .filter_map(Value::quantity)
        .filter(|other| other.dimension == own.dimension && other.number > own.number)
        .count();
    count(above + 1)
}
