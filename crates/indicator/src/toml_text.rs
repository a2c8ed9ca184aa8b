//! TOML with one relaxation: bare keys (and bare words as values) may be Chinese. What is read keeps its order and its
//! places.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::block::Block;
use crate::finding::{Finding, Place};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) item: Item,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Text(String),
    /// As it is written, without `_`.
    Number(String),
    Truth(bool),
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.item {
            Item::Text(text) | Item::Number(text) | Item::Date(text) => Some(text),
            Item::Truth(true) => Some("是"),
            Item::Truth(false) => Some("否"),
            _ => None,
        }
    }

    pub(crate) fn table(&self) -> &[Entry] {
        match &self.item {
            Item::Table(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn list(&self) -> &[Node] {
        match &self.item {
            Item::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// A list, or the one thing that stands where a list could.
    pub(crate) fn each(&self) -> Vec<&Node> {
        match &self.item {
            Item::List(nodes) => nodes.iter().collect(),
            _ => vec![self],
        }
    }

    /// The value of a key in either language.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&Node> {
        get(self.table(), names)
    }
}

pub(crate) fn get<'a>(entries: &'a [Entry], names: &[&str]) -> Option<&'a Node> {
    entries
        .iter()
        .find(|entry| names.contains(&entry.key.as_str()))
        .map(|entry| &entry.value)
}

/// Reads a block.
pub(crate) fn read(block: &Block) -> Result<Vec<Entry>, Finding> {
    let quoted = Quoted::of(&block.text);
    let places = Places { block, quoted: &quoted };
    match DeTable::parse(&quoted.text) {
        Ok(table) => Ok(entries(table.get_ref(), &places)),
        Err(error) => {
            let place = places.at(error.span().map_or(0, |span| span.start));
            Err(Finding::error(
                "indicator-toml",
                &place,
                &[("reason", &error.message())],
            ))
        }
    }
}

struct Places<'a> {
    block: &'a Block,
    quoted: &'a Quoted,
}

impl Places<'_> {
    fn at(&self, byte: usize) -> Place {
        let (line, column) = formula::Span::new(self.quoted.original(byte), 0).position(&self.block.text);
        Place {
            line: self.block.first_line + line - 1,
            column,
            clause: self.block.clause.clone(),
        }
    }
}

fn entries(table: &DeTable<'_>, places: &Places<'_>) -> Vec<Entry> {
    let mut found: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let start = key.span().start;
            let entry = Entry {
                key: key.get_ref().to_string(),
                place: places.at(start),
                value: node(value, places),
            };
            (start, entry)
        })
        .collect();
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn node(value: &Spanned<DeValue<'_>>, places: &Places<'_>) -> Node {
    let item = match value.get_ref() {
        DeValue::String(text) => Item::Text(text.to_string()),
        DeValue::Integer(number) => Item::Number(number.as_str().replace('_', "")),
        DeValue::Float(number) => Item::Number(number.as_str().replace('_', "")),
        DeValue::Boolean(truth) => Item::Truth(*truth),
        DeValue::Datetime(date) => Item::Date(date.to_string()),
        DeValue::Array(list) => Item::List(list.iter().map(|value| node(value, places)).collect()),
        DeValue::Table(table) => Item::Table(entries(table, places)),
    };
    Node {
        item,
        place: places.at(value.span().start),
    }
}

/// A text whose Chinese bare words stand in quotation marks, and where marks were put in.
struct Quoted {
    text: String,
    /// Bytes of the quoted text at which a mark was put in.
    marks: Vec<usize>,
}

impl Quoted {
    fn of(text: &str) -> Self {
        let mut quoted = Self {
            text: String::with_capacity(text.len() + 64),
            marks: Vec::new(),
        };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = if c == '#' {
                rest.find('\n').unwrap_or(rest.len())
            } else if matches!(c, '"' | '\'') {
                string_length(rest, c)
            } else if bare(c) {
                rest.find(|c| !bare(c)).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            let part = &rest[..length];
            if bare(c) && !part.is_ascii() {
                quoted.mark();
                quoted.text.push_str(part);
                quoted.mark();
            } else {
                quoted.text.push_str(part);
            }
            rest = &rest[length..];
        }
        quoted
    }

    fn mark(&mut self) {
        self.marks.push(self.text.len());
        self.text.push('"');
    }

    /// The byte of the original text for a byte of the quoted one.
    fn original(&self, byte: usize) -> usize {
        byte - self.marks.iter().filter(|mark| **mark < byte).count()
    }
}

fn bare(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

fn string_length(rest: &str, mark: char) -> usize {
    let triple: String = std::iter::repeat_n(mark, 3).collect();
    if rest.starts_with(&triple) {
        return rest[3..].find(&triple).map_or(rest.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == '\n' {
            return at;
        }
        if c == mark && !escaped {
            return at + 1;
        }
        escaped = mark == '"' && c == '\\' && !escaped;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::block::BlockKind;

    fn block(text: &str) -> Block {
        Block {
            kind: BlockKind::Rules,
            label: String::new(),
            text: text.to_owned(),
            first_line: 10,
            clause: "5".to_owned(),
        }
    }

    #[test]
    fn chinese_keys_are_read_in_their_order_with_their_places() {
        let text = "[等级] # 命中\n标杆 = \"总分 ≥ 85\"\n特色 = '总分 ≥ 70'\nother = { 期 = 2021, 值 = 0.50 }\n";
        let read = read(&block(text)).unwrap();
        let grades = &read[0].value;
        let keys: Vec<_> = grades.table().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["标杆", "特色", "other"]);
        let value = grades.get(&["特色"]).unwrap();
        assert_eq!((value.place.line, value.place.column), (12, 6));
        let inner = grades.get(&["other"]).unwrap().get(&["值"]).unwrap();
        assert_eq!(inner.item, Item::Number("0.50".to_owned()));
        assert_eq!((inner.place.line, inner.place.column), (13, 25));
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_line() {
        let finding = read(&block("甲 = 1\n乙 = = 2\n")).unwrap_err();
        assert_eq!((finding.rule, finding.place.line), ("indicator-toml", 11));
    }
}
