//! Grades without gaps, grades and gates that something can reach.

use formula::Number;

use super::ranges::{Holding, Range, holding, witnesses};
use crate::finding::Finding;
use crate::standard::{Aspect, Standard, split_aspect};

pub(super) fn check(standard: &Standard, findings: &mut Vec<Finding>) {
    let bounds = standard
        .aggregation
        .clamp
        .clone()
        .unwrap_or_else(|| (Number::from(-1_000_000), Number::from(1_000_000)));
    grades(standard, &bounds, findings);
    if standard.aggregation.clamp.is_some() {
        gates(standard, &bounds, findings);
    }
}

fn grades(standard: &Standard, bounds: &(Number, Number), findings: &mut Vec<Finding>) {
    if standard.grades.is_empty() {
        return;
    }
    let total = |name: &str| matches!(name, "总分" | "total");
    let all = Holding {
        surely: vec![Range::ALL],
        perhaps: vec![Range::ALL],
    };
    let holdings: Vec<Holding> = standard
        .grades
        .iter()
        .map(|grade| match &grade.condition {
            Some(condition) => holding(&condition.formula.body, &total),
            None => all.clone(),
        })
        .collect();
    let ranges = holdings
        .iter()
        .flat_map(|holding| holding.surely.iter().chain(&holding.perhaps));
    let values = witnesses(ranges, bounds);
    let holds = |ranges: &[Range], value: &Number| ranges.iter().any(|range| range.holds(value));
    for (at, (grade, own)) in standard.grades.iter().zip(&holdings).enumerate() {
        let before: Vec<&Holding> = holdings.iter().take(at).collect();
        let reached = values
            .iter()
            .any(|value| holds(&own.perhaps, value) && !before.iter().any(|other| holds(&other.surely, value)));
        if !reached {
            findings.push(Finding::error(
                "indicator-grade-unreachable",
                &grade.place,
                &[("grade", &grade.name)],
            ));
        }
    }
    let gap = values
        .iter()
        .find(|value| !holdings.iter().any(|holding| holds(&holding.surely, value)));
    if let (Some(gap), Some(last)) = (gap, standard.grades.last()) {
        findings.push(Finding::error(
            "indicator-grade-gap",
            &last.place,
            &[("value", &gap.brief(9))],
        ));
    }
}

/// A gate on points that always holds stops nothing; one that never holds stops everybody.
fn gates(standard: &Standard, bounds: &(Number, Number), findings: &mut Vec<Finding>) {
    for gate in &standard.gates {
        let body = &gate.condition.formula.body;
        let mut names: Vec<String> = gate
            .condition
            .formula
            .asks()
            .into_iter()
            .map(|asked| asked.name)
            .collect();
        names.dedup();
        let [name] = names.as_slice() else { continue };
        let (code, aspect) = split_aspect(name);
        let points = match standard.node(code).and_then(|at| standard.nodes.get(at)) {
            Some(node) if aspect == Aspect::Score || (aspect == Aspect::Natural && !node.children.is_empty()) => true,
            // A count or a share has no bounds that we know, but a share of a whole does not fall below zero.
            Some(_) => false,
            None => matches!(name.as_str(), "总分" | "total"),
        };
        if !points {
            continue;
        }
        let own = holding(body, &|asked| asked == name);
        let values = witnesses(own.surely.iter().chain(&own.perhaps), bounds);
        let always = values
            .iter()
            .all(|value| own.surely.iter().any(|range| range.holds(value)));
        let never = !values
            .iter()
            .any(|value| own.perhaps.iter().any(|range| range.holds(value)));
        let rule = match (always, never) {
            (true, _) => "indicator-gate-idle",
            (_, true) => "indicator-gate-shut",
            _ => continue,
        };
        let shown = gate.condition.text.as_str();
        findings.push(Finding::error(rule, &gate.condition.place, &[("condition", &shown)]));
    }
}
