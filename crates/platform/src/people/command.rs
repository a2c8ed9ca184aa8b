//! What is done about persons: entered, given and relieved of memberships, stood in for, gone, erased.

use super::{
    event::{Basis, PersonEvent},
    invitation::{self, Kind},
    profile::{self, Profile},
    query::{account, desk, organization},
    session,
    state::{self, Holding, Membership, Person, Substitution},
    tables::OF_ONE_PERSON,
    write::{Done, LOGIN, NEVER_WITHOUT, Refused, begin, new_id, organization_stream, person_stream, repeated},
};
use crate::{
    context::{Context, PersonId},
    event::record,
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object, Role},
    running::Platform,
};
use identity::{OperatingSystem, sealing::LookupField, token::Secret};
use jiff::{Timestamp, civil::Date};
use ledger::{AsOf, Change, Commit, StreamName, Version};

/// Somebody who is to have an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Name, login, address.
    pub profile: Profile,
    /// What they will be.
    pub memberships: Vec<Membership>,
}

/// Somebody who was invited.
#[derive(Debug, Clone)]
pub struct Invited {
    /// What was recorded; its id is the person's.
    pub done: Done,
    /// The token for the letter, shown this once; absent for a repeated request.
    pub token: Option<Secret>,
    /// Until when it opens.
    pub expires: Timestamp,
    /// Whether a letter with a link goes to the person's address.
    pub mailed: bool,
}

/// Invites a person: account, memberships, and a token by which they set their password.
pub async fn invite(platform: &Platform, context: &Context, new: &NewPerson) -> Result<Invited> {
    let basis = may_invite(platform, context, new).await?;
    if let Some(done) = repeated(platform, context).await? {
        return Ok(Invited {
            expires: done.at,
            done,
            token: None,
            mailed: false,
        });
    }
    let person = PersonId(new_id("p")?);
    let mut commit = begin(context, &person.0);
    enter(platform, &mut commit, &person, new, basis, false).await?;
    if basis == Basis::Bootstrap {
        commit.state.push(Change::Claim {
            kind: super::write::BOOTSTRAP,
            value: Role::SecurityAdministrator.id().to_owned(),
            holder: person_stream(&person)?.to_string(),
        });
    }
    let (token, expires, row) = invitation::issue(&person, Kind::Invitation, context.now)?;
    commit.state.push(row);
    let posting = invitation::letter_posted(platform, &person, &new.profile, Kind::Invitation, context.now);
    let mailed = posting.is_some();
    commit.state.extend(posting);
    let committed = platform.ledger().commit(commit).await.map_err(super::write::taken)?;
    let done = Done::of((committed, person.0));
    Ok(Invited {
        mailed: mailed && !done.repeated,
        token: (!done.repeated).then_some(token),
        done,
        expires,
    })
}

/// Whoever manages people and gives roles may invite; and while there was never a security administrator, the system
/// administrator may invite exactly one.
async fn may_invite(platform: &Platform, context: &Context, new: &NewPerson) -> Result<Basis> {
    let object = Object::default();
    let ordinary = rights::check(platform.rights(), context, Action::ManagePeople, &object)
        .and_then(|()| rights::check(platform.rights(), context, Action::GrantRole, &object));
    let Err(refusal) = ordinary else {
        return Ok(Basis::Right);
    };
    let system_administrator = context.actor.as_ref().is_some_and(|actor| {
        actor.scopes.is_none() && actor.grants.iter().any(|g| g.role == Role::SystemAdministrator)
    });
    let one_alone = matches!(&new.memberships[..], [only] if only.role == Role::SecurityAdministrator);
    if system_administrator && one_alone {
        if account::ever_held(platform, Role::SecurityAdministrator).await? {
            return Err(Refusal::rule("people/bootstrap_used", state::THREE_ADMINISTRATORS)
                .with("role", Role::SecurityAdministrator.id())
                .into());
        }
        return Ok(Basis::Bootstrap);
    }
    Err(refusal.into())
}

