//! What stands behind the results of a run: which indicators repeat or contradict each other, whether those that stand
//! together measure one thing, how much each decides, and where units are going. Steps 4 and 8 of the handbook.
//!
//! OECD, JRC: Handbook on Constructing Composite Indicators, 2008; the limits of correlations are those of the JRC's COIN
//! Tool (0.3 and 0.92).

mod influence;
mod structure;
mod trend;

use serde::Serialize;

pub use influence::{Influence, Removed};
pub use structure::{Group, Pair};
pub use trend::Trend;

use crate::columns::WideSettings;
use crate::data::UnitData;
use crate::day::Period;
use crate::outcome::{Points, UnitResult};
use crate::standard::Standard;

/// Correlation of siblings from which on one of them says nothing new.
pub const REPEATS: f64 = 0.92;
/// Correlation with what it is joined into below which an indicator hardly decides; below its negative it works against.
pub const WEAK: f64 = 0.3;
/// Cronbach's alpha below which indicators are not taken to measure one thing (Nunnally 1978).
pub const LOOSE: f64 = 0.7;

/// What stands behind the results of one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// The latest period of the data.
    pub period: Option<String>,
    /// Units with a total in it.
    pub units: usize,
    /// Indicators that are joined, the total first.
    pub groups: Vec<Group>,
    /// Every two siblings.
    pub pairs: Vec<Pair>,
    /// Every indicator.
    pub indicators: Vec<Influence>,
    /// Where units are going, of those with totals in several periods.
    pub trends: Vec<Trend>,
}

/// Analyses the results of a run over the same units.
pub fn analysis(standard: &Standard, units: &[UnitData], results: &[UnitResult], settings: WideSettings) -> Analysis {
    let period = results.iter().filter_map(|result| result.period).max();
    let rows: Vec<&UnitResult> = results
        .iter()
        .filter(|result| result.period == period && result.total.is_some())
        .collect();
    let columns = Columns::of(standard, &rows);
    Analysis {
        period: period.map(|period| period.to_string()),
        units: rows.len(),
        groups: structure::groups(standard, &columns),
        pairs: structure::pairs(standard, &columns),
        indicators: influence::of_each(standard, &columns, (units, period), settings),
        trends: trend::of_units(results),
    }
}

/// Points by indicator and unit; a gap is `None`.
struct Columns {
    of_node: Vec<Vec<Option<f64>>>,
    total: Vec<Option<f64>>,
}

impl Columns {
    fn of(standard: &Standard, rows: &[&UnitResult]) -> Self {
        let column = |node: usize| {
            let points = |row: &&UnitResult| {
                let node = row.nodes.get(node)?;
                Some(node.points.as_ref().and_then(Points::number)?.to_f64())
            };
            rows.iter().map(points).collect()
        };
        Self {
            of_node: (0..standard.nodes.len()).map(column).collect(),
            total: rows
                .iter()
                .map(|row| row.total.as_ref().map(formula::Number::to_f64))
                .collect(),
        }
    }

    fn node(&self, node: usize) -> &[Option<f64>] {
        self.of_node.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// What indicators are joined into: the one above, or the total.
    fn above(&self, node: Option<usize>) -> &[Option<f64>] {
        node.map_or(self.total.as_slice(), |node| self.node(node))
    }
}

/// Which period is analysed, with the units of the run.
type Over<'a> = (&'a [UnitData], Option<Period>);
