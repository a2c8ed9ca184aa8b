//! Reading worked examples.

use formula::canonical_name;

use crate::block::Block;
use crate::day::Period;
use crate::finding::Place;
use crate::given::Given;
use crate::read::Reader;
use crate::standard::{Example, Variant};
use crate::toml_text::{Entry, Node, get};

impl Reader {
    pub(crate) fn example(&mut self, entries: &[Entry], block: &Block) {
        let place = Place {
            line: block.first_line,
            column: 1,
            clause: block.clause.clone(),
        };
        for entry in entries {
            let known = [
                "名",
                "name",
                "报告日",
                "at",
                "期",
                "period",
                "输入",
                "inputs",
                "上期",
                "before",
                "期望",
                "expected",
                "变体",
                "variants",
            ];
            if !known.contains(&entry.key.as_str()) {
                self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]);
            }
        }
        let period = get(entries, &["期", "period"]).and_then(|node| {
            let text = node.text().unwrap_or_default();
            let period = Period::read(text);
            if period.is_none() {
                self.error("indicator-period", &node.place, &[("found", &text)]);
            }
            period
        });
        let name = get(entries, &["名", "name"]).and_then(Node::text);
        let at = self.date(entries, &["报告日", "at"]);
        let inputs = self.givens(get(entries, &["输入", "inputs"]));
        let before = self.givens(get(entries, &["上期", "before"]));
        let expected = self.expected(get(entries, &["期望", "expected"]));
        let mut variants = Vec::new();
        for variant in get(entries, &["变体", "variants"]).map(Node::each).unwrap_or_default() {
            let changes = self.givens(variant.get(&["改", "changes"]));
            let expected = self.expected(variant.get(&["期望", "expected"]));
            variants.push(Variant {
                changes,
                expected,
                place: variant.place.clone(),
            });
        }
        self.standard.examples.push(Example {
            name: name.unwrap_or_default().to_owned(),
            at,
            period,
            inputs,
            before,
            expected,
            variants,
            place,
        });
    }

    fn givens(&mut self, node: Option<&Node>) -> Vec<(String, Given, Place)> {
        let mut givens = Vec::new();
        for entry in node.map(Node::table).unwrap_or_default() {
            match Given::of_node(&entry.value) {
                Some(given) => givens.push((canonical_name(&entry.key), given, entry.value.place.clone())),
                None => self.error("indicator-wrong-kind", &entry.value.place, &[("wanted", &"value")]),
            }
        }
        givens
    }

    fn expected(&mut self, node: Option<&Node>) -> Vec<(String, String, Place)> {
        let mut expected = Vec::new();
        for entry in node.map(Node::table).unwrap_or_default() {
            match entry.value.text() {
                Some(text) => expected.push((canonical_name(&entry.key), text.to_owned(), entry.value.place.clone())),
                None => self.error("indicator-wrong-kind", &entry.value.place, &[("wanted", &"value")]),
            }
        }
        expected
    }
}
