//! Questions about history: the entries of an object, the public feed, one entry with what it changed.

use super::{
    audience::may_hide,
    fields::{FieldChange, Seen, changes},
};
use crate::{
    context::{PersonId, Reader, Sight},
    event::Correction,
    obligation::event::Audience,
    people::query::{Display, display_names},
    question::{Page, Question, Window},
    refusal::{Error, Refusal, Result},
    rights::{Action, Object, may},
    running::Platform,
};
use jiff::{Timestamp, civil::Date};
use ledger::{ActorId, Position, Row, StreamName};
use std::collections::BTreeMap;

/// Who recorded an entry, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The platform itself: import, clocks, reactions.
    System,
    /// A person.
    Person {
        /// The id, for the person and for auditors.
        id: Option<PersonId>,
        /// By name to colleagues, by role and body to others.
        display: Display,
    },
}

/// An entry of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Place in the log.
    pub position: Position,
    /// The stream: `obligation/first-28-500000`.
    pub stream: String,
    /// Its kind: `obligation`.
    pub object_kind: String,
    /// The id of the object.
    pub object: String,
    /// Kind of event: `obligation.noted`.
    pub kind: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// The day from which the fact holds.
    pub effective: Date,
    /// Who recorded it.
    pub who: Who,
    /// Code of the place it belongs to; empty where none.
    pub place: String,
    /// Id of the body; empty where none.
    pub organization: String,
    /// Id of the task; empty where none.
    pub task: String,
    /// Number of the measure; empty where none.
    pub measure: String,
    /// Who may see it.
    pub audience: Audience,
    /// Whether it is illustrative.
    pub demo: bool,
    /// Whether the reader's ministry guides its task.
    pub guided: bool,
    /// What was recorded, without persons that the reader may not know.
    pub body: serde_json::Value,
    /// The entry that this one takes back, and why.
    pub corrects: Option<Correction>,
    /// The entry by which this one was taken back, and why.
    pub corrected_by: Option<CorrectedBy>,
}

/// The entry by which another was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedBy {
    /// Place of the correction in the log.
    pub position: Position,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// One entry with all that can be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The entry.
    pub entry: Entry,
    /// What it changed, field by field.
    pub changes: Vec<FieldChange>,
    /// Version of the object after it; absent where it would tell of entries that the reader may not see.
    pub version: Option<i64>,
    /// Hash, hexadecimal: SM3, then SHA-256.
    pub hash: String,
    /// Hash of the event before it.
    pub previous_hash: String,
}

/// Which entries are asked for. Absent fields ask nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one object: `obligation/first-28-500000`.
    pub stream: Option<StreamName>,
    /// Of objects of this kind.
    pub object_kind: Option<String>,
    /// Kind of event.
    pub kind: Option<String>,
    /// Code of the place.
    pub place: Option<String>,
    /// Id of the task, its obligations included.
    pub task: Option<String>,
    /// Number of the measure: its own entries, its sentences', and those of the tasks that serve it.
    pub measure: Option<String>,
    /// Recorded after this position.
    pub since: Option<Position>,
    /// Recorded by the reader.
    pub mine: bool,
}

