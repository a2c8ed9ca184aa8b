//! A wide run told unit by unit, as the exact one is. Where there is nothing to say but figures, columns of floats tell
//! them; a unit with a gap, a gate that closes, points added or a limit that rounding would have reached goes the exact
//! way, and brings its notes.

use std::collections::BTreeMap;

use formula::{Expr, ExprKind, Function, Interval, LaneKind, Operator, Value};
use language::Lang;
use serde_json::json;

use super::block::Block;
use super::judge::{Judged, rounded_would};
use super::{Exactly, Frame, Wide, WideGrade, WideSettings, whole};
use crate::data::UnitData;
use crate::day::Period;
use crate::note::Note;
use crate::outcome::UnitResult;
use crate::report::{NodeReport, UnitReport, settled, unit_report, value_of};
use crate::run::UNGRADED;
use crate::standard::{NodeRule, Standard, Written};

/// What one block keeps for telling.
pub(super) struct Kept {
    /// By indicator: the value in its unit, where a formula gives it, and the points.
    values: Vec<Option<Vec<f64>>>,
    points: Vec<Option<Vec<f64>>>,
    /// Lanes of which there is nothing to say but figures.
    plain: Vec<bool>,
}

impl Kept {
    pub(super) fn of(block: &Block<'_>, judged: Option<&Judged>, count: usize) -> Self {
        let standard = block.terms.standard;
        let mut noted = judged.map_or_else(|| vec![false; count], |judged| judged.noted.clone());
        if let Some(judged) = judged {
            rounded_would(block, judged, &mut noted);
            for (lane, noted) in noted.iter_mut().enumerate() {
                *noted |= !judged.total.state(lane).is_present();
            }
        }
        let (mut values, mut points) = (Vec::new(), Vec::new());
        for (at, rule) in standard.nodes.iter().enumerate() {
            let leaf = rule.children.is_empty();
            values.push(leaf.then(|| value(block, at, rule, &mut noted)).flatten());
            points.push(judged.and_then(|_| {
                let found = block.node_points(at)?;
                for (lane, noted) in noted.iter_mut().enumerate() {
                    *noted |= !found.lanes.state(lane).is_present() || found.is_dropped(lane);
                }
                Some((0..count).map(|lane| found.lanes.value(lane)).collect())
            }));
        }
        Self {
            values,
            points,
            plain: noted.iter().map(|noted| !noted).collect(),
        }
    }
}

/// The values of an indicator that its formula gives; `None` where it is reported.
fn value(block: &Block<'_>, node: usize, rule: &NodeRule, noted: &mut [bool]) -> Option<Vec<f64>> {
    let lanes = block.node_value(node);
    let divisor = rule
        .denominator
        .as_deref()
        .map(|name| formula::ColumnWorld::value(block, name, 0));
    for (lane, noted) in noted.iter_mut().enumerate() {
        // What takes the place of a gap says so, whether the value lacks or what it is divided by.
        let divides = divisor.as_ref().is_none_or(|divisor| divisor.state(lane).is_present());
        *noted |= !divides || !lanes.state(lane).is_present();
    }
    rule.formula.as_ref()?;
    let fits = lanes.kind == LaneKind::Number(rule.unit.dimension());
    let factor = rule.unit.factor().to_f64();
    let interval = block.terms.standard.rounding.nodes.get(&rule.code);
    let values = noted.iter_mut().enumerate().map(|(lane, noted)| {
        let value = lanes.value(lane) / factor;
        let bound = lanes.bound(lane) / factor + value.abs() * f64::EPSILON * 4.0;
        // Words, units of their own, and what lies near a rounding, the exact way tells.
        *noted |= !fits || interval.is_some_and(|interval| near_half(value, bound, interval));
        value
    });
    Some(values.collect())
}

fn near_half(value: f64, bound: f64, interval: &Interval) -> bool {
    let size = interval.value().to_f64();
    let steps = value / size;
    (steps - steps.floor() - 0.5).abs() <= bound / size * 1.001 + steps.abs() * f64::EPSILON
}

/// Columns over all rows.
#[derive(Default)]
pub(super) struct Columns {
    values: Vec<Option<Vec<f64>>>,
    points: Vec<Option<Vec<f64>>>,
    plain: Vec<bool>,
    /// Of each period, the exact result of a unit of which there is nothing to say: parameters and weights are the same
    /// for all of them.
    typical: BTreeMap<Option<Period>, UnitResult>,
}

