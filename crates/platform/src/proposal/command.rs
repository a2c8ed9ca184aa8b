//! What people do with proposals: each loads the stream, decides, and commits.

use super::{
    change::{ListChange, apply},
    decide::{self, Around, Command, Draft, decide, obstacles},
    event::{Approver, Position, ProposalEvent},
    plan::{Grounds, plan},
    query::{self, known_places},
    state::Proposal,
};
use crate::{
    context::{Context, Reader},
    event::record,
    list::{
        difference::between,
        edition::{self, Edition, Loaded},
    },
    obligation::state::Obligation,
    refusal::{Error, Manner, Refusal, Result},
    rights::{Action, Object, check, may},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{AsOf, CommitError, Committed, NewEvent, StreamName, Version};
use std::collections::{BTreeMap, BTreeSet};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Id of the proposal.
    pub id: String,
    /// Version of its stream now.
    pub version: Version,
    /// Whether it had been done before, under the same key.
    pub repeated: bool,
}

/// A proposal that somebody acts on, and the version of it that they saw.
#[derive(Debug, Clone, Copy)]
pub struct Target<'t> {
    /// Id.
    pub id: &'t str,
    /// The version that they saw (`If-Match`); absent where it does not matter.
    pub seen: Option<Version>,
}

/// Opens a proposal for a body of the actor's: the first that may, where none is named.
pub async fn open(platform: &Platform, context: &Context, draft: Draft, by: Option<&str>) -> Result<Done> {
    check(platform.rights(), context, Action::OpenProposal, &Object::default())?;
    if let Some(done) = answered(platform, context).await? {
        return Ok(done);
    }
    let grants = context.actor.iter().flat_map(|a| &a.grants);
    let grant = grants
        .filter(|g| !platform.rights().scopes(Action::OpenProposal, g.role).is_empty())
        .find(|g| by.is_none_or(|by| g.organization == by))
        .ok_or_else(|| {
            Refusal::rule("rights/missing", "")
                .with("right", Action::OpenProposal.id())
                .manner(Manner::Forbidden)
        })?;
    let place = grant.role.is_officer().then(|| grant.places.first().cloned()).flatten();
    let by = grant.organization.clone();
    let id = uuid::Uuid::now_v7().to_string();
    // Two who open at once get two numbers: the claim on the number lets one of them try again.
    for _ in 0..8 {
        let number = next_number(platform, &draft.list).await?;
        let (around, _) = around(
            platform,
            context.today,
            &draft.list,
            draft.base_version,
            &draft.changes,
            &[],
        )
        .await?;
        let (draft, by, place) = (draft.clone(), by.clone(), place.clone());
        let events = decide(
            &Proposal::default(),
            &around,
            Command::Open {
                draft,
                number,
                by,
                place,
                demo: false,
            },
        )?;
        match write(platform, context, &id, Version::NONE, &events, Vec::new()).await {
            Err(CommitError::Taken { kind, .. }) if kind == "proposal_number" => {}
            other => return finish(&id, other, Version::NONE, events.len()),
        }
    }
    Err(Refusal::rule("any/stale", "")
        .with("object", format!("proposal/{id}"))
        .manner(Manner::Stale)
        .into())
}

/// Words a proposal anew.
pub async fn change(platform: &Platform, context: &Context, target: Target<'_>, draft: Draft) -> Result<Done> {
    act(
        platform,
        context,
        target,
        Action::OpenProposal,
        Whose::Proposer,
        Command::Change { draft },
    )
    .await
}

/// Whether the actor could word a proposal anew: every refusal that [`change`] would give before it reads the new words.
pub async fn changeable(platform: &Platform, context: &Context, id: &str) -> Result<()> {
    check(platform.rights(), context, Action::OpenProposal, &Object::default())?;
    let proposal = load(platform, id).await?;
    may_act(platform, context, id, &proposal, Whose::Proposer).await?;
    Ok(decide::changeable(&proposal)?)
}

/// Lets everybody read it.
pub async fn publish(platform: &Platform, context: &Context, target: Target<'_>) -> Result<Done> {
    act(
        platform,
        context,
        target,
        Action::AskOpinion,
        Whose::Anybody,
        Command::Publish,
    )
    .await
}

