//! Bodies and desks: entered, renamed from a day, ended; desks opened and closed.

use super::{
    event::{Body, OrganizationEvent},
    facts, query,
    rows::Organization,
    write::{DESK, Done, OPERATOR, Refused, begin, organization_stream, repeated},
};
use crate::{
    bilingual::Bilingual,
    context::Context,
    event::{record, standing},
    refusal::{Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{Change, Commit, StreamName, Version};

/// Longest name of a body or desk, in characters.
const LONGEST_NAME: usize = 120;
/// Longest contact, in characters.
const LONGEST_CONTACT: usize = 300;

/// Longest reason for ending a body, in characters.
const LONGEST_REASON: usize = 500;

/// Something to do about a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The body is known from now on.
    Enter(Body),
    /// A new name or another fact, from the effective date.
    Change(Body),
    /// It no longer exists, from the effective date.
    End {
        /// Who goes on with its work, by id.
        successor: Option<String>,
        /// Why.
        reason: String,
    },
    /// It has a desk.
    OpenDesk {
        /// Id of the desk, unique among all.
        desk: String,
        /// Its name.
        name: Bilingual,
        /// How the public reaches it.
        contact: Option<String>,
    },
    /// The desk is called otherwise, or reached otherwise.
    ChangeDesk {
        /// Id of the desk.
        desk: String,
        /// Its name.
        name: Bilingual,
        /// How the public reaches it.
        contact: Option<String>,
    },
    /// It no longer has it.
    CloseDesk {
        /// Id of the desk.
        desk: String,
        /// Id of the desk of the same body that goes on.
        successor: Option<String>,
    },
}

/// Does something about a body; `effective` is the day from which it holds, today where absent, and `expected` the
/// version that the caller saw.
pub async fn manage(
    platform: &Platform,
    context: &Context,
    id: &str,
    command: Command,
    effective: Option<Date>,
    expected: Option<Version>,
) -> Result<Done> {
    // What its own desk is called and how it is reached, a body says itself.
    let action = match command {
        Command::ChangeDesk { .. } => Action::ChangeDesk,
        _ => Action::ManageOrganizations,
    };
    rights::check(platform.rights(), context, action, &Object::of_organization(id))?;
    carry_out(platform, context, id, &command, effective, expected).await
}

/// The same without asking for the right: for the catalogue, the demonstration and the command line.
pub async fn carry_out(
    platform: &Platform,
    context: &Context,
    id: &str,
    command: &Command,
    effective: Option<Date>,
    expected: Option<Version>,
) -> Result<Done> {
    if let Some(done) = repeated(platform, context).await? {
        return Ok(done);
    }
    let stream = organization_stream(id)?;
    if let Command::End { successor, .. } = command {
        match successor {
            Some(successor) => known(platform, successor).await?,
            None => nothing_left(platform, id).await?,
        }
    }
    let decided = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&stream).await?;
            let version = Version(i64::try_from(events.len()).unwrap_or(i64::MAX));
            let mut state = Organization::default();
            for event in standing(&events) {
                state.apply(event);
            }
            if let Some(expected) = expected.filter(|expected| *expected != version) {
                return Err(ledger::CommitError::Stale {
                    stream: stream.clone(),
                    expected,
                    actual: version,
                }
                .into());
            }
            let event = decide(id, &state, command)?;
            let mut recorded = record(&event)?;
            if let Some(day) = effective {
                recorded = recorded.effective(day);
            }
            let mut commit: Commit = begin(context, id).write(stream.clone(), version, vec![recorded]);
            commit.state = claims(&stream, &event);
            Ok::<_, Refused>((commit, id.to_owned()))
        })
        .await?;
    Ok(Done::of(decided))
}

/// Refuses to end a body that holds work while nobody is there to go on with it.
async fn nothing_left(platform: &Platform, id: &str) -> Result<()> {
    let above = facts::body(platform, id).await?.body.and_then(|body| body.parent);
    if let Some(above) = above {
        let above_is_there = facts::body(platform, &above).await?;
        if above_is_there.body.is_some() && !above_is_there.ended {
            return Ok(());
        }
    }
    let held = query::work_of(platform, id, platform.today()).await?;
    if held > 0 {
        return Err(Refusal::rule("people/holds_work", "")
            .with("organization", id)
            .with("held", held.to_string())
            .fault("successor", "fault-required")
            .into());
    }
    Ok(())
}

async fn known(platform: &Platform, id: &str) -> Result<()> {
    let body = facts::body(platform, id).await?;
    if body.body.is_none() || body.ended {
        return Err(Refusal::wrong("people/organization_unknown")
            .with("organization", id)
            .fault("organization", "fault-unknown")
            .into());
    }
    Ok(())
}

fn claims(stream: &StreamName, event: &OrganizationEvent) -> Vec<Change> {
    match event {
        OrganizationEvent::DeskOpened { desk, .. } => vec![Change::Claim {
            kind: DESK,
            value: desk.clone(),
            holder: stream.to_string(),
        }],
        _ => Vec::new(),
    }
}

