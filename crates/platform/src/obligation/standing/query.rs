//! How far each task has come, in one question whatever the number of tasks.

use super::super::query::{Filter, join_task, late_sql, narrow, own_state};
use crate::{
    context::Reader,
    question::Question,
    refusal::Result,
    rights::{Action, reach},
    running::Platform,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the obligations of one task say together, as far as the reader may see them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many stand where.
    pub states: BTreeMap<String, i64>,
    /// The furthest harmonised stage; empty where none is known.
    pub stage: String,
    /// The soonest day among those that are open, and who set it.
    pub next: Option<(Date, String)>,
    /// How many are late, of those of which the reader may know.
    pub late: i64,
}

/// How each task (or sentence) stands, by its id.
pub async fn standings(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<BTreeMap<String, Standing>> {
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    let sight = reader.sight(platform.rights());
    let mut question = Question::new(
        "SELECT counted, state_seen, COUNT(*) AS n, MAX(stage_seen) AS stage, MIN(next_key) AS next_key, SUM(is_late) AS late \
         FROM (SELECT o.subject AS counted, (",
    );
    own_state(&mut question, &sight, "o.state", "o.state_public");
    question.add(") AS state_seen, (");
    own_state(&mut question, &sight, "o.stage", "o.stage_public");
    question.add(
        ") AS stage_seen, CASE WHEN o.state_public IN ('delivered', 'closed') THEN NULL \
         WHEN o.next_due IS NULL OR t.time_limit < o.next_due THEN t.time_limit || ' ' || t.time_limit_by \
         ELSE o.next_due || ' ' || o.next_set_by END AS next_key, CASE WHEN ",
    );
    question.within_tasks(&late, "o", "subject", reader.today).add(" AND ");
    question.with(&late_sql(), [reader.as_of.date.into()]);
    question.add(" THEN 1 ELSE 0 END AS is_late FROM obligation o");
    join_task(&mut question, reader);
    question.add(" WHERE ");
    narrow(&mut question, platform, reader, filter)?;
    question.add(") AS each_one GROUP BY counted, state_seen");
    let mut found: BTreeMap<String, Standing> = BTreeMap::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        let one = found.entry(row.text("counted")?).or_default();
        *one.states.entry(row.text("state_seen")?).or_default() += row.integer("n")?;
        one.stage = std::mem::take(&mut one.stage).max(row.text_or_null("stage")?.unwrap_or_default());
        one.late += row.integer_or_null("late")?.unwrap_or_default();
        let next = row.text_or_null("next_key")?.and_then(|key| {
            let (day, by) = key.split_once(' ')?;
            Some((day.parse::<Date>().ok()?, by.to_owned()))
        });
        one.next = match (one.next.take(), next) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    Ok(found)
}
