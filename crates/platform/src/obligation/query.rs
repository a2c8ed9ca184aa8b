//! Questions about obligations: lists with filters, counts, milestones, evidence.

use super::{event::Part, order::Order};
use crate::{
    bilingual::Bilingual,
    context::{Reader, Sight},
    question::{Page, Question, Window},
    refusal::{Refusal, Result},
    rights::{Action, Reach, reach},
    running::Platform,
    upload::Attachment,
};
use jiff::civil::Date;
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
    /// What comes next.
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

/// The next milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// What is to be reached.
    pub name: Bilingual,
    /// Last day.
    pub due: Date,
    /// Who set it.
    pub set_by: String,
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
    /// Number of the measure, of actions.
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

pub(super) const LATE: &str =
    "(o.next_due IS NOT NULL AND o.next_due < ? AND o.strength = 'must' AND o.state NOT IN ('delivered', 'closed'))";

/// The column that tells the reader where it stands: all of it for participants, what is public for others.
pub(super) fn own_state(question: &mut Question, sight: &Sight, full: &str, public: &str) {
    let participants = &sight.participants;
    if participants.everything {
        question.add(full);
    } else if participants.is_nothing() {
        question.add(public);
    } else {
        question.add("CASE WHEN ").within(participants, "o");
        question.add(&format!(" THEN {full} ELSE {public} END"));
    }
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
            " AND EXISTS (SELECT 1 FROM action a WHERE a.id = o.subject AND a.measure = ?)",
            [measure.into()],
        );
    }
    if let Some(wanted) = filter.late {
        if late.is_nothing() {
            return Err(Refusal::rule("rights/missing", "")
                .with("right", Action::ReadLateness.id())
                .manner(crate::refusal::Manner::Forbidden)
                .into());
        }
        question.add(if wanted { " AND " } else { " AND NOT " });
        question.with(LATE, [reader.as_of.date.into()]);
        question.add(" AND ").within(&late, "o");
    }
    Ok(())
}

/// Obligations, by number of the task or sentence and by place.
pub async fn obligations(
    platform: &Platform,
    reader: &Reader,
    filter: &Filter,
    window: &Window,
) -> Result<Page<Obligation>> {
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    let sight = reader.sight(platform.rights());
    let plain = filter.order == Order::default();
    let mut question = Question::new(if plain { "" } else { "SELECT s.* FROM (" });
    question.add("SELECT o.*, (");
    own_state(&mut question, &sight, "o.state", "o.state_public");
    question.add(") AS state_seen, (");
    own_state(&mut question, &sight, "o.stage", "o.stage_public");
    question.add(
        ") AS stage_seen, t.number AS task_number, COALESCE(t.title_zh, a.sentence_zh) AS name_zh, COALESCE(t.title_en, a.sentence_en) AS name_en, \
         COALESCE(t.title_origin, a.sentence_origin) AS name_origin, h.name_zh AS body_zh, h.name_en AS body_en, h.name_origin AS body_origin, \
         d.name_zh AS desk_zh, d.name_en AS desk_en, d.name_origin AS desk_origin FROM obligation o LEFT JOIN task t ON t.id = o.subject AND ",
    );
    question
        .as_of(reader, "t")
        .add(" LEFT JOIN action a ON a.id = o.subject LEFT JOIN organization h ON h.id = o.holder_organization AND ");
    question
        .as_of(reader, "h")
        .add(" LEFT JOIN desk d ON d.id = o.holder_desk AND ");
    question.as_of(reader, "d").add(" WHERE ");
    narrow(&mut question, platform, reader, filter)?;
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
        question.add(") AS s");
        filter.order.arrange(&mut question, window.cursor.as_deref());
    }
    let limit = window.bounded() as usize;
    question.add(&format!(" LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|row| from_row(row, reader, &sight, &late))
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
    let mut question = Question::new("SELECT COUNT(*) AS n FROM obligation o WHERE ");
    narrow(&mut question, platform, reader, filter)?;
    Ok(platform.ledger().count(question.text, question.values).await?)
}

/// What everything adds up to, counted at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Obligations of tasks that hold without opt-in.
    pub firm: i64,
    /// Obligations of sentences of the measures.
    pub of_actions: i64,
}

/// Firm obligations of a list's tasks, and those of the sentences of its measures. One query.
pub async fn totals(platform: &Platform, reader: &Reader, list: &str) -> Result<Totals> {
    let sum = |case: &str| format!("CAST(COALESCE(SUM(CASE WHEN {case} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let mut question = Question::new("SELECT ");
    question
        .with(&sum("o.subject_kind = 'task' AND o.firm = ?"), [true.into()])
        .add(" AS firm, ")
        .add(&sum("o.subject_kind = 'action'"))
        .add(" AS of_actions FROM obligation o WHERE ");
    question.as_of(reader, "o").with(" AND o.list = ?", [list.into()]);
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    row.map_or_else(
        || Ok(Totals::default()),
        |row| {
            Ok(Totals {
                firm: row.integer("firm")?,
                of_actions: row.integer("of_actions")?,
            })
        },
    )
}

/// By what obligations are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each task or sentence.
    Subject,
    /// Each place, or ministry where there is none.
    Holder,
    /// Number of the measure, through the links of tasks; a task that serves two is counted in both.
    Measure,
    /// Number of the measure of a sentence.
    ActionMeasure,
}

