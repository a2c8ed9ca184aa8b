//! Counting: working days between two days, the day a time limit ends on, days left.
//!
//! Rule of counting: calendar days unless 工作日 is written; the day of the event is not counted; a last day
//! that is not worked gives way to the next working day. A limit ends with that day (24:00, Asia/Shanghai).

use jiff::civil::Date;

use crate::{Calendar, CalendarError, Known};

/// In which days a time limit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// 日: every day counts.
    Calendar,
    /// 工作日: only working days count.
    Working,
}

/// A number of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Working days; negative when the second day lies before the first.
    pub days: i64,
    /// Whether every day of the span is settled by a notice.
    pub known: Known,
}

/// A day reached by counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The day.
    pub date: Date,
    /// Whether every day on the way is settled by a notice.
    pub known: Known,
}

/// The end of a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last day as counted, before a day off moves it.
    pub counted: Date,
    /// The last day of the limit; it ends with that day.
    pub due: Date,
    /// Whether the days that decided `due` are settled by a notice.
    pub known: Known,
}

impl Deadline {
    /// Whether a day off moved the end (顺延).
    pub fn moved(self) -> bool {
        self.counted != self.due
    }
}

/// What is left until a day; negative once it has passed, zero on the day itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysLeft {
    /// Calendar days.
    pub calendar: i64,
    /// Working days, without today, with the last day if it is worked.
    pub working: i64,
    /// Whether every day between is settled by a notice; it bears on `working` only.
    pub known: Known,
}

impl Calendar {
    /// The working days after `from` up to and with `to`; negative when `to` lies before `from`, so that
    /// exchanging the two changes the sign alone.
    pub fn workdays_between(&self, from: Date, to: Date) -> Counted {
        let (early, late, sign) = if to < from { (to, from, -1) } else { (from, to, 1) };
        let mut counted = Counted {
            days: 0,
            known: Known::Yes,
        };
        let mut date = early;
        while date < late {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            let day = self.day(date);
            counted.days += sign * i64::from(day.status.is_worked());
            counted.known = counted.known.and(day.known);
        }
        counted
    }

    /// The `days`-th working day after `start`. With `0` it is `start` itself, worked or not.
    pub fn add_workdays(&self, start: Date, days: u32) -> Result<Reached, CalendarError> {
        let beyond = |_| CalendarError::OutOfRange { start, days };
        let mut reached = Reached {
            date: start,
            known: Known::Yes,
        };
        let mut left = days;
        while left > 0 {
            reached.date = reached.date.tomorrow().map_err(beyond)?;
            let day = self.day(reached.date);
            left -= u32::from(day.status.is_worked());
            reached.known = reached.known.and(day.known);
        }
        Ok(reached)
    }

    /// The first working day that is not before `date`.
    pub fn workday_from(&self, date: Date) -> Result<Reached, CalendarError> {
        let mut day = self.day(date);
        let mut known = day.known;
        while !day.status.is_worked() {
            let next = day
                .date
                .tomorrow()
                .map_err(|_| CalendarError::OutOfRange { start: date, days: 1 })?;
            day = self.day(next);
            known = known.and(day.known);
        }
        Ok(Reached { date: day.date, known })
    }

    /// The last day of a limit of `days` that began on `start`: counting starts the day after, and an end on
    /// a day off (a weekend as well as a holiday) moves to the next working day.
    pub fn deadline(&self, start: Date, days: u32, kind: DayKind) -> Result<Deadline, CalendarError> {
        let beyond = |_| CalendarError::OutOfRange { start, days };
        let counted = match kind {
            DayKind::Working => self.add_workdays(start, days)?,
            DayKind::Calendar => {
                let span = jiff::Span::new().try_days(days).map_err(beyond)?;
                Reached {
                    date: start.checked_add(span).map_err(beyond)?,
                    known: Known::Yes,
                }
            }
        };
        let due = self.workday_from(counted.date)?;
        Ok(Deadline {
            counted: counted.date,
            due: due.date,
            known: counted.known.and(due.known),
        })
    }

    /// What is left of a limit that ends on `due`, seen on `today`.
    pub fn days_left(&self, today: Date, due: Date) -> DaysLeft {
        let Counted { days: working, known } = self.workdays_between(today, due);
        DaysLeft {
            calendar: today.duration_until(due).as_hours() / 24,
            working,
            known,
        }
    }
}
