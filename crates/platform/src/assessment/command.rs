//! The steps of an assessment: the way in.

use super::{
    certificate::{self, Basis},
    decide,
    event::{AssessmentEvent, CertificateEvent, Evidence, Inputs, Issued, Item, Opened, Outcome},
    query::answering,
    state::{Stage, State},
};
use crate::{
    context::{Context, Reader},
    event::record,
    obligation::check::Words,
    people::facts::body,
    refusal::{Error, Manner, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    system::{
        query::{self as system, Force},
        run,
    },
    text::workshop::{content, made},
    upload::{self, take::keep},
    writing::{begin, repeated},
};
use bytes::Bytes;
use indicator::{Given, Period, Place, Standard, normal};
use ledger::{AsOf, Committed, StreamName, Version, Write};

/// Name and media type of a certificate.
const CERTIFICATE: (&str, &str) = ("certificate.json", "application/json");

/// What was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// Id of the assessment.
    pub id: String,
    /// The commit.
    pub committed: Committed,
}

/// What is to be opened.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// Id of the system.
    pub system: String,
    /// Id of the organisation.
    pub organization: String,
    /// The unit, as the organisation calls it.
    pub unit: String,
    /// The period that its figures describe.
    pub period: String,
}

/// A step of an assessment.
#[derive(Debug, Clone)]
pub enum Step {
    /// Fills it in.
    Fill(Inputs),
    /// Attaches evidence; its file was sent before.
    Attach(Evidence),
    /// Takes evidence away.
    Remove(u32),
    /// Hands it over.
    Submit,
    /// Goes through items.
    Verify(Vec<Item>),
    /// Decides, and issues the certificate.
    Decide,
    /// Objects.
    Appeal(String),
    /// Answers an objection.
    Answer {
        /// Whether it goes back to be verified anew.
        upheld: bool,
        /// Why.
        reason: String,
    },
}

impl Step {
    /// Whether the organisation takes it; else an assessor does.
    const fn is_own(&self) -> bool {
        matches!(
            self,
            Self::Fill(_) | Self::Attach(_) | Self::Remove(_) | Self::Submit | Self::Appeal(_)
        )
    }
}

/// The stream of an assessment.
pub fn stream(id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("assessment/{id}")).map_err(|_| Refusal::unseen().into())
}

fn certificate_stream(number: &str) -> Result<StreamName> {
    StreamName::parse(&format!("certificate/{number}")).map_err(|_| Refusal::unseen().into())
}

/// Opens an assessment of an organisation by the edition of a system that is in force.
///
/// # Errors
/// A [`Refusal`] `assessment/…`; nothing is recorded then.
pub async fn open(platform: &Platform, context: &Context, new: &New) -> Result<Done> {
    let object = Object::of_organization(&new.organization);
    rights::check(platform.rights(), context, Action::FillAssessment, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        let id = committed.repeated.clone().unwrap_or_default();
        return Ok(Done { id, committed });
    }
    Words::new().title("unit", &new.unit).done()?;
    let period = Period::read(&new.period)
        .ok_or_else(|| Refusal::wrong("assessment/period").fault("period", "fault-assessment-period"))?;
    body(platform, &new.organization).await?;
    let reader = Reader {
        actor: context.actor.clone(),
        as_of: AsOf::day(context.today),
        today: context.today,
    };
    let known = system::system(platform, &reader, &new.system).await?;
    let edition = known
        .editions()
        .iter()
        .find(|edition| known.force(edition) == Force::InForce)
        .ok_or_else(|| Refusal::rule("assessment/not_in_force", ""))?;
    let answers = crate::system::command::object(platform, &edition.system).await?;
    let id = uuid::Uuid::now_v7().to_string();
    let opened = AssessmentEvent::Opened(Box::new(Opened {
        system: edition.system.clone(),
        edition: edition.edition,
        source: edition.source.clone(),
        title: edition.title.clone(),
        validity: edition.validity,
        place: answers.place.unwrap_or_default(),
        body: answers.organization.unwrap_or_default(),
        organization: new.organization.clone(),
        unit: new.unit.trim().to_owned(),
        period: period.to_string(),
        demo: edition.demo,
    }));
    let commit = begin(context, &id).write(stream(&id)?, Version::NONE, vec![record(&opened)?]);
    let committed = platform.ledger().commit(commit).await?;
    Ok(Done { id, committed })
}

