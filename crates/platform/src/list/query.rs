//! Questions about lists, tasks, measures and actions.

use super::event::{Approval, Claim, Note, Tier};
use crate::{
    bilingual::{Bilingual, Origin},
    context::Reader,
    obligation::query::own_state,
    question::{self, Page, Question, Window},
    refusal::{Error, Refusal, Result},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{Position, Row};
use serde::de::DeserializeOwned;

fn json<T: DeserializeOwned + Default>(row: &Row, column: &str) -> Result<T> {
    Ok(serde_json::from_str(&row.text(column)?).unwrap_or_default())
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Id: `first`.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Number of its document.
    pub document: String,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// A version of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListVersion {
    /// List.
    pub list: String,
    /// 1, 2, 3 …
    pub version: u32,
    /// In force from this day.
    pub in_force: Date,
    /// The proposal that led to it; empty for the first.
    pub proposal: String,
    /// Its approvals.
    pub approvals: Vec<Approval>,
    /// Codes of the places for which 各试点示范省市 stands.
    pub places: Vec<String>,
    /// Where the log stood when it was issued.
    pub position: Position,
}

/// A task as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Id: `first-28`.
    pub id: String,
    /// List.
    pub list: String,
    /// Version of the list that last worded it.
    pub version: u32,
    /// Number.
    pub number: u32,
    /// Part of the list.
    pub part: Bilingual,
    /// Section; empty where the part has none.
    pub section: Bilingual,
    /// Kind of standard.
    pub tier: Tier,
    /// Title.
    pub title: Bilingual,
    /// Who is to do it.
    pub claims: Vec<Claim>,
    /// Places as written.
    pub places_as_written: String,
    /// The original lines.
    pub original: String,
    /// First and last line in the published text.
    pub line: (u32, u32),
    /// Role of whoever undertakes it.
    pub role: String,
    /// Topics that it bundles.
    pub topics: Vec<Bilingual>,
    /// Codes of places beyond those that hold it with which it asks to align.
    pub counterparts: Vec<String>,
    /// Numbers of tasks that are nearly the same.
    pub near: Vec<u32>,
    /// Warnings.
    pub notes: Vec<Note>,
    /// `open`, `merged` or `closed`.
    pub fate: String,
    /// Into which task, or why.
    pub fate_detail: String,
    /// Guiding ministry; empty while unassigned.
    pub guiding: String,
    /// Where that is written.
    pub guiding_source: String,
    /// Time limit and who set it.
    pub time_limit: Option<(Date, String)>,
    /// Numbers of the measures it is said to serve.
    pub measures: Vec<String>,
    /// Day from which it stands so.
    pub valid_from: Date,
}

impl Task {
    fn from_row(row: &Row) -> Result<Self> {
        let pair = |zh: &str, en: &str| -> Result<Bilingual> {
            let en = row.text_or_null(en)?;
            let en_origin = if en.is_some() { Origin::Machine } else { Origin::None };
            Ok(Bilingual {
                zh: row.text(zh)?,
                en,
                en_origin,
            })
        };
        let tier = row.text("tier")?;
        let number = |column: &str| -> Result<u32> { Ok(u32::try_from(row.integer(column)?).unwrap_or_default()) };
        Ok(Self {
            id: row.text("id")?,
            list: row.text("list")?,
            version: number("version")?,
            number: number("number")?,
            part: pair("part_zh", "part_en")?,
            section: pair("section_zh", "section_en")?,
            tier: Tier::parse(&tier).ok_or_else(|| Error::Data {
                what: "task.tier".to_owned(),
                reason: tier,
            })?,
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            claims: json(row, "claims")?,
            places_as_written: row.text("places_as_written")?,
            original: row.text("original")?,
            line: (number("line_first")?, number("line_last")?),
            role: row.text("role")?,
            topics: json(row, "topics")?,
            counterparts: json(row, "counterparts")?,
            near: json(row, "near")?,
            notes: json(row, "notes")?,
            fate: row.text("fate")?,
            fate_detail: row.text("fate_detail")?,
            guiding: row.text("guiding")?,
            guiding_source: row.text("guiding_source")?,
            time_limit: row
                .date_or_null("time_limit")?
                .map(|d| row.text("time_limit_by").map(|by| (d, by)))
                .transpose()?,
            measures: json(row, "measures")?,
            valid_from: row.date("valid_from")?,
        })
    }
}

