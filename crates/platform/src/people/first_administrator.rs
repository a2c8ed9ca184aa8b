//! The first administrator: made by a token that is printed on the terminal, while there was never one.

use super::{
    command::{NewPerson, enter},
    event::{Basis, Body},
    organization, password,
    profile::{Profile, failed},
    query::account,
    state::Membership,
    write::{BOOTSTRAP, OPERATOR, begin, new_id, organization_stream, person_stream, taken},
};
use crate::{
    bilingual::Bilingual,
    context::{Context, PersonId},
    refusal::{Refusal, Result},
    rights::Role,
    running::Platform,
};
use identity::{
    OperatingSystem,
    token::{Secret, TokenKind},
};
use jiff::SignedDuration;
use ledger::{Change, Version};

/// The token opens so long; each start prints another.
const LASTS: SignedDuration = SignedDuration::from_hours(24);
/// What the row of the token is called.
const KIND: &str = "first_administrator";

/// A fresh token for the terminal, where nobody has ever been system administrator; earlier ones no longer open. The
/// caller prints it, once, and nowhere else.
pub async fn first_administrator_token(platform: &Platform) -> Result<Option<Secret>> {
    if account::ever_held(platform, Role::SystemAdministrator).await? {
        return Ok(None);
    }
    let token = Secret::generate(TokenKind::FirstAdministrator, &OperatingSystem).map_err(|e| failed("a token", &e))?;
    let expires = platform
        .now()
        .checked_add(LASTS)
        .map_err(|e| failed("the end of a token", &e))?;
    platform
        .ledger()
        .state(vec![
            Change::Delete {
                table: "person_token",
                whose: vec![("kind", KIND.into())],
            },
            Change::Insert {
                table: "person_token",
                values: vec![
                    ("digest", token.digest().hex().into()),
                    ("person", "".into()),
                    ("kind", KIND.into()),
                    ("expires", expires.into()),
                ],
            },
        ])
        .await?;
    Ok(Some(token))
}

/// Whether a token still makes the first administrator: for the page on which it is used.
pub async fn opens(platform: &Platform, token: &str) -> Result<bool> {
    let Ok(secret) = Secret::parse(token, TokenKind::FirstAdministrator) else {
        return Ok(false);
    };
    let row = account::token(platform, &secret.digest().hex()).await?;
    Ok(row.is_some_and(|row| row.kind == KIND && platform.now() < row.expires))
}

/// Makes the system administrator by the token, in the body that runs the platform, which is entered with it. One
/// person may not hold two of the three administrators, so this one may then invite one security administrator, and
/// that one gives all further roles.
pub async fn redeem(
    platform: &Platform,
    context: &Context,
    token: &str,
    profile: &Profile,
    typed: &str,
) -> Result<PersonId> {
    if !opens(platform, token).await? {
        return Err(Refusal::rule("people/token_over", "").into());
    }
    password::check(typed, &profile.login)?;
    let hash = password::hash(platform, typed).await?;
    enter_operator(platform, context).await?;
    let person = PersonId(new_id("p")?);
    let new = NewPerson {
        profile: profile.clone(),
        memberships: vec![Membership {
            organization: OPERATOR.to_owned(),
            desk: None,
            role: Role::SystemAdministrator,
            places: Vec::new(),
            from: context.today,
            until: None,
        }],
    };
    let mut commit = begin(context, &person.0);
    enter(platform, &mut commit, &person, &new, Basis::FirstAdministrator, false).await?;
    commit.state.extend([
        Change::Claim {
            kind: BOOTSTRAP,
            value: Role::SystemAdministrator.id().to_owned(),
            holder: person_stream(&person)?.to_string(),
        },
        Change::Delete {
            table: "person_token",
            whose: vec![("kind", KIND.into())],
        },
        password::set(&person.0, &hash, false, false),
    ]);
    platform.ledger().commit(commit).await.map_err(taken)?;
    Ok(person)
}

/// The body that runs the platform, entered where it is not there yet.
pub(super) async fn enter_operator(platform: &Platform, context: &Context) -> Result<()> {
    let stream = organization_stream(OPERATOR)?;
    if platform.ledger().version(&stream).await? != Version::NONE {
        return Ok(());
    }
    let body = Body {
        name: Bilingual::new("平台运行单位", "Operator of the platform"),
        short: "运行单位".to_owned(),
        kind: "operator".to_owned(),
        place: None,
        parent: None,
        ownership: None,
        codes: Vec::new(),
        addressed: false,
        demo: false,
    };
    let unkeyed = Context {
        idempotency: None,
        ..context.clone()
    };
    organization::carry_out(
        platform,
        &unkeyed,
        OPERATOR,
        &organization::Command::Enter(body),
        None,
        None,
    )
    .await?;
    Ok(())
}
