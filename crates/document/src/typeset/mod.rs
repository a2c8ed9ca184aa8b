//! Document → the program that a typesetter runs to set its pages.
//!
//! The program is calls of the house's own functions (`house/*.typ`): they say how a clause, a list, a table looks
//! (GB/T 1.1—2020, chapter 10). What a text says stands in it as string literals alone, so no word of a text is ever
//! evaluated. Numbers, references and lists are computed here; the typesetter only finds pages.

mod block;
mod front;
mod inline;
mod literal;
mod math;
mod table;

use crate::mathml::Formulas;
use crate::model::{
    Clause, Document, DocumentKind, Element, ElementKind, Id, Inline, InlineKind, TextLanguage, Visit, walk_document,
};
use crate::resolve::{Label, LabelKind, Part, Resolved, parts, preliminary, printed};
use jiff::civil::Date;
use literal::{array, content, literal};
use std::collections::{BTreeMap, BTreeSet};

/// What the program takes from outside.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For the path of a picture the name by which the typesetter has it. Others are set as their words.
    pub pictures: BTreeMap<String, String>,
}

/// The date of a text that has none.
const NO_DATE: Date = Date::constant(2000, 1, 1);

/// How the house sets things.
const HOUSE: [&str; 7] = [
    include_str!("house/page.typ"),
    include_str!("house/cover.typ"),
    include_str!("house/clause.typ"),
    include_str!("house/block.typ"),
    include_str!("house/table.typ"),
    include_str!("house/object.typ"),
    include_str!("house/sheet.typ"),
];

/// The program. The same document gives the same bytes.
///
/// ```
/// use document::{resolve::resolve, source::parse, typeset};
///
/// let document = parse("# 范围\n本文件#规定了\"外观\"。\n").document;
/// let program = typeset::program(&document, &resolve(&document), &typeset::Options::default());
/// assert!(program.contains(r##"#p[#"本文件#规定了\"外观\"。"]"##));
/// ```
pub fn program(document: &Document, resolved: &Resolved, options: &Options) -> String {
    let mut writer = Writer {
        document,
        resolved,
        options,
        formulas: Formulas::new(),
        out: String::new(),
        tongue: document.front.language,
        narrow: false,
        wanted: wanted(document, resolved),
        anchors: BTreeSet::new(),
        noted: BTreeSet::new(),
    };
    if document.kind.is_standard() {
        writer.whole();
    } else {
        writer.paper();
    }
    let body = std::mem::take(&mut writer.out);
    let mut program = writer.head();
    for part in HOUSE {
        program.push_str(part);
    }
    let tag = literal(match document.front.language {
        TextLanguage::Zh => "zh",
        TextLanguage::En => "en",
    });
    program.push_str(&match document.kind {
        DocumentKind::Standard => format!("\n#house({},{tag},[\n{body}])\n", literal(&resolved.cover.number)),
        DocumentKind::Sheet => format!("\n#sheet({tag},false,[\n{body}])\n"),
        DocumentKind::WideSheet => format!("\n#sheet({tag},true,[\n{body}])\n"),
        DocumentKind::Report => format!("\n#report({tag},[\n{body}])\n"),
    });
    program
}

/// The ids that something leads to.
fn wanted(document: &Document, resolved: &Resolved) -> BTreeSet<String> {
    struct Targets(BTreeSet<String>);
    impl<'a> Visit<'a> for Targets {
        fn inline(&mut self, inline: &'a Inline) {
            match &inline.kind {
                InlineKind::CrossReference(reference) => {
                    self.0.insert(reference.target.as_str().to_owned());
                }
                InlineKind::Citation(citation) => {
                    self.0.insert(citation.target.clone());
                }
                _ => {}
            }
        }
    }
    let mut targets = Targets(BTreeSet::new());
    walk_document(document, &mut targets);
    let contents = resolved.contents.iter().map(|entry| &entry.id);
    let index = resolved.index.iter().flat_map(|group| &group.entries);
    targets.0.extend(
        contents
            .chain(index.map(|entry| &entry.id))
            .map(|id| id.as_str().to_owned()),
    );
    targets.0
}

struct Writer<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    options: &'a Options,
    formulas: Formulas,
    out: String,
    /// The language of what is being written.
    tongue: TextLanguage,
    /// Whether cells of a table are being written.
    narrow: bool,
    /// Ids that something leads to.
    wanted: BTreeSet<String>,
    /// Ids that have a place in the program.
    anchors: BTreeSet<String>,
    /// Footnotes whose text is set; further marks only repeat the number.
    noted: BTreeSet<usize>,
}

