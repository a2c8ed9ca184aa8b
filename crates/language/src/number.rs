//! Numbers as people read them, and rounding by GB/T 8170—2008.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::Lang;

/// A number with its thousands grouped, all its decimal places kept.
///
/// ```
/// # use rust_decimal::Decimal;
/// assert_eq!(language::number(1_020_000), "1,020,000");
/// assert_eq!(language::number(Decimal::new(-123_450, 2)), "-1,234.50");
/// ```
pub fn number(value: impl Into<Decimal>) -> String {
    group(&value.into().to_string())
}

pub(crate) fn group(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    text.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A share (1 is the whole) as a percentage, rounded to `places` by GB/T 8170.
///
/// ```
/// # use rust_decimal::Decimal;
/// assert_eq!(language::percent(Decimal::new(4535, 4), 1), "45.4%");
/// assert_eq!(language::percent(Decimal::ONE, 0), "100%");
/// ```
pub fn percent(share: Decimal, places: u32) -> String {
    let hundredfold = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{}%", with_places(hundredfold, places))
}

/// A value rounded by GB/T 8170 and shown with exactly `places` decimal places, grouped.
///
/// ```
/// # use rust_decimal::Decimal;
/// assert_eq!(language::with_places(Decimal::new(2, 0), 2), "2.00");
/// ```
pub fn with_places(value: Decimal, places: u32) -> String {
    let places = places.min(Decimal::MAX_SCALE);
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    let shown = format!("{rounded:.*}", places as usize);
    // "-0.0" says nothing that "0.0" does not.
    group(if rounded.is_zero() {
        shown.trim_start_matches('-')
    } else {
        &shown
    })
}

/// Rounding (修约) by GB/T 8170—2008, 3.2: to `places` decimal places; negative `places` round to tens, hundreds, ….
/// A remainder of exactly half goes to the even digit, decided on the whole value at once and never in two steps (3.3).
///
/// ```
/// # use rust_decimal::Decimal;
/// # use language::round_gbt8170;
/// assert_eq!(round_gbt8170(Decimal::new(1050, 3), 1), Decimal::new(10, 1)); // 1.050 → 1.0
/// assert_eq!(round_gbt8170(Decimal::new(35, 2), 1), Decimal::new(4, 1)); // 0.35 → 0.4
/// assert_eq!(round_gbt8170(Decimal::from(2500), -3), Decimal::from(2000));
/// ```
pub fn round_gbt8170(value: Decimal, places: i32) -> Decimal {
    if let Ok(places) = u32::try_from(places) {
        return value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    }
    // A Decimal has at most 29 digits before the point, so what is rounded coarser than that is nothing.
    10_i128
        .checked_pow(places.unsigned_abs())
        .and_then(|step| Decimal::try_from_i128_with_scale(step, 0).ok())
        .map_or(Decimal::ZERO, |step| round_gbt8170_to_step(value, step))
}

/// Rounding by GB/T 8170—2008 to a multiple of `step` (修约间隔), as 3.4.1 (0.5 单位修约) and 3.4.2 (0.2 单位修约) ask;
/// half a step goes to the even multiple. A step of zero, or one too fine for the value, leaves it as it is.
///
/// ```
/// # use rust_decimal::Decimal;
/// # use language::round_gbt8170_to_step;
/// let half = Decimal::new(5, 1);
/// assert_eq!(round_gbt8170_to_step(Decimal::new(6025, 2), half), Decimal::new(600, 1)); // 60.25 → 60.0
/// ```
pub fn round_gbt8170_to_step(value: Decimal, step: Decimal) -> Decimal {
    let step = step.abs();
    let (Some(quotient), Some(rest)) = (value.checked_div(step), value.checked_rem(step)) else {
        return value;
    };
    let multiples = quotient.trunc();
    let twice = rest.abs().checked_mul(Decimal::TWO);
    let odd = !(multiples % Decimal::TWO).is_zero();
    let away = twice.is_some_and(|twice| twice > step || (twice == step && odd));
    let direction = if value.is_sign_negative() {
        Decimal::NEGATIVE_ONE
    } else {
        Decimal::ONE
    };
    let multiples = if away { multiples + direction } else { multiples };
    multiples.checked_mul(step).unwrap_or(value)
}

/// The size of a file as the desktops of most readers write it: 1 KB is 1024 bytes, and a whole number has no decimal.
///
/// ```
/// use language::{Lang, file_size};
/// assert_eq!(file_size(Lang::Zh, 512), "512 字节");
/// assert_eq!(file_size(Lang::En, 50 * 1024 * 1024), "50 MB");
/// assert_eq!(file_size(Lang::En, 2_048_000), "2.0 MB");
/// ```
pub fn file_size(lang: Lang, bytes: u64) -> String {
    if bytes < 1024 {
        return crate::format(lang, "size-bytes", &[("count", crate::Arg::from(bytes))]);
    }
    let mut unit: i128 = 1024;
    for name in ["KB", "MB", "GB"] {
        // 1023.95 and more of a unit would print as 1024.0.
        if i128::from(bytes) * 100 < unit * 102_395 || name == "GB" {
            let places = u32::from(i128::from(bytes) % unit != 0);
            let Ok(unit) = Decimal::try_from_i128_with_scale(unit, 0) else {
                break;
            };
            return format!("{} {name}", with_places(Decimal::from(bytes) / unit, places));
        }
        unit *= 1024;
    }
    format!("{bytes}")
}
