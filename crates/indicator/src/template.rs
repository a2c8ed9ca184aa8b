//! 说明.模板: the standard's own sentence for the points of an indicator.

use formula::{Interval, Number};

use crate::explain::Explanation;
use crate::outcome::NodeResult;
use crate::standard::NodeRule;

/// Fills `{名称}`, `{得分:0.1}`, `{有效权重:%}`, `{公式代入}`, `{条款}` … ; what is not known stays as it is.
pub(crate) fn fill(
    template: &str,
    rule: &NodeRule,
    result: &NodeResult,
    told: &Explanation,
    points: &Number,
) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((field, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let (name, form) = field.split_once(':').unwrap_or((field, ""));
        match value(name, form, rule, result, told, points) {
            Some(text) => out.push_str(&text),
            None => out.push_str(&format!("{{{field}}}")),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn value(
    name: &str,
    form: &str,
    rule: &NodeRule,
    result: &NodeResult,
    told: &Explanation,
    points: &Number,
) -> Option<String> {
    let number = |number: &Number| {
        if form == "%" {
            let hundredfold = number.times(&Number::from(100)).unwrap_or_else(|_| number.clone());
            return format!("{}%", hundredfold.brief(6));
        }
        match Number::parse(form).as_ref().and_then(Interval::new) {
            Some(interval) => interval.round(number).with_places(interval.places()),
            None => number.brief(9),
        }
    };
    Some(match name {
        "代号" | "code" => rule.code.clone(),
        "名称" | "name" => rule.name.clone(),
        "值" | "value" => told.value.clone().unwrap_or_else(|| "—".to_owned()),
        "得分" | "score" => number(points),
        "有效权重" | "权重" | "weight" => number(result.weight.as_ref()?),
        "公式" | "formula" => told.formula.clone().unwrap_or_else(|| "填报".to_owned()),
        "公式代入" | "substituted" => derivation(told),
        "条款" | "clause" => told.clause.clone(),
        _ => return None,
    })
}

/// The formula with its values and its result, and the ladder that scored it.
fn derivation(told: &Explanation) -> String {
    let value = told.value.clone().unwrap_or_default();
    let mut text = match (&told.substituted, value.is_empty()) {
        (Some(substituted), false) => format!("{substituted} = {value}"),
        (Some(substituted), true) => substituted.clone(),
        (None, _) => format!("填报 {value}"),
    };
    if let Some(scoring) = &told.scoring {
        text.push_str(&format!("，{scoring}"));
    }
    text
}
