//! Reading the table of indicators and the accounts, and who stands under whom.

use formula::{Number, Unit};

use crate::block::Block;
use crate::finding::Place;
use crate::pipe_table::{Cell, rows};
use crate::read::Reader;
use crate::standard::{Direction, Evidence, Missing, NodeRule};
use crate::toml_text::{Item, Node};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Code,
    Name,
    Weight,
    Unit,
    Formula,
    Scoring,
    Missing,
    Evidence,
    Direction,
    Parent,
    Denominator,
    Low,
    High,
    Other,
}

fn head(text: &str) -> Head {
    match text {
        "代号" | "code" => Head::Code,
        "名称" | "指标" | "name" => Head::Name,
        "权重" | "weight" => Head::Weight,
        "单位" | "unit" => Head::Unit,
        "取数或公式" | "公式" | "取数" | "formula" => Head::Formula,
        "计分" | "scoring" => Head::Scoring,
        "缺失" | "missing" => Head::Missing,
        "证据" | "evidence" => Head::Evidence,
        "方向" | "direction" => Head::Direction,
        "上级" | "parent" => Head::Parent,
        "分母" | "denominator" => Head::Denominator,
        "下柱" | "low" => Head::Low,
        "上柱" | "high" => Head::High,
        _ => Head::Other,
    }
}

impl Reader {
    pub(crate) fn indicators(&mut self, block: &Block) {
        let mut rows = rows(block).into_iter();
        let Some(first) = rows.next() else {
            let place = Place {
                line: block.first_line,
                column: 1,
                clause: block.clause.clone(),
            };
            return self.error("indicator-table-empty", &place, &[]);
        };
        let heads: Vec<Head> = first.iter().map(|cell| head(&cell.text)).collect();
        for (cell, head) in first.iter().zip(&heads) {
            if *head == Head::Other && !cell.text.is_empty() {
                self.warning("indicator-unknown-column", &cell.place, &[("column", &cell.text)]);
            }
        }
        if !heads.contains(&Head::Code) {
            let place = first.first().map(|cell| cell.place.clone()).unwrap_or_default();
            return self.error("indicator-key-missing", &place, &[("key", &"代号 (code)")]);
        }
        let mut parents = Vec::new();
        for row in rows {
            let cell = |wanted: Head| -> Option<&Cell> {
                let at = heads.iter().position(|head| *head == wanted)?;
                row.get(at).filter(|cell| !cell.text.is_empty())
            };
            if let Some(parent) = self.indicator(&cell, &row) {
                parents.push(parent);
            }
        }
        for (code, parent, place) in parents {
            let above = self.standard.nodes.iter().position(|node| node.code == parent);
            let Some(above) = above else {
                self.error("indicator-no-parent", &place, &[("code", &code), ("parent", &parent)]);
                continue;
            };
            if let Some(node) = self.standard.nodes.iter_mut().find(|node| node.code == code) {
                node.parent = Some(above);
            }
        }
    }

