//! A question to the database: its text and its values, numbered as they come.

use crate::{
    context::{Reader, Sight},
    rights::Reach,
};
use jiff::civil::Date;
use ledger::{AsOf, Value};

/// Text with `$1, $2 …` and the values for them.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The text so far.
    pub text: String,
    /// The values so far.
    pub values: Vec<Value>,
}

impl Question {
    /// A question that begins so.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            values: Vec::new(),
        }
    }

    /// Adds text.
    pub fn add(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds text in which each `?` stands for the next of `values`.
    pub fn with(&mut self, text: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let mut values = values.into_iter();
        for (index, piece) in text.split('?').enumerate() {
            if index > 0 {
                self.values.extend(values.next());
                self.text.push('$');
                self.text.push_str(&self.values.len().to_string());
            }
            self.text.push_str(piece);
        }
        self
    }

    /// Adds `column IN (…)`; nothing is in an empty list.
    pub fn is_in<'a>(&mut self, column: &str, values: impl IntoIterator<Item = &'a String>) -> &mut Self {
        let values: Vec<Value> = values.into_iter().map(Value::from).collect();
        if values.is_empty() {
            return self.add("1 = 0");
        }
        let marks = vec!["?"; values.len()].join(", ");
        self.with(&format!("{column} IN ({marks})"), values)
    }

    /// Adds the condition that a row of a history holds at the time that the reader asks about.
    pub fn as_of(&mut self, reader: &Reader, alias: &str) -> &mut Self {
        let (text, values) = reader.as_of.condition(alias, self.values.len() + 1);
        self.values.extend(values);
        self.add(&text)
    }

    /// Adds the condition that a row with place and body lies within a reach.
    pub fn within(&mut self, reach: &Reach, alias: &str) -> &mut Self {
        let (text, values) = reach.condition(alias, self.values.len() + 1);
        self.values.extend(values);
        self.add(&text)
    }

    /// Adds the condition that one of these bodies guides the task of which `column` holds the id, on a day.
    pub fn guided_by(&mut self, column: &str, bodies: &[String], day: Date) -> &mut Self {
        if bodies.is_empty() {
            return self.add("1 = 0");
        }
        self.add(&format!("{column} IN (SELECT g.id FROM task g WHERE "));
        self.is_in("g.guiding", bodies).add(" AND ");
        let (text, values) = AsOf::day(day).condition("g", self.values.len() + 1);
        self.values.extend(values);
        self.add(&text).add(")")
    }

    /// Adds the condition that a row with place, body and, in `task`, a task lies within a reach on a day.
    pub fn within_tasks(&mut self, reach: &Reach, alias: &str, task: &str, day: Date) -> &mut Self {
        self.add("(").within(reach, alias);
        if !reach.everything && !reach.guided.is_empty() {
            self.add(" OR ")
                .guided_by(&format!("{alias}.{task}"), &reach.guided, day);
        }
        self.add(")")
    }

    /// Adds the condition that the reader may see a row with an audience and, in `task`, the task that it belongs to.
    pub fn seen_by(&mut self, sight: &Sight, alias: &str) -> &mut Self {
        let (text, values) = sight.condition(alias, self.values.len() + 1);
        self.values.extend(values);
        let guided = &sight.participants.guided;
        if sight.participants.everything || guided.is_empty() {
            return self.add(&text);
        }
        self.add(&format!("({text} OR ({alias}.audience = 'participants' AND "));
        self.guided_by(&format!("{alias}.task"), guided, sight.today).add("))")
    }
}

/// A page of a longer answer, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last.
    pub next: Option<String>,
    /// How many rows there are in all.
    pub total: i64,
}

/// How much of an answer is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Where to go on: the `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200 rows.
    pub limit: u32,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            cursor: None,
            limit: 50,
        }
    }
}

impl Window {
    /// Everything that a page of this size can hold.
    pub fn of(limit: u32) -> Self {
        Self { cursor: None, limit }
    }

    /// How many rows there are in all, where this page from the beginning holds them: then nobody need count.
    pub fn holds_all(&self, shown: usize, more: bool) -> Option<i64> {
        (self.cursor.is_none() && !more).then(|| i64::try_from(shown).unwrap_or(i64::MAX))
    }

    /// The limit, between 1 and 200.
    pub fn bounded(&self) -> u32 {
        self.limit.clamp(1, 200)
    }
}

/// The pattern that finds a text literally within lower-case text by `LIKE ? ESCAPE '!'`.
pub fn containing(text: &str) -> Value {
    let escaped = text
        .to_lowercase()
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{escaped}%").into()
}
