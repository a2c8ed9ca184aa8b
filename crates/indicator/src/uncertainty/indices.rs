//! Sobol's indices of first and total order, streamed: which part of a result's variance each factor makes alone, and
//! together with others. Nothing is stored but sums; sampling goes on until the confidence asked for is reached.
//!
//! First order after Saltelli et al. (2010, Comput. Phys. Commun. 181, 259–270, table 2 (b)), total after Jansen (1999),
//! second order, where it is asked for, after Saltelli (2002, Comput. Phys. Commun. 145, 280–297, theorem 2).
//! A factor may have several dimensions (all weights together); its index is that of the group. Confidence comes from
//! independent scramblings of the sequence (Owen 1997): each batch is an estimate of its own.

#![allow(clippy::float_cmp, reason = "a count is a whole number")]

use super::sequence::Sequence;

/// Independent scramblings.
pub const BATCHES: usize = 16;
/// Student's t for 95 % of 15 degrees of freedom.
const STUDENT: f64 = 2.131_449_545_559_323;
/// Points of each batch in the first round; every later round doubles them.
const FIRST_ROUND: u32 = 64;

/// What is computed for a point of the unit cube, and what the caller keeps of it.
pub trait Model {
    /// The result whose variance is taken apart.
    fn result(&mut self, point: &[f64]) -> f64;

    /// The result of a point that is drawn freely, to be counted among the outcomes.
    fn observed(&mut self, point: &[f64]) -> f64 {
        self.result(point)
    }
}

/// How sampling goes.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The dimensions of each factor.
    pub factors: &'a [Vec<usize>],
    /// How many dimensions there are.
    pub dimensions: usize,
    /// The seed.
    pub seed: u64,
    /// The half width of 95 % confidence at which to stop.
    pub until: f64,
    /// The most points in all, before factors are exchanged.
    pub most: u64,
    /// Threads.
    pub threads: usize,
}

/// The index of a factor, with the half width of its 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Index {
    /// First order.
    pub s1: f64,
    /// Its confidence.
    pub s1_ci: f64,
    /// Total.
    pub st: f64,
    /// Its confidence.
    pub st_ci: f64,
}

/// What two factors do only together: of second order, with the half width of its 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The factors by number.
    pub of: (usize, usize),
    /// Second order.
    pub s2: f64,
    /// Its confidence.
    pub s2_ci: f64,
}

/// Where sampling stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// How often the model was computed.
    pub replications: u64,
    /// Whether every confidence is as narrow as was asked for.
    pub converged: bool,
    /// The indices, factor by factor.
    pub indices: Vec<Index>,
    /// Every pair of factors, where they are looked at.
    pub pairs: Vec<Pair>,
    /// The variance.
    pub variance: f64,
}

#[derive(Debug, Clone, Default)]
struct Sums {
    count: f64,
    /// What was taken off every result, so that sums lose no digits.
    level: f64,
    first: f64,
    squares: f64,
    /// By factor: Σ f(B)(f(AB) − f(A)), Σ (f(AB) − f(A)), Σ (f(A) − f(AB))².
    factors: Vec<[f64; 3]>,
    /// Σ f(A)f(B).
    cross: f64,
    /// By pair: Σ (f(BA)f(AB′) + f(BA′)f(AB)) ÷ 2.
    pairs: Vec<f64>,
}

impl Sums {
    fn mean(&self) -> f64 {
        self.first / (2.0 * self.count)
    }

    fn variance(&self) -> f64 {
        (self.squares / (2.0 * self.count) - self.mean().powi(2)).max(0.0)
    }

    /// The variance; `None` of a result that does not vary, and of what is only the floats' own noise.
    fn varies(&self) -> Option<f64> {
        let variance = self.variance();
        let size = (self.level.abs() + self.mean().abs()).max(1e-300);
        (variance > (size * 1e-12).powi(2)).then_some(variance)
    }