/// The state of an assessment, where the actor may take such a step.
async fn allowed(platform: &Platform, context: &Context, id: &str, step: &Step) -> Result<State> {
    let state = State::fold(&platform.ledger().stream(&stream(id)?).await?);
    let opened = state.opened.as_ref().ok_or_else(Refusal::unseen)?;
    let own = Object::of_organization(&opened.organization);
    let actor = context.actor.as_ref();
    let fills = actor.is_some_and(|actor| rights::may(platform.rights(), actor, Action::FillAssessment, &own));
    let of_it = actor.is_some_and(|actor| {
        actor
            .grants
            .iter()
            .any(|grant| grant.organization == opened.organization)
    });
    let answers = answering(opened);
    let verifies = !of_it
        && state.stage != Stage::Filling
        && actor.is_some_and(|actor| rights::may(platform.rights(), actor, Action::VerifyAssessment, &answers));
    match (step.is_own(), fills, verifies) {
        (true, true, _) | (false, _, true) => Ok(state),
        // Whoever sees it is told which right is missing; to others there is none.
        (true, _, true) | (false, true, _) => {
            let action = if step.is_own() {
                Action::FillAssessment
            } else {
                Action::VerifyAssessment
            };
            Err(Refusal::rule("rights/missing", "")
                .with("right", action.id())
                .manner(Manner::Forbidden)
                .into())
        }
        _ => {
            if context.actor.is_none() {
                rights::check(platform.rights(), context, Action::FillAssessment, &own)?;
            }
            Err(Refusal::unseen().into())
        }
    }
}

/// Takes a step.
///
/// # Errors
/// A [`Refusal`] `assessment/…`; nothing is recorded then.
pub async fn act(
    platform: &Platform,
    context: &Context,
    id: &str,
    expected: Option<i64>,
    step: Step,
) -> Result<Committed> {
    let state = allowed(platform, context, id, &step).await?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    if let Some(expected) = expected.filter(|expected| *expected != state.version.0) {
        return Err(Refusal::rule("any/stale", "")
            .with("object", format!("assessment/{id}"))
            .with("expected", expected.to_string())
            .with("actual", state.version.to_string())
            .manner(Manner::Stale)
            .into());
    }
    let source = state
        .opened
        .as_ref()
        .map(|opened| opened.source.clone())
        .ok_or_else(Refusal::unseen)?;
    let executable = run::executable(platform, &source).await?;
    let standard = &executable.standard;
    let mut writes: Vec<Write> = Vec::new();
    let event = match step {
        Step::Fill(inputs) => decide::fill(&state, written(standard, &inputs)?)?,
        Step::Attach(evidence) => {
            let evidence = sent(platform, context, evidence).await?;
            decide::attach(&state, standard, evidence)?
        }
        Step::Remove(number) => decide::remove(&state, number)?,
        Step::Submit => decide::submit(&state)?,
        Step::Verify(items) => decide::verify(&state, standard, items)?,
        Step::Decide => {
            let (event, more) = result(platform, context, standard, &state).await?;
            writes.extend(more);
            event
        }
        Step::Appeal(reason) => decide::appeal(&state, &reason)?,
        Step::Answer { upheld, reason } => {
            let event = decide::answer(&state, &context.actor_id(), upheld, &reason)?;
            if let Some((outcome, _)) = state.outcome.as_ref().filter(|_| upheld) {
                let stream = certificate_stream(&outcome.certificate)?;
                let version = platform.ledger().version(&stream).await?;
                let revoked = CertificateEvent::Revoked { reason };
                writes.push(Write::new(stream, version, vec![record(&revoked)?]));
            }
            event
        }
    };
    let mut commit = begin(context, id).write(stream(id)?, state.version, vec![record(&event)?]);
    commit.writes.extend(writes);
    Ok(platform.ledger().commit(commit).await?)
}

