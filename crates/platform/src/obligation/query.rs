//! Questions about obligations: lists with filters, counts, milestones, evidence.

mod beside;
mod every;
pub use beside::{
    EvidenceRow, Hands, MilestoneRow, ServedMeasure, evidence, evidence_of, holdings, measures, milestones,
    open_milestones,
};
pub use every::{every, every_before};

use super::{event::Part, order::Order};
use crate::{
    bilingual::Bilingual,
    context::{Reader, Sight},
    question::{Page, Question, Window},
    refusal::{Refusal, Result},
    rights::{Action, Reach, reach},
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::{Row, Value};
use std::collections::BTreeMap;

/// An obligation as it stood on the day asked about, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Id: `first-28-500000`.
    pub id: String,
    /// List.
    pub list: String,
    /// `task` or `action`.
    pub subject_kind: String,
    /// Id of the task or action.
    pub subject: String,
    /// Number of the task; 0 of an action.
    pub number: u32,
    /// Title of the task, or the sentence of the action.
    pub title: Bilingual,
    /// Code of the place; empty for a ministry's.
    pub place: String,
    /// Id of the ministry; empty for a place's.
    pub organization: String,
    /// How the list means it.
    pub claim: String,
    /// Whether it holds without opt-in.
    pub firm: bool,
    /// What whoever undertakes it does.
    pub part: String,
    /// Chosen topics.
    pub topics: Vec<String>,
    /// Kind of standard; empty for an action's.
    pub tier: String,
    /// How strongly it binds.
    pub strength: String,
    /// Where it stands.
    pub state: String,
    /// Harmonised stage; empty where none is known.
    pub stage: String,
    /// In whose hands.
    pub holder: Holder,
    /// What comes next: the next milestone or the time limit of the task, whichever is due first. The one day from which
    /// desk, list, place, report and answers say when it is due and whether it is late.
    pub next: Option<Next>,
    /// Whether a date that somebody set has passed; absent where the reader may not know.
    pub late: Option<bool>,
    /// What stands in the way, where the reader may know.
    pub block: Option<Block>,
    /// How many pieces of evidence are public.
    pub evidence: u32,
    /// What came out.
    pub delivered: Option<Delivered>,
    /// Day of the last fact that the reader may know; absent where there is none.
    pub changed_on: Option<Date>,
    /// Whether it is illustrative.
    pub demo: bool,
    /// Whether the reader is among its participants.
    pub participant: bool,
}

/// In whose hands it is, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The body.
    pub organization: String,
    /// Its name in documents.
    pub organization_name: Bilingual,
    /// The desk; empty while nobody in the body took it.
    pub desk: String,
    /// Its name.
    pub desk_name: Bilingual,
    /// The person, for participants alone; empty where none took it.
    pub person: String,
    /// Since when.
    pub since: Option<Date>,
}

/// What is due next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// What is to be reached.
    pub name: Bilingual,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
    /// Whether it is the time limit of the task, and no milestone.
    pub is_limit: bool,
}

/// An obstacle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Who could remove it.
    pub waits_for: String,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Title.
    pub title: Bilingual,
    /// Designation; absent where unknown (编号待补).
    pub designation: Option<String>,
    /// Day of publication or report.
    pub on: Option<Date>,
}

/// Which obligations are asked for. Absent fields ask nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Ids.
    pub ids: Option<Vec<String>>,
    /// List.
    pub list: Option<String>,
    /// `task`, `action`; absent: tasks (a sentence of a measure is counted beside, never among them).
    pub subject_kind: Option<SubjectKind>,
    /// Id of a task or action.
    pub subject: Option<String>,
    /// Ids of several tasks or actions: those that a page shows.
    pub subjects: Option<Vec<String>>,
    /// Code of the place.
    pub place: Option<String>,
    /// Id of the ministry.
    pub organization: Option<String>,
    /// Kind of standard.
    pub tier: Option<String>,
    /// How the list means it.
    pub claim: Option<String>,
    /// Whether it holds without opt-in.
    pub firm: Option<bool>,
    /// What whoever undertakes it does.
    pub part: Option<Part>,
    /// Harmonised stage, or the beginning of one.
    pub stage: Option<String>,
    /// Where it stands.
    pub state: Option<String>,
    /// Id of a body or desk in whose hands it is.
    pub holder: Option<String>,
    /// Late ones, or not late ones; refused to readers who may not know.
    pub late: Option<bool>,
    /// Number of a measure: that of the sentence, or one that the task or the obligation itself is said to serve.
    pub measure: Option<String>,
    /// In which order they come.
    pub order: Order,
}

