//! What readers see of proposals: everybody the shell, the rest as far as the audience goes. The cut is made in SQL.

use super::{
    change::{ChangeKind, ListChange, apply},
    event::Position,
    state::Stand,
};
use crate::{
    bilingual::Bilingual,
    context::{Reader, Sight, placeholders},
    list::{
        difference::{Difference, between},
        edition,
        event::Approval,
    },
    question::Question,
    refusal::{Error, Refusal, Result},
    rights::visibility::{Audience, Fact, Visibility},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{AsOf, Row, Value, Version};
use std::collections::BTreeSet;

/// What everybody sees of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// Id.
    pub id: String,
    /// Number among the proposals of the list.
    pub number: u32,
    /// The list.
    pub list: String,
    /// The version that it changes.
    pub base_version: u32,
    /// Where it stands.
    pub state: Stand,
    /// Kinds of its changes.
    pub kinds: Vec<ChangeKind>,
    /// Day on which it was opened.
    pub opened: Date,
    /// The version that it became.
    pub effect: Option<u32>,
    /// Whether it is illustrative (演示).
    pub demo: bool,
    /// The rest, where this reader may see it.
    pub whole: Option<Whole>,
}

/// What its audience sees of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Whether everybody sees it.
    pub public: bool,
    /// Why.
    pub reason: Bilingual,
    /// What.
    pub changes: Vec<ListChange>,
    /// The body that proposes it.
    pub by: String,
    /// The place of that body.
    pub place: Option<String>,
    /// How often it was worded anew.
    pub revision: u32,
    /// Last day for opinions.
    pub until: Option<Date>,
    /// Approvals that are entered.
    pub approvals: Vec<Approval>,
    /// Why it was given up.
    pub withdrawn: Option<String>,
    /// Version of its stream.
    pub version: Version,
}

/// What came of asking one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionRow {
    /// The body.
    pub organization: String,
    /// When it was asked.
    pub asked: Date,
    /// Last day.
    pub until: Date,
    /// When it answered.
    pub given: Option<Date>,
    /// What it thinks; absent where it has not answered.
    pub position: Option<Position>,
    /// In words.
    pub text: String,
    /// Whether the time passed without an answer.
    pub silent: bool,
}

/// What a proposal would do to one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Code of the place.
    pub place: String,
    /// Obligations that begin.
    pub begun: usize,
    /// Obligations that end.
    pub ended: usize,
    /// Obligations that are worded anew or held on another ground.
    pub touched: usize,
    /// Bodies of the place that were asked.
    pub asked: Vec<String>,
}

/// The condition under which a reader sees a proposal whole: its audience, having been asked, or guiding a task that it
/// touches, from when on the table of visibility says.
fn seen(visibility: &Visibility, sight: &Sight, first: usize) -> (String, Vec<Value>) {
    let (mut condition, mut values) = sight.condition("p", first);
    let own = &sight.participants.organizations;
    if !own.is_empty() {
        let marks = placeholders(first + values.len(), own.len());
        condition = format!(
            "({condition} OR EXISTS (SELECT 1 FROM proposal_opinion q WHERE q.proposal = p.id AND q.organization IN ({marks})))"
        );
        values.extend(own.iter().map(Value::from));
    }
    for (fact, stage) in [
        (Fact::ProposalDraft, "p.until IS NULL"),
        (Fact::ProposalAsked, "p.until IS NOT NULL"),
    ] {
        if visibility.audience_of(fact) == Audience::Public {
            condition = format!("({condition} OR {stage})");
        } else if visibility.is_for_guiding(fact) && !sight.participants.guided.is_empty() {
            let (touched, more) = touches_what_is_guided(sight, first + values.len());
            condition = format!("({condition} OR ({stage} AND {touched}))");
            values.extend(more);
        }
    }
    (condition, values)
}

/// The condition that a proposal touches a task that one of the reader's bodies guides today. A widening touches every
/// task of 各试点示范省市.
fn touches_what_is_guided(sight: &Sight, first: usize) -> (String, Vec<Value>) {
    let guided = &sight.participants.guided;
    let marks = placeholders(first, guided.len());
    let (time, at) = AsOf::day(sight.today).condition("g", first + guided.len());
    let condition = format!(
        "EXISTS (SELECT 1 FROM task g WHERE g.guiding IN ({marks}) AND {time} AND g.list = p.list \
         AND (p.tasks LIKE '%\"' || g.id || '\"%' OR (p.widens = 1 AND g.claims LIKE '%\"all\"%')))"
    );
    (condition, guided.iter().map(Value::from).chain(at).collect())
}

