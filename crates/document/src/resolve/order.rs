//! In which order a document stands on pages, where that is not the order of its elements alone.

use crate::model::{Document, Element, ElementKind};

/// What stands one after the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Part<'a> {
    /// 正文首页: the title once more, before the first chapter.
    Title,
    /// What the source says before its first heading.
    Lead,
    /// An element.
    Element(&'a Element),
    /// A bibliography that only citations give: before the index, else last.
    Bibliography,
}

/// What stands before the body, foreword and introduction, and the rest.
pub(crate) fn preliminary(document: &Document) -> (&[Element], &[Element]) {
    let elements = &document.elements;
    let split = elements
        .iter()
        .position(|element| !matches!(element.kind, ElementKind::Foreword | ElementKind::Introduction))
        .unwrap_or(elements.len());
    elements.split_at(split)
}

/// These elements and what stands between them.
pub(crate) fn parts(elements: &[Element]) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(elements.len() + 3);
    let (mut titled, mut listed) = (false, false);
    for element in elements {
        if element.kind.is_chapter() && !titled {
            titled = true;
            parts.extend([Part::Title, Part::Lead]);
        }
        if element.kind == ElementKind::Index && !listed {
            listed = true;
            parts.push(Part::Bibliography);
        }
        listed |= element.kind == ElementKind::Bibliography;
        parts.push(Part::Element(element));
    }
    if !titled {
        parts.push(Part::Lead);
    }
    if !listed {
        parts.push(Part::Bibliography);
    }
    parts
}
