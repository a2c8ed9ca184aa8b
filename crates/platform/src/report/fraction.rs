//! Exact fractions: indicators are summed exactly and rounded once.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A fraction in its lowest terms, the denominator above zero.
///
/// ```
/// use platform::report::fraction::Fraction;
/// let third = Fraction::new(2, 6).unwrap();
/// assert_eq!(third.plus(third), Fraction::new(2, 3));
/// assert_eq!(Fraction::new(1, 0), None);
/// assert_eq!(Fraction::new(1, 8).unwrap().rounded(2).to_string(), "0.12"); // GB/T 8170: half goes to the even digit
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// A fraction; nothing where the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::of(numerator.into(), denominator.into())
    }

    fn of(numerator: i128, denominator: i128) -> Option<Self> {
        let common = divisor(numerator, denominator);
        if denominator == 0 || common == 0 {
            return None;
        }
        let sign = denominator.signum();
        let part = |value: i128| i64::try_from(value / common * sign).ok();
        Some(Self {
            numerator: part(numerator)?,
            denominator: part(denominator)?,
        })
    }

    /// The part above the line.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The part below the line.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The sum; nothing where it is beyond 64 bits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (
            i128::from(self.numerator) * i128::from(other.denominator),
            i128::from(other.numerator) * i128::from(self.denominator),
        );
        Self::of(a + b, i128::from(self.denominator) * i128::from(other.denominator))
    }

    /// The product; nothing where it is beyond 64 bits.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::of(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// Between 0 and 1.
    pub fn clamped(self) -> Self {
        if self.numerator < 0 {
            Self::ZERO
        } else if self.numerator > self.denominator {
            Self::ONE
        } else {
            self
        }
    }

    /// Rounded once, to so many places, by GB/T 8170.
    pub fn rounded(self, places: u32) -> Decimal {
        let value = Decimal::from(self.numerator)
            .checked_div(Decimal::from(self.denominator))
            .unwrap_or_default();
        language::round_gbt8170(value, i32::try_from(places).unwrap_or(0))
    }
}
