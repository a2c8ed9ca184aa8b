//! Totals of a draw where points are known and only weights and ways to join vary: sums over columns, logarithms kept
//! beside the points, nothing asked twice. What these sums do not cover (values that have no logarithm, weights below
//! zero, other means) they leave to the blocks that cover everything.

use crate::columns::PointLanes;
use crate::method::Method;
use crate::standard::{Aggregation, Standard};

/// Points of an indicator over the units.
struct Leaf {
    values: Vec<f64>,
    /// Empty where a value has none.
    logarithms: Vec<f64>,
    /// 1 where there is a value, 0 where the unit is left out; `None` where all have one.
    there: Option<Vec<f64>>,
}

/// What indicators were joined into.
struct Joined {
    values: Vec<f64>,
    /// Whether these are logarithms.
    logarithmic: bool,
    there: Option<Vec<f64>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mean {
    Arithmetic,
    Geometric,
}

/// One way in which an index is prepared.
struct Way {
    leaves: Vec<Option<Leaf>>,
    /// Units that have no result, whatever is drawn.
    failed: Vec<bool>,
}

pub(super) struct Dense {
    units: usize,
    ways: Vec<Way>,
    /// What is joined, from the bottom up; the total, which is no indicator, last.
    families: Vec<(Option<usize>, Vec<usize>)>,
    /// By aggregation, in the order of the families; `None` where a mean is not covered.
    means: Vec<Option<Vec<Mean>>>,
    clamp: Option<(f64, f64)>,
}

impl Dense {
    /// Of points that are known for every leaf; `None` where they are not.
    pub(super) fn of(
        standard: &Standard,
        units: usize,
        points: &[Vec<Option<PointLanes>>],
        aggregations: &[Aggregation],
    ) -> Option<Self> {
        let nodes = standard.nodes.iter().enumerate();
        let mut families: Vec<(Option<usize>, Vec<usize>)> = nodes
            .filter(|(_, rule)| !rule.children.is_empty())
            .map(|(node, rule)| (Some(node), rule.children.clone()))
            .collect();
        let level = |node: Option<usize>| {
            node.and_then(|node| standard.nodes.get(node))
                .map_or(0, |rule| rule.level)
        };
        families.sort_by_key(|(above, _)| std::cmp::Reverse(level(*above)));
        families.push((None, standard.top().collect()));
        let means = |aggregation: &Aggregation| {
            let mean = |(above, _): &(Option<usize>, Vec<usize>)| {
                let rule = above.and_then(|above| standard.nodes.get(above));
                let into = rule.map(|rule| rule.code.as_str());
                match aggregation.method_of(level(*above) + 1, into) {
                    Method::Arithmetic => Some(Mean::Arithmetic),
                    Method::Geometric => Some(Mean::Geometric),
                    _ => None,
                }
            };
            families.iter().map(mean).collect()
        };
        Some(Self {
            units,
            ways: points
                .iter()
                .map(|points| way(standard, units, points))
                .collect::<Option<_>>()?,
            means: aggregations.iter().map(means).collect(),
            clamp: standard
                .aggregation
                .clamp
                .as_ref()
                .map(|(low, high)| (low.to_f64(), high.to_f64())),
            families,
        })
    }

    /// Totals, NaN where there is none; `None` where the draw is not covered.
    pub(super) fn totals(&self, way: usize, aggregation: usize, weights: &[f64]) -> Option<Vec<f64>> {
        let way = self.ways.get(way)?;
        let means = self.means.get(aggregation)?.as_ref()?;
        let mut joined: Vec<Option<Joined>> = weights.iter().map(|_| None).collect();
        let mut total = None;
        for ((above, parts), mean) in self.families.iter().zip(means) {
            let whole = self.join(way, &joined, (parts, weights), *mean)?;
            match above.and_then(|above| joined.get_mut(above)) {
                Some(place) => *place = Some(whole),
                None => total = Some(whole),
            }
        }
        let mut total = total?;
        for (unit, value) in total.values.iter_mut().enumerate() {
            if total.logarithmic {
                *value = value.exp();
            }
            if let Some((low, high)) = self.clamp {
                *value = value.max(low).min(high);
            }
            let gone = total.there.as_ref().is_some_and(|there| there.get(unit) == Some(&0.0));
            if gone || way.failed.get(unit) == Some(&true) {
                *value = f64::NAN;
            }
        }
        Some(total.values)
    }

