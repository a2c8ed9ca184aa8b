//! What the steps of an assessment bring. Pure.

use super::{
    event::{AssessmentEvent, Evidence, Inputs, Item, Opened},
    state::{Stage, State},
};
use crate::{
    obligation::check::Words,
    refusal::{Refusal, Result},
};
use indicator::Standard;
use jiff::civil::Date;
use ledger::ActorId;
use std::collections::BTreeSet;

/// Most pieces of evidence of one assessment.
const MOST_EVIDENCE: usize = 500;

/// The assessment, where it is as far as one of these stages.
pub(super) fn at<'s>(state: &'s State, stages: &[Stage]) -> Result<&'s Opened> {
    let opened = state.opened.as_ref().ok_or_else(Refusal::unseen)?;
    if stages.contains(&state.stage) {
        return Ok(opened);
    }
    Err(Refusal::rule("assessment/stage", "")
        .with("stage", state.stage.id())
        .into())
}

/// Figures that were filled in; nothing where they are as before.
pub(super) fn fill(state: &State, inputs: Inputs) -> Result<AssessmentEvent> {
    at(state, &[Stage::Filling])?;
    Ok(AssessmentEvent::Filled { inputs })
}

/// Evidence for an item.
pub(super) fn attach(state: &State, standard: &Standard, evidence: Evidence) -> Result<AssessmentEvent> {
    at(state, &[Stage::Filling])?;
    Words::new()
        .title("kind", &evidence.kind)
        .note_or_none("sampling", &evidence.sampling)
        .done()?;
    if !items(standard).any(|code| code == evidence.node) {
        return Err(Refusal::wrong("assessment/no_item")
            .with("node", evidence.node)
            .fault("node", "fault-assessment-no-item")
            .into());
    }
    if evidence.valid_until.is_some_and(|until| until < evidence.dated) {
        return Err(Refusal::wrong("assessment/dates")
            .fault("valid_until", "fault-assessment-dates")
            .into());
    }
    if state.evidence.len() >= MOST_EVIDENCE {
        return Err(Refusal::rule("assessment/too_much_evidence", "")
            .with("most", MOST_EVIDENCE.to_string())
            .into());
    }
    Ok(AssessmentEvent::EvidenceAttached {
        number: state.next,
        evidence,
    })
}

/// Evidence that is taken away.
pub(super) fn remove(state: &State, number: u32) -> Result<AssessmentEvent> {
    at(state, &[Stage::Filling])?;
    if !state.evidence.contains_key(&number) {
        return Err(Refusal::unseen().into());
    }
    Ok(AssessmentEvent::EvidenceRemoved { number })
}

/// The organisation hands it over.
pub(super) fn submit(state: &State) -> Result<AssessmentEvent> {
    at(state, &[Stage::Filling])?;
    if state.inputs.is_empty() {
        return Err(Refusal::rule("assessment/empty", "").into());
    }
    Ok(AssessmentEvent::Submitted {})
}

/// What an assessor found. What is refused has a reason; what is accepted has no evidence that was no longer valid on the
/// day of the report.
pub(super) fn verify(state: &State, standard: &Standard, found: Vec<Item>) -> Result<AssessmentEvent> {
    at(state, &[Stage::Verifying])?;
    if found.is_empty() {
        return Err(Refusal::wrong("any/nothing_to_do").into());
    }
    let day = state.submitted.ok_or_else(Refusal::unseen)?;
    for item in &found {
        if !items(standard).any(|code| code == item.node) {
            return Err(Refusal::wrong("assessment/no_item").with("node", &*item.node).into());
        }
        let words = Words::new();
        let words = if item.accepted {
            words.note_or_none("reason", &item.reason)
        } else {
            words.note("reason", &item.reason)
        };
        words.done()?;
        if item.accepted && expired(state, &item.node, day) {
            return Err(Refusal::rule("assessment/evidence_expired", "")
                .with("node", &*item.node)
                .with("day", day.to_string())
                .into());
        }
    }
    Ok(AssessmentEvent::Verified { items: found })
}

/// Whether there is evidence of an item, and none of it was still valid on a day.
pub fn expired(state: &State, node: &str, day: Date) -> bool {
    let mut of_node = state
        .evidence
        .values()
        .filter(|evidence| evidence.node == node)
        .peekable();
    of_node.peek().is_some() && of_node.all(|evidence| evidence.valid_until.is_some_and(|until| until < day))
}

/// Items that have figures and that no assessor has gone through.
pub fn unverified(state: &State, standard: &Standard) -> Vec<String> {
    let given = given(state, standard);
    items(standard)
        .filter(|code| given.contains(*code) && !state.items.contains_key(*code))
        .map(str::to_owned)
        .collect()
}

/// Items for which something is given: they themselves, or what their formula asks for.
pub fn given(state: &State, standard: &Standard) -> BTreeSet<String> {
    let by_formula = indicator::fields(standard, None).into_iter();
    let by_formula = by_formula
        .filter(|field| state.inputs.contains_key(&field.name))
        .filter_map(|field| standard.nodes.get(field.node?).map(|rule| rule.code.clone()));
    let themselves = items(standard)
        .filter(|code| state.inputs.contains_key(*code))
        .map(str::to_owned);
    themselves.chain(by_formula).collect()
}

/// Codes of the items of a standard.
pub fn items(standard: &Standard) -> impl Iterator<Item = &str> {
    let leaves = standard.nodes.iter().filter(|rule| rule.children.is_empty());
    leaves.map(|rule| rule.code.as_str())
}

/// The organisation does not agree.
pub(super) fn appeal(state: &State, reason: &str) -> Result<AssessmentEvent> {
    at(state, &[Stage::Decided])?;
    Words::new().note("reason", reason).done()?;
    Ok(AssessmentEvent::Appealed {
        reason: reason.trim().to_owned(),
    })
}

/// The answer to an appeal: by somebody else than whoever decided.
pub(super) fn answer(state: &State, by: &ActorId, upheld: bool, reason: &str) -> Result<AssessmentEvent> {
    at(state, &[Stage::Appealed])?;
    Words::new().note("reason", reason).done()?;
    if state.decided_by.as_ref() == Some(by) {
        return Err(Refusal::rule("assessment/same_person", "").into());
    }
    Ok(AssessmentEvent::AppealAnswered {
        upheld,
        reason: reason.trim().to_owned(),
    })
}
