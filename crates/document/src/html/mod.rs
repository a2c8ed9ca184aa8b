//! Document → one HTML page: readable on a phone and in print, without script.
//!
//! Every clause and block is an anchor of its own id. Formulas are MathML. Whatever a text says is data: it is escaped,
//! addresses are http, https or mailto, pictures come from the document's folder or inline, and the page's own policy
//! lets nothing run.

mod block;
mod front;
mod inline;
mod math;
mod table;
mod write;

use crate::mathml::Formulas;
use crate::model::{Clause, Document, DocumentKind, Element, ElementKind, Id, TextLanguage};
use crate::resolve::{Part, Resolved, parts, printed};
use std::collections::BTreeMap;
use write::attribute;
pub(crate) use write::{escape, stays_inside};

/// What the page takes from outside.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For the path of a picture what to write as its address, such as a `data:` address. Others keep their path.
    pub pictures: BTreeMap<String, String>,
    /// What stands before the name of every anchor, so that a page around the text keeps its own names.
    pub anchors: String,
}

/// The name of the cover of a text that stands in another page.
pub const COVER: &str = "~cover";

/// The page. The same document gives the same bytes.
///
/// ```
/// use document::{html, resolve::resolve, source::parse};
///
/// let document = parse("# 范围\n本文件<script>规定了</script>。\n").document;
/// let page = html::page(&document, &resolve(&document), &html::Options::default());
/// assert!(page.contains("本文件&lt;script&gt;规定了"));
/// ```
pub fn page(document: &Document, resolved: &Resolved, options: &Options) -> String {
    let mut page = Page::new(document, resolved, options);
    page.whole();
    page.out
}

/// The text alone, to stand in a page that has head, style and contents of its own. Headings begin at the second level.
pub fn body(document: &Document, resolved: &Resolved, options: &Options) -> String {
    let mut page = Page::new(document, resolved, options);
    if document.kind.is_standard() {
        page.cover("p");
        page.text_of_all();
    } else {
        let title = page.title();
        page.put(&format!(
            "<p class=\"body-title\"{}>{}</p>\n",
            page.id(COVER),
            escape(&title)
        ));
        page.paper_text();
    }
    page.out
}

struct Page<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    options: &'a Options,
    formulas: Formulas,
    out: String,
    /// The language of what is being written.
    tongue: TextLanguage,
    /// Footnote marks written so far, so that each has an anchor.
    noted: usize,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, resolved: &'a Resolved, options: &'a Options) -> Self {
        Self {
            document,
            resolved,
            options,
            formulas: Formulas::new(),
            out: String::new(),
            tongue: document.front.language,
            noted: 0,
        }
    }
}

