//! What a field says on paper: its value, what is to be ticked, or room for a hand.

use super::definition::{Field, Kind};
use super::filled::Row;
use super::paper::Writer;
use crate::model::{Inline, InlineKind, TextLanguage};
use serde_json::Value;

impl Writer<'_> {
    /// What a field says, as it is printed.
    pub(super) fn shown(&self, field: &Field, row: Row<'_>) -> Option<String> {
        if field.kind == Kind::Tally {
            return (!self.filled.0.is_empty()).then(|| self.filled.tally(self.form, field).to_string());
        }
        let value = self.filled.value(&field.name, row)?;
        let one = |value: &Value| match value {
            Value::String(text) => {
                let text = text.trim();
                let choice = field.choice(text);
                match (choice, self.language) {
                    (Some(choice), TextLanguage::Zh) => choice.zh.clone(),
                    (Some(choice), TextLanguage::En) => choice.en.clone(),
                    (None, _) => text.to_owned(),
                }
            }
            Value::Bool(flag) => self.flag(*flag).to_owned(),
            value => value.to_string(),
        };
        Some(match value {
            Value::Array(values) => {
                let words: Vec<String> = values.iter().map(one).collect();
                words.join(match self.language {
                    TextLanguage::Zh => "、",
                    TextLanguage::En => ", ",
                })
            }
            value => one(value),
        })
    }

    fn flag(&self, flag: bool) -> &'static str {
        match (self.language, flag) {
            (TextLanguage::Zh, true) => "是",
            (TextLanguage::Zh, false) => "否",
            (TextLanguage::En, true) => "yes",
            (TextLanguage::En, false) => "no",
        }
    }

    /// What stands in a cell: the value, else what is to be ticked or filled by hand.
    pub(super) fn cell(&self, field: &Field, row: Row<'_>) -> Vec<Inline> {
        let said = self.shown(field, row);
        let mut text = match (field.kind, &said) {
            (Kind::Choice | Kind::Choices, _) if row.is_none() => self.ticked(field),
            (Kind::Flag, None) if row.is_none() => match self.language {
                TextLanguage::Zh => "□\u{a0}是　□\u{a0}否".to_owned(),
                TextLanguage::En => "□\u{a0}yes　□\u{a0}no".to_owned(),
            },
            (_, said) => said.clone().unwrap_or_default(),
        };
        if let (Some(unit), Kind::Count | Kind::Number | Kind::Tally) = (&field.unit, field.kind) {
            let unit = self.say(unit);
            if !text.is_empty() && !unit.is_empty() {
                text = format!("{text} {unit}");
            }
        }
        let mut lines: Vec<String> = text.split('\n').map(|line| line.trim().to_owned()).collect();
        let blank = if said.is_some() && field.kind != Kind::Signature {
            0
        } else {
            field.blank
        };
        lines.extend(std::iter::repeat_n(String::new(), blank));
        if field.kind == Kind::Signature {
            lines.push(match self.language {
                TextLanguage::Zh => "（签字、盖章）　　　　　　年　　月　　日".to_owned(),
                TextLanguage::En => "(signature, seal)　　　　　　(date)".to_owned(),
            });
        }
        broken(&lines)
    }

    /// All that may be chosen, with what was chosen ticked.
    fn ticked(&self, field: &Field) -> String {
        let value = self.filled.value(&field.name, None);
        let chosen: Vec<&str> = match value {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            value => value.and_then(Value::as_str).into_iter().collect(),
        };
        let chosen: Vec<&str> = chosen
            .into_iter()
            .filter_map(|word| field.choice(word.trim()))
            .map(|choice| choice.name.as_str())
            .collect();
        let boxes: Vec<String> = field
            .choices
            .iter()
            .map(|choice| {
                let mark = if chosen.contains(&choice.name.as_str()) {
                    "☑"
                } else {
                    "□"
                };
                // The box stays on the line of its words.
                match self.language {
                    TextLanguage::Zh => format!("{mark}\u{a0}{}", choice.zh),
                    TextLanguage::En => format!("{mark}\u{a0}{}", choice.en),
                }
            })
            .collect();
        boxes.join("　")
    }
}

/// Lines of one cell.
pub(super) fn broken(lines: &[String]) -> Vec<Inline> {
    let mut text = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(Inline::new(InlineKind::Break));
        }
        if !line.is_empty() {
            text.push(Inline::text(line.as_str()));
        }
    }
    text
}
