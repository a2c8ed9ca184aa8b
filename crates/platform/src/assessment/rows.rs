//! Rows of assessments and of certificates, with their history.

use super::state::{Certificate, Stage, State};
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline, Value,
    table::{integer, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

const ASSESSMENTS: &[Table] = &[Table {
    name: "assessment",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("system"),
        integer("edition"),
        text("place"),
        text("body"),
        text("organization"),
        text("unit"),
        text("period"),
        text("stage"),
        text("opened"),
        text("inputs"),
        text("evidence"),
        text("items"),
        text_or_null("submitted"),
        text("outcome"),
        text_or_null("decided"),
        text("appeal"),
        text_or_null("valid_until"),
        integer("version"),
        integer("demo"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["organization, to_position", "system, to_position"],
}];

const CERTIFICATES: &[Table] = &[Table {
    name: "certificate",
    columns: &[
        text("id"),
        H[0],
        H[1],
        H[2],
        H[3],
        text("system"),
        integer("edition"),
        text("title_zh"),
        text_or_null("title_en"),
        text("title_origin"),
        text("organization"),
        text("unit"),
        text("period"),
        text("grade"),
        text("total"),
        text("at"),
        text("valid_until"),
        text("sha256"),
        text_or_null("revoked"),
        text("revoked_because"),
        integer("demo"),
    ],
    key: &["id", "valid_from", "from_position"],
    indexes: &["system, to_position", "organization, to_position"],
}];

/// The projection of `assessment/…`.
#[derive(Debug, Clone, Copy)]
pub struct AssessmentRows;

/// The projection of `certificate/…`.
#[derive(Debug, Clone, Copy)]
pub struct CertificateRows;

struct AssessmentHistory;
struct CertificateHistory;

impl Timeline for AssessmentHistory {
    const TABLE: &'static str = "assessment";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let apply = |state: &mut State, event: &Recorded| {
            state.apply(event);
            state.version = event.version;
        };
        timeline::fold(first.stream.id(), &counted, apply, of_assessment)
    }
}

impl Timeline for CertificateHistory {
    const TABLE: &'static str = "certificate";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else { return Vec::new() };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, Certificate::apply, of_certificate)
    }
}

fn of_assessment(state: &State) -> Option<Vec<(&'static str, Value)>> {
    let opened = state.opened.as_ref()?;
    let json = |value: serde_json::Value| value.to_string();
    let outcome = state.outcome.as_ref();
    let decided = outcome.filter(|_| state.stage >= Stage::Decided);
    Some(vec![
        ("system", (&opened.system).into()),
        ("edition", i64::from(opened.edition).into()),
        ("place", (&opened.place).into()),
        ("body", (&opened.body).into()),
        ("organization", (&opened.organization).into()),
        ("unit", (&opened.unit).into()),
        ("period", (&opened.period).into()),
        ("stage", state.stage.id().into()),
        ("opened", json(serde_json::json!(opened)).into()),
        ("inputs", json(serde_json::json!(state.inputs)).into()),
        ("evidence", json(serde_json::json!(state.evidence)).into()),
        ("items", json(serde_json::json!(state.items)).into()),
        ("submitted", state.submitted.into()),
        (
            "outcome",
            json(serde_json::json!(outcome.map(|(outcome, _)| outcome))).into(),
        ),
        ("decided", decided.map(|(_, day)| *day).into()),
        ("appeal", json(serde_json::json!(state.appeal)).into()),
        ("valid_until", decided.map(|(outcome, _)| outcome.valid_until).into()),
        ("version", state.version.0.into()),
        ("demo", opened.demo.into()),
    ])
}

fn of_certificate(state: &Certificate) -> Option<Vec<(&'static str, Value)>> {
    let issued = state.issued.as_ref()?;
    let revoked = state.revoked.as_ref();
    Some(vec![
        ("system", (&issued.system).into()),
        ("edition", i64::from(issued.edition).into()),
        ("title_zh", (&issued.title.zh).into()),
        ("title_en", issued.title.en.clone().into()),
        ("title_origin", issued.title.en_origin.id().into()),
        ("organization", (&issued.organization).into()),
        ("unit", (&issued.unit).into()),
        ("period", (&issued.period).into()),
        ("grade", (&issued.grade).into()),
        ("total", (&issued.total).into()),
        ("at", issued.at.into()),
        ("valid_until", issued.valid_until.into()),
        ("sha256", (&issued.sha256).into()),
        ("revoked", revoked.map(|(day, _)| *day).into()),
        (
            "revoked_because",
            revoked.map(|(_, reason)| reason.clone()).unwrap_or_default().into(),
        ),
        ("demo", issued.demo.into()),
    ])
}

impl Projection for AssessmentRows {
    fn name(&self) -> &'static str {
        "assessment"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        ASSESSMENTS
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "assessment"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        use super::event::AssessmentEvent::{Decided, EvidenceAttached, Opened};
        let mut changes = timeline::project::<AssessmentHistory>(events);
        let file = match events.last().and_then(crate::event::read) {
            Some(Opened(opened)) => Some(opened.source.sha256),
            Some(EvidenceAttached { evidence, .. }) => Some(evidence.file.sha256),
            Some(Decided(outcome)) => Some(outcome.file.sha256),
            _ => None,
        };
        changes.extend(file.map(|digest| Change::Refer { digest }));
        changes
    }
}

impl Projection for CertificateRows {
    fn name(&self) -> &'static str {
        "certificate"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        CERTIFICATES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "certificate"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        timeline::project::<CertificateHistory>(events)
    }
}