    fn pair(&self, at: usize, of: (usize, usize)) -> f64 {
        let (Some(variance), Some(product)) = (self.varies(), self.pairs.get(at)) else {
            return 0.0;
        };
        (product - self.cross) / self.count / variance - self.index(of.0).0 - self.index(of.1).0
    }

    fn index(&self, factor: usize) -> (f64, f64) {
        let (Some(variance), Some([product, difference, square])) = (self.varies(), self.factors.get(factor).copied())
        else {
            return (0.0, 0.0);
        };
        let first = (product - self.mean() * difference) / self.count;
        (first / variance, square / (2.0 * self.count) / variance)
    }
}

struct Batch<M> {
    sequence: Sequence,
    model: M,
    sums: Sums,
}

/// Samples until the plan is met; gives the models back with what they have kept. `told` hears of each round.
pub fn estimate<M: Model + Send>(
    plan: &Plan<'_>,
    models: impl Fn() -> M,
    told: &mut dyn FnMut(&Estimate),
) -> (Estimate, Vec<M>) {
    sampled(plan, false, models, told)
}

/// The same with every pair of factors, for nearly twice as many points.
pub fn estimate_pairs<M: Model + Send>(
    plan: &Plan<'_>,
    models: impl Fn() -> M,
    told: &mut dyn FnMut(&Estimate),
) -> (Estimate, Vec<M>) {
    sampled(plan, true, models, told)
}

fn sampled<M: Model + Send>(
    plan: &Plan<'_>,
    with_pairs: bool,
    models: impl Fn() -> M,
    told: &mut dyn FnMut(&Estimate),
) -> (Estimate, Vec<M>) {
    let seed = |batch: usize| plan.seed.wrapping_mul(0x1_0000_0001).wrapping_add(batch as u64);
    let mut batches: Vec<Batch<M>> = (0..BATCHES)
        .map(|batch| Batch {
            sequence: Sequence::new(plan.dimensions * 2, seed(batch)),
            model: models(),
            sums: Sums {
                factors: vec![[0.0; 3]; plan.factors.len()],
                pairs: vec![
                    0.0;
                    if with_pairs {
                        pairs(plan.factors.len()).count()
                    } else {
                        0
                    }
                ],
                ..Sums::default()
            },
        })
        .collect();
    let most = (plan.most / BATCHES as u64).clamp(1, u64::from(u32::MAX)) as u32;
    let (mut done, mut round) = (0, FIRST_ROUND);
    loop {
        let points = round.min(most - done);
        advance(&mut batches, plan, points);
        done += points;
        let so_far = summed(&batches, plan, done);
        told(&so_far);
        if so_far.converged || done >= most {
            return (so_far, batches.into_iter().map(|batch| batch.model).collect());
        }
        round = done;
    }
}

/// Every two of so many factors, in their order.
fn pairs(factors: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..factors).flat_map(move |one| (one + 1..factors).map(move |other| (one, other)))
}

fn advance<M: Model + Send>(batches: &mut [Batch<M>], plan: &Plan<'_>, points: u32) {
    let each = BATCHES.div_ceil(plan.threads.clamp(1, BATCHES));
    let run = |batch: &mut Batch<M>| batch.advance(plan, points);
    std::thread::scope(|scope| {
        for share in batches.chunks_mut(each) {
            scope.spawn(move || share.iter_mut().for_each(run));
        }
    });
}

