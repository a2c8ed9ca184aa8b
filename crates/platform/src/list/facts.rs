//! Single questions about lists that decisions and workbooks need.

use crate::{bilingual::Bilingual, context::Reader, refusal::Result, running::Platform};
use jiff::civil::Date;
use ledger::{AsOf, Row, Value};
use std::collections::BTreeMap;

/// Whether a list has a measure of this number.
pub async fn measure_is_there(platform: &Platform, list: &str, measure: &str) -> Result<bool> {
    let sql = "SELECT count(*) AS n FROM measure WHERE list = $1 AND number = $2";
    Ok(platform.ledger().count(sql, vec![list.into(), measure.into()]).await? > 0)
}

/// Whether a body exists on a day.
pub async fn organization_is_there(platform: &Platform, day: Date, id: &str) -> Result<bool> {
    let (time, at) = AsOf::day(day).condition("o", 2);
    let sql = format!("SELECT count(*) AS n FROM organization o WHERE o.id = $1 AND {time}");
    Ok(platform.ledger().count(sql, with(vec![id.into()], &at)).await? > 0)
}

/// Ids of the obligations of a task on a day.
pub async fn obligations_of_task(platform: &Platform, day: Date, task: &str) -> Result<Vec<String>> {
    let (time, at) = AsOf::day(day).condition("o", 2);
    let sql = format!(
        "SELECT o.id FROM obligation o WHERE o.subject = $1 AND o.subject_kind = 'task' AND {time} ORDER BY o.id"
    );
    ids(platform.ledger().fetch(sql, with(vec![task.into()], &at)).await?)
}

/// Ids of every task that a list ever had.
pub async fn tasks_ever(platform: &Platform, list: &str) -> Result<Vec<String>> {
    ids(platform
        .ledger()
        .fetch(
            "SELECT DISTINCT id FROM task WHERE list = $1 ORDER BY id",
            vec![list.into()],
        )
        .await?)
}

/// Ids of every obligation of tasks that a list ever had.
pub async fn obligations_ever(platform: &Platform, list: &str) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT id FROM obligation WHERE list = $1 AND subject_kind = 'task'";
    ids(platform.ledger().fetch(sql, vec![list.into()]).await?)
}

/// Names in everyday use and codes of all places, old names too.
pub async fn place_names(platform: &Platform) -> Result<Vec<(String, String)>> {
    let rows = platform
        .ledger()
        .fetch("SELECT DISTINCT id, short FROM place ORDER BY id", Vec::new())
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("short")?, row.text("id")?)))
        .collect()
}

/// Every body of a day: id, kind, place.
pub async fn bodies(platform: &Platform, day: Date) -> Result<Vec<(String, String, String)>> {
    let (time, at) = AsOf::day(day).condition("o", 1);
    let sql = format!("SELECT o.id, o.kind, o.place FROM organization o WHERE {time} ORDER BY o.id");
    let rows = platform.ledger().fetch(sql, at.to_vec()).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.text("kind")?, row.text("place")?)))
        .collect()
}

/// The commerce body of each place on a day, by place.
pub async fn addressees(platform: &Platform, day: Date) -> Result<BTreeMap<String, String>> {
    let bodies = bodies(platform, day).await?;
    Ok(bodies
        .into_iter()
        .filter(|(_, kind, place)| kind == "commerce" && !place.is_empty())
        .map(|(id, _, place)| (place, id))
        .collect())
}

/// Whether a list is illustrative.
pub async fn is_demo(platform: &Platform, list: &str) -> Result<bool> {
    let row = platform
        .ledger()
        .fetch_one("SELECT demo FROM list WHERE id = $1", vec![list.into()])
        .await?;
    Ok(row.map_or(Ok(false), |r| r.truth("demo"))?)
}

/// The tasks that a body guides, whatever became of them.
pub async fn guided_by(platform: &Platform, day: Date, organization: &str) -> Result<Vec<String>> {
    let (time, at) = AsOf::day(day).condition("t", 2);
    let sql = format!("SELECT t.id FROM task t WHERE t.guiding = $1 AND {time} ORDER BY t.id");
    ids(platform
        .ledger()
        .fetch(sql, with(vec![organization.into()], &at))
        .await?)
}

/// A place and the one above it, as they are called on a day: code and name of each.
pub async fn place_and_above(platform: &Platform, day: Date, place: &str) -> Result<Option<Row>> {
    let (time, at) = AsOf::day(day).condition("p", 2);
    let (time_above, _) = AsOf::day(day).condition("a", 2);
    let sql = format!(
        "SELECT p.id, p.short, a.id AS above, a.short AS above_short FROM place p \
         LEFT JOIN place a ON a.id = p.parent AND {time_above} WHERE p.id = $1 AND {time}"
    );
    Ok(platform.ledger().fetch_one(sql, with(vec![place.into()], &at)).await?)
}

