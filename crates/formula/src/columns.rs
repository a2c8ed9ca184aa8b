//! The wide way to run: one formula over a block of units, in floats. It says the same as the exact way; where floats
//! cannot tell (a comparison too close, an operation they do not have) the lane is [`State::Doubtful`] and the exact way
//! decides.

#![allow(clippy::float_cmp, reason = "truths are exactly one or zero")]

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::column_ladder;
use crate::lanes::{LaneKind, Lanes, ROUNDOFF, doubt_present, settled, undefined};
use crate::syntax::{Expr, ExprKind, Formula};
use crate::unit::Unit;
use crate::value::Value;

/// What a formula can ask of the world around a block.
pub trait ColumnWorld {
    /// How many lanes the block has.
    fn lanes(&self) -> usize;

    /// The values of a name, `back` periods ago.
    fn value(&self, name: &str, back: u8) -> Rc<Lanes>;

    /// What the units report themselves under the code that is being computed.
    fn reported(&self, back: u8) -> Rc<Lanes> {
        let _ = back;
        Rc::new(Lanes::doubtful())
    }

    /// A parameter as it stood for a period.
    fn at(&self, name: &str, period: &str) -> Rc<Lanes> {
        let _ = (name, period);
        Rc::new(Lanes::doubtful())
    }

    /// The number of a word; negative where the data do not have it.
    fn word(&self, text: &str) -> f64;

    /// The words of the data by their numbers.
    fn words(&self) -> &[String];

    /// Whether lanes too close to a limit are left to the exact way. Where not, floats decide alone.
    fn guarded(&self) -> bool {
        true
    }
}

/// What a scoring formula scores.
#[derive(Debug, Clone)]
pub struct ColumnSubject<'a> {
    /// The values.
    pub value: Rc<Lanes>,
    /// The unit that bare numbers of its ladders have.
    pub unit: &'a Unit,
}

/// Computes a formula over a block.
///
/// ```
/// use std::rc::Rc;
/// use formula::{ColumnWorld, Dimension, LaneKind, Lanes, State, columns, parse};
///
/// struct Plants;
/// impl ColumnWorld for Plants {
///     fn lanes(&self) -> usize { 3 }
///     fn value(&self, _: &str, _: u8) -> Rc<Lanes> {
///         Rc::new(Lanes::of(LaneKind::Number(Dimension::NONE), vec![10.0, 50.0, 90.0], None))
///     }
///     fn word(&self, _: &str) -> f64 { -1.0 }
///     fn words(&self) -> &[String] { &[] }
/// }
/// let points = columns(&parse("线性(x, 0→0, 80→100)")?, &Plants, None);
/// assert_eq!(points.values, [12.5, 62.5, 100.0]);
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn columns(formula: &Formula, world: &dyn ColumnWorld, subject: Option<ColumnSubject<'_>>) -> Rc<Lanes> {
    let walk = Walk {
        world,
        formula,
        subject,
        roundoff: if world.guarded() { ROUNDOFF } else { 0.0 },
        memory: RefCell::default(),
        under_way: RefCell::default(),
    };
    walk.expr(&formula.body, 0)
}

pub(crate) struct Walk<'a> {
    pub(crate) world: &'a dyn ColumnWorld,
    formula: &'a Formula,
    pub(crate) subject: Option<ColumnSubject<'a>>,
    pub(crate) roundoff: f64,
    memory: RefCell<HashMap<(usize, u8), Rc<Lanes>>>,
    under_way: RefCell<Vec<(usize, u8)>>,
}

