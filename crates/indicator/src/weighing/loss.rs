//! Weights by what is lost without an indicator, or by putting another one first.

use super::data::{entropy, shares};

/// MEREC weights: the more a unit's standing moves when an indicator is taken away, the more it tells. Columns of positive
/// scores, the greater the better; `None` where one is not positive, or where taking any away moves nothing.
///
/// M. Keshavarz-Ghorabaee, M. Amiri, E. K. Zavadskas, Z. Turskis, J. Antucheviciene: Determination of objective weights
/// using a new method based on the removal effects of criteria (MEREC). Symmetry 13 (2021) 525.
pub fn merec(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let count = columns.len() as f64;
    let logarithms: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| {
            let least = column.iter().copied().fold(f64::INFINITY, f64::min);
            (least > 0.0).then(|| column.iter().map(|value| (value / least).ln()).collect())
        })
        .collect::<Option<_>>()?;
    let units = logarithms.first()?.len();
    let wholes: Vec<f64> = (0..units)
        .map(|unit| logarithms.iter().filter_map(|column| column.get(unit)).sum())
        .collect();
    let standing = |sum: f64| (sum / count).ln_1p();
    let effect = |column: &Vec<f64>| -> f64 {
        let moved = column.iter().zip(&wholes);
        moved
            .map(|(own, whole)| standing(*whole) - standing((whole - own).max(0.0)))
            .sum()
    };
    shares(logarithms.iter().map(effect).collect())
}

/// CILOS weights: an indicator weighs the more, the less is lost of it where another one is at its best. Columns of scores
/// that are not negative, the greater the better. `None` where these losses do not tell all indicators apart, as where
/// one unit is the best in everything.
///
/// E. K. Zavadskas, V. Podvezko: Integrated determination of objective criteria weights in MCDM. International Journal of
/// Information Technology & Decision Making 15 (2016) 267–283.
pub fn cilos(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let count = columns.len();
    let mut best = Vec::with_capacity(count);
    for column in columns {
        let sound = column.iter().all(|value| *value >= 0.0);
        let greatest = column.iter().copied().fold(0.0, f64::max);
        let unit = column.iter().position(|value| *value >= greatest);
        best.push(unit.filter(|_| sound && greatest > 0.0)?);
    }
    // What is lost, in shares, of each indicator in the unit that is the best in another one.
    let mut losses = vec![vec![0.0; count]; count];
    for (of, column) in columns.iter().enumerate() {
        let greatest = column.get(*best.get(of)?)?;
        for (row, unit) in losses.iter_mut().zip(&best) {
            row[of] = (greatest - column.get(*unit)?) / greatest;
        }
    }
    for of in 0..count {
        let lost: f64 = losses.iter().map(|row| row[of]).sum();
        losses[of][of] -= lost;
    }
    // The equations of the losses say one thing twice; that the weights sum to one takes the place of the last.
    losses.pop()?;
    losses.push(vec![1.0; count]);
    let mut right = vec![0.0; count];
    *right.last_mut()? = 1.0;
    let weights = solved(losses, right)?;
    let sound = weights.iter().all(|weight| *weight >= -1e-12);
    sound.then(|| weights.into_iter().map(|weight| weight.max(0.0)).collect())
}

/// IDOCRIW weights: those of entropy and of CILOS multiplied, so that neither what hardly differs nor what is easily lost
/// weighs much. Columns of scores that are not negative, the greater the better.
///
/// E. K. Zavadskas, V. Podvezko, 2016, as above.
pub fn idocriw(columns: &[Vec<f64>]) -> Option<Vec<f64>> {
    let both = entropy(columns)?.into_iter().zip(cilos(columns)?);
    shares(both.map(|(entropy, loss)| entropy * loss).collect())
}

/// Solves a square system by elimination, the greatest pivot first; `None` where it has no single answer.
pub(super) fn solved(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let count = rows.len();
    for at in 0..count {
        let pivot = (at..count).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()))?;
        if rows[pivot][at].abs() < 1e-12 {
            return None;
        }
        rows.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..count {
            let factor = rows[below][at] / rows[at][at];
            for column in at..count {
                rows[below][column] -= factor * rows[at][column];
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|column| rows[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::data::tests::{close, columns};
    use super::*;

    /// What falls, turned as both papers turn it: the least by the value.
    fn turned(mut columns: Vec<Vec<f64>>, falling: &[usize]) -> Vec<Vec<f64>> {
        for at in falling {
            let least = columns[*at].iter().copied().fold(f64::INFINITY, f64::min);
            columns[*at].iter_mut().for_each(|value| *value = least / *value);
        }
        columns
    }

    #[test]
    fn merec_weights_the_illustrative_example_of_the_paper() {
        let example = columns(&[
            &[450.0, 8000.0, 54.0, 145.0],
            &[10.0, 9100.0, 2.0, 160.0],
            &[100.0, 8200.0, 31.0, 153.0],
            &[220.0, 9300.0, 1.0, 162.0],
            &[5.0, 8400.0, 23.0, 158.0],
        ]);
        let found = merec(&turned(example.clone(), &[2, 3])).unwrap();
        close(&found, &[0.5752, 0.0141, 0.4016, 0.0091], 0.000_05);
        let mut with_zero = example;
        with_zero[0][1] = 0.0;
        assert_eq!(merec(&with_zero), None);
        assert_eq!(merec(&columns(&[&[1.0, 2.0], &[1.0, 2.0]])), None);
    }

    #[test]
    fn cilos_weights_the_example_of_the_paper() {
        let example = columns(&[
            &[3.0, 100.0, 10.0, 7.0],
            &[2.5, 80.0, 8.0, 5.0],
            &[1.8, 50.0, 20.0, 11.0],
            &[2.2, 70.0, 12.0, 9.0],
        ]);
        let found = cilos(&turned(example.clone(), &[0, 2])).unwrap();
        close(&found, &[0.3343, 0.2199, 0.1957, 0.2501], 0.000_2);
        // The product with the entropies that the paper gives is what it gives as IDOCRIW.
        let entropies = [0.1146, 0.1981, 0.4185, 0.2689];
        let both = shares(
            found
                .iter()
                .zip(entropies)
                .map(|(loss, entropy)| loss * entropy)
                .collect(),
        );
        close(&both.unwrap(), &[0.1658, 0.1886, 0.3545, 0.2911], 0.000_2);
        // One unit that is the best in everything loses nothing anywhere.
        assert_eq!(cilos(&columns(&[&[3.0, 3.0], &[1.0, 2.0]])), None);
        assert_eq!(cilos(&columns(&[&[3.0, -1.0], &[1.0, 2.0]])), None);
    }

    #[test]
    fn idocriw_multiplies_both_over_the_same_scores() {
        // The example above, turned, by the formulas of the paper in numpy and by pymcdm 1.4 alike.
        let example = columns(&[
            &[3.0, 100.0, 10.0, 7.0],
            &[2.5, 80.0, 8.0, 5.0],
            &[1.8, 50.0, 20.0, 11.0],
            &[2.2, 70.0, 12.0, 9.0],
        ]);
        let found = idocriw(&turned(example, &[0, 2])).unwrap();
        close(
            &found,
            &[0.181_973_256_4, 0.203_591_032_8, 0.300_066_564_7, 0.314_369_146_1],
            1e-9,
        );
    }
}