/// The obligations of a place, or of all places, with their tasks, by number, as far as the reader may see them.
pub async fn rows_of_place(platform: &Platform, reader: &Reader, list: &str, place: Option<&str>) -> Result<Vec<Row>> {
    let participants = reader.sight(platform.rights()).participants;
    let inside = participants.everything || place.is_some_and(|place| participants.covers_place(place));
    // Where an obligation stands in the log tells an outsider of entries that they may not see.
    let (state, stage, position) = if inside {
        ("state", "stage", "o.last_position")
    } else {
        ("state_public", "stage_public", "CAST(0 AS BIGINT)")
    };
    let (time_o, at) = reader.as_of.condition("o", 3);
    let (time_t, _) = reader.as_of.condition("t", 3);
    let sql = format!(
        "SELECT o.id, o.part, o.{state} AS state, o.{stage} AS stage, o.next_zh, o.next_due, {position} AS last_position, o.demo, \
         o.place, t.number, t.version, t.title_zh, t.title_en FROM obligation o JOIN task t ON t.id = o.subject AND {time_t} \
         WHERE (o.place = $1 OR ($1 = '' AND o.place <> '')) AND o.list = $2 AND o.subject_kind = 'task' AND {time_o} \
         ORDER BY t.number, o.place"
    );
    let values = vec![place.unwrap_or_default().into(), list.into()];
    Ok(platform.ledger().fetch(sql, with(values, &at)).await?)
}

/// Ids of the next milestone of each obligation of a place, or of all.
pub async fn next_milestones(
    platform: &Platform,
    reader: &Reader,
    place: Option<&str>,
) -> Result<BTreeMap<String, String>> {
    let (time, at) = reader.as_of.condition("m", 2);
    let sql = format!(
        "SELECT m.id, m.obligation FROM milestone m WHERE (m.place = $1 OR $1 = '') AND m.reached IS NULL AND {time} ORDER BY m.due DESC, m.id DESC"
    );
    let mut milestones = BTreeMap::new();
    let values = with(vec![place.unwrap_or_default().into()], &at);
    for row in platform.ledger().fetch(sql, values).await? {
        let (obligation, id) = (row.text("obligation")?, row.text("id")?);
        let id = id.strip_prefix(&format!("{obligation}-")).unwrap_or(&id).to_owned();
        milestones.insert(obligation, id);
    }
    Ok(milestones)
}

/// The name of a body on the reader's day; its id where it has none then.
pub async fn body_name(platform: &Platform, reader: &Reader, id: &str) -> Result<Bilingual> {
    let (time, at) = reader.as_of.condition("g", 2);
    let sql = format!("SELECT g.name_zh, g.name_en, g.name_origin FROM organization g WHERE g.id = $1 AND {time}");
    match platform.ledger().fetch_one(sql, with(vec![id.into()], &at)).await? {
        Some(row) => Ok(Bilingual::from_row(&row, "name_zh", "name_en", "name_origin")?),
        None => Ok(Bilingual::zh(id)),
    }
}

/// The name of a place in everyday use, and of its commerce body.
pub async fn place_and_body(platform: &Platform, reader: &Reader, place: &str) -> Result<Option<(String, Bilingual)>> {
    let (time, at) = reader.as_of.condition("g", 2);
    let sql = format!(
        "SELECT p.short, g.name_zh, g.name_en, g.name_origin FROM place p LEFT JOIN organization g \
         ON g.place = p.id AND g.kind = 'commerce' AND {time} WHERE p.id = $1 ORDER BY p.from_position DESC"
    );
    let Some(row) = platform.ledger().fetch_one(sql, with(vec![place.into()], &at)).await? else {
        return Ok(None);
    };
    let short = row.text("short")?;
    let body = match row.text_or_null("name_zh")? {
        Some(_) => Bilingual::from_row(&row, "name_zh", "name_en", "name_origin")?,
        None => Bilingual::zh(&short),
    };
    Ok(Some((short, body)))
}

fn with(mut values: Vec<Value>, more: &[Value]) -> Vec<Value> {
    values.extend_from_slice(more);
    values
}

fn ids(rows: Vec<Row>) -> Result<Vec<String>> {
    rows.iter().map(|row| Ok(row.text("id")?)).collect()
}
