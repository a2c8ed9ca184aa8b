//! What the operators do with blocks, and how far off their floats can be.

#![allow(
    clippy::float_cmp,
    reason = "truths are exactly one or zero, and a zero without error is one"
)]

use crate::columns::Walk;
use crate::dimension::Dimension;
use crate::lanes::{
    LaneKind, Lanes, State, common, doubt_present, doubt_vanished, mixed, settled, spread_states, state_count, states,
    zip,
};
use crate::syntax::Operator;

impl Walk<'_> {
    pub(crate) fn apply(&self, operator: Operator, left: &Lanes, right: &Lanes) -> Lanes {
        match operator {
            Operator::And | Operator::Or => self.logic(operator, left, right),
            Operator::Both | Operator::Either => Lanes::doubtful(),
            _ if operator.compares() => Self::compare(operator, left, right),
            _ => self.compute(operator, left, right),
        }
    }

    fn compute(&self, operator: Operator, left: &Lanes, right: &Lanes) -> Lanes {
        let (Some(one), Some(other)) = (left.dimension(), right.dimension()) else {
            return mixed(left, right);
        };
        let u = self.roundoff;
        match operator {
            Operator::Plus | Operator::Minus => {
                let Some(dimension) = common(left, right) else {
                    return doubt_present(left, right);
                };
                let sign = if operator == Operator::Plus { 1.0 } else { -1.0 };
                let values = zip(&left.values, &right.values, |left, right| left + sign * right);
                // Whole numbers add without error.
                let exact = left.relative == 0.0 && right.relative == 0.0 && left.absolute + right.absolute == 0.0;
                let whole = exact && left.largest() + right.largest() < 9.0e15;
                let absolute =
                    left.absolute + right.absolute + left.relative * left.largest() + right.relative * right.largest();
                let bounds = if whole {
                    (0.0, 0.0)
                } else {
                    (absolute * (1.0 + 4.0 * u), u)
                };
                settled(LaneKind::Number(dimension), values, states(left, right), bounds)
            }
            Operator::Times => {
                let values = zip(&left.values, &right.values, |left, right| left * right);
                let absolute =
                    left.absolute * right.largest() + right.absolute * left.largest() + left.absolute * right.absolute;
                let relative = (left.relative + right.relative + u) * (1.0 + 4.0 * u);
                let mut found = states(left, right);
                doubt_vanished(&values, &mut found, |lane| {
                    left.value(lane) != 0.0 && right.value(lane) != 0.0
                });
                settled(
                    LaneKind::Number(one.times(other)),
                    values,
                    found,
                    (absolute * (1.0 + 4.0 * u), relative),
                )
            }
            Operator::Over => self.divide(left, right, one.over(other)),
            _ => self.power(left, right, one),
        }
    }

    fn divide(&self, left: &Lanes, right: &Lanes, dimension: Dimension) -> Lanes {
        let u = self.roundoff;
        let count = left
            .values
            .len()
            .max(right.values.len())
            .max(state_count(left))
            .max(state_count(right));
        let mut found = states(left, right);
        let mut least = f64::INFINITY;
        let mut values = zip(&left.values, &right.values, |left, right| left / right);
        for value in &right.values {
            let size = value.abs();
            if size > 0.0 {
                least = least.min(size);
            }
        }
        if right.values.iter().any(|value| value.abs() <= right.absolute * 1e6) {
            let states = spread_states(&mut found, count);
            for (lane, state) in states.iter_mut().enumerate() {
                if state.is_present() && right.value(lane) == 0.0 && right.absolute == 0.0 {
                    *state = State::Undefined;
                } else if state.is_present() && right.value(lane).abs() <= right.absolute * 1e6 {
                    *state = State::Doubtful;
                }
            }
            if values.len() != count {
                values = (0..count).map(|lane| left.value(lane) / right.value(lane)).collect();
            }
            for (value, state) in values.iter_mut().zip(states) {
                if !state.is_present() {
                    *value = 0.0;
                }
            }
            least = least.max(right.absolute * 1e6);
        }
        doubt_vanished(&values, &mut found, |lane| left.value(lane) != 0.0);
        let quotient = values.iter().fold(0.0, |largest: f64, value| {
            if value.is_finite() {
                largest.max(value.abs())
            } else {
                largest
            }
        });
        let share = if right.absolute == 0.0 {
            0.0
        } else {
            right.absolute / least
        };
        let absolute = if left.absolute == 0.0 {
            0.0
        } else {
            left.absolute / least
        } + quotient * share;
        let relative = (left.relative + right.relative + u) * (1.0 + 4.0 * u);
        settled(
            LaneKind::Number(dimension),
            values,
            found,
            (absolute * 1.000_01, relative),
        )
    }

    fn power(&self, left: &Lanes, right: &Lanes, dimension: Dimension) -> Lanes {
        let exponent = right.value(0);
        let whole = exponent.fract() == 0.0 && exponent.abs() <= 64.0 && right.relative == 0.0;
        let plain = right.is_constant() && right.states.is_none() && right.dimension() == Some(Dimension::NONE);
        if !plain || left.absolute != 0.0 || (!whole && !dimension.is_none()) {
            return doubt_present(left, right);
        }
        let u = self.roundoff;
        let mut found = left.states.clone();
        let raised = if whole {
            dimension.power(exponent as i8)
        } else {
            dimension
        };
        let odd = |value: f64| value == 0.0 && exponent <= 0.0 || (!whole && value < 0.0);
        if left.values.iter().any(|value| odd(*value)) {
            let states = spread_states(&mut found, left.values.len().max(state_count(left)));
            for (lane, state) in states.iter_mut().enumerate() {
                if state.is_present() && odd(left.value(lane)) {
                    *state = State::Doubtful;
                }
            }
        }
        let values: Vec<f64> = left
            .values
            .iter()
            .map(|value| if odd(*value) { 0.0 } else { value.powf(exponent) })
            .collect();
        doubt_vanished(&values, &mut found, |lane| left.value(lane) != 0.0);
        let logarithm = left
            .values
            .iter()
            .filter(|value| **value > 0.0)
            .fold(0.0, |largest: f64, value| largest.max(value.ln().abs()));
        let relative = exponent.abs() * left.relative + 8.0 * u + right.relative * exponent.abs() * logarithm;
        settled(LaneKind::Number(raised), values, found, (0.0, relative * 1.000_01))
    }

    /// Whether a difference is too small for floats to tell its sign.
    pub(crate) fn close(left: (f64, f64), right: (f64, f64)) -> bool {
        let tolerance = left.1 + right.1;
        tolerance > 0.0 && (left.0 - right.0).abs() <= tolerance * 1.000_01
    }

    fn compare(operator: Operator, left: &Lanes, right: &Lanes) -> Lanes {
        let numbers = left.dimension().is_some() && right.dimension().is_some();
        let same = left.kind == right.kind && matches!(operator, Operator::Equal | Operator::Unequal);
        if numbers && common(left, right).is_none() || !numbers && !same {
            return doubt_present(left, right);
        }
        let holds = |left: f64, right: f64| {
            let order = left.partial_cmp(&right).unwrap_or(std::cmp::Ordering::Equal);
            f64::from(u8::from(crate::arithmetic::holds(operator, order)))
        };
        let values = zip(&left.values, &right.values, holds);
        let mut found = states(left, right);
        let unknown_words = left.kind == LaneKind::Word && left.is_constant() && right.is_constant();
        if unknown_words && left.value(0) < 0.0 {
            return Lanes::doubtful();
        }
        let largest = left.largest().max(right.largest());
        let tolerance = left.absolute + right.absolute + (left.relative + right.relative) * largest;
        if numbers && tolerance > 0.0 {
            let differences = zip(&left.values, &right.values, |left, right| (left - right).abs());
            if differences.iter().any(|difference| *difference <= tolerance * 1.000_01) {
                let count = values.len().max(state_count(left)).max(state_count(right));
                let states = spread_states(&mut found, count);
                for (lane, state) in states.iter_mut().enumerate() {
                    let pair = |of: &Lanes| (of.value(lane), of.bound(lane));
                    if state.is_present() && Self::close(pair(left), pair(right)) {
                        *state = State::Doubtful;
                    }
                }
            }
        }
        settled(LaneKind::Truth, values, found, (0.0, 0.0))
    }

    fn logic(&self, operator: Operator, left: &Lanes, right: &Lanes) -> Lanes {
        if left.is_constant() && right.is_constant() || self.world.lanes() == 0 {
            return Self::logic_of(operator, left, right, 1);
        }
        Self::logic_of(operator, left, right, self.world.lanes())
    }

    fn logic_of(operator: Operator, left: &Lanes, right: &Lanes, count: usize) -> Lanes {
        let decides = f64::from(u8::from(operator == Operator::Or));
        let truth = |of: &Lanes| of.kind == LaneKind::Truth;
        let (mut values, mut found) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for lane in 0..count {
            let (one, other) = (left.state(lane), right.state(lane));
            let decided = |of: &Lanes, state: State| state.is_present() && truth(of) && of.value(lane) == decides;
            let (value, state) = if decided(left, one) {
                (decides, State::Present)
            } else if decided(right, other) && (truth(left) || !one.is_present()) {
                // What is doubtful on the left may be of the wrong kind.
                let state = if one == State::Doubtful { one } else { State::Present };
                (decides, state)
            } else if one.is_present() && other.is_present() {
                let sound = truth(left) && truth(right);
                (1.0 - decides, if sound { State::Present } else { State::Doubtful })
            } else if other == State::Doubtful {
                // The right side may be what decides, whatever the left one lacks.
                (0.0, other)
            } else {
                (0.0, one.with(other))
            };
            values.push(value);
            found.push(state);
        }
        settled(LaneKind::Truth, values, Some(found), (0.0, 0.0))
    }
}
