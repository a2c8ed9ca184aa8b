//! Weights with which each indicator counts for as much as its weight in the table says (均衡): of indicators that stand
//! side by side, the correlations with the total are in the proportion of those weights. A weight alone does not do that:
//! what varies more, or repeats others, moves the total more.
//!
//! W. Becker, M. Saisana, P. Paruolo, I. Vandecasteele: Weights and importance in composite indicators: closing the gap.
//! Ecological Indicators 80 (2017) 12–22; COINr's `get_opt_weights` with `optype = "balance"`, which does it for one level.
//!
//! As many proportions are asked for as there are weights to choose, and Newton's method finds them from the weights of the
//! table on: over the logarithms of weights, so that none falls below zero.

use std::collections::BTreeMap;

use formula::{Dimension, LaneKind, Lanes, State};

use super::loss::solved;
use crate::columns::{PointLanes, join};
use crate::day::Period;
use crate::standard::Standard;
use crate::sums::{dot, sum};

/// How far a share of the correlations may be from the share of the weights.
pub(super) const TOLERANCE: f64 = 1e-9;
const MOST_STEPS: usize = 200;
/// How far logarithms of weights go: at a step, for a slope, at the shortest share of a step, and at all (as much as e²⁵
/// times the weight of a sibling).
const LONGEST: f64 = 2.0;
const NUDGE: f64 = 1e-7;
const SHORTEST: f64 = 1e-6;
const FURTHEST: f64 = 25.0;
/// What counts as the share of an indicator that goes against the total, where shares are compared.
const LEAST_SHARE: f64 = 1e-3;

/// Where the proportions cannot be reached.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beyond {
    /// The indicator below which they are furthest off; `None` of the uppermost.
    pub(super) above: Option<usize>,
    /// How far the nearest weights leave a share of the correlations from the share of the weights.
    pub(super) off: f64,
}

/// Weights by indicator, of a level or of all, from the scores of the leaves over units that lack none.
pub(super) fn balanced(
    standard: &Standard,
    level: Option<usize>,
    period: Option<Period>,
    scores: &BTreeMap<usize, Vec<f64>>,
) -> Result<Vec<(usize, f64)>, Beyond> {
    let mut system = System::of(standard, period, scores);
    system
        .families
        .retain(|family| level.is_none_or(|level| level_of(standard, family) == level));
    let mut nearest = system.newton(system.nominal());
    if nearest.off > TOLERANCE {
        // Too far for Newton's method: some way by plain proportions first.
        let second = system.newton(system.nearer(system.nominal()));
        if second.off < nearest.off {
            nearest = second;
        }
    }
    if nearest.off > TOLERANCE {
        return Err(Beyond {
            above: nearest.above,
            off: nearest.off,
        });
    }
    let weights = system.weights(&nearest.at);
    let nodes = system.families.iter().flat_map(|family| {
        let sum: f64 = family.members.iter().map(|node| weights[*node]).sum();
        let weights = &weights;
        family.members.iter().map(move |node| (*node, weights[*node] / sum))
    });
    Ok(nodes.collect())
}

/// Indicators that stand side by side and have a weight.
struct Family {
    above: Option<usize>,
    members: Vec<usize>,
    /// Their shares in the weights of the table.
    shares: Vec<f64>,
}

/// The level of the indicators of a family.
fn level_of(standard: &Standard, family: &Family) -> usize {
    let above = family.above.and_then(|above| standard.nodes.get(above));
    above.map_or(1, |above| above.level + 1)
}

/// The proportions as a system of equations: a weight beside that of the family's last, in logarithms, for each share of
/// the correlations but the last.
struct System<'a> {
    standard: &'a Standard,
    leaves: BTreeMap<usize, PointLanes>,
    units: usize,
    /// Weights of the table by node.
    table: Vec<f64>,
    /// Those of more than one.
    families: Vec<Family>,
}

/// What some weights give.
struct Tried {
    at: Vec<f64>,
    /// By family, the shares of the correlations.
    shares: Vec<Vec<f64>>,
    off: f64,
    above: Option<usize>,
}

