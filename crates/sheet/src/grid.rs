//! A sheet as it stands in a file: cells by row and column, before anything is understood of them.

use std::collections::BTreeMap;

/// What a cell holds in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawValue {
    /// A formula without a kept value.
    Empty,
    Text(String),
    Number(f64),
    /// A serial of the 1900 calendar, shown as a date.
    Date(f64),
    Bool(bool),
    /// `#N/A` and its like.
    Error(String),
}

/// A filled cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawCell {
    pub(crate) value: RawValue,
    /// Whether the value comes from a formula.
    pub(crate) formula: bool,
}

impl RawCell {
    /// The cell as a person sees it, near enough for a message.
    pub(crate) fn shown(&self) -> String {
        match &self.value {
            RawValue::Empty => String::new(),
            RawValue::Text(text) | RawValue::Error(text) => text.clone(),
            RawValue::Number(number) => number.to_string(),
            RawValue::Date(serial) => crate::date_text::from_serial(serial.floor() as i64)
                .map_or_else(|| serial.to_string(), |date| date.to_string()),
            RawValue::Bool(true) => "TRUE".to_owned(),
            RawValue::Bool(false) => "FALSE".to_owned(),
        }
    }

    /// Whether nothing but spaces stands there.
    pub(crate) fn is_blank(&self) -> bool {
        match &self.value {
            RawValue::Empty => !self.formula,
            RawValue::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// First row, first column, last row, last column, from 0.
pub(crate) type Area = (u32, u32, u32, u32);

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Grid {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Rows that hold something, each with its cells by column; both from 0.
    pub(crate) rows: BTreeMap<u32, Vec<(u32, RawCell)>>,
    pub(crate) merged: Vec<Area>,
    /// Web addresses by cell.
    pub(crate) links: BTreeMap<(u32, u32), String>,
}

impl Grid {
    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<&RawCell> {
        let cells = self.rows.get(&row)?;
        let at = cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        cells.get(at).map(|(_, cell)| cell)
    }

    /// The text of a cell, empty when there is none.
    pub(crate) fn shown(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map(RawCell::shown).unwrap_or_default()
    }

    pub(crate) fn last_row(&self) -> u32 {
        self.rows.keys().next_back().copied().unwrap_or(0)
    }

    pub(crate) fn last_column(&self) -> u32 {
        self.rows
            .values()
            .filter_map(|cells| cells.last().map(|(column, _)| *column))
            .max()
            .unwrap_or(0)
    }
}

/// A column as sheets letter it, from 0: `A`, `Z`, `AA`.
pub(crate) fn letter(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A column from its letters, from 0.
pub(crate) fn column_of(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0_u32;
    for byte in letters.bytes() {
        if !byte.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(byte - b'A') + 1;
    }
    Some(column - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_agree() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letter(column), letters);
            assert_eq!(column_of(letters), Some(column));
        }
        assert_eq!(column_of(""), None);
        assert_eq!(column_of("a"), None);
    }
}
