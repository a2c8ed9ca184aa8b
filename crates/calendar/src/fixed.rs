//! The holidays whose day of the sun year is fixed by 《全国年节及纪念日放假办法》 (State Council; as revised on
//! 10 November 2024, in force from 1 January 2025): off before the notice of their year says how they are arranged.

use jiff::civil::Date;

/// A holiday that the regulation fixes to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FixedHoliday {
    /// 元旦, 1 January.
    NewYear,
    /// 劳动节, 1 May, and 2 May from 2025 on.
    LabourDay,
    /// 国庆节, 1 to 3 October.
    NationalDay,
}

/// The first year in which 2 May is a holiday.
const SECOND_OF_MAY_SINCE: i16 = 2025;
/// From the revision of 1999 on the other days stand as they do now.
const SINCE: i16 = 2000;

/// The holiday that is fixed to a day, if it is one. 春节, 清明, 端午 and 中秋 follow the moon or the sun's course and
/// wait for the notice.
pub(crate) fn fixed_holiday(date: Date) -> Option<FixedHoliday> {
    if date.year() < SINCE {
        return None;
    }
    match (date.month(), date.day()) {
        (1, 1) => Some(FixedHoliday::NewYear),
        (5, 1) => Some(FixedHoliday::LabourDay),
        (5, 2) if date.year() >= SECOND_OF_MAY_SINCE => Some(FixedHoliday::LabourDay),
        (10, 1..=3) => Some(FixedHoliday::NationalDay),
        _ => None,
    }
}
