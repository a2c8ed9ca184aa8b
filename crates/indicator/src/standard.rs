//! An executable standard as values: indicators, parameters, tables, rules, examples.

use std::collections::BTreeMap;

use formula::{Formula, Interval, Kind, LimitRule, Number, Rung, Unit};
use jiff::civil::Date;

use crate::day::Period;
use crate::finding::Place;
use crate::given::Given;
use crate::method::Method;

/// A standard that runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standard {
    /// Its title.
    pub title: String,
    /// 编号.
    pub number: String,
    /// 版本: the day from which this edition holds, as written.
    pub version: String,
    /// 评估单元: what is assessed.
    pub unit_of: String,
    /// 期间: what span the data of a unit describe, as written.
    pub period_of: String,
    /// 有效期: for how many months a result holds, where the standard says.
    pub validity: Option<u16>,
    /// 模式.
    pub mode: Mode,
    /// Indicators in the order of the table, then accounts.
    pub nodes: Vec<NodeRule>,
    /// 参数.
    pub parameters: Vec<Parameter>,
    /// 输入, where they are declared.
    pub inputs: Vec<Input>,
    /// 表.
    pub tables: Vec<TableRule>,
    /// 权重 by period.
    pub weights: Vec<(Period, Vec<(String, Number)>)>,
    /// 汇总.
    pub aggregation: Aggregation,
    /// 修约.
    pub rounding: Rounding,
    /// 门槛.
    pub gates: Vec<Gate>,
    /// 加分, 扣分.
    pub adjustments: Vec<Adjustment>,
    /// The most that bonuses may add, deductions may take.
    pub adjustment_limits: (Option<Number>, Option<Number>),
    /// 等级, best first.
    pub grades: Vec<Grade>,
    /// 说明.模板.
    pub template: Option<String>,
    /// 标准化 and what belongs to it, in index mode.
    pub index: Option<crate::index::IndexRules>,
    /// 不确定性: what `sensitivity` varies.
    pub uncertainty: Option<crate::uncertainty::Uncertainty>,
    /// 例.
    pub examples: Vec<Example>,
}

/// What a standard is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// 评估: points, gates, grades.
    #[default]
    Assessment,
    /// 指数: normalised over a population.
    Index,
    /// 核算: quantities with units.
    Accounting,
}

/// A formula as it stands in the standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Read.
    pub formula: Formula,
    /// As written.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeRule {
    /// 代号: a stable id.
    pub code: String,
    /// 名称.
    pub name: String,
    /// The indicator above it.
    pub parent: Option<usize>,
    /// The indicators below it.
    pub children: Vec<usize>,
    /// 1 for the indicators right below the total.
    pub level: usize,
    /// 权重 among its siblings.
    pub weight: Option<Number>,
    /// 单位.
    pub unit: Unit,
    /// How its value comes about; `None` where it is reported.
    pub formula: Option<Written>,
    /// 计分.
    pub scoring: Option<Written>,
    /// What happens where the value is absent.
    pub missing: Missing,
    /// Whether the standard says so.
    pub missing_stated: bool,
    /// 证据.
    pub evidence: Option<Evidence>,
    /// 方向.
    pub direction: Option<Direction>,
    /// 分母: the input it is divided by before anything else, in index mode.
    pub denominator: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// 缺失: what an absent value does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// 失败: no result.
    #[default]
    Fail,
    /// 计零: zero points, said so.
    Zero,
    /// 剔除重分: left out, its weight given to its siblings.
    Drop,
}

impl Missing {
    /// As a standard writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fail => "失败",
            Self::Zero => "计零",
            Self::Drop => "剔除重分",
        }
    }
}

/// 方向: whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 正向.
    Up,
    /// 逆向.
    Down,
}

/// 证据: what shows that a value is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// As written.
    pub text: String,
    /// Whether it says how old it may be, or that it is looked at on the spot.
    pub dated: bool,
}

