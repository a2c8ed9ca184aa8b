//! Document → Word (DOCX): what people who draft in Word open, change and send back.
//!
//! Styles are named as those of the drafting template, `标准文件_…`. Chapters, clauses, annexes, items, notes and
//! examples are numbered by Word's own lists, tables, figures and formulas by SEQ fields, and references are REF fields;
//! all show what is computed here until Word computes it anew. Formulas are Word's mathematics. The canonical source
//! travels in a part of its own, so that what Word has no place for comes back ([`crate::import`]).

mod block;
mod bookmark;
mod clause;
mod counted;
mod cover;
mod front;
mod inline;
mod math;
#[cfg(test)]
pub(crate) use math::omml;
mod numbering;
mod object;
mod package;
mod page;
mod pages;
mod paragraph;
mod picture;
mod style;
mod style_cover;
mod style_name;
mod style_text;
mod table;

pub(crate) use bookmark::Bookmarks;
pub use package::DocxError;
pub use picture::Picture;

use crate::mathml::Formulas;
use crate::model::{Document, TextLanguage};
use crate::resolve::Resolved;
use crate::source;
use crate::xml::escape;
use numbering::Numbering;
use package::{HEAD, Part, Relations, pack};
use page::{EDGES, NAMESPACES, Section, section};
use pages::Pages;
use paragraph::Paragraph;
use std::collections::{BTreeMap, BTreeSet};

/// What the file takes from outside.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The pictures, by the paths that the text names. Others are set as their words.
    pub pictures: BTreeMap<String, Picture>,
}

/// The media type of a part of Word's.
macro_rules! word {
    ($kind:literal) => {
        concat!(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.",
            $kind,
            "+xml"
        )
    };
}

/// By whom comments of the text are, whose authors it does not name.
pub(crate) const COMMENTS_BY: &str = "起草组";

/// The namespace of the part that holds the source.
pub(crate) const SOURCE: &str = "urn:biaochi:source:1";

/// The file. The same document gives the same bytes.
///
/// ```
/// use document::{docx, resolve::resolve, source::parse};
///
/// let document = parse("# 范围\n本文件规定了外观。\n").document;
/// let file = docx::file(&document, &resolve(&document), &docx::Options::default())?;
/// assert!(file.starts_with(b"PK"));
/// # Ok::<(), docx::DocxError>(())
/// ```
pub fn file(document: &Document, resolved: &Resolved, options: &Options) -> Result<Vec<u8>, DocxError> {
    let mut writer = Writer {
        document,
        resolved,
        options,
        formulas: Formulas::new(),
        out: String::new(),
        bookmarks: Bookmarks::of(document),
        tongue: document.front.language,
        counts: bookmark::counts_elsewhere(document),
        counted: counted::counted(document, resolved),
        marked: BTreeSet::new(),
        wanted: BTreeSet::new(),
        numbering: Numbering::default(),
        scope: block::Scope::default(),
        relations: Relations::default(),
        media: Vec::new(),
        notes: String::new(),
        noted: BTreeSet::new(),
        comments: Vec::new(),
        waiting: Vec::new(),
        drawings: 0,
        marks: 0,
        pages: Pages::default(),
        places: BTreeMap::new(),
    };
    pack(&writer.parts())
}

struct Writer<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    options: &'a Options,
    formulas: Formulas,
    /// The paragraphs and tables written so far.
    out: String,
    bookmarks: Bookmarks,
    /// The language of what is being written.
    tongue: TextLanguage,
    /// Tables, figures and formulas whose count the other language refers to.
    counts: BTreeSet<String>,
    /// Ids that Word's own lists number as the text has it.
    counted: BTreeSet<String>,
    /// Bookmarks that are set.
    marked: BTreeSet<String>,
    /// Bookmarks to which something leads.
    wanted: BTreeSet<String>,
    numbering: Numbering,
    scope: block::Scope,
    relations: Relations,
    /// Pictures: what they are called by, and their parts.
    media: Vec<(String, Part)>,
    /// Footnotes as they are printed.
    notes: String,
    /// Footnotes whose text is set; further marks only repeat the number.
    noted: BTreeSet<usize>,
    comments: Vec<String>,
    /// Comments that belong to the next paragraph.
    waiting: Vec<usize>,
    drawings: usize,
    marks: usize,
    pages: Pages,
    /// On which page each title stands, about.
    places: BTreeMap<String, String>,
}

