//! The fixed sentences that open chapters 2, 3 and 4 (8.6.2, 8.7.2, 8.8.2).

use super::reference_list::ListedReference;
use crate::model::{Block, BlockKind, Clause, Document, ElementKind, Id, plain_text};
use std::collections::BTreeMap;

/// Before a list of normative references.
pub const REFERENCES: &str = "下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。";
/// Instead of one.
pub const NO_REFERENCES: &str = "本文件没有规范性引用文件。";
/// Before terms.
pub const TERMS: &str = "下列术语和定义适用于本文件。";
/// Instead of them.
pub const NO_TERMS: &str = "本文件没有需要界定的术语和定义。";

/// The sentence of each of these chapters that has none of the author's own.
pub(super) fn lead_ins(document: &Document, references: &[ListedReference]) -> BTreeMap<Id, String> {
    let mut sentences = BTreeMap::new();
    for element in &document.elements {
        let clause = &element.clause;
        let opens = clause
            .blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        if opens {
            continue;
        }
        let sentence = match element.kind {
            ElementKind::References if references.is_empty() => NO_REFERENCES.to_owned(),
            ElementKind::References => REFERENCES.to_owned(),
            ElementKind::Terms if has_terms(clause) => TERMS.to_owned(),
            ElementKind::Terms => NO_TERMS.to_owned(),
            ElementKind::Symbols if !clause.blocks.is_empty() => {
                let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
                format!("下列{}适用于本文件。", title.unwrap_or_default())
            }
            _ => continue,
        };
        sentences.insert(clause.id.clone(), sentence);
    }
    sentences
}

fn has_terms(clause: &Clause) -> bool {
    let is_term = |block: &Block| matches!(block.kind, BlockKind::Term(_));
    clause.blocks.iter().any(is_term) || clause.clauses.iter().any(has_terms)
}
