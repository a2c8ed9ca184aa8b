//! How a person is called to a reader: by name to whoever works in the same body, by role and body to everybody else.

use super::person::Removed;
use crate::{
    context::{PersonId, Reader, placeholders},
    people::profile,
    refusal::Result,
    rights::{Action, Object, Role, Scope, may},
    running::Platform,
};
use ledger::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How a person is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Display {
    /// By name.
    Name(String),
    /// By a role in a body, since the reader is no colleague.
    Role {
        /// The role.
        role: Role,
        /// Id of the body.
        organization: String,
    },
    /// By role, for good: what was known of the person was removed.
    Removed {
        /// Role and id of the body, where the person had one.
        role: Option<(Role, String)>,
        /// When, and on what ground.
        removed: Removed,
    },
    /// The person never had a role.
    Nobody,
}

struct Known {
    wrapped: String,
    content: Vec<u8>,
}

/// How these persons are called to this reader: by name where the reader works in a body of theirs, to whoever manages
/// people, and to oneself. Two queries, however many persons.
pub async fn display_names(
    platform: &Platform,
    reader: &Reader,
    persons: &[PersonId],
) -> Result<BTreeMap<PersonId, Display>> {
    let wanted: BTreeSet<&PersonId> = persons.iter().collect();
    let mut names: BTreeMap<PersonId, Display> = wanted.iter().map(|id| ((*id).clone(), Display::Nobody)).collect();
    if wanted.is_empty() {
        return Ok(names);
    }
    let marks = placeholders(1, wanted.len());
    let ids = || -> Vec<Value> { wanted.iter().map(|id| Value::from(&id.0)).collect() };
    let sql = format!(
        "SELECT p.id AS person, p.erased_on, p.erased_ground, m.organization, m.role FROM person p \
         LEFT JOIN membership m ON m.person = p.id WHERE p.id IN ({marks}) ORDER BY p.id, m.from_day, m.id"
    );
    let mut bodies: BTreeMap<PersonId, BTreeSet<String>> = BTreeMap::new();
    for row in platform.ledger().fetch(sql, ids()).await? {
        let id = PersonId(row.text("person")?);
        let organization = row.text_or_null("organization")?;
        let role = Role::parse(&row.text_or_null("role")?.unwrap_or_default()).zip(organization);
        if let Some(removed) = Removed::of(&row)? {
            names.insert(id, Display::Removed { role, removed });
        } else if let Some((role, organization)) = role {
            bodies.entry(id.clone()).or_default().insert(organization.clone());
            names.insert(id, Display::Role { role, organization });
        }
    }
    let Some(actor) = &reader.actor else {
        return Ok(names);
    };
    let manages = may(platform.rights(), actor, Action::ManagePeople, &Object::default());
    // Belonging to a body is not enough: what stands among its own must be open to the role.
    let works_in = |role| {
        platform
            .rights()
            .scopes(Action::ReadParticipants, role)
            .contains(&Scope::Organization)
    };
    let own: BTreeSet<&String> = actor
        .grants
        .iter()
        .filter(|g| g.standing_in_for.is_none() && works_in(g.role) && !platform.rights().factor_due(actor))
        .map(|g| &g.organization)
        .collect();
    let named: Vec<&PersonId> = wanted
        .into_iter()
        .filter(|id| {
            manages
                || **id == actor.person
                || bodies
                    .get(*id)
                    .is_some_and(|theirs| theirs.iter().any(|o| own.contains(o)))
        })
        .collect();
    if named.is_empty() {
        return Ok(names);
    }
    let sql = format!(
        "SELECT k.person, k.wrapped, s.content FROM person_key k JOIN sealed s ON s.record = 'person/' || k.person || '/profile' \
         WHERE k.person IN ({})",
        placeholders(1, named.len())
    );
    let values = named.iter().map(|id| Value::from(&id.0)).collect();
    for row in platform.ledger().fetch(sql, values).await? {
        let person = row.text("person")?;
        let known = Known {
            wrapped: row.text("wrapped")?,
            content: row.bytes("content")?,
        };
        let key = profile::key_of(platform.keys(), &person, &known.wrapped)?;
        let profile = profile::open(&key, &person, known.content)?;
        names.insert(PersonId(person), Display::Name(profile.name));
    }
    Ok(names)
}
