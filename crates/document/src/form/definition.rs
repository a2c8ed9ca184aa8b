//! What a form is: data, read from a file of `rules/forms/`.

use crate::model::Words;
use serde::Deserialize;
use std::fmt;

/// A form of the procedures: what it asks, how it stands on paper, and what must add up.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// `F3`.
    pub id: String,
    /// Its name.
    pub title: Words,
    /// What stands above a filled one: `《{standard}》（{draft}）…`, with fields in braces.
    pub heading: Option<Words>,
    /// The paper.
    pub page: Page,
    /// What it rests on; fields take the first.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Its stretches, from above.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
    /// What must hold between fields.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
}

/// The paper of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// A sheet, upright.
    Portrait,
    /// A sheet on its side, for wide tables.
    Landscape,
    /// Running text in chapters 一、二、….
    Report,
}

/// What a form rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The title of the rule.
    pub title: String,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// The article, where the rule has one for it.
    #[serde(default)]
    pub article: String,
    /// The version, by its day.
    #[serde(default)]
    pub version: String,
    /// Since when it is in force.
    #[serde(default)]
    pub from: String,
    /// Until when, if it no longer is.
    #[serde(default)]
    pub until: String,
    /// Whether its text was read. What an unread one demands only warns.
    pub verified: bool,
}

/// A stretch of a form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// How it stands on the page.
    pub layout: Layout,
    /// The key of its rows, of a table.
    #[serde(default)]
    pub name: String,
    /// Its title.
    #[serde(default)]
    pub zh: String,
    /// Its title in English.
    #[serde(default)]
    pub en: String,
    /// Rows that an empty table has for handwriting.
    #[serde(default)]
    pub blank: usize,
    /// Whether a table bears its title.
    #[serde(default)]
    pub titled: bool,
    /// Whether a table may have no row.
    #[serde(default)]
    pub optional: bool,
    /// Its fields, or its columns.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// How a part stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Label and value, two in a line, without frame.
    Lines,
    /// A framed sheet of labels and values.
    Grid,
    /// Rows under a head that stands on each page.
    Table,
    /// Numbered lines.
    Remarks,
    /// A chapter of a report: each field is a clause of it.
    Chapter,
}

/// What a form asks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its key in a filled form.
    pub name: String,
    /// Its label; empty where the chapter's title says it.
    pub zh: String,
    /// Its label in English.
    pub en: String,
    /// What may stand there.
    #[serde(default)]
    pub kind: Kind,
    /// Whether it must be filled.
    #[serde(default)]
    pub required: bool,
    /// When it must be filled.
    pub required_when: Option<When>,
    /// When the form has it at all.
    pub shown_when: Option<When>,
    /// What may be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What is counted.
    pub tally: Option<Tally>,
    /// Whether it takes the whole width of a grid.
    #[serde(default)]
    pub wide: bool,
    /// The width of its column, in parts of the whole.
    #[serde(default)]
    pub width: u32,
    /// Lines left for handwriting.
    #[serde(default)]
    pub blank: usize,
    /// What stands behind a number.
    pub unit: Option<Words>,
    /// How to fill it.
    pub help: Option<Words>,
    /// Whether the text that demands it was read; else as the form's first source.
    pub verified: Option<bool>,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// Paragraphs, lists, tables in the dialect of standards.
    Prose,
    /// A civil date.
    Date,
    /// 0, 1, 2 ….
    Count,
    /// A decimal.
    Number,
    /// 是 or 否.
    Flag,
    /// One of the choices.
    Choice,
    /// Some of the choices.
    Choices,
    /// 1, 2, 3 … down the rows.
    Turn,
    /// What the form counts itself.
    Tally,
    /// A place to sign and seal.
    Signature,
}

/// One of what may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its key.
    pub name: String,
    /// What it says.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A condition on another field of choice, of the same row or of the form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The other field.
    pub field: String,
    /// It is one of these.
    #[serde(default)]
    pub is: Vec<String>,
    /// It is filled, and none of these.
    #[serde(default)]
    pub not: Vec<String>,
}

/// Rows that are counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// The table.
    pub of: String,
    /// The column that decides; all rows count if there is none.
    #[serde(default)]
    pub column: String,
    /// What it must be.
    #[serde(default)]
    pub is: String,
}

/// What must hold between fields, where all of them are filled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Amounts that make a whole.
    Sum {
        /// The whole.
        total: String,
        /// Its parts.
        of: Vec<String>,
    },
    /// A count that no other may exceed.
    AtMost {
        /// The lesser.
        value: String,
        /// The greater.
        limit: String,
    },
    /// Days in their order.
    NotBefore {
        /// The day that comes later, or is the same.
        later: String,
        /// The day before it.
        earlier: String,
    },
}

