//! What a single day is: worked, off, and whether a notice has settled it.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::fixed::{FixedHoliday, fixed_holiday};
use crate::notice::notice_year_of_december;
use crate::shipped::SHIPPED;
use crate::{CalendarError, Notice, NoticeDay, NoticeKind, NoticeSource};

/// Whether the notice that settles a day has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// The notice is here: the answer is final.
    Yes,
    /// It is not (未公布, or a year before the first file): the answer follows weekdays and the holidays that are fixed by
    /// law, and may change.
    No,
}

impl Known {
    /// Known only if both are.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Yes { other } else { Self::No }
    }
}

/// Why a day is worked or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayStatus<'a> {
    /// An ordinary Monday to Friday.
    Workday,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A day off that a notice names.
    Holiday(&'a NoticeDay),
    /// A day off by the State Council's regulation itself, in a year whose notice has not been read.
    Fixed(FixedHoliday),
    /// A worked Saturday or Sunday that a notice names (调休上班).
    MakeUp(&'a NoticeDay),
}

impl DayStatus<'_> {
    /// Whether people work on such a day.
    pub fn is_worked(self) -> bool {
        matches!(self, Self::Workday | Self::MakeUp(_))
    }
}

/// A day with its reason and whether that is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// The day.
    pub date: Date,
    /// Why it is worked or not.
    pub status: DayStatus<'a>,
    /// Whether a notice has settled it.
    pub known: Known,
}

/// The working days of the years it has read; other years by weekday and the holidays fixed by law, marked
/// [`Known::No`].
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    sources: BTreeMap<i16, NoticeSource>,
    days: BTreeMap<Date, NoticeDay>,
}

impl Calendar {
    /// The shipped years: 2024, 2025 and 2026.
    pub fn china() -> Result<Self, CalendarError> {
        SHIPPED
            .iter()
            .try_fold(Self::default(), |calendar, (file, text)| calendar.with(file, text))
    }

    /// This calendar with one more year, read from the text of a calendar file; `file` is the name an error
    /// will show. Refuses a year that is already there.
    pub fn with(mut self, file: &str, text: &str) -> Result<Self, CalendarError> {
        let Notice { year, source, days } = Notice::read(file, text)?;
        if self.sources.contains_key(&year) {
            return Err(CalendarError::DoubledYear {
                file: file.to_owned(),
                year,
            });
        }
        self.sources.insert(year, source);
        self.days.extend(days.into_iter().map(|day| (day.date, day)));
        Ok(self)
    }

    /// The years whose notice has been read, earliest first.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.sources.keys().copied()
    }

    /// The notice that arranges a year, for a footnote; none if it has not been read.
    pub fn source(&self, year: i16) -> Option<&NoticeSource> {
        self.sources.get(&year)
    }

    /// Whether a day is settled: the notice of its year is here, and for the last days of December also the
    /// next year's, which may reach back to them.
    pub fn known(&self, date: Date) -> Known {
        let own = self.sources.contains_key(&date.year());
        let next = notice_year_of_december(date).is_none_or(|year| self.sources.contains_key(&year));
        if own && next { Known::Yes } else { Known::No }
    }

    /// What a day is, why, and whether that is final.
    pub fn day(&self, date: Date) -> Day<'_> {
        let fixed = fixed_holiday(date).filter(|_| !self.sources.contains_key(&date.year()));
        let status = match self.days.get(&date) {
            Some(day) if day.kind == NoticeKind::Off => DayStatus::Holiday(day),
            Some(day) => DayStatus::MakeUp(day),
            None => match fixed {
                Some(holiday) => DayStatus::Fixed(holiday),
                None if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) => DayStatus::Weekend,
                None => DayStatus::Workday,
            },
        };
        Day {
            date,
            status,
            known: self.known(date),
        }
    }

    /// Whether people work on that day.
    pub fn is_workday(&self, date: Date) -> bool {
        self.day(date).status.is_worked()
    }
}
