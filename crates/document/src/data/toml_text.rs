//! TOML as the dialect has it: bare keys may be Chinese; every key and value knows its place.

use crate::model::{Position, Span};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its stretch of the source.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value of TOML. Numbers and dates keep their letters: nothing is rounded here.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer or a float as written, `_` left out.
    Number(String),
    /// `true`, `false`.
    Flag(bool),
    /// A date, a time, or both.
    Date(String),
    /// An array.
    Array(Vec<Node>),
    /// A table, in the order of the source.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, quotes undone.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find_map(|entry| (entry.key == key).then_some(&entry.node))
    }

    /// The entries of a table; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The members of an array; none of anything else.
    pub fn members(&self) -> &[Node] {
        match &self.value {
            Value::Array(members) => members,
            _ => &[],
        }
    }

    /// A string, number or date as text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text),
            _ => None,
        }
    }
}

/// What is no TOML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands.
    pub span: Span,
    /// What the reader says, in English.
    pub reason: String,
}

/// Reads a text whose first character stands at `at`. What can be read is given beside all that cannot.
///
/// ```
/// use document::data::{Value, read_toml};
/// use document::model::Position;
///
/// let (node, faults) = read_toml("[折标系数_电]\n单位 = \"kgce/kWh\"\n", Position::new(8, 1));
/// assert!(faults.is_empty());
/// let unit = node.get("折标系数_电").and_then(|table| table.get("单位"));
/// assert_eq!(unit.map(|unit| (&unit.value, unit.span.start)), Some((&Value::Text("kgce/kWh".into()), Position::new(9, 6))));
/// ```
pub fn read_toml(text: &str, at: Position) -> (Node, Vec<Unreadable>) {
    let quoted = Quoted::of(text);
    let places = Places::of(text, at);
    let span = |range: Range<usize>| places.span(quoted.back(range.start)..quoted.back(range.end));
    let (table, errors) = DeTable::parse_recoverable(&quoted.text);
    let faults = errors
        .iter()
        .map(|error| Unreadable {
            span: span(error.span().unwrap_or(0..0)),
            reason: error.message().to_owned(),
        })
        .collect();
    let node = Node {
        span: span(table.span()),
        value: table_of(table.get_ref(), &span),
    };
    (node, faults)
}

fn table_of(table: &DeTable<'_>, span: &impl Fn(Range<usize>) -> Span) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: span(key.span()),
            node: node(value, span),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn node(value: &Spanned<DeValue<'_>>, span: &impl Fn(Range<usize>) -> Span) -> Node {
    Node {
        span: span(value.span()),
        value: match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => Value::Number(number.as_str().replace('_', "")),
            DeValue::Integer(number) => {
                let digits = number.as_str().replace('_', "");
                Value::Number(i64::from_str_radix(&digits, number.radix()).map_or(digits, |number| number.to_string()))
            }
            DeValue::Float(number) => Value::Number(number.as_str().replace('_', "")),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(members) => Value::Array(members.iter().map(|member| node(member, span)).collect()),
            DeValue::Table(table) => table_of(table, span),
        },
    }
}

/// A text whose Chinese bare keys are in quotes, and where quotes were put in.
struct Quoted<'a> {
    text: Cow<'a, str>,
    /// Bytes of `text` at which a quote stands that the source has not.
    quotes: Vec<usize>,
}

impl<'a> Quoted<'a> {
    fn of(source: &'a str) -> Self {
        let mut text = String::with_capacity(source.len() + 64);
        let mut quotes = Vec::new();
        let mut rest = source;
        while let Some(c) = rest.chars().next() {
            let end = match c {
                '"' | '\'' => string_end(rest, c),
                '#' => rest.find('\n').unwrap_or(rest.len()),
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                c => c.len_utf8(),
            };
            let (piece, after) = rest.split_at(end);
            if is_word(c) && !piece.is_ascii() {
                quotes.push(text.len());
                text.push('"');
                text.push_str(piece);
                quotes.push(text.len());
                text.push('"');
            } else {
                text.push_str(piece);
            }
            rest = after;
        }
        if quotes.is_empty() {
            return Self {
                text: Cow::Borrowed(source),
                quotes,
            };
        }
        Self {
            text: Cow::Owned(text),
            quotes,
        }
    }

    /// The byte of the source that a byte of the text is.
    fn back(&self, byte: usize) -> usize {
        byte - self.quotes.partition_point(|quote| *quote < byte)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// Where the string ends that the text begins with; at the line's end if it is not closed.
fn string_end(text: &str, quote: char) -> usize {
    let triple = quote.to_string().repeat(3);
    if text.starts_with(&triple) {
        let mut from = 3;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(&triple)) {
            let at = from + found;
            let slashes = text.get(..at).map_or(0, |t| t.len() - t.trim_end_matches('\\').len());
            if quote == '\'' || slashes % 2 == 0 {
                return at + 3;
            }
            from = at + 1;
        }
        return text.len();
    }
    let mut escape = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escape => escape = false,
            '\\' if quote == '"' => escape = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Bytes → places.
struct Places<'a> {
    text: &'a str,
    at: Position,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    fn of(text: &'a str, at: Position) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(byte, _)| byte + 1))
            .collect();
        Self { text, at, starts }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.place(range.start), self.place(range.end))
    }

    fn place(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte).max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..byte).map_or(0, |text| text.chars().count());
        let column = if line == 0 { self.at.column } else { 1 };
        Position::new(self.at.line + line as u32, column + before as u32)
    }
}
