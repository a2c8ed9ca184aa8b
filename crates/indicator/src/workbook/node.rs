//! The rows of the results: each value, point and total as a formula.

use std::collections::BTreeSet;

use formula::{Number, Value, Why};

use super::expression::{Made, Scored, Total, Writer, bracketed, half_even};
use super::layout::{Holds, Layout, TotalPlaces};
use super::pages::identity;
use super::{BookCell, cell, grade, quoted};
use crate::method::Method;
use crate::outcome::{NodeResult, Points, UnitResult};
use crate::standard::{Adjustment, Missing, NodeRule};

/// The rows, and the codes of indicators whose values stand still, with the column of a total that does.
pub(super) fn results(layout: &Layout<'_>) -> (Vec<Vec<BookCell>>, Vec<String>) {
    let mut still = BTreeSet::new();
    let among_all = super::peers::totals(layout);
    let rows = layout.units.iter().zip(layout.results).enumerate();
    let rows = rows
        .map(|(row, (unit, result))| {
            let mut cells = identity(unit).to_vec();
            let joined = among_all.get(row);
            let row = Row {
                layout,
                row,
                result,
                joined,
            };
            for (node, rule) in layout.standard.nodes.iter().enumerate() {
                if layout.places.value.get(node).is_some_and(Option::is_some) {
                    cells.push(row.value(node, rule, &mut still));
                }
                if layout.places.points.get(node).is_some_and(Option::is_some) {
                    cells.push(row.points(node, rule, &mut still));
                }
            }
            if let Some(places) = &layout.places.total {
                cells.extend(row.total(places));
            }
            cells
        })
        .collect();
    let of_code = |code: &usize| layout.standard.nodes.get(*code).map(|rule| rule.code.clone());
    let mut names: Vec<String> = still.iter().filter_map(of_code).collect();
    if !among_all.is_empty() {
        names.push(layout.said("workbook-run-joined"));
    }
    (rows, names)
}

struct Row<'l, 'a> {
    layout: &'l Layout<'a>,
    row: usize,
    result: &'l UnitResult,
    /// The total before bonuses and deductions, where it is joined over all units.
    joined: Option<&'l Option<Number>>,
}

fn live(formula: &str, value: &str) -> BookCell {
    BookCell::Live {
        formula: format!("={formula}"),
        value: value.to_owned(),
    }
}

fn shown(number: Option<&Number>) -> String {
    number.map_or_else(|| "#N/A".to_owned(), |number| number.to_f64().to_string())
}

impl<'l, 'a> Row<'l, 'a> {
    fn writer(&self, node: Option<usize>, total: Total) -> Writer<'l, 'a> {
        Writer {
            layout: self.layout,
            row: self.row,
            node,
            total,
        }
    }

