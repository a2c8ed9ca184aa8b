//! Points of a block joined over all its units, which are those of a period: the same laws as [`Peers::join`].

use formula::{Dimension, LaneKind, Lanes, State};

use super::PointLanes;
use super::join::lanes_size;
use crate::peers::{Peers, ends};

pub(super) fn join(
    how: Peers,
    (low, high): (f64, f64),
    parts: &[(f64, &PointLanes)],
    roundoff: f64,
    count: usize,
) -> PointLanes {
    let mut states = vec![State::Present; count];
    let mut dropped = vec![false; count];
    // How far off a result may be is known of nearness alone; any other way the exact run decides.
    let mut doubtful = roundoff > 0.0 && how != Peers::Topsis;
    for lane in 0..count {
        let (mut kept, mut failed, mut left_out) = (false, None, State::Undefined);
        for (_, part) in parts {
            let state = part.lanes.state(lane);
            doubtful |= state == State::Doubtful;
            if part.is_dropped(lane) {
                left_out = state;
            } else if state.is_present() {
                kept = true;
            } else {
                failed = failed.or(Some(state));
            }
        }
        (states[lane], dropped[lane]) = match failed {
            Some(failed) => (failed, false),
            None if kept => (State::Present, false),
            None => (left_out, left_out != State::Undefined),
        };
    }
    // One unit in doubt leaves the place of every other in doubt.
    let in_doubt = || PointLanes {
        lanes: Lanes::absent(State::Doubtful).spread(count),
        dropped: None,
    };
    if doubtful {
        return in_doubt();
    }
    let columns: Vec<(f64, Vec<f64>)> = parts
        .iter()
        .map(|(weight, part)| {
            let value = |lane: usize| {
                let there = part.lanes.state(lane).is_present() && states[lane].is_present();
                if there { part.lanes.value(lane) } else { f64::NAN }
            };
            (*weight, (0..count).map(value).collect())
        })
        .collect();
    let columns: Vec<(f64, &[f64])> = columns
        .iter()
        .map(|(weight, column)| (*weight, column.as_slice()))
        .collect();
    let absolute = if roundoff > 0.0 {
        let Some(error) = error(&columns, parts, &states, roundoff) else {
            return in_doubt();
        };
        error * (high - low).abs() + roundoff * (low.abs() + high.abs())
    } else {
        0.0
    };
    let shares = how.join(&columns);
    let mut lanes = Lanes {
        kind: LaneKind::Number(Dimension::NONE),
        values: vec![0.0; count],
        states: None,
        absolute,
        relative: 0.0,
    };
    for (lane, share) in shares.into_iter().enumerate() {
        if !states[lane].is_present() {
            continue;
        }
        if share.is_nan() {
            states[lane] = State::Undefined;
        } else {
            lanes.values[lane] = low + (high - low) * share;
        }
    }
    lanes.states = states.iter().any(|state| !state.is_present()).then_some(states);
    PointLanes {
        lanes,
        dropped: dropped.contains(&true).then_some(dropped),
    }
}

/// How far a nearness may be off: what every distance may be off, by the least of the distances; `None` where that tells
/// nothing.
fn error(columns: &[(f64, &[f64])], parts: &[(f64, &PointLanes)], states: &[State], roundoff: f64) -> Option<f64> {
    let (mut off, mut widest, mut narrowest) = (0.0_f64, 0.0_f64, f64::INFINITY);
    let mut gaps = false;
    for ((weight, column), (_, part)) in columns.iter().zip(parts) {
        let size = lanes_size(&part.lanes);
        let own = part.lanes.absolute + (part.lanes.relative + 4.0 * roundoff) * size;
        off += weight.abs() * 2.0 * own;
        gaps |= column
            .iter()
            .zip(states)
            .any(|(value, state)| value.is_nan() && state.is_present());
        let (low, high) = ends(column);
        let side = weight.abs() * (high - low).max(0.0);
        widest = widest.max(side);
        narrowest = narrowest.min(side);
    }
    // Both distances together are at least each side of the box (the triangle's law), of those sides that a unit has.
    let least = if gaps { narrowest } else { widest };
    let terms = columns.len() as f64 + 16.0;
    (least > off * 1e3).then(|| 4.0 * off / (least - 2.0 * off) + terms * roundoff)
}
