//! What the functions do with blocks.

use std::rc::Rc;

use crate::columns::Walk;
use crate::dimension::Dimension;
use crate::lanes::{
    LaneKind, Lanes, State, doubt_present, settled, spread_states, state_count, states, undefined, zip,
};
use crate::syntax::{Expr, Function, Operator};

impl Walk<'_> {
    pub(crate) fn call(&self, function: Function, arguments: &[Expr], back: u8) -> Lanes {
        let [first, rest @ ..] = arguments else {
            return Lanes::doubtful();
        };
        match function {
            Function::Previous => (*self.expr(first, back.saturating_add(1))).clone(),
            Function::Growth => {
                let before = self.expr(first, back.saturating_add(1));
                let ratio = self.apply(Operator::Over, &self.expr(first, back), &before);
                self.apply(
                    Operator::Minus,
                    &ratio,
                    &Lanes::constant(LaneKind::Number(Dimension::NONE), 1.0),
                )
            }
            Function::Present => {
                let lanes = self.expr(first, back);
                let count = lanes.states.as_ref().map_or(1, Vec::len);
                let states: Vec<State> = (0..count).map(|lane| lanes.state(lane)).collect();
                let values = states
                    .iter()
                    .map(|state| f64::from(u8::from(state.is_present())))
                    .collect();
                let kept = |state: &State| {
                    if *state == State::Doubtful {
                        State::Doubtful
                    } else {
                        State::Present
                    }
                };
                settled(
                    LaneKind::Truth,
                    values,
                    Some(states.iter().map(kept).collect()),
                    (0.0, 0.0),
                )
            }
            Function::OrElse => {
                let [other] = rest else { return Lanes::doubtful() };
                let (first, other) = (self.expr(first, back), self.expr(other, back));
                let Some(states) = &first.states else {
                    return (*first).clone();
                };
                let present = |state: &State| match state {
                    State::Present | State::Doubtful => *state,
                    _ => State::Present,
                };
                let held = Lanes {
                    kind: LaneKind::Truth,
                    values: states
                        .iter()
                        .map(|state| f64::from(u8::from(state.is_present())))
                        .collect(),
                    states: Some(states.iter().map(present).collect()),
                    absolute: 0.0,
                    relative: 0.0,
                };
                self.choose(&held, &first, &other)
            }
            Function::Rank | Function::Quantile => Lanes::doubtful(),
            _ => {
                let values: Vec<Rc<Lanes>> = arguments.iter().map(|argument| self.expr(argument, back)).collect();
                self.of_values(function, &values)
            }
        }
    }

    fn of_values(&self, function: Function, values: &[Rc<Lanes>]) -> Lanes {
        let u = self.roundoff;
        match (function, values) {
            (Function::Share, [part, whole]) => self.apply(Operator::Over, part, whole),
            (Function::Clamp, [value, low, high]) => {
                let raised = Self::pick(value, low, f64::max);
                Self::pick(&raised, high, f64::min)
            }
            (Function::Min, [first, rest @ ..]) => Self::fold(first, rest, f64::min),
            (Function::Max, [first, rest @ ..]) => Self::fold(first, rest, f64::max),
            (Function::Sum | Function::Mean, [first, rest @ ..]) => {
                let mut sum = (**first).clone();
                if sum.dimension().is_none() {
                    return undefined(&sum);
                }
                for value in rest {
                    sum = self.apply(Operator::Plus, &sum, value);
                }
                if function == Function::Mean {
                    let count = Lanes::constant(LaneKind::Number(Dimension::NONE), values.len() as f64);
                    sum = self.apply(Operator::Over, &sum, &count);
                }
                sum
            }
            (Function::Count, all) if all.iter().all(|value| value.kind == LaneKind::Truth) => {
                let mut sum = Lanes::constant(LaneKind::Number(Dimension::NONE), 0.0);
                for value in all {
                    let counted = (**value).clone().without_dimension();
                    sum = self.apply(Operator::Plus, &sum, &counted);
                }
                sum
            }
            (Function::Abs, [value]) if value.dimension().is_some() => {
                let mut lanes = (**value).clone();
                lanes.values.iter_mut().for_each(|value| *value = value.abs());
                lanes
            }
            (Function::Round, [value, step]) => self.round(value, step),
            (Function::Sqrt, [value]) => {
                let root = value.dimension().and_then(Dimension::root);
                match root {
                    Some(root) if value.absolute == 0.0 => {
                        let relative = value.relative / 2.0 + 2.0 * u;
                        Self::plain(value, LaneKind::Number(root), |v| v >= 0.0, f64::sqrt, (0.0, relative))
                    }
                    _ => doubt_present(value, value),
                }
            }
            (Function::Ln, [value]) if value.dimension() == Some(Dimension::NONE) && value.absolute == 0.0 => {
                let mut lanes = Self::plain(value, value.kind, |v| v > 0.0, f64::ln, (0.0, 0.0));
                lanes.absolute = value.relative * 1.000_01;
                lanes.relative = 4.0 * u;
                lanes
            }
            (Function::Exp, [value]) if value.dimension() == Some(Dimension::NONE) => {
                let error = value.absolute + value.relative * value.largest();
                if error > 1e-6 {
                    return doubt_present(value, value);
                }
                let relative = error * 1.001 + 4.0 * u;
                Self::plain(value, value.kind, |v| v.abs() < 600.0, f64::exp, (0.0, relative))
            }
            (_, [first, rest @ ..]) => {
                let whole = doubt_present(first, first);
                rest.iter().fold(whole, |all, next| doubt_present(&all, next))
            }
            _ => Lanes::doubtful(),
        }
    }

    /// A function of one number; outside its domain the exact way says why.
    fn plain(
        of: &Lanes,
        kind: LaneKind,
        domain: impl Fn(f64) -> bool,
        function: impl Fn(f64) -> f64,
        bounds: (f64, f64),
    ) -> Lanes {
        let mut found = of.states.clone();
        if !of.values.iter().all(|value| domain(*value)) {
            let count = of.values.len().max(state_count(of));
            let states = spread_states(&mut found, count);
            for (lane, state) in states.iter_mut().enumerate() {
                if state.is_present() && !domain(of.value(lane)) {
                    *state = State::Doubtful;
                }
            }
        }
        let values = of
            .values
            .iter()
            .map(|value| if domain(*value) { function(*value) } else { 0.0 })
            .collect();
        settled(kind, values, found, bounds)
    }

    fn fold(first: &Lanes, rest: &[Rc<Lanes>], of: fn(f64, f64) -> f64) -> Lanes {
        if first.dimension().is_none() {
            return undefined(first);
        }
        rest.iter()
            .fold(first.clone(), |known, next| Self::pick(&known, next, of))
    }

    fn pick(left: &Lanes, right: &Lanes, of: fn(f64, f64) -> f64) -> Lanes {
        let (Some(one), true) = (left.dimension(), left.dimension() == right.dimension()) else {
            return doubt_present(left, right);
        };
        let bounds = (left.absolute.max(right.absolute), left.relative.max(right.relative));
        settled(
            LaneKind::Number(one),
            zip(&left.values, &right.values, of),
            states(left, right),
            bounds,
        )
    }

    fn round(&self, value: &Lanes, step: &Lanes) -> Lanes {
        let size = step.value(0).abs();
        let sound = step.is_constant() && step.states.is_none() && size > 0.0;
        let (true, Some(dimension)) = (sound, value.dimension()) else {
            return doubt_present(value, step);
        };
        if step.dimension() != Some(dimension) {
            return doubt_present(value, step);
        }
        let mut found = value.states.clone();
        let mut values = Vec::with_capacity(value.values.len());
        let mut doubts = Vec::new();
        for (lane, number) in value.values.iter().enumerate() {
            let quotient = number / size;
            let bound = value.bound(lane) / size + quotient.abs() * (step.relative + 2.0 * self.roundoff);
            if (quotient - quotient.floor() - 0.5).abs() <= bound * 1.000_01 && self.roundoff > 0.0 {
                doubts.push(lane);
            }
            values.push(quotient.round_ties_even() * size);
        }
        if !doubts.is_empty() {
            let count = values.len().max(state_count(value));
            let one = values.len() == 1;
            let states = spread_states(&mut found, count);
            for (lane, state) in states.iter_mut().enumerate() {
                if state.is_present() && (one || doubts.binary_search(&lane).is_ok()) {
                    *state = State::Doubtful;
                }
            }
        }
        settled(
            LaneKind::Number(dimension),
            values,
            found,
            (0.0, step.relative + 2.0 * self.roundoff),
        )
    }
}