    /// One row. Gives the parent that is written out, to be found when all rows are there.
    fn indicator<'a>(
        &mut self,
        cell: &dyn Fn(Head) -> Option<&'a Cell>,
        row: &[Cell],
    ) -> Option<(String, String, Place)> {
        let start = row.first().map(|cell| cell.place.clone()).unwrap_or_default();
        let Some(code) = cell(Head::Code) else {
            self.error("indicator-row-without-code", &start, &[]);
            return None;
        };
        if self.standard.nodes.iter().any(|node| node.code == code.text) {
            self.error("indicator-code-twice", &code.place, &[("code", &code.text)]);
            return None;
        }
        let weight = cell(Head::Weight).and_then(|cell| {
            let value = self.value_of(&cell.text, &cell.place, &Unit::none())?;
            let weight = value.in_unit(&Unit::none()).filter(|weight| !weight.is_negative());
            if weight.is_none() {
                self.error("indicator-weight", &cell.place, &[("found", &cell.text)]);
            }
            weight
        });
        let unit = cell(Head::Unit).map_or_else(Unit::none, |cell| self.unit(&cell.text, &cell.place));
        let formula = cell(Head::Formula).and_then(|cell| {
            let reported = matches!(cell.text.as_str(), "填报" | "reported");
            if reported {
                None
            } else {
                self.formula(&cell.text, &cell.place)
            }
        });
        let scoring = cell(Head::Scoring).and_then(|cell| self.formula(&cell.text, &cell.place));
        let missing = cell(Head::Missing).and_then(|cell| match cell.text.as_str() {
            "失败" | "fail" => Some(Missing::Fail),
            "计零" | "zero" => Some(Missing::Zero),
            "剔除重分" | "drop" => Some(Missing::Drop),
            _ => {
                let known = "失败, 计零, 剔除重分 (fail, zero, drop)";
                self.error(
                    "indicator-unknown-choice",
                    &cell.place,
                    &[("found", &cell.text), ("known", &known)],
                );
                None
            }
        });
        let direction = cell(Head::Direction).and_then(|cell| match cell.text.as_str() {
            "正" | "正向" | "+" | "1" | "up" => Some(Direction::Up),
            "逆" | "逆向" | "负向" | "-" | "−" | "-1" | "down" => Some(Direction::Down),
            _ => {
                let known = "正向, 逆向 (up, down)";
                self.error(
                    "indicator-unknown-choice",
                    &cell.place,
                    &[("found", &cell.text), ("known", &known)],
                );
                None
            }
        });
        let posts: Vec<Option<Number>> = [Head::Low, Head::High]
            .into_iter()
            .map(|head| {
                let cell = cell(head)?;
                self.value_of(&cell.text, &cell.place, &unit)?.in_unit(&unit)
            })
            .collect();
        match posts.as_slice() {
            [Some(low), Some(high)] if low < high => self.goalposts(&code.text, low.clone(), high.clone()),
            [None, None] => {}
            _ => self.error("indicator-posts", &code.place, &[("code", &code.text)]),
        }
        for (head, name) in [(Head::Low, "下柱"), (Head::High, "上柱"), (Head::Denominator, "分母")] {
            if let Some(cell) = cell(head) {
                self.of_an_index.push((name.to_owned(), cell.place.clone()));
            }
        }
        let parent = cell(Head::Parent).map(|parent| (code.text.clone(), parent.text.clone(), parent.place.clone()));
        self.standard.nodes.push(NodeRule {
            code: code.text.clone(),
            name: cell(Head::Name).map_or_else(|| code.text.clone(), |cell| cell.text.clone()),
            parent: None,
            children: Vec::new(),
            level: 1,
            weight,
            unit,
            formula,
            scoring,
            missing: missing.unwrap_or_default(),
            missing_stated: missing.is_some(),
            evidence: cell(Head::Evidence).map(|cell| evidence(&cell.text)),
            direction,
            denominator: cell(Head::Denominator).map(|cell| formula::canonical_name(&cell.text)),
            place: code.place.clone(),
        });
        parent
    }

    /// 核算: each key an account, its formula the value.
    pub(crate) fn accounts(&mut self, value: &Node) {
        for entry in value.table() {
            if self.standard.nodes.iter().any(|node| node.code == entry.key) {
                self.error("indicator-code-twice", &entry.place, &[("code", &entry.key)]);
                continue;
            }
            // Either the formula alone, or a table with its unit.
            let (source, unit) = match &entry.value.item {
                Item::Table(_) => (
                    entry.value.get(&["公式", "formula"]).cloned(),
                    entry.value.get(&["单位", "unit"]).cloned(),
                ),
                _ => (Some(entry.value.clone()), None),
            };
            let Some(written) = source.and_then(|node| self.formula_of(&node)) else {
                continue;
            };
            let unit = match (&unit, &written.formula.body.kind) {
                (Some(node), _) => self.unit(node.text().unwrap_or_default(), &node.place),
                (None, formula::ExprKind::In(_, unit)) => unit.clone(),
                (None, _) => Unit::none(),
            };
            self.standard.nodes.push(NodeRule {
                code: entry.key.clone(),
                name: entry.key.clone(),
                parent: None,
                children: Vec::new(),
                level: 1,
                weight: None,
                unit,
                formula: Some(written),
                scoring: None,
                missing: Missing::Fail,
                missing_stated: true,
                evidence: None,
                direction: None,
                denominator: None,
                place: entry.place.clone(),
            });
        }
    }

    /// Finds each indicator's parent by its code where none is written, and sets children and levels.
    pub(crate) fn family(&mut self) {
        let codes: Vec<String> = self.standard.nodes.iter().map(|node| node.code.clone()).collect();
        for (at, code) in codes.iter().enumerate() {
            let by_code = codes
                .iter()
                .enumerate()
                .filter(|(_, above)| stands_under(code, above))
                .max_by_key(|(_, above)| above.len())
                .map(|(above, _)| above);
            if let Some(node) = self.standard.nodes.get_mut(at) {
                node.parent = node.parent.or(by_code);
            }
        }
        for at in 0..codes.len() {
            let mut level = 1;
            let mut above = self.standard.nodes.get(at).and_then(|node| node.parent);
            if let Some(parent) = above.and_then(|parent| self.standard.nodes.get_mut(parent)) {
                parent.children.push(at);
            }
            while let Some(parent) = above {
                level += 1;
                if level > codes.len() {
                    // A ring of parents: cut here.
                    let place = self
                        .standard
                        .nodes
                        .get(at)
                        .map(|node| node.place.clone())
                        .unwrap_or_default();
                    let code = codes.get(at).cloned().unwrap_or_default();
                    self.error("indicator-ring", &place, &[("names", &code)]);
                    if let Some(node) = self.standard.nodes.get_mut(at) {
                        node.parent = None;
                    }
                    break;
                }
                above = self.standard.nodes.get(parent).and_then(|node| node.parent);
            }
            if let Some(node) = self.standard.nodes.get_mut(at) {
                node.level = level;
            }
        }
        let parents: Vec<Option<usize>> = self.standard.nodes.iter().map(|node| node.parent).collect();
        for (at, node) in self.standard.nodes.iter_mut().enumerate() {
            node.children.retain(|child| parents.get(*child) == Some(&Some(at)));
        }
    }
}

/// Whether a code stands under another: `A1` under `A`, `A1.1` under `A1`, but `A10` not under `A1`.
fn stands_under(code: &str, above: &str) -> bool {
    let Some(rest) = code.strip_prefix(above).filter(|_| !above.is_empty()) else {
        return false;
    };
    let ends_in_digit = above.ends_with(|c: char| c.is_ascii_digit());
    match rest.chars().next() {
        Some('.') => true,
        Some(c) => c.is_ascii_digit() && !ends_in_digit,
        None => false,
    }
}

fn evidence(text: &str) -> Evidence {
    let dated = ["≤", "有效期", "现场", "抽样", "样本", "within", "on site"]
        .iter()
        .any(|word| text.contains(word));
    Evidence {
        text: text.to_owned(),
        dated,
    }
}
