//! What a single cell means in its column, or what is wrong with it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cell::CellValue;
use crate::column::{Column, Kind};
use crate::fault::{Expected, FaultKind};
use crate::grid::{RawCell, RawValue};
use crate::{date_text, number_text};

/// Sheets keep fifteen digits of a number.
const FIFTEEN_DIGITS: f64 = 1e15;

/// A cell understood, and whether a time of day was left off.
#[derive(Debug, PartialEq)]
pub(crate) struct Understood {
    pub(crate) value: CellValue,
    pub(crate) time_dropped: bool,
}

impl From<CellValue> for Understood {
    fn from(value: CellValue) -> Self {
        Self {
            value,
            time_dropped: false,
        }
    }
}

/// Understands a cell by its column's kind; `None` is an empty cell.
pub(crate) fn understand(column: &Column, cell: Option<&RawCell>) -> Result<Understood, FaultKind> {
    let Some(cell) = cell.filter(|cell| {
        // Spaces are a text of their own where text is wanted and nothing elsewhere.
        !cell.is_blank() || (column.kind == Kind::Text && !column.required)
    }) else {
        return if column.required {
            Err(FaultKind::Required)
        } else {
            Ok(CellValue::Empty.into())
        };
    };
    if cell.formula {
        return Err(FaultKind::FormulaNotAllowed);
    }
    if let RawValue::Error(_) = cell.value {
        return Err(FaultKind::SheetError);
    }
    match &column.kind {
        Kind::Text => text(column, cell).map(|t| CellValue::Text(t).into()),
        Kind::Choice(choices) => choice(choices, cell).map(|t| CellValue::Text(t).into()),
        Kind::Integer => number(cell)
            .filter(|n| n.fract().is_zero())
            .and_then(|n| n.to_i64())
            .map(|n| CellValue::Integer(n).into())
            .ok_or(FaultKind::WrongKind {
                expected: Expected::Integer,
            }),
        Kind::Decimal => number(cell)
            .map(|n| CellValue::Decimal(n).into())
            .ok_or(FaultKind::WrongKind {
                expected: Expected::Decimal,
            }),
        Kind::Date => date(cell),
    }
}

fn text(column: &Column, cell: &RawCell) -> Result<String, FaultKind> {
    if let RawValue::Number(number) = cell.value
        && number.abs() >= FIFTEEN_DIGITS
    {
        return Err(FaultKind::DigitsLost);
    }
    let text = cell.shown();
    if let Some(limit) = column.max_chars {
        let found = text.chars().count();
        if found > limit {
            return Err(FaultKind::TooLong { limit, found });
        }
    }
    Ok(text)
}

fn choice(choices: &[String], cell: &RawCell) -> Result<String, FaultKind> {
    let shown = cell.shown();
    let wanted = shown.trim();
    choices
        .iter()
        .find(|choice| choice.trim() == wanted)
        .cloned()
        .ok_or_else(|| FaultKind::NotAChoice {
            choices: choices.to_vec(),
        })
}

fn number(cell: &RawCell) -> Option<Decimal> {
    match &cell.value {
        RawValue::Number(number) => number_text::from_float(*number),
        RawValue::Text(text) => number_text::read_number(text),
        _ => None,
    }
}

fn date(cell: &RawCell) -> Result<Understood, FaultKind> {
    match &cell.value {
        RawValue::Date(serial) => date_text::from_serial(serial.floor() as i64)
            .map(|date| Understood {
                value: CellValue::Date(date),
                time_dropped: serial.fract() != 0.0,
            })
            .ok_or(FaultKind::DateUnreadable),
        RawValue::Number(number) if number.fract() == 0.0 => date_text::from_digits(*number as i64)
            .map(|date| CellValue::Date(date).into())
            .ok_or(FaultKind::DateUnreadable),
        RawValue::Text(text) => date_text::read_day(text)
            .map(|day| Understood {
                value: CellValue::Date(day.date),
                time_dropped: day.time_dropped,
            })
            .ok_or(FaultKind::DateUnreadable),
        RawValue::Bool(_) => Err(FaultKind::WrongKind {
            expected: Expected::Date,
        }),
        _ => Err(FaultKind::DateUnreadable),
    }
}