/// Asks bodies for their opinion until the end of a day.
pub async fn ask(
    platform: &Platform,
    context: &Context,
    target: Target<'_>,
    organizations: Vec<String>,
    until: Date,
) -> Result<Done> {
    let command = Command::Ask { organizations, until };
    act(platform, context, target, Action::AskOpinion, Whose::Anybody, command).await
}

/// Gives the opinion of a body.
pub async fn opine(
    platform: &Platform,
    context: &Context,
    target: Target<'_>,
    organization: &str,
    position: Position,
    text: &str,
) -> Result<Done> {
    let command = Command::Opine {
        organization: organization.to_owned(),
        text: text.to_owned(),
        position,
    };
    act(
        platform,
        context,
        target,
        Action::GiveOpinion,
        Whose::Body(organization),
        command,
    )
    .await
}

/// Ends the time for opinions, once all have answered or the day is over.
pub async fn close_opinions(platform: &Platform, context: &Context, target: Target<'_>) -> Result<Done> {
    act(
        platform,
        context,
        target,
        Action::AskOpinion,
        Whose::Anybody,
        Command::CloseOpinions,
    )
    .await
}

/// Enters the number of a ministry's approval.
pub async fn approve(
    platform: &Platform,
    context: &Context,
    target: Target<'_>,
    organization: Approver,
    number: &str,
    date: Date,
) -> Result<Done> {
    let command = Command::Approve {
        organization,
        number: number.to_owned(),
        date,
    };
    act(
        platform,
        context,
        target,
        Action::RecordApproval,
        Whose::Anybody,
        command,
    )
    .await
}

/// Makes it a version of the list, in force from a day; everything in one commit.
pub async fn put_into_effect(platform: &Platform, context: &Context, target: Target<'_>, on: Date) -> Result<Done> {
    act(
        platform,
        context,
        target,
        Action::PutIntoEffect,
        Whose::Anybody,
        Command::PutIntoEffect { on },
    )
    .await
}

/// Gives it up.
pub async fn withdraw(platform: &Platform, context: &Context, target: Target<'_>, reason: &str) -> Result<Done> {
    let command = Command::Withdraw {
        reason: reason.to_owned(),
    };
    act(
        platform,
        context,
        target,
        Action::OpenProposal,
        Whose::Proposer,
        command,
    )
    .await
}

/// Ends the time for opinions of every proposal whose last day is over: what a clock does. Says which.
pub async fn close_due(platform: &Platform, context: &Context) -> Result<Vec<String>> {
    let mut closed = Vec::new();
    for id in super::facts::due(platform, context.today).await? {
        let proposal = load(platform, &id).await?;
        let (around, _) = of_proposal(platform, context.today, &proposal, &[]).await?;
        if let Ok(events) = decide(&proposal, &around, Command::CloseOpinions) {
            finish(
                &id,
                write(platform, context, &id, proposal.version, &events, Vec::new()).await,
                proposal.version,
                1,
            )?;
            closed.push(id);
        }
    }
    Ok(closed)
}

/// What still stands between a proposal and its effect, the approvals first; nothing where it could take effect today.
/// For whoever sees the proposal whole.
pub async fn standing_in_the_way(platform: &Platform, reader: &Reader, id: &str) -> Result<Vec<Refusal>> {
    let proposal = load(platform, id).await?;
    seen_whole(platform, reader, id).await?;
    let (around, _) = of_proposal(platform, reader.today, &proposal, &[]).await?;
    Ok(obstacles(&proposal, &around))
}

/// Who may act, beyond the right.
#[derive(Debug, Clone, Copy)]
enum Whose<'w> {
    /// Whoever has the right.
    Anybody,
    /// The proposing body, and the ministries that keep the list.
    Proposer,
    /// Somebody of this body.
    Body(&'w str),
}

