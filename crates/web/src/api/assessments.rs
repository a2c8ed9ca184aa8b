//! Assessments, for the organisation and its assessors, and certificates, for everybody.

use super::{Listing, Text};
use crate::{
    Answer, Asking, Json, Path, Web,
    asked::{Parameter, Values, parameter},
    asking::wrong_parameter,
};
use axum::{
    body::Body,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use platform::{
    assessment::{
        command::{self, New, Step},
        event::{Evidence, Inputs, Item},
        outcome,
        query::{self, Assessment, Certificate},
    },
    refusal::Refusal,
    rights::Action,
    upload::take::take_for,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Evidence of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofView {
    number: u32,
    /// Code of the indicator.
    node: String,
    kind: String,
    sha256: String,
    name: String,
    /// The day of which it speaks.
    dated: String,
    valid_until: Option<String>,
    /// How it was sampled.
    sampling: String,
    /// Where its file is.
    href: String,
}

/// What an assessor found of an item.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemView {
    /// Code of the indicator.
    node: String,
    accepted: bool,
    /// Must say something where it is refused.
    #[serde(default)]
    reason: String,
}

/// An assessment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    id: String,
    /// Id of the system.
    system: String,
    edition: u32,
    title: Text,
    /// Id of the organisation.
    organization: String,
    unit: String,
    period: String,
    /// `filling`, `verifying`, `decided`, `appealed`.
    stage: &'static str,
    /// What is given, as the standard writes it.
    #[schema(value_type = Object)]
    inputs: Inputs,
    evidence: Vec<ProofView>,
    items: Vec<ItemView>,
    /// The day of the report.
    submitted: Option<String>,
    /// Number of the certificate.
    certificate: Option<String>,
    grade: Option<String>,
    total: Option<String>,
    valid_until: Option<String>,
    /// For `If-Match`.
    version: i64,
    demo: bool,
}

impl From<&Assessment> for AssessmentView {
    fn from(one: &Assessment) -> Self {
        let outcome = one.outcome.as_ref();
        let proof = |(number, evidence): (&u32, &Evidence)| ProofView {
            number: *number,
            node: evidence.node.clone(),
            kind: evidence.kind.clone(),
            sha256: evidence.file.sha256.clone(),
            name: evidence.file.name.clone(),
            dated: evidence.dated.to_string(),
            valid_until: evidence.valid_until.map(|day| day.to_string()),
            sampling: evidence.sampling.clone(),
            href: format!("/assessments/{}/files/{}", one.id, evidence.file.sha256),
        };
        let item = |item: &Item| ItemView {
            node: item.node.clone(),
            accepted: item.accepted,
            reason: item.reason.clone(),
        };
        Self {
            id: one.id.clone(),
            system: one.opened.system.clone(),
            edition: one.opened.edition,
            title: (&one.opened.title).into(),
            organization: one.opened.organization.clone(),
            unit: one.opened.unit.clone(),
            period: one.opened.period.clone(),
            stage: one.stage.id(),
            inputs: one.inputs.clone(),
            evidence: one.evidence.iter().map(proof).collect(),
            items: one.items.values().map(item).collect(),
            submitted: one.submitted.map(|day| day.to_string()),
            certificate: outcome.map(|outcome| outcome.certificate.clone()),
            grade: outcome.map(|outcome| outcome.grade.clone()),
            total: outcome.map(|outcome| outcome.total.clone()),
            valid_until: outcome.map(|outcome| outcome.valid_until.to_string()),
            version: one.version,
            demo: one.demo,
        }
    }
}

/// `GET /assessments`: those that the caller fills in or assesses.
pub async fn assessments(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<AssessmentView>>> {
    let all = query::assessments(&web.platform, &asking.reader).await?;
    let views = all.iter().map(AssessmentView::from).collect();
    Ok(Json(Listing::cut(&asking, views, |one| one.id.clone())?))
}

async fn view(mut asking: Asking, web: &Web, id: &str) -> Answer<Json<AssessmentView>> {
    // What was just recorded is seen in the answer.
    if asking.method != axum::http::Method::GET {
        asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    }
    let one = query::assessment(&web.platform, &asking.reader, id).await?;
    Ok(Json((&one).into()))
}

/// `GET /assessments/{id}`.
pub async fn assessment(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<AssessmentView>> {
    view(asking, &web, &id).await
}

/// What is to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssessment {
    /// Id of the system.
    system: String,
    /// Id of the organisation.
    organization: String,
    /// What the organisation calls the unit.
    unit: String,
    /// `2025`, `2025-07`.
    period: String,
}

/// `POST /assessments`: opens one by the edition that is in force.
pub async fn open(asking: Asking, State(web): State<Web>, Json(new): Json<NewAssessment>) -> Answer<Response> {
    let new = New {
        system: new.system,
        organization: new.organization,
        unit: new.unit,
        period: new.period,
    };
    let done = command::open(&web.platform, &asking.context(), &new).await?;
    let view = view(asking, &web, &done.id).await?;
    Ok((StatusCode::CREATED, view).into_response())
}

/// Figures.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// `{NAME: VALUE or {"missing":REASON}}`: all of them; those that are left out are taken away.
    #[schema(value_type = Object)]
    inputs: Inputs,
}

