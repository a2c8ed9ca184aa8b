//! Many values at once: a block of lanes in floats, each lane one unit. A block knows how far its floats may be from the
//! exact values (running error analysis), so that whoever decides by it can tell where only the exact run may decide.

#![allow(clippy::float_cmp, reason = "a zero without error is one")]

use crate::dimension::Dimension;
use crate::number::Number;
use crate::value::{Value, Why};

/// So many units go through a formula at once: a block of floats stays in the first cache.
pub const LANES: usize = 1_024;

/// Half a unit in the last place of a float near one.
pub const ROUNDOFF: f64 = f64::EPSILON / 2.0;

/// What a lane holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// A value.
    #[default]
    Present,
    /// Nothing, not given.
    Missing,
    /// Nothing, does not arise.
    NotApplicable,
    /// Said, but not shown.
    Unverified,
    /// The formula gives none.
    Undefined,
    /// Floats cannot tell: the exact run decides.
    Doubtful,
}

impl State {
    /// The state of a reason.
    pub const fn of(why: &Why) -> Self {
        match why {
            Why::Missing(_) => Self::Missing,
            Why::NotApplicable(_) => Self::NotApplicable,
            Why::Unverified(_) => Self::Unverified,
            Why::Undefined(_) => Self::Undefined,
        }
    }

    /// Whether there is a value.
    pub const fn is_present(self) -> bool {
        matches!(self, Self::Present)
    }

    /// Of a result: what is doubtful stays so, else the left one's reason goes first.
    pub(crate) const fn with(self, right: Self) -> Self {
        if self.is_present() { right } else { self }
    }
}

/// What the floats of a block stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaneKind {
    /// Quantities in base units.
    Number(Dimension),
    /// 1 or 0.
    Truth,
    /// The number of a word in the dictionary of the run.
    Word,
}

/// A block of lanes. One value stands for all lanes where there is only one.
#[derive(Debug, Clone, PartialEq)]
pub struct Lanes {
    /// What they stand for.
    pub kind: LaneKind,
    /// The floats.
    pub values: Vec<f64>,
    /// What each lane holds; `None` where every lane has a value.
    pub states: Option<Vec<State>>,
    /// No value is further than this from the exact one …
    pub absolute: f64,
    /// … plus this share of its size.
    pub relative: f64,
}

impl Lanes {
    /// Floats without doubt, each the nearest to its exact value.
    pub fn of(kind: LaneKind, values: Vec<f64>, states: Option<Vec<State>>) -> Self {
        let relative = match kind {
            LaneKind::Number(_) if values.iter().any(|value| !is_whole(*value)) => ROUNDOFF,
            _ => 0.0,
        };
        Self {
            kind,
            values,
            states,
            absolute: 0.0,
            relative,
        }
    }

    /// The same for all lanes.
    pub fn constant(kind: LaneKind, value: f64) -> Self {
        Self::of(kind, vec![value], None)
    }

    /// A pure number for all lanes.
    pub fn number(number: &Number) -> Self {
        Self::constant(LaneKind::Number(Dimension::NONE), number.to_f64())
    }

    /// A truth for all lanes.
    pub fn truth(truth: bool) -> Self {
        Self::constant(LaneKind::Truth, f64::from(u8::from(truth)))
    }

    /// No lane has a value, all for one reason.
    pub fn absent(state: State) -> Self {
        Self {
            states: Some(vec![state]),
            ..Self::constant(LaneKind::Number(Dimension::NONE), 0.0)
        }
    }

    /// What floats cannot compute at all.
    pub fn doubtful() -> Self {
        Self::absent(State::Doubtful)
    }

    /// A value for all lanes; lists are beyond floats.
    pub fn of_value(value: &Value, word: &dyn Fn(&str) -> f64) -> Self {
        match value {
            Value::Quantity(quantity) => Self::constant(LaneKind::Number(quantity.dimension), quantity.number.to_f64()),
            Value::Truth(truth) => Self::truth(*truth),
            Value::Word(text) => Self::constant(LaneKind::Word, word(text)),
            Value::List(_) => Self::doubtful(),
            Value::Absent(absence) => Self::absent(State::of(&absence.why)),
        }
    }