/// A parameter with its values by period and publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// 单位.
    pub unit: Unit,
    /// 依据.
    pub basis: String,
    /// Its values.
    pub values: Vec<Dated>,
    /// Where it stands.
    pub place: Place,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The period that it describes; `None` where it holds always.
    pub period: Option<Period>,
    /// Whether it holds from the period on (自) or for it (期).
    pub onward: bool,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// The value, in the parameter's unit.
    pub value: formula::Value,
    /// Where it stands.
    pub place: Place,
}

/// A declared input.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name, filters with it.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// What it can be.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

/// A table of the standard.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRule {
    /// Its name.
    pub name: String,
    /// What it is.
    pub content: TableContent,
    /// 上位: where this holds, the table is not asked and this is its answer.
    pub above: Option<(Written, formula::Value)>,
    /// 捆绑: what must hold beside it for its 0 to be one.
    pub bundle: Option<Bundle>,
    /// Where it stands.
    pub place: Place,
}

/// 捆绑: measures that are worth something only together. Where one of them is closed, a table does not answer 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// 组: all of them must hold.
    pub of: Vec<Written>,
    /// 否则: the answer in the place of 0.
    pub otherwise: formula::Value,
}

impl TableRule {
    /// The conditions that it asks beside its rows.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Written> {
        let above = self.above.iter().map(|above| &above.0);
        above.chain(self.bundle.iter().flat_map(|bundle| &bundle.of))
    }
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq)]
pub enum TableContent {
    /// A list of words: an annex that can be intersected.
    Words(Vec<String>),
    /// Rows with a condition; the first, or the only one that holds.
    Rows {
        /// The rows.
        rows: Vec<Rung>,
        /// Whether only one may hold (命中 唯一).
        unique: bool,
    },
    /// A head and rows by key.
    Columns {
        /// Heads of the columns after the key.
        heads: Vec<(String, Unit)>,
        /// Key and cells.
        rows: Vec<(String, Vec<formula::Value>)>,
    },
}

/// 汇总: how points become points above.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aggregation {
    /// Where nothing else is said.
    pub default: Method,
    /// By the level of the indicators that are joined: 1 into the total.
    pub levels: BTreeMap<usize, Method>,
    /// By the code of the indicator into which they are joined.
    pub nodes: BTreeMap<String, Method>,
    /// 截断: ends of all points.
    pub clamp: Option<(Number, Number)>,
    /// 覆盖率下限.
    pub least_coverage: Option<Number>,
}

impl Aggregation {
    /// The method for indicators of a level, joined into the one of a code.
    pub fn method_of(&self, level: usize, into: Option<&str>) -> Method {
        into.and_then(|code| self.nodes.get(code))
            .or_else(|| self.levels.get(&level))
            .unwrap_or(&self.default)
            .clone()
    }

    /// Whether points are anywhere joined over all units.
    pub(crate) fn looks_at_peers(&self) -> bool {
        let methods = self.levels.values().chain(self.nodes.values());
        methods.chain([&self.default]).any(|method| method.peers().is_some())
    }
}

/// 修约: how results are shown and limits judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rounding {
    /// Of the total.
    pub total: Option<Interval>,
    /// Of the value of an indicator or account, in its unit.
    pub nodes: BTreeMap<String, Interval>,
    /// 极限值判定, of the total.
    pub limit: LimitRule,
    /// 极限值判定, of the values of indicators in gates and grades.
    pub value_limit: LimitRule,
}

/// 门槛: what must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// What must hold.
    pub condition: Written,
    /// 不予评级, or the best grade that is then left.
    pub otherwise: String,
    /// The clause that says it.
    pub clause: String,
}

/// 加分 or 扣分.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    /// What it is called.
    pub name: String,
    /// Whether it takes.
    pub deducts: bool,
    /// Where it holds; always, without one.
    pub condition: Option<Written>,
    /// How many points.
    pub points: Written,
    /// The clause that says it.
    pub clause: String,
}

/// A grade; the first whose condition holds is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// Its condition; `None` is 其余.
    pub condition: Option<Written>,
    /// Where it stands.
    pub place: Place,
}

