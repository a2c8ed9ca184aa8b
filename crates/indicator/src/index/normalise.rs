//! Making values comparable: from least to greatest, by deviation, between posts, by length, by rank.

use super::impute::{known, mean};
use super::{Column, IndexRules, Normalise};
use crate::standard::{Direction, NodeRule};

/// Scores of a column; `over` are the values that set the scale.
pub(super) fn column(column: &Column, over: &Column, rules: &IndexRules, rule: &NodeRule) -> Column {
    let falls = rule.direction == Some(Direction::Down);
    let sign = if falls { -1.0 } else { 1.0 };
    let mut over: Vec<f64> = known(over).into_iter().map(|value| value * sign).collect();
    let (least, greatest) = crate::sums::ends(&over);
    // (value − from) ÷ span × stretch + low, held between the ends.
    let (from, span, stretch, low, ends) = match rules.normalise {
        Normalise::MinMax(low, high) => (least, greatest - least, high - low, low, Some((low, high))),
        Normalise::Goalposts(low, high) => {
            // Without posts of its own an indicator has those of the population.
            let (from, to) = match rules.posts.get(&rule.code).copied() {
                Some((lower, upper)) if falls => (-upper, -lower),
                Some(posts) => posts,
                None => (least, greatest),
            };
            (from, to - from, high - low, low, Some((low, high)))
        }
        Normalise::ZScore(centre, width) => {
            let middle = mean(&over).unwrap_or(f64::NAN);
            let sum: f64 = over.iter().map(|other| (other - middle).powi(2)).sum();
            let deviation = (sum / (over.len() as f64 - 1.0)).sqrt();
            (middle, deviation, width, centre, None)
        }
        Normalise::Vector(low, high) => {
            let length = crate::sums::sum(&over, |value| value * value).sqrt();
            let from = if falls { -length } else { 0.0 };
            (from, length, high - low, low, Some((low, high)))
        }
        Normalise::Rank(ends) => return ranks(column, &mut over, sign, ends),
    };
    let ends = ends.filter(|_| rules.clamp);
    column
        .iter()
        .map(|value| {
            let value = value.as_ref()? * sign;
            let score = (value - from) / span * stretch + low;
            Some(ends.map_or(score, |(low, high)| score.clamp(low.min(high), low.max(high))))
        })
        .collect()
}

/// How many of the population lie below, and half of those that lie beside; the least has rank one. Within ends the
/// least has the lower end, the greatest the upper one.
fn ranks(column: &Column, over: &mut [f64], sign: f64, ends: Option<(f64, f64)>) -> Column {
    over.sort_by(f64::total_cmp);
    let last = over.len() as f64 - 1.0;
    let rank = |value: f64| {
        let below = over.partition_point(|other| other.total_cmp(&value).is_lt());
        let upto = over.partition_point(|other| other.total_cmp(&value).is_le());
        let rank = below as f64 + f64::midpoint((upto - below) as f64, 1.0);
        ends.map_or(rank, |(low, high)| low + (high - low) * (rank - 1.0) / last)
    };
    column.iter().map(|value| Some(rank(value.as_ref()? * sign))).collect()
}
