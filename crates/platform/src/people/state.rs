//! The state of a person, and what may be decided about memberships. Pure.

use super::event::{Basis, PersonEvent};
use crate::{
    event::{read, standing},
    refusal::{Manner, Refusal},
    rights::Role,
};
use jiff::civil::Date;
use ledger::Recorded;
use std::collections::BTreeMap;

/// Where it stands that one person may not hold two of the three administrators.
pub const THREE_ADMINISTRATORS: &str = "GB/T 22239—2019 (三员分立)";

/// A role in a body, from a day, perhaps until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The body.
    pub organization: String,
    /// The desk, where it is held at one.
    pub desk: Option<String>,
    /// The role.
    pub role: Role,
    /// Codes of the places for which the body acts in this role.
    pub places: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day, where there is a term.
    pub until: Option<Date>,
}

impl Membership {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    fn holding(&self) -> Holding {
        Holding {
            role: self.role,
            from: self.from,
            until: self.until.unwrap_or(Date::MAX),
        }
    }
}

/// A role between two days, however it came to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Holding {
    /// The part of it that lies between two days.
    pub fn within(self, from: Date, until: Date) -> Option<Self> {
        let part = Self {
            role: self.role,
            from: self.from.max(from),
            until: self.until.min(until),
        };
        (part.from <= part.until).then_some(part)
    }

    /// Whether both are administrators, different ones, on some same day.
    pub fn may_not_stand_beside(self, other: Self) -> bool {
        self.role.is_administrator()
            && other.role.is_administrator()
            && self.role != other.role
            && self.from <= other.until
            && other.from <= self.until
    }
}

/// The state of one person, as the log has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Whether there is such a person.
    pub entered: bool,
    /// Whether it is illustrative.
    pub demo: bool,
    /// Memberships by id, ended ones too.
    pub memberships: BTreeMap<String, Membership>,
    /// Substitutes by id, with first and last day.
    pub substitutes: BTreeMap<String, (Date, Date)>,
    /// Whether the person left.
    pub left: bool,
    /// Whether name and address were erased.
    pub erased: bool,
}

impl Person {
    /// Folds a stream.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut person = Self::default();
        for recorded in standing(events) {
            if let Some(event) = read::<PersonEvent>(recorded) {
                person.apply(event);
            }
        }
        person
    }

    /// Takes one event in.
    pub fn apply(&mut self, event: PersonEvent) {
        match event {
            PersonEvent::Entered { demo, .. } => {
                self.entered = true;
                self.demo = demo;
            }
            PersonEvent::ProfileChanged { .. } | PersonEvent::SecondFactorRemoved { .. } => {}
            PersonEvent::MembershipGranted {
                membership,
                organization,
                desk,
                role,
                places,
                from,
                until,
                basis: _,
            } => {
                self.memberships.insert(
                    membership,
                    Membership {
                        organization,
                        desk,
                        role,
                        places,
                        from,
                        until,
                    },
                );
            }
            PersonEvent::MembershipEnded { membership, on } => {
                if let Some(membership) = self.memberships.get_mut(&membership) {
                    membership.until = Some(on);
                }
            }
            PersonEvent::SubstituteNamed {
                substitute,
                from,
                until,
            } => {
                self.substitutes.insert(substitute, (from, until));
            }
            PersonEvent::SubstituteWithdrawn { substitute } => {
                self.substitutes.remove(&substitute);
            }
            PersonEvent::Left {} => self.left = true,
            PersonEvent::Erased { .. } => self.erased = true,
        }
    }

    /// What the person holds by memberships.
    pub fn holdings(&self) -> Vec<Holding> {
        self.memberships.values().map(Membership::holding).collect()
    }

    /// Refuses where there is no such person, or no longer.
    pub fn present(&self) -> Result<(), Refusal> {
        if !self.entered {
            return Err(Refusal::unseen());
        }
        if self.left || self.erased {
            return Err(Refusal::rule("people/left", ""));
        }
        Ok(())
    }
}

