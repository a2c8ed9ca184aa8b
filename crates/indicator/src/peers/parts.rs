//! What is joined: columns of points with their weights, NaN where a unit has none.

/// What differs by less, of the size of the values, is equal: sums in another order differ by as much.
pub(super) const EQUAL: f64 = 1e-12;

/// A part's weight and its points by unit.
pub(super) type Part<'a> = (f64, &'a [f64]);

/// How many units there are.
pub(super) fn units(parts: &[Part<'_>]) -> usize {
    parts.first().map_or(0, |(_, column)| column.len())
}

/// The least and the greatest of the values that are there.
pub(crate) fn ends(column: &[f64]) -> (f64, f64) {
    column
        .iter()
        .filter(|value| !value.is_nan())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
}

/// Whether units differ in any part.
pub(super) fn differ(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|(_, column)| {
        let (low, high) = ends(column);
        high - low > EQUAL * low.abs().max(high.abs())
    })
}

/// The sum and the number of the values that are there.
pub(super) fn whole(column: &[f64]) -> (f64, f64) {
    let there = column.iter().filter(|value| !value.is_nan());
    there.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0))
}

/// The weighted mean of what each part makes of a unit's points. A part that a unit has not gives its weight to the
/// others; NaN where it has none.
pub(super) fn mean(parts: &[Part<'_>], of: impl Fn(usize, f64) -> f64) -> Vec<f64> {
    let (mut sums, mut weights) = (vec![0.0; units(parts)], vec![0.0; units(parts)]);
    for (part, (weight, column)) in parts.iter().enumerate() {
        for ((sum, own), value) in sums.iter_mut().zip(&mut weights).zip(*column) {
            if !value.is_nan() && *weight != 0.0 {
                *sum += weight * of(part, *value);
                *own += weight;
            }
        }
    }
    let share = |(sum, own): (f64, f64)| if own > 0.0 { sum / own } else { f64::NAN };
    sums.into_iter().zip(weights).map(share).collect()
}

/// The weights of the parts that a unit has, together.
pub(super) fn held(parts: &[Part<'_>]) -> Vec<f64> {
    let mut weights = vec![0.0; units(parts)];
    for (weight, column) in parts {
        for (own, value) in weights.iter_mut().zip(*column) {
            if !value.is_nan() {
                *own += weight;
            }
        }
    }
    weights
}

/// A value for each part, by its column.
pub(super) fn each(parts: &[Part<'_>], of: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    parts.iter().map(|(_, column)| of(column)).collect()
}

/// So much of a whole; nothing of nothing.
pub(super) fn over(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
