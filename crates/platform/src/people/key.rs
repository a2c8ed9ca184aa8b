//! Personal keys: a program acts for a person, within the actions to which the key is bound.

use super::{
    profile::failed,
    query::account::{self, KeyRow},
    session,
};
use crate::{
    context::{Actor, Context, PersonId},
    refusal::{Refusal, Result},
    rights::Action,
    running::Platform,
};
use identity::{
    OperatingSystem,
    token::{Secret, TokenKind},
};
use jiff::{SignedDuration, Timestamp};
use ledger::Change;

/// Longest name of a key, in characters.
const LONGEST_NAME: usize = 60;
/// Most keys of a person that stand at once.
const MOST: usize = 20;
/// A use is noted at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(5);

/// A key that has just been made; it is shown this once.
#[derive(Debug, Clone)]
pub struct Made {
    /// Id by which its owner names it.
    pub id: String,
    /// The key.
    pub key: Secret,
}

/// Makes a key for oneself, bound to some actions. A key cannot make keys.
pub async fn make(
    platform: &Platform,
    context: &Context,
    name: &str,
    scopes: &[Action],
    expires: Option<Timestamp>,
) -> Result<Made> {
    let person = session::in_person(platform, context)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refusal::wrong("people/key").fault("name", "fault-required").into());
    }
    if scopes.is_empty() {
        return Err(Refusal::wrong("people/key").fault("scopes", "fault-required").into());
    }
    if expires.is_some_and(|expires| expires <= context.now) {
        return Err(Refusal::wrong("people/key").fault("expires", "fault-past").into());
    }
    if account::api_keys(platform, &person).await?.len() >= MOST {
        return Err(Refusal::rule("people/too_many_keys", "")
            .with("most", MOST.to_string())
            .into());
    }
    let (made, change) = fresh(&person, name, scopes, expires, context.now)?;
    platform.ledger().state(vec![change]).await?;
    Ok(made)
}

/// A fresh key and the row that keeps its digest.
pub(super) fn fresh(
    person: &PersonId,
    name: &str,
    scopes: &[Action],
    expires: Option<Timestamp>,
    now: Timestamp,
) -> Result<(Made, Change)> {
    let key = Secret::generate(TokenKind::ApiKey, &OperatingSystem).map_err(|e| failed("a key", &e))?;
    let scopes: Vec<&str> = scopes.iter().map(|action| action.id()).collect();
    let scopes = serde_json::to_string(&scopes).map_err(|e| failed("scopes of a key", &e))?;
    let digest = key.digest();
    let change = Change::Insert {
        table: "api_key",
        values: vec![
            ("digest", digest.hex().into()),
            ("id", digest.short().into()),
            ("person", (&person.0).into()),
            ("name", name.into()),
            ("scopes", scopes.into()),
            ("created", now.into()),
            ("last_used", Option::<i64>::None.into()),
            ("expires", expires.map(Timestamp::as_microsecond).into()),
            ("revoked", Option::<i64>::None.into()),
        ],
    };
    let made = Made {
        id: digest.short(),
        key,
    };
    Ok((made, change))
}

/// One's own keys.
pub async fn own(platform: &Platform, context: &Context) -> Result<Vec<KeyRow>> {
    let person = session::in_person(platform, context)?;
    account::api_keys(platform, &person).await
}

/// Ends one of one's own keys.
pub async fn revoke(platform: &Platform, context: &Context, id: &str) -> Result<()> {
    let person = session::in_person(platform, context)?;
    let ended = platform
        .ledger()
        .state(vec![Change::Update {
            table: "api_key",
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

/// The actor behind a key, with the grants of today, bound to the key's actions; nothing where the key ended.
pub async fn actor_by_key(platform: &Platform, key: &str) -> Result<Option<Actor>> {
    let Ok(secret) = Secret::parse(key, TokenKind::ApiKey) else {
        return Ok(None);
    };
    let now = platform.now();
    let Some(row) = account::api_key(platform, &secret.digest().hex())
        .await?
        .filter(|row| row.present && row.expires.is_none_or(|expires| now < expires))
    else {
        return Ok(None);
    };
    let actor = session::actor(platform, row.person, false, Some(row.scopes)).await?;
    if row.last_used.is_none_or(|used| now.duration_since(used) >= NOTED) {
        let noted = platform
            .ledger()
            .state(vec![Change::Update {
                table: "api_key",
                values: vec![("last_used", now.into())],
                whose: vec![("digest", row.digest.into())],
            }])
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a key was not noted");
        }
    }
    Ok(Some(actor))
}
