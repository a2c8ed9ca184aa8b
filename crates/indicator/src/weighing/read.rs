//! What a standard says about where its weights come from: 赋权 (from the scores of the base year, else of the latest
//! period), 层次分析 and 最优最劣 (from judgements, which stand in the text and can be followed).

use formula::Number;

use super::{best_worst, hierarchy};
use crate::finding::Place;
use crate::read::Reader;
use crate::toml_text::{Entry, Item, Node};

/// 赋权: how indicators that stand side by side at the bottom of an index get their weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// 方法.
    pub by: WeighingMethod,
    /// 级: of 均衡, the level whose indicators it weighs; without one all.
    pub level: Option<usize>,
    /// Where it stands.
    pub place: Place,
}

/// 赋权.方法.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeighingMethod {
    /// 熵权.
    Entropy,
    /// CRITIC.
    Critic,
    /// 主成分.
    Principal,
    /// 标准差.
    Deviation,
    /// 变异系数.
    Variation,
    /// MEREC.
    Merec,
    /// 基尼.
    Gini,
    /// LOPCOW.
    Lopcow,
    /// CILOS.
    Cilos,
    /// IDOCRIW.
    Idocriw,
    /// 夹角.
    Angle,
    /// 均衡: so that correlations with the total are in the proportion of the weights of the table.
    Balance,
}

impl WeighingMethod {
    /// Each as the rules write it.
    const ALL: [(Self, &'static str, &'static str); 12] = [
        (Self::Entropy, "熵权", "entropy"),
        (Self::Critic, "CRITIC", "critic"),
        (Self::Principal, "主成分", "principal"),
        (Self::Deviation, "标准差", "deviation"),
        (Self::Variation, "变异系数", "variation"),
        (Self::Merec, "MEREC", "merec"),
        (Self::Gini, "基尼", "gini"),
        (Self::Lopcow, "LOPCOW", "lopcow"),
        (Self::Cilos, "CILOS", "cilos"),
        (Self::Idocriw, "IDOCRIW", "idocriw"),
        (Self::Angle, "夹角", "angle"),
        (Self::Balance, "均衡", "balance"),
    ];

    /// As the rules write it.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(own, ..)| *own == self)
            .map_or("", |(_, zh, _)| zh)
    }

    fn read(text: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|(_, zh, en)| text == *zh || text == *en);
        known.map(|(own, ..)| own)
    }
}

/// Above it judgements are too inconsistent to be used (Saaty 1980).
const MOST_INCONSISTENT: f64 = 0.10;

impl Reader {
    /// 赋权.
    pub(crate) fn weighing(&mut self, value: &Node) {
        let Some(method) = value.get(&["方法", "method"]) else {
            return self.error("indicator-key-missing", &value.place, &[("key", &"方法 (method)")]);
        };
        let found = method.text().unwrap_or_default();
        let Some(by) = WeighingMethod::read(found) else {
            let names = WeighingMethod::ALL;
            let zh: Vec<&str> = names.iter().map(|(_, zh, _)| *zh).collect();
            let en: Vec<&str> = names.iter().map(|(_, _, en)| *en).collect();
            let known = format!("{} ({})", zh.join(", "), en.join(", "));
            return self.error(
                "indicator-unknown-choice",
                &method.place,
                &[("found", &found), ("known", &known)],
            );
        };
        let known = ["方法", "method", "级", "level"];
        let balances = by == WeighingMethod::Balance;
        self.only(value, if balances { &known } else { &known[..2] });
        let written = value.get(&["级", "level"]).filter(|_| balances);
        let level = written.and_then(|node| node.text()?.parse().ok().filter(|level| *level > 0));
        match (written, level) {
            (Some(node), Some(level)) => self.levels.push((level, node.place.clone())),
            (Some(node), None) => self.error("indicator-wrong-kind", &node.place, &[("wanted", &"2")]),
            (None, _) => {}
        }
        let place = method.place.clone();
        self.standard.index.get_or_insert_default().weighing = Some(Weighing { by, level, place });
    }

    /// 层次分析 and 最优最劣, once the indicators are known.
    pub(crate) fn judgements(&mut self, entries: &[Entry]) {
        for entry in entries {
            let pairs = matches!(entry.key.as_str(), "层次分析" | "hierarchy");
            for family in entry.value.table() {
                if pairs {
                    self.pairs(family);
                } else {
                    self.best_and_worst(family);
                }
            }
        }
    }

