//! Names, units and kinds of every formula, and rings among indicators.

use formula::{Dimension, Kind, Scope, Unit, check as check_formula, fits, words_of};

use crate::data::asked_names;
use crate::finding::{Finding, Severity};
use crate::standard::{Aspect, Mode, Standard, TableContent, Written, split_aspect};

pub(super) fn check(standard: &Standard, findings: &mut Vec<Finding>) {
    let names = Names {
        standard,
        results: false,
    };
    for node in &standard.nodes {
        let value = Kind::Quantity(Some(node.unit.dimension()));
        if let Some(written) = &node.formula {
            let kind = checked(written, &names, None, findings);
            let any_unit = node.unit.is_none() && standard.mode == Mode::Accounting;
            if let (false, Some(fault)) = (any_unit, fits(&kind, &node.unit, written.formula.body.span)) {
                findings.push(Finding::of_fault(&fault, &written.text, &written.place));
            }
        }
        if let Some(written) = &node.scoring {
            let words = words_of(&written.formula);
            let kind = if words.is_empty() { value } else { Kind::Any };
            let points = checked(written, &names, Some((&kind, &node.unit)), findings);
            if let Some(fault) = fits(&points, &Unit::none(), written.formula.body.span) {
                findings.push(Finding::of_fault(&fault, &written.text, &written.place));
            }
        }
    }
    let results = Names {
        standard,
        results: true,
    };
    let conditions = standard
        .gates
        .iter()
        .map(|gate| &gate.condition)
        .chain(standard.grades.iter().filter_map(|grade| grade.condition.as_ref()))
        .chain(
            standard
                .adjustments
                .iter()
                .filter_map(|adjustment| adjustment.condition.as_ref()),
        )
        .chain(standard.tables.iter().flat_map(|table| table.conditions()));
    for condition in conditions {
        let kind = checked(condition, &results, None, findings);
        if !matches!(kind, Kind::Truth | Kind::Any) {
            findings.push(Finding::error("formula-not-a-truth", &condition.place, &[]));
        }
    }
    for adjustment in &standard.adjustments {
        checked(&adjustment.points, &results, None, findings);
    }
    for gate in &standard.gates {
        let known = matches!(gate.otherwise.as_str(), "不予评级" | "ungraded");
        if !known && !standard.grades.iter().any(|grade| grade.name == gate.otherwise) {
            findings.push(Finding::error(
                "indicator-gate-otherwise",
                &gate.condition.place,
                &[("found", &gate.otherwise)],
            ));
        }
    }
    undeclared(standard, findings);
    rings(standard, findings);
}

fn checked(written: &Written, names: &Names<'_>, subject: Option<(&Kind, &Unit)>, findings: &mut Vec<Finding>) -> Kind {
    let checked = check_formula(&written.formula, names, subject);
    for fault in &checked.faults {
        findings.push(Finding::of_fault(fault, &written.text, &written.place));
    }
    checked.kind
}

/// What names mean in formulas of the standard. Where no input is declared, any other name is an input.
struct Names<'a> {
    standard: &'a Standard,
    /// Whether results (总分, 覆盖率) have names.
    results: bool,
}

impl Scope for Names<'_> {
    fn kind(&self, name: &str) -> Option<Kind> {
        let standard = self.standard;
        let pure = Kind::Quantity(Some(Dimension::NONE));
        if crate::world::is_special(name) {
            return self.results.then_some(pure);
        }
        let (code, aspect) = split_aspect(name);
        if let Some(node) = standard.node(code).and_then(|at| standard.nodes.get(at)) {
            let natural_score = aspect == Aspect::Natural && !node.children.is_empty();
            if natural_score || matches!(aspect, Aspect::Score | Aspect::Weight) {
                return Some(pure);
            }
            let (unit, kind) = crate::data::expectation(standard, &node.code);
            // An account without a unit of its own has that of its formula.
            let open = unit.is_none() && standard.mode == Mode::Accounting;
            return Some(if open { Kind::Any } else { kind });
        }
        if let Some(parameter) = standard.parameter(name) {
            return Some(Kind::Quantity(Some(parameter.unit.dimension())));
        }
        if let Some(TableContent::Words(words)) = standard.table(name).map(|table| &table.content) {
            return Some(Kind::List(Box::new(Kind::Word(words.clone()))));
        }
        if let Some(input) = standard.input(name) {
            return Some(input.kind.clone());
        }
        standard.inputs.is_empty().then_some(Kind::Any)
    }

    fn table(&self, name: &str) -> Option<Kind> {
        self.standard.table(name).map(|table| match &table.content {
            TableContent::Words(_) => Kind::Truth,
            _ => Kind::Any,
        })
    }

    fn names(&self) -> Vec<String> {
        let standard = self.standard;
        let codes = standard.nodes.iter().map(|node| node.code.clone());
        let parameters = standard.parameters.iter().map(|parameter| parameter.name.clone());
        let inputs = standard.inputs.iter().map(|input| input.name.clone());
        codes.chain(parameters).chain(inputs).collect()
    }
}

/// Inputs that formulas name and nobody declares.
fn undeclared(standard: &Standard, findings: &mut Vec<Finding>) {
    if !standard.inputs.is_empty() {
        return;
    }
    for name in asked_names(standard) {
        let asked_by = standard.nodes.iter().find(|node| {
            let formulas = [node.formula.as_ref(), node.scoring.as_ref()];
            formulas
                .into_iter()
                .flatten()
                .any(|written| written.formula.asks().iter().any(|asked| asked.name == name))
        });
        if let Some(node) = asked_by {
            findings.push(Finding::new(
                Severity::Info,
                "indicator-undeclared-input",
                &node.place,
                &[("name", &name)],
            ));
        }
    }
}

/// Indicators that depend on themselves.
fn rings(standard: &Standard, findings: &mut Vec<Finding>) {
    let edges: Vec<Vec<usize>> = standard
        .nodes
        .iter()
        .map(|node| {
            let formulas = [node.formula.as_ref(), node.scoring.as_ref()];
            let asked = formulas
                .into_iter()
                .flatten()
                .flat_map(|written| written.formula.asks());
            let named = asked.filter(|asked| asked.back == 0).filter_map(|asked| {
                let (code, _) = split_aspect(&asked.name);
                standard.node(code)
            });
            named.chain(node.children.iter().copied()).collect()
        })
        .collect();
    // 0 not seen, 1 on the way, 2 done.
    let mut state = vec![0_u8; edges.len()];
    for start in 0..edges.len() {
        let mut stack = vec![(start, 0_usize)];
        while let Some((at, next)) = stack.pop() {
            if next == 0 {
                if state.get(at).copied() != Some(0) {
                    continue;
                }
                if let Some(state) = state.get_mut(at) {
                    *state = 1;
                }
            }
            let target = edges.get(at).and_then(|targets| targets.get(next)).copied();
            let Some(target) = target else {
                if let Some(state) = state.get_mut(at) {
                    *state = 2;
                }
                continue;
            };
            stack.push((at, next + 1));
            match state.get(target).copied() {
                Some(0) => stack.push((target, 0)),
                Some(1) => {
                    if let Some(node) = standard.nodes.get(target) {
                        findings.push(Finding::error("indicator-ring", &node.place, &[("names", &node.code)]));
                    }
                }
                _ => {}
            }
        }
    }
}
