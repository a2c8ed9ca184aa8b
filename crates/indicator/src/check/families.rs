//! Weights of siblings, sources of leaves, codes that rules name.

use formula::Number;

use crate::finding::{Finding, Place};
use crate::index::{IndexRules, Normalise};
use crate::standard::{Mode, NodeRule, Standard};
use crate::uncertainty::Varies;

pub(super) fn check(standard: &Standard, findings: &mut Vec<Finding>) {
    let top: Vec<usize> = standard.top().collect();
    if standard.mode != Mode::Accounting {
        family(standard, None, &top, findings);
    }
    for (at, node) in standard.nodes.iter().enumerate() {
        if !node.children.is_empty() {
            family(standard, Some(at), &node.children, findings);
            continue;
        }
        let place = &node.place;
        // Pure numbers in ones (分) are points already.
        let are_points = node.unit.dimension().is_none() && *node.unit.factor() == Number::one();
        if standard.mode == Mode::Assessment && node.scoring.is_none() && !are_points {
            findings.push(Finding::error("indicator-no-scoring", place, &[("code", &node.code)]));
        }
        if let Some(rules) = &standard.index {
            if let Some(scoring) = &node.scoring {
                findings.push(Finding::error(
                    "indicator-idle-scoring",
                    &scoring.place,
                    &[("code", &node.code)],
                ));
            }
            if rules.posts.contains_key(&node.code) && !asks_posts(standard, rules) {
                findings.push(Finding::error("indicator-idle-posts", place, &[("code", &node.code)]));
            }
        }
        if standard.mode == Mode::Index && node.direction.is_none() {
            findings.push(Finding::error("indicator-no-direction", place, &[("code", &node.code)]));
        }
    }
    let codes = standard
        .aggregation
        .nodes
        .keys()
        .chain(standard.rounding.nodes.keys())
        .chain(
            standard
                .weights
                .iter()
                .flat_map(|(_, weights)| weights.iter().map(|(name, _)| name)),
        );
    for code in codes {
        if standard.node(code).is_none() {
            findings.push(Finding::error(
                "indicator-unknown-code",
                &Place::default(),
                &[("code", code)],
            ));
        }
    }
}

/// Whether goalposts are used: by the index itself, or by a choice that its uncertainty names.
fn asks_posts(standard: &Standard, rules: &IndexRules) -> bool {
    let are = |normalise: &Normalise| matches!(normalise, Normalise::Goalposts(..));
    let varied = standard.uncertainty.iter().flat_map(|uncertainty| &uncertainty.factors);
    are(&rules.normalise)
        || varied
            .into_iter()
            .any(|factor| matches!(&factor.varies, Varies::Normalisations(ways) if ways.iter().any(are)))
}

fn family(standard: &Standard, above: Option<usize>, parts: &[usize], findings: &mut Vec<Finding>) {
    let nodes: Vec<&NodeRule> = parts.iter().filter_map(|at| standard.nodes.get(*at)).collect();
    let Some(first) = nodes.first() else { return };
    let whose = above
        .and_then(|at| standard.nodes.get(at))
        .map_or_else(|| "总分".to_owned(), |node| node.code.clone());
    let of_table: Vec<(&NodeRule, Option<&Number>)> = nodes.iter().map(|node| (*node, node.weight.as_ref())).collect();
    let without = of_table.iter().all(|(_, weight)| weight.is_none());
    let dated = parts.iter().any(|at| standard.is_weighted(*at));
    if !without {
        weights(standard.mode, &whose, &of_table, findings);
    } else if !dated {
        if standard.has_total() && nodes.len() > 1 {
            findings.push(Finding::warning(
                "indicator-no-weights",
                &first.place,
                &[("code", &whose)],
            ));
        }
        return;
    }
    for (period, own) in &standard.weights {
        let of_period = |node: &NodeRule| {
            own.iter()
                .find(|(name, _)| node.is_called(name))
                .map(|(_, weight)| weight)
        };
        // Weights by period that leave a family alone leave it those of the table.
        if !without && nodes.iter().all(|node| of_period(node).is_none()) {
            continue;
        }
        let of_both: Vec<(&NodeRule, Option<&Number>)> = nodes
            .iter()
            .map(|node| (*node, of_period(node).or(node.weight.as_ref())))
            .collect();
        weights(standard.mode, &format!("{whose} {period}"), &of_both, findings);
    }
}

/// Whether siblings all have weights, and whether these sum to one.
fn weights(mode: Mode, whose: &str, of: &[(&NodeRule, Option<&Number>)], findings: &mut Vec<Finding>) {
    let Some((first, _)) = of.first() else { return };
    let missing = || of.iter().filter(|(_, weight)| weight.is_none());
    for (node, _) in missing() {
        findings.push(Finding::error(
            "indicator-weight-missing",
            &node.place,
            &[("code", &node.code)],
        ));
    }
    if missing().next().is_some() {
        return;
    }
    let sum = of
        .iter()
        .filter_map(|(_, weight)| *weight)
        .try_fold(Number::zero(), |sum, weight| sum.plus(weight));
    let Ok(sum) = sum else { return };
    if sum == Number::one() {
        return;
    }
    let parts = of
        .iter()
        .map(|(node, _)| node.code.as_str())
        .collect::<Vec<_>>()
        .join("、");
    let arguments: [(&'static str, &dyn ToString); 3] = [("code", &whose), ("parts", &parts), ("sum", &shown(&sum))];
    findings.push(if mode == Mode::Index && !sum.is_zero() {
        // Indices give relative weights; a run shares them out.
        Finding::new(crate::Severity::Info, "indicator-weight-sum", &first.place, &arguments)
    } else {
        Finding::error("indicator-weight-sum", &first.place, &arguments)
    });
}

/// A sum that is not one, in as many digits as show it.
fn shown(sum: &Number) -> String {
    let brief = sum.brief(12);
    if Number::parse(&brief) == Some(Number::one()) {
        sum.exact_text()
    } else {
        brief
    }
}
