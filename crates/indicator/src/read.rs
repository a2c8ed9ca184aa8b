//! Blocks to a standard, and what is wrong with them.

use formula::{Interval, LimitRule, Number, Unit, Value, parse};

use crate::block::{Block, BlockKind, Blocks};
use crate::finding::{Finding, Place};
use crate::method::Method;
use crate::standard::{Mode, Standard, Written};
use crate::toml_text::{self, Entry, Item, Node, get};

/// A standard as far as it could be read, and what was found while reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The standard.
    pub standard: Standard,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Reads a standard from its blocks; never fails, but says what is wrong.
pub fn read(blocks: &Blocks) -> Reading {
    let mut reader = Reader {
        standard: Standard {
            title: blocks.title.clone(),
            ..Standard::default()
        },
        findings: Vec::new(),
        uncertain: Vec::new(),
        judged: Vec::new(),
        of_an_index: Vec::new(),
        of_ratios: Vec::new(),
        of_a_total: Vec::new(),
        levels: Vec::new(),
    };
    // Parameters and tables first: what follows may name them.
    let order = [
        BlockKind::Parameters,
        BlockKind::Table,
        BlockKind::Rules,
        BlockKind::Indicators,
        BlockKind::Example,
    ];
    for kind in order {
        for block in blocks.blocks.iter().filter(|block| block.kind == kind) {
            reader.block(block);
        }
    }
    reader.family();
    let judged = std::mem::take(&mut reader.judged);
    reader.judgements(&judged);
    let uncertain = std::mem::take(&mut reader.uncertain);
    reader.uncertainty(&uncertain);
    reader.idle();
    if reader.standard.nodes.is_empty() {
        reader.error("indicator-nothing-to-run", &Place::default(), &[]);
    }
    Reading {
        standard: reader.standard,
        findings: reader.findings,
    }
}

pub(crate) struct Reader {
    pub(crate) standard: Standard,
    pub(crate) findings: Vec<Finding>,
    /// What is declared as uncertain, until everything it may name is read.
    uncertain: Vec<Entry>,
    /// Judgements of weights, until the indicators are read.
    judged: Vec<Entry>,
    /// What only an index has, until it is known whether this is one.
    pub(crate) of_an_index: Vec<(String, Place)>,
    /// Ways to join that take ratios of points, until it is known what points there are.
    pub(crate) of_ratios: Vec<(String, Place)>,
    /// What only a total has, until it is known whether there is one.
    of_a_total: Vec<(String, Place)>,
    /// Levels for which a way to join is given, until it is known how many there are.
    pub(crate) levels: Vec<(usize, Place)>,
}

