//! Taking back a wrong entry of a task, a body, a place, a text, a system or a proposal by an event that names it: the mistake stays in the
//! log, and visible in the history. Obligations and outputs have their own rules for it.

use crate::{
    context::Context,
    event::{CORRECTION, Correction, correction, read, standing},
    list,
    obligation::{check::Words, event::ObligationEvent},
    proposal::state::Proposal,
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    system, text,
    writing::{begin, repeated},
};
use ledger::{Committed, Position, Recorded, StreamName, Version, Write};

/// Kinds of entries that can be taken back, and the right that it needs. What a version of the list brought changes with
/// the list; a body or place that was entered is changed or ended; an opened desk is closed.
const CORRECTABLE: &[(&str, Action)] = &[
    ("task.guiding_assigned", Action::CorrectEntry),
    ("task.time_limit_set", Action::CorrectEntry),
    ("task.time_limit_cleared", Action::CorrectEntry),
    ("task.milestone_set", Action::CorrectEntry),
    ("task.link_proposed", Action::CorrectEntry),
    ("task.link_confirmed", Action::CorrectEntry),
    ("task.link_removed", Action::CorrectEntry),
    ("organization.changed", Action::ManageOrganizations),
    ("organization.ended", Action::ManageOrganizations),
    ("organization.desk_changed", Action::ManageOrganizations),
    ("organization.desk_closed", Action::ManageOrganizations),
    ("place.changed", Action::ManageOrganizations),
    ("place.became_pilot", Action::ManageOrganizations),
    ("text.version_put", Action::CorrectEntry),
    ("text.version_published", Action::CorrectEntry),
    ("system.offered", Action::CorrectEntry),
    ("system.withdrawn", Action::CorrectEntry),
    ("proposal.opinion_given", Action::CorrectEntry),
    ("proposal.approval_recorded", Action::CorrectEntry),
];

/// The right by which an entry of this kind is taken back; nothing where it cannot be.
pub fn right(kind: &str) -> Option<Action> {
    CORRECTABLE
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, action)| *action)
}

/// Takes an entry back.
///
/// # Errors
/// A [`Refusal`] `correction/…` or `obligation/…`; nothing is recorded then.
pub async fn correct(platform: &Platform, context: &Context, position: Position, reason: &str) -> Result<Committed> {
    let before = Position(position.0.saturating_sub(1));
    let entry = platform.ledger().events(before, 1).await?.pop();
    let entry = entry.filter(|e| e.position == position).ok_or_else(Refusal::unseen)?;
    let Some(action) = right(&entry.kind) else {
        return Err(Refusal::rule("correction/not_this", "")
            .with("position", position.to_string())
            .into());
    };
    let object = match entry.stream.kind() {
        "text" => text::command::object(platform, entry.stream.id()).await?,
        "system" => system::command::object(platform, entry.stream.id()).await?,
        _ => Object::default(),
    };
    rights::check(platform.rights(), context, action, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    Words::new().note("reason", reason).done()?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&entry.stream).await?;
            may_go(&entry, &events)?;
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let mut commit = begin(context, &position.to_string()).write(
                entry.stream.clone(),
                version,
                vec![correction(position, reason.trim())?],
            );
            if entry.kind == "task.milestone_set" {
                commit
                    .writes
                    .extend(of_holders(platform, context, &entry, reason.trim()).await?);
            }
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

/// Refuses what was taken back before, and that on which a version of the list rests. Pure.
fn may_go(entry: &Recorded, events: &[Recorded]) -> Result<()> {
    let refused = |rule: &'static str| Refusal::rule(rule, "").with("position", entry.position.to_string());
    let taken_back = events
        .iter()
        .filter(|e| e.kind == CORRECTION)
        .filter_map(|e| e.read::<Correction>().ok())
        .any(|c| c.corrects == entry.position);
    if taken_back {
        return Err(refused("obligation/already_corrected").into());
    }
    if entry.stream.kind() == "proposal" && Proposal::fold(events).effect.is_some() {
        return Err(refused("correction/version_rests_on_it").into());
    }
    Ok(())
}

/// The milestone that came with the entry to each obligation of the task is taken back with it.
async fn of_holders(platform: &Platform, context: &Context, entry: &Recorded, reason: &str) -> Result<Vec<Write>> {
    let wrong = list::command::shared_milestone(entry.version);
    let mut writes = Vec::new();
    for id in list::facts::obligations_of_task(platform, context.today, entry.stream.id()).await? {
        let stream = StreamName::parse(&format!("obligation/{id}"))?;
        let events = platform.ledger().stream(&stream).await?;
        let set = standing(&events)
            .into_iter()
            .rfind(|e| matches!(read(e), Some(ObligationEvent::MilestoneSet { milestone, .. }) if milestone == wrong));
        if let Some(set) = set {
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let event = correction(set.position, reason)?;
            writes.push(Write::new(stream, version, vec![event]));
        }
    }
    Ok(writes)
}
