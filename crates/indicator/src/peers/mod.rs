//! Joining points over all units of a period at once: what a unit gets hangs on who else is there. Only an index has
//! such a population, so only an index joins like this.

mod average;
mod ideal;
mod pairs;
mod parts;
mod ratio;

use std::collections::BTreeMap;
use std::rc::Rc;

use formula::{Absence, Number, Undefined, Why};
use language::Lang;

pub(crate) use parts::ends;

use crate::day::Period;
use crate::index::Normalise;
use crate::note::Note;
use crate::outcome::Points;
use crate::standard::Standard;
use crate::world::Population;

/// A way to join that looks at all units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Peers {
    /// TOPSIS: how near a unit is to the best of everything, and how far from the worst.
    Topsis,
    /// Copeland: over how many others a unit wins by the majority of the weights, less those that win over it.
    Copeland,
    /// VIKOR: the sum of what a unit is behind the best, and the worst of it; how much the sum counts.
    Vikor(f64),
    /// PROMETHEE II: how much a unit is preferred to the others, less how much they are to it; from so many points fully.
    Promethee(f64),
    /// COPRAS: shares of the sum of all units, beside the best.
    Copras,
    /// MABAC: above or below the border, the geometric mean of all units.
    Mabac,
    /// EDAS: how far above the average, and how far below.
    Edas,
    /// ARAS: shares beside those of the best of everything.
    Aras,
    /// WASPAS: the sum and the product of ratios to the best; how much the sum counts.
    Waspas(f64),
    /// MARCOS: between the worst and the best of everything.
    Marcos,
    /// 灰色关联: likeness to the best of everything; how far likeness reaches.
    Grey(f64),
}

/// Each with its names, as standards write them, and with the figure that may stand behind it.
const NAMES: [(Peers, &[&str]); 11] = [
    (Peers::Topsis, &["TOPSIS", "topsis", "优劣解距离"]),
    (Peers::Copeland, &["Copeland", "copeland", "两两胜负"]),
    (Peers::Vikor(0.5), &["VIKOR", "vikor", "折衷排序"]),
    (Peers::Promethee(0.0), &["PROMETHEE", "promethee", "偏好顺序"]),
    (Peers::Copras, &["COPRAS", "copras", "复杂比例"]),
    (Peers::Mabac, &["MABAC", "mabac", "边界逼近"]),
    (Peers::Edas, &["EDAS", "edas", "平均解距离"]),
    (Peers::Aras, &["ARAS", "aras", "加性比率"]),
    (Peers::Waspas(0.5), &["WASPAS", "waspas", "加权和积"]),
    (Peers::Marcos, &["MARCOS", "marcos", "折衷测度"]),
    (Peers::Grey(0.5), &["灰色关联", "grey", "GRA"]),
];

impl Peers {
    /// Reads `TOPSIS`, `VIKOR`, `VIKOR(0.3)`, `PROMETHEE(20)`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (name, figure) = match text.split_once(['(', '（']) {
            Some((name, rest)) => (name.trim(), Some(rest.trim().strip_suffix([')', '）'])?.trim())),
            None => (text, None),
        };
        let known = NAMES.iter().find(|(_, names)| names.contains(&name));
        let own = known.map(|(own, _)| *own)?;
        let Some(figure) = figure else { return Some(own) };
        let figure: f64 = figure.parse().ok()?;
        match own {
            Self::Vikor(_) if (0.0..=1.0).contains(&figure) => Some(Self::Vikor(figure)),
            Self::Waspas(_) if (0.0..=1.0).contains(&figure) => Some(Self::Waspas(figure)),
            Self::Grey(_) if figure > 0.0 && figure <= 1.0 => Some(Self::Grey(figure)),
            Self::Promethee(_) if figure >= 0.0 && figure.is_finite() => Some(Self::Promethee(figure)),
            _ => None,
        }
    }

    /// As a standard writes it.
    pub(crate) fn name(self, lang: Lang) -> String {
        let same = |other: Self| std::mem::discriminant(&other) == std::mem::discriminant(&self);
        let Some((plain, names)) = NAMES.iter().find(|(other, _)| same(*other)) else {
            return String::new();
        };
        let chinese_alone = matches!(self, Self::Grey(_)) && lang == Lang::En;
        let name = names.get(usize::from(chinese_alone)).copied().unwrap_or_default();
        match self {
            Self::Vikor(figure) | Self::Promethee(figure) | Self::Waspas(figure) | Self::Grey(figure)
                if *plain != self =>
            {
                format!("{name}({figure})")
            }
            _ => name.to_owned(),
        }
    }

    /// Whether it takes ratios, which points below zero have not.
    pub(crate) const fn takes_ratios(self) -> bool {
        matches!(
            self,
            Self::Copras | Self::Edas | Self::Aras | Self::Waspas(_) | Self::Marcos
        )
    }

    /// From 0 to 1, unit by unit. Columns of points with their weights; NaN is left out. NaN where units do not differ
    /// or there is only one.
    pub fn join(self, columns: &[(f64, &[f64])]) -> Vec<f64> {
        match self {
            Self::Topsis => ideal::topsis(columns),
            Self::Copeland => pairs::copeland(columns),
            Self::Vikor(group) => ideal::vikor(columns, group),
            Self::Promethee(full) => pairs::promethee(columns, full),
            Self::Copras => ratio::copras(columns),
            Self::Mabac => average::mabac(columns),
            Self::Edas => average::edas(columns),
            Self::Aras => ratio::aras(columns),
            Self::Waspas(sums) => ratio::waspas(columns, sums),
            Self::Marcos => ratio::marcos(columns),
            Self::Grey(distinguishing) => ideal::grey(columns, distinguishing),
        }
    }
}

