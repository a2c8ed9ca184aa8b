//! Reading parameters, declared inputs and tables.

use formula::{Kind, Number, Unit, Value, canonical_name, parse_rung};

use crate::block::Block;
use crate::day::Period;
use crate::finding::{Finding, Place};
use crate::read::Reader;
use crate::standard::{Bundle, Dated, Input, Parameter, TableContent, TableRule};
use crate::toml_text::{Entry, Item, Node, get};

impl Reader {
    pub(crate) fn parameters(&mut self, entries: &[Entry]) {
        for entry in entries {
            if self.standard.parameter(&entry.key).is_some() {
                self.error("indicator-code-twice", &entry.place, &[("code", &entry.key)]);
                continue;
            }
            let unit = match entry.value.get(&["单位", "unit"]) {
                Some(node) => {
                    let (text, place) = (node.text().unwrap_or_default().to_owned(), node.place.clone());
                    self.unit(&text, &place)
                }
                None => Unit::none(),
            };
            let basis = entry.value.get(&["依据", "basis"]).and_then(Node::text);
            let values = match &entry.value.item {
                Item::Table(_) => match entry.value.get(&["值", "value", "values"]).cloned() {
                    Some(values) => values
                        .each()
                        .into_iter()
                        .filter_map(|row| self.dated(row, &unit))
                        .collect(),
                    None => {
                        self.error("indicator-key-missing", &entry.place, &[("key", &"值 (value)")]);
                        Vec::new()
                    }
                },
                _ => self.dated(&entry.value, &unit).into_iter().collect(),
            };
            if let Some(choice) = entry.value.get(&["选取", "choice"])
                && !matches!(choice.text(), Some("期最近且发布≤报告日" | "latest_known"))
            {
                let found = choice.text().unwrap_or_default();
                let known = "期最近且发布≤报告日 (latest_known)";
                self.error(
                    "indicator-unknown-choice",
                    &choice.place,
                    &[("found", &found), ("known", &known)],
                );
            }
            self.standard.parameters.push(Parameter {
                name: entry.key.clone(),
                unit,
                basis: basis.unwrap_or_default().to_owned(),
                values,
                place: entry.place.clone(),
            });
        }
    }

    /// `{期, 发布, 值}`, `{自, 发布, 值}`, or a value that holds always.
    fn dated(&mut self, node: &Node, unit: &Unit) -> Option<Dated> {
        let entries = match &node.item {
            Item::Table(entries) => entries.clone(),
            _ => {
                let value = self.value(node, unit)?;
                return Some(Dated {
                    period: None,
                    onward: false,
                    published: None,
                    value,
                    place: node.place.clone(),
                });
            }
        };
        let Some(value) = get(&entries, &["值", "value"]).cloned() else {
            self.error("indicator-key-missing", &node.place, &[("key", &"值 (value)")]);
            return None;
        };
        let onward = get(&entries, &["自", "from"]);
        let period = match onward.or_else(|| get(&entries, &["期", "period"])) {
            Some(written) => {
                let text = written.text().unwrap_or_default();
                let period = Period::read(text);
                if period.is_none() {
                    self.error("indicator-period", &written.place, &[("found", &text)]);
                    return None;
                }
                period
            }
            None => None,
        };
        Some(Dated {
            period,
            onward: onward.is_some(),
            published: self.date(&entries, &["发布", "published"]),
            value: self.value(&value, unit)?,
            place: node.place.clone(),
        })
    }

