//! Joining by how far a unit lies above or below what all have in the middle.

use super::parts::{EQUAL, Part, differ, each, ends, mean, over, units, whole};

/// M. Keshavarz Ghorabaee, E. K. Zavadskas, L. Olfat, Z. Turskis: Multi-criteria inventory classification using a new method
/// of evaluation based on distance from average solution (EDAS). Informatica 26 (2015) 435–451.
pub(super) fn edas(parts: &[Part<'_>]) -> Vec<f64> {
    // Ratios to the average: below zero there are none.
    let negative = parts.iter().any(|(_, column)| ends(column).0 < 0.0);
    if negative || !differ(parts) {
        return vec![f64::NAN; units(parts)];
    }
    let average = each(parts, |column| {
        let (sum, count) = whole(column);
        over(sum, count)
    });
    let above = mean(parts, |part, value| {
        over((value - average[part]).max(0.0), average[part])
    });
    let below = mean(parts, |part, value| {
        over((average[part] - value).max(0.0), average[part])
    });
    let (most_above, most_below) = (ends(&above).1, ends(&below).1);
    let appraised = above.into_iter().zip(below);
    appraised
        .map(|(above, below)| {
            if above.is_nan() {
                f64::NAN
            } else {
                f64::midpoint(over(above, most_above), 1.0 - over(below, most_below))
            }
        })
        .collect()
}

/// (S + 1) ÷ 2. D. Pamučar, G. Ćirović: The selection of transport and handling resources in logistics centers using
/// multi-attributive border approximation area comparison (MABAC). Expert Systems with Applications 42 (2015) 3016–3028.
/// The border is the geometric mean of all units.
pub(super) fn mabac(parts: &[Part<'_>]) -> Vec<f64> {
    if !differ(parts) {
        return vec![f64::NAN; units(parts)];
    }
    let low = each(parts, |column| ends(column).0);
    let span = each(parts, |column| {
        let (low, high) = ends(column);
        if high - low > EQUAL * low.abs().max(high.abs()) {
            high - low
        } else {
            0.0
        }
    });
    let raised = |part: usize, value: f64| over(value - low[part], span[part]) + 1.0;
    let border: Vec<f64> = (0..)
        .zip(parts)
        .map(|(part, (_, column))| {
            let logarithms: Vec<f64> = column.iter().map(|value| raised(part, *value).ln()).collect();
            let (sum, count) = whole(&logarithms);
            over(sum, count).exp()
        })
        .collect();
    mean(parts, |part, value| {
        f64::midpoint(raised(part, value) - border[part], 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hardly_differs_has_no_border() {
        let parts: [Part<'_>; 2] = [(0.5, &[0.3, 0.1 + 0.2]), (0.5, &[0.0, 1.0])];
        let found = mabac(&parts);
        let border = 2.0_f64.sqrt();
        assert!((found[0] - f64::midpoint((1.0 - border) / 2.0, 1.0)).abs() < 1e-12);
    }
}
