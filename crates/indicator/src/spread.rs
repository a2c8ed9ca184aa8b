//! How a figure spreads around what is written of it.

use formula::{Unit, Value};

/// A distribution around what stands in the standard, as shares of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// 均匀(±h): everything within ±h alike.
    Uniform(f64),
    /// 正态(±h): ±h holds 95 %.
    Normal(f64),
    /// 三角(±h): rises to the middle and falls to ±h.
    Triangular(f64),
    /// 对数正态(×g): the logarithm is normal, with this standard deviation, so that 95 % lie between a g-th of the value
    /// and g times it; the value is the median (g is the squared geometric standard deviation of inventories).
    LogNormal(f64),
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
        if let Some(text) = inner(["对数正态", "lognormal"]) {
            let times: f64 = text.trim().strip_prefix(['×', '*', 'x'])?.trim().parse().ok()?;
            return (times > 1.0 && times <= 1e6).then_some(Self::LogNormal(times.ln() / NORMAL_95));
        }
        half(inner(["均匀", "uniform"]).unwrap_or(text)).map(Self::Uniform)
    }

    /// The mean of the factor.
    pub fn mean(self) -> f64 {
        match self {
            Self::Uniform(_) | Self::Normal(_) | Self::Triangular(_) => 1.0,
            Self::LogNormal(deviation) => (0.5 * deviation * deviation).exp(),
        }
    }

    /// The variance of the factor.
    pub fn variance(self) -> f64 {
        match self {
            Self::Uniform(half) => half * half / 3.0,
            Self::Normal(half) => (half / NORMAL_95).powi(2),
            Self::Triangular(half) => half * half / 6.0,
            Self::LogNormal(deviation) => {
                let square = deviation * deviation;
                square.exp_m1() * square.exp()
            }
        }
    }

    /// The factor at a quantile.
    pub fn factor(self, u: f64) -> f64 {
        match self {
            Self::Uniform(half) => 1.0 + half * (2.0 * u - 1.0),
            Self::Normal(half) => 1.0 + half / NORMAL_95 * normal_quantile(u),
            Self::LogNormal(deviation) => (deviation * normal_quantile(u)).exp(),
            Self::Triangular(half) if u < 0.5 => 1.0 - half * (1.0 - (2.0 * u).sqrt()),
            Self::Triangular(half) => 1.0 + half * (1.0 - (2.0 * (1.0 - u)).sqrt()),
        }
    }
}

/// So many standard deviations to either side hold 95 % of a normal distribution.
pub(crate) const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Wichura's AS 241, to sixteen digits.
pub(crate) fn normal_quantile(p: f64) -> f64 {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_spread_is_read_in_both_languages_and_holds_what_it_says() {
        for (written, spread) in [
            ("±25 %", Spread::Uniform(0.25)),
            ("均匀(±5 %)", Spread::Uniform(0.05)),
            ("normal(±2 %)", Spread::Normal(0.02)),
            ("三角（±10 %）", Spread::Triangular(0.1)),
            ("对数正态(×1.5)", Spread::LogNormal(1.5_f64.ln() / NORMAL_95)),
            ("lognormal(x1.5)", Spread::LogNormal(1.5_f64.ln() / NORMAL_95)),
        ] {
            assert_eq!(Spread::read(written), Some(spread), "{written}");
        }
        for wrong in [
            "",
            "25 %",
            "正态",
            "±x",
            "beta(±2 %)",
            "±0 %",
            "±200 %",
            "正态(2 %)",
            "对数正态(×1)",
            "对数正态(±5 %)",
            "lognormal(xNaN)",
        ] {
            assert_eq!(Spread::read(wrong), None, "{wrong}");
        }
        // 95 % between a half and twice.
        let spread = Spread::read("lognormal(x2)").unwrap();
        assert!((spread.factor(0.025) - 0.5).abs() < 1e-9 && (spread.factor(0.975) - 2.0).abs() < 1e-9);
        let normal = Spread::Normal(0.02);
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

    #[test]
    fn mean_and_variance_are_those_of_its_quantiles() {
        let spreads = [
            Spread::Uniform(0.3),
            Spread::Normal(0.2),
            Spread::Triangular(0.4),
            Spread::LogNormal(0.3),
        ];
        for spread in spreads {
            let many = 1 << 20;
            let factors = (0..many).map(|at| spread.factor((f64::from(at) + 0.5) / f64::from(many)));
            let (sum, squares) = factors.fold((0.0, 0.0), |(sum, squares), factor| {
                (sum + factor, squares + factor * factor)
            });
            let mean = sum / f64::from(many);
            let variance = squares / f64::from(many) - mean * mean;
            assert!((mean - spread.mean()).abs() < 1e-6, "{spread:?} {mean}");
            assert!(
                (variance / spread.variance() - 1.0).abs() < 1e-4,
                "{spread:?} {variance}"
            );
        }
    }
}
