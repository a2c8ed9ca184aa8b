//! Citations: every mention of another document, and whether it is normative (9.5.4.2).

use super::label::Label;
use super::sentence::{SentenceClass, classify};
use crate::model::{
    AnnexNature, Block, BlockKind, Citation, CitedAs, Clause, Document, ElementKind, Id, Inline, InlineKind, Plain,
    Span,
};
use designation::{Designation, Known};
use serde::Serialize;
use std::collections::BTreeMap;

/// One mention of another document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitationUse {
    /// What is cited as written.
    pub target: String,
    /// Its number, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The part that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What it is.
    pub cited: CitedAs,
    /// The clause in which it stands, by id and by number.
    pub clause: Id,
    /// The number of that clause, empty where it has none.
    pub number: String,
    /// The block in which it stands.
    pub block: Id,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Whether it is marked as a citation; else it is a number in plain words.
    pub marked: bool,
}

/// Every citation outside of the foreword and the lists, in reading order.
pub fn citations(document: &Document, labels: &BTreeMap<Id, Label>) -> Vec<CitationUse> {
    let mut reader = Reader {
        labels,
        own: document.front.designation.as_ref(),
        found: Vec::new(),
        clause: Id::default(),
    };
    for element in &document.elements {
        let normative = match element.kind {
            ElementKind::Foreword | ElementKind::References | ElementKind::Bibliography | ElementKind::Index => {
                continue;
            }
            ElementKind::Introduction | ElementKind::Annex(AnnexNature::Informative) => false,
            _ => true,
        };
        reader.clause(&element.clause, normative);
    }
    reader.clause = Id::default();
    for note in &document.footnotes {
        reader.text(&note.text, &Id::default(), false);
    }
    reader.found
}

struct Reader<'a> {
    labels: &'a BTreeMap<Id, Label>,
    own: Option<&'a Designation>,
    found: Vec<CitationUse>,
    clause: Id,
}

impl Reader<'_> {
    fn clause(&mut self, clause: &Clause, normative: bool) {
        self.clause = clause.id.clone();
        self.blocks(&clause.blocks, normative);
        for below in &clause.clauses {
            self.clause(below, normative);
        }
    }

    fn blocks(&mut self, blocks: &[Block], normative: bool) {
        for block in blocks {
            let id = &block.id;
            match &block.kind {
                BlockKind::Paragraph(text) => self.text(text, id, normative),
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.blocks(&item.blocks, normative);
                    }
                }
                BlockKind::Note(note) => self.blocks(&note.blocks, false),
                BlockKind::Example(example) => self.blocks(&example.blocks, false),
                BlockKind::Warning(inner) => self.blocks(inner, normative),
                BlockKind::Change(change) => self.blocks(&change.blocks, normative),
                BlockKind::Term(term) => {
                    self.blocks(&term.blocks, normative);
                    // The source of a definition is where it was taken from.
                    if let Some(source) = &term.source {
                        let citation = Citation {
                            target: source.designation.as_ref().map(ToString::to_string).unwrap_or_default(),
                            designation: source.designation.clone(),
                            locator: source.locator.clone(),
                            said: None,
                        };
                        if citation.designation.is_some() {
                            self.add(&citation, CitedAs::Informative, id, source.span, true);
                        }
                    }
                }
                BlockKind::Table(table) => {
                    for cell in table.rows().flat_map(|row| &row.cells) {
                        self.cell(&cell.text, id, normative);
                    }
                    self.blocks(&table.below, normative);
                    for note in &table.footnotes {
                        self.text(&note.text, id, normative);
                    }
                }
                BlockKind::Figure(figure) => {
                    self.blocks(&figure.below, normative);
                    for note in &figure.footnotes {
                        self.text(&note.text, id, normative);
                    }
                }
                BlockKind::Formula(formula) => {
                    for symbol in &formula.symbols {
                        self.text(&symbol.text, id, normative);
                    }
                }
                _ => {}
            }
        }
    }

    /// A cell of a normative table says what is to be met or how it is tested.
    fn cell(&mut self, text: &[Inline], block: &Id, normative: bool) {
        self.read(text, block, normative, true);
    }

    fn text(&mut self, text: &[Inline], block: &Id, normative: bool) {
        self.read(text, block, normative, false);
    }

    fn read(&mut self, text: &[Inline], block: &Id, normative: bool, in_cell: bool) {
        let plain = Plain::of(text);
        let chars: Vec<char> = plain.text.chars().collect();
        let mut marked: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        self.marked(text, &chars, &mut at, block, normative, in_cell, &mut marked);
        for found in designation::find(&plain.text, &Known::default()) {
            let (from, to) = (found.span.start, found.span.end);
            if marked.iter().any(|(start, end)| from < *end && *start < to) {
                continue;
            }
            let cited = kind(&chars, from, to, normative, in_cell);
            let citation = Citation {
                target: chars.get(from..to).unwrap_or_default().iter().collect(),
                designation: Some(found.designation),
                locator: locator(&chars, to),
                said: None,
            };
            let last = plain.place_of_character(to.saturating_sub(1));
            let span = Span::new(plain.place_of_character(from), last.right(u32::from(last.line > 0)));
            self.add(&citation, cited, block, span, false);
        }
    }

    /// The marked citations of a text; `at` counts characters as [`Plain`] has them.
    #[expect(clippy::too_many_arguments, reason = "one walk over one text")]
    fn marked(
        &mut self,
        text: &[Inline],
        chars: &[char],
        at: &mut usize,
        block: &Id,
        normative: bool,
        in_cell: bool,
        marked: &mut Vec<(usize, usize)>,
    ) {
        for inline in text {
            match &inline.kind {
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => {
                    self.marked(inner, chars, at, block, normative, in_cell, marked);
                }
                InlineKind::Citation(citation) => {
                    let length = Plain::of(std::slice::from_ref(inline)).text.chars().count();
                    let cited = citation
                        .said
                        .unwrap_or_else(|| kind(chars, *at, *at + length, normative, in_cell));
                    self.add(citation, cited, block, inline.span, true);
                    marked.push((*at, *at + length));
                    *at += length;
                }
                _ => *at += Plain::of(std::slice::from_ref(inline)).text.chars().count(),
            }
        }
    }

    fn add(&mut self, citation: &Citation, cited: CitedAs, block: &Id, span: Span, marked: bool) {
        if let (Some(own), Some(cited)) = (self.own, &citation.designation)
            && own.same_standard_as(cited)
        {
            return;
        }
        self.found.push(CitationUse {
            target: citation.target.clone(),
            designation: citation.designation.clone(),
            locator: citation.locator.clone(),
            cited,
            clause: self.clause.clone(),
            number: self
                .labels
                .get(&self.clause)
                .map(|label| label.number.clone())
                .unwrap_or_default(),
            block: block.clone(),
            span,
            marked,
        });
    }
}

