//! Index mode: indicators made comparable over a population, then joined level by level.
//!
//! The steps, in this order: divide by the denominator, fill gaps, treat what is skewed, normalise, join. The first
//! four work on whole columns in floats, as the programs do that publish such indices; joining, gates and grades are
//! those of every other standard.

mod freeze;
mod impute;
mod normalise;
mod over_time;
mod rules;
mod treat;

use std::collections::BTreeMap;

use formula::{Absence, Number, Quantity, Undefined, Value, Why, World};

use crate::data::UnitData;
use crate::day::Period;
use crate::note::Note;
use crate::outcome::{Points, UnitResult};
use crate::run::Settings;
use crate::standard::{Missing, NodeRule, Standard};
use crate::world::Population;

pub use freeze::frozen;
pub use rules::{Impute, IndexRules, Normalise};
pub use treat::Treatment;

/// One indicator over the rows of a period; a gap is `None`.
pub(crate) type Column = Vec<Option<f64>>;

/// The values of an indicator over the rows of a period before they are prepared.
#[derive(Clone, Default)]
pub(crate) struct Measured {
    pub(crate) column: Column,
    /// Which of them may be filled: what lacks or is not verified. What does not apply is no gap, and what cannot be
    /// computed is a fault.
    pub(crate) gaps: Vec<bool>,
}

impl Measured {
    pub(crate) fn push(&mut self, value: Option<f64>, is_gap: bool) {
        self.column.push(value);
        self.gaps.push(is_gap);
    }
}

pub(crate) fn run(standard: &Standard, rules: &IndexRules, units: &[UnitData], settings: Settings) -> Vec<UnitResult> {
    let population = Population::new(standard, units, settings.at);
    for (node, scores) in scores(&population, rules) {
        for (row, score) in scores.into_iter().enumerate() {
            prepare_exactly(&population, row, node, score);
        }
    }
    let mut results = crate::run::judged_all(&population);
    crate::run::rank(&mut results);
    results
}

/// Gives a row its points for a leaf from the leaf's score.
pub(crate) fn prepare_exactly(population: &Population<'_>, row: usize, node: usize, score: Option<f64>) {
    if let Some(rule) = population.standard.nodes.get(node) {
        let points = points_of(population, row, node, rule, score);
        let filled = score.is_some_and(f64::is_finite);
        if let Some(absence) = absence(population, row, node, rule).filter(|_| filled)
            && let Some(rules) = &population.standard.index
        {
            let code = rule.code.clone();
            population.note(
                row,
                Note::Filled {
                    code,
                    absence,
                    how: rules.impute.clone(),
                },
            );
        }
        population.preset(row, node, points);
    }
}

/// Scores of every leaf by row.
pub(crate) fn scores(population: &Population<'_>, rules: &IndexRules) -> Vec<(usize, Column)> {
    Raw::of(population, std::slice::from_ref(rules), |_| true).scores(population.standard, rules)
}

/// Scores of some leaves by row.
pub(crate) fn scores_of(population: &Population<'_>, rules: &IndexRules, leaves: &[usize]) -> Vec<(usize, Column)> {
    let wanted = |node| leaves.contains(&node);
    Raw::of(population, std::slice::from_ref(rules), wanted).scores(population.standard, rules)
}

/// Values of every leaf, to be scored in several ways.
pub(crate) struct Raw {
    periods: BTreeMap<Option<Period>, Vec<usize>>,
    rows: usize,
    leaves: Vec<(usize, Vec<Measured>)>,
    /// Words of units by the column that groups them.
    groups: BTreeMap<String, Vec<Groups>>,
    /// Units over their periods, where a way fills gaps from other periods.
    history: Option<over_time::History>,
}

