//! Where everything of a run stands in its workbook.

use std::collections::{BTreeMap, BTreeSet};

use formula::{Dimension, Kind, Number, Unit, Value};
use jiff::civil::Date;
use language::Lang;

use super::{FIRST_ROW, letters};
use crate::data::{UnitData, expectation};
use crate::day::Period;
use crate::finding::said;
use crate::outcome::UnitResult;
use crate::standard::{Dated, Standard};

/// Names of sheets, as formulas quote them.
pub(super) struct Names {
    pub(super) results: String,
    pub(super) inputs: String,
    pub(super) parameters: String,
    pub(super) derivation: String,
}

/// What the cells of a name hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    Number,
    Word,
    Truth,
    /// Lists: shown, not computed with.
    List,
}

impl Holds {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Quantity(_) => Some(Self::Number),
            Value::Word(_) => Some(Self::Word),
            Value::Truth(_) => Some(Self::Truth),
            Value::List(_) => Some(Self::List),
            Value::Absent(_) => None,
        }
    }
}

/// A column of the inputs.
pub(super) struct InputColumn {
    pub(super) name: String,
    /// In what its numbers stand; where nothing is declared, in base units.
    pub(super) unit: Unit,
    dimension: Option<Dimension>,
    pub(super) holds: Holds,
}

impl InputColumn {
    /// From the cell's number to base units.
    pub(super) fn factor(&self) -> &Number {
        self.unit.factor()
    }

    pub(super) fn head(&self) -> String {
        match (&self.unit, self.dimension) {
            (unit, _) if !unit.is_none() => format!("{} ({})", self.name, unit.text()),
            (_, Some(dimension)) if !dimension.is_none() => format!("{} ({dimension})", self.name),
            _ => self.name.clone(),
        }
    }
}

/// Columns of the results, counted from 0.
pub(super) struct Places {
    /// Of each indicator, where its value stands.
    pub(super) value: Vec<Option<usize>>,
    /// Of each indicator, where its points stand.
    pub(super) points: Vec<Option<usize>>,
    /// What the indicators come to, where the standard scores.
    pub(super) total: Option<TotalPlaces>,
}

pub(super) struct TotalPlaces {
    /// Before bonuses and deductions.
    pub(super) joined: usize,
    pub(super) total: usize,
    pub(super) rounded: usize,
    pub(super) coverage: usize,
}

impl Places {
    fn of(standard: &Standard) -> Self {
        let mut next = 2;
        let mut place = |wanted: bool| {
            wanted.then(|| {
                next += 1;
                next - 1
            })
        };
        let scored = standard.has_total();
        let (mut value, mut points) = (Vec::new(), Vec::new());
        for node in &standard.nodes {
            value.push(place(node.children.is_empty()));
            points.push(place(scored));
        }
        Self {
            value,
            points,
            total: scored.then_some(TotalPlaces {
                joined: next,
                total: next + 1,
                rounded: next + 2,
                coverage: next + 3,
            }),
        }
    }
}

pub(super) struct Layout<'a> {
    pub(super) standard: &'a Standard,
    pub(super) units: &'a [UnitData],
    pub(super) results: &'a [UnitResult],
    pub(super) at: Option<Date>,
    pub(super) names: Names,
    pub(super) places: Places,
    /// Of each indicator, what its values hold.
    pub(super) holds: Vec<Holds>,
    lang: Lang,
    pub(super) inputs: Vec<InputColumn>,
    /// Every value of every parameter: the parameter, and which of its values.
    pub(super) parameters: Vec<(usize, usize)>,
    pub(super) periods: Vec<Option<Period>>,
    before: BTreeMap<usize, usize>,
}

/// Heads of the derivation before the weights.
pub(super) const RULE_HEADS: [&str; 8] = [
    "workbook-run-code",
    "workbook-run-name",
    "workbook-run-parent",
    "workbook-run-unit",
    "workbook-run-formula",
    "workbook-run-scoring",
    "workbook-run-missing",
    "workbook-run-clause",
];
impl<'a> Layout<'a> {
    pub(super) fn new(
        standard: &'a Standard,
        units: &'a [UnitData],
        results: &'a [UnitResult],
        at: Option<Date>,
        lang: Lang,
    ) -> Self {
        let name = |id: &str| said(lang, id, &[]);
        let mut names: BTreeSet<String> = crate::data::asked_names(standard);
        names.extend(units.iter().flat_map(|unit| unit.values.keys().cloned()));
        let reported = standard.nodes.iter().filter(|node| {
            let asks = node
                .formula
                .as_ref()
                .is_none_or(|written| written.formula.is_reported());
            node.children.is_empty() && asks
        });
        names.extend(reported.map(|node| node.code.clone()));
        let holds = |node: usize| {
            let mut values = results.iter().filter_map(|result| result.nodes.get(node));
            values.find_map(|node| Holds::of(&node.computed.value))
        };
        let periods: BTreeSet<Option<Period>> = units.iter().map(|unit| unit.period).collect();
        let rows: BTreeMap<(&str, Option<Period>), usize> = (0..)
            .zip(units)
            .map(|(row, unit)| ((unit.id.as_str(), unit.period), row))
            .collect();
        let before = (0..).zip(units).filter_map(|(row, unit)| {
            let before = unit.period.and_then(Period::before)?;
            Some((row, *rows.get(&(unit.id.as_str(), Some(before)))?))
        });
        let parameters = standard.parameters.iter().enumerate();
        Self {
            standard,
            units,
            results,
            at,
            lang,
            names: Names {
                results: name("workbook-run-results"),
                inputs: name("workbook-run-inputs"),
                parameters: name("workbook-run-parameters"),
                derivation: name("workbook-run-derivation"),
            },
            places: Places::of(standard),
            inputs: names.into_iter().map(|name| column(standard, units, name)).collect(),
            holds: (0..standard.nodes.len())
                .map(|node| holds(node).unwrap_or(Holds::Number))
                .collect(),
            parameters: parameters
                .flat_map(|(at, parameter)| (0..parameter.values.len()).map(move |which| (at, which)))
                .collect(),
            before: before.collect(),
            periods: periods.into_iter().collect(),
        }
    }

