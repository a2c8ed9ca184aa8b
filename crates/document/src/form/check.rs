//! What a filled form lacks, and what in it cannot be.

use super::amount::Amount;
use super::definition::{Field, Form, Kind, Layout, Page, Part, Rule, When};
use super::filled::{Filled, Row, as_count, is_empty};
use crate::finding::{Message, Severity, message};
use crate::model::{TextLanguage, Words};
use crate::resolve::resolve;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// What is wrong at one place of a filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFinding {
    /// Which rule: `FRM-01` ….
    pub rule: &'static str,
    /// How much it weighs: what rests on a text that was not read only warns.
    pub severity: Severity,
    /// The value: `sent`, `opinions[3].reason`, rows from 1.
    pub place: String,
    /// What is wrong, and how to mend it.
    pub message: Message,
}

/// Checks a filled form against its form.
///
/// ```
/// use document::form::{Filled, check, shipped};
///
/// let forms = shipped().unwrap();
/// let form = forms.iter().find(|form| form.id == "F3").unwrap();
/// let filled = Filled::from_json("{\"sent\": 40, \"replied\": 30, \"silent\": 9}").unwrap();
/// let found = check(form, &filled);
/// assert!(found.iter().any(|finding| finding.rule == "FRM-06" && finding.place == "sent"));
/// ```
pub fn check(form: &Form, filled: &Filled) -> Vec<FormFinding> {
    let mut checker = Checker {
        form,
        filled,
        found: Vec::new(),
        footnotes: Vec::new(),
    };
    checker.whole();
    checker.found
}

struct Checker<'a> {
    form: &'a Form,
    filled: &'a Filled,
    found: Vec<FormFinding>,
    /// Names of footnotes in the running texts so far.
    footnotes: Vec<String>,
}

/// A field at its place.
struct At<'a> {
    field: &'a Field,
    /// The fields beside it in its row.
    columns: &'a [Field],
    row: Row<'a>,
    place: String,
    label: Words,
}

