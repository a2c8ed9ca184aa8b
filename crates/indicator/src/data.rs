//! The units that a standard is run over: what each gives for its inputs, understood and checked cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use formula::{Dimension, ExprKind, Kind, LadderKind, Unit, Value, canonical_name, same_word, words_of};

use crate::day::Period;
use crate::finding::{Finding, Place};
use crate::given::Given;
use crate::run::Settings;
use crate::standard::{Mode, Standard};

/// Heads of the column that names the unit.
pub const UNIT_HEADS: [&str; 4] = ["unit", "id", "uCode", "单元"];
/// Heads of the column that names the period.
pub const PERIOD_HEADS: [&str; 3] = ["period", "期间", "期"];

/// A row of data as it came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawUnit {
    /// Its id.
    pub id: String,
    /// Its period, as written.
    pub period: Option<String>,
    /// What is given, each with its place in the file.
    pub inputs: Vec<(String, Given, Place)>,
    /// Where the row begins.
    pub place: Place,
}

/// A unit with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitData {
    /// Its id.
    pub id: String,
    /// The period that the values describe.
    pub period: Option<Period>,
    /// Values by canonical name.
    pub values: BTreeMap<String, Value>,
    /// The same as they were written, for explanations.
    pub written: BTreeMap<String, String>,
}

/// Rows understood against a standard. Findings of severity error name cells that cannot be right; a run does not
/// begin with them.
pub fn understand(standard: &Standard, rows: &[RawUnit]) -> (Vec<UnitData>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut units = Vec::with_capacity(rows.len());
    let mut seen = BTreeSet::new();
    let asked = asked_names(standard);
    let mut strangers = BTreeSet::new();
    for row in rows {
        let period = match &row.period {
            None => None,
            Some(text) => {
                let period = Period::read(text);
                if period.is_none() {
                    findings.push(Finding::error("indicator-period", &row.place, &[("found", text)]));
                }
                period
            }
        };
        if row.id.trim().is_empty() {
            findings.push(Finding::error("indicator-unit-without-id", &row.place, &[]));
            continue;
        }
        if !seen.insert((row.id.clone(), period)) {
            findings.push(Finding::error("indicator-unit-twice", &row.place, &[("id", &row.id)]));
            continue;
        }
        let (mut values, mut written) = (BTreeMap::new(), BTreeMap::new());
        for (name, given, place) in &row.inputs {
            let name = canonical_name(name);
            let Some(name) = known_name(standard, &asked, &name) else {
                if strangers.insert(name.clone()) {
                    findings.push(Finding::warning("indicator-unused-column", place, &[("name", &name)]));
                }
                continue;
            };
            match understood(standard, &name, given) {
                Ok(value) => {
                    written.insert(name.clone(), given.shown());
                    values.insert(name, value);
                }
                Err(problem) => findings.push(problem.finding(&name, given, place, &row.id)),
            }
        }
        units.push(UnitData {
            id: row.id.clone(),
            period,
            values,
            written,
        });
    }
    findings.extend(crate::weighing::faults(standard, &units, Settings::default()));
    (units, findings)
}

/// Every name that formulas of the standard ask for and that is no indicator, parameter or table.
pub fn asked_names(standard: &Standard) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let formulas = standard
        .nodes
        .iter()
        .flat_map(|node| [node.formula.as_ref(), node.scoring.as_ref()])
        .chain(standard.grades.iter().map(|grade| grade.condition.as_ref()))
        .chain(standard.gates.iter().map(|gate| Some(&gate.condition)))
        .chain(
            standard
                .adjustments
                .iter()
                .flat_map(|adjustment| [adjustment.condition.as_ref(), Some(&adjustment.points)]),
        )
        .chain(standard.tables.iter().flat_map(|table| table.conditions().map(Some)));
    for written in formulas.flatten() {
        for asked in written.formula.asks() {
            let code = crate::standard::split_aspect(&asked.name).0;
            let ours = standard.node(code).is_some()
                || standard.parameter(&asked.name).is_some()
                || standard.table(&asked.name).is_some()
                || crate::world::is_special(&asked.name);
            if !ours {
                names.insert(asked.name);
            }
        }
    }
    names.extend(standard.inputs.iter().map(|input| input.name.clone()));
    names.extend(standard.nodes.iter().filter_map(|node| node.denominator.clone()));
    names
}

pub(crate) fn known_name(standard: &Standard, asked: &BTreeSet<String>, name: &str) -> Option<String> {
    if let Some(at) = standard.node(name) {
        return standard.nodes.get(at).map(|node| node.code.clone());
    }
    asked.contains(name).then(|| name.to_owned())
}

