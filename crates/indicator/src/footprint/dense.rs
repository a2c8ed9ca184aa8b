//! Small cores by elimination with row exchange, where sweeps do not settle.

/// Solves a dense system given by rows; `None` where it is singular to the floats.
pub fn eliminate(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    let largest = rows
        .iter()
        .flatten()
        .fold(0.0, |most: f64, value| most.max(value.abs()));
    for step in 0..size {
        let pivot = (step..size).max_by(|a, b| rows[*a][step].abs().total_cmp(&rows[*b][step].abs()))?;
        if rows[pivot][step].abs() <= largest * f64::EPSILON * size as f64 {
            return None;
        }
        rows.swap(step, pivot);
        right.swap(step, pivot);
        let (done, open) = rows.split_at_mut(step + 1);
        let lead = done.last()?;
        let value = right[step];
        for (row, right) in open.iter_mut().zip(right.iter_mut().skip(step + 1)) {
            let factor = row[step] / lead[step];
            if factor != 0.0 {
                for (own, lead) in row.iter_mut().zip(lead).skip(step) {
                    *own -= factor * lead;
                }
                *right -= factor * value;
            }
        }
    }
    for step in (0..size).rev() {
        let known: f64 = rows[step].iter().zip(&right).skip(step + 1).map(|(a, x)| a * x).sum();
        right[step] = (right[step] - known) / rows[step][step];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_exchanged_and_singular_systems_known() {
        let solved = eliminate(vec![vec![0.0, 2.0], vec![4.0, 1.0]], vec![6.0, 11.0]);
        assert_eq!(solved, Some(vec![2.0, 3.0]));
        assert_eq!(eliminate(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]), None);
    }
}
