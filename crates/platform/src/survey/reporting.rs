//! What a unit reports: taken from the unit alone, within the validity of the form, and sealed.

use super::{
    access,
    command::{load, new_id, returns_stream},
    decide,
    definition::Definition,
    event::ReturnEvent,
    query::{self, Row},
    sealed::{self, Belongs, Reported},
    state::{Returns, Survey},
};
use crate::{
    context::{Actor, Context},
    event::record,
    refusal::{Error, Fault, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    writing::{begin, repeated},
};
use formula::Number;
use ledger::{Committed, Version};
use std::collections::BTreeMap;

/// Longest number that is taken, in characters.
const LONGEST: usize = 30;
/// Most rows that a unit may send for one survey.
const MOST: u32 = 1_000;

/// A row as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The period.
    pub period: String,
    /// Number of the definition; the newest that asks for the period where nothing is said.
    pub definition: Option<u32>,
    /// What is reported, by the codes of measures; an empty text is nothing.
    pub values: BTreeMap<String, String>,
    /// What the unit says to it.
    pub note: String,
}

/// The unit for which an actor reports to a survey; unseen where there is none.
pub async fn own_unit(platform: &Platform, actor: Option<&Actor>, survey: &str) -> Result<String> {
    for organization in access::reports_for(platform.rights(), actor) {
        let units = query::units_of_body(platform, &organization).await?;
        if let Some((_, unit)) = units.into_iter().find(|(of, _)| of == survey) {
            return Ok(unit);
        }
    }
    Err(Refusal::unseen().into())
}

/// What a unit itself has reported, newest first, with what it is.
pub async fn own_rows(platform: &Platform, actor: Option<&Actor>, survey: &str) -> Result<(sealed::Unit, Vec<Row>)> {
    let unit = own_unit(platform, actor, survey).await?;
    let key = query::key(platform, survey).await?;
    let known = query::unit(platform, &key, survey, &unit).await?;
    let mut rows = query::rows_of_unit(platform, &key, survey, &unit).await?;
    rows.reverse();
    Ok((known, rows))
}

