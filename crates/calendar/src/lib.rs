//! Working days of China: which days are worked, and what day a time limit ends on.
//!
//! The room is pure: it reads no clock and no file. Today comes in as a value, and the years it knows are
//! text compiled in from `rules/calendar/YYYY.toml`, one file for each notice of the General Office of the
//! State Council.
//!
//! # Words
//!
//! - **off day**: a day nobody works: a Saturday or Sunday, or a holiday that the notice names.
//! - **make-up day** (调休上班): a Saturday or Sunday that the notice turns into a working day.
//! - **known**: whether the notice that settles a day has been read. [`Known::No`] lets a caller say 未公布
//!   beside a number that rests on weekdays and on the holidays that are fixed by law alone.
//! - **deadline**: the last day of a time limit. Counting starts the day after the start; a limit in calendar
//!   days that would end on an off day ends on the next working day.
//!
//! Days are civil dates; which civil date "now" is (Asia/Shanghai) is the caller's question.
//!
//! # Example
//!
//! ```
//! use calendar::{Calendar, DayKind, Known};
//! use jiff::civil::date;
//!
//! let calendar = Calendar::china()?;
//! // A Sunday that is worked, before the National Day week of 2025.
//! assert!(calendar.is_workday(date(2025, 9, 28)));
//!
//! // Thirty calendar days from 5 September end inside that week, so the limit moves to its end.
//! let deadline = calendar.deadline(date(2025, 9, 5), 30, DayKind::Calendar)?;
//! assert_eq!(deadline.counted, date(2025, 10, 5));
//! assert_eq!(deadline.due, date(2025, 10, 9));
//! assert_eq!(deadline.known, Known::Yes);
//!
//! let left = calendar.days_left(date(2025, 9, 26), deadline.due);
//! assert_eq!((left.calendar, left.working), (13, 4));
//! # Ok::<(), calendar::CalendarError>(())
//! ```

mod count;
mod day;
mod error;
mod fixed;
mod notice;
mod shipped;

pub use count::{Counted, DayKind, DaysLeft, Deadline, Reached};
pub use day::{Calendar, Day, DayStatus, Known};
pub use error::CalendarError;
pub use fixed::FixedHoliday;
pub use notice::{Notice, NoticeDay, NoticeKind, NoticeSource};