/// The event by which a membership is given. `related` is what is held by those for whom the person stands in, and by
/// those who stand in for the person, within the days of the substitution.
pub fn grant(
    person: &Person,
    id: &str,
    wanted: &Membership,
    related: &[Holding],
    basis: Basis,
) -> Result<PersonEvent, Refusal> {
    person.present()?;
    if wanted.until.is_some_and(|until| until < wanted.from) {
        return Err(Refusal::wrong("people/term").fault("until", "fault-before-start"));
    }
    if wanted.role.is_officer() && wanted.places.is_empty() {
        return Err(Refusal::wrong("people/officer_without_place").fault("places", "fault-required"));
    }
    let same = person.memberships.values().any(|m| {
        (&m.organization, &m.desk, m.role) == (&wanted.organization, &wanted.desk, wanted.role)
            && m.places == wanted.places
            && m.from <= wanted.until.unwrap_or(Date::MAX)
            && wanted.from <= m.until.unwrap_or(Date::MAX)
    });
    if same {
        return Err(Refusal::rule("people/membership_held", "").with("role", wanted.role.id()));
    }
    let new = wanted.holding();
    if let Some(held) = person
        .holdings()
        .iter()
        .chain(related)
        .find(|held| held.may_not_stand_beside(new))
    {
        return Err(three_administrators(held.role, new.role));
    }
    Ok(PersonEvent::MembershipGranted {
        membership: id.to_owned(),
        organization: wanted.organization.clone(),
        desk: wanted.desk.clone(),
        role: wanted.role,
        places: wanted.places.clone(),
        from: wanted.from,
        until: wanted.until,
        basis,
    })
}

/// The event by which a membership ends after `on`.
pub fn end(person: &Person, id: &str, on: Date) -> Result<PersonEvent, Refusal> {
    if !person.entered {
        return Err(Refusal::unseen());
    }
    let Some(membership) = person.memberships.get(id) else {
        return Err(Refusal::unseen());
    };
    if membership.until.is_some_and(|until| until <= on) {
        return Err(Refusal::rule("people/membership_ended", ""));
    }
    if on < membership.from.yesterday().unwrap_or(membership.from) {
        return Err(Refusal::wrong("people/term").fault("on", "fault-before-start"));
    }
    Ok(PersonEvent::MembershipEnded {
        membership: id.to_owned(),
        on,
    })
}

/// What a decision about a substitute rests on.
pub struct Substitution<'a> {
    /// Who is away.
    pub person: &'a Person,
    /// Id of the one who stands in.
    pub substitute_id: &'a str,
    /// Who stands in.
    pub substitute: &'a Person,
    /// What the substitute holds by standing in for others, within those days.
    pub related: &'a [Holding],
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// The event by which a substitute is named: a colleague of the same body, for days to come, and never so that one
/// person would act as two of the three administrators.
pub fn name_substitute(wanted: &Substitution<'_>, today: Date) -> Result<PersonEvent, Refusal> {
    let Substitution {
        person,
        substitute,
        from,
        until,
        ..
    } = *wanted;
    person.present()?;
    substitute.present()?;
    if until < from {
        return Err(Refusal::wrong("people/term").fault("until", "fault-before-start"));
    }
    if until < today {
        return Err(Refusal::wrong("people/term").fault("until", "fault-past"));
    }
    let colleagues = person.memberships.values().any(|mine| {
        substitute
            .memberships
            .values()
            .any(|theirs| theirs.organization == mine.organization && theirs.holds_on(from))
            && mine.holds_on(from)
    });
    if !colleagues {
        return Err(Refusal::rule("people/substitute_elsewhere", ""));
    }
    let lent: Vec<Holding> = person
        .holdings()
        .into_iter()
        .filter_map(|h| h.within(from, until))
        .collect();
    for held in substitute.holdings().iter().chain(wanted.related) {
        if let Some(lent) = lent.iter().find(|lent| lent.may_not_stand_beside(*held)) {
            return Err(three_administrators(held.role, lent.role));
        }
    }
    Ok(PersonEvent::SubstituteNamed {
        substitute: wanted.substitute_id.to_owned(),
        from,
        until,
    })
}

fn three_administrators(held: Role, wanted: Role) -> Refusal {
    Refusal::rule("people/three_administrators", THREE_ADMINISTRATORS)
        .with("held", held.id())
        .with("wanted", wanted.id())
        .manner(Manner::Rule)
}
