//! Goalposts kept for later years (目标值): the least and the greatest of a period, so that scores of another year stand
//! on the same scale.

use std::fmt::Write as _;

use super::{Raw, impute, treat};
use crate::data::UnitData;
use crate::finding::Finding;
use crate::run::Settings;
use crate::standard::Standard;
use crate::world::Population;

/// The rules that freeze an index at its base year, else at the latest period of the data: `[目标值]`, to be put into the
/// standard with 方法 = "目标柱". An indicator whose values were treated for outliers has no posts of its own and is an
/// error.
pub fn frozen(standard: &Standard, units: &[UnitData], settings: Settings) -> Result<String, Vec<Finding>> {
    let Some(rules) = &standard.index else {
        let place = crate::Place::default();
        return Err(vec![Finding::error("indicator-freeze-no-index", &place, &[])]);
    };
    let population = Population::new(standard, units, settings.at);
    let latest = units.iter().map(|unit| unit.period).max().flatten();
    let period = rules.base.or(latest);
    let raw = Raw::of(&population, std::slice::from_ref(rules), |_| true);
    let mut text = String::from("[目标值]");
    if let Some(period) = period {
        let _ = write!(text, " # {period}");
    }
    text.push('\n');
    let mut errors = Vec::new();
    for (node, mut column) in raw.filled(rules, period) {
        let Some(rule) = standard.nodes.get(node) else { continue };
        let before = column.clone();
        if rules.treat {
            treat::skewed(&mut column);
        }
        let known = impute::known(&column);
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if column != before {
            errors.push(Finding::error(
                "indicator-freeze-treated",
                &rule.place,
                &[("code", &rule.code)],
            ));
        } else if low < high {
            let _ = writeln!(text, "\"{}\" = [{low}, {high}]", rule.code);
        }
    }
    if errors.is_empty() { Ok(text) } else { Err(errors) }
}
