//! One way to write each value, so that what was typed, filled into a workbook or sent by a program is the same text.

use formula::{Unit, Value};

use crate::data::{asked_names, expectation, known_name, understood_or};
use crate::fields::TRUTHS;
use crate::finding::Finding;
use crate::given::Given;
use crate::standard::Standard;
use crate::trial::Inputs;

/// Inputs as the standard would write them: numbers in its units, truths by its words, each name once.
///
/// # Errors
/// What cannot be right in them.
///
/// ```
/// use indicator::{Given, Place, blocks, normal, read};
///
/// let text = "```指标\n| 代号 | 单位 | 取数或公式 | 计分 |\n|--|--|--|--|\n| A | % | 填报 | 线性(0→0, 100 %→100) |\n```\n";
/// let standard = read(&blocks(text)).standard;
/// let given = |text: &str| vec![("A".to_owned(), Given::Text(text.to_owned()), Place::default())];
/// for text in ["90.80 %", "90.8", "90.8%"] {
///     assert_eq!(normal(&standard, &given(text)).unwrap()[0].1, Given::Text("90.8 %".to_owned()));
/// }
/// ```
pub fn normal(standard: &Standard, inputs: &Inputs) -> Result<Vec<(String, Given)>, Vec<Finding>> {
    let asked = asked_names(standard);
    let (mut found, mut findings): (Vec<(String, Given)>, Vec<Finding>) = (Vec::new(), Vec::new());
    for (name, given, place) in inputs {
        let canonical = formula::canonical_name(name);
        let Some(name) = known_name(standard, &asked, &canonical) else {
            findings.push(Finding::error(
                "indicator-unused-column",
                place,
                &[("name", &canonical)],
            ));
            continue;
        };
        match understood_or(standard, &name, given, place) {
            Ok(value) => {
                let unit = expectation(standard, &name).0;
                let text = written(&value, &unit, given);
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, own)) => *own = text,
                    None => found.push((name, text)),
                }
            }
            Err(finding) => findings.push(finding),
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if findings.is_empty() { Ok(found) } else { Err(findings) }
}

fn written(value: &Value, unit: &Unit, given: &Given) -> Given {
    match value {
        Value::Quantity(_) => match value.in_unit(unit).and_then(|number| number.decimal()) {
            Some(number) => Given::Text(format!("{number} {}", unit.text()).trim_end().to_owned()),
            None => given.clone(),
        },
        Value::Word(word) => Given::Text(word.clone()),
        Value::Truth(truth) => Given::Text(TRUTHS.get(usize::from(!truth)).copied().unwrap_or_default().to_owned()),
        Value::List(values) => Given::List(values.iter().map(|value| written(value, unit, given)).collect()),
        Value::Absent(_) => given.clone(),
    }
}
