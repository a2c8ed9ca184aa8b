//! NISO STS → source: the XML that [`crate::sts`] writes, and that of others as far as it is built alike.

mod block;
mod inline;
mod meta;

use super::links::compute_again;
use super::report::BlockReport;
use super::tree::{self, Node};
use super::{ImportError, Imported, Report};
use crate::finding::message;
use crate::model::{
    AnnexNature, Block, BlockKind, Clause, Document, Element, ElementKind, Heading, Id, Inline, plain_text,
};
use crate::resolve::resolve;
use crate::source::{self, element_of_title, parse, print};
use std::collections::BTreeMap;

/// Reads a text in NISO STS.
pub fn sts(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = String::from_utf8_lossy(bytes);
    let root = tree::read("XML", text.trim_start_matches('\u{feff}'))?;
    if root.name != "standard" {
        return Err(ImportError(message!("import-not-sts", name = &root.name)));
    }
    let mut reader = Reader::default();
    let mut document = reader.document(&root);
    compute_again(&mut document);
    let document = without_generated(parse(&print(&document)).document);
    let printed = print(&document);
    if printed.len() > source::LONGEST {
        return Err(ImportError(message!("import-too-large")));
    }
    reader.report.origin = "sts";
    Ok(Imported {
        document: parse(&printed).document,
        source: printed,
        files: BTreeMap::new(),
        report: reader.report,
    })
}

/// A text while it is read.
#[derive(Default)]
struct Reader {
    footnotes: Vec<crate::model::Footnote>,
    report: Report,
    place: usize,
}

impl Reader {
    fn document(&mut self, root: &Node) -> Document {
        let mut document = Document::default();
        if let Some(meta) = root.child("front").and_then(|front| {
            front
                .nodes()
                .find(|node| matches!(node.name.as_str(), "std-meta" | "iso-meta" | "nat-meta" | "reg-meta"))
        }) {
            document.front = meta::front(meta, root);
        }
        let back = root.child("back");
        if let Some(group) = back.and_then(|back| back.child("fn-group")) {
            for note in group.nodes().filter(|node| node.name == "fn") {
                let label = note.get("id").unwrap_or_default().to_owned();
                let text = note.child("p").map(|line| self.line(line)).unwrap_or_default();
                self.footnotes.push(crate::model::Footnote {
                    label,
                    span: crate::model::Span::NOWHERE,
                    text,
                });
            }
        }
        for part in [root.child("front"), root.child("body"), back].into_iter().flatten() {
            for node in part.nodes() {
                match node.name.as_str() {
                    "sec" if node.get("sec-type") == Some("titlepage") => {
                        document.lead = self.blocks(node);
                    }
                    "sec" => document.elements.extend(self.element(node)),
                    "app-group" => {
                        for app in node.nodes().filter(|node| node.name == "app") {
                            document.elements.extend(self.element(app));
                        }
                    }
                    "app" => document.elements.extend(self.element(node)),
                    "ref-list" => document.elements.push(self.bibliography(node)),
                    _ => {}
                }
            }
        }
        document.footnotes = std::mem::take(&mut self.footnotes);
        document
    }

    fn element(&mut self, node: &Node) -> Option<Element> {
        let mut clause = self.clause(node, 0);
        let title = clause
            .heading
            .as_ref()
            .map(|heading| plain_text(&heading.title))
            .unwrap_or_default();
        let kind = match (node.name.as_str(), node.get("content-type")) {
            ("app", Some("inform-annex")) => ElementKind::Annex(AnnexNature::Informative),
            ("app", Some("norm-annex")) => ElementKind::Annex(AnnexNature::Normative),
            ("app", _) => ElementKind::Annex(AnnexNature::Unsaid),
            _ => match node.get("sec-type") {
                Some("foreword") => ElementKind::Foreword,
                Some("intro") => ElementKind::Introduction,
                Some("scope") => ElementKind::Scope,
                Some("norm-refs") => ElementKind::References,
                Some("terms") => ElementKind::Terms,
                Some("symbols") => ElementKind::Symbols,
                Some("index") => ElementKind::Index,
                Some("bibliography") => ElementKind::Bibliography,
                _ => element_of_title(&title).unwrap_or(ElementKind::Chapter),
            },
        };
        // The index is made from the terms.
        if kind == ElementKind::Index {
            clause.blocks.clear();
        }
        // Names of elements that are known by their titles are made.
        if (kind.fixed_title().is_some() || kind == ElementKind::Symbols) && OWN_NAMES.contains(&clause.id.as_str()) {
            clause.id = Id::default();
        }
        Some(Element { kind, clause })
    }

    /// A `sec` or an `app`.
    fn clause(&mut self, node: &Node, depth: usize) -> Clause {
        let mut clause = Clause {
            id: node.get("id").map(name_of).unwrap_or_default(),
            ..Clause::default()
        };
        if let Some(title) = node.child("title") {
            let mut heading = Heading::default();
            let mut bare = title.clone();
            bare.inside.retain(|inside| match inside {
                tree::Inside::Node(inner) if inner.get("content-type") == Some("translation") => {
                    heading.other = Some(inner.text());
                    false
                }
                _ => true,
            });
            heading.title = self.line(&bare);
            trim(&mut heading.title);
            self.tell("clause", Some(depth), &plain_text(&heading.title));
            clause.heading = Some(heading);
        }
        clause.blocks = self.blocks(node);
        for below in node.nodes().filter(|node| node.name == "sec") {
            clause.clauses.push(self.clause(below, depth + 1));
        }
        clause
    }

