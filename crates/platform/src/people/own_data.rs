//! What the platform holds about oneself, for oneself: one file to take along (个人信息保护法 第四十五条).

use super::{
    key, profile,
    query::{account, memberships_of, person},
    session,
};
use crate::{
    context::{Context, PersonId},
    refusal::{Refusal, Result},
    rights::Role,
    running::Platform,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Everything about one person.
#[derive(Debug, Serialize)]
pub struct OwnData {
    /// Opaque id, by which the log knows the person.
    pub id: PersonId,
    /// When the account was made.
    pub entered: Timestamp,
    /// Name.
    pub name: String,
    /// Name to sign in with.
    pub login: String,
    /// Address; null where there is none.
    pub email: Option<String>,
    /// Whether a second factor is in force.
    pub second_factor: bool,
    /// Roles, ended ones too.
    pub memberships: Vec<Held>,
    /// Sessions that stand.
    pub sessions: Vec<Session>,
    /// Keys that stand.
    pub keys: Vec<Key>,
    /// How many entries of the log the person has recorded; the history shows each.
    pub recorded: i64,
}

/// A role in a body.
#[derive(Debug, Serialize)]
pub struct Held {
    role: Role,
    organization: String,
    desk: Option<String>,
    places: Vec<String>,
    from: Date,
    until: Option<Date>,
}

/// A session.
#[derive(Debug, Serialize)]
pub struct Session {
    id: String,
    began: Timestamp,
    used: Timestamp,
    browser: String,
}

/// A key.
#[derive(Debug, Serialize)]
pub struct Key {
    id: String,
    name: String,
    scopes: Vec<String>,
    made: Timestamp,
    used: Option<Timestamp>,
    expires: Option<Timestamp>,
}

/// Everything about whoever asks. A key cannot ask.
pub async fn own_data(platform: &Platform, context: &Context) -> Result<OwnData> {
    let id = session::in_person(platform, context)?;
    let row = person(platform, &id).await?.ok_or_else(Refusal::unseen)?;
    let profile::Profile { name, login, email } = account::profile(platform, &id).await?.ok_or_else(Refusal::unseen)?;
    let memberships = memberships_of(platform, &id).await?.into_iter().map(|m| {
        let m = m.membership;
        Held {
            role: m.role,
            organization: m.organization,
            desk: m.desk,
            places: m.places,
            from: m.from,
            until: m.until,
        }
    });
    let sessions = session::own(platform, context).await?.into_iter().map(|s| Session {
        id: s.id,
        began: s.created,
        used: s.last_seen,
        browser: s.agent,
    });
    let keys = key::own(platform, context).await?.into_iter().map(|k| Key {
        id: k.id,
        name: k.name,
        scopes: k.scopes,
        made: k.created,
        used: k.last_used,
        expires: k.expires,
    });
    Ok(OwnData {
        entered: row.entered,
        name,
        login,
        email,
        second_factor: super::second_factor::is_set(platform, &id).await?,
        memberships: memberships.collect(),
        sessions: sessions.collect(),
        keys: keys.collect(),
        recorded: account::recorded_by(platform, &id).await?,
        id,
    })
}

/// One's own name, login and address, to be corrected.
pub async fn own_profile(platform: &Platform, context: &Context) -> Result<profile::Profile> {
    let id = session::in_person(platform, context)?;
    account::profile(platform, &id)
        .await?
        .ok_or_else(|| Refusal::unseen().into())
}
