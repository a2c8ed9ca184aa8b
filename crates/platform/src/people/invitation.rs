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
    notice::outgoing::{Outgoing, posted},
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Whether a letter with a link goes to the person's address.
    pub mailed: bool,
}

/// The change that posts a letter with a link, where letters leave and the person has an address. The token in it is made
/// when it is written out.
pub(super) fn letter_posted(
    platform: &Platform,
    person: &PersonId,
    profile: &Profile,
    purpose: Kind,
    now: Timestamp,
) -> Option<Change> {
    (platform.settings().mail.is_some() && profile.email.is_some())
        .then(|| posted(platform, person, &Outgoing::Link { purpose }, now).1)
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
    let mut letter = letter(platform, person, kind, context.now)
        .await?
        .ok_or_else(Refusal::unseen)?;
    if let Some(posting) = letter_posted(platform, person, &letter.profile, kind, context.now) {
        platform.ledger().state(vec![posting]).await?;
        letter.mailed = true;
    }
    Ok(letter)
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
        mailed: false,
    }))
}

/// The link of a letter that is written out now; nothing where the person is gone, has joined by another way, or has no
/// password to set anew.
pub async fn for_letter(platform: &Platform, person: &PersonId, purpose: Kind) -> Result<Option<Letter>> {
    let joined = account::of_person(platform, person).await?.is_some();
    if joined != (purpose == Kind::Reset) {
        return Ok(None);
    }
    letter(platform, person, purpose, platform.now()).await
}

/// A token whose letter nobody took opens nothing.
pub async fn withdraw(platform: &Platform, token: &Secret) -> Result<()> {
    let gone = Change::Delete {
        table: "person_token",
        whose: vec![("digest", token.digest().hex().into())],
    };
    platform.ledger().state(vec![gone]).await?;
    Ok(())
}

/// Somebody forgot the password and gives a login or an address: letters go to the addresses that are known. Whoever asks
/// is told the same whether there are any or none; nothing happens where no letter can leave.
pub async fn forgotten(platform: &Platform, context: &Context, typed: &str) -> Result<()> {
    let mut persons = account::found_by(platform, LookupField::Login, typed).await?;
    if persons.is_empty() {
        persons = account::found_by(platform, LookupField::Email, typed).await?;
    }
    for person in persons.into_iter().take(10) {
        let standing = account::tokens_standing(platform, &person, context.now).await?
            + account::letters_waiting(platform, &person).await?;
        let known = account::of_person(platform, &person).await?.is_some_and(|a| a.present);
        let Some(profile) = account::profile(platform, &person).await?.filter(|_| known) else {
            continue;
        };
        if standing < MOST
            && let Some(posting) = letter_posted(platform, &person, &profile, Kind::Reset, context.now)
        {
            platform.ledger().state(vec![posting]).await?;
        }
    }
    Ok(())
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
