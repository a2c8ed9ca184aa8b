//! Units as programs write them: `[{"id","period","inputs":{NAME: VALUE or {"missing":REASON}}}]`.

use serde_json::Value;

use crate::data::RawUnit;
use crate::finding::Place;
use crate::given::Given;

/// The units of a list; their places count the units from 1.
///
/// # Errors
/// The number of the first that is no unit, from 1; 0 where it is no list.
///
/// ```
/// let units = indicator::raw_units(&serde_json::json!([{ "id": "甲", "inputs": { "A1": "91.2 %", "B": null } }])).unwrap();
/// assert_eq!((units[0].id.as_str(), units[0].inputs.len()), ("甲", 2));
/// assert_eq!(indicator::raw_units(&serde_json::json!([{ "id": "甲" }, {}])).unwrap_err(), 2);
/// ```
pub fn raw_units(list: &Value) -> Result<Vec<RawUnit>, usize> {
    let list = list.as_array().ok_or(0_usize)?;
    list.iter()
        .enumerate()
        .map(|(at, unit)| raw_unit(unit, at + 1).ok_or(at + 1))
        .collect()
}

fn raw_unit(unit: &Value, line: usize) -> Option<RawUnit> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let place = Place {
        line,
        column: 1,
        clause: String::new(),
    };
    let inputs = match unit.get("inputs") {
        None | Some(Value::Null) => Vec::new(),
        Some(inputs) => inputs
            .as_object()?
            .iter()
            .map(|(name, given)| Some((name.clone(), Given::of_json(given)?, place.clone())))
            .collect::<Option<_>>()?,
    };
    Some(RawUnit {
        id: word(unit.get("id")?)?,
        period: unit.get("period").and_then(word),
        inputs,
        place,
    })
}
