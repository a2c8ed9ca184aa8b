//! Weights that data themselves give, and the agreement of indicators.

use super::eigen;
use crate::sums::{dot, sum};

/// Units of a piece of columns.
const PIECE: usize = 512;

/// Entropy weights (熵权): an indicator on which units hardly differ tells little. Columns of values that are not
/// negative; `None` where one is, or where no indicator tells anything.
///
/// C. L. Hwang, K. Yoon: Multiple Attribute Decision Making, Springer 1981, 3.3.2 (after Shannon 1948).
pub fn entropy(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let diversity = columns.iter().map(|column| {
        let whole = sum(column, |value| value);
        let sound = column.len() > 1 && whole > 0.0 && column.iter().all(|value| *value >= 0.0);
        let entropy = sum(column, |value| {
            let share = value / whole;
            if share > 0.0 { -share * share.ln() } else { 0.0 }
        });
        sound.then(|| (1.0 - entropy / (column.len() as f64).ln()).max(0.0))
    });
    shares(diversity.collect::<Option<Vec<f64>>>()?)
}

/// CRITIC weights: the more an indicator varies and the less it repeats others, the more it tells. Columns are scaled
/// from least to greatest first; deviations are those of a sample.
///
/// D. Diakoulaki, G. Mavrotas, L. Papayannakis: Determining objective weights in multiple criteria problems: the CRITIC
/// method. Computers & Operations Research 22 (1995) 763–770.
pub fn critic(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let scaled: Vec<Vec<f64>> = columns.iter().map(|column| scaled(column)).collect();
    let correlation = correlations(&scaled);
    let contrast = scaled.iter().zip(&correlation).map(|(column, own)| {
        let conflict: f64 = own.iter().map(|r| 1.0 - r).sum();
        variance(column).sqrt() * conflict
    });
    shares(contrast.collect())
}

/// Weights by standard deviation (标准差): the more units differ on an indicator, the more it tells. Columns are scaled from
/// least to greatest first; deviations are those of a sample. CRITIC without what indicators repeat of each other.
///
/// D. Diakoulaki, G. Mavrotas, L. Papayannakis, 1995, as above.
pub fn deviation(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    shares(columns.iter().map(|column| variance(&scaled(column)).sqrt()).collect())
}

/// Weights by coefficient of variation (变异系数): the deviation beside the mean. Columns as they are given; `None` where a
/// mean is not positive.
///
/// K. Pearson: Mathematical contributions to the theory of evolution III, 1896, 277.
pub fn variation(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let coefficient = |column: &Vec<f64>| {
        let middle = mean(column);
        (middle > 0.0).then(|| variance(column).sqrt() / middle)
    };
    shares(columns.iter().map(coefficient).collect::<Option<Vec<f64>>>()?)
}

/// Weights by the first principal component (主成分): squared loadings of the correlation matrix, whose sum is one.
///
/// OECD, JRC: Handbook on Constructing Composite Indicators, 2008, 6.1; K. Pearson 1901.
pub fn principal(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    if columns.iter().any(|column| variance(column) <= 0.0) {
        return None;
    }
    let (_, vector) = eigen::largest(&correlations(columns))?;
    shares(vector.iter().map(|loading| loading * loading).collect())
}

/// Cronbach's alpha: how far indicators measure one thing; 1 where they say the same. `None` of fewer than two
/// indicators or of units that do not differ.
///
/// L. J. Cronbach: Coefficient alpha and the internal structure of tests. Psychometrika 16 (1951) 297–334.
pub fn cronbach_alpha(columns: &[Vec<f64>]) -> Option<f64> {
    let count = columns.len() as f64;
    let units = columns.first()?.len();
    let totals: Vec<f64> = (0..units)
        .map(|unit| columns.iter().filter_map(|column| column.get(unit)).sum())
        .collect();
    let whole = variance(&totals);
    let parts: f64 = columns.iter().map(|column| variance(column)).sum();
    (count >= 2.0 && whole > 0.0).then(|| count / (count - 1.0) * (1.0 - parts / whole))
}

pub(super) fn shares(parts: Vec<f64>) -> Option<Vec<f64>> {
    let sum: f64 = parts.iter().sum();
    (sum > 1e-12 && sum.is_finite()).then(|| parts.into_iter().map(|part| part / sum).collect())
}

pub(super) fn scaled(column: &[f64]) -> Vec<f64> {
    let low = column.iter().copied().fold(f64::INFINITY, f64::min);
    let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = high - low;
    let scale = |value: &f64| if span > 0.0 { (value - low) / span } else { 0.0 };
    column.iter().map(scale).collect()
}

pub(super) fn mean(column: &[f64]) -> f64 {
    sum(column, |value| value) / column.len().max(1) as f64
}

pub(super) fn variance(column: &[f64]) -> f64 {
    let middle = mean(column);
    let squares = sum(column, |value| (value - middle) * (value - middle));
    squares / (column.len() as f64 - 1.0).max(1.0)
}

