//! What the command line may do to accounts: whoever holds the installation's key file and database asks for no right;
//! the log says that it was the operator. The rules of the house hold all the same.

use super::{
    command::{self, Invited, NewPerson},
    event::Basis,
    invitation::{self, Kind},
    key::{self, Made},
    password,
    query::account,
    second_factor, session,
    state::Membership,
    write::{Done, begin, new_id, taken},
};
use crate::{
    context::{Context, PersonId},
    refusal::{Refusal, Result},
    rights::Action,
    running::Platform,
};
use identity::sealing::LookupField;
use jiff::Timestamp;

/// The person of a login.
pub async fn find(platform: &Platform, login: &str) -> Result<PersonId> {
    account::found_by(platform, LookupField::Login, login)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::unseen().into())
}

/// The person of a login, or of an id as the log has it.
pub async fn known(platform: &Platform, who: &str) -> Result<PersonId> {
    let id = PersonId(who.to_owned());
    if super::query::person(platform, &id).await?.is_some() {
        return Ok(id);
    }
    find(platform, who).await
}

/// Adds a person; the token sets the password.
pub async fn add(platform: &Platform, context: &Context, new: &NewPerson) -> Result<Invited> {
    if new.memberships.iter().any(|m| m.organization == super::OPERATOR) {
        super::first_administrator::enter_operator(platform, context).await?;
    }
    let person = PersonId(new_id("p")?);
    let mut commit = begin(context, &person.0);
    command::enter(platform, &mut commit, &person, new, Basis::Operator, false).await?;
    let (token, expires, row) = invitation::issue(&person, Kind::Invitation, context.now)?;
    commit.state.push(row);
    let posting = invitation::letter_posted(platform, &person, &new.profile, Kind::Invitation, context.now);
    let mailed = posting.is_some();
    commit.state.extend(posting);
    let committed = platform.ledger().commit(commit).await.map_err(taken)?;
    Ok(Invited {
        mailed,
        done: Done::of((committed, person.0)),
        token: Some(token),
        expires,
    })
}

/// Sets a password, which may have to be changed at the next sign-in; all sessions end.
pub async fn set_password(platform: &Platform, person: &PersonId, typed: &str, must_change: bool) -> Result<()> {
    let profile = account::profile(platform, person).await?.ok_or_else(Refusal::unseen)?;
    password::check(typed, &profile.login)?;
    let hash = password::hash(platform, typed).await?;
    let known = account::of_person(platform, person).await?.is_some();
    platform
        .ledger()
        .state(vec![
            password::set(&person.0, &hash, must_change, known),
            session::end_all(person),
        ])
        .await?;
    Ok(())
}

/// Takes a second factor away that the person has lost; all sessions end, and the person is told.
pub async fn remove_factor(platform: &Platform, context: &Context, person: &PersonId, reason: &str) -> Result<Done> {
    second_factor::take_away(platform, context, person, reason).await
}

/// Gives a role.
pub async fn grant(platform: &Platform, context: &Context, person: &PersonId, wanted: &Membership) -> Result<Done> {
    command::give(platform, context, person, wanted, Basis::Operator).await
}

/// Makes a key for a person, bound to some actions.
pub async fn make_key(
    platform: &Platform,
    person: &PersonId,
    name: &str,
    scopes: &[Action],
    expires: Option<Timestamp>,
) -> Result<Made> {
    if account::of_person(platform, person).await?.is_none_or(|a| !a.present) {
        return Err(Refusal::unseen().into());
    }
    let (made, change) = key::fresh(person, name, scopes, expires, platform.now())?;
    platform.ledger().state(vec![change]).await?;
    Ok(made)
}
