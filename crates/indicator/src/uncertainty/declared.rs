//! What a standard declares as uncertain: choices that could have been made otherwise, and figures known only nearly.
//! Whatever is declared is varied; what cannot be is an error with its place.

use crate::finding::Place;
use crate::index::{Impute, Normalise};
use crate::method::Method;
use crate::read::Reader;
use crate::spread::Spread;
use crate::standard::Mode;
use crate::toml_text::{Entry, Item, Node};

/// 不确定性 and 不确定度.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Uncertainty {
    /// What varies, in the order of the text.
    pub factors: Vec<Factor>,
    /// N: the most points that are drawn.
    pub most: Option<u64>,
    /// 目标: the account whose variance is taken apart.
    pub target: Option<usize>,
    /// 报告 asks for pairs of factors (Sobol S2).
    pub pairs: bool,
}

/// One thing that varies.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// As it is declared.
    pub name: String,
    /// How it varies.
    pub varies: Varies,
    /// Where it stands.
    pub place: Place,
}

/// How something varies.
#[derive(Debug, Clone, PartialEq)]
pub enum Varies {
    /// 权重: each by itself, among all indicators or those of a level.
    Weights(Option<usize>, Spread),
    /// 汇总: of a level, or where nothing else is said.
    Methods(Option<usize>, Vec<Method>),
    /// 标准化.
    Normalisations(Vec<Normalise>),
    /// 插补.
    Imputations(Vec<Impute>),
    /// 极端值: treated or not.
    Treatments(Vec<bool>),
    /// A parameter, an input or an account.
    Quantity(Spread),
}

const LEVELS: [&str; 4] = ["一级", "二级", "三级", "四级"];

/// `一级汇总` → `汇总` and the level; `level1_aggregation` likewise.
fn of_level(key: &str) -> (Option<usize>, &str) {
    for (at, level) in LEVELS.iter().enumerate() {
        if let Some(rest) = key.strip_prefix(level) {
            return (Some(at + 1), rest);
        }
    }
    if let Some((level, rest)) = key.strip_prefix("level").and_then(|rest| rest.split_once('_'))
        && let Ok(level) = level.parse()
    {
        return (Some(level), rest);
    }
    (None, key)
}

impl Reader {
    /// Reads what is uncertain; everything that it may name has been read before.
    pub(crate) fn uncertainty(&mut self, entries: &[Entry]) {
        for entry in entries {
            if matches!(entry.key.as_str(), "不确定度") {
                for quantity in entry.value.table() {
                    self.factor(quantity);
                }
                continue;
            }
            for part in entry.value.table() {
                match part.key.as_str() {
                    "改变" | "vary" => part.value.table().iter().for_each(|factor| self.factor(factor)),
                    "N" => match part
                        .value
                        .text()
                        .and_then(|text| text.replace('_', "").parse::<u64>().ok())
                    {
                        Some(most) if most >= 1 => self.uncertain().most = Some(most),
                        _ => self.error("indicator-wrong-kind", &part.value.place, &[("wanted", &"N = 65536")]),
                    },
                    "目标" | "target" => {
                        let code = part.value.text().unwrap_or_default();
                        match self.standard.node(code) {
                            Some(node) => self.uncertain().target = Some(node),
                            None => self.error("indicator-unknown-code", &part.value.place, &[("code", &code)]),
                        }
                    }
                    "报告" | "report" => self.told(&part.value),
                    key => self.unknown(&part.place, key),
                }
            }
        }
    }

    fn uncertain(&mut self) -> &mut Uncertainty {
        self.standard.uncertainty.get_or_insert_default()
    }

    /// What is to be reported is reported always, pairs of factors where they are asked for; anything else would be left
    /// out in silence.
    fn told(&mut self, node: &Node) {
        for wanted in node.each() {
            let text: String = wanted.text().unwrap_or_default().split_whitespace().collect();
            if matches!(text.as_str(), "SobolS2" | "SobolS1STS2" | "SobolS1S2ST" | "sobol2") {
                self.uncertain().pairs = true;
                continue;
            }
            let known = [
                "名次区间90%",
                "等级翻转概率",
                "SobolS1ST",
                "rank90%",
                "grade_flip",
                "sobol",
            ];
            if !known.contains(&text.as_str()) {
                let known = "名次区间90 %, 等级翻转概率, Sobol S1 ST, Sobol S2 (rank 90 %, grade_flip, sobol, sobol2)";
                let found = wanted.text().unwrap_or_default();
                self.error(
                    "indicator-unknown-choice",
                    &wanted.place,
                    &[("found", &found), ("known", &known)],
                );
            }
        }
    }

