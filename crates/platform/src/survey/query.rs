//! Questions about surveys. Everything that speaks of a unit asks for the survey's key, which the features of this room
//! alone open.

use super::{
    definition::Definition,
    event::{Marks, Published},
    sealed::{self, Basis, Reported, Unit},
    state,
};
use crate::{
    bilingual::Bilingual,
    context::{PersonId, Reader},
    question::Question,
    refusal::{Error, Refusal, Result},
    running::Platform,
};
use identity::sealing::PersonKey;
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// A survey as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Marks.
    pub marks: Marks,
    /// Id of the body that keeps it.
    pub organization: String,
    /// What it is for.
    pub purpose: String,
    /// Definitions by number.
    pub definitions: BTreeMap<u32, Definition>,
    /// Its statisticians.
    pub statisticians: BTreeSet<PersonId>,
    /// Why it takes nothing in any more.
    pub closed: Option<String>,
    /// How many tables it has published.
    pub tables: i64,
    /// When it was opened.
    pub since: Option<Date>,
    /// Whether it is illustrative.
    pub demo: bool,
}

fn unreadable(what: &str, error: &serde_json::Error) -> Error {
    Error::Data {
        what: what.to_owned(),
        reason: error.to_string(),
    }
}

impl Survey {
    fn from_row(row: &ledger::Row) -> Result<Self> {
        let json = |column: &str| row.text(column);
        Ok(Self {
            id: row.text("id")?,
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            marks: serde_json::from_str(&json("marks")?).map_err(|e| unreadable("marks of a survey", &e))?,
            organization: row.text("organization")?,
            purpose: row.text("purpose")?,
            definitions: serde_json::from_str(&json("definitions")?)
                .map_err(|e| unreadable("definitions of a survey", &e))?,
            statisticians: serde_json::from_str(&json("statisticians")?)
                .map_err(|e| unreadable("statisticians of a survey", &e))?,
            closed: row.text_or_null("closed")?,
            tables: row.integer("tables_published")?,
            since: row.date_or_null("since")?,
            demo: row.truth("demo")?,
        })
    }

    /// What access and series ask of it.
    pub fn state(&self) -> state::Survey {
        state::Survey {
            opened: Some(super::event::Opened {
                title: self.title.clone(),
                marks: self.marks.clone(),
                organization: self.organization.clone(),
                purpose: self.purpose.clone(),
                statistician: PersonId(String::new()),
                demo: self.demo,
            }),
            definitions: self.definitions.clone(),
            statisticians: self.statisticians.clone(),
            closed: self.closed.clone(),
            ..state::Survey::default()
        }
    }
}

/// All surveys, the newest first; 500 at most.
pub async fn surveys(platform: &Platform, reader: &Reader) -> Result<Vec<Survey>> {
    let mut question = Question::new("SELECT s.* FROM survey s WHERE ");
    question
        .as_of(reader, "s")
        .add(" ORDER BY s.since DESC, s.id LIMIT 500");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Survey::from_row).collect()
}

/// One survey.
pub async fn survey(platform: &Platform, reader: &Reader, id: &str) -> Result<Survey> {
    let mut question = Question::new("SELECT s.* FROM survey s WHERE ");
    question.as_of(reader, "s").with(" AND s.id = ?", [id.into()]);
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    Survey::from_row(&row.ok_or_else(Refusal::unseen)?)
}

/// A published table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// As it was published.
    pub content: Published,
    /// When.
    pub published: Date,
    /// Where that stands in the log.
    pub position: i64,
}

impl Table {
    fn from_row(row: &ledger::Row) -> Result<Self> {
        let content = serde_json::from_str(&row.text("content")?).map_err(|e| unreadable("a table of a survey", &e))?;
        Ok(Self {
            content,
            published: row.date_or_null("published")?.unwrap_or(Date::constant(1, 1, 1)),
            position: row.integer("position")?,
        })
    }
}

/// The tables of a survey, the newest first; 1,000 at most.
pub async fn tables(platform: &Platform, reader: &Reader, id: &str) -> Result<Vec<Table>> {
    let mut question = Question::new("SELECT t.* FROM survey_table t WHERE ");
    question
        .as_of(reader, "t")
        .with(" AND t.survey = ? ORDER BY t.number DESC LIMIT 1000", [id.into()]);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Table::from_row).collect()
}

/// One of them.
pub async fn table(platform: &Platform, reader: &Reader, id: &str, number: u32) -> Result<Table> {
    let mut question = Question::new("SELECT t.* FROM survey_table t WHERE ");
    question.as_of(reader, "t").with(
        " AND t.survey = ? AND t.number = ?",
        [id.into(), i64::from(number).into()],
    );
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    Table::from_row(&row.ok_or_else(Refusal::unseen)?)
}

