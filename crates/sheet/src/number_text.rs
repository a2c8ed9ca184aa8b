//! Numbers as people write them: full-width digits, thousands separators, numbers typed as text.

use rust_decimal::Decimal;

/// Turns full-width digits, letters, signs and spaces into their plain forms.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{A0}' => ' ',
            '−' => '-',
            other => other,
        })
        .collect()
}

/// Reads a number from text: `1,234.5`, `１２３４`, `+5`; groups of three only, no units, no exponents.
///
/// ```
/// use sheet::read_number;
/// assert_eq!(read_number(" １，２３４．５ "), "1234.5".parse().ok());
/// assert_eq!(read_number("1,23"), None);
/// assert_eq!(read_number("约5"), None);
/// ```
pub fn read_number(text: &str) -> Option<Decimal> {
    let text = half_width(text);
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = ungroup(whole)?;
    if let Some(fraction) = fraction
        && (fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let plain = match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    };
    Decimal::from_str_exact(&plain).ok()
}

/// Takes the thousands separators out of a whole number; `None` when it is none.
fn ungroup(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(',').collect();
    let all_digits = groups
        .iter()
        .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (all_digits && grouped).then(|| groups.concat())
}

/// The decimal that a sheet's number shows: the shortest that reads back as the same number.
pub fn from_float(number: f64) -> Option<Decimal> {
    number
        .is_finite()
        .then(|| format!("{number}"))
        .and_then(|text| Decimal::from_str_exact(&text).ok())
}

/// A sheet's number that holds a decimal exactly, if there is one.
pub fn to_float(number: Decimal) -> Option<f64> {
    let float: f64 = number.to_string().parse().ok()?;
    (from_float(float) == Some(number)).then_some(float)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (text, value) in [
            ("1,234,567", "1234567"),
            ("-12", "-12"),
            ("＋３．５０", "3.50"),
            ("0.1", "0.1"),
            ("1234567", "1234567"),
        ] {
            assert_eq!(read_number(text), Some(value.parse().unwrap()), "{text}");
        }
        for text in [
            "", "-", "1e5", "1,2345", "12,34", ",123", "1.", ".5", "5%", "５个", "1 2",
        ] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn floats_keep_only_what_they_hold() {
        assert_eq!(to_float("0.1".parse().unwrap()), Some(0.1));
        assert_eq!(to_float("0.1000000000000000000001".parse().unwrap()), None);
        assert_eq!(from_float(f64::NAN), None);
        assert_eq!(from_float(1e300), None);
    }
}
