//! Questions about assessments and certificates. An assessment is seen by its organisation and by its assessors, a
//! certificate by everybody.

use super::{
    event::{Evidence, Inputs, Item, Opened, Outcome},
    state::{Appeal, Stage, State},
};
use crate::{
    bilingual::Bilingual,
    context::Reader,
    question::Question,
    refusal::{Refusal, Result},
    rights::{Action, Object, may, reach},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{Row, Version};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// An assessment as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Id.
    pub id: String,
    /// As it was opened.
    pub opened: Opened,
    /// How far it is.
    pub stage: Stage,
    /// What is given.
    pub inputs: Inputs,
    /// What shows it, by number.
    pub evidence: BTreeMap<u32, Evidence>,
    /// What assessors found, by indicator.
    pub items: BTreeMap<String, Item>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// The result.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub decided: Option<Date>,
    /// The last appeal.
    pub appeal: Option<Appeal>,
    /// The version, for `If-Match`.
    pub version: i64,
    /// Whether it is illustrative.
    pub demo: bool,
}

fn json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_str(&row.text(column)?).map_err(|fault| crate::refusal::Error::Data {
        what: format!("assessment.{column}"),
        reason: fault.to_string(),
    })
}

impl Assessment {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            opened: json(row, "opened")?,
            stage: Stage::parse(&row.text("stage")?).unwrap_or_default(),
            inputs: json(row, "inputs")?,
            evidence: json(row, "evidence")?,
            items: json(row, "items")?,
            submitted: row.date_or_null("submitted")?,
            outcome: json(row, "outcome")?,
            decided: row.date_or_null("decided")?,
            appeal: json(row, "appeal")?,
            version: row.integer("version")?,
            demo: row.truth("demo")?,
        })
    }

    /// Its organisation, as far as rights ask.
    pub fn own(&self) -> Object {
        Object::of_organization(&self.opened.organization)
    }

    /// Whether the reader fills it in.
    pub fn is_filled_by(&self, platform: &Platform, reader: &Reader) -> bool {
        let actor = reader.actor.as_ref();
        actor.is_some_and(|actor| may(platform.rights(), actor, Action::FillAssessment, &self.own()))
    }

    /// Whether the reader is one of its assessors: who answers for the system, and is none of the organisation.
    pub fn is_verified_by(&self, platform: &Platform, reader: &Reader) -> bool {
        let object = answering(&self.opened);
        let Some(actor) = &reader.actor else { return false };
        let of_it = actor
            .grants
            .iter()
            .any(|grant| grant.organization == self.opened.organization);
        !of_it && may(platform.rights(), actor, Action::VerifyAssessment, &object)
    }

    /// The same as a state, for what is computed of it.
    pub fn state(&self) -> State {
        State {
            opened: Some(self.opened.clone()),
            stage: self.stage,
            inputs: self.inputs.clone(),
            evidence: self.evidence.clone(),
            items: self.items.clone(),
            submitted: self.submitted,
            outcome: self.outcome.clone().zip(self.decided),
            decided_by: None,
            appeal: self.appeal.clone(),
            next: 0,
            version: Version(self.version),
        }
    }
}

/// Who answers for the system of an assessment, as far as rights ask.
pub fn answering(opened: &Opened) -> Object {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    Object {
        place: some(&opened.place),
        organization: some(&opened.body),
        ..Object::default()
    }
}

/// A condition that holds where the reader is of the organisation, or an assessor.
fn seen(platform: &Platform, reader: &Reader) -> Question {
    let of = |action| reach(platform.rights(), reader.actor.as_ref(), action);
    let (own, verifying) = (of(Action::FillAssessment), of(Action::VerifyAssessment));
    let mut question = Question::new("SELECT a.* FROM assessment a WHERE ");
    question.as_of(reader, "a").add(" AND (");
    question.is_in("a.organization", &own.organizations);
    if verifying.everything {
        question.add(" OR 1 = 1");
    }
    question.add(" OR ").is_in("a.place", &verifying.places);
    question.add(" OR ").is_in("a.body", &verifying.organizations);
    question.add(")");
    question
}

