//! Results in the shape that programs read (docs/contracts.md).

use std::collections::BTreeMap;

use formula::{Number, Unit, Value};
use language::Lang;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::note::absence_said;
use crate::outcome::{NodeResult, Points, UnitResult};
use crate::standard::{NodeRule, Standard};

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Number of the standard, or its title.
    pub system: String,
    /// The day of the report.
    pub at: Option<String>,
    /// Results in the order of the data.
    pub units: Vec<UnitReport>,
}

/// The result of one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitReport {
    /// Its id.
    pub id: String,
    /// Its period.
    pub period: Option<String>,
    /// By code.
    pub nodes: BTreeMap<String, NodeReport>,
    /// As the standard rounds it.
    pub total: Option<f64>,
    /// Before rounding, as decimal or fraction.
    pub exact: Option<String>,
    /// Share of the weight with a verified value.
    pub coverage: Option<f64>,
    /// The grade.
    pub grade: Option<String>,
    /// Among the units of the period.
    pub rank: Option<usize>,
    /// In words.
    pub notes: Vec<String>,
}

/// The result of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NodeReport {
    /// The value: a number in the unit, a word, a truth, a list.
    pub value: Json,
    /// The unit.
    pub unit: String,
    /// The points.
    pub score: Option<f64>,
    /// The weight in the total.
    pub weight: Option<f64>,
    /// Why there is no value, or why it does not count.
    pub missing: Option<String>,
    /// The points, else the value, as decimal or fraction; none where it is not exact.
    pub exact: Option<String>,
}

/// The report of a run.
pub fn report(standard: &Standard, results: &[UnitResult], at: Option<jiff::civil::Date>, lang: Lang) -> Report {
    Report {
        system: system(standard),
        at: at.map(|at| at.to_string()),
        units: results
            .iter()
            .map(|result| unit_report(standard, result, lang))
            .collect(),
    }
}

/// The number of a standard, or its title.
pub fn system(standard: &Standard) -> String {
    if standard.number.is_empty() {
        standard.title.clone()
    } else {
        standard.number.clone()
    }
}

/// The report of one unit.
pub(crate) fn unit_report(standard: &Standard, result: &UnitResult, lang: Lang) -> UnitReport {
    let nodes = standard.nodes.iter().zip(&result.nodes);
    UnitReport {
        id: result.id.clone(),
        period: result.period.map(|period| period.to_string()),
        nodes: nodes
            .map(|(rule, node)| (rule.code.clone(), node_report(standard, rule, node, lang)))
            .collect(),
        total: result.rounded.as_ref().map(float),
        exact: result.total.as_ref().and_then(exact),
        coverage: result.coverage.as_ref().map(float),
        grade: result.grade.clone(),
        rank: result.rank,
        notes: result.notes.iter().map(|note| note.said(lang)).collect(),
    }
}

/// A number as a float; of one that is not exact, in as many digits as are sure.
fn float(number: &Number) -> f64 {
    let float = number.to_f64();
    if number.is_exact() { float } else { settled(float) }
}

/// A float without the noise of what it was computed from: twelve significant digits.
pub(crate) fn settled(float: f64) -> f64 {
    format!("{float:.11e}").parse().unwrap_or(float)
}

fn exact(number: &Number) -> Option<String> {
    number.is_exact().then(|| number.exact_text())
}

fn node_report(standard: &Standard, rule: &NodeRule, node: &NodeResult, lang: Lang) -> NodeReport {
    let points = node.points.as_ref().and_then(Points::number);
    let own = &node.computed.value;
    let (value, shown_unit) = value_of(own, rule);
    let number = own
        .in_unit(&rule.unit)
        .or_else(|| own.quantity().map(|quantity| quantity.number.clone()));
    // A value that the standard rounds is shown rounded; `exact` keeps it whole.
    let value = match (&number, standard.rounding.nodes.get(&rule.code)) {
        (Some(number), Some(interval)) => json!(interval.round(number).to_f64()),
        _ => value,
    };
    let absence = node
        .points
        .as_ref()
        .and_then(Points::absence)
        .or_else(|| own.absence().filter(|_| rule.children.is_empty()));
    NodeReport {
        value,
        unit: shown_unit,
        score: points.map(float),
        weight: node.weight.as_ref().map(float),
        missing: absence.map(|absence| absence_said(lang, absence)),
        exact: points.or(number.as_ref()).and_then(exact),
    }
}

pub(crate) fn value_of(value: &Value, rule: &NodeRule) -> (Json, String) {
    let unit = rule.unit.text().to_owned();
    let json = match value {
        Value::Quantity(quantity) => match value.in_unit(&rule.unit) {
            Some(number) => json!(number.to_f64()),
            // Without a unit of its own it is given in base units.
            None => return (json!(quantity.number.to_f64()), quantity.dimension.to_string()),
        },
        Value::Word(word) => json!(word),
        Value::Truth(truth) => json!(truth),
        Value::List(values) => json!(values.iter().map(|value| value_of(value, rule).0).collect::<Vec<_>>()),
        Value::Absent(_) => Json::Null,
    };
    (
        json,
        if rule.children.is_empty() {
            unit
        } else {
            Unit::none().text().to_owned()
        },
    )
}
