//! What a formula of the standard finds when it asks for a name: inputs, indicators, parameters, tables.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use formula::{
    Absence, Formula, LimitRule, Number, Quantity, Subject, Undefined, Unit, Value, Why, World, evaluate, first_row,
    rows_that_hold, same_word,
};
use jiff::civil::Date;

use crate::data::UnitData;
use crate::day::Period;
use crate::note::Note;
use crate::outcome::{Computed, Points};
use crate::standard::{Aspect, Bundle, Missing, NodeRule, Standard, TableContent, split_aspect};

/// Names of results, for gates and grades.
pub(crate) fn is_special(name: &str) -> bool {
    is_total(name) || matches!(name, "覆盖率" | "coverage")
}

/// Names of the total.
pub(crate) fn is_total(name: &str) -> bool {
    matches!(name, "总分" | "total")
}

/// All rows of a run, with what was computed for each so far.
pub(crate) struct Population<'a> {
    pub(crate) standard: &'a Standard,
    pub(crate) at: Option<Date>,
    pub(crate) rows: Vec<Row<'a>>,
    /// Points that were joined over all units of a period.
    pub(crate) joined_peers: RefCell<BTreeMap<crate::peers::Family, Rc<crate::peers::Joined>>>,
}

pub(crate) struct Row<'a> {
    pub(crate) data: &'a UnitData,
    /// The same unit one period earlier.
    before: Option<usize>,
    memory: RefCell<Vec<Option<Rc<Computed>>>>,
    points: RefCell<Vec<Option<Rc<Points>>>>,
    under_way: RefCell<Vec<usize>>,
    pub(crate) notes: RefCell<Vec<Note>>,
    /// 总分 and 覆盖率, once they are known.
    pub(crate) results: RefCell<BTreeMap<&'static str, Value>>,
}

impl<'a> Population<'a> {
    pub(crate) fn new(standard: &'a Standard, units: &'a [UnitData], at: Option<Date>) -> Self {
        let mut by_unit: BTreeMap<(&str, Option<Period>), usize> = BTreeMap::new();
        for (row, unit) in units.iter().enumerate() {
            by_unit.insert((&unit.id, unit.period), row);
        }
        let rows = units
            .iter()
            .map(|data| Row {
                data,
                before: data
                    .period
                    .and_then(Period::before)
                    .and_then(|before| by_unit.get(&(data.id.as_str(), Some(before))).copied()),
                memory: RefCell::new(vec![None; standard.nodes.len()]),
                points: RefCell::new(vec![None; standard.nodes.len()]),
                under_way: RefCell::default(),
                notes: RefCell::default(),
                results: RefCell::default(),
            })
            .collect();
        Self {
            standard,
            at,
            rows,
            joined_peers: RefCell::default(),
        }
    }

    pub(crate) fn world(&self, row: usize) -> RowWorld<'_, 'a> {
        RowWorld {
            population: self,
            row,
            node: None,
            judging: false,
        }
    }

    /// The world of a gate's or a grade's condition: by 修约值比较法 limits are compared with values as they are rounded.
    pub(crate) fn judging_world(&self, row: usize) -> RowWorld<'_, 'a> {
        RowWorld {
            judging: self.standard.rounding.value_limit == LimitRule::RoundedValue,
            ..self.world(row)
        }
    }

