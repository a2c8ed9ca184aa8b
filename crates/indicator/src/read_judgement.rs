//! Reading what a result is judged by: gates, grades, bonuses and deductions.

use crate::read::Reader;
use crate::standard::{Adjustment, Gate, Grade};
use crate::toml_text::Node;

impl Reader {
    pub(crate) fn gates(&mut self, value: &Node) {
        for gate in value.each() {
            let Some(condition) = gate.get(&["条件", "condition"]).cloned() else {
                self.error("indicator-key-missing", &gate.place, &[("key", &"条件 (condition)")]);
                continue;
            };
            let Some(condition) = self.formula_of(&condition) else {
                continue;
            };
            let text =
                |names: &[&str], otherwise: &str| gate.get(names).and_then(Node::text).unwrap_or(otherwise).to_owned();
            self.standard.gates.push(Gate {
                condition,
                otherwise: text(&["否则", "otherwise"], "不予评级"),
                clause: text(&["条款", "clause"], &gate.place.clause),
            });
        }
    }

    pub(crate) fn grades(&mut self, value: &Node) {
        for entry in value.table() {
            let rest = matches!(entry.value.text().map(str::trim), Some("其余" | "otherwise"));
            let condition = if rest {
                None
            } else {
                match self.formula_of(&entry.value) {
                    Some(condition) => Some(condition),
                    None => continue,
                }
            };
            self.standard.grades.push(Grade {
                name: entry.key.clone(),
                condition,
                place: entry.place.clone(),
            });
        }
    }

    pub(crate) fn adjustments(&mut self, value: &Node, deducts: bool) {
        for row in value.each() {
            let Some(points) = row.get(&["分", "points"]).cloned() else {
                self.error("indicator-key-missing", &row.place, &[("key", &"分 (points)")]);
                continue;
            };
            let Some(points) = self.formula_of(&points) else {
                continue;
            };
            let condition = match row.get(&["条件", "condition"]).cloned() {
                Some(node) => match self.formula_of(&node) {
                    Some(condition) => Some(condition),
                    None => continue,
                },
                None => None,
            };
            let text =
                |names: &[&str], otherwise: &str| row.get(names).and_then(Node::text).unwrap_or(otherwise).to_owned();
            self.standard.adjustments.push(Adjustment {
                name: text(&["名称", "name"], if deducts { "扣分" } else { "加分" }),
                deducts,
                condition,
                points,
                clause: text(&["条款", "clause"], &row.place.clause),
            });
        }
    }
}
