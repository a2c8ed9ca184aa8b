//! FWD, INT: foreword and introduction (8.3, 8.4).

use super::{Check, modal::place_of_verb};
use crate::finding::{Fix, message};
use crate::model::{AnnexNature, Block, BlockKind, Clause, ElementKind, Plain, Span};
use crate::resolve::SentenceClass;

/// The sentence on patents as the edition of 2009 had it, and as D.2 has it now.
const OLDER: &str = "识别这些专利";
const NOW: &str = "识别专利";

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    let front = &document.front;
    if let Some(element) = document.element(ElementKind::Foreword) {
        contents(check, &element.clause);
        order(check);
    }
    if !front.replaces.is_empty() && front.foreword.changes.is_empty() && !writes(check, "主要技术变化") {
        check.tell("FWD-05", front.place("replaces"), message!("lint-fwd-05"));
    }
    // Where the change stands, in this edition and in the one before; of an edition's own numbers only the author knows.
    let unplaced = front.foreword.changes.iter().find(|change| !change.contains("（见"));
    if let Some(change) = unplaced.filter(|_| !front.replaces.is_empty()) {
        check.tell(
            "FWD-05",
            front.place("foreword.changes"),
            message!("lint-fwd-05-place", change = change),
        );
    }
    if !front.is_amendment() {
        match (&front.foreword.owner, &front.foreword.committee) {
            (None, None) if !writes(check, "归口") => {
                check.tell("FWD-06", front.place("foreword"), message!("lint-fwd-06"));
            }
            (_, Some(committee)) if !committee_is_legal(committee) => {
                check.tell(
                    "FWD-06",
                    front.place("foreword.tc"),
                    message!("lint-fwd-06-committee", committee = committee),
                );
            }
            _ => {}
        }
    }
    introduction(check);
}

/// SAC/TC 90, SAC/TC 90/SC 2, SAC/SWG 7.
fn committee_is_legal(text: &str) -> bool {
    let rest = text.trim().strip_prefix("SAC/").unwrap_or_default();
    ["TC ", "SWG "]
        .iter()
        .find_map(|kind| rest.strip_prefix(kind))
        .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the author's own foreword says something.
fn writes(check: &Check<'_>, word: &str) -> bool {
    check.document.element(ElementKind::Foreword).is_some_and(|element| {
        element.clause.blocks.iter().any(|block| match &block.kind {
            BlockKind::Paragraph(text) => Plain::of(text).text.contains(word),
            _ => false,
        })
    })
}

fn contents(check: &mut Check<'_>, clause: &Clause) {
    if let Some(below) = clause.clauses.first() {
        check.tell("FWD-01", below.span, message!("lint-fwd-01-clause"));
    }
    for block in &clause.blocks {
        match &block.kind {
            BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Formula(_) => {
                check.tell("FWD-01", block.span, message!("lint-fwd-01-object"));
            }
            BlockKind::Paragraph(text) => {
                let plain = Plain::of(text);
                patents(check, block, &plain);
                natures(check, block, &plain.text);
            }
            _ => {}
        }
    }
    let modal: Vec<(Span, String)> = check
        .resolved
        .sentences
        .get(&clause.id)
        .into_iter()
        .flatten()
        .filter(|sentence| {
            matches!(
                sentence.class,
                SentenceClass::Requirement | SentenceClass::Recommendation | SentenceClass::Permission
            )
        })
        // The author's own 请注意…… and the names of laws are no clauses.
        .filter(|sentence| !sentence.text.starts_with("请注意"))
        .map(|sentence| (place_of_verb(sentence), sentence.text.clone()))
        .collect();
    for (span, text) in modal {
        check.tell("FWD-01", span, message!("lint-fwd-01-modal", sentence = text));
    }
}

/// 本标准中的附录A、附录B为资料性附录。: the edition of 2009 had it so; now each annex says it itself (9.6.1.2). It goes where
/// the annexes say the same.
fn natures(check: &mut Check<'_>, block: &Block, text: &str) {
    let Some((before, nature)) = ["规范性", "资料性"].iter().find_map(|nature| {
        let end = format!("为{nature}附录");
        text.trim_end_matches('。')
            .strip_suffix(end.as_str())
            .map(|before| (before, *nature))
    }) else {
        return;
    };
    if !before.contains("附录") || before.contains(['。', '；']) {
        return;
    }
    let letters: Vec<char> = before.chars().filter(char::is_ascii_uppercase).collect();
    let right = if nature == "规范性" {
        AnnexNature::Normative
    } else {
        AnnexNature::Informative
    };
    let agrees = !letters.is_empty()
        && letters.iter().all(|letter| {
            check.document.annexes().any(|annex| {
                annex.kind == ElementKind::Annex(right) && check.resolved.number(&annex.clause.id) == letter.to_string()
            })
        });
    check.put(
        "FWD-03",
        block.span,
        message!("lint-fwd-03-annexes"),
        agrees.then(|| Fix::delete(block.span)),
    );
}

fn patents(check: &mut Check<'_>, block: &Block, plain: &Plain) {
    let Some(at) = plain.text.find(OLDER) else { return };
    let span = Span::new(plain.position(at), plain.position(at + OLDER.len()));
    let span = if span.start.line == 0 { block.span } else { span };
    check.tell_with("FWD-04", span, message!("lint-fwd-04"), Fix::replace(span, NOW));
}

/// The author's paragraphs stand in the order of 8.3 a) to h).
fn order(check: &mut Check<'_>) {
    let written: Vec<(crate::resolve::Slot, Span)> = check
        .resolved
        .foreword
        .iter()
        .filter(|part| !part.generated)
        .map(|part| (part.slot, part.block.span))
        .collect();
    let mut by_place = written.clone();
    by_place.sort_by_key(|(_, span)| span.start);
    let misplaced = by_place
        .windows(2)
        .find_map(|pair| (pair[1].0 < pair[0].0).then_some(pair[1].1));
    if let Some(span) = misplaced {
        check.tell("FWD-03", span, message!("lint-fwd-03"));
    }
}

fn introduction(check: &mut Check<'_>) {
    let document = check.document;
    let Some(element) = document.element(ElementKind::Introduction) else {
        let front = &document.front;
        if front.is_part() {
            check.tell("INT-02", front.span, message!("lint-int-02-part"));
        } else if !front.foreword.patents.is_empty() {
            check.tell(
                "INT-02",
                front.place("foreword.patents"),
                message!("lint-int-02-patent"),
            );
        }
        return;
    };
    let mut clauses = vec![&element.clause];
    while let Some(clause) = clauses.pop() {
        clauses.extend(&clause.clauses);
        let required: Vec<Span> = check
            .resolved
            .sentences
            .get(&clause.id)
            .into_iter()
            .flatten()
            .filter(|sentence| sentence.class == SentenceClass::Requirement)
            .map(place_of_verb)
            .collect();
        for span in required {
            check.tell("INT-01", span, message!("lint-int-01"));
        }
    }
}
