//! Which indicators can come out otherwise where a cell or a weight is edited; of all others nothing changes.

use std::collections::BTreeSet;

use formula::{Expr, ExprKind, Formula};

use crate::index::Impute;
use crate::standard::{Aspect, Standard, TableContent, Written, split_aspect};

/// What is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit<'a> {
    /// What is given under a name: an input, or an indicator's code.
    Given(&'a str),
    /// The weight of an indicator among its siblings.
    Weight(usize),
}

/// The indicators that depend on an edit, by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dependants {
    /// Those whose value can change.
    pub values: BTreeSet<usize>,
    /// Those whose points can change.
    pub points: BTreeSet<usize>,
    /// Whose results can change.
    pub reach: Reach,
}

/// How far an edit of a unit's cell reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reach {
    /// The unit's own results, and ranks.
    #[default]
    Unit,
    /// Those of every unit of its period.
    Period,
    /// Those of any unit of any period.
    Run,
}

impl Dependants {
    /// The indicators that depend on an edit.
    ///
    /// ```
    /// use indicator::{Dependants, Edit, blocks, read};
    ///
    /// let text = "```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 |\n|--|--|--|--|--|\n| A | 0.5 | | | |\n| A1 | 1 | % | 按时件数 ÷ 件数 | 线性(0→0, 100 %→100) |\n| B | 0.5 | 分 | | |\n```\n";
    /// let standard = read(&blocks(text)).standard;
    /// let found = Dependants::of(&standard, &Edit::Given("件数"));
    /// assert_eq!(found.points.iter().map(|node| &*standard.nodes[*node].code).collect::<Vec<_>>(), ["A", "A1"]);
    /// ```
    pub fn of(standard: &Standard, edit: &Edit<'_>) -> Self {
        let mut found = Self::default();
        let index = standard.index.as_ref();
        let by_data = index.is_some_and(|rules| rules.weighing.is_some());
        let grouped = index.is_some_and(|rules| match (&rules.impute, edit) {
            (Impute::Group(name), Edit::Given(edited)) => name == edited,
            _ => false,
        });
        if by_data || grouped {
            // Weights come from all scores, gaps are filled by group: every point can move.
            found.points.extend(0..standard.nodes.len());
        }
        if let Edit::Weight(node) = edit
            && let Some(parent) = standard.nodes.get(*node).and_then(|rule| rule.parent)
        {
            found.points.insert(parent);
        }
        let nodes: Vec<_> = standard
            .nodes
            .iter()
            .map(|rule| {
                (
                    asked(standard, rule.formula.as_ref()),
                    asked(standard, rule.scoring.as_ref()),
                )
            })
            .collect();
        loop {
            let before = (found.values.len(), found.points.len());
            for (node, (rule, (formula, scoring))) in standard.nodes.iter().zip(&nodes).enumerate() {
                let own = *edit == Edit::Given(&rule.code);
                if own || formula.iter().any(|name| found.reaches(standard, edit, name)) {
                    found.values.insert(node);
                }
                let divided = rule
                    .denominator
                    .as_deref()
                    .is_some_and(|name| *edit == Edit::Given(name));
                let scored = divided || scoring.iter().any(|name| found.reaches(standard, edit, name));
                let below = rule.children.iter().any(|child| found.points.contains(child));
                if scored || below || found.values.contains(&node) {
                    found.points.insert(node);
                }
            }
            if before == (found.values.len(), found.points.len()) {
                break;
            }
        }
        let frozen = index.is_some_and(|rules| rules.base.is_some() || rules.impute.looks_over_time());
        found.reach = if matches!(edit, Edit::Weight(_)) || by_data || frozen || found.looks_around(standard, edit) {
            Reach::Run
        } else if index.is_some() || standard.aggregation.looks_at_peers() {
            Reach::Period
        } else {
            Reach::Unit
        };
        found
    }

    /// Whether a formula asks other units, or earlier periods, for what the edit reaches.
    fn looks_around(&self, standard: &Standard, edit: &Edit<'_>) -> bool {
        formulas(standard).any(|written| {
            let asked = written.formula.asks();
            asked.iter().any(|asked| {
                let result = crate::world::is_special(&asked.name);
                (asked.of_all || asked.back > 0) && (result || self.reaches(standard, edit, &asked.name))
            })
        })
    }

    /// Whether an edit reaches who asks for a name.
    fn reaches(&self, standard: &Standard, edit: &Edit<'_>, name: &str) -> bool {
        if *edit == Edit::Given(name) {
            return true;
        }
        let (code, aspect) = split_aspect(name);
        let Some(node) = standard.node(code) else { return false };
        let leaf = standard.nodes.get(node).is_some_and(|rule| rule.children.is_empty());
        match aspect {
            Aspect::Weight => *edit == Edit::Weight(node),
            Aspect::Score => self.points.contains(&node),
            Aspect::Natural if !leaf => self.points.contains(&node),
            Aspect::Natural | Aspect::Value => self.values.contains(&node),
        }
    }
}

/// Names that a formula asks for, those of the tables that it looks up among them.
fn asked(standard: &Standard, written: Option<&Written>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut tables = BTreeSet::new();
    if let Some(written) = written {
        ask(standard, &written.formula, &mut names, &mut tables);
    }
    names
}

fn ask(standard: &Standard, formula: &Formula, names: &mut BTreeSet<String>, tables: &mut BTreeSet<String>) {
    names.extend(formula.asks().into_iter().map(|asked| asked.name));
    let bodies = formula.locals.iter().map(|local| &local.body).chain([&formula.body]);
    for body in bodies {
        looked_up(standard, body, names, tables);
    }
}

fn looked_up(standard: &Standard, expr: &Expr, names: &mut BTreeSet<String>, tables: &mut BTreeSet<String>) {
    if let ExprKind::LookUp(name, ..) = &expr.kind
        && tables.insert(name.clone())
        && let Some(table) = standard.table(name)
    {
        for condition in table.conditions() {
            ask(standard, &condition.formula, names, tables);
        }
        if let TableContent::Rows { rows, .. } = &table.content {
            for row in rows {
                let formula = Formula {
                    body: row.value.clone(),
                    locals: Vec::new(),
                };
                ask(standard, &formula, names, tables);
            }
        }
    }
    for part in expr.parts() {
        looked_up(standard, part, names, tables);
    }
}

/// Whether a formula looks at other units or at earlier periods.
pub(crate) fn looks_around(standard: &Standard) -> bool {
    formulas(standard).any(|written| {
        let asked = written.formula.asks();
        asked.iter().any(|asked| asked.of_all || asked.back > 0)
    })
}

/// Every formula and condition of a standard.
fn formulas(standard: &Standard) -> impl Iterator<Item = &Written> {
    let nodes = standard
        .nodes
        .iter()
        .flat_map(|node| [node.formula.as_ref(), node.scoring.as_ref()]);
    let grades = standard.grades.iter().map(|grade| grade.condition.as_ref());
    let gates = standard.gates.iter().map(|gate| Some(&gate.condition));
    let adjusted = standard
        .adjustments
        .iter()
        .flat_map(|one| [one.condition.as_ref(), Some(&one.points)]);
    let tables = standard.tables.iter().flat_map(|table| table.conditions().map(Some));
    nodes.chain(grades).chain(gates).chain(adjusted).chain(tables).flatten()
}