impl Writer<'_> {
    /// A paragraph goes into the text.
    fn put(&mut self, paragraph: &Paragraph, runs: &str) {
        let comments: Vec<String> = std::mem::take(&mut self.waiting)
            .into_iter()
            .map(inline::comment_mark)
            .collect();
        let comments = comments.concat();
        self.pages.add(paragraph, runs);
        let printed = paragraph.print(&(comments + runs));
        self.out.push_str(&printed);
    }

    fn next_mark(&mut self) -> usize {
        self.marks += 1;
        self.marks
    }

    /// A comment of the drafting group: its id.
    fn new_comment(&mut self, words: &str) -> usize {
        self.comments.push(words.to_owned());
        self.comments.len() - 1
    }

    /// The id of the relation to a picture; one part for each picture however often it is shown.
    fn media(&mut self, key: &str, ending: &str, bytes: &[u8]) -> String {
        let known = self.media.iter().position(|(name, _)| name == key);
        let index = known.unwrap_or_else(|| {
            let name = format!("word/media/image{}.{ending}", self.media.len() + 1);
            self.media.push((key.to_owned(), Part::new(name, "", bytes)));
            self.media.len() - 1
        });
        let name = self
            .media
            .get(index)
            .map(|(_, part)| part.name.clone())
            .unwrap_or_default();
        self.relations.part("image", name.trim_start_matches("word/"))
    }

    fn parts(&mut self) -> Vec<Part> {
        for (kind, target) in [
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("footnotes", "footnotes.xml"),
            ("comments", "comments.xml"),
        ] {
            self.relations.part(kind, target);
        }
        if self.document.kind.is_standard() {
            self.relations.part("customXml", "../customXml/item1.xml");
        }
        let edges: Vec<String> = EDGES
            .iter()
            .map(|(kind, _, name)| self.relations.part(kind, name))
            .collect();
        let last = Section::last(self.document.kind);
        if self.document.kind.is_standard() {
            self.whole(&edges);
        } else {
            self.paper();
        }
        let body = std::mem::take(&mut self.out);
        let text = format!(
            "{HEAD}<w:document {NAMESPACES}><w:body>{body}{}</w:body></w:document>",
            section(last, &edges)
        );
        let language = self.document.front.language.tag();
        let mut top = Relations::default();
        top.part("officeDocument", "word/document.xml");
        top.part(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        );
        let mut parts = vec![
            Part::new("_rels/.rels", "", top.print()),
            Part::new(
                "docProps/core.xml",
                "application/vnd.openxmlformats-package.core-properties+xml",
                self.core(),
            ),
            Part::new("word/document.xml", word!("document.main"), text),
            Part::new("word/_rels/document.xml.rels", "", self.relations.print()),
            Part::new("word/styles.xml", word!("styles"), style::styles(language)),
            Part::new(
                "word/numbering.xml",
                word!("numbering"),
                self.numbering.print(self.document.front.language),
            ),
            Part::new("word/settings.xml", word!("settings"), page::settings()),
            Part::new("word/fontTable.xml", word!("fontTable"), font_table()),
            Part::new("word/footnotes.xml", word!("footnotes"), self.footnotes()),
            Part::new("word/comments.xml", word!("comments"), self.printed_comments()),
        ];
        if self.document.kind.is_standard() {
            parts.extend(source_parts(self.document));
        }
        for (name, media, text) in page::edges(self.document, &self.resolved.cover.number) {
            parts.push(Part::new(name, media, text));
        }
        parts.extend(std::mem::take(&mut self.media).into_iter().map(|(_, part)| part));
        parts
    }

    fn core(&self) -> String {
        let front = &self.document.front;
        let title = match front.language {
            TextLanguage::Zh if !front.title.zh.is_empty() => front.title.zh(),
            _ => front.title.en(),
        };
        let title = format!("{} {title}", self.resolved.cover.number);
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
             <dc:language>{}</dc:language></cp:coreProperties>",
            escape(title.trim()),
            escape(&front.publishers.join("、")),
            front.language.tag(),
        )
    }

    fn footnotes(&self) -> String {
        format!(
            "{HEAD}<w:footnotes {NAMESPACES}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p>\
             </w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r>\
             </w:p></w:footnote>{}</w:footnotes>",
            self.notes
        )
    }

    fn printed_comments(&self) -> String {
        let mut out = format!("{HEAD}<w:comments {NAMESPACES}>");
        for (id, words) in self.comments.iter().enumerate() {
            out.push_str(&format!(
                "<w:comment w:id=\"{id}\" w:author=\"{COMMENTS_BY}\" w:initials=\"起\">"
            ));
            for line in words.lines() {
                out.push_str(&Paragraph::of(style_name::COMMENT).print(&inline::plain(line)));
            }
            if words.lines().next().is_none() {
                out.push_str(&Paragraph::of(style_name::COMMENT).print(""));
            }
            out.push_str("</w:comment>");
        }
        out.push_str("</w:comments>");
        out
    }
}

fn font_table() -> String {
    let mut out = format!("{HEAD}<w:fonts xmlns:w=\"{}\">", page::WORD);
    for (name, family) in [
        ("Times New Roman", "roman"),
        ("宋体", "auto"),
        ("黑体", "modern"),
        ("Cambria Math", "roman"),
        ("Consolas", "modern"),
    ] {
        out.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:family w:val=\"{family}\"/></w:font>"
        ));
    }
    out.push_str("</w:fonts>");
    out
}

/// The parts that carry the canonical source.
fn source_parts(document: &Document) -> [Part; 3] {
    let mut relations = Relations::default();
    relations.part("customXmlProps", "itemProps1.xml");
    [
        Part::new("customXml/item1.xml", "", kept_source(document)),
        Part::new(
            "customXml/itemProps1.xml",
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            format!(
                "{HEAD}<ds:datastoreItem ds:itemID=\"{{6B1A0C5E-3B51-4B0E-9C7E-5D0A5B1C2E01}}\" \
                 xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
                 <ds:schemaRef ds:uri=\"{SOURCE}\"/></ds:schemaRefs></ds:datastoreItem>"
            ),
        ),
        Part::new("customXml/_rels/item1.xml.rels", "", relations.print()),
    ]
}

/// The canonical source: data, ids, LaTeX and whatever else Word has no place for come back from it.
fn kept_source(document: &Document) -> String {
    format!(
        "{HEAD}<source xmlns=\"{SOURCE}\" xml:space=\"preserve\">{}</source>",
        escape(&source::print(document))
    )
}