/// Ids of bodies and desks: lower case letters, digits and `-`, at most 60.
fn id_is_legal(id: &str) -> bool {
    (1..=60).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn name_is_legal(name: &Bilingual) -> bool {
    let legal = |text: &str| {
        !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
    };
    legal(&name.zh) && name.en.as_deref().is_none_or(legal)
}

/// The event that a command brings to a body, or the rule that forbids it. Pure.
pub fn decide(id: &str, state: &Organization, command: &Command) -> Result<OrganizationEvent, Refusal> {
    let exists = state.body.is_some() && !state.ended;
    match command {
        Command::Enter(body) => {
            if !id_is_legal(id) {
                return Err(Refusal::wrong("people/organization").fault("id", "fault-id"));
            }
            if state.body.is_some() {
                return Err(Refusal::wrong("people/organization_taken")
                    .with("organization", id)
                    .fault("id", "fault-taken"));
            }
            Ok(OrganizationEvent::Entered { body: legal(id, body)? })
        }
        _ if !exists => Err(Refusal::unseen()),
        Command::Change(body) => {
            if state.body.as_ref() == Some(body) {
                return Err(Refusal::wrong("any/nothing_to_do"));
            }
            Ok(OrganizationEvent::Changed { body: legal(id, body)? })
        }
        Command::End { .. } if id == OPERATOR => Err(Refusal::rule("people/operator_stays", "")),
        Command::End { successor, reason } => {
            if successor.as_deref() == Some(id) {
                return Err(Refusal::wrong("people/successor_itself").fault("successor", "fault-itself"));
            }
            let reason = reason.trim();
            let fault = match reason.chars().count() {
                0 => Some("fault-required"),
                length if length > LONGEST_REASON => Some("fault-too-long"),
                _ => None,
            };
            if let Some(fault) = fault {
                return Err(Refusal::wrong("people/end_reason").fault("reason", fault));
            }
            Ok(OrganizationEvent::Ended {
                successor: successor.clone(),
                reason: Some(reason.to_owned()),
            })
        }
        Command::OpenDesk { desk, name, contact } => {
            if !id_is_legal(desk) {
                return Err(Refusal::wrong("people/desk").fault("desk", "fault-id"));
            }
            let contact = contact_of(name, contact.as_deref())?;
            if state.desks.contains_key(desk) {
                return Err(Refusal::wrong("people/desk_taken")
                    .with("desk", desk)
                    .fault("desk", "fault-desk-taken"));
            }
            Ok(OrganizationEvent::DeskOpened {
                desk: desk.clone(),
                name: name.clone(),
                contact,
            })
        }
        Command::ChangeDesk { desk, name, contact } => {
            let open = state.desks.get(desk).ok_or_else(Refusal::unseen)?;
            let contact = contact_of(name, contact.as_deref())?;
            if open.name == *name && open.contact == contact {
                return Err(Refusal::wrong("any/nothing_to_do"));
            }
            Ok(OrganizationEvent::DeskChanged {
                desk: desk.clone(),
                name: name.clone(),
                contact,
            })
        }
        Command::CloseDesk { desk, successor } => {
            if !state.desks.contains_key(desk) {
                return Err(Refusal::unseen());
            }
            if successor
                .as_ref()
                .is_some_and(|s| s == desk || !state.desks.contains_key(s))
            {
                return Err(Refusal::wrong("people/successor_unknown").fault("successor", "fault-unknown"));
            }
            Ok(OrganizationEvent::DeskClosed {
                desk: desk.clone(),
                successor: successor.clone(),
            })
        }
    }
}

/// How a desk is reached, where name and contact are fit to be shown.
fn contact_of(name: &Bilingual, contact: Option<&str>) -> Result<Option<String>, Refusal> {
    if !name_is_legal(name) {
        return Err(Refusal::wrong("people/desk").fault("name", "fault-name"));
    }
    let contact = contact.map(str::trim).filter(|c| !c.is_empty());
    if contact.is_some_and(|c| c.chars().count() > LONGEST_CONTACT) {
        return Err(Refusal::wrong("people/desk").fault("contact", "fault-too-long"));
    }
    if contact.is_some_and(|c| c.chars().any(|c| c.is_control() && c != '\n')) {
        return Err(Refusal::wrong("people/desk").fault("contact", "fault-text-control"));
    }
    Ok(contact.map(str::to_owned))
}

fn legal(id: &str, body: &Body) -> Result<Body, Refusal> {
    if !name_is_legal(&body.name) {
        return Err(Refusal::wrong("people/organization").fault("name", "fault-name"));
    }
    if body.kind.trim().is_empty() {
        return Err(Refusal::wrong("people/organization").fault("kind", "fault-required"));
    }
    if body.parent.as_deref() == Some(id) {
        return Err(Refusal::wrong("people/organization").fault("parent", "fault-itself"));
    }
    Ok(body.clone())
}
