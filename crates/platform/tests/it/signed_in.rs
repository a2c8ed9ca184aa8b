//! People who are signed in, without their accounts: what a decision sees of them.

use platform::{
    context::{Actor, Context, PersonId, Reader},
    rights::{Grant, Role},
};

pub fn actor(role: Role, organization: &str, places: &[&str]) -> Actor {
    Actor {
        person: PersonId(format!("{}-of-{organization}", role.id())),
        grants: vec![Grant {
            role,
            organization: organization.to_owned(),
            desk: None,
            places: places.iter().map(|p| (*p).to_owned()).collect(),
            membership: "m1".to_owned(),
            standing_in_for: None,
        }],
        second_factor: true,
        scopes: None,
    }
}

pub fn analyst() -> Actor {
    actor(Role::MinistryAnalyst, "mofcom", &[])
}

pub fn officer(organization: &str, place: &str) -> Actor {
    actor(Role::CommerceOfficer, organization, &[place])
}

/// The circumstances of a command on a day.
pub fn on(day: &str, actor: &Actor) -> Context {
    let now = format!("{day}T09:00:00+08:00").parse().unwrap();
    Context {
        actor: Some(actor.clone()),
        ..Context::system(now, "test")
    }
}

/// A reader of today's test day.
pub fn reader(day: &str, actor: Option<&Actor>) -> Reader {
    Reader {
        actor: actor.cloned(),
        ..Reader::public(day.parse().unwrap())
    }
}