impl Columns {
    fn new(standard: &Standard, rows: usize) -> Self {
        Self {
            values: vec![None; standard.nodes.len()],
            points: vec![None; standard.nodes.len()],
            plain: vec![false; rows],
            typical: BTreeMap::new(),
        }
    }

    pub(super) fn take(&mut self, rows: &[u32], kept: Kept, doubtful: &mut [bool]) {
        let count = self.plain.len();
        let fill = |columns: &mut Vec<Option<Vec<f64>>>, kept: Vec<Option<Vec<f64>>>| {
            for (column, kept) in columns.iter_mut().zip(kept) {
                let Some(kept) = kept else { continue };
                let column = column.get_or_insert_with(|| vec![f64::NAN; count]);
                for (row, value) in rows.iter().zip(kept) {
                    column[*row as usize] = value;
                }
            }
        };
        fill(&mut self.values, kept.values);
        fill(&mut self.points, kept.points);
        for (row, plain) in rows.iter().zip(kept.plain) {
            doubtful[*row as usize] |= !plain;
            self.plain[*row as usize] = plain;
        }
    }

    pub(super) fn represent(&mut self, frame: &Frame<'_>, exactly: &mut Exactly<'_>) {
        for (period, rows) in &frame.groups {
            let typical = rows.iter().find(|row| self.plain.get(**row as usize) == Some(&true));
            if let Some(row) = typical
                && let Some((_, result)) = exactly.results(&[*row]).into_iter().next()
            {
                self.typical.insert(*period, result.clone());
            }
        }
    }
}

/// Whether columns can tell a standard's runs as the exact way does: parameters that are asked for under a condition
/// are noted by some units and not by others, and what looks at other units or periods is the exact way's anyway.
pub fn tells(standard: &Standard) -> bool {
    let nodes = standard.nodes.iter();
    let formulas = nodes.flat_map(|node| [node.formula.as_ref(), node.scoring.as_ref()]);
    let sound = |written: &Written| {
        let asked = written.formula.asks();
        let around = asked.iter().any(|asked| asked.of_all || asked.back > 0);
        let parameter = asked.iter().any(|asked| standard.parameter(&asked.name).is_some());
        let bodies = written.formula.locals.iter().map(|local| &local.body);
        let conditional = std::iter::once(&written.formula.body).chain(bodies).any(is_conditional);
        !around && !(parameter && conditional)
    };
    let judged = standard.grades.iter().filter_map(|grade| grade.condition.as_ref());
    let judged = judged.chain(standard.gates.iter().map(|gate| &gate.condition));
    let adjusted = standard.adjustments.iter();
    let adjusted = adjusted
        .flat_map(|one| [one.condition.as_ref(), Some(&one.points)])
        .flatten();
    let asks_parameter = |written: &Written| {
        let asked = written.formula.asks();
        asked.iter().any(|asked| standard.parameter(&asked.name).is_some())
    };
    formulas.flatten().all(sound) && !judged.chain(adjusted).any(asks_parameter)
}

/// Whether a part of an expression may be left unasked.
fn is_conditional(expr: &Expr) -> bool {
    let own = matches!(
        &expr.kind,
        ExprKind::If(..)
            | ExprKind::Ladder(..)
            | ExprKind::LookUp(..)
            | ExprKind::Binary(Operator::And | Operator::Or, ..)
            | ExprKind::Call(Function::OrElse, _)
    );
    own || expr.parts().into_iter().any(is_conditional)
}

/// A wide run, to be told unit by unit.
pub struct Told<'a> {
    standard: Standard,
    units: &'a [UnitData],
    lang: Lang,
    wide: Wide,
    columns: Columns,
    exact: BTreeMap<u32, UnitResult>,
    notes: BTreeMap<Option<Period>, Vec<String>>,
}

/// Runs a standard by columns over units that were read; what [`tells`] refuses is told all the same, exactly.
pub fn told<'a>(standard: &Standard, units: &'a [UnitData], settings: WideSettings, lang: Lang) -> Told<'a> {
    let weighed = crate::weighing::weighed(standard, units, settings.run);
    let standard = weighed.unwrap_or_else(|| standard.clone());
    let frame = Frame::of_units(units);
    let mut columns = Columns::new(&standard, units.len());
    let (wide, exact) = whole(&standard, &frame, settings, Some(&mut columns));
    let parameters = |result: &UnitResult| {
        let notes = result.notes.iter();
        let notes = notes.filter(|note| matches!(note, Note::Parameter { .. } | Note::NotYetPublished { .. }));
        notes.map(|note| note.said(lang)).collect()
    };
    let notes = columns.typical.iter();
    let notes = notes.map(|(period, result)| (*period, parameters(result))).collect();
    Told {
        standard,
        units,
        lang,
        wide,
        columns,
        exact,
        notes,
    }
}

