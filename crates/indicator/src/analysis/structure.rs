//! Which indicators go together.

use serde::Serialize;

use super::{Columns, LOOSE, REPEATS, WEAK};
use crate::standard::Standard;
use crate::weighing::{correlations, cronbach_alpha, eigenvalues};

/// Indicators that are joined into one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The code of the one into which they are joined; `总分`: the total.
    pub code: String,
    /// Units that have all of them.
    pub units: usize,
    /// Cronbach's alpha; none of fewer than two indicators, or of units that do not differ.
    pub alpha: Option<f64>,
    /// Eigenvalues of their correlations, the greatest first; their sum is their number.
    pub eigenvalues: Vec<f64>,
    /// Whether they are hardly of one kind (alpha below 0.7).
    pub loose: bool,
}

/// Two siblings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Pearson's correlation over the units that have both; none where they do not vary.
    pub r: Option<f64>,
    /// Whether one says nothing new beside the other (0.92 and more).
    pub repeats: bool,
    /// Whether they pull against each other (−0.3 and less).
    pub against: bool,
}

pub(super) fn groups(standard: &Standard, columns: &Columns) -> Vec<Group> {
    let top: Vec<usize> = standard.top().collect();
    let inner = standard.nodes.iter().filter(|node| !node.children.is_empty());
    let inner = inner.map(|node| (node.code.as_str(), node.children.as_slice()));
    std::iter::once(("总分", top.as_slice()))
        .chain(inner)
        .map(|(code, parts)| group(code, parts, columns))
        .collect()
}

fn group(code: &str, parts: &[usize], columns: &Columns) -> Group {
    let whole = complete(&parts.iter().map(|part| columns.node(*part)).collect::<Vec<_>>());
    let units = whole.first().map_or(0, Vec::len);
    let varied = units > 2 && whole.len() > 1;
    let alpha = varied.then(|| cronbach_alpha(&whole)).flatten();
    Group {
        code: code.to_owned(),
        units,
        alpha,
        eigenvalues: if varied {
            eigenvalues(&correlations(&whole))
        } else {
            Vec::new()
        },
        loose: alpha.is_some_and(|alpha| alpha < LOOSE),
    }
}

pub(super) fn pairs(standard: &Standard, columns: &Columns) -> Vec<Pair> {
    let top: Vec<usize> = standard.top().collect();
    let inner = standard.nodes.iter().map(|node| node.children.as_slice());
    let code = |node: usize| {
        standard
            .nodes
            .get(node)
            .map(|node| node.code.clone())
            .unwrap_or_default()
    };
    std::iter::once(top.as_slice())
        .chain(inner)
        .flat_map(|siblings| {
            let first = siblings.iter().enumerate();
            first.flat_map(move |(at, a)| siblings.iter().skip(at + 1).map(move |b| (*a, *b)))
        })
        .map(|(a, b)| {
            let r = correlation(columns.node(a), columns.node(b));
            Pair {
                a: code(a),
                b: code(b),
                r,
                repeats: r.is_some_and(|r| r >= REPEATS),
                against: r.is_some_and(|r| r <= -WEAK),
            }
        })
        .collect()
}

/// Pearson's correlation over the units that have both.
pub(super) fn correlation(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let whole = complete(&[a, b]);
    let varies = |column: &Vec<f64>| column.iter().any(|value| value.to_bits() != column[0].to_bits());
    if whole.first().map_or(0, Vec::len) < 3 || !whole.iter().all(varies) {
        return None;
    }
    correlations(&whole).first()?.get(1).copied()
}

/// The columns over the units that have all of them.
fn complete(columns: &[&[Option<f64>]]) -> Vec<Vec<f64>> {
    let units = columns.first().map_or(0, |column| column.len());
    let has_all = |unit: &usize| {
        columns
            .iter()
            .all(|column| column.get(*unit).is_some_and(Option::is_some))
    };
    let kept: Vec<usize> = (0..units).filter(has_all).collect();
    let column = |column: &&[Option<f64>]| {
        kept.iter()
            .filter_map(|unit| column.get(*unit).copied().flatten())
            .collect()
    };
    columns.iter().map(column).collect()
}
