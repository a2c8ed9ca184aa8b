//! Opening a survey, defining it, naming who keeps it and which units belong to it: the way in.

use super::{
    access,
    decide::{self, New},
    definition::Typed,
    event::ReturnEvent,
    query,
    sealed::{self, Unit},
    state::{Returns, Survey},
};
use crate::{
    context::{Context, PersonId},
    event::record,
    people::{self, profile::failed},
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object, Role},
    running::Platform,
    writing::{begin, repeated},
};
use identity::{OperatingSystem, Randomness as _};
use ledger::{Change, Committed, NewEvent, StreamName, Version};
use std::collections::BTreeMap;

pub use super::decide::{New as NewSurvey, TypedMarks};

/// What was made.
#[derive(Debug, Clone)]
pub struct Done {
    /// Id of the survey, of the unit, or number of the definition.
    pub id: String,
    /// The commit.
    pub committed: Committed,
}

/// The stream of a survey.
pub fn stream(id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("survey/{id}")).map_err(|_| Refusal::unseen().into())
}

/// The stream of a unit's returns.
pub(super) fn returns_stream(survey: &str, unit: &str) -> Result<StreamName> {
    StreamName::parse(&format!("return/{survey}.{unit}")).map_err(|_| Refusal::unseen().into())
}

/// A fresh opaque id.
pub(super) fn new_id(prefix: &str) -> Result<String> {
    let mut bytes = [0_u8; 8];
    OperatingSystem.fill(&mut bytes).map_err(|e| failed("an id", &e))?;
    Ok(format!("{prefix}{:016x}", u64::from_be_bytes(bytes)))
}

/// A survey as its stream tells it; unseen where there is none.
pub async fn load(platform: &Platform, id: &str) -> Result<Survey> {
    let survey = Survey::fold(&platform.ledger().stream(&stream(id)?).await?);
    match survey.opened {
        Some(_) => Ok(survey),
        None => Err(Refusal::unseen().into()),
    }
}

/// The same for one of its own statisticians.
pub async fn kept(platform: &Platform, context: &Context, id: &str, action: Action) -> Result<Survey> {
    let survey = load(platform, id).await?;
    if context.actor.is_none() {
        rights::check(platform.rights(), context, action, &Object::default())?;
    }
    access::check(platform.rights(), context.actor.as_ref(), &survey, action)?;
    Ok(survey)
}

/// Opens a survey. Whoever opens it is the first of its statisticians.
///
/// # Errors
/// A [`Refusal`] `survey/marks` where a mark is missing; nothing is recorded then.
pub async fn open(platform: &Platform, context: &Context, new: &New) -> Result<Done> {
    let object = Object::of_organization(&new.organization);
    rights::check(platform.rights(), context, Action::KeepSurvey, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        let id = committed.repeated.clone().unwrap_or_default();
        return Ok(Done { id, committed });
    }
    let actor = context.actor.as_ref().ok_or_else(Refusal::unseen)?;
    let event = decide::open(new, &actor.person)?;
    let id = new_id("s")?;
    let (_, key) = sealed::new_key(platform.keys(), &id)?;
    let mut commit = begin(context, &id).write(stream(&id)?, Version::NONE, vec![event]);
    commit.state.push(key);
    let committed = platform.ledger().commit(commit).await?;
    Ok(Done { id, committed })
}

/// Records what one of its statisticians decides of a survey.
async fn decided(
    platform: &Platform,
    context: &Context,
    id: &str,
    answer: &str,
    decide: impl Fn(&Survey) -> Result<NewEvent>,
) -> Result<Committed> {
    kept(platform, context, id, Action::KeepSurvey).await?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = stream(id)?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let survey = kept(platform, context, id, Action::KeepSurvey).await?;
            let event = decide(&survey)?;
            Ok::<_, Error>((
                begin(context, answer).write(stream.clone(), survey.version, vec![event]),
                (),
            ))
        })
        .await?;
    Ok(committed)
}

/// Renews the marks of a survey: it was approved or filed again.
///
/// # Errors
/// A [`Refusal`] `survey/…`; nothing is recorded then.
pub async fn renew(platform: &Platform, context: &Context, id: &str, marks: &TypedMarks) -> Result<Committed> {
    decided(platform, context, id, id, |survey| decide::renew(survey, marks)).await
}

/// Sets what a survey asks from a period on.
///
/// # Errors
/// A [`Refusal`] `survey/definition`; nothing is recorded then.
pub async fn define(platform: &Platform, context: &Context, id: &str, typed: &Typed) -> Result<Committed> {
    kept(platform, context, id, Action::KeepSurvey).await?;
    let definition = typed.read()?;
    decided(platform, context, id, id, |survey| {
        Ok(decide::define(survey, definition.clone())?.0)
    })
    .await
}