impl Raw {
    pub(crate) fn of(population: &Population<'_>, ways: &[IndexRules], wanted: impl Fn(usize) -> bool) -> Self {
        let periods = periods(population);
        let nodes = population.standard.nodes.iter().enumerate();
        let leaves = nodes
            .filter(|(node, rule)| rule.children.is_empty() && wanted(*node))
            .map(|(node, rule)| {
                (
                    node,
                    periods.values().map(|rows| raw(population, rule, node, rows)).collect(),
                )
            })
            .collect();
        let mut by_column = BTreeMap::new();
        for way in ways {
            if let Impute::Group(name) = &way.impute {
                let words = || periods.values().map(|rows| groups(population, way, rows)).collect();
                by_column.entry(name.clone()).or_insert_with(words);
            }
        }
        let over_time = ways.iter().any(|way| way.impute.looks_over_time());
        Self {
            rows: population.rows.len(),
            leaves,
            groups: by_column,
            history: over_time.then(|| over_time::History::of(population, &periods)),
            periods,
        }
    }

    /// An indicator's columns by period, with what other periods fill.
    fn over_time(&self, columns: &[Measured], rules: &IndexRules) -> Vec<Measured> {
        let mut columns = columns.to_vec();
        if let Some(history) = self.history.as_ref().filter(|_| rules.impute.looks_over_time()) {
            history.fill(&mut columns, &rules.impute);
        }
        columns
    }

    /// The values of leaves in a period, with their gaps filled.
    fn filled(&self, rules: &IndexRules, period: Option<Period>) -> Vec<(usize, Column)> {
        let Some(at) = self.periods.keys().position(|own| *own == period) else {
            return Vec::new();
        };
        let words = match &rules.impute {
            Impute::Group(name) => self.groups.get(name).and_then(|words| words.get(at)?.as_deref()),
            _ => None,
        };
        let of_leaf = |(node, columns): &(usize, Vec<Measured>)| {
            let mut measured = self.over_time(columns, rules).into_iter().nth(at)?;
            impute::fill(&mut measured, &rules.impute, words);
            Some((*node, measured.column))
        };
        self.leaves.iter().filter_map(of_leaf).collect()
    }

    /// Scores of every leaf by row, prepared in one way.
    pub(crate) fn scores(&self, standard: &Standard, rules: &IndexRules) -> Vec<(usize, Column)> {
        let words = match &rules.impute {
            Impute::Group(name) => self.groups.get(name),
            _ => None,
        };
        let of_leaf = |(node, columns): &(usize, Vec<Measured>)| {
            let rule = standard.nodes.get(*node)?;
            let raw = self.periods.keys().zip(self.over_time(columns, rules)).enumerate();
            let raw = raw
                .map(|(at, (period, column))| {
                    let words = words.and_then(|words| words.get(at).cloned()).flatten();
                    (*period, column, words)
                })
                .collect();
            let mut scores = vec![None; self.rows];
            for (rows, scored) in self.periods.values().zip(scored_leaf(rules, rule, raw)) {
                for (row, score) in rows.iter().zip(scored) {
                    if let Some(place) = scores.get_mut(*row) {
                        *place = score;
                    }
                }
            }
            Some((*node, scores))
        };
        self.leaves.iter().filter_map(of_leaf).collect()
    }
}

fn periods(population: &Population<'_>) -> BTreeMap<Option<Period>, Vec<usize>> {
    let mut periods: BTreeMap<Option<Period>, Vec<usize>> = BTreeMap::new();
    for (row, state) in population.rows.iter().enumerate() {
        periods.entry(state.data.period).or_default().push(row);
    }
    periods
}

/// The words by which units are grouped, where gaps are filled by group.
pub(crate) type Groups = Option<Vec<Option<String>>>;

