//! Passwords: the work is done on a small pool, so that a rush of sign-ins leaves the rest of the platform alone.

use super::profile::failed;
use crate::{
    refusal::{Refusal, Result},
    running::Platform,
};
use identity::{
    OperatingSystem,
    password::{self, Cost, PasswordPolicy, PasswordRefusal},
};
use ledger::{Change, Value};
use tokio::sync::Semaphore;

/// How many passwords are worked on at once; each takes 19 MiB.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What a password costs here. A demonstration protects nothing.
pub(super) fn cost(platform: &Platform) -> Cost {
    if platform.settings().light_passwords || platform.settings().demo {
        Cost::Light
    } else {
        Cost::Standard
    }
}

async fn worked<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _permit = AT_ONCE.acquire().await.map_err(|e| failed("a password", &e))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| failed("a password", &e))
}

/// Refuses a password that is too weak, with every reason.
pub(super) fn check(password: &str, login: &str) -> Result<(), Refusal> {
    let refusals = PasswordPolicy::default().refusals(password, login);
    if refusals.is_empty() {
        return Ok(());
    }
    Err(refusals
        .into_iter()
        .fold(Refusal::wrong("people/password"), |refusal, reason| {
            refusal.fault("password", fault(reason))
        }))
}

const fn fault(reason: PasswordRefusal) -> &'static str {
    match reason {
        PasswordRefusal::TooShort { .. } => "fault-password-short",
        PasswordRefusal::TooLong { .. } => "fault-password-long",
        PasswordRefusal::Common => "fault-password-common",
        PasswordRefusal::Repetitive { .. } => "fault-password-repetitive",
        PasswordRefusal::Login => "fault-password-login",
    }
}

/// The hash of a password.
pub(super) async fn hash(platform: &Platform, password: &str) -> Result<String> {
    let (password, cost) = (password.to_owned(), cost(platform));
    worked(move || password::hash(&password, cost, &OperatingSystem))
        .await?
        .map_err(|e| failed("a password", &e))
}

/// Whether it is the password behind `stored`; where there is none the answer takes the same time and is no.
pub(super) async fn verify(platform: &Platform, password: &str, stored: Option<&str>) -> Result<bool> {
    let (password, cost) = (password.to_owned(), cost(platform));
    match stored.filter(|s| !s.is_empty()).map(str::to_owned) {
        Some(stored) => worked(move || password::verify(&password, &stored))
            .await?
            .map_err(|e| failed("a password", &e)),
        None => worked(move || password::verify_nothing(&password, cost)).await,
    }
}

/// The credential of a person who has none yet, or a new password for one who has.
pub(super) fn set(person: &str, hash: &str, must_change: bool, known: bool) -> Change {
    let password = vec![("password", Value::from(hash)), ("must_change", must_change.into())];
    if known {
        return Change::Update {
            table: "credential",
            values: password,
            whose: vec![("person", person.into())],
        };
    }
    let mut values = password;
    values.extend([
        ("person", person.into()),
        ("totp", Vec::new().into()),
        ("totp_offered", Vec::new().into()),
        ("totp_last_step", 0.into()),
        ("recovery", "[]".into()),
    ]);
    Change::Upsert {
        table: "credential",
        key: &["person"],
        values,
    }
}