/// `PUT /assessments/{id}/inputs`.
pub async fn fill(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(figures): Json<Figures>,
) -> Answer<Json<AssessmentView>> {
    act(asking, &web, &id, Step::Fill(figures.inputs)).await
}

async fn act(asking: Asking, web: &Web, id: &str, step: Step) -> Answer<Json<AssessmentView>> {
    command::act(&web.platform, &asking.context(), id, asking.if_match, step).await?;
    view(asking, web, id).await
}

/// A step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    /// `submit`, `verify`, `decide`, `appeal`, `answer`, `remove_evidence`.
    action: String,
    /// Of `verify`: what was found.
    #[serde(default)]
    items: Vec<ItemView>,
    /// Of `appeal` and `answer`.
    #[serde(default)]
    reason: String,
    /// Of `answer`: whether it goes back to be verified anew.
    #[serde(default)]
    upheld: bool,
    /// Of `remove_evidence`.
    #[serde(default)]
    number: u32,
}

/// `POST /assessments/{id}/actions`.
pub async fn step(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(new): Json<NewStep>,
) -> Answer<Json<AssessmentView>> {
    let item = |item: ItemView| Item {
        node: item.node,
        accepted: item.accepted,
        reason: item.reason,
    };
    let step = match new.action.as_str() {
        "submit" => Step::Submit,
        "verify" => Step::Verify(new.items.into_iter().map(item).collect()),
        "decide" => Step::Decide,
        "appeal" => Step::Appeal(new.reason),
        "answer" => Step::Answer {
            upheld: new.upheld,
            reason: new.reason,
        },
        "remove_evidence" => Step::Remove(new.number),
        other => return Err(wrong_parameter("action", other)),
    };
    act(asking, &web, &id, step).await
}

/// What goes with a file of evidence.
pub const WITH: &[Parameter] = &[
    parameter("node", Values::Text, "Code of the indicator"),
    parameter("kind", Values::Text, "What it is: a test report, a ledger"),
    parameter("dated", Values::Day, "The day of which it speaks"),
    parameter("valid_until", Values::Day, "Until when it is valid"),
    parameter("sampling", Values::Text, "How it was sampled"),
    parameter("name", Values::Text, "The name of the file"),
];

/// `POST /assessments/{id}/evidence`: the body is the file.
pub async fn evidence(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    body: Body,
) -> Answer<Json<AssessmentView>> {
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let text = |name: &str| asking.links.get(name).unwrap_or_default().to_owned();
    let dated = asking.parameter::<Date>("dated")?;
    let dated = dated.ok_or_else(|| Refusal::wrong("assessment/dates").fault("dated", "fault-assessment-dates"))?;
    let valid_until = asking.parameter::<Date>("valid_until")?;
    let whose = one.own();
    let content = body.into_data_stream();
    let name = text("name");
    let context = asking.context();
    let file = take_for(
        &web.platform,
        &context,
        (Action::FillAssessment, Some(&whose)),
        &name,
        content,
    )
    .await?;
    let attached = Evidence {
        node: text("node"),
        kind: text("kind"),
        file,
        dated,
        valid_until,
        sampling: text("sampling"),
    };
    act(asking, &web, &id, Step::Attach(attached)).await
}

/// A certificate.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateView {
    number: String,
    system: String,
    edition: u32,
    title: Text,
    organization: String,
    unit: String,
    period: String,
    grade: String,
    total: String,
    /// Nothing published later was used.
    report_day: String,
    valid_until: String,
    /// SHA-256 of the signed file, which the organisation has.
    sha256: String,
    /// Whether its file is as it was signed, it is not revoked, and it has not ended.
    holds: bool,
    revoked: Option<String>,
    demo: bool,
}

impl CertificateView {
    fn of(one: Certificate, holds: bool) -> Self {
        Self {
            title: (&one.title).into(),
            number: one.number,
            system: one.system,
            edition: one.edition,
            organization: one.organization,
            unit: one.unit,
            period: one.period,
            grade: one.grade,
            total: one.total,
            report_day: one.at.to_string(),
            valid_until: one.valid_until.to_string(),
            sha256: one.sha256,
            holds,
            revoked: one.revoked.map(|day| day.to_string()),
            demo: one.demo,
        }
    }
}

/// `GET /certificates/{number}`.
pub async fn certificate(
    asking: Asking,
    State(web): State<Web>,
    Path(number): Path<String>,
) -> Answer<Json<CertificateView>> {
    let one = query::certificate(&web.platform, &asking.reader, &number).await?;
    let holds = one.is_in_force(asking.reader.as_of.date) && outcome::is_sound(&web.platform, &one).await?;
    Ok(Json(CertificateView::of(one, holds)))
}
