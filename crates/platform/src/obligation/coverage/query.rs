//! How long nothing has been heard: the day of the last fact in each cell of measures × places.

use crate::{
    context::Reader,
    question::Question,
    refusal::Result,
    rights::{Action, reach},
    running::Platform,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Number of the measure and code of the place.
pub type Cell = (String, String);

/// The day of the last fact of each cell that the reader may judge, absent where nothing was ever reported. Lateness is
/// not public: readers without the right to it get nothing, those of a place its own cells.
pub async fn last_facts(platform: &Platform, reader: &Reader, list: &str) -> Result<BTreeMap<Cell, Option<Date>>> {
    let late = reach(platform.rights(), reader.actor.as_ref(), Action::ReadLateness);
    if late.is_nothing() {
        return Ok(BTreeMap::new());
    }
    let mut question = Question::new(
        "SELECT measure, place, MAX(changed_on) AS last_on FROM (SELECT m.measure, o.place, o.changed_on FROM obligation o \
         JOIN task_measure m ON m.task = o.subject AND ",
    );
    question.as_of(reader, "m").add(" WHERE ");
    question
        .as_of(reader, "o")
        .with(" AND o.subject_kind = 'task' AND o.list = ?", [list.into()]);
    question.add(
        " UNION ALL SELECT l.measure, o.place, o.changed_on FROM obligation o JOIN obligation_measure l ON l.obligation = o.id AND ",
    );
    question.as_of(reader, "l").add(" WHERE ");
    question.as_of(reader, "o").with(" AND o.list = ?", [list.into()]);
    question.add(
        " UNION ALL SELECT a.measure, o.place, o.changed_on FROM obligation o JOIN action a ON a.id = o.subject WHERE ",
    );
    question
        .as_of(reader, "o")
        .with(" AND o.subject_kind = 'action' AND o.list = ?", [list.into()]);
    question.add(") AS each_one WHERE place <> '' GROUP BY measure, place");
    let mut last = BTreeMap::new();
    for row in platform.ledger().fetch(question.text, question.values).await? {
        let place = row.text("place")?;
        if late.covers(&place, "") {
            last.insert((row.text("measure")?, place), row.date_or_null("last_on")?);
        }
    }
    Ok(last)
}
