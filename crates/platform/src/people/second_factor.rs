//! The second factor: enrolled, confirmed, shown, replaced by a recovery code, taken away by whoever manages people.

use super::{
    command::{Decision, decide},
    event::PersonEvent,
    profile::failed,
    query::account::{self, Account},
    session::{self, Issued, Origin, Proof},
    state::THREE_ADMINISTRATORS,
    write::Done,
};
use crate::{
    context::{Context, PersonId},
    notice::outgoing::{Outgoing, posted},
    refusal::{Manner, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
};
use identity::{
    OperatingSystem,
    sealing::{PersonKey, Sealed},
    totp::{RecoveryCode, RecoveryDigest, TotpSecret, TotpStep, TotpVerdict},
};
use jiff::Timestamp;
use ledger::Change;

/// Longest reason for taking a second factor away, in characters.
const LONGEST_REASON: usize = 500;

/// A secret that was offered and is not in force before it is confirmed. Shown this once.
pub struct Offered {
    /// The address for the authenticator application, usually drawn as a QR code.
    pub uri: String,
    /// The secret in base 32, for typing.
    pub base32: String,
}

fn record(person: &PersonId) -> String {
    format!("person/{}/totp", person.0)
}

fn opened(key: &PersonKey, person: &PersonId, sealed: &[u8]) -> Result<TotpSecret> {
    let sealed = Sealed::from_bytes(sealed.to_vec()).map_err(|e| failed("a second factor", &e))?;
    let plain = key
        .open(&record(person), &sealed)
        .map_err(|e| failed("a second factor", &e))?;
    let bytes = <[u8; 20]>::try_from(plain.as_slice()).map_err(|e| failed("a second factor", &e))?;
    Ok(TotpSecret::from_bytes(bytes))
}

async fn key(platform: &Platform, person: &PersonId) -> Result<PersonKey> {
    account::key(platform, person)
        .await?
        .ok_or_else(|| Refusal::unseen().into())
}

async fn own_account(platform: &Platform, person: &PersonId) -> Result<Account> {
    account::of_person(platform, person)
        .await?
        .filter(|a| a.present)
        .ok_or_else(|| Refusal::unseen().into())
}

/// Whether a person has a second factor in force.
pub async fn is_set(platform: &Platform, person: &PersonId) -> Result<bool> {
    let account = account::of_person(platform, person).await?;
    Ok(account.is_some_and(|account| !account.totp.is_empty()))
}

/// Offers a secret to oneself; it is in force once [`confirm`] has seen a code of it.
pub async fn enrol(platform: &Platform, context: &Context) -> Result<Offered> {
    let person = session::in_person(platform, context)?;
    let account = own_account(platform, &person).await?;
    let shown = context.actor.as_ref().is_some_and(|a| a.second_factor);
    if !account.totp.is_empty() && !shown {
        return Err(refused().into());
    }
    let key = key(platform, &person).await?;
    let secret = TotpSecret::generate(&OperatingSystem).map_err(|e| failed("a second factor", &e))?;
    let sealed = key
        .seal(&record(&person), secret.expose(), &OperatingSystem)
        .map_err(|e| failed("a second factor", &e))?;
    let login = account::profile(platform, &person)
        .await?
        .map_or_else(String::new, |p| p.login);
    let uri = secret
        .provisioning_uri(&login)
        .map_err(|e| failed("a second factor", &e))?;
    platform
        .ledger()
        .state(vec![Change::Update {
            table: "credential",
            values: vec![("totp_offered", sealed.as_bytes().to_vec().into())],
            whose: vec![("person", (&person.0).into())],
        }])
        .await?;
    Ok(Offered {
        uri: uri.to_string(),
        base32: secret.base32().to_string(),
    })
}

/// A second factor that is in force from now on.
pub struct Confirmed {
    /// The recovery codes, shown this once.
    pub codes: Vec<RecoveryCode>,
    /// The session in which it was shown; all others have ended.
    pub session: Issued,
}

/// Puts the offered secret into force by a code of it. The session goes on under a new token, with the second factor
/// shown; sessions that were begun without it end.
pub async fn confirm(platform: &Platform, context: &Context, code: &str, origin: Origin<'_>) -> Result<Confirmed> {
    let person = session::in_person(platform, context)?;
    let account = own_account(platform, &person).await?;
    if account.totp_offered.is_empty() {
        return Err(Refusal::rule("people/second_factor_not_offered", "").into());
    }
    let key = key(platform, &person).await?;
    let secret = opened(&key, &person, &account.totp_offered)?;
    let TotpVerdict::Accepted(TotpStep(step)) = secret.verify(code, context.now.as_microsecond(), None) else {
        return Err(Refusal::wrong("people/second_factor")
            .fault("code", "fault-code")
            .into());
    };
    let codes = RecoveryCode::generate_set(&OperatingSystem).map_err(|e| failed("recovery codes", &e))?;
    let digests: Vec<RecoveryDigest> = codes.iter().map(RecoveryCode::digest).collect();
    let recovery = serde_json::to_string(&digests).map_err(|e| failed("recovery codes", &e))?;
    let (session, begun) = session::issue(platform, &person, Proof::TwoFactors, origin, context.now)?;
    platform
        .ledger()
        .state(vec![
            Change::Update {
                table: "credential",
                values: vec![
                    ("totp", account.totp_offered.into()),
                    ("totp_offered", Vec::new().into()),
                    ("totp_last_step", step.cast_signed().into()),
                    ("recovery", recovery.into()),
                ],
                whose: vec![("person", (&person.0).into())],
            },
            session::end_all(&person),
            begun,
        ])
        .await?;
    Ok(Confirmed { codes, session })
}

/// Takes the second factor of somebody away who has lost telephone and recovery codes: by whoever manages people, who says
/// why. All sessions of the person end, and the person is told.
///
/// # Errors
/// `rights/missing`; `people/own_factor`, since whoever has only a password would free themselves of the other;
/// `people/factor_reason`; `people/no_second_factor`.
pub async fn remove(platform: &Platform, context: &Context, person: &PersonId, reason: &str) -> Result<Done> {
    rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    )?;
    if context.actor.as_ref().is_some_and(|a| a.person == *person) {
        return Err(Refusal::rule("people/own_factor", THREE_ADMINISTRATORS).into());
    }
    take_away(platform, context, person, reason).await
}