    pub(crate) fn inputs(&mut self, value: &Node) {
        for entry in value.table() {
            let name = canonical_name(&entry.key);
            let unit_node = match &entry.value.item {
                Item::Table(_) => entry.value.get(&["单位", "unit"]),
                _ => Some(&entry.value),
            };
            let unit_text = unit_node.and_then(Node::text).unwrap_or_default().to_owned();
            let unit = self.unit(&unit_text, unit_node.map_or(&entry.place, |node| &node.place));
            let words: Vec<String> = entry
                .value
                .get(&["词", "words"])
                .map(|node| {
                    node.each()
                        .into_iter()
                        .filter_map(Node::text)
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default();
            let quantity = Kind::Quantity(Some(unit.dimension()));
            let kind = match entry.value.get(&["类型", "kind"]).and_then(Node::text) {
                Some("清单" | "list") if unit.is_none() => Kind::List(Box::new(Kind::Word(words))),
                Some("清单" | "list") => Kind::List(Box::new(quantity)),
                Some("词" | "word") => Kind::Word(words),
                Some("是否" | "truth") => Kind::Truth,
                Some("数" | "数量" | "quantity") => quantity,
                Some("任意" | "any") => Kind::Any,
                Some(other) => {
                    let known = "数量, 词, 是否, 清单, 任意 (quantity, word, truth, list, any)";
                    self.error(
                        "indicator-unknown-choice",
                        &entry.place,
                        &[("found", &other), ("known", &known)],
                    );
                    Kind::Any
                }
                None if !words.is_empty() => Kind::Word(words),
                None if unit.text() == "是否" => Kind::Truth,
                None => quantity,
            };
            self.standard.inputs.push(Input {
                name,
                unit,
                kind,
                place: entry.place.clone(),
            });
        }
    }

    pub(crate) fn table_block(&mut self, block: &Block, entries: &[Entry]) {
        if !block.label.is_empty() {
            let place = Place {
                line: block.first_line,
                column: 1,
                clause: block.clause.clone(),
            };
            let node = Node {
                item: Item::Table(entries.to_vec()),
                place,
            };
            return self.table(&block.label, &node, false);
        }
        for entry in entries {
            self.table(&entry.key, &entry.value, false);
        }
    }

    /// A table; one that the rules declare must be one that formulas can ask.
    pub(crate) fn table(&mut self, name: &str, node: &Node, declared: bool) {
        let words = |node: &Node| -> Vec<String> {
            node.each()
                .into_iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect()
        };
        let content = if let Item::List(_) = &node.item {
            TableContent::Words(words(node))
        } else if let Some(list) = node.get(&["词", "words"]) {
            TableContent::Words(words(list))
        } else if let Some(rows) = node.get(&["行", "rows"]).cloned() {
            let unique = match node.get(&["命中", "hit"]).and_then(Node::text) {
                None | Some("唯一" | "unique") => true,
                Some("首个" | "first") => false,
                Some(other) => {
                    let known = "唯一, 首个 (unique, first)";
                    self.error(
                        "indicator-unknown-choice",
                        &node.place,
                        &[("found", &other), ("known", &known)],
                    );
                    false
                }
            };
            let mut read = Vec::new();
            for row in rows.list() {
                let text = row.text().unwrap_or_default();
                match parse_rung(text) {
                    Ok(rung) => read.push(rung),
                    Err(fault) => self
                        .findings
                        .push(Finding::of_fault(&fault, text, &row.place.further(1))),
                }
            }
            TableContent::Rows { rows: read, unique }
        } else {
            // A document's own table that no formula asks for is not ours to judge.
            if declared {
                self.error(
                    "indicator-key-missing",
                    &node.place,
                    &[("key", &"行, 词 (rows, words)")],
                );
            }
            return;
        };
        let known: &[&str] = match &content {
            TableContent::Words(_) => &["词", "words", "上位", "above"],
            _ => &["行", "rows", "命中", "hit", "上位", "above", "捆绑", "bundle"],
        };
        self.only(node, known);
        let above = node.get(&["上位", "above"]).cloned().and_then(|above| {
            self.only(&above, &["若", "if", "则", "then"]);
            let (Some(when), Some(then)) = (above.get(&["若", "if"]).cloned(), above.get(&["则", "then"]).cloned())
            else {
                self.error("indicator-key-missing", &above.place, &[("key", &"若, 则 (if, then)")]);
                return None;
            };
            Some((self.formula_of(&when)?, self.value(&then, &Unit::none())?))
        });
        let bundle = match (&content, node.get(&["捆绑", "bundle"]).cloned()) {
            (TableContent::Words(_), _) | (_, None) => None,
            (_, Some(bundle)) => self.bundle(&bundle),
        };
        self.push_table(TableRule {
            name: name.to_owned(),
            content,
            above,
            bundle,
            place: node.place.clone(),
        });
    }

    /// `{组, 规则, 否则}`.
    fn bundle(&mut self, node: &Node) -> Option<Bundle> {
        self.only(node, &["组", "of", "规则", "rule", "否则", "otherwise"]);
        let rule = node.get(&["规则", "rule"]);
        if let Some(rule) = rule.filter(|rule| !matches!(rule.text(), Some("全开放才为0" | "zero_if_all_open"))) {
            let found = rule.text().unwrap_or_default();
            let known = "全开放才为0 (zero_if_all_open)";
            let arguments: [(&'static str, &dyn ToString); 2] = [("found", &found), ("known", &known)];
            self.error("indicator-unknown-choice", &rule.place, &arguments);
        }
        let of: Vec<Node> = node
            .get(&["组", "of"])
            .map(|of| of.each().into_iter().cloned().collect())
            .unwrap_or_default();
        if of.is_empty() {
            self.error("indicator-key-missing", &node.place, &[("key", &"组 (of)")]);
            return None;
        }
        let otherwise = match node.get(&["否则", "otherwise"]) {
            Some(otherwise) => self.value(otherwise, &Unit::none())?,
            None => Value::pure(Number::one()),
        };
        Some(Bundle {
            of: of.iter().filter_map(|condition| self.formula_of(condition)).collect(),
            otherwise,
        })
    }

    fn push_table(&mut self, table: TableRule) {
        if self.standard.table(&table.name).is_some() {
            return self.error("indicator-code-twice", &table.place, &[("code", &table.name)]);
        }
        self.standard.tables.push(table);
    }

    /// A table as CSV: its label its name, the first column its key; a head may carry a unit: `系数 [kgce/kWh]`.
    pub(crate) fn csv_table(&mut self, block: &Block) {
        if block.label.is_empty() {
            return;
        }
        let place = |at: usize| Place {
            line: block.first_line + at,
            column: 1,
            clause: block.clause.clone(),
        };
        let mut lines = block
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| (at, split_csv(line)));
        let Some((at, head)) = lines.next() else { return };
        if head.len() == 1 {
            let words = lines.filter_map(|(_, row)| row.first().cloned()).collect();
            return self.push_table(plain(&block.label, TableContent::Words(words), place(at)));
        }
        let mut heads = Vec::new();
        for head in head.iter().skip(1) {
            let (name, unit) = match head.split_once(['[', '［']) {
                Some((name, unit)) => (name.trim(), unit.trim_end_matches([']', '］'])),
                None => (head.as_str(), ""),
            };
            let unit = self.unit(unit, &place(at));
            heads.push((name.to_owned(), unit));
        }
        let mut rows = Vec::new();
        for (at, row) in lines {
            let Some((key, cells)) = row.split_first() else {
                continue;
            };
            if rows.iter().any(|(known, _): &(String, _)| known == key) {
                self.error("indicator-code-twice", &place(at), &[("code", key)]);
                continue;
            }
            let mut values = Vec::new();
            for (at_column, (_, unit)) in heads.iter().enumerate() {
                let text = cells.get(at_column).map(String::as_str).unwrap_or_default();
                let value = if text.is_empty() {
                    Value::missing(key, "")
                } else {
                    self.value_of(text, &place(at), unit)
                        .unwrap_or_else(|| Value::missing(key, ""))
                };
                values.push(value);
            }
            rows.push((key.clone(), values));
        }
        let content = TableContent::Columns { heads, rows };
        self.push_table(plain(&block.label, content, place(at)));
    }
}

/// A table without exceptions.
fn plain(name: &str, content: TableContent, place: Place) -> TableRule {
    TableRule {
        name: name.to_owned(),
        content,
        above: None,
        bundle: None,
        place,
    }
}

/// Cells of a line of CSV; quotation marks hold commas.
fn split_csv(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.trim_end().chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => {
                if let Some(last) = cells.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}