/// Adds a new person to a commit: events, sealed profile, claim of the login.
pub(super) async fn enter(
    platform: &Platform,
    commit: &mut Commit,
    person: &PersonId,
    new: &NewPerson,
    basis: Basis,
    demo: bool,
) -> Result<()> {
    let keys = platform.keys();
    let (key, kept) = profile::new_key(keys, &person.0, &OperatingSystem)?;
    let sealed = profile::seal(keys, &key, &person.0, &new.profile, &OperatingSystem)?;
    let entered = PersonEvent::Entered {
        digest: sealed.digest,
        demo,
    };
    let mut state = Person::default();
    state.apply(entered.clone());
    let mut events = vec![record(&entered)?];
    for wanted in &new.memberships {
        let rests_on = fitting(platform, wanted, commit_day(platform, wanted)).await?;
        if !commit.reads.contains(&rests_on) {
            commit.reads.push(rests_on);
        }
        let id = format!("m{}", state.memberships.len() + 1);
        let event = state::grant(&state, &id, wanted, &[], basis)?;
        state.apply(event.clone());
        events.push(record(&event)?);
    }
    let stream = person_stream(person)?;
    commit.state.push(kept);
    commit.state.extend(sealed.changes);
    commit.state.push(login_claim(platform, &new.profile, &stream));
    commit.writes.push(ledger::Write::new(stream, Version::NONE, events));
    Ok(())
}

fn login_claim(platform: &Platform, profile: &Profile, stream: &StreamName) -> Change {
    Change::Claim {
        kind: LOGIN,
        value: profile::digest(platform.keys(), LookupField::Login, &profile.login),
        holder: stream.to_string(),
    }
}

/// The day on which body and desk of a membership must exist.
fn commit_day(platform: &Platform, wanted: &Membership) -> Date {
    wanted.from.max(platform.today())
}

/// Refuses a membership of a body, desk or place that does not exist; gives the stream on which that rests.
pub(super) async fn fitting(platform: &Platform, wanted: &Membership, day: Date) -> Result<(StreamName, Version)> {
    let unknown = |field: &'static str, value: &str| -> Error {
        Refusal::wrong("people/membership")
            .with("value", value)
            .fault(field, "fault-unknown")
            .into()
    };
    let stream =
        organization_stream(&wanted.organization).map_err(|_| unknown("organization", &wanted.organization))?;
    let version = platform.ledger().version(&stream).await?;
    let as_of = AsOf::day(day);
    if organization(platform, &wanted.organization, as_of).await?.is_none() {
        return Err(unknown("organization", &wanted.organization));
    }
    if let Some(id) = &wanted.desk {
        let of_it = desk(platform, id, as_of)
            .await?
            .is_some_and(|d| d.organization == wanted.organization);
        if !of_it {
            return Err(unknown("desk", id));
        }
    }
    let known = account::places_known(platform, &wanted.places).await?;
    if let Some(place) = wanted.places.iter().find(|p| !known.contains(p)) {
        return Err(unknown("places", place));
    }
    Ok((stream, version))
}

async fn load(platform: &Platform, person: &PersonId) -> Result<(StreamName, Version, Person)> {
    let stream = person_stream(person)?;
    let events = platform.ledger().stream(&stream).await?;
    let version = events.last().map_or(Version::NONE, |last| last.version);
    Ok((stream, version, Person::fold(&events)))
}

/// Gives a role in a body. Nobody gives one to themselves.
pub async fn grant_membership(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    wanted: &Membership,
) -> Result<Done> {
    let object = Object {
        organization: Some(wanted.organization.clone()),
        person: Some(person.0.clone()),
        place: None,
    };
    rights::check(platform.rights(), context, Action::GrantRole, &object)?;
    if context.actor.as_ref().is_some_and(|a| a.person == *person) {
        return Err(Refusal::rule("people/own_role", state::THREE_ADMINISTRATORS).into());
    }
    give(platform, context, person, wanted, Basis::Right).await
}

