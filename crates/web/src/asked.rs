//! What a call of the API may be asked: the parameters of its query. By the same table it is described (OpenAPI) and
//! checked, so that what is described is what is taken: a name that a call does not know is refused, since a filter that is
//! misspelt and silently left out would give everything.

use crate::{
    api::{DEFAULT_LIMIT, GREATEST_LIMIT},
    asking::{Asking, wrong_parameter},
    problem::Failure,
    route::{Kind, Row, Verb},
};
use platform::refusal::Refusal;
use serde_json::{Value, json};

/// A parameter of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What values it has.
    pub values: Values,
    /// What it asks for, in one sentence of English.
    pub meaning: &'static str,
}

/// What values a parameter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Any text.
    Text,
    /// One of these words.
    Words(&'static [&'static str]),
    /// `true`, `false`, `1`, `0`.
    Truth,
    /// A whole number from this one on.
    Whole(i64),
    /// A civil date.
    Day,
    /// An instant.
    Instant,
}

/// The words of a truth.
pub const TRUTHS: [&str; 4] = ["true", "false", "1", "0"];

/// A parameter; what it asks for is said in one sentence.
pub const fn parameter(name: &'static str, values: Values, meaning: &'static str) -> Parameter {
    Parameter { name, values, meaning }
}

/// Parameters of every call that reads.
const OF_TIME: [Parameter; 2] = [
    parameter("as_of", Values::Day, "The state at the end of this day"),
    parameter("known_at", Values::Instant, "As known at this instant"),
];
const LIMIT: Parameter = parameter("limit", Values::Whole(1), "Rows at once");
const CURSOR: Parameter = parameter("cursor", Values::Text, "What `next` of the page before said");

/// Every parameter that a row takes, in the order in which they are described.
pub fn of(row: &Row) -> Vec<Parameter> {
    let mut all = Vec::new();
    if row.verb == Verb::Get {
        all.extend(OF_TIME);
    }
    all.extend(row.asks);
    if row.paged {
        all.extend([LIMIT, CURSOR]);
    }
    all
}

/// Refuses a name that the call does not know, and a value that is none of its words. Pages and files keep to what they
/// know by themselves: their addresses are made by links and forms.
pub(crate) fn check(row: &Row, asking: &Asking) -> Result<(), Failure> {
    if row.kind != Kind::Api {
        return Ok(());
    }
    let known = of(row);
    for (name, value) in &asking.links.query {
        let Some(parameter) = known.iter().find(|p| p.name == name.as_str()) else {
            let names: Vec<&str> = known.iter().map(|p| p.name).collect();
            return Err(Refusal::wrong("web/parameter_unknown")
                .with("parameter", name.chars().take(60).collect::<String>())
                .with("known", names.join(", "))
                .into());
        };
        let words: &[&str] = match parameter.values {
            Values::Words(words) => words,
            Values::Truth => &TRUTHS,
            _ => continue,
        };
        if !value.is_empty() && !words.contains(&value.as_str()) {
            return Err(wrong_parameter(parameter.name, value));
        }
    }
    Ok(())
}

/// As OpenAPI describes a parameter of the query.
pub fn described(parameter: &Parameter) -> Value {
    let schema = match parameter.values {
        _ if *parameter == LIMIT => {
            json!({ "type": "integer", "minimum": 1, "maximum": GREATEST_LIMIT, "default": DEFAULT_LIMIT })
        }
        Values::Text => json!({ "type": "string" }),
        Values::Words(words) => json!({ "type": "string", "enum": words }),
        Values::Truth => json!({ "type": "string", "enum": TRUTHS }),
        Values::Whole(least) => json!({ "type": "integer", "minimum": least }),
        Values::Day => json!({ "type": "string", "format": "date" }),
        Values::Instant => json!({ "type": "string", "format": "date-time" }),
    };
    json!({ "name": parameter.name, "in": "query", "required": false, "schema": schema, "description": parameter.meaning })
}