/// Which tasks are asked for. Absent fields ask nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Ids.
    pub ids: Option<Vec<String>>,
    /// List.
    pub list: Option<String>,
    /// Kind of standard.
    pub tier: Option<Tier>,
    /// Code of a place that holds it.
    pub place: Option<String>,
    /// Number of a measure it is said to serve.
    pub measure: Option<String>,
    /// State, as the reader sees it, of one of its obligations.
    pub state: Option<String>,
    /// Guiding ministry; `none` asks for those without.
    pub guiding: Option<String>,
    /// Words of its title, or its number.
    pub text: Option<String>,
    /// Only those with a warning.
    pub noted: bool,
}

fn narrow(question: &mut Question, platform: &Platform, reader: &Reader, filter: &TaskFilter) {
    question.as_of(reader, "t");
    if let Some(ids) = &filter.ids {
        question.add(" AND ").is_in("t.id", ids);
    }
    if let Some(list) = &filter.list {
        question.with(" AND t.list = ?", [list.into()]);
    }
    if let Some(tier) = filter.tier {
        question.with(" AND t.tier = ?", [tier.id().into()]);
    }
    if filter.place.is_some() || filter.state.is_some() {
        question.add(" AND EXISTS (SELECT 1 FROM obligation o WHERE o.subject = t.id AND o.subject_kind = 'task' AND ");
        question.as_of(reader, "o");
        if let Some(place) = &filter.place {
            question.with(" AND o.place = ?", [place.into()]);
        }
        if let Some(state) = &filter.state {
            question.add(" AND (");
            own_state(question, &reader.sight(platform.rights()), "o.state", "o.state_public");
            question.with(") = ?", [state.into()]);
        }
        question.add(")");
    }
    if let Some(measure) = &filter.measure {
        question.add(" AND EXISTS (SELECT 1 FROM task_measure m WHERE m.task = t.id AND ");
        question
            .as_of(reader, "m")
            .with(" AND m.measure = ?)", [measure.into()]);
    }
    match filter.guiding.as_deref() {
        Some("none") => {
            question.add(" AND t.guiding = ''");
        }
        Some(guiding) => {
            question.with(" AND t.guiding = ?", [guiding.into()]);
        }
        None => {}
    }
    if filter.noted {
        question.add(" AND t.notes <> '[]'");
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        let like = question::containing(text);
        let number: i64 = text.parse().unwrap_or(-1);
        question.with(
            " AND (LOWER(t.title_zh) LIKE ? ESCAPE '!' OR LOWER(COALESCE(t.title_en, '')) LIKE ? ESCAPE '!' OR t.number = ?)",
            [like.clone(), like, number.into()],
        );
    }
}

/// Lists, the first first.
pub async fn lists(platform: &Platform) -> Result<Vec<List>> {
    let rows = platform
        .ledger()
        .fetch("SELECT * FROM list ORDER BY id", Vec::new())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(List {
                id: row.text("id")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                document: row.text("document")?,
                demo: row.truth("demo")?,
            })
        })
        .collect()
}

/// Versions of a list, the newest first.
pub async fn versions(platform: &Platform, list: &str) -> Result<Vec<ListVersion>> {
    let sql = "SELECT * FROM list_version WHERE list = $1 ORDER BY version DESC";
    let rows = platform.ledger().fetch(sql, vec![list.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(ListVersion {
                list: row.text("list")?,
                version: u32::try_from(row.integer("version")?).unwrap_or_default(),
                in_force: row.date("in_force")?,
                proposal: row.text("proposal")?,
                approvals: json(row, "approvals")?,
                places: json(row, "places")?,
                position: Position(row.integer("from_position")?),
            })
        })
        .collect()
}

/// By what tasks are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskSort {
    /// Number: the document's own order.
    #[default]
    Number,
    /// Kind of standard.
    Tier,
    /// Guiding ministry; those without last.
    Guiding,
    /// Time limit; those without last.
    Limit,
    /// The soonest milestone of an obligation that is open; those without last.
    Next,
    /// The furthest stage of an obligation that anybody may know.
    Stage,
}

