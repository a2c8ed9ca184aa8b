//! Taking back a wrong entry: it stays in the log, and what is right may come in its place. Pure.

use super::{
    check::Words,
    command::Command,
    decide::{closes, decide},
    facts::Facts,
    state::Obligation,
};
use crate::{
    context::Context,
    event::{CORRECTION, Correction, correction, standing},
    refusal::{Refusal, Result},
};
use ledger::{NewEvent, Position, Recorded};

/// The correction, and the events of the replacement, which holds from the day of what it replaces unless it names one.
pub(super) fn correct(
    position: Position,
    reason: &str,
    replacement: Option<&Command>,
    context: &Context,
    facts: &Facts,
) -> Result<Vec<NewEvent>> {
    Words::new().note("reason", reason).done()?;
    let entry = entry(position, facts)?;
    let rest: Vec<Recorded> = standing(&facts.entries)
        .into_iter()
        .filter(|e| e.position != position)
        .cloned()
        .collect();
    let state = Obligation::fold(&rest);
    if state.closed && !closes(&state) && !entry.kind.ends_with(".closed") {
        return Err(Refusal::rule("obligation/closing_rests_on_it", "")
            .with("position", position.to_string())
            .into());
    }
    let mut events = vec![correction(position, reason.trim())?];
    match replacement {
        None => {}
        Some(Command::Correct { .. }) => {
            return Err(Refusal::wrong("obligation/correction_of_correction").into());
        }
        Some(command) => {
            for mut event in decide(&state, command, context, facts)? {
                event.effective.get_or_insert(entry.effective);
                events.push(event);
            }
        }
    }
    Ok(events)
}

/// The entry that is to be taken back, where it can be.
fn entry(position: Position, facts: &Facts) -> Result<&Recorded> {
    let refused = |rule: &'static str| Refusal::rule(rule, "").with("position", position.to_string());
    let Some(entry) = facts.entries.iter().find(|e| e.position == position) else {
        return Err(refused("obligation/no_such_entry").into());
    };
    if entry.kind == CORRECTION {
        return Err(refused("obligation/correction_of_correction").into());
    }
    // What the list itself brought changes with the list, not by a correction.
    if matches!(
        entry.kind.as_str(),
        "obligation.created" | "obligation.ended" | "obligation.taken_over"
    ) {
        return Err(refused("obligation/entry_of_the_list").into());
    }
    let taken_back = facts
        .entries
        .iter()
        .filter(|e| e.kind == CORRECTION)
        .filter_map(|e| e.read::<Correction>().ok())
        .any(|c| c.corrects == position);
    if taken_back {
        return Err(refused("obligation/already_corrected").into());
    }
    Ok(entry)
}