impl Writer<'_> {
    fn put(&mut self, program: &str) {
        self.out.push_str(program);
    }

    /// The id for a call that sets an anchor: empty where nothing leads to it, or where it is set already.
    fn anchor(&mut self, id: &Id) -> String {
        let id = id.as_str();
        if self.wanted.contains(id) && self.anchors.insert(id.to_owned()) {
            literal(id)
        } else {
            literal("")
        }
    }

    fn caption(&self, id: &Id) -> String {
        self.resolved.caption(id, self.tongue)
    }

    /// Title, author and date of the file, and which anchors there are.
    fn head(&self) -> String {
        let front = &self.document.front;
        let number = &self.resolved.cover.number;
        let title = self.title().join("　");
        // An archived file has a date: the text's own, else its number's year, never the clock's.
        let year = || i16::try_from(self.document.front.designation.as_ref()?.year()?.value()).ok();
        let date = front
            .published
            .or(front.drafted)
            .or(front.implemented)
            .or_else(|| Date::new(year()?, 1, 1).ok())
            .unwrap_or(NO_DATE);
        let mut anchors = String::new();
        for id in &self.anchors {
            anchors.push_str(&format!("{}:none,", literal(id)));
        }
        if anchors.is_empty() {
            anchors.push(':');
        }
        format!(
            "#set document(title:{},author:{},date:{})\n#let anchors=({anchors})\n",
            literal(format!("{number} {title}").trim()),
            array(front.publishers.iter().map(|name| literal(name))),
            datetime(date),
        )
    }

    fn title(&self) -> Vec<String> {
        let title = &self.document.front.title;
        match self.document.front.language {
            TextLanguage::Zh if !title.zh.is_empty() => title.zh.clone(),
            _ => title.en.clone(),
        }
    }

    fn whole(&mut self) {
        let (before, after) = preliminary(self.document);
        self.cover();
        // The anchors are known once everything is written; the contents come before.
        let from = self.out.len();
        if self.document.element(ElementKind::Foreword).is_none() {
            self.foreword(&Id::written("foreword"));
        }
        for element in before {
            self.element(element);
        }
        let preliminary = self.out.split_off(from);
        self.body(after);
        let body = self.out.split_off(from);
        self.put("#preliminary[\n");
        self.contents();
        self.put(&preliminary);
        self.put("]\n#main-matter[\n");
        self.put(&body);
        self.put("#end-line()\n]\n");
    }

    /// A form or a report: its title, what it says, its chapters.
    fn paper(&mut self) {
        let title = array(self.title().iter().map(|part| literal(part)));
        self.put(&format!("#paper-title({title})\n"));
        let document = self.document;
        self.blocks(&document.lead);
        for element in &document.elements {
            self.heading(&element.clause, 1);
            self.inside(&element.clause, 2);
        }
    }

    fn body(&mut self, elements: &[Element]) {
        for part in parts(elements) {
            match part {
                Part::Title => self.body_title(),
                Part::Lead => self.blocks(&self.document.lead),
                Part::Element(element) => self.element(element),
                Part::Bibliography => self.bibliography_of_citations(),
            }
        }
    }

    /// 正文首页: the title once more.
    fn body_title(&mut self) {
        let title = self.title();
        if !title.is_empty() {
            let parts = array(title.iter().map(|part| literal(part)));
            self.put(&format!("#body-title({parts})\n"));
        }
    }

    fn element(&mut self, element: &Element) {
        let clause = &element.clause;
        match element.kind {
            ElementKind::Foreword => {
                self.foreword(&clause.id);
                return;
            }
            ElementKind::Annex(nature) => self.annex_head(clause, nature),
            kind if kind.is_chapter() => self.heading(clause, 1),
            ElementKind::Introduction => self.element_head(clause, "san"),
            _ => self.element_head(clause, "wu"),
        }
        if let Some(lead) = self.resolved.lead_ins.get(&clause.id) {
            self.put(&format!("#p[#{}]\n", literal(lead)));
        }
        match element.kind {
            ElementKind::References => {
                self.other_blocks(clause);
                self.listed(&self.resolved.references, false);
                self.groups(clause, 2);
            }
            ElementKind::Bibliography => {
                self.other_blocks(clause);
                self.listed(&self.resolved.bibliography, true);
                self.groups(clause, 2);
            }
            ElementKind::Index => {
                self.blocks(&clause.blocks);
                self.index();
                self.groups(clause, 2);
            }
            _ => self.inside(clause, 2),
        }
    }

    fn inside(&mut self, clause: &Clause, level: usize) {
        self.blocks(&clause.blocks);
        for below in &clause.clauses {
            if below.heading.is_some() {
                self.heading(below, level);
                self.inside(below, level + 1);
            } else {
                self.untitled(below, level);
            }
        }
    }

    /// Clauses of an element that should have none; what they list stands in the element's list.
    fn groups(&mut self, clause: &Clause, level: usize) {
        for below in &clause.clauses {
            self.heading(below, level);
            self.other_blocks(below);
            self.groups(below, level + 1);
        }
    }

    fn heading(&mut self, clause: &Clause, level: usize) {
        let number = literal(&self.caption(&clause.id));
        let gap = self.resolved.label(&clause.id).map_or("", Label::gap);
        let anchor = self.anchor(&clause.id);
        let title = self.heading_words(clause);
        self.put(&format!("#clause({level},{anchor},{number},{title}"));
        if gap.is_empty() && number != "\"\"" {
            self.put(",gap-behind:\"\"");
        }
        self.put(")\n");
    }

    /// The title with the one in the other language behind it.
    fn heading_words(&mut self, clause: &Clause) -> String {
        let Some(heading) = &clause.heading else {
            return content("");
        };
        let mut title = self.text(&heading.title);
        if let Some(other) = &heading.other {
            let tag = literal(self.other_tag());
            let language = self.document.front.language.other();
            // Chapters have one number in both languages; an annex is called otherwise.
            let number = match self.resolved.label(&clause.id) {
                Some(label) if label.kind == LabelKind::Annex => label.caption(language),
                _ => String::new(),
            };
            let other = printed::titled(language, &number, other);
            title.push_str(&format!("#\"　\"#other-tongue({tag},[#{}])", literal(&other)));
        }
        content(&title)
    }

    fn other_tag(&self) -> &'static str {
        match self.document.front.language {
            TextLanguage::Zh => "en",
            TextLanguage::En => "zh",
        }
    }
}

fn datetime(date: Date) -> String {
    format!(
        "datetime(year:{},month:{},day:{})",
        date.year(),
        date.month(),
        date.day()
    )
}
