//! Dates, instants and time limits as people write them.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;

use crate::{Arg, Lang, format, text};

/// Beijing time, which has had no summer time since 1991.
const BEIJING: Offset = Offset::constant(8);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

fn weekday(lang: Lang, date: Date) -> &'static str {
    match (lang, date.weekday()) {
        (Lang::Zh, Weekday::Monday) => "周一",
        (Lang::Zh, Weekday::Tuesday) => "周二",
        (Lang::Zh, Weekday::Wednesday) => "周三",
        (Lang::Zh, Weekday::Thursday) => "周四",
        (Lang::Zh, Weekday::Friday) => "周五",
        (Lang::Zh, Weekday::Saturday) => "周六",
        (Lang::Zh, Weekday::Sunday) => "周日",
        (Lang::En, Weekday::Monday) => "Mon",
        (Lang::En, Weekday::Tuesday) => "Tue",
        (Lang::En, Weekday::Wednesday) => "Wed",
        (Lang::En, Weekday::Thursday) => "Thu",
        (Lang::En, Weekday::Friday) => "Fri",
        (Lang::En, Weekday::Saturday) => "Sat",
        (Lang::En, Weekday::Sunday) => "Sun",
    }
}

/// A date in full.
///
/// ```
/// use jiff::civil::date as day;
/// use language::{Lang, date};
/// assert_eq!(date(Lang::Zh, day(2025, 3, 1)), "2025年3月1日");
/// assert_eq!(date(Lang::En, day(2025, 3, 1)), "1 March 2025");
/// ```
pub fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

/// A date in full with the day of the week.
///
/// ```
/// use jiff::civil::date as day;
/// use language::{Lang, date_weekday};
/// assert_eq!(date_weekday(Lang::Zh, day(2025, 3, 1)), "2025年3月1日（周六）");
/// assert_eq!(date_weekday(Lang::En, day(2025, 3, 1)), "Sat 1 March 2025");
/// ```
pub fn date_weekday(lang: Lang, on: Date) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", date(lang, on), weekday(lang, on)),
        Lang::En => format!("{} {}", weekday(lang, on), date(lang, on)),
    }
}

/// A date without its year, for a flag on a ruler or a narrow column; with the year where it is not `year`.
///
/// ```
/// use jiff::civil::date as day;
/// use language::{Lang, date_brief};
/// assert_eq!(date_brief(Lang::Zh, day(2025, 3, 1), 2025), "3月1日");
/// assert_eq!(date_brief(Lang::En, day(2025, 3, 1), 2026), "1 Mar 2025");
/// ```
pub fn date_brief(lang: Lang, on: Date, year: i16) -> String {
    match (lang, on.year() == year) {
        (Lang::Zh, true) => format!("{}月{}日", on.month(), on.day()),
        (Lang::Zh, false) => date(lang, on),
        (Lang::En, same) => {
            let month: String = month(on).chars().take(3).collect();
            let year = if same { String::new() } else { format!(" {}", on.year()) };
            format!("{} {month}{year}", on.day())
        }
    }
}

/// A month of a year, as a report is named.
///
/// ```
/// use language::{Lang, year_month};
/// use jiff::civil::date as day;
/// assert_eq!(year_month(Lang::Zh, day(2025, 3, 1)), "2025年3月");
/// assert_eq!(year_month(Lang::En, day(2025, 3, 1)), "March 2025");
/// ```
pub fn year_month(lang: Lang, of: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月", of.year(), of.month()),
        Lang::En => format!("{} {}", month(of), of.year()),
    }
}

/// An instant to the minute, Beijing time.
///
/// ```
/// use language::{Lang, instant};
/// let at = "2025-03-01T06:05:59Z".parse()?;
/// assert_eq!(instant(Lang::Zh, at), "2025年3月1日 14:05（北京时间）");
/// assert_eq!(instant(Lang::En, at), "1 March 2025, 14:05 Beijing time");
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn instant(lang: Lang, at: Timestamp) -> String {
    let local = BEIJING.to_datetime(at);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    match lang {
        Lang::Zh => format!("{} {clock}（北京时间）", date(lang, local.date())),
        Lang::En => format!("{}, {clock} Beijing time", date(lang, local.date())),
    }
}

/// The last day of a time limit, and when in that day it ends.
///
/// ```
/// use jiff::civil::date as day;
/// use language::{Lang, deadline};
/// assert_eq!(deadline(Lang::Zh, day(2025, 3, 1)), "2025年3月1日（周六）24:00 截止（北京时间）");
/// assert_eq!(deadline(Lang::En, day(2025, 3, 1)), "closes at the end of Sat 1 March 2025, Beijing time");
/// ```
pub fn deadline(lang: Lang, last: Date) -> String {
    format(
        lang,
        "deadline-closes",
        &[("date", Arg::from(date_weekday(lang, last)))],
    )
}

/// How long until a deadline: `calendar` days, of which `working` are worked (both as counted by the calendar of
/// working days, today not counted). A negative `calendar` is a deadline that has passed.
///
/// ```
/// use language::{Lang, days_left};
/// assert_eq!(days_left(Lang::Zh, 16, 12), "还剩 12 个工作日");
/// assert_eq!(days_left(Lang::En, 16, 12), "12 working days left");
/// assert_eq!(days_left(Lang::Zh, 0, 0), "今天到期");
/// assert_eq!(days_left(Lang::Zh, -3, -2), "已过 3 天");
/// assert_eq!(days_left(Lang::En, 1, 0), "1 day left, not a working day");
/// ```
pub fn days_left(lang: Lang, calendar: i64, working: i64) -> String {
    if calendar < 0 {
        format(
            lang,
            "days-past",
            &[("count", Arg::Number(calendar.unsigned_abs().into()))],
        )
    } else if calendar == 0 {
        text(lang, "days-due-today")
    } else if working > 0 {
        format(lang, "days-working-left", &[("count", Arg::from(working))])
    } else {
        format(lang, "days-off-left", &[("count", Arg::from(calendar))])
    }
}
