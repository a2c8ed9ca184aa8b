//! Joining points over all units of a period at once: what a unit gets hangs on who else is there. Only an index has
//! such a population, so only an index joins like this.

use std::collections::BTreeMap;
use std::rc::Rc;

use formula::{Absence, Number, Undefined, Why};

use crate::day::Period;
use crate::index::Normalise;
use crate::note::Note;
use crate::outcome::Points;
use crate::standard::Standard;
use crate::world::Population;

/// A way to join that looks at all units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// TOPSIS: how near a unit is to the best of everything, and how far from the worst.
    Topsis,
    /// Copeland: over how many others a unit wins by the majority of the weights, less those that win over it.
    Copeland,
}

/// What differs by less, of the size of the values, is equal: sums in another order differ by as much.
const EQUAL: f64 = 1e-12;

impl Peers {
    /// From 0 to 1, unit by unit. Columns of points with their weights; NaN is left out. NaN where units do not differ
    /// or there is only one.
    pub fn join(self, columns: &[(f64, &[f64])]) -> Vec<f64> {
        match self {
            Self::Topsis => topsis(columns),
            Self::Copeland => copeland(columns),
        }
    }
}

/// C. L. Hwang, K. Yoon: Multiple Attribute Decision Making, Springer 1981, 3.8. A part that is left out adds to neither
/// distance; sharing its weight among the others would lengthen both alike.
fn topsis(columns: &[(f64, &[f64])]) -> Vec<f64> {
    let units = columns.first().map_or(0, |(_, column)| column.len());
    let (mut to_best, mut to_worst) = (vec![0.0; units], vec![0.0; units]);
    let mut noise = 0.0_f64;
    for (weight, column) in columns {
        let (worst, best) = ends(column);
        noise = noise.max(weight.abs() * worst.abs().max(best.abs()));
        let squared = weight * weight;
        for ((to_best, to_worst), value) in to_best.iter_mut().zip(&mut to_worst).zip(*column) {
            if !value.is_nan() {
                *to_best += squared * (best - value) * (best - value);
                *to_worst += squared * (value - worst) * (value - worst);
            }
        }
    }
    let nearness = |(to_best, to_worst): (f64, f64)| {
        let (to_best, to_worst) = (to_best.sqrt(), to_worst.sqrt());
        let both = to_best + to_worst;
        if both > noise * EQUAL {
            to_worst / both
        } else {
            f64::NAN
        }
    };
    to_best.into_iter().zip(to_worst).map(nearness).collect()
}

/// The least and the greatest of the values that are there.
pub(crate) fn ends(column: &[f64]) -> (f64, f64) {
    column
        .iter()
        .filter(|value| !value.is_nan())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
}

/// A. H. Copeland: A reasonable social welfare function, 1951; as outranking for indices OECD, JRC: Handbook on
/// Constructing Composite Indicators, 2008, 6.10, and COINr's `a_copeland`. Units are compared in the parts that both have.
fn copeland(columns: &[(f64, &[f64])]) -> Vec<f64> {
    let units = columns.first().map_or(0, |(_, column)| column.len());
    let there: Vec<bool> = (0..units)
        .map(|unit| {
            columns
                .iter()
                .any(|(_, column)| column.get(unit).is_some_and(|value| !value.is_nan()))
        })
        .collect();
    let others = there.iter().filter(|there| **there).count().saturating_sub(1);
    let balance = |unit: usize| {
        let mut won = 0_i64;
        for other in (0..units).filter(|other| *other != unit && there.get(*other) == Some(&true)) {
            let mut lead = 0.0;
            let mut whole = 0.0;
            for (weight, column) in columns {
                let (Some(own), Some(its)) = (column.get(unit), column.get(other)) else {
                    continue;
                };
                if own.is_nan() || its.is_nan() {
                    continue;
                }
                whole += weight;
                if (own - its).abs() > EQUAL * own.abs().max(its.abs()) {
                    lead += if own > its { *weight } else { -weight };
                }
            }
            if lead.abs() > EQUAL * whole {
                won += if lead > 0.0 { 1 } else { -1 };
            }
        }
        f64::midpoint(won as f64 / others as f64, 1.0)
    };
    (0..units)
        .map(|unit| {
            if others > 0 && there.get(unit) == Some(&true) {
                balance(unit)
            } else {
                f64::NAN
            }
        })
        .collect()
}

/// The points that stand for 0 and 1: the ends to which the index brings its indicators.
pub(crate) fn scale(standard: &Standard) -> (f64, f64) {
    match standard.index.as_ref().map(|rules| &rules.normalise) {
        Some(
            Normalise::MinMax(low, high)
            | Normalise::Goalposts(low, high)
            | Normalise::Vector(low, high)
            | Normalise::Rank(Some((low, high))),
        ) => (*low, *high),
        _ => (0.0, 100.0),
    }
}

/// Points by row, of the units of a period.
pub(crate) type Joined = BTreeMap<usize, Points>;
/// The period, and the indicator into which points were joined.
pub(crate) type Family = (Option<Period>, Option<usize>);