/// In which order tasks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskOrder {
    /// Within which groups: kinds of standards or ministries; absent, all in one.
    pub group: Option<TaskSort>,
    /// By what.
    pub sort: TaskSort,
    /// The other way round.
    pub down: bool,
}

impl TaskOrder {
    const DOCUMENT: Self = Self {
        group: None,
        sort: TaskSort::Number,
        down: false,
    };
}

/// Adds the text by which tasks are sorted; what is not there comes last.
fn key(question: &mut Question, reader: &Reader, sort: TaskSort, down: bool) {
    let last = if down { "''" } else { "'~'" };
    let of_open = |question: &mut Question, value: &str| {
        question.add(&format!(
            "COALESCE((SELECT {value} FROM obligation k WHERE k.subject = t.id AND "
        ));
        question.as_of(reader, "k");
        question.add(&format!("), {last})"));
    };
    match sort {
        TaskSort::Number => {
            question.add("CAST(1000000 + t.number AS TEXT)");
        }
        TaskSort::Tier => {
            question.add("t.tier");
        }
        TaskSort::Guiding => {
            question.add(&format!("CASE WHEN t.guiding = '' THEN {last} ELSE t.guiding END"));
        }
        TaskSort::Limit => {
            question.add(&format!("COALESCE(t.time_limit, {last})"));
        }
        TaskSort::Next => of_open(
            question,
            "MIN(CASE WHEN k.state_public NOT IN ('delivered', 'closed') THEN k.next_due END)",
        ),
        TaskSort::Stage => of_open(question, "MAX(k.stage_public)"),
    }
}

/// Tasks by number.
pub async fn tasks(platform: &Platform, reader: &Reader, filter: &TaskFilter, window: &Window) -> Result<Page<Task>> {
    arranged(platform, reader, filter, TaskOrder::DOCUMENT, window).await
}

/// Tasks in an order. The cursor of one order means nothing in another.
pub async fn arranged(
    platform: &Platform,
    reader: &Reader,
    filter: &TaskFilter,
    order: TaskOrder,
    window: &Window,
) -> Result<Page<Task>> {
    if order == TaskOrder::DOCUMENT {
        return in_document_order(platform, reader, filter, window).await;
    }
    let mut question = Question::new("SELECT s.* FROM (SELECT t.*, ");
    match order.group {
        Some(group) => key(&mut question, reader, group, false),
        None => {
            question.add("''");
        }
    }
    question.add(" AS group_key, ");
    key(&mut question, reader, order.sort, order.down);
    question.add(" AS sort_key FROM task t WHERE ");
    narrow(&mut question, platform, reader, filter);
    question.add(") AS s");
    let (beyond, way) = if order.down { ("<", " DESC") } else { (">", "") };
    let seen = window.cursor.as_deref();
    if let Some((group, sort, number, id)) =
        seen.and_then(|c| serde_json::from_str::<(String, String, i64, String)>(c).ok())
    {
        let text = format!(
            " WHERE (s.group_key > ? OR (s.group_key = ? AND (s.sort_key {beyond} ? OR (s.sort_key = ? AND (s.number > ? OR (s.number = ? AND s.id > ?))))))"
        );
        let bound = [group.clone(), group, sort.clone(), sort].map(ledger::Value::from);
        question.with(
            &text,
            bound.into_iter().chain([number.into(), number.into(), id.into()]),
        );
    }
    let limit = window.bounded() as usize;
    question.add(&format!(
        " ORDER BY s.group_key, s.sort_key{way}, s.number, s.id LIMIT {}",
        limit + 1
    ));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let next = rows
        .get(limit.saturating_sub(1))
        .filter(|_| more)
        .map(|last| -> Result<String> {
            let place = (
                last.text("group_key")?,
                last.text("sort_key")?,
                last.integer("number")?,
                last.text("id")?,
            );
            Ok(serde_json::to_string(&place).unwrap_or_default())
        })
        .transpose()?;
    let items = rows
        .iter()
        .take(limit)
        .map(Task::from_row)
        .collect::<Result<Vec<_>>>()?;
    let total = total(platform, reader, filter, window, items.len(), more).await?;
    Ok(Page { items, next, total })
}

