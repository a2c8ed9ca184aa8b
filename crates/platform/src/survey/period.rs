//! Periods of a survey: years, quarters, months. Pure.

use serde::{Deserialize, Serialize};

/// How often units report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// `2026`.
    Year,
    /// `2026Q3`.
    Quarter,
    /// `2026-09`.
    Month,
}

impl Frequency {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    /// The id that stands in data and messages.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    /// By id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| frequency.id() == id)
    }

    /// A period of this frequency as it is written everywhere; periods so written sort by time. Nothing where it is none.
    pub fn period(self, text: &str) -> Option<String> {
        let text = text.trim().to_ascii_uppercase();
        let (year, rest) = text.split_at_checked(4)?;
        let written = |range: std::ops::RangeInclusive<u8>, digits: &str, width: usize| {
            let number: u8 = digits.parse().ok()?;
            (digits.len() <= width && digits.bytes().all(|b| b.is_ascii_digit()) && range.contains(&number))
                .then_some(number)
        };
        if !year.bytes().all(|b| b.is_ascii_digit()) || !("1949"..="2999").contains(&year) {
            return None;
        }
        match self {
            Self::Year => rest.is_empty().then(|| year.to_owned()),
            Self::Quarter => {
                let digits = rest.trim_start_matches('-').strip_prefix('Q')?;
                written(1..=4, digits, 1).map(|quarter| format!("{year}Q{quarter}"))
            }
            Self::Month => {
                let digits = rest.strip_prefix('-')?;
                written(1..=12, digits, 2).map(|month| format!("{year}-{month:02}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_in_one_way() {
        assert_eq!(Frequency::Year.period(" 2026 ").as_deref(), Some("2026"));
        assert_eq!(Frequency::Quarter.period("2026-q3").as_deref(), Some("2026Q3"));
        assert_eq!(Frequency::Month.period("2026-9").as_deref(), Some("2026-09"));
        for (frequency, wrong) in [
            (Frequency::Year, "2026-09"),
            (Frequency::Year, "26"),
            (Frequency::Quarter, "2026Q5"),
            (Frequency::Month, "2026-13"),
            (Frequency::Month, "二〇二六"),
        ] {
            assert_eq!(frequency.period(wrong), None, "{wrong}");
        }
    }
}
