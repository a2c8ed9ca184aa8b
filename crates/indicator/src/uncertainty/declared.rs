//! What a standard declares as uncertain: choices that could have been made otherwise, and figures known only nearly.
//! Whatever is declared is varied; what cannot be is an error with its place.

use formula::{Unit, Value};

use crate::finding::Place;
use crate::index::{Impute, Normalise};
use crate::method::Method;
use crate::read::Reader;
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

/// A distribution around what stands in the standard, as shares of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// 均匀(±h): everything within ±h alike.
    Uniform(f64),
    /// 正态(±h): ±h holds 95 %.
    Normal(f64),
    /// 三角(±h): rises to the middle and falls to ±h.
    Triangular(f64),
}

impl Spread {
    /// Reads `±25 %`, `均匀(±5 %)`, `normal(±2 %)`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let inner = |names: [&str; 2]| {
            names.iter().find_map(|name| {
                text.strip_prefix(name)?
                    .trim()
                    .strip_prefix(['(', '（'])?
                    .strip_suffix([')', '）'])
            })
        };
        let half = |text: &str| {
            let text = text.trim();
            let text = text.strip_prefix('±').or_else(|| text.strip_prefix("+-"))?;
            let share = Value::read(text, &Unit::none()).ok()?.in_unit(&Unit::none())?.to_f64();
            (share > 0.0 && share <= 1.0).then_some(share)
        };
        if let Some(text) = inner(["正态", "normal"]) {
            return half(text).map(Self::Normal);
        }
        if let Some(text) = inner(["三角", "triangular"]) {
            return half(text).map(Self::Triangular);
        }
        half(inner(["均匀", "uniform"]).unwrap_or(text)).map(Self::Uniform)
    }

    /// The factor at a quantile.
    pub fn factor(self, u: f64) -> f64 {
        match self {
            Self::Uniform(half) => 1.0 + half * (2.0 * u - 1.0),
            Self::Normal(half) => 1.0 + half / 1.959_963_984_540_054 * normal_quantile(u),
            Self::Triangular(half) if u < 0.5 => 1.0 - half * (1.0 - (2.0 * u).sqrt()),
            Self::Triangular(half) => 1.0 + half * (1.0 - (2.0 * (1.0 - u)).sqrt()),
        }
    }
}

/// Wichura's AS 241, to sixteen digits.
fn normal_quantile(p: f64) -> f64 {
    let horner = |c: &[f64; 8], x: f64| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * horner(&A, r) / horner(&B, r);
    }
    let r = (-p.min(1.0 - p).max(1e-300).ln()).sqrt();
    let size = if r <= 5.0 {
        horner(&C, r - 1.6) / horner(&D, r - 1.6)
    } else {
        horner(&E, r - 5.0) / horner(&F, r - 5.0)
    };
    size.copysign(q)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_7e-5,
    1.421_511_758_316_445_9e-7,
    2.044_263_103_389_939_8e-15,
];

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
                for (node, _) in each.iter().zip(&methods).filter(|(_, method)| method.peers().is_some()) {
                    self.of_an_index
                        .push((node.text().unwrap_or_default().to_owned(), node.place.clone()));
                }
                Some(Varies::Methods(level, methods))
            }
            "标准化" | "normalisation" => {
                let known = "极差, z分, 目标柱, 向量, 名次, { 方法, 范围 } (minmax, zscore, goalposts, vector, rank)";
                self.several(&entry.value, known, Self::normalisation)
                    .map(Varies::Normalisations)
            }
            "插补" | "imputation" => {
                let known = "剔除, 均值, 中位数, 组均值:列 (none, mean, median, group:COLUMN)";
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
            let known = "±25 %, 均匀(±5 %), 正态(±2 %), 三角(±10 %) (uniform, normal, triangular)";
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn spreads_are_read_and_reach_as_far_as_they_say() {
        assert_eq!(Spread::read("±25 %"), Some(Spread::Uniform(0.25)));
        assert_eq!(Spread::read("正态(±2 %)"), Some(Spread::Normal(0.02)));
        assert_eq!(Spread::read("三角（±10 %）"), Some(Spread::Triangular(0.1)));
        for wrong in ["25 %", "±250 %", "正态", "±x", "beta(±2 %)"] {
            assert_eq!(Spread::read(wrong), None, "{wrong}");
        }
        let normal = Spread::read("normal(±2 %)").unwrap();
        assert!((normal.factor(0.975) - 1.02).abs() < 1e-12 && (normal.factor(0.025) - 0.98).abs() < 1e-12);
        let triangular = Spread::Triangular(0.1);
        assert!((triangular.factor(0.5) - 1.0).abs() < 1e-15 && (triangular.factor(0.125) - 0.95).abs() < 1e-15);
    }

    #[test]
    fn the_normal_quantile_is_that_of_the_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.9, 1.281_551_565_544_600_4),
            (0.999, 3.090_232_306_167_813_5),
            (1e-9, -5.997_807_015_007_687),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
        }
    }
}
