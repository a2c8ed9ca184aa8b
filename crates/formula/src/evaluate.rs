//! The exact way to run: one unit, rationals, and a record of what was used.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::ladder;
use crate::number::Number;
use crate::syntax::{Expr, ExprKind, Formula, Local, Operator};
use crate::unit::Unit;
use crate::value::{Quantity, Undefined, Value, Why};
use crate::{arithmetic, functions};

/// What a formula can ask of the world around it. Everything comes in here: there is no clock and no file.
pub trait World {
    /// The value of a name, `back` periods ago (0 is the current one).
    fn value(&self, name: &str, back: u8) -> Value;

    /// What the unit reports itself under the code that is being computed.
    fn reported(&self, back: u8) -> Value {
        let _ = back;
        Value::undefined(Undefined::UnknownName)
    }

    /// A parameter as it stood for a period: `EF_电@2022`.
    fn at(&self, name: &str, period: &str) -> Value {
        let _ = name;
        Value::undefined(Undefined::NoPeriod(period.to_owned()))
    }

    /// A row of a table; a table may answer without its key, else an absent key leaves no answer.
    fn look_up(&self, table: &str, key: &Value, column: Option<&str>) -> Value {
        let _ = column;
        if let Value::Absent(_) = key {
            return key.clone();
        }
        Value::undefined(Undefined::NoRow {
            table: table.to_owned(),
            key: key.shown(&Unit::none()),
        })
    }

    /// The value of an expression for every unit of the population, this one with them; `None` without a population.
    fn population(&self, formula: &Formula, back: u8) -> Option<Vec<Value>> {
        let _ = (formula, back);
        None
    }
}

/// What a scoring formula scores: the value, and the unit that bare numbers of its ladders have.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The value.
    pub value: &'a Value,
    /// Its unit.
    pub unit: &'a Unit,
}

/// A value that a formula used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its name.
    pub name: String,
    /// How many periods back.
    pub back: u8,
    /// What it was.
    pub value: Value,
}

/// A result, and what went into it in the order of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The result.
    pub value: Value,
    /// Each name once for each period.
    pub used: Vec<Used>,
}

/// Periods further back than this are not looked at.
const MAX_BACK: u8 = 120;

/// Computes a formula exactly.
///
/// ```
/// use formula::{Number, Unit, Value, World, evaluate, parse};
/// struct Plant;
/// impl World for Plant {
///     fn value(&self, name: &str, _: u8) -> Value {
///         let count = if name == "设备数[联网=5G]" { 412 } else { 640 };
///         Value::pure(Number::from(count))
///     }
/// }
/// let share = parse(r#"设备数[联网="5G"] ÷ 设备数"#)?;
/// let percent = Unit::parse("%").unwrap();
/// assert_eq!(evaluate(&share, &Plant, None).value.in_unit(&percent).unwrap().exact_text(), "64.375");
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn evaluate(formula: &Formula, world: &dyn World, subject: Option<Subject<'_>>) -> Evaluation {
    let run = Run {
        world,
        locals: &formula.locals,
        subject,
        memory: RefCell::default(),
        under_way: RefCell::default(),
        used: RefCell::default(),
    };
    let value = run.expr(&formula.body, 0);
    Evaluation {
        value,
        used: run.used.into_inner(),
    }
}

pub(crate) struct Run<'a> {
    world: &'a dyn World,
    locals: &'a [Local],
    pub(crate) subject: Option<Subject<'a>>,
    /// Results of local names, so that each is computed once for each period.
    memory: RefCell<HashMap<(usize, u8), Value>>,
    under_way: RefCell<Vec<(usize, u8)>>,
    used: RefCell<Vec<Used>>,
}