/// 例: a worked example.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// 名.
    pub name: String,
    /// 报告日.
    pub at: Option<Date>,
    /// 期.
    pub period: Option<Period>,
    /// 输入.
    pub inputs: Vec<(String, Given, Place)>,
    /// 上期: inputs of the period before.
    pub before: Vec<(String, Given, Place)>,
    /// 期望.
    pub expected: Vec<(String, String, Place)>,
    /// 变体.
    pub variants: Vec<Variant>,
    /// Where it stands.
    pub place: Place,
}

/// 变体: an example with something changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// 改.
    pub changes: Vec<(String, Given, Place)>,
    /// 期望.
    pub expected: Vec<(String, String, Place)>,
    /// Where it stands.
    pub place: Place,
}

impl NodeRule {
    /// Whether rules that name an indicator mean this one: by code, or by name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        name == self.code || name == self.name
    }
}

impl Standard {
    /// The indicator of a code, or of a name that only one has.
    pub fn node(&self, name: &str) -> Option<usize> {
        if let Some(at) = self.nodes.iter().position(|node| node.code == name) {
            return Some(at);
        }
        let mut named = self.nodes.iter().enumerate().filter(|(_, node)| node.name == name);
        match (named.next(), named.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }

    /// The indicators right below the total.
    pub fn top(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|at| self.nodes.get(*at).is_some_and(|node| node.parent.is_none()))
    }

    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// A table by its name.
    pub fn table(&self, name: &str) -> Option<&TableRule> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// A declared input by its name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// Whether an indicator has a weight, in the table or by period.
    pub fn is_weighted(&self, node: usize) -> bool {
        let Some(rule) = self.nodes.get(node) else {
            return false;
        };
        let dated =
            |(_, weights): &(Period, Vec<(String, Number)>)| weights.iter().any(|(name, _)| rule.is_called(name));
        rule.weight.is_some() || self.weights.iter().any(dated)
    }

    /// The weight of an indicator among its siblings for a period: of the latest dated weights that reach it, else of
    /// the table. One that is weighed by period alone has none in others; where nobody weighs, all count equally.
    pub fn weight_of(&self, node: usize, period: Option<Period>) -> Number {
        let Some(rule) = self.nodes.get(node) else {
            return Number::zero();
        };
        let table = self
            .weights
            .iter()
            .filter(|(own, _)| period.is_none_or(|period| own.first() <= period.last()))
            .max_by_key(|(own, _)| own.first());
        table
            .and_then(|(_, weights)| {
                let found = weights.iter().find(|(name, _)| rule.is_called(name));
                found.map(|(_, weight)| weight.clone())
            })
            .or_else(|| rule.weight.clone())
            .unwrap_or_else(|| {
                if self.is_weighted(node) {
                    Number::zero()
                } else {
                    Number::one()
                }
            })
    }

    /// Whether a total is judged: by grades, by gates, or by how much of it is covered.
    pub const fn judges(&self) -> bool {
        !self.grades.is_empty() || !self.gates.is_empty() || self.aggregation.least_coverage.is_some()
    }

    /// Whether there is a total of points.
    pub fn has_total(&self) -> bool {
        self.mode != Mode::Accounting
            && self
                .top()
                .any(|at| self.is_weighted(at) || self.nodes.get(at).is_some_and(|node| node.scoring.is_some()))
    }
}

/// `C1.1.得分` → the code and what is asked of it.
pub(crate) fn split_aspect(name: &str) -> (&str, Aspect) {
    for (ending, aspect) in [
        (".得分", Aspect::Score),
        (".score", Aspect::Score),
        (".值", Aspect::Value),
        (".value", Aspect::Value),
        (".权重", Aspect::Weight),
        (".weight", Aspect::Weight),
    ] {
        if let Some(code) = name.strip_suffix(ending) {
            return (code, aspect);
        }
    }
    (name, Aspect::Natural)
}

/// What is asked of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// Its value where it has no indicators below, else its points.
    Natural,
    Value,
    Score,
    Weight,
}