    fn node(&self, node: usize) -> Option<&'l NodeResult> {
        self.result.nodes.get(node)
    }

    /// The value of an indicator: what was given, or its formula.
    fn value(&self, node: usize, rule: &NodeRule, still: &mut BTreeSet<usize>) -> BookCell {
        let Some(of) = self.node(node) else {
            return BookCell::Empty;
        };
        let value = &of.computed.value;
        if let Some(text) = self.formula(node, rule) {
            return live(&text, &self.value_shown(rule, value));
        }
        still.insert(node);
        match value {
            Value::Quantity(quantity) => cell(&value.in_unit(&rule.unit).unwrap_or_else(|| quantity.number.clone())),
            Value::Absent(_) => live("NA()", "#N/A"),
            other => BookCell::Text(other.shown(&rule.unit)),
        }
    }

    fn value_shown(&self, rule: &NodeRule, value: &Value) -> String {
        match value {
            Value::Quantity(quantity) => {
                let number = value.in_unit(&rule.unit);
                shown(Some(number.as_ref().unwrap_or(&quantity.number)))
            }
            Value::Absent(absence) if matches!(absence.why, Why::Undefined(_)) => "#NUM!".to_owned(),
            Value::Absent(_) => "#N/A".to_owned(),
            other => other.shown(&rule.unit),
        }
    }

    fn formula(&self, node: usize, rule: &NodeRule) -> Option<String> {
        let writer = self.writer(Some(node), Total::Full);
        let given = self.layout.units.get(self.row)?.values.contains_key(&rule.code);
        let made = match &rule.formula {
            Some(written) if !given => writer.formula(&written.formula, None)?,
            _ => writer.given(&rule.code, self.row)?,
        };
        let own = self.layout.holds.get(node)?;
        if made.holds != *own && made.text != "NA()" {
            return None;
        }
        Some(match made.holds {
            Holds::Number if *rule.unit.factor() == Number::one() => made.text,
            Holds::Number => format!("{}/{}", made.text, bracketed(rule.unit.factor())),
            Holds::Word => made.text,
            Holds::Truth => format!("IF({},\"是\",\"否\")", made.text),
            Holds::List => return None,
        })
    }

    fn dropped(&self) -> String {
        quoted(&self.layout.said("workbook-run-dropped"))
    }

    fn points_shown(&self, points: Option<&Points>) -> String {
        match points {
            Some(Points::Dropped(_)) => self.layout.said("workbook-run-dropped"),
            points => shown(points.and_then(Points::number)),
        }
    }

    /// The points of an indicator: by its ladder, or joined from those below it.
    fn points(&self, node: usize, rule: &NodeRule, still: &mut BTreeSet<usize>) -> BookCell {
        let points = self.node(node).and_then(|node| node.points.as_ref());
        let text = if rule.children.is_empty() {
            self.leaf(node, rule, points)
        } else {
            let level = rule.level + 1;
            let method = self.layout.standard.aggregation.method_of(level, Some(&rule.code));
            self.joined(&method, &rule.children)
        };
        if let Some(text) = text {
            return live(&text, &self.points_shown(points));
        }
        still.insert(node);
        match points {
            Some(Points::Dropped(_)) => BookCell::Text(self.layout.said("workbook-run-dropped")),
            points => points
                .and_then(Points::number)
                .map_or_else(|| live("NA()", "#N/A"), cell),
        }
    }

    fn leaf(&self, node: usize, rule: &NodeRule, points: Option<&Points>) -> Option<String> {
        // What an index makes comparable over the whole population is no formula of one row.
        if self.layout.standard.index.is_some() {
            return None;
        }
        let writer = self.writer(Some(node), Total::Full);
        let value = writer.value(node, self.row)?;
        let cell = self
            .layout
            .result(self.layout.places.value.get(node).copied().flatten()?, self.row);
        let scored = match &rule.scoring {
            Some(scoring) => {
                let subject = Scored {
                    value,
                    unit: &rule.unit,
                };
                writer.formula(&scoring.formula, Some(&subject))?
            }
            None => value,
        };
        if scored.holds != Holds::Number {
            return None;
        }
        let not_applicable =
            matches!(points, Some(Points::Dropped(absence)) if matches!(absence.why, Why::NotApplicable(_)));
        let policy = match rule.missing {
            _ if not_applicable => self.dropped(),
            Missing::Fail => "NA()".to_owned(),
            Missing::Zero => "0".to_owned(),
            Missing::Drop => self.dropped(),
        };
        // Also where somebody writes into the inputs that it does not apply.
        let policy = match self.layout.input(&rule.code, self.row) {
            Some((_, input)) => {
                let word = quoted(&self.layout.said("workbook-run-not-applicable"));
                format!("IF({input}={word},{},{policy})", self.dropped())
            }
            None => policy,
        };
        Some(format!("IF(ISNA({cell}),{policy},{})", self.clamped(&scored.text)))
    }

    fn clamped(&self, text: &str) -> String {
        match &self.layout.standard.aggregation.clamp {
            Some((low, high)) => format!("MIN(MAX({text},{}),{})", bracketed(low), bracketed(high)),
            None => text.to_owned(),
        }
    }

    /// Points joined: those left out give their weight to the others.
    fn joined(&self, method: &Method, parts: &[usize]) -> Option<String> {
        let cells: Option<Vec<(String, String)>> = parts
            .iter()
            .map(|part| {
                let column = self.layout.places.points.get(*part).copied().flatten()?;
                Some((
                    self.layout.weight(*part, self.row),
                    self.layout.result(column, self.row),
                ))
            })
            .collect();
        let cells = cells?;
        let sum = |of: &dyn Fn(&str, &str) -> String| {
            let terms: Vec<String> = cells
                .iter()
                .map(|(weight, cell)| format!("IF(ISTEXT({cell}),0,{})", of(weight, cell)))
                .collect();
            format!("({})", terms.join("+"))
        };
        let any = |of: &dyn Fn(&str, &str) -> String| {
            let terms: Vec<String> = cells.iter().map(|(weight, cell)| of(weight, cell)).collect();
            terms.join(",")
        };
        let weight = sum(&|weight, _| weight.to_owned());
        let zero = format!(
            "SUM({})>0",
            any(&|weight, cell| format!("IF({cell}=0,IF({weight}<>0,1,0),0)"))
        );
        let mean = match method {
            Method::Arithmetic => format!("{}/{weight}", sum(&|weight, cell| format!("{weight}*{cell}"))),
            Method::Geometric => {
                let logarithms = sum(&|weight, cell| format!("{weight}*LN({cell})"));
                format!("IF({zero},0,EXP({logarithms}/{weight}))")
            }
            Method::Harmonic => {
                let inverse = sum(&|weight, cell| format!("{weight}/{cell}"));
                format!("IF({zero},0,{weight}/{inverse})")
            }
            Method::Power(p) => {
                let p = bracketed(p);
                let powers = sum(&|weight, cell| format!("{weight}*{cell}^{p}"));
                format!("({powers}/{weight})^(1/{p})")
            }
            Method::Least => format!("MIN({})", any(&|_, cell| cell.to_owned())),
            // Over all units: it stands as its value.
            Method::Peers(_) => return None,
        };
        let all = any(&|_, cell| format!("ISTEXT({cell})"));
        let text = format!("IF(AND({all}),{},{mean})", self.dropped());
        (text.len() <= 8_000).then_some(text)
    }

    fn total(&self, places: &TotalPlaces) -> Vec<BookCell> {
        let standard = self.layout.standard;
        let result = self.result;
        let at = |column| self.layout.result(column, self.row);
        let none = "—";
        let top: Vec<usize> = standard.top().collect();
        let joined = self.joined(&standard.aggregation.method_of(1, None), &top);
        let adjusted = self.adjusted(&at(places.joined));
        let number = |number: Option<&Number>| number.map_or_else(|| none.to_owned(), |number| shown(Some(number)));
        let fixed = |number: Option<&Number>| number.map_or_else(|| BookCell::Text(none.to_owned()), cell);
        let or_none = |text: &str| format!("IFERROR({text},{})", quoted(none));
        let joined_value = self.joined_value(&top);
        let mut cells = vec![match &joined {
            // What is left out as a whole is no number either.
            Some(text) => live(&format!("0+{text}"), &shown(joined_value.as_ref())),
            None => joined_value.as_ref().map_or_else(|| live("NA()", "#N/A"), cell),
        }];
        cells.push(match adjusted {
            Some(text) => live(&or_none(&self.clamped(&text)), &number(result.total.as_ref())),
            None => fixed(result.total.as_ref()),
        });
        let rounded = match &standard.rounding.total {
            Some(interval) => half_even(&at(places.total), &bracketed(interval.value())),
            None => format!("(0+{})", at(places.total)),
        };
        cells.push(live(&or_none(&rounded), &number(result.rounded.as_ref())));
        cells.push(live(&self.coverage(&top), &number(result.coverage.as_ref())));
        let graded = result.grade.clone().unwrap_or_else(|| none.to_owned());
        cells.push(match grade::formula(self.layout, self.row, places) {
            Some(text) => live(&text, &graded),
            None => BookCell::Text(graded),
        });
        cells.push(self.rank(places));
        cells
    }

    /// What the uppermost indicators come to before bonuses and deductions.
    fn joined_value(&self, top: &[usize]) -> Option<Number> {
        if let Some(joined) = self.joined {
            return joined.clone();
        }
        let standard = self.layout.standard;
        let mut weighted = Vec::new();
        for part in top {
            match self.node(*part)?.points.as_ref()? {
                Points::Failed(_) => return None,
                Points::Dropped(_) => {}
                Points::Given { points, .. } => {
                    weighted.push((standard.weight_of(*part, self.result.period), points.clone()))
                }
            }
        }
        standard.aggregation.method_of(1, None).join(&weighted)?.ok()
    }

    fn rank(&self, places: &TotalPlaces) -> BookCell {
        let (all, own) = (
            self.layout.result_column(places.total),
            self.layout.result(places.total, self.row),
        );
        let (periods, period) = (self.layout.result_column(1), self.layout.result(1, self.row));
        let better = format!("({periods}={period})*ISNUMBER({all})*({all}>{own}+1E-9)");
        let text = format!("IF(ISNUMBER({own}),SUMPRODUCT({better})+1,\"—\")");
        live(
            &text,
            &self.result.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()),
        )
    }

    /// Bonuses and deductions, each within its limit; what cannot be told neither gives nor takes.
    fn adjusted(&self, joined: &str) -> Option<String> {
        let standard = self.layout.standard;
        let writer = self.writer(None, Total::Joined);
        let sum = |deducts: bool, most: &Option<Number>| -> Option<String> {
            let of_kind = standard.adjustments.iter().filter(|one| one.deducts == deducts);
            let terms: Option<Vec<String>> = of_kind.map(|one| term(&writer, one)).collect();
            let terms = terms?;
            if terms.is_empty() {
                return Some(String::new());
            }
            let sum = terms.join("+");
            let sign = if deducts { "-" } else { "+" };
            Some(match most {
                Some(most) => format!("{sign}MIN({sum},{})", bracketed(most)),
                None => format!("{sign}({sum})"),
            })
        };
        let (bonus, deduction) = &standard.adjustment_limits;
        Some(format!("{joined}{}{}", sum(false, bonus)?, sum(true, deduction)?))
    }

    /// The share of the weight whose indicators have a verified value.
    fn coverage(&self, parts: &[usize]) -> String {
        let mut covered = Vec::new();
        let mut all = Vec::new();
        for part in parts {
            let weight = self.layout.weight(*part, self.row);
            let children = self
                .layout
                .standard
                .nodes
                .get(*part)
                .map(|rule| rule.children.as_slice());
            let share = match (children, self.layout.places.value.get(*part).copied().flatten()) {
                (Some(children), _) if !children.is_empty() => self.coverage(children),
                (_, Some(column)) => format!("IF(ISERROR({}),0,1)", self.layout.result(column, self.row)),
                _ => "0".to_owned(),
            };
            covered.push(format!("{weight}*{share}"));
            all.push(weight);
        }
        format!("(({})/({}))", covered.join("+"), all.join("+"))
    }
}

fn term(writer: &Writer<'_, '_>, one: &Adjustment) -> Option<String> {
    let points = writer.formula(&one.points.formula, None)?;
    let text = match &one.condition {
        Some(condition) => {
            let condition: Made = writer.formula(&condition.formula, None)?;
            (condition.holds == Holds::Truth).then(|| format!("IF({},{},0)", condition.text, points.text))?
        }
        None => points.text,
    };
    (points.holds == Holds::Number).then(|| format!("IFERROR({text},0)"))
}