/// Of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// Tasks of the list.
    Task,
    /// Sentences of the measures.
    Action,
    /// Both.
    Any,
}

/// The day that counts, of the next milestone `o` or of the task `t`, whichever comes first; null where nobody set one.
pub(crate) const DUE: &str =
    "CASE WHEN o.next_due IS NULL OR t.time_limit < o.next_due THEN t.time_limit ELSE o.next_due END";

/// Whether that day has passed before `?`, of what must be done and is not.
pub(super) fn late_sql() -> String {
    format!("(o.strength = 'must' AND o.state NOT IN ('delivered', 'closed') AND COALESCE({DUE}, '9999-12-31') < ?)")
}

/// The column that tells the reader where it stands: all of it for participants, what is public for others.
pub(crate) fn own_state(question: &mut Question, sight: &Sight, full: &str, public: &str) {
    let participants = &sight.participants;
    if participants.everything {
        question.add(full);
    } else if participants.is_nothing() {
        question.add(public);
    } else {
        question.add("CASE WHEN ");
        question.within_tasks(participants, "o", "subject", sight.today);
        question.add(&format!(" THEN {full} ELSE {public} END"));
    }
}

/// Whether it lies within a reach, as a number that a row can carry.
fn whether(question: &mut Question, reach: &Reach, day: Date) {
    question.add("CASE WHEN ").within_tasks(reach, "o", "subject", day);
    question.add(" THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END");
}

pub(super) fn narrow(question: &mut Question, platform: &Platform, reader: &Reader, filter: &Filter) -> Result<()> {
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    let sight = reader.sight(platform.rights());
    question.as_of(reader, "o");
    match filter.subject_kind.unwrap_or(SubjectKind::Task) {
        SubjectKind::Task => question.add(" AND o.subject_kind = 'task'"),
        SubjectKind::Action => question.add(" AND o.subject_kind = 'action'"),
        SubjectKind::Any => question,
    };
    let equal: [(&str, Option<Value>); 8] = [
        ("o.list", filter.list.clone().map(Value::from)),
        ("o.subject", filter.subject.clone().map(Value::from)),
        ("o.place", filter.place.clone().map(Value::from)),
        ("o.organization", filter.organization.clone().map(Value::from)),
        ("o.tier", filter.tier.clone().map(Value::from)),
        ("o.claim", filter.claim.clone().map(Value::from)),
        ("o.firm", filter.firm.map(Value::from)),
        ("o.part", filter.part.map(|p| p.id().into())),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            question.with(&format!(" AND {column} = ?"), [value]);
        }
    }
    if let Some(ids) = &filter.ids {
        question.add(" AND ").is_in("o.id", ids);
    }
    if let Some(subjects) = &filter.subjects {
        question.add(" AND ").is_in("o.subject", subjects);
    }
    if let Some(state) = &filter.state {
        question.add(" AND (");
        own_state(question, &sight, "o.state", "o.state_public");
        question.with(") = ?", [state.into()]);
    }
    if let Some(stage) = &filter.stage {
        question.add(" AND SUBSTR(");
        own_state(question, &sight, "o.stage", "o.stage_public");
        let length = i64::try_from(stage.chars().count()).unwrap_or(5);
        question.with(&format!(", 1, {length}) = ?"), [stage.into()]);
    }
    if let Some(holder) = &filter.holder {
        question.with(
            " AND (o.holder_organization = ? OR o.holder_desk = ?)",
            [holder.into(), holder.into()],
        );
    }
    if let Some(measure) = &filter.measure {
        question.with(
            " AND (EXISTS (SELECT 1 FROM action y WHERE y.id = o.subject AND y.measure = ?) \
             OR EXISTS (SELECT 1 FROM task_measure v WHERE v.task = o.subject AND v.measure = ? AND ",
            [measure.into(), measure.into()],
        );
        question.as_of(reader, "v").with(
            ") OR EXISTS (SELECT 1 FROM obligation_measure w WHERE w.obligation = o.id AND w.measure = ? AND ",
            [measure.into()],
        );
        question.as_of(reader, "w").add("))");
    }
    if let Some(wanted) = filter.late {
        if late.is_nothing() {
            return Err(Refusal::rule("rights/missing", "")
                .with("right", Action::ReadLateness.id())
                .manner(crate::refusal::Manner::Forbidden)
                .into());
        }
        question.add(if wanted { " AND " } else { " AND NOT " });
        question.with(&late_sql(), [reader.as_of.date.into()]);
        question.add(" AND ").within_tasks(&late, "o", "subject", reader.today);
    }
    Ok(())
}