impl<M: Model> Batch<M> {
    fn advance(&mut self, plan: &Plan<'_>, points: u32) {
        let dimensions = plan.dimensions;
        let mut drawn = vec![0.0; dimensions * 2];
        let mut exchanged = vec![0.0; dimensions];
        // f(AB) and f(BA), factor by factor.
        let (mut of_ab, mut of_ba) = (vec![0.0; plan.factors.len()], vec![0.0; plan.factors.len()]);
        for _ in 0..points {
            self.sequence.next_into(&mut drawn);
            let (a, b) = drawn.split_at(dimensions);
            let of_a = self.model.observed(a);
            if self.sums.count == 0.0 {
                self.sums.level = of_a;
            }
            let shift = self.sums.level;
            let of_a = of_a - shift;
            let of_b = self.model.observed(b) - shift;
            self.sums.count += 1.0;
            self.sums.first += of_a + of_b;
            self.sums.squares += of_a * of_a + of_b * of_b;
            for ((factor, sums), of_ab) in plan.factors.iter().zip(&mut self.sums.factors).zip(&mut of_ab) {
                exchange(&mut exchanged, (a, b), factor);
                *of_ab = self.model.result(&exchanged) - shift;
                let difference = *of_ab - of_a;
                sums[0] += of_b * difference;
                sums[1] += difference;
                sums[2] += difference * difference;
            }
            if self.sums.pairs.is_empty() {
                continue;
            }
            for (factor, of_ba) in plan.factors.iter().zip(&mut of_ba) {
                exchange(&mut exchanged, (b, a), factor);
                *of_ba = self.model.result(&exchanged) - shift;
            }
            self.sums.cross += of_a * of_b;
            for (sum, (one, other)) in self.sums.pairs.iter_mut().zip(pairs(plan.factors.len())) {
                *sum += f64::midpoint(of_ba[one] * of_ab[other], of_ba[other] * of_ab[one]);
            }
        }
    }
}

/// A point with a factor's dimensions taken from another.
fn exchange(exchanged: &mut [f64], (own, other): (&[f64], &[f64]), factor: &[usize]) {
    exchanged.copy_from_slice(own);
    for dimension in factor {
        if let (Some(place), Some(value)) = (exchanged.get_mut(*dimension), other.get(*dimension)) {
            *place = *value;
        }
    }
}

