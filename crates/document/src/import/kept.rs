//! The source that a file of ours carries. It comes back where what the file shows is still what it says: whole, or the
//! blocks that are as they were.

use super::line::Piece;
use super::links::Of;
use super::report::BlockReport;
use super::shown::{same, shown, shown_anywhere, words};
use super::{Imported, Reader, Report};
use crate::docx::{Bookmarks, Options, Picture, SOURCE, file};
use crate::model::{
    Block, BlockKind, Clause, Document, Element, ElementKind, Heading, Id, Inline, InlineKind, Visit, walk_document,
};
use crate::resolve::resolve;
use crate::source::{parse, print};
use std::collections::{BTreeMap, BTreeSet};

/// A source that the file carries, and what the file showed when it was built from it.
pub(super) struct Kept {
    pub document: Document,
    files: BTreeMap<String, Vec<u8>>,
    expected: Vec<Piece>,
    notes: Vec<String>,
    bookmarks: Bookmarks,
    /// Bookmarks of clauses.
    headings: BTreeSet<String>,
    /// Titles by the bookmarks of their clauses.
    titles: BTreeMap<String, Heading>,
    /// Sentences that open chapters and that no author wrote.
    pub lead_ins: Vec<String>,
}

/// A stretch of pieces that a block or an element of the source takes the place of.
#[derive(Debug, Clone)]
pub(super) enum Restored {
    /// From its first piece to before this one.
    Blocks(Vec<Block>, usize),
    /// The heading and all below.
    Element(Element, usize),
    /// A title, and comments that stood before it.
    Heading(Heading, Vec<Block>),
    /// Pieces that are made anew.
    Nothing(usize),
}

impl Kept {
    /// What the file carries; `None` where it carries nothing.
    pub fn of(reader: &Reader) -> Option<Self> {
        let document = kept_document(reader)?;
        let files = pictures(reader, &document);
        let picture = |name: &String| Picture {
            ending: name.rsplit('.').next().unwrap_or_default().to_lowercase(),
            ..Picture::default()
        };
        let options = Options {
            pictures: files.keys().map(|name| (name.clone(), picture(name))).collect(),
        };
        let again = file(&document, &resolve(&document), &options).ok()?;
        let mut other = Reader::new(super::Package::open(&again).ok()?, &reader.folder).ok()?;
        let expected = other.body().ok()?;
        let bookmarks = Bookmarks::of(&document);
        let mut headings = Headings {
            names: BTreeSet::new(),
            titles: BTreeMap::new(),
            bookmarks: &bookmarks,
        };
        walk_document(&document, &mut headings);
        let Headings { names, titles, .. } = headings;
        let mut headings = names;
        headings.extend(bookmarks.name("foreword"));
        Some(Self {
            notes: words_of_notes(&other),
            lead_ins: resolve(&document).lead_ins.into_values().collect(),
            titles,
            document,
            files,
            expected,
            bookmarks,
            headings,
        })
    }

    /// The whole text as it was, if the file was not changed since.
    pub fn whole(&self, reader: &Reader, pieces: &[Piece]) -> Option<Imported> {
        if reader.report.changes > 0 || !same(pieces, &self.expected) || words_of_notes(reader) != self.notes {
            return None;
        }
        let mut report = Report {
            origin: "kept",
            edges: reader.report.edges.clone(),
            comments: reader.report.comments,
            ..Report::default()
        };
        tell(pieces, &mut report);
        Some(Imported {
            source: print(&self.document),
            document: self.document.clone(),
            files: self.files.clone(),
            report,
        })
    }

    /// Names of the source by the bookmarks that stand for them.
    pub fn names(&self) -> BTreeMap<String, (Id, Of)> {
        struct Ids(Vec<(Id, Of)>);
        impl<'a> Visit<'a> for Ids {
            fn clause(&mut self, clause: &'a Clause, _depth: usize) {
                self.0.push((clause.id.clone(), Of::Clause));
            }

            fn block(&mut self, block: &'a Block) {
                self.0.push((block.id.clone(), Of::Block));
            }

            fn item(&mut self, item: &'a crate::model::ListItem) {
                self.0.push((item.id.clone(), Of::Item));
            }
        }
        let mut ids = Ids(Vec::new());
        walk_document(&self.document, &mut ids);
        ids.0
            .into_iter()
            .filter_map(|(id, of)| Some((self.bookmarks.name(id.as_str())?, (id, of))))
            .collect()
    }