enum Problem {
    Fault(formula::Fault),
    Unit { wanted: String, found: Dimension },
    Kind(&'static str),
    Word(String),
}

impl Problem {
    fn finding(&self, name: &str, given: &Given, place: &Place, id: &str) -> Finding {
        let text = given.shown();
        let text: String = text.chars().take(60).collect();
        let common: [(&'static str, &dyn ToString); 3] = [("id", &id), ("name", &name), ("text", &text)];
        match self {
            Self::Fault(fault) => {
                let mut finding = Finding::error("indicator-cell-unreadable", place, &common);
                let reason = fault.kind.arguments().first().map(|(_, value)| value.clone());
                finding.arguments.push(("reason", reason.unwrap_or_default()));
                finding
            }
            Self::Unit { wanted, found } => {
                let mut finding = Finding::error("indicator-cell-wrong-unit", place, &common);
                finding.arguments.push(("unit", wanted.clone()));
                finding.arguments.push(("found", found.to_string()));
                finding
            }
            Self::Kind(wanted) => {
                let rule = match *wanted {
                    "number" => "indicator-cell-not-a-number",
                    "truth" => "indicator-cell-not-a-truth",
                    _ => "indicator-cell-not-a-word",
                };
                Finding::error(rule, place, &common)
            }
            Self::Word(known) => {
                let mut finding = Finding::error("indicator-cell-unknown-word", place, &common);
                finding.arguments.push(("known", known.clone()));
                finding
            }
        }
    }
}

/// A value as it is understood.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn understood_or(standard: &Standard, name: &str, given: &Given, place: &Place) -> Result<Value, Finding> {
    understood(standard, name, given).map_err(|problem| problem.finding(name, given, place, ""))
}

fn understood(standard: &Standard, name: &str, given: &Given) -> Result<Value, Problem> {
    let (unit, kind) = expectation(standard, name);
    let value = given.value(name, &unit).map_err(Problem::Fault)?;
    fitting(&value, &unit, &kind)?;
    Ok(match (value, &kind) {
        // A list of one is written as one.
        (value @ (Value::Word(_) | Value::Quantity(_)), Kind::List(_)) => Value::List(vec![value]),
        (value, _) => value,
    })
}

fn fitting(value: &Value, unit: &Unit, kind: &Kind) -> Result<(), Problem> {
    match (kind, value) {
        (_, Value::Absent(_)) | (Kind::Any, _) => Ok(()),
        (Kind::Quantity(dimension), Value::Quantity(quantity)) => {
            match dimension.filter(|dimension| *dimension != quantity.dimension) {
                Some(_) => Err(Problem::Unit {
                    wanted: unit.text().to_owned(),
                    found: quantity.dimension,
                }),
                None => Ok(()),
            }
        }
        (Kind::Quantity(_), _) => Err(Problem::Kind("number")),
        (Kind::Truth, Value::Truth(_)) => Ok(()),
        (Kind::Truth, _) => Err(Problem::Kind("truth")),
        (Kind::List(inner), Value::List(values)) => values.iter().try_for_each(|value| fitting(value, unit, inner)),
        (Kind::List(inner), value) => fitting(value, unit, inner),
        (Kind::Word(known), value) => {
            let key = match value {
                Value::Word(word) => word.clone(),
                Value::Truth(true) => "是".to_owned(),
                Value::Truth(false) => "否".to_owned(),
                _ => return Err(Problem::Kind("word")),
            };
            if known.is_empty() || known.iter().any(|word| same_word(word, &key)) {
                Ok(())
            } else {
                Err(Problem::Word(known.join("、")))
            }
        }
    }
}

/// The unit and kind that an input or an indicator is given in.
pub(crate) fn expectation(standard: &Standard, name: &str) -> (Unit, Kind) {
    if let Some(node) = standard.node(name).and_then(|at| standard.nodes.get(at)) {
        let words = node
            .scoring
            .as_ref()
            .map(|scoring| words_of(&scoring.formula))
            .unwrap_or_default();
        let open = node.scoring.as_ref().is_some_and(|scoring| {
            matches!(&scoring.formula.body.kind, ExprKind::Ladder(LadderKind::Grade, _, rungs)
                if rungs.iter().any(|rung| rung.guard == formula::Guard::Otherwise))
        });
        let kind = if open {
            Kind::Any
        } else if !words.is_empty() {
            Kind::Word(words)
        } else if node.unit.text() == "是否" {
            Kind::Truth
        } else if node.unit.is_none() && standard.mode == Mode::Accounting {
            Kind::Any
        } else {
            Kind::Quantity(Some(node.unit.dimension()))
        };
        return (node.unit.clone(), kind);
    }
    match standard.input(name) {
        Some(input) => (input.unit.clone(), input.kind.clone()),
        None => (Unit::none(), Kind::Any),
    }
}