/// The selection of obligations with all that a row shows, for conditions to follow.
fn selection(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<Question> {
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    let sight = reader.sight(platform.rights());
    let mut question = Question::new("SELECT o.*, (");
    own_state(&mut question, &sight, "o.state", "o.state_public");
    question.add(") AS state_seen, (");
    own_state(&mut question, &sight, "o.stage", "o.stage_public");
    question.add(") AS stage_seen, (");
    whether(&mut question, &sight.participants, sight.today);
    question.add(") AS participant, (");
    whether(&mut question, &late, reader.today);
    question.add(&format!(
        ") AS lateness_known, CASE WHEN o.state IN ('delivered', 'closed') THEN o.next_due ELSE {DUE} END AS due_seen"
    ));
    question.add(
        ", t.time_limit AS task_limit, t.time_limit_by AS task_limit_by, t.number AS task_number, COALESCE(t.title_zh, a.sentence_zh) AS name_zh, COALESCE(t.title_en, a.sentence_en) AS name_en, \
         COALESCE(t.title_origin, a.sentence_origin) AS name_origin, ",
    );
    // What ended or was closed keeps the name that it had last.
    for (table, alias, column, names) in [
        ("organization", "h", "holder_organization", "body"),
        ("desk", "d", "holder_desk", "desk"),
    ] {
        for part in ["zh", "en", "origin"] {
            question.add(&format!(
                "CASE WHEN {alias}.id IS NULL THEN (SELECT z.name_{part} FROM {table} z WHERE z.id = o.{column} \
                 ORDER BY z.to_position DESC, z.valid_from DESC LIMIT 1) ELSE {alias}.name_{part} END AS {names}_{part}, "
            ));
        }
    }
    question.add("o.id AS same FROM obligation o LEFT JOIN task t ON t.id = o.subject AND ");
    question
        .as_of(reader, "t")
        .add(" LEFT JOIN action a ON a.id = o.subject LEFT JOIN organization h ON h.id = o.holder_organization AND ");
    question
        .as_of(reader, "h")
        .add(" LEFT JOIN desk d ON d.id = o.holder_desk AND ");
    question.as_of(reader, "d").add(" WHERE ");
    narrow(&mut question, platform, reader, filter)?;
    Ok(question)
}

/// Obligations, by number of the task or sentence and by place.
pub async fn obligations(
    platform: &Platform,
    reader: &Reader,
    filter: &Filter,
    window: &Window,
) -> Result<Page<Obligation>> {
    let sight = reader.sight(platform.rights());
    let plain = filter.order == Order::default();
    let mut question = selection(platform, reader, filter)?;
    if plain {
        if let Some((number, id)) = window.cursor.as_deref().and_then(|c| c.split_once('~')) {
            let number: i64 = number.parse().unwrap_or(0);
            question.with(
                " AND (COALESCE(t.number, 0) > ? OR (COALESCE(t.number, 0) = ? AND o.id > ?))",
                [number.into(), number.into(), id.into()],
            );
        }
        question.add(" ORDER BY COALESCE(t.number, 0), o.id");
    } else {
        question.text = format!("SELECT s.* FROM ({}) AS s", question.text);
        filter.order.arrange(&mut question, window.cursor.as_deref());
    }
    let limit = window.bounded() as usize;
    question.add(&format!(" LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|row| from_row(row, reader, &sight))
        .collect::<Result<Vec<_>>>()?;
    let next = items.last().filter(|_| more).map(|o| {
        if plain {
            format!("{}~{}", o.number, o.id)
        } else {
            filter.order.cursor(o)
        }
    });
    let total = match window.holds_all(items.len(), more) {
        Some(total) => total,
        None => count(platform, reader, filter).await?,
    };
    Ok(Page { items, next, total })
}

/// One obligation.
pub async fn obligation(platform: &Platform, reader: &Reader, id: &str) -> Result<Obligation> {
    let filter = Filter {
        ids: Some(vec![id.to_owned()]),
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    let page = obligations(platform, reader, &filter, &Window::of(1)).await?;
    page.items.into_iter().next().ok_or_else(|| Refusal::unseen().into())
}

/// How many there are.
pub async fn count(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<i64> {
    let mut question = Question::new("SELECT COUNT(*) AS n FROM obligation o");
    with_task(&mut question, reader, filter);
    question.add(" WHERE ");
    narrow(&mut question, platform, reader, filter)?;
    Ok(platform.ledger().count(question.text, question.values).await?)
}

/// What everything adds up to, counted at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tasks of the list.
    pub tasks: i64,
    /// Obligations of tasks that hold without opt-in.
    pub firm: i64,
    /// Obligations of sentences of the measures.
    pub of_actions: i64,
}

/// Tasks of a list, their firm obligations, and those of the sentences of its measures. One query.
pub async fn totals(platform: &Platform, reader: &Reader, list: &str) -> Result<Totals> {
    let sum = |case: &str| format!("CAST(COALESCE(SUM(CASE WHEN {case} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let mut question = Question::new("SELECT ");
    question
        .with(&sum("o.subject_kind = 'task' AND o.firm = ?"), [true.into()])
        .add(" AS firm, ")
        .add(&sum("o.subject_kind = 'action'"))
        .add(" AS of_actions, (SELECT COUNT(*) FROM task t WHERE ");
    question
        .as_of(reader, "t")
        .with(" AND t.list = ?) AS tasks FROM obligation o WHERE ", [list.into()]);
    question.as_of(reader, "o").with(" AND o.list = ?", [list.into()]);
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    row.map_or_else(
        || Ok(Totals::default()),
        |row| {
            Ok(Totals {
                tasks: row.integer("tasks")?,
                firm: row.integer("firm")?,
                of_actions: row.integer("of_actions")?,
            })
        },
    )
}

/// Joins the task where its time limit is asked about.
fn with_task(question: &mut Question, reader: &Reader, filter: &Filter) {
    if filter.late.is_some() {
        join_task(question, reader);
    }
}

/// Joins the task, whose time limit [`DUE`] compares.
pub(super) fn join_task(question: &mut Question, reader: &Reader) {
    question.add(" LEFT JOIN task t ON t.id = o.subject AND ");
    question.as_of(reader, "t");
}

/// By what obligations are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each task or sentence.
    Subject,
    /// Each place, or ministry where there is none.
    Holder,
    /// Number of the measure, through the links of tasks and those of its own; what serves two is counted in both.
    Measure,
    /// Number of the measure of a sentence.
    ActionMeasure,
}

/// Counts by something and state: `counts[something][place][state]`, places empty unless asked for.
pub type Counts = BTreeMap<String, BTreeMap<String, BTreeMap<String, i64>>>;

/// Counts obligations by something, perhaps by place, and state.
pub async fn counts(platform: &Platform, reader: &Reader, filter: &Filter, by: By, places: bool) -> Result<Counts> {
    let sight = reader.sight(platform.rights());
    let holder = "CASE WHEN o.place = '' THEN o.organization ELSE o.place END";
    let ways: &[(&str, &str)] = match by {
        By::Subject => &[("o.subject", "")],
        By::Holder => &[(holder, "")],
        By::Measure => &[
            ("m.measure", " JOIN task_measure m ON m.task = o.subject"),
            ("m.measure", " JOIN obligation_measure m ON m.obligation = o.id"),
        ],
        By::ActionMeasure => &[("a.measure", " JOIN action a ON a.id = o.subject")],
    };
    let place = if places { "o.place" } else { "''" };
    let mut question = Question::new("SELECT counted, held_by, state_seen, COUNT(*) AS n FROM (");
    for (at, (key, join)) in ways.iter().enumerate() {
        let union = if at > 0 { " UNION ALL " } else { "" };
        question.add(&format!("{union}SELECT {key} AS counted, {place} AS held_by, ("));
        own_state(&mut question, &sight, "o.state", "o.state_public");
        question.add(&format!(") AS state_seen FROM obligation o{join}"));
        if by == By::Measure {
            question.add(" AND ").as_of(reader, "m");
        }
        with_task(&mut question, reader, filter);
        question.add(" WHERE ");
        narrow(&mut question, platform, reader, filter)?;
        if at > 0 {
            // What its task is said to serve too is counted there.
            question.add(
                " AND NOT EXISTS (SELECT 1 FROM task_measure u WHERE u.task = o.subject AND u.measure = m.measure AND ",
            );
            question.as_of(reader, "u").add(")");
        }
    }
    question.add(") AS each_one GROUP BY counted, held_by, state_seen");
    let mut counts = Counts::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        *counts
            .entry(row.text("counted")?)
            .or_default()
            .entry(row.text("held_by")?)
            .or_default()
            .entry(row.text("state_seen")?)
            .or_default() += row.integer("n")?;
    }
    Ok(counts)
}

/// What the time limit of a task is called beside milestones.
fn limit_name() -> Bilingual {
    Bilingual {
        zh: t!(Lang::Zh, "next-time-limit"),
        en: Some(t!(Lang::En, "next-time-limit")),
        en_origin: crate::bilingual::Origin::Person,
    }
}

fn from_row(row: &Row, reader: &Reader, sight: &Sight) -> Result<Obligation> {
    let (place, organization) = (row.text("place")?, row.text("organization")?);
    let participant = row.truth("participant")?;
    let optional = |zh: &str, en: &str, origin: &str| -> Result<Bilingual> {
        Ok(Bilingual {
            zh: row.text_or_null(zh)?.unwrap_or_default(),
            en: row.text_or_null(en)?,
            en_origin: crate::bilingual::Origin::parse(&row.text_or_null(origin)?.unwrap_or_default()),
        })
    };
    let (strength, full_state) = (row.text("strength")?, row.text("state")?);
    let done = matches!(full_state.as_str(), "delivered" | "closed");
    let limit = match row.date_or_null("task_limit")?.filter(|_| !done) {
        None => None,
        Some(due) => Some(Next {
            name: limit_name(),
            due,
            set_by: row.text("task_limit_by")?,
            is_limit: true,
        }),
    };
    let milestone = row
        .date_or_null("next_due")?
        .map(|due| -> Result<Next> {
            Ok(Next {
                name: Bilingual::from_row(row, "next_zh", "next_en", "next_origin")?,
                due,
                set_by: row.text("next_set_by")?,
                is_limit: false,
            })
        })
        .transpose()?;
    // Where both fall on one day, the milestone says more.
    let next = [milestone, limit].into_iter().flatten().min_by_key(|n| n.due);
    let is_late = next.as_ref().is_some_and(|n| n.due < reader.as_of.date) && strength == "must" && !done;
    let block_seen = match row.text("block_audience")?.as_str() {
        "public" => true,
        "participants" => participant,
        "desk" => sight.desk.covers(&place, &organization),
        _ => false,
    };
    let block = block_seen
        .then(|| -> Result<Block> {
            Ok(Block {
                kind: row.text("block_kind")?,
                text: row.text("block_text")?,
                waits_for: row.text("block_waits_for")?,
            })
        })
        .transpose()?;
    let title = row.text("delivered_title_zh")?;
    let delivered = (!title.is_empty())
        .then(|| -> Result<Delivered> {
            Ok(Delivered {
                title: Bilingual::from_row(
                    row,
                    "delivered_title_zh",
                    "delivered_title_en",
                    "delivered_title_origin",
                )?,
                designation: row.text_or_null("delivered_designation")?,
                on: row.date_or_null("delivered_on")?,
            })
        })
        .transpose()?;
    let since = row.text("holder_since")?;
    Ok(Obligation {
        id: row.text("id")?,
        list: row.text("list")?,
        subject_kind: row.text("subject_kind")?,
        subject: row.text("subject")?,
        number: row
            .integer_or_null("task_number")?
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or_default(),
        title: optional("name_zh", "name_en", "name_origin")?,
        claim: row.text("claim")?,
        firm: row.truth("firm")?,
        part: row.text("part")?,
        topics: serde_json::from_str(&row.text("topics")?).unwrap_or_default(),
        tier: row.text("tier")?,
        strength,
        state: row.text("state_seen")?,
        stage: row.text("stage_seen")?,
        holder: Holder {
            organization: row.text("holder_organization")?,
            organization_name: optional("body_zh", "body_en", "body_origin")?,
            desk: row.text("holder_desk")?,
            desk_name: optional("desk_zh", "desk_en", "desk_origin")?,
            person: if participant {
                row.text("holder_person")?
            } else {
                String::new()
            },
            since: since.parse().ok(),
        },
        next,
        late: row.truth("lateness_known")?.then_some(is_late),
        block,
        evidence: u32::try_from(row.integer("evidence_public")?).unwrap_or_default(),
        delivered,
        changed_on: row.date_or_null(if participant {
            "changed_on"
        } else {
            "changed_publicly_on"
        })?,
        demo: row.truth("demo")?,
        participant,
        place,
        organization,
    })
}
