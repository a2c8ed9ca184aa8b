//! The open proposals of which the next step is the reader's: two questions, whatever their number.

use super::turn::{Open, Rights, Turn, turn};
use crate::{
    context::Reader,
    list::event::Approval,
    proposal::{
        query::{self as proposal, Shell},
        state::Stand,
    },
    question::Question,
    refusal::{Error, Result},
    rights::{Action, reach},
    running::Platform,
};
use calendar::DaysLeft;
use jiff::{Timestamp, civil::Date};
use ledger::Row;

/// A proposal that waits for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The proposal.
    pub shell: Shell,
    /// What is to be done.
    pub turn: Turn,
    /// Since when it waits.
    pub since: Date,
    /// The last day, where there is one, and the days until then.
    pub until: Option<(Date, DaysLeft)>,
}

/// So many open proposals are looked through at most.
const MOST: u32 = 200;

/// The open proposals that wait for the reader today: those with the earliest last day first, then the newest.
pub async fn awaited(platform: &Platform, reader: &Reader) -> Result<Vec<Awaited>> {
    let rights = rights(platform, reader);
    if rights.are_none() {
        return Ok(Vec::new());
    }
    let question = question(reader, &rights);
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let mut waiting: Vec<(String, Turn, Date, Option<Date>)> = Vec::new();
    for of_one in rows.chunk_by(|a, b| a.text("id").ok() == b.text("id").ok()) {
        let Some(first) = of_one.first() else { continue };
        let open = open(of_one, first)?;
        let Some(turn) = turn(&open, &rights, reader.today) else {
            continue;
        };
        let asked = of_one
            .iter()
            .map(|row| row.date_or_null("asked"))
            .collect::<Result<Vec<_>, _>>()?;
        let since = match turn {
            Turn::Answer { .. } => asked.into_iter().flatten().min(),
            Turn::Reword => since_version(first)?,
            _ => None,
        };
        let since = match since {
            Some(day) => day,
            None => first.date("since")?,
        };
        let until = open.until.filter(|_| matches!(turn, Turn::Answer { .. }));
        waiting.push((first.text("id")?, turn, since, until));
    }
    let ids: Vec<String> = waiting.iter().map(|(id, ..)| id.clone()).collect();
    let shells = proposal::several(platform, reader, &ids).await?;
    let mut found: Vec<Awaited> = waiting
        .into_iter()
        .filter_map(|(id, turn, since, until)| {
            let shell = shells.iter().find(|s| s.id == id && s.whole.is_some())?.clone();
            let until = until.map(|day| (day, platform.calendar().days_left(reader.today, day)));
            Some(Awaited {
                shell,
                turn,
                since,
                until,
            })
        })
        .collect();
    found.sort_by_key(|a| {
        let day = a.until.map(|(day, _)| day);
        (day.is_none(), day, std::cmp::Reverse(a.shell.number))
    });
    Ok(found)
}

fn rights(platform: &Platform, reader: &Reader) -> Rights {
    let reaches = |action| reach(platform.rights(), reader.actor.as_ref(), action);
    let proposes = !reaches(Action::OpenProposal).is_nothing();
    let grants = reader.actor.iter().filter(|_| proposes).flat_map(|a| &a.grants);
    Rights {
        opines: reaches(Action::GiveOpinion),
        asks: reaches(Action::AskOpinion).everything,
        approves: reaches(Action::RecordApproval).everything,
        puts: reaches(Action::PutIntoEffect).everything,
        proposes: grants
            .filter(|g| !platform.rights().scopes(Action::OpenProposal, g.role).is_empty())
            .map(|g| g.organization.clone())
            .collect(),
    }
}

/// Every open proposal, once for each of the reader's bodies that has still to answer, once where there is none.
fn question(reader: &Reader, rights: &Rights) -> Question {
    let mut question = Question::new(
        "SELECT p.id, p.state, p.organization, p.base_version, p.approvals, p.until, q.organization AS asked_body, q.asked, \
         (SELECT count(*) FROM proposal_opinion u WHERE u.proposal = p.id AND u.given IS NULL AND ",
    );
    question.as_of(reader, "u").add(") AS unanswered, ");
    // The first day of the state in which it stands, as worded now.
    question.with(
        "(SELECT min(z.valid_from) FROM proposal z WHERE z.id = p.id AND z.state = p.state AND z.revision = p.revision \
         AND z.from_position <= ? AND z.to_position > ?) AS since, ",
        [reader.as_of.known.into(), reader.as_of.known.into()],
    );
    question.add(
        "v.version AS newer, v.at AS newer_at FROM proposal p \
         LEFT JOIN list_version v ON v.list = p.list AND v.version = p.base_version + 1 \
         LEFT JOIN proposal_opinion q ON q.proposal = p.id AND q.given IS NULL AND ",
    );
    question.as_of(reader, "q");
    if !rights.opines.everything {
        question
            .add(" AND ")
            .is_in("q.organization", &rights.opines.organizations);
    }
    question.add(" WHERE ");
    question.as_of(reader, "p").add(&format!(
        " AND p.state NOT IN ('in_effect', 'withdrawn') ORDER BY p.number DESC, p.id, q.organization LIMIT {MOST}"
    ));
    question
}

fn open(of_one: &[Row], first: &Row) -> Result<Open> {
    let unreadable = |what: &str, reason: String| Error::Data {
        what: format!("proposal.{what}"),
        reason,
    };
    let state = first.text("state")?;
    let approvals: Vec<Approval> =
        serde_json::from_str(&first.text("approvals")?).map_err(|e| unreadable("approvals", e.to_string()))?;
    let asked: Vec<Option<String>> = of_one
        .iter()
        .map(|row| row.text_or_null("asked_body"))
        .collect::<Result<_, _>>()?;
    Ok(Open {
        state: Stand::parse(&state).ok_or_else(|| unreadable("state", state.clone()))?,
        by: first.text("organization")?,
        moved: first.integer_or_null("newer")?.is_some(),
        unanswered: first.integer("unanswered")?,
        until: first.date_or_null("until")?,
        approved: approvals.into_iter().map(|a| a.organization).collect(),
        asked: asked.into_iter().flatten().collect(),
    })
}

/// The day on which the newer version of the list was recorded.
fn since_version(row: &Row) -> Result<Option<Date>> {
    let at = row.integer_or_null("newer_at")?;
    Ok(at
        .and_then(|at| Timestamp::from_microsecond(at).ok())
        .map(ledger::clock::today))
}
