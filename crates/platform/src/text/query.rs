//! Questions about texts.

use super::event::{Found, Picture};
use crate::{
    bilingual::Bilingual,
    context::Reader,
    obligation::event::Audience,
    question::Question,
    refusal::{Refusal, Result},
    running::Platform,
    upload::Attachment,
};
use jiff::civil::Date;
use ledger::Row;

/// A version as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextVersion {
    /// Id: that of the text and the number.
    pub id: String,
    /// Id of the text.
    pub text: String,
    /// Its number, from 1.
    pub version: u32,
    /// Id of the obligation to which the text belongs.
    pub obligation: String,
    /// Code of the place; empty where a ministry undertook it.
    pub place: String,
    /// Id of the body in whose hands it is.
    pub organization: String,
    /// Id of the task; empty where it is none.
    pub task: String,
    /// Who may see it.
    pub audience: Audience,
    /// The title that the source gives.
    pub title: Bilingual,
    /// The source.
    pub source: Attachment,
    /// The Word file from which it was read, where it was.
    pub original: Option<Attachment>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// How many findings it had when it was put up.
    pub found: Found,
    /// What is new in it.
    pub note: String,
    /// When it was put up.
    pub put: Date,
    /// Since when everybody may read it.
    pub published: Option<Date>,
    /// Where it stands in the log.
    pub position: i64,
    /// Whether it is illustrative.
    pub demo: bool,
}

impl TextVersion {
    fn from_row(row: &Row) -> Result<Self> {
        let count = |column: &str| -> Result<u32> { Ok(u32::try_from(row.integer(column)?).unwrap_or_default()) };
        Ok(Self {
            id: row.text("id")?,
            text: row.text("text")?,
            version: count("version")?,
            obligation: row.text("owner")?,
            place: row.text("place")?,
            organization: row.text("organization")?,
            task: row.text("task")?,
            audience: Audience::parse(&row.text("audience")?).unwrap_or(Audience::Desk),
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            source: serde_json::from_str(&row.text("source")?).unwrap_or_default(),
            original: serde_json::from_str(&row.text("original")?).unwrap_or_default(),
            pictures: serde_json::from_str(&row.text("pictures")?).unwrap_or_default(),
            found: Found {
                errors: count("errors")?,
                warnings: count("warnings")?,
                infos: count("infos")?,
            },
            note: row.text("note")?,
            put: row.date_or_null("put")?.unwrap_or(jiff::civil::Date::constant(1, 1, 1)),
            published: row.date_or_null("published")?,
            position: row.integer("position")?,
            demo: row.truth("demo")?,
        })
    }
}

/// The id of a version: `first-28-500000.2`.
pub fn id_of(text: &str, version: u32) -> String {
    format!("{text}.{version}")
}

/// The text and the number of which an id speaks.
pub fn parts_of(id: &str) -> Option<(&str, u32)> {
    let (text, number) = id.rsplit_once('.')?;
    Some((text, number.parse().ok()?))
}

fn select(platform: &Platform, reader: &Reader) -> Question {
    let mut question = Question::new("SELECT t.* FROM text_version t WHERE ");
    question.as_of(reader, "t").add(" AND ");
    question.seen_by(&reader.sight(platform.rights()), "t");
    question
}

async fn rows(platform: &Platform, question: Question) -> Result<Vec<TextVersion>> {
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(TextVersion::from_row).collect()
}

/// Of the versions that an obligation has, those that the reader may see, the newest first.
pub async fn of_obligation(platform: &Platform, reader: &Reader, obligation: &str) -> Result<Vec<TextVersion>> {
    let mut question = select(platform, reader);
    question.with(
        " AND t.owner_kind = 'obligation' AND t.owner = ? ORDER BY t.version DESC LIMIT 500",
        [obligation.into()],
    );
    rows(platform, question).await
}

/// Of the versions that the obligations of a task have, those that the reader may see, place by place, the newest first.
pub async fn of_task(platform: &Platform, reader: &Reader, task: &str) -> Result<Vec<TextVersion>> {
    let mut question = select(platform, reader);
    question.with(
        " AND t.task = ? ORDER BY t.place, t.text, t.version DESC LIMIT 500",
        [task.into()],
    );
    rows(platform, question).await
}

/// One version; unseen where there is none that the reader may see.
pub async fn version(platform: &Platform, reader: &Reader, id: &str) -> Result<TextVersion> {
    let mut question = select(platform, reader);
    question.with(" AND t.id = ?", [id.into()]);
    let found = rows(platform, question).await?.pop();
    Ok(found.ok_or_else(Refusal::unseen)?)
}
