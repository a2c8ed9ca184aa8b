//! Climbing a ladder with a block of units.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::columns::Walk;
use crate::ladder::bare;
use crate::lanes::{LaneKind, Lanes, State, doubt_present, settled, spread_states};
use crate::syntax::{Expr, Guard, LadderKind, Rung};
use crate::value::{Value, same_word};

pub(crate) fn climb(walk: &Walk<'_>, kind: LadderKind, subject: Option<&Expr>, rungs: &[Rung], back: u8) -> Lanes {
    let (value, unit) = match (subject, &walk.subject) {
        (Some(subject), _) => (walk.expr(subject, back), None),
        (None, Some(scored)) => (Rc::clone(&scored.value), Some(scored.unit)),
        (None, None) => return Lanes::doubtful(),
    };
    let bound = |expr: &Expr| match (unit, bare(expr)) {
        (Some(unit), Some(number)) => Rc::new(walk.constant(&Value::of_unit(&number, unit))),
        _ => walk.expr(expr, back),
    };
    let climbed = match (kind, value.kind) {
        (LadderKind::Linear, LaneKind::Number(_)) => linear(walk, &value, rungs, &bound, back),
        (LadderKind::Step | LadderKind::Grade, LaneKind::Number(_)) => {
            steps(walk, &value, rungs, &bound, kind == LadderKind::Step, back)
        }
        (LadderKind::Step | LadderKind::Grade, _) => words(walk, &value, rungs, back),
        _ => None,
    };
    climbed.unwrap_or_else(|| doubt_present(&value, &value))
}

/// A bound that is the same for all lanes, and how far it may be off.
fn fixed(lanes: &Lanes, like: &Lanes) -> Option<(f64, f64)> {
    let fits = lanes.is_constant() && lanes.states.is_none() && lanes.dimension().is_some();
    (fits && lanes.dimension() == like.dimension()).then(|| (lanes.value(0), lanes.bound(0)))
}

fn linear(
    walk: &Walk<'_>,
    value: &Lanes,
    rungs: &[Rung],
    bound: &dyn Fn(&Expr) -> Rc<Lanes>,
    back: u8,
) -> Option<Lanes> {
    let mut points = Vec::with_capacity(rungs.len());
    let mut kind = None;
    for rung in rungs {
        let Guard::Point(point) = &rung.guard else { return None };
        let (x, _) = fixed(&bound(point), value)?;
        let given = walk.expr(&rung.value, back);
        let (y, _) = fixed(&given, &given)?;
        if *kind.get_or_insert(given.kind) != given.kind {
            return None;
        }
        points.push((x, y));
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, last) = (*points.first()?, *points.last()?);
    let mut slopes = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        let [low, high] = pair else { continue };
        if high.0 - low.0 <= 0.0 {
            return None;
        }
        slopes.push((high.1 - low.1) / (high.0 - low.0));
    }
    let climb = |v: f64| {
        if v <= first.0 {
            return first.1;
        }
        if v >= last.0 {
            return last.1;
        }
        for (pair, slope) in points.windows(2).zip(&slopes) {
            if let [low, high] = pair
                && v <= high.0
            {
                return low.1 + slope * (v - low.0);
            }
        }
        last.1
    };
    let values = value.values.iter().map(|v| climb(*v)).collect();
    let u = walk.roundoff;
    let steepest = slopes.iter().fold(0.0, |most: f64, slope| most.max(slope.abs()));
    let (width, height) = points.iter().fold((0.0, 0.0), |(w, h): (f64, f64), (x, y)| {
        (w.max(x.abs()), h.max(y.abs()))
    });
    let absolute = steepest * (value.absolute + (value.relative + 6.0 * u) * width) + 8.0 * u * height;
    Some(settled(kind?, values, value.states.clone(), (absolute, u)))
}

fn steps(
    walk: &Walk<'_>,
    value: &Lanes,
    rungs: &[Rung],
    bound: &dyn Fn(&Expr) -> Rc<Lanes>,
    stairs: bool,
    back: u8,
) -> Option<Lanes> {
    let mut guards = Vec::with_capacity(rungs.len());
    for rung in rungs {
        guards.push(match &rung.guard {
            Guard::Point(point) => Test::Point(fixed(&bound(point), value)?),
            Guard::Compare(operator, limit) => Test::Compare(*operator, fixed(&bound(limit), value)?),
            Guard::Interval {
                low,
                low_closed,
                high,
                high_closed,
            } => {
                let end = |end: &Option<Expr>| match end {
                    None => Some(None),
                    Some(end) => fixed(&bound(end), value).map(Some),
                };
                Test::Interval(end(low)?, *low_closed, end(high)?, *high_closed)
            }
            // A word may stand for a number.
            Guard::Word(_) => return None,
            Guard::Otherwise => Test::Otherwise,
        });
    }
    let count = value.values.len().max(value.states.as_ref().map_or(1, Vec::len));
    let picked = (0..count).map(|lane| {
        if !value.state(lane).is_present() {
            return Err(value.state(lane));
        }
        let own = (value.value(lane), value.bound(lane));
        rung_of(own, &guards, stairs)
    });
    gather(walk, rungs, &picked.collect::<Vec<_>>(), back)
}

