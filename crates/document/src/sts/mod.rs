//! Document → NISO STS 1.2 (ANSI/NISO Z39.102), the XML that standards bodies exchange.
//!
//! Numbers, fixed sentences and lists are written out as the page has them; every clause and object keeps its id. Terms
//! are TBX entries, formulas MathML with the LaTeX they came from, tables rows of XHTML. What STS has no element for
//! (CCS, 备案号, degree of adoption, genre, draft) stands in `custom-meta-group`; data fences stand as their table and,
//! to the letter, as `preformat`.

mod block;
mod inline;
mod meta;
mod object;
mod term;
mod tree;

use crate::mathml::Formulas;
use crate::model::{AnnexNature, Block, BlockKind, Clause, Document, Element, ElementKind, TextLanguage};
use crate::resolve::{ListedReference, Resolved, printed};
use std::cell::Cell;
use tree::Node;

/// The XML. The same document gives the same bytes.
///
/// ```
/// use document::{resolve::resolve, source::parse, sts};
///
/// let document = parse("# 范围\n本文件规定了A<B的要求。\n").document;
/// let xml = sts::print(&document, &resolve(&document));
/// assert!(xml.contains("<sec id=\"scope\" sec-type=\"scope\">"));
/// assert!(xml.contains("<p>本文件规定了A&lt;B的要求。</p>"));
/// ```
pub fn print(document: &Document, resolved: &Resolved) -> String {
    let writer = Writer {
        document,
        resolved,
        formulas: Formulas::new(),
        tongue: Cell::new(document.front.language),
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.standard().print(&mut out, 0);
    out.push('\n');
    out
}

struct Writer<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    formulas: Formulas,
    /// The language of what is being written.
    tongue: Cell<TextLanguage>,
}

