//! Signing in: password, then the second factor where there is one; failures are counted, and an unknown login is
//! answered as a wrong password is, after the same work.

use super::{
    password,
    profile::{self, failed},
    query::account::{self, Account},
    second_factor,
    session::{self, Issued, Origin, Proof},
    write::new_id,
};
use crate::{
    context::{Context, PersonId},
    refusal::{Manner, Refusal, Result},
    running::Platform,
};
use identity::{lockout::LockoutRule, sealing::LookupField};
use jiff::Timestamp;
use ledger::Change;

/// What somebody typed who wants to sign in.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The login.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// A code of the second factor, or a recovery code, where it was typed at once.
    pub code: Option<&'a str>,
    /// From where.
    pub origin: Origin<'a>,
}

/// How far it came.
#[derive(Debug, Clone)]
pub enum SignedIn {
    /// Signed in.
    Whole {
        /// The session.
        session: Issued,
        /// Whether the password must be changed before anything else.
        must_change: bool,
    },
    /// The password was right; the second factor is asked for next, by [`second_factor`](show_second_factor).
    Half {
        /// The session that waits ten minutes for it.
        session: Issued,
    },
}

/// Signs in.
pub async fn sign_in(platform: &Platform, context: &Context, attempt: Attempt<'_>) -> Result<SignedIn> {
    let keys = platform.keys();
    let login = profile::digest(keys, LookupField::Login, attempt.login);
    let address = profile::digest(keys, LookupField::NetworkAddress, attempt.origin.address);
    may_try(platform, &login, &address, context.now).await?;
    let digests = profile::digests(keys, LookupField::Login, attempt.login);
    let found = account::by_login(platform, &digests).await?.filter(|a| a.present);
    let stored = found.as_ref().map(|a| a.password.as_str());
    let right = password::verify(platform, attempt.password, stored).await?;
    let Some(account) = found.filter(|_| right) else {
        failure(platform, &login, &address, context.now).await?;
        return Err(Refusal::rule("people/sign_in", "").manner(Manner::Anonymous).into());
    };
    let proof = match (account.totp.is_empty(), attempt.code) {
        (true, _) => Proof::OneFactor,
        (false, None) => Proof::Half,
        (false, Some(code)) => {
            if !second_factor::accept(platform, &account, code, context.now).await? {
                failure(platform, &login, &address, context.now).await?;
                return Err(second_factor::refused().into());
            }
            Proof::TwoFactors
        }
    };
    let mut changes = rehashed(platform, &account, attempt.password).await?;
    let (session, begun) = session::issue(platform, &account.person, proof, attempt.origin, context.now)?;
    changes.push(begun);
    if proof != Proof::Half {
        changes.push(forgotten(&login));
    }
    platform.ledger().state(changes).await?;
    tracing::info!(person = account.person.0, ?proof, "signed in");
    Ok(if proof == Proof::Half {
        SignedIn::Half { session }
    } else {
        SignedIn::Whole {
            session,
            must_change: account.must_change,
        }
    })
}

/// Shows the second factor to a session that waits for it; the session goes on under a new token.
pub async fn show_second_factor(
    platform: &Platform,
    context: &Context,
    token: &str,
    code: &str,
    origin: Origin<'_>,
) -> Result<SignedIn> {
    let gone = || Refusal::rule("people/session_over", "").manner(Manner::Anonymous);
    let half = session::found(platform, token)
        .await?
        .filter(|s| s.pending)
        .ok_or_else(gone)?;
    let account = account::of_person(platform, &half.person)
        .await?
        .filter(|a| a.present)
        .ok_or_else(gone)?;
    let login = login_digest(platform, &account.person).await?;
    let address = profile::digest(platform.keys(), LookupField::NetworkAddress, origin.address);
    may_try(platform, &login, &address, context.now).await?;
    if !second_factor::accept(platform, &account, code, context.now).await? {
        failure(platform, &login, &address, context.now).await?;
        return Err(second_factor::refused().into());
    }
    let (session, begun) = session::issue(platform, &account.person, Proof::TwoFactors, origin, context.now)?;
    let ended = Change::Delete {
        table: "session",
        whose: vec![("digest", half.digest.into())],
    };
    let went_on = platform
        .ledger()
        .state_if(ended, vec![begun, forgotten(&login)])
        .await?;
    if !went_on {
        return Err(gone().into());
    }
    tracing::info!(person = account.person.0, "second factor shown");
    Ok(SignedIn::Whole {
        session,
        must_change: account.must_change,
    })
}

