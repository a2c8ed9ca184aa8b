//! Reading 标准化 and 插补.

use std::collections::BTreeMap;

use formula::Number;

use super::Treatment;
use crate::day::Period;
use crate::read::Reader;
use crate::toml_text::{Item, Node};

/// How an index makes indicators comparable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexRules {
    /// 标准化.方法.
    pub normalise: Normalise,
    /// 目标柱 by code, where the table gives them.
    pub posts: BTreeMap<String, (f64, f64)>,
    /// 目标值: what became of the values that the posts were made from, by code.
    pub kept: BTreeMap<String, super::Treatment>,
    /// 标准化.基年: the period that sets the scale; without one each period sets its own.
    pub base: Option<Period>,
    /// 标准化.截断: whether values beyond the posts are held at them.
    pub clamp: bool,
    /// 标准化.极端值: whether skewed indicators are treated.
    pub treat: bool,
    /// 插补.
    pub impute: Impute,
    /// 赋权: weights that the data give.
    pub weighing: Option<crate::weighing::Weighing>,
}

/// How a value becomes comparable.
#[derive(Debug, Clone, PartialEq)]
pub enum Normalise {
    /// 极差: from the least to the greatest of the population.
    MinMax(f64, f64),
    /// z分: mean and standard deviation of the population, shifted and stretched.
    ZScore(f64, f64),
    /// 目标柱: from one post to the other.
    Goalposts(f64, f64),
    /// 向量: by the length of the column, as TOPSIS does it; what falls is taken from the upper end.
    Vector(f64, f64),
    /// 名次: by rank, from one up; within ends where the rules give them.
    Rank(Option<(f64, f64)>),
}

impl Normalise {
    /// Whether scores of what sets the scale fall below zero.
    pub(crate) const fn may_fall_below_zero(&self) -> bool {
        match self {
            Self::ZScore(..) => true,
            Self::MinMax(low, high) | Self::Goalposts(low, high) | Self::Vector(low, high) => *low < 0.0 || *high < 0.0,
            Self::Rank(ends) => matches!(ends, Some((low, high)) if *low < 0.0 || *high < 0.0),
        }
    }

    /// As the rules write it.
    pub(crate) const fn name(&self, lang: language::Lang) -> &'static str {
        let (zh, en) = match self {
            Self::MinMax(..) => ("极差", "minmax"),
            Self::ZScore(..) => ("z分", "zscore"),
            Self::Goalposts(..) => ("目标柱", "goalposts"),
            Self::Vector(..) => ("向量", "vector"),
            Self::Rank(_) => ("名次", "rank"),
        };
        match lang {
            language::Lang::Zh => zh,
            language::Lang::En => en,
        }
    }
}

impl Default for Normalise {
    fn default() -> Self {
        Self::MinMax(0.0, 100.0)
    }
}

/// What fills a gap before indicators are made comparable.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Impute {
    /// Nothing: a gap stays one.
    #[default]
    None,
    /// 均值.
    Mean,
    /// 中位数.
    Median,
    /// 组均值 by an input that names the group.
    Group(String),
    /// 沿用: the unit's latest earlier value.
    Latest,
    /// 线性: between the unit's values before and after.
    Linear,
}

impl Impute {
    /// Whether it takes a unit's values of other periods.
    pub(crate) const fn looks_over_time(&self) -> bool {
        matches!(self, Self::Latest | Self::Linear)
    }

    /// As the rules write it.
    pub(crate) const fn name(&self, lang: language::Lang) -> &'static str {
        let (zh, en) = match self {
            Self::None => ("无", "none"),
            Self::Mean => ("均值", "mean"),
            Self::Median => ("中位数", "median"),
            Self::Group(_) => ("组均值", "group"),
            Self::Latest => ("沿用", "latest"),
            Self::Linear => ("线性", "linear"),
        };
        match lang {
            language::Lang::Zh => zh,
            language::Lang::En => en,
        }
    }
}

impl Reader {
    fn index(&mut self) -> &mut IndexRules {
        self.standard.index.get_or_insert_default()
    }

    pub(crate) fn goalposts(&mut self, code: &str, low: Number, high: Number) {
        let posts = (low.to_f64(), high.to_f64());
        self.index().posts.insert(code.to_owned(), posts);
    }

    /// 目标值: posts by code, kept from an earlier year; with what was done to outliers then.
    pub(crate) fn kept_posts(&mut self, value: &Node) {
        for entry in value.table() {
            let written = &entry.value;
            let posts = match &written.item {
                Item::Table(_) => written.get(&["柱", "posts"]).cloned(),
                _ => Some(written.clone()),
            };
            let posts = posts
                .and_then(|posts| self.two(&posts))
                .filter(|(low, high)| low < high);
            let Some((low, high)) = posts else {
                self.error("indicator-wrong-kind", &written.place, &[("wanted", &"[0, 40]")]);
                continue;
            };
            self.goalposts(&entry.key, low, high);
            let treatment = self.kept_treatment(written);
            self.index().kept.insert(entry.key.clone(), treatment);
        }
    }

