//! Contents (8.2): what has a title, in order.

use super::label::Label;
use super::printed;
use crate::model::{Clause, Document, ElementKind, Id, TextLanguage, plain_text};
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of the contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it leads to.
    pub id: Id,
    /// 0 for elements and chapters, 1 to 5 for what is below.
    pub depth: usize,
    /// `4`, `5.2`, `附录A`; empty for foreword, introduction, bibliography, index.
    pub number: String,
    /// （规范性） or （资料性） of an annex; empty else.
    pub nature: String,
    /// The title.
    pub title: String,
}

impl Entry {
    /// The line without its page: number, nature and title, a character apart.
    pub(crate) fn words(&self) -> String {
        let gap = if self.number.is_empty() && self.nature.is_empty() {
            ""
        } else {
            "　"
        };
        format!("{}{}{gap}{}", self.number, self.nature, self.title)
    }
}

/// All titles. A foreword that is wholly generated stands first; its id is `foreword`.
pub(super) fn contents(document: &Document, labels: &BTreeMap<Id, Label>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let language = document.front.language;
    if document.kind.is_standard() && document.element(ElementKind::Foreword).is_none() {
        entries.push(Entry {
            id: Id::written("foreword"),
            depth: 0,
            number: String::new(),
            nature: String::new(),
            title: printed::foreword(document.front.language).to_owned(),
        });
    }
    for element in &document.elements {
        let nature = match element.kind {
            ElementKind::Annex(nature) => nature.printed(language),
            _ => "",
        };
        add(&element.clause, 0, nature, language, labels, &mut entries);
    }
    entries
}

fn add(
    clause: &Clause,
    depth: usize,
    nature: &str,
    language: TextLanguage,
    labels: &BTreeMap<Id, Label>,
    entries: &mut Vec<Entry>,
) {
    if let Some(heading) = &clause.heading {
        entries.push(Entry {
            id: clause.id.clone(),
            depth,
            number: labels
                .get(&clause.id)
                .map(|label| label.caption(language))
                .unwrap_or_default(),
            nature: nature.to_owned(),
            title: plain_text(&heading.title),
        });
    }
    for below in &clause.clauses {
        add(below, depth + 1, "", language, labels, entries);
    }
}
