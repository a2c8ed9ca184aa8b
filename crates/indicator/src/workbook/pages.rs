//! The sheets that results are computed from: inputs, parameters, derivation.

use formula::{Value, Why};

use super::layout::{Holds, InputColumn, Layout, RULE_HEADS};
use super::{BookCell, BookSheet, cell};
use crate::data::UnitData;
use crate::standard::Missing;

/// Heads of the parameters.
const PARAMETER_HEADS: [&str; 7] = [
    "workbook-run-name",
    "workbook-run-value",
    "workbook-run-unit",
    "workbook-run-period",
    "workbook-run-published",
    "workbook-run-basis",
    "workbook-run-clause",
];

impl Layout<'_> {
    /// What results are computed from.
    pub(super) fn sheets(&self) -> [BookSheet; 3] {
        [self.input_sheet(), self.parameter_sheet(), self.derivation_sheet()]
    }

    fn input_sheet(&self) -> BookSheet {
        let mut heads = vec![self.said("workbook-run-unit-id"), self.said("workbook-run-period")];
        heads.extend(self.inputs.iter().map(InputColumn::head));
        let row = |unit: &UnitData| {
            let given = self.inputs.iter().map(|column| match unit.values.get(&column.name) {
                None => BookCell::Empty,
                Some(value) => self.given(column, value),
            });
            identity(unit).into_iter().chain(given).collect()
        };
        BookSheet {
            name: self.names.inputs.clone(),
            about: self.said("workbook-run-inputs-about"),
            heads,
            filled: true,
            rows: self.units.iter().map(row).collect(),
        }
    }

    /// A value as it is filled in; words say why there is none.
    fn given(&self, column: &InputColumn, value: &Value) -> BookCell {
        match value {
            Value::Quantity(quantity) if column.holds == Holds::Number => cell(&column.unit.of_base(&quantity.number)),
            Value::Absent(absence) => BookCell::Text(match &absence.why {
                Why::NotApplicable(_) => self.said("workbook-run-not-applicable"),
                Why::Unverified(_) => self.said("workbook-run-unverified"),
                _ => return BookCell::Empty,
            }),
            other => BookCell::Text(other.shown(&column.unit)),
        }
    }

    fn parameter_sheet(&self) -> BookSheet {
        let row = |(parameter, which): &(usize, usize)| {
            let parameter = self.standard.parameters.get(*parameter)?;
            let value = parameter.values.get(*which)?;
            let number = value.value.in_unit(&parameter.unit);
            let text = |text: String| {
                if text.is_empty() {
                    BookCell::Empty
                } else {
                    BookCell::Text(text)
                }
            };
            Some(vec![
                text(parameter.name.clone()),
                number.map_or_else(|| text(value.value.shown(&parameter.unit)), |number| cell(&number)),
                text(parameter.unit.text().to_owned()),
                text(value.period.map(|period| period.to_string()).unwrap_or_default()),
                text(value.published.map(|day| day.to_string()).unwrap_or_default()),
                text(parameter.basis.clone()),
                text(value.place.clause.clone()),
            ])
        };
        BookSheet {
            name: self.names.parameters.clone(),
            about: self.said("workbook-run-parameters-about"),
            heads: PARAMETER_HEADS.map(|id| self.said(id)).to_vec(),
            filled: true,
            rows: self.parameters.iter().filter_map(row).collect(),
        }
    }

    fn derivation_sheet(&self) -> BookSheet {
        let text = |text: &str| {
            if text.is_empty() {
                BookCell::Empty
            } else {
                BookCell::Text(text.to_owned())
            }
        };
        let mut heads = RULE_HEADS.map(|id| self.said(id)).to_vec();
        heads.extend(self.periods.iter().map(|period| {
            let period = period.map(|period| period.to_string()).unwrap_or_default();
            format!("{} {period}", self.said("workbook-run-weight"))
                .trim()
                .to_owned()
        }));
        let row = |(at, node): (usize, &crate::standard::NodeRule)| {
            let parent = node.parent.and_then(|parent| self.standard.nodes.get(parent));
            let missing = match node.missing {
                Missing::Fail => "workbook-run-fails",
                Missing::Zero => "workbook-run-zeroed",
                Missing::Drop => "workbook-run-dropped",
            };
            let missing = if node.children.is_empty() && self.standard.has_total() {
                self.said(missing)
            } else {
                String::new()
            };
            let written =
                |of: &Option<crate::standard::Written>| of.as_ref().map(|of| of.text.clone()).unwrap_or_default();
            let mut cells = vec![
                text(&node.code),
                text(&node.name),
                text(parent.map(|parent| parent.code.as_str()).unwrap_or_default()),
                text(node.unit.text()),
                text(&written(&node.formula)),
                text(&written(&node.scoring)),
                text(&missing),
                text(&node.place.clause),
            ];
            cells.extend(
                self.periods
                    .iter()
                    .map(|period| cell(&self.standard.weight_of(at, *period))),
            );
            cells
        };
        BookSheet {
            name: self.names.derivation.clone(),
            about: self.said("workbook-run-derivation-about"),
            heads,
            filled: true,
            rows: self.standard.nodes.iter().enumerate().map(row).collect(),
        }
    }
}

/// The unit and its period.
pub(super) fn identity(unit: &UnitData) -> [BookCell; 2] {
    let period = unit
        .period
        .map_or(BookCell::Empty, |period| BookCell::Text(period.to_string()));
    [BookCell::Text(unit.id.clone()), period]
}
