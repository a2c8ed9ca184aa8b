//! What offering and withdrawing a system bring. Pure.

use super::{
    event::{Edition, SystemEvent},
    executable::{Executable, mode_id},
    state::State,
};
use crate::{
    event::record,
    obligation::check::Words,
    refusal::{Refusal, Result},
    text::{event::Owner, query::TextVersion},
};
use indicator::Severity;
use jiff::civil::Date;
use ledger::{NewEvent, Recorded};

/// Kind of the event by which an edition is offered.
const OFFERED: &str = "system.offered";

/// What offering a version of a text brings, and the number of the edition.
pub(super) fn offer(
    events: &[Recorded],
    version: &TextVersion,
    executable: &Executable,
    in_force: Date,
) -> Result<(NewEvent, u32)> {
    if version.published.is_none() {
        return Err(Refusal::rule("system/not_published", "").into());
    }
    let errors = executable.findings.iter().filter(|f| f.severity == Severity::Error);
    if !executable.is_one() {
        return Err(Refusal::rule("system/nothing_runs", "").into());
    }
    if let Some(first) = errors.clone().next() {
        return Err(Refusal::rule("system/not_executable", "")
            .with("count", errors.count().to_string())
            .with("line", first.place.line.to_string())
            .into());
    }
    let state = State::fold(events);
    if let Some(latest) = state.offered() {
        let same = latest.edition.source.sha256 == version.source.sha256;
        if same && latest.edition.in_force == in_force {
            return Err(Refusal::rule("system/nothing_new", "")
                .with("edition", latest.edition.edition.to_string())
                .into());
        }
        if in_force < latest.edition.in_force {
            return Err(Refusal::wrong("system/earlier")
                .with("in_force", latest.edition.in_force.to_string())
                .fault("in_force", "fault-system-earlier")
                .into());
        }
    }
    let standard = &executable.standard;
    let offered = events.iter().filter(|event| event.kind == OFFERED).count();
    let edition = u32::try_from(offered).unwrap_or(u32::MAX).saturating_add(1);
    let event = SystemEvent::Offered(Box::new(Edition {
        edition,
        text: version.id.clone(),
        owner: Owner::Obligation(version.obligation.clone()),
        place: version.place.clone(),
        organization: version.organization.clone(),
        task: version.task.clone(),
        title: version.title.clone(),
        source: version.source.clone(),
        number: standard.number.clone(),
        unit_of: standard.unit_of.clone(),
        period_of: standard.period_of.clone(),
        mode: mode_id(standard.mode).to_owned(),
        validity: standard.validity,
        in_force,
        demo: false,
    }));
    Ok((record(&event)?, edition))
}

/// What withdrawing a system brings.
pub(super) fn withdraw(events: &[Recorded], reason: &str) -> Result<NewEvent> {
    Words::new().note("reason", reason).done()?;
    let state = State::fold(events);
    let offered = state.offered().ok_or_else(|| Refusal::rule("system/withdrawn", ""))?;
    Ok(record(&SystemEvent::Withdrawn {
        reason: reason.trim().to_owned(),
        edition: offered.edition.edition,
    })?)
}