/// Of Pearson; a constant column goes with none.
pub(crate) fn correlations(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let centred: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| {
            let middle = mean(column);
            let centred: Vec<f64> = column.iter().map(|value| value - middle).collect();
            let size = dot(&centred, &centred).sqrt();
            centred
                .iter()
                .map(|value| if size > 0.0 { value / size } else { 0.0 })
                .collect()
        })
        .collect();
    let mut of = vec![vec![0.0; centred.len()]; centred.len()];
    let units = centred.first().map_or(0, Vec::len);
    // Piece by piece, so that all columns of a piece stay in the cache while each meets each.
    for from in (0..units).step_by(PIECE) {
        let piece = |column: &usize| {
            let column = centred.get(*column).map(Vec::as_slice).unwrap_or_default();
            column.get(from..(from + PIECE).min(units)).unwrap_or_default()
        };
        for at in 0..centred.len() {
            for other in 0..at {
                of[at][other] += dot(piece(&at), piece(&other));
            }
        }
    }
    for at in 0..centred.len() {
        of[at][at] = 1.0;
        for other in 0..at {
            of[other][at] = of[at][other];
        }
    }
    of
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    pub fn columns(rows: &[&[f64]]) -> Vec<Vec<f64>> {
        (0..rows[0].len())
            .map(|at| rows.iter().map(|row| row[at]).collect())
            .collect()
    }

    pub fn close(found: &[f64], wanted: &[f64], within: f64) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= within, "{found} {wanted}");
        }
    }

    #[test]
    fn entropy_weights_the_fighter_aircraft_of_the_book() {
        // Hwang and Yoon (1981), table 3.3; they round entropies to four digits, hence 0.002.
        let aircraft = columns(&[
            &[2.0, 1500.0, 20_000.0, 5.5, 5.0, 9.0],
            &[2.5, 2700.0, 18_000.0, 6.5, 3.0, 5.0],
            &[1.8, 2000.0, 21_000.0, 4.5, 7.0, 7.0],
            &[2.2, 1800.0, 20_000.0, 5.0, 5.0, 5.0],
        ]);
        close(
            &entropy(&aircraft).unwrap(),
            &[0.0649, 0.2055, 0.0133, 0.0829, 0.3570, 0.2764],
            0.002,
        );
        assert_eq!(entropy(&columns(&[&[1.0, -2.0], &[2.0, 3.0]])), None);
        assert_eq!(entropy(&columns(&[&[1.0, 2.0], &[1.0, 2.0]])), None);
    }

    #[test]
    fn critic_weights_the_attendance_software_of_the_paper() {
        // A. Tuş, E. Aytaç Adalı: The new combination with CRITIC and WASPAS methods, Opsearch 56 (2019) 528–538.
        let software = columns(&[
            &[5000.0, 3.0, 3.0, 4.0, 3.0, 2.0],
            &[680.0, 5.0, 3.0, 2.0, 2.0, 1.0],
            &[2000.0, 3.0, 2.0, 3.0, 4.0, 3.0],
            &[600.0, 4.0, 3.0, 1.0, 2.0, 2.0],
            &[800.0, 2.0, 4.0, 3.0, 3.0, 4.0],
        ]);
        close(
            &critic(&software).unwrap(),
            &[0.157, 0.249, 0.168, 0.121, 0.154, 0.151],
            0.0006,
        );
    }

    #[test]
    fn deviation_and_variation_by_hand() {
        // Scaled: 0, 1/2, 1 with s = 1/2, and 0, 0, 1 with s = 1/√3.
        let two = columns(&[&[10.0, 2.0], &[20.0, 2.0], &[30.0, 8.0]]);
        let (a, b) = (0.5, 1.0 / 3.0_f64.sqrt());
        close(&deviation(&two).unwrap(), &[a / (a + b), b / (a + b)], 1e-12);
        // As given: 10 ÷ 20, and √12 ÷ 4.
        let b = 12.0_f64.sqrt() / 4.0;
        close(&variation(&two).unwrap(), &[0.5 / (0.5 + b), b / (0.5 + b)], 1e-12);
        assert_eq!(variation(&columns(&[&[1.0, -2.0], &[2.0, 1.0]])), None);
        assert_eq!(deviation(&columns(&[&[1.0, 2.0], &[1.0, 2.0]])), None);
    }

    #[test]
    fn the_first_component_weighs_what_goes_together() {
        // a and b agree fully, c goes with neither: the first component is theirs alone.
        let three = columns(&[&[1.0, 1.0, 1.0], &[2.0, 2.0, -1.0], &[3.0, 3.0, -1.0], &[4.0, 4.0, 1.0]]);
        close(&principal(&three).unwrap(), &[0.5, 0.5, 0.0], 1e-9);
        assert_eq!(principal(&columns(&[&[1.0, 5.0], &[2.0, 5.0]])), None);
    }

    #[test]
    fn alpha_is_one_where_all_agree_and_that_of_a_sum_by_hand() {
        let same = columns(&[&[1.0, 1.0], &[2.0, 2.0], &[4.0, 4.0]]);
        assert!((cronbach_alpha(&same).unwrap() - 1.0).abs() < 1e-12);
        // Variances 1 and 1, of the sums 3: 2/1 × (1 − 2/3).
        let half = columns(&[&[1.0, 1.0], &[2.0, 3.0], &[3.0, 2.0]]);
        assert!((cronbach_alpha(&half).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(cronbach_alpha(&same[..1]), None);
    }
}
