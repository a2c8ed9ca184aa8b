//! Exact numbers: rationals of bounded size. What cannot be rational (roots, logarithms, powers) is carried with sixty
//! significant digits and says that it is approximate.

use std::cmp::Ordering;
use std::fmt;

use dashu_base::{Abs, BitTest, Sign, Signed, SquareRoot, UnsignedAbs};
use dashu_float::DBig;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// Numerators and denominators may not grow beyond this many bits (some 4,900 decimal digits).
const MAX_BITS: usize = 16_384;
/// Significant decimal digits of approximate numbers.
const DIGITS: usize = 60;
/// The largest exponent of a power, and of `1e…` in a literal.
const MAX_EXPONENT: i64 = 400;

/// An exact number, or an approximate one that knows it. Compared by value.
#[derive(Debug, Clone)]
pub struct Number {
    value: RBig,
    exact: bool,
}

/// Why a number could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Division by zero, or zero to a negative power.
    #[error("division by zero")]
    DivisionByZero,
    /// Root or logarithm outside its domain, or a broken power of a negative number.
    #[error("outside the domain of the function")]
    Domain,
    /// The result has more digits than are carried.
    #[error("the number has too many digits")]
    TooLarge,
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl Eq for Number {}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::rational(RBig::from(IBig::from(value)))
    }
}

impl Number {
    /// Zero.
    pub fn zero() -> Self {
        Self::rational(RBig::ZERO)
    }

    /// One.
    pub fn one() -> Self {
        Self::rational(RBig::ONE)
    }

    /// A fraction; `None` where `below` is zero.
    pub fn fraction(above: i64, below: u64) -> Option<Self> {
        (below != 0).then(|| Self::rational(RBig::from_parts(IBig::from(above), UBig::from(below))))
    }

    /// Ten to a power.
    pub fn power_of_ten(exponent: i32) -> Self {
        let exponent = exponent.clamp(-(MAX_EXPONENT as i32), MAX_EXPONENT as i32);
        Self::rational(RBig::from(10_u8).pow(exponent as isize))
    }

    fn rational(value: RBig) -> Self {
        Self { value, exact: true }
    }