/// Gives a role without asking for the right.
pub(super) async fn give(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    wanted: &Membership,
    basis: Basis,
) -> Result<Done> {
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            let rests_on = fitting(platform, wanted, commit_day(platform, wanted)).await?;
            let (related, mut reads) = related(platform, person, context.today).await?;
            reads.push(rests_on);
            let id = format!("m{}", state.memberships.len() + 1);
            let event = state::grant(&state, &id, wanted, &related, basis)?;
            let mut commit = begin(context, &id).write(stream, version, vec![record(&event)?]);
            commit.reads = reads;
            Ok::<_, Refused>((commit, id))
        })
        .await?;
    Ok(Done::of(decided))
}

/// What is held by those who stand in for a person and for whom they stand in, with the streams on which that rests.
async fn related(
    platform: &Platform,
    person: &PersonId,
    today: Date,
) -> Result<(Vec<Holding>, Vec<(StreamName, Version)>)> {
    let before = account::related(platform, person, today).await?;
    let mut reads = Vec::new();
    let mut others: Vec<&PersonId> = before.iter().map(|(other, _)| other).collect();
    others.dedup();
    for other in others {
        let stream = person_stream(other)?;
        let version = platform.ledger().version(&stream).await?;
        reads.push((stream, version));
    }
    let held = account::related(platform, person, today).await?;
    Ok((held.into_iter().map(|(_, h)| h).collect(), reads))
}

/// Relieves of a role after `on`.
pub async fn end_membership(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    membership: &str,
    on: Date,
) -> Result<Done> {
    rights::check(
        platform.rights(),
        context,
        Action::GrantRole,
        &Object::of_person(&person.0),
    )?;
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            let event = state::end(&state, membership, on)?;
            if let Some(held) = state.memberships.get(membership) {
                never_without(platform, person, &[held], context.today).await?;
            }
            let commit = begin(context, membership).write(stream, version, vec![record(&event)?]);
            Ok::<_, Refused>((commit, membership.to_owned()))
        })
        .await?;
    Ok(Done::of(decided))
}

/// Refuses to take away the last holder of a role without which nobody could be given any.
async fn never_without(platform: &Platform, person: &PersonId, given_up: &[&Membership], today: Date) -> Result<()> {
    for role in NEVER_WITHOUT {
        let holds = given_up.iter().any(|m| m.role == *role && m.holds_on(today));
        if holds && account::others_holding(platform, *role, person, today).await? == 0 {
            return Err(Refusal::rule("people/last_administrator", state::THREE_ADMINISTRATORS)
                .with("role", role.id())
                .into());
        }
    }
    Ok(())
}

/// One's own affair, or that of whoever manages people.
fn own_or_managed(platform: &Platform, context: &Context, person: &PersonId) -> Result<()> {
    let own = context.actor.as_ref().is_some_and(|a| a.person == *person);
    if own {
        session::in_person(platform, context)?;
        return Ok(());
    }
    rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    )?;
    Ok(())
}

/// Names a substitute (代办) of a person between two days: a colleague of the same body.
pub async fn name_substitute(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    substitute: &PersonId,
    from: Date,
    until: Date,
) -> Result<Done> {
    own_or_managed(platform, context, person)?;
    if person == substitute {
        return Err(Refusal::wrong("people/substitute_itself")
            .fault("substitute", "fault-itself")
            .into());
    }
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            let (other, other_version, other_state) = load(platform, substitute).await?;
            let (related, mut reads) = related(platform, substitute, context.today).await?;
            reads.retain(|(name, _)| *name != stream && *name != other);
            reads.push((other, other_version));
            let event = state::name_substitute(
                &Substitution {
                    person: &state,
                    substitute_id: &substitute.0,
                    substitute: &other_state,
                    related: &related,
                    from,
                    until,
                },
                context.today,
            )?;
            let mut commit = begin(context, &substitute.0).write(stream, version, vec![record(&event)?]);
            commit.reads = reads;
            Ok::<_, Refused>((commit, substitute.0.clone()))
        })
        .await?;
    Ok(Done::of(decided))
}