impl Checker<'_> {
    fn say(&mut self, rule: &'static str, severity: Severity, place: &str, message: Message) {
        self.found.push(FormFinding {
            rule,
            severity,
            place: place.to_owned(),
            message,
        });
    }

    fn whole(&mut self) {
        if let Some(other) = self.filled.form().filter(|id| *id != self.form.id) {
            let message = message!("form-other", form = &self.form.id, other = other);
            self.say("FRM-03", Severity::Error, "form", message);
        }
        for part in &self.form.parts {
            if part.layout == Layout::Table {
                self.table(part);
                continue;
            }
            for field in part.fields.iter().filter(|field| self.filled.shows(self.form, field)) {
                self.field(&At {
                    field,
                    columns: &[],
                    row: None,
                    place: field.name.clone(),
                    label: field.label(part),
                });
            }
        }
        for key in self.filled.0.keys() {
            if key != "form" && self.form.field(key).is_none() && self.form.table(key).is_none() {
                self.unknown(key, key);
            }
        }
        for rule in &self.form.rules {
            self.rule(rule);
        }
        if self.form.page == Page::Report {
            self.references();
        }
    }

    /// References of running text to what no field has.
    fn references(&mut self) {
        let report = super::document(self.form, self.filled, TextLanguage::Zh);
        for finding in resolve(&report).findings {
            self.say("FRM-08", Severity::Error, "", finding.message);
        }
    }

    fn unknown(&mut self, place: &str, name: &str) {
        let message = message!("form-unknown", name = name, form = &self.form.id);
        self.say("FRM-03", Severity::Error, place, message);
    }

    fn table(&mut self, part: &Part) {
        let title = Words::new(&part.zh, &part.en);
        let severity = self.severity(part.fields.first());
        match self.filled.0.get(&part.name).filter(|value| !is_empty(value)) {
            None if part.optional => {}
            None => self.say("FRM-01", severity, &part.name, message!("form-no-rows", label = title)),
            Some(Value::Array(rows)) => {
                for (index, row) in rows.iter().enumerate() {
                    let place = format!("{}[{}]", part.name, index + 1);
                    match row {
                        Value::Object(row) => self.row(part, index, row, &place),
                        _ => self.say(
                            "FRM-04",
                            Severity::Error,
                            &place,
                            message!("form-no-row", label = &title),
                        ),
                    }
                }
            }
            Some(_) => self.say(
                "FRM-04",
                Severity::Error,
                &part.name,
                message!("form-no-row", label = &title),
            ),
        }
    }

    fn row(&mut self, part: &Part, index: usize, row: &Map<String, Value>, place: &str) {
        for field in &part.fields {
            let at = At {
                field,
                columns: &part.fields,
                row: Some(row),
                place: format!("{place}.{}", field.name),
                label: Words {
                    zh: format!("{}第{}行“{}”", part.zh, index + 1, field.zh),
                    en: format!("{}, row {}, “{}”", part.en, index + 1, field.en),
                },
            };
            if field.kind == Kind::Turn {
                let said = row.get(&field.name).filter(|value| !is_empty(value));
                if said.is_some_and(|said| as_count(said) != Some(index as u64 + 1)) {
                    let message = message!("form-turn", label = &at.label, number = index + 1);
                    self.say("FRM-07", Severity::Error, &at.place, message);
                }
            } else {
                self.field(&at);
            }
        }
        for key in row.keys() {
            if !part.fields.iter().any(|field| field.name == *key) {
                self.unknown(&format!("{place}.{key}"), key);
            }
        }
    }

    /// What an unread text demands only warns.
    fn severity(&self, field: Option<&Field>) -> Severity {
        if field.is_some_and(|field| self.form.verified(field)) {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    fn field(&mut self, at: &At<'_>) {
        let field = at.field;
        let Some(value) = self.filled.value(&field.name, at.row) else {
            self.missing(at);
            return;
        };
        let sound = match field.kind {
            Kind::Text | Kind::Prose | Kind::Signature => value.is_string() || value.is_number(),
            Kind::Date => date(value).is_some(),
            Kind::Count | Kind::Turn => as_count(value).is_some(),
            Kind::Number => value.is_number() || value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok()),
            Kind::Flag => value.is_boolean(),
            Kind::Choice | Kind::Choices => {
                self.chosen(at, value);
                return;
            }
            Kind::Tally => {
                let counted = self.filled.tally(self.form, field);
                if as_count(value) != Some(counted) {
                    let message = message!("form-tally", label = &at.label, counted = counted.to_string());
                    self.say("FRM-06", Severity::Error, &at.place, message);
                }
                return;
            }
        };
        if !sound {
            let message = match field.kind {
                Kind::Date => message!("form-no-date", label = &at.label),
                Kind::Count | Kind::Turn => message!("form-no-count", label = &at.label),
                Kind::Number => message!("form-no-number", label = &at.label),
                Kind::Flag => message!("form-no-flag", label = &at.label),
                _ => message!("form-no-text", label = &at.label),
            };
            self.say("FRM-04", Severity::Error, &at.place, message);
        } else if field.kind == Kind::Prose {
            self.prose(at, value);
        }
    }

    fn missing(&mut self, at: &At<'_>) {
        let severity = self.severity(Some(at.field));
        if at.field.required {
            self.say(
                "FRM-01",
                severity,
                &at.place,
                message!("form-missing", label = &at.label),
            );
            return;
        }
        let when = at.field.required_when.as_ref();
        let Some(when) = when.filter(|when| self.filled.holds(when, self.form, at.columns, at.row)) else {
            return;
        };
        let (other, said) = self.condition(at, when);
        let message = message!("form-missing-when", label = &at.label, other = other, said = said);
        self.say("FRM-02", severity, &at.place, message);
    }

    /// The other field of a condition, and what stands there.
    fn condition(&self, at: &At<'_>, when: &When) -> (Words, Words) {
        let column = at.columns.iter().find(|field| field.name == when.field);
        let asked = column.or_else(|| self.form.field(&when.field));
        let other = asked.map(|field| Words::new(&field.zh, &field.en)).unwrap_or_default();
        let word = self.filled.value(&when.field, at.row.filter(|_| column.is_some()));
        let said = match word {
            Some(Value::Bool(true)) => Words::new("是", "yes"),
            Some(Value::Bool(false)) => Words::new("否", "no"),
            word => {
                let word = word.and_then(Value::as_str).unwrap_or_default();
                let choice = asked.and_then(|field| field.choice(word.trim()));
                choice.map_or_else(|| Words::new(word, word), |choice| Words::new(&choice.zh, &choice.en))
            }
        };
        (other, said)
    }

    fn chosen(&mut self, at: &At<'_>, value: &Value) {
        let words: Vec<&Value> = match value {
            Value::Array(values) => values.iter().collect(),
            value => vec![value],
        };
        if at.field.kind == Kind::Choice && words.len() > 1 {
            self.say(
                "FRM-05",
                Severity::Error,
                &at.place,
                message!("form-one-only", label = &at.label),
            );
            return;
        }
        for word in words {
            let known = word.as_str().is_some_and(|word| at.field.choice(word.trim()).is_some());
            if known {
                continue;
            }
            let said = word.as_str().map_or_else(|| word.to_string(), str::to_owned);
            let list = |of: fn(&super::Choice) -> &str, between: &str| {
                let words: Vec<&str> = at.field.choices.iter().map(of).collect();
                words.join(between)
            };
            let choices = Words {
                zh: list(|choice| &choice.zh, "、"),
                en: list(|choice| &choice.name, ", "),
            };
            let message = message!("form-no-choice", label = &at.label, said = said, choices = choices);
            self.say("FRM-04", Severity::Error, &at.place, message);
        }
    }

    /// Errors of the dialect in a running text.
    fn prose(&mut self, at: &At<'_>, value: &Value) {
        let text = value.as_str().unwrap_or_default();
        let read = super::prose::read(text);
        for finding in read.findings {
            if finding.severity == Severity::Error {
                self.say("FRM-08", Severity::Error, &at.place, finding.message);
            }
        }
        // Footnotes are those of the whole report.
        for note in read.footnotes {
            if self.footnotes.contains(&note.label) {
                let message = message!("doc-repeated-id", id = note.label.as_str());
                self.say("FRM-08", Severity::Error, &at.place, message);
            }
            self.footnotes.push(note.label);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Sum { total, of } => {
                let Some(whole) = self.amount(total) else { return };
                let parts: Option<Vec<(Words, Amount)>> = of.iter().map(|name| self.amount(name)).collect();
                let Some(parts) = parts else { return };
                let sum = parts
                    .iter()
                    .fold(Amount::count(0), |sum, (_, amount)| sum.plus(*amount));
                if whole.1 == sum {
                    return;
                }
                let list = |of: fn(&Words) -> &str| {
                    let parts: Vec<String> = parts
                        .iter()
                        .map(|(label, count)| format!("{} {count}", of(label)))
                        .collect();
                    parts.join(" + ")
                };
                let parts = Words {
                    zh: list(|label| &label.zh),
                    en: list(|label| &label.en),
                };
                let message = message!(
                    "form-sum",
                    label = &whole.0,
                    said = whole.1.to_string(),
                    parts = parts,
                    sum = sum.to_string()
                );
                self.say("FRM-06", Severity::Error, total, message);
            }
            Rule::AtMost { value, limit } => {
                let (Some(value_is), Some(limit_is)) = (self.amount(value), self.amount(limit)) else {
                    return;
                };
                if value_is.1 > limit_is.1 {
                    let message = message!(
                        "form-at-most",
                        label = &value_is.0,
                        said = value_is.1.to_string(),
                        other = &limit_is.0,
                        limit = limit_is.1.to_string()
                    );
                    self.say("FRM-06", Severity::Error, value, message);
                }
            }
            Rule::NotBefore { later, earlier } => {
                let day = |name: &str| {
                    let field = self.form.field(name)?;
                    let day = date(self.filled.value(name, None)?)?;
                    Some((Words::new(&field.zh, &field.en), day))
                };
                let (Some(second), Some(first)) = (day(later), day(earlier)) else {
                    return;
                };
                if second.1 < first.1 {
                    let message = message!(
                        "form-before",
                        label = &second.0,
                        said = second.1.to_string(),
                        other = &first.0,
                        day = first.1.to_string()
                    );
                    self.say("FRM-06", Severity::Error, later, message);
                }
            }
        }
    }

    /// An amount and its label, where it is filled.
    fn amount(&self, name: &str) -> Option<(Words, Amount)> {
        let field = self.form.field(name)?;
        let amount = self.filled.amount(self.form, field)?;
        Some((Words::new(&field.zh, &field.en), amount))
    }
}

/// A day written `2026-03-01`.
pub(super) fn date(value: &Value) -> Option<Date> {
    value.as_str()?.trim().parse().ok()
}
