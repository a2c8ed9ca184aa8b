//! The shipped years against the notices, and what a caller sees at their edges.
#![allow(clippy::unwrap_used, reason = "tests")]

use calendar::{Calendar, CalendarError, DayKind, DayStatus, Known};
use jiff::civil::{Date, date};

fn china() -> Calendar {
    Calendar::china().unwrap()
}

#[test]
fn the_shipped_years_are_those_with_a_notice() {
    let calendar = china();
    assert_eq!(calendar.years().collect::<Vec<_>>(), [2024, 2025, 2026]);
    let source = calendar.source(2026).unwrap();
    assert_eq!(source.title, "国务院办公厅关于2026年部分节假日安排的通知");
    assert_eq!(source.number, "国办发明电〔2025〕7号");
    assert!(calendar.source(2027).is_none());
}

/// 2024: 251 working days, 2025: 248, 2026: 248, as the weekdays less the holidays plus the make-up days give.
#[test]
fn a_year_has_the_working_days_that_its_notice_leaves() {
    let calendar = china();
    for (year, expected) in [(2024_i16, 251), (2025, 248), (2026, 248)] {
        let counted = calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31));
        assert_eq!(counted.days, expected, "{year}");
    }
}

#[test]
fn national_day_2025_with_its_make_up_days() {
    let calendar = china();
    for worked in [
        date(2025, 9, 28),
        date(2025, 9, 30),
        date(2025, 10, 9),
        date(2025, 10, 11),
    ] {
        assert!(calendar.is_workday(worked), "{worked}");
    }
    for day in 1..=8 {
        assert!(!calendar.is_workday(date(2025, 10, day)), "October {day}");
    }
    assert!(!calendar.is_workday(date(2025, 10, 12)));
    let DayStatus::MakeUp(day) = calendar.day(date(2025, 9, 28)).status else {
        unreachable!("28 September 2025 is a make-up day")
    };
    assert_eq!(
        (day.zh.as_str(), day.en.as_str()),
        ("国庆节、中秋节", "National Day and Mid-Autumn Festival")
    );

    // Friday 26 September: the Sunday is worked, the eight days are not.
    assert_eq!(
        calendar.add_workdays(date(2025, 9, 26), 4).unwrap().date,
        date(2025, 10, 9)
    );
    assert_eq!(calendar.workdays_between(date(2025, 9, 26), date(2025, 10, 11)).days, 6);
}

#[test]
fn a_limit_that_ends_in_the_holiday_ends_after_it() {
    let calendar = china();
    let deadline = calendar.deadline(date(2025, 9, 1), 30, DayKind::Calendar).unwrap();
    assert_eq!(
        (deadline.counted, deadline.due, deadline.moved()),
        (date(2025, 10, 1), date(2025, 10, 9), true)
    );

    // Ending on a worked Saturday is no reason to move.
    let kept = calendar.deadline(date(2025, 9, 11), 30, DayKind::Calendar).unwrap();
    assert_eq!((kept.due, kept.moved()), (date(2025, 10, 11), false));

    let working = calendar.deadline(date(2025, 9, 26), 5, DayKind::Working).unwrap();
    assert_eq!((working.due, working.moved()), (date(2025, 10, 10), false));
}

#[test]
fn spring_festival_2026_is_nine_days_between_two_worked_saturdays() {
    let calendar = china();
    assert!(calendar.is_workday(date(2026, 2, 14)) && calendar.is_workday(date(2026, 2, 28)));
    for day in 15..=23 {
        assert!(
            matches!(calendar.day(date(2026, 2, day)).status, DayStatus::Holiday(_)),
            "February {day}"
        );
    }
    let deadline = calendar.deadline(date(2026, 1, 17), 30, DayKind::Calendar).unwrap();
    assert_eq!((deadline.counted, deadline.due), (date(2026, 2, 16), date(2026, 2, 24)));
    let left = calendar.days_left(date(2026, 2, 13), deadline.due);
    assert_eq!((left.calendar, left.working, left.known), (11, 2, Known::Yes));
}

#[test]
fn an_overdue_limit_counts_backwards_and_the_day_itself_is_zero() {
    let calendar = china();
    let due = date(2025, 9, 30);
    let on_the_day = calendar.days_left(due, due);
    assert_eq!((on_the_day.calendar, on_the_day.working), (0, 0));
    let late = calendar.days_left(date(2025, 10, 9), due);
    assert_eq!((late.calendar, late.working), (-9, -1));
}

