//! Sessions: issued, listed, touched, revoked; and the actor who stands behind one.

use super::{
    profile::{self, failed},
    query::account::{self, SessionRow},
};
use crate::{
    context::{Actor, Context, PersonId},
    refusal::{Manner, Refusal, Result},
    rights::{self, Action, Grant, Object},
    running::Platform,
};
use identity::{
    OperatingSystem,
    sealing::LookupField,
    token::{Secret, TokenKind},
};
use jiff::{SignedDuration, Timestamp};
use ledger::Change;

/// A session ends so long after its last use.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A session ends so long after its beginning.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So long a session waits for its second factor.
pub const PENDING: SignedDuration = SignedDuration::from_mins(10);
/// A use is noted at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(5);

/// A session that has just begun; the token is shown this once.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The token, for the cookie.
    pub token: Secret,
    /// Whose session it is.
    pub person: PersonId,
    /// When it ends in any case.
    pub expires: Timestamp,
}

/// From where somebody comes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin<'a> {
    /// Network address, of which only a keyed digest is kept.
    pub address: &'a str,
    /// What the browser says of itself, of which only family and system are kept.
    pub agent: &'a str,
}

/// How far the proof of who it is has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Whole, by one factor.
    OneFactor,
    /// Whole, by two.
    TwoFactors,
    /// The second factor is still to be shown.
    Half,
}

/// Begins a session for a person who has proven to be that person. The caller carries the change out.
pub fn issue(
    platform: &Platform,
    person: &PersonId,
    proof: Proof,
    origin: Origin<'_>,
    now: Timestamp,
) -> Result<(Issued, Change)> {
    let token = Secret::generate(TokenKind::Session, &OperatingSystem).map_err(|e| failed("a session", &e))?;
    let lasts = if proof == Proof::Half { PENDING } else { ABSOLUTE };
    let expires = now.checked_add(lasts).map_err(|e| failed("the end of a session", &e))?;
    let digest = token.digest();
    let change = Change::Insert {
        table: "session",
        values: vec![
            ("digest", digest.hex().into()),
            ("id", digest.short().into()),
            ("person", (&person.0).into()),
            ("created", now.into()),
            ("last_seen", now.into()),
            ("expires", expires.into()),
            ("second_factor", (proof == Proof::TwoFactors).into()),
            ("pending", (proof == Proof::Half).into()),
            ("agent", agent(origin.agent).into()),
            (
                "address",
                profile::digest(platform.keys(), LookupField::NetworkAddress, origin.address).into(),
            ),
            ("revoked", Option::<i64>::None.into()),
        ],
    };
    let issued = Issued {
        token,
        person: person.clone(),
        expires,
    };
    Ok((issued, change))
}

