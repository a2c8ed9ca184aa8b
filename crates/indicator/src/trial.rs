//! A worked example with something changed: both results, what differs, and what could.

use std::collections::BTreeSet;

use formula::canonical_name;

use crate::data::{RawUnit, UnitData, understand};
use crate::day::Period;
use crate::dependants::{Dependants, Edit};
use crate::finding::{Finding, Place, Severity};
use crate::given::Given;
use crate::outcome::UnitResult;
use crate::run::{Settings, run};
use crate::standard::{Example, Standard};
use crate::verdict::{Verdict, verdicts};

/// What is given, by name.
pub type Inputs = Vec<(String, Given, Place)>;

/// A unit's data with their result.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// What was given, understood.
    pub unit: UnitData,
    /// What came out.
    pub result: UnitResult,
    /// What gates and grades ask for.
    pub verdicts: Vec<Verdict>,
}

/// Two results of one standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Of what was given first.
    pub before: Ran,
    /// Of what is given now.
    pub after: Ran,
    /// The names under which something else is given.
    pub edited: Vec<String>,
    /// The indicators that depend on one of them: no other can differ.
    pub reach: BTreeSet<usize>,
    /// Those of which value or points differ.
    pub changed: BTreeSet<usize>,
    /// Those whose weight in the total differs: one beside them was left out, or no longer is.
    pub reweighted: BTreeSet<usize>,
}

/// Runs an example twice: as it stands, and with other inputs.
///
/// # Errors
/// What cannot be right in the inputs.
pub fn trial(standard: &Standard, example: &Example, inputs: &Inputs) -> Result<Trial, Vec<Finding>> {
    let before = attempt(standard, example, &example.inputs)?;
    let after = attempt(standard, example, inputs)?;
    let edited = edited(&example.inputs, inputs);
    let mut reach = BTreeSet::new();
    for name in &edited {
        let name = standard
            .node(name)
            .and_then(|at| standard.nodes.get(at))
            .map_or(name, |rule| &rule.code);
        let dependants = Dependants::of(standard, &Edit::Given(name));
        reach.extend(dependants.values);
        reach.extend(dependants.points);
    }
    let changed = changed(&before.result, &after.result);
    let nodes = before.result.nodes.iter().zip(&after.result.nodes).enumerate();
    let reweighted = nodes
        .filter(|(_, (old, new))| old.weight != new.weight)
        .map(|(at, _)| at)
        .collect();
    Ok(Trial {
        before,
        after,
        edited,
        reach,
        changed,
        reweighted,
    })
}

/// The indicators of which value or points differ between two results of one standard.
pub fn changed(before: &UnitResult, after: &UnitResult) -> BTreeSet<usize> {
    let pairs = before.nodes.iter().zip(&after.nodes).enumerate();
    pairs
        .filter(|(_, (old, new))| old.computed.value != new.computed.value || old.points != new.points)
        .map(|(at, _)| at)
        .collect()
}

/// The names under which one gives something else than the other.
fn edited(before: &Inputs, after: &Inputs) -> Vec<String> {
    let find = |inputs: &Inputs, name: &str| {
        let found = inputs.iter().find(|(known, _, _)| canonical_name(known) == name);
        found
            .map(|(_, given, _)| given.clone())
            .filter(|given| !matches!(given, Given::Absent(_)))
    };
    let mut names: Vec<String> = Vec::new();
    for (name, _, _) in before.iter().chain(after) {
        let name = canonical_name(name);
        if !names.contains(&name) && find(before, &name) != find(after, &name) {
            names.push(name);
        }
    }
    names
}

/// One run of an example with inputs.
fn attempt(standard: &Standard, example: &Example, inputs: &Inputs) -> Result<Ran, Vec<Finding>> {
    let (units, findings) = understand(standard, &rows(example, inputs, &example.place));
    let errors: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    ran(standard, units, Settings { at: example.at }).ok_or_else(Vec::new)
}

/// The first of these units with its result, and why it is so.
pub fn ran(standard: &Standard, units: Vec<UnitData>, settings: Settings) -> Option<Ran> {
    let result = run(standard, &units, settings).into_iter().next()?;
    let verdicts = verdicts(standard, &units, 0, settings);
    let unit = units.into_iter().next()?;
    Some(Ran { unit, result, verdicts })
}

/// The rows of an example: the unit, and where the example has it, the same a period before.
pub(crate) fn rows(example: &Example, inputs: &Inputs, place: &Place) -> Vec<RawUnit> {
    // An example without a period still has one before it.
    let has_before = !example.before.is_empty();
    let period = example.period.or_else(|| Period::read("2000").filter(|_| has_before));
    let row = |period: Option<Period>, inputs: &Inputs| RawUnit {
        id: example.name.clone(),
        period: period.map(|period| period.to_string()),
        inputs: inputs.clone(),
        place: place.clone(),
    };
    let mut rows = vec![row(period, inputs)];
    if has_before {
        rows.push(row(period.and_then(Period::before), &example.before));
    }
    rows
}
