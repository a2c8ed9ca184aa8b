//! Contents, foreword, lists of documents and index.

use super::Writer;
use super::inline::{TAB, plain};
use super::page::field;
use super::paragraph::Paragraph;
use super::style_name::{
    BACK_TITLE, BIBLIOGRAPHY, CONTENTS, CONTENTS_TITLE, FRONT_TITLE, INDEX, INDEX_LETTER, REFERENCE,
};
use crate::model::{Id, Inline};
use crate::resolve::{ListedReference, printed};

/// Two characters stand apart: by the space behind the first, so that the words stay what they are.
pub(super) fn spread(words: &str) -> Option<String> {
    let mut letters = words.chars();
    let (Some(first), Some(second), None) = (letters.next(), letters.next(), letters.next()) else {
        return None;
    };
    (first > '\u{2e80}' && second > '\u{2e80}').then(|| {
        format!(
            "<w:r><w:rPr><w:spacing w:val=\"640\"/></w:rPr><w:t>{first}</w:t></w:r>{}",
            plain(&second.to_string())
        )
    })
}

impl Writer<'_> {
    /// Chapters and their first clauses, as a field.
    pub(super) fn contents(&mut self) {
        let resolved = self.resolved;
        let title = printed::contents(self.tongue);
        let title = spread(title).unwrap_or_else(|| plain(title));
        self.put(&Paragraph::of(CONTENTS_TITLE), &title);
        let lines: Vec<(usize, String)> = resolved
            .contents
            .iter()
            .filter(|entry| entry.depth <= 1)
            .filter_map(|entry| {
                let name = self.bookmarks.name(entry.id.as_str())?;
                if !self.marked.contains(&name) {
                    return None;
                }
                let page = self.places.get(entry.id.as_str()).cloned().unwrap_or_default();
                let page = field(&format!("PAGEREF {name} \\h"), "", &plain(&page));
                let runs = format!(
                    "<w:hyperlink w:anchor=\"{name}\">{}{TAB}{page}</w:hyperlink>",
                    plain(&entry.words())
                );
                Some((entry.depth, runs))
            })
            .collect();
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText \
                     xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar \
                     w:fldCharType=\"separate\"/></w:r>";
        let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        let last = lines.len().saturating_sub(1);
        for (index, (depth, runs)) in lines.iter().enumerate() {
            let style = if *depth == 0 { CONTENTS[0] } else { CONTENTS[1] };
            let mut whole = String::new();
            if index == 0 {
                whole.push_str(begin);
            }
            whole.push_str(runs);
            if index == last {
                whole.push_str(end);
            }
            self.put(&Paragraph::of(style), &whole);
        }
    }

    pub(super) fn foreword(&mut self, id: &Id) {
        self.front_head(FRONT_TITLE, id, &[Inline::text(printed::foreword(self.tongue))], None);
        let resolved = self.resolved;
        for part in &resolved.foreword {
            self.clause_blocks(std::slice::from_ref(&part.block));
        }
    }

    /// The bibliography of a document that has no element for it and cites informatively.
    pub(super) fn bibliography_of_citations(&mut self) {
        let resolved = self.resolved;
        if !resolved.bibliography.is_empty() {
            self.put(&Paragraph::of(BACK_TITLE), &plain(printed::bibliography(self.tongue)));
            self.listed(&resolved.bibliography, true);
        }
    }

    pub(super) fn listed(&mut self, list: &[ListedReference], numbered: bool) {
        for (index, entry) in list.iter().enumerate() {
            let head = entry.head(numbered.then_some(index + 1));
            let text = self.text(&entry.text);
            let runs = self.marked(&entry.key, &(plain(&head) + &text));
            let style = if numbered { BIBLIOGRAPHY } else { REFERENCE };
            self.put(&Paragraph::of(style), &runs);
        }
    }

    pub(super) fn index(&mut self) {
        let resolved = self.resolved;
        for group in &resolved.index {
            self.put(&Paragraph::of(INDEX_LETTER), &plain(&group.letter.to_string()));
            for entry in &group.entries {
                let number = self.go(entry.id.as_str(), &plain(&entry.number));
                self.put(&Paragraph::of(INDEX), &(plain(&entry.term) + TAB + &number));
            }
        }
    }
}