/// A row of a unit, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Id of the unit.
    pub unit: String,
    /// Its number among those of the unit.
    pub row: u32,
    /// The period.
    pub period: String,
    /// Number of the definition.
    pub definition: u32,
    /// When it was sent.
    pub at: Timestamp,
    /// What it reports.
    pub reported: Reported,
}

impl Row {
    fn from_row(key: &PersonKey, survey: &str, row: &ledger::Row) -> Result<Self> {
        let (unit, number) = (row.text("unit")?, row.integer("nth")?);
        let record = sealed::row_record(survey, &unit, number);
        Ok(Self {
            reported: sealed::open(key, &record, row.bytes("content")?)?,
            unit,
            row: u32::try_from(number).unwrap_or_default(),
            period: row.text("period")?,
            definition: u32::try_from(row.integer("definition")?).unwrap_or_default(),
            at: Timestamp::from_microsecond(row.integer("at")?).unwrap_or_default(),
        })
    }
}

/// The key of a survey.
pub(super) async fn key(platform: &Platform, survey: &str) -> Result<PersonKey> {
    let sql = "SELECT wrapped FROM survey_key WHERE survey = $1";
    let row = platform.ledger().fetch_one(sql, vec![survey.into()]).await?;
    sealed::key_of(
        platform.keys(),
        survey,
        &row.ok_or_else(Refusal::unseen)?.text("wrapped")?,
    )
}

/// The surveys of which a body is a unit, with the id of the unit.
pub(super) async fn units_of_body(platform: &Platform, organization: &str) -> Result<Vec<(String, String)>> {
    let sql = "SELECT survey, unit FROM survey_unit WHERE organization = $1 ORDER BY survey";
    let rows = platform.ledger().fetch(sql, vec![organization.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.text("survey")?, row.text("unit")?)))
        .collect()
}

/// What the units of a survey are.
pub(super) async fn units(platform: &Platform, key: &PersonKey, survey: &str) -> Result<BTreeMap<String, Unit>> {
    let sql = "SELECT unit, content FROM survey_unit WHERE survey = $1 ORDER BY unit";
    let rows = platform.ledger().fetch(sql, vec![survey.into()]).await?;
    rows.iter()
        .map(|row| {
            let unit = row.text("unit")?;
            let opened = sealed::open(key, &sealed::unit_record(survey, &unit), row.bytes("content")?)?;
            Ok((unit, opened))
        })
        .collect()
}

/// What one of them is.
pub(super) async fn unit(platform: &Platform, key: &PersonKey, survey: &str, unit: &str) -> Result<Unit> {
    let sql = "SELECT content FROM survey_unit WHERE survey = $1 AND unit = $2";
    let row = platform
        .ledger()
        .fetch_one(sql, vec![survey.into(), unit.into()])
        .await?;
    let content = row.ok_or_else(Refusal::unseen)?.bytes("content")?;
    sealed::open(key, &sealed::unit_record(survey, unit), content)
}

/// Every row that was sent for a period, in the order in which they came.
pub(super) async fn rows_of_period(
    platform: &Platform,
    key: &PersonKey,
    survey: &str,
    period: &str,
) -> Result<Vec<Row>> {
    let sql = "SELECT * FROM survey_row WHERE survey = $1 AND period = $2 ORDER BY unit, nth";
    let rows = platform.ledger().fetch(sql, vec![survey.into(), period.into()]).await?;
    rows.iter().map(|row| Row::from_row(key, survey, row)).collect()
}

/// Every row that a unit sent, in the order in which they came.
pub(super) async fn rows_of_unit(platform: &Platform, key: &PersonKey, survey: &str, unit: &str) -> Result<Vec<Row>> {
    let sql = "SELECT * FROM survey_row WHERE survey = $1 AND unit = $2 ORDER BY nth";
    let rows = platform.ledger().fetch(sql, vec![survey.into(), unit.into()]).await?;
    rows.iter().map(|row| Row::from_row(key, survey, row)).collect()
}

/// The periods for which a survey has rows, the newest first.
pub(super) async fn periods(platform: &Platform, survey: &str) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT period FROM survey_row WHERE survey = $1 ORDER BY period DESC LIMIT 500";
    let rows = platform.ledger().fetch(sql, vec![survey.into()]).await?;
    rows.iter().map(|row| Ok(row.text("period")?)).collect()
}

/// What a table sums.
pub(super) async fn basis(platform: &Platform, key: &PersonKey, survey: &str, number: u32) -> Result<Basis> {
    let sql = "SELECT content FROM survey_basis WHERE survey = $1 AND number = $2";
    let values = vec![survey.into(), i64::from(number).into()];
    let row = platform.ledger().fetch_one(sql, values).await?;
    let content = row.ok_or_else(Refusal::unseen)?.bytes("content")?;
    sealed::open(key, &sealed::basis_record(survey, i64::from(number)), content)
}
