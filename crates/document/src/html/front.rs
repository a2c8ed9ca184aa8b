//! Cover, contents, foreword, lists and index → HTML.

use super::write::escape;
use super::{COVER, Page};
use crate::resolve::{ListedReference, printed};

impl Page<'_> {
    /// `title` is the element in which the title stands.
    pub(super) fn cover(&mut self, title: &str) {
        let cover = self.resolved.cover.clone();
        // On a page of its own nothing leads to it.
        let anchor = if title == "h1" { String::new() } else { self.id(COVER) };
        self.put(&format!("<header class=\"cover\"{anchor}>\n"));
        self.line("codes", &[&cover.ics, &cover.ccs, &cover.record].map(String::as_str));
        self.line("class", &[&cover.class]);
        self.line("designation", &[&cover.number]);
        self.line("replaces", &[&cover.replaces]);
        if !cover.title.is_empty() {
            let parts: Vec<String> = cover.title.iter().map(|part| escape(part)).collect();
            let class = if title == "h1" { "" } else { " class=\"title\"" };
            self.put(&format!("<{title}{class}>{}</{title}>\n", parts.join("<br>")));
        }
        if !cover.title_en.is_empty() {
            self.put(&format!(
                "<p class=\"english\" lang=\"en\">{}</p>\n",
                escape(&cover.title_en)
            ));
        }
        self.line("adoption", &[&cover.adoption]);
        self.line("draft", &[&cover.draft, &cover.draft_date]);
        self.line("patent-call", &[&cover.patent_call]);
        self.line("dates", &[&cover.published, &cover.implemented]);
        if !cover.publishers.is_empty() {
            let names: Vec<String> = cover.publishers.iter().map(|name| escape(name)).collect();
            self.put(&format!("<p class=\"publishers\">{} 发布</p>\n", names.join("<br>")));
        }
        self.put("</header>\n");
    }

    fn line(&mut self, class: &str, words: &[&str]) {
        let filled: Vec<String> = words
            .iter()
            .filter(|word| !word.is_empty())
            .map(|word| format!("<span>{}</span>", escape(word)))
            .collect();
        if !filled.is_empty() {
            self.put(&format!("<p class=\"{class}\">{}</p>\n", filled.join(" ")));
        }
    }

    /// Two levels, folded on a phone.
    pub(super) fn contents(&mut self) {
        let title = printed::contents(self.tongue);
        self.put(&format!(
            "<nav aria-label=\"{title}\"><details open><summary>{title}</summary>\n<ul>\n"
        ));
        for entry in &self.resolved.contents.clone() {
            if entry.depth > 1 {
                continue;
            }
            self.put(&format!(
                "<li class=\"depth-{}\"><a href=\"#{}\">{} {}{}</a></li>\n",
                entry.depth,
                escape(&self.anchor(entry.id.as_str())),
                escape(&entry.number),
                entry.nature,
                escape(&entry.title)
            ));
        }
        self.put("</ul></details></nav>\n");
    }

    pub(super) fn foreword(&mut self, id: &str) {
        let title = printed::foreword(self.tongue);
        self.put(&format!("<section class=\"plain\"{}>\n<h2>{title}</h2>\n", self.id(id)));
        let fixed = self.fixed_tongue();
        for part in &self.resolved.foreword.clone() {
            let marked = part.generated && !fixed.is_empty();
            if marked {
                self.put(&format!("<div{fixed}>\n"));
            }
            self.blocks(std::slice::from_ref(&part.block));
            if marked {
                self.put("</div>\n");
            }
        }
        self.put("</section>\n");
    }

    pub(super) fn references(&mut self) {
        let list = self.resolved.references.clone();
        self.listed(&list, false);
    }

    pub(super) fn bibliography(&mut self) {
        let list = self.resolved.bibliography.clone();
        self.listed(&list, true);
    }

    /// The bibliography of a document that has no element for it and cites informatively.
    pub(super) fn bibliography_of_citations(&mut self) {
        if !self.resolved.bibliography.is_empty() {
            self.put(&format!(
                "<section class=\"plain\"{}>\n<h2>{}</h2>\n",
                self.id("bibliography"),
                printed::bibliography(self.tongue)
            ));
            self.bibliography();
            self.put("</section>\n");
        }
    }

    fn listed(&mut self, list: &[ListedReference], numbered: bool) {
        if list.is_empty() {
            return;
        }
        self.put("<ul class=\"references\">\n");
        for (index, entry) in list.iter().enumerate() {
            let text = self.text(&entry.text);
            let mark = if numbered {
                format!("[{}] ", index + 1)
            } else {
                String::new()
            };
            self.put(&format!(
                "<li{}>{mark}{} {text}</li>\n",
                self.id(entry.key.as_str()),
                escape(&entry.number)
            ));
        }
        self.put("</ul>\n");
    }

    pub(super) fn index(&mut self) {
        for group in &self.resolved.index.clone() {
            self.put(&format!("<h3>{}</h3>\n<ul class=\"index\">\n", group.letter));
            for entry in &group.entries {
                self.put(&format!(
                    "<li>{} <a href=\"#{}\">{}</a></li>\n",
                    escape(&entry.term),
                    escape(&self.anchor(entry.id.as_str())),
                    escape(&entry.number)
                ));
            }
            self.put("</ul>\n");
        }
    }
}