impl<'a> System<'a> {
    fn of(standard: &'a Standard, period: Option<Period>, scores: &BTreeMap<usize, Vec<f64>>) -> Self {
        let top = std::iter::once((None, standard.top().collect::<Vec<usize>>()));
        let below = standard.nodes.iter().enumerate();
        let below = below.map(|(node, rule)| (Some(node), rule.children.clone()));
        let weight = |node: &usize| standard.weight_of(*node, period).to_f64();
        let family = |(above, members): (Option<usize>, Vec<usize>)| {
            let members: Vec<usize> = members.into_iter().filter(|node| weight(node) > 0.0).collect();
            let whole: f64 = members.iter().map(weight).sum();
            let shares = members.iter().map(|node| weight(node) / whole).collect();
            Family { above, members, shares }
        };
        let families = top.chain(below).map(family);
        Self {
            standard,
            leaves: scores
                .iter()
                .map(|(node, column)| (*node, lanes(column.clone())))
                .collect(),
            table: (0..standard.nodes.len()).map(|node| weight(&node)).collect(),
            units: scores.values().next().map_or(0, Vec::len),
            families: families.filter(|family| family.members.len() > 1).collect(),
        }
    }

    /// The weights of the table.
    fn nominal(&self) -> Vec<f64> {
        let each = self.families.iter().flat_map(|family| {
            let (last, others) = family.shares.split_last().unwrap_or((&1.0, &[]));
            others.iter().map(move |share| (share / last).ln())
        });
        each.collect()
    }

    /// By node; what has no weight in the table has none.
    fn weights(&self, at: &[f64]) -> Vec<f64> {
        let mut weights = self.table.clone();
        let mut logarithms = at.iter();
        for family in &self.families {
            for (place, node) in family.members.iter().enumerate() {
                let is_last = place + 1 == family.members.len();
                weights[*node] = if is_last {
                    1.0
                } else {
                    logarithms.next().map_or(1.0, |logarithm| logarithm.exp())
                };
            }
        }
        weights
    }

    /// The points of an indicator and of all below it.
    fn points(&self, above: Option<usize>, weights: &[f64], known: &mut BTreeMap<usize, PointLanes>) -> PointLanes {
        let rule = above.and_then(|above| self.standard.nodes.get(above));
        let members: Vec<usize> = rule.map_or_else(|| self.standard.top().collect(), |rule| rule.children.clone());
        for node in &members {
            let leaf = self.leaves.get(node).cloned();
            let points = leaf.unwrap_or_else(|| self.points(Some(*node), weights, known));
            known.insert(*node, points);
        }
        let parts: Vec<(f64, &PointLanes)> = members
            .iter()
            .filter_map(|node| Some((*weights.get(*node)?, known.get(node)?)))
            .collect();
        let level = rule.map_or(1, |rule| rule.level + 1);
        let method = self
            .standard
            .aggregation
            .method_of(level, rule.map(|rule| rule.code.as_str()));
        match method.peers() {
            Some(how) => {
                let (low, high) = crate::peers::scale(self.standard);
                let columns: Vec<(f64, &[f64])> = parts
                    .iter()
                    .map(|(weight, part)| (*weight, part.lanes.values.as_slice()))
                    .collect();
                let shares = how.join(&columns);
                lanes(shares.into_iter().map(|share| low + (high - low) * share).collect())
            }
            None => join(&method, &parts, 0.0, self.units),
        }
    }

    /// What weights give; `None` where there is no total, or nothing goes with it.
    fn tried(&self, at: Vec<f64>) -> Option<Tried> {
        let weights = self.weights(&at);
        let mut known = BTreeMap::new();
        let total = self.points(None, &weights, &mut known);
        let total = centred(&total)?;
        let mut tried = Tried {
            at,
            shares: Vec::new(),
            off: 0.0,
            above: None,
        };
        for family in &self.families {
            let correlations = family
                .members
                .iter()
                .map(|node| Some(dot(&centred(known.get(node)?)?, &total)))
                .collect::<Option<Vec<f64>>>()?;
            let whole: f64 = correlations.iter().sum();
            if whole <= 0.0 {
                return None;
            }
            let shares: Vec<f64> = correlations.iter().map(|correlation| correlation / whole).collect();
            for (share, wanted) in shares.iter().zip(&family.shares) {
                if (share - wanted).abs() > tried.off {
                    tried.off = (share - wanted).abs();
                    tried.above = family.above;
                }
            }
            tried.shares.push(shares);
        }
        Some(tried)
    }