    /// `{柱, 不低于, 不高于}` or `{柱, 对数 = [最小值, 平移]}`.
    fn kept_treatment(&mut self, written: &Node) -> Treatment {
        let known = [
            "柱",
            "posts",
            "不低于",
            "at_least",
            "不高于",
            "at_most",
            "对数",
            "logarithm",
        ];
        self.only(written, &known);
        if let Some(logarithm) = written.get(&["对数", "logarithm"]) {
            return match self.two(logarithm) {
                Some((least, shift)) if shift > Number::zero() => Treatment::Logarithm {
                    least: least.to_f64(),
                    shift: shift.to_f64(),
                },
                _ => {
                    self.error("indicator-wrong-kind", &logarithm.place, &[("wanted", &"[0, 0.4]")]);
                    Treatment::None
                }
            };
        }
        let mut end = |names: &[&str]| Some(self.number(written.get(names)?)?.to_f64());
        let (low, high) = (end(&["不低于", "at_least"]), end(&["不高于", "at_most"]));
        if low.is_none() && high.is_none() {
            return Treatment::None;
        }
        Treatment::Drawn { low, high }
    }

    /// A list of two numbers.
    fn two(&mut self, list: &Node) -> Option<(Number, Number)> {
        let numbers: Vec<Number> = list.list().iter().filter_map(|end| self.number(end)).collect();
        match numbers.as_slice() {
            [one, other] => Some((one.clone(), other.clone())),
            _ => None,
        }
    }

    pub(crate) fn index_rules(&mut self, key: &str, value: &Node) {
        self.index();
        if matches!(key, "插补" | "imputation") {
            return self.imputation(value);
        }
        let mut ends = (0.0, 100.0);
        let stated = value.get(&["范围", "range"]).is_some();
        if let Some(range) = value.get(&["范围", "range"]) {
            let numbers: Vec<Number> = range.list().iter().filter_map(|end| self.number(end)).collect();
            match numbers.as_slice() {
                [low, high] if low != high => ends = (low.to_f64(), high.to_f64()),
                _ => self.error("indicator-wrong-kind", &range.place, &[("wanted", &"[0, 100]")]),
            }
        }
        // Without a method it is the plain one, between the same ends.
        if stated && value.get(&["方法", "method"]).is_none() {
            self.index().normalise = Normalise::MinMax(ends.0, ends.1);
        }
        for entry in value.table() {
            let text = entry.value.text().unwrap_or_default();
            match entry.key.as_str() {
                "方法" | "method" => {
                    let method = match text {
                        "极差" | "minmax" => Normalise::MinMax(ends.0, ends.1),
                        "z分" | "zscore" => Normalise::ZScore(ends.0, ends.1),
                        "目标柱" | "goalposts" => Normalise::Goalposts(ends.0, ends.1),
                        "向量" | "vector" => Normalise::Vector(ends.0, ends.1),
                        "名次" | "rank" => Normalise::Rank(stated.then_some(ends)),
                        _ => {
                            let known = "极差, z分, 目标柱, 向量, 名次 (minmax, zscore, goalposts, vector, rank)";
                            let arguments: [(&'static str, &dyn ToString); 2] = [("found", &text), ("known", &known)];
                            self.error("indicator-unknown-choice", &entry.value.place, &arguments);
                            continue;
                        }
                    };
                    self.index().normalise = method;
                }
                "截断" | "clamp" => match text {
                    "是" | "true" => self.index().clamp = true,
                    "否" | "false" => self.index().clamp = false,
                    _ => {
                        let arguments: [(&'static str, &dyn ToString); 2] =
                            [("found", &text), ("known", &"是, 否 (true, false)")];
                        self.error("indicator-unknown-choice", &entry.value.place, &arguments);
                    }
                },
                "极端值" | "treatment" => match text {
                    "无" | "none" => self.index().treat = false,
                    "偏度2且峰度3.5" | "skew-kurt" => self.index().treat = true,
                    _ => {
                        let known = "无, 偏度2且峰度3.5 (none, skew-kurt)";
                        let arguments: [(&'static str, &dyn ToString); 2] = [("found", &text), ("known", &known)];
                        self.error("indicator-unknown-choice", &entry.value.place, &arguments);
                    }
                },
                "范围" | "range" => {}
                "基年" | "base" => match Period::read(text) {
                    Some(base) => self.index().base = Some(base),
                    None => self.error("indicator-period", &entry.value.place, &[("found", &text)]),
                },
                _ => self.warning("indicator-unknown-key", &entry.place, &[("key", &entry.key)]),
            }
        }
    }

    fn imputation(&mut self, value: &Node) {
        self.only(value, &["方法", "method", "组", "group"]);
        let group = value.get(&["组", "group"]).and_then(Node::text).map(str::to_owned);
        let Some(method) = value.get(&["方法", "method"]) else {
            return self.error("indicator-key-missing", &value.place, &[("key", &"方法 (method)")]);
        };
        let text = method.text().unwrap_or_default();
        let impute = match (text, group) {
            ("无" | "none", _) => Impute::None,
            ("均值" | "mean", _) => Impute::Mean,
            ("中位数" | "median", _) => Impute::Median,
            ("组均值" | "group", Some(group)) => Impute::Group(group),
            ("沿用" | "latest", _) => Impute::Latest,
            ("线性" | "linear", _) => Impute::Linear,
            _ => {
                let known = "无, 均值, 中位数, 组均值 + 组, 沿用, 线性 (none, mean, median, group, latest, linear)";
                return self.error(
                    "indicator-unknown-choice",
                    &method.place,
                    &[("found", &text), ("known", &known)],
                );
            }
        };
        self.index().impute = impute;
    }
}
