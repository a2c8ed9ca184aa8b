//! Cover, contents, heads of elements, lists and index → the program.

use super::Writer;
use super::literal::{array, literal};
use crate::model::{AnnexNature, Clause, Id, TextLanguage, plain_text};
use crate::resolve::{ListedReference, printed};

impl Writer<'_> {
    pub(super) fn cover(&mut self) {
        let cover = &self.resolved.cover;
        let words = |words: &[String]| array(words.iter().map(|word| literal(word)));
        let codes = [&cover.ics, &cover.ccs, &cover.record].map(String::clone);
        let call = format!(
            "#cover(codes:{},emblem-letters:{},class:{},number:{},replaces:{},title:{},english:{},adoption:{},draft:{},\
             draft-date:{},call:{},published:{},implemented:{},publishers:{})\n",
            words(&codes),
            literal(&cover.emblem),
            literal(&cover.class),
            literal(&cover.number),
            literal(&cover.replaces),
            words(&cover.title),
            literal(&cover.title_en),
            literal(&cover.adoption),
            literal(&cover.draft),
            literal(&cover.draft_date),
            literal(&cover.patent_call),
            literal(&cover.published),
            literal(&cover.implemented),
            words(&cover.publishers),
        );
        self.put(&call);
    }

    /// Chapters and their first clauses.
    pub(super) fn contents(&mut self) {
        let lines: Vec<String> = self
            .resolved
            .contents
            .iter()
            .filter(|entry| entry.depth <= 1 && self.anchors.contains(entry.id.as_str()))
            .map(|entry| {
                format!(
                    "#contents-line({},{},{})\n",
                    entry.depth,
                    literal(entry.id.as_str()),
                    literal(&entry.words())
                )
            })
            .collect();
        if !lines.is_empty() {
            let title = printed::contents(self.tongue);
            let apart = self.tongue == TextLanguage::Zh;
            self.put(&format!("#contents-title({apart},{})\n", literal(title)));
            for line in &lines {
                self.put(line);
            }
        }
    }

    pub(super) fn foreword(&mut self, id: &Id) {
        let anchor = self.anchor(id);
        let title = literal(printed::foreword(self.tongue));
        let apart = self.tongue == TextLanguage::Zh;
        self.put(&format!("#element({anchor},san,{apart},[#{title}])\n"));
        for part in &self.resolved.foreword {
            self.blocks(std::slice::from_ref(&part.block));
        }
    }

    /// 引言, 参考文献, 索引: two characters stand apart.
    pub(super) fn element_head(&mut self, clause: &Clause, size: &str) {
        let anchor = self.anchor(&clause.id);
        let words = plain_text(clause.heading.as_ref().map_or(&[], |heading| &heading.title));
        let apart = words.chars().count() == 2 && words.chars().all(|c| c > '\u{2e80}');
        let title = self.heading_words(clause);
        self.put(&format!("#element({anchor},{size},{apart},{title})\n"));
    }

    pub(super) fn annex_head(&mut self, clause: &Clause, nature: AnnexNature) {
        let number = literal(&self.caption(&clause.id));
        let anchor = self.anchor(&clause.id);
        let nature = literal(nature.printed(self.tongue));
        let title = self.heading_words(clause);
        self.put(&format!("#annex({anchor},{number},{nature},{title})\n"));
    }

    /// The bibliography of a document that has no element for it and cites informatively.
    pub(super) fn bibliography_of_citations(&mut self) {
        if !self.resolved.bibliography.is_empty() {
            let title = literal(printed::bibliography(self.tongue));
            self.put(&format!("#element(\"\",wu,false,[#{title}])\n"));
            self.listed(&self.resolved.bibliography, true);
        }
    }

    pub(super) fn listed(&mut self, list: &[ListedReference], numbered: bool) {
        for (index, entry) in list.iter().enumerate() {
            let anchor = match self.anchor(&entry.key).as_str() {
                "\"\"" => String::new(),
                id => format!("#anchor({id})"),
            };
            let head = entry.head(numbered.then_some(index + 1));
            let text = self.text(&entry.text);
            self.put(&format!("#p[{anchor}#{}{text}]\n", literal(&head)));
        }
    }

    pub(super) fn index(&mut self) {
        for group in &self.resolved.index {
            self.put(&format!("#index-letter({})\n", literal(&group.letter.to_string())));
            for entry in &group.entries {
                self.put(&format!(
                    "#index-line({},{},{})\n",
                    literal(entry.id.as_str()),
                    literal(&entry.term),
                    literal(&entry.number)
                ));
            }
        }
    }
}
