//! Units from a CSV, a workbook or JSON.

use crate::{
    config::Config,
    failure::{Failure, Result},
};
use indicator::{Given, PERIOD_HEADS, Place, RawUnit, UNIT_HEADS};
use language::t;
use sheet::{Limits, PlainTable, read_plain};
use std::path::Path;

/// The rows of a file; its kind is known by its content.
pub fn rows(config: &Config, file: &Path) -> Result<Vec<RawUnit>> {
    let name = file.display().to_string();
    let is_json = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
    if is_json {
        return of_json(config, &name, &bytes_of(config, file)?);
    }
    of_table(config, &name, &table(config, file)?)
}

fn bytes_of(config: &Config, file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|reason| {
        let name = file.display().to_string();
        Failure::Input(t!(
            config.lang,
            "cli-unreadable",
            file = name,
            reason = reason.to_string()
        ))
    })
}

/// A CSV or a workbook as a table of texts.
pub fn table(config: &Config, file: &Path) -> Result<PlainTable> {
    let bytes = bytes_of(config, file)?;
    read_plain(&bytes, &Limits::default()).map_err(|fault| Failure::Input(format!("{}: {fault}", file.display())))
}

fn of_table(config: &Config, name: &str, table: &PlainTable) -> Result<Vec<RawUnit>> {
    let find = |names: &[&str]| table.head.iter().position(|head| names.contains(&head.as_str()));
    let Some(id) = find(&UNIT_HEADS) else {
        return Err(Failure::Input(t!(config.lang, "cli-no-unit-column", file = name)));
    };
    let period = find(&PERIOD_HEADS);
    for (at, head) in table.head.iter().enumerate() {
        let twice = !head.is_empty() && table.head.iter().take(at).any(|before| before == head);
        if twice {
            return Err(Failure::Input(t!(
                config.lang,
                "cli-column-twice",
                file = name,
                column = head.as_str()
            )));
        }
    }
    let units = table.rows.iter().map(|(row, cells)| {
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let place = |column: usize| Place {
            line: *row as usize,
            column: column + 1,
            clause: String::new(),
        };
        let inputs = table
            .head
            .iter()
            .enumerate()
            .filter(|(at, head)| *at != id && Some(*at) != period && !head.is_empty())
            .filter(|(at, _)| !cell(*at).is_empty())
            .map(|(at, head)| (head.clone(), Given::Text(spelt(&cell(at))), place(at)))
            .collect();
        RawUnit {
            id: cell(id),
            period: period.map(cell).filter(|period| !period.is_empty()),
            inputs,
            place: place(id),
        }
    });
    Ok(units.collect())
}

/// Workbooks write truths in capitals.
fn spelt(cell: &str) -> String {
    match cell {
        "TRUE" => "true".to_owned(),
        "FALSE" => "false".to_owned(),
        _ => cell.to_owned(),
    }
}

fn of_json(config: &Config, name: &str, bytes: &[u8]) -> Result<Vec<RawUnit>> {
    let wrong = |at: usize| {
        Failure::Input(t!(
            config.lang,
            "cli-json-unit",
            file = name,
            number = (at + 1).to_string()
        ))
    };
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|fault| Failure::Input(format!("{name}: {fault}")))?;
    let Some(list) = value.as_array() else {
        return Err(wrong(0));
    };
    let mut units = Vec::with_capacity(list.len());
    for (at, unit) in list.iter().enumerate() {
        let Some(id) = unit.get("id").and_then(|id| match id {
            serde_json::Value::String(id) => Some(id.clone()),
            serde_json::Value::Number(id) => Some(id.to_string()),
            _ => None,
        }) else {
            return Err(wrong(at));
        };
        let place = Place {
            line: at + 1,
            column: 1,
            clause: String::new(),
        };
        let period = match unit.get("period") {
            Some(serde_json::Value::String(period)) => Some(period.clone()),
            Some(serde_json::Value::Number(period)) => Some(period.to_string()),
            _ => None,
        };
        let mut inputs = Vec::new();
        for (input, given) in unit
            .get("inputs")
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flatten()
        {
            let given = Given::of_json(given).ok_or_else(|| wrong(at))?;
            inputs.push((input.clone(), given, place.clone()));
        }
        units.push(RawUnit {
            id,
            period,
            inputs,
            place,
        });
    }
    Ok(units)
}