/// The points that stand for 0 and 1: the ends to which the index brings its indicators.
pub(crate) fn scale(standard: &Standard) -> (f64, f64) {
    match standard.index.as_ref().map(|rules| &rules.normalise) {
        Some(
            Normalise::MinMax(low, high)
            | Normalise::Goalposts(low, high)
            | Normalise::Vector(low, high)
            | Normalise::Rank(Some((low, high))),
        ) => (*low, *high),
        _ => (0.0, 100.0),
    }
}

/// Points by row, of the units of a period.
pub(crate) type Joined = BTreeMap<usize, Points>;
/// The period, and the indicator into which points were joined.
pub(crate) type Family = (Option<Period>, Option<usize>);

impl Population<'_> {
    /// Joins the points of indicators over all units of the row's period; once for all of them.
    pub(crate) fn among_peers(&self, how: Peers, row: usize, above: Option<usize>, parts: &[usize]) -> Points {
        let period = self.rows.get(row).and_then(|row| row.data.period);
        let family = (period, above);
        let known = self.joined_peers.borrow().get(&family).map(Rc::clone);
        let all = known.unwrap_or_else(|| {
            let all = Rc::new(self.join_period(how, family, parts));
            self.joined_peers.borrow_mut().insert(family, Rc::clone(&all));
            all
        });
        let points = all.get(&row).cloned().unwrap_or_else(Points::none);
        if let Points::Failed(absence) = &points
            && absence.why == Why::Undefined(Undefined::DivisionByZero)
        {
            let code = absence.of.clone().unwrap_or_default();
            self.note(
                row,
                Note::Failed {
                    code,
                    absence: absence.clone(),
                },
            );
        }
        points
    }

    fn join_period(&self, how: Peers, (period, above): Family, parts: &[usize]) -> Joined {
        let mut all = Joined::new();
        let mut columns: Vec<Vec<f64>> = vec![Vec::new(); parts.len()];
        let mut open = Vec::new();
        for (row, state) in self.rows.iter().enumerate() {
            if state.data.period != period {
                continue;
            }
            let points: Vec<Rc<Points>> = parts.iter().map(|part| self.points(row, *part)).collect();
            let absence = |points: &Rc<Points>| points.absence().cloned();
            if let Some(failed) = points.iter().find(|points| matches!(***points, Points::Failed(_))) {
                let failed = absence(failed).map_or_else(Points::none, Points::failed);
                all.insert(row, failed);
            } else if points.iter().all(|points| points.number().is_none()) {
                let dropped = points
                    .last()
                    .and_then(absence)
                    .map_or_else(Points::none, Points::dropped);
                all.insert(row, dropped);
            } else {
                open.push(row);
                for (column, points) in columns.iter_mut().zip(&points) {
                    column.push(points.number().map_or(f64::NAN, Number::to_f64));
                }
            }
        }
        let Some(first) = open.first() else { return all };
        let weighted: Vec<(f64, &[f64])> = parts
            .iter()
            .zip(&columns)
            .map(|(part, column)| (self.weight(*first, *part).to_f64(), column.as_slice()))
            .collect();
        let (low, high) = scale(self.standard);
        let code = above
            .and_then(|above| self.standard.nodes.get(above))
            .map(|rule| rule.code.clone());
        for (row, share) in open.iter().zip(how.join(&weighted)) {
            let points = match Number::approximate(low + (high - low) * share) {
                Some(points) => Points::of(points),
                None => Points::failed(Absence {
                    why: Why::Undefined(Undefined::DivisionByZero),
                    of: Some(code.clone().unwrap_or_default()),
                }),
            };
            all.insert(*row, points);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: &[f64], wanted: &[f64], within: f64) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= within, "{found} {wanted}");
        }
    }

    #[test]
    fn topsis_is_half_for_units_that_mirror_each_other_and_nothing_where_none_differs() {
        let found = Peers::Topsis.join(&[(0.5, &[0.0, 1.0, 1.0]), (0.5, &[1.0, 0.0, 1.0])]);
        close(&found, &[0.5, 0.5, 1.0], 1e-12);
        assert!(
            Peers::Topsis
                .join(&[(1.0, &[0.3, 0.1 + 0.2])])
                .iter()
                .all(|share| share.is_nan())
        );
        assert!(Peers::Topsis.join(&[(1.0, &[7.0])])[0].is_nan());
    }

    #[test]
    fn copeland_counts_who_wins_over_whom() {
        // a wins over b (0.6) and over c (0.6); b over c (0.6); with weights that leave the cycle to the majority.
        let weights = [0.35, 0.25, 0.40];
        let columns: [&[f64]; 3] = [&[3.0, 2.0, 1.0], &[2.0, 1.0, 0.0], &[1.0, 3.0, 2.0]];
        let parts: Vec<(f64, &[f64])> = weights.into_iter().zip(columns).collect();
        close(&Peers::Copeland.join(&parts), &[1.0, 0.5, 0.0], 1e-12);
        // The paradox of Condorcet: each wins once and loses once.
        let cycle: [&[f64]; 3] = [&[3.0, 2.0, 1.0], &[2.0, 1.0, 3.0], &[1.0, 3.0, 2.0]];
        let parts: Vec<(f64, &[f64])> = cycle.into_iter().map(|column| (1.0, column)).collect();
        close(&Peers::Copeland.join(&parts), &[0.5, 0.5, 0.5], 1e-12);
        // A tie is no win; a gap is compared in what both have.
        close(&Peers::Copeland.join(&[(1.0, &[1.0, 1.0])]), &[0.5, 0.5], 1e-12);
        close(
            &Peers::Copeland.join(&[(0.9, &[f64::NAN, 1.0]), (0.1, &[2.0, 1.0])]),
            &[1.0, 0.0],
            1e-12,
        );
    }
}