enum Test {
    Point((f64, f64)),
    Compare(crate::syntax::Operator, (f64, f64)),
    Interval(Option<(f64, f64)>, bool, Option<(f64, f64)>, bool),
    Otherwise,
}

/// Which rung holds a value; conditions first, then the highest point reached, then the rest.
fn rung_of(own: (f64, f64), guards: &[Test], stairs: bool) -> Result<usize, State> {
    let order = |limit: (f64, f64)| {
        if Walk::close(own, limit) {
            Err(State::Doubtful)
        } else {
            own.0.partial_cmp(&limit.0).ok_or(State::Doubtful)
        }
    };
    let mut best: Option<(usize, f64)> = None;
    for (at, guard) in guards.iter().enumerate() {
        let holds = match guard {
            Test::Point(point) if stairs => {
                if order(*point)? != Ordering::Less && best.is_none_or(|(_, known)| point.0 > known) {
                    best = Some((at, point.0));
                }
                false
            }
            Test::Point(point) => order(*point)? == Ordering::Equal,
            Test::Compare(operator, limit) => crate::arithmetic::holds(*operator, order(*limit)?),
            Test::Interval(low, low_closed, high, high_closed) => {
                let above = match low {
                    Some(low) => order(*low)?,
                    None => Ordering::Greater,
                };
                let below = match high {
                    Some(high) => order(*high)?,
                    None => Ordering::Less,
                };
                (above.is_gt() || (*low_closed && above.is_eq())) && (below.is_lt() || (*high_closed && below.is_eq()))
            }
            Test::Otherwise => false,
        };
        if holds {
            return Ok(at);
        }
    }
    best.map(|(at, _)| at)
        .or_else(|| guards.iter().position(|guard| matches!(guard, Test::Otherwise)))
        .ok_or(State::Undefined)
}

fn words(walk: &Walk<'_>, value: &Lanes, rungs: &[Rung], back: u8) -> Option<Lanes> {
    let rest = rungs.iter().position(|rung| rung.guard == Guard::Otherwise);
    let of_key = |key: &str| {
        rungs
            .iter()
            .position(|rung| matches!(&rung.guard, Guard::Word(word) if same_word(word, key)))
            .or(rest)
    };
    let by_code: Vec<Option<usize>> = match value.kind {
        LaneKind::Truth => vec![of_key("否"), of_key("是")],
        _ => walk.world.words().iter().map(|word| of_key(word)).collect(),
    };
    let count = value.values.len().max(value.states.as_ref().map_or(1, Vec::len));
    let picked = (0..count).map(|lane| {
        let state = value.state(lane);
        if !state.is_present() {
            return Err(state);
        }
        let code = value.value(lane);
        if code < 0.0 {
            return Err(State::Doubtful);
        }
        by_code.get(code as usize).copied().flatten().ok_or(State::Undefined)
    });
    gather(walk, rungs, &picked.collect::<Vec<_>>(), back)
}

/// What the picked rungs give.
fn gather(walk: &Walk<'_>, rungs: &[Rung], picked: &[Result<usize, State>], back: u8) -> Option<Lanes> {
    let given: Vec<Rc<Lanes>> = rungs.iter().map(|rung| walk.expr(&rung.value, back)).collect();
    let kind = given.first()?.kind;
    if given.iter().any(|lanes| lanes.kind != kind) {
        return None;
    }
    let of_lane = |(lane, picked): (usize, &Result<usize, State>)| match picked {
        Ok(rung) => given
            .get(*rung)
            .map_or((0.0, State::Doubtful), |lanes| (lanes.value(lane), lanes.state(lane))),
        Err(state) => (0.0, *state),
    };
    let (values, mut states): (Vec<f64>, Vec<State>) = picked.iter().enumerate().map(of_lane).unzip();
    let wide = given.iter().any(|lanes| !lanes.is_constant()) && values.len() == 1;
    if wide {
        return None;
    }
    let bounds = given
        .iter()
        .fold((0.0, 0.0), |(absolute, relative): (f64, f64), lanes| {
            (absolute.max(lanes.absolute), relative.max(lanes.relative))
        });
    let mut found = Some(std::mem::take(&mut states));
    let count = values.len();
    spread_states(&mut found, count);
    Some(settled(kind, values, found, bounds))
}