    fn bibliography(&mut self, node: &Node) -> Element {
        let mut clause = self.list_clause(node, 0);
        clause.heading = Some(Heading {
            title: vec![Inline::text("参考文献")],
            ..Heading::default()
        });
        Element {
            kind: ElementKind::Bibliography,
            clause,
        }
    }

    /// A list of references with what else stands in it; lists in it are its clauses.
    fn list_clause(&mut self, node: &Node, depth: usize) -> Clause {
        let mut bare = node.clone();
        bare.inside.retain(
            |inside| !matches!(inside, tree::Inside::Node(inner) if matches!(inner.name.as_str(), "ref" | "ref-list")),
        );
        let mut clause = self.clause(&bare, depth);
        let references = self.references(node);
        if !references.entries.is_empty() {
            clause.blocks.push(Block::new(BlockKind::References(references)));
        }
        for below in node.nodes().filter(|node| node.name == "ref-list") {
            clause.clauses.push(self.list_clause(below, depth + 1));
        }
        clause
    }

    fn tell(&mut self, what: &'static str, level: Option<usize>, text: &str) {
        self.report.blocks.push(BlockReport {
            place: self.place,
            what,
            level,
            text: text.chars().take(40).collect(),
            confidence: 100,
            by: "style",
        });
        self.place += 1;
    }
}

const OWN_NAMES: [&str; 8] = [
    "foreword",
    "introduction",
    "scope",
    "references",
    "terms",
    "symbols",
    "bibliography",
    "index",
];

/// A name as the text has it: XML puts `_` before a digit.
fn name_of(id: &str) -> Id {
    let bare = id
        .strip_prefix('_')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    Id::written(bare.unwrap_or(id))
}

/// A name that was made from a clause's and a block's turn in it: `site-tb1`.
fn is_made(id: &str) -> bool {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() < id.len()
        && ["-data", "-tb", "-fig", "-eq", "-p", "-ch"]
            .iter()
            .any(|end| stem.ends_with(end))
}

fn trim(line: &mut Vec<Inline>) {
    use crate::model::InlineKind;
    if let Some(InlineKind::Text(run)) = line.last_mut().map(|last| &mut last.kind) {
        run.text = run.text.trim_end().to_owned();
        if run.text.is_empty() {
            line.pop();
        }
    }
}

/// Without what is made anew: the foreword's sentences, opening sentences of chapters, entries that citations bring.
fn without_generated(mut document: Document) -> Document {
    if let Some(at) = document
        .elements
        .iter()
        .position(|element| element.kind == ElementKind::Foreword)
    {
        let element = document.elements.remove(at);
        let generated: Vec<String> = resolve(&document)
            .foreword
            .iter()
            .map(|part| spelled(&part.block))
            .collect();
        let mut own = element.clone();
        own.clause.blocks.retain(|block| !generated.contains(&spelled(block)));
        // What is written takes its place among what is made.
        if !own.clause.blocks.is_empty() {
            document.elements.insert(at, own);
        }
    }
    for at in 0..document.elements.len() {
        let mut tried = document.clone();
        let Some(element) = tried.elements.get_mut(at) else {
            continue;
        };
        let (id, kind) = (element.clause.id.clone(), element.kind);
        let first = element.clause.blocks.first().map(spelled);
        if !element
            .clause
            .blocks
            .first()
            .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph(_)))
        {
            continue;
        }
        element.clause.blocks.remove(0);
        let made = resolve(&tried).lead_ins.get(&id).cloned();
        if made.is_some() && made == first && kind.is_chapter() {
            document = tried;
        }
    }
    cited(document)
}

/// Entries without a title that stand in a list because they are cited.
fn cited(document: Document) -> Document {
    let numbers = |document: &Document| -> Vec<String> {
        let resolved = resolve(document);
        let both = resolved.references.iter().chain(&resolved.bibliography);
        both.map(|entry| format!("{} {}", entry.number, plain_text(&entry.text)))
            .collect()
    };
    let mut tried = document.clone();
    for element in &mut tried.elements {
        for block in &mut element.clause.blocks {
            if let BlockKind::References(list) = &mut block.kind {
                list.entries
                    .retain(|entry| entry.designation.is_none() || !entry.text.is_empty());
            }
        }
        element
            .clause
            .blocks
            .retain(|block| !matches!(&block.kind, BlockKind::References(list) if list.entries.is_empty()));
    }
    tried.elements.retain(|element| {
        element.kind != ElementKind::Bibliography
            || !element.clause.blocks.is_empty()
            || !element.clause.clauses.is_empty()
    });
    if numbers(&tried) == numbers(&document) {
        tried
    } else {
        document
    }
}

fn spelled(block: &Block) -> String {
    let mut text = String::new();
    crate::model::spell_block(block, &|_| String::new(), &mut text);
    text.trim().to_owned()
}