    pub(super) fn said(&self, id: &str) -> String {
        said(self.lang, id, &[])
    }

    /// The row of a unit one period earlier.
    pub(super) fn before(&self, row: usize) -> Option<usize> {
        self.before.get(&row).copied()
    }

    fn reference(sheet: &str, column: usize, row: usize) -> String {
        let sheet = sheet.replace('\'', "''");
        format!("'{sheet}'!${}${}", letters(column), FIRST_ROW as usize + row)
    }

    /// The cell of an input, with its column.
    pub(super) fn input(&self, name: &str, row: usize) -> Option<(&InputColumn, String)> {
        let at = self.inputs.iter().position(|column| column.name == name)?;
        let column = self.inputs.get(at)?;
        Some((column, Self::reference(&self.names.inputs, at + 2, row)))
    }

    /// The cell of a parameter's value.
    pub(super) fn parameter(&self, parameter: usize, value: &Dated) -> Option<String> {
        let of = self.standard.parameters.get(parameter)?;
        let which = of.values.iter().position(|own| own == value)?;
        let row = self.parameters.iter().position(|pair| *pair == (parameter, which))?;
        Some(Self::reference(&self.names.parameters, 1, row))
    }

    /// The cell of an indicator's weight for the period of a row.
    pub(super) fn weight(&self, node: usize, row: usize) -> String {
        let period = self.units.get(row).and_then(|unit| unit.period);
        let at = self.periods.iter().position(|own| *own == period).unwrap_or(0);
        Self::reference(&self.names.derivation, RULE_HEADS.len() + at, node)
    }

    /// A cell of the results.
    pub(super) fn result(&self, column: usize, row: usize) -> String {
        Self::reference(&self.names.results, column, row)
    }

    /// A whole column of the results.
    pub(super) fn result_column(&self, column: usize) -> String {
        let last = FIRST_ROW as usize + self.units.len().max(1) - 1;
        let letters = letters(column);
        let first = self.result(column, 0);
        format!("{first}:${letters}${last}")
    }

    pub(super) fn result_heads(&self) -> Vec<String> {
        let mut heads = vec![self.said("workbook-run-unit-id"), self.said("workbook-run-period")];
        for (at, node) in self.standard.nodes.iter().enumerate() {
            let named = |what: &str| format!("{} {} {what}", node.code, node.name).trim().to_owned();
            if self.places.value.get(at).is_some_and(Option::is_some) {
                let unit = node.unit.text();
                heads.push(named(if unit.is_empty() { "" } else { unit }));
            }
            if self.places.points.get(at).is_some_and(Option::is_some) {
                heads.push(named(&self.said("workbook-run-points")));
            }
        }
        if self.places.total.is_some() {
            heads.extend(["joined", "total", "rounded", "coverage", "grade", "rank"].map(|what| {
                let id = format!("workbook-run-{what}");
                self.said(&id)
            }));
        }
        heads
    }
}

fn column(standard: &Standard, units: &[UnitData], name: String) -> InputColumn {
    let values = || units.iter().filter_map(|unit| unit.values.get(&name));
    let (unit, kind) = expectation(standard, &name);
    let declared = match kind {
        Kind::Truth => Holds::Truth,
        Kind::Word(_) => Holds::Word,
        Kind::List(_) => Holds::List,
        Kind::Any | Kind::Quantity(_) => Holds::Number,
    };
    let holds: BTreeSet<Holds> = values().filter_map(Holds::of).collect();
    let dimension = values().find_map(|value| value.quantity().map(|quantity| quantity.dimension));
    InputColumn {
        holds: match holds.len() {
            0 => declared,
            1 => holds.into_iter().next().unwrap_or(declared),
            // Of several kinds: shown as they are.
            _ => Holds::List,
        },
        unit,
        dimension,
        name,
    }
}
