//! Days as people and sheets write them.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use crate::number_text::half_width;

/// The serials that a bare number is read as: 1950-01-01 to 2099-12-31. A bare 2025 is a year, not 1905-07-17.
const BARE_SERIALS: std::ops::RangeInclusive<i64> = 18_264..=73_050;

/// Day 61 of the 1900 calendar is 1900-03-01; before it the calendar counts a 29 February that never was.
const FIRST_SERIAL: i64 = 61;

/// Day 0 of the 1900 calendar as it counts from 1900-03-01 on.
fn epoch() -> Date {
    jiff::civil::date(1899, 12, 30)
}

/// The day that a serial number of the 1900 calendar stands for, from 1900-03-01 to 9999-12-31.
pub fn from_serial(serial: i64) -> Option<Date> {
    if serial < FIRST_SERIAL {
        return None;
    }
    epoch().checked_add(serial.days()).ok()
}

/// The serial number of a day, from 1900-03-01 on.
pub fn to_serial(date: Date) -> Option<i64> {
    let days = epoch().until((Unit::Day, date)).ok()?.get_days();
    Some(i64::from(days)).filter(|serial| *serial >= FIRST_SERIAL)
}

/// A day read from text or from a number without a date format, and whether a time of day was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Whether the text went on with a time other than midnight.
    pub time_dropped: bool,
}

/// Reads a day from text: `2025-03-01`, `2025/3/1`, `2025.3.1`, `2025年3月1日`, `20250301`, a serial such as
/// `45717`; full-width digits too; a time of day after it is dropped.
///
/// ```
/// use sheet::read_day;
/// let day = jiff::civil::date(2025, 3, 1);
/// for text in ["2025-03-01", "2025/3/1", "2025年3月1日", "20250301", "２０２５年３月１日", "45717"] {
///     assert_eq!(read_day(text).map(|d| d.date), Some(day), "{text}");
/// }
/// assert_eq!(read_day("2025年3月"), None);
/// ```
pub fn read_day(text: &str) -> Option<Day> {
    let text = half_width(text);
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return from_digits(text.parse().ok()?).map(|date| Day {
            date,
            time_dropped: false,
        });
    }
    let (year, rest) = number(text)?;
    let (separator, rest) = first(rest)?;
    let (month, rest) = number(rest)?;
    let (second, rest) = first(rest)?;
    let (day, rest) = number(rest)?;
    let rest = match (separator, second) {
        ('-', '-') | ('/', '/') | ('.', '.') => rest,
        ('年', '月') => rest.strip_prefix(['日', '号'])?,
        _ => return None,
    };
    let time_dropped = match rest.trim_start_matches('T').trim() {
        "" => false,
        time => !is_midnight(time)?,
    };
    let (year, month, day) = (
        i16::try_from(year).ok().filter(|y| (1000..=9999).contains(y))?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    Some(Day {
        date: Date::new(year, month, day).ok()?,
        time_dropped,
    })
}

/// Reads a day from a number without a date format: `20250301`, or a serial of 1950 to 2099.
pub fn from_digits(number: i64) -> Option<Date> {
    if BARE_SERIALS.contains(&number) {
        return from_serial(number);
    }
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    if !(1000..=9999).contains(&year) {
        return None;
    }
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// A run of at most four digits, spaces around it allowed.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 || end > 4 {
        return None;
    }
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

/// The next character that is no space.
fn first(text: &str) -> Option<(char, &str)> {
    let text = text.trim_start();
    let next = text.chars().next()?;
    Some((next, &text[next.len_utf8()..]))
}

/// Whether a time of day is midnight; `None` when it is no time at all.
fn is_midnight(time: &str) -> Option<bool> {
    let time = time.trim_end_matches('Z');
    let parts: Vec<&str> = time.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut midnight = true;
    for part in parts {
        let number: f64 = part.parse().ok()?;
        if !(0.0..=60.0).contains(&number) {
            return None;
        }
        midnight &= number == 0.0;
    }
    Some(midnight)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn serials_agree_with_the_calendar() {
        assert_eq!(from_serial(45_717), Some(date(2025, 3, 1)));
        assert_eq!(to_serial(date(2025, 3, 1)), Some(45_717));
        assert_eq!(from_serial(61), Some(date(1900, 3, 1)));
        assert_eq!(from_serial(60), None);
        assert_eq!(from_serial(2_958_465), Some(date(9999, 12, 31)));
        assert_eq!(from_serial(2_958_466), None);
        assert_eq!(to_serial(date(1899, 1, 1)), None);
    }

    #[test]
    fn a_time_is_dropped_and_said_so() {
        assert!(!read_day("2025-03-01 00:00:00").unwrap().time_dropped);
        assert!(read_day("2025/3/1 14:30").unwrap().time_dropped);
        assert!(read_day("2025-03-01T08:00:00Z").unwrap().time_dropped);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2025",
            "25-3-1",
            "2025-13-01",
            "2025-02-29",
            "2025-03/01",
            "三月一日",
            "2025年3月1",
            "20250332",
            "2025-03-01 noon",
            "2025-03-01 99:99",
            "约2025-3-1",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }
}
