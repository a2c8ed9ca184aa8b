//! Dimensions: what a quantity measures, whatever its unit.

use std::fmt;

/// The base quantities. Beside those of the SI stand what Chinese standards count apart: money, coal equivalent, gas at
/// standard conditions, containers, persons, information. Two currencies never add; nor do cubic metres of gas as it
/// is and at standard conditions, nor degrees Celsius and kelvins.
const BASES: [&str; 17] = [
    "m", "kg", "s", "A", "K", "℃", "mol", "cd", "元", "USD", "EUR", "kgce", "Nm³", "TEU", "人", "bit", "dB",
];

/// Exponents over the base quantities. The dimension of a pure number has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dimension([i8; BASES.len()]);

impl Dimension {
    /// Pure numbers, shares, counts of things.
    pub const NONE: Self = Self([0; BASES.len()]);

    pub(crate) fn base(symbol: &str) -> Option<Self> {
        let at = BASES.iter().position(|base| *base == symbol)?;
        let mut exponents = [0; BASES.len()];
        *exponents.get_mut(at)? = 1;
        Some(Self(exponents))
    }

    /// Whether it is that of a pure number.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let mut exponents = self.0;
        for (mine, theirs) in exponents.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs);
        }
        Self(exponents)
    }

    /// Of a quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        self.times(other.power(-1))
    }

    /// Of a whole power.
    #[must_use]
    pub fn power(self, exponent: i8) -> Self {
        Self(self.0.map(|mine| mine.saturating_mul(exponent)))
    }

    /// Of a square root, where every exponent is even.
    pub fn root(self) -> Option<Self> {
        self.0
            .iter()
            .all(|mine| mine % 2 == 0)
            .then(|| Self(self.0.map(|mine| mine / 2)))
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.write_str("1");
        }
        let mut first = true;
        for (symbol, exponent) in BASES.iter().zip(self.0).filter(|(_, exponent)| *exponent != 0) {
            if !first {
                f.write_str("·")?;
            }
            first = false;
            f.write_str(symbol)?;
            if exponent != 1 {
                write!(f, "^{exponent}")?;
            }
        }
        Ok(())
    }
}
