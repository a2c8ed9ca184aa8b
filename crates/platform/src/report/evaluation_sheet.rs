//! The indicators of the evaluation sheet in words: name, formula, scale, value.

use super::evaluation::{Indicator, Scale, Value};
use language::{Lang, percent, t};

/// The name of an indicator.
pub fn name(lang: Lang, indicator: &Indicator) -> &str {
    match lang {
        Lang::Zh => &indicator.name.zh,
        Lang::En => indicator.name.en.as_ref().unwrap_or(&indicator.name.zh),
    }
}

/// A value as people read it, rounded once: a share in percent, days, a count.
pub fn shown(lang: Lang, indicator: &Indicator, value: &Value) -> String {
    let Some(exact) = value.value else {
        return t!(lang, "evaluation-no-value");
    };
    match indicator.scale {
        // Rounded once, when it is shown: a thousandth of a share is a tenth of a percent.
        Scale::Share => percent(exact.rounded(3), 1),
        Scale::Days => t!(lang, "evaluation-days", days = exact.rounded(1).normalize()),
        Scale::Count => language::number(exact.rounded(0)),
    }
}

/// The formula of an indicator, in words and signs.
pub fn formula(lang: Lang, indicator: &Indicator) -> &str {
    match lang {
        Lang::Zh => &indicator.formula_zh,
        Lang::En => &indicator.formula,
    }
}

/// How a value becomes points.
pub fn points(lang: Lang, indicator: &Indicator) -> String {
    let (weight, full, none) = (
        indicator.weight,
        indicator.full.unwrap_or_default(),
        indicator.none.unwrap_or_default(),
    );
    match indicator.scale {
        _ if weight == 0 => t!(lang, "evaluation-points-none"),
        Scale::Share => t!(lang, "evaluation-points-share", weight = weight),
        Scale::Count => t!(lang, "evaluation-points-count", weight = weight, full = full),
        Scale::Days => t!(
            lang,
            "evaluation-points-days",
            weight = weight,
            full = full,
            none = none
        ),
    }
}
