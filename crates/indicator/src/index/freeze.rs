//! Goalposts kept for later years (目标值): the least and the greatest of a period, so that scores of another year stand
//! on the same scale.

use std::fmt::Write as _;

use super::{Raw, Treatment, impute};
use crate::data::UnitData;
use crate::finding::Finding;
use crate::run::Settings;
use crate::standard::Standard;
use crate::world::Population;

/// The rules that freeze an index at its base year, else at the latest period of the data: `[目标值]`, to be put into the
/// standard with 方法 = "目标柱". Where outliers were treated, the posts are those of the treated values and the treatment
/// goes with them.
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
    for (node, mut column) in raw.filled(rules, period) {
        let Some(rule) = standard.nodes.get(node) else { continue };
        let treatment = match rules.kept.get(&rule.code) {
            Some(kept) => *kept,
            None if rules.treat => Treatment::of(&impute::known(&column)),
            None => Treatment::None,
        };
        treatment.apply(&mut column);
        let (low, high) = crate::sums::ends(&impute::known(&column));
        if low < high {
            let posts = format!("[{low}, {high}]");
            let _ = writeln!(text, "\"{}\" = {}", rule.code, with_treatment(&posts, treatment));
        }
    }
    Ok(text)
}

fn with_treatment(posts: &str, treatment: Treatment) -> String {
    match treatment {
        Treatment::None => posts.to_owned(),
        Treatment::Logarithm { least, shift } => format!("{{ 柱 = {posts}, 对数 = [{least}, {shift}] }}"),
        Treatment::Drawn { low, high } => {
            let end = |name: &str, end: Option<f64>| end.map_or_else(String::new, |end| format!(", {name} = {end}"));
            format!("{{ 柱 = {posts}{}{} }}", end("不低于", low), end("不高于", high))
        }
    }
}
