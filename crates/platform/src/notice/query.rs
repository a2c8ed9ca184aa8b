//! Questions about follows and notices.

use super::{event::Strength, event::Target, significant};
use crate::{
    bilingual::Bilingual,
    context::{PersonId, Reader},
    question::{Page, Question, Window},
    refusal::{Error, Result},
    running::Platform,
};
use jiff::{Timestamp, civil::Date};
use ledger::{Position, Row, Value, timeline::OPEN_POSITION};

/// A follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// Whose.
    pub person: PersonId,
    /// Id among the person's follows.
    pub id: String,
    /// What.
    pub target: Target,
    /// Of how much.
    pub strength: Strength,
    /// The entry by which it began.
    pub since: Position,
}

impl Follow {
    fn read(row: &Row) -> Result<Self> {
        let some = |column: &str| -> Result<Option<String>> {
            let text = row.text(column)?;
            Ok((!text.is_empty()).then_some(text))
        };
        let strength = row.text("strength")?;
        Ok(Self {
            person: PersonId(row.text("person")?),
            id: row.text("id")?,
            target: Target {
                object: some("object")?,
                place: some("place")?,
                task: some("task")?,
                measure: some("measure")?,
                object_kind: some("object_kind")?,
            },
            strength: Strength::parse(&strength).ok_or_else(|| Error::Data {
                what: "follow.strength".to_owned(),
                reason: strength.clone(),
            })?,
            since: Position(row.integer("from_position")?),
        })
    }
}

/// What a person follows now.
pub async fn follows(platform: &Platform, person: &PersonId) -> Result<Vec<Follow>> {
    let sql = "SELECT * FROM follow WHERE person = $1 AND to_position = $2 ORDER BY from_position";
    let rows = platform
        .ledger()
        .fetch(sql, vec![Value::from(&person.0), OPEN_POSITION.into()])
        .await?;
    rows.iter().map(Follow::read).collect()
}

/// The follow of a target by a person, where there is one.
pub async fn follow_of(platform: &Platform, person: &PersonId, target: &Target) -> Result<Option<Follow>> {
    let sql = "SELECT * FROM follow WHERE person = $1 AND to_position = $2 AND object = $3 AND place = $4 AND task = $5 \
               AND measure = $6 AND object_kind = $7";
    let field = |text: &Option<String>| Value::from(text.as_deref().unwrap_or_default());
    let values = vec![
        Value::from(&person.0),
        OPEN_POSITION.into(),
        field(&target.object),
        field(&target.place),
        field(&target.task),
        field(&target.measure),
        field(&target.object_kind),
    ];
    let row = platform.ledger().fetch_one(sql, values).await?;
    row.as_ref().map(Follow::read).transpose()
}

/// Whether a person wants summaries by mail.
pub async fn wants_letters(platform: &Platform, person: &PersonId) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM letter_stop WHERE person = $1";
    Ok(platform.ledger().count(sql, vec![Value::from(&person.0)]).await? == 0)
}

/// Everybody who follows something, wants letters, and had no digest in an hour, after a person, at most `limit`.
pub async fn followers(platform: &Platform, after: &str, hour: i64, limit: u32) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT f.person FROM follow f WHERE f.to_position = $1 AND f.person > $2 \
               AND NOT EXISTS (SELECT 1 FROM digest d WHERE d.person = f.person AND d.hour >= $3) \
               AND NOT EXISTS (SELECT 1 FROM letter_stop s WHERE s.person = f.person) \
               ORDER BY f.person LIMIT $4";
    let rows = platform
        .ledger()
        .fetch(sql, vec![OPEN_POSITION.into(), after.into(), hour.into(), limit.into()])
        .await?;
    rows.iter().map(|row| Ok(PersonId(row.text("person")?))).collect()
}

/// Up to which entry a person has read notices.
pub async fn read_mark(platform: &Platform, person: &PersonId) -> Result<Position> {
    let row = platform
        .ledger()
        .fetch_one(
            "SELECT position FROM notice_read WHERE person = $1",
            vec![Value::from(&person.0)],
        )
        .await?;
    Ok(row
        .map(|r| r.integer("position"))
        .transpose()?
        .map_or(Position::START, Position))
}

/// Up to which entry a person's digests reach, and the hour of the last one.
pub async fn last_digest(platform: &Platform, person: &PersonId) -> Result<(Position, i64)> {
    let sql =
        "SELECT COALESCE(MAX(position), 0) AS position, COALESCE(MAX(hour), 0) AS hour FROM digest WHERE person = $1";
    let row = platform.ledger().fetch_one(sql, vec![Value::from(&person.0)]).await?;
    row.map_or(Ok((Position::START, 0)), |r| {
        Ok((Position(r.integer("position")?), r.integer("hour")?))
    })
}

