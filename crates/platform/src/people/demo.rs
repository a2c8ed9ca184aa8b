//! The accounts of the demonstration (演示), with their bodies and desks. Entered once; each start makes fresh keys.

use super::{
    command::{NewPerson, enter as enter_person},
    event::{Basis, Body},
    key, organization, password,
    profile::Profile,
    query::{account, desk, organization as body_of},
    state::Membership,
    write::{begin, new_id, taken},
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{files, words::OriginWord},
    context::{Context, PersonId},
    refusal::Result,
    rights::{Action, Role},
    running::Platform,
};
use identity::sealing::LookupField;
use jiff::ToSpan;
use ledger::{AsOf, Change};
use serde::{Deserialize, Serialize};

/// What the keys of the demonstration are called.
const KEY_NAME: &str = "demo";
/// So many days before the demonstration is loaded its bodies, desks and memberships begin.
const BEFORE: i32 = 400;

#[derive(Deserialize)]
struct World {
    en_origin: OriginWord,
    #[serde(default)]
    organization: Vec<WorldBody>,
    #[serde(default)]
    desk: Vec<WorldDesk>,
    #[serde(default)]
    account: Vec<WorldAccount>,
}

#[derive(Deserialize)]
struct WorldBody {
    id: String,
    zh: String,
    short: String,
    en: String,
    kind: String,
    place: Option<String>,
    ownership: Option<String>,
}

#[derive(Deserialize)]
struct WorldDesk {
    id: String,
    organization: String,
    zh: String,
    en: String,
    contact: Option<String>,
}

#[derive(Deserialize)]
struct WorldAccount {
    login: String,
    zh: String,
    en: String,
    role: Role,
    organization: String,
    desk: Option<String>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    one_click: bool,
}

/// A sample account, ready to sign in.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// What it is.
    pub role: Role,
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// A personal key, for the API.
    pub key: String,
    /// What to call it.
    #[serde(skip)]
    pub name: Bilingual,
    /// Whether the sign-in page offers it.
    #[serde(skip)]
    pub one_click: bool,
    /// The person.
    #[serde(skip)]
    pub person: PersonId,
}

/// The password of a sample account: written in the open, so that anybody can try.
pub fn password_of(login: &str) -> String {
    format!("demo-{login}-2026")
}

/// The accounts that the sign-in page of a demonstration offers: login and name.
pub fn one_click(text: &str) -> Result<Vec<(String, Bilingual)>> {
    let world: World = files::parse("demo.toml", text)?;
    let origin = world.en_origin.into();
    Ok(world
        .account
        .into_iter()
        .filter(|account| account.one_click)
        .map(|account| {
            let name = Bilingual {
                zh: account.zh,
                en: Some(account.en),
                en_origin: origin,
            };
            (account.login, name)
        })
        .collect())
}

/// Enters bodies, desks and accounts of `text` (`catalog/demo.toml`) as far as they are not there yet, and gives the
/// accounts with fresh keys. Places and the bodies of the catalogue must have been entered before.
pub async fn enter(
    platform: &Platform,
    context: &Context,
    text: &str,
    password: impl Fn(&str) -> String,
) -> Result<Vec<DemoAccount>> {
    let world: World = files::parse("demo.toml", text)?;
    let context = Context {
        idempotency: None,
        ..context.clone()
    };
    let origin = Origin::from(world.en_origin);
    let named = |zh: &str, en: &str| Bilingual {
        zh: zh.to_owned(),
        en: Some(en.to_owned()),
        en_origin: origin,
    };
    let today = AsOf::day(context.today);
    let since = context.today.checked_sub(BEFORE.days()).unwrap_or(context.today);
    for body in &world.organization {
        if body_of(platform, &body.id, today).await?.is_some() {
            continue;
        }
        let entered = organization::Command::Enter(Body {
            name: named(&body.zh, &body.en),
            short: body.short.clone(),
            kind: body.kind.clone(),
            place: body.place.clone(),
            parent: None,
            ownership: body.ownership.clone(),
            codes: Vec::new(),
            addressed: false,
            demo: true,
        });
        organization::carry_out(platform, &context, &body.id, &entered, Some(since), None).await?;
    }
    for wanted in &world.desk {
        if desk(platform, &wanted.id, today).await?.is_some() {
            continue;
        }
        let opened = organization::Command::OpenDesk {
            desk: wanted.id.clone(),
            name: named(&wanted.zh, &wanted.en),
            contact: wanted.contact.clone(),
        };
        organization::carry_out(platform, &context, &wanted.organization, &opened, Some(since), None).await?;
    }
    let mut accounts = Vec::new();
    let mut commit = begin(&context, "demo");
    for sample in world.account {
        let typed = password(&sample.login);
        let known = account::found_by(platform, LookupField::Login, &sample.login).await?;
        let person = match known.into_iter().next() {
            Some(person) => person,
            None => {
                let person = PersonId(new_id("p")?);
                let new = NewPerson {
                    profile: Profile::read(&sample.zh, &sample.login, None)?,
                    memberships: vec![Membership {
                        organization: sample.organization.clone(),
                        desk: sample.desk.clone(),
                        role: sample.role,
                        places: sample.places.clone(),
                        from: since,
                        until: None,
                    }],
                };
                let basis = Basis::Demonstration;
                enter_person(platform, &mut commit, &person, &new, basis, true).await?;
                let hash = password::hash(platform, &typed).await?;
                commit.state.push(password::set(&person.0, &hash, false, false));
                person
            }
        };
        commit.state.push(Change::Delete {
            table: "api_key",
            whose: vec![("person", (&person.0).into()), ("name", KEY_NAME.into())],
        });
        let bound: Vec<Action> = Action::ALL
            .iter()
            .copied()
            .filter(|action| !platform.rights().scopes(*action, sample.role).is_empty())
            .collect();
        let (made, kept) = key::fresh(&person, KEY_NAME, &bound, None, context.now)?;
        commit.state.push(kept);
        accounts.push(DemoAccount {
            role: sample.role,
            name: named(&sample.zh, &sample.en),
            login: sample.login,
            password: typed,
            key: made.key.expose().to_owned(),
            one_click: sample.one_click,
            person,
        });
    }
    platform.ledger().commit(commit).await.map_err(taken)?;
    Ok(accounts)
}