    /// Whether the cover is as it was.
    pub fn has_cover(&self, cover: &[Piece]) -> bool {
        let end = self
            .expected
            .iter()
            .position(|piece| matches!(piece, Piece::Line(line) if line.contents));
        end.is_some_and(|end| shown(self.expected.get(..end).unwrap_or_default()) == shown(cover))
    }

    /// The pictures of the source.
    pub fn pictures(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// What comes back, by the first piece that it takes the place of.
    pub fn restored(&self, pieces: &[Piece]) -> BTreeMap<usize, Restored> {
        let mut restored = BTreeMap::new();
        let was: BTreeMap<String, Vec<String>> = stretches(&self.expected)
            .into_iter()
            .flat_map(|(names, from, to)| {
                let lines = shown_anywhere(self.expected.get(from..to).unwrap_or_default());
                names.into_iter().map(move |name| (name, lines.clone()))
            })
            .collect();
        let mut blocks = Blocks {
            found: BTreeMap::new(),
            bookmarks: &self.bookmarks,
        };
        walk_document(&self.document, &mut blocks);
        for (names, from, to) in stretches(pieces) {
            let lines = shown_anywhere(pieces.get(from..to).unwrap_or_default());
            if lines.is_empty() || !names.iter().any(|name| was.get(name) == Some(&lines)) {
                continue;
            }
            let title = names.iter().find_map(|name| self.titles.get(name));
            if let Some(title) = title {
                let comments = names.iter().filter_map(|name| blocks.found.get(name));
                let comments = comments.filter(|block| matches!(block.kind, BlockKind::Comment(_)));
                restored.insert(from, Restored::Heading(title.clone(), comments.cloned().collect()));
                continue;
            }
            let made: Vec<Block> = names
                .iter()
                .filter_map(|name| blocks.found.get(name).cloned())
                .collect();
            if !made.is_empty() {
                restored.insert(from, Restored::Blocks(made, to));
            }
        }
        let foreword = Element {
            kind: ElementKind::Foreword,
            clause: Clause {
                id: Id::written("foreword"),
                ..Clause::default()
            },
        };
        let generated = self.document.element(ElementKind::Foreword).is_none();
        let virtual_ones = generated.then_some(&foreword);
        for element in self.document.elements.iter().chain(virtual_ones) {
            if !matches!(
                element.kind,
                ElementKind::References | ElementKind::Bibliography | ElementKind::Index | ElementKind::Foreword
            ) {
                continue;
            }
            let Some(name) = self.bookmarks.name(element.clause.id.as_str()) else {
                continue;
            };
            let stretch = |pieces: &[Piece]| -> Option<(usize, usize, Vec<String>)> {
                let from = pieces.iter().position(|piece| bookmarks_of(piece).contains(&name))?;
                let to = pieces
                    .iter()
                    .enumerate()
                    .skip(from + 1)
                    .find(|(_, piece)| {
                        let heads = |name: &String| self.headings.contains(name);
                        bookmarks_of(piece).iter().any(heads) || is_end(piece)
                    })
                    .map_or(pieces.len(), |(at, _)| at);
                Some((from, to, shown_anywhere(pieces.get(from..to).unwrap_or_default())))
            };
            if let (Some((_, _, was)), Some((from, to, is))) = (stretch(&self.expected), stretch(pieces))
                && was == is
            {
                restored.retain(|at, _| !(from..to).contains(at));
                let made = if element.clause.heading.is_some() {
                    Restored::Element(element.clone(), to)
                } else {
                    Restored::Nothing(to)
                };
                restored.insert(from, made);
            }
        }
        restored
    }
}

/// Pieces from one bookmark of ours to before the next: their names, first and end.
fn stretches(pieces: &[Piece]) -> Vec<(Vec<String>, usize, usize)> {
    let starts: Vec<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| bookmarks_of(piece).iter().any(|name| is_ours(name)) || is_end(piece))
        .map(|(at, _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .filter_map(|(from, to)| {
            let ours = pieces.get(from).map(bookmarks_of).unwrap_or_default();
            let mut names: Vec<String> = ours.iter().filter(|name| is_ours(name)).cloned().collect();
            // Some programs write a bookmark around nothing twice.
            names.dedup();
            (!names.is_empty()).then_some((names, from, to))
        })
        .collect()
}

/// `_bc12`.
fn is_ours(name: &str) -> bool {
    name.strip_prefix("_bc")
        .is_some_and(|turn| !turn.is_empty() && turn.chars().all(|c| c.is_ascii_digit()))
}

fn bookmarks_of(piece: &Piece) -> &[String] {
    match piece {
        Piece::Line(line) => &line.bookmarks,
        Piece::Grid(grid) => &grid.bookmarks,
    }
}

/// The line that ends the text, or the paragraph before the body.
fn is_end(piece: &Piece) -> bool {
    matches!(piece, Piece::Line(line) if line.own_style && matches!(line.style.as_str(), "终结线" | "正文标准名称"))
}

struct Headings<'a> {
    names: BTreeSet<String>,
    titles: BTreeMap<String, Heading>,
    bookmarks: &'a Bookmarks,
}

impl<'a> Visit<'a> for Headings<'_> {
    fn clause(&mut self, clause: &'a Clause, _depth: usize) {
        let name = self.bookmarks.name(clause.id.as_str());
        if let (Some(name), Some(heading)) = (&name, &clause.heading) {
            self.titles.insert(name.clone(), heading.clone());
        }
        self.names.extend(name);
    }
}

