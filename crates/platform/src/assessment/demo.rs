//! The assessments of the demonstration (演示): the worked example of a system, filled in by an organisation and decided by
//! those who answer for the system, on days before the one on which it is loaded.

use super::{
    command::{result, stream},
    decide,
    event::{AssessmentEvent, Evidence, Inputs, Item, Opened},
    state::State,
};
use crate::{
    catalogue::{self, files},
    context::{Context, PersonId, Reader},
    event::{demonstration, record},
    people,
    refusal::{Error, Refusal, Result},
    running::Platform,
    system::{query as systems, run},
    upload::take::keep,
};
use bytes::Bytes;
use indicator::normal;
use jiff::{ToSpan, civil::Date};
use ledger::{ActorId, Cause, Commit, StreamName, Version, Write};
use serde::Deserialize;

#[derive(Deserialize)]
struct World {
    #[serde(default)]
    assessment: Vec<Shipped>,
}

#[derive(Deserialize)]
struct Shipped {
    id: String,
    system: String,
    organization: String,
    unit: String,
    period: String,
    at: i32,
    decided: i32,
    by: String,
    assessor: String,
    evidence: Shown,
}

#[derive(Deserialize)]
struct Shown {
    node: String,
    kind: String,
    name: String,
    content: String,
    dated: i32,
    valid_days: i32,
    sampling: String,
}

/// Enters the assessments of the demonstration where they are not there yet, and says how many it brought. The systems must
/// have been entered before.
pub async fn enter(platform: &Platform) -> Result<usize> {
    let world: World = files::parse("demo.toml", catalogue::DEMO)?;
    let mut entered = 0;
    for shipped in &world.assessment {
        let stream = stream(&shipped.id)?;
        if platform.ledger().version(&stream).await? == Version::NONE {
            one(platform, &stream, shipped).await?;
            entered += 1;
        }
    }
    Ok(entered)
}

async fn one(platform: &Platform, stream: &StreamName, shipped: &Shipped) -> Result<()> {
    let base = platform.today();
    let day = |at: i32| {
        base.checked_add(at.days()).map_err(|e| Error::Data {
            what: "catalog/demo.toml".to_owned(),
            reason: e.to_string(),
        })
    };
    let known = systems::system(platform, &Reader::public(base), &shipped.system).await?;
    let edition = known.in_force().ok_or_else(Refusal::unseen)?;
    let executable = run::executable(platform, &edition.source).await?;
    let standard = &executable.standard;
    let answers = crate::system::command::object(platform, &edition.system).await?;
    let example = standard.examples.first().ok_or_else(Refusal::unseen)?;
    let inputs: Inputs = normal(standard, &example.inputs)
        .map_err(run::refused)?
        .into_iter()
        .map(|(name, given)| (name, given.json()))
        .collect();
    let (opened, decided) = (day(shipped.at)?, day(shipped.decided)?);
    let context = Context {
        today: opened,
        ..Context::system(platform.now(), "demo")
    };
    let of = &shipped.evidence;
    let content = Bytes::from(of.content.clone());
    let evidence = Evidence {
        node: of.node.clone(),
        kind: of.kind.clone(),
        file: keep(platform, &context, None, (&of.name, "text/plain"), content).await?,
        dated: day(of.dated)?,
        valid_until: Some(day(of.dated + of.valid_days)?),
        sampling: of.sampling.clone(),
    };
    let by = people::operator::find(platform, &shipped.by).await?;
    let assessor = people::operator::find(platform, &shipped.assessor).await?;
    let own = [
        AssessmentEvent::Opened(Box::new(Opened {
            system: edition.system.clone(),
            edition: edition.edition,
            source: edition.source.clone(),
            title: edition.title.clone(),
            validity: edition.validity,
            place: answers.place.unwrap_or_default(),
            body: answers.organization.unwrap_or_default(),
            organization: shipped.organization.clone(),
            unit: shipped.unit.clone(),
            period: shipped.period.clone(),
            demo: true,
        })),
        AssessmentEvent::Filled { inputs },
        AssessmentEvent::EvidenceAttached { number: 1, evidence },
        AssessmentEvent::Submitted {},
    ];
    for event in &own {
        commit(platform, &by, stream, (event, opened), Vec::new()).await?;
    }
    let state = State::fold(&platform.ledger().stream(stream).await?);
    let accepted = |code: &str| Item {
        node: code.to_owned(),
        accepted: true,
        reason: String::new(),
    };
    let items: Vec<Item> = decide::items(standard).map(accepted).collect();
    let verified = decide::verify(&state, standard, items)?;
    commit(platform, &assessor, stream, (&verified, decided), Vec::new()).await?;
    let state = State::fold(&platform.ledger().stream(stream).await?);
    let (outcome, certificate) = result(platform, &context, standard, &state).await?;
    commit(platform, &assessor, stream, (&outcome, decided), certificate).await
}

async fn commit(
    platform: &Platform,
    by: &PersonId,
    stream: &StreamName,
    (event, day): (&AssessmentEvent, Date),
    others: Vec<Write>,
) -> Result<()> {
    let version = platform.ledger().version(stream).await?;
    let event = demonstration(&record(event)?)?.effective(day);
    let mut commit = Commit::new(ActorId(by.0.clone()), Cause::Request("demo".to_owned()));
    commit = commit.write(stream.clone(), version, vec![event]);
    for mut other in others {
        for event in &mut other.events {
            *event = demonstration(event)?.effective(day);
        }
        commit.writes.push(other);
    }
    platform.ledger().commit(commit).await?;
    Ok(())
}
