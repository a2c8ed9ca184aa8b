//! Joining by comparing each unit with each other one.

use super::parts::{EQUAL, Part, mean, units};

/// A. H. Copeland: A reasonable social welfare function, 1951; as outranking for indices OECD, JRC: Handbook on
/// Constructing Composite Indicators, 2008, 6.10, and COINr's `a_copeland`. Units are compared in the parts that both have.
pub(super) fn copeland(columns: &[Part<'_>]) -> Vec<f64> {
    let units = units(columns);
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

/// (φ + 1) ÷ 2. J.-P. Brans, P. Vincke: A preference ranking organisation method (the PROMETHEE method for multiple
/// criteria decision-making). Management Science 31 (1985) 647–656. A unit is preferred the more, the more points it is
/// ahead, and fully from `full` points on (their third criterion; with 0 their first: any lead is a full one). Units are
/// compared in the parts that both have. Flows are sums over columns in order, not over pairs.
pub(super) fn promethee(parts: &[Part<'_>], full: f64) -> Vec<f64> {
    let flows: Vec<Flow> = parts.iter().map(|(_, column)| Flow::of(column)).collect();
    if flows.iter().all(|flow| flow.sorted.len() < 2) {
        return vec![f64::NAN; units(parts)];
    }
    let net = mean(parts, |part, value| flows[part].net(value, full));
    // Flows that are the same meet again at the twelfth digit.
    net.into_iter()
        .map(|net| (f64::midpoint(net, 1.0) / EQUAL).round() * EQUAL)
        .collect()
}

/// A part's points in order, and their sums up to each.
struct Flow {
    sorted: Vec<f64>,
    sums: Vec<f64>,
}

impl Flow {
    fn of(column: &[f64]) -> Self {
        let mut sorted: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        let mut sum = 0.0;
        let sums = std::iter::once(0.0)
            .chain(sorted.iter().map(|value| {
                sum += value;
                sum
            }))
            .collect();
        Self { sorted, sums }
    }

    /// How much a unit with these points is preferred to the others, less how much they are preferred to it.
    fn net(&self, value: f64, full: f64) -> f64 {
        let others = self.sorted.len() as f64 - 1.0;
        if others < 1.0 {
            return 0.0;
        }
        let noise = EQUAL * value.abs();
        let beaten = self.sorted.partition_point(|other| *other < value - full.max(noise));
        let unbeaten = self.sorted.partition_point(|other| *other <= value + full.max(noise));
        let count = self.sorted.len();
        let mut net = beaten as f64 - (count - unbeaten) as f64;
        if full > 0.0 {
            let near = (unbeaten - beaten) as f64;
            net += (near * value - (self.sums[unbeaten] - self.sums[beaten])) / full;
        }
        net / others
    }
}
