//! Weights by how unequally an indicator falls to the units.

use super::data::{mean, scaled, shares, variance};
use crate::sums::sum;

/// Gini weights (基尼): the more unequally units share an indicator, the more it tells. Columns of values as they are
/// given; `None` where one is negative or a mean is not positive.
///
/// G. Li, G. Chi: A new determining objective weights method: Gini coefficient weight. First International Conference on
/// Information Science and Engineering, 2009, 3726–3729 (after Gini 1912).
pub fn gini(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    shares(
        columns
            .iter()
            .map(|column| coefficient(column))
            .collect::<Option<_>>()?,
    )
}

/// Half the mean difference of all pairs beside the mean, from the values in their order.
fn coefficient(column: &[f64]) -> Option<f64> {
    let mut sorted = column.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let whole = sum(&sorted, |value| value);
    let sound = sorted.first().is_some_and(|least| *least >= 0.0) && whole > 0.0;
    // Of two neighbours in order, the place says how many pairs a value is the greater of, and of how many the lesser.
    let places = (0..).map(|place| 2.0 * f64::from(place) + 1.0 - count);
    let apart: f64 = sorted.iter().zip(places).map(|(value, place)| value * place).sum();
    sound.then(|| (apart / (count * whole)).max(0.0))
}

/// LOPCOW weights: the root of the mean square beside the deviation, in logarithms, so that a few values far apart do not
/// decide. Columns are scaled from least to greatest first; deviations are those of a sample. `None` where units agree on
/// an indicator.
///
/// F. Ecer, D. Pamucar: A novel LOPCOW-DOBI multi-criteria sustainability performance assessment methodology: an
/// application in developing country banking sector. Omega 112 (2022) 102690.
pub fn lopcow(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let power = |column: &Vec<f64>| {
        let scaled = scaled(column);
        let square = sum(&scaled, |value| value * value) / scaled.len().max(1) as f64;
        let deviation = variance(&scaled).sqrt();
        (deviation > 0.0).then(|| (square.sqrt() / deviation).ln().abs())
    };
    shares(columns.iter().map(power).collect::<Option<_>>()?)
}

/// Weights by the angle (夹角) between an indicator and one on which all units agree. Columns of values as they are given;
/// `None` where a mean is not positive.
///
/// D. Shuai, Z. Zongzhun, W. Yongji, L. Lei: A new angular method to determine the objective weights. 24th Chinese Control
/// and Decision Conference, 2012, 3889–3892.
pub fn angle(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let one = |column: &Vec<f64>| {
        let middle = mean(column);
        let count = column.len() as f64;
        // By the sine's side: where units nearly agree the cosine tells nothing of the angle.
        let aside = sum(column, |value| (value - middle) * (value - middle)).sqrt();
        (middle > 0.0).then(|| aside.atan2(middle * count.sqrt()))
    };
    shares(columns.iter().map(one).collect::<Option<_>>()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::data::tests::{close, columns};
    use super::*;

    /// Three units by four indicators; figures by the formulas of the papers in numpy, and by pymcdm 1.4 alike.
    fn three() -> Vec<Vec<f64>> {
        columns(&[
            &[2.9, 2.31, 0.56, 1.89],
            &[1.2, 1.34, 0.21, 2.48],
            &[0.3, 2.48, 1.75, 1.69],
        ])
    }

    #[test]
    fn gini_weights_by_the_mean_difference_of_all_pairs() {
        let wanted = [0.389_177_451_2, 0.122_481_747_7, 0.402_482_663_2, 0.085_858_137_9];
        close(&gini(&three()).unwrap(), &wanted, 1e-9);
        // 0 and 1 differ by 1 in two of four pairs: ½ ÷ 1; 1 and 3 by 2: ¼.
        close(
            &gini(&columns(&[&[0.0, 1.0], &[1.0, 3.0]])).unwrap(),
            &[2.0 / 3.0, 1.0 / 3.0],
            1e-12,
        );
        assert_eq!(gini(&columns(&[&[-1.0, 1.0], &[2.0, 2.0]])), None);
    }

    #[test]
    fn lopcow_weights_by_the_mean_square_beside_the_deviation() {
        let wanted = [0.236_237_369_5, 0.434_633_486_3, 0.155_552_911_1, 0.173_576_233];
        close(&lopcow(&three()).unwrap(), &wanted, 1e-9);
        assert_eq!(lopcow(&columns(&[&[1.0, 5.0], &[2.0, 5.0]])), None);
    }

    #[test]
    fn angles_weigh_what_departs_from_agreement() {
        let wanted = [0.371_832_736_4, 0.141_360_164_1, 0.390_297_287_9, 0.096_509_811_6];
        close(&angle(&three()).unwrap(), &wanted, 1e-9);
        // What all agree on lies at no angle, however the floats fall.
        close(
            &angle(&columns(&[&[1.0, 0.1], &[2.0, 0.1], &[4.0, 0.1]])).unwrap(),
            &[1.0, 0.0],
            1e-12,
        );
        assert_eq!(angle(&columns(&[&[1.0, -5.0], &[2.0, 5.0]])), None);
    }
}
