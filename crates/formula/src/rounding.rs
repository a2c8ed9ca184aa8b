//! Rounding (修约) and the judging of limits (极限数值) by GB/T 8170—2008.

use std::cmp::Ordering;

use crate::Number;

/// A rounding interval (修约间隔): 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval(Number);

/// How a measured or computed value is compared with a limit (GB/T 8170—2008, 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LimitRule {
    /// 全数值比较法: the value as it is, not rounded. Holds where nothing else is said (4.3.1).
    #[default]
    FullValue,
    /// 修约值比较法: the value rounded to the places of the limit.
    RoundedValue,
}

impl Interval {
    /// An interval from its value: `0.1`, `1`, `0.5`, `20`. `None` where the value is not 1, 2 or 5 × 10ⁿ.
    ///
    /// ```
    /// use formula::{Interval, Number};
    /// let tenth = Interval::new(&Number::parse("0.1").unwrap()).unwrap();
    /// assert_eq!(tenth.round(&Number::parse("1.050").unwrap()).exact_text(), "1");
    /// assert_eq!(tenth.round(&Number::parse("0.35").unwrap()).exact_text(), "0.4");
    /// assert!(Interval::new(&Number::from(3)).is_none());
    /// ```
    pub fn new(value: &Number) -> Option<Self> {
        let text = value.decimal()?;
        let mut digits = text.bytes().filter(|b| b.is_ascii_digit() && *b != b'0');
        let leading = digits.next()?;
        let sound = digits.next().is_none() && matches!(leading, b'1' | b'2' | b'5') && !value.is_negative();
        sound.then(|| Self(value.clone()))
    }

    /// The interval of so many decimal places.
    pub fn of_places(places: u8) -> Self {
        Self(Number::power_of_ten(-i32::from(places)))
    }

    /// The interval's value.
    pub const fn value(&self) -> &Number {
        &self.0
    }

    /// Decimal places that a value rounded so is written with.
    pub fn places(&self) -> usize {
        self.0
            .decimal()
            .and_then(|text| text.split_once('.').map(|(_, broken)| broken.len()))
            .unwrap_or(0)
    }

    /// The multiple of the interval nearest to the value, at once and never in two steps; of two equally near ones the
    /// even multiple (3.2, 3.3, 3.4).
    pub fn round(&self, value: &Number) -> Number {
        value.to_multiple_half_even(&self.0)
    }
}

impl LimitRule {
    /// How the value stands to the limit. `interval` is that of the last place of the limit; without one, a rounded
    /// comparison cannot be made and the full value decides.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use formula::{Interval, LimitRule, Number};
    /// let (value, limit) = (Number::parse("96.96").unwrap(), Number::parse("97.0").unwrap());
    /// let tenth = Interval::of_places(1);
    /// assert_eq!(LimitRule::FullValue.compare(&value, &limit, Some(&tenth)), Ordering::Less);
    /// assert_eq!(LimitRule::RoundedValue.compare(&value, &limit, Some(&tenth)), Ordering::Equal);
    /// ```
    pub fn compare(self, value: &Number, limit: &Number, interval: Option<&Interval>) -> Ordering {
        match (self, interval) {
            (Self::RoundedValue, Some(interval)) => interval.round(value).cmp(limit),
            _ => value.cmp(limit),
        }
    }
}
