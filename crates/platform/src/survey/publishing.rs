//! Drawing a table up and publishing it: what is suppressed is decided on everything that was published before.

use super::{
    SECRECY,
    command::{kept, stream},
    event::{Cell, Published, SurveyEvent, Wanted},
    query,
    sealed::{self, Reported},
    state::Survey,
    tabulation::{Counted, Draft, Known, tabulate},
};
use crate::{
    context::Context,
    event::record,
    obligation::check::Words,
    refusal::{Error, Manner, Refusal, Result},
    rights::Action,
    running::Platform,
    writing::{begin, repeated},
};
use formula::Number;
use indicator::disclosure::Failure;
use ledger::Committed;
use std::collections::BTreeMap;

/// What was published.
#[derive(Debug, Clone)]
pub struct Done {
    /// Number of the table.
    pub table: u32,
    /// The commit.
    pub committed: Committed,
}

/// Draws a table up for one of the survey's own statisticians; records nothing.
///
/// # Errors
/// A [`Refusal`] `survey/…`.
pub async fn draft(platform: &Platform, context: &Context, id: &str, wanted: &Wanted) -> Result<Draft> {
    let survey = kept(platform, context, id, Action::ReadSurveyRows).await?;
    drawn_up(platform, id, &survey, wanted).await
}

/// A short text that is the same as long as a draft is: what was looked at is what is published.
pub fn mark(draft: &Draft) -> String {
    let cells: Vec<&Cell> = draft.cells.iter().map(|drafted| &drafted.cell).collect();
    let text = serde_json::to_string(&cells).unwrap_or_default();
    ledger::files::Digest::of(text.as_bytes()).to_string()
}

async fn drawn_up(platform: &Platform, id: &str, survey: &Survey, wanted: &Wanted) -> Result<Draft> {
    let wrong = |field: &'static str| Refusal::wrong("survey/table").fault(field, "fault-survey-table");
    let definition = survey
        .definitions
        .get(&wanted.definition)
        .ok_or_else(|| wrong("definition"))?;
    let measure = definition.measure(&wanted.measure).ok_or_else(|| wrong("measure"))?;
    let period = definition.frequency.period(&wanted.period);
    let asked = period.filter(|period| survey.asks(wanted.definition, period));
    if asked.as_ref() != Some(&wanted.period) {
        return Err(wrong("period").into());
    }
    for (field, code) in [("rows", &wanted.rows), ("columns", &wanted.columns)] {
        if code.as_deref().is_some_and(|code| definition.class(code).is_none()) {
            return Err(wrong(field).into());
        }
    }
    if wanted.rows.is_some() && wanted.rows == wanted.columns {
        return Err(wrong("columns").into());
    }
    let known = gather(platform, id, survey, wanted).await?;
    if known.current.is_empty() {
        return Err(Refusal::rule("survey/nothing_reported", "")
            .with("measure", measure.name.zh.clone())
            .with("period", wanted.period.clone())
            .into());
    }
    // Linear programs over exact fractions: off the threads that answer.
    let (definition, wanted) = (definition.clone(), wanted.clone());
    let drawn = tokio::task::spawn_blocking(move || tabulate(&definition, &wanted, &known)).await;
    let drawn = drawn.map_err(|e| crate::people::profile::failed("a table of a survey", &e))?;
    drawn.map_err(|failure| match failure {
        Failure::TooMuch { contributions, totals } => Refusal::rule("survey/too_large", "")
            .with("rows", contributions.to_string())
            .with("totals", totals.to_string())
            .into(),
        other => crate::people::profile::failed("a table of a survey", &other),
    })
}

/// Everything that a table must be judged with: rows of the period, and what was published of it before.
async fn gather(platform: &Platform, id: &str, survey: &Survey, wanted: &Wanted) -> Result<Known> {
    let key = query::key(platform, id).await?;
    let mut known = Known {
        units: query::units(platform, &key, id).await?,
        ..Known::default()
    };
    let said = |reported: &Reported| {
        reported
            .values
            .get(&wanted.measure)
            .and_then(|text| Number::parse(text))
    };
    let mut newest: BTreeMap<String, Counted> = BTreeMap::new();
    for row in query::rows_of_period(platform, &key, id, &wanted.period).await? {
        let Some(value) = said(&row.reported) else {
            // A row that no longer reports the measure takes back what an earlier one said.
            if row.definition == wanted.definition {
                newest.remove(&row.unit);
            }
            continue;
        };
        known.earlier.insert((row.unit.clone(), row.row), value.clone());
        if row.definition == wanted.definition {
            newest.insert(
                row.unit.clone(),
                Counted {
                    unit: row.unit,
                    row: row.row,
                    value,
                },
            );
        }
    }
    known.current = newest.into_values().collect();
    for (number, (table, _, _)) in &survey.tables {
        if (&table.wanted.measure, &table.wanted.period) == (&wanted.measure, &wanted.period) {
            known
                .public
                .extend(query::basis(platform, &key, id, *number).await?.totals);
        }
    }
    Ok(known)
}

/// Publishes a table. `seen` is the [`mark`] of the draft that was looked at.
///
/// # Errors
/// A [`Refusal`] `survey/…`: nothing is published that would identify a unit (统计法 2024 article 28), nor what differs
/// from what was looked at.
pub async fn publish(
    platform: &Platform,
    context: &Context,
    id: &str,
    wanted: &Wanted,
    note: &str,
    seen: Option<&str>,
) -> Result<Done> {
    kept(platform, context, id, Action::KeepSurvey).await?;
    if let Some(committed) = repeated(platform, context).await? {
        let table = committed.repeated.as_deref().and_then(|number| number.parse().ok());
        let table = table.unwrap_or_default();
        return Ok(Done { table, committed });
    }
    Words::new().note_or_none("note", note).done()?;
    let stream = stream(id)?;
    let key = query::key(platform, id).await?;
    let (committed, table) = platform
        .ledger()
        .commit_with(|| async {
            // Both rights: whoever publishes has looked at what is hidden.
            kept(platform, context, id, Action::KeepSurvey).await?;
            let survey = kept(platform, context, id, Action::ReadSurveyRows).await?;
            let draft = drawn_up(platform, id, &survey, wanted).await?;
            if seen.is_some_and(|seen| seen != mark(&draft)) {
                return Err(Refusal::rule("survey/changed_since", "").manner(Manner::Stale).into());
            }
            if !draft.shows() {
                return Err(Refusal::rule("survey/nothing_to_show", SECRECY).into());
            }
            let number = survey.tables.keys().next_back().map_or(1, |last| last + 1);
            let (change, basis) = sealed::basis_row(&key, id, number, &draft.basis)?;
            let event = record(&SurveyEvent::TablePublished(Box::new(Published {
                table: number,
                wanted: wanted.clone(),
                cells: draft.cells.into_iter().map(|drafted| drafted.cell).collect(),
                basis,
                note: note.trim().to_owned(),
                demo: false,
            })))?;
            let mut commit = begin(context, &number.to_string()).write(stream.clone(), survey.version, vec![event]);
            commit.state.push(change);
            Ok::<_, Error>((commit, number))
        })
        .await?;
    Ok(Done { table, committed })
}
