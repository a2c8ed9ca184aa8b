//! Values that go into and come out of rows: text, integers, bytes; nothing that the two databases store differently.
//!
//! Instants are microseconds since 1970 (UTC) as integers, civil dates are ISO text, truth is 0 or 1.

use crate::error::LedgerError;
use jiff::{Timestamp, civil::Date};

/// One value of a row. `None` is SQL's NULL, typed, since PostgreSQL wants to know of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Text.
    Text(Option<String>),
    /// A 64-bit integer.
    Integer(Option<i64>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Self::Text(Some(v.to_owned()))
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Self::Text(Some(v))
    }
}
impl From<&String> for Value {
    fn from(v: &String) -> Self {
        Self::Text(Some(v.clone()))
    }
}
impl From<Option<String>> for Value {
    fn from(v: Option<String>) -> Self {
        Self::Text(v)
    }
}
impl From<Option<&str>> for Value {
    fn from(v: Option<&str>) -> Self {
        Self::Text(v.map(str::to_owned))
    }
}
impl From<i64> for Value {
    fn from(v: i64) -> Self {
        Self::Integer(Some(v))
    }
}
impl From<i32> for Value {
    fn from(v: i32) -> Self {
        Self::Integer(Some(v.into()))
    }
}
impl From<u32> for Value {
    fn from(v: u32) -> Self {
        Self::Integer(Some(v.into()))
    }
}
impl From<Option<i64>> for Value {
    fn from(v: Option<i64>) -> Self {
        Self::Integer(v)
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Self {
        Self::Integer(Some(v.into()))
    }
}
impl From<Vec<u8>> for Value {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(Some(v))
    }
}
impl From<Date> for Value {
    fn from(v: Date) -> Self {
        Self::Text(Some(v.to_string()))
    }
}
impl From<Option<Date>> for Value {
    fn from(v: Option<Date>) -> Self {
        Self::Text(v.map(|d| d.to_string()))
    }
}
impl From<Timestamp> for Value {
    fn from(v: Timestamp) -> Self {
        Self::Integer(Some(v.as_microsecond()))
    }
}
impl From<crate::Position> for Value {
    fn from(v: crate::Position) -> Self {
        Self::Integer(Some(v.0))
    }
}

/// One row of an answer, by column name.
#[derive(Debug)]
pub struct Row(pub(crate) sea_orm::QueryResult);

impl Row {
    fn get<T: sea_orm::TryGetable>(&self, column: &str) -> Result<T, LedgerError> {
        self.0.try_get::<T>("", column).map_err(|source| LedgerError::Column {
            column: column.to_owned(),
            reason: source.to_string(),
        })
    }

    /// Text that is never NULL.
    pub fn text(&self, column: &str) -> Result<String, LedgerError> {
        self.get(column)
    }

    /// Text or NULL.
    pub fn text_or_null(&self, column: &str) -> Result<Option<String>, LedgerError> {
        self.get(column)
    }

    /// An integer that is never NULL.
    pub fn integer(&self, column: &str) -> Result<i64, LedgerError> {
        // PostgreSQL counts what a statement writes as a number (CASE … THEN 1) in four bytes, and columns in eight.
        self.get(column)
            .or_else(|error| self.get::<i32>(column).map(i64::from).map_err(|_| error))
    }

    /// An integer or NULL.
    pub fn integer_or_null(&self, column: &str) -> Result<Option<i64>, LedgerError> {
        self.get(column)
    }

    /// 0 or 1 as truth.
    pub fn truth(&self, column: &str) -> Result<bool, LedgerError> {
        Ok(self.integer(column)? != 0)
    }

    /// Bytes that are never NULL.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>, LedgerError> {
        self.get(column)
    }

    /// A civil date.
    pub fn date(&self, column: &str) -> Result<Date, LedgerError> {
        let text = self.text(column)?;
        text.parse().map_err(|source: jiff::Error| LedgerError::Column {
            column: column.to_owned(),
            reason: source.to_string(),
        })
    }

    /// A civil date or NULL.
    pub fn date_or_null(&self, column: &str) -> Result<Option<Date>, LedgerError> {
        match self.text_or_null(column)? {
            None => Ok(None),
            Some(text) => text
                .parse()
                .map(Some)
                .map_err(|source: jiff::Error| LedgerError::Column {
                    column: column.to_owned(),
                    reason: source.to_string(),
                }),
        }
    }

    /// An instant.
    pub fn instant(&self, column: &str) -> Result<Timestamp, LedgerError> {
        Timestamp::from_microsecond(self.integer(column)?).map_err(|source| LedgerError::Column {
            column: column.to_owned(),
            reason: source.to_string(),
        })
    }
}
