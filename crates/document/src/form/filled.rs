//! A form that somebody filled: names and values, read from JSON or TOML.

use super::FormError;
use super::amount::Amount;
use super::definition::{Field, Form, Kind, When};
use serde_json::{Map, Value};

/// What somebody wrote into a form. Nothing in it is checked yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled(pub(super) Map<String, Value>);

/// The row in which a field stands, if any.
pub(super) type Row<'a> = Option<&'a Map<String, Value>>;

impl Filled {
    /// From the text of a JSON file: one object.
    ///
    /// ```
    /// use document::form::Filled;
    ///
    /// assert!(Filled::from_json("{\"form\": \"F3\", \"sent\": 40}").is_ok());
    /// assert!(Filled::from_json("[40]").is_err());
    /// ```
    pub fn from_json(text: &str) -> Result<Self, FormError> {
        serde_json::from_str(text)
            .map(Self)
            .map_err(|fault| FormError(fault.to_string()))
    }

    /// From the text of a TOML file.
    pub fn from_toml(text: &str) -> Result<Self, FormError> {
        let table: toml::Table = toml::from_str(text).map_err(|fault| FormError(fault.to_string()))?;
        Ok(Self(table.into_iter().map(|(key, value)| (key, json(value))).collect()))
    }

    /// The number of the form that it says it fills.
    pub fn form(&self) -> Option<&str> {
        self.0.get("form").and_then(Value::as_str)
    }

    /// The value of a field, of a column where there is a row; `None` where nothing was written.
    pub(super) fn value<'a>(&'a self, name: &str, row: Row<'a>) -> Option<&'a Value> {
        row.unwrap_or(&self.0).get(name).filter(|value| !is_empty(value))
    }

    /// The rows of a table that are rows.
    pub(super) fn rows(&self, name: &str) -> Vec<&Map<String, Value>> {
        let rows = self.0.get(name).and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(Value::as_object).collect()
    }

    /// An amount that was written, or is reckoned from the rows.
    pub(super) fn amount(&self, form: &Form, field: &Field) -> Option<Amount> {
        match (&field.tally, self.value(&field.name, None)) {
            (Some(_), _) => Some(Amount::count(self.tally(form, field))),
            (None, value) => Amount::of(value?),
        }
    }

    /// How many rows a field counts.
    pub(super) fn tally(&self, form: &Form, field: &Field) -> u64 {
        let Some(tally) = &field.tally else { return 0 };
        let column = form
            .table(&tally.of)
            .and_then(|table| table.fields.iter().find(|column| column.name == tally.column));
        let counts = |row: &&Map<String, Value>| {
            column.is_none_or(|column| {
                let chosen = row.get(&column.name).and_then(Value::as_str);
                chosen
                    .and_then(|word| column.choice(word.trim()))
                    .is_some_and(|choice| choice.name == tally.is)
            })
        };
        self.rows(&tally.of).iter().filter(|row| counts(row)).count() as u64
    }

    /// Whether a condition holds. `columns` are those of the row.
    pub(super) fn holds(&self, when: &When, form: &Form, columns: &[Field], row: Row<'_>) -> bool {
        let column = columns.iter().find(|field| field.name == when.field);
        let Some(asked) = column.or_else(|| form.field(&when.field)) else {
            return false;
        };
        let Some(value) = self.value(&when.field, row.filter(|_| column.is_some())) else {
            return false;
        };
        let chosen: Vec<&str> = match (asked.kind, value) {
            (Kind::Flag, Value::Bool(true)) => vec!["yes"],
            (Kind::Flag, Value::Bool(false)) => vec!["no"],
            (_, Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            (_, value) => value.as_str().into_iter().collect(),
        };
        let named: Vec<&str> = chosen
            .into_iter()
            .map(|word| asked.choice(word.trim()).map_or(word, |choice| choice.name.as_str()))
            .collect();
        let any = |list: &[String]| named.iter().any(|name| list.iter().any(|said| said == name));
        if when.is.is_empty() {
            !any(&when.not)
        } else {
            any(&when.is)
        }
    }

    /// Whether the paper has the field: what somebody wrote is never left out.
    pub(super) fn shows(&self, form: &Form, field: &Field) -> bool {
        let when = field.shown_when.as_ref();
        when.is_none_or(|when| self.holds(when, form, &[], None)) || self.value(&field.name, None).is_some()
    }
}

/// Nothing, or words of blanks alone.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

/// 0, 1, 2 …, as a number or as digits.
pub(super) fn as_count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}
