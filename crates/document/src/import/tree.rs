//! XML as a tree, with the usual prefixes whatever the file calls them. Depth and size are bounded, entities of the
//! file's own are never followed.

use super::ImportError;
use crate::finding::message;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// No element is deeper; there are no more of them.
const DEEPEST: usize = 200;
const MOST: usize = 3_000_000;

/// An element.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Node {
    /// With the usual prefix: `w:p`.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub inside: Vec<Inside>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inside {
    Node(Node),
    Text(String),
}

impl Node {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// `w:val`.
    pub fn value(&self) -> &str {
        self.get("w:val").unwrap_or_default()
    }

    pub fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.inside.iter().filter_map(|inside| match inside {
            Inside::Node(node) => Some(node),
            Inside::Text(_) => None,
        })
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.nodes().find(|node| node.name == name)
    }

    /// What is found by going down these names.
    pub fn way(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |node, name| node.child(name))
    }

    /// Whether a property is on: there, and not said to be off.
    pub fn is_on(&self, name: &str) -> bool {
        self.child(name)
            .is_some_and(|node| !matches!(node.get("w:val"), Some("0" | "false" | "off" | "none")))
    }

    /// The text in it, however deep.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text
    }

    fn collect(&self, text: &mut String) {
        for inside in &self.inside {
            match inside {
                Inside::Node(node) => node.collect(text),
                Inside::Text(words) => text.push_str(words),
            }
        }
    }

    /// The first element of a name below it, however deep.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.nodes()
            .find_map(|node| if node.name == name { Some(node) } else { node.find(name) })
    }
}

/// The prefix by which a namespace is known here; the strict form of the standard has others.
fn prefix_of(namespace: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 12] = [
        ("wordprocessingml/2006/main", "w"),
        ("ooxml/wordprocessingml/main", "w"),
        ("officeDocument/2006/relationships", "r"),
        ("ooxml/officeDocument/relationships", "r"),
        ("officeDocument/2006/math", "m"),
        ("ooxml/officeDocument/math", "m"),
        ("drawingml/2006/wordprocessingDrawing", "wp"),
        ("drawingml/2006/picture", "pic"),
        ("drawingml/2006/main", "a"),
        ("ooxml/drawingml/main", "a"),
        ("markup-compatibility/2006", "mc"),
        ("urn:schemas-microsoft-com:vml", "v"),
    ];
    KNOWN
        .iter()
        .find_map(|(end, prefix)| namespace.ends_with(end).then_some(*prefix))
}

/// Reads a part; `name` is what a fault says.
pub(super) fn read(name: &str, text: &str) -> Result<Node, ImportError> {
    let broken = |reason: String| ImportError(message!("import-broken-part", part = name, reason = reason));
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<(Node, usize)> = Vec::new();
    let mut prefixes: Vec<(String, Option<&'static str>)> = Vec::new();
    let mut count = 0_usize;
    loop {
        match reader.read_event().map_err(|fault| broken(fault.to_string()))? {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST {
                    return Err(ImportError(message!("import-too-large")));
                }
                let before = prefixes.len();
                let node = element(&start, &mut prefixes);
                open.push((node, before));
            }
            Event::Empty(start) => {
                count += 1;
                let before = prefixes.len();
                let node = element(&start, &mut prefixes);
                prefixes.truncate(before);
                match open.last_mut() {
                    Some((parent, _)) => parent.inside.push(Inside::Node(node)),
                    None => return Ok(node),
                }
            }
            Event::End(_) => {
                let Some((node, before)) = open.pop() else {
                    return Err(broken(String::new()));
                };
                prefixes.truncate(before);
                match open.last_mut() {
                    Some((parent, _)) => parent.inside.push(Inside::Node(node)),
                    None => return Ok(node),
                }
            }
            Event::Text(words) => put(&mut open, &words),
            Event::CData(words) => put(&mut open, &words),
            Event::GeneralRef(name) => {
                let written = format!("&{};", &*name);
                let plain = unescape(&written).map(std::borrow::Cow::into_owned);
                put(&mut open, &plain.unwrap_or(written));
            }
            Event::Eof => return Err(broken(String::new())),
            _ => {}
        }
    }
}

fn put(open: &mut [(Node, usize)], words: &str) {
    let Some((node, _)) = open.last_mut() else { return };
    match node.inside.last_mut() {
        Some(Inside::Text(text)) => text.push_str(words),
        _ => node.inside.push(Inside::Text(words.to_owned())),
    }
}

fn element(start: &BytesStart<'_>, prefixes: &mut Vec<(String, Option<&'static str>)>) -> Node {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref().to_owned();
        let raw = attribute.value.to_string();
        let value = unescape(&raw).map(std::borrow::Cow::into_owned).unwrap_or(raw);
        match key.strip_prefix("xmlns") {
            Some(name) if name.is_empty() || name.starts_with(':') => {
                prefixes.push((name.trim_start_matches(':').to_owned(), prefix_of(&value)));
                if name.is_empty() {
                    attributes.push((key, value));
                }
            }
            _ => attributes.push((key, value)),
        }
    }
    let known = |name: &str, is_element: bool| -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if prefix.is_empty() && !is_element {
            return name.to_owned();
        }
        let usual = prefixes
            .iter()
            .rev()
            .find(|(written, _)| written == prefix)
            .and_then(|(_, usual)| *usual);
        match usual {
            Some(usual) => format!("{usual}:{local}"),
            None => name.to_owned(),
        }
    };
    Node {
        name: known(start.name().as_ref(), true),
        attributes: attributes
            .into_iter()
            .map(|(key, value)| (known(&key, false), value))
            .collect(),
        inside: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_the_usual_ones() {
        let text = "<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:p x:val=\"a&lt;\">\
                    &amp;b<![CDATA[<c>]]></x:p></x:document>";
        let node = read("a", text).unwrap();
        assert_eq!(node.name, "w:document");
        let paragraph = node.child("w:p").unwrap();
        assert_eq!((paragraph.value(), paragraph.text().as_str()), ("a<", "&b<c>"));
    }

    #[test]
    fn depth_and_entities_are_bounded() {
        let deep = "<a>".repeat(DEEPEST + 1);
        assert!(read("a", &deep).is_err());
        let entity = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;&b;</a>";
        assert_eq!(read("a", entity).unwrap().text(), "&b;&b;");
        assert!(read("a", "<a><b></a>").is_err());
        assert!(read("a", "").is_err());
    }
}
