//! What another edition of a standard makes of the same units: which rules differ, who moves, and through which
//! indicators.

use std::collections::{BTreeMap, BTreeSet};

use formula::Number;
use serde::Serialize;

use crate::outcome::{Points, UnitResult};
use crate::report::system;
use crate::standard::{NodeRule, Standard, Written};

/// Two editions over the same data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Editions {
    /// The earlier edition, or the one that others are held against.
    pub before: String,
    /// The other.
    pub after: String,
    /// Rules that differ, in the order of the later text, then those that are gone.
    pub rules: Vec<RuleChange>,
    /// Units in the order of the data.
    pub units: Vec<UnitMove>,
}

/// A rule that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// Which rule.
    pub what: Rule,
    /// Code of the indicator, name of the grade, parameter or level; empty of what there is one of.
    pub of: String,
    /// As it was; none where it is new.
    pub before: Option<String>,
    /// As it is; none where it is gone.
    pub after: Option<String>,
}

/// What of a standard can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// An indicator as a whole, told by its name.
    Indicator,
    /// 权重.
    Weight,
    /// 单位.
    Unit,
    /// 取数或公式.
    Formula,
    /// 计分.
    Scoring,
    /// 缺失.
    Missing,
    /// 汇总, by level.
    Method,
    /// 门槛, told by its condition.
    Gate,
    /// 等级.
    Grade,
    /// 参数, told by its values.
    Parameter,
}

/// One thing in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Both<T> {
    /// In the one held against.
    pub before: Option<T>,
    /// In the other.
    pub after: Option<T>,
}

/// A unit in both editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitMove {
    /// Its id.
    pub id: String,
    /// Its period.
    pub period: Option<String>,
    /// The total before rounding.
    pub total: Both<f64>,
    /// The grade.
    pub grade: Both<String>,
    /// The rank.
    pub rank: Both<usize>,
    /// Through which indicators the total moved, the most first.
    pub because: Vec<Because>,
    /// What the indicators do not add up to: other ways to join, bonuses and deductions.
    pub rest: f64,
}

impl UnitMove {
    /// Whether another grade, another rank or no result comes out, or there is one now.
    pub fn moved(&self) -> bool {
        self.grade.before != self.grade.after
            || self.rank.before != self.rank.after
            || self.total.before.is_some() != self.total.after.is_some()
    }
}

/// An indicator through which a total moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Because {
    /// Its code.
    pub code: String,
    /// Its name in the later edition, else in the earlier.
    pub name: String,
    /// Its points.
    pub points: Both<f64>,
    /// Its weight in the total.
    pub weight: Both<f64>,
    /// What it adds to the difference of the totals: weight × points, after less before.
    pub adds: f64,
}

/// Holds two editions against each other over the same units; results are matched by unit and period.
pub fn editions(before: (&Standard, &[UnitResult]), after: (&Standard, &[UnitResult])) -> Editions {
    let earlier: BTreeMap<_, &UnitResult> = before
        .1
        .iter()
        .map(|result| ((result.id.as_str(), result.period), result))
        .collect();
    let units = after
        .1
        .iter()
        .filter_map(|now| {
            let was = earlier.get(&(now.id.as_str(), now.period))?;
            Some(moved((before.0, was), (after.0, now)))
        })
        .collect();
    Editions {
        before: told(before.0),
        after: told(after.0),
        rules: rules(before.0, after.0),
        units,
    }
}

/// Number, or title, and version.
fn told(standard: &Standard) -> String {
    let name = system(standard);
    if standard.version.is_empty() {
        name
    } else {
        format!("{name} ({})", standard.version)
    }
}

fn moved(before: (&Standard, &UnitResult), after: (&Standard, &UnitResult)) -> UnitMove {
    let float = |number: &Option<Number>| number.as_ref().map(Number::to_f64);
    let (was, now) = (parts(before), parts(after));
    let codes: BTreeSet<&str> = was.keys().chain(now.keys()).copied().collect();
    let mut because: Vec<Because> = codes
        .into_iter()
        .filter_map(|code| {
            let (one, other) = (was.get(code), now.get(code));
            let share = |part: Option<&Part<'_>>| part.map_or(0.0, |part| part.weight * part.points);
            let adds = share(other) - share(one);
            (adds.abs() > 1e-12).then(|| Because {
                code: code.to_owned(),
                name: other.or(one).map(|part| part.name.to_owned()).unwrap_or_default(),
                points: both(one, other, |part| part.points),
                weight: both(one, other, |part| part.weight),
                adds,
            })
        })
        .collect();
    because.sort_by(|a, b| b.adds.abs().total_cmp(&a.adds.abs()).then_with(|| a.code.cmp(&b.code)));
    let total = Both {
        before: float(&before.1.total),
        after: float(&after.1.total),
    };
    let sum: f64 = because.iter().map(|part| part.adds).sum();
    let rest = total.before.zip(total.after).map_or(0.0, |(was, now)| now - was - sum);
    UnitMove {
        id: after.1.id.clone(),
        period: after.1.period.map(|period| period.to_string()),
        total,
        grade: Both {
            before: before.1.grade.clone(),
            after: after.1.grade.clone(),
        },
        rank: Both {
            before: before.1.rank,
            after: after.1.rank,
        },
        because,
        rest: if rest.abs() > 1e-9 { rest } else { 0.0 },
    }
}

