//! The words of a finding: a message of the catalogue and what fills it.

use crate::model::Words;
use language::{Arg, Lang};

/// A message that is not yet in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    id: &'static str,
    with: Vec<(&'static str, Value)>,
}

/// What fills a variable of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, put in as it is.
    Text(String),
    /// A count.
    Number(u64),
    /// What data names in both languages.
    Words(Words),
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

impl From<&Words> for Value {
    fn from(words: &Words) -> Self {
        Self::Words(words.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Number(count as u64)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Number(u64::from(count))
    }
}

impl Message {
    /// The message of this id, of which [`message!`] checks that it exists.
    pub fn new(id: &'static str, with: Vec<(&'static str, Value)>) -> Self {
        Self { id, with }
    }

    /// Its id in the catalogue.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What fills it, as text; of words in both languages the Chinese ones, which prevail.
    pub fn with(&self) -> Vec<(&'static str, String)> {
        let shown = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Words(words) => words.zh.clone(),
        };
        self.with.iter().map(|(name, value)| (*name, shown(value))).collect()
    }

    /// Its text.
    pub fn text(&self, lang: Lang) -> String {
        let with: Vec<(&str, Arg<'_>)> = self
            .with
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => Arg::from(text),
                    Value::Number(number) => Arg::from(*number),
                    Value::Words(words) => Arg::from(match lang {
                        Lang::Zh => &words.zh,
                        Lang::En => &words.en,
                    }),
                };
                (*name, value)
            })
            .collect();
        language::format(lang, self.id, &with)
    }
}

/// A [`Message`] whose id and variables are checked while compiling: `message!("doc-unknown-block", name = word)`.
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const { language::require($id, &[$(stringify!($name)),*]) };
        $crate::finding::Message::new($id, vec![$((stringify!($name), $crate::finding::Value::from($value))),*])
    }};
}
pub(crate) use message;
