//! Treating skewed indicators: where both |skewness| ≥ 2 and kurtosis ≥ 3.5, up to five points are drawn in to the next
//! one (缩尾); where that does not do, the logarithm of the shifted original is taken (OECD/JRC Handbook, step 4; the
//! steps of COINr's `qTreat`).

use super::Column;
use super::impute::mean;
use crate::sums::moments;

const SKEWNESS: f64 = 2.0;
const KURTOSIS: f64 = 3.5;
const MOST_DRAWN_IN: usize = 5;

/// What became of an indicator, so that the values of other years become the same.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Treatment {
    /// Nothing.
    #[default]
    None,
    /// What lies beyond is drawn in to these.
    Drawn {
        /// From below.
        low: Option<f64>,
        /// From above.
        high: Option<f64>,
    },
    /// ln(x − least + shift); what lies below the least counts as it.
    Logarithm {
        /// The least of the values that it was made for.
        least: f64,
        /// One hundredth of their range.
        shift: f64,
    },
}

impl Treatment {
    /// The one that values need.
    pub(super) fn of(values: &[f64]) -> Self {
        if is_sound(values) {
            return Self::None;
        }
        drawn_in(values).unwrap_or_else(|| {
            let (least, greatest) = crate::sums::ends(values);
            Self::Logarithm {
                least,
                shift: 0.01 * (greatest - least),
            }
        })
    }

    pub(super) fn apply(self, column: &mut Column) {
        for value in column.iter_mut().flatten() {
            *value = self.treated(*value);
        }
    }

    fn treated(self, value: f64) -> f64 {
        match self {
            Self::None => value,
            Self::Drawn { low, high } => {
                let value = low.map_or(value, |low| value.max(low));
                high.map_or(value, |high| value.min(high))
            }
            Self::Logarithm { least, shift } => ((value - least).max(0.0) + shift).ln(),
        }
    }
}

/// Whether an indicator needs no treatment; too few or constant values cannot be judged and are left alone.
fn is_sound(values: &[f64]) -> bool {
    let shape = shape(values);
    match (shape.skewness, shape.kurtosis) {
        (Some(skewness), Some(kurtosis)) => skewness.abs() < SKEWNESS || kurtosis < KURTOSIS,
        _ => true,
    }
}

/// Of a sample, as worksheets give them: SKEW, and KURT, which is that in excess of the normal one.
struct Shape {
    skewness: Option<f64>,
    kurtosis: Option<f64>,
}

fn shape(values: &[f64]) -> Shape {
    let n = values.len() as f64;
    let [second, third, fourth] = moments(values, mean(values).unwrap_or_default());
    let differ = second > 0.0;
    Shape {
        skewness: (values.len() >= 3 && differ).then(|| {
            let plain = n.sqrt() * third / second.powf(1.5);
            plain * (n * (n - 1.0)).sqrt() / (n - 2.0)
        }),
        kurtosis: (values.len() >= 4 && differ).then(|| {
            let plain = n * fourth / (second * second);
            ((n + 1.0) * (plain - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
        }),
    }
}

/// Draws the outermost points in, on the side of the tail, until the rest is sound; `None` where five points do not do.
fn drawn_in(values: &[f64]) -> Option<Treatment> {
    let mut values = values.to_vec();
    let (mut low, mut high) = (None, None);
    let (mut below, mut above) = (0, 0);
    while !is_sound(&values) && above + below < MOST_DRAWN_IN {
        let upwards = shape(&values).skewness? >= 0.0;
        let outermost = |a: f64, b: f64| if upwards { a.max(b) } else { a.min(b) };
        let end = values.iter().copied().reduce(outermost)?;
        let at_end = |value: &f64| value.total_cmp(&end).is_eq();
        let next = values
            .iter()
            .copied()
            .filter(|value| !at_end(value))
            .reduce(outermost)?;
        let count = values.iter().filter(|value| at_end(value)).count();
        if upwards {
            (above, high) = (count, Some(next));
        } else {
            (below, low) = (count, Some(next));
        }
        for value in values.iter_mut().filter(|value| at_end(value)) {
            *value = next;
        }
    }
    is_sound(&values).then_some(Treatment::Drawn { low, high })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::index::impute::known;

    #[test]
    fn skewness_and_kurtosis_are_those_of_worksheets() {
        // Microsoft's own examples of SKEW and KURT.
        let values = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0];
        assert!((shape(&values).skewness.unwrap() - 0.359_543_071_406_797).abs() < 1e-12);
        assert!((shape(&values).kurtosis.unwrap() + 0.151_799_637_208_416).abs() < 1e-12);
    }

    #[test]
    fn outliers_are_drawn_in_to_the_next_point() {
        let values: Vec<f64> = (1..=10).map(f64::from).chain([30.0, 100.0]).collect();
        let drawn = Treatment::of(&values);
        let high = Some(30.0);
        assert_eq!(drawn, Treatment::Drawn { low: None, high });
        let mut column: Column = values.into_iter().map(Some).collect();
        drawn.apply(&mut column);
        assert!(is_sound(&known(&column)));
        assert_eq!(column[11], Some(30.0));
    }

    #[test]
    fn a_gap_stays_one_and_few_values_are_left_alone() {
        let mut column: Column = (1..=10).map(|value| Some(f64::from(value))).collect();
        column.extend([None, Some(30.0), Some(100.0)]);
        Treatment::of(&known(&column)).apply(&mut column);
        assert_eq!((column[10], column[12]), (None, Some(30.0)));
        let mut few: Column = vec![Some(1.0), Some(1000.0)];
        Treatment::of(&known(&few)).apply(&mut few);
        assert_eq!(few, [Some(1.0), Some(1000.0)]);
    }
}
