//! Points of a block joined into points above: the same laws as [`Method::join`], and the same order of reasons where
//! there are none.

use formula::{Dimension, LaneKind, Lanes, State};

use crate::method::Method;

/// Points of a block. A lane without a value is left out where it is marked so, else it has no result.
#[derive(Debug, Clone)]
pub(crate) struct PointLanes {
    pub(crate) lanes: Lanes,
    pub(crate) dropped: Option<Vec<bool>>,
}

impl PointLanes {
    pub(crate) fn is_dropped(&self, lane: usize) -> bool {
        self.dropped
            .as_ref()
            .is_some_and(|dropped| dropped.get(lane).copied().unwrap_or(false))
    }
}

/// What a value becomes before the weighted mean is taken, and the mean after it.
#[derive(Clone, Copy)]
enum Mean {
    Arithmetic,
    Geometric,
    Harmonic,
    Power(f64),
    Least,
}

struct Joined {
    sum: Vec<f64>,
    weight: Vec<f64>,
    /// The reason why a lane has no result; with [`Self::kept`] false, that it is left out.
    state: Vec<State>,
    kept: Vec<bool>,
    left_out: Vec<State>,
    zero: Vec<bool>,
    outside: Vec<bool>,
}

pub(crate) fn join(method: &Method, parts: &[(f64, &PointLanes)], roundoff: f64, count: usize) -> PointLanes {
    let mean = match method {
        Method::Arithmetic => Mean::Arithmetic,
        Method::Geometric => Mean::Geometric,
        Method::Harmonic => Mean::Harmonic,
        Method::Power(p) => Mean::Power(p.to_f64()),
        Method::Least => Mean::Least,
        // Joined over all units, elsewhere.
        Method::Peers(_) => {
            return PointLanes {
                lanes: Lanes::absent(State::Doubtful).spread(count),
                dropped: None,
            };
        }
    };
    let whole = parts.iter().all(|(_, part)| part.lanes.states.is_none());
    if whole && matches!(mean, Mean::Arithmetic) && parts.iter().all(|(weight, _)| *weight >= 0.0) {
        return plain(parts, roundoff, count);
    }
    let negative = parts.iter().any(|(weight, _)| *weight < 0.0);
    let mut joined = Joined {
        sum: vec![
            if matches!(mean, Mean::Least) {
                f64::INFINITY
            } else {
                0.0
            };
            count
        ],
        weight: vec![0.0; count],
        state: vec![State::Present; count],
        kept: vec![false; count],
        left_out: vec![State::Undefined; count],
        zero: vec![false; count],
        outside: vec![false; count],
    };
    let (mut share, mut size, mut error, mut logarithm) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for (weight, part) in parts {
        let lanes = &part.lanes;
        // A value that may be zero, or that is too small for its error, cannot be taken to a power.
        let floor = lanes.absolute * 1e6;
        let mut least = f64::INFINITY;
        for lane in 0..count {
            let (Some(held), Some(sum), Some(total)) = (
                joined.state.get_mut(lane),
                joined.sum.get_mut(lane),
                joined.weight.get_mut(lane),
            ) else {
                continue;
            };
            if !held.is_present() {
                continue;
            }
            let state = lanes.state(lane);
            if part.is_dropped(lane) {
                joined.left_out[lane] = state;
                continue;
            }
            if !state.is_present() || negative {
                *held = if negative { State::Doubtful } else { state };
                continue;
            }
            joined.kept[lane] = true;
            *total += weight;
            let value = lanes.value(lane);
            size = size.max(value.abs());
            let powered = matches!(mean, Mean::Geometric | Mean::Harmonic | Mean::Power(_));
            if powered && floor > 0.0 && value.abs() <= floor {
                *held = State::Doubtful;
                continue;
            }
            if powered && value == 0.0 {
                let harmless = matches!(mean, Mean::Power(p) if p > 0.0);
                if !harmless {
                    joined.zero[lane] |= *weight != 0.0;
                    joined.outside[lane] |= *weight == 0.0;
                }
                continue;
            }
            if powered && value < 0.0 {
                let whole = match mean {
                    Mean::Harmonic => true,
                    Mean::Power(p) => p.fract() == 0.0,
                    _ => false,
                };
                if !whole {
                    // A logarithm or a broken power there is none.
                    joined.outside[lane] = true;
                    continue;
                }
                if roundoff > 0.0 {
                    // What may cancel has no bound of its size; the exact way knows.
                    *held = State::Doubtful;
                    continue;
                }
            }
            least = least.min(value);
            match mean {
                Mean::Arithmetic => *sum += weight * value,
                Mean::Geometric => {
                    let ln = value.ln();
                    logarithm = logarithm.max(ln.abs());
                    *sum += weight * ln;
                }
                Mean::Harmonic => *sum += weight / value,
                Mean::Power(p) => *sum += weight * value.powf(p),
                Mean::Least if *weight != 0.0 => *sum = sum.min(value),
                Mean::Least => {}
            }
        }
        if lanes.absolute > 0.0 {
            share = share.max(lanes.absolute / least.max(floor));
        }
        error = error.max(lanes.absolute + lanes.relative * lanes_size(lanes));
        share = share.max(lanes.relative);
    }
    let terms = parts.len() as f64;
    let (absolute, relative) = match mean {
        Mean::Arithmetic => (error + (terms + 8.0) * roundoff * size, 0.0),
        Mean::Least => (error, 0.0),
        Mean::Geometric => (0.0, share * 2.0 + (terms + 12.0) * roundoff * (1.0 + logarithm)),
        Mean::Harmonic => (0.0, share * 2.0 + (terms + 12.0) * roundoff),
        Mean::Power(p) => (0.0, share * 2.0 + (terms + 32.0) * roundoff * (1.0 + 1.0 / p.abs())),
    };
    finished(joined, mean, (absolute, relative), count)
}