    pub(crate) fn note(&self, row: usize, note: Note) {
        if let Some(row) = self.rows.get(row) {
            let mut notes = row.notes.borrow_mut();
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }

    /// The value of an indicator: given, or by its formula.
    pub(crate) fn value(&self, row: usize, node: usize) -> Rc<Computed> {
        let (Some(state), Some(rule)) = (self.rows.get(row), self.standard.nodes.get(node)) else {
            return Rc::new(Computed::absent(Value::missing("", "")));
        };
        if let Some(Some(known)) = state.memory.borrow().get(node) {
            return Rc::clone(known);
        }
        if state.under_way.borrow().contains(&node) {
            return Rc::new(Computed::absent(Value::absent(
                &rule.code,
                Why::Undefined(Undefined::Ring),
            )));
        }
        state.under_way.borrow_mut().push(node);
        let computed = Rc::new(self.compute(state, row, node, rule));
        state.under_way.borrow_mut().pop();
        if let Some(place) = state.memory.borrow_mut().get_mut(node) {
            *place = Some(Rc::clone(&computed));
        }
        computed
    }

    fn compute(&self, state: &Row<'_>, row: usize, node: usize, rule: &NodeRule) -> Computed {
        // What is given for an indicator goes before its formula.
        if let Some(given) = state.data.values.get(&rule.code) {
            return Computed {
                value: given.clone(),
                given: true,
                used: Vec::new(),
            };
        }
        let Some(written) = &rule.formula else {
            return Computed::absent(Value::missing(&rule.code, ""));
        };
        let world = RowWorld {
            population: self,
            row,
            node: Some(node),
            judging: false,
        };
        let done = evaluate(&written.formula, &world, None);
        let value = match done.value {
            Value::Quantity(quantity) if !rule.unit.is_none() && quantity.dimension != rule.unit.dimension() => {
                let why = Why::Undefined(Undefined::UnitMismatch {
                    left: quantity.dimension.to_string(),
                    right: rule.unit.text().to_owned(),
                });
                Value::absent(&rule.code, why)
            }
            value => value,
        };
        Computed {
            value,
            given: false,
            used: done.used,
        }
    }

    /// The points of an indicator: by its ladder, or joined from those below it.
    pub(crate) fn points(&self, row: usize, node: usize) -> Rc<Points> {
        let (Some(state), Some(rule)) = (self.rows.get(row), self.standard.nodes.get(node)) else {
            return Rc::new(Points::none());
        };
        if let Some(Some(known)) = state.points.borrow().get(node) {
            return Rc::clone(known);
        }
        let points = Rc::new(if rule.children.is_empty() {
            self.leaf_points(row, node, rule)
        } else {
            self.joined(row, Some(node), &rule.children)
        });
        if let Some(place) = state.points.borrow_mut().get_mut(node) {
            *place = Some(Rc::clone(&points));
        }
        points
    }

    fn leaf_points(&self, row: usize, node: usize, rule: &NodeRule) -> Points {
        let computed = self.value(row, node);
        let absence = match &computed.value {
            Value::Absent(absence) => absence.clone(),
            value => {
                let scored = match &rule.scoring {
                    Some(scoring) => {
                        let world = RowWorld {
                            population: self,
                            row,
                            node: Some(node),
                            judging: false,
                        };
                        let subject = Subject {
                            value,
                            unit: &rule.unit,
                        };
                        evaluate(&scoring.formula, &world, Some(subject)).value
                    }
                    None => value.clone(),
                };
                match (scored.in_unit(&Unit::none()), scored) {
                    (Some(points), _) => return Points::of(self.clamped(points)),
                    (None, Value::Absent(absence)) => absence,
                    (None, _) => match Value::absent(&rule.code, Why::Undefined(Undefined::WrongKind)) {
                        Value::Absent(absence) => absence,
                        _ => return Points::none(),
                    },
                }
            }
        };
        let policy = match &absence.why {
            // What cannot be computed is a fault of data or standard, never a policy's case.
            Why::Undefined(_) => Missing::Fail,
            Why::NotApplicable(_) => Missing::Drop,
            Why::Missing(_) | Why::Unverified(_) => rule.missing,
        };
        self.without(row, rule, absence, policy)
    }

    /// What a policy makes of an absent value, with its note.
    pub(crate) fn without(&self, row: usize, rule: &NodeRule, absence: Absence, policy: Missing) -> Points {
        let code = rule.code.clone();
        match policy {
            Missing::Fail => {
                self.note(
                    row,
                    Note::Failed {
                        code,
                        absence: absence.clone(),
                    },
                );
                Points::failed(absence)
            }
            Missing::Zero => {
                self.note(
                    row,
                    Note::Zeroed {
                        code,
                        absence: absence.clone(),
                    },
                );
                Points::zeroed(absence)
            }
            Missing::Drop => {
                self.note(
                    row,
                    Note::Dropped {
                        code,
                        absence: absence.clone(),
                    },
                );
                Points::dropped(absence)
            }
        }
    }

    /// Points that were computed elsewhere, over the whole population.
    pub(crate) fn preset(&self, row: usize, node: usize, points: Points) {
        if let Some(row) = self.rows.get(row)
            && let Some(place) = row.points.borrow_mut().get_mut(node)
        {
            *place = Some(Rc::new(points));
        }
    }

    pub(crate) fn clamped(&self, points: Number) -> Number {
        match &self.standard.aggregation.clamp {
            Some((low, high)) => points.max(low.clone()).min(high.clone()),
            None => points,
        }
    }

    /// Joins the points of indicators into those of the one above (`None`: into the total).
    pub(crate) fn joined(&self, row: usize, above: Option<usize>, parts: &[usize]) -> Points {
        let rule = above.and_then(|above| self.standard.nodes.get(above));
        let level = rule.map_or(1, |rule| rule.level + 1);
        let method = self
            .standard
            .aggregation
            .method_of(level, rule.map(|rule| rule.code.as_str()));
        if let Some(peers) = method.peers() {
            return self.among_peers(peers, row, above, parts);
        }
        let mut weighted = Vec::new();
        let mut dropped = None;
        for part in parts {
            let points = self.points(row, *part);
            match &*points {
                Points::Failed(absence) => return Points::failed(absence.clone()),
                Points::Dropped(absence) => dropped = Some(absence.clone()),
                Points::Given { points, .. } => weighted.push((self.weight(row, *part), points.clone())),
            }
        }
        match method.join(&weighted) {
            Some(Ok(points)) => Points::of(points),
            Some(Err(error)) => {
                let code = rule.map(|rule| rule.code.clone()).unwrap_or_default();
                match Value::absent(&code, Why::Undefined(error.into())) {
                    Value::Absent(absence) => {
                        self.note(
                            row,
                            Note::Failed {
                                code,
                                absence: absence.clone(),
                            },
                        );
                        Points::failed(absence)
                    }
                    _ => Points::none(),
                }
            }
            None => dropped.map_or_else(Points::none, Points::dropped),
        }
    }

    /// The weight of an indicator among its siblings, for the row's period.
    pub(crate) fn weight(&self, row: usize, node: usize) -> Number {
        let period = self.rows.get(row).and_then(|row| row.data.period);
        self.standard.weight_of(node, period)
    }
}

/// The world of one row; of the indicator that is being computed, where one is.
pub(crate) struct RowWorld<'p, 'a> {
    population: &'p Population<'a>,
    row: usize,
    node: Option<usize>,
    /// Whether values are taken as the standard rounds them.
    judging: bool,
}

impl RowWorld<'_, '_> {
    /// The row so many periods back.
    fn back(&self, back: u8) -> Option<usize> {
        let mut row = self.row;
        for _ in 0..back {
            row = self.population.rows.get(row)?.before?;
        }
        Some(row)
    }

