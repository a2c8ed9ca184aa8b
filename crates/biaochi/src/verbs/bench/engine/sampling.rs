//! Sobol's indices of models in closed form: many dimensions (T5), many points (T6).

use super::{
    peer::Peers,
    timing::{best, threads},
};
use crate::{
    failure::Result,
    verbs::bench::{Report, figure::Figure},
};
use indicator::{Model, Plan, estimate, estimate_pairs};
use std::f64::consts::PI;

const DIMENSIONS: usize = 100;
const POINTS: u64 = 1_024;
const MANY_POINTS: u64 = 131_072;

struct Of<F>(F);

impl<F: Fn(&[f64]) -> f64> Model for Of<F> {
    fn result(&mut self, point: &[f64]) -> f64 {
        (self.0)(point)
    }
}

pub fn measure(peers: &Peers, report: &mut Report) -> Result<()> {
    let arguments = ["sobol", &DIMENSIONS.to_string(), &POINTS.to_string()];
    let times = peers.run(&arguments, &mut |said| report.skipped(said));
    let harmonic = |point: &[f64]| {
        let sum: f64 = (1..).zip(point).map(|(at, x)| x / f64::from(at)).sum();
        sum + point[0] * point[1]
    };
    let name = format!("T5: Sobol indices, {DIMENSIONS} dimensions, {POINTS} points, first and total, 16 scramblings");
    let took = best(3, || sampled(DIMENSIONS, POINTS, threads(), false, harmonic));
    let figure = Figure::new(name, took, "ms");
    report.add(times.beside(figure, "sobol first"))?;
    let name = format!("T5: Sobol indices, {DIMENSIONS} dimensions, {POINTS} points, second order too, 16 scramblings");
    let took = best(3, || sampled(DIMENSIONS, POINTS, threads(), true, harmonic));
    report.add(Figure::new(name, took, "ms").budget(300.0))?;

    let times = peers.run(&["ishigami", &MANY_POINTS.to_string()], &mut |said| {
        report.skipped(said)
    });
    let ishigami = |point: &[f64]| {
        let of = |at: usize| (2.0 * point[at] - 1.0) * PI;
        of(0).sin() + 7.0 * of(1).sin().powi(2) + 0.1 * of(2).powi(4) * of(0).sin()
    };
    let named =
        |what: &str| format!("T6: Sobol indices of Ishigami's function, {MANY_POINTS} points, 16 scramblings, {what}");
    let alone = best(3, || sampled(3, MANY_POINTS, 1, false, ishigami));
    report.add(Figure::new(named("1 thread"), alone, "ms"))?;
    let together = best(3, || sampled(3, MANY_POINTS, threads(), false, ishigami));
    let figure = Figure::new(named("all threads"), together, "ms").budget(60.0);
    report.add(times.beside(figure, "ishigami"))
}

fn sampled(
    dimensions: usize,
    points: u64,
    threads: usize,
    pairs: bool,
    of: impl Fn(&[f64]) -> f64 + Send + Copy,
) -> f64 {
    let factors: Vec<Vec<usize>> = (0..dimensions).map(|dimension| vec![dimension]).collect();
    let plan = Plan {
        factors: &factors,
        dimensions,
        seed: 1,
        until: 1e-12,
        most: points,
        threads,
    };
    let models = || Of(of);
    let found = if pairs {
        estimate_pairs(&plan, models, &mut |_| {})
    } else {
        estimate(&plan, models, &mut |_| {})
    };
    found.0.variance
}
