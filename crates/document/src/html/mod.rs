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
use crate::model::{Clause, Document, DocumentKind, Element, ElementKind, TextLanguage};
use crate::resolve::{Label, Part, Resolved, parts};
use std::collections::BTreeMap;
use write::attribute;
pub(crate) use write::{escape, stays_inside};

/// What the page takes from outside.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For the path of a picture what to write as its address, such as a `data:` address. Others keep their path.
    pub pictures: BTreeMap<String, String>,
}

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
    let mut page = Page {
        document,
        resolved,
        options,
        formulas: Formulas::new(),
        out: String::new(),
        noted: 0,
    };
    page.whole();
    page.out
}

struct Page<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    options: &'a Options,
    formulas: Formulas,
    out: String,
    /// Footnote marks written so far, so that each has an anchor.
    noted: usize,
}

impl Page<'_> {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn whole(&mut self) {
        let front = &self.document.front;
        let title = match front.language {
            TextLanguage::Zh if !front.title.zh.is_empty() => front.title.zh(),
            _ => front.title.en(),
        };
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
        self.cover();
        self.contents();
        self.put("<main>\n");
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
        self.put("<hr class=\"end\">\n</main>\n</body>\n</html>\n");
    }

    /// A form or a report: its title, what it says, its chapters.
    fn paper(&mut self, title: &str) {
        let wide = if self.document.kind == DocumentKind::WideSheet {
            " class=\"wide-sheet\""
        } else {
            ""
        };
        self.put(&format!("<main{wide}>\n<h1>{}</h1>\n", escape(title)));
        self.blocks(&self.document.lead);
        for element in &self.document.elements {
            self.put(&format!("<section{}>\n", attribute("id", element.clause.id.as_str())));
            self.heading(&element.clause, 2, element.kind);
            self.inside(&element.clause, 3);
            self.put("</section>\n");
        }
        self.footnotes();
        self.put("</main>\n</body>\n</html>\n");
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
            attribute("id", element.clause.id.as_str())
        ));
        self.heading(&element.clause, 2, element.kind);
        if let Some(lead) = self.resolved.lead_ins.get(&element.clause.id) {
            let lead = format!("<p class=\"fixed\">{}</p>\n", escape(lead));
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

    fn inside(&mut self, clause: &Clause, level: usize) {
        self.blocks(&clause.blocks);
        for below in &clause.clauses {
            let titled = if below.heading.is_some() {
                ""
            } else {
                " class=\"untitled\""
            };
            self.put(&format!("<section{titled}{}>\n", attribute("id", below.id.as_str())));
            self.heading(below, level, ElementKind::Chapter);
            self.inside(below, level + 1);
            self.put("</section>\n");
        }
    }

    /// Clauses of an element that should have none; what they list stands in the element's list.
    fn groups(&mut self, clause: &Clause, level: usize) {
        for below in &clause.clauses {
            self.put(&format!("<section{}>\n", attribute("id", below.id.as_str())));
            self.heading(below, level, ElementKind::Chapter);
            self.other_blocks(below);
            self.groups(below, level + 1);
            self.put("</section>\n");
        }
    }

    fn heading(&mut self, clause: &Clause, level: usize, kind: ElementKind) {
        let number = self.resolved.label(&clause.id).map(Label::caption).unwrap_or_default();
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
            self.put(&format!("<span class=\"nature\">{}</span> ", nature.printed()));
        }
        let title = self.text(&heading.title);
        self.put(&title);
        if let Some(other) = &heading.other {
            let language = self.document.front.language.other().tag();
            self.put(&format!(
                " <span class=\"other\" lang=\"{language}\">{}</span>",
                escape(other)
            ));
        }
        self.put(&format!("</h{level}>\n"));
    }

    fn footnotes(&mut self) {
        if self.document.footnotes.is_empty() {
            return;
        }
        self.put("<section class=\"footnotes\"><ol>\n");
        for (index, note) in self.document.footnotes.iter().enumerate() {
            let text = self.text(&note.text);
            self.put(&format!(
                "<li id=\"~note-{n}\" value=\"{n}\">{text} <a href=\"#~mark-{n}\" aria-label=\"返回正文\">↩</a></li>\n",
                n = index + 1
            ));
        }
        self.put("</ol></section>\n");
    }
}
