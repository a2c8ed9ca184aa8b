//! Invitations and resets: a token in a letter, by which a person sets a password, once.

use super::{
    password,
    profile::{Profile, failed},
    query::account,
    session,
    write::{BOOTSTRAP, person_stream},
};
use crate::{
    context::{Context, PersonId},
    refusal::{Refusal, Result},
    rights::{self, Action, Object, Role},
    running::Platform,
};
use identity::{
    OperatingSystem,
    sealing::LookupField,
    token::{Secret, TokenKind},
};
use jiff::{SignedDuration, Timestamp};
use ledger::Change;

/// An invitation opens so long.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A reset that the person asked for opens so long.
const RESET: SignedDuration = SignedDuration::from_hours(1);
/// Most tokens of a person that stand at once, so that nobody's letter box is filled by asking.
const MOST: i64 = 3;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To join.
    Invitation,
    /// To set a new password.
    Reset,
}

impl Kind {
    const fn id(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    const fn token(self) -> TokenKind {
        match self {
            Self::Invitation => TokenKind::Invitation,
            Self::Reset => TokenKind::Reset,
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Invitation => INVITATION,
            Self::Reset => RESET,
        }
    }
}

/// A letter to be sent: to whom, and the token in it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The person.
    pub person: PersonId,
    /// Name and address.
    pub profile: Profile,
    /// The token, shown this once.
    pub token: Secret,
    /// Until when it opens.
    pub expires: Timestamp,
}

/// A fresh token and the row that keeps its digest.
pub(super) fn issue(person: &PersonId, kind: Kind, now: Timestamp) -> Result<(Secret, Timestamp, Change)> {
    let token = Secret::generate(kind.token(), &OperatingSystem).map_err(|e| failed("a token", &e))?;
    let expires = now
        .checked_add(kind.lasts())
        .map_err(|e| failed("the end of a token", &e))?;
    let row = Change::Insert {
        table: "person_token",
        values: vec![
            ("digest", token.digest().hex().into()),
            ("person", (&person.0).into()),
            ("kind", kind.id().into()),
            ("expires", expires.into()),
        ],
    };
    Ok((token, expires, row))
}

/// Invites again somebody who has no password yet, or gives somebody a token for a new one: by whoever manages people;
/// and for the security administrator who was invited once, and never came, by the system administrator.
pub async fn issue_again(platform: &Platform, context: &Context, person: &PersonId) -> Result<Letter> {
    let account = account::of_person(platform, person).await?;
    let allowed = rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    );
    if let Err(refusal) = allowed {
        let bootstrap = account::claim_holder(platform, BOOTSTRAP, Role::SecurityAdministrator.id()).await?;
        let never_came = account.is_none()
            && bootstrap == Some(person_stream(person)?.to_string())
            && context
                .actor
                .as_ref()
                .is_some_and(|a| a.scopes.is_none() && a.grants.iter().any(|g| g.role == Role::SystemAdministrator));
        if !never_came {
            return Err(refusal.into());
        }
    }
    let kind = if account.is_none() {
        Kind::Invitation
    } else {
        Kind::Reset
    };
    letter(platform, person, kind, context.now)
        .await?
        .ok_or_else(|| Refusal::unseen().into())
}

async fn letter(platform: &Platform, person: &PersonId, kind: Kind, now: Timestamp) -> Result<Option<Letter>> {
    let present = super::query::person(platform, person)
        .await?
        .is_some_and(|p| p.left_on.is_none() && !p.erased);
    let profile = account::profile(platform, person).await?;
    let Some(profile) = profile.filter(|_| present) else {
        return Ok(None);
    };
    let (token, expires, row) = issue(person, kind, now)?;
    platform.ledger().state(vec![row]).await?;
    Ok(Some(Letter {
        person: person.clone(),
        profile,
        token,
        expires,
    }))
}

/// Somebody forgot the password and gives a login or an address. The letters go to addresses that are known; the
/// answer to whoever asks is the same whether there are any or none.
pub async fn forgotten(platform: &Platform, context: &Context, typed: &str) -> Result<Vec<Letter>> {
    let mut persons = account::found_by(platform, LookupField::Login, typed).await?;
    if persons.is_empty() {
        persons = account::found_by(platform, LookupField::Email, typed).await?;
    }
    let mut letters = Vec::new();
    for person in persons.into_iter().take(10) {
        if account::of_person(platform, &person).await?.is_none()
            || account::tokens_standing(platform, &person, context.now).await? >= MOST
        {
            continue;
        }
        let letter = letter(platform, &person, Kind::Reset, context.now).await?;
        letters.extend(letter.filter(|l| l.profile.email.is_some()));
    }
    Ok(letters)
}

/// Whose token it is and what for, where it still opens: for the page on which the password is set.
pub async fn read(platform: &Platform, text: &str) -> Result<Option<(PersonId, Kind)>> {
    let parsed = [Kind::Invitation, Kind::Reset]
        .into_iter()
        .find_map(|kind| Some((kind, Secret::parse(text, kind.token()).ok()?)));
    let Some((kind, secret)) = parsed else {
        return Ok(None);
    };
    let row = account::token(platform, &secret.digest().hex()).await?;
    Ok(row
        .filter(|row| row.kind == kind.id() && platform.now() < row.expires)
        .map(|row| (row.person, kind)))
}

/// Sets the password by a token, which is used up; other tokens and all sessions of the person end.
pub async fn set_password(platform: &Platform, token: &str, new: &str) -> Result<PersonId> {
    let over = || Refusal::rule("people/token_over", "");
    let (person, kind) = read(platform, token).await?.ok_or_else(over)?;
    let profile = account::profile(platform, &person).await?.ok_or_else(over)?;
    password::check(new, &profile.login)?;
    let hash = password::hash(platform, new).await?;
    let known = account::of_person(platform, &person).await?.is_some();
    let digest = Secret::parse(token, kind.token()).map_err(|_| over())?.digest();
    let used = Change::Delete {
        table: "person_token",
        whose: vec![("digest", digest.hex().into())],
    };
    let others = Change::Delete {
        table: "person_token",
        whose: vec![("person", (&person.0).into())],
    };
    let first = platform
        .ledger()
        .state_if(
            used,
            vec![
                password::set(&person.0, &hash, false, known),
                others,
                session::end_all(&person),
            ],
        )
        .await?;
    if !first {
        return Err(over().into());
    }
    tracing::info!(person = person.0, "password set by a token");
    Ok(person)
}