    /// Whether every lane holds the same.
    pub fn is_constant(&self) -> bool {
        self.values.len() == 1 && self.states.as_ref().is_none_or(|states| states.len() == 1)
    }

    /// The value of a lane, whatever its state.
    pub fn value(&self, lane: usize) -> f64 {
        at(&self.values, lane).unwrap_or(f64::NAN)
    }

    /// The state of a lane.
    pub fn state(&self, lane: usize) -> State {
        match &self.states {
            None => State::Present,
            Some(states) => at(states, lane).unwrap_or(State::Doubtful),
        }
    }

    /// How far the value of a lane may be from the exact one.
    pub fn bound(&self, lane: usize) -> f64 {
        self.absolute + self.relative * self.value(lane).abs()
    }

    /// The dimension, where it is one of numbers.
    pub const fn dimension(&self) -> Option<Dimension> {
        match self.kind {
            LaneKind::Number(dimension) => Some(dimension),
            _ => None,
        }
    }

    /// The largest size of a value.
    pub(crate) fn largest(&self) -> f64 {
        // Eight at once, as vector units take them.
        let (blocks, rest) = self.values.as_chunks::<8>();
        let mut lanes = [0.0_f64; 8];
        for block in blocks {
            for (lane, value) in lanes.iter_mut().zip(block) {
                let size = value.abs();
                *lane = if size > *lane { size } else { *lane };
            }
        }
        lanes
            .iter()
            .chain(rest)
            .fold(0.0, |largest: f64, value| largest.max(value.abs()))
    }

    /// The same in another unit, given by its factor to the base: a bare number of a unit.
    #[must_use]
    pub fn without_dimension(mut self) -> Self {
        self.kind = LaneKind::Number(Dimension::NONE);
        self
    }

    /// The same values in `count` lanes, none standing for others.
    #[must_use]
    pub fn spread(&self, count: usize) -> Self {
        let mut spread = self.clone();
        if let ([value], true) = (self.values.as_slice(), count != 1) {
            spread.values = vec![*value; count];
        }
        if let Some([state]) = self.states.as_deref() {
            spread.states = (!state.is_present()).then(|| vec![*state; count]);
        }
        spread
    }
}

fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() < 9.0e15
}

fn at<T: Copy>(of: &[T], lane: usize) -> Option<T> {
    match of {
        [one] => Some(*one),
        many => many.get(lane).copied(),
    }
}

/// A float operation over two blocks, without looking at states.
pub(crate) fn zip(left: &[f64], right: &[f64], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    match (left, right) {
        ([left], [right]) => vec![of(*left, *right)],
        ([left], right) => right.iter().map(|right| of(*left, *right)).collect(),
        (left, [right]) => left.iter().map(|left| of(*left, *right)).collect(),
        (left, right) => left.iter().zip(right).map(|(left, right)| of(*left, *right)).collect(),
    }
}

/// The states of what comes of two blocks.
pub(crate) fn states(left: &Lanes, right: &Lanes) -> Option<Vec<State>> {
    match (left.states.as_deref(), right.states.as_deref()) {
        (None, None) => None,
        (Some(states), None) | (None, Some(states)) => Some(states.to_vec()),
        (Some([left]), Some([right])) => Some(vec![left.with(*right)]),
        (Some([left]), Some(right)) => Some(right.iter().map(|right| left.with(*right)).collect()),
        (Some(left), Some([right])) => Some(left.iter().map(|left| left.with(*right)).collect()),
        (Some(left), Some(right)) => Some(left.iter().zip(right).map(|(left, right)| left.with(*right)).collect()),
    }
}

pub(crate) fn state_count(of: &Lanes) -> usize {
    of.states.as_ref().map_or(1, Vec::len)
}

/// States for each lane, to be changed.
pub(crate) fn spread_states(states: &mut Option<Vec<State>>, count: usize) -> &mut Vec<State> {
    let states = states.get_or_insert_with(|| vec![State::Present; count]);
    if let ([one], true) = (states.as_slice(), count > 1) {
        *states = vec![*one; count];
    }
    states
}

