//! SCP: the scope (8.5).

use super::{Check, modal::place_of_verb};
use crate::finding::message;
use crate::model::{BlockKind, ElementKind, Plain, Span};
use crate::resolve::{SentenceClass, Within};

/// The verbs of 8.5.3.
const VERBS: &[&str] = &["规定了", "确立了", "描述了", "提供了", "给出了", "界定了"];

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    if document.front.is_amendment() {
        return;
    }
    let Some((place, scope)) = document
        .elements
        .iter()
        .filter(|element| element.kind.is_chapter())
        .enumerate()
        .find(|(_, element)| element.kind == ElementKind::Scope)
    else {
        return;
    };
    if place > 0 {
        check.tell("SCP-01", scope.clause.span, message!("lint-scp-01"));
    }
    let clauses: Vec<(Span, String)> = check
        .resolved
        .sentences
        .get(&scope.clause.id)
        .into_iter()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .filter(|sentence| {
            matches!(
                sentence.class,
                SentenceClass::Requirement
                    | SentenceClass::Recommendation
                    | SentenceClass::Permission
                    | SentenceClass::Instruction
            )
        })
        .map(|sentence| (place_of_verb(sentence), sentence.text.clone()))
        .collect();
    for (span, text) in clauses {
        check.tell("SCP-02", span, message!("lint-scp-02", sentence = text));
    }
    let text: String = scope
        .clause
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => Some(Plain::of(text).text),
            _ => None,
        })
        .collect();
    let heading = scope
        .clause
        .heading
        .as_ref()
        .map_or(scope.clause.span, |heading| heading.span);
    if !VERBS.iter().any(|verb| text.contains(verb)) {
        check.tell(
            "SCP-03",
            heading,
            message!("lint-scp-03-verb", verbs = VERBS.join("、")),
        );
    }
    if !text.contains("适用于") {
        check.tell("SCP-03", heading, message!("lint-scp-03-use"));
    }
}
