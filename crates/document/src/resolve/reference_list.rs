//! The list of normative references (8.6.3) and the bibliography (8.13).

use super::citation::CitationUse;
use crate::model::{Block, BlockKind, CitedAs, Clause, Document, ElementKind, Id, Inline, Reference, plain_text};
use designation::{Designation, Tier};
use serde::Serialize;
use std::collections::HashSet;

/// An entry of a list as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListedReference {
    /// The key by which it may be cited; empty if there is none.
    #[serde(skip_serializing_if = "Id::is_empty")]
    pub key: Id,
    /// The number as printed, with （所有部分） where all are meant; empty for what has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The title, or the whole entry.
    pub text: Vec<Inline>,
    /// Whether the author listed it; else it is there because it is cited.
    pub listed: bool,
}

impl ListedReference {
    /// What stands before its text: `[1]` where the list is numbered, then the document's number.
    pub(crate) fn head(&self, place: Option<usize>) -> String {
        let mut head = place.map_or_else(String::new, |place| format!("[{place}]　"));
        head.push_str(&self.number);
        if !self.number.is_empty() && !self.text.is_empty() {
            head.push('　');
        }
        head
    }
}

/// The normative references: what the author listed and what is cited, in the order of 8.6.3.2.
pub(super) fn references(document: &Document, citations: &[CitationUse]) -> Vec<ListedReference> {
    let mut list = listed(document, ElementKind::References);
    add_cited(&mut list, citations, CitedAs::Normative, &[]);
    list.sort_by_cached_key(order);
    list
}

/// The bibliography: the author's order, then what is cited informatively and stands in neither list.
pub(super) fn bibliography(document: &Document, citations: &[CitationUse]) -> Vec<ListedReference> {
    let mut list = listed(document, ElementKind::Bibliography);
    let normative = references(document, citations);
    let mut cited = Vec::new();
    add_cited(&mut cited, citations, CitedAs::Informative, &normative);
    cited.retain(|new| !list.iter().any(|old| same(old, new)));
    cited.sort_by_cached_key(order);
    list.extend(cited);
    list
}

/// The keys of all entries.
pub(super) fn keys(document: &Document) -> HashSet<String> {
    [ElementKind::References, ElementKind::Bibliography]
        .into_iter()
        .flat_map(|kind| listed(document, kind))
        .map(|entry| entry.key.as_str().to_owned())
        .filter(|key| !key.is_empty())
        .collect()
}

fn listed(document: &Document, kind: ElementKind) -> Vec<ListedReference> {
    let mut list = Vec::new();
    for element in document.elements.iter().filter(|element| element.kind == kind) {
        collect(&element.clause, &mut list);
    }
    list
}

fn collect(clause: &Clause, list: &mut Vec<ListedReference>) {
    for Block { kind, .. } in &clause.blocks {
        if let BlockKind::References(references) = kind {
            list.extend(references.entries.iter().map(entry));
        }
    }
    for below in &clause.clauses {
        collect(below, list);
    }
}

fn entry(reference: &Reference) -> ListedReference {
    ListedReference {
        key: reference.key.clone(),
        number: number(reference.designation.as_ref(), reference.all_parts),
        designation: reference.designation.clone(),
        text: reference.text.clone(),
        listed: true,
    }
}

fn number(designation: Option<&Designation>, all_parts: bool) -> String {
    let number = designation.map(ToString::to_string).unwrap_or_default();
    if all_parts {
        format!("{number}（所有部分）")
    } else {
        number
    }
}

fn same(a: &ListedReference, b: &ListedReference) -> bool {
    match (&a.designation, &b.designation) {
        (Some(x), Some(y)) => x == y || (x.same_standard_as(y) && x.year().is_none() && y.year().is_none()),
        _ => false,
    }
}

fn add_cited(list: &mut Vec<ListedReference>, citations: &[CitationUse], kind: CitedAs, elsewhere: &[ListedReference]) {
    for used in citations.iter().filter(|used| used.cited == kind) {
        let Some(designation) = &used.designation else { continue };
        let all_parts = used.locator.as_deref() == Some("所有部分");
        let new = ListedReference {
            key: Id::default(),
            number: number(Some(designation), all_parts),
            designation: Some(designation.clone()),
            text: Vec::new(),
            listed: false,
        };
        if !list.iter().chain(elsewhere).any(|old| same(old, &new)) {
            list.push(new);
        }
    }
}

/// National, industry, local, group, enterprise; ISO and IEC, other bodies; other documents by their words.
fn order(entry: &ListedReference) -> (u8, Option<Designation>, String) {
    let rank = match entry.designation.as_ref().and_then(Designation::tier) {
        Some(Tier::National) => 0,
        Some(Tier::Industry) => 1,
        Some(Tier::Local) => 2,
        Some(Tier::Group) => 3,
        Some(Tier::Enterprise) => 4,
        Some(Tier::International) => {
            let body = entry
                .designation
                .as_ref()
                .map(Designation::issuer_text)
                .unwrap_or_default();
            if body == "ISO" || body.starts_with("ISO/") {
                5
            } else if body.starts_with("IEC") {
                6
            } else {
                7
            }
        }
        None => 8,
    };
    (rank, entry.designation.clone(), plain_text(&entry.text))
}
