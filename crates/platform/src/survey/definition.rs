//! What a survey asks: measures, classifications, the rule of disclosure; and how people type them. Pure.

use super::period::Frequency;
use crate::{
    bilingual::{Bilingual, Origin},
    refusal::{Fault, Refusal, Result},
};
use formula::Number;
use indicator::disclosure::{Dominance, Rule};
use serde::{Deserialize, Serialize};

/// Most measures, classifications, and values of one.
const MOST: (usize, usize, usize) = (60, 6, 60);
/// Longest code, and longest name, in characters.
const LONGEST: (usize, usize) = (24, 60);

/// A quantity that units report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The code by which rows and series name it; the same code in two definitions is the same series.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The unit of measurement; empty where it has none.
    #[serde(default)]
    pub unit: String,
    /// Whether it may be negative: then less can be deduced of it.
    #[serde(default)]
    pub may_be_negative: bool,
}

/// A value of a classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassValue {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}

/// A classification of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The values among which each unit has one.
    pub values: Vec<ClassValue>,
}

/// When a total is suppressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrecy {
    /// A total needs so many units.
    pub least: u32,
    /// p%: nearer than so much of a hundred nobody may work out the largest unit of a total.
    pub percent: u32,
}

impl Default for Secrecy {
    fn default() -> Self {
        Self { least: 3, percent: 10 }
    }
}

impl Secrecy {
    /// The rule for a measure.
    pub fn rule(&self, measure: &Measure) -> Rule {
        Rule {
            least: self.least as usize,
            dominance: Some(Dominance::Near {
                percent: Number::from(i64::from(self.percent)),
            }),
            width: Number::from(i64::from(self.percent)),
            never_negative: !measure.may_be_negative,
        }
    }
}

/// What a survey asks from a period on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// How often.
    pub frequency: Frequency,
    /// The first period for which it is asked.
    #[serde(rename = "first_period")]
    pub from: String,
    /// Its measures.
    pub measures: Vec<Measure>,
    /// Its classifications.
    pub classes: Vec<Class>,
    /// When a total is suppressed.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// What is new in it, or how it is meant.
    #[serde(default)]
    pub note: String,
}

impl Definition {
    /// The measure of a code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code == code)
    }

    /// The classification of a code.
    pub fn class(&self, code: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.code == code)
    }
}

/// A definition as people type it: a line for each measure and classification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Typed {
    /// `year`, `quarter`, `month`.
    #[serde(default)]
    pub frequency: String,
    /// The first period.
    #[serde(default)]
    pub from: String,
    /// `code | name | unit | English name | negative`, a line each; all after the name may be left out.
    #[serde(default)]
    pub measures: String,
    /// `code | name | value; value=English; … | English name`, a line each.
    #[serde(default)]
    pub classes: String,
    /// The least number of units in a total; 3 where empty.
    #[serde(default)]
    pub least: String,
    /// The p of p%; 10 where empty.
    #[serde(default)]
    pub percent: String,
    /// What is new in it.
    #[serde(default)]
    pub note: String,
}

impl Typed {
    /// A definition as one would type it again.
    pub fn of(definition: &Definition) -> Self {
        let english = |name: &Bilingual| name.en.clone().unwrap_or_default();
        let measure = |m: &Measure| {
            let negative = if m.may_be_negative { "-" } else { "" };
            let line = format!(
                "{} | {} | {} | {} | {negative}",
                m.code,
                m.name.zh,
                m.unit,
                english(&m.name)
            );
            line.trim_end_matches([' ', '|']).to_owned()
        };
        let class = |c: &Class| {
            let values: Vec<String> = c
                .values
                .iter()
                .map(|value| match &value.name.en {
                    Some(en) => format!("{}={en}", value.name.zh),
                    None => value.name.zh.clone(),
                })
                .collect();
            let line = format!(
                "{} | {} | {} | {}",
                c.code,
                c.name.zh,
                values.join("; "),
                english(&c.name)
            );
            line.trim_end_matches([' ', '|']).to_owned()
        };
        Self {
            frequency: definition.frequency.id().to_owned(),
            from: definition.from.clone(),
            measures: definition.measures.iter().map(measure).collect::<Vec<_>>().join("\n"),
            classes: definition.classes.iter().map(class).collect::<Vec<_>>().join("\n"),
            least: definition.secrecy.least.to_string(),
            percent: definition.secrecy.percent.to_string(),
            note: definition.note.clone(),
        }
    }

