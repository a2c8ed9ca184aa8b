//! What every command of this room does alike: answers a repetition as the first time, names streams and claims.

pub(super) use crate::writing::begin;
use crate::{
    context::{Context, PersonId},
    refusal::{Error, Refusal, Result},
    rights::Role,
    running::Platform,
    writing,
};
use identity::Randomness as _;
use jiff::Timestamp;
use ledger::{CommitError, Committed, Position, StreamName};

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Id of what was made or changed.
    pub id: String,
    /// Position of the last event.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// Whether it had been done before under the same key: nothing was recorded now.
    pub repeated: bool,
}

impl Done {
    /// From what the ledger and the decision answered.
    pub(super) fn of((committed, id): (Committed, String)) -> Self {
        Self {
            repeated: committed.repeated.is_some(),
            id: committed.repeated.unwrap_or(id),
            position: committed.last,
            at: committed.at,
        }
    }
}

/// What was answered when this very request was made before; a decision taken afresh would only find it done.
pub(super) async fn repeated(platform: &Platform, context: &Context) -> Result<Option<Done>> {
    let before = writing::repeated(platform, context).await?;
    Ok(before.map(|committed| Done::of((committed, String::new()))))
}

/// The stream of a person.
pub(super) fn person_stream(person: &PersonId) -> Result<StreamName> {
    stream("person", &person.0)
}

/// The stream of a body.
pub(super) fn organization_stream(id: &str) -> Result<StreamName> {
    stream("organization", id)
}

fn stream(kind: &str, id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("{kind}/{id}")).map_err(|_| Refusal::unseen().into())
}

/// A fresh opaque id, not guessable.
pub(super) fn new_id(prefix: &str) -> Result<String> {
    let mut bytes = [0_u8; 16];
    identity::OperatingSystem
        .fill(&mut bytes)
        .map_err(|e| super::profile::failed("an id", &e))?;
    Ok(format!("{prefix}{:032x}", u128::from_be_bytes(bytes)))
}

/// A claim that is taken, in the words of this room.
pub(super) fn taken(error: CommitError) -> Error {
    match error {
        CommitError::Taken { kind, .. } if kind == LOGIN => Refusal::wrong("people/login_taken")
            .fault("login", "fault-login-taken")
            .into(),
        CommitError::Taken { kind, value, .. } if kind == BOOTSTRAP => {
            Refusal::rule("people/bootstrap_used", super::state::THREE_ADMINISTRATORS)
                .with("role", value)
                .into()
        }
        CommitError::Taken { kind, value, .. } if kind == DESK => Refusal::wrong("people/desk_taken")
            .with("desk", value)
            .fault("desk", "fault-desk-taken")
            .into(),
        other => other.into(),
    }
}

/// Claim on the digest of a login.
pub(super) const LOGIN: &str = "login";
/// Claim on the id of a desk.
pub(super) const DESK: &str = "desk";
/// Claim on an administrator that may be made once without the right to.
pub(super) const BOOTSTRAP: &str = "bootstrap";

/// The body in which the administrators of an installation are held until it has others.
pub const OPERATOR: &str = "operator";

/// Roles whose last holder may not go.
pub(super) const NEVER_WITHOUT: &[Role] = &[Role::SystemAdministrator, Role::SecurityAdministrator];

/// A refusal that carries its conversion: the error of a commit as this room says it.
pub(super) struct Refused(pub(super) Error);

impl From<CommitError> for Refused {
    fn from(error: CommitError) -> Self {
        Self(taken(error))
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

impl From<ledger::LedgerError> for Refused {
    fn from(error: ledger::LedgerError) -> Self {
        Self(error.into())
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        refused.0
    }
}
