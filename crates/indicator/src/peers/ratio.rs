//! Joining by ratios of points: to their sum, or to the best. Points that fall below zero have no ratio.

use super::parts::{Part, differ, each, ends, mean, over, units, whole};

/// NaN for all where ratios say nothing.
fn unless_equal(parts: &[Part<'_>], of: impl FnOnce() -> Vec<f64>) -> Vec<f64> {
    let negative = parts.iter().any(|(_, column)| ends(column).0 < 0.0);
    if negative || !differ(parts) {
        vec![f64::NAN; units(parts)]
    } else {
        of()
    }
}

/// N_i of the best. E. K. Zavadskas, A. Kaklauskas, V. Sarka: The new method of multicriteria complex proportional
/// assessment of projects. Technological and Economic Development of Economy 1 (1994) 131–139. Points rise already, so
/// that the sum of what is to be small is empty.
pub(super) fn copras(parts: &[Part<'_>]) -> Vec<f64> {
    unless_equal(parts, || {
        let sums = each(parts, |column| whole(column).0);
        let significance = mean(parts, |part, value| over(value, sums[part]));
        let most = ends(&significance).1;
        significance.into_iter().map(|own| own / most).collect()
    })
}

/// K. E. K. Zavadskas, Z. Turskis: A new additive ratio assessment (ARAS) method in multicriteria decision-making.
/// Technological and Economic Development of Economy 16 (2010) 159–172. The optimal unit counts in the sums.
pub(super) fn aras(parts: &[Part<'_>]) -> Vec<f64> {
    unless_equal(parts, || {
        let best = each(parts, |column| ends(column).1);
        let sums = each(parts, |column| whole(column).0 + ends(column).1);
        let own = mean(parts, |part, value| over(value, sums[part]));
        // Of the parts that the unit has.
        let optimal = mean(parts, |part, _| over(best[part], sums[part]));
        own.into_iter()
            .zip(optimal)
            .map(|(own, optimal)| own / optimal)
            .collect()
    })
}

/// Q. E. K. Zavadskas, Z. Turskis, J. Antucheviciene, A. Zakarevicius: Optimization of weighted aggregated sum product
/// assessment. Elektronika ir Elektrotechnika 122 (2012) 3–6. `sums` is λ, the share of the sum beside the product.
pub(super) fn waspas(parts: &[Part<'_>], sums: f64) -> Vec<f64> {
    unless_equal(parts, || {
        let best = each(parts, |column| ends(column).1);
        let sum = mean(parts, |part, value| over(value, best[part]));
        // A zero makes the product zero; ln(0) is −∞, whose exponential is zero.
        let product = mean(parts, |part, value| over(value, best[part]).ln());
        let both = sum.into_iter().zip(product);
        both.map(|(sum, product)| sums * sum + (1.0 - sums) * product.exp())
            .collect()
    })
}

/// f(K). Ž. Stević, D. Pamučar, A. Puška, P. Chatterjee: Sustainable supplier selection in healthcare industries using a
/// new MCDM method: measurement of alternatives and ranking according to compromise solution (MARCOS). Computers &
/// Industrial Engineering 140 (2020) 106231. Where the worst of everything is nothing, f(K) is what it tends to.
pub(super) fn marcos(parts: &[Part<'_>]) -> Vec<f64> {
    unless_equal(parts, || {
        let best = each(parts, |column| ends(column).1);
        let own = mean(parts, |part, value| over(value, best[part]));
        let ideal = all(parts, |part, _| over(best[part], best[part]));
        let anti_ideal = all(parts, |part, worst| over(worst, best[part]));
        let utility = |own: f64| {
            if anti_ideal <= 0.0 {
                return own / ideal;
            }
            let (to_best, to_worst) = (own / ideal, own / anti_ideal);
            // f(K⁺) and f(K⁻) are the same for all.
            let by_best = (1.0 / anti_ideal) / (1.0 / ideal + 1.0 / anti_ideal);
            let by_worst = 1.0 - by_best;
            (to_best + to_worst) / (1.0 + (1.0 - by_best) / by_best + (1.0 - by_worst) / by_worst)
        };
        own.into_iter().map(utility).collect()
    })
}

/// The weighted mean of what each part makes of its worst, over the parts that any unit has.
fn all(parts: &[Part<'_>], of: impl Fn(usize, f64) -> f64) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (part, (weight, column)) in parts.iter().enumerate() {
        let worst = ends(column).0;
        if worst.is_finite() {
            sum += weight * of(part, worst);
            weights += weight;
        }
    }
    over(sum, weights)
}
