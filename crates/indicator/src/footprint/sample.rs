//! How sure a footprint is: every figure that spreads is drawn anew, and the system solved for each draw. What the
//! footprint is to the first order of the figures is known exactly, and takes the larger part of the chance out of the
//! mean (a control variate); the same figures' squares say which of them it hangs on.

use serde::Serialize;

use super::solve::{Slot, Solver};
use super::tables::{Figure, Figures, ProductSystem};
use crate::finding::{Finding, Place};
use crate::uncertainty::mixed;

/// Draws between two looks at whether they do.
const ROUND: u32 = 32;
/// Fewer draws tell too little of their own spread.
const FEWEST: usize = 64;
/// Figures are named up to so many.
const MOST_SOURCES: usize = 20;
/// So many standard errors to either side are 95 % confidence.
const CONFIDENT: f64 = 1.959_963_984_540_054;

/// How a system is sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// The most draws.
    pub draws: u32,
    /// Stop as soon as every mean is known to this share of itself with 95 % confidence.
    pub until: Option<f64>,
    /// The same seed gives the same figures on any number of threads.
    pub seed: u64,
    /// How many threads.
    pub threads: usize,
}

/// What a footprint is where its figures spread.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sampled {
    /// How many draws there were.
    pub draws: usize,
    /// Draws of which the system had no footprint; they are in no figure.
    pub failed: usize,
    /// The mean.
    pub mean: f64,
    /// Half of the 95 % confidence interval of the mean.
    pub mean_ci: f64,
    /// The standard deviation.
    pub sd: f64,
    /// Quantiles.
    pub p5: f64,
    /// The median.
    pub p50: f64,
    /// Quantiles.
    pub p95: f64,
    /// What it hangs on, the most first.
    pub from: Vec<Source>,
}

/// A figure on which a footprint hangs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// A product or a flow.
    pub of: String,
    /// The process that makes, uses, takes or gives it; none where the figure is the flow's factor.
    pub process: Option<String>,
    /// Its share of the variance, to the first order.
    pub share: f64,
}

/// Samples the footprints of demands.
///
/// # Errors
///
/// No figure spreads, or the system as written has no footprint.
pub fn sampled(
    system: &ProductSystem,
    demands: &[(usize, f64)],
    sampling: Sampling,
) -> Result<Vec<Sampled>, Vec<Finding>> {
    let figures = system.figures();
    if !figures.spread() {
        return Err(vec![Finding::error(
            "footprint-nothing-spreads",
            &Place::default(),
            &[],
        )]);
    }
    let model = Model::of(system, figures, demands)?;
    let threads = sampling.threads.clamp(1, ROUND as usize);
    let mut works = vec![Work::of(&model); threads];
    let mut drawn: Vec<Series> = vec![Series::default(); demands.len()];
    let (mut done, mut failed) = (0, 0);
    while done < sampling.draws {
        let round = ROUND.min(sampling.draws - done);
        let found = model.round(sampling.seed, done..done + round, &mut works);
        for draw in found {
            let Some(pairs) = draw else {
                failed += 1;
                continue;
            };
            for (series, pair) in drawn.iter_mut().zip(pairs) {
                series.pairs.push(pair);
            }
        }
        done += round;
        let sure = |until: f64| {
            drawn.iter().zip(&model.demands).all(|(series, demand)| {
                let (mean, ci) = series.mean(demand.first_order);
                series.pairs.len() >= FEWEST && ci <= until * mean.abs()
            })
        };
        if sampling.until.is_some_and(sure) {
            break;
        }
    }
    let told = drawn.iter().zip(&model.demands);
    Ok(told
        .map(|(series, demand)| series.told(failed, demand.first_order, model.sources(demand)))
        .collect())
}

/// A draw's footprint and what it would be to the first order.
type Pair = (f64, f64);

/// What the draws of one demand gave.
#[derive(Debug, Clone, Default)]
struct Series {
    pairs: Vec<Pair>,
}

impl Series {
    fn mean(&self, first_order: f64) -> (f64, f64) {
        let n = self.pairs.len() as f64;
        let [score, linear] =
            [|pair: &Pair| pair.0, |pair: &Pair| pair.1].map(|of| self.pairs.iter().map(of).sum::<f64>() / n);
        let (mut both, mut square, mut own) = (0.0, 0.0, 0.0);
        for pair in &self.pairs {
            let (a, b) = (pair.0 - score, pair.1 - linear);
            both += a * b;
            square += b * b;
            own += a * a;
        }
        let slope = if square > 0.0 { both / square } else { 0.0 };
        let left = (own - slope * both).max(0.0) / (n - 2.0).max(1.0);
        (score - slope * (linear - first_order), CONFIDENT * (left / n).sqrt())
    }

