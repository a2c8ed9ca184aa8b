//! Weights that people judge: pair by pair (层次分析), or against the best and the worst (最优最劣).

use super::eigen;

/// What a matrix of judgements comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    /// The weights, whose sum is one.
    pub weights: Vec<f64>,
    /// The principal eigenvalue.
    pub lambda: f64,
    /// CR: above 0.10 the judgements contradict one another too much to be used.
    pub consistency_ratio: f64,
}

/// Mean consistency of random matrices, by size (Saaty 1980).
const RANDOM: [f64; 16] = [
    0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
];

/// The analytic hierarchy process (层次分析): weights are the principal eigenvector of the matrix of how many times one
/// matters as much as another. `None` where it is not square, not reciprocal, not positive, or larger than 15.
///
/// T. L. Saaty: A scaling method for priorities in hierarchical structures. Journal of Mathematical Psychology 15 (1977)
/// 234–281; The Analytic Hierarchy Process, McGraw-Hill 1980.
pub fn hierarchy(matrix: &[Vec<f64>]) -> Option<Hierarchy> {
    let n = matrix.len();
    let random = *RANDOM.get(n).filter(|_| n > 0)?;
    let sound = matrix.iter().enumerate().all(|(row, values)| {
        let reciprocal = |(column, value): (usize, &f64)| {
            let other = matrix
                .get(column)
                .and_then(|other| other.get(row))
                .copied()
                .unwrap_or(f64::NAN);
            // Thirds are written with two digits or more.
            *value > 0.0 && value.is_finite() && (value * other - 1.0).abs() < 0.02
        };
        values.len() == n && values.iter().enumerate().all(reciprocal)
    });
    if !sound {
        return None;
    }
    let (lambda, weights) = eigen::perron(matrix);
    let index = (lambda - n as f64) / (n as f64 - 1.0).max(1.0);
    Some(Hierarchy {
        weights,
        lambda,
        consistency_ratio: if random > 0.0 { (index / random).max(0.0) } else { 0.0 },
    })
}

/// The best-worst method (最优最劣): weights whose ratios come nearest to how many times the best matters more than each,
/// and each more than the worst; with the largest difference ξ that is left. `None` where the judgements are no numbers
/// from 1 upwards, or disagree on which is best or worst.
///
/// J. Rezaei: Best-worst multi-criteria decision-making method. Omega 53 (2015) 49–57; the linear model of Omega 64
/// (2016) 126–130, min ξ: |w_B − a_Bj w_j| ≤ ξ, |w_j − a_jW w_W| ≤ ξ.
pub fn best_worst(best_to_others: &[f64], others_to_worst: &[f64]) -> Option<(Vec<f64>, f64)> {
    let n = best_to_others.len();
    let sound = |values: &[f64]| values.len() == n && values.iter().all(|value| value.is_finite() && *value >= 1.0);
    if n < 2 || !sound(best_to_others) || !sound(others_to_worst) {
        return None;
    }
    let one = |values: &[f64]| values.iter().any(|value| (value - 1.0).abs() < 1e-12);
    if !one(best_to_others) || !one(others_to_worst) {
        return None;
    }
    let judged = Judged {
        best: best_to_others,
        worst: others_to_worst,
    };
    // ξ is convex in the weights of the best and the worst: nested thirds find its least.
    let of_best = |best: f64| lowest(0.0, best, |worst| judged.difference(best, worst));
    let (best, _) = lowest(1.0 / n as f64 / 2.0, 1.0, |best| of_best(best).1);
    let (worst, xi) = of_best(best);
    Some((judged.weights(best, worst, xi), xi))
}

struct Judged<'a> {
    best: &'a [f64],
    worst: &'a [f64],
}

