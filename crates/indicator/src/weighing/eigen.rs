//! Eigenvectors of small matrices.

/// The largest eigenvalue of a symmetric matrix with its unit eigenvector.
pub(super) fn largest(matrix: &[Vec<f64>]) -> Option<(f64, Vec<f64>)> {
    let (values, vectors) = symmetric(matrix);
    let at = (0..values.len()).max_by(|x, y| values[*x].total_cmp(&values[*y]))?;
    Some((values[at], vectors.iter().map(|row| row[at]).collect()))
}

/// The eigenvalues of a symmetric matrix, the greatest first.
pub(crate) fn eigenvalues(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mut values = symmetric(matrix).0;
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// Eigenvalues of a symmetric matrix, with unit eigenvectors as columns, by Jacobi's rotations (1846).
fn symmetric(matrix: &[Vec<f64>]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut v: Vec<Vec<f64>> = (0..n)
        .map(|row| (0..n).map(|at| f64::from(u8::from(row == at))).collect())
        .collect();
    for _ in 0..100 {
        let off: f64 = (0..n)
            .flat_map(|p| (0..p).map(move |q| (p, q)))
            .map(|(p, q)| a[p][q] * a[p][q])
            .sum();
        if off < 1e-24 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                for row in &mut a {
                    let (x, y) = (row[p], row[q]);
                    (row[p], row[q]) = (c * x - s * y, s * x + c * y);
                }
                for at in 0..n {
                    let (x, y) = (a[p][at], a[q][at]);
                    (a[p][at], a[q][at]) = (c * x - s * y, s * x + c * y);
                }
                for row in &mut v {
                    let (x, y) = (row[p], row[q]);
                    (row[p], row[q]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    ((0..n).map(|at| a[at][at]).collect(), v)
}

/// The principal eigenvalue of a positive matrix with its eigenvector of sum one, by powers (Perron).
pub(super) fn perron(matrix: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let n = matrix.len().max(1);
    let mut vector = vec![1.0 / n as f64; matrix.len()];
    let mut value = n as f64;
    for _ in 0..10_000 {
        let next: Vec<f64> = matrix
            .iter()
            .map(|row| row.iter().zip(&vector).map(|(a, x)| a * x).sum())
            .collect();
        value = next.iter().sum();
        let next: Vec<f64> = next.iter().map(|x| x / value).collect();
        let moved = next
            .iter()
            .zip(&vector)
            .fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
        vector = next;
        if moved < 1e-15 {
            break;
        }
    }
    (value, vector)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_eigenvector_is_one() {
        let matrix = vec![vec![2.0, 0.5, 0.1], vec![0.5, 1.0, -0.3], vec![0.1, -0.3, 1.5]];
        let (value, vector) = largest(&matrix).unwrap();
        for (row, x) in matrix.iter().zip(&vector) {
            let image: f64 = row.iter().zip(&vector).map(|(a, x)| a * x).sum();
            assert!((image - value * x).abs() < 1e-12);
        }
        assert!((vector.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