    fn told(&self, failed: usize, first_order: f64, from: Vec<Source>) -> Sampled {
        let (mean, mean_ci) = self.mean(first_order);
        let mut scores: Vec<f64> = self.pairs.iter().map(|pair| pair.0).collect();
        scores.sort_by(f64::total_cmp);
        let plain = scores.iter().sum::<f64>() / scores.len() as f64;
        let squares: f64 = scores.iter().map(|score| (score - plain).powi(2)).sum();
        let quantile = |p: f64| {
            let at = p * scores.len().saturating_sub(1) as f64;
            let (low, high) = (scores.get(at.floor() as usize), scores.get(at.ceil() as usize));
            match (low, high) {
                (Some(low), Some(high)) => low + (high - low) * at.fract(),
                _ => f64::NAN,
            }
        };
        Sampled {
            draws: scores.len(),
            failed,
            mean,
            mean_ci,
            sd: (squares / (scores.len() as f64 - 1.0)).sqrt(),
            p5: quantile(0.05),
            p50: quantile(0.5),
            p95: quantile(0.95),
            from,
        }
    }
}

/// A demand and what is known of it before anything is drawn.
struct Demand {
    product: usize,
    amount: f64,
    /// How much of each process it calls for.
    scaling: Vec<f64>,
    /// The footprint as written.
    score: f64,
    /// The mean of what it is to the first order.
    first_order: f64,
}

/// A system as written, to be drawn around.
struct Model<'a> {
    system: &'a ProductSystem,
    figures: &'a Figures,
    demands: Vec<Demand>,
    solver: Solver,
    /// Where each amount is kept.
    slots: Vec<Slot>,
    /// Footprints of a unit of every product.
    footprints: Vec<f64>,
    impacts: Vec<f64>,
    /// Whether each process makes its one product and only uses others.
    plain: bool,
}

/// What one thread draws into.
#[derive(Debug, Clone)]
struct Work {
    solver: Solver,
    factors: Vec<f64>,
    impacts: Vec<f64>,
    /// By process: how the impact of a unit of it differs from the one written, to the first order.
    differs: Vec<f64>,
}

impl Work {
    fn of(model: &Model<'_>) -> Self {
        Self {
            solver: model.solver.clone(),
            factors: vec![0.0; model.figures.factors.len()],
            impacts: model.impacts.clone(),
            differs: vec![0.0; model.impacts.len()],
        }
    }
}

impl<'a> Model<'a> {
    fn of(system: &'a ProductSystem, figures: &'a Figures, demands: &[(usize, f64)]) -> Result<Self, Vec<Finding>> {
        let refused = |refused: super::solve::Refused| vec![refused.finding(system)];
        let forward = Solver::forward(system);
        let mut solver = Solver::adjoint(system);
        let impacts = system.impacts();
        let solved = solver.solve(&impacts).map_err(refused)?;
        solver.for_draws(!solved.solver.contains("elimination"));
        let slots = figures
            .amounts
            .iter()
            .filter_map(|(row, column, _)| solver.slot(*column as usize, *row as usize));
        let mut model = Self {
            system,
            figures,
            demands: Vec::new(),
            slots: slots.collect(),
            solver,
            footprints: solved.values,
            impacts,
            plain: system.is_plain(),
        };
        if model.slots.len() != figures.amounts.len() {
            // Amounts that sum to nothing as written have no place, and would have one when drawn.
            return Err(vec![Finding::error("footprint-cancelled", &Place::default(), &[])]);
        }
        let mean = model.mean_difference();
        for (product, amount) in demands {
            let mut demand = vec![0.0; system.size()];
            if let Some(place) = demand.get_mut(*product) {
                *place = *amount;
            }
            let scaling = forward.solve(&demand).map_err(refused)?.values;
            let score = amount * model.footprints.get(*product).copied().unwrap_or_default();
            model.demands.push(Demand {
                product: *product,
                amount: *amount,
                first_order: score + dot(&scaling, &mean),
                scaling,
                score,
            });
        }
        Ok(model)
    }

    /// By process: the mean of what a draw differs by, to the first order.
    fn mean_difference(&self) -> Vec<f64> {
        let mut mean = vec![0.0; self.impacts.len()];
        let off = |figure: &Figure| figure.spread.map_or(0.0, |spread| spread.mean() - 1.0);
        for (row, column, figure) in &self.figures.amounts {
            mean[*column as usize] -= self.footprints[*row as usize] * figure.value * off(figure);
        }
        for (factor, process, figure) in &self.figures.flows {
            let weight = &self.figures.factors[*factor as usize].1;
            let both = (1.0 + off(figure)) * (1.0 + off(weight)) - 1.0;
            mean[*process as usize] += weight.value * figure.value * both;
        }
        mean
    }