/// A notice: an entry that matches a follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The entry.
    pub position: Position,
    /// Its object: `obligation/first-28-500000`.
    pub stream: String,
    /// Kind of event.
    pub kind: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// The day from which the fact holds.
    pub effective: Date,
    /// Code of the place; empty where none.
    pub place: String,
    /// Id of the task; empty where none.
    pub task: String,
    /// Whether everybody may see it.
    pub public: bool,
    /// Whether it is illustrative.
    pub demo: bool,
    /// Whether it was read.
    pub read: bool,
}

/// The notices of the reader, newest first; each entry once, however many follows it matches. The cursor is a position.
pub async fn notices(platform: &Platform, reader: &Reader, after: Position, window: &Window) -> Result<Page<Notice>> {
    let Some(actor) = &reader.actor else {
        return Ok(Page {
            items: Vec::new(),
            next: None,
            total: 0,
        });
    };
    let mark = read_mark(platform, &actor.person).await?;
    let total = count(platform, reader, after).await?;
    let mut question = Question::new(
        "SELECT e.position, e.stream, e.kind, e.at, e.effective, e.place, e.task, e.audience, e.demo FROM entry e WHERE ",
    );
    matching(&mut question, platform, reader, &actor.person, after)?;
    if let Some(before) = window.cursor.as_deref().and_then(|c| c.parse::<i64>().ok()) {
        question.with(" AND e.position < ?", [before.into()]);
    }
    let limit = window.bounded() as usize;
    question.add(&format!(" ORDER BY e.position DESC LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let items = rows
        .iter()
        .take(limit)
        .map(|row| {
            let position = Position(row.integer("position")?);
            Ok(Notice {
                position,
                stream: row.text("stream")?,
                kind: row.text("kind")?,
                at: row.instant("at")?,
                effective: row.date("effective")?,
                place: row.text("place")?,
                task: row.text("task")?,
                public: row.text("audience")? == "public",
                demo: row.truth("demo")?,
                read: position <= mark,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let next = items
        .last()
        .filter(|_| rows.len() > limit)
        .map(|n| n.position.to_string());
    Ok(Page { items, next, total })
}

/// How many notices the reader has after an entry.
pub async fn count(platform: &Platform, reader: &Reader, after: Position) -> Result<i64> {
    let Some(actor) = &reader.actor else { return Ok(0) };
    let mut question = Question::new("SELECT COUNT(*) AS n FROM entry e WHERE ");
    matching(&mut question, platform, reader, &actor.person, after)?;
    Ok(platform.ledger().count(question.text, question.values).await?)
}

/// How many notices the reader has not read: what the top bar shows.
pub async fn unread(platform: &Platform, reader: &Reader) -> Result<i64> {
    let Some(actor) = &reader.actor else { return Ok(0) };
    // Every page asks this: whoever never followed anything costs one look into an index.
    let sql = "SELECT person FROM follow WHERE person = $1 LIMIT 1";
    let ever = platform
        .ledger()
        .fetch_one(sql, vec![Value::from(&actor.person.0)])
        .await?;
    if ever.is_none() {
        return Ok(0);
    }
    let mark = read_mark(platform, &actor.person).await?;
    count(platform, reader, mark).await
}

/// The entry may be seen, is after a position, is not the person's own doing, and some follow asks for it.
fn matching(
    question: &mut Question,
    platform: &Platform,
    reader: &Reader,
    person: &PersonId,
    after: Position,
) -> Result<()> {
    question.with(
        "e.position > ? AND e.position <= ? AND e.actor <> ? AND ",
        [after.into(), reader.as_of.known.into(), Value::from(&person.0)],
    );
    question.seen_by(&reader.sight(platform.rights()), "e");
    question.with(
        " AND EXISTS (SELECT 1 FROM follow f WHERE f.person = ? AND e.position > f.from_position AND e.position < f.to_position \
         AND (f.object = '' OR f.object = e.stream) AND (f.place = '' OR f.place = e.place) AND (f.task = '' OR f.task = e.task) \
         AND (f.object_kind = '' OR f.object_kind = e.stream_kind) \
         AND (f.measure = '' OR f.measure = e.measure OR EXISTS (SELECT 1 FROM task_measure l WHERE l.task = e.task AND l.measure = f.measure AND ",
        [Value::from(&person.0)],
    );
    question.as_of(reader, "l").add(
        ") OR EXISTS (SELECT 1 FROM obligation_measure k WHERE e.stream_kind = 'obligation' AND k.obligation = e.object AND k.measure = f.measure AND ",
    );
    question.as_of(reader, "k").add(")) AND (f.strength = 'all' OR ");
    question.is_in("e.kind", &significant::kinds()?).add("))");
    Ok(())
}

/// The position of the last of at most `limit` entries that everybody may see, in the order of the log, after a position;
/// nothing where there is none.
pub(super) async fn public_until(platform: &Platform, after: Position, limit: u32) -> Result<Option<Position>> {
    let sql = "SELECT MAX(position) AS position FROM (SELECT position FROM entry WHERE audience = 'public' AND position > $1 \
               ORDER BY position LIMIT $2) AS shown";
    let row = platform
        .ledger()
        .fetch_one(sql, vec![after.into(), limit.into()])
        .await?;
    Ok(row
        .map(|r| r.integer_or_null("position"))
        .transpose()?
        .flatten()
        .map(Position))
}

/// A milestone for a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Id of the milestone, unique and stable.
    pub id: String,
    /// The obligation.
    pub obligation: String,
    /// Code of the place; empty for a ministry's.
    pub place: String,
    /// What is to be reached.
    pub name: Bilingual,
    /// The task or sentence.
    pub title: Bilingual,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
    /// When it was reached.
    pub reached: Option<Date>,
    /// The entry by which it stands so, which grows with each change.
    pub position: Position,
    /// When that was recorded.
    pub at: Timestamp,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// Milestones with their days, of a place or of all, the soonest first, at most 2,000. Everybody may see them.
pub async fn due(platform: &Platform, reader: &Reader, place: Option<&str>) -> Result<Vec<Due>> {
    let mut question = milestones(reader);
    if let Some(place) = place {
        question.with(" AND m.place = ?", [place.into()]);
    }
    question.add(" ORDER BY m.due, m.id LIMIT 2000");
    dues(platform, question).await
}

/// The milestones that come next: open ones whose day is the reader's or later, the soonest first. One query.
pub async fn next_due(platform: &Platform, reader: &Reader, limit: u8) -> Result<Vec<Due>> {
    let mut question = milestones(reader);
    question
        .with(
            " AND m.reached IS NULL AND m.due >= ? AND o.state_public NOT IN ('delivered', 'closed')",
            [reader.as_of.date.into()],
        )
        .add(&format!(" ORDER BY m.due, m.id LIMIT {limit}"));
    dues(platform, question).await
}

fn milestones(reader: &Reader) -> Question {
    let mut question = Question::new(
        "SELECT m.id, m.obligation, m.place, m.name_zh, m.name_en, m.name_origin, m.due, m.set_by, m.reached, m.from_position, v.at, o.demo, \
         COALESCE(t.title_zh, a.sentence_zh, '') AS title_zh, COALESCE(t.title_en, a.sentence_en) AS title_en, \
         COALESCE(t.title_origin, a.sentence_origin, 'none') AS title_origin \
         FROM milestone m JOIN events v ON v.position = m.from_position JOIN obligation o ON o.id = m.obligation AND ",
    );
    question
        .as_of(reader, "o")
        .add(" LEFT JOIN task t ON t.id = o.subject AND ");
    question
        .as_of(reader, "t")
        .add(" LEFT JOIN action a ON a.id = o.subject WHERE ");
    question.as_of(reader, "m");
    question
}

async fn dues(platform: &Platform, question: Question) -> Result<Vec<Due>> {
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                id: row.text("id")?,
                obligation: row.text("obligation")?,
                place: row.text("place")?,
                name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                due: row.date("due")?,
                set_by: row.text("set_by")?,
                reached: row.date_or_null("reached")?,
                position: Position(row.integer("from_position")?),
                at: row.instant("at")?,
                demo: row.truth("demo")?,
            })
        })
        .collect()
}

/// The time limit of a task for a calendar: of the task itself, or of what one place holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Id of the task.
    pub task: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: Bilingual,
    /// What the place holds of it, where a place was asked for.
    pub obligation: Option<String>,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
    /// The entry by which the task stands so, which grows with each change.
    pub position: Position,
    /// When that was recorded.
    pub at: Timestamp,
}

/// The time limits that somebody set for tasks of which the list asks, or for those of them that a place holds; the
/// soonest first, at most 2,000. A task for which nobody set one has none. Everybody may see them.
pub async fn limits(platform: &Platform, reader: &Reader, place: Option<&str>) -> Result<Vec<Limit>> {
    let held = if place.is_some() { "o.id" } else { "''" };
    let mut question = Question::new(&format!(
        "SELECT t.id, t.number, t.title_zh, t.title_en, t.title_origin, t.time_limit, t.time_limit_by, t.from_position, v.at, \
         {held} AS obligation FROM task t JOIN events v ON v.position = t.from_position"
    ));
    if let Some(place) = place {
        question.with(
            " JOIN obligation o ON o.subject = t.id AND o.subject_kind = 'task' AND o.place = ? AND ",
            [place.into()],
        );
        question.as_of(reader, "o");
    }
    question.add(" WHERE ");
    question
        .as_of(reader, "t")
        .add(" AND t.fate = 'open' AND t.time_limit IS NOT NULL ORDER BY t.time_limit, t.number LIMIT 2000");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            let obligation = row.text("obligation")?;
            Ok(Limit {
                task: row.text("id")?,
                number: u32::try_from(row.integer("number")?).unwrap_or_default(),
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                obligation: (!obligation.is_empty()).then_some(obligation),
                due: row.date("time_limit")?,
                set_by: row.text("time_limit_by")?,
                position: Position(row.integer("from_position")?),
                at: row.instant("at")?,
            })
        })
        .collect()
}
