//! What a form asks a unit for: every name that must be given, in the order of the indicators that need it.

use std::collections::BTreeSet;

use formula::{Kind, canonical_name};

use crate::data::{asked_names, expectation};
use crate::given::Given;
use crate::standard::{Example, NodeRule, Standard};

/// How a truth is written: yes, no.
pub const TRUTHS: [&str; 2] = ["是", "否"];
/// The unit of what is a truth.
const YES_OR_NO: &str = "是否";

/// One thing that a unit gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name of an input, or the code of an indicator.
    pub name: String,
    /// The indicator for which it is asked; none where only gates, grades or tables ask for it.
    pub node: Option<usize>,
    /// The unit of a bare number; empty where there is none.
    pub unit: String,
    /// What it can be.
    pub wants: Wants,
}

/// What can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    /// A number, perhaps with its unit.
    Number,
    /// Yes or no.
    Truth,
    /// A word; one of these where they are known.
    Word(Vec<String>),
    /// Several words; of these where they are known.
    List(Vec<String>),
    /// Anything.
    Any,
}

/// What a unit gives. Where an indicator has a formula it can be given itself, or what its formula asks for: the way of the
/// worked example is taken, else the formula's.
///
/// ```
/// use indicator::{blocks, fields, read};
///
/// let text = "```指标\n| 代号 | 单位 | 取数或公式 | 计分 |\n|--|--|--|--|\n| A | % | 按时件数 ÷ 件数 | 线性(0→0, 100 %→100) |\n| B | 分 | 填报 | |\n```\n";
/// let standard = read(&blocks(text)).standard;
/// let names: Vec<_> = fields(&standard, None).into_iter().map(|field| field.name).collect();
/// assert_eq!(names, ["按时件数", "件数", "B"]);
/// ```
pub fn fields(standard: &Standard, example: Option<&Example>) -> Vec<Field> {
    let asked = asked_names(standard);
    let shown: BTreeSet<String> = example
        .iter()
        .flat_map(|example| &example.inputs)
        .map(|(name, _, _)| canonical_name(name))
        .collect();
    let mut found: Vec<Field> = Vec::new();
    let mut add = |name: &str, node: Option<usize>| {
        if !found.iter().any(|known| known.name == name) {
            found.push(field(standard, name, node));
        }
    };
    for (at, rule) in standard.nodes.iter().enumerate() {
        if !rule.children.is_empty() {
            continue;
        }
        let names = names_of(rule, &asked);
        let by_formula = names.iter().any(|name| shown.contains(name));
        if names.is_empty() {
            // An account that only joins others asks for nothing.
            let computed = rule
                .formula
                .as_ref()
                .is_some_and(|written| !written.formula.is_reported());
            if !computed || shown.contains(&rule.code) {
                add(&rule.code, Some(at));
            }
        } else if shown.contains(&rule.code) && !by_formula {
            add(&rule.code, Some(at));
        } else {
            names.iter().for_each(|name| add(name, Some(at)));
        }
    }
    let of_nodes: BTreeSet<String> = standard.nodes.iter().flat_map(|rule| names_of(rule, &asked)).collect();
    for name in asked.iter().filter(|name| !of_nodes.contains(*name)) {
        add(name, None);
    }
    found
}

impl Wants {
    /// What somebody typed into a field; nothing where it is left empty. Several words are parted by `；`, `;` or `、`.
    pub fn given(&self, text: &str) -> Option<Given> {
        let text = text.trim();
        match self {
            _ if text.is_empty() => None,
            Self::List(_) => {
                let parts = text
                    .split([';', '；', '、'])
                    .map(str::trim)
                    .filter(|part| !part.is_empty());
                Some(Given::List(parts.map(|part| Given::Text(part.to_owned())).collect()))
            }
            _ => Some(Given::Text(text.to_owned())),
        }
    }
}

fn names_of(rule: &NodeRule, asked: &BTreeSet<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let written = [rule.formula.as_ref(), rule.scoring.as_ref()];
    let all = written.into_iter().flatten().flat_map(|written| written.formula.asks());
    let all = all.map(|asked| asked.name).chain(rule.denominator.clone());
    for name in all.filter(|name| asked.contains(name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn field(standard: &Standard, name: &str, node: Option<usize>) -> Field {
    let (unit, kind) = expectation(standard, name);
    Field {
        name: name.to_owned(),
        node,
        unit: Some(unit.text())
            .filter(|unit| *unit != YES_OR_NO)
            .unwrap_or_default()
            .to_owned(),
        wants: wants(&kind),
    }
}

fn wants(kind: &Kind) -> Wants {
    match kind {
        Kind::Any => Wants::Any,
        Kind::Quantity(_) => Wants::Number,
        Kind::Truth => Wants::Truth,
        Kind::Word(words) => Wants::Word(words.clone()),
        Kind::List(inner) => match &**inner {
            Kind::Word(words) => Wants::List(words.clone()),
            _ => Wants::List(Vec::new()),
        },
    }
}