impl Walk<'_> {
    pub(crate) fn expr(&self, expr: &Expr, back: u8) -> Rc<Lanes> {
        match &expr.kind {
            ExprKind::Name(name) => self.name(name, back),
            ExprKind::Reported => self.world.reported(back),
            ExprKind::At(name, period) => self.world.at(name, period),
            _ => Rc::new(self.made(expr, back)),
        }
    }

    fn made(&self, expr: &Expr, back: u8) -> Lanes {
        match &expr.kind {
            ExprKind::Number(number, unit) => {
                let value = match unit {
                    Some(unit) => Value::of_unit(number, unit),
                    None => Value::pure(number.clone()),
                };
                self.constant(&value)
            }
            ExprKind::Text(text) => self.constant(&Value::Word(text.clone())),
            ExprKind::Truth(truth) => Lanes::truth(*truth),
            ExprKind::Negative(inner) => {
                let mut lanes = (*self.expr(inner, back)).clone();
                if lanes.dimension().is_none() {
                    return undefined(&lanes);
                }
                lanes.values.iter_mut().for_each(|value| *value = -*value);
                lanes
            }
            ExprKind::Not(inner) => {
                let mut lanes = (*self.expr(inner, back)).clone();
                if lanes.kind != LaneKind::Truth {
                    return undefined(&lanes);
                }
                lanes.values.iter_mut().for_each(|value| *value = 1.0 - *value);
                lanes
            }
            ExprKind::Binary(operator, left, right) => {
                self.apply(*operator, &self.expr(left, back), &self.expr(right, back))
            }
            ExprKind::If(condition, then, otherwise) => self.choose(
                &self.expr(condition, back),
                &self.expr(then, back),
                &self.expr(otherwise, back),
            ),
            ExprKind::Call(function, arguments) => self.call(*function, arguments, back),
            ExprKind::Ladder(kind, subject, rungs) => {
                column_ladder::climb(self, *kind, subject.as_deref(), rungs, back)
            }
            ExprKind::In(inner, unit) => {
                let lanes = self.expr(inner, back);
                if lanes.dimension() == Some(unit.dimension()) {
                    (*lanes).clone()
                } else {
                    undefined(&lanes)
                }
            }
            // Lists, sets and tables are beyond floats.
            _ => Lanes::doubtful(),
        }
    }

    /// A constant as this walk takes it: exact literals have no error where nothing is guarded.
    pub(crate) fn constant(&self, value: &Value) -> Lanes {
        let mut lanes = Lanes::of_value(value, &|text| self.world.word(text));
        lanes.relative = lanes.relative.min(self.roundoff);
        lanes
    }

    fn name(&self, name: &str, back: u8) -> Rc<Lanes> {
        let Some(at) = self.formula.locals.iter().position(|local| local.name == name) else {
            return self.world.value(name, back);
        };
        if let Some(known) = self.memory.borrow().get(&(at, back)) {
            return Rc::clone(known);
        }
        let Some(local) = self
            .formula
            .locals
            .get(at)
            .filter(|_| !self.under_way.borrow().contains(&(at, back)))
        else {
            return Rc::new(Lanes::doubtful());
        };
        self.under_way.borrow_mut().push((at, back));
        let lanes = self.expr(&local.body, back);
        self.under_way.borrow_mut().pop();
        self.memory.borrow_mut().insert((at, back), Rc::clone(&lanes));
        lanes
    }

    pub(crate) fn choose(&self, condition: &Lanes, then: &Lanes, otherwise: &Lanes) -> Lanes {
        if condition.kind != LaneKind::Truth {
            return undefined(condition);
        }
        let zero = |of: &Lanes| {
            of.states
                .as_ref()
                .is_some_and(|states| states.iter().all(|state| !state.is_present()))
        };
        if then.kind != otherwise.kind && !zero(then) && !zero(otherwise) {
            return doubt_present(condition, condition);
        }
        let kind = if zero(then) { otherwise.kind } else { then.kind };
        let count = if condition.is_constant() && then.is_constant() && otherwise.is_constant() {
            1
        } else {
            self.world.lanes()
        };
        let (mut values, mut found) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for lane in 0..count {
            let state = condition.state(lane);
            let taken = if condition.value(lane) == 1.0 { then } else { otherwise };
            values.push(taken.value(lane));
            found.push(if state.is_present() { taken.state(lane) } else { state });
        }
        let bounds = (
            then.absolute.max(otherwise.absolute),
            then.relative.max(otherwise.relative),
        );
        settled(kind, values, Some(found), bounds)
    }
}