/// Takes a row from the unit for which the actor reports.
///
/// # Errors
/// A [`Refusal`] `survey/…`: outside the validity of the form nothing is taken (统计法 2024 article 17). Nothing is
/// recorded then.
pub async fn report(platform: &Platform, context: &Context, id: &str, typed: &Typed) -> Result<Committed> {
    let survey = load(platform, id).await?;
    if context.actor.is_none() {
        rights::check(platform.rights(), context, Action::ReportToSurvey, &Object::default())?;
    }
    let unit = own_unit(platform, context.actor.as_ref(), id).await?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    decide::takes_rows(&survey, context.today)?;
    let (definition, period, reported) = read(&survey, typed)?;
    let key = query::key(platform, id).await?;
    let stream = returns_stream(id, &unit)?;
    let survey_stream = super::command::stream(id)?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let survey = load(platform, id).await?;
            decide::takes_rows(&survey, context.today)?;
            let returns = Returns::fold(&platform.ledger().stream(&stream).await?);
            if returns.version == Version::NONE || returns.rows >= MOST {
                return Err(Refusal::rule("survey/too_many", "")
                    .with("most", MOST.to_string())
                    .into());
            }
            let belongs = Belongs {
                survey: id,
                unit: &unit,
                row: returns.rows + 1,
                period: &period,
                definition,
                at: context.now.as_microsecond(),
            };
            let (change, digest) = sealed::reported_row(&key, &belongs, &reported)?;
            let event = record(&ReturnEvent::RowTaken {
                row: belongs.row,
                period: period.clone(),
                definition,
                digest,
            })?;
            // What is answered to a repetition says nothing of the unit.
            let mut commit = begin(context, &new_id("r")?).write(stream.clone(), returns.version, vec![event]);
            commit.reads.push((survey_stream.clone(), survey.version));
            commit.state.push(change);
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

/// The definition under which a period is reported, where nothing is said: the newest that asks for it.
pub fn asked(survey: &Survey, period: &str) -> Option<u32> {
    let numbers = survey.definitions.keys().rev();
    numbers.copied().find(|number| survey.asks(*number, period))
}

fn read(survey: &Survey, typed: &Typed) -> Result<(u32, String, Reported)> {
    let (_, newest) = survey
        .definition()
        .ok_or_else(|| Refusal::rule("survey/no_definition", ""))?;
    let unasked = || Refusal::wrong("survey/period").fault("period", "fault-survey-period");
    let period = newest.frequency.period(&typed.period).ok_or_else(unasked)?;
    let number = match typed.definition {
        Some(number) => Some(number).filter(|number| survey.asks(*number, &period)),
        None => asked(survey, &period),
    };
    let number = number.ok_or_else(unasked)?;
    let definition = survey.definitions.get(&number).ok_or_else(unasked)?;
    Ok((number, period, values(definition, typed)?))
}

/// What is reported, every fault told by its measure.
fn values(definition: &Definition, typed: &Typed) -> Result<Reported> {
    let mut faults = Vec::new();
    let mut values = BTreeMap::new();
    let mut add = |fault: &'static str, measure: &str| {
        faults.push(Fault {
            field: "values",
            fault,
            with: vec![("measure", measure.chars().take(60).collect())],
        });
    };
    for code in typed.values.keys().filter(|code| definition.measure(code).is_none()) {
        add("fault-survey-unknown-measure", code);
    }
    for measure in &definition.measures {
        let text = typed.values.get(&measure.code).map_or("", |text| text.trim());
        if text.is_empty() {
            continue;
        }
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        let number = (plain.len() <= LONGEST && !plain.contains(['e', 'E']))
            .then(|| Number::parse(&plain))
            .flatten();
        match number {
            None => add("fault-survey-no-number", &measure.name.zh),
            Some(number) if number.is_negative() && !measure.may_be_negative => {
                add("fault-survey-negative", &measure.name.zh);
            }
            Some(_) => {
                values.insert(measure.code.clone(), plain);
            }
        }
    }
    if typed.note.chars().count() > crate::obligation::check::LONGEST_NOTE {
        faults.push(Fault {
            field: "note",
            fault: "fault-too-long",
            with: Vec::new(),
        });
    }
    if values.is_empty() && faults.is_empty() {
        faults.push(Fault {
            field: "values",
            fault: "fault-survey-nothing",
            with: Vec::new(),
        });
    }
    if !faults.is_empty() {
        let mut refusal = Refusal::wrong("survey/values");
        refusal.faults = faults;
        return Err(refusal.into());
    }
    Ok(Reported {
        values,
        note: typed.note.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::survey::definition;

    fn survey() -> Survey {
        let typed = definition::Typed {
            frequency: "year".to_owned(),
            from: "2025".to_owned(),
            measures: "revenue | 营业收入 | 万元\nprofit | 利润 | 万元 | | 可负".to_owned(),
            ..definition::Typed::default()
        };
        Survey {
            definitions: BTreeMap::from([(1, typed.read().unwrap())]),
            ..Survey::default()
        }
    }

    fn typed(period: &str, values: &[(&str, &str)]) -> Typed {
        Typed {
            period: period.to_owned(),
            values: values
                .iter()
                .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()))
                .collect(),
            ..Typed::default()
        }
    }

    fn faults(result: Result<(u32, String, Reported)>) -> Vec<&'static str> {
        match result {
            Err(Error::Refused(refusal)) => refusal.faults.iter().map(|fault| fault.fault).collect(),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_taken_as_they_were_written_without_their_commas() {
        let (number, period, reported) = read(
            &survey(),
            &typed("2025", &[("revenue", " 1,234.50 "), ("profit", "-3")]),
        )
        .unwrap();
        assert_eq!((number, period.as_str()), (1, "2025"));
        assert_eq!(reported.values["revenue"], "1234.50");
        assert_eq!(reported.values["profit"], "-3");
    }

    #[test]
    fn what_is_no_number_or_not_asked_is_told_by_its_measure() {
        let wrong = typed("2025", &[("revenue", "-1"), ("profit", "约三"), ("other", "1")]);
        assert_eq!(
            faults(read(&survey(), &wrong)),
            [
                "fault-survey-unknown-measure",
                "fault-survey-negative",
                "fault-survey-no-number"
            ]
        );
        assert_eq!(faults(read(&survey(), &typed("2025", &[]))), ["fault-survey-nothing"]);
        assert_eq!(
            faults(read(&survey(), &typed("2024", &[("revenue", "1")]))),
            ["fault-survey-period"]
        );
    }
}
