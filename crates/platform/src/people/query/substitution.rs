//! Who stands in for whom (代办), from when to when.

use crate::{context::PersonId, refusal::Result, running::Platform};
use jiff::civil::Date;
use ledger::Value;

/// One person stands in for another between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitution {
    /// Who is away.
    pub person: PersonId,
    /// Who stands in.
    pub substitute: PersonId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// In which a person takes part on either side, on a day or after it, earliest first.
pub async fn substitutions_of(platform: &Platform, person: &PersonId, day: Date) -> Result<Vec<Substitution>> {
    let sql = "SELECT person, substitute, from_day, until_day FROM substitution \
               WHERE (person = $1 OR substitute = $2) AND until_day >= $3 ORDER BY from_day, until_day, person, substitute";
    let values = vec![Value::from(&person.0), Value::from(&person.0), day.into()];
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Substitution {
                person: PersonId(row.text("person")?),
                substitute: PersonId(row.text("substitute")?),
                from: row.date("from_day")?,
                until: row.date("until_day")?,
            })
        })
        .collect()
}
