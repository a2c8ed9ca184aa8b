//! Why a grade and no other: what each gate and each grade asks for, part by part, with the values that were found.

use formula::{Expr, ExprKind, Formula, Number, Operator, Style, Used, Value, evaluate};

use crate::data::UnitData;
use crate::run::{Settings, judged};
use crate::standard::{Standard, Written};
use crate::world::{Population, is_total};

/// What a gate or a grade asks for, and whether it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The grade; of a gate what happens where it does not hold.
    pub grade: String,
    /// Whether it is a gate.
    pub gate: bool,
    /// The clause that says it.
    pub clause: String,
    /// What it asks for; nothing of the grade that takes the rest.
    pub demands: Vec<Demand>,
}

/// One part of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// As the standard writes it: `总分 ≥ 85`.
    pub condition: String,
    /// As it is: `84.969 < 85`.
    pub said: String,
    /// Whether it holds; nothing where it cannot be told.
    pub holds: Option<bool>,
}

impl Verdict {
    /// Whether all of it holds.
    pub fn holds(&self) -> bool {
        self.demands.iter().all(|demand| demand.holds == Some(true))
    }
}

/// The gates of a standard, then its grades from the best on, for one row of a run. An index is judged over all its units,
/// so its rows have none.
pub fn verdicts(standard: &Standard, units: &[UnitData], row: usize, settings: Settings) -> Vec<Verdict> {
    if standard.index.is_some() {
        return Vec::new();
    }
    let population = Population::new(standard, units, settings.at);
    let judged = judged(&population, row);
    if judged.grade.is_none() {
        return Vec::new();
    }
    let teller = Teller {
        population: &population,
        row,
    };
    let gates = standard.gates.iter().map(|gate| Verdict {
        grade: gate.otherwise.clone(),
        gate: true,
        clause: gate.clause.clone(),
        demands: teller.demands(&gate.condition),
    });
    let grades = standard.grades.iter().map(|grade| Verdict {
        grade: grade.name.clone(),
        gate: false,
        clause: grade.place.clause.clone(),
        demands: grade
            .condition
            .as_ref()
            .map(|condition| teller.demands(condition))
            .unwrap_or_default(),
    });
    gates.chain(grades).collect()
}

struct Teller<'a> {
    population: &'a Population<'a>,
    row: usize,
}

impl Teller<'_> {
    fn demands(&self, written: &Written) -> Vec<Demand> {
        let mut parts = Vec::new();
        all_of(&written.formula.body, &mut parts);
        parts
            .into_iter()
            .map(|part| self.demand(&written.formula, part))
            .collect()
    }

    fn demand(&self, formula: &Formula, part: &Expr) -> Demand {
        let (value, used) = self.value(formula, part);
        let holds = match value {
            Value::Truth(truth) => Some(truth),
            _ => None,
        };
        let said = match &part.kind {
            ExprKind::Binary(operator, left, right) => {
                let limit = self.value(formula, right).0;
                let as_it_is = if holds == Some(false) {
                    opposite(*operator)
                } else {
                    sign(*operator)
                };
                let side = |expr: &Expr| self.with_values(expr, &used, &limit);
                as_it_is.map(|sign| format!("{} {sign} {}", side(left), side(right)))
            }
            _ => None,
        };
        Demand {
            condition: part.print(Style::Chinese),
            said: said.unwrap_or_else(|| self.with_values(part, &used, &Value::missing("", ""))),
            holds,
        }
    }

    fn value(&self, formula: &Formula, part: &Expr) -> (Value, Vec<Used>) {
        let part = Formula {
            body: part.clone(),
            locals: formula.locals.clone(),
        };
        let done = evaluate(&part, &self.population.judging_world(self.row), None);
        (done.value, done.used)
    }

    fn with_values(&self, expr: &Expr, used: &[Used], limit: &Value) -> String {
        expr.with_values(Style::Chinese, &|name| {
            let found = used.iter().find(|used| used.name == name && used.back == 0)?;
            let quantity = found.value.quantity();
            match (is_total(name), quantity) {
                (true, Some(total)) => {
                    let limit = limit.quantity().map(|limit| &limit.number);
                    Some(self.total(&total.number, limit))
                }
                _ => Some(self.shown(found)),
            }
        })
    }

    fn shown(&self, used: &Used) -> String {
        let standard = self.population.standard;
        let node = standard.node(crate::standard::split_aspect(&used.name).0);
        let scored = used.name.ends_with(".得分") || used.name.ends_with(".score");
        let unit = node
            .filter(|_| !scored)
            .and_then(|at| standard.nodes.get(at))
            .map(|rule| rule.unit.clone())
            .or_else(|| standard.input(&used.name).map(|input| input.unit.clone()))
            .unwrap_or_else(formula::Unit::none);
        used.value.shown(&unit)
    }

    /// The total as it is judged, with two places more than it is rounded to; with more where it would else look like
    /// the limit that it misses.
    fn total(&self, total: &Number, limit: Option<&Number>) -> String {
        let rounding = &self.population.standard.rounding;
        let places = rounding.total.as_ref().map_or(0, formula::Interval::places) + 2;
        let told = (places..places + 12)
            .map(|places| total.with_places(places))
            .find(|text| limit == Some(total) || Number::parse(text).as_ref() != limit);
        let text = told.unwrap_or_else(|| total.exact_text());
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

/// The parts of a condition that must all hold.
fn all_of<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Binary(Operator::And, left, right) => {
            all_of(left, parts);
            all_of(right, parts);
        }
        _ => parts.push(expr),
    }
}

const fn sign(operator: Operator) -> Option<&'static str> {
    Some(match operator {
        Operator::Equal => "=",
        Operator::Unequal => "≠",
        Operator::Less => "<",
        Operator::AtMost => "≤",
        Operator::More => ">",
        Operator::AtLeast => "≥",
        _ => return None,
    })
}

const fn opposite(operator: Operator) -> Option<&'static str> {
    sign(match operator {
        Operator::Equal => Operator::Unequal,
        Operator::Unequal => Operator::Equal,
        Operator::Less => Operator::AtLeast,
        Operator::AtMost => Operator::More,
        Operator::More => Operator::AtMost,
        Operator::AtLeast => Operator::Less,
        other => other,
    })
}