async fn shells(platform: &Platform, reader: &Reader, column: &str, wanted: &[String]) -> Result<Vec<Shell>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let marks = placeholders(1, wanted.len());
    let (time, at) = reader.as_of.condition("p", wanted.len() + 1);
    let (seen, sight) = seen(
        platform.visibility(),
        &reader.sight(platform.rights()),
        wanted.len() + 3,
    );
    let cut = |name: &str, other: &str| format!("CASE WHEN {seen} THEN p.{name} ELSE {other} END AS {name}");
    let sql = format!(
        "SELECT p.id, p.list, p.number, p.base_version, p.state, p.kinds, p.opened, p.effect, p.demo, \
         CASE WHEN {seen} THEN 1 ELSE 0 END AS whole, {} FROM proposal p WHERE p.{column} IN ({marks}) AND {time} \
         ORDER BY p.number DESC",
        [
            cut("audience", "''"),
            cut("reason_zh", "''"),
            cut("reason_en", "NULL"),
            cut("reason_origin", "'none'"),
            cut("changes", "'[]'"),
            cut("organization", "''"),
            cut("place", "''"),
            cut("revision", "0"),
            cut("until", "NULL"),
            cut("approvals", "'[]'"),
            cut("withdrawn", "''"),
            cut("stream_version", "0"),
        ]
        .join(", ")
    );
    let mut values: Vec<Value> = wanted.iter().map(Value::from).collect();
    values.extend(at);
    values.extend(sight);
    platform.ledger().fetch(sql, values).await?.iter().map(shell).collect()
}

fn shell(row: &Row) -> Result<Shell> {
    let state = row.text("state")?;
    let whole = row.truth("whole")?.then(|| whole(row)).transpose()?;
    Ok(Shell {
        id: row.text("id")?,
        number: small(row.integer("number")?),
        list: row.text("list")?,
        base_version: small(row.integer("base_version")?),
        state: Stand::parse(&state).ok_or_else(|| unreadable("state", &state))?,
        kinds: parsed("kinds", &row.text("kinds")?)?,
        opened: row.date("opened")?,
        effect: row.integer_or_null("effect")?.map(small),
        demo: row.truth("demo")?,
        whole,
    })
}

fn whole(row: &Row) -> Result<Whole> {
    let nothing = |text: String| (!text.is_empty()).then_some(text);
    Ok(Whole {
        public: row.text("audience")? == "public",
        reason: Bilingual::from_row(row, "reason_zh", "reason_en", "reason_origin")?,
        changes: parsed("changes", &row.text("changes")?)?,
        by: row.text("organization")?,
        place: nothing(row.text("place")?),
        revision: small(row.integer("revision")?),
        until: row.date_or_null("until")?,
        approvals: parsed("approvals", &row.text("approvals")?)?,
        withdrawn: nothing(row.text("withdrawn")?),
        version: Version(row.integer("stream_version")?),
    })
}

fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn parsed<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| unreadable(what, &e.to_string()))
}

fn unreadable(what: &str, reason: &str) -> Error {
    Error::Data {
        what: format!("proposal.{what}"),
        reason: reason.to_owned(),
    }
}

/// The proposals of a list, newest first. One query.
pub async fn proposals(platform: &Platform, reader: &Reader, list: &str) -> Result<Vec<Shell>> {
    shells(platform, reader, "list", &[list.to_owned()]).await
}

/// Some proposals by their ids, newest first. One query.
pub async fn several(platform: &Platform, reader: &Reader, ids: &[String]) -> Result<Vec<Shell>> {
    shells(platform, reader, "id", ids).await
}

/// One proposal. One query.
pub async fn proposal(platform: &Platform, reader: &Reader, id: &str) -> Result<Shell> {
    shells(platform, reader, "id", &[id.to_owned()])
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::unseen().into())
}

/// What came of asking, as far as the reader may know. One query.
pub async fn opinions(platform: &Platform, reader: &Reader, id: &str) -> Result<Vec<OpinionRow>> {
    let sight = reader.sight(platform.rights());
    let (time, at) = reader.as_of.condition("o", 2);
    let (mut condition, sight_values) = sight.condition("o", 4);
    let mut values: Vec<Value> = vec![id.into()];
    values.extend(at);
    values.extend(sight_values);
    let own = &sight.participants.organizations;
    if !own.is_empty() {
        let marks = placeholders(values.len() + 1, own.len());
        condition = format!("({condition} OR o.proposer IN ({marks}))");
        values.extend(own.iter().map(Value::from));
    }
    let sql = format!(
        "SELECT o.organization, o.asked, o.until, o.given, o.position, o.words, o.silent FROM proposal_opinion o \
         WHERE o.proposal = $1 AND {time} AND {condition} ORDER BY o.organization"
    );
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter()
        .map(|row| {
            Ok(OpinionRow {
                organization: row.text("organization")?,
                asked: row.date("asked")?,
                until: row.date("until")?,
                given: row.date_or_null("given")?,
                position: Position::parse(&row.text("position")?),
                text: row.text("words")?,
                silent: row.truth("silent")?,
            })
        })
        .collect()
}