/// Joining where every part has a value in every lane.
fn plain(parts: &[(f64, &PointLanes)], roundoff: f64, count: usize) -> PointLanes {
    let mut sum = vec![0.0; count];
    let (mut total, mut size, mut error) = (0.0, 0.0_f64, 0.0_f64);
    for (weight, part) in parts {
        total += weight;
        match part.lanes.values.as_slice() {
            [one] => sum.iter_mut().for_each(|sum| *sum += weight * one),
            many => {
                for (sum, value) in sum.iter_mut().zip(many) {
                    *sum += weight * value;
                }
            }
        }
        if roundoff > 0.0 {
            let largest = lanes_size(&part.lanes);
            size = size.max(largest);
            error = error.max(part.lanes.absolute + part.lanes.relative * largest);
        }
    }
    if total == 0.0 {
        return PointLanes {
            lanes: Lanes::absent(State::Undefined).spread(count),
            dropped: None,
        };
    }
    for sum in &mut sum {
        *sum /= total;
    }
    let absolute = error + (parts.len() as f64 + 8.0) * roundoff * size;
    PointLanes {
        lanes: Lanes {
            kind: LaneKind::Number(Dimension::NONE),
            values: sum,
            states: None,
            absolute,
            relative: 0.0,
        },
        dropped: None,
    }
}

pub(super) fn lanes_size(lanes: &Lanes) -> f64 {
    lanes
        .values
        .iter()
        .fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

fn finished(joined: Joined, mean: Mean, bounds: (f64, f64), count: usize) -> PointLanes {
    let mut lanes = Lanes {
        kind: LaneKind::Number(Dimension::NONE),
        values: vec![0.0; count],
        states: None,
        absolute: bounds.0,
        relative: bounds.1,
    };
    let mut states = joined.state;
    let mut dropped = vec![false; count];
    for lane in 0..count {
        let state = &mut states[lane];
        if !state.is_present() {
            continue;
        }
        if !joined.kept[lane] {
            *state = joined.left_out[lane];
            // Without any part there is no result; with none but left out ones, it is left out too.
            dropped[lane] = *state != State::Undefined;
            continue;
        }
        let (sum, weight) = (joined.sum[lane], joined.weight[lane]);
        if joined.zero[lane] {
            continue;
        }
        if joined.outside[lane] || weight == 0.0 {
            *state = State::Undefined;
            continue;
        }
        let value = match mean {
            Mean::Arithmetic => sum / weight,
            Mean::Geometric => (sum / weight).exp(),
            Mean::Harmonic => weight / sum,
            Mean::Power(p) => (sum / weight).powf(1.0 / p),
            Mean::Least => sum,
        };
        if value.is_finite() {
            lanes.values[lane] = value;
        } else {
            *state = State::Doubtful;
        }
    }
    lanes.states = states.iter().any(|state| !state.is_present()).then_some(states);
    PointLanes {
        lanes,
        dropped: dropped.contains(&true).then_some(dropped),
    }
}
