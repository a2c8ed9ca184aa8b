//! Footprints of product systems: what each product causes along its whole supply, where products need each other.
//!
//! # Words
//!
//! - **technosphere** (A): what each process makes (+) and uses (−) of products; **biosphere** (B): what it takes from and
//!   gives to nature; **factor** (C): what a flow weighs in the impact that is asked for.
//! - **scaling** (s): how much of each process a demand (f) calls for, A s = f; **score**: q·s with q = BᵀC.
//! - **adjoint**: Aᵀy = q gives the footprint of a unit of every product at once.
//! - **core**: processes that need each other in a ring; all others are reckoned one after the other.
//!
//! A solver's word is not taken: the residual is computed from the tables, and where none reaches the tolerance there is
//! an error and no figure.

mod core;
mod dense;
mod matrix;
pub mod openlca;
mod pairing;
mod sample;
mod solve;
mod tables;

use serde::Serialize;

pub use sample::{Sampled, Sampling, Source, sampled};
pub use tables::{Lines, ProductSystem};

use crate::finding::{Finding, Place};
use solve::{Solved, Solver};

/// The residual that a figure may have, as a share of what is balanced.
pub const TOLERANCE: f64 = 1e-9;
/// Contributions are told one by one up to so many; the others as a sum.
pub const MOST_CONTRIBUTIONS: usize = 100;

/// The footprint of a demand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Footprint<'a> {
    /// The product.
    pub product: &'a str,
    /// How much of it.
    pub amount: f64,
    /// Its score, in the unit of the factors.
    pub score: f64,
    /// The largest part of any balance that does not come out.
    pub residual: f64,
    /// How it was solved.
    pub solver: &'static str,
    /// What makes it up, the largest first: of a demand by process; of a unit of every product (`--all`) the process
    /// itself and what it uses directly, each with its own footprint.
    pub contributions: Vec<Contribution<'a>>,
    /// The sum of smaller contributions that are not told.
    pub rest: f64,
}

/// A part of a footprint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution<'a> {
    /// The process, or the product that is used.
    pub of: &'a str,
    /// How much of it.
    pub amount: f64,
    /// What it adds.
    pub score: f64,
    /// As a share of the whole; none of a whole that is zero.
    pub share: Option<f64>,
}

/// The footprint of each demand, with what each process adds.
pub fn of_demands<'a>(system: &'a ProductSystem, demands: &[(usize, f64)]) -> Result<Vec<Footprint<'a>>, Vec<Finding>> {
    let solver = Solver::forward(system);
    let impact = system.impacts();
    let footprint = |(product, amount): &(usize, f64)| {
        let mut demand = vec![0.0; system.size()];
        if let Some(place) = demand.get_mut(*product) {
            *place = *amount;
        }
        let solved = solver.solve(&demand).map_err(|refused| vec![refused.finding(system)])?;
        if system.is_plain() && *amount > 0.0 && solved.values.iter().any(|scale| *scale < -TOLERANCE * amount) {
            return Err(vec![unproductive(system, &solved)]);
        }
        let scaled = solved.values.iter().zip(&impact).enumerate();
        let parts = scaled.filter(|(_, (scale, _))| **scale != 0.0);
        let parts = parts.map(|(process, (scale, impact))| (system.process(process), *scale, scale * impact));
        Ok(told(system.product(*product), *amount, &solved, parts.collect()))
    };
    demands.iter().map(footprint).collect()
}

/// The footprint of a unit of every product at once, with the process itself and what it uses.
pub fn of_all(system: &ProductSystem) -> Result<Vec<Footprint<'_>>, Vec<Finding>> {
    let impact = system.impacts();
    let solved = Solver::adjoint(system)
        .solve(&impact)
        .map_err(|refused| vec![refused.finding(system)])?;
    if system.is_plain() && !solved.runs {
        // What can run makes something of everything: A s = 1 has no negative scale (an M-matrix).
        let all = vec![1.0; system.size()];
        let scaled = Solver::forward(system)
            .solve(&all)
            .map_err(|refused| vec![refused.finding(system)])?;
        if scaled.values.iter().any(|scale| *scale < 0.0) {
            return Err(vec![unproductive(system, &scaled)]);
        }
    }
    let of = |product: usize| solved.values.get(product).copied().unwrap_or_default();
    let footprint = |process: usize| {
        let column = system.technosphere().column(process);
        let made: f64 = column
            .clone()
            .filter(|(row, _)| *row == process)
            .map(|(_, amount)| amount)
            .sum();
        let own = impact.get(process).copied().unwrap_or_default() / made;
        let mut parts = vec![(system.process(process), 1.0 / made, own)];
        let used = column.filter(|(row, _)| *row != process);
        parts.extend(used.map(|(row, amount)| {
            let amount = -amount / made;
            (system.product(row), amount, amount * of(row))
        }));
        // Over its own balance, so that parts and whole are one figure.
        told(system.product(process), 1.0, &solved, parts)
    };
    Ok((0..system.size()).map(footprint).collect())
}

fn told<'a>(product: &'a str, amount: f64, solved: &Solved, mut parts: Vec<(&'a str, f64, f64)>) -> Footprint<'a> {
    parts.retain(|(_, _, score)| *score != 0.0);
    parts.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then_with(|| a.0.cmp(b.0)));
    let score: f64 = parts.iter().map(|(_, _, score)| score).sum();
    let rest = parts.split_off(parts.len().min(MOST_CONTRIBUTIONS));
    let contribution = |(of, amount, part): (&'a str, f64, f64)| Contribution {
        of,
        amount,
        score: part,
        share: (score != 0.0).then(|| part / score),
    };
    Footprint {
        product,
        amount,
        score,
        residual: solved.residual,
        solver: solved.solver,
        contributions: parts.into_iter().map(contribution).collect(),
        rest: rest.iter().map(|(_, _, score)| score).sum(),
    }
}

/// A system that only uses and makes cannot run backwards: it uses more of something than it makes.
fn unproductive(system: &ProductSystem, solved: &Solved) -> Finding {
    let negative = solved.values.iter().enumerate().filter(|(_, scale)| **scale < 0.0);
    let names: Vec<&str> = negative.take(5).map(|(process, _)| system.process(process)).collect();
    Finding::error(
        "footprint-unproductive",
        &Place::default(),
        &[("processes", &names.join(", "))],
    )
}
