//! One year's notice as its file says it: source, days off, make-up days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use crate::CalendarError;

/// The holidays of one year, as the State Council's General Office announced them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The year the notice arranges.
    pub year: i16,
    /// Which notice it is.
    pub source: NoticeSource,
    /// The days it names, off or worked; other days follow their weekday.
    #[serde(rename = "day")]
    pub days: Vec<NoticeDay>,
}

/// Title, number and date of a notice, for a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeSource {
    /// The official Chinese title.
    pub title: String,
    /// An English rendering of the title; unofficial.
    pub title_en: String,
    /// The document number, such as 国办发明电〔2025〕7号.
    pub number: String,
    /// The day the notice was issued.
    pub issued: Date,
}

/// One day that a notice names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDay {
    /// The day.
    pub date: Date,
    /// The holiday it belongs to, in Chinese; for a make-up day, the holiday it makes up for.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Whether it is off or worked.
    pub kind: NoticeKind,
}

/// What a notice says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 放假: not worked.
    Off,
    /// 上班: a Saturday or Sunday that is worked.
    Work,
}

impl Notice {
    /// Reads one calendar file; `file` is the name an error will show.
    ///
    /// Refuses a text of another shape, a day written twice, and a day outside the notice's year (the last
    /// week of the December before may belong to it).
    pub fn read(file: &str, text: &str) -> Result<Self, CalendarError> {
        let notice: Self = toml::from_str(text).map_err(|cause| CalendarError::Shape {
            file: file.to_owned(),
            cause: Box::new(cause),
        })?;
        let mut seen = BTreeSet::new();
        for day in &notice.days {
            let own_year = day.date.year() == notice.year;
            if !own_year && notice_year_of_december(day.date) != Some(notice.year) {
                return Err(CalendarError::StrayDay {
                    file: file.to_owned(),
                    date: day.date,
                    year: notice.year,
                });
            }
            if !seen.insert(day.date) {
                return Err(CalendarError::DoubledDay {
                    file: file.to_owned(),
                    date: day.date,
                });
            }
        }
        Ok(notice)
    }
}

/// The first day of December that the next year's notice has been seen to arrange, with a margin: the notices
/// of 2007 to 2026 reach back to 29 December.
const NEXT_NOTICE_REACHES_BACK_TO: i8 = 24;

/// The year after, for a day late enough in December that the next year's notice may arrange it.
pub(crate) fn notice_year_of_december(date: Date) -> Option<i16> {
    (date.month() == 12 && date.day() >= NEXT_NOTICE_REACHES_BACK_TO).then(|| date.year().saturating_add(1))
}