async fn rows(platform: &Platform, reader: &Reader, question: Question) -> Result<Vec<Assessment>> {
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let all: Vec<Assessment> = rows.iter().map(Assessment::from_row).collect::<Result<_>>()?;
    // Nobody assesses the own organisation by an office, nor sees a draft of another by it.
    let seen = |one: &Assessment| {
        let filled = one.is_filled_by(platform, reader);
        filled || (one.stage != Stage::Filling && one.is_verified_by(platform, reader))
    };
    Ok(all.into_iter().filter(seen).collect())
}

/// The assessments that the reader fills in or assesses, the newest first.
pub async fn assessments(platform: &Platform, reader: &Reader) -> Result<Vec<Assessment>> {
    let mut question = seen(platform, reader);
    question.add(" ORDER BY a.id DESC LIMIT 500");
    rows(platform, reader, question).await
}

/// One assessment; unseen where the reader neither fills it in nor assesses it.
pub async fn assessment(platform: &Platform, reader: &Reader, id: &str) -> Result<Assessment> {
    let mut question = seen(platform, reader);
    question.with(" AND a.id = ?", [id.into()]);
    let found = rows(platform, reader, question).await?.pop();
    Ok(found.ok_or_else(Refusal::unseen)?)
}

/// A certificate as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub number: String,
    /// Id of the system.
    pub system: String,
    /// Number of its edition.
    pub edition: u32,
    /// Title of the system.
    pub title: Bilingual,
    /// Id of the organisation.
    pub organization: String,
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The grade.
    pub grade: String,
    /// The total.
    pub total: String,
    /// The day of the report.
    pub at: Date,
    /// Until when it holds.
    pub valid_until: Date,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Since when it is revoked.
    pub revoked: Option<Date>,
    /// Why.
    pub revoked_because: String,
    /// Whether it is illustrative.
    pub demo: bool,
}

impl Certificate {
    fn from_row(row: &Row) -> Result<Self> {
        let day = |column: &str| -> Result<Date> { Ok(row.date_or_null(column)?.unwrap_or(Date::constant(1, 1, 1))) };
        Ok(Self {
            number: row.text("id")?,
            system: row.text("system")?,
            edition: u32::try_from(row.integer("edition")?).unwrap_or_default(),
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            organization: row.text("organization")?,
            unit: row.text("unit")?,
            period: row.text("period")?,
            grade: row.text("grade")?,
            total: row.text("total")?,
            at: day("at")?,
            valid_until: day("valid_until")?,
            sha256: row.text("sha256")?,
            revoked: row.date_or_null("revoked")?,
            revoked_because: row.text("revoked_because")?,
            demo: row.truth("demo")?,
        })
    }

    /// Whether it is in force on a day.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.revoked.is_none() && self.at <= on && on <= self.valid_until
    }
}

async fn certificates(platform: &Platform, question: Question) -> Result<Vec<Certificate>> {
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Certificate::from_row).collect()
}

/// A certificate by its number; unseen where there is none.
pub async fn certificate(platform: &Platform, reader: &Reader, number: &str) -> Result<Certificate> {
    let mut question = Question::new("SELECT c.* FROM certificate c WHERE ");
    question.as_of(reader, "c").with(" AND c.id = ?", [number.into()]);
    let found = certificates(platform, question).await?.pop();
    Ok(found.ok_or_else(Refusal::unseen)?)
}

/// The certificates by a system that are in force on the day asked about.
pub async fn in_force(platform: &Platform, reader: &Reader, system: &str) -> Result<Vec<Certificate>> {
    let mut question = Question::new("SELECT c.* FROM certificate c WHERE ");
    question.as_of(reader, "c").with(
        " AND c.system = ? AND c.revoked IS NULL ORDER BY c.id LIMIT 5000",
        [system.into()],
    );
    let all = certificates(platform, question).await?;
    let on = reader.as_of.date;
    Ok(all
        .into_iter()
        .filter(|certificate| certificate.is_in_force(on))
        .collect())
}
