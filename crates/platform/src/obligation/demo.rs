//! The progress of the demonstration (演示): what `catalog/demo.toml` says happened, counted from the day it is loaded.
//!
//! Every event is marked as illustrative, and goes through the same decisions as a real one.

use super::{
    command::{Command, Hands, Since, stream},
    decide::decide,
    event::{Audience, BlockKind, Evidence, EvidenceKind, Part, Source},
    facts::{Desk, Facts},
    state::Obligation,
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{self, files, words::OriginWord},
    context::{Context, PersonId},
    event::{demonstration, record},
    list::event::TaskEvent,
    people,
    refusal::{Error, Result},
    running::Platform,
};
use jiff::{Span, civil::Date};
use ledger::{ActorId, Cause, Commit, NewEvent, StreamName, Version};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct World {
    en_origin: OriginWord,
    source_zh: String,
    #[serde(default)]
    guiding: Vec<Guiding>,
    #[serde(default)]
    obligation: Vec<Progress>,
}

#[derive(Deserialize)]
struct Guiding {
    task: u32,
    organization: String,
    at: i64,
    by: String,
}

#[derive(Deserialize)]
struct Progress {
    place: String,
    task: u32,
    event: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    at: i64,
    by: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum What {
    PartChosen {
        part: Part,
    },
    HolderAssigned {
        organization: String,
        desk: String,
    },
    MilestoneSet {
        milestone: String,
        zh: String,
        en: String,
        due: i64,
        set_by_zh: String,
    },
    MilestoneReached {
        milestone: String,
    },
    StageRecorded {
        stage: String,
        audience: Audience,
    },
    EvidenceRecorded {
        evidence: EvidenceKind,
        zh: String,
        en: String,
        audience: Audience,
    },
    Blocked {
        reason: BlockKind,
        text_zh: String,
        waits_for_zh: String,
        audience: Audience,
    },
    Noted {
        text_zh: String,
        audience: Audience,
    },
}

/// Enters the progress of the demonstration where it is not there yet, and says how many events it brought. The list
/// and the accounts of the demonstration must have been entered before.
pub async fn enter(platform: &Platform) -> Result<usize> {
    let world: World = files::parse("demo.toml", catalogue::DEMO)?;
    let base = platform.today();
    let mut actors: BTreeMap<String, PersonId> = BTreeMap::new();
    let logins = world
        .guiding
        .iter()
        .map(|g| &g.by)
        .chain(world.obligation.iter().flat_map(|o| o.event.iter().map(|e| &e.by)));
    for login in logins {
        if !actors.contains_key(login) {
            actors.insert(login.clone(), people::operator::find(platform, login).await?);
        }
    }
    let actor = |login: &str| actors.get(login).map_or_else(ActorId::system, |p| ActorId(p.0.clone()));
    let mut entered = 0;
    for guiding in &world.guiding {
        entered += usize::from(guide(platform, &world, guiding, base, actor(&guiding.by)).await?);
    }
    for progress in &world.obligation {
        entered += walk(platform, &world, progress, base, &actor).await?;
    }
    Ok(entered)
}

fn day(base: Date, at: i64) -> Result<Date> {
    Span::new()
        .try_days(at)
        .and_then(|span| base.checked_add(span))
        .map_err(|e| Error::Data {
            what: "catalog/demo.toml".to_owned(),
            reason: format!("at = {at}: {e}"),
        })
}

/// Assigns a guiding ministry, unless the task has one.
async fn guide(platform: &Platform, world: &World, guiding: &Guiding, base: Date, actor: ActorId) -> Result<bool> {
    let stream = StreamName::parse(&format!("task/first-{}", guiding.task))?;
    let events = platform.ledger().stream(&stream).await?;
    if events.iter().any(|e| e.kind == "task.guiding_assigned") {
        return Ok(false);
    }
    let version = events.last().map_or(Version::NONE, |e| e.version);
    let event = record(&TaskEvent::GuidingAssigned {
        organization: guiding.organization.clone(),
        source: world.source_zh.clone(),
    })?;
    let event = demonstration(&event)?.effective(day(base, guiding.at)?);
    let commit = Commit::new(actor, Cause::Request("demo".to_owned())).write(stream, version, vec![event]);
    platform.ledger().commit(commit).await?;
    Ok(true)
}

/// Takes the steps of one obligation, unless something has been done with it already. Each step is decided on the day
/// on which it is said to have happened, by the account that is said to have taken it.
async fn walk(
    platform: &Platform,
    world: &World,
    progress: &Progress,
    base: Date,
    actor: &impl Fn(&str) -> ActorId,
) -> Result<usize> {
    let id = format!("first-{}-{}", progress.task, progress.place);
    let stream = stream(&id)?;
    let mut events = platform.ledger().stream(&stream).await?;
    if events.len() != 1 {
        return Ok(0);
    }
    let mut entered = 0;
    for step in &progress.event {
        let on = day(base, step.at)?;
        let state = Obligation::fold(&events);
        let facts = Facts {
            entries: events.clone(),
            desk: Some(Desk { seats_person: true }),
            ..Facts::default()
        };
        let context = Context {
            today: on,
            ..Context::system(platform.now(), "demo")
        };
        let decided = match as_is(step, world, base)? {
            Some(event) => vec![event],
            None => decide(&state, &command(step, world)?, &context, &facts)?,
        };
        let marked: Vec<NewEvent> = decided
            .iter()
            .map(|e| Ok(demonstration(e)?.effective(on)))
            .collect::<Result<_>>()?;
        entered += marked.len();
        let commit = Commit::new(actor(&step.by), Cause::Request("demo".to_owned())).write(
            stream.clone(),
            state.version,
            marked,
        );
        platform.ledger().commit(commit).await?;
        events = platform.ledger().stream(&stream).await?;
    }
    Ok(entered)
}

fn titled(world: &World, zh: &str, en: &str) -> Bilingual {
    Bilingual {
        zh: zh.to_owned(),
        en: Some(en.to_owned()),
        en_origin: Origin::from(world.en_origin),
    }
}

/// A milestone keeps the id that the file gives it, so that it can be reached by it.
fn as_is(step: &Step, world: &World, base: Date) -> Result<Option<NewEvent>> {
    let What::MilestoneSet {
        milestone,
        zh,
        en,
        due,
        set_by_zh,
    } = &step.what
    else {
        return Ok(None);
    };
    Ok(Some(record(&super::event::ObligationEvent::MilestoneSet {
        milestone: milestone.clone(),
        name: titled(world, zh, en),
        due: day(base, *due)?,
        set_by: set_by_zh.clone(),
    })?))
}

fn command(step: &Step, world: &World) -> Result<Command> {
    let source = Source {
        citation: world.source_zh.clone(),
        link: None,
        line: None,
    };
    Ok(match &step.what {
        What::PartChosen { part } => Command::ChoosePart { part: *part },
        What::HolderAssigned { organization, desk } => Command::AssignHolder {
            hands: Hands {
                organization: organization.clone(),
                desk: desk.clone(),
                person: None,
            },
            since: Since::default(),
        },
        What::MilestoneReached { milestone } => Command::ReachMilestone {
            milestone: milestone.clone(),
            since: Since::default(),
        },
        What::StageRecorded { stage, audience } => Command::RecordStage {
            stage: stage.clone(),
            designation: None,
            source,
            audience: *audience,
            on: None,
        },
        What::EvidenceRecorded {
            evidence,
            zh,
            en,
            audience,
        } => Command::RecordEvidence {
            evidence: Evidence {
                kind: *evidence,
                title: titled(world, zh, en),
                designation: None,
                published: None,
                reported: None,
                source,
                files: Vec::new(),
                audience: *audience,
            },
        },
        What::Blocked {
            reason,
            text_zh,
            waits_for_zh,
            audience,
        } => Command::Block {
            kind: *reason,
            text: text_zh.clone(),
            waits_for: Some(waits_for_zh.clone()),
            audience: *audience,
            since: Since::default(),
        },
        What::Noted { text_zh, audience } => Command::Note {
            text: text_zh.clone(),
            audience: *audience,
        },
        What::MilestoneSet { milestone, .. } => {
            return Err(Error::Data {
                what: "catalog/demo.toml".to_owned(),
                reason: format!("milestone {milestone}"),
            });
        }
    })
}