    /// The indicators of a family in the order in which they are judged.
    fn family_of(&mut self, family: &Entry) -> Option<Vec<usize>> {
        let order = family.value.get(&["顺序", "order"]).cloned();
        let own: Vec<usize> = if matches!(family.key.as_str(), "总分" | "total") {
            self.standard.top().collect()
        } else if let Some(above) = self.standard.node(&family.key) {
            self.standard
                .nodes
                .get(above)
                .map(|rule| rule.children.clone())
                .unwrap_or_default()
        } else {
            self.error("indicator-unknown-code", &family.place, &[("code", &family.key)]);
            return None;
        };
        let Some(order) = order else { return Some(own) };
        let mut nodes = Vec::new();
        for code in order.list() {
            let name = code.text().unwrap_or_default();
            match self
                .standard
                .node(name)
                .filter(|node| own.contains(node) && !nodes.contains(node))
            {
                Some(node) => nodes.push(node),
                None => self.error("indicator-unknown-code", &code.place, &[("code", &name)]),
            }
        }
        (nodes.len() == own.len()).then_some(nodes)
    }

    /// Numbers, or fractions such as `1/3`.
    fn judged(&mut self, list: &Node) -> Option<Vec<f64>> {
        let one = |node: &Node| -> Option<f64> {
            let text = node.text()?.trim();
            match text.split_once('/') {
                Some((above, below)) => Some(above.trim().parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?),
                None => text.parse().ok(),
            }
        };
        let read: Option<Vec<f64>> = match &list.item {
            Item::List(values) => values.iter().map(one).collect(),
            _ => None,
        };
        if read.is_none() {
            self.error("indicator-wrong-kind", &list.place, &[("wanted", &"[1, 3, \"1/5\"]")]);
        }
        read
    }

    fn pairs(&mut self, family: &Entry) {
        self.only(&family.value, &["顺序", "order", "矩阵", "matrix"]);
        let Some(nodes) = self.family_of(family) else { return };
        let Some(written) = family.value.get(&["矩阵", "matrix"]).cloned() else {
            return self.error("indicator-key-missing", &family.place, &[("key", &"矩阵 (matrix)")]);
        };
        let Some(matrix) = written
            .list()
            .iter()
            .map(|row| self.judged(row))
            .collect::<Option<Vec<_>>>()
        else {
            return;
        };
        let found = hierarchy(&matrix).filter(|found| found.weights.len() == nodes.len());
        let Some(found) = found else {
            return self.error("indicator-judgements", &written.place, &[("count", &nodes.len())]);
        };
        if found.consistency_ratio > MOST_INCONSISTENT {
            let ratio = format!("{:.3}", found.consistency_ratio);
            return self.error("indicator-inconsistent", &written.place, &[("ratio", &ratio)]);
        }
        self.give(&nodes, &found.weights);
    }

    fn best_and_worst(&mut self, family: &Entry) {
        let known = [
            "顺序",
            "order",
            "最优比其他",
            "best_to_others",
            "其他比最劣",
            "others_to_worst",
        ];
        self.only(&family.value, &known);
        let Some(nodes) = self.family_of(family) else { return };
        let mut lists = Vec::new();
        for names in [["最优比其他", "best_to_others"], ["其他比最劣", "others_to_worst"]] {
            let Some(list) = family.value.get(&names).cloned() else {
                return self.error("indicator-key-missing", &family.place, &[("key", &names.join(" / "))]);
            };
            let Some(judged) = self.judged(&list) else { return };
            lists.push(judged);
        }
        let found = match lists.as_slice() {
            [best, worst] => best_worst(best, worst).filter(|(weights, _)| weights.len() == nodes.len()),
            _ => None,
        };
        match found {
            Some((weights, _)) => self.give(&nodes, &weights),
            None => self.error("indicator-judgements", &family.place, &[("count", &nodes.len())]),
        }
    }

    fn give(&mut self, nodes: &[usize], weights: &[f64]) {
        for (node, weight) in nodes.iter().zip(exactly_one(weights)) {
            if let Some(rule) = self.standard.nodes.get_mut(*node) {
                rule.weight = Some(weight);
            }
        }
    }
}

/// Weights as decimals of twelve places whose sum is one: the greatest takes what rounding left.
fn exactly_one(weights: &[f64]) -> Vec<Number> {
    let mut exact: Vec<Number> = weights
        .iter()
        .map(|weight| Number::parse(&format!("{weight:.12}")).unwrap_or_else(Number::zero))
        .collect();
    let greatest = (0..exact.len()).max_by(|a, b| weights[*a].total_cmp(&weights[*b]).then(b.cmp(a)));
    let sum = exact.iter().try_fold(Number::zero(), |sum, weight| sum.plus(weight));
    if let (Some(greatest), Ok(sum)) = (greatest, sum)
        && let Ok(left) = Number::one().minus(&sum)
        && let Ok(whole) = exact[greatest].plus(&left)
    {
        exact[greatest] = whole;
    }
    exact
}
