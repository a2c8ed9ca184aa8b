//! All obligations that a filter names, for reports and workbooks: no page, no count, no end.

use super::{Filter, Obligation, from_row, selection};
use crate::{context::Reader, refusal::Result, running::Platform};

/// How many rows come at a time: few enough for the memory of their texts, many enough for few statements.
const AT_A_TIME: usize = 5_000;

/// Every obligation of a filter, by number of the task or sentence and by place. A statement for each few thousand rows,
/// each beginning where the last one ended, so that the work grows as the rows do.
pub async fn every(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<Vec<Obligation>> {
    let sight = reader.sight(platform.rights());
    let mut found: Vec<Obligation> = Vec::new();
    loop {
        let mut question = selection(platform, reader, filter)?;
        if let Some(last) = found.last() {
            question.with(" AND o.id > ?", [last.id.as_str().into()]);
        }
        question.add(&format!(" ORDER BY o.id LIMIT {AT_A_TIME}"));
        let rows = platform.ledger().fetch(question.text, question.values).await?;
        for row in &rows {
            found.push(from_row(row, reader, &sight)?);
        }
        if rows.len() < AT_A_TIME {
            break;
        }
    }
    found.sort_by(|a, b| (a.number, &a.id).cmp(&(b.number, &b.id)));
    Ok(found)
}