/// How many tasks there are in all: counted only where the page does not show it.
async fn total(
    platform: &Platform,
    reader: &Reader,
    filter: &TaskFilter,
    window: &Window,
    shown: usize,
    more: bool,
) -> Result<i64> {
    if let Some(total) = window.holds_all(shown, more) {
        return Ok(total);
    }
    count(platform, reader, filter).await
}

async fn in_document_order(
    platform: &Platform,
    reader: &Reader,
    filter: &TaskFilter,
    window: &Window,
) -> Result<Page<Task>> {
    let mut question = Question::new("SELECT t.* FROM task t WHERE ");
    narrow(&mut question, platform, reader, filter);
    if let Some((number, id)) = window.cursor.as_deref().and_then(|c| c.split_once('~')) {
        let number: i64 = number.parse().unwrap_or(0);
        question.with(
            " AND (t.number > ? OR (t.number = ? AND t.id > ?))",
            [number.into(), number.into(), id.into()],
        );
    }
    let limit = window.bounded() as usize;
    question.add(&format!(" ORDER BY t.number, t.id LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(Task::from_row)
        .collect::<Result<Vec<_>>>()?;
    let next = items.last().filter(|_| more).map(|t| format!("{}~{}", t.number, t.id));
    let total = total(platform, reader, filter, window, items.len(), more).await?;
    Ok(Page { items, next, total })
}

/// How many tasks there are.
pub async fn count(platform: &Platform, reader: &Reader, filter: &TaskFilter) -> Result<i64> {
    let mut count = Question::new("SELECT COUNT(*) AS n FROM task t WHERE ");
    narrow(&mut count, platform, reader, filter);
    Ok(platform.ledger().count(count.text, count.values).await?)
}

/// One task.
pub async fn task(platform: &Platform, reader: &Reader, id: &str) -> Result<Task> {
    let mut question = Question::new("SELECT t.* FROM task t WHERE ");
    question.as_of(reader, "t").with(" AND t.id = ?", [id.into()]);
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    row.as_ref()
        .map_or_else(|| Err(Refusal::unseen().into()), Task::from_row)
}

/// Tasks of a list by their numbers.
pub async fn numbered(platform: &Platform, reader: &Reader, list: &str, numbers: &[u32]) -> Result<Vec<Task>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut question = Question::new("SELECT t.* FROM task t WHERE ");
    question
        .as_of(reader, "t")
        .with(" AND t.list = ? AND (1 = 0", [list.into()]);
    for number in numbers {
        question.with(" OR t.number = ?", [(*number).into()]);
    }
    question.add(") ORDER BY t.number");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Task::from_row).collect()
}

/// A link of a task to a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLink {
    /// Task.
    pub task: String,
    /// Number of the measure.
    pub measure: String,
    /// `shipped`, `proposed` or `confirmed`.
    pub link: String,
}

/// A measure that a task is said to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedMeasure {
    /// Number of the measure.
    pub measure: String,
    /// Its title.
    pub title: Bilingual,
    /// `shipped`, `proposed` or `confirmed`.
    pub link: String,
}

/// The measures that a task is said to serve, in the order of the measures.
pub async fn measures_of(platform: &Platform, reader: &Reader, task: &str) -> Result<Vec<LinkedMeasure>> {
    let mut question = Question::new(
        "SELECT m.measure, m.link, p.title_zh, p.title_en, p.title_origin FROM task_measure m JOIN task t ON t.id = m.task AND ",
    );
    question
        .as_of(reader, "t")
        .add(" JOIN measure p ON p.list = t.list AND p.number = m.measure WHERE ");
    question
        .as_of(reader, "m")
        .with(" AND m.task = ? ORDER BY p.ordinal", [task.into()]);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            Ok(LinkedMeasure {
                measure: row.text("measure")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                link: row.text("link")?,
            })
        })
        .collect()
}

