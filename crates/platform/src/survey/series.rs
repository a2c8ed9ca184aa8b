//! A measure's totals over periods, spliced where the definition changed. From published totals alone, so that it tells
//! nothing that tables do not. Pure.

use super::{
    definition::Definition,
    event::{Cell, Published},
};
use formula::{Number, NumberError};
use std::collections::BTreeMap;

/// A total of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The period.
    pub period: String,
    /// Number of the definition under which it was reported.
    pub definition: u32,
    /// Number of the table that published it.
    pub table: u32,
    /// As it was published.
    pub value: String,
    /// In terms of the newest definition that a splice leads to, with as many decimals as were published; nothing where
    /// no splice leads on.
    pub spliced: Option<String>,
}

/// How a series goes on where the definition changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// From which definition.
    pub from: u32,
    /// To which.
    pub to: u32,
    /// The first period of the new one.
    pub period: String,
    /// That period's total under the old definition and under the new one: earlier totals are multiplied by new ÷ old.
    /// Nothing where one of them is not published, or the old one is not positive: the series begins anew.
    pub splice: Option<(String, String)>,
}

/// The series of a measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// By definition, then period.
    pub points: Vec<Point>,
    /// Where the definition changed.
    pub changes: Vec<Change>,
}

/// The series of a measure, as these definitions and tables tell it.
///
/// # Errors
/// A number grew beyond what is carried.
pub fn series<'a>(
    definitions: &BTreeMap<u32, Definition>,
    tables: impl Iterator<Item = &'a Published>,
    measure: &str,
) -> Result<Series, NumberError> {
    let mut totals: BTreeMap<(u32, String), (u32, String)> = BTreeMap::new();
    for table in tables.filter(|table| table.wanted.measure == measure) {
        let whole = |cell: &&Cell| cell.row.is_none() && cell.column.is_none();
        let total = table.cells.iter().find(whole).and_then(|cell| cell.value.clone());
        if let Some(value) = total {
            // Of several tables of a period the newest counts.
            totals.insert(
                (table.wanted.definition, table.wanted.period.clone()),
                (table.table, value),
            );
        }
    }
    let asking: Vec<u32> = definitions
        .iter()
        .filter(|(_, definition)| definition.measure(measure).is_some())
        .map(|(number, _)| *number)
        .collect();
    let mut found = Series::default();
    let mut factors: BTreeMap<u32, Option<Number>> = BTreeMap::new();
    for pair in asking.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let period = definitions
            .get(&to)
            .map(|definition| definition.from.clone())
            .unwrap_or_default();
        let at = |number: u32| totals.get(&(number, period.clone())).map(|(_, value)| value.clone());
        let splice = at(from)
            .zip(at(to))
            .filter(|(old, _)| Number::parse(old).is_some_and(|old| !old.is_negative() && !old.is_zero()));
        let factor = match &splice {
            Some((old, new)) => match (Number::parse(old), Number::parse(new)) {
                (Some(old), Some(new)) => Some(new.over(&old)?),
                _ => None,
            },
            None => None,
        };
        factors.insert(from, factor);
        found.changes.push(Change {
            from,
            to,
            period,
            splice,
        });
    }
    for ((definition, period), (table, value)) in totals {
        found.points.push(Point {
            spliced: spliced(&factors, definition, &value)?,
            period,
            definition,
            table,
            value,
        });
    }
    Ok(found)
}

fn spliced(
    factors: &BTreeMap<u32, Option<Number>>,
    definition: u32,
    value: &str,
) -> Result<Option<String>, NumberError> {
    let Some(mut number) = Number::parse(value) else {
        return Ok(None);
    };
    let mut led = false;
    for (_, factor) in factors.range(definition..) {
        let Some(factor) = factor else { break };
        number = number.times(factor)?;
        led = true;
    }
    let places = value.split_once('.').map_or(0, |(_, broken)| broken.len());
    Ok(led.then(|| number.with_places(places)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::survey::{definition::Typed, event::Wanted};

    fn definition(from: &str) -> Definition {
        let typed = Typed {
            frequency: "year".to_owned(),
            from: from.to_owned(),
            measures: "revenue | 营业收入 | 万元".to_owned(),
            ..Typed::default()
        };
        typed.read().unwrap()
    }

    fn table(number: u32, definition: u32, period: &str, value: Option<&str>) -> Published {
        Published {
            table: number,
            wanted: Wanted {
                definition,
                period: period.to_owned(),
                measure: "revenue".to_owned(),
                rows: None,
                columns: None,
            },
            cells: vec![Cell {
                row: None,
                column: None,
                value: value.map(str::to_owned),
                units: None,
                suppressed: value.is_none(),
            }],
            basis: String::new(),
            note: String::new(),
            demo: false,
        }
    }

    #[test]
    fn earlier_totals_are_brought_to_the_new_definition_by_the_period_of_both() {
        let definitions = BTreeMap::from([(1, definition("2024")), (2, definition("2026"))]);
        let tables = [
            table(1, 1, "2024", Some("80.0")),
            table(2, 1, "2025", Some("90.0")),
            table(3, 1, "2026", Some("100.0")),
            table(4, 2, "2026", Some("150.0")),
            table(5, 2, "2027", Some("160.0")),
        ];
        let series = series(&definitions, tables.iter(), "revenue").unwrap();
        let told: Vec<_> = series
            .points
            .iter()
            .map(|p| (p.period.as_str(), p.definition, p.spliced.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("2024", 1, Some("120.0")),
                ("2025", 1, Some("135.0")),
                ("2026", 1, Some("150.0")),
                ("2026", 2, None),
                ("2027", 2, None)
            ]
        );
        assert_eq!(series.changes[0].splice, Some(("100.0".to_owned(), "150.0".to_owned())));
    }

    #[test]
    fn without_a_period_of_both_the_series_begins_anew() {
        let definitions = BTreeMap::from([(1, definition("2024")), (2, definition("2026"))]);
        let tables = [
            table(1, 1, "2025", Some("90")),
            table(2, 1, "2026", None),
            table(3, 2, "2026", Some("150")),
        ];
        let series = series(&definitions, tables.iter(), "revenue").unwrap();
        assert!(series.points.iter().all(|point| point.spliced.is_none()));
        assert_eq!(series.changes[0].splice, None);
    }
}
