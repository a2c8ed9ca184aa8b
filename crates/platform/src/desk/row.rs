//! Why something is on a desk, and how soon it is due. Pure.

use crate::{
    context::{Actor, Sight},
    obligation::query::Obligation,
};
use jiff::civil::{Date, Weekday};

/// Why an obligation is on the reader's desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is with the reader in person.
    InPerson,
    /// It is at a desk of the reader.
    AtDesk {
        /// The desk.
        desk: String,
    },
    /// It is at the desk of somebody for whom the reader stands in (代办).
    StandingIn {
        /// The desk.
        desk: String,
        /// Id of the other person.
        person: String,
    },
    /// It is of a place for which the reader acts, and at no desk.
    OfPlace {
        /// Code of the place.
        place: String,
    },
    /// It is of the reader's body, and at no desk.
    OfOrganization {
        /// The body.
        organization: String,
    },
    /// The reader's ministry guides its task.
    Guided,
    /// It is of a place for which the reader acts, and in the hands of somebody else.
    WithPlace {
        /// Code of the place.
        place: String,
    },
    /// It is of the reader's body, or in its hands, and at a desk that is not the reader's.
    WithOrganization {
        /// The body.
        organization: String,
    },
}

/// How soon it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The day has passed.
    Overdue,
    /// Up to Sunday.
    ThisWeek,
    /// After Sunday.
    Later,
    /// Nobody has set a day.
    NoDate,
}

impl Group {
    /// Every one of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::ThisWeek, Self::Later, Self::NoDate];

    /// The id that stands in addresses, answers and messages.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::ThisWeek => "this_week",
            Self::Later => "later",
            Self::NoDate => "no_date",
        }
    }
}

/// The group of a day. A day that has passed is overdue only where `late` says so; else it is of this week.
pub fn group(today: Date, due: Option<Date>, late: bool) -> Group {
    let Some(due) = due else {
        return Group::NoDate;
    };
    let left = today.weekday().until(Weekday::Sunday);
    let sunday = today.saturating_add(jiff::Span::new().days(left));
    if due < today && late {
        Group::Overdue
    } else if due <= sunday {
        Group::ThisWeek
    } else {
        Group::Later
    }
}

/// Why an obligation is on the desk of this actor, if it is: the nearest reason first.
pub fn why(actor: &Actor, obligation: &Obligation) -> Option<Why> {
    let holder = &obligation.holder;
    if !holder.person.is_empty() && holder.person == actor.person.0 {
        return Some(Why::InPerson);
    }
    if !holder.desk.is_empty() {
        let at = |stands_in: bool| {
            actor
                .grants
                .iter()
                .find(|g| g.desk.as_ref() == Some(&holder.desk) && g.standing_in_for.is_some() == stands_in)
        };
        let desk = holder.desk.clone();
        if at(false).is_some() {
            return Some(Why::AtDesk { desk });
        }
        return at(true)
            .and_then(|g| g.standing_in_for.clone())
            .map(|person| Why::StandingIn { desk, person });
    }
    for grant in &actor.grants {
        if !obligation.place.is_empty() && grant.role.is_officer() && grant.places.contains(&obligation.place) {
            return Some(Why::OfPlace {
                place: obligation.place.clone(),
            });
        }
        if !obligation.organization.is_empty() && grant.organization == obligation.organization {
            return Some(Why::OfOrganization {
                organization: obligation.organization.clone(),
            });
        }
    }
    None
}

/// Why somebody takes part in what others hold (抄送): the nearest reason first.
pub fn takes_part(sight: &Sight, obligation: &Obligation) -> Why {
    let own = &sight.participants;
    if own.places.contains(&obligation.place) {
        return Why::WithPlace {
            place: obligation.place.clone(),
        };
    }
    let bodies = [&obligation.organization, &obligation.holder.organization];
    match bodies.into_iter().find(|body| own.organizations.contains(body)) {
        Some(body) => Why::WithOrganization {
            organization: body.clone(),
        },
        None => Why::Guided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_ends_on_sunday() {
        // 2026-11-23 is a Monday.
        let monday = date(2026, 11, 23);
        let cases = [
            (date(2026, 11, 22), true, Group::Overdue),
            (date(2026, 11, 22), false, Group::ThisWeek),
            (date(2026, 11, 23), true, Group::ThisWeek),
            (date(2026, 11, 29), true, Group::ThisWeek),
            (date(2026, 11, 30), true, Group::Later),
        ];
        for (due, late, expected) in cases {
            assert_eq!(group(monday, Some(due), late), expected, "{due}");
        }
        let sunday = date(2026, 11, 29);
        assert_eq!(group(sunday, Some(date(2026, 11, 30)), true), Group::Later);
        assert_eq!(group(sunday, None, true), Group::NoDate);
    }
}
