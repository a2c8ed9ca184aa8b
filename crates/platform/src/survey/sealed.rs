//! What a unit is and reports, and which rows a table sums: sealed under the survey's key, with a salted digest for the
//! log. No SQL here: changes of rows come out, and bytes of rows go in.

use crate::{people::profile::failed, refusal::Result};
use identity::{
    KeyFile, OperatingSystem,
    sealing::{PersonKey, Salt, Sealed, WrappedKey, salted_digest},
};
use ledger::{Change, Value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// What a unit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name in the survey.
    pub name: String,
    /// Id of its body on the platform.
    pub organization: String,
    /// Its value in each classification, by code.
    pub classes: BTreeMap<String, String>,
}

/// What a unit reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Decimals by the codes of measures; what is not there was not reported.
    pub values: BTreeMap<String, String>,
    /// What the unit says to it.
    #[serde(default)]
    pub note: String,
}

/// Which rows the totals shown by a table sum: for each a list of units with the number of their row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The totals.
    pub totals: Vec<Vec<(String, u32)>>,
}

#[derive(Serialize, Deserialize)]
struct Salted<T> {
    #[serde(flatten)]
    content: T,
    salt: String,
}

/// The key of a survey, and what it was wrapped to.
fn owner(survey: &str) -> String {
    format!("survey/{survey}")
}

/// A fresh key for a survey, with the row that keeps it.
pub fn new_key(keys: &KeyFile, survey: &str) -> Result<(PersonKey, Change)> {
    let unsealed = |e: identity::sealing::SealingError| failed("the key of a survey", &e);
    let key = PersonKey::generate(&OperatingSystem).map_err(|e| failed("the key of a survey", &e))?;
    let wrapped = keys
        .installation()
        .wrap(&key, &owner(survey), &OperatingSystem)
        .map_err(unsealed)?;
    let change = Change::Insert {
        table: "survey_key",
        values: vec![("survey", survey.into()), ("wrapped", wrapped.to_string().into())],
    };
    Ok((key, change))
}

/// The key again, from the row that keeps it.
pub fn key_of(keys: &KeyFile, survey: &str, wrapped: &str) -> Result<PersonKey> {
    let wrapped: WrappedKey = wrapped.parse().map_err(|e| failed("the key of a survey", &e))?;
    keys.unwrap_person_key(&wrapped, &owner(survey))
        .map_err(|e| failed("the key of a survey", &e))
}

/// The bytes to be stored for something, and its digest for the log.
fn seal<T: Serialize>(key: &PersonKey, record: &str, content: &T) -> Result<(Value, String)> {
    let salt = Salt::generate(&OperatingSystem).map_err(|e| failed("a salt", &e))?;
    let plain = serde_json::to_vec(content).map_err(|e| failed("a sealed record", &e))?;
    let digest = salted_digest(&salt, &plain).hex();
    let stored = serde_json::to_vec(&Salted {
        content,
        salt: base64_of(salt.expose()),
    })
    .map_err(|e| failed("a sealed record", &e))?;
    let sealed = key
        .seal(record, &stored, &OperatingSystem)
        .map_err(|e| failed("a sealed record", &e))?;
    Ok((Value::from(sealed.as_bytes().to_vec()), digest))
}

/// What was sealed, again.
pub fn open<T: DeserializeOwned>(key: &PersonKey, record: &str, content: Vec<u8>) -> Result<T> {
    let sealed = Sealed::from_bytes(content).map_err(|e| failed("a sealed record", &e))?;
    let plain = key.open(record, &sealed).map_err(|e| failed("a sealed record", &e))?;
    let stored: Salted<T> = serde_json::from_slice(&plain).map_err(|e| failed("a sealed record", &e))?;
    Ok(stored.content)
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes)
}

/// The record of a unit.
pub fn unit_record(survey: &str, unit: &str) -> String {
    format!("survey/{survey}/unit/{unit}")
}

/// The record of a row.
pub fn row_record(survey: &str, unit: &str, row: i64) -> String {
    format!("survey/{survey}/row/{unit}/{row}")
}

/// The record of a basis.
pub fn basis_record(survey: &str, number: i64) -> String {
    format!("survey/{survey}/basis/{number}")
}

/// The row of a unit, and the digest of what it is.
pub fn unit_row(key: &PersonKey, survey: &str, id: &str, unit: &Unit) -> Result<(Change, String)> {
    let (content, digest) = seal(key, &unit_record(survey, id), unit)?;
    let change = Change::Upsert {
        table: "survey_unit",
        key: &["survey", "unit"],
        values: vec![
            ("survey", survey.into()),
            ("unit", id.into()),
            ("organization", (&unit.organization).into()),
            ("content", content),
        ],
    };
    Ok((change, digest))
}

/// Where a row belongs.
pub struct Belongs<'a> {
    /// The survey.
    pub survey: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// Its number among the unit's.
    pub row: u32,
    /// The period.
    pub period: &'a str,
    /// Number of the definition.
    pub definition: u32,
    /// When it was sent, in microseconds.
    pub at: i64,
}

/// The row of what was reported, and its digest.
pub fn reported_row(key: &PersonKey, belongs: &Belongs<'_>, reported: &Reported) -> Result<(Change, String)> {
    let Belongs {
        survey,
        unit,
        row,
        period,
        definition,
        at,
    } = belongs;
    let (content, digest) = seal(key, &row_record(survey, unit, i64::from(*row)), reported)?;
    let change = Change::Insert {
        table: "survey_row",
        values: vec![
            ("survey", (*survey).into()),
            ("unit", (*unit).into()),
            ("nth", i64::from(*row).into()),
            ("period", (*period).into()),
            ("definition", i64::from(*definition).into()),
            ("at", (*at).into()),
            ("content", content),
        ],
    };
    Ok((change, digest))
}

/// The row of a basis, and its digest.
pub fn basis_row(key: &PersonKey, survey: &str, number: u32, basis: &Basis) -> Result<(Change, String)> {
    let number = i64::from(number);
    let (content, digest) = seal(key, &basis_record(survey, number), basis)?;
    let change = Change::Insert {
        table: "survey_basis",
        values: vec![
            ("survey", survey.into()),
            ("number", number.into()),
            ("content", content),
        ],
    };
    Ok((change, digest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_row_comes_back_under_its_own_name_alone_and_no_stored_byte_says_a_word_of_it() {
        let keys = KeyFile::generate(&OperatingSystem).unwrap();
        let (key, kept) = new_key(&keys, "s1").unwrap();
        let reported = Reported {
            values: BTreeMap::from([("revenue".to_owned(), "7719.13".to_owned())]),
            note: "某大户".to_owned(),
        };
        let belongs = Belongs {
            survey: "s1",
            unit: "u1",
            row: 1,
            period: "2025",
            definition: 1,
            at: 0,
        };
        let (change, digest) = reported_row(&key, &belongs, &reported).unwrap();
        let said = format!("{kept:?}{change:?}{digest}");
        assert!(!said.contains("7719") && !said.contains("某大户"));
        let Change::Insert { values, .. } = change else {
            unreachable!("it is inserted")
        };
        let Some((_, Value::Bytes(Some(content)))) = values.last().cloned() else {
            unreachable!("bytes come last")
        };
        let again: Reported = open(&key, &row_record("s1", "u1", 1), content.clone()).unwrap();
        assert_eq!(again, reported);
        assert!(open::<Reported>(&key, &row_record("s1", "u2", 1), content).is_err());
    }
}
