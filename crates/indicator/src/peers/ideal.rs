//! Joining by how far a unit is from the best of everything.

use super::parts::{EQUAL, Part, differ, each, ends, held, mean, over, units};

/// C. L. Hwang, K. Yoon: Multiple Attribute Decision Making, Springer 1981, 3.8. A part that is left out adds to neither
/// distance; sharing its weight among the others would lengthen both alike.
pub(super) fn topsis(parts: &[Part<'_>]) -> Vec<f64> {
    let (mut to_best, mut to_worst) = (vec![0.0; units(parts)], vec![0.0; units(parts)]);
    let mut noise = 0.0_f64;
    for (weight, column) in parts {
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

/// 1 − Q. S. Opricovic, G.-H. Tzeng: Compromise solution by MCDM methods: a comparative analysis of VIKOR and TOPSIS.
/// European Journal of Operational Research 156 (2004) 445–455. `group` is v, the share of the sum of all regrets beside
/// the greatest one. Where all sums, or all greatest regrets, are the same, that half tells nobody apart.
pub(super) fn vikor(parts: &[Part<'_>], group: f64) -> Vec<f64> {
    if !differ(parts) {
        return vec![f64::NAN; units(parts)];
    }
    let best = each(parts, |column| ends(column).1);
    let span = each(parts, |column| {
        let (low, high) = ends(column);
        high - low
    });
    let regret = |part: usize, value: f64| over(best[part] - value, span[part]);
    let sums = mean(parts, regret);
    let mut greatest = vec![f64::NAN; units(parts)];
    let held = held(parts);
    for (part, (weight, column)) in parts.iter().enumerate() {
        for ((greatest, held), value) in greatest.iter_mut().zip(&held).zip(*column) {
            if !value.is_nan() {
                *greatest = greatest.max(over(weight * regret(part, *value), *held));
            }
        }
    }
    let (sums, greatest) = (shared(&sums), shared(&greatest));
    let compromise = sums.iter().zip(greatest);
    compromise
        .map(|(sum, greatest)| 1.0 - (group * sum + (1.0 - group) * greatest))
        .collect()
}

/// From the least to the greatest, as shares; noughts where there is no difference.
fn shared(values: &[f64]) -> Vec<f64> {
    let (low, high) = ends(values);
    let span = if high - low > EQUAL { high - low } else { 0.0 };
    let share = |value: &f64| {
        if value.is_nan() {
            f64::NAN
        } else {
            over(value - low, span)
        }
    };
    values.iter().map(share).collect()
}

/// J. L. Deng: Introduction to grey system theory. The Journal of Grey System 1 (1989) 1–24; for units with many parts
/// Y. Kuo, T. Yang, G.-W. Huang: The use of grey relational analysis in solving multiple attribute decision-making
/// problems. Computers & Industrial Engineering 55 (2008) 80–93. `distinguishing` is ζ. The reference has the best of each
/// part, so that the least distance of all is none.
pub(super) fn grey(parts: &[Part<'_>], distinguishing: f64) -> Vec<f64> {
    if !differ(parts) {
        return vec![f64::NAN; units(parts)];
    }
    let best = each(parts, |column| ends(column).1);
    let widest = each(parts, |column| {
        let (low, high) = ends(column);
        high - low
    });
    let held = distinguishing * widest.into_iter().fold(0.0, f64::max);
    mean(parts, |part, value| held / (best[part] - value + held))
}
