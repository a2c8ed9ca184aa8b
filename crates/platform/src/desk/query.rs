//! Questions of a desk: what is in my hands, what waits for somebody to take it, what I take part in.

use super::{
    awaiting::{Awaited, awaited},
    row::{Group, Why, group, takes_part, why},
};
use crate::{
    context::{Actor, Reader, Sight},
    obligation::query::{DUE, Filter, Obligation, SubjectKind, obligations},
    proposal::query::{self as proposal, Shell},
    question::{Question, Window},
    refusal::{Manner, Refusal, Result},
    rights::{Action, reach},
    running::Platform,
};
use calendar::DaysLeft;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A row of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The obligation, as far as the reader may see it; in whose hands and since when stands in it.
    pub obligation: Obligation,
    /// Why it is here.
    pub why: Why,
    /// How soon it is due.
    pub group: Group,
    /// The last day, and who set it; absent where there is none, or it is done.
    pub due: Option<(Date, String)>,
    /// Days left until then; absent where there is no day, or it has passed and the reader may not know who is late.
    pub left: Option<DaysLeft>,
}

/// A desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Changes of the list of which the next step is the reader's.
    pub awaited: Vec<Awaited>,
    /// What is in the reader's hands, the most urgent first.
    pub in_hand: Vec<Row>,
    /// What is of the reader's place or body, at no desk yet: the most urgent first, at most [`MOST`].
    pub to_assign: Vec<Row>,
    /// How many there are to assign in all.
    pub to_assign_total: i64,
    /// What is open of the tasks that the reader's ministry guides: the most urgent first, at most [`MOST`].
    pub guided: Vec<Row>,
    /// How many there are of these in all; absent where the reader guides nothing.
    pub guided_total: Option<i64>,
    /// How many obligations and changes there are in which the reader takes part and which others hold; absent where the
    /// reader reads nothing that participants read.
    pub copied_total: Option<i64>,
}

/// A change of the list in which the reader's body takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The proposal, as far as the reader may see it.
    pub shell: Shell,
    /// Where the reader's body was asked for its opinion: the last day, and when it answered.
    pub asked: Option<(Date, Option<Date>)>,
}

/// What the reader takes part in and others hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// Open obligations, the most urgent first, at most [`MOST`].
    pub obligations: Vec<Row>,
    /// How many there are in all.
    pub obligations_total: i64,
    /// Open changes of the list, the newest first, at most [`MOST`].
    pub changes: Vec<Change>,
    /// How many there are in all.
    pub changes_total: i64,
}

/// Rows by group, in the order of the page; empty groups left out.
pub fn groups(rows: &[Row]) -> BTreeMap<Group, Vec<&Row>> {
    let mut groups: BTreeMap<Group, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.group).or_default().push(row);
    }
    groups
}

/// So many rows at most in each part of a desk.
pub const MOST: u32 = 200;

/// Which obligations of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    InHand,
    ToAssign,
    Guided,
    Copied,
}

/// The reader's desk today.
///
/// # Errors
/// `rights/sign_in` where nobody is signed in.
pub async fn desk(platform: &Platform, reader: &Reader) -> Result<Desk> {
    signed_in(reader)?;
    let sight = reader.sight(platform.rights());
    let in_hand = half(platform, reader, Half::InHand).await?;
    let to_assign = half(platform, reader, Half::ToAssign).await?;
    let to_assign_total = total(platform, reader, Half::ToAssign).await?;
    let (guided, guided_total) = if sight.participants.guided.is_empty() {
        (Vec::new(), None)
    } else {
        let guided = half(platform, reader, Half::Guided).await?;
        (guided, Some(total(platform, reader, Half::Guided).await?))
    };
    let copied_total = if sight.participants.is_nothing() {
        None
    } else {
        let obligations = total(platform, reader, Half::Copied).await?;
        Some(obligations + changes_total(platform, reader).await?)
    };
    Ok(Desk {
        awaited: awaited(platform, reader).await?,
        in_hand,
        to_assign,
        to_assign_total,
        guided,
        guided_total,
        copied_total,
    })
}

