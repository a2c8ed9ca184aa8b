//! Days and periods as standards and data write them.

use jiff::civil::Date;

/// A period: a year, a month of it, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// Reads `2022`, `2022-07`, `2022年7月`, `2022-07-01`.
    ///
    /// ```
    /// use indicator::Period;
    /// let july = Period::read("2022-07").unwrap();
    /// assert_eq!(july.to_string(), "2022-07");
    /// assert!(Period::read("2022").unwrap().covers(july));
    /// assert!(Period::read("2022-13").is_none());
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().replace(['年', '月', '/', '.'], "-").replace('日', "");
        let parts: Vec<&str> = text.trim_end_matches('-').split('-').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i16>().ok());
        let year = number(0).filter(|year| (1900..=2200).contains(year))?;
        match parts.len() {
            1 => Some(Self {
                first: Date::new(year, 1, 1).ok()?,
                last: Date::new(year, 12, 31).ok()?,
            }),
            2 => {
                let first = Date::new(year, i8::try_from(number(1)?).ok()?, 1).ok()?;
                Some(Self {
                    first,
                    last: first.last_of_month(),
                })
            }
            3 => {
                let (month, day) = (number(1)?, number(2)?);
                let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
                Some(Self { first: day, last: day })
            }
            _ => None,
        }
    }

    /// Its first day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub const fn last(self) -> Date {
        self.last
    }

    /// Whether another period lies within this one.
    pub fn covers(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// How many years lie between the ends of this period and of another, by months.
    ///
    /// ```
    /// use indicator::Period;
    /// let of = |text| Period::read(text).unwrap();
    /// assert!((of("2022").years_to(of("2024")) - 2.0).abs() < 1e-12);
    /// assert!((of("2022-07").years_to(of("2023-01")) - 0.5).abs() < 1e-12);
    /// ```
    pub fn years_to(self, other: Self) -> f64 {
        let months = |day: Date| f64::from(day.year()) * 12.0 + f64::from(day.month());
        (months(other.last) - months(self.last)) / 12.0
    }

    /// The period of the same length right before it.
    pub fn before(self) -> Option<Self> {
        let last = self.first.yesterday().ok()?;
        let text = self.to_string();
        let first = match text.len() {
            4 => last.first_of_year(),
            7 => last.first_of_month(),
            _ => last,
        };
        Some(Self { first, last })
    }
}

/// Months of a span: `3年`, `36个月`, `3 years`, `36 months`.
pub(crate) fn months(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let months = match text.strip_prefix(digits)?.trim() {
        "年" | "year" | "years" => 12,
        "月" | "个月" | "month" | "months" => 1,
        _ => return None,
    };
    let count: u16 = digits.parse().ok()?;
    count.checked_mul(months).filter(|months| (1..=1_200).contains(months))
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, last) = (self.first, self.last);
        if first == last {
            write!(f, "{first}")
        } else if first.month() == last.month() {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else {
            write!(f, "{:04}", first.year())
        }
    }
}