/// Names another statistician of a survey, who must hold that role in its body.
///
/// # Errors
/// A [`Refusal`] `survey/not_statistician`; nothing is recorded then.
pub async fn name(platform: &Platform, context: &Context, id: &str, person: &PersonId) -> Result<Committed> {
    let survey = kept(platform, context, id, Action::KeepSurvey).await?;
    let organization = survey.opened.map(|opened| opened.organization).unwrap_or_default();
    let memberships = people::facts::memberships_on(platform, person, context.today).await?;
    let holds = memberships
        .iter()
        .any(|m| m.role == Role::Statistician && m.organization == organization);
    if !holds {
        return Err(Refusal::wrong("survey/not_statistician")
            .fault("person", "fault-survey-not-statistician")
            .into());
    }
    decided(platform, context, id, id, |survey| decide::name(survey, person)).await
}

/// Ends that somebody is a statistician of a survey.
///
/// # Errors
/// A [`Refusal`] `survey/last_statistician`; nothing is recorded then.
pub async fn release(platform: &Platform, context: &Context, id: &str, person: &PersonId) -> Result<Committed> {
    decided(platform, context, id, id, |survey| decide::release(survey, person)).await
}

/// Ends a survey: it takes nothing in any more.
///
/// # Errors
/// A [`Refusal`] `survey/closed`; nothing is recorded then.
pub async fn close(platform: &Platform, context: &Context, id: &str, reason: &str) -> Result<Committed> {
    decided(platform, context, id, id, |survey| decide::close(survey, reason)).await
}

/// A unit as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewUnit {
    /// Its name in the survey; that of its body where empty.
    pub name: String,
    /// Id of its body.
    pub organization: String,
    /// Its value in each classification, by code.
    pub classes: BTreeMap<String, String>,
}

/// Enters a unit, or says anew what it is where its body is a unit already.
///
/// # Errors
/// A [`Refusal`] `survey/unit`; nothing is recorded then.
pub async fn enter_unit(platform: &Platform, context: &Context, id: &str, new: &NewUnit) -> Result<Done> {
    let survey = kept(platform, context, id, Action::ReadSurveyRows).await?;
    if let Some(committed) = repeated(platform, context).await? {
        let id = committed.repeated.clone().unwrap_or_default();
        return Ok(Done { id, committed });
    }
    let unit = unit_of(platform, context, &survey, new).await?;
    let known = query::units_of_body(platform, &new.organization).await?;
    let before = known.into_iter().find(|(of, _)| of == id).map(|(_, unit)| unit);
    let unit_id = match before {
        Some(unit) => unit,
        None => new_id("u")?,
    };
    let key = query::key(platform, id).await?;
    let (change, digest) = sealed::unit_row(&key, id, &unit_id, &unit)?;
    let stream = returns_stream(id, &unit_id)?;
    let returns = Returns::fold(&platform.ledger().stream(&stream).await?);
    let event = record(&ReturnEvent::UnitEntered { digest })?;
    let mut commit = begin(context, &unit_id).write(stream, returns.version, vec![event]);
    // A body is a unit of a survey once; two that enter it at the same time do not both.
    if returns.version == Version::NONE {
        commit.state.push(Change::Claim {
            kind: "survey_unit",
            value: format!("{id}/{}", new.organization),
            holder: format!("return/{id}.{unit_id}"),
        });
    }
    commit.state.push(change);
    let committed = platform.ledger().commit(commit).await?;
    Ok(Done { id: unit_id, committed })
}

async fn unit_of(platform: &Platform, context: &Context, survey: &Survey, new: &NewUnit) -> Result<Unit> {
    let (_, definition) = survey
        .definition()
        .ok_or_else(|| Refusal::rule("survey/no_definition", ""))?;
    let as_of = ledger::AsOf::day(context.today);
    let body = people::query::organization(platform, &new.organization, as_of).await?;
    let mut refusal = Refusal::wrong("survey/unit");
    if body.is_none() {
        refusal = refusal.fault("organization", "fault-survey-organization");
    }
    if new.name.chars().count() > 100 || new.name.chars().any(char::is_control) {
        refusal = refusal.fault("name", "fault-too-long");
    }
    let mut classes = BTreeMap::new();
    for class in &definition.classes {
        let chosen = new.classes.get(&class.code).map(|value| value.trim());
        match class.values.iter().find(|value| Some(value.code.as_str()) == chosen) {
            Some(value) => {
                classes.insert(class.code.clone(), value.code.clone());
            }
            None => {
                refusal = refusal.fault("classes", "fault-survey-class");
                if let Some(fault) = refusal.faults.last_mut() {
                    fault.with = vec![("found", class.name.zh.clone())];
                }
            }
        }
    }
    match body {
        Some(body) if refusal.faults.is_empty() => Ok(Unit {
            name: match new.name.trim() {
                "" => body.name.zh,
                name => name.to_owned(),
            },
            organization: new.organization.clone(),
            classes,
        }),
        _ => Err(refusal.into()),
    }
}