/// A file that is no form, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError(pub(super) String);

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormError {}

impl Form {
    /// A form from the text of its file. Every name that it refers to must be there.
    ///
    /// ```
    /// use document::form::Form;
    ///
    /// let form = Form::read("id = 'X'\npage = 'portrait'\ntitle = { zh = '表', en = 'form' }\n\
    ///     [[source]]\ntitle = '办法'\nverified = false\n\
    ///     [[part]]\nlayout = 'grid'\n[[part.field]]\nname = 'date'\nzh = '日期'\nen = 'Date'\nkind = 'date'\n");
    /// assert_eq!(form.unwrap().parts[0].fields[0].zh, "日期");
    /// assert!(Form::read("id = 'X'\n").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, FormError> {
        let form: Self = toml::from_str(text).map_err(|fault| FormError(fault.to_string()))?;
        form.refers_well()
            .map_err(|name| FormError(format!("{}: {name}", form.id)))?;
        Ok(form)
    }

    /// The field of the form, no column of a table.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.single().find(|field| field.name == name)
    }

    /// The table whose rows have this key.
    pub fn table(&self, name: &str) -> Option<&Part> {
        self.parts
            .iter()
            .find(|part| part.layout == Layout::Table && part.name == name)
    }

    /// All fields but columns.
    pub(super) fn single(&self) -> impl Iterator<Item = &Field> {
        self.parts
            .iter()
            .filter(|part| part.layout != Layout::Table)
            .flat_map(|part| &part.fields)
    }

    /// Whether what a field demands was read in its source.
    pub(super) fn verified(&self, field: &Field) -> bool {
        let first = self.sources.first().is_some_and(|source| source.verified);
        field.verified.unwrap_or(first)
    }

    /// The first name that something refers to and nothing has, or that two have.
    fn refers_well(&self) -> Result<(), String> {
        let mut names: Vec<&str> = self.single().map(|field| field.name.as_str()).collect();
        for part in self.parts.iter().filter(|part| part.layout == Layout::Table) {
            names.push(&part.name);
            let columns: Vec<&str> = part.fields.iter().map(|field| field.name.as_str()).collect();
            all_once(&columns)?;
            for field in &part.fields {
                field.refers_well(|name| columns.contains(&name) || self.field(name).is_some())?;
            }
        }
        all_once(&names)?;
        for field in self.single() {
            field.refers_well(|name| self.field(name).is_some())?;
            if let Some(tally) = &field.tally {
                let table = self.table(&tally.of).ok_or_else(|| tally.of.clone())?;
                let column = table.fields.iter().find(|column| column.name == tally.column);
                let known = column.is_some_and(|column| column.choices.iter().any(|choice| choice.name == tally.is));
                if !tally.column.is_empty() && !known {
                    return Err(format!("{}.{} {}", tally.of, tally.column, tally.is));
                }
            }
        }
        let asked = self.rules.iter().flat_map(|rule| match rule {
            Rule::Sum { total, of } => std::iter::once(total).chain(of).collect::<Vec<_>>(),
            Rule::AtMost { value, limit } => vec![value, limit],
            Rule::NotBefore { later, earlier } => vec![later, earlier],
        });
        for name in asked {
            self.field(name).ok_or_else(|| name.clone())?;
        }
        Ok(())
    }
}

fn all_once(names: &[&str]) -> Result<(), String> {
    let twice = names
        .iter()
        .enumerate()
        .find(|(index, name)| name.is_empty() || names.iter().take(*index).any(|before| before == *name));
    twice.map_or(Ok(()), |(_, name)| Err(format!("{name:?}")))
}

impl Field {
    fn refers_well(&self, has: impl Fn(&str) -> bool) -> Result<(), String> {
        let conditions = [&self.required_when, &self.shown_when];
        for when in conditions.into_iter().flatten() {
            if !has(&when.field) {
                return Err(format!("{} → {}", self.name, when.field));
            }
        }
        let chosen = matches!(self.kind, Kind::Choice | Kind::Choices);
        if chosen == self.choices.is_empty() || (self.kind == Kind::Tally) != self.tally.is_some() {
            return Err(self.name.clone());
        }
        Ok(())
    }

    /// The choice that a word means: its key, or what it says.
    pub(super) fn choice(&self, word: &str) -> Option<&Choice> {
        self.choices
            .iter()
            .find(|choice| [&choice.name, &choice.zh, &choice.en].iter().any(|said| *said == word))
    }

    /// Its label, else that of the part in which it stands alone.
    pub(super) fn label(&self, part: &Part) -> Words {
        if self.zh.is_empty() {
            Words::new(&part.zh, &part.en)
        } else {
            Words::new(&self.zh, &self.en)
        }
    }
}