/// Doubts the lanes whose float became zero although nothing in it was: it ran under, and no share of zero bounds that.
pub(crate) fn doubt_vanished(values: &[f64], found: &mut Option<Vec<State>>, nonzero: impl Fn(usize) -> bool) {
    if !values.iter().fold(false, |any, value| any | (*value == 0.0)) {
        return;
    }
    let count = values.len().max(found.as_ref().map_or(1, Vec::len));
    let vanished = |lane: usize| at(values, lane) == Some(0.0) && nonzero(lane);
    if !(0..count).any(vanished) {
        return;
    }
    for (lane, state) in spread_states(found, count).iter_mut().enumerate() {
        if state.is_present() && vanished(lane) {
            *state = State::Doubtful;
        }
    }
}

/// A block with its bounds; a float that ran over or under is doubtful.
pub(crate) fn settled(kind: LaneKind, values: Vec<f64>, states: Option<Vec<State>>, bounds: (f64, f64)) -> Lanes {
    let mut lanes = Lanes {
        kind,
        values,
        states,
        absolute: bounds.0,
        relative: bounds.1,
    };
    if let Some(states) = &lanes.states
        && states.iter().all(|state| state.is_present())
    {
        lanes.states = None;
    }
    let wild = |value: f64| !value.is_finite() || (value != 0.0 && value.abs() < 1e-280);
    // Without leaving early: so the compiler takes several at once.
    let any = lanes.values.iter().fold(false, |any, value| {
        let size = value.abs();
        let sound = (size <= f64::MAX) & ((size >= 1e-280) | (size == 0.0));
        any | !sound
    });
    if any || !(bounds.0.is_finite() && bounds.1.is_finite()) {
        let all = !(bounds.0.is_finite() && bounds.1.is_finite());
        let count = lanes.values.len().max(state_count(&lanes));
        let values = lanes.values.clone();
        let value = |lane: usize| values.get(lane).or(values.first()).copied().unwrap_or(f64::NAN);
        let states = spread_states(&mut lanes.states, count);
        for (lane, state) in states.iter_mut().enumerate() {
            if state.is_present() && (all || wild(value(lane))) {
                *state = State::Doubtful;
            }
        }
        lanes
            .values
            .iter_mut()
            .filter(|value| wild(**value))
            .for_each(|value| *value = 0.0);
        if all {
            (lanes.absolute, lanes.relative) = (0.0, 0.0);
        }
    }
    lanes
}

/// Absent lanes stay so, the others have no value of this kind.
pub(crate) fn undefined(of: &Lanes) -> Lanes {
    let states = match &of.states {
        None => vec![State::Undefined],
        Some(states) => states
            .iter()
            .map(|state| if state.is_present() { State::Undefined } else { *state })
            .collect(),
    };
    settled(LaneKind::Number(Dimension::NONE), vec![0.0], Some(states), (0.0, 0.0))
}

/// What comes of two blocks that do not fit: an absent part makes the whole absent, else it is undefined.
pub(crate) fn mixed(left: &Lanes, right: &Lanes) -> Lanes {
    let states = states(left, right);
    undefined(&Lanes {
        states,
        ..Lanes::constant(LaneKind::Number(Dimension::NONE), 0.0)
    })
}

/// The same, but the exact way decides what there is.
pub(crate) fn doubt_present(left: &Lanes, right: &Lanes) -> Lanes {
    let states = match states(left, right) {
        None => vec![State::Doubtful],
        Some(states) => states
            .iter()
            .map(|state| if state.is_present() { State::Doubtful } else { *state })
            .collect(),
    };
    settled(LaneKind::Number(Dimension::NONE), vec![0.0], Some(states), (0.0, 0.0))
}

/// The dimension that two blocks have in common; a bare zero for all lanes fits every dimension.
pub(crate) fn common(left: &Lanes, right: &Lanes) -> Option<Dimension> {
    let (one, other) = (left.dimension()?, right.dimension()?);
    let zero = |of: &Lanes| of.values.iter().all(|value| *value == 0.0) && of.absolute == 0.0;
    if one == other || (other.is_none() && zero(right)) {
        Some(one)
    } else if one.is_none() && zero(left) {
        Some(other)
    } else {
        None
    }
}
