//! All obligations that a filter names, for reports and workbooks: no page, no count, no end.

use super::{Filter, Obligation, from_row, narrow, selection, with_task};
use crate::{context::Reader, question::Question, refusal::Result, running::Platform};
use jiff::civil::Date;
use ledger::{AsOf, Value};
use std::{cmp::Ordering, collections::HashMap};

/// How many rows come at a time: few enough for the memory of their texts, many enough for few statements.
const AT_A_TIME: usize = 5_000;

/// Every obligation of a filter, by number of the task or sentence and by place. A statement for each few thousand rows,
/// each beginning where the last one ended, so that the work grows as the rows do.
pub async fn every(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<Vec<Obligation>> {
    let mut found = all(platform, reader, filter, |_| ()).await?;
    found.sort_by(by_number);
    Ok(found)
}

/// The same as of an earlier day, told from how everything stands at the reader's: only what changed since is read
/// whole. Of what did not, nothing that a row says of itself is otherwise.
pub async fn every_before(
    platform: &Platform,
    reader: &Reader,
    filter: &Filter,
    standing: &[Obligation],
    day: Date,
) -> Result<Vec<Obligation>> {
    let then = Reader {
        as_of: AsOf {
            date: day,
            known: reader.as_of.known,
        },
        ..reader.clone()
    };
    let until = Value::from(reader.as_of.date);
    let changed = all(platform, &then, filter, |question| {
        let ended = " AND (o.valid_to <= ? OR (t.id IS NOT NULL AND t.valid_to <= ?))";
        question.with(ended, [until.clone(), until.clone()]);
    })
    .await?;
    let mut question = Question::new("SELECT o.id FROM obligation o");
    with_task(&mut question, &then, filter);
    question.add(" WHERE ");
    narrow(&mut question, platform, &then, filter)?;
    let ids = platform.ledger().fetch(question.text, question.values).await?;
    let changed: HashMap<&str, &Obligation> = changed.iter().map(|o| (o.id.as_str(), o)).collect();
    let standing: HashMap<&str, &Obligation> = standing.iter().map(|o| (o.id.as_str(), o)).collect();
    let mut before = Vec::with_capacity(ids.len());
    for row in &ids {
        let id = row.text("id")?;
        if let Some(then) = changed.get(id.as_str()).or_else(|| standing.get(id.as_str())) {
            before.push(Obligation::clone(then));
        }
    }
    before.sort_by(by_number);
    Ok(before)
}

fn by_number(a: &Obligation, b: &Obligation) -> Ordering {
    (a.number, &a.id).cmp(&(b.number, &b.id))
}

/// All rows that a filter and a further condition name, by id.
async fn all(
    platform: &Platform,
    reader: &Reader,
    filter: &Filter,
    further: impl Fn(&mut Question),
) -> Result<Vec<Obligation>> {
    let sight = reader.sight(platform.rights());
    let mut found: Vec<Obligation> = Vec::new();
    loop {
        let mut question = selection(platform, reader, filter)?;
        further(&mut question);
        if let Some(last) = found.last() {
            question.with(" AND o.id > ?", [last.id.as_str().into()]);
        }
        question.add(&format!(" ORDER BY o.id LIMIT {AT_A_TIME}"));
        let rows = platform.ledger().fetch(question.text, question.values).await?;
        for row in &rows {
            found.push(from_row(row, reader, &sight)?);
        }
        if rows.len() < AT_A_TIME {
            return Ok(found);
        }
    }
}
