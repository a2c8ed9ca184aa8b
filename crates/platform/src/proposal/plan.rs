//! What putting a proposal into effect writes: one list of writes, one commit. Pure.

use super::state::Proposal;
use crate::{
    event::record,
    list::{
        edition::{Edition, Firm, Loaded, Pair},
        event::{ListEvent, Strength, TaskEvent},
        state::Fate,
    },
    obligation::{
        event::{ObligationEvent, Subject},
        state::Obligation,
    },
    refusal::{Refusal, Result},
};
use jiff::civil::Date;
use ledger::{NewEvent, StreamName, Version, Write};
use std::collections::BTreeMap;

/// What a plan rests on.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'g> {
    /// Id of the proposal.
    pub id: &'g str,
    /// The proposal, with both approvals.
    pub proposal: &'g Proposal,
    /// The list as it stands.
    pub loaded: &'g Loaded,
    /// The current edition.
    pub before: &'g Edition,
    /// The edition that the proposal makes of it.
    pub after: &'g Edition,
    /// Obligations of tasks that exist or existed, by id.
    pub obligations: &'g BTreeMap<String, Obligation>,
    /// The body to which an obligation of a place falls, by the place's code.
    pub addressees: &'g BTreeMap<String, String>,
    /// The day from which the version is in force.
    pub on: Date,
}

/// The writes that issue the next version: the list, its tasks, and the obligations that begin, end, or are held on
/// another ground. Streams go on, so that everything recorded of an obligation stays.
pub fn plan(grounds: Grounds<'_>) -> Result<Vec<Write>> {
    let Grounds {
        id,
        proposal,
        loaded,
        before,
        after,
        on,
        ..
    } = grounds;
    let issued = ListEvent::VersionIssued {
        version: after.version,
        proposal: Some(id.to_owned()),
        approvals: proposal.approvals_of_version(),
        places: after.places.clone(),
    };
    let list = name("list", &after.list)?;
    let mut writes = vec![Write::new(
        list.clone(),
        loaded.version(&list),
        vec![record(&issued)?.effective(on)],
    )];
    for (task, entry) in &after.tasks {
        let events = task_events(before, after, task)?;
        if events.is_empty() {
            continue;
        }
        debug_assert_eq!(entry.touched, after.version);
        let stream = name("task", task)?;
        let expected = loaded.version(&stream);
        writes.push(Write::new(stream, expected, dated(events, on)));
    }
    for (id, events) in obligation_events(grounds)? {
        let expected = grounds.obligations.get(&id).map_or(Version::NONE, |o| o.version);
        writes.push(Write::new(name("obligation", &id)?, expected, dated(events, on)));
    }
    Ok(writes)
}

fn name(kind: &str, id: &str) -> Result<StreamName> {
    Ok(StreamName::parse(&format!("{kind}/{id}"))?)
}

fn dated(events: Vec<NewEvent>, on: Date) -> Vec<NewEvent> {
    events.into_iter().map(|e| e.effective(on)).collect()
}

fn task_events(before: &Edition, after: &Edition, task: &str) -> Result<Vec<NewEvent>> {
    let version = after.version;
    let Some(entry) = after.tasks.get(task) else {
        return Ok(Vec::new());
    };
    let Some(old) = before.tasks.get(task) else {
        let entered = TaskEvent::Entered {
            list: after.list.clone(),
            version,
            wording: entry.wording.clone(),
            notes: Vec::new(),
        };
        return Ok(vec![record(&entered)?]);
    };
    let mut events = Vec::new();
    if entry.wording != old.wording {
        events.push(record(&TaskEvent::Changed {
            version,
            wording: entry.wording.clone(),
        })?);
    }
    if entry.fate != old.fate {
        match &entry.fate {
            Fate::Open => {}
            Fate::Merged(into) => events.push(record(&TaskEvent::Merged {
                version,
                into: into.clone(),
            })?),
            Fate::Closed(reason) => events.push(record(&TaskEvent::Closed {
                version,
                reason: reason.clone(),
            })?),
        }
    }
    Ok(events)
}

fn obligation_events(grounds: Grounds<'_>) -> Result<BTreeMap<String, Vec<NewEvent>>> {
    let Grounds {
        before,
        after,
        obligations,
        ..
    } = grounds;
    let (firm_before, firm_after) = (before.firm(), after.firm());
    let mut events: BTreeMap<String, Vec<NewEvent>> = BTreeMap::new();
    let mut homeless: Vec<&str> = Vec::new();
    for (pair, firm) in &firm_after {
        if firm_before.get(pair) == Some(firm) {
            continue;
        }
        let id = id_of(pair);
        let state = obligations.get(&id).filter(|o| o.exists());
        let kept = state.and_then(|o| o.origin.as_ref()).map(|o| o.addressee.clone());
        let Some(addressee) = kept.or_else(|| grounds.addressees.get(&pair.1).cloned()) else {
            homeless.push(&pair.1);
            continue;
        };
        events.insert(
            id,
            begun(grounds, pair, *firm, addressee, state, firm_before.get(pair))?,
        );
    }
    if !homeless.is_empty() {
        homeless.sort_unstable();
        homeless.dedup();
        return Err(Refusal::rule("list/no_addressee", "")
            .with("places", homeless.join(","))
            .with("count", homeless.len().to_string())
            .into());
    }
    for (id, state) in obligations {
        let Some(origin) = state.origin.as_ref().filter(|_| state.exists()) else {
            continue;
        };
        let (Subject::Task(task), Some(place)) = (&origin.subject, &origin.place) else {
            continue;
        };
        let goes_on = firm_after.contains_key(&(task.clone(), place.clone())) || (!origin.firm && after.invites(task));
        if origin.list == after.list && !goes_on {
            let reason = match after.tasks.get(task).map(|e| &e.fate) {
                Some(Fate::Closed(reason)) => reason.clone(),
                Some(Fate::Merged(into)) => {
                    format!("并入第{}项", after.tasks.get(into).map_or(0, |e| e.wording.number))
                }
                _ => grounds.proposal.reason.zh.clone(),
            };
            events.insert(
                id.clone(),
                vec![record(&ObligationEvent::Ended {
                    version: after.version,
                    reason,
                })?],
            );
        }
    }
    Ok(events)
}

fn id_of((task, place): &Pair) -> String {
    format!("{task}-{place}")
}

/// A pair that begins, or is held on another ground; who has it in hand keeps it.
fn begun(
    grounds: Grounds<'_>,
    (task, place): &Pair,
    firm: Firm,
    addressee: String,
    state: Option<&Obligation>,
    before: Option<&Firm>,
) -> Result<Vec<NewEvent>> {
    // What the place chose stands as long as the list asks for the same.
    let same = before.is_none_or(|b| b.part == firm.part);
    let part = state.and_then(|o| o.part).filter(|_| same).unwrap_or(firm.part);
    let mut events = vec![record(&ObligationEvent::Created {
        list: grounds.after.list.clone(),
        version: grounds.after.version,
        subject: Subject::Task(task.clone()),
        place: Some(place.clone()),
        organization: None,
        addressee,
        claim: firm.claim,
        firm: true,
        part,
        tier: Some(firm.tier),
        strength: Strength::Must,
        demo: grounds.proposal.demo,
    })?];
    if let Some(holder) = state.and_then(|o| o.holder.clone())
        && let Some(desk) = holder.desk
    {
        let (organization, person) = (holder.organization, holder.person);
        events.push(record(&ObligationEvent::HolderAssigned {
            organization,
            desk,
            person,
            reason: None,
            source: None,
        })?);
    }
    Ok(events)
}
