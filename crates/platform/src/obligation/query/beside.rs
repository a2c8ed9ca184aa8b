//! What stands beside the row of an obligation: its evidence, its milestones, and what is in whose hands.

use crate::{
    bilingual::Bilingual, context::Reader, question::Question, refusal::Result, running::Platform, upload::Attachment,
};
use jiff::civil::Date;
use ledger::Value;

/// A piece of evidence, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Place in the log.
    pub position: i64,
    /// The obligation.
    pub obligation: String,
    /// What it shows.
    pub kind: String,
    /// Title.
    pub title: Bilingual,
    /// Designation; absent where unknown or none.
    pub designation: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of report.
    pub reported: Option<Date>,
    /// Where it is written.
    pub citation: String,
    /// Its address, where it has one.
    pub link: Option<String>,
    /// The line that was pasted.
    pub line: Option<String>,
    /// Its files.
    pub files: Vec<Attachment>,
    /// Who may see it.
    pub audience: String,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// Evidence of an obligation, oldest first.
pub async fn evidence(platform: &Platform, reader: &Reader, obligation: &str) -> Result<Vec<EvidenceRow>> {
    evidence_of(platform, reader, &[obligation.to_owned()]).await
}

/// Evidence of some obligations, oldest first.
pub async fn evidence_of(platform: &Platform, reader: &Reader, obligations: &[String]) -> Result<Vec<EvidenceRow>> {
    let mut question = Question::new("SELECT e.* FROM evidence e WHERE ");
    question.is_in("e.obligation", obligations).with(
        " AND e.effective <= ? AND e.position <= ? AND e.to_position > ? AND ",
        [
            reader.as_of.date.into(),
            reader.as_of.known.into(),
            reader.as_of.known.into(),
        ],
    );
    question
        .seen_by(&reader.sight(platform.rights()), "e")
        .add(" ORDER BY e.position");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceRow {
                position: row.integer("position")?,
                obligation: row.text("obligation")?,
                kind: row.text("kind")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                designation: row.text_or_null("designation")?,
                published: row.date_or_null("published")?,
                reported: row.date_or_null("reported")?,
                citation: row.text("citation")?,
                link: row.text_or_null("link")?,
                line: row.text_or_null("line")?,
                files: serde_json::from_str(&row.text("files")?).unwrap_or_default(),
                audience: row.text("audience")?,
                demo: row.truth("demo")?,
            })
        })
        .collect()
}

/// A milestone of an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneRow {
    /// The obligation.
    pub obligation: String,
    /// Id among the obligation's milestones.
    pub id: String,
    /// What is to be reached.
    pub name: Bilingual,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
    /// When it was reached.
    pub reached: Option<Date>,
    /// The day from which it stands so.
    pub since: Date,
}

/// Milestones of an obligation, by day.
pub async fn milestones(platform: &Platform, reader: &Reader, obligation: &str) -> Result<Vec<MilestoneRow>> {
    of_obligations(platform, reader, &[obligation.to_owned()]).await
}

/// Milestones of some obligations that are not reached, by day.
pub async fn open_milestones(
    platform: &Platform,
    reader: &Reader,
    obligations: &[String],
) -> Result<Vec<MilestoneRow>> {
    let mut found = of_obligations(platform, reader, obligations).await?;
    found.retain(|milestone| milestone.reached.is_none());
    Ok(found)
}

async fn of_obligations(platform: &Platform, reader: &Reader, obligations: &[String]) -> Result<Vec<MilestoneRow>> {
    let mut question = Question::new("SELECT m.* FROM milestone m WHERE ");
    question.as_of(reader, "m").add(" AND ");
    question.is_in("m.obligation", obligations).add(" ORDER BY m.due, m.id");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            let (id, obligation) = (row.text("id")?, row.text("obligation")?);
            Ok(MilestoneRow {
                id: id.strip_prefix(&format!("{obligation}-")).unwrap_or(&id).to_owned(),
                obligation,
                name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
                due: row.date("due")?,
                set_by: row.text("set_by")?,
                reached: row.date_or_null("reached")?,
                since: row.date("valid_from")?,
            })
        })
        .collect()
}

/// A measure that an obligation is said to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedMeasure {
    /// Number of the measure.
    pub measure: String,
    /// Its title.
    pub title: Bilingual,
    /// `shipped`, `proposed` or `confirmed`; `text` of a sentence, which stands in its measure.
    pub link: String,
    /// Whether it serves it by itself; otherwise its task or sentence does, wherever it is undertaken.
    pub own: bool,
}

/// The measures that an obligation serves: those of its task or sentence, and its own, in the order of the measures.
pub async fn measures(platform: &Platform, reader: &Reader, obligation: &str) -> Result<Vec<ServedMeasure>> {
    let mut question = Question::new(
        "SELECT s.measure, s.link, s.own, p.title_zh, p.title_en, p.title_origin FROM obligation o JOIN (\
         SELECT m.task AS of_what, m.measure, m.link, CAST(0 AS BIGINT) AS own FROM task_measure m WHERE ",
    );
    question
        .as_of(reader, "m")
        .add(" UNION ALL SELECT a.id, a.measure, 'text', CAST(0 AS BIGINT) FROM action a UNION ALL SELECT l.obligation, l.measure, l.link, CAST(1 AS BIGINT) FROM obligation_measure l WHERE ");
    question.as_of(reader, "l").add(
        ") AS s ON (s.own = 0 AND s.of_what = o.subject) OR (s.own = 1 AND s.of_what = o.id) \
         JOIN measure p ON p.list = o.list AND p.number = s.measure WHERE ",
    );
    question
        .as_of(reader, "o")
        .with(" AND o.id = ? ORDER BY p.ordinal, s.own", [obligation.into()]);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            Ok(ServedMeasure {
                measure: row.text("measure")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                link: row.text("link")?,
                own: row.integer("own")? == 1,
            })
        })
        .collect()
}

/// In whose hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// A person's.
    Person,
    /// A desk's.
    Desk,
    /// A body's, also where it owes what others hold.
    Body,
}

/// The obligations that are in these hands now.
pub async fn holdings(platform: &Platform, hands: Hands, id: &str) -> Result<Vec<String>> {
    let (condition, values) = ledger::AsOf::day(platform.today()).condition("o", 2);
    let whose = match hands {
        Hands::Person => "o.holder_person = $1",
        Hands::Desk => "o.holder_desk = $1",
        Hands::Body => "(o.holder_organization = $1 OR o.organization = $1)",
    };
    let sql = format!("SELECT o.id AS id FROM obligation o WHERE {whose} AND {condition} ORDER BY o.id");
    let mut bound: Vec<Value> = vec![id.into()];
    bound.extend(values);
    let rows = platform.ledger().fetch(sql, bound).await?;
    Ok(rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<std::result::Result<_, _>>()?)
}
