//! What people do with a task of the list: name who guides it, set its time limit and milestones, say which measure it
//! serves. Its wording changes by a proposal alone.

use super::{
    event::TaskEvent,
    state::{Fate, Link, Task},
};
use crate::{
    bilingual::Bilingual,
    context::Context,
    event::record,
    obligation::{check::Words, event::ObligationEvent, state::Obligation},
    refusal::{Error, Manner, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{Committed, NewEvent, Recorded, StreamName, Version, Write};
use std::collections::BTreeMap;

/// Something done with one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskCommand {
    /// A ministry guides it.
    AssignGuiding {
        /// The ministry, by id.
        organization: String,
        /// Where that is written, or who said so.
        source: String,
    },
    /// It has a time limit.
    SetTimeLimit {
        /// Last day.
        due: Date,
        /// Who sets it, as one would cite it.
        set_by: String,
    },
    /// It has no time limit any more.
    ClearTimeLimit {
        /// Why.
        reason: String,
    },
    /// It has a milestone, for all who hold it now.
    SetMilestone {
        /// What is to be reached.
        name: Bilingual,
        /// Last day.
        due: Date,
        /// Who sets it, as one would cite it.
        set_by: String,
    },
    /// It may serve a measure.
    ProposeLink {
        /// Number of the measure.
        measure: String,
    },
    /// It does.
    ConfirmLink {
        /// Number of the measure.
        measure: String,
    },
    /// It does not.
    RemoveLink {
        /// Number of the measure.
        measure: String,
    },
}

impl TaskCommand {
    /// The right that it needs.
    pub const fn action(&self) -> Action {
        match self {
            Self::AssignGuiding { .. }
            | Self::SetTimeLimit { .. }
            | Self::ClearTimeLimit { .. }
            | Self::SetMilestone { .. } => Action::AssignTask,
            Self::ProposeLink { .. } => Action::ProposeLink,
            Self::ConfirmLink { .. } | Self::RemoveLink { .. } => Action::ConfirmLink,
        }
    }

    /// The measure that it is about.
    fn measure(&self) -> Option<&str> {
        match self {
            Self::ProposeLink { measure } | Self::ConfirmLink { measure } | Self::RemoveLink { measure } => {
                Some(measure)
            }
            _ => None,
        }
    }
}

/// The event that a command gives. Pure; whether ministry and measure exist is known before.
pub fn decide(task: &Task, command: &TaskCommand) -> Result<TaskEvent> {
    if task.wording.is_none() {
        return Err(Refusal::unseen().into());
    }
    if task.fate != Fate::Open {
        return Err(Refusal::rule("list/task_ended", "").into());
    }
    Ok(match command.clone() {
        TaskCommand::AssignGuiding { organization, source } => {
            Words::new().title("source", &source).done()?;
            TaskEvent::GuidingAssigned { organization, source }
        }
        TaskCommand::SetTimeLimit { due, set_by } => {
            Words::new().title("set_by", &set_by).done()?;
            TaskEvent::TimeLimitSet { due, set_by }
        }
        TaskCommand::ClearTimeLimit { reason } => {
            Words::new().note("reason", &reason).done()?;
            if task.time_limit.is_none() {
                return Err(Refusal::wrong("any/nothing_to_do").into());
            }
            TaskEvent::TimeLimitCleared { reason }
        }
        TaskCommand::SetMilestone { name, due, set_by } => {
            Words::new()
                .title("name", &name.zh)
                .title_or_none("name", name.en.as_deref())
                .title("set_by", &set_by)
                .done()?;
            TaskEvent::MilestoneSet { name, due, set_by }
        }
        TaskCommand::ProposeLink { measure } => {
            if task.links.contains_key(&measure) {
                return Err(Refusal::rule("list/link_stands", "").with("measure", measure).into());
            }
            TaskEvent::LinkProposed {
                measure,
                shipped: false,
            }
        }
        TaskCommand::ConfirmLink { measure } => {
            if task.links.get(&measure) == Some(&Link::Confirmed) {
                return Err(Refusal::rule("list/link_stands", "").with("measure", measure).into());
            }
            TaskEvent::LinkConfirmed { measure }
        }
        TaskCommand::RemoveLink { measure } => {
            if !task.links.contains_key(&measure) {
                return Err(Refusal::rule("list/link_absent", "").with("measure", measure).into());
            }
            TaskEvent::LinkRemoved { measure }
        }
    })
}

/// Carries a command out on a task; `expected` is the version that the caller saw.
///
/// # Errors
/// A [`Refusal`] that names its rule, or a failure of the ledger. Nothing is recorded then.
pub async fn run(
    platform: &Platform,
    context: &Context,
    id: &str,
    expected: Option<Version>,
    command: &TaskCommand,
) -> Result<Committed> {
    rights::check(platform.rights(), context, command.action(), &Object::default())?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = StreamName::parse(&format!("task/{id}")).map_err(|_| Refusal::unseen())?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let task = Task::fold(&platform.ledger().stream(&stream).await?);
            if let Some(expected) = expected.filter(|e| *e != task.version) {
                return Err(Refusal::rule("any/stale", "")
                    .with("object", stream.to_string())
                    .with("expected", expected.to_string())
                    .with("actual", task.version.to_string())
                    .manner(Manner::Stale)
                    .into());
            }
            known(platform, context, &task.list, command).await?;
            let event = decide(&task, command)?;
            let mut commit = begin(context, id).write(stream.clone(), task.version, vec![record(&event)?]);
            if let TaskEvent::MilestoneSet { name, due, set_by } = event {
                let milestone = shared_milestone(Version(task.version.0 + 1));
                let event = ObligationEvent::MilestoneSet {
                    milestone,
                    name,
                    due,
                    set_by,
                };
                commit
                    .writes
                    .extend(of_holders(platform, context, id, &record(&event)?).await?);
            }
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

/// The id that a milestone of a task has among those of each obligation, by the version at which it was set.
pub(crate) fn shared_milestone(version: Version) -> String {
    format!("task-{version}")
}

/// Refuses a ministry or measure that is not there.
async fn known(platform: &Platform, context: &Context, list: &str, command: &TaskCommand) -> Result<()> {
    if let Some(measure) = command.measure()
        && !super::facts::measure_is_there(platform, list, measure).await?
    {
        return Err(Refusal::wrong("list/measure_unknown").with("measure", measure).into());
    }
    if let TaskCommand::AssignGuiding { organization, .. } = command
        && !super::facts::organization_is_there(platform, context.today, organization).await?
    {
        return Err(Refusal::wrong("list/organization_unknown")
            .with("organization", organization.clone())
            .into());
    }
    Ok(())
}

/// An event for each obligation of the task that stands.
async fn of_holders(platform: &Platform, context: &Context, task: &str, event: &NewEvent) -> Result<Vec<Write>> {
    let mut streams = Vec::new();
    for id in super::facts::obligations_of_task(platform, context.today, task).await? {
        streams.push(StreamName::parse(&format!("obligation/{id}"))?);
    }
    let mut events: BTreeMap<StreamName, Vec<Recorded>> = BTreeMap::new();
    for recorded in platform.ledger().streams(&streams).await? {
        events.entry(recorded.stream.clone()).or_default().push(recorded);
    }
    Ok(events
        .into_iter()
        .map(|(stream, events)| (stream, Obligation::fold(&events)))
        .filter(|(_, obligation)| obligation.exists())
        .map(|(stream, obligation)| Write::new(stream, obligation.version, vec![event.clone()]))
        .collect())
}