impl Population<'_> {
    /// Joins the points of indicators over all units of the row's period; once for all of them.
    pub(crate) fn among_peers(&self, how: Peers, row: usize, above: Option<usize>, parts: &[usize]) -> Points {
        let period = self.rows.get(row).and_then(|row| row.data.period);
        let family = (period, above);
        let known = self.joined_peers.borrow().get(&family).map(Rc::clone);
        let all = known.unwrap_or_else(|| {
            let all = Rc::new(self.join_period(how, family, parts));
            self.joined_peers.borrow_mut().insert(family, Rc::clone(&all));
            all
        });
        let points = all.get(&row).cloned().unwrap_or_else(Points::none);
        if let Points::Failed(absence) = &points
            && absence.why == Why::Undefined(Undefined::DivisionByZero)
        {
            let code = absence.of.clone().unwrap_or_default();
            self.note(
                row,
                Note::Failed {
                    code,
                    absence: absence.clone(),
                },
            );
        }
        points
    }

    fn join_period(&self, how: Peers, (period, above): Family, parts: &[usize]) -> Joined {
        let mut all = Joined::new();
        let mut columns: Vec<Vec<f64>> = vec![Vec::new(); parts.len()];
        let mut open = Vec::new();
        for (row, state) in self.rows.iter().enumerate() {
            if state.data.period != period {
                continue;
            }
            let points: Vec<Rc<Points>> = parts.iter().map(|part| self.points(row, *part)).collect();
            let absence = |points: &Rc<Points>| points.absence().cloned();
            if let Some(failed) = points.iter().find(|points| matches!(***points, Points::Failed(_))) {
                let failed = absence(failed).map_or_else(Points::none, Points::failed);
                all.insert(row, failed);
            } else if points.iter().all(|points| points.number().is_none()) {
                let dropped = points
                    .last()
                    .and_then(absence)
                    .map_or_else(Points::none, Points::dropped);
                all.insert(row, dropped);
            } else {
                open.push(row);
                for (column, points) in columns.iter_mut().zip(&points) {
                    column.push(points.number().map_or(f64::NAN, Number::to_f64));
                }
            }
        }
        let Some(first) = open.first() else { return all };
        let weighted: Vec<(f64, &[f64])> = parts
            .iter()
            .zip(&columns)
            .map(|(part, column)| (self.weight(*first, *part).to_f64(), column.as_slice()))
            .collect();
        let (low, high) = scale(self.standard);
        let code = above
            .and_then(|above| self.standard.nodes.get(above))
            .map(|rule| rule.code.clone());
        for (row, share) in open.iter().zip(how.join(&weighted)) {
            let points = match Number::approximate(low + (high - low) * share) {
                Some(points) => Points::of(points),
                None => Points::failed(Absence {
                    why: Why::Undefined(Undefined::DivisionByZero),
                    of: Some(code.clone().unwrap_or_default()),
                }),
            };
            all.insert(*row, points);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: &[f64], wanted: &[f64], within: f64) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= within, "{found} {wanted}");
        }
    }

    #[test]
    fn topsis_is_half_for_units_that_mirror_each_other_and_nothing_where_none_differs() {
        let found = Peers::Topsis.join(&[(0.5, &[0.0, 1.0, 1.0]), (0.5, &[1.0, 0.0, 1.0])]);
        close(&found, &[0.5, 0.5, 1.0], 1e-12);
        assert!(
            Peers::Topsis
                .join(&[(1.0, &[0.3, 0.1 + 0.2])])
                .iter()
                .all(|share| share.is_nan())
        );
        assert!(Peers::Topsis.join(&[(1.0, &[7.0])])[0].is_nan());
    }

    #[test]
    fn copeland_counts_who_wins_over_whom() {
        // a wins over b (0.6) and over c (0.6); b over c (0.6); with weights that leave the cycle to the majority.
        let weights = [0.35, 0.25, 0.40];
        let columns: [&[f64]; 3] = [&[3.0, 2.0, 1.0], &[2.0, 1.0, 0.0], &[1.0, 3.0, 2.0]];
        let parts: Vec<(f64, &[f64])> = weights.into_iter().zip(columns).collect();
        close(&Peers::Copeland.join(&parts), &[1.0, 0.5, 0.0], 1e-12);
        // The paradox of Condorcet: each wins once and loses once.
        let cycle: [&[f64]; 3] = [&[3.0, 2.0, 1.0], &[2.0, 1.0, 3.0], &[1.0, 3.0, 2.0]];
        let parts: Vec<(f64, &[f64])> = cycle.into_iter().map(|column| (1.0, column)).collect();
        close(&Peers::Copeland.join(&parts), &[0.5, 0.5, 0.5], 1e-12);
        // A tie is no win; a gap is compared in what both have.
        close(&Peers::Copeland.join(&[(1.0, &[1.0, 1.0])]), &[0.5, 0.5], 1e-12);
        close(
            &Peers::Copeland.join(&[(0.9, &[f64::NAN, 1.0]), (0.1, &[2.0, 1.0])]),
            &[1.0, 0.0],
            1e-12,
        );
    }
}