/// Takes a substitution back.
pub async fn withdraw_substitute(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    substitute: &PersonId,
) -> Result<Done> {
    own_or_managed(platform, context, person)?;
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            if !state.substitutes.contains_key(&substitute.0) {
                return Err(Refusal::unseen().into());
            }
            let event = PersonEvent::SubstituteWithdrawn {
                substitute: substitute.0.clone(),
            };
            let commit = begin(context, &substitute.0).write(stream, version, vec![record(&event)?]);
            Ok::<_, Refused>((commit, substitute.0.clone()))
        })
        .await?;
    Ok(Done::of(decided))
}

/// Changes name, login or address; one's own, or by whoever manages people.
pub async fn change_profile(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    profile: &Profile,
) -> Result<Done> {
    own_or_managed(platform, context, person)?;
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            state.present()?;
            let key = account::key(platform, person).await?.ok_or_else(Refusal::unseen)?;
            let sealed = profile::seal(platform.keys(), &key, &person.0, profile, &OperatingSystem)?;
            let claim = login_claim(platform, profile, &stream);
            let event = PersonEvent::ProfileChanged { digest: sealed.digest };
            let mut commit = begin(context, &person.0).write(stream, version, vec![record(&event)?]);
            commit.state = released(platform, person).await?;
            commit.state.extend(sealed.changes);
            commit.state.push(claim);
            Ok::<_, Refused>((commit, person.0.clone()))
        })
        .await?;
    Ok(Done::of(decided))
}

/// The changes that give a person's login up.
async fn released(platform: &Platform, person: &PersonId) -> Result<Vec<Change>> {
    let digests = account::digests_of(platform, person).await?;
    Ok(digests
        .into_iter()
        .filter(|(field, _)| field == "login")
        .map(|(_, value)| Change::Release { kind: LOGIN, value })
        .collect())
}

/// The person leaves: sessions and keys end at once, rights from this moment on; what they held falls to the desk by a
/// reaction to `person.left`.
pub async fn leave(platform: &Platform, context: &Context, person: &PersonId) -> Result<Done> {
    depart(platform, context, person, false).await
}

/// Erases a person: key, name, digests, credential, sessions and keys are destroyed; the log keeps its opaque id.
pub async fn erase(platform: &Platform, context: &Context, person: &PersonId) -> Result<Done> {
    depart(platform, context, person, true).await
}

async fn depart(platform: &Platform, context: &Context, person: &PersonId, erase: bool) -> Result<Done> {
    rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    )?;
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            if !state.entered || state.erased {
                return Err(Refusal::unseen().into());
            }
            let mut events = Vec::new();
            if !state.left {
                let held: Vec<&Membership> = state.memberships.values().collect();
                never_without(platform, person, &held, context.today).await?;
                events.push(record(&PersonEvent::Left {})?);
            } else if !erase {
                return Err(Refusal::rule("people/left", "").into());
            }
            let mut changes: Vec<Change> = ["session", "api_key", "person_token"]
                .into_iter()
                .map(|table| gone(table, person))
                .collect();
            if erase {
                events.push(record(&PersonEvent::Erased {})?);
                changes = released(platform, person).await?;
                changes.extend(OF_ONE_PERSON.iter().map(|table| gone(table, person)));
            }
            let mut commit = begin(context, &person.0).write(stream, version, events);
            commit.state = changes;
            Ok::<_, Refused>((commit, person.0.clone()))
        })
        .await?;
    Ok(Done::of(decided))
}

fn gone(table: &'static str, person: &PersonId) -> Change {
    Change::Delete {
        table,
        whose: vec![("person", (&person.0).into())],
    }
}

/// Destroys again what was erased: after the restore of a backup from before the erasure. `listed` are persons erased
/// since that backup; those that the log itself names are added. Says how many persons it looked at.
pub async fn destroy_erased(platform: &Platform, listed: &[PersonId]) -> Result<usize> {
    let mut persons = account::erased(platform).await?;
    persons.extend(listed.iter().cloned());
    persons.sort();
    persons.dedup();
    for person in &persons {
        let mut changes = released(platform, person).await?;
        changes.extend(OF_ONE_PERSON.iter().map(|table| gone(table, person)));
        platform.ledger().state(changes).await?;
    }
    Ok(persons.len())
}