    fn join(
        &self,
        way: &Way,
        joined: &[Option<Joined>],
        (parts, weights): (&[usize], &[f64]),
        mean: Mean,
    ) -> Option<Joined> {
        let mut sum = vec![0.0; self.units];
        let mut shares: Option<Vec<f64>> = None;
        // Of the parts without gaps.
        let mut whole = 0.0;
        let mut any = false;
        for part in parts {
            let weight = weights.get(*part).copied().filter(|weight| *weight > 0.0)?;
            let logarithmic = mean == Mean::Geometric;
            let leaf = way.leaves.get(*part).and_then(Option::as_ref);
            let inner = joined.get(*part).and_then(Option::as_ref);
            let there = match (leaf, inner) {
                (Some(leaf), _) => &leaf.there,
                (None, Some(inner)) => &inner.there,
                (None, None) => return None,
            };
            let made: Vec<f64>;
            let values = match (leaf, inner) {
                (Some(leaf), _) if !logarithmic => &leaf.values,
                (Some(leaf), _) => &leaf.logarithms,
                (None, Some(inner)) if inner.logarithmic == logarithmic => &inner.values,
                (None, Some(inner)) if logarithmic => {
                    made = inner.values.iter().map(|value| value.ln()).collect();
                    &made
                }
                (None, Some(inner)) => {
                    made = inner.values.iter().map(|value| value.exp()).collect();
                    &made
                }
                (None, None) => return None,
            };
            if values.len() != self.units {
                return None;
            }
            let Some(there) = there else {
                whole += weight;
                any = true;
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += weight * value;
                }
                continue;
            };
            let shares = shares.get_or_insert_with(|| vec![0.0; self.units]);
            for ((sum, share), (value, there)) in sum.iter_mut().zip(shares).zip(values.iter().zip(there)) {
                let weight = weight * there;
                // What is left out may have no logarithm.
                *sum += if weight > 0.0 { weight * value } else { 0.0 };
                *share += weight;
            }
        }
        let mut there = None;
        match shares {
            None => sum.iter_mut().for_each(|sum| *sum /= whole),
            Some(shares) => {
                for (sum, share) in sum.iter_mut().zip(&shares) {
                    let share = share + whole;
                    *sum = if share > 0.0 { *sum / share } else { 0.0 };
                }
                if !any && shares.contains(&0.0) {
                    there = Some(shares.iter().map(|share| f64::from(u8::from(*share > 0.0))).collect());
                }
            }
        }
        let logarithmic = mean == Mean::Geometric;
        // A joined value without a logarithm, or beyond floats, is for the blocks.
        let sound = sum.iter().all(|value| value.is_finite());
        sound.then_some(Joined {
            values: sum,
            logarithmic,
            there,
        })
    }
}

fn way(standard: &Standard, units: usize, points: &[Option<PointLanes>]) -> Option<Way> {
    let mut failed = vec![false; units];
    let mut leaves = Vec::with_capacity(standard.nodes.len());
    for (node, rule) in standard.nodes.iter().enumerate() {
        if !rule.children.is_empty() {
            leaves.push(None);
            continue;
        }
        let points = points.get(node)?.as_ref()?;
        let mut there = vec![1.0; units];
        for (unit, there) in there.iter_mut().enumerate() {
            if points.is_dropped(unit) {
                *there = 0.0;
            } else if !points.lanes.state(unit).is_present() {
                failed[unit] = true;
                *there = 0.0;
            }
        }
        let values: Vec<f64> = (0..units).map(|unit| points.lanes.value(unit)).collect();
        let counts = || values.iter().zip(&there).filter(|(_, there)| **there > 0.0);
        let positive = counts().all(|(value, _)| *value > 0.0);
        let logarithm = |(value, there): (&f64, &f64)| if *there > 0.0 { value.ln() } else { 0.0 };
        leaves.push(Some(Leaf {
            logarithms: if positive {
                values.iter().zip(&there).map(logarithm).collect()
            } else {
                Vec::new()
            },
            values,
            there: there.contains(&0.0).then_some(there),
        }));
    }
    Some(Way { leaves, failed })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::SensitivitySettings;
    use super::super::replica::{Replica, Shared};
    use crate::{Given, Place, RawUnit, Settings, blocks, read, run, understand};

    const INDEX: &str = "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"极差\"\n范围 = [1, 100]\n[汇总]\n方法 = \"算术\"\n一级 = \"几何\"\n[不确定性]\n改变 = { 标准化 = [{ 方法 = \"极差\", 范围 = [1, 100] }, { 方法 = \"极差\", 范围 = [0, 100] }, \"名次\"], 权重 = \"±60 %\", 二级汇总 = [\"算术\", \"几何\", \"调和\"], 汇总 = [\"算术\", \"几何\"] }\n```\n```指标\n| 代号 | 权重 | 方向 | 缺失 |\n|--|--|--|--|\n| A | 2 | | |\n| A1 | 1 | 正向 | |\n| A2 | 3 | 逆向 | |\n| A3 | 1 | 正向 | |\n| B | 1 | | |\n| B1 | 1 | 正向 | 失败 |\n| B2 | 2 | 正向 | |\n```\n";

    #[test]
    fn sums_over_columns_are_what_blocks_give() {
        let standard = read(&blocks(INDEX)).standard;
        let rows: Vec<RawUnit> = (0..12_u32)
            .map(|at| RawUnit {
                id: at.to_string(),
                inputs: ["A1", "A2", "A3", "B1", "B2"]
                    .into_iter()
                    .zip(1_u32..)
                    // Gaps here and there; one unit without a value that it must have, one without a whole family.
                    .filter(|(name, salt)| (at * 7 + salt) % 9 != 0 && !(at == 5 && name.starts_with('A')))
                    .map(|(name, salt)| {
                        let value = (at * 37 + salt * 61) % 101;
                        (name.to_owned(), Given::Text(value.to_string()), Place::default())
                    })
                    .collect(),
                ..RawUnit::default()
            })
            .collect();
        let (units, _) = understand(&standard, &rows);
        let nominal = run(&standard, &units, Settings::default());
        let declared = standard.uncertainty.as_ref().unwrap();
        let shared = || Shared::new(&standard, declared, &units, &nominal, SensitivitySettings::default()).unwrap();
        let (short, mut long) = (shared(), shared());
        long.forget_short_way();
        let (short, long) = (Replica::new(&short), Replica::new(&long));
        let mut state = 9_u64;
        let mut with = 0;
        for _ in 0..500 {
            let point: Vec<f64> = (0..16)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 40) as f64 / 16_777_216.0
                })
                .collect();
            let (one, other) = (short.totals(&point), long.totals(&point));
            for (one, other) in one.iter().zip(&other) {
                let same = (one - other).abs() <= 1e-11 * other.abs() || (one.is_nan() && other.is_nan());
                assert!(same, "{one} {other} at {point:?}");
                with += usize::from(other.is_finite());
            }
        }
        assert!(with > 3_000, "{with}");
    }
}