/// Scores of one leaf, period by period, from its values: filled, treated, normalised.
pub(crate) fn scored_leaf(
    rules: &IndexRules,
    rule: &NodeRule,
    raw: Vec<(Option<Period>, Measured, Groups)>,
) -> Vec<Column> {
    let mut prepared: Vec<(Option<Period>, Column)> = raw
        .into_iter()
        .map(|(period, mut measured, groups)| {
            impute::fill(&mut measured, &rules.impute, groups.as_deref());
            let column = measured.column;
            (period, column)
        })
        .collect();
    // Frozen at the base year, where there is one: scores stay comparable over the years.
    let base = prepared
        .iter()
        .position(|(period, _)| rules.base.is_some() && *period == rules.base);
    let frozen = rules.kept.get(&rule.code).copied();
    let frozen = frozen.or_else(|| {
        let (_, column) = prepared.get(base?)?;
        rules.treat.then(|| Treatment::of(&impute::known(column)))
    });
    for (_, column) in &mut prepared {
        let own = || Treatment::of(&impute::known(column));
        let treatment = frozen.unwrap_or_else(|| if rules.treat { own() } else { Treatment::None });
        treatment.apply(column);
    }
    let base = base.and_then(|base| prepared.get(base));
    let scored = |(_, column): &(Option<Period>, Column)| {
        normalise::column(column, base.map_or(column, |(_, base)| base), rules, rule)
    };
    prepared.iter().map(scored).collect()
}

/// Values of an indicator over rows, divided by its denominator, each in the unit that is declared for it.
fn raw(population: &Population<'_>, rule: &NodeRule, node: usize, rows: &[usize]) -> Measured {
    let value = |row: usize| {
        let own = population.value(row, node).value.in_unit(&rule.unit)?.to_f64();
        let Some(name) = &rule.denominator else {
            return Some(own);
        };
        let divisor = population.world(row).value(name, 0);
        let unit = crate::data::expectation(population.standard, name).0;
        let base = || Some(divisor.quantity()?.number.clone());
        let number = divisor.in_unit(&unit).or_else(base)?;
        (!number.is_zero()).then(|| own / number.to_f64())
    };
    let mut measured = Measured::default();
    for row in rows {
        let value = value(*row);
        let reason = || absence(population, *row, node, rule).map(|absence| absence.why);
        let is_gap = value.is_none() && matches!(reason(), Some(Why::Missing(_) | Why::Unverified(_)));
        measured.push(value, is_gap);
    }
    measured
}

/// The groups of rows, where the rules fill gaps by group.
pub(crate) fn groups(population: &Population<'_>, rules: &IndexRules, rows: &[usize]) -> Groups {
    let Impute::Group(name) = &rules.impute else {
        return None;
    };
    let group = |row: &usize| match population.world(*row).value(name, 0) {
        Value::Word(word) => Some(word),
        Value::Quantity(quantity) => Some(quantity.number.exact_text()),
        _ => None,
    };
    Some(rows.iter().map(group).collect())
}

fn points_of(population: &Population<'_>, row: usize, node: usize, rule: &NodeRule, score: Option<f64>) -> Points {
    let undefined = |undefined| Absence {
        why: Why::Undefined(undefined),
        of: None,
    };
    if let Some(score) = score {
        return match Number::approximate(score) {
            Some(points) => Points::of(population.clamped(points)),
            // All units have the same value: nothing to compare.
            None => population.without(row, rule, undefined(Undefined::DivisionByZero), Missing::Fail),
        };
    }
    let absence = absence(population, row, node, rule).unwrap_or_else(|| undefined(Undefined::WrongKind));
    let policy = match &absence.why {
        Why::Undefined(_) => Missing::Fail,
        Why::NotApplicable(_) => Missing::Drop,
        // An index leaves a gap out unless it says otherwise.
        _ if !rule.missing_stated => Missing::Drop,
        _ => rule.missing,
    };
    population.without(row, rule, absence, policy)
}

/// Why a leaf has no value that could be scored: its own reason, else its denominator's.
fn absence(population: &Population<'_>, row: usize, node: usize, rule: &NodeRule) -> Option<Absence> {
    if let Value::Absent(absence) = &population.value(row, node).value {
        return Some(absence.clone());
    }
    match population.world(row).value(rule.denominator.as_ref()?, 0) {
        Value::Absent(absence) => Some(absence),
        Value::Quantity(Quantity { number, .. }) if !number.is_zero() => None,
        _ => Some(Absence {
            why: Why::Undefined(Undefined::DivisionByZero),
            of: None,
        }),
    }
}
