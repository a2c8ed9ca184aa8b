//! What a document says and does not write: numbers, references, lists, fixed sentences, cover, contents, index, and the
//! class of every sentence. Computed from the model alone; the same model gives the same result.

mod citation;
mod contents;
mod cover;
mod foreword;
mod index;
mod label;
mod lead_in;
mod list_depth;
mod number;
mod order;
mod picture;
pub(crate) mod printed;
mod reference_list;
mod sentence;

pub use citation::{CitationUse, citations};
pub use contents::Entry;
pub use cover::Cover;
pub(crate) use cover::PATENT_CALL;
pub use foreword::{ForewordPart, Slot};
pub use index::{IndexEntry, IndexGroup};
pub use label::{Label, LabelKind};
pub(crate) use lead_in::{NO_REFERENCES, REFERENCES};
pub(crate) use list_depth::ListDepth;
pub(crate) use number::small_letter;
pub use number::{item_marker, letter};
pub(crate) use order::{Part, parts, preliminary};
pub use picture::{NamedPicture, PictureFault, pictures};
pub use reference_list::ListedReference;
pub use sentence::{Sentence, SentenceClass, Within, binding_word, classify, sentences_of};

use crate::finding::{Finding, message};
use crate::model::{CrossReference, Document, Id, Inline, InlineKind, Span, TextLanguage, Visit, walk_document};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Everything that is computed. Keys are the ids of the model.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Resolved {
    /// The number of each clause, table, figure, formula, term, note, example and named item.
    pub labels: BTreeMap<Id, Label>,
    /// The cover's words.
    pub cover: Cover,
    /// The foreword in its order (8.3 a–h): generated sentences and what the author wrote.
    pub foreword: Vec<ForewordPart>,
    /// The fixed sentence that opens chapters 2, 3 and 4, where the author did not write one.
    pub lead_ins: BTreeMap<Id, String>,
    /// Every citation, in reading order.
    pub citations: Vec<CitationUse>,
    /// Normative references in the order of 8.6.3.2.
    pub references: Vec<ListedReference>,
    /// The bibliography: as the author orders it, then what is cited and not listed.
    pub bibliography: Vec<ListedReference>,
    /// Contents, all depths.
    pub contents: Vec<Entry>,
    /// The index of terms, in pinyin order.
    pub index: Vec<IndexGroup>,
    /// The sentences of each clause and their classes.
    pub sentences: BTreeMap<Id, Vec<Sentence>>,
    /// Numbers of the footnotes of the text, by label.
    #[serde(skip)]
    pub footnotes: HashMap<String, usize>,
    /// References to what is not there.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

impl Resolved {
    /// The label of a node.
    pub fn label(&self, id: &Id) -> Option<&Label> {
        self.labels.get(id)
    }

    /// The number of a clause, `5.2`, `A.1`; empty if it has none.
    pub fn number(&self, id: &Id) -> &str {
        self.labels.get(id).map_or("", |label| label.number.as_str())
    }

    /// What a cross-reference prints: 第4章, 5.2, 附录C, 图1, 公式（3）, 9.3.3 b), or Clause 4, Annex C, Figure 1 in English.
    /// `None` if nothing has that id.
    pub fn reference(&self, reference: &CrossReference, language: TextLanguage) -> Option<String> {
        self.labels
            .get(&reference.target)
            .map(|label| label.reference(language))
    }

    /// What stands before a title or a text, in this language: 表1, Table 1; empty for what has no number.
    pub fn caption(&self, id: &Id, language: TextLanguage) -> String {
        self.labels
            .get(id)
            .map(|label| label.caption(language))
            .unwrap_or_default()
    }

    /// The class of a clause: the strongest of its sentences.
    pub fn class(&self, clause: &Id) -> Option<SentenceClass> {
        self.sentences
            .get(clause)?
            .iter()
            .filter(|sentence| sentence.within == Within::Body)
            .map(|sentence| sentence.class)
            .max()
    }
}

/// Computes everything.
///
/// ```
/// use document::{resolve::resolve, source::parse};
///
/// let document = parse("# 范围\n# 要求\n## 外观 {#look}\n应完好，见[](#look)。\n").document;
/// let resolved = resolve(&document);
/// assert_eq!(resolved.number(&document.elements[1].clause.clauses[0].id), "2.1");
/// ```
pub fn resolve(document: &Document) -> Resolved {
    let standard = document.kind.is_standard();
    let labels = number::labels(document);
    let citations = citation::citations(document, &labels);
    let references = reference_list::references(document, &citations);
    let bibliography = reference_list::bibliography(document, &citations);
    let mut resolved = Resolved {
        cover: cover::cover(&document.front),
        foreword: if standard {
            foreword::foreword(document)
        } else {
            Vec::new()
        },
        lead_ins: lead_in::lead_ins(document, &references),
        contents: contents::contents(document, &labels),
        index: index::index(document, &labels),
        sentences: sentence::sentences(document),
        footnotes: document
            .footnotes
            .iter()
            .enumerate()
            .map(|(index, note)| (note.label.clone(), index + 1))
            .collect(),
        findings: dangling(document, &labels),
        labels,
        citations,
        references,
        bibliography,
    };
    resolved.findings.extend(cited_keys(document, &resolved));
    crate::finding::sort(&mut resolved.findings);
    resolved
}

/// Cross-references to ids that nothing has.
fn dangling(document: &Document, labels: &BTreeMap<Id, Label>) -> Vec<Finding> {
    struct Targets<'a>(Vec<(&'a Id, Span)>);
    impl<'a> Visit<'a> for Targets<'a> {
        fn inline(&mut self, inline: &'a Inline) {
            if let InlineKind::CrossReference(reference) = &inline.kind {
                self.0.push((&reference.target, inline.span));
            }
        }
    }
    let mut targets = Targets(Vec::new());
    walk_document(document, &mut targets);
    targets
        .0
        .into_iter()
        .filter(|(id, _)| !labels.contains_key(*id))
        .map(|(id, span)| Finding::error("SRC-15", span, message!("doc-unknown-target", id = id.as_str())))
        .collect()
}

/// Citations by a key that no list has.
fn cited_keys(document: &Document, resolved: &Resolved) -> Vec<Finding> {
    let keys = reference_list::keys(document);
    resolved
        .citations
        .iter()
        .filter(|used| used.designation.is_none() && !keys.contains(used.target.as_str()))
        .map(|used| {
            Finding::error(
                "SRC-24",
                used.span,
                message!("doc-unknown-document", target = &used.target),
            )
        })
        .collect()
}