    /// Reads `12`, `-0.50`, `1.2e-3`; digits, one point, one exponent, nothing else. `None` where it is no number, or
    /// where it has more digits or a larger exponent than are carried.
    ///
    /// ```
    /// use formula::Number;
    /// assert_eq!(Number::parse("91.20").unwrap().exact_text(), "91.2");
    /// assert_eq!(Number::parse("1e-3").unwrap().exact_text(), "0.001");
    /// assert!(Number::parse("1e9999").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, broken) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: String = whole.chars().chain(broken.chars()).collect();
        if whole.is_empty() || digits.len() > 1_000 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if mantissa.contains('.') && broken.is_empty() {
            return None;
        }
        let exponent = exponent.checked_sub(broken.len() as i64)?;
        if exponent.abs() > MAX_EXPONENT + broken.len() as i64 {
            return None;
        }
        let digits: UBig = digits.parse().ok()?;
        let scale = RBig::from(10_u8).pow(exponent as isize);
        let value = RBig::from(IBig::from_parts(Sign::from(negative), digits)) * scale;
        Some(Self::rational(value))
    }

    /// The number that a float prints as (0.1 and not its binary neighbour); `None` for NaN and infinities.
    pub fn from_float(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::parse(&format!("{value:e}"))).flatten()
    }

    /// The same, as a number that says it is approximate.
    pub fn approximate(value: f64) -> Option<Self> {
        Self::from_float(value).map(|number| Self { exact: false, ..number })
    }

    /// The nearest float.
    pub fn to_f64(&self) -> f64 {
        self.value.to_f64().value()
    }

    /// Whether no step on the way was approximate.
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.value.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.value.is_negative()
    }

    /// Whether it is an integer.
    pub fn is_integer(&self) -> bool {
        self.value.is_int()
    }

    /// The integer it is, where it is one that fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.value
            .is_int()
            .then(|| i64::try_from(self.value.numerator()).ok())
            .flatten()
    }

    /// Without its sign.
    pub fn abs(&self) -> Self {
        Self {
            value: self.value.clone().abs(),
            exact: self.exact,
        }
    }

    /// With the other sign.
    pub fn negated(&self) -> Self {
        Self {
            value: -&self.value,
            exact: self.exact,
        }
    }

    /// The largest integer that is not larger.
    pub fn floor(&self) -> Self {
        Self {
            value: RBig::from(self.value.floor()),
            exact: self.exact,
        }
    }

    /// Sum.
    pub fn plus(&self, other: &Self) -> Result<Self, NumberError> {
        Self::settled(&self.value + &other.value, self.exact && other.exact)
    }

    /// Difference.
    pub fn minus(&self, other: &Self) -> Result<Self, NumberError> {
        Self::settled(&self.value - &other.value, self.exact && other.exact)
    }

    /// Product.
    pub fn times(&self, other: &Self) -> Result<Self, NumberError> {
        Self::settled(&self.value * &other.value, self.exact && other.exact)
    }

    /// Quotient.
    pub fn over(&self, other: &Self) -> Result<Self, NumberError> {
        if other.is_zero() {
            return Err(NumberError::DivisionByZero);
        }
        Self::settled(&self.value / &other.value, self.exact && other.exact)
    }

    /// Power. Whole exponents are exact, others are approximate.
    pub fn power(&self, exponent: &Self) -> Result<Self, NumberError> {
        if let Some(whole) = exponent.to_i64() {
            if whole < 0 && self.is_zero() {
                return Err(NumberError::DivisionByZero);
            }
            let magnitude = whole.unsigned_abs() as usize;
            if whole.abs() > MAX_EXPONENT || self.bits().saturating_mul(magnitude) > MAX_BITS {
                return self.broken_power(exponent);
            }
            return Self::settled(self.value.pow(whole as isize), self.exact && exponent.exact);
        }
        self.broken_power(exponent)
    }

    fn broken_power(&self, exponent: &Self) -> Result<Self, NumberError> {
        if self.is_negative() {
            return Err(NumberError::Domain);
        }
        if self.is_zero() {
            return if exponent.is_negative() {
                Err(NumberError::DivisionByZero)
            } else {
                Ok(Self::zero())
            };
        }
        self.ln()?.times(exponent)?.exp()
    }

    /// Natural logarithm. The logarithm of one is exact.
    pub fn ln(&self) -> Result<Self, NumberError> {
        if self.is_negative() || self.is_zero() {
            return Err(NumberError::Domain);
        }
        if self.value.is_one() {
            return Ok(Self {
                exact: self.exact,
                ..Self::zero()
            });
        }
        // ln(n/d) = ln n − ln d loses nothing that sixty digits and a guard do not hold.
        Self::of_float(&self.to_float().ln())
    }

    /// e to the power of it.
    pub fn exp(&self) -> Result<Self, NumberError> {
        if self.is_zero() {
            return Ok(Self {
                exact: self.exact,
                ..Self::one()
            });
        }
        if self.abs() > Self::from(1_000) {
            return Err(NumberError::TooLarge);
        }
        Self::of_float(&self.to_float().exp())
    }

    /// Square root; exact for squares of fractions.
    pub fn sqrt(&self) -> Result<Self, NumberError> {
        if self.is_negative() {
            return Err(NumberError::Domain);
        }
        if self.is_zero() {
            return Ok(self.clone());
        }
        let (above, below) = (self.value.numerator().unsigned_abs(), self.value.denominator().clone());
        let root = RBig::from_parts(IBig::from(above.sqrt()), below.sqrt());
        if &root * &root == self.value {
            return Self::settled(root, self.exact);
        }
        Self::of_float(&self.to_float().sqrt())
    }

    fn to_float(&self) -> DBig {
        let above = DBig::from_parts(self.value.numerator().clone(), 0)
            .with_precision(DIGITS + 20)
            .value();
        let below = DBig::from_parts(IBig::from(self.value.denominator().clone()), 0)
            .with_precision(DIGITS + 20)
            .value();
        above / below
    }

    fn of_float(value: &DBig) -> Result<Self, NumberError> {
        let value = value.clone().with_precision(DIGITS).value();
        let exponent = value.repr().exponent();
        if exponent.unsigned_abs() > 2_000 {
            return Err(NumberError::TooLarge);
        }
        let scale = RBig::from(10_u8).pow(exponent);
        Ok(Self {
            value: RBig::from(value.repr().significand().clone()) * scale,
            exact: false,
        })
    }

    fn bits(&self) -> usize {
        self.value.numerator().bit_len().max(self.value.denominator().bit_len())
    }

    /// Holds the size: an exact result that is too long is refused, an approximate one is cut to its digits.
    fn settled(value: RBig, exact: bool) -> Result<Self, NumberError> {
        let number = Self { value, exact };
        if exact {
            return if number.bits() > MAX_BITS {
                Err(NumberError::TooLarge)
            } else {
                Ok(number)
            };
        }
        if number.bits() > 1_024 {
            return Self::of_float(&number.to_float());
        }
        Ok(number)
    }

    /// The nearest multiple of `step`, a half going to the even multiple. A step of zero leaves the number as it is.
    pub(crate) fn to_multiple_half_even(&self, step: &Self) -> Self {
        if step.is_zero() {
            return self.clone();
        }
        let quotient = &self.value / &step.value;
        let floor = quotient.floor();
        let rest = &quotient - RBig::from(floor.clone());
        let half = RBig::from_parts(IBig::ONE, UBig::from(2_u8));
        let up = match rest.cmp(&half) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => floor.bit(0),
        };
        let multiple = if up { floor + IBig::ONE } else { floor };
        Self {
            value: RBig::from(multiple) * &step.value,
            exact: self.exact,
        }
    }

    /// As a decimal, where it has an end within 1,000 places.
    pub fn decimal(&self) -> Option<String> {
        let mut below = self.value.denominator().clone();
        let (mut twos, mut fives) = (0_usize, 0_usize);
        while !below.bit(0) {
            below >>= 1;
            twos += 1;
        }
        let five = UBig::from(5_u8);
        while twos <= 1_000 && fives <= 1_000 {
            let (quotient, rest) = (&below / &five, &below % &five);
            if !rest.is_zero() {
                break;
            }
            below = quotient;
            fives += 1;
        }
        let places = twos.max(fives);
        (below.is_one() && places <= 1_000).then(|| self.with_places(places))
    }

    /// The number as it is: a decimal where it has an end, else `numerator/denominator`.
    ///
    /// ```
    /// use formula::Number;
    /// assert_eq!(Number::fraction(3, 8).unwrap().exact_text(), "0.375");
    /// assert_eq!(Number::fraction(-2, 3).unwrap().exact_text(), "-2/3");
    /// ```
    pub fn exact_text(&self) -> String {
        self.decimal()
            .unwrap_or_else(|| format!("{}/{}", self.value.numerator(), self.value.denominator()))
    }

    /// Rounded to `places` decimal places after GB/T 8170, and shown with exactly that many.
    pub fn with_places(&self, places: usize) -> String {
        let places = places.min(1_000);
        let scaled = &self.value * RBig::from(10_u8).pow(places as isize);
        let whole = Self {
            value: scaled,
            exact: true,
        }
        .to_multiple_half_even(&Self::one());
        let digits = whole.value.numerator().unsigned_abs().to_string();
        let negative = whole.is_negative();
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, broken) = padded.split_at(padded.len() - places);
        let sign = if negative { "-" } else { "" };
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{broken}")
        }
    }

    /// With at most `digits` significant digits, trailing zeros cut: how a number is shown inside a sentence.
    pub fn brief(&self, digits: usize) -> String {
        if let Some(text) = self.decimal()
            && text.bytes().filter(u8::is_ascii_digit).count() <= digits
        {
            return text;
        }
        let size = self.to_f64().abs();
        // Beyond the floats a number is shown whole, or as nearly nothing.
        let before = match size.log10() {
            magnitude if magnitude.is_finite() => magnitude.floor() as i64 + 1,
            magnitude if magnitude.is_sign_negative() => -300,
            _ => 400,
        };
        let places = (digits as i64 - before).clamp(0, 300) as usize;
        let text = self.with_places(places);
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact_text())
    }
}
