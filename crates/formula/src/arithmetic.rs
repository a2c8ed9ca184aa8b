//! What the operators do with values.

use crate::dimension::Dimension;
use crate::number::{Number, NumberError};
use crate::syntax::Operator;
use crate::value::{Quantity, Undefined, Value};

/// Applies an operator. An absent part makes the whole absent, except where the other part decides it alone.
pub(crate) fn apply(operator: Operator, left: Value, right: Value) -> Value {
    match operator {
        Operator::And | Operator::Or => logic(operator, left, right),
        Operator::Both => both(&left, &right),
        Operator::Either => either(&left, &right),
        Operator::Equal | Operator::Unequal => equality(operator, &left, &right),
        _ => match (left, right) {
            (Value::Quantity(left), Value::Quantity(right)) => {
                if operator.compares() {
                    order(operator, &left, &right)
                } else {
                    compute(operator, &left, &right)
                }
            }
            (Value::Absent(absence), _) | (_, Value::Absent(absence)) => Value::Absent(absence),
            _ => Value::undefined(Undefined::WrongKind),
        },
    }
}

/// An absence as it is; anything else is of the wrong kind.
pub(crate) fn not_a_quantity(value: Value) -> Value {
    match value {
        Value::Absent(absence) => Value::Absent(absence),
        _ => Value::undefined(Undefined::WrongKind),
    }
}

pub(crate) fn quantity(result: Result<Number, NumberError>, dimension: Dimension) -> Value {
    match result {
        Ok(number) => Value::Quantity(Quantity { number, dimension }),
        Err(error) => Value::undefined(error.into()),
    }
}

/// The dimension that two quantities have in common; a bare zero has every dimension.
pub(crate) fn common(left: &Quantity, right: &Quantity) -> Result<Dimension, Value> {
    let bare_zero = |quantity: &Quantity| quantity.dimension.is_none() && quantity.number.is_zero();
    if left.dimension == right.dimension || bare_zero(right) {
        Ok(left.dimension)
    } else if bare_zero(left) {
        Ok(right.dimension)
    } else {
        Err(Value::undefined(Undefined::UnitMismatch {
            left: left.dimension.to_string(),
            right: right.dimension.to_string(),
        }))
    }
}

fn compute(operator: Operator, left: &Quantity, right: &Quantity) -> Value {
    match operator {
        Operator::Plus | Operator::Minus => match common(left, right) {
            Ok(dimension) if operator == Operator::Plus => quantity(left.number.plus(&right.number), dimension),
            Ok(dimension) => quantity(left.number.minus(&right.number), dimension),
            Err(mismatch) => mismatch,
        },
        Operator::Times => quantity(left.number.times(&right.number), left.dimension.times(right.dimension)),
        Operator::Over => quantity(left.number.over(&right.number), left.dimension.over(right.dimension)),
        _ => power(left, right),
    }
}

fn power(base: &Quantity, exponent: &Quantity) -> Value {
    if !exponent.dimension.is_none() {
        return Value::undefined(Undefined::UnitMismatch {
            left: exponent.dimension.to_string(),
            right: Dimension::NONE.to_string(),
        });
    }
    let dimension = if base.dimension.is_none() {
        Dimension::NONE
    } else {
        match exponent.number.to_i64().and_then(|whole| i8::try_from(whole).ok()) {
            Some(whole) => base.dimension.power(whole),
            None => {
                return Value::undefined(Undefined::UnitMismatch {
                    left: base.dimension.to_string(),
                    right: Dimension::NONE.to_string(),
                });
            }
        }
    };
    quantity(base.number.power(&exponent.number), dimension)
}

fn order(operator: Operator, left: &Quantity, right: &Quantity) -> Value {
    if let Err(mismatch) = common(left, right) {
        return mismatch;
    }
    Value::Truth(holds(operator, left.number.cmp(&right.number)))
}

/// Whether an order is what a comparison asks for.
pub(crate) fn holds(operator: Operator, order: std::cmp::Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::More => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
        Operator::Equal => order.is_eq(),
        _ => order.is_ne(),
    }
}

fn equality(operator: Operator, left: &Value, right: &Value) -> Value {
    let equal = match (left, right) {
        (Value::Absent(absence), _) | (_, Value::Absent(absence)) => return Value::Absent(absence.clone()),
        (Value::Quantity(left), Value::Quantity(right)) => return order(operator, left, right),
        (Value::Word(left), Value::Word(right)) => left == right,
        (Value::Truth(left), Value::Truth(right)) => left == right,
        (Value::List(left), Value::List(right)) => left == right,
        _ => return Value::undefined(Undefined::WrongKind),
    };
    Value::Truth(equal == (operator == Operator::Equal))
}

fn logic(operator: Operator, left: Value, right: Value) -> Value {
    let decides = operator == Operator::Or;
    match (left, right) {
        (Value::Truth(left), Value::Truth(right)) => Value::Truth(if decides { left || right } else { left && right }),
        (Value::Truth(one), Value::Absent(_)) | (Value::Absent(_), Value::Truth(one)) if one == decides => {
            Value::Truth(decides)
        }
        (Value::Absent(absence), _) | (_, Value::Absent(absence)) => Value::Absent(absence),
        _ => Value::undefined(Undefined::WrongKind),
    }
}

/// Elements of the first list that the second has too.
pub(crate) fn both(left: &Value, right: &Value) -> Value {
    lists(left, right, |left, right| {
        distinct(left.iter().filter(|value| right.contains(value)))
    })
}

fn either(left: &Value, right: &Value) -> Value {
    lists(left, right, |left, right| distinct(left.iter().chain(right)))
}

fn lists(left: &Value, right: &Value, join: impl Fn(&[Value], &[Value]) -> Vec<Value>) -> Value {
    // A single word is a list of one.
    let list = |value: &Value| match value {
        Value::List(values) => Ok(values.clone()),
        Value::Word(_) => Ok(vec![value.clone()]),
        Value::Absent(absence) => Err(Value::Absent(absence.clone())),
        _ => Err(Value::undefined(Undefined::WrongKind)),
    };
    match (list(left), list(right)) {
        (Ok(left), Ok(right)) => Value::List(join(&left, &right)),
        (Err(why), _) | (_, Err(why)) => why,
    }
}

fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if !kept.contains(value) {
            kept.push(value.clone());
        }
    }
    kept
}
