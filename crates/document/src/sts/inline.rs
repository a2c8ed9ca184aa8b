//! Running text.

use super::Writer;
use super::tree::{Node, xml_id};
use crate::model::{Citation, CrossReference, Inline, InlineKind};
use crate::resolve::{LabelKind, printed};

impl Writer<'_> {
    /// An element of a line of text.
    pub(super) fn line(&self, name: &'static str, text: &[Inline]) -> Node {
        let mut node = Node::new(name);
        self.inlines(text, &mut node, &[]);
        node
    }

    /// The same, among the footnotes of a table or a figure, whose labels are these.
    pub(super) fn line_among(&self, name: &'static str, text: &[Inline], notes: &[&str]) -> Node {
        let mut node = Node::new(name);
        self.inlines(text, &mut node, notes);
        node
    }

    pub(super) fn inlines(&self, text: &[Inline], node: &mut Node, notes: &[&str]) {
        for inline in text {
            match &inline.kind {
                InlineKind::Text(run) => node.put_text(run.text.as_str()),
                InlineKind::Emphasis(inner) => node.put(self.marked("italic", inner, notes)),
                InlineKind::Strong(inner) => node.put(self.marked("bold", inner, notes)),
                InlineKind::Subscript(inner) => node.put(self.marked("sub", inner, notes)),
                InlineKind::Superscript(inner) => node.put(self.marked("sup", inner, notes)),
                InlineKind::Code(code) => node.put(Node::of("monospace", code.as_str())),
                InlineKind::Variable(symbol) => node.put(Node::of("italic", symbol.as_str())),
                InlineKind::Math(latex) => {
                    node.put(Node::new("inline-formula").child(self.math(latex, false)));
                }
                InlineKind::Citation(citation) => self.cited(citation, node),
                InlineKind::CrossReference(reference) => node.put(self.reference(reference, notes)),
                InlineKind::Link { words, address } => {
                    let mut link = Node::new("ext-link")
                        .with("ext-link-type", "uri")
                        .with("xlink:href", address.as_str());
                    if words.is_empty() {
                        link.put_text(address.as_str());
                    } else {
                        self.inlines(words, &mut link, notes);
                    }
                    node.put(link);
                }
                InlineKind::FootnoteMark(label) => node.put(self.mark(label, notes)),
                InlineKind::Quantity { value, unit } => node.put_text(format!("{value}\u{202f}{unit}")),
                InlineKind::Break => node.put(Node::new("break")),
                InlineKind::Picture { words, file } => node.put(
                    Node::new("inline-graphic")
                        .with("xlink:href", file.as_str())
                        .child(Node::of("alt-text", words.as_str())),
                ),
                InlineKind::Comment(_) => {}
            }
        }
    }

    fn marked(&self, name: &'static str, inner: &[Inline], notes: &[&str]) -> Node {
        let mut node = Node::new(name);
        self.inlines(inner, &mut node, notes);
        node
    }

    fn reference(&self, reference: &CrossReference, notes: &[&str]) -> Node {
        let label = self.resolved.label(&reference.target);
        let kind = match label.map(|label| label.kind) {
            Some(LabelKind::Table) => "table",
            Some(LabelKind::Figure | LabelKind::SubFigure) => "fig",
            Some(LabelKind::Formula) => "disp-formula",
            Some(LabelKind::Annex) => "app",
            Some(LabelKind::Part | LabelKind::Section) => "sec",
            Some(LabelKind::Item) => "list",
            Some(LabelKind::Term) => "term",
            Some(LabelKind::Note | LabelKind::Example) => "note",
            Some(LabelKind::Chapter | LabelKind::Clause | LabelKind::Titled) => "sec",
            None => "other",
        };
        let mut node = Node::new("xref")
            .with("ref-type", kind)
            .with("rid", xml_id(reference.target.as_str()));
        if reference.words.is_empty() {
            node.put_text(
                self.resolved
                    .reference(reference, self.tongue.get())
                    .unwrap_or_default(),
            );
        } else {
            self.inlines(&reference.words, &mut node, notes);
        }
        node
    }

    fn mark(&self, label: &str, notes: &[&str]) -> Node {
        if let Some(index) = notes.iter().position(|note| *note == label) {
            return Node::of("sup", crate::resolve::small_letter(index));
        }
        let number = self.resolved.footnotes.get(label).copied().unwrap_or_default();
        Node::new("xref")
            .with("ref-type", "fn")
            .with("rid", format!("fn-{number}"))
            .child(Node::of("sup", format!("{number})")))
    }

    /// `std` around the number that is cited.
    fn cited(&self, citation: &Citation, node: &mut Node) {
        let place = printed::cited(self.tongue.get(), "", citation.locator.as_deref());
        let Some(designation) = &citation.designation else {
            node.put(
                Node::new("xref")
                    .with("ref-type", "bibr")
                    .with("rid", xml_id(&citation.target))
                    .text(format!("[{}]", citation.target)),
            );
            node.put_text(place);
            return;
        };
        let dated = citation.is_dated();
        let mut std = Node::new("std")
            .with("type", if dated { "dated" } else { "undated" })
            .child(std_ref(&designation.to_string(), dated));
        std.put_text(place);
        node.put(std);
    }

    /// MathML and the LaTeX that it came from; the LaTeX alone where it cannot be converted.
    pub(super) fn math(&self, latex: &str, display: bool) -> Node {
        let tex = Node::of("tex-math", latex);
        let Some(mathml) = self.formulas.convert(latex, display) else {
            return tex;
        };
        let mut math = Node::new("alternatives");
        math.put_markup(prefixed(&mathml));
        math.child(tex)
    }
}

/// The number of a standard.
pub(super) fn std_ref(number: &str, dated: bool) -> Node {
    Node::of("std-ref", number).with("type", if dated { "dated" } else { "undated" })
}

/// MathML with the prefix that STS gives it.
fn prefixed(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len() * 5 / 4);
    let mut rest = mathml;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let (open, name) = match tag.strip_prefix("</") {
            Some(name) => ("</mml:", name),
            None => ("<mml:", tag.strip_prefix('<').unwrap_or(tag)),
        };
        out.push_str(open);
        rest = name;
    }
    out.push_str(rest);
    out.replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", "")
}