/// An indicator with nothing below it, as it counts.
struct Part<'a> {
    name: &'a str,
    points: f64,
    weight: f64,
}

fn both<T, U>(before: Option<&T>, after: Option<&T>, of: impl Fn(&T) -> U) -> Both<U> {
    Both {
        before: before.map(&of),
        after: after.map(&of),
    }
}

fn parts<'a>((standard, result): (&'a Standard, &UnitResult)) -> BTreeMap<&'a str, Part<'a>> {
    let nodes = standard.nodes.iter().zip(&result.nodes);
    nodes
        .filter(|(rule, _)| rule.children.is_empty())
        .filter_map(|(rule, node)| {
            let points = node.points.as_ref().and_then(Points::number)?.to_f64();
            let weight = node.weight.as_ref()?.to_f64();
            let name = rule.name.as_str();
            Some((rule.code.as_str(), Part { name, points, weight }))
        })
        .collect()
}

fn rules(before: &Standard, after: &Standard) -> Vec<RuleChange> {
    let mut changes = Vec::new();
    compare(&mut changes, &named(before), &named(after));
    changes
}

/// Every rule by what it is of and which it is, as text, in the order of the standard.
fn named(standard: &Standard) -> Vec<((String, Rule), String)> {
    let mut rules = Vec::new();
    for node in &standard.nodes {
        let mut put = |rule, text: String| rules.push(((node.code.clone(), rule), text));
        put(Rule::Indicator, node.name.clone());
        of_node(node, &mut put);
    }
    let levels: BTreeSet<usize> = standard.nodes.iter().map(|node| node.level).collect();
    if standard.has_total() {
        for level in levels {
            let method = standard.aggregation.method_of(level, None).name();
            rules.push(((level.to_string(), Rule::Method), method));
        }
    }
    for gate in &standard.gates {
        let condition = gate.condition.text.clone();
        rules.push((
            (condition.clone(), Rule::Gate),
            format!("{condition} → {}", gate.otherwise),
        ));
    }
    for grade in &standard.grades {
        let condition = grade.condition.as_ref().map_or("其余", |written| &written.text);
        rules.push(((grade.name.clone(), Rule::Grade), condition.to_owned()));
    }
    for parameter in &standard.parameters {
        let value = |dated: &crate::standard::Dated| {
            let period = dated.period.map(|period| format!("{period}: ")).unwrap_or_default();
            let number = dated.value.in_unit(&parameter.unit);
            let number = number.map(|number| number.exact_text()).unwrap_or_default();
            format!("{period}{number} {}", parameter.unit.text())
                .trim_end()
                .to_owned()
        };
        let values: Vec<String> = parameter.values.iter().map(value).collect();
        rules.push(((parameter.name.clone(), Rule::Parameter), values.join("; ")));
    }
    rules
}

fn of_node(node: &NodeRule, put: &mut impl FnMut(Rule, String)) {
    let written = |written: &Option<Written>| {
        written
            .as_ref()
            .map_or_else(String::new, |written| written.text.clone())
    };
    if let Some(weight) = &node.weight {
        put(Rule::Weight, weight.exact_text());
    }
    put(Rule::Unit, node.unit.text().to_owned());
    put(Rule::Formula, written(&node.formula));
    put(Rule::Scoring, written(&node.scoring));
    put(Rule::Missing, node.missing.name().to_owned());
}

type Named = ((String, Rule), String);

fn compare(changes: &mut Vec<RuleChange>, before: &[Named], after: &[Named]) {
    let of = |rules: &[Named]| rules.iter().cloned().collect::<BTreeMap<(String, Rule), String>>();
    let (was, now) = (of(before), of(after));
    let whole =
        |of: &BTreeMap<(String, Rule), String>, name: &str| of.contains_key(&(name.to_owned(), Rule::Indicator));
    let of_indicator = |rule: Rule| {
        matches!(
            rule,
            Rule::Weight | Rule::Unit | Rule::Formula | Rule::Scoring | Rule::Missing
        )
    };
    for ((name, rule), text) in after {
        let old = was.get(&(name.clone(), *rule));
        // What a new indicator is like is told by the indicator alone.
        if old == Some(text) || (of_indicator(*rule) && !whole(&was, name)) {
            continue;
        }
        changes.push(RuleChange {
            what: *rule,
            of: name.clone(),
            before: old.cloned().filter(|text| !text.is_empty()),
            after: Some(text.clone()).filter(|text| !text.is_empty()),
        });
    }
    for ((name, rule), text) in before {
        if now.contains_key(&(name.clone(), *rule)) || (of_indicator(*rule) && !whole(&now, name)) {
            continue;
        }
        changes.push(RuleChange {
            what: *rule,
            of: name.clone(),
            before: Some(text.clone()).filter(|text| !text.is_empty()),
            after: None,
        });
    }
}