/// Figures as the standard writes them.
///
/// # Errors
/// A [`Refusal`] `system/inputs` that names each that cannot be right.
pub fn written(standard: &Standard, inputs: &Inputs) -> Result<Inputs> {
    let given = inputs.iter().filter_map(|(name, value)| {
        let given = Given::of_json(value)?;
        // What is left empty is not given; a reason for an absence is kept.
        let nothing = matches!(&given, Given::Absent(_)) && !value.is_object();
        (!nothing).then(|| (name.clone(), given, Place::default()))
    });
    let normal = normal(standard, &given.collect()).map_err(run::refused)?;
    Ok(normal.into_iter().map(|(name, given)| (name, given.json())).collect())
}

/// A digest alone opens nothing: evidence is attached by whoever sent its file.
async fn sent(platform: &Platform, context: &Context, evidence: Evidence) -> Result<Evidence> {
    let actor = context.actor.as_ref().ok_or_else(Refusal::unseen)?;
    let digest = evidence.file.sha256.clone();
    let found = upload::query::sent(platform, &actor.person, &[digest]).await?;
    let file = found
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::wrong("assessment/no_file").fault("file", "fault-assessment-no-file"))?;
    Ok(Evidence {
        kind: evidence.kind.trim().to_owned(),
        sampling: evidence.sampling.trim().to_owned(),
        file,
        ..evidence
    })
}

/// The result of the accepted items, and its certificate.
pub(super) async fn result(
    platform: &Platform,
    context: &Context,
    standard: &Standard,
    state: &State,
) -> Result<(AssessmentEvent, Vec<Write>)> {
    let opened = decide::at(state, &[Stage::Verifying])?;
    let left = decide::unverified(state, standard);
    if !left.is_empty() {
        return Err(Refusal::rule("assessment/not_verified", "")
            .with("count", left.len().to_string())
            .with("codes", left.join(", "))
            .into());
    }
    let at = state.submitted.unwrap_or(context.today);
    let basis = Basis {
        state: state.clone(),
        source: content(platform, &opened.source).await?.to_vec(),
        at,
    };
    let (standard, keys) = (standard.clone(), platform.keys().signing().clone());
    let signed = made(platform.workshop(), run::SLOW, move || {
        certificate::signed(&standard, &basis, &keys).map_err(|reason| Error::Data {
            what: "certificate".to_owned(),
            reason,
        })
    })
    .await?;
    let file = keep(platform, context, None, CERTIFICATE, Bytes::from(signed.file)).await?;
    let stream = certificate_stream(&signed.number)?;
    let events = platform.ledger().stream(&stream).await?;
    let known = super::state::Certificate::fold(&events);
    let mut writes = Vec::new();
    // The same grounds have the same certificate: it is there already.
    if known.issued.is_none() || known.revoked.is_some() {
        let issued = CertificateEvent::Issued(Box::new(Issued {
            system: opened.system.clone(),
            edition: opened.edition,
            title: opened.title.clone(),
            organization: opened.organization.clone(),
            unit: opened.unit.clone(),
            period: opened.period.clone(),
            grade: signed.grade.clone(),
            total: signed.total.clone(),
            at,
            valid_until: signed.valid_until,
            sha256: file.sha256.clone(),
            demo: opened.demo,
        }));
        let version = events.last().map_or(Version::NONE, |event| event.version);
        writes.push(Write::new(stream, version, vec![record(&issued)?]));
    }
    let outcome = AssessmentEvent::Decided(Box::new(Outcome {
        certificate: signed.number,
        file,
        grade: signed.grade,
        total: signed.total,
        coverage: signed.coverage,
        at,
        valid_until: signed.valid_until,
    }));
    Ok((outcome, writes))
}
