//! The period of a report: a month or a quarter.

use jiff::{ToSpan, civil::Date};
use language::{Lang, t};
use std::{fmt, str::FromStr};

/// A month or a quarter of a year, as the address writes it: `2026-10`, `2026Q3`.
///
/// ```
/// use platform::report::period::Period;
/// let quarter: Period = "2026Q3".parse()?;
/// assert_eq!(quarter.first(), jiff::civil::date(2026, 7, 1));
/// assert_eq!(quarter.last(), jiff::civil::date(2026, 9, 30));
/// assert_eq!("2026-02".parse::<Period>()?.last(), jiff::civil::date(2026, 2, 28));
/// assert!("2026-13".parse::<Period>().is_err());
/// # Ok::<(), platform::report::period::NoPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The month of this first day.
    Month(Date),
    /// The quarter of this first day.
    Quarter(Date),
}

/// A text that names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period: write a month as 2026-10 or a quarter as 2026Q3")]
pub struct NoPeriod(pub String);

impl Period {
    /// The month in which a day lies.
    pub fn month_of(day: Date) -> Self {
        Self::Month(day.first_of_month())
    }

    /// The first day.
    pub const fn first(self) -> Date {
        match self {
            Self::Month(first) | Self::Quarter(first) => first,
        }
    }

    /// The last day.
    pub fn last(self) -> Date {
        match self {
            Self::Month(first) => first.last_of_month(),
            Self::Quarter(first) => first.checked_add(2.months()).unwrap_or(first).last_of_month(),
        }
    }

    /// The day before the first: the state at its end is what the period began with.
    pub fn eve(self) -> Date {
        self.first().yesterday().unwrap_or(self.first())
    }

    /// The last day whose end has come or is today: a period that still runs is reported up to today.
    pub fn until(self, today: Date) -> Date {
        self.last().min(today.max(self.first()))
    }

    /// The period before, of the same kind.
    pub fn before(self) -> Self {
        let back = |months: i32| self.first().checked_sub(months.months()).unwrap_or(self.first());
        match self {
            Self::Month(_) => Self::Month(back(1)),
            Self::Quarter(_) => Self::Quarter(back(3)),
        }
    }

    /// Its name: `2026年10月`, `2026年第三季度`.
    pub fn name(self, lang: Lang) -> String {
        match self {
            Self::Month(first) => language::year_month(lang, first),
            Self::Quarter(first) => {
                let (year, quarter) = (first.year().to_string(), (first.month() + 2) / 3);
                match (lang, quarter) {
                    (Lang::En, q) => t!(lang, "report-quarter", year = year, quarter = q.to_string()),
                    (Lang::Zh, q) => {
                        let word = ["一", "二", "三", "四"]
                            .get(usize::try_from(q - 1).unwrap_or(0))
                            .copied()
                            .unwrap_or("");
                        t!(lang, "report-quarter", year = year, quarter = word)
                    }
                }
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(first) => write!(f, "{}-{:02}", first.year(), first.month()),
            Self::Quarter(first) => write!(f, "{}Q{}", first.year(), (first.month() + 2) / 3),
        }
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let bad = || NoPeriod(text.chars().take(20).collect());
        let (year, month, quarter) = match (text.split_once('-'), text.split_once('Q')) {
            (Some((year, month)), _) => (year, month.parse::<i8>().map_err(|_| bad())?, false),
            (_, Some((year, number))) => (
                year,
                number
                    .parse::<i8>()
                    .map_err(|_| bad())?
                    .checked_mul(3)
                    .and_then(|m| m.checked_sub(2))
                    .ok_or_else(bad)?,
                true,
            ),
            _ => return Err(bad()),
        };
        let year: i16 = year.parse().map_err(|_| bad())?;
        if !(2000..=2200).contains(&year) {
            return Err(bad());
        }
        let first = Date::new(year, month, 1).map_err(|_| bad())?;
        Ok(if quarter {
            Self::Quarter(first)
        } else {
            Self::Month(first)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_period_comes_back_from_its_text_and_the_one_before_ends_on_its_eve() {
        for text in ["2024-11", "2025-02", "2026-01", "2026Q1", "2026Q4"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.before().last(), period.eve());
        }
        for bad in ["", "2026", "2026-0", "2026Q0", "2026Q5", "Q3", "1-1", "2026-1-1"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_running_period_is_reported_up_to_today() {
        let november: Period = "2026-11".parse().unwrap();
        assert_eq!(
            november.until(jiff::civil::date(2026, 11, 23)),
            jiff::civil::date(2026, 11, 23)
        );
        assert_eq!(
            november.until(jiff::civil::date(2027, 1, 1)),
            jiff::civil::date(2026, 11, 30)
        );
    }

    #[test]
    fn a_period_is_named_as_people_name_it() {
        assert_eq!("2026Q3".parse::<Period>().unwrap().name(Lang::Zh), "2026年第三季度");
        assert_eq!("2026Q3".parse::<Period>().unwrap().name(Lang::En), "Quarter 3 of 2026");
        assert_eq!("2026-10".parse::<Period>().unwrap().name(Lang::Zh), "2026年10月");
    }
}