    fn of_node(&self, row: usize, node: usize, aspect: Aspect) -> Value {
        let population = self.population;
        let leaf = population
            .standard
            .nodes
            .get(node)
            .is_some_and(|rule| rule.children.is_empty());
        let aspect = match aspect {
            Aspect::Natural if leaf => Aspect::Value,
            Aspect::Natural => Aspect::Score,
            other => other,
        };
        match aspect {
            Aspect::Weight => Value::pure(population.weight(row, node)),
            Aspect::Score => population.points(row, node).value(),
            _ if self.judging => self.rounded(node, population.value(row, node).value.clone()),
            _ => population.value(row, node).value.clone(),
        }
    }

    /// The value of an indicator as the standard rounds it.
    fn rounded(&self, node: usize, value: Value) -> Value {
        let rule = self.population.standard.nodes.get(node);
        let rounded = rule.and_then(|rule| {
            let interval = self.population.standard.rounding.nodes.get(&rule.code)?;
            let number = interval.round(&value.in_unit(&rule.unit)?);
            Some(Value::Quantity(Quantity {
                number: rule.unit.to_base(&number),
                dimension: rule.unit.dimension(),
            }))
        });
        rounded.unwrap_or(value)
    }

    fn parameter(&self, name: &str, period: Option<Period>, named: bool) -> Option<Value> {
        let parameter = self.population.standard.parameter(name)?;
        let at = self.population.at;
        let taken = match period {
            Some(period) if named => parameter.take_for(period, at),
            period => parameter.take(period, at),
        };
        Some(match taken {
            Ok(taken) => {
                let used = Note::Parameter {
                    name: name.to_owned(),
                    value: taken.value.value.shown(&parameter.unit),
                    period: taken.value.period.map(|period| period.to_string()),
                    published: taken.value.published,
                    basis: parameter.basis.clone(),
                    clause: taken.value.place.clause.clone(),
                };
                self.population.note(self.row, used);
                if let Some(late) = taken.too_late {
                    let note = Note::NotYetPublished {
                        name: name.to_owned(),
                        period: late.period.map(|period| period.to_string()).unwrap_or_default(),
                        published: late.published,
                    };
                    self.population.note(self.row, note);
                }
                taken.value.value.clone()
            }
            Err(absent) => absent,
        })
    }
}

impl World for RowWorld<'_, '_> {
    fn value(&self, name: &str, back: u8) -> Value {
        let Some(row) = self.back(back) else {
            return Value::missing(name, "");
        };
        let Some(state) = self.population.rows.get(row) else {
            return Value::missing(name, "");
        };
        let special = match name {
            "总分" | "total" => Some("total"),
            "覆盖率" | "coverage" => Some("coverage"),
            _ => None,
        };
        if let Some(special) = special {
            let known = state.results.borrow().get(special).cloned();
            return known.unwrap_or_else(|| Value::missing(name, ""));
        }
        let (code, aspect) = split_aspect(name);
        if let Some(node) = self.population.standard.node(code) {
            return self.of_node(row, node, aspect);
        }
        if let Some(value) = self.parameter(name, state.data.period, false) {
            return value;
        }
        if let Some(TableContent::Words(words)) = self.population.standard.table(name).map(|table| &table.content) {
            return Value::List(words.iter().cloned().map(Value::Word).collect());
        }
        state
            .data
            .values
            .get(name)
            .cloned()
            .unwrap_or_else(|| Value::missing(name, ""))
    }