impl Reader {
    pub(crate) fn error(&mut self, rule: &'static str, place: &Place, arguments: &[(&'static str, &dyn ToString)]) {
        self.findings.push(Finding::error(rule, place, arguments));
    }

    pub(crate) fn warning(&mut self, rule: &'static str, place: &Place, arguments: &[(&'static str, &dyn ToString)]) {
        self.findings.push(Finding::warning(rule, place, arguments));
    }

    fn block(&mut self, block: &Block) {
        if block.kind == BlockKind::Indicators {
            return self.indicators(block);
        }
        let is_csv = block.kind == BlockKind::Table && !block.text.contains('=');
        if is_csv {
            return self.csv_table(block);
        }
        let entries = match toml_text::read(block) {
            Ok(entries) => entries,
            Err(finding) => return self.findings.push(finding),
        };
        match block.kind {
            BlockKind::Parameters => self.parameters(&entries),
            BlockKind::Table => self.table_block(block, &entries),
            BlockKind::Example => self.example(&entries, block),
            _ => self.rules(&entries),
        }
    }

    /// A formula in a cell or a text; a fault is noted and gives none.
    pub(crate) fn formula(&mut self, text: &str, place: &Place) -> Option<Written> {
        match parse(text) {
            Ok(formula) => Some(Written {
                formula,
                text: text.to_owned(),
                place: place.clone(),
            }),
            Err(fault) => {
                self.findings.push(Finding::of_fault(&fault, text, place));
                None
            }
        }
    }

    /// The formula of a TOML text: its place is after the opening mark.
    pub(crate) fn formula_of(&mut self, node: &Node) -> Option<Written> {
        let Some(text) = node.text() else {
            self.error("indicator-wrong-kind", &node.place, &[("wanted", &"text")]);
            return None;
        };
        let place = if matches!(node.item, Item::Text(_)) {
            node.place.further(1)
        } else {
            node.place.clone()
        };
        self.formula(text, &place)
    }

    pub(crate) fn unit(&mut self, text: &str, place: &Place) -> Unit {
        match formula::parse_unit(text) {
            Ok(unit) => unit,
            Err(fault) => {
                self.findings.push(Finding::of_fault(&fault, text, place));
                Unit::none()
            }
        }
    }

    /// A value of a unit, from a number or a text with its own unit of the same dimension.
    pub(crate) fn value(&mut self, node: &Node, unit: &Unit) -> Option<Value> {
        let Some(text) = node.text() else {
            self.error("indicator-wrong-kind", &node.place, &[("wanted", &"value")]);
            return None;
        };
        self.value_of(text, &node.place, unit)
    }

    pub(crate) fn value_of(&mut self, text: &str, place: &Place, unit: &Unit) -> Option<Value> {
        match Value::read(text, unit) {
            Ok(Value::Quantity(quantity)) if quantity.dimension != unit.dimension() => {
                let found = quantity.dimension;
                self.error(
                    "indicator-cell-unit",
                    place,
                    &[("text", &text), ("unit", &unit.text()), ("found", &found)],
                );
                None
            }
            Ok(value) => Some(value),
            Err(fault) => {
                self.findings.push(Finding::of_fault(&fault, text, place));
                None
            }
        }
    }

    /// A pure number; shares may be written with `%`.
    pub(crate) fn number(&mut self, node: &Node) -> Option<Number> {
        let value = self.value(node, &Unit::none())?;
        let number = value.in_unit(&Unit::none());
        if number.is_none() {
            self.error("indicator-wrong-kind", &node.place, &[("wanted", &"number")]);
        }
        number
    }

    /// What is declared and would do nothing is said, never passed over.
    fn idle(&mut self) {
        if self.standard.mode != Mode::Index {
            for (what, place) in std::mem::take(&mut self.of_an_index) {
                self.error("indicator-needs-index", &place, &[("what", &what)]);
            }
        }
        let below_zero = |rules: &crate::index::IndexRules| rules.normalise.may_fall_below_zero();
        if self.standard.index.as_ref().is_some_and(below_zero) {
            for (method, place) in std::mem::take(&mut self.of_ratios) {
                self.error("indicator-join-ratio", &place, &[("method", &method)]);
            }
        }
        if self.standard.mode == Mode::Accounting {
            for (what, place) in std::mem::take(&mut self.of_a_total) {
                self.error("indicator-idle-in-accounts", &place, &[("what", &what)]);
            }
        }
        let deepest = self.standard.nodes.iter().map(|node| node.level).max().unwrap_or(0);
        for (level, place) in std::mem::take(&mut self.levels) {
            if level > deepest {
                self.error(
                    "indicator-idle-level",
                    &place,
                    &[("level", &level), ("deepest", &deepest)],
                );
            }
        }
    }

    /// Keys that nobody reads are said.
    pub(crate) fn only(&mut self, value: &Node, known: &[&str]) {
        for entry in value
            .table()
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()))
        {
            self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]);
        }
    }

    fn rules(&mut self, entries: &[Entry]) {
        for entry in entries {
            let value = &entry.value;
            let place = || (entry.key.clone(), entry.place.clone());
            match entry.key.as_str() {
                "标准化" | "normalisation" | "插补" | "imputation" | "赋权" | "weighing" | "目标值" | "goalposts" =>
                {
                    self.of_an_index.push(place());
                }
                "汇总" | "aggregation" | "门槛" | "gates" | "等级" | "grades" | "加分" | "bonus" | "扣分"
                | "deduction" | "加减分" | "adjustment" | "权重" | "weights" => self.of_a_total.push(place()),
                _ => {}
            }
            match entry.key.as_str() {
                "标准" | "standard" => self.identity(value),
                "汇总" | "aggregation" => self.aggregation(value),
                "修约" | "rounding" => self.rounding(value),
                "门槛" | "gates" => self.gates(value),
                "等级" | "grades" => self.grades(value),
                "加分" | "bonus" => self.adjustments(value, false),
                "扣分" | "deduction" => self.adjustments(value, true),
                "加减分" | "adjustment" => {
                    let bonus = value
                        .get(&["加分上限", "most_bonus"])
                        .and_then(|node| self.number(node));
                    let deduction = value
                        .get(&["扣分上限", "most_deduction"])
                        .and_then(|node| self.number(node));
                    self.standard.adjustment_limits = (bonus, deduction);
                    self.only(value, &["加分上限", "most_bonus", "扣分上限", "most_deduction"]);
                }
                "说明" | "explanation" => {
                    let template = value.get(&["模板", "template"]).and_then(Node::text);
                    self.standard.template = template.map(str::to_owned);
                    self.only(value, &["模板", "template"]);
                }
                "参数" | "parameters" => self.parameters(value.table()),
                "输入" | "inputs" => self.inputs(value),
                "表" | "tables" => {
                    for table in value.table() {
                        self.table(&table.key, &table.value, true);
                    }
                }
                "权重" | "weights" => self.dated_weights(value),
                "核算" | "accounts" => self.accounts(value),
                "赋权" | "weighing" => self.weighing(value),
                "目标值" | "goalposts" => self.kept_posts(value),
                "层次分析" | "hierarchy" | "最优最劣" | "best_worst" => self.judged.push(entry.clone()),
                "标准化" | "normalisation" | "插补" | "imputation" => self.index_rules(&entry.key, value),
                "不确定性" | "不确定度" | "uncertainty" => {
                    // What `sensitivity` varies; a run gives the nominal result and says so in the findings.
                    self.findings.push(Finding::new(
                        crate::Severity::Info,
                        "indicator-uncertainty-declared",
                        &entry.place,
                        &[],
                    ));
                    self.uncertain.push(entry.clone());
                }
                _ => self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]),
            }
        }
    }

    fn identity(&mut self, value: &Node) {
        for entry in value.table() {
            let text = entry.value.text().unwrap_or_default().to_owned();
            match entry.key.as_str() {
                "编号" | "number" => self.standard.number = text,
                "版本" | "version" => self.standard.version = text,
                "名称" | "title" => self.standard.title = text,
                "评估单元" | "unit" => self.standard.unit_of = text,
                "期间" | "period" => self.standard.period_of = text,
                "有效期" | "validity" => match crate::day::months(&text) {
                    Some(months) => self.standard.validity = Some(months),
                    None => self.error("indicator-validity", &entry.value.place, &[("found", &text)]),
                },
                "模式" | "mode" => match text.as_str() {
                    "指数" | "index" => self.standard.mode = Mode::Index,
                    "评估" | "assessment" => self.standard.mode = Mode::Assessment,
                    "核算" | "accounting" => self.standard.mode = Mode::Accounting,
                    _ => self.error(
                        "indicator-unknown-choice",
                        &entry.value.place,
                        &[
                            ("found", &text),
                            ("known", &"评估, 指数, 核算 (assessment, index, accounting)"),
                        ],
                    ),
                },
                _ => self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]),
            }
        }
    }

    fn method(&mut self, node: &Node) -> Option<Method> {
        let text = node.text().unwrap_or_default();
        let method = Method::read(text);
        if method.is_none() {
            let known = crate::method::KNOWN;
            self.error(
                "indicator-unknown-choice",
                &node.place,
                &[("found", &text), ("known", &known)],
            );
        }
        if let Some(method) = &method {
            self.of_peers(method, node);
        }
        method
    }

    /// Keeps what a way to join asks of the standard, until the standard is known.
    pub(crate) fn of_peers(&mut self, method: &Method, node: &Node) {
        let Some(peers) = method.peers() else { return };
        let written = || (node.text().unwrap_or_default().to_owned(), node.place.clone());
        self.of_an_index.push(written());
        if peers.takes_ratios() {
            self.of_ratios.push(written());
        }
    }

    fn aggregation(&mut self, value: &Node) {
        for entry in value.table() {
            let node = &entry.value;
            let level = ["一级", "二级", "三级", "四级"]
                .iter()
                .position(|name| *name == entry.key)
                .map(|at| at + 1)
                .or_else(|| entry.key.strip_prefix("level").and_then(|level| level.parse().ok()));
            match entry.key.as_str() {
                "方法" | "method" | "其余" | "otherwise" => {
                    if let Some(method) = self.method(node) {
                        self.standard.aggregation.default = method;
                    }
                }
                _ if level.is_some() => {
                    self.levels.extend(level.map(|level| (level, entry.place.clone())));
                    if let (Some(level), Some(method)) = (level, self.method(node)) {
                        self.standard.aggregation.levels.insert(level, method);
                    }
                }
                "节点" | "nodes" => {
                    for entry in node.table() {
                        if let Some(method) = self.method(&entry.value) {
                            self.standard.aggregation.nodes.insert(entry.key.clone(), method);
                        }
                    }
                }
                "截断" | "clamp" => {
                    let ends: Vec<_> = node.list().iter().filter_map(|end| self.number(end)).collect();
                    match ends.as_slice() {
                        [low, high] if low < high => {
                            self.standard.aggregation.clamp = Some((low.clone(), high.clone()));
                        }
                        _ => self.error("indicator-wrong-kind", &node.place, &[("wanted", &"[0, 100]")]),
                    }
                }
                "覆盖率下限" | "least_coverage" => {
                    self.standard.aggregation.least_coverage = self.number(node);
                }
                "剔除重分" | "redistribution" => {
                    if !matches!(node.text(), Some("同父级" | "siblings")) {
                        let found = node.text().unwrap_or_default();
                        let known = "同父级 (siblings)";
                        self.error(
                            "indicator-unknown-choice",
                            &node.place,
                            &[("found", &found), ("known", &known)],
                        );
                    }
                }
                _ => self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]),
            }
        }
    }

    fn rounding(&mut self, value: &Node) {
        for entry in value.table() {
            let node = &entry.value;
            let text = node.text().unwrap_or_default();
            let allowed: Option<&[&str]> = match entry.key.as_str() {
                "规则" | "rule" => Some(&["GB/T 8170"]),
                "时机" | "when" => Some(&["仅结果", "results_only"]),
                _ => None,
            };
            if let Some(allowed) = allowed {
                if !allowed.contains(&text) {
                    let known = allowed.join(", ");
                    self.error(
                        "indicator-unknown-choice",
                        &node.place,
                        &[("found", &text), ("known", &known)],
                    );
                }
                continue;
            }
            if matches!(entry.key.as_str(), "极限值判定" | "limit_rule") {
                self.limit_rules(node);
                continue;
            }
            let number = text.split_whitespace().next().and_then(Number::parse);
            let Some(interval) = number.as_ref().and_then(Interval::new) else {
                self.error("indicator-interval", &node.place, &[("found", &text)]);
                continue;
            };
            if matches!(entry.key.as_str(), "总分" | "total") {
                self.standard.rounding.total = Some(interval);
            } else {
                self.standard.rounding.nodes.insert(entry.key.clone(), interval);
            }
        }
    }

    /// One way for all limits, or `{总分, 其余}`.
    fn limit_rules(&mut self, node: &Node) {
        let Item::Table(_) = &node.item else {
            if let Some(limit) = self.limit_rule(node) {
                self.standard.rounding.limit = limit;
                self.standard.rounding.value_limit = limit;
            }
            return;
        };
        self.only(node, &["总分", "total", "其余", "otherwise"]);
        if let Some(limit) = node.get(&["总分", "total"]).and_then(|node| self.limit_rule(node)) {
            self.standard.rounding.limit = limit;
        }
        if let Some(limit) = node.get(&["其余", "otherwise"]).and_then(|node| self.limit_rule(node)) {
            self.standard.rounding.value_limit = limit;
        }
    }

    fn limit_rule(&mut self, node: &Node) -> Option<LimitRule> {
        let found = node.text().unwrap_or_default();
        match found {
            "全数值比较法" | "full_value" => Some(LimitRule::FullValue),
            "修约值比较法" | "rounded_value" => Some(LimitRule::RoundedValue),
            _ => {
                let known = "全数值比较法, 修约值比较法 (full_value, rounded_value)";
                let arguments: [(&'static str, &dyn ToString); 2] = [("found", &found), ("known", &known)];
                self.error("indicator-unknown-choice", &node.place, &arguments);
                None
            }
        }
    }

    fn dated_weights(&mut self, value: &Node) {
        for entry in value.table() {
            let Some(period) = crate::Period::read(&entry.key) else {
                self.error("indicator-period", &entry.place, &[("found", &entry.key)]);
                continue;
            };
            let mut weights = Vec::new();
            for weight in entry.value.table() {
                if let Some(number) = self.number(&weight.value) {
                    if number.is_negative() {
                        let found = number.brief(12);
                        self.error("indicator-weight", &weight.value.place, &[("found", &found)]);
                    }
                    weights.push((weight.key.clone(), number));
                }
            }
            self.standard.weights.push((period, weights));
        }
    }

    pub(crate) fn date(&mut self, entries: &[Entry], names: &[&str]) -> Option<jiff::civil::Date> {
        let node = get(entries, names)?;
        let text = node.text().unwrap_or_default();
        // What was published in a month was known at its end.
        let day = crate::Period::read(text).map(crate::Period::last);
        if day.is_none() {
            self.error("indicator-period", &node.place, &[("found", &text)]);
        }
        day
    }
}