    /// Some draws on threads, in their order.
    fn round(&self, seed: u64, draws: std::ops::Range<u32>, works: &mut [Work]) -> Vec<Option<Vec<Pair>>> {
        let draws: Vec<u32> = draws.collect();
        let each = draws.len().div_ceil(works.len());
        std::thread::scope(|scope| {
            let running: Vec<_> = draws
                .chunks(each.max(1))
                .zip(works)
                .map(|(draws, work)| {
                    let draw = move |draw: &u32| self.draw(seed, *draw, work);
                    scope.spawn(move || draws.iter().map(draw).collect::<Vec<_>>())
                })
                .collect();
            let done = running.into_iter().flat_map(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            done.collect()
        })
    }

    /// One draw: every demand's footprint, and what it would be to the first order; `None` where there is none.
    fn draw(&self, seed: u64, draw: u32, work: &mut Work) -> Option<Vec<Pair>> {
        let key = mixed(mixed(seed).wrapping_add(u64::from(draw)));
        let mut number = 0_u64;
        let mut drawn = |figure: &Figure| {
            number += 1;
            match figure.spread {
                None => figure.value,
                Some(spread) => {
                    let bits = mixed(key.wrapping_add(number << 1)) >> 11;
                    figure.value * spread.factor((bits as f64 + 0.5) / 9_007_199_254_740_992.0)
                }
            }
        };
        work.solver.clear();
        work.differs.fill(0.0);
        work.impacts.fill(0.0);
        for ((row, column, figure), slot) in self.figures.amounts.iter().zip(&self.slots) {
            let amount = drawn(figure);
            work.solver.add(*slot, amount);
            work.differs[*column as usize] -= self.footprints[*row as usize] * (amount - figure.value);
        }
        for (place, (_, figure)) in work.factors.iter_mut().zip(&self.figures.factors) {
            *place = drawn(figure);
        }
        for (factor, process, figure) in &self.figures.flows {
            work.impacts[*process as usize] += work.factors[*factor as usize] * drawn(figure);
        }
        for (differs, (drawn, written)) in work.differs.iter_mut().zip(work.impacts.iter().zip(&self.impacts)) {
            *differs += drawn - written;
        }
        let solved = work.solver.solve_from(&work.impacts, self.footprints.clone()).ok()?;
        if self.plain && !solved.runs && !work.solver.can_run() {
            return None;
        }
        let pair = |demand: &Demand| {
            let score = demand.amount * solved.values.get(demand.product)?;
            Some((score, demand.score + dot(&demand.scaling, &work.differs)))
        };
        self.demands.iter().map(pair).collect()
    }

    /// What a footprint hangs on: the squares of its slopes times the variances of the figures.
    fn sources(&self, demand: &Demand) -> Vec<Source> {
        let variance = |figure: &Figure| figure.spread.map_or(0.0, crate::Spread::variance);
        let (product, process) = (
            |at: u32| self.system.product(at as usize),
            |at: u32| self.system.process(at as usize),
        );
        let mut parts: Vec<(f64, &str, Option<&str>)> = Vec::new();
        let mut through = vec![0.0; self.figures.factors.len()];
        for (row, column, figure) in &self.figures.amounts {
            let slope = self.footprints[*row as usize] * figure.value * demand.scaling[*column as usize];
            parts.push((slope * slope * variance(figure), product(*row), Some(process(*column))));
        }
        for (factor, own, figure) in &self.figures.flows {
            let (name, weight) = &self.figures.factors[*factor as usize];
            let slope = weight.value * figure.value * demand.scaling[*own as usize];
            through[*factor as usize] += slope;
            parts.push((slope * slope * variance(figure), name, Some(process(*own))));
        }
        for (slope, (name, figure)) in through.iter().zip(&self.figures.factors) {
            parts.push((slope * slope * variance(figure), name, None));
        }
        let all: f64 = parts.iter().map(|part| part.0).sum();
        parts.retain(|part| part.0 > 0.0);
        parts.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        parts.truncate(MOST_SOURCES);
        let source = |(part, of, by): (f64, &str, Option<&str>)| Source {
            of: of.to_owned(),
            process: by.map(str::to_owned),
            share: part / all,
        };
        parts.into_iter().map(source).collect()
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