async fn act(
    platform: &Platform,
    context: &Context,
    target: Target<'_>,
    action: Action,
    whose: Whose<'_>,
    command: Command,
) -> Result<Done> {
    let object = match whose {
        Whose::Body(organization) => Object::of_organization(organization),
        Whose::Anybody | Whose::Proposer => Object::default(),
    };
    check(platform.rights(), context, action, &object)?;
    if let Some(done) = answered(platform, context).await? {
        return Ok(done);
    }
    let proposal = load(platform, target.id).await?;
    may_act(platform, context, target.id, &proposal, whose).await?;
    if let Some(seen) = target.seen
        && seen != proposal.version
    {
        return Err(Refusal::rule("any/stale", "")
            .with("object", format!("proposal/{}", target.id))
            .with("expected", seen.to_string())
            .with("actual", proposal.version.to_string())
            .manner(Manner::Stale)
            .into());
    }
    let mut writes = Vec::new();
    let events = match command {
        Command::Change { draft } => {
            if draft.list != proposal.list {
                return Err(Refusal::wrong("list/other_list").with("list", draft.list).into());
            }
            let bodies: Vec<String> = proposal.opinions.keys().cloned().collect();
            let (around, _) = around(
                platform,
                context.today,
                &draft.list,
                draft.base_version,
                &draft.changes,
                &bodies,
            )
            .await?;
            decide(&proposal, &around, Command::Change { draft })?
        }
        Command::PutIntoEffect { on } => {
            let (around, editions) = of_proposal(platform, context.today, &proposal, &[]).await?;
            let events = decide(&proposal, &around, Command::PutIntoEffect { on })?;
            if let Some(after) = &editions.after {
                writes = effects(platform, target.id, &proposal, &editions, after, context.today, on).await?;
            }
            events
        }
        Command::Ask { organizations, until } => {
            let (around, _) = of_proposal(platform, context.today, &proposal, &organizations).await?;
            decide(&proposal, &around, Command::Ask { organizations, until })?
        }
        other => {
            let (around, _) = of_proposal(platform, context.today, &proposal, &[]).await?;
            decide(&proposal, &around, other)?
        }
    };
    let committed = write(platform, context, target.id, proposal.version, &events, writes).await;
    finish(target.id, committed, proposal.version, events.len())
}

/// What is unseen is not acted on; what the proposer alone may do, nobody else does.
async fn may_act(
    platform: &Platform,
    context: &Context,
    id: &str,
    proposal: &Proposal,
    whose: Whose<'_>,
) -> Result<()> {
    let reader = Reader {
        actor: context.actor.clone(),
        as_of: AsOf::day(context.today),
        today: context.today,
    };
    seen_whole(platform, &reader, id).await?;
    if matches!(whose, Whose::Proposer) && !proposes(platform, context, proposal) {
        return Err(Refusal::rule("list/not_the_proposer", "")
            .manner(Manner::Forbidden)
            .into());
    }
    Ok(())
}

/// Whoever sees no more of a proposal than its shell is told that there is none.
async fn seen_whole(platform: &Platform, reader: &Reader, id: &str) -> Result<()> {
    let shell = query::proposal(platform, reader, id).await?;
    shell.whole.map(|_| ()).ok_or_else(|| Refusal::unseen().into())
}

fn proposes(platform: &Platform, context: &Context, proposal: &Proposal) -> bool {
    context.actor.as_ref().is_some_and(|actor| {
        actor.grants.iter().any(|g| {
            g.organization == proposal.by && !platform.rights().scopes(Action::OpenProposal, g.role).is_empty()
        }) || may(platform.rights(), actor, Action::PutIntoEffect, &Object::default())
    })
}

/// The editions on which a decision rests.
pub(super) struct Editions {
    loaded: Loaded,
    before: Edition,
    after: Option<Edition>,
}

async fn of_proposal(
    platform: &Platform,
    today: Date,
    proposal: &Proposal,
    more: &[String],
) -> Result<(Around, Editions)> {
    let bodies: Vec<String> = proposal.opinions.keys().chain(more).cloned().collect();
    around(
        platform,
        today,
        &proposal.list,
        proposal.base_version,
        &proposal.changes,
        &bodies,
    )
    .await
}