/// What the words around say. Outside of normative text a citation is informative. Inside, 见 right before it makes it
/// so; words of following, and sentences that require or instruct, make it normative.
fn kind(chars: &[char], from: usize, to: usize, normative: bool, in_cell: bool) -> CitedAs {
    if !normative {
        return CitedAs::Informative;
    }
    let stop = |c: &char| matches!(c, '。' | '；' | '！' | '？' | '\n');
    let start = chars
        .get(..from)
        .and_then(|before| before.iter().rposition(stop))
        .map_or(0, |at| at + 1);
    let end = chars
        .get(to..)
        .and_then(|after| after.iter().position(stop))
        .map_or(chars.len(), |at| to + at);
    let before: String = chars.get(start..from).unwrap_or_default().iter().collect();
    let sentence: String = chars.get(start..end).unwrap_or_default().iter().collect();
    let near = before.trim_end_matches([' ', '《', '、', '和', '及', '与']);
    if ["见", "参见", "参考", "参照"].iter().any(|word| near.ends_with(word)) {
        return CitedAs::Informative;
    }
    // 见 rules over its parenthesis: （见GB/T 1，GB/T 2）.
    if let Some(open) = before
        .rfind('（')
        .filter(|open| !before.get(*open..).is_some_and(|rest| rest.contains('）')))
        && before
            .get(open..)
            .is_some_and(|rest| rest.starts_with("（见") || rest.starts_with("（参见"))
    {
        return CitedAs::Informative;
    }
    let cues = [
        "按",
        "符合",
        "依据",
        "遵守",
        "执行",
        "满足",
        "采用",
        "遵循",
        "遵照",
        "依照",
        "界定的",
        "规定的",
        "给出的方法",
        "描述的方法",
        "达到",
    ];
    let required = matches!(
        classify(&sentence),
        SentenceClass::Requirement | SentenceClass::Instruction
    );
    // 应用 says it of what it stands before: 应用GB/T 1, but not 应用层. Titles in 《》 are names and say nothing.
    let applied = near.ends_with("应用");
    let said = unnamed(&sentence);
    if in_cell || required || applied || cues.iter().any(|cue| said.contains(cue)) {
        CitedAs::Normative
    } else {
        CitedAs::Informative
    }
}

/// The sentence without what stands in 《》.
fn unnamed(sentence: &str) -> String {
    let mut depth = 0_u32;
    let outside = move |c: &char| {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    sentence.chars().filter(outside).collect()
}

/// The part behind a plain number: `GB/T 1.1—2020，5.2` or `GB/T 1.1—2020中5.2`.
fn locator(chars: &[char], from: usize) -> Option<String> {
    let rest: String = chars.iter().skip(from).take(24).collect();
    let rest = rest.trim_start();
    if rest.starts_with("（所有部分）") {
        return Some("所有部分".to_owned());
    }
    let rest = rest.trim_start_matches(['中', '的', '，', ',', ' ']);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '第' | '章' | '附' | '录' | '表' | '图')))
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().trim_end_matches('.');
    let sound = word.chars().any(|c| c.is_ascii_alphanumeric())
        && (word.contains('.') || word.starts_with(['第', '附', '表', '图']));
    sound.then(|| word.to_owned())
}