    /// The definition that is meant.
    ///
    /// # Errors
    /// A [`Refusal`] `survey/definition` with all that is wrong.
    pub fn read(&self) -> Result<Definition> {
        let mut faults = Faults::default();
        let frequency = Frequency::parse(self.frequency.trim());
        let from = frequency.and_then(|frequency| frequency.period(&self.from));
        if frequency.is_none() {
            faults.add("frequency", "fault-required", "");
        } else if from.is_none() {
            faults.add("from", "fault-survey-period", &self.from);
        }
        let measures: Vec<Measure> = lines(&self.measures)
            .filter_map(|fields| measure(&fields, &mut faults))
            .collect();
        let classes: Vec<Class> = lines(&self.classes)
            .filter_map(|fields| class(&fields, &mut faults))
            .collect();
        if measures.is_empty() || measures.len() > MOST.0 {
            faults.add("measures", "fault-survey-measures", "");
        }
        if classes.len() > MOST.1 {
            faults.add("classes", "fault-survey-classes", "");
        }
        let mut codes: Vec<&str> = measures.iter().map(|m| m.code.as_str()).collect();
        codes.extend(classes.iter().map(|c| c.code.as_str()));
        codes.sort_unstable();
        if let Some(twice) = codes.windows(2).find(|pair| pair[0] == pair[1]) {
            faults.add("measures", "fault-survey-twice", twice[0]);
        }
        let least = faults.number("least", &self.least, 3..=100, Secrecy::default().least);
        let percent = faults.number("percent", &self.percent, 1..=100, Secrecy::default().percent);
        if self.note.chars().count() > crate::obligation::check::LONGEST_NOTE {
            faults.add("note", "fault-too-long", "");
        }
        let (Some(frequency), Some(from), true) = (frequency, from, faults.0.is_empty()) else {
            let mut refusal = Refusal::wrong("survey/definition");
            refusal.faults = faults.0;
            return Err(refusal.into());
        };
        Ok(Definition {
            frequency,
            from,
            measures,
            classes,
            secrecy: Secrecy { least, percent },
            note: self.note.trim().to_owned(),
        })
    }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &'static str, fault: &'static str, found: &str) {
        let found: String = found.chars().take(60).collect();
        self.0.push(Fault {
            field,
            fault,
            with: vec![("found", found)],
        });
    }

    fn number(&mut self, field: &'static str, text: &str, range: std::ops::RangeInclusive<u32>, usual: u32) -> u32 {
        match text.trim() {
            "" => usual,
            text => match text.parse::<u32>().ok().filter(|number| range.contains(number)) {
                Some(number) => number,
                None => {
                    self.add(field, "fault-survey-number", text);
                    usual
                }
            },
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let fields = line.split(['|', '｜']);
        fields.map(|field| field.trim().to_owned()).collect()
    })
}

fn named(zh: &str, en: Option<&str>) -> Bilingual {
    let en = en.map(str::trim).filter(|en| !en.is_empty()).map(str::to_owned);
    Bilingual {
        zh: zh.to_owned(),
        en_origin: if en.is_some() { Origin::Person } else { Origin::None },
        en,
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= LONGEST.0
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST.1 && !text.chars().any(char::is_control)
}

fn measure(fields: &[String], faults: &mut Faults) -> Option<Measure> {
    let at = |index: usize| fields.get(index).map_or("", String::as_str);
    if fields.len() > 5 || !is_code(at(0)) || !is_name(at(1)) || at(2).chars().count() > LONGEST.0 {
        faults.add("measures", "fault-survey-line", &fields.join(" | "));
        return None;
    }
    Some(Measure {
        code: at(0).to_owned(),
        name: named(at(1), Some(at(3))),
        unit: at(2).to_owned(),
        may_be_negative: !at(4).is_empty(),
    })
}

fn class(fields: &[String], faults: &mut Faults) -> Option<Class> {
    let at = |index: usize| fields.get(index).map_or("", String::as_str);
    let values: Vec<ClassValue> = at(2)
        .split([';', '；'])
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(|value| {
            let (zh, en) = value
                .split_once('=')
                .map_or((value, None), |(zh, en)| (zh.trim(), Some(en)));
            ClassValue {
                code: zh.to_owned(),
                name: named(zh, en),
            }
        })
        .collect();
    let mut codes: Vec<&str> = values.iter().map(|value| value.code.as_str()).collect();
    codes.sort_unstable();
    let twice = codes.windows(2).any(|pair| pair[0] == pair[1]);
    let sound = fields.len() <= 4 && is_code(at(0)) && is_name(at(1)) && (2..=MOST.2).contains(&values.len());
    if !sound || twice || !values.iter().all(|value| is_name(&value.name.zh)) {
        faults.add("classes", "fault-survey-line", &fields.join(" | "));
        return None;
    }
    Some(Class {
        code: at(0).to_owned(),
        name: named(at(1), Some(at(3))),
        values,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::refusal::Error;

    fn typed() -> Typed {
        Typed {
            frequency: "year".to_owned(),
            from: "2025".to_owned(),
            measures: "revenue | 营业收入 | 万元 | Revenue\nprofit｜利润总额｜万元｜｜可负".to_owned(),
            classes: "branch | 行业 | 批发=Wholesale; 零售; 物流 | Industry".to_owned(),
            ..Typed::default()
        }
    }

    #[test]
    fn a_definition_is_read_from_lines_and_typed_again_as_it_was() {
        let definition = typed().read().unwrap();
        assert_eq!(
            definition.measure("revenue").unwrap().name.en.as_deref(),
            Some("Revenue")
        );
        assert!(definition.measure("profit").unwrap().may_be_negative);
        assert_eq!(definition.class("branch").unwrap().values.len(), 3);
        assert_eq!(definition.secrecy, Secrecy { least: 3, percent: 10 });
        assert_eq!(Typed::of(&definition).read().unwrap(), definition);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_by_its_field() {
        let wrong = Typed {
            from: "2025Q1".to_owned(),
            measures: "re venue | 营业收入".to_owned(),
            classes: "branch | 行业 | 批发".to_owned(),
            least: "2".to_owned(),
            ..typed()
        };
        let Err(Error::Refused(refusal)) = wrong.read() else {
            unreachable!("it is wrong")
        };
        let fields: Vec<&str> = refusal.faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["from", "measures", "classes", "measures", "least"]);
    }

    #[test]
    fn a_code_stands_for_one_thing() {
        let twice = Typed {
            measures: "a | 甲\na | 乙".to_owned(),
            classes: String::new(),
            ..typed()
        };
        assert!(twice.read().is_err());
    }
}