/// What a decision rests on, loaded: the list, what the changes make of it, and where bodies belong.
pub(super) async fn around(
    platform: &Platform,
    today: Date,
    list: &str,
    base: u32,
    changes: &[ListChange],
    bodies: &[String],
) -> Result<(Around, Editions)> {
    let loaded = edition::load(platform, list).await?;
    let before = loaded.edition(loaded.current)?;
    let known = known_places(platform).await?;
    // On a base that has moved, nothing is said of the changes: that refusal comes first.
    let (after, faults) = match (base == loaded.current).then(|| apply(&before, changes, &known)) {
        None => (None, Vec::new()),
        Some(Ok(after)) => (Some(after), Vec::new()),
        Some(Err(faults)) => (None, faults),
    };
    let affected: BTreeSet<String> = after
        .as_ref()
        .map(|a| between(&before, a).affected())
        .unwrap_or_default();
    let mut places = BTreeMap::new();
    if !bodies.is_empty() {
        for (id, _, place) in crate::list::facts::bodies(platform, today).await? {
            if bodies.contains(&id) {
                places.insert(id, place);
            }
        }
    }
    let around = Around {
        today,
        current: loaded.current,
        in_force: before.in_force,
        faults,
        affected,
        places,
    };
    Ok((around, Editions { loaded, before, after }))
}

async fn effects(
    platform: &Platform,
    id: &str,
    proposal: &Proposal,
    editions: &Editions,
    after: &Edition,
    today: Date,
    on: Date,
) -> Result<Vec<ledger::Write>> {
    let ledger = platform.ledger();
    let mut streams = Vec::new();
    for id in crate::list::facts::obligations_ever(platform, &proposal.list).await? {
        streams.push(named("obligation", &id)?);
    }
    let mut by_stream: BTreeMap<String, Vec<ledger::Recorded>> = BTreeMap::new();
    for event in ledger.streams(&streams).await? {
        by_stream.entry(event.stream.id().to_owned()).or_default().push(event);
    }
    let obligations = by_stream
        .into_iter()
        .map(|(id, events)| (id, Obligation::fold(&events)))
        .collect();
    let addressees = crate::list::facts::addressees(platform, today).await?;
    plan(Grounds {
        id,
        proposal,
        loaded: &editions.loaded,
        before: &editions.before,
        after,
        obligations: &obligations,
        addressees: &addressees,
        on,
    })
}

async fn next_number(platform: &Platform, list: &str) -> Result<u32> {
    let highest = super::facts::highest_number(platform, list).await?;
    Ok(u32::try_from(highest).unwrap_or(u32::MAX).saturating_add(1))
}

/// The stream of a proposal; an id that cannot be one is unseen.
pub fn stream(id: &str) -> Result<StreamName> {
    named("proposal", id)
}

fn named(kind: &str, id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("{kind}/{id}")).map_err(|_| Refusal::unseen().into())
}

/// The state of a proposal; of one that does not exist, the empty one.
pub(super) async fn load(platform: &Platform, id: &str) -> Result<Proposal> {
    Ok(Proposal::fold(&platform.ledger().stream(&stream(id)?).await?))
}

/// What the same request under the same key did before. It is asked before deciding: the rules look at a state that the
/// first time has changed.
async fn answered(platform: &Platform, context: &Context) -> Result<Option<Done>> {
    let earlier = repeated(platform, context).await?;
    Ok(earlier.and_then(|c| c.repeated).map(|answer| {
        let (id, version) = answer.split_once('@').unwrap_or((&answer, "0"));
        Done {
            id: id.to_owned(),
            version: Version(version.parse().unwrap_or(0)),
            repeated: true,
        }
    }))
}

async fn write(
    platform: &Platform,
    context: &Context,
    id: &str,
    expected: Version,
    events: &[ProposalEvent],
    more: Vec<ledger::Write>,
) -> Result<Committed, CommitError> {
    let recorded: Vec<NewEvent> = events
        .iter()
        .map(record)
        .collect::<Result<_, _>>()
        .map_err(CommitError::Ledger)?;
    let name = StreamName::parse(&format!("proposal/{id}")).map_err(CommitError::Ledger)?;
    let answer = format!("{id}@{}", expected.0 + i64::try_from(events.len()).unwrap_or(0));
    let mut commit = begin(context, &answer).write(name, expected, recorded);
    commit.writes.extend(more);
    platform.ledger().commit(commit).await
}

fn finish(id: &str, committed: Result<Committed, CommitError>, before: Version, events: usize) -> Result<Done> {
    let committed = committed.map_err(Error::from)?;
    let version = Version(before.0 + i64::try_from(events).unwrap_or(0));
    Ok(Done {
        id: id.to_owned(),
        version,
        repeated: committed.repeated.is_some(),
    })
}
