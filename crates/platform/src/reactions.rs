//! What the platform does by itself because something was recorded: one table, followed event by event.
//!
//! A reaction happens once, whoever else follows the log: its cause is the event, and the ledger refuses a second
//! commit for the same cause. What the cursor has passed is not looked at again.

use crate::{
    event::{read, record, standing},
    list::{self, event::TaskEvent, state::Task},
    obligation::{
        event::ObligationEvent,
        query::{Hands, holdings},
        state::Obligation,
    },
    people::{self, event::OrganizationEvent, state::Person, succession::memberships},
    refusal::{Error, Result},
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::{ActorId, Cause, Commit, CommitError, Recorded, StreamName, Version, Write};

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
    /// What stood at the desk goes to the one that goes on, or back to the body.
    GoToSuccessor,
    /// What the body held goes to the one that goes on.
    HandOver,
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
    Reaction {
        name: "body-hands-over",
        kind: "organization.ended",
        does: Does::HandOver,
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
    let mut commit = Commit::new(ActorId::system(), Cause::Reaction(event.position, reaction.name));
    commit.writes = match (reaction.does, read::<OrganizationEvent>(event)) {
        (Does::FallToDesk, _) => moved(platform, Hands::Person, object, |state| fall(state, None)).await?,
        (Does::GoToSuccessor, Some(OrganizationEvent::DeskClosed { desk, successor })) => {
            moved(platform, Hands::Desk, &desk, |state| match &successor {
                Some(successor) => fall(state, Some(successor)),
                None => taken_over(state, object, object, event.effective),
            })
            .await?
        }
        (Does::HandOver, Some(OrganizationEvent::Ended { successor, .. })) => {
            handed_over(platform, event, successor.as_deref()).await?
        }
        _ => Vec::new(),
    };
    Ok((!commit.writes.is_empty()).then_some(commit))
}

/// What becomes of each obligation that is in these hands.
async fn moved(
    platform: &Platform,
    hands: Hands,
    id: &str,
    event: impl Fn(&Obligation) -> Option<(ObligationEvent, Option<Date>)>,
) -> Result<Vec<Write>> {
    let mut writes = Vec::new();
    for id in holdings(platform, hands, id).await? {
        let stream = StreamName::parse(&format!("obligation/{id}"))?;
        let state = Obligation::fold(&platform.ledger().stream(&stream).await?);
        if let Some((moved, day)) = event(&state) {
            let mut recorded = record(&moved)?;
            recorded.effective = day;
            writes.push(Write::new(stream, state.version, vec![recorded]));
        }
    }
    Ok(writes)
}

/// The hands into which it falls: the same desk without the person, or the desk that goes on. Why, the
/// cause of the event says. Pure.
fn fall(state: &Obligation, successor: Option<&str>) -> Option<(ObligationEvent, Option<Date>)> {
    let holder = state.holder.as_ref()?;
    let desk = successor.or(holder.desk.as_deref())?;
    let event = ObligationEvent::HolderAssigned {
        organization: holder.organization.clone(),
        desk: desk.to_owned(),
        person: None,
        reason: None,
        source: None,
    };
    Some((event, None))
}

/// A body goes on, at no desk yet, from the day on which the other ended, or from when it came into its hands. Pure.
fn taken_over(state: &Obligation, from: &str, by: &str, day: Date) -> Option<(ObligationEvent, Option<Date>)> {
    let (holder, origin) = (state.holder.as_ref()?, state.origin.as_ref()?);
    let day = day.max(origin.since).max(holder.since);
    let event = ObligationEvent::TakenOver {
        from: from.to_owned(),
        by: by.to_owned(),
    };
    Some((event, Some(day)))
}

/// All that a body held when it ended: obligations, the guidance of tasks, the roles of its people.
async fn handed_over(platform: &Platform, event: &Recorded, successor: Option<&str>) -> Result<Vec<Write>> {
    let (ended, day, ledger) = (event.stream.id(), event.effective, platform.ledger());
    let mut writes = Vec::new();
    if let Some(by) = people::facts::goes_on(platform, ended).await? {
        writes.extend(moved(platform, Hands::Body, ended, |state| taken_over(state, ended, &by, day)).await?);
        let name = people::facts::body(platform, ended).await?.body.map(|b| b.name.zh);
        for id in list::facts::guided_by(platform, platform.today(), ended).await? {
            let stream = StreamName::parse(&format!("task/{id}"))?;
            let events = ledger.stream(&stream).await?;
            let task = Task::fold(&events);
            let Some((_, source)) = task.guiding.filter(|(guiding, _)| guiding == ended) else {
                continue;
            };
            // Not before the day from which it guided.
            let since = standing(&events)
                .into_iter()
                .rfind(|e| matches!(read(e), Some(TaskEvent::GuidingAssigned { .. })))
                .map_or(day, |e| e.effective.max(day));
            let guided = TaskEvent::GuidingAssigned {
                organization: by.clone(),
                source: t!(
                    Lang::Zh,
                    "guiding-goes-on",
                    source = source,
                    body = name.clone().unwrap_or_default()
                ),
            };
            writes.push(Write::new(
                stream,
                task.version,
                vec![record(&guided)?.effective(since)],
            ));
        }
    }
    // A role is what somebody was given: it goes on in a body that was named, never in one that merely stands above.
    let successor = match successor {
        Some(_) => people::facts::goes_on(platform, ended).await?,
        None => None,
    };
    for person in people::query::members_from(platform, ended, day).await? {
        let stream = StreamName::parse(&format!("person/{}", person.0))?;
        let events = ledger.stream(&stream).await?;
        let version = events.last().map_or(Version::NONE, |e| e.version);
        let done = memberships(&Person::fold(&events), ended, successor.as_deref(), day);
        if !done.is_empty() {
            let done = done.iter().map(record).collect::<std::result::Result<Vec<_>, _>>()?;
            writes.push(Write::new(stream, version, done));
        }
    }
    Ok(writes)
}
