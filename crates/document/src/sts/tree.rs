//! XML as a tree that prints itself: what is in it is escaped, and every element is closed.

use crate::xml::escape;

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Inside>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
enum Inside {
    Node(Node),
    Text(String),
    /// XML that is printed as it is: MathML.
    Markup(String),
}

impl Node {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// An element with a text.
    pub fn of(name: &'static str, text: impl Into<String>) -> Self {
        Self::new(name).text(text)
    }

    /// With an attribute; none where the value is empty.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.attributes.push((name, value));
        }
        self
    }

    /// With a name that XML can hold as an id.
    pub fn id(self, id: &str) -> Self {
        self.with("id", xml_id(id))
    }

    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.put_text(text);
        self
    }

    pub fn child(mut self, child: Self) -> Self {
        self.inside.push(Inside::Node(child));
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.put_all(children);
        self
    }

    pub fn put(&mut self, child: Self) {
        self.inside.push(Inside::Node(child));
    }

    pub fn put_all(&mut self, children: impl IntoIterator<Item = Self>) {
        self.inside.extend(children.into_iter().map(Inside::Node));
    }

    pub fn put_text(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.inside.push(Inside::Text(text));
        }
    }

    pub fn put_markup(&mut self, markup: String) {
        self.inside.push(Inside::Markup(markup));
    }

    pub fn is_empty(&self) -> bool {
        self.inside.is_empty()
    }

    /// The element and all in it. Elements stand on lines of their own where no text is beside them.
    pub fn print(&self, out: &mut String, depth: usize) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        if self.inside.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let mixed = self.inside.iter().any(|inside| !matches!(inside, Inside::Node(_)));
        for inside in &self.inside {
            if !mixed {
                out.push('\n');
                out.push_str(&"  ".repeat(depth + 1));
            }
            match inside {
                // A text around it would be broken by the blanks of lines.
                Inside::Node(node) if mixed => node.print_flat(out),
                Inside::Node(node) => node.print(out, depth + 1),
                Inside::Text(text) => out.push_str(&escape(text)),
                Inside::Markup(markup) => out.push_str(markup),
            }
        }
        if !mixed {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
        out.push_str(&format!("</{}>", self.name));
    }

    fn print_flat(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        if self.inside.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for inside in &self.inside {
            match inside {
                Inside::Node(node) => node.print_flat(out),
                Inside::Text(text) => out.push_str(&escape(text)),
                Inside::Markup(markup) => out.push_str(markup),
            }
        }
        out.push_str(&format!("</{}>", self.name));
    }
}

/// An id that begins as names of XML do: our own may begin with a digit.
pub(super) fn xml_id(id: &str) -> String {
    let sound = id
        .chars()
        .next()
        .is_none_or(|first| first.is_alphabetic() || first == '_');
    let id = id.replace(':', "_");
    if sound { id } else { format!("_{id}") }
}