    fn unknown(&mut self, place: &Place, name: &str) {
        let mut known = vec!["权重", "汇总"];
        if self.standard.mode == Mode::Index {
            known.extend(["标准化", "插补", "极端值"]);
        }
        let quantities = self.standard.parameters.iter().map(|parameter| parameter.name.as_str());
        let inputs = self.standard.inputs.iter().map(|input| input.name.as_str());
        known.extend(quantities.chain(inputs).take(12));
        let known = known.join(", ");
        self.error(
            "indicator-uncertain-unknown",
            place,
            &[("name", &name), ("known", &known)],
        );
    }

    fn factor(&mut self, entry: &Entry) {
        if let Some(varies) = self.varies(entry) {
            let same = |other: &Factor| match (&other.varies, &varies) {
                (Varies::Quantity(_), _) | (_, Varies::Quantity(_)) => other.name == entry.key,
                (Varies::Weights(..) | Varies::Methods(..), _) => other.name == entry.key,
                (other, own) => std::mem::discriminant(other) == std::mem::discriminant(own),
            };
            if self.uncertain().factors.iter().any(same) {
                self.error("indicator-code-twice", &entry.place, &[("code", &entry.key)]);
                return;
            }
            let factor = Factor {
                name: entry.key.clone(),
                varies,
                place: entry.place.clone(),
            };
            self.uncertain().factors.push(factor);
        }
    }

    fn varies(&mut self, entry: &Entry) -> Option<Varies> {
        let (level, what) = of_level(&entry.key);
        let index = self.standard.index.is_some();
        let needs_index = matches!(
            what,
            "标准化" | "normalisation" | "插补" | "imputation" | "极端值" | "treatment"
        );
        if needs_index && (level.is_some() || !index) || level.is_some_and(|level| !self.has_level(level)) {
            self.error("indicator-uncertain-idle", &entry.place, &[("name", &entry.key)]);
            return None;
        }
        match what {
            "权重" | "weights" => {
                if !self.standard.has_total() {
                    self.error("indicator-uncertain-idle", &entry.place, &[("name", &entry.key)]);
                    return None;
                }
                self.spread(&entry.value).map(|spread| Varies::Weights(level, spread))
            }
            "汇总" | "aggregation" => {
                if !self.standard.has_total() {
                    self.error("indicator-uncertain-idle", &entry.place, &[("name", &entry.key)]);
                    return None;
                }
                let known = crate::method::KNOWN;
                let methods = self.several(&entry.value, known, |_, node| Method::read(node.text()?))?;
                let each = entry.value.each();
                for (node, method) in each.iter().zip(&methods) {
                    self.of_peers(method, node);
                }
                Some(Varies::Methods(level, methods))
            }
            "标准化" | "normalisation" => {
                let known = "极差, z分, 目标柱, 向量, 名次, { 方法, 范围 } (minmax, zscore, goalposts, vector, rank)";
                self.several(&entry.value, known, Self::normalisation)
                    .map(Varies::Normalisations)
            }
            "插补" | "imputation" => {
                let known =
                    "剔除, 均值, 中位数, 组均值:列, 沿用, 线性 (none, mean, median, group:COLUMN, latest, linear)";
                self.several(&entry.value, known, Self::imputation_choice)
                    .map(Varies::Imputations)
            }
            "极端值" | "treatment" => {
                let known = "无, 偏度2且峰度3.5 (none, skew-kurt)";
                let choice = |_: &Self, node: &Node| match node.text()? {
                    "无" | "none" => Some(false),
                    "偏度2且峰度3.5" | "skew-kurt" => Some(true),
                    _ => None,
                };
                self.several(&entry.value, known, choice).map(Varies::Treatments)
            }
            _ => {
                let name = formula::canonical_name(&entry.key);
                if !self.is_quantity(&name) {
                    self.unknown(&entry.place, &entry.key);
                    return None;
                }
                self.spread(&entry.value).map(Varies::Quantity)
            }
        }
    }

    fn has_level(&self, level: usize) -> bool {
        self.standard.nodes.iter().any(|node| node.level == level)
    }