#[test]
fn a_year_without_notice_counts_weekdays_and_says_so() {
    let calendar = china();
    assert_eq!(calendar.known(date(2027, 3, 1)), Known::No);
    assert!(
        calendar.is_workday(date(2027, 10, 4)),
        "a Monday: nothing says otherwise yet"
    );
    assert_eq!(calendar.known(date(2023, 6, 1)), Known::No);
    let across = calendar.deadline(date(2026, 11, 20), 60, DayKind::Calendar).unwrap();
    assert_eq!((across.due, across.known), (date(2027, 1, 19), Known::No));
    assert_eq!(
        calendar.days_left(date(2026, 11, 20), date(2026, 12, 18)).known,
        Known::Yes
    );
    // The notice of 2027 may arrange the last days of 2026.
    assert_eq!(calendar.known(date(2026, 12, 30)), Known::No);
    assert_eq!(calendar.known(date(2025, 12, 30)), Known::Yes);
}

fn file(year: i16, day: &str) -> String {
    format!(
        "year = {year}\n[source]\ntitle = \"t\"\ntitle_en = \"t\"\nnumber = \"n\"\nissued = \"{}-11-01\"\n{day}",
        year - 1
    )
}

fn row(date: Date, kind: &str) -> String {
    format!("[[day]]\ndate = \"{date}\"\nzh = \"元旦\"\nen = \"New Year's Day\"\nkind = \"{kind}\"\n")
}

#[test]
fn the_next_notice_settles_its_year_and_the_december_before() {
    let days = row(date(2026, 12, 27), "work") + &row(date(2027, 1, 1), "off");
    let calendar = china().with("2027.toml", &file(2027, &days)).unwrap();
    assert!(calendar.is_workday(date(2026, 12, 27)));
    assert_eq!(calendar.known(date(2026, 12, 30)), Known::Yes);
    assert!(!calendar.is_workday(date(2027, 1, 1)));
}

#[test]
fn a_faulty_file_is_refused_with_its_name_and_day() {
    let doubled = row(date(2027, 1, 1), "off") + &row(date(2027, 1, 1), "work");
    let error = china().with("2027.toml", &file(2027, &doubled)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "2027.toml: 2027-01-01 is listed twice; remove one of the two rows"
    );

    let stray = file(2027, &row(date(2028, 1, 1), "off"));
    assert!(matches!(
        china().with("x", &stray),
        Err(CalendarError::StrayDay { year: 2027, .. })
    ));

    let again = file(2026, &row(date(2026, 1, 1), "off"));
    assert!(matches!(
        china().with("x", &again),
        Err(CalendarError::DoubledYear { year: 2026, .. })
    ));

    let misspelt = file(2027, &row(date(2027, 1, 1), "offf"));
    assert!(matches!(china().with("x", &misspelt), Err(CalendarError::Shape { .. })));
}

#[test]
fn a_count_beyond_the_last_date_is_refused() {
    let calendar = china();
    for kind in [DayKind::Calendar, DayKind::Working] {
        let refused = calendar.deadline(date(2026, 1, 1), u32::MAX, kind);
        assert!(matches!(refused, Err(CalendarError::OutOfRange { .. })), "{kind:?}");
    }
}

#[test]
fn a_holiday_fixed_by_law_is_off_before_the_notice_of_its_year() {
    let calendar = china();
    let fixed = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];
    for (month, day) in fixed {
        let day = calendar.day(date(2027, month, day));
        assert!(matches!(day.status, DayStatus::Fixed(_)), "{}", day.date);
        assert!(!day.status.is_worked());
        assert_eq!(day.known, Known::No, "the notice may still arrange days around it");
    }
    // A Friday, then the weekend: the limit that would end on New Year's Day ends on Monday.
    let ends = calendar.deadline(date(2026, 12, 2), 30, DayKind::Calendar).unwrap();
    assert_eq!((ends.counted, ends.due), (date(2027, 1, 1), date(2027, 1, 4)));
    assert!(calendar.is_workday(date(2027, 4, 30)) && calendar.is_workday(date(2027, 5, 3)));
    // 2 May is a holiday from 2025 on; a year with its notice goes by the notice.
    assert!(calendar.is_workday(date(2023, 5, 2)));
    assert!(matches!(calendar.day(date(2026, 10, 1)).status, DayStatus::Holiday(_)));
}
