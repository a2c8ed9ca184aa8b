//! `biaochi user`: accounts, by whoever holds the key file and the database.

use crate::{
    cli::{Membership, User},
    config::Config,
    failure::{Failure, Outcome, Result, of_platform},
    installation::{self, Installation},
    output,
};
use jiff::{civil::Date, tz::TimeZone};
use language::t;
use ledger::Access;
use platform::{
    Platform, Settings,
    context::Context,
    people::{command::NewPerson, erasure, event::Ground, operator, profile::Profile, state::Membership as Granted},
    refusal::Manner,
    rights::{Action, Role},
};
use std::{
    io::{BufRead, IsTerminal},
    process::Command,
};

/// The cause that the log gives.
const CAUSE: &str = "biaochi user";

/// Carries out a verb about accounts.
pub async fn run(config: &Config, user: User) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let settings = Settings {
        mail: config.mail()?,
        ..installation::settings(config, "", false)?
    };
    let platform = installation.platform(config, Access::Write, settings).await?;
    let done = carry_out(config, &platform, user).await;
    platform.ledger().close().await?;
    done.map(|()| Outcome::Clean)
}

async fn carry_out(config: &Config, platform: &Platform, user: User) -> Result<()> {
    let refused = |fault| of_platform(config.lang, fault);
    let context = Context::system(platform.now(), CAUSE);
    match user {
        User::Add {
            login,
            name,
            email,
            membership,
        } => {
            let profile = Profile::read(&name, &login, email.as_deref()).map_err(|refusal| refused(refusal.into()))?;
            let new = NewPerson {
                profile,
                memberships: vec![granted(config, &membership, context.today)?],
            };
            let invited = operator::add(platform, &context, &new).await.map_err(refused)?;
            let token = invited
                .token
                .as_ref()
                .map_or_else(String::new, |token| token.expose().to_owned());
            if config.is_json() {
                let id = &invited.done.id;
                output::json(&serde_json::json!({ "id": id, "token": token, "expires": invited.expires }))
            } else {
                let expires = language::instant(config.lang, invited.expires);
                output::line(t!(
                    config.lang,
                    "cli-invited",
                    login = login,
                    token = token,
                    expires = expires
                ))
            }
        }
        User::Passwd { login } => {
            let person = operator::find(platform, &login)
                .await
                .map_err(|fault| no_such(config, &login, fault))?;
            let typed = password(config)?;
            operator::set_password(platform, &person, &typed, false)
                .await
                .map_err(refused)?;
            output::say(t!(config.lang, "cli-password-set", login = login));
            Ok(())
        }
        User::Factor { remove, reason } => {
            let person = operator::known(platform, &remove)
                .await
                .map_err(|fault| no_such(config, &remove, fault))?;
            let done = operator::remove_factor(platform, &context, &person, &reason)
                .await
                .map_err(refused)?;
            if config.is_json() {
                output::json(&serde_json::json!({ "id": person, "position": done.position.0 }))
            } else {
                output::say(t!(config.lang, "cli-factor-removed", login = remove));
                Ok(())
            }
        }
        User::Erase { who, ground } => {
            let ground = Ground::parse(&ground).ok_or_else(|| {
                let known = Ground::ALL.iter().map(|g| g.id()).collect::<Vec<_>>().join(", ");
                Failure::Input(t!(
                    config.lang,
                    "cli-no-such-ground",
                    ground = ground.as_str(),
                    known = known
                ))
            })?;
            let person = operator::known(platform, &who)
                .await
                .map_err(|fault| no_such(config, &who, fault))?;
            erasure::by_operator(platform, &context, &person, ground)
                .await
                .map_err(refused)?;
            if config.is_json() {
                output::json(&serde_json::json!({ "id": person, "rule": ground.source(language::Lang::Zh) }))
            } else {
                output::say(t!(
                    config.lang,
                    "cli-erased",
                    id = person.0.as_str(),
                    rule = ground.source(config.lang)
                ));
                Ok(())
            }
        }
        User::Role { login, membership } => {
            let person = operator::find(platform, &login)
                .await
                .map_err(|fault| no_such(config, &login, fault))?;
            let wanted = granted(config, &membership, context.today)?;
            operator::grant(platform, &context, &person, &wanted)
                .await
                .map_err(refused)?;
            output::say(t!(config.lang, "cli-role-given", login = login, role = membership.role));
            Ok(())
        }
        User::Key {
            login,
            name,
            scope,
            until,
        } => {
            let person = operator::find(platform, &login)
                .await
                .map_err(|fault| no_such(config, &login, fault))?;
            let scopes = scope
                .iter()
                .map(|scope| action(config, scope))
                .collect::<Result<Vec<_>>>()?;
            let expires = until.map(|day| end_of(day)).transpose()?;
            let made = operator::make_key(platform, &person, &name, &scopes, expires)
                .await
                .map_err(|fault| match fault {
                    platform::refusal::Error::Refused(refusal) if refusal.manner == Manner::Unseen => {
                        Failure::Input(t!(config.lang, "cli-no-password-yet", login = login.as_str()))
                    }
                    other => refused(other),
                })?;
            if config.is_json() {
                output::json(&serde_json::json!({ "id": made.id, "key": made.key.expose() }))
            } else {
                output::line(t!(config.lang, "cli-key-made", login = login, key = made.key.expose()))
            }
        }
    }
}

fn no_such(config: &Config, login: &str, fault: platform::refusal::Error) -> Failure {
    match fault {
        platform::refusal::Error::Refused(_) => Failure::Input(t!(config.lang, "cli-no-such-login", login = login)),
        other => of_platform(config.lang, other),
    }
}

fn granted(config: &Config, membership: &Membership, today: Date) -> Result<Granted> {
    let role = Role::parse(&membership.role).ok_or_else(|| {
        let known = Role::ALL.iter().map(|role| role.id()).collect::<Vec<_>>().join(", ");
        Failure::Input(t!(
            config.lang,
            "cli-no-such-role",
            role = membership.role.as_str(),
            known = known
        ))
    })?;
    Ok(Granted {
        organization: membership.organization.clone(),
        desk: membership.desk.clone(),
        role,
        places: membership.place.clone(),
        from: membership.from.unwrap_or(today),
        until: membership.until,
    })
}

fn action(config: &Config, id: &str) -> Result<Action> {
    Action::parse(id).ok_or_else(|| {
        let known = Action::ALL
            .iter()
            .map(|action| action.id())
            .collect::<Vec<_>>()
            .join(", ");
        Failure::Input(t!(config.lang, "cli-no-such-action", action = id, known = known))
    })
}

/// The end of a day in China.
fn end_of(day: Date) -> Result<jiff::Timestamp> {
    let failed = |fault: jiff::Error| Failure::Input(fault.to_string());
    let midnight = day.tomorrow().map_err(failed)?.at(0, 0, 0, 0);
    TimeZone::fixed(jiff::tz::offset(8))
        .to_timestamp(midnight)
        .map_err(failed)
}

/// The first line of standard input; a terminal does not show it.
fn password(config: &Config) -> Result<String> {
    let terminal = std::io::stdin().is_terminal();
    let echo = |on: &str| {
        terminal
            && Command::new("stty")
                .arg(on)
                .status()
                .is_ok_and(|status| status.success())
    };
    if terminal {
        output::say(t!(config.lang, "cli-type-password"));
    }
    let hidden = echo("-echo");
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if hidden {
        echo("echo");
    }
    read.map_err(|fault| Failure::environment("stdin", fault))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
