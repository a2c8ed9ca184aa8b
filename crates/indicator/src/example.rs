//! Worked examples and their variants, run and held against what they say.

use formula::{Number, Unit, Value, canonical_name};

use crate::data::{UnitData, understand};
use crate::finding::{Finding, Place};
use crate::outcome::UnitResult;
use crate::run::{Settings, run};
use crate::standard::{Aspect, Example, Standard, split_aspect};
use crate::trial::{Inputs, rows};

/// An example or one of its variants as it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Name of the example, and which variant (from 1).
    pub name: String,
    /// `None` for the example itself.
    pub variant: Option<usize>,
    /// The result.
    pub result: UnitResult,
    /// What is not as it says.
    pub findings: Vec<Finding>,
}

pub(crate) fn check(standard: &Standard) -> Vec<Finding> {
    standard
        .examples
        .iter()
        .flat_map(|example| try_example(standard, example))
        .flat_map(|tried| tried.findings)
        .collect()
}

/// Runs an example and its variants.
pub fn try_example(standard: &Standard, example: &Example) -> Vec<Tried> {
    let base = attempt(
        standard,
        example,
        &example.inputs,
        &example.expected,
        None,
        &example.place,
    );
    let variants = example.variants.iter().enumerate().map(|(at, variant)| {
        let mut inputs = example.inputs.clone();
        for (name, given, place) in &variant.changes {
            inputs.retain(|(known, _, _)| known != name);
            inputs.push((name.clone(), given.clone(), place.clone()));
        }
        attempt(
            standard,
            example,
            &inputs,
            &variant.expected,
            Some(at + 1),
            &variant.place,
        )
    });
    std::iter::once(base).chain(variants).collect()
}

fn attempt(
    standard: &Standard,
    example: &Example,
    inputs: &Inputs,
    expected: &[(String, String, Place)],
    variant: Option<usize>,
    place: &Place,
) -> Tried {
    let rows = rows(example, inputs, place);
    let (units, mut findings) = understand(standard, &rows);
    let mut results = run_rows(standard, &units, example);
    if results.is_empty() {
        results.push(UnitResult {
            id: example.name.clone(),
            period: None,
            nodes: Vec::new(),
            total: None,
            rounded: None,
            coverage: None,
            grade: None,
            rank: None,
            notes: Vec::new(),
        });
    }
    let result = results.swap_remove(0);
    let shown = variant.map_or_else(
        || example.name.clone(),
        |variant| format!("{} #{variant}", example.name),
    );
    for (name, wanted, place) in expected {
        let found = found(standard, &result, name);
        let agrees = found.as_ref().is_some_and(|found| agrees(found, wanted));
        if !agrees {
            let found = found.map_or_else(|| "—".to_owned(), |found| found.shown());
            findings.push(Finding::error(
                "indicator-example-fails",
                place,
                &[
                    ("example", &shown),
                    ("name", name),
                    ("wanted", wanted),
                    ("found", &found),
                ],
            ));
        }
    }
    Tried {
        name: example.name.clone(),
        variant,
        result,
        findings,
    }
}

fn run_rows(standard: &Standard, units: &[UnitData], example: &Example) -> Vec<UnitResult> {
    run(standard, units, Settings { at: example.at })
}

/// What a run gave for a name of 期望.
enum Found {
    Number {
        exact: Number,
        rounded: Option<Number>,
        unit: Unit,
    },
    Word(String),
}

impl Found {
    fn shown(&self) -> String {
        match self {
            Self::Number { exact, rounded, unit } => {
                let digits = if exact.is_exact() { 15 } else { 12 };
                let number = rounded.as_ref().unwrap_or(exact).brief(digits);
                format!("{number} {}", unit.text()).trim_end().to_owned()
            }
            Self::Word(word) => word.clone(),
        }
    }
}

fn found(standard: &Standard, result: &UnitResult, name: &str) -> Option<Found> {
    let pure = |exact: &Number, rounded: Option<&Number>| {
        Some(Found::Number {
            exact: exact.clone(),
            rounded: rounded.cloned(),
            unit: Unit::none(),
        })
    };
    match name {
        "总分" | "total" => return pure(result.total.as_ref()?, result.rounded.as_ref()),
        "覆盖率" | "coverage" => return pure(result.coverage.as_ref()?, None),
        "等级" | "grade" => return result.grade.clone().map(Found::Word),
        "名次" | "rank" => return pure(&Number::from(result.rank? as i64), None),
        _ => {}
    }
    let canonical = canonical_name(name);
    let (code, aspect) = split_aspect(&canonical);
    let at = standard.node(code)?;
    let (rule, node) = (standard.nodes.get(at)?, result.nodes.get(at)?);
    let wants_points = match aspect {
        Aspect::Score => true,
        Aspect::Natural => !rule.children.is_empty(),
        Aspect::Weight => return pure(node.weight.as_ref()?, None),
        Aspect::Value => false,
    };
    if wants_points {
        return pure(node.points.as_ref()?.number()?, None);
    }
    match &node.computed.value {
        value @ Value::Quantity(_) => {
            let exact = value
                .in_unit(&rule.unit)
                .or_else(|| Some(value.quantity()?.number.clone()))?;
            let rounded = standard
                .rounding
                .nodes
                .get(&rule.code)
                .map(|interval| interval.round(&exact));
            Some(Found::Number {
                exact,
                rounded,
                unit: rule.unit.clone(),
            })
        }
        Value::Absent(absence) => Some(Found::Word(absence.why.id().to_owned())),
        value => Some(Found::Word(value.shown(&Unit::none()))),
    }
}

/// How far an expected number may be from one that is not exact.
const NEAR: f64 = 1e-9;

/// A number agrees exactly, or rounded where the standard rounds it; one that ends in `…` agrees in the digits written.
/// What is computed in floats, as an index is, cannot be told more nearly than they are.
fn agrees(found: &Found, wanted: &str) -> bool {
    let wanted = wanted.trim();
    match found {
        Found::Word(word) => formula::same_word(word, wanted),
        Found::Number { exact, rounded, unit } => {
            if let Some(digits) = wanted.strip_suffix('…').or_else(|| wanted.strip_suffix("...")) {
                let settled = || Number::parse(&exact.brief(12)).filter(|_| !exact.is_exact());
                return begins_with(exact, digits) || settled().is_some_and(|settled| begins_with(&settled, digits));
            }
            let Ok(value) = Value::read(wanted, unit) else {
                return false;
            };
            let Some(wanted) = value.in_unit(unit) else {
                return false;
            };
            let near = || {
                let (wanted, exact) = (wanted.to_f64(), exact.to_f64());
                (wanted - exact).abs() <= NEAR.max(1e-12 * wanted.abs())
            };
            wanted == *exact || Some(&wanted) == rounded.as_ref() || (!exact.is_exact() && near())
        }
    }
}

/// Whether a number begins with the digits that are written, cut and not rounded.
fn begins_with(number: &Number, digits: &str) -> bool {
    let places = digits.split_once('.').map_or(0, |(_, broken)| broken.len());
    let Some(wanted) = Number::parse(digits) else {
        return false;
    };
    let scale = Number::power_of_ten(i32::try_from(places).unwrap_or(0));
    let cut = |number: &Number| {
        let scaled = number.abs().times(&scale).ok()?.floor();
        scaled.over(&scale).ok()
    };
    cut(number) == Some(wanted.abs()) && (number.is_negative() == wanted.is_negative() || wanted.is_zero())
}