    fn reported(&self, back: u8) -> Value {
        let rule = self.node.and_then(|node| self.population.standard.nodes.get(node));
        let code = rule.map(|rule| rule.code.as_str()).unwrap_or_default();
        let row = self.back(back).and_then(|row| self.population.rows.get(row));
        row.and_then(|row| row.data.values.get(code).cloned())
            .unwrap_or_else(|| Value::missing(code, ""))
    }

    fn at(&self, name: &str, period: &str) -> Value {
        let own = self.population.rows.get(self.row).and_then(|row| row.data.period);
        let wanted = match period {
            "上期" | "previous" => own.and_then(Period::before),
            text => Period::read(text),
        };
        let Some(wanted) = wanted else {
            return Value::absent(name, Why::Undefined(Undefined::NoPeriod(period.to_owned())));
        };
        self.parameter(name, Some(wanted), true)
            .unwrap_or_else(|| Value::absent(name, Why::Undefined(Undefined::UnknownName)))
    }

    fn look_up(&self, name: &str, key: &Value, column: Option<&str>) -> Value {
        let no_row = || {
            let undefined = Undefined::NoRow {
                table: name.to_owned(),
                key: key.shown(&Unit::none()),
            };
            Value::absent("", Why::Undefined(undefined))
        };
        let Some(table) = self.population.standard.table(name) else {
            return no_row();
        };
        if let Some((when, then)) = &table.above {
            match evaluate(&when.formula, self, None).value {
                Value::Truth(true) => return then.clone(),
                // Whether the exception holds is not known: no more is the answer.
                absent @ Value::Absent(_) => return absent,
                _ => {}
            }
        }
        if let Value::Absent(_) = key {
            return key.clone();
        }
        let answer = match &table.content {
            TableContent::Rows { rows, unique } => {
                let held = rows_that_hold(rows, key);
                let row = if *unique && held.len() > 1 {
                    None
                } else {
                    first_row(rows, key)
                };
                row.and_then(|row| rows.get(row))
                    .map_or_else(no_row, |row| self.expression(&row.value))
            }
            TableContent::Columns { heads, rows } => {
                let text = key.shown(&Unit::none());
                let row = rows.iter().find(|(known, _)| same_word(known, &text));
                let at = match column {
                    Some(column) => heads.iter().position(|(head, _)| head == column),
                    None => Some(0),
                };
                row.zip(at)
                    .and_then(|((_, cells), at)| cells.get(at).cloned())
                    .unwrap_or_else(no_row)
            }
            TableContent::Words(words) => {
                let text = key.shown(&Unit::none());
                Value::Truth(words.iter().any(|word| same_word(word, &text)))
            }
        };
        match &table.bundle {
            Some(bundle) => self.bundled(bundle, answer),
            None => answer,
        }
    }

    fn population(&self, formula: &Formula, back: u8) -> Option<Vec<Value>> {
        let own = self.population.rows.get(self.row)?.data.period;
        let rows = 0..self.population.rows.len();
        let peers = rows.filter(|row| self.population.rows.get(*row).is_some_and(|row| row.data.period == own));
        let values = peers.map(|row| {
            let world = RowWorld {
                population: self.population,
                row,
                node: self.node,
                judging: self.judging,
            };
            match world.back(back) {
                Some(row) => evaluate(formula, &RowWorld { row, ..world }, None).value,
                None => Value::missing("", ""),
            }
        });
        Some(values.collect())
    }
}

impl RowWorld<'_, '_> {
    /// An answer of 0 stands only where everything that it is bundled with is open; what is known to be closed decides.
    fn bundled(&self, bundle: &Bundle, answer: Value) -> Value {
        if !answer.quantity().is_some_and(|quantity| quantity.number.is_zero()) {
            return answer;
        }
        let mut unknown = None;
        for condition in &bundle.of {
            match evaluate(&condition.formula, self, None).value {
                Value::Truth(true) => {}
                absent @ Value::Absent(_) => unknown = unknown.or(Some(absent)),
                _ => return bundle.otherwise.clone(),
            }
        }
        unknown.unwrap_or(answer)
    }

    fn expression(&self, expr: &formula::Expr) -> Value {
        let formula = Formula {
            body: expr.clone(),
            locals: Vec::new(),
        };
        evaluate(&formula, self, None).value
    }
}