impl Told<'_> {
    /// How many units.
    pub fn count(&self) -> usize {
        self.units.len()
    }

    /// How many of them were computed exactly.
    pub fn exactly(&self) -> usize {
        self.exact.len()
    }

    /// The period of a row.
    pub fn period(&self, row: usize) -> Option<Period> {
        self.units.get(row)?.period
    }

    /// The rank of a row among the units of its period.
    pub fn rank(&self, row: usize) -> Option<usize> {
        let rank = self.wide.rank.get(row).copied().filter(|rank| *rank > 0);
        rank.map(|rank| rank as usize)
    }

    /// Whether a unit has no total although the standard scores.
    pub fn is_without(&self, row: usize) -> bool {
        self.standard.has_total() && self.wide.total.get(row).is_none_or(|total| total.is_nan())
    }

    /// The result of a row.
    pub fn unit(&self, row: usize) -> Option<UnitReport> {
        let unit = self.units.get(row)?;
        let rank = self.rank(row);
        if let Some(result) = self.exact.get(&(row as u32)) {
            let mut report = unit_report(&self.standard, result, self.lang);
            report.rank = rank;
            return Some(report);
        }
        // An index is not exact: its floats are told without their noise.
        let noisy = self.standard.index.is_some();
        let float = |column: &[f64]| {
            let value = column.get(row).copied().filter(|value| !value.is_nan())?;
            Some(if noisy { settled(value) } else { value })
        };
        let typical = self.columns.typical.get(&unit.period);
        let node = |(at, rule): (usize, &NodeRule)| {
            let weight = typical.and_then(|result| result.nodes.get(at)?.weight.as_ref());
            let report = NodeReport {
                value: self.value(unit, row, (at, rule)),
                unit: if rule.children.is_empty() {
                    rule.unit.text().to_owned()
                } else {
                    String::new()
                },
                score: self
                    .columns
                    .points
                    .get(at)
                    .and_then(Option::as_ref)
                    .and_then(|column| float(column)),
                weight: weight.map(formula::Number::to_f64),
                missing: None,
                exact: None,
            };
            (rule.code.clone(), report)
        };
        let grade = self.wide.grade.get(row).copied().flatten();
        Some(UnitReport {
            id: unit.id.clone(),
            period: unit.period.map(|period| period.to_string()),
            nodes: self.standard.nodes.iter().enumerate().map(node).collect(),
            total: float(&self.wide.rounded),
            exact: None,
            coverage: float(&self.wide.coverage),
            grade: grade.map(|grade| match grade {
                WideGrade::Ungraded => UNGRADED[0].to_owned(),
                WideGrade::Grade(at) => {
                    let grade = self.standard.grades.get(usize::from(at));
                    grade.map(|grade| grade.name.clone()).unwrap_or_default()
                }
            }),
            rank,
            notes: self.notes.get(&unit.period).cloned().unwrap_or_default(),
        })
    }

    fn value(&self, unit: &UnitData, row: usize, (at, rule): (usize, &NodeRule)) -> serde_json::Value {
        let interval = self.standard.rounding.nodes.get(&rule.code);
        match (unit.values.get(&rule.code), self.columns.values.get(at)) {
            (Some(given @ Value::Quantity(_)), _) if interval.is_some() => {
                let number = given.in_unit(&rule.unit);
                let rounded = number
                    .zip(interval)
                    .map(|(number, interval)| interval.round(&number).to_f64());
                json!(rounded)
            }
            (Some(given), _) => value_of(given, rule).0,
            (None, Some(Some(column))) => {
                let value = column.get(row).copied().filter(|value| value.is_finite());
                let rounded = value.and_then(formula::Number::from_float).zip(interval);
                json!(rounded.map_or(value, |(number, interval)| Some(interval.round(&number).to_f64())))
            }
            _ => serde_json::Value::Null,
        }
    }
}