impl Judged<'_> {
    /// Between which weights each one may lie for a difference; nothing where there is no room.
    fn room(&self, best: f64, worst: f64, xi: f64) -> Option<Vec<(f64, f64)>> {
        let of = |(to_best, to_worst): (&f64, &f64)| {
            let is_best = (to_best - 1.0).abs() < 1e-12;
            let is_worst = (to_worst - 1.0).abs() < 1e-12;
            let low = ((best - xi) / to_best).max(to_worst * worst - xi).max(0.0);
            let high = ((best + xi) / to_best).min(to_worst * worst + xi);
            let (low, high) = match (is_best, is_worst) {
                (true, _) => (low.max(best), high.min(best)),
                (_, true) => (low.max(worst), high.min(worst)),
                _ => (low, high),
            };
            (low <= high + 1e-15).then_some((low, high.max(low)))
        };
        let room: Option<Vec<(f64, f64)>> = self.best.iter().zip(self.worst).map(of).collect();
        room.filter(|room| {
            let sums = room
                .iter()
                .fold((0.0, 0.0), |(low, high), room| (low + room.0, high + room.1));
            sums.0 <= 1.0 + 1e-13 && sums.1 >= 1.0 - 1e-13
        })
    }

    /// The least difference at which these weights of the best and the worst have room.
    fn difference(&self, best: f64, worst: f64) -> f64 {
        let (mut low, mut high) = (0.0, 100.0);
        if self.room(best, worst, high).is_none() {
            // Nothing helps: the further from a sum of one, the worse.
            return 1_000.0 + (1.0 - best - worst).abs();
        }
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if self.room(best, worst, middle).is_some() {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    fn weights(&self, best: f64, worst: f64, xi: f64) -> Vec<f64> {
        let room = self.room(best, worst, xi + 1e-12).unwrap_or_default();
        let (low, high) = room
            .iter()
            .fold((0.0, 0.0), |(low, high), room| (low + room.0, high + room.1));
        let share = if high > low {
            ((1.0 - low) / (high - low)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let weights: Vec<f64> = room.iter().map(|room| room.0 + (room.1 - room.0) * share).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    }
}

/// Where a convex function is least, and how low it is.
fn lowest(low: f64, high: f64, of: impl Fn(f64) -> f64) -> (f64, f64) {
    let (mut low, mut high) = (low, high);
    for _ in 0..90 {
        let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if of(left) <= of(right) {
            high = right;
        } else {
            low = left;
        }
    }
    let at = f64::midpoint(low, high);
    (at, of(at))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn close(found: &[f64], wanted: &[f64], within: f64) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= within, "{found:?} {wanted:?}");
        }
    }

    /// The upper triangle, row by row; below it the reciprocals.
    fn reciprocal(upper: &[&[f64]]) -> Vec<Vec<f64>> {
        let n = upper.len() + 1;
        let mut matrix = vec![vec![1.0; n]; n];
        for (row, values) in upper.iter().enumerate() {
            for (at, value) in values.iter().enumerate() {
                matrix[row][row + 1 + at] = *value;
                matrix[row + 1 + at][row] = 1.0 / value;
            }
        }
        matrix
    }

    #[test]
    fn saaty_weighs_the_wealth_of_nations() {
        // Saaty (1980): United States, Soviet Union, China, France, United Kingdom, Japan, West Germany; λ 7.61.
        let nations = reciprocal(&[
            &[4.0, 9.0, 6.0, 6.0, 5.0, 5.0],
            &[7.0, 5.0, 5.0, 3.0, 4.0],
            &[1.0 / 5.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 5.0],
            &[1.0, 1.0 / 3.0, 1.0 / 3.0],
            &[1.0 / 3.0, 1.0 / 3.0],
            &[2.0],
        ]);
        let found = hierarchy(&nations).unwrap();
        close(
            &found.weights,
            &[0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094],
            0.003,
        );
        assert!((found.lambda - 7.608).abs() < 0.01, "{}", found.lambda);
        assert!(found.consistency_ratio < 0.1);
    }

    #[test]
    fn saaty_weighs_the_light_on_chairs() {
        // Saaty (1977): brightness of four chairs, λ 4.39; the inverse square law gives 0.61, 0.22, 0.11, 0.06.
        let chairs = reciprocal(&[&[5.0, 6.0, 7.0], &[4.0, 6.0], &[4.0]]);
        let found = hierarchy(&chairs).unwrap();
        close(&found.weights, &[0.61, 0.24, 0.10, 0.05], 0.01);
        assert!((found.lambda - 4.39).abs() < 0.01, "{}", found.lambda);
        assert!((found.consistency_ratio - 0.39 / 3.0 / 0.90).abs() < 0.01);
    }

    #[test]
    fn judgements_that_are_none_are_refused() {
        assert_eq!(hierarchy(&[vec![1.0, 2.0], vec![2.0, 1.0]]), None);
        assert_eq!(hierarchy(&[vec![1.0, 2.0]]), None);
        assert_eq!(hierarchy(&[]), None);
        assert_eq!(best_worst(&[1.0, 0.5], &[2.0, 1.0]), None);
        assert_eq!(best_worst(&[2.0, 3.0], &[2.0, 1.0]), None);
    }

    #[test]
    fn rezaei_weighs_the_car() {
        // Rezaei (2015), quality, price, comfort, safety, style; fully consistent.
        let (weights, xi) = best_worst(&[2.0, 1.0, 4.0, 2.0, 8.0], &[4.0, 8.0, 2.0, 4.0, 1.0]).unwrap();
        close(&weights, &[0.2105, 0.4211, 0.1053, 0.2105, 0.0526], 1e-4);
        assert!(xi < 1e-6, "{xi}");
    }

    #[test]
    fn rezaei_weighs_the_mode_of_transport() {
        // Rezaei (2015): load flexibility, accessibility, cost. The linear model binds w3 = 8 w1 + ξ, w3 = 2 w2 − ξ and
        // w2 = 5 w1 − ξ: (2, 9, 17) ÷ 28 with ξ = 1 ÷ 28; the model of 2015 gives 0.071, 0.339, 0.590.
        let (weights, xi) = best_worst(&[8.0, 2.0, 1.0], &[1.0, 5.0, 8.0]).unwrap();
        close(&weights, &[2.0 / 28.0, 9.0 / 28.0, 17.0 / 28.0], 1e-6);
        assert!((xi - 1.0 / 28.0).abs() < 1e-6, "{xi}");
    }
}