/// What the reader takes part in and others hold, today: at most six queries.
///
/// # Errors
/// `rights/sign_in` where nobody is signed in.
pub async fn copied(platform: &Platform, reader: &Reader) -> Result<Copied> {
    signed_in(reader)?;
    Ok(Copied {
        obligations: half(platform, reader, Half::Copied).await?,
        obligations_total: total(platform, reader, Half::Copied).await?,
        changes: changes(platform, reader).await?,
        changes_total: changes_total(platform, reader).await?,
    })
}

fn signed_in(reader: &Reader) -> Result<&Actor> {
    reader.actor.as_ref().ok_or_else(|| {
        Refusal::rule("rights/sign_in", "")
            .with("right", Action::ManageOwn.id())
            .manner(Manner::Anonymous)
            .into()
    })
}

/// How many obligations there are in one part of a desk.
async fn total(platform: &Platform, reader: &Reader, half: Half) -> Result<i64> {
    let mut count = Question::new("SELECT count(*) AS n FROM obligation o WHERE ");
    narrow(&mut count, &reader.sight(platform.rights()), reader, half);
    Ok(platform.ledger().count(count.text, count.values).await?)
}

async fn half(platform: &Platform, reader: &Reader, half: Half) -> Result<Vec<Row>> {
    let actor = signed_in(reader)?;
    let sight = reader.sight(platform.rights());
    let mut question = Question::new("SELECT o.id AS id FROM obligation o LEFT JOIN task t ON t.id = o.subject AND ");
    question.as_of(reader, "t").add(" WHERE ");
    narrow(&mut question, &sight, reader, half);
    question.add(&format!(
        " ORDER BY COALESCE({DUE}, '9999'), o.firm DESC, t.number, o.id LIMIT {MOST}"
    ));
    let mut order: Vec<String> = Vec::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        order.push(row.text("id")?);
    }
    if order.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter {
        ids: Some(order.clone()),
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    let page = obligations(platform, reader, &filter, &Window::of(MOST)).await?;
    let mut rows: Vec<Row> = page
        .items
        .into_iter()
        .filter_map(|obligation| {
            let why = match half {
                Half::Guided => Some(Why::Guided),
                Half::Copied => Some(takes_part(&sight, &obligation)),
                Half::InHand | Half::ToAssign => why(actor, &obligation),
            };
            Some(row(platform, reader, why?, obligation))
        })
        .collect();
    let place = |id: &String| order.iter().position(|o| o == id);
    rows.sort_by_key(|r| (r.group, r.due.as_ref().map(|d| d.0), place(&r.obligation.id)));
    Ok(rows)
}

fn row(platform: &Platform, reader: &Reader, why: Why, obligation: Obligation) -> Row {
    let done = matches!(obligation.state.as_str(), "delivered" | "closed");
    let next = obligation.next.as_ref().filter(|_| !done);
    let due = next.map(|n| (n.due, n.set_by.clone()));
    let late = obligation.late == Some(true);
    let day = due.as_ref().map(|(day, _)| *day);
    let passed = day.is_some_and(|day| day < reader.today);
    Row {
        why,
        group: group(reader.today, day, late),
        left: day
            .filter(|_| !passed || late)
            .map(|day| platform.calendar().days_left(reader.today, day)),
        due,
        obligation,
    }
}