/// Links of one task, or of all.
pub async fn links(platform: &Platform, reader: &Reader, task: Option<&str>) -> Result<Vec<TaskLink>> {
    let mut question = Question::new("SELECT m.task, m.measure, m.link FROM task_measure m WHERE ");
    question.as_of(reader, "m");
    if let Some(task) = task {
        question.with(" AND m.task = ?", [task.into()]);
    }
    question.add(" ORDER BY m.task, m.measure");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|r| {
            Ok(TaskLink {
                task: r.text("task")?,
                measure: r.text("measure")?,
                link: r.text("link")?,
            })
        })
        .collect()
}

/// Tasks that are said to serve a measure, by number, each with its link: `shipped`, `proposed` or `confirmed`.
pub async fn tasks_of_measure(
    platform: &Platform,
    reader: &Reader,
    list: &str,
    measure: &str,
) -> Result<Vec<(Task, String)>> {
    let mut question =
        Question::new("SELECT t.*, m.link AS link_seen FROM task t JOIN task_measure m ON m.task = t.id AND ");
    question.as_of(reader, "m").add(" WHERE ");
    question.as_of(reader, "t").with(
        " AND t.list = ? AND m.measure = ? ORDER BY t.number",
        [list.into(), measure.into()],
    );
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| Ok((Task::from_row(row)?, row.text("link_seen")?)))
        .collect()
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Id: `first-5`.
    pub id: String,
    /// List.
    pub list: String,
    /// `1` … `17`, `overall`, `safeguard`.
    pub number: String,
    /// Place among its fellows.
    pub ordinal: u32,
    /// Part of the opinions.
    pub part: String,
    /// Title.
    pub title: Bilingual,
    /// Text as published.
    pub text: String,
    /// First and last line.
    pub line: (u32, u32),
}

/// Measures of a list, in order. They do not change.
pub async fn measures(platform: &Platform, list: &str) -> Result<Vec<Measure>> {
    let sql = "SELECT * FROM measure WHERE list = $1 ORDER BY ordinal";
    let rows = platform.ledger().fetch(sql, vec![list.into()]).await?;
    let small = |n: i64| u32::try_from(n).unwrap_or_default();
    rows.iter()
        .map(|row| {
            Ok(Measure {
                id: row.text("id")?,
                list: row.text("list")?,
                number: row.text("number")?,
                ordinal: small(row.integer("ordinal")?),
                part: row.text("part")?,
                title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
                text: row.text("text")?,
                line: (small(row.integer("line_first")?), small(row.integer("line_last")?)),
            })
        })
        .collect()
}

/// A sentence of a measure that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Id: `first-m5.2`.
    pub id: String,
    /// Number of its measure.
    pub measure: String,
    /// Which sentence, from 1.
    pub ordinal: u32,
    /// The sentence.
    pub sentence: Bilingual,
    /// Verb.
    pub verb: String,
    /// Object.
    pub object: String,
    /// Who is to act.
    pub who: Vec<String>,
    /// `must`, `support`, `encourage`, `explore`.
    pub strength: String,
    /// First and last line.
    pub line: (u32, u32),
}

/// Sentences of a list's measures, or of one measure, in order. They do not change.
pub async fn actions(platform: &Platform, list: &str, measure: Option<&str>) -> Result<Vec<Action>> {
    let mut question =
        Question::new("SELECT a.* FROM action a JOIN measure m ON m.list = a.list AND m.number = a.measure WHERE ");
    question.with("a.list = ?", [list.into()]);
    if let Some(measure) = measure {
        question.with(" AND a.measure = ?", [measure.into()]);
    }
    question.add(" ORDER BY m.ordinal, a.ordinal");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let small = |n: i64| u32::try_from(n).unwrap_or_default();
    rows.iter()
        .map(|row| {
            Ok(Action {
                id: row.text("id")?,
                measure: row.text("measure")?,
                ordinal: small(row.integer("ordinal")?),
                sentence: Bilingual::from_row(row, "sentence_zh", "sentence_en", "sentence_origin")?,
                verb: row.text("verb")?,
                object: row.text("object")?,
                who: json(row, "who")?,
                strength: row.text("strength")?,
                line: (small(row.integer("line_first")?), small(row.integer("line_last")?)),
            })
        })
        .collect()
}