impl Writer<'_> {
    fn standard(&self) -> Node {
        Node::new("standard")
            .with("xmlns:mml", "http://www.w3.org/1998/Math/MathML")
            .with("xmlns:tbx", "urn:iso:std:iso:30042:ed-1")
            .with("xmlns:xlink", "http://www.w3.org/1999/xlink")
            .with("dtd-version", "1.2")
            .with("xml:lang", self.language())
            .child(self.front())
            .child(self.body())
            .children(self.back())
    }

    fn language(&self) -> &'static str {
        match self.document.front.language {
            TextLanguage::Zh => "zh",
            TextLanguage::En => "en",
        }
    }

    fn other_language(&self) -> &'static str {
        match self.document.front.language {
            TextLanguage::Zh => "en",
            TextLanguage::En => "zh",
        }
    }

    fn front(&self) -> Node {
        let mut front = Node::new("front").child(self.meta());
        let element = self.document.element(ElementKind::Foreword);
        let id = element.map_or("foreword", |element| element.clause.id.as_str());
        let mut foreword = Node::new("sec")
            .id(id)
            .with("sec-type", "foreword")
            .child(Node::of("title", printed::foreword(self.tongue.get())));
        let blocks: Vec<&Block> = self.resolved.foreword.iter().map(|part| &part.block).collect();
        foreword.put_all(blocks.into_iter().flat_map(|block| self.block(block)));
        front.put(foreword);
        if let Some(element) = self.document.element(ElementKind::Introduction) {
            front.put(self.section(element));
        }
        front
    }

    fn body(&self) -> Node {
        let mut body = Node::new("body");
        if !self.document.lead.is_empty() {
            let lead = self.blocks(&self.document.lead);
            if !lead.is_empty() {
                body.put(Node::new("sec").with("sec-type", "titlepage").children(lead));
            }
        }
        for element in &self.document.elements {
            if element.kind.is_chapter() {
                body.put(self.section(element));
            }
        }
        body
    }

    fn back(&self) -> Option<Node> {
        let mut back = Node::new("back");
        let annexes: Vec<Node> = self.document.annexes().map(|annex| self.section(annex)).collect();
        if !annexes.is_empty() {
            back.put(Node::new("app-group").children(annexes));
        }
        back.put_all(self.bibliography());
        if !self.document.footnotes.is_empty() {
            let notes = self.document.footnotes.iter().enumerate();
            back.put(Node::new("fn-group").children(notes.map(|(index, note)| {
                Node::new("fn")
                    .with("id", format!("fn-{}", index + 1))
                    .child(Node::of("label", format!("{})", index + 1)))
                    .child(self.line("p", &note.text))
            })));
        }
        back.put_all(self.index());
        (!back.is_empty()).then_some(back)
    }

    /// The list of `back`. What its element has besides stands in it, and its clauses as lists below: STS has no
    /// sections there.
    fn bibliography(&self) -> Option<Node> {
        let element = self.document.element(ElementKind::Bibliography);
        let mut inside: Vec<Node> = Vec::new();
        if let Some(element) = element {
            inside.extend(self.other_blocks(&element.clause));
        }
        let entries = self.resolved.bibliography.iter().enumerate();
        inside.extend(entries.map(|(index, entry)| self.listed(entry, Some(index + 1))));
        if let Some(element) = element {
            inside.extend(self.groups(&element.clause, "ref-list"));
        }
        (!inside.is_empty()).then(|| {
            Node::new("ref-list")
                .with("content-type", "bibl")
                .child(Node::of("title", printed::bibliography(self.tongue.get())))
                .children(inside)
        })
    }

    /// The index, with what its element says besides and clauses below it, which it should not have.
    fn index(&self) -> Option<Node> {
        let clause = &self.document.element(ElementKind::Index)?.clause;
        let mut inside = self.blocks(&clause.blocks);
        let entries = self.resolved.index.iter().flat_map(|group| &group.entries);
        inside.extend(entries.map(|entry| Node::of("p", format!("{}\u{3000}{}", entry.term, entry.number))));
        inside.extend(self.groups(clause, "sec"));
        (!inside.is_empty()).then(|| {
            Node::new("sec")
                .with("sec-type", "index")
                .child(Node::of("title", "索引"))
                .children(inside)
        })
    }

    /// An element: `sec`, or `app` for an annex.
    fn section(&self, element: &Element) -> Node {
        let clause = &element.clause;
        let mut node = match element.kind {
            ElementKind::Annex(nature) => Node::new("app").id(clause.id.as_str()).with(
                "content-type",
                match nature {
                    AnnexNature::Informative => "inform-annex",
                    AnnexNature::Normative | AnnexNature::Unsaid => "norm-annex",
                },
            ),
            kind => Node::new("sec")
                .id(clause.id.as_str())
                .with("sec-type", section_type(kind)),
        };
        self.heading(clause, &mut node, element.kind);
        if let Some(lead) = self.resolved.lead_ins.get(&clause.id) {
            node.put(Node::of("p", lead.as_str()));
        }
        if element.kind == ElementKind::References {
            node.put_all(self.other_blocks(clause));
            if !self.resolved.references.is_empty() {
                node.put(
                    Node::new("ref-list")
                        .with("content-type", "norm-refs")
                        .children(self.resolved.references.iter().map(|entry| self.listed(entry, None))),
                );
            }
            node.put_all(self.groups(clause, "sec"));
            return node;
        }
        self.inside(clause, &mut node);
        node
    }

    fn heading(&self, clause: &Clause, node: &mut Node, kind: ElementKind) {
        let label = self.resolved.caption(&clause.id, self.tongue.get());
        if !label.is_empty() {
            node.put(Node::of("label", label));
        }
        if let ElementKind::Annex(nature) = kind {
            let nature = nature.printed(self.tongue.get());
            if !nature.is_empty() {
                node.put(Node::of("annex-type", nature));
            }
        }
        if let Some(heading) = &clause.heading {
            let mut title = self.line("title", &heading.title);
            if let Some(other) = &heading.other {
                title.put_text(" ");
                title.put(
                    Node::of("named-content", other.as_str())
                        .with("content-type", "translation")
                        .with("xml:lang", self.other_language()),
                );
            }
            node.put(title);
        }
    }

    fn inside(&self, clause: &Clause, node: &mut Node) {
        node.put_all(self.blocks(&clause.blocks));
        for below in &clause.clauses {
            let mut inner = Node::new("sec").id(below.id.as_str());
            self.heading(below, &mut inner, ElementKind::Chapter);
            self.inside(below, &mut inner);
            node.put(inner);
        }
    }

    /// The blocks of a clause whose list is printed from what is resolved.
    fn other_blocks(&self, clause: &Clause) -> Vec<Node> {
        let others = clause
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::References(_)));
        others.flat_map(|block| self.block(block)).collect()
    }

    /// Clauses of an element that should have none; what they list stands in the element's list.
    fn groups(&self, clause: &Clause, name: &'static str) -> Vec<Node> {
        let below = clause.clauses.iter().map(|below| {
            let mut inner = Node::new(name).id(below.id.as_str());
            self.heading(below, &mut inner, ElementKind::Chapter);
            inner.put_all(self.other_blocks(below));
            inner.children(self.groups(below, name))
        });
        below.collect()
    }

    /// An entry of one of the lists.
    fn listed(&self, entry: &ListedReference, number: Option<usize>) -> Node {
        let mut node = Node::new("ref");
        if !entry.key.is_empty() {
            node = node.id(entry.key.as_str());
        }
        if let Some(number) = number {
            node.put(Node::of("label", format!("[{number}]")));
        }
        if entry.number.is_empty() {
            node.put(self.line("mixed-citation", &entry.text));
        } else {
            let dated = entry
                .designation
                .as_ref()
                .is_some_and(|designation| designation.year().is_some());
            let mut std = Node::new("std")
                .with("type", if dated { "dated" } else { "undated" })
                .child(inline::std_ref(&entry.number, dated));
            if !entry.text.is_empty() {
                std.put_text("\u{3000}");
                std.put(self.line("title", &entry.text));
            }
            node.put(std);
        }
        node
    }
}

fn section_type(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Foreword => "foreword",
        ElementKind::Introduction => "intro",
        ElementKind::Scope => "scope",
        ElementKind::References => "norm-refs",
        ElementKind::Terms => "terms",
        ElementKind::Symbols => "symbols",
        ElementKind::Index => "index",
        ElementKind::Bibliography => "bibliography",
        ElementKind::Chapter | ElementKind::Annex(_) => "",
    }
}
