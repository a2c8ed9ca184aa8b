//! Sums over columns of floats in eight lanes at once, as vector units take them. The order is fixed, so that the same
//! column has the same sum on every machine and any number of threads.

const LANES: usize = 8;

/// Σ of(v).
pub(crate) fn sum(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (blocks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane += of(*value);
        }
    }
    folded(lanes) + rest.iter().map(|value| of(*value)).sum::<f64>()
}

/// Σ a·b.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((blocks, rest), (others, other_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (block, other) in blocks.iter().zip(others) {
        for (lane, (a, b)) in lanes.iter_mut().zip(block.iter().zip(other)) {
            *lane += a * b;
        }
    }
    folded(lanes) + rest.iter().zip(other_rest).map(|(a, b)| a * b).sum::<f64>()
}

/// Σ d², Σ d³, Σ d⁴ of d = v − middle.
pub(crate) fn moments(values: &[f64], middle: f64) -> [f64; 3] {
    let (blocks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [[0.0; LANES]; 3];
    for block in blocks {
        for (at, value) in block.iter().enumerate() {
            let d = value - middle;
            let square = d * d;
            lanes[0][at] += square;
            lanes[1][at] += square * d;
            lanes[2][at] += square * square;
        }
    }
    let mut sums = lanes.map(folded);
    for value in rest {
        let d = value - middle;
        let square = d * d;
        sums[0] += square;
        sums[1] += square * d;
        sums[2] += square * square;
    }
    sums
}

/// The least and the greatest value; infinities the wrong way round of none.
pub(crate) fn ends(values: &[f64]) -> (f64, f64) {
    let (blocks, rest) = values.as_chunks::<LANES>();
    let (mut least, mut greatest) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    for block in blocks {
        for ((least, greatest), value) in least.iter_mut().zip(&mut greatest).zip(block) {
            *least = if *value < *least { *value } else { *least };
            *greatest = if *value > *greatest { *value } else { *greatest };
        }
    }
    let least = least.iter().chain(rest).copied().fold(f64::INFINITY, f64::min);
    let greatest = greatest.iter().chain(rest).copied().fold(f64::NEG_INFINITY, f64::max);
    (least, greatest)
}

fn folded(lanes: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_count_every_value_once() {
        let values: Vec<f64> = (1..=21).map(f64::from).collect();
        assert_eq!((sum(&values, |value| value), dot(&values, &values)), (231.0, 3311.0));
        assert_eq!(
            (ends(&values), ends(&[])),
            ((1.0, 21.0), (f64::INFINITY, f64::NEG_INFINITY))
        );
        // About 11: Σ d² = 770, Σ d³ = 0, Σ d⁴ = 2 Σ 1..10 d⁴ = 50 666.
        assert_eq!(moments(&values, 11.0), [770.0, 0.0, 50_666.0]);
    }
}
