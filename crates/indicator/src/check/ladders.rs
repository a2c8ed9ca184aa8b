//! Ladders that rise as declared, tables and ladders without gaps and overlaps.

use formula::{ExprKind, Formula, Guard, LadderKind, Number, Rung, Unit, Value, evaluate, rows_that_hold};

use super::ranges::{Range, witnesses};
use crate::finding::Finding;
use crate::standard::{Direction, NodeRule, Standard, TableContent};

pub(super) fn check(standard: &Standard, findings: &mut Vec<Finding>) {
    for node in &standard.nodes {
        if let Some(scoring) = &node.scoring
            && let ExprKind::Ladder(kind, None, rungs) = &scoring.formula.body.kind
        {
            slope(node, *kind, rungs, findings);
            let conditions = rungs
                .iter()
                .any(|rung| matches!(rung.guard, Guard::Interval { .. } | Guard::Compare(..)));
            let points = rungs.iter().any(|rung| matches!(rung.guard, Guard::Point(_)));
            if *kind == LadderKind::Step && conditions && !points {
                covered(&node.code, rungs, &node.unit, false, &scoring.place, findings);
            }
        }
    }
    for table in &standard.tables {
        if let TableContent::Rows { rows, unique } = &table.content {
            covered(&table.name, rows, &Unit::none(), *unique, &table.place, findings);
        }
    }
}

struct Nothing;
impl formula::World for Nothing {
    fn value(&self, name: &str, _: u8) -> Value {
        Value::missing(name, "")
    }
}

/// A number that is written out, bare ones in the unit.
fn literal(expr: &formula::Expr, unit: &Unit) -> Option<Number> {
    let formula = Formula {
        body: expr.clone(),
        locals: Vec::new(),
    };
    let value = evaluate(&formula, &Nothing, None).value;
    let number = value.quantity()?.number.clone();
    Some(if is_bare(expr) { unit.to_base(&number) } else { number })
}

/// Whether a number is written without a unit.
fn is_bare(expr: &formula::Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_, own) => own.is_none(),
        ExprKind::Negative(inner) => is_bare(inner),
        _ => false,
    }
}

/// Points by value must rise or fall throughout, and as the direction says.
fn slope(node: &NodeRule, kind: LadderKind, rungs: &[Rung], findings: &mut Vec<Finding>) {
    if kind == LadderKind::Grade {
        return;
    }
    let mut points = Vec::new();
    for rung in rungs {
        let at = match &rung.guard {
            Guard::Point(point) => literal(point, &node.unit),
            Guard::Compare(formula::Operator::AtLeast | formula::Operator::More, limit) => literal(limit, &node.unit),
            _ => None,
        };
        let (Some(at), Some(points_there)) = (at, literal(&rung.value, &Unit::none())) else {
            return;
        };
        points.push((at, points_there));
    }
    points.sort();
    let (mut rises, mut falls) = (false, false);
    for pair in points.windows(2) {
        if let [(_, a), (_, b)] = pair {
            rises |= b > a;
            falls |= b < a;
        }
    }
    let place = node.scoring.as_ref().map_or(&node.place, |scoring| &scoring.place);
    if rises && falls {
        findings.push(Finding::warning(
            "indicator-ladder-turns",
            place,
            &[("code", &node.code)],
        ));
    }
    let against = match node.direction {
        Some(Direction::Up) => falls && !rises,
        Some(Direction::Down) => rises && !falls,
        None => false,
    };
    if against {
        findings.push(Finding::error(
            "indicator-ladder-direction",
            place,
            &[("code", &node.code)],
        ));
    }
}

/// Every value between the lowest and the highest end has a row, and only one where only one may hold.
fn covered(name: &str, rows: &[Rung], unit: &Unit, unique: bool, place: &crate::Place, findings: &mut Vec<Finding>) {
    let mut ranges = Vec::new();
    let mut dimension = None;
    // Where all ends are bare, they are compared as the numbers they are.
    let ends = rows.iter().flat_map(|row| match &row.guard {
        Guard::Point(end) | Guard::Compare(_, end) => vec![end],
        Guard::Interval { low, high, .. } => [low, high].into_iter().flatten().collect(),
        _ => Vec::new(),
    });
    let bare = Unit::none();
    let all_bare = ends.into_iter().all(is_bare);
    let unit = if all_bare { &bare } else { unit };
    for row in rows {
        let ends: Vec<&formula::Expr> = match &row.guard {
            Guard::Point(point) | Guard::Compare(_, point) => vec![point],
            Guard::Interval { low, high, .. } => [low, high].into_iter().flatten().collect(),
            Guard::Word(_) => return words(name, rows, place, findings),
            Guard::Otherwise => return,
        };
        for end in ends {
            let formula = Formula {
                body: end.clone(),
                locals: Vec::new(),
            };
            let value = evaluate(&formula, &Nothing, None).value;
            let Some(quantity) = value.quantity() else { return };
            if !quantity.number.is_zero() || dimension.is_none() {
                dimension = Some(quantity.dimension);
            }
            let Some(number) = literal(end, unit) else { return };
            let end = Some((number, true));
            ranges.push(Range {
                low: end.clone(),
                high: end,
            });
        }
    }
    let ends: Vec<Number> = ranges
        .iter()
        .filter_map(|range| range.low.as_ref().map(|(end, _)| end.clone()))
        .collect();
    let (Some(low), Some(high)) = (ends.iter().min().cloned(), ends.iter().max().cloned()) else {
        return;
    };
    let held = |number: &Number| {
        let value = Value::Quantity(formula::Quantity {
            number: number.clone(),
            dimension: dimension.unwrap_or_default(),
        });
        rows_that_hold(rows, &value).len()
    };
    // An outermost end is a gap only where a row goes on beyond it.
    let beyond = |number: Result<Number, formula::NumberError>| number.is_ok_and(|number| held(&number) > 0);
    let (below, above) = (beyond(low.minus(&Number::one())), beyond(high.plus(&Number::one())));
    for value in witnesses(ranges.iter(), &(low.clone(), high.clone())) {
        let shown = unit.of_base(&value).brief(9);
        let inside = (value > low || below) && (value < high || above);
        let rule = match held(&value) {
            0 if inside => "indicator-table-gap",
            0 => continue,
            1 => continue,
            _ if unique => "indicator-table-overlap",
            _ => continue,
        };
        return findings.push(Finding::error(rule, place, &[("name", &name), ("value", &shown)]));
    }
}

fn words(name: &str, rows: &[Rung], place: &crate::Place, findings: &mut Vec<Finding>) {
    let mut seen: Vec<&str> = Vec::new();
    for row in rows {
        if let Guard::Word(word) = &row.guard {
            if seen.contains(&word.as_str()) {
                findings.push(Finding::error(
                    "indicator-table-overlap",
                    place,
                    &[("name", &name), ("value", word)],
                ));
            }
            seen.push(word);
        }
    }
}
