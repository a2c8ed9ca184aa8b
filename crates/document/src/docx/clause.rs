//! The whole text: sections, elements, clauses.

use super::Writer;
use super::block::Around;
use super::counted::list_of;
use super::front::spread;
use super::inline::{BREAK, plain, run};
use super::numbering::{ANNEXES, CHAPTERS};
use super::page::{Section, section};
use super::paragraph::Paragraph;
use super::style_name::{
    AFTER, ANNEX_CLAUSES, ANNEX_TITLE, ANNEX_UNTITLED, BACK_TITLE, BODY_TITLE, CLAUSES, END_LINE, FRONT_TITLE, TEXT,
    UNTITLED,
};
use crate::model::{AnnexNature, Block, BlockKind, Clause, Element, ElementKind, Id, Inline, TextLanguage, plain_text};
use crate::resolve::{Label, Part, parts, preliminary, printed};

impl Writer<'_> {
    pub(super) fn whole(&mut self, edges: &[String]) {
        let document = self.document;
        let (before, after) = preliminary(document);
        self.cover();
        self.end_section(Section::Cover, edges);
        let from = self.out.len();
        self.pages.begin(true);
        // The contents themselves.
        self.pages
            .lines(4.0 + self.resolved.contents.iter().filter(|entry| entry.depth <= 1).count() as f64);
        if document.element(ElementKind::Foreword).is_none() {
            self.foreword(&Id::written("foreword"));
        }
        for element in before {
            self.element(element);
        }
        self.end_section(Section::Preliminary, edges);
        let preliminary = self.out.split_off(from);
        self.pages.begin(false);
        self.body(after);
        let missing = self.missing_bookmarks();
        self.put(&Paragraph::of(END_LINE), &missing);
        let body = self.out.split_off(from);
        self.contents();
        self.out.push_str(&preliminary);
        self.out.push_str(&body);
    }

    /// A form or a report: its title, what it says, its chapters.
    pub(super) fn paper(&mut self) {
        let document = self.document;
        self.pages.begin(false);
        self.body_title();
        self.clause_blocks(&document.lead);
        for element in &document.elements {
            self.heading(&element.clause, 0, Some(CHAPTERS));
            self.inside(&element.clause, 1, Some(CHAPTERS));
        }
        // Word wants a paragraph behind a table that ends the text; what leads nowhere else is marked in it.
        let missing = self.missing_bookmarks();
        self.put(&Paragraph::of(AFTER), &missing);
    }

    fn end_section(&mut self, kind: Section, edges: &[String]) {
        let paragraph = Paragraph {
            section: section(kind, edges),
            ..Paragraph::of(AFTER)
        };
        let printed = paragraph.print("");
        self.out.push_str(&printed);
    }

    fn body(&mut self, elements: &[Element]) {
        let document = self.document;
        for part in parts(elements) {
            match part {
                Part::Title => self.body_title(),
                Part::Lead => self.clause_blocks(&document.lead),
                Part::Element(element) => self.element(element),
                Part::Bibliography => self.bibliography_of_citations(),
            }
        }
    }

    /// 正文首页: the title once more.
    fn body_title(&mut self) {
        let title = &self.document.front.title;
        let parts = match self.document.front.language {
            TextLanguage::Zh if !title.zh.is_empty() => &title.zh,
            _ => &title.en,
        };
        if !parts.is_empty() {
            let runs: Vec<String> = parts.iter().map(|part| plain(part)).collect();
            self.put(&Paragraph::of(BODY_TITLE), &runs.join(BREAK));
        }
    }

    fn element(&mut self, element: &Element) {
        let resolved = self.resolved;
        let clause = &element.clause;
        let title = clause
            .heading
            .as_ref()
            .map_or(&[][..], |heading| heading.title.as_slice());
        let other = clause.heading.as_ref().and_then(|heading| heading.other.as_deref());
        match element.kind {
            ElementKind::Foreword => {
                self.foreword(&clause.id);
                return;
            }
            ElementKind::Annex(nature) => self.annex_head(clause, nature),
            kind if kind.is_chapter() => self.heading(clause, 0, Some(CHAPTERS)),
            ElementKind::Introduction => self.front_head(FRONT_TITLE, &clause.id, title, other),
            _ => self.front_head(BACK_TITLE, &clause.id, title, other),
        }
        if let Some(lead) = resolved.lead_ins.get(&clause.id) {
            self.put(&Paragraph::of(TEXT), &plain(lead));
        }
        match element.kind {
            ElementKind::References => {
                self.other_blocks(clause);
                self.listed(&resolved.references, false);
                self.groups(clause, Some(CHAPTERS));
            }
            ElementKind::Bibliography => {
                self.other_blocks(clause);
                self.listed(&resolved.bibliography, true);
                self.groups(clause, None);
            }
            ElementKind::Index => {
                self.clause_blocks(&clause.blocks);
                self.index();
                self.groups(clause, None);
            }
            kind => self.inside(clause, 1, list_of(kind)),
        }
    }

    /// The blocks of a clause whose list is printed from what is resolved.
    fn other_blocks(&mut self, clause: &Clause) {
        for block in &clause.blocks {
            if !matches!(block.kind, BlockKind::References(_)) {
                self.clause_blocks(std::slice::from_ref(block));
            }
        }
    }

    /// Clauses of an element that should have none; what they list stands in the element's list.
    fn groups(&mut self, clause: &Clause, list: Option<usize>) {
        for below in &clause.clauses {
            self.heading(below, 1, list);
            self.other_blocks(below);
            self.groups(below, None);
        }
    }

    fn inside(&mut self, clause: &Clause, level: usize, list: Option<usize>) {
        for block in &clause.blocks {
            match &block.kind {
                BlockKind::Term(term) => self.term(block, term, level, list),
                _ => self.clause_blocks(std::slice::from_ref(block)),
            }
        }
        for below in &clause.clauses {
            if below.heading.is_some() {
                self.heading(below, level, list);
                self.inside(below, level + 1, list);
            } else {
                self.untitled(below, level, list);
            }
        }
    }

    /// 前言, 引言, 参考文献, 索引.
    pub(super) fn front_head(&mut self, style: &'static str, id: &Id, title: &[Inline], other: Option<&str>) {
        let words = plain_text(title);
        let mut runs = match spread(&words) {
            Some(runs) => runs,
            None => self.text(title),
        };
        runs.push_str(&other_title(other));
        self.title_stands(id, style);
        let runs = self.marked(id, &runs);
        self.put(&Paragraph::of(style), &runs);
    }

    fn title_stands(&mut self, id: &Id, style: &str) {
        self.places.insert(id.as_str().to_owned(), self.pages.next(style));
    }

    /// 附录A, （规范性）, the title: three lines of one paragraph.
    fn annex_head(&mut self, clause: &Clause, nature: AnnexNature) {
        let counted = self.counted.contains(clause.id.as_str());
        let mut lines = Vec::new();
        if !counted {
            lines.push(plain(&self.caption(&clause.id)));
        }
        if nature != AnnexNature::Unsaid {
            lines.push(plain(nature.printed(self.tongue)));
        }
        if let Some(heading) = &clause.heading {
            let language = self.document.front.language.other();
            let number = self.resolved.caption(&clause.id, language);
            let other = heading
                .other
                .as_deref()
                .map(|title| printed::titled(language, &number, title));
            lines.push(self.text(&heading.title) + &other_title(other.as_deref()));
        }
        let mut runs = lines.join(BREAK);
        if counted && !lines.is_empty() {
            runs.insert_str(0, BREAK);
        }
        let mut paragraph = Paragraph::of(ANNEX_TITLE);
        if !counted {
            paragraph = paragraph.list(0, 0);
        }
        self.title_stands(&clause.id, ANNEX_TITLE);
        let runs = self.marked(&clause.id, &runs);
        self.put(&paragraph, &runs);
    }

    pub(super) fn caption(&self, id: &Id) -> String {
        self.resolved.caption(id, self.tongue)
    }

    /// A titled clause; `level` 0 is a chapter.
    fn heading(&mut self, clause: &Clause, level: usize, list: Option<usize>) {
        let (styles, from): (&[&str], usize) = match list {
            Some(ANNEXES) => (&ANNEX_CLAUSES, 1),
            _ => (&CLAUSES, 0),
        };
        let styles_last = styles.len() - 1;
        let style = styles
            .get(level.saturating_sub(from))
            .or(styles.get(styles_last))
            .copied()
            .unwrap_or(TEXT);
        let (paragraph, mut runs) = self.numbered(Paragraph::of(style), &clause.id, level, list);
        if let Some(heading) = &clause.heading {
            runs.push_str(&self.text(&heading.title));
            runs.push_str(&other_title(heading.other.as_deref()));
        }
        self.title_stands(&clause.id, style);
        let runs = self.marked(&clause.id, &runs);
        self.put(&paragraph, &runs);
    }

    /// 无标题条: its first paragraph runs on behind the number.
    fn untitled(&mut self, clause: &Clause, level: usize, list: Option<usize>) {
        let styles = if list == Some(ANNEXES) {
            ANNEX_UNTITLED
        } else {
            UNTITLED
        };
        let style = styles
            .get(level.saturating_sub(1))
            .or(styles.last())
            .copied()
            .unwrap_or(TEXT);
        let (paragraph, mut runs) = self.numbered(Paragraph::of(style), &clause.id, level, list);
        let mut rest = clause.blocks.as_slice();
        let mut first: Option<&Block> = None;
        if let Some((block, others)) = rest.split_first()
            && let BlockKind::Paragraph(words) = &block.kind
        {
            runs.push_str(&self.text(words));
            first = Some(block);
            rest = others;
        }
        if let Some(block) = first {
            runs = self.marked(&block.id, &runs);
        }
        let runs = self.marked(&clause.id, &runs);
        self.put(&paragraph, &runs);
        for block in rest {
            self.clause_blocks(std::slice::from_ref(block));
        }
        for below in &clause.clauses {
            if below.heading.is_some() {
                self.heading(below, level + 1, list);
                self.inside(below, level + 2, list);
            } else {
                self.untitled(below, level + 1, list);
            }
        }
    }

    /// What the clause's number needs: Word's list, or the number as words; then the blank of a character.
    pub(super) fn numbered(
        &self,
        paragraph: Paragraph,
        id: &Id,
        level: usize,
        list: Option<usize>,
    ) -> (Paragraph, String) {
        let number = self.caption(id);
        let gap = self.resolved.label(id).map_or("", Label::gap);
        match list {
            Some(list) if self.counted.contains(id.as_str()) => (paragraph.list(level, list), plain(gap)),
            _ if number.is_empty() => (paragraph.list(0, 0), String::new()),
            _ => (paragraph.list(0, 0), plain(&format!("{number}{gap}"))),
        }
    }

    /// The blocks of a clause, each in a bookmark of its own.
    pub(super) fn clause_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match self.bookmarks.name(block.id.as_str()) {
                Some(name) if self.marked.insert(name.clone()) => {
                    let id = self.next_mark();
                    self.out
                        .push_str(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>"));
                    self.block(block, Around::default());
                    self.out.push_str(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
                }
                _ => self.block(block, Around::default()),
            }
        }
    }
}

/// The title in the other language.
fn other_title(other: Option<&str>) -> String {
    other.map_or_else(String::new, |other| {
        run("<w:rPr><w:lang w:val=\"en-US\"/></w:rPr>", &format!("　{other}"))
    })
}