impl Page<'_> {
    /// The attribute by which something is an anchor; nothing for what has no name.
    fn id(&self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        attribute("id", &self.anchor(name))
    }

    /// The name of an anchor as the page has it.
    fn anchor(&self, name: &str) -> String {
        format!("{}{name}", self.options.anchors)
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// The title in the language of the text.
    fn title(&self) -> String {
        let front = &self.document.front;
        match front.language {
            TextLanguage::Zh if !front.title.zh.is_empty() => front.title.zh(),
            _ => front.title.en(),
        }
    }

    fn whole(&mut self) {
        let front = &self.document.front;
        let title = self.title();
        let number = self.resolved.cover.number.clone();
        let tag = front.language.tag();
        self.put(&format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             img-src 'self' data: file:\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
            escape(format!("{number} {title}").trim()),
            include_str!("style.css")
        ));
        if !self.document.kind.is_standard() {
            self.paper(&title);
            return;
        }
        self.cover("h1");
        self.contents();
        self.put("<main>\n");
        self.text_of_all();
        self.put("</main>\n</body>\n</html>\n");
    }

    /// Everything after cover and contents.
    fn text_of_all(&mut self) {
        let title = self.title();
        if self.document.element(ElementKind::Foreword).is_none() {
            self.foreword("foreword");
        }
        for part in parts(&self.document.elements) {
            match part {
                Part::Title => self.body_title(&title),
                Part::Lead => self.blocks(&self.document.lead),
                Part::Element(element) => self.element(element),
                Part::Bibliography => self.bibliography_of_citations(),
            }
        }
        self.footnotes();
        self.put("<hr class=\"end\">\n");
    }

    /// A form or a report: its title, what it says, its chapters.
    fn paper(&mut self, title: &str) {
        let wide = if self.document.kind == DocumentKind::WideSheet {
            " class=\"wide-sheet\""
        } else {
            ""
        };
        self.put(&format!("<main{wide}>\n<h1>{}</h1>\n", escape(title)));
        self.paper_text();
        self.put("</main>\n</body>\n</html>\n");
    }

    /// What a form or a report says below its title.
    fn paper_text(&mut self) {
        self.blocks(&self.document.lead);
        for element in &self.document.elements {
            self.put(&format!("<section{}>\n", self.id(element.clause.id.as_str())));
            self.heading(&element.clause, 2, element.kind);
            self.inside(&element.clause, 3);
            self.put("</section>\n");
        }
        self.footnotes();
    }

    /// 正文首页: the title once more.
    fn body_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.put(&format!("<p class=\"body-title\">{}</p>\n", escape(title)));
        }
    }

    fn element(&mut self, element: &Element) {
        if element.kind == ElementKind::Foreword {
            self.foreword(element.clause.id.as_str());
            return;
        }
        let class = match element.kind {
            ElementKind::Annex(_) => "annex",
            kind if kind.is_chapter() => "chapter",
            _ => "plain",
        };
        self.put(&format!(
            "<section class=\"{class}\"{}>\n",
            self.id(element.clause.id.as_str())
        ));
        self.heading(&element.clause, 2, element.kind);
        if let Some(lead) = self.resolved.lead_ins.get(&element.clause.id) {
            let lead = format!("<p class=\"fixed\"{}>{}</p>\n", self.fixed_tongue(), escape(lead));
            self.put(&lead);
        }
        match element.kind {
            ElementKind::References => {
                self.other_blocks(&element.clause);
                self.references();
                self.groups(&element.clause, 3);
            }
            ElementKind::Bibliography => {
                self.other_blocks(&element.clause);
                self.bibliography();
                self.groups(&element.clause, 3);
            }
            ElementKind::Index => {
                self.blocks(&element.clause.blocks);
                self.index();
                self.groups(&element.clause, 3);
            }
            _ => self.inside(&element.clause, 3),
        }
        self.put("</section>\n");
    }

    /// The sentences that GB/T 1.1 fixes are Chinese in an English text, too.
    fn fixed_tongue(&self) -> &'static str {
        match self.document.front.language {
            TextLanguage::Zh => "",
            TextLanguage::En => " lang=\"zh-CN\"",
        }
    }

    fn inside(&mut self, clause: &Clause, level: usize) {
        self.blocks(&clause.blocks);
        for below in &clause.clauses {
            let titled = if below.heading.is_some() {
                ""
            } else {
                " class=\"untitled\""
            };
            self.put(&format!("<section{titled}{}>\n", self.id(below.id.as_str())));
            self.heading(below, level, ElementKind::Chapter);
            self.inside(below, level + 1);
            self.put("</section>\n");
        }
    }

    /// Clauses of an element that should have none; what they list stands in the element's list.
    fn groups(&mut self, clause: &Clause, level: usize) {
        for below in &clause.clauses {
            self.put(&format!("<section{}>\n", self.id(below.id.as_str())));
            self.heading(below, level, ElementKind::Chapter);
            self.other_blocks(below);
            self.groups(below, level + 1);
            self.put("</section>\n");
        }
    }

    fn heading(&mut self, clause: &Clause, level: usize, kind: ElementKind) {
        let number = self.resolved.caption(&clause.id, self.tongue);
        let Some(heading) = &clause.heading else {
            self.put(&format!("<p class=\"number\">{}</p>\n", escape(&number)));
            return;
        };
        let level = level.min(6);
        self.put(&format!("<h{level}>"));
        if !number.is_empty() {
            self.put(&format!("<span class=\"number\">{}</span> ", escape(&number)));
        }
        if let ElementKind::Annex(nature) = kind {
            self.put(&format!(
                "<span class=\"nature\">{}</span> ",
                nature.printed(self.tongue)
            ));
        }
        let title = self.text(&heading.title);
        self.put(&title);
        if let Some(other) = &heading.other {
            let unsaid = Id::default();
            let numbered = matches!(kind, ElementKind::Annex(_));
            let other = self.in_the_other(if numbered { &clause.id } else { &unsaid }, other);
            self.put(&format!(" {other}"));
        }
        self.put(&format!("</h{level}>\n"));
    }

    fn footnotes(&mut self) {
        if self.document.footnotes.is_empty() {
            return;
        }
        self.put("<section class=\"footnotes\"><ol>\n");
        let back = printed::back(self.tongue);
        for (index, note) in self.document.footnotes.iter().enumerate() {
            let text = self.text(&note.text);
            self.put(&format!(
                "<li id=\"{before}~note-{n}\" value=\"{n}\">{text} <a href=\"#{before}~mark-{n}\" aria-label=\"{back}\">↩</a></li>\n",
                before = escape(&self.options.anchors),
                n = index + 1
            ));
        }
        self.put("</ol></section>\n");
    }
}
