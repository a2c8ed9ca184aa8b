//! What becomes of memberships in a body that ended: they end with it, and go on in the body that was named to go on.
//! Pure.

use super::{
    event::{Basis, PersonEvent},
    state::Person,
};
use jiff::civil::Date;

/// The events by which the memberships of a person in `body` end before `day`, and, where a successor was named, go on
/// in it from that day: in the same roles, at no desk yet. Nobody gets a role in a body that was not named.
pub fn memberships(person: &Person, body: &str, successor: Option<&str>, day: Date) -> Vec<PersonEvent> {
    if person.left || person.erased {
        return Vec::new();
    }
    let last_day = day.yesterday().unwrap_or(day);
    let mut events = Vec::new();
    let mut next = person.memberships.len();
    for (id, held) in &person.memberships {
        let over = held.until.is_some_and(|until| until < day);
        if held.organization != body || over {
            continue;
        }
        // Without anybody to run it an installation is lost: whoever does stays in office until others are named.
        if successor.is_none() && held.role.is_administrator() {
            continue;
        }
        events.push(PersonEvent::MembershipEnded {
            membership: id.clone(),
            on: last_day.max(held.from.yesterday().unwrap_or(held.from)),
        });
        let Some(successor) = successor else { continue };
        let from = day.max(held.from);
        let there = person.memberships.values().any(|m| {
            m.organization == successor
                && m.role == held.role
                && m.places == held.places
                && m.until.is_none_or(|until| until >= from)
        });
        if !there {
            next += 1;
            events.push(PersonEvent::MembershipGranted {
                membership: format!("m{next}"),
                organization: successor.to_owned(),
                desk: None,
                role: held.role,
                places: held.places.clone(),
                from,
                until: held.until,
                basis: Basis::Succession,
            });
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{people::state::Membership, rights::Role};
    use jiff::civil::date;

    fn person(role: Role, until: Option<Date>) -> Person {
        let held = Membership {
            organization: "old".to_owned(),
            desk: Some("old-desk".to_owned()),
            role,
            places: vec!["320100".to_owned()],
            from: date(2025, 1, 1),
            until,
        };
        Person {
            entered: true,
            memberships: [("m1".to_owned(), held)].into(),
            ..Person::default()
        }
    }

    #[test]
    fn a_role_goes_on_in_the_body_that_was_named_and_in_no_other() {
        let day = date(2026, 12, 1);
        let officer = person(Role::CommerceOfficer, None);
        let ended = PersonEvent::MembershipEnded {
            membership: "m1".to_owned(),
            on: date(2026, 11, 30),
        };
        assert_eq!(memberships(&officer, "old", None, day), std::slice::from_ref(&ended));
        let events = memberships(&officer, "old", Some("new"), day);
        assert_eq!(events[0], ended);
        assert!(matches!(
            &events[1],
            PersonEvent::MembershipGranted { membership, organization, desk: None, role: Role::CommerceOfficer, from, .. }
                if membership == "m2" && organization == "new" && *from == day
        ));
        assert!(memberships(&officer, "another", Some("new"), day).is_empty());
        let over = person(Role::CommerceOfficer, Some(date(2026, 6, 30)));
        assert!(memberships(&over, "old", Some("new"), day).is_empty());
        let left = Person { left: true, ..officer };
        assert!(memberships(&left, "old", Some("new"), day).is_empty());
    }

    #[test]
    fn an_installation_keeps_its_administrators() {
        let administrator = person(Role::SecurityAdministrator, None);
        assert!(memberships(&administrator, "old", None, date(2026, 12, 1)).is_empty());
    }
}