/// Counts by something and state: `counts[something][place][state]`, places empty unless asked for.
pub type Counts = BTreeMap<String, BTreeMap<String, BTreeMap<String, i64>>>;

/// Counts obligations by something, perhaps by place, and state.
pub async fn counts(platform: &Platform, reader: &Reader, filter: &Filter, by: By, places: bool) -> Result<Counts> {
    let sight = reader.sight(platform.rights());
    let (key, join) = match by {
        By::Subject => ("o.subject", ""),
        By::Holder => ("CASE WHEN o.place = '' THEN o.organization ELSE o.place END", ""),
        By::Measure => ("m.measure", " JOIN task_measure m ON m.task = o.subject AND "),
        By::ActionMeasure => ("a.measure", " JOIN action a ON a.id = o.subject"),
    };
    let place = if places { "o.place" } else { "''" };
    let mut question = Question::new(&format!(
        "SELECT counted, held_by, state_seen, COUNT(*) AS n FROM (SELECT {key} AS counted, {place} AS held_by, ("
    ));
    own_state(&mut question, &sight, "o.state", "o.state_public");
    question.add(&format!(") AS state_seen FROM obligation o{join}"));
    if by == By::Measure {
        question.as_of(reader, "m");
    }
    question.add(" WHERE ");
    narrow(&mut question, platform, reader, filter)?;
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

fn from_row(row: &Row, reader: &Reader, sight: &Sight, late: &Reach) -> Result<Obligation> {
    let (place, organization) = (row.text("place")?, row.text("organization")?);
    let participant = sight.participants.covers(&place, &organization);
    let optional = |zh: &str, en: &str, origin: &str| -> Result<Bilingual> {
        Ok(Bilingual {
            zh: row.text_or_null(zh)?.unwrap_or_default(),
            en: row.text_or_null(en)?,
            en_origin: crate::bilingual::Origin::parse(&row.text_or_null(origin)?.unwrap_or_default()),
        })
    };
    let next = row
        .date_or_null("next_due")?
        .map(|due| -> Result<Next> {
            Ok(Next {
                name: Bilingual::from_row(row, "next_zh", "next_en", "next_origin")?,
                due,
                set_by: row.text("next_set_by")?,
            })
        })
        .transpose()?;
    let (strength, full_state) = (row.text("strength")?, row.text("state")?);
    let is_late = next.as_ref().is_some_and(|n| n.due < reader.as_of.date)
        && strength == "must"
        && !matches!(full_state.as_str(), "delivered" | "closed");
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
        late: late.covers(&place, &organization).then_some(is_late),
        block,
        evidence: u32::try_from(row.integer("evidence_public")?).unwrap_or_default(),
        delivered,
        changed_on: row.date_or_null(if participant {
            "changed_on"
        } else {
            "changed_publicly_on"
        })?,
        demo: row.truth("demo")?,
        place,
        organization,
    })
}

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
    let mut question = Question::new("SELECT e.* FROM evidence e WHERE ");
    question.with(
        "e.obligation = ? AND e.effective <= ? AND e.position <= ? AND e.to_position > ? AND ",
        [
            obligation.into(),
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
}

/// Milestones of an obligation, by day.
pub async fn milestones(platform: &Platform, reader: &Reader, obligation: &str) -> Result<Vec<MilestoneRow>> {
    let mut question = Question::new("SELECT m.* FROM milestone m WHERE ");
    question
        .as_of(reader, "m")
        .with(" AND m.obligation = ? ORDER BY m.due, m.id", [obligation.into()]);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            Ok(MilestoneRow {
                obligation: row.text("obligation")?,
                id: id.strip_prefix(&format!("{obligation}-")).unwrap_or(&id).to_owned(),
                name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
                due: row.date("due")?,
                set_by: row.text("set_by")?,
                reached: row.date_or_null("reached")?,
            })
        })
        .collect()
}

/// The obligations that are in these hands now: `column` is `holder_person` or `holder_desk`.
pub async fn holdings(platform: &Platform, column: &'static str, id: &str) -> Result<Vec<String>> {
    let (condition, values) = ledger::AsOf::day(platform.today()).condition("o", 2);
    let sql = format!("SELECT o.id AS id FROM obligation o WHERE o.{column} = $1 AND {condition} ORDER BY o.id");
    let mut bound: Vec<Value> = vec![id.into()];
    bound.extend(values);
    let rows = platform.ledger().fetch(sql, bound).await?;
    Ok(rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<std::result::Result<_, _>>()?)
}