    /// What the equations leave, of all members of a family but the last.
    fn left(&self, tried: &Tried) -> Vec<f64> {
        let each = self.families.iter().zip(&tried.shares).flat_map(|(family, shares)| {
            let pairs = shares.iter().zip(&family.shares);
            pairs.take(shares.len() - 1).map(|(share, wanted)| share - wanted)
        });
        each.collect()
    }

    fn newton(&self, start: Vec<f64>) -> Tried {
        let nowhere = |at| Tried {
            at,
            shares: Vec::new(),
            off: 1.0,
            above: None,
        };
        let Some(mut best) = self.tried(start.clone()) else {
            return nowhere(start);
        };
        for _ in 0..MOST_STEPS {
            let left = self.left(&best);
            let mut slopes = vec![vec![0.0; left.len()]; left.len()];
            for column in 0..left.len() {
                let mut moved = best.at.clone();
                moved[column] += NUDGE;
                let Some(moved) = self.tried(moved) else { return best };
                for (row, (after, before)) in self.left(&moved).into_iter().zip(&left).enumerate() {
                    slopes[row][column] = (after - before) / NUDGE;
                }
            }
            let Some(step) = solved(slopes, left) else { return best };
            let longest = step.iter().fold(0.0, |longest: f64, step| longest.max(step.abs()));
            let mut share = (LONGEST / longest).min(1.0);
            let next = loop {
                let at: Vec<f64> = best.at.iter().zip(&step).map(|(at, step)| at - share * step).collect();
                let tried = self.tried(at).filter(|tried| tried.off < best.off);
                if tried.is_some() || share < SHORTEST {
                    break tried;
                }
                share /= 2.0;
            };
            match next {
                Some(next) if next.at.iter().all(|logarithm| logarithm.abs() < FURTHEST) => best = next,
                _ => return best,
            }
        }
        best
    }

    /// Each weight by how much its share of the correlations falls short.
    fn nearer(&self, start: Vec<f64>) -> Vec<f64> {
        let mut at = start;
        for _ in 0..MOST_STEPS {
            let Some(tried) = self.tried(at.clone()) else { return at };
            let mut place = 0;
            for (family, shares) in self.families.iter().zip(&tried.shares) {
                let short: Vec<f64> = family
                    .shares
                    .iter()
                    .zip(shares)
                    .map(|(wanted, share)| (wanted / share.max(LEAST_SHARE)).ln())
                    .collect();
                let last = short.last().copied().unwrap_or_default();
                for short in &short[..short.len() - 1] {
                    at[place] = (at[place] + short - last).clamp(-FURTHEST, FURTHEST);
                    place += 1;
                }
            }
        }
        at
    }
}

fn lanes(column: Vec<f64>) -> PointLanes {
    let states = column.iter().any(|value| value.is_nan()).then(|| {
        let state = |value: &f64| {
            if value.is_nan() {
                State::Undefined
            } else {
                State::Present
            }
        };
        column.iter().map(state).collect()
    });
    PointLanes {
        lanes: Lanes::of(LaneKind::Number(Dimension::NONE), column, states),
        dropped: None,
    }
}

/// A column about its mean, of length one; `None` where a value lacks. Of units that do not differ it is nothing.
fn centred(points: &PointLanes) -> Option<Vec<f64>> {
    let values = &points.lanes.values;
    let whole = points.lanes.states.is_none() && values.iter().all(|value| value.is_finite());
    let middle = sum(values, |value| value) / values.len().max(1) as f64;
    let mut centred: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let size = dot(&centred, &centred).sqrt();
    for value in &mut centred {
        *value = if size > 0.0 { *value / size } else { 0.0 };
    }
    whole.then_some(centred)
}