fn summed<M>(batches: &[Batch<M>], plan: &Plan<'_>, points: u32) -> Estimate {
    let spread = |of: &dyn Fn(&Sums) -> f64| {
        let values: Vec<f64> = batches.iter().map(|batch| of(&batch.sums)).collect();
        let mean = values.iter().sum::<f64>() / BATCHES as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / (BATCHES as f64 - 1.0)).sqrt();
        (mean, STUDENT * deviation / (BATCHES as f64).sqrt())
    };
    let indices: Vec<Index> = (0..plan.factors.len())
        .map(|factor| {
            let (s1, s1_ci) = spread(&|sums| sums.index(factor).0);
            let (st, st_ci) = spread(&|sums| sums.index(factor).1);
            Index { s1, s1_ci, st, st_ci }
        })
        .collect();
    let with_pairs = batches.first().is_some_and(|batch| !batch.sums.pairs.is_empty());
    let asked = if with_pairs { plan.factors.len() } else { 0 };
    let pairs: Vec<Pair> = pairs(asked)
        .enumerate()
        .map(|(at, of)| {
            let (s2, s2_ci) = spread(&|sums| sums.pair(at, of));
            Pair { of, s2, s2_ci }
        })
        .collect();
    let variances: Vec<f64> = batches.iter().map(|batch| batch.sums.variance()).collect();
    let widest = indices
        .iter()
        .fold(0.0, |widest: f64, index| widest.max(index.s1_ci).max(index.st_ci));
    let widest = pairs.iter().fold(widest, |widest, pair| widest.max(pair.s2_ci));
    Estimate {
        replications: u64::from(points) * BATCHES as u64 * (plan.factors.len() as u64 + asked as u64 + 2),
        // One round alone may agree by chance.
        converged: points > FIRST_ROUND && widest <= plan.until,
        indices,
        pairs,
        variance: variances.iter().sum::<f64>() / BATCHES as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    struct Of<F>(F);
    impl<F: FnMut(&[f64]) -> f64> Model for Of<F> {
        fn result(&mut self, point: &[f64]) -> f64 {
            (self.0)(point)
        }
    }

    fn indices(dimensions: usize, until: f64, seed: u64, of: impl Fn(&[f64]) -> f64 + Send + Copy) -> Estimate {
        let factors: Vec<Vec<usize>> = (0..dimensions).map(|dimension| vec![dimension]).collect();
        let plan = Plan {
            factors: &factors,
            dimensions,
            seed,
            until,
            most: 1 << 20,
            threads: 2,
        };
        estimate_pairs(&plan, || Of(of), &mut |_| {}).0
    }

    fn ishigami(point: &[f64]) -> f64 {
        let x: Vec<f64> = point.iter().map(|u| (2.0 * u - 1.0) * PI).collect();
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    }

    fn pairs_within(found: &Estimate, wanted: &dyn Fn(usize, usize) -> f64) {
        for pair in &found.pairs {
            let wanted = wanted(pair.of.0, pair.of.1);
            assert!((pair.s2 - wanted).abs() <= 2.0 * pair.s2_ci + 1e-6, "{pair:?} {wanted}");
        }
    }

    fn within(found: &Estimate, wanted: &[(f64, f64)]) {
        assert!(found.converged, "{found:?}");
        for (index, (s1, st)) in found.indices.iter().zip(wanted) {
            // Twice the half width: of a handful of intervals one may miss its 95 %.
            assert!((index.s1 - s1).abs() <= 2.0 * index.s1_ci + 1e-6, "{index:?} {s1}");
            assert!((index.st - st).abs() <= 2.0 * index.st_ci + 1e-6, "{index:?} {st}");
        }
    }

    #[test]
    fn ishigami_has_its_closed_form() {
        // Ishigami and Homma (1990), a = 7, b = 0.1.
        let (a, b) = (7.0, 0.1);
        let v1 = 0.5 * (1.0 + b * PI.powi(4) / 5.0_f64).powi(2);
        let v2 = a * a / 8.0_f64;
        let v13 = b * b * PI.powi(8) * 8.0 / 225.0_f64;
        let v = v1 + v2 + v13;
        let found = indices(3, 0.004, 1, ishigami);
        within(&found, &[(v1 / v, (v1 + v13) / v), (v2 / v, v2 / v), (0.0, v13 / v)]);
        assert!((found.variance - v).abs() < 0.1, "{} {v}", found.variance);
        // Only the first and the third act together (Saltelli, Tarantola, Campolongo: Sensitivity Analysis in Practice, 2004).
        assert_eq!(found.pairs.len(), 3);
        pairs_within(&found, &|one, other| if (one, other) == (0, 2) { v13 / v } else { 0.0 });
    }

    #[test]
    fn the_g_function_has_its_closed_form() {
        // Saltelli and Sobol (1995).
        const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let own = A.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let v: f64 = own.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
        let total = |at: usize| {
            let others: f64 = own
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, v)| 1.0 + v)
                .product();
            own[at] * others / v
        };
        let wanted: Vec<(f64, f64)> = (0..8).map(|at| (own[at] / v, total(at))).collect();
        let g = |point: &[f64]| {
            point
                .iter()
                .zip(A)
                .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
                .product()
        };
        let found = indices(8, 0.004, 3, g);
        within(&found, &wanted);
        assert_eq!(found.pairs.len(), 28);
        pairs_within(&found, &|one, other| own[one] * own[other] / v);
    }

    #[test]
    fn the_same_seed_gives_the_same_digits() {
        let factors = [vec![0], vec![1, 2]];
        let digits = |seed, threads| {
            let plan = Plan {
                factors: &factors,
                dimensions: 3,
                seed,
                until: 0.02,
                most: 1 << 16,
                threads,
            };
            estimate(&plan, || Of(ishigami), &mut |_| {}).0
        };
        assert_eq!(digits(9, 1), digits(9, 2));
        assert_ne!(digits(9, 1), digits(10, 1));
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        let found = indices(2, 0.01, 1, |_| 1.0e9 / 3.0);
        assert_eq!(found.indices, [Index::default(), Index::default()]);
    }
}
