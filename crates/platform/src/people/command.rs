//! What is done about persons: entered, given and relieved of memberships, stood in for, renamed, gone.

use super::{
    event::{Basis, PersonEvent},
    invitation::{self, Kind},
    profile::{self, Profile},
    query::{account, desk, organization},
    session,
    state::{self, Holding, Membership, Person, Substitution},
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
use ledger::{AsOf, Change, Commit, NewEvent, StreamName, Version};

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

/// Whether there was never a security administrator: then the system administrator may invite one.
pub async fn security_administrator_awaited(platform: &Platform) -> Result<bool> {
    Ok(!account::ever_held(platform, Role::SecurityAdministrator).await?)
}

/// Invites the first security administrator, in the body that runs the platform.
pub async fn invite_security_administrator(
    platform: &Platform,
    context: &Context,
    profile: super::profile::Profile,
) -> Result<Invited> {
    let membership = Membership {
        organization: super::write::OPERATOR.to_owned(),
        desk: None,
        role: Role::SecurityAdministrator,
        places: Vec::new(),
        from: context.today,
        until: None,
    };
    let new = NewPerson {
        profile,
        memberships: vec![membership],
    };
    invite(platform, context, &new).await
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

/// What was decided about a person.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// Events of the person's stream.
    pub events: Vec<NewEvent>,
    /// Other streams on which it rests.
    pub reads: Vec<(StreamName, Version)>,
    /// Changes beside the log.
    pub state: Vec<Change>,
    /// What was made or changed.
    pub id: String,
}

impl Decision {
    /// One event, and what it made or changed.
    pub(super) fn of(event: &PersonEvent, id: &str) -> Result<Self> {
        Ok(Self {
            events: vec![record(event)?],
            id: id.to_owned(),
            ..Self::default()
        })
    }
}

/// Decides about a person as the log has them, and records it: afresh where somebody was faster, once under one key.
pub(super) async fn decide<D>(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    decision: impl Fn(Person) -> D,
) -> Result<Done>
where
    D: Future<Output = Result<Decision, Refused>>,
{
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let (stream, version, state) = load(platform, person).await?;
            let decided = decision(state).await?;
            let mut commit = begin(context, &decided.id).write(stream, version, decided.events);
            commit.reads = decided.reads;
            commit.state = decided.state;
            Ok::<_, Refused>((commit, decided.id))
        })
        .await?;
    Ok(Done::of(decided))
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
        ..Object::default()
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
    decide(platform, context, person, |state| async move {
        let rests_on = fitting(platform, wanted, commit_day(platform, wanted)).await?;
        let (related, mut reads) = related(platform, person, context.today).await?;
        reads.push(rests_on);
        let id = format!("m{}", state.memberships.len() + 1);
        let event = state::grant(&state, &id, wanted, &related, basis)?;
        Ok(Decision {
            reads,
            ..Decision::of(&event, &id)?
        })
    })
    .await
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
    decide(platform, context, person, |state| async move {
        let event = state::end(&state, membership, on)?;
        if let Some(held) = state.memberships.get(membership) {
            never_without(platform, person, &[held], context.today).await?;
        }
        Ok(Decision::of(&event, membership)?)
    })
    .await
}

/// Refuses to take away the last holder of a role without which nobody could be given any.
pub(super) async fn never_without(
    platform: &Platform,
    person: &PersonId,
    given_up: &[&Membership],
    today: Date,
) -> Result<()> {
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
    decide(platform, context, person, |state| async move {
        let (other, other_version, other_state) = load(platform, substitute).await?;
        let (related, mut reads) = related(platform, substitute, context.today).await?;
        let own = person_stream(person)?;
        reads.retain(|(name, _)| *name != own && *name != other);
        reads.push((other, other_version));
        let wanted = Substitution {
            person: &state,
            substitute_id: &substitute.0,
            substitute: &other_state,
            related: &related,
            from,
            until,
        };
        let event = state::name_substitute(&wanted, context.today)?;
        Ok(Decision {
            reads,
            ..Decision::of(&event, &substitute.0)?
        })
    })
    .await
}

/// Takes a substitution back.
pub async fn withdraw_substitute(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    substitute: &PersonId,
) -> Result<Done> {
    own_or_managed(platform, context, person)?;
    decide(platform, context, person, |state| async move {
        if !state.substitutes.contains_key(&substitute.0) {
            return Err(Refusal::unseen().into());
        }
        let event = PersonEvent::SubstituteWithdrawn {
            substitute: substitute.0.clone(),
        };
        Ok(Decision::of(&event, &substitute.0)?)
    })
    .await
}

/// Changes name, login or address; one's own, or by whoever manages people.
pub async fn change_profile(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    profile: &Profile,
) -> Result<Done> {
    own_or_managed(platform, context, person)?;
    decide(platform, context, person, |state| async move {
        state.present()?;
        let key = account::key(platform, person).await?.ok_or_else(Refusal::unseen)?;
        let sealed = profile::seal(platform.keys(), &key, &person.0, profile, &OperatingSystem)?;
        let event = PersonEvent::ProfileChanged { digest: sealed.digest };
        let mut changes = released(platform, person).await?;
        changes.extend(sealed.changes);
        changes.push(login_claim(platform, profile, &person_stream(person)?));
        Ok(Decision {
            state: changes,
            ..Decision::of(&event, &person.0)?
        })
    })
    .await
}

/// The changes that give a person's login up.
pub(super) async fn released(platform: &Platform, person: &PersonId) -> Result<Vec<Change>> {
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
    rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    )?;
    decide(platform, context, person, |state| async move {
        if !state.entered || state.erased {
            return Err(Refusal::unseen().into());
        }
        if state.left {
            return Err(Refusal::rule("people/left", "").into());
        }
        let held: Vec<&Membership> = state.memberships.values().collect();
        never_without(platform, person, &held, context.today).await?;
        Ok(Decision {
            state: gone(&["session", "api_key", "person_token"], person),
            ..Decision::of(&PersonEvent::Left {}, &person.0)?
        })
    })
    .await
}

/// The changes by which a person's rows go from these tables.
pub(super) fn gone(tables: &[&'static str], person: &PersonId) -> Vec<Change> {
    tables
        .iter()
        .map(|table| Change::Delete {
            table,
            whose: vec![("person", (&person.0).into())],
        })
        .collect()
}