/// What the list would become, or became: the 调整说明. For whoever sees the proposal whole.
pub async fn preview(platform: &Platform, reader: &Reader, id: &str) -> Result<Difference> {
    let shell = proposal(platform, reader, id).await?;
    let Some(whole) = shell.whole else {
        return Err(Refusal::unseen().into());
    };
    let loaded = edition::load(platform, &shell.list).await?;
    let before = loaded.edition(shell.base_version)?;
    if let Some(version) = shell.effect {
        return Ok(between(&before, &loaded.edition(version)?));
    }
    let known = known_places(platform).await?;
    match apply(&before, &whole.changes, &known) {
        Ok(after) => {
            let mut difference = between(&before, &after);
            difference.to_in_force = None;
            Ok(difference)
        }
        Err(faults) => Err(Refusal::rule("list/changes_unfit", "")
            .with("count", faults.len().to_string())
            .into()),
    }
}

/// The places that a proposal affects, and which of their bodies were asked.
pub async fn affected(platform: &Platform, reader: &Reader, id: &str) -> Result<Vec<Affected>> {
    let difference = preview(platform, reader, id).await?;
    let (time, at) = reader.as_of.condition("o", 2);
    let (standing, known) = reader.as_of.condition("g", 4);
    let sql = format!(
        "SELECT g.place, o.organization FROM proposal_opinion o JOIN organization g ON g.id = o.organization AND {standing} \
         WHERE o.proposal = $1 AND {time} ORDER BY o.organization"
    );
    let mut values: Vec<Value> = vec![id.into()];
    values.extend(at);
    values.extend(known);
    let mut asked: Vec<(String, String)> = Vec::new();
    for row in platform.ledger().fetch(sql, values).await? {
        asked.push((row.text("place")?, row.text("organization")?));
    }
    let count = |held: &[crate::list::difference::Held], place: &str| held.iter().filter(|h| h.place == place).count();
    let obligations = &difference.obligations;
    Ok(difference
        .affected()
        .into_iter()
        .map(|place| Affected {
            begun: count(&obligations.begun, &place),
            ended: count(&obligations.ended, &place),
            touched: count(&obligations.touched, &place),
            asked: asked
                .iter()
                .filter(|(p, _)| *p == place)
                .map(|(_, body)| body.clone())
                .collect(),
            place,
        })
        .collect())
}

/// A ministry that guides tasks which a proposal touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guiding {
    /// The ministry, by id.
    pub organization: String,
    /// Numbers of these tasks.
    pub tasks: Vec<u32>,
    /// Whether it was asked for its opinion.
    pub asked: bool,
}

/// The ministries that guide the tasks which a proposal touches, with the numbers of these tasks. A widening touches every
/// task of 各试点示范省市. For whoever sees the proposal whole.
pub async fn guiding(platform: &Platform, reader: &Reader, id: &str) -> Result<Vec<Guiding>> {
    let shell = proposal(platform, reader, id).await?;
    let whole = shell.whole.ok_or_else(Refusal::unseen)?;
    let tasks: BTreeSet<String> = whole
        .changes
        .iter()
        .flat_map(ListChange::tasks)
        .map(str::to_owned)
        .collect();
    let mut question = Question::new("SELECT t.guiding, t.number FROM task t WHERE ");
    question
        .as_of(reader, "t")
        .with(" AND t.list = ? AND t.guiding <> '' AND (", [(&shell.list).into()])
        .is_in("t.id", &tasks);
    if shell.kinds.contains(&ChangeKind::Widen) {
        question.add(" OR t.claims LIKE '%\"all\"%'");
    }
    question.add(") ORDER BY t.guiding, t.number");
    let asked: BTreeSet<String> = asked_of(platform, reader, id).await?;
    let mut found: Vec<Guiding> = Vec::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        let (organization, number) = (row.text("guiding")?, small(row.integer("number")?));
        match found.last_mut().filter(|g| g.organization == organization) {
            Some(guiding) => guiding.tasks.push(number),
            None => found.push(Guiding {
                asked: asked.contains(&organization),
                organization,
                tasks: vec![number],
            }),
        }
    }
    Ok(found)
}

/// The bodies that were asked.
async fn asked_of(platform: &Platform, reader: &Reader, id: &str) -> Result<BTreeSet<String>> {
    let mut question = Question::new("SELECT o.organization FROM proposal_opinion o WHERE ");
    question.as_of(reader, "o").with(" AND o.proposal = ?", [id.into()]);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(|row| Ok(row.text("organization")?)).collect()
}

/// Codes of all places.
pub(crate) async fn known_places(platform: &Platform) -> Result<BTreeSet<String>> {
    let rows = platform
        .ledger()
        .fetch("SELECT DISTINCT id FROM place", Vec::new())
        .await?;
    rows.iter().map(|row| Ok(row.text("id")?)).collect()
}