/// The entries that the reader may see, newest first. The cursor is a position.
pub async fn entries(platform: &Platform, reader: &Reader, filter: &Filter, window: &Window) -> Result<Page<Entry>> {
    let mut count = Question::new("SELECT count(*) AS n FROM entry e WHERE ");
    narrow(&mut count, platform, reader, filter);
    let total = platform.ledger().count(count.text, count.values).await?;
    let mut question = select(platform, reader);
    question.add(" WHERE ");
    narrow(&mut question, platform, reader, filter);
    if let Some(before) = window.cursor.as_deref().and_then(|c| c.parse::<i64>().ok()) {
        question.with(" AND e.position < ?", [before.into()]);
    }
    let limit = usize::try_from(window.bounded()).unwrap_or(200);
    question.add(&format!(" ORDER BY e.position DESC LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let items = read(platform, reader, &rows[..rows.len().min(limit)]).await?;
    let next = items.last().filter(|_| more).map(|e| e.position.to_string());
    Ok(Page { items, next, total })
}

/// What everybody may see, newest first: the public feed, the same for every reader.
pub async fn feed(platform: &Platform, filter: &Filter, window: &Window) -> Result<Page<Entry>> {
    let anybody = Reader::public(platform.today());
    let filter = Filter {
        mine: false,
        ..filter.clone()
    };
    entries(platform, &anybody, &filter, window).await
}

/// Place of the last event that may change what everybody sees. What stays among the participants of an obligation or a text, and
/// who follows what, changes nothing of it; everything else may, also where it has no entry: a person's role stands in the
/// history, a place explains its row of a report.
pub async fn last_for_everybody(platform: &Platform) -> Result<Position> {
    let sql = "SELECT v.position AS position FROM events v LEFT JOIN entry e ON e.position = v.position \
               WHERE v.stream NOT LIKE 'follow/%' \
               AND (e.position IS NULL OR e.stream_kind NOT IN ('obligation', 'text') OR e.audience = 'public') \
               ORDER BY v.position DESC LIMIT 1";
    let row = platform.ledger().fetch_one(sql, Vec::new()).await?;
    Ok(match row {
        Some(row) => Position(row.integer("position")?),
        None => Position::START,
    })
}

/// One entry, with what it changed; unseen where there is none that the reader may see.
pub async fn entry(platform: &Platform, reader: &Reader, position: Position) -> Result<Detail> {
    let mut question = select(platform, reader);
    question.with(" WHERE e.position = ? AND ", [position.into()]);
    narrow(&mut question, platform, reader, &Filter::default());
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let entry = read(platform, reader, &rows).await?.pop().ok_or_else(Refusal::unseen)?;
    let stream = StreamName::parse(&entry.stream)?;
    let mut events = platform.ledger().stream(&stream).await?;
    events.retain(|e| e.position <= position);
    let last = events.last().ok_or_else(Refusal::unseen)?;
    let seen = seen(&reader.sight(platform.rights()), &entry);
    Ok(Detail {
        version: (seen.participants || !may_hide(&entry.object_kind)).then_some(last.version.0),
        hash: hexadecimal(&last.hash),
        previous_hash: hexadecimal(&last.previous_hash),
        changes: changes(&events, seen),
        entry,
    })
}

/// How far from an entry others of the same request are looked for: its commits follow one another closely.
const NEAR: i64 = 500;

/// What the same person recorded by the same request (one form, one confirmation), as far as the reader may see it,
/// oldest first.
pub async fn beside(platform: &Platform, reader: &Reader, position: Position) -> Result<Vec<Entry>> {
    let Some(event) = platform.ledger().event(position).await? else {
        return Ok(Vec::new());
    };
    // What the platform records by itself shares the name of a run, and no confirmation.
    if event.actor == ActorId::system() {
        return Ok(Vec::new());
    }
    let mut question = select(platform, reader);
    question.with(
        " WHERE v.cause = ? AND v.actor = ? AND e.position <> ? AND e.position > ? AND e.position < ? AND ",
        [
            (&event.cause).into(),
            (&event.actor.0).into(),
            position.into(),
            (position.0 - NEAR).into(),
            (position.0 + NEAR).into(),
        ],
    );
    narrow(&mut question, platform, reader, &Filter::default());
    question.add(&format!(" ORDER BY e.position LIMIT {NEAR}"));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    read(platform, reader, &rows).await
}

/// What else of the object the reader may see.
fn seen(sight: &Sight, entry: &Entry) -> Seen {
    Seen {
        desk: sight.desk.covers(&entry.place, &entry.organization),
        participants: entry.guided || sight.participants.covers(&entry.place, &entry.organization),
    }
}

fn select(platform: &Platform, reader: &Reader) -> Question {
    let sight = reader.sight(platform.rights());
    let mut question = Question::new("SELECT e.*, CASE WHEN ");
    question.guided_by("e.task", &sight.participants.guided, sight.today).add(
        " THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS guided, v.body AS body, c.at AS corrected_at, w.body AS correction \
         FROM entry e JOIN events v ON v.position = e.position \
         LEFT JOIN entry c ON c.position = e.corrected_by LEFT JOIN events w ON w.position = e.corrected_by",
    );
    question
}

fn narrow(question: &mut Question, platform: &Platform, reader: &Reader, filter: &Filter) {
    question.with("e.position <= ? AND ", [reader.as_of.known.into()]);
    question.seen_by(&reader.sight(platform.rights()), "e");
    let equal = [
        ("e.stream", filter.stream.as_ref().map(|s| s.as_str().to_owned())),
        ("e.stream_kind", filter.object_kind.clone()),
        ("e.kind", filter.kind.clone()),
        ("e.place", filter.place.clone()),
        ("e.task", filter.task.clone()),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            question.with(&format!(" AND {column} = ?"), [value.into()]);
        }
    }
    if let Some(measure) = &filter.measure {
        question.with(
            " AND (e.measure = ? OR e.task IN (SELECT l.task FROM task_measure l WHERE l.measure = ? AND ",
            [measure.into(), measure.into()],
        );
        question.as_of(reader, "l").with(
            ") OR e.stream_kind = 'obligation' AND e.object IN (SELECT k.obligation FROM obligation_measure k WHERE k.measure = ? AND ",
            [measure.into()],
        );
        question.as_of(reader, "k").add("))");
    }
    if let Some(since) = filter.since {
        question.with(" AND e.position > ?", [since.into()]);
    }
    if filter.mine {
        let me = reader.actor.as_ref().map_or("", |a| a.person.0.as_str());
        question.with(" AND e.actor = ?", [me.into()]);
    }
}

async fn read(platform: &Platform, reader: &Reader, rows: &[Row]) -> Result<Vec<Entry>> {
    let system = ActorId::system().0;
    let mut persons = Vec::new();
    for row in rows {
        let actor = row.text("actor")?;
        if actor != system {
            persons.push(PersonId(actor));
        }
    }
    let names = display_names(platform, reader, &persons).await?;
    let auditor = reader
        .actor
        .as_ref()
        .is_some_and(|a| may(platform.rights(), a, Action::ReadAudit, &Object::default()));
    let sight = reader.sight(platform.rights());
    rows.iter()
        .map(|row| one(reader, &sight, row, &names, auditor))
        .collect()
}

fn one(reader: &Reader, sight: &Sight, row: &Row, names: &BTreeMap<PersonId, Display>, auditor: bool) -> Result<Entry> {
    let actor = PersonId(row.text("actor")?);
    let me = reader.actor.as_ref().map(|a| &a.person);
    let who = if actor.0 == ActorId::system().0 {
        Who::System
    } else {
        Who::Person {
            display: names.get(&actor).cloned().unwrap_or(Display::Nobody),
            id: (auditor || me == Some(&actor)).then_some(actor),
        }
    };
    let body = parsed(&row.text("body")?)?;
    let correction = |body: &serde_json::Value| serde_json::from_value::<Correction>(body.clone()).ok();
    let corrected_by = match row.integer_or_null("corrected_by")? {
        Some(position) if position <= reader.as_of.known.0 => {
            let body = parsed(&row.text("correction")?)?;
            Some(CorrectedBy {
                position: Position(position),
                reason: correction(&body).map(|c| c.reason).unwrap_or_default(),
                at: row.instant("corrected_at")?,
            })
        }
        _ => None,
    };
    let mut entry = Entry {
        position: Position(row.integer("position")?),
        stream: row.text("stream")?,
        object_kind: row.text("stream_kind")?,
        object: row.text("object")?,
        kind: row.text("kind")?,
        at: row.instant("at")?,
        effective: row.date("effective")?,
        who,
        place: row.text("place")?,
        organization: row.text("organization")?,
        task: row.text("task")?,
        measure: row.text("measure")?,
        audience: Audience::parse(&row.text("audience")?).unwrap_or(Audience::Desk),
        demo: row.truth("demo")?,
        guided: row.truth("guided")?,
        corrects: row.integer_or_null("corrects")?.and_then(|_| correction(&body)),
        body,
        corrected_by,
    };
    if !seen(sight, &entry).participants
        && let Some(body) = entry.body.as_object_mut()
    {
        // Which person at the desk holds it is for participants.
        body.remove("person");
    }
    Ok(entry)
}

fn parsed(text: &str) -> Result<serde_json::Value> {
    serde_json::from_str(text).map_err(|e| Error::Data {
        what: "the body of an event".to_owned(),
        reason: e.to_string(),
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
