//! Laws of counting, on any day around the shipped years.
#![allow(clippy::unwrap_used, reason = "tests")]

use calendar::{Calendar, DayKind};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..1_600).prop_map(|days| date(2023, 6, 1).checked_add(days.days()).unwrap())
}

proptest! {
    #[test]
    fn adding_and_then_counting_gives_the_number_added(start in any_day(), days in 0_u32..300) {
        let calendar = Calendar::china().unwrap();
        let reached = calendar.add_workdays(start, days).unwrap();
        let counted = calendar.workdays_between(start, reached.date);
        prop_assert_eq!(counted.days, i64::from(days));
        prop_assert_eq!(counted.known, reached.known);
        prop_assert!(days == 0 || calendar.is_workday(reached.date));
    }

    #[test]
    fn exchanging_the_two_days_changes_the_sign(a in any_day(), b in any_day()) {
        let calendar = Calendar::china().unwrap();
        prop_assert_eq!(calendar.workdays_between(a, b).days, -calendar.workdays_between(b, a).days);
    }

    #[test]
    fn a_way_counted_in_two_pieces_is_the_whole_way(a in any_day(), b in any_day(), c in any_day()) {
        let calendar = Calendar::china().unwrap();
        let pieces = calendar.workdays_between(a, b).days + calendar.workdays_between(b, c).days;
        prop_assert_eq!(pieces, calendar.workdays_between(a, c).days);
    }

    #[test]
    fn a_limit_ends_on_the_first_working_day_not_before_its_last_day(start in any_day(), days in 1_u32..120) {
        let calendar = Calendar::china().unwrap();
        let deadline = calendar.deadline(start, days, DayKind::Calendar).unwrap();
        prop_assert_eq!(deadline.counted, start.checked_add(i64::from(days).days()).unwrap());
        prop_assert!(calendar.is_workday(deadline.due));
        let mut day = deadline.counted;
        while day < deadline.due {
            prop_assert!(!calendar.is_workday(day));
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn a_limit_in_working_days_leaves_that_many_on_its_first_day(start in any_day(), days in 1_u32..120) {
        let calendar = Calendar::china().unwrap();
        let deadline = calendar.deadline(start, days, DayKind::Working).unwrap();
        prop_assert!(!deadline.moved());
        let left = calendar.days_left(start, deadline.due);
        prop_assert_eq!(left.working, i64::from(days));
        prop_assert!(left.calendar >= left.working);
    }
}
