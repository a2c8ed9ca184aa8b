//! Questions of a desk: what is in my hands, what waits for somebody to take it.

use super::row::{Group, Why, group, why};
use crate::{
    context::{Actor, Reader, Sight},
    obligation::query::{Filter, Obligation, SubjectKind, obligations},
    question::{Question, Window},
    refusal::{Manner, Refusal, Result},
    rights::{Action, Reach, reach},
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
    /// The last day: of the next milestone, or of the task, whichever comes first; and who set it.
    pub due: Option<(Date, String)>,
    /// Days left until then; absent where there is no day, or it has passed and the reader may not know who is late.
    pub left: Option<DaysLeft>,
}

/// A desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// What is in the reader's hands, the most urgent first.
    pub in_hand: Vec<Row>,
    /// What is of the reader's place or body, at no desk yet: the most urgent first, at most [`MOST`].
    pub to_assign: Vec<Row>,
    /// How many there are to assign in all.
    pub to_assign_total: i64,
}

impl Desk {
    /// The rows in hand by group, in the order of the page; empty groups left out.
    pub fn groups(&self) -> BTreeMap<Group, Vec<&Row>> {
        let mut groups: BTreeMap<Group, Vec<&Row>> = BTreeMap::new();
        for row in &self.in_hand {
            groups.entry(row.group).or_default().push(row);
        }
        groups
    }
}

/// So many rows at most in each half of a desk.
pub const MOST: u32 = 200;

/// Which half of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    InHand,
    ToAssign,
}

/// The reader's desk today.
///
/// # Errors
/// `rights/sign_in` where nobody is signed in.
pub async fn desk(platform: &Platform, reader: &Reader) -> Result<Desk> {
    let Some(actor) = &reader.actor else {
        return Err(Refusal::rule("rights/sign_in", "")
            .with("right", Action::ManageOwn.id())
            .manner(Manner::Anonymous)
            .into());
    };
    let (in_hand, _) = half(platform, reader, actor, Half::InHand).await?;
    let (to_assign, to_assign_total) = half(platform, reader, actor, Half::ToAssign).await?;
    Ok(Desk {
        in_hand,
        to_assign,
        to_assign_total,
    })
}

async fn half(platform: &Platform, reader: &Reader, actor: &Actor, half: Half) -> Result<(Vec<Row>, i64)> {
    let sight = reader.sight(platform.rights());
    let mut count = Question::new("SELECT count(*) AS n FROM obligation o WHERE ");
    narrow(&mut count, &sight, reader, half);
    let total = platform.ledger().count(count.text, count.values).await?;
    let mut question = Question::new(
        "SELECT o.id AS id, t.time_limit AS time_limit, t.time_limit_by AS time_limit_by FROM obligation o \
         LEFT JOIN task t ON t.id = o.subject AND ",
    );
    question.as_of(reader, "t").add(" WHERE ");
    narrow(&mut question, &sight, reader, half);
    question.add(&format!(
        " ORDER BY COALESCE(o.next_due, t.time_limit, '9999'), o.firm DESC, t.number, o.id LIMIT {MOST}"
    ));
    let mut limits: BTreeMap<String, Option<(Date, String)>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        let id = row.text("id")?;
        let limit = match row.date_or_null("time_limit")? {
            Some(due) => Some((due, row.text_or_null("time_limit_by")?.unwrap_or_default())),
            None => None,
        };
        order.push(id.clone());
        limits.insert(id, limit);
    }
    if order.is_empty() {
        return Ok((Vec::new(), total));
    }
    let filter = Filter {
        ids: Some(order.clone()),
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    let page = obligations(platform, reader, &filter, &Window::of(MOST)).await?;
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    let mut rows: Vec<Row> = page
        .items
        .into_iter()
        .filter_map(|obligation| {
            let limit = limits.get(&obligation.id).cloned().flatten();
            row(platform, reader, actor, &late, obligation, limit)
        })
        .collect();
    let place = |id: &String| order.iter().position(|o| o == id);
    rows.sort_by_key(|r| (r.group, r.due.as_ref().map(|d| d.0), place(&r.obligation.id)));
    Ok((rows, total))
}

fn row(
    platform: &Platform,
    reader: &Reader,
    actor: &Actor,
    late: &Reach,
    obligation: Obligation,
    limit: Option<(Date, String)>,
) -> Option<Row> {
    let why = why(actor, &obligation)?;
    let next = obligation.next.as_ref().map(|n| (n.due, n.set_by.clone()));
    let done = matches!(obligation.state.as_str(), "delivered" | "closed");
    let due = [next, limit]
        .into_iter()
        .flatten()
        .min_by_key(|(day, _)| *day)
        .filter(|_| !done);
    let may_know = late.covers(&obligation.place, &obligation.organization);
    let binds = obligation.strength == "must";
    let day = due.as_ref().map(|(day, _)| *day);
    let passed = day.is_some_and(|day| day < reader.today);
    Some(Row {
        why,
        group: group(reader.today, day, may_know && binds),
        left: day
            .filter(|_| !passed || (may_know && binds))
            .map(|day| platform.calendar().days_left(reader.today, day)),
        due,
        obligation,
    })
}

fn narrow(question: &mut Question, sight: &Sight, reader: &Reader, half: Half) {
    question.as_of(reader, "o");
    match half {
        Half::InHand => {
            let grants = reader.actor.iter().flat_map(|a| &a.grants);
            let desks: Vec<String> = grants
                .filter(|g| sight.desk.covers("", &g.organization))
                .filter_map(|g| g.desk.clone())
                .collect();
            let me = reader.actor.as_ref().map_or("", |a| &a.person.0);
            question.with(" AND o.state <> 'closed' AND (o.holder_person = ? OR ", [me.into()]);
            question.is_in("o.holder_desk", &desks).add(")");
        }
        Half::ToAssign => {
            question.add(" AND o.state NOT IN ('closed', 'delivered') AND o.holder_desk = '' AND (");
            question.is_in("o.place", &sight.participants.places).add(" OR ");
            question
                .is_in("o.organization", &sight.participants.organizations)
                .add(")");
        }
    }
}
