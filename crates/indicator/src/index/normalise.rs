//! Making values comparable: from least to greatest, by deviation, between posts, by rank.

use super::impute::{known, mean};
use super::{Column, IndexRules, Normalise};
use crate::standard::{Direction, NodeRule};

/// Scores of a column; `over` are the values that set the scale.
pub(super) fn column(column: &Column, over: &Column, rules: &IndexRules, rule: &NodeRule) -> Column {
    let falls = rule.direction == Some(Direction::Down);
    let sign = if falls { -1.0 } else { 1.0 };
    let over: Vec<f64> = known(over).into_iter().map(|value| value * sign).collect();
    let least = over.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = over.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let posts = rules.posts.get(&rule.code).copied();
    let scale = |from: f64, to: f64, low: f64, high: f64| {
        move |value: f64| {
            let score = (value - from) / (to - from) * (high - low) + low;
            (score, low.min(high), low.max(high))
        }
    };
    column
        .iter()
        .map(|value| {
            let value = value.as_ref()? * sign;
            let (score, low, high) = match rules.normalise {
                Normalise::MinMax(low, high) => scale(least, greatest, low, high)(value),
                Normalise::Goalposts(low, high) => {
                    // Without posts of its own an indicator has those of the population.
                    let (from, to) = match posts {
                        Some((lower, upper)) if falls => (-upper, -lower),
                        Some(posts) => posts,
                        None => (least, greatest),
                    };
                    scale(from, to, low, high)(value)
                }
                Normalise::ZScore(centre, width) => {
                    let middle = mean(&over)?;
                    let sum: f64 = over.iter().map(|other| (other - middle).powi(2)).sum();
                    let deviation = (sum / (over.len() as f64 - 1.0)).sqrt();
                    (
                        (value - middle) / deviation * width + centre,
                        f64::NEG_INFINITY,
                        f64::INFINITY,
                    )
                }
                Normalise::Rank => {
                    let below = over.iter().filter(|other| **other < value).count() as f64;
                    let same = over.iter().filter(|other| other.total_cmp(&value).is_eq()).count() as f64;
                    (below + f64::midpoint(same, 1.0), f64::NEG_INFINITY, f64::INFINITY)
                }
            };
            Some(if rules.clamp { score.clamp(low, high) } else { score })
        })
        .collect()
}