/// Family of the browser and its system, out of what it says of itself: `Edge · Windows`.
fn agent(said: &str) -> String {
    let find = |words: &[(&str, &'static str)]| {
        words
            .iter()
            .find(|(sign, _)| said.contains(sign))
            .map(|(_, name)| *name)
    };
    let browser = find(&[
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("QQBrowser", "QQ"),
        ("360SE", "360"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whether a session stands at an instant; pure.
fn stands(session: &SessionRow, now: Timestamp) -> bool {
    session.present && now < session.expires && now.duration_since(session.last_seen) < IDLE
}

/// What somebody with this token may still do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whose session it is.
    pub person: PersonId,
    /// Id by which its owner names it.
    pub id: String,
    /// Whether the second factor is still to be shown.
    pub pending: bool,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
}

/// The session behind a token, also one whose second factor is still to be shown; nothing where it ended.
pub async fn standing(platform: &Platform, token: &str) -> Result<Option<Standing>> {
    let Some(session) = found(platform, token).await? else {
        return Ok(None);
    };
    let account = account::of_person(platform, &session.person).await?;
    Ok(Some(Standing {
        person: session.person,
        id: session.id,
        pending: session.pending,
        second_factor: session.second_factor,
        must_change: account.is_some_and(|a| a.must_change),
    }))
}

pub(super) async fn found(platform: &Platform, token: &str) -> Result<Option<SessionRow>> {
    let Ok(secret) = Secret::parse(token, TokenKind::Session) else {
        return Ok(None);
    };
    let session = account::session(platform, &secret.digest().hex()).await?;
    Ok(session.filter(|session| stands(session, platform.now())))
}

/// The actor behind the token of a session, with the grants of today; nothing where the session ended or its second
/// factor is still to be shown. Two queries, and now and then a third that notes the use.
pub async fn actor_by_session(platform: &Platform, token: &str) -> Result<Option<Actor>> {
    let Some(session) = found(platform, token).await?.filter(|s| !s.pending) else {
        return Ok(None);
    };
    let actor = actor(platform, session.person, session.second_factor, None).await?;
    let now = platform.now();
    if now.duration_since(session.last_seen) >= NOTED {
        let noted = platform
            .ledger()
            .state(vec![Change::Update {
                table: "session",
                values: vec![("last_seen", now.into())],
                whose: vec![("digest", session.digest.into())],
            }])
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a session was not noted");
        }
    }
    Ok(Some(actor))
}

/// An actor with the grants of today.
pub(super) async fn actor(
    platform: &Platform,
    person: PersonId,
    second_factor: bool,
    scopes: Option<Vec<String>>,
) -> Result<Actor> {
    let grants = account::grants(platform, &person, platform.today()).await?;
    Ok(Actor {
        person,
        grants: apart(grants),
        second_factor,
        scopes,
    })
}

/// Keeps the three administrators apart where a substitution would bring two of them together: one's own stands.
fn apart(grants: Vec<Grant>) -> Vec<Grant> {
    let mut kept: Vec<Grant> = Vec::with_capacity(grants.len());
    for grant in grants {
        let clashes = grant.standing_in_for.is_some()
            && grant.role.is_administrator()
            && kept.iter().any(|k| k.role.is_administrator() && k.role != grant.role);
        if !clashes {
            kept.push(grant);
        }
    }
    kept
}

/// The person who acts, who must be signed in and not come by a key.
pub(super) fn in_person(platform: &Platform, context: &Context) -> Result<PersonId> {
    let Some(actor) = &context.actor else {
        return Err(Refusal::rule("rights/sign_in", "")
            .with("right", Action::ManageOwn.id())
            .manner(Manner::Anonymous)
            .into());
    };
    rights::check(
        platform.rights(),
        context,
        Action::ManageOwn,
        &Object::of_person(&actor.person.0),
    )?;
    if actor.scopes.is_some() {
        return Err(Refusal::rule("people/not_by_key", "").manner(Manner::Forbidden).into());
    }
    Ok(actor.person.clone())
}

/// One's own sessions, latest first.
pub async fn own(platform: &Platform, context: &Context) -> Result<Vec<SessionRow>> {
    let person = in_person(platform, context)?;
    let mut sessions = account::sessions(platform, &person).await?;
    sessions.retain(|s| stands(s, platform.now()) && !s.pending);
    Ok(sessions)
}

/// Ends one of one's own sessions.
pub async fn revoke(platform: &Platform, context: &Context, id: &str) -> Result<()> {
    let person = in_person(platform, context)?;
    let ended = platform
        .ledger()
        .state(vec![Change::Update {
            table: "session",
            values: vec![("revoked", context.now.into())],
            whose: vec![
                ("person", (&person.0).into()),
                ("id", id.into()),
                ("revoked", Option::<i64>::None.into()),
            ],
        }])
        .await?;
    if ended == [0] {
        return Err(Refusal::unseen().into());
    }
    Ok(())
}

/// Ends the session behind a token: signing out.
pub async fn sign_out(platform: &Platform, token: &str) -> Result<()> {
    if let Ok(secret) = Secret::parse(token, TokenKind::Session) {
        platform
            .ledger()
            .state(vec![Change::Delete {
                table: "session",
                whose: vec![("digest", secret.digest().hex().into())],
            }])
            .await?;
    }
    Ok(())
}

/// The change that ends all sessions of a person.
pub(super) fn end_all(person: &PersonId) -> Change {
    Change::Delete {
        table: "session",
        whose: vec![("person", (&person.0).into())],
    }
}

/// Removes sessions, tokens and failures that are of no more use, some of each; says how many. To be called now and then.
pub async fn sweep(platform: &Platform) -> Result<usize> {
    let now = platform.now();
    let before = now.as_microsecond() - identity::lockout::LockoutRule::default().login_window;
    let (sessions, tokens, failures) = account::spent(platform, now, before).await?;
    let delete = |table: &'static str, column: &'static str, values: Vec<String>| {
        values.into_iter().map(move |value| Change::Delete {
            table,
            whose: vec![(column, value.into())],
        })
    };
    let changes: Vec<Change> = delete("session", "digest", sessions)
        .chain(delete("person_token", "digest", tokens))
        .chain(delete("sign_in_failure", "id", failures))
        .collect();
    let count = changes.len();
    if count > 0 {
        platform.ledger().state(changes).await?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::agent;

    #[test]
    fn of_a_browser_only_family_and_system_are_kept() {
        let said = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                    Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0 Serial/4711";
        assert_eq!(agent(said), "Edge · Windows");
        assert_eq!(agent("curl/8"), "");
    }
}
