//! Amounts that are added up and compared: counts, and decimals to six places, exactly.

use serde_json::Value;
use std::fmt;

/// Millionths.
const SCALE: i128 = 1_000_000;
/// Digits behind the point.
const PLACES: usize = 6;

/// An amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(i128);

impl Amount {
    /// Of a count.
    pub fn count(count: u64) -> Self {
        Self(i128::from(count) * SCALE)
    }

    /// Of a number, or of digits: `-12.5`. Nothing where it is none, or has more places than are reckoned with.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::read(&number.to_string()),
            Value::String(text) => Self::read(text.trim()),
            _ => None,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !sound(whole) || !sound(part) || part.len() > PLACES {
            return None;
        }
        let part: i128 = format!("{part:0<PLACES$}").parse().ok()?;
        let amount = whole.parse::<i128>().ok()?.checked_mul(SCALE)?.checked_add(part)?;
        Some(Self(if negative { -amount } else { amount }))
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (
            self.0.unsigned_abs() / SCALE as u128,
            self.0.unsigned_abs() % SCALE as u128,
        );
        let part = format!("{part:0>PLACES$}");
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_added_and_printed_exactly() {
        let read = |text: &str| Amount::read(text).unwrap();
        assert_eq!(read("0.1").plus(read("0.2")), read("0.3"));
        assert_eq!(read("-12.50").to_string(), "-12.5");
        assert_eq!(read("100").to_string(), "100");
        assert_eq!(read("-3").plus(read("2.75")).to_string(), "-0.25");
        assert!(Amount::read("1e3").is_none() && Amount::read("").is_none() && Amount::read("0.0000001").is_none());
        assert!(Amount::count(3) > read("2.999999"));
    }
}
