//! Questions of a desk: what is in my hands, what waits for somebody to take it.

use super::row::{Group, Why, group, why};
use crate::{
    context::{Actor, Reader, Sight},
    obligation::query::{DUE, Filter, Obligation, SubjectKind, obligations},
    question::{Question, Window},
    refusal::{Manner, Refusal, Result},
    rights::Action,
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

/// Which part of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    InHand,
    ToAssign,
    Guided,
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
    let (guided, guided_total) = if reader.sight(platform.rights()).participants.guided.is_empty() {
        (Vec::new(), None)
    } else {
        let (guided, total) = half(platform, reader, actor, Half::Guided).await?;
        (guided, Some(total))
    };
    Ok(Desk {
        in_hand,
        to_assign,
        to_assign_total,
        guided,
        guided_total,
    })
}

async fn half(platform: &Platform, reader: &Reader, actor: &Actor, half: Half) -> Result<(Vec<Row>, i64)> {
    let sight = reader.sight(platform.rights());
    let mut count = Question::new("SELECT count(*) AS n FROM obligation o WHERE ");
    narrow(&mut count, &sight, reader, half);
    let total = platform.ledger().count(count.text, count.values).await?;
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
        return Ok((Vec::new(), total));
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
                Half::InHand | Half::ToAssign => why(actor, &obligation),
            };
            Some(row(platform, reader, why?, obligation))
        })
        .collect();
    let place = |id: &String| order.iter().position(|o| o == id);
    rows.sort_by_key(|r| (r.group, r.due.as_ref().map(|d| d.0), place(&r.obligation.id)));
    Ok((rows, total))
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
        Half::Guided => {
            question.add(" AND o.state NOT IN ('closed', 'delivered') AND ");
            question.guided_by("o.subject", &sight.participants.guided, sight.today);
        }
    }
}
