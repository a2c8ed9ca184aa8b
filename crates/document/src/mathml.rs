//! LaTeX → MathML: what pages show, and the tree from which other formats make their formulas.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// No formula is longer, in bytes.
const LONGEST: usize = 4_000;

/// No formula nests deeper.
const DEEPEST: usize = 64;

/// A converter, made once for a document.
pub(crate) struct Formulas(Option<LatexToMathML>);

impl Formulas {
    pub fn new() -> Self {
        Self(LatexToMathML::new(MathCoreConfig::default()).ok())
    }

    /// MathML of a formula; `None` for LaTeX that cannot be converted.
    pub fn convert(&self, latex: &str, display: bool) -> Option<String> {
        if latex.len() > LONGEST || nesting(latex) > DEEPEST {
            return None;
        }
        let display = if display {
            MathDisplay::Block
        } else {
            MathDisplay::Inline
        };
        let converted = self.0.as_ref()?.convert_with_local_state(latex, display).ok()?;
        Some(converted.mathml)
    }

    /// The same as a tree: what stands in `math`.
    pub fn tree(&self, latex: &str, display: bool) -> Option<Vec<Node>> {
        let text = self.convert(latex, display)?;
        let mut reader = Reader { rest: &text };
        match reader.node(0)? {
            Node::Element(math) if math.name == "math" => Some(math.children),
            _ => None,
        }
    }
}

/// How deep the converter, which calls itself for what is inside, may have to go: groups that are open, and commands
/// that may each be an argument of the one before, as in `\\frac 1\\frac 1`.
fn nesting(latex: &str) -> usize {
    let (mut open, mut run, mut plain, mut deepest) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut rest = latex;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if matches!(c, '\\' | '{' | '}' | '^' | '_' | '[') {
            plain = 0;
        }
        match c {
            '\\' => {
                let name = rest.get(1..).unwrap_or_default();
                let letters = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
                length += match letters {
                    0 => name.chars().next().map_or(0, char::len_utf8),
                    letters => letters,
                };
                run += 1;
                match name.get(..letters) {
                    Some("left" | "begin") => open += 1,
                    Some("right" | "end") => open = open.saturating_sub(1),
                    _ => {}
                }
            }
            '{' => open += 1,
            '}' => {
                open = open.saturating_sub(1);
                run = 0;
            }
            '^' | '_' | '[' => run += 1,
            c if c.is_whitespace() => {}
            // Two signs are all that a command takes without braces.
            _ => {
                plain += 1;
                if plain > 1 {
                    run = 0;
                }
            }
        }
        deepest = deepest.max(open + run);
        rest = rest.get(length..).unwrap_or_default();
    }
    deepest
}

/// An element or a run of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// `<mi mathvariant="normal">…</mi>`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
            .unwrap_or_default()
    }

    /// The text in it, however deep.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Node::Text(words) => text.push_str(words),
                Node::Element(inner) => text.push_str(&inner.text()),
            }
        }
        text
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }
}

impl Node {
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

/// The rows of `mtable`: their cells, without those that only keep a distance.
pub(crate) struct Grid<'a> {
    pub lines: Vec<Vec<&'a Element>>,
    /// Whether the rows meet at a common sign; else they are a matrix.
    pub meets: bool,
    /// Whether cells of a matrix stand at the left.
    pub left: bool,
    /// Cells of the longest row.
    pub width: usize,
}

impl<'a> Grid<'a> {
    pub fn of(rows: &[&'a Element]) -> Self {
        let lines: Vec<Vec<&Element>> = rows
            .iter()
            .map(|line| {
                line.elements()
                    .filter(|cell| !cell.attribute("style").contains("width:"))
                    .collect()
            })
            .collect();
        let at = |side: &str| {
            let said = format!("text-align: {side}");
            lines
                .iter()
                .flatten()
                .any(|cell| cell.attribute("style").contains(&said))
        };
        Self {
            meets: lines.iter().all(|line| line.len() >= 2) && at("right"),
            left: at("left"),
            width: lines.iter().map(Vec::len).max().unwrap_or(0),
            lines,
        }
    }
}

/// Reads the XML that the converter writes; anything else is `None`.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let Some(tag) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<')?;
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Node::Text(unescape(text)?));
        };
        let end = tag.find('>')?;
        let (inside, rest) = tag.split_at(end);
        self.rest = rest.strip_prefix('>')?;
        let (inside, empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let (name, attributes) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
        let mut element = Element {
            name: name.to_owned(),
            attributes: read_attributes(attributes)?,
            children: Vec::new(),
        };
        if empty {
            return Some(Node::Element(element));
        }
        loop {
            if let Some(closing) = self.rest.strip_prefix("</") {
                let rest = closing.strip_prefix(name)?;
                self.rest = rest.strip_prefix('>')?;
                return Some(Node::Element(element));
            }
            element.children.push(self.node(depth + 1)?);
        }
    }
}

fn read_attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        attributes.push((name.trim().to_owned(), unescape(value)?));
        rest = after.trim_start();
    }
    Some(attributes)
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';')?;
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            name => {
                let digits = name.strip_prefix('#')?;
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => digits.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_what_the_converter_writes() {
        let formulas = Formulas::new();
        for latex in [
            r"S = \sum_{i=1}^{n} w_i x_i",
            r"a < b \& c > \text{若 } \left\{ \frac{1}{2} \right.",
            r"\begin{cases} 1, & x > 0 \\ 0, & x \le 0 \end{cases}",
            r"\begin{aligned} a &= b \\ &= c \end{aligned}",
            r"\hat{x} + \overline{ab} + \sqrt[3]{x} + \vec{v}",
        ] {
            let tree = formulas.tree(latex, true).unwrap();
            assert!(!tree.is_empty(), "{latex}");
        }
        let tree = formulas.tree("a<b", false).unwrap();
        assert_eq!(tree[1].element().unwrap().text(), "<");
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        let formulas = Formulas::new();
        assert_eq!(formulas.tree(r"\begin{nonsense}", true), None);
        for (piece, times) in [
            ("{", 3_900),
            (r"\sqrt", 750),
            (r"\left(", 600),
            ("x^", 1_900),
            ("{x}_", 1_900),
            ("[", 7_000),
        ] {
            let _ = formulas.tree(&piece.repeat(times), true);
        }
        for piece in [
            r"\begin{matrix}",
            r"\frac 1",
            r"\text{",
            r"\overbrace",
            r"\hat ",
            r"\not",
        ] {
            let _ = formulas.tree(&piece.repeat(LONGEST / piece.len()), true);
        }
        let deep = format!("{}x{}", r"\sqrt{".repeat(500), "}".repeat(500));
        assert_eq!(formulas.tree(&deep, true), None);
    }

    #[test]
    fn a_long_formula_is_not_a_deep_one() {
        assert_eq!(nesting(r"\frac{a_{i}}{b} + \left( \sqrt{x} \right)"), 4);
        let formulas = Formulas::new();
        assert!(
            formulas
                .convert(&r"\alpha_i + \frac{1}{x} + xy".repeat(100), true)
                .is_some()
        );
    }
}
