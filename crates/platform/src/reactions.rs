//! What the platform does by itself because something was recorded: one table, followed event by event.
//!
//! A reaction happens once, whoever else follows the log: its cause is the event, and the ledger refuses a second
//! commit for the same cause. What the cursor has passed is not looked at again.

use crate::{
    event::{read, record},
    obligation::{event::ObligationEvent, query::holdings, state::Obligation},
    people::event::OrganizationEvent,
    refusal::{Error, Result},
    running::Platform,
};
use ledger::{ActorId, Cause, Commit, CommitError, Recorded, StreamName};

/// What is done because of an event of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Reaction {
    /// Name, unique for good: part of the cause in the log.
    pub name: &'static str,
    /// Kind of event.
    pub kind: &'static str,
    /// What is done.
    does: Does,
}

#[derive(Debug, Clone, Copy)]
enum Does {
    /// What the person held falls to the desk.
    FallToDesk,
    /// What stood at the desk goes to the one that goes on.
    GoToSuccessor,
}

/// Every reaction.
pub const REACTIONS: &[Reaction] = &[
    Reaction {
        name: "holdings-fall-to-desk",
        kind: "person.left",
        does: Does::FallToDesk,
    },
    Reaction {
        name: "holdings-go-to-successor",
        kind: "organization.desk_closed",
        does: Does::GoToSuccessor,
    },
];

/// Up to where reactions have come.
const CURSOR: &str = "reactions";
/// So many events are looked at in one go.
const BATCH: u32 = 500;

/// Looks at everything recorded since the last time, reacts, and says how many reactions happened.
pub async fn react(platform: &Platform) -> Result<usize> {
    let ledger = platform.ledger();
    let mut happened = 0;
    loop {
        let after = ledger.cursor(CURSOR).await?;
        let events = ledger.events(after, BATCH).await?;
        let Some(last) = events.last() else {
            return Ok(happened);
        };
        for event in &events {
            for reaction in REACTIONS.iter().filter(|r| r.kind == event.kind) {
                happened += usize::from(one(platform, event, reaction).await?);
            }
        }
        ledger.state(vec![ledger.cursor_moved(CURSOR, last.position)]).await?;
    }
}

/// Whether there was something to do that had not been done.
async fn one(platform: &Platform, event: &Recorded, reaction: &Reaction) -> Result<bool> {
    let ledger = platform.ledger();
    let outcome = ledger
        .commit_with(|| async {
            let commit = commit(platform, event, reaction).await?;
            Ok::<_, Stopped>((commit.ok_or(Stopped::Nothing)?, ()))
        })
        .await;
    match outcome {
        Ok(_) => Ok(true),
        Err(Stopped::Nothing) => Ok(false),
        Err(Stopped::Failed(error)) => Err(error),
    }
}

enum Stopped {
    /// Nothing to do, or done before.
    Nothing,
    Failed(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<CommitError> for Stopped {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::AlreadyReacted { .. } => Self::Nothing,
            other => Self::Failed(other.into()),
        }
    }
}

async fn commit(platform: &Platform, event: &Recorded, reaction: &Reaction) -> Result<Option<Commit>> {
    let object = event.stream.id();
    let (held, hands) = match reaction.does {
        Does::FallToDesk => (holdings(platform, "holder_person", object).await?, None),
        Does::GoToSuccessor => match read::<OrganizationEvent>(event) {
            Some(OrganizationEvent::DeskClosed {
                desk,
                successor: Some(successor),
            }) => (holdings(platform, "holder_desk", &desk).await?, Some(successor)),
            _ => return Ok(None),
        },
    };
    let cause = Cause::Reaction(event.position, reaction.name);
    let mut commit = Commit::new(ActorId::system(), cause);
    for id in held {
        let stream = StreamName::parse(&format!("obligation/{id}"))?;
        let events = platform.ledger().stream(&stream).await?;
        if let Some(moved) = moved(&Obligation::fold(&events), hands.as_deref()) {
            let version = events.last().map_or(ledger::Version::NONE, |e| e.version);
            commit = commit.write(stream, version, vec![record(&moved)?]);
        }
    }
    Ok((!commit.writes.is_empty()).then_some(commit))
}

/// The hands into which it falls: the same desk without the person, or the desk that goes on. Why, the
/// cause of the event says. Pure.
fn moved(state: &Obligation, successor: Option<&str>) -> Option<ObligationEvent> {
    let holder = state.holder.as_ref()?;
    let desk = successor.or(holder.desk.as_deref())?;
    Some(ObligationEvent::HolderAssigned {
        organization: holder.organization.clone(),
        desk: desk.to_owned(),
        person: None,
        reason: None,
        source: None,
    })
}