impl Run<'_> {
    pub(crate) fn expr(&self, expr: &Expr, back: u8) -> Value {
        match &expr.kind {
            ExprKind::Number(number, unit) => match unit {
                Some(unit) => Value::of_unit(number, unit),
                None => Value::pure(number.clone()),
            },
            ExprKind::Text(text) => Value::Word(text.clone()),
            ExprKind::Truth(truth) => Value::Truth(*truth),
            ExprKind::Name(name) => self.name(name, back),
            ExprKind::At(name, period) => {
                let value = named(self.world.at(name, period), name);
                self.note(&format!("{name}@{period}"), 0, &value);
                value
            }
            ExprKind::Set(words) => words_of(words),
            ExprKind::Among(words, list) => arithmetic::both(&words_of(words), &self.name(list, back)),
            ExprKind::Reported => self.world.reported(back),
            ExprKind::Negative(inner) => match self.expr(inner, back) {
                Value::Quantity(quantity) => Value::Quantity(Quantity {
                    number: quantity.number.negated(),
                    dimension: quantity.dimension,
                }),
                other => arithmetic::not_a_quantity(other),
            },
            ExprKind::Not(inner) => match self.expr(inner, back) {
                Value::Truth(truth) => Value::Truth(!truth),
                Value::Absent(absence) => Value::Absent(absence),
                _ => Value::undefined(Undefined::WrongKind),
            },
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, back),
            ExprKind::If(condition, then, otherwise) => match self.expr(condition, back) {
                Value::Truth(true) => self.expr(then, back),
                Value::Truth(false) => self.expr(otherwise, back),
                Value::Absent(absence) => Value::Absent(absence),
                _ => Value::undefined(Undefined::WrongKind),
            },
            ExprKind::Call(function, arguments) => functions::call(self, *function, arguments, back),
            ExprKind::LookUp(table, key, column) => {
                let key = self.expr(key, back);
                self.world.look_up(table, &key, column.as_deref())
            }
            ExprKind::Ladder(kind, subject, rungs) => ladder::climb(self, *kind, subject.as_deref(), rungs, back),
            ExprKind::In(inner, unit) => match self.expr(inner, back) {
                Value::Quantity(quantity) if quantity.dimension != unit.dimension() => {
                    Value::undefined(Undefined::UnitMismatch {
                        left: quantity.dimension.to_string(),
                        right: unit.text().to_owned(),
                    })
                }
                Value::Quantity(quantity) => Value::Quantity(quantity),
                other => arithmetic::not_a_quantity(other),
            },
        }
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, back: u8) -> Value {
        let first = self.expr(left, back);
        // What is decided by its first part does not ask the second.
        match (operator, &first) {
            (Operator::And, Value::Truth(false)) => return Value::Truth(false),
            (Operator::Or, Value::Truth(true)) => return Value::Truth(true),
            _ => {}
        }
        arithmetic::apply(operator, first, self.expr(right, back))
    }

    fn name(&self, name: &str, back: u8) -> Value {
        if let Some(at) = self.locals.iter().position(|local| local.name == name) {
            return self.local(at, back);
        }
        let value = named(self.world.value(name, back), name);
        self.note(name, back, &value);
        value
    }

    fn local(&self, at: usize, back: u8) -> Value {
        if let Some(known) = self.memory.borrow().get(&(at, back)) {
            return known.clone();
        }
        if self.under_way.borrow().contains(&(at, back)) {
            return Value::undefined(Undefined::Ring);
        }
        let Some(local) = self.locals.get(at) else {
            return Value::undefined(Undefined::UnknownName);
        };
        self.under_way.borrow_mut().push((at, back));
        let value = self.expr(&local.body, back);
        self.under_way.borrow_mut().pop();
        self.memory.borrow_mut().insert((at, back), value.clone());
        self.note(&local.name, back, &value);
        value
    }

    fn note(&self, name: &str, back: u8, value: &Value) {
        let mut used = self.used.borrow_mut();
        if !used.iter().any(|known| known.name == name && known.back == back) {
            used.push(Used {
                name: name.to_owned(),
                back,
                value: value.clone(),
            });
        }
    }

    /// The same expression one period earlier.
    pub(crate) fn previous(&self, expr: &Expr, back: u8) -> Value {
        if back >= MAX_BACK {
            return Value::undefined(Undefined::TooLarge);
        }
        self.expr(expr, back + 1)
    }

    /// The expression for all units, with this formula's own names.
    pub(crate) fn population(&self, expr: &Expr, back: u8) -> Option<Vec<Value>> {
        let formula = Formula {
            body: expr.clone(),
            locals: self.locals.to_vec(),
        };
        self.world.population(&formula, back)
    }
}

fn words_of(words: &[String]) -> Value {
    Value::List(words.iter().cloned().map(Value::Word).collect())
}

/// An absence says whose it is, where it does not already.
fn named(value: Value, name: &str) -> Value {
    match value {
        Value::Absent(mut absence) => {
            let own = matches!(absence.why, Why::Undefined(Undefined::UnknownName) | Why::Missing(_));
            if own && absence.of.is_none() {
                absence.of = Some(name.to_owned());
            }
            Value::Absent(absence)
        }
        other => other,
    }
}

/// A number for a count.
pub(crate) fn count(of: usize) -> Value {
    Value::pure(Number::from(of as i64))
}
