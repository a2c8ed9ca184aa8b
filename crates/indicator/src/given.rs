//! What somebody gives for an input: a text, a list, or the reason why there is nothing.

use formula::{Fault, Number, Unit, Value, Why};

use crate::toml_text::{Item, Node};

/// What is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// `91.2 %`, `混合专网`, `640`.
    Text(String),
    /// Several.
    List(Vec<Given>),
    /// Nothing, for a reason.
    Absent(Why),
}

impl Given {
    /// The value; a number without a unit is one of `unit`.
    pub fn value(&self, name: &str, unit: &Unit) -> Result<Value, Fault> {
        match self {
            Self::Text(text) => Value::read(text, unit),
            Self::List(list) => list
                .iter()
                .map(|given| given.value(name, unit))
                .collect::<Result<_, _>>()
                .map(Value::List),
            Self::Absent(why) => Ok(Value::absent(name, why.clone())),
        }
    }

    /// As it was written.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(list) => list.iter().map(Self::shown).collect::<Vec<_>>().join("；"),
            Self::Absent(_) => String::new(),
        }
    }

    /// From a value of JSON: a number, a text, a truth, a list, null, or `{"missing": REASON}`.
    pub fn of_json(value: &serde_json::Value) -> Option<Self> {
        Some(match value {
            serde_json::Value::Null => Self::Absent(Why::Missing(String::new())),
            serde_json::Value::Bool(truth) => Self::Text(if *truth { "是" } else { "否" }.to_owned()),
            serde_json::Value::Number(number) => {
                // The decimal that is written, not its binary neighbour.
                let text = number.to_string();
                Self::Text(Number::parse(&text).map_or(text, |number| number.exact_text()))
            }
            serde_json::Value::String(text) if text.trim().is_empty() => Self::Absent(Why::Missing(String::new())),
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(list) => Self::List(list.iter().map(Self::of_json).collect::<Option<_>>()?),
            serde_json::Value::Object(table) => {
                let mut pairs = table.iter();
                let (Some((key, reason)), None) = (pairs.next(), pairs.next()) else {
                    return None;
                };
                let reason = reason.as_str().unwrap_or_default();
                Self::Absent(why(key, reason)?)
            }
        })
    }

    /// As a value of JSON; what `of_json` reads.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => serde_json::Value::String(text.clone()),
            Self::List(list) => list.iter().map(Self::json).collect(),
            Self::Absent(why) => {
                let (key, reason) = match why {
                    Why::NotApplicable(reason) => ("not_applicable", reason.as_str()),
                    Why::Unverified(reason) => ("unverified", reason.as_str()),
                    Why::Missing(reason) => ("missing", reason.as_str()),
                    Why::Undefined(_) => ("missing", ""),
                };
                serde_json::json!({ key: reason })
            }
        }
    }

    pub(crate) fn of_node(node: &Node) -> Option<Self> {
        Some(match &node.item {
            Item::Text(text) | Item::Number(text) | Item::Date(text) => Self::Text(text.clone()),
            Item::Truth(truth) => Self::Text(if *truth { "是" } else { "否" }.to_owned()),
            Item::List(list) => Self::List(list.iter().map(Self::of_node).collect::<Option<_>>()?),
            Item::Table(entries) => {
                let [entry] = entries.as_slice() else { return None };
                Self::Absent(why(&entry.key, entry.value.text().unwrap_or_default())?)
            }
        })
    }
}

fn why(key: &str, reason: &str) -> Option<Why> {
    let reason = reason.trim().to_owned();
    match key {
        "缺失" | "missing" => Some(Why::Missing(reason)),
        "不适用" | "not_applicable" => Some(Why::NotApplicable(reason)),
        "未核验" | "unverified" => Some(Why::Unverified(reason)),
        _ => None,
    }
}