/// Changes one's own password; all other sessions end.
pub async fn change_password(
    platform: &Platform,
    context: &Context,
    old: &str,
    new: &str,
    origin: Origin<'_>,
) -> Result<Issued> {
    let person = session::in_person(platform, context)?;
    let account = account::of_person(platform, &person)
        .await?
        .filter(|a| a.present)
        .ok_or_else(Refusal::unseen)?;
    let login = login_digest(platform, &person).await?;
    let address = profile::digest(platform.keys(), LookupField::NetworkAddress, origin.address);
    may_try(platform, &login, &address, context.now).await?;
    if !password::verify(platform, old, Some(&account.password)).await? {
        failure(platform, &login, &address, context.now).await?;
        return Err(Refusal::wrong("people/password_old")
            .fault("old", "fault-password-old")
            .into());
    }
    let name = account::profile(platform, &person)
        .await?
        .map_or_else(String::new, |p| p.login);
    password::check(new, &name)?;
    let hash = password::hash(platform, new).await?;
    let proof = if context.actor.as_ref().is_some_and(|a| a.second_factor) {
        Proof::TwoFactors
    } else {
        Proof::OneFactor
    };
    let (session, begun) = session::issue(platform, &person, proof, origin, context.now)?;
    platform
        .ledger()
        .state(vec![
            password::set(&person.0, &hash, false, true),
            session::end_all(&person),
            begun,
            forgotten(&login),
        ])
        .await?;
    Ok(session)
}

async fn login_digest(platform: &Platform, person: &PersonId) -> Result<String> {
    let digests = account::digests_of(platform, person).await?;
    digests
        .into_iter()
        .find(|(field, _)| field == "login")
        .map(|(_, digest)| digest)
        .ok_or_else(|| failed("the login of a person", &"there is none"))
}

/// Refuses while the lockout rule says so.
async fn may_try(platform: &Platform, login: &str, address: &str, now: Timestamp) -> Result<()> {
    let rule = LockoutRule::default();
    let now = now.as_microsecond();
    let (of_login, of_address) = account::failures(platform, login, address, now - rule.login_window).await?;
    let Some(until) = rule.judge(&of_login, &of_address, now).until() else {
        return Ok(());
    };
    let seconds = (until - now).max(0) / 1_000_000 + 1;
    Err(Refusal::rule("people/wait", "")
        .with("seconds", seconds.to_string())
        .manner(Manner::TooMany)
        .into())
}

async fn failure(platform: &Platform, login: &str, address: &str, now: Timestamp) -> Result<()> {
    platform
        .ledger()
        .state(vec![Change::Insert {
            table: "sign_in_failure",
            values: vec![
                ("id", new_id("")?.into()),
                ("login", login.into()),
                ("address", address.into()),
                ("at", now.into()),
            ],
        }])
        .await?;
    Ok(())
}

/// The failures of a login are forgotten.
fn forgotten(login: &str) -> Change {
    Change::Delete {
        table: "sign_in_failure",
        whose: vec![("login", login.into())],
    }
}

/// A hash that was made at another cost is made anew while the password is at hand.
async fn rehashed(platform: &Platform, account: &Account, typed: &str) -> Result<Vec<Change>> {
    if !identity::password::needs_rehash(&account.password, password::cost(platform)) {
        return Ok(Vec::new());
    }
    let hash = password::hash(platform, typed).await?;
    Ok(vec![password::set(&account.person.0, &hash, account.must_change, true)])
}