    /// Whether a formula asks for it, or it is an account with its own formula or report.
    fn is_quantity(&self, name: &str) -> bool {
        let leaf = |at: usize| self.standard.nodes.get(at).is_some_and(|node| node.children.is_empty());
        self.standard.node(name).is_some_and(leaf)
            || self.standard.parameter(name).is_some()
            || crate::data::asked_names(&self.standard).contains(name)
    }

    fn spread(&mut self, node: &Node) -> Option<Spread> {
        let text = node.text().unwrap_or_default();
        let spread = Spread::read(text);
        if spread.is_none() {
            let known =
                "±25 %, 均匀(±5 %), 正态(±2 %), 三角(±10 %), 对数正态(×1.5) (uniform, normal, triangular, lognormal)";
            self.error(
                "indicator-unknown-choice",
                &node.place,
                &[("found", &text), ("known", &known)],
            );
        }
        spread
    }

    /// Two or more choices.
    fn several<T>(&mut self, node: &Node, known: &str, read: impl Fn(&Self, &Node) -> Option<T>) -> Option<Vec<T>> {
        let mut read_all = Vec::new();
        let mut sound = true;
        for choice in node.each() {
            match read(self, choice) {
                Some(choice) => read_all.push(choice),
                None => {
                    let found = choice.text().unwrap_or_default();
                    self.error(
                        "indicator-unknown-choice",
                        &choice.place,
                        &[("found", &found), ("known", &known)],
                    );
                    sound = false;
                }
            }
        }
        if sound && read_all.len() < 2 {
            self.error("indicator-uncertain-one", &node.place, &[("known", &known)]);
            return None;
        }
        sound.then_some(read_all)
    }

    fn normalisation(&self, node: &Node) -> Option<Normalise> {
        let own = self
            .standard
            .index
            .as_ref()
            .map(|rules| rules.normalise.clone())
            .unwrap_or_default();
        let (method, ends) = match &node.item {
            Item::Table(_) => {
                let range = node.get(&["范围", "range"])?;
                let ends: Vec<f64> = range.list().iter().filter_map(|end| end.text()?.parse().ok()).collect();
                let [low, high] = ends.as_slice() else { return None };
                (node.get(&["方法", "method"])?.text()?, Some((*low, *high)))
            }
            _ => (node.text()?, None),
        };
        let range = match own {
            Normalise::MinMax(low, high) | Normalise::Goalposts(low, high) | Normalise::Vector(low, high) => {
                (low, high)
            }
            Normalise::ZScore(centre, width) => (centre - 3.0 * width, centre + 3.0 * width),
            Normalise::Rank(own) => own.unwrap_or((0.0, 100.0)),
        };
        let (low, high) = ends.unwrap_or(range);
        Some(match method {
            "极差" | "minmax" => Normalise::MinMax(low, high),
            "目标柱" | "goalposts" => Normalise::Goalposts(low, high),
            "向量" | "vector" => Normalise::Vector(low, high),
            // Ranks as they are, unless ends are given for them.
            "名次" | "rank" => Normalise::Rank(ends),
            // Three deviations to either side fill the range.
            "z分" | "zscore" => match (ends, own) {
                (Some((centre, width)), _) => Normalise::ZScore(centre, width),
                (None, own @ Normalise::ZScore(_, _)) => own,
                (None, _) => Normalise::ZScore(f64::midpoint(low, high), (high - low) / 6.0),
            },
            _ => return None,
        })
    }

    fn imputation_choice(&self, node: &Node) -> Option<Impute> {
        let text = node.text()?;
        let declared = self.standard.index.as_ref().map(|rules| rules.impute.clone());
        Some(match text.split_once([':', '：']) {
            None => match text {
                "剔除" | "无" | "none" => Impute::None,
                "均值" | "mean" => Impute::Mean,
                "中位数" | "median" => Impute::Median,
                "沿用" | "latest" => Impute::Latest,
                "线性" | "linear" => Impute::Linear,
                "组均值" | "group" => match declared {
                    Some(group @ Impute::Group(_)) => group,
                    _ => return None,
                },
                _ => return None,
            },
            Some(("组均值" | "group", column)) if !column.trim().is_empty() => {
                Impute::Group(column.trim().to_owned())
            }
            Some(_) => return None,
        })
    }
}