/// Takes a second factor away without asking for the right.
pub(super) async fn take_away(platform: &Platform, context: &Context, person: &PersonId, reason: &str) -> Result<Done> {
    let reason = reason.trim();
    let fault = match reason.chars().count() {
        0 => Some("fault-required"),
        length if length > LONGEST_REASON => Some("fault-too-long"),
        _ => None,
    };
    if let Some(fault) = fault {
        return Err(Refusal::wrong("people/factor_reason").fault("reason", fault).into());
    }
    decide(platform, context, person, |state| async move {
        state.present()?;
        if !is_set(platform, person).await? {
            return Err(Refusal::rule("people/no_second_factor", "").into());
        }
        let mut changes = vec![
            Change::Update {
                table: "credential",
                values: vec![
                    ("totp", Vec::new().into()),
                    ("totp_offered", Vec::new().into()),
                    ("totp_last_step", 0.into()),
                    ("recovery", "[]".into()),
                ],
                whose: vec![("person", (&person.0).into())],
            },
            session::end_all(person),
        ];
        let address = account::profile(platform, person).await?.and_then(|p| p.email);
        if platform.settings().mail.is_some() && address.is_some() {
            changes.push(posted(platform, person, &Outgoing::FactorRemoved, context.now).1);
        }
        let event = PersonEvent::SecondFactorRemoved {
            reason: reason.to_owned(),
        };
        Ok(Decision {
            state: changes,
            ..Decision::of(&event, &person.0)?
        })
    })
    .await
}

/// The refusal of a code, which does not say whether it was wrong or used.
pub(super) fn refused() -> Refusal {
    Refusal::rule("people/second_factor", "").manner(Manner::Anonymous)
}

/// Whether a code, or a recovery code, is right and was not used before; it is used up by this.
pub(super) async fn accept(platform: &Platform, account: &Account, typed: &str, now: Timestamp) -> Result<bool> {
    let person = &account.person;
    let key = key(platform, person).await?;
    let secret = opened(&key, person, &account.totp)?;
    let last = u64::try_from(account.totp_last_step)
        .ok()
        .filter(|step| *step > 0)
        .map(TotpStep);
    let (column, before, after) = match secret.verify(typed, now.as_microsecond(), last) {
        TotpVerdict::Accepted(TotpStep(step)) => (
            "totp_last_step",
            account.totp_last_step.into(),
            step.cast_signed().into(),
        ),
        TotpVerdict::Replayed(_) => return Ok(false),
        TotpVerdict::Wrong => {
            let stored: Vec<RecoveryDigest> =
                serde_json::from_str(&account.recovery).map_err(|e| failed("recovery codes", &e))?;
            let Some(position) = RecoveryCode::parse(typed).and_then(|code| code.position_in(&stored)) else {
                return Ok(false);
            };
            let mut left = stored;
            left.remove(position);
            let left = serde_json::to_string(&left).map_err(|e| failed("recovery codes", &e))?;
            ("recovery", (&account.recovery).into(), left.into())
        }
    };
    // Two who come with the same code at once: the first has changed what the second saw.
    let first = Change::Update {
        table: "credential",
        values: vec![(column, after)],
        whose: vec![("person", (&person.0).into()), (column, before)],
    };
    Ok(platform.ledger().state_if(first, Vec::new()).await?)
}