fn narrow(question: &mut Question, sight: &Sight, reader: &Reader, half: Half) {
    question.as_of(reader, "o");
    match half {
        Half::InHand => {
            question.add(" AND o.state <> 'closed' AND ");
            in_hands(question, sight, reader);
        }
        Half::ToAssign => {
            question.add(" AND o.state NOT IN ('closed', 'delivered') AND o.holder_desk = '' AND ");
            own(question, sight);
        }
        Half::Guided => {
            question.add(" AND o.state NOT IN ('closed', 'delivered') AND ");
            question.guided_by("o.subject", &sight.participants.guided, sight.today);
        }
        Half::Copied => {
            question.add(" AND o.state NOT IN ('closed', 'delivered') AND NOT ");
            in_hands(question, sight, reader);
            question.add(" AND NOT (o.holder_desk = '' AND ");
            own(question, sight);
            question.add(") AND (");
            own(question, sight);
            question
                .add(" OR ")
                .is_in("o.holder_organization", &sight.participants.organizations)
                .add(" OR ")
                .guided_by("o.subject", &sight.participants.guided, sight.today)
                .add(")");
        }
    }
}

/// With the reader in person, or at a desk of the reader.
fn in_hands(question: &mut Question, sight: &Sight, reader: &Reader) {
    let grants = reader.actor.iter().flat_map(|a| &a.grants);
    let desks: Vec<String> = grants
        .filter(|g| sight.desk.covers("", &g.organization))
        .filter_map(|g| g.desk.clone())
        .collect();
    let me = reader.actor.as_ref().map_or("", |a| &a.person.0);
    question.with("(o.holder_person = ? OR ", [me.into()]);
    question.is_in("o.holder_desk", &desks).add(")");
}

/// Of the reader's place or body.
fn own(question: &mut Question, sight: &Sight) {
    question.add("(");
    question
        .is_in("o.place", &sight.participants.places)
        .add(" OR ")
        .is_in("o.organization", &sight.participants.organizations)
        .add(")");
}

/// Open changes of the list that others propose, of which the reader's body was asked or that come from its place.
async fn changes(platform: &Platform, reader: &Reader) -> Result<Vec<Change>> {
    let mut question = Question::new("SELECT p.id AS id, q.until AS until, q.given AS given");
    taking_part(&mut question, platform, reader);
    question.add(&format!(" ORDER BY p.number DESC, p.id, q.until LIMIT {MOST}"));
    let mut asked: BTreeMap<String, Option<(Date, Option<Date>)>> = BTreeMap::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        let answered = row.date_or_null("given")?;
        let until = row.date_or_null("until")?;
        asked.insert(row.text("id")?, until.map(|until| (until, answered)));
    }
    let ids: Vec<String> = asked.keys().cloned().collect();
    let shells = proposal::several(platform, reader, &ids).await?;
    let change = |shell: Shell| Change {
        asked: asked.get(&shell.id).copied().flatten(),
        shell,
    };
    Ok(shells.into_iter().map(change).collect())
}

async fn changes_total(platform: &Platform, reader: &Reader) -> Result<i64> {
    let mut question = Question::new("SELECT count(DISTINCT p.id) AS n");
    taking_part(&mut question, platform, reader);
    Ok(platform.ledger().count(question.text, question.values).await?)
}

fn taking_part(question: &mut Question, platform: &Platform, reader: &Reader) {
    let own = reader.sight(platform.rights()).participants;
    question.add(" FROM proposal p LEFT JOIN proposal_opinion q ON q.proposal = p.id AND ");
    question.as_of(reader, "q").add(" AND ");
    question.is_in("q.organization", &own.organizations).add(" WHERE ");
    question
        .as_of(reader, "p")
        .add(" AND p.state NOT IN ('in_effect', 'withdrawn') AND NOT ");
    question.add("(");
    question.is_in("p.organization", &own.organizations);
    // What the reader's body has still to answer lies in hand.
    let opines = reach(platform.rights(), reader.actor.as_ref(), Action::GiveOpinion);
    question.add(") AND NOT (p.state = 'opinions' AND q.id IS NOT NULL AND q.given IS NULL AND ");
    question.with("q.until >= ? AND ", [reader.today.into()]);
    question.is_in("q.organization", &opines.organizations);
    question.add(") AND (q.id IS NOT NULL OR ");
    question.is_in("p.place", &own.places).add(")");
}