/// The blocks of clauses by their bookmarks. What stands in other blocks comes back with them.
struct Blocks<'a> {
    found: BTreeMap<String, Block>,
    bookmarks: &'a Bookmarks,
}

impl<'a> Visit<'a> for Blocks<'_> {
    fn block(&mut self, block: &'a Block) {
        if let Some(name) = self.bookmarks.name(block.id.as_str()) {
            self.found.insert(name, block.clone());
        }
    }
}

/// The document that the file's own source gives.
fn kept_document(reader: &Reader) -> Option<Document> {
    let names: Vec<String> = reader
        .package
        .names()
        .filter(|name| name.starts_with("customXml/item") && name.rsplit('.').next() == Some("xml"))
        .map(str::to_owned)
        .collect();
    names.iter().find_map(|name| {
        let node = reader.part(name).ok()??;
        (node.name == "source" && node.get("xmlns") == Some(SOURCE)).then(|| parse(&node.text()).document)
    })
}

/// The pictures of the file, by the paths that the text names them by.
fn pictures(reader: &Reader, document: &Document) -> BTreeMap<String, Vec<u8>> {
    struct Names(Vec<String>);
    impl<'a> crate::model::Visit<'a> for Names {
        fn block(&mut self, block: &'a crate::model::Block) {
            if let crate::model::BlockKind::Figure(figure) = &block.kind {
                let parts = figure.parts.iter().flat_map(|part| &part.images);
                self.0
                    .extend(figure.images.iter().chain(parts).map(|image| image.file.clone()));
            }
        }

        fn inline(&mut self, inline: &'a Inline) {
            if let InlineKind::Picture { file, .. } = &inline.kind {
                self.0.push(file.clone());
            }
        }
    }
    let mut names = Names(Vec::new());
    crate::model::walk_document(document, &mut names);
    let Ok(Some(text)) = reader.part("word/document.xml") else {
        return BTreeMap::new();
    };
    let mut shown = BTreeMap::new();
    drawings(&text, &mut shown);
    names
        .0
        .into_iter()
        .filter(|name| crate::html::stays_inside(name))
        .filter_map(|name| {
            let (target, outside) = reader.relations.get(shown.get(&name)?)?;
            let bytes = reader.package.bytes(&format!("word/{target}")).filter(|_| !outside)?;
            Some((name, bytes.to_vec()))
        })
        .collect()
}

/// The relation of each drawing by its name.
fn drawings(node: &super::Node, shown: &mut BTreeMap<String, String>) {
    for child in node.nodes() {
        if child.name == "w:drawing" {
            let name = child.find("wp:docPr").and_then(|shape| shape.get("name"));
            if let (Some(name), Some(relation)) = (name, super::object::picture_of(child)) {
                shown.insert(name.to_owned(), relation);
            }
        } else {
            drawings(child, shown);
        }
    }
}

fn words_of_notes(reader: &Reader) -> Vec<String> {
    reader
        .footnotes
        .iter()
        .map(|note| {
            let mut text = String::new();
            words(&note.text, &mut text);
            text
        })
        .collect()
}

fn tell(pieces: &[Piece], report: &mut Report) {
    for piece in pieces {
        let (place, what, text) = match piece {
            Piece::Line(line) if line.inlines.is_empty() => continue,
            Piece::Line(line) => (line.place, "paragraph", line.text.chars().take(40).collect()),
            Piece::Grid(grid) => (grid.place, "table", String::new()),
        };
        report.blocks.push(BlockReport {
            place,
            what,
            level: None,
            text,
            confidence: 100,
            by: "kept",
        });
    }
}
